//! A run or a strength session as activity files describe it: laps and pauses on a timeline of real time.

use crate::units::{Distance, HeartRate, Millis};
use crate::workout::sequence::Activity;
use chrono::{DateTime, FixedOffset};

/// A session that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedActivity {
    /// The number of the session in the log.
    pub number: i64,
    /// The name of the workout.
    pub name: String,
    /// What was trained.
    pub activity: Activity,
    /// The moment at which the clock started, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// The laps, in order and without gaps. Never empty.
    pub laps: Vec<RecordedLap>,
    /// The pauses, in order.
    pub pauses: Vec<RecordedPause>,
    /// The heart rates that were measured, in order.
    pub heart: Vec<RecordedHeart>,
    /// The distance within the workout, if the speed of every part is known.
    pub distance: Option<Distance>,
    /// The answer to how hard it was, from 0 to 10.
    pub rpe: Option<f64>,
    /// The runner's note.
    pub note: Option<String>,
}

/// One visit to a step, or the time after the last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordedLap {
    /// The active time at which it began.
    pub from: Millis,
    /// The active time at which it ended.
    pub to: Millis,
    /// The distance, if the speed is known.
    pub distance: Option<Distance>,
    /// The purpose of the lap.
    pub purpose: LapPurpose,
    /// The reason for its end.
    pub end: LapEnd,
    /// The incline at its start, in percent.
    pub incline: f64,
}

/// The purpose of a lap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LapPurpose {
    /// A warm-up.
    Warmup,
    /// The work itself.
    Work,
    /// Easy running or walking between the work.
    Recovery,
    /// Standing.
    Rest,
    /// A cool-down, or the time after the workout.
    Cooldown,
}

/// The reason for the end of a lap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LapEnd {
    /// Its time was over.
    Time,
    /// Its distance was covered.
    Distance,
    /// A key: the step was open, or was left before its end.
    Key,
    /// The session ended.
    SessionEnd,
}

/// A heart rate that was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedHeart {
    /// The active time.
    pub at: Millis,
    /// The heart rate.
    pub rate: HeartRate,
}

/// The heart rates of a part of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartSummary {
    /// The mean.
    pub mean: HeartRate,
    /// The highest.
    pub highest: HeartRate,
}

/// The age from which a heart rate says nothing any more.
const HEART_AGE: Millis = Millis::from_secs(5);

/// A time in which the clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedPause {
    /// The active time at which the clock stopped.
    pub at: Millis,
    /// How long it stood still.
    pub length: Millis,
}

impl RecordedLap {
    /// Returns the active time.
    pub fn length(&self) -> Millis {
        self.to.saturating_sub(self.from)
    }

    /// Returns the average speed in metres per second. `None` if the distance is unknown.
    pub fn metres_per_second(&self) -> Option<f64> {
        metres_per_second(self.distance?, self.length())
    }
}

/// Returns an average speed. `None` if no time passed.
pub fn metres_per_second(distance: Distance, time: Millis) -> Option<f64> {
    (time > Millis::ZERO).then(|| distance.metres() / time.as_secs_f64())
}

impl RecordedActivity {
    /// Returns the active time of the whole session.
    pub fn active(&self) -> Millis {
        self.laps.last().map_or(Millis::ZERO, |lap| lap.to)
    }

    /// Returns the real time since the start at which an active time was reached. A pause at the end of a lap belongs to
    /// the next one.
    pub fn real_time(&self, active: Millis) -> Millis {
        let paused = self.pauses.iter().filter(|pause| pause.at < active);
        active + paused.map(|pause| pause.length).sum::<Millis>()
    }

    /// Returns the active time at a real time since the start. `None` while the clock stands still.
    pub fn active_time(&self, real: Millis) -> Option<Millis> {
        let mut paused = Millis::ZERO;
        for pause in &self.pauses {
            let from = pause.at + paused;
            if real <= from {
                break;
            }
            if real < from + pause.length {
                return None;
            }
            paused += pause.length;
        }
        Some(real.saturating_sub(paused))
    }

    /// Returns the last heart rate before an active time. `None` if it is five seconds old or older.
    pub fn heart_at(&self, active: Millis) -> Option<HeartRate> {
        let before = self.heart.partition_point(|heart| heart.at <= active);
        let latest = before.checked_sub(1).and_then(|index| self.heart.get(index))?;
        (active.saturating_sub(latest.at) < HEART_AGE).then_some(latest.rate)
    }

    /// Returns the mean and the highest heart rate between two active times. `None` if none was measured.
    pub fn heart_between(&self, from: Millis, to: Millis) -> Option<HeartSummary> {
        let inside = self.heart.iter().filter(|heart| heart.at >= from && heart.at < to);
        let rates: Vec<u32> = inside.map(|heart| heart.rate.bpm()).collect();
        let highest = rates.iter().max().copied().map(HeartRate::from_bpm)?;
        let mean = rates.iter().map(|bpm| f64::from(*bpm)).sum::<f64>() / rates.len() as f64;
        Some(HeartSummary { mean: HeartRate::nearest(mean), highest })
    }

    /// Returns the lap at an active time.
    pub fn lap_at(&self, active: Millis) -> Option<&RecordedLap> {
        self.laps.iter().find(|lap| active < lap.to).or(self.laps.last())
    }

    /// Returns the distance covered by an active time, evenly within each lap. `None` where it is unknown: everywhere if
    /// that of a part of the workout is, and after the workout.
    pub fn distance_at(&self, active: Millis) -> Option<Distance> {
        self.distance?;
        let mut metres = 0.0;
        for lap in &self.laps {
            let whole = lap.distance?.metres();
            if active < lap.to {
                let length = lap.length().as_secs_f64();
                let part =
                    if length > 0.0 { active.saturating_sub(lap.from).as_secs_f64() / length } else { 1.0 };
                return Some(Distance::from_metres(metres + whole * part));
            }
            metres += whole;
        }
        Some(Distance::from_metres(metres))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn lap(seconds: [u64; 2], metres: Option<f64>) -> RecordedLap {
        RecordedLap {
            from: Millis::from_secs(seconds[0]),
            to: Millis::from_secs(seconds[1]),
            distance: metres.map(Distance::from_metres),
            purpose: LapPurpose::Work,
            end: LapEnd::Time,
            incline: 1.0,
        }
    }

    /// Two minutes with a pause of thirty seconds after the first, and ten seconds after the workout.
    pub fn paused_run() -> RecordedActivity {
        RecordedActivity {
            number: 7,
            name: "Two minutes".to_string(),
            activity: Activity::Run,
            started: DateTime::parse_from_rfc3339("2026-11-20T07:30:00.250+01:00").unwrap(),
            laps: vec![lap([0, 60], Some(200.0)), lap([60, 120], Some(150.0)), lap([120, 130], None)],
            pauses: vec![RecordedPause { at: Millis::from_secs(60), length: Millis::from_secs(30) }],
            heart: Vec::new(),
            distance: Some(Distance::from_metres(350.0)),
            rpe: Some(6.5),
            note: None,
        }
    }

    #[test]
    fn a_pause_moves_what_follows_and_has_no_active_time() {
        let run = paused_run();
        let seconds = Millis::from_secs;
        let real = |second| run.real_time(seconds(second)).whole_secs();
        assert_eq!([real(0), real(60), real(61), real(130)], [0, 60, 91, 160]);
        let active = |second| run.active_time(seconds(second)).map(Millis::whole_secs);
        assert_eq!([active(60), active(61), active(90), active(91)], [Some(60), None, Some(60), Some(61)]);
    }

    #[test]
    fn a_heart_rate_counts_for_five_seconds() {
        let heart =
            |second, bpm| RecordedHeart { at: Millis::from_secs(second), rate: HeartRate::from_bpm(bpm) };
        let run = RecordedActivity { heart: vec![heart(10, 120), heart(11, 131)], ..paused_run() };
        let at = |ms| run.heart_at(Millis::new(ms)).map(HeartRate::bpm);
        let rates = [9_999, 10_000, 11_000, 15_999, 16_000].map(at);
        assert_eq!(rates, [None, Some(120), Some(131), Some(131), None]);
        let between = |from, to| run.heart_between(Millis::from_secs(from), Millis::from_secs(to));
        let summary = HeartSummary { mean: HeartRate::from_bpm(126), highest: HeartRate::from_bpm(131) };
        assert_eq!((between(0, 60), between(12, 60)), (Some(summary), None));
    }

    #[test]
    fn distance_grows_evenly_and_ends_with_the_workout() {
        let run = paused_run();
        let metres = |second| run.distance_at(Millis::from_secs(second)).map(Distance::metres);
        assert_eq!([metres(30), metres(60), metres(90)], [Some(100.0), Some(200.0), Some(275.0)]);
        assert_eq!(metres(125), None, "nobody knows how fast the cool-down was");
        let unknown = RecordedActivity { distance: None, ..run };
        assert_eq!(unknown.distance_at(Millis::from_secs(30)), None);
    }
}
