//! Activities as FIT files, which watches and training sites read.
//!
//! Messages, fields and their units are those of the profile: <https://developer.garmin.com/fit/cookbook/encoding-activity-files/>.

pub(in crate::formats) mod encoder;

use super::activity::{LapEnd, LapPurpose, RecordedActivity, RecordedLap, metres_per_second};
use crate::units::{Distance, HeartRate, Millis};
use encoder::{FitMessage, FitValue};

pub use encoder::checksum;

/// The start of FIT's time, 1989-12-31 00:00 UTC, in seconds since 1970.
pub const FIT_EPOCH: i64 = 631_065_600;
/// The manufacturer of software without a number of its own.
pub(in crate::formats) const DEVELOPMENT: u16 = 255;
/// Our product number.
pub(in crate::formats) const PRODUCT: u16 = 1;
/// The product's name.
const PRODUCT_NAME: &str = "pacebell";

/// The numbers of messages.
pub(in crate::formats) mod message {
    pub const FILE_ID: u16 = 0;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub const RECORD: u16 = 20;
    pub const EVENT: u16 = 21;
    pub const DEVICE_INFO: u16 = 23;
    pub const ACTIVITY: u16 = 34;
}

/// The numbers of events.
mod event {
    pub const TIMER: u8 = 0;
    pub const SESSION: u8 = 8;
    pub const LAP: u8 = 9;
    pub const ACTIVITY: u8 = 26;
}

/// What an event says.
mod event_type {
    pub const START: u8 = 0;
    pub const STOP: u8 = 1;
    pub const STOP_ALL: u8 = 4;
}

/// The number of the field with the time, in every message that has one.
const TIMESTAMP: u8 = 253;
/// The number of the field that numbers messages of a kind.
pub(in crate::formats) const MESSAGE_INDEX: u8 = 254;

/// The bytes at the beginning of a file that [`is_own_file`] looks at.
pub const START_BYTES: u64 = 64;

/// Returns true if a file begins like one that was written here. Files of watches do not.
pub fn is_own_file(start: &[u8]) -> bool {
    /// The definition of the first message begins behind the header, and has three bytes for each field.
    const DEFINITION: usize = 14;
    const FIELDS: usize = DEFINITION + 6;
    let at = |from: usize, bytes: &[u8]| start.get(from..).is_some_and(|rest| rest.starts_with(bytes));
    let values = start.get(FIELDS - 1).map_or(0, |count| FIELDS + 3 * usize::from(*count));
    // Local type 0, an activity, our manufacturer and product.
    at(8, b".FIT") && at(DEFINITION, &[0x40, 0, 0, 0, 0]) && at(values, &[0, 4, 255, 0, 1, 0])
}

/// Returns the FIT file of an activity. `None` if it lies outside the years that FIT knows, 1990 to 2125.
pub fn file(activity: &RecordedActivity) -> Option<Vec<u8>> {
    let times = FitTimes::of(activity)?;
    let end = times.at(activity.real_time(activity.active()));
    let (sport, sub_sport) = sport(activity);
    let mut messages = vec![
        FitMessage::new(message::FILE_ID)
            // An activity.
            .with(0, FitValue::Enum(4))
            .with(1, FitValue::Short(DEVELOPMENT))
            .with(2, FitValue::Short(PRODUCT))
            .with(4, FitValue::Long(times.start))
            .with_known(3, u32::try_from(activity.number).ok().filter(|n| *n > 0).map(FitValue::NonZero)),
        FitMessage::new(message::DEVICE_INFO)
            .with(TIMESTAMP, FitValue::Long(times.start))
            // The device that made the file.
            .with(0, FitValue::Byte(0))
            .with(2, FitValue::Short(DEVELOPMENT))
            .with(4, FitValue::Short(PRODUCT))
            .with(27, FitValue::Text(PRODUCT_NAME.to_string())),
    ];
    messages.extend(timeline(activity, &times));
    for (index, lap) in activity.laps.iter().enumerate() {
        let (from, to) = (activity.real_time(lap.from), activity.real_time(lap.to));
        let summary = FitSummary {
            end: times.at(to),
            start: times.at(from),
            elapsed: to.saturating_sub(from),
            active: lap.length(),
            distance: lap.distance,
        };
        let speed = lap.metres_per_second();
        let beats = activity.heart_between(lap.from, lap.to);
        messages.push(
            FitMessage::new(message::LAP)
                .with(MESSAGE_INDEX, FitValue::Short(u16::try_from(index).ok()?))
                .with_summary(&summary, event::LAP)
                .with_known(13, speed.and_then(short_speed))
                .with_known(110, speed.and_then(long_speed))
                .with_known(15, beats.and_then(|beats| heart(beats.mean)))
                .with_known(16, beats.and_then(|beats| heart(beats.highest)))
                .with(23, FitValue::Enum(intensity(lap.purpose)))
                .with(24, FitValue::Enum(trigger(lap.end)))
                .with(25, FitValue::Enum(sport))
                .with(39, FitValue::Enum(sub_sport)),
        );
    }
    messages.push(session(activity, &times)?);
    messages.push(
        FitMessage::new(message::ACTIVITY)
            .with(TIMESTAMP, FitValue::Long(end))
            .with(0, FitValue::Long(milliseconds(activity.active())))
            .with(1, FitValue::Short(1))
            // Not one of several sports.
            .with(2, FitValue::Enum(0))
            .with(3, FitValue::Enum(event::ACTIVITY))
            .with(4, FitValue::Enum(event_type::STOP))
            .with(5, FitValue::Long(times.local(end))),
    );
    Some(encoder::file(&messages))
}

/// Returns the message about the whole session.
fn session(activity: &RecordedActivity, times: &FitTimes) -> Option<FitMessage> {
    let (sport, sub_sport) = sport(activity);
    let elapsed = activity.real_time(activity.active());
    let summary = FitSummary {
        end: times.at(elapsed),
        start: times.start,
        elapsed,
        active: activity.active(),
        distance: activity.distance,
    };
    let within = activity.laps.iter().filter(|lap| lap.distance.is_some()).map(RecordedLap::length).sum();
    let speed = activity.distance.and_then(|distance| metres_per_second(distance, within));
    let beats = activity.heart_between(Millis::ZERO, activity.active());
    let message = FitMessage::new(message::SESSION)
        .with(MESSAGE_INDEX, FitValue::Short(0))
        .with_summary(&summary, event::SESSION)
        .with_known(14, speed.and_then(short_speed))
        .with_known(124, speed.and_then(long_speed))
        .with_known(16, beats.and_then(|beats| heart(beats.mean)))
        .with_known(17, beats.and_then(|beats| heart(beats.highest)))
        .with(5, FitValue::Enum(sport))
        .with(6, FitValue::Enum(sub_sport))
        .with(25, FitValue::Short(0))
        .with(26, FitValue::Short(u16::try_from(activity.laps.len()).ok()?))
        // The runner ended it.
        .with(28, FitValue::Enum(0));
    // The profile counts the answer in tenths.
    Some(message.with_known(193, activity.rpe.map(|rpe| FitValue::Byte((rpe * 10.0).round() as u8))))
}

/// The values that laps and sessions have in common.
struct FitSummary {
    end: u32,
    start: u32,
    elapsed: Millis,
    active: Millis,
    distance: Option<Distance>,
}

impl FitMessage {
    fn with_summary(self, summary: &FitSummary, event: u8) -> Self {
        self.with(TIMESTAMP, FitValue::Long(summary.end))
            .with(0, FitValue::Enum(event))
            .with(1, FitValue::Enum(event_type::STOP))
            .with(2, FitValue::Long(summary.start))
            .with(7, FitValue::Long(milliseconds(summary.elapsed)))
            .with(8, FitValue::Long(milliseconds(summary.active)))
            .with_known(9, summary.distance.and_then(centimetres))
    }
}

/// Returns a record for each second of active time, between the events that start and stop the timer.
fn timeline(activity: &RecordedActivity, times: &FitTimes) -> Vec<FitMessage> {
    /// The order of messages of the same second.
    const START: u8 = 0;
    const RECORD: u8 = 1;
    const STOP: u8 = 2;
    let elapsed = activity.real_time(activity.active());
    let end = times.at(elapsed);
    let mut all = vec![(times.start, START, timer(times.start, event_type::START))];
    for second in times.start..=end {
        let real = if second == end { elapsed } else { times.since_start(second) };
        all.extend(
            activity.active_time(real).map(|active| (second, RECORD, record(activity, second, active))),
        );
    }
    for pause in &activity.pauses {
        let from = activity.real_time(pause.at);
        let (stop, start) = (times.at(from), times.at(from + pause.length));
        // Within one second the timer would start before it stops.
        if stop < start && start <= end {
            all.push((stop, STOP, timer(stop, event_type::STOP_ALL)));
            all.push((start, START, timer(start, event_type::START)));
        }
    }
    all.push((end, STOP, timer(end, event_type::STOP_ALL)));
    all.sort_by_key(|(second, order, _)| (*second, *order));
    all.into_iter().map(|(_, _, message)| message).collect()
}

fn timer(second: u32, what: u8) -> FitMessage {
    FitMessage::new(message::EVENT)
        .with(TIMESTAMP, FitValue::Long(second))
        .with(0, FitValue::Enum(event::TIMER))
        .with(1, FitValue::Enum(what))
}

fn record(activity: &RecordedActivity, second: u32, active: Millis) -> FitMessage {
    let distance = activity.distance_at(active);
    let lap = activity.lap_at(active);
    let speed = lap.filter(|_| distance.is_some()).and_then(RecordedLap::metres_per_second);
    FitMessage::new(message::RECORD)
        .with(TIMESTAMP, FitValue::Long(second))
        .with_known(5, distance.and_then(centimetres))
        .with_known(6, speed.and_then(short_speed))
        .with_known(73, speed.and_then(long_speed))
        .with_known(9, lap.map(|lap| FitValue::Signed((lap.incline * 100.0).round() as i16)))
        .with_known(3, activity.heart_at(active).and_then(heart))
}

/// Returns a heart rate, unless it is more than a field can hold.
fn heart(rate: HeartRate) -> Option<FitValue> {
    u8::try_from(rate.bpm()).ok().filter(|bpm| *bpm < u8::MAX).map(FitValue::Byte)
}

/// The seconds of FIT files.
struct FitTimes {
    /// The second in which the activity started.
    start: u32,
    /// The milliseconds of that second before the start.
    offset: i64,
    /// The seconds by which local time is ahead of UTC.
    ahead: i64,
    /// The last second of the activity.
    last: u32,
}

impl FitTimes {
    fn of(activity: &RecordedActivity) -> Option<Self> {
        let start_ms = activity.started.timestamp_millis() - FIT_EPOCH * 1000;
        let (start, offset) = (start_ms.div_euclid(1000), start_ms.rem_euclid(1000));
        let end_ms = start_ms.checked_add_unsigned(activity.real_time(activity.active()).get())?;
        // The highest number means that there is no value, and small ones count the seconds since a device was turned on.
        let in_range =
            |second: i64| u32::try_from(second).ok().filter(|s| (0x1000_0000..u32::MAX).contains(s));
        Some(FitTimes {
            start: in_range(start)?,
            offset,
            ahead: i64::from(activity.started.offset().local_minus_utc()),
            last: in_range(end_ms.div_euclid(1000))?,
        })
    }

    /// Returns the second at a real time since the start.
    fn at(&self, real: Millis) -> u32 {
        let seconds = (i64::try_from(real.get()).unwrap_or(i64::MAX).saturating_add(self.offset)) / 1000;
        u32::try_from(i64::from(self.start).saturating_add(seconds)).unwrap_or(self.last).min(self.last)
    }

    /// Returns the real time since the start at which a second begins.
    fn since_start(&self, second: u32) -> Millis {
        let since = i64::from(second.saturating_sub(self.start)) * 1000 - self.offset;
        Millis::new(u64::try_from(since).unwrap_or(0))
    }

    /// Returns a second in local time.
    fn local(&self, second: u32) -> u32 {
        u32::try_from(i64::from(second) + self.ahead).unwrap_or(second)
    }
}

fn sport(activity: &RecordedActivity) -> (u8, u8) {
    // Running on a treadmill, or strength training.
    if activity.activity.is_run() { (1, 1) } else { (10, 20) }
}

fn intensity(purpose: LapPurpose) -> u8 {
    match purpose {
        LapPurpose::Work => 0,
        LapPurpose::Rest => 1,
        LapPurpose::Warmup => 2,
        LapPurpose::Cooldown => 3,
        LapPurpose::Recovery => 4,
    }
}

fn trigger(end: LapEnd) -> u8 {
    match end {
        LapEnd::Key => 0,
        LapEnd::Time => 1,
        LapEnd::Distance => 2,
        LapEnd::SessionEnd => 7,
    }
}

fn milliseconds(time: Millis) -> u32 {
    u32::try_from(time.get()).unwrap_or(u32::MAX - 1)
}

/// Returns a distance in centimetres, or `None` if it is more than a field can hold.
fn centimetres(distance: Distance) -> Option<FitValue> {
    let centimetres = (distance.metres() * 100.0).round();
    (0.0..f64::from(u32::MAX)).contains(&centimetres).then_some(FitValue::Long(centimetres as u32))
}

/// Returns metres per second in thousandths, for programs that know the short field only.
fn short_speed(speed: f64) -> Option<FitValue> {
    let speed = (speed * 1000.0).round();
    (0.0..f64::from(u16::MAX)).contains(&speed).then_some(FitValue::Short(speed as u16))
}

fn long_speed(speed: f64) -> Option<FitValue> {
    let speed = (speed * 1000.0).round();
    (0.0..f64::from(u32::MAX)).contains(&speed).then_some(FitValue::Long(speed as u32))
}

#[cfg(test)]
mod tests {
    use super::super::activity::tests::paused_run;
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_file_of_ours_is_recognised_and_no_other() {
        let ours = file(&paused_run()).unwrap();
        assert!(is_own_file(&ours) && is_own_file(&ours[..START_BYTES as usize]));
        assert!(!is_own_file(&ours[..40]) && !is_own_file(b"") && !is_own_file(b"<?xml"));
        let mut of_a_watch = ours;
        let manufacturer = of_a_watch.windows(6).position(|bytes| bytes == [0, 4, 255, 0, 1, 0]).unwrap() + 2;
        of_a_watch[manufacturer] = 1;
        assert!(!is_own_file(&of_a_watch));
    }

    #[test]
    fn years_that_fit_does_not_know_have_no_file() {
        for year in ["1970", "1990", "2200"] {
            let started = DateTime::parse_from_rfc3339(&format!("{year}-01-01T00:00:00Z")).unwrap();
            assert_eq!(file(&RecordedActivity { started, ..paused_run() }), None, "{year}");
        }
    }
}
