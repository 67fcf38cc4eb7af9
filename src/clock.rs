//! The only file that reads a clock.
//!
//! A session is timed by a clock that goes on while the machine sleeps, so that a closed lid shows as a gap
//! (`CLOCK_BOOTTIME` on Linux; elsewhere the standard library's monotonic clock, which on macOS stands still
//! during sleep). Sound is timed by [`monotonic`], as sound servers do; [`Clock::instant`] ties the two.

#![expect(clippy::disallowed_methods, reason = "this is the file that may")]

use crate::units::{Millis, Moment};
use chrono::{DateTime, FixedOffset, Local, LocalResult, NaiveDateTime, TimeZone};
use std::time::{Duration, Instant, SystemTime};

/// The clock that sound servers use.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// The time of day, for protocols that want one.
pub fn time_of_day() -> SystemTime {
    SystemTime::now()
}

/// The time of day in milliseconds since 1970-01-01 00:00 UTC.
pub fn since_1970() -> i64 {
    local_time().timestamp_millis()
}

/// The time of day here, with its offset from UTC.
pub fn local_time() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}

/// The moment at which the clock on the wall here shows a time, on that day's offset from UTC. There may be two such
/// moments, or none, where the clocks are put back or forward.
pub fn local(time: NaiveDateTime) -> LocalResult<DateTime<FixedOffset>> {
    Local.from_local_datetime(&time).map(|t| t.fixed_offset())
}

/// The clock of one session: it starts at zero and may run faster than real time, to rehearse a workout.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// When it was started, in nanoseconds of the machine's own time.
    started: i128,
    /// What it showed then.
    from: Moment,
    speed: f64,
}

impl Clock {
    /// A clock that shows zero now and gains `speed` seconds each second.
    pub fn start(speed: f64) -> Self {
        Clock::start_at(Moment::default(), speed)
    }

    /// A clock that shows `from` now: that of a session which is taken up again.
    pub fn start_at(from: Moment, speed: f64) -> Self {
        Clock { started: awake_or_asleep(), from, speed }
    }

    /// What it shows.
    pub fn now(&self) -> Moment {
        let real = (awake_or_asleep() - self.started).max(0);
        self.from + Millis::new((real as f64 / 1e6 * self.speed) as u64)
    }

    /// How long in real time until it shows `moment`; zero once it has passed.
    ///
    /// Rounded up, so that whoever waits that long finds the clock at `moment` or past it.
    pub fn until(&self, moment: Moment) -> Duration {
        nanoseconds(self.due(moment) - awake_or_asleep())
    }

    /// The instant on the [`monotonic`] clock at which it shows (or showed) `moment`.
    pub fn instant(&self, moment: Moment) -> Instant {
        let (ahead, here) = (self.due(moment) - awake_or_asleep(), Instant::now());
        match ahead >= 0 {
            true => here + nanoseconds(ahead),
            false => here.checked_sub(nanoseconds(-ahead)).unwrap_or(here),
        }
    }

    /// A length of this clock's time in real time.
    pub fn real(&self, length: Millis) -> Duration {
        length.to_duration().div_f64(self.speed)
    }

    /// How many of its seconds pass in a real one.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// The machine's own time at which it shows `moment`, which may lie before it was started.
    fn due(&self, moment: Moment) -> i128 {
        let ahead = i128::from(moment.get()) - i128::from(self.from.get());
        self.started + (ahead as f64 * 1e6 / self.speed).ceil() as i128 + 1
    }
}

/// So many nanoseconds; none where it is negative.
fn nanoseconds(count: i128) -> Duration {
    Duration::from_nanos(u64::try_from(count.max(0)).unwrap_or(u64::MAX))
}

/// Nanoseconds since some fixed point, sleep included.
#[cfg(target_os = "linux")]
fn awake_or_asleep() -> i128 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    i128::from(now.tv_sec) * 1_000_000_000 + i128::from(now.tv_nsec)
}

/// Nanoseconds since the first call.
#[cfg(not(target_os = "linux"))]
fn awake_or_asleep() -> i128 {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    i128::try_from(FIRST.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_until_a_moment_is_never_too_short() {
        for speed in [1.0, 20.0, 0.3] {
            let clock = Clock::start(speed);
            for ms in [1, 7, 1000, 86_400_000] {
                let due = clock.due(Moment::new(ms)) - clock.started;
                assert!((due as f64 / 1e6 * speed) as u64 >= ms, "{ms} at {speed}");
            }
        }
    }

    #[test]
    fn a_clock_that_is_taken_up_goes_on_from_where_it_was() {
        let clock = Clock::start_at(Moment::new(90_000_000), 20.0);
        let now = clock.now();
        assert!(now >= Moment::new(90_000_000) && now < Moment::new(90_200_000), "{now:?}");
        let before = clock.instant(Moment::new(89_980_000));
        assert!(before <= monotonic() && clock.until(Moment::new(89_980_000)) == Duration::ZERO);
    }

    #[test]
    fn both_clocks_agree_on_what_is_ahead() {
        let clock = Clock::start(1.0);
        let ahead = clock.instant(Moment::new(10_000)).saturating_duration_since(monotonic());
        assert!(ahead <= Duration::from_secs(10) && ahead > Duration::from_secs(9), "{ahead:?}");
    }
}
