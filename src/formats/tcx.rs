//! Activities as TCX files, version 2: <http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2>.
//!
//! The format knows no treadmill, no cause of a pause and no missing distance: a lap whose distance is unknown has zero metres.

use super::activity::{LapEnd, LapPurpose, RecordedActivity, RecordedLap};
use crate::units::{Distance, HeartRate, Millis};
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt::Write;

/// The beginning of every file that is written here.
const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- pacebell -->\n";
/// The name of the format, which is the address of its schema.
const NAMESPACE: &str = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2";

/// Returns true if a file begins like one that was written here.
pub fn is_own_file(start: &[u8]) -> bool {
    start.starts_with(START.as_bytes())
}

/// Returns the TCX file of an activity.
pub fn file(activity: &RecordedActivity) -> String {
    let sport = if activity.activity.is_run() { "Running" } else { "Other" };
    let mut text = format!(
        "{START}<TrainingCenterDatabase xmlns=\"{NAMESPACE}\">\n <Activities>\n  <Activity Sport=\"{sport}\">\n   <Id>{}</Id>\n",
        time(activity, Millis::ZERO)
    );
    for lap in &activity.laps {
        write_lap(activity, lap, &mut text);
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "   <Notes>{}</Notes>", escaped(&notes(activity)));
    text + "  </Activity>\n </Activities>\n</TrainingCenterDatabase>\n"
}

/// Returns the name of the workout, and what the runner said about it.
fn notes(activity: &RecordedActivity) -> String {
    let rpe = activity.rpe.map(|rpe| format!("RPE {rpe}"));
    let parts = [Some(activity.name.clone()), rpe, activity.note.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn write_lap(activity: &RecordedActivity, lap: &RecordedLap, text: &mut String) {
    let intensity = match lap.purpose {
        LapPurpose::Recovery | LapPurpose::Rest => "Resting",
        LapPurpose::Warmup | LapPurpose::Work | LapPurpose::Cooldown => "Active",
    };
    let trigger = match lap.end {
        LapEnd::Time => "Time",
        LapEnd::Distance => "Distance",
        LapEnd::Key | LapEnd::SessionEnd => "Manual",
    };
    let _ = writeln!(
        text,
        "   <Lap StartTime=\"{}\">\n    <TotalTimeSeconds>{}</TotalTimeSeconds>\n    <DistanceMeters>{:.2}</DistanceMeters>\n    \
         <Calories>0</Calories>\n{}    <Intensity>{intensity}</Intensity>\n    <TriggerMethod>{trigger}</TriggerMethod>",
        time(activity, activity.real_time(lap.from)),
        lap.length().as_secs_f64(),
        lap.distance.map_or(0.0, Distance::metres),
        lap_heart(activity, lap),
    );
    for track in tracks(activity, lap) {
        text.push_str("    <Track>\n");
        for real in track {
            let active = activity.active_time(real).unwrap_or(lap.to);
            let distance = activity
                .distance_at(active)
                .map(|distance| format!("<DistanceMeters>{:.2}</DistanceMeters>", distance.metres()));
            let heart = activity.heart_at(active).map(|rate| heart_element("HeartRateBpm", rate));
            let _ = writeln!(
                text,
                "     <Trackpoint><Time>{}</Time>{}{}</Trackpoint>",
                time(activity, real),
                distance.unwrap_or_default(),
                heart.unwrap_or_default()
            );
        }
        text.push_str("    </Track>\n");
    }
    text.push_str("   </Lap>\n");
}

/// Returns the mean and the highest heart rate of a lap, if it was measured.
fn lap_heart(activity: &RecordedActivity, lap: &RecordedLap) -> String {
    let Some(heart) = activity.heart_between(lap.from, lap.to) else { return String::new() };
    let (mean, highest) = (
        heart_element("AverageHeartRateBpm", heart.mean),
        heart_element("MaximumHeartRateBpm", heart.highest),
    );
    format!("    {mean}\n    {highest}\n")
}

fn heart_element(name: &str, rate: HeartRate) -> String {
    format!("<{name}><Value>{}</Value></{name}>", rate.bpm())
}

/// Returns the points of a lap as real times since the start: its start, each full second, and its end. A pause begins a
/// new track.
fn tracks(activity: &RecordedActivity, lap: &RecordedLap) -> Vec<Vec<Millis>> {
    let (from, to) = (activity.real_time(lap.from), activity.real_time(lap.to));
    let seconds = (from.whole_secs() + 1..).map(Millis::from_secs).take_while(|second| *second < to);
    let (mut tracks, mut track) = (Vec::new(), Vec::new());
    for real in std::iter::once(from).chain(seconds).chain(std::iter::once(to)) {
        match activity.active_time(real) {
            Some(_) => track.push(real),
            None if !track.is_empty() => tracks.push(std::mem::take(&mut track)),
            None => {}
        }
    }
    tracks.push(track);
    tracks
}

/// Returns the time at a real time since the start, in UTC.
fn time(activity: &RecordedActivity, real: Millis) -> String {
    let since = TimeDelta::milliseconds(i64::try_from(real.get()).unwrap_or(i64::MAX));
    let time: DateTime<Utc> = activity.started.into();
    time.checked_add_signed(since).unwrap_or(time).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Returns a text for the content of an element. XML has no place for control characters.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\n' | '\t' => safe.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::activity::RecordedHeart;
    use super::super::activity::tests::paused_run;
    use super::*;

    /// The texts of all elements of a name.
    fn texts<'a>(file: &'a str, name: &str) -> Vec<&'a str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        file.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
    }

    #[test]
    fn laps_have_their_times_distances_and_points() {
        let file = file(&paused_run());
        assert!(is_own_file(file.as_bytes()) && START.len() < super::super::fit::START_BYTES as usize);
        assert_eq!(texts(&file, "TotalTimeSeconds"), ["60", "60", "10"]);
        assert_eq!(texts(&file, "Id"), ["2026-11-20T06:30:00.250Z"]);
        let laps: Vec<&str> = file.split("<Lap StartTime=").skip(1).collect();
        let starts = ["06:30:00.250Z", "06:31:00.250Z", "06:32:30.250Z"];
        for ((lap, start), metres) in laps.iter().zip(starts).zip(["200.00", "150.00", "0.00"]) {
            assert!(lap.starts_with(&format!("\"2026-11-20T{start}\"")), "{lap}");
            assert_eq!(texts(lap, "DistanceMeters")[0], metres);
        }
        let points: Vec<usize> = laps.iter().map(|lap| texts(lap, "Trackpoint").len()).collect();
        // The second lap begins with the pause, whose points are left out.
        assert_eq!(points, [61, 62, 11]);
        assert_eq!(texts(laps[1], "Track").len(), 2);
        let times = texts(&file, "Time");
        assert!(times.is_sorted(), "{times:?}");
    }

    #[test]
    fn heart_rates_are_in_the_points_and_the_laps() {
        let heart =
            |second, bpm| RecordedHeart { at: Millis::from_secs(second), rate: HeartRate::from_bpm(bpm) };
        let heart = (0..60).map(|second| heart(second, 120 + second as u32 % 2)).collect();
        let file = file(&RecordedActivity { heart, ..paused_run() });
        let laps: Vec<&str> = file.split("<Lap StartTime=").skip(1).collect();
        let value = |bpm| format!("<Value>{bpm}</Value>");
        assert_eq!(texts(laps[0], "AverageHeartRateBpm"), [value(121)], "120.5 is rounded up");
        assert_eq!(texts(laps[0], "MaximumHeartRateBpm"), [value(121)]);
        assert_eq!(texts(laps[0], "HeartRateBpm").len(), 61);
        // None was measured in the second lap. The last one before it counts for five seconds more.
        assert_eq!(texts(laps[1], "HeartRateBpm").len(), 5);
        assert_eq!(texts(laps[1], "AverageHeartRateBpm"), [""; 0]);
        assert_eq!(texts(laps[2], "HeartRateBpm"), [""; 0]);
    }

    #[test]
    fn notes_cannot_break_the_file() {
        let note = Some("a < b & c > d\u{1b}\u{0}\u{ffff}".to_string());
        let file = file(&RecordedActivity { note, ..paused_run() });
        assert_eq!(texts(&file, "Notes"), ["Two minutes\nRPE 6.5\na &lt; b &amp; c &gt; d"]);
    }
}
