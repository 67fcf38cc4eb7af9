//! The only file that reads a clock.
//!
//! A session is timed by a clock that goes on while the machine sleeps, so that a closed lid shows as a gap
//! (`CLOCK_BOOTTIME` on Linux; elsewhere the standard library's monotonic clock, which on macOS stands still
//! during sleep). Sound is timed by [`monotonic`], as sound servers do; [`Clock::instant`] ties the two.

#![expect(clippy::disallowed_methods, reason = "this is the file that may")]

use crate::units::{Millis, Moment};
use std::time::{Duration, Instant, SystemTime};

/// The clock that sound servers use.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// The time of day, for protocols that want one.
pub fn time_of_day() -> SystemTime {
    SystemTime::now()
}

/// The clock of one session: it starts at zero and may run faster than real time, to rehearse a workout.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Duration,
    speed: f64,
}

impl Clock {
    /// A clock that shows zero now and gains `speed` seconds each second.
    pub fn start(speed: f64) -> Self {
        Clock { origin: awake_or_asleep(), speed }
    }

    /// What it shows.
    pub fn now(&self) -> Moment {
        let real = awake_or_asleep().saturating_sub(self.origin);
        Moment::new((real.as_secs_f64() * 1000.0 * self.speed) as u64)
    }

    /// How long in real time until it shows `moment`; zero once it has passed.
    ///
    /// Rounded up, so that whoever waits that long finds the clock at `moment` or past it.
    pub fn until(&self, moment: Moment) -> Duration {
        self.due(moment).saturating_sub(awake_or_asleep())
    }

    /// The instant on the [`monotonic`] clock at which it shows (or showed) `moment`.
    pub fn instant(&self, moment: Moment) -> Instant {
        let (due, now, here) = (self.due(moment), awake_or_asleep(), Instant::now());
        match due.checked_sub(now) {
            Some(ahead) => here + ahead,
            None => here.checked_sub(now - due).unwrap_or(here),
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

    fn due(&self, moment: Moment) -> Duration {
        self.origin + Duration::from_nanos((moment.get() as f64 * 1e6 / self.speed).ceil() as u64 + 1)
    }
}

/// Time since some fixed point, sleep included.
#[cfg(target_os = "linux")]
fn awake_or_asleep() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Time since the first call.
#[cfg(not(target_os = "linux"))]
fn awake_or_asleep() -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_until_a_moment_is_never_too_short() {
        for speed in [1.0, 20.0, 0.3] {
            let clock = Clock::start(speed);
            for ms in [1, 7, 1000, 86_400_000] {
                let due = clock.due(Moment::new(ms)) - clock.origin;
                assert!((due.as_secs_f64() * 1000.0 * speed) as u64 >= ms, "{ms} at {speed}");
            }
        }
    }

    #[test]
    fn both_clocks_agree_on_what_is_ahead() {
        let clock = Clock::start(1.0);
        let ahead = clock.instant(Moment::new(10_000)).saturating_duration_since(monotonic());
        assert!(ahead <= Duration::from_secs(10) && ahead > Duration::from_secs(9), "{ahead:?}");
    }
}
