//! The only file that reads a clock.
//!
//! A session is timed by a clock that goes on while the machine sleeps, so a closed lid shows as a gap. On Linux that is
//! `CLOCK_BOOTTIME`. Elsewhere it is the monotonic clock of the standard library, which stands still during sleep on
//! macOS. Sound is timed by [`monotonic`], as sound servers do; [`Clock::instant`] converts between the two.

#![expect(clippy::disallowed_methods, reason = "only this file may read a clock")]

use crate::units::{Millis, Moment, Rehearsal};
use chrono::{DateTime, FixedOffset, Local, LocalResult, NaiveDateTime, TimeZone, Utc};
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// Returns the current instant on the clock that sound servers use.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// Returns the time of day in milliseconds since 1970-01-01 00:00 UTC.
pub fn since_1970() -> i64 {
    utc(SystemTime::now()).timestamp_millis()
}

/// Returns the local time of day with its offset from UTC.
pub fn local_time() -> DateTime<FixedOffset> {
    local_at(utc(SystemTime::now()))
}

/// Returns the local time at a moment, past or future, with its offset from UTC on that day.
pub fn local_at(utc: DateTime<Utc>) -> DateTime<FixedOffset> {
    if can_read_zone() { utc.with_timezone(&Local).fixed_offset() } else { utc.fixed_offset() }
}

/// Converts a time of the system's clock, which may be wrong by decades. `Local::now` panics before 1970.
fn utc(time: SystemTime) -> DateTime<Utc> {
    let nanoseconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds)
        }
    };
    DateTime::from_timestamp_nanos(nanoseconds)
}

/// A value of the variable `TZ` that names no time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongTimeZone {
    /// A device, a pipe or a folder. A device may be read forever.
    NotAFile(String),
    /// A zone that this system does not know. Local times are then those of the system's own zone.
    Unknown(String),
}

/// Checks the time zone in the variable `TZ`.
///
/// # Errors
/// If the variable is set and names no time zone.
pub fn check_time_zone() -> Result<(), WrongTimeZone> {
    let zone = std::env::var_os("TZ").unwrap_or_default().to_string_lossy().into_owned();
    if !check_zone_file(&zone) {
        return Err(WrongTimeZone::NotAFile(zone));
    }
    if is_known_zone(&zone) { Ok(()) } else { Err(WrongTimeZone::Unknown(zone)) }
}

/// True for the name of a file with a time zone, and for a rule such as `CET-1CEST`.
fn is_known_zone(zone: &str) -> bool {
    let name = zone.strip_prefix(':').unwrap_or(zone);
    let is_file = || ZONE_FOLDERS.iter().any(|folder| Path::new(folder).join(name).is_file());
    name.is_empty() || name == "localtime" || is_zone_rule(zone) || is_file()
}

/// True if a text begins like a rule of POSIX: a name, and the offset from UTC.
fn is_zone_rule(zone: &str) -> bool {
    let after_name = match zone.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>').map_or("", |(_, rest)| rest),
        None => zone.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    let has_name = zone.len() - after_name.len() >= 3;
    has_name && after_name.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit())
}

/// True if the time zone can be read without reading a device forever. Otherwise the time is in UTC.
fn can_read_zone() -> bool {
    static CAN_READ: OnceLock<bool> = OnceLock::new();
    *CAN_READ.get_or_init(|| !matches!(check_time_zone(), Err(WrongTimeZone::NotAFile(_))))
}

/// The folders in which time zones are looked up.
const ZONE_FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// False if a time zone names something that exists and is not a regular file.
fn check_zone_file(zone: &str) -> bool {
    let zone = zone.strip_prefix(':').unwrap_or(zone);
    // An absolute path replaces the folder.
    let paths = ZONE_FOLDERS.iter().map(|folder| Path::new(folder).join(zone));
    zone.is_empty()
        || !paths.into_iter().any(|path| std::fs::metadata(path).is_ok_and(|data| !data.is_file()))
}

/// Returns the moment at which local clocks show `time`, with the offset from UTC on that day. There may be two such
/// moments, or none, when clocks are set back or forward.
pub fn local(time: NaiveDateTime) -> LocalResult<DateTime<FixedOffset>> {
    match can_read_zone() {
        true => Local.from_local_datetime(&time).map(|t| t.fixed_offset()),
        false => Utc.from_local_datetime(&time).map(|t| t.fixed_offset()),
    }
}

/// The clock of one session. It starts at zero, and runs faster than real time in a rehearsal.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The start, in nanoseconds of the machine's own time.
    started: i128,
    /// The time shown at the start.
    from: Moment,
    rehearsal: Rehearsal,
}

impl Clock {
    /// Starts a clock that shows zero now and runs at the rate of `rehearsal`.
    pub fn start(rehearsal: Rehearsal) -> Self {
        Clock::start_at(Moment::default(), rehearsal)
    }

    /// Starts a clock that shows `from` now, for a session that is resumed.
    pub fn start_at(from: Moment, rehearsal: Rehearsal) -> Self {
        Clock { started: machine_nanoseconds(), from, rehearsal }
    }

    /// Returns the time shown now.
    pub fn now(&self) -> Moment {
        let real = (machine_nanoseconds() - self.started).max(0);
        self.from + Millis::new((real as f64 / 1e6 * self.rehearsal.factor()) as u64)
    }

    /// Returns the real time until the clock shows `moment`, or zero if that has passed.
    ///
    /// It is rounded up: after waiting for that long, the clock shows `moment` or later.
    pub fn until(&self, moment: Moment) -> Duration {
        to_duration(self.due(moment) - machine_nanoseconds())
    }

    /// Returns the instant on the [`monotonic`] clock at which this clock shows `moment`, before or after now.
    pub fn instant(&self, moment: Moment) -> Instant {
        let (ahead, now) = (self.due(moment) - machine_nanoseconds(), Instant::now());
        match ahead >= 0 {
            true => now + to_duration(ahead),
            false => now.checked_sub(to_duration(-ahead)).unwrap_or(now),
        }
    }

    /// Converts a length of this clock's time to real time.
    pub fn real_time(&self, length: Millis) -> Duration {
        self.rehearsal.real_time(length)
    }

    /// Returns the rate of the clock.
    pub fn rehearsal(&self) -> Rehearsal {
        self.rehearsal
    }

    /// Returns the machine's own time, in nanoseconds, at which this clock shows `moment`. It may lie before the start.
    fn due(&self, moment: Moment) -> i128 {
        let ahead = i128::from(moment.get()) - i128::from(self.from.get());
        self.started + (ahead as f64 * 1e6 / self.rehearsal.factor()).ceil() as i128 + 1
    }
}

/// Converts nanoseconds to a duration. A negative number becomes zero.
fn to_duration(nanoseconds: i128) -> Duration {
    Duration::from_nanos(u64::try_from(nanoseconds.max(0)).unwrap_or(u64::MAX))
}

/// Returns the machine's own time: nanoseconds since some fixed point, including sleep.
#[cfg(target_os = "linux")]
fn machine_nanoseconds() -> i128 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    i128::from(now.tv_sec) * 1_000_000_000 + i128::from(now.tv_nsec)
}

/// Returns the machine's own time: nanoseconds since the first call.
#[cfg(not(target_os = "linux"))]
fn machine_nanoseconds() -> i128 {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    i128::try_from(FIRST.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_1970_is_read_too() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(86_400);
        assert_eq!(utc(before).to_rfc3339(), "1969-12-31T00:00:00+00:00");
        let long_before = SystemTime::UNIX_EPOCH - Duration::from_secs(86_400 * 365 * 60);
        assert_eq!(utc(long_before).timestamp(), -86_400 * 365 * 60);
    }

    #[cfg(unix)]
    #[test]
    fn a_time_zone_must_be_a_regular_file() {
        for zone in ["", "UTC", "Europe/Berlin", "CET-1CEST", ":/etc/hostname", "/nowhere"] {
            assert!(check_zone_file(zone), "{zone}");
        }
        for zone in ["/dev/zero", ":/dev/zero", "../../../dev/zero", "/"] {
            assert!(!check_zone_file(zone), "{zone}");
        }
    }

    #[test]
    fn a_time_zone_must_be_known() {
        for zone in ["", "UTC0", "CET-1CEST", "<+0330>-3:30", "EST5EDT,M3.2.0,M11.1.0"] {
            assert!(is_known_zone(zone), "{zone}");
        }
        for zone in ["Europe/Nowhere", "Berlin", "+1", "/nowhere/UTC", "<+0330>"] {
            assert!(!is_known_zone(zone), "{zone}");
        }
    }

    #[test]
    fn waiting_until_a_moment_is_never_too_short() {
        for speed in [1.0, 20.0, 0.3] {
            let clock = Clock::start(Rehearsal::new(speed));
            for ms in [1, 7, 1000, 86_400_000] {
                let due = clock.due(Moment::new(ms)) - clock.started;
                assert!((due as f64 / 1e6 * speed) as u64 >= ms, "{ms} at {speed}");
            }
        }
    }

    #[test]
    fn a_resumed_clock_goes_on_from_where_it_was() {
        let clock = Clock::start_at(Moment::new(90_000_000), Rehearsal::new(20.0));
        let now = clock.now();
        assert!(now >= Moment::new(90_000_000) && now < Moment::new(90_200_000), "{now:?}");
        let before = clock.instant(Moment::new(89_980_000));
        assert!(before <= monotonic() && clock.until(Moment::new(89_980_000)) == Duration::ZERO);
    }

    #[test]
    fn the_clock_and_the_monotonic_clock_agree() {
        let clock = Clock::start(Rehearsal::REAL_TIME);
        let ahead = clock.instant(Moment::new(10_000)).saturating_duration_since(monotonic());
        assert!(ahead <= Duration::from_secs(10) && ahead > Duration::from_secs(9), "{ahead:?}");
    }
}
