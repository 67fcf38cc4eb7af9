//! Activities of TCX files: <http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2>.

use super::xml::{XmlElement, XmlStep, XmlWalk};
use super::{
    ActivitiesRead, ActivitySource, HeartBeats, ImportedActivity, ImportedLap, ImportedSport,
    UnreadableActivity, heart_rate, metres, millis,
};
use crate::formats::activity::LapPurpose;
use crate::formats::tcx::is_own_file;
use crate::units::Millis;
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};

/// Reads the activities of a TCX file. Of a file that was cut short, the laps that are whole count.
///
/// # Errors
/// If nothing in it can be read.
pub fn read(text: &str) -> Result<ActivitiesRead, UnreadableActivity> {
    let mut walk = XmlWalk::new(text);
    let mut reader = TcxReader { is_own: is_own_file(text.trim_start().as_bytes()), ..TcxReader::default() };
    let problem = loop {
        match walk.next() {
            Ok(Some(XmlStep::Open(element))) => reader.open(&element),
            Ok(Some(XmlStep::Close(name, text))) => reader.close(walk.parent(), &name, &text),
            Ok(None) => break None,
            Err(problem) => break Some(problem),
        }
    };
    if let (Some(problem), Some(activity)) = (&problem, &mut reader.activity) {
        activity.remarks.push(problem.clone());
        reader.finish();
    }
    let read = reader.read;
    match (read.activities.is_empty() && read.left_out.is_empty(), problem) {
        (true, Some(problem)) => Err(UnreadableActivity::new(format!("{problem}, and no lap is whole"))),
        (true, None) => Err(UnreadableActivity::new("it has no activity")),
        (false, _) => Ok(read),
    }
}

#[derive(Default)]
struct TcxReader {
    is_own: bool,
    activity: Option<TcxActivity>,
    lap: Option<TcxLap>,
    point: TrackPoint,
    read: ActivitiesRead,
}

#[derive(Default)]
struct TcxActivity {
    sport: String,
    id: Option<TcxTime>,
    laps: Vec<TcxLap>,
    notes: Option<String>,
    maker: Option<String>,
    remarks: Vec<String>,
}

#[derive(Default)]
struct TcxLap {
    start: Option<TcxTime>,
    seconds: Option<f64>,
    metres: Option<f64>,
    heart: HeartBeats,
    is_rest: bool,
    first: Option<TrackPoint>,
    last: TrackPoint,
    first_metres: Option<f64>,
    beats: Vec<f64>,
}

#[derive(Clone, Copy, Default)]
struct TrackPoint {
    time: Option<TcxTime>,
    metres: Option<f64>,
    beats: Option<f64>,
}

/// A time, with the offset if the file gives a local time.
#[derive(Clone, Copy)]
pub struct TcxTime {
    /// The time.
    pub utc: DateTime<Utc>,
    /// The offset of local time.
    pub offset: Option<FixedOffset>,
}

/// Reads a time of XML. A time without a zone is one of UTC.
pub fn time(text: &str) -> Option<TcxTime> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        let is_local = !text.ends_with(['Z', 'z']) && time.offset().local_minus_utc() != 0;
        return Some(TcxTime { utc: time.into(), offset: is_local.then(|| *time.offset()) });
    }
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(TcxTime { utc: time.and_utc(), offset: None })
}

/// Reads a number that is not negative.
fn number(text: &str) -> Option<f64> {
    // Some programs write the comma of their language.
    text.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)
}

impl TcxReader {
    fn open(&mut self, element: &XmlElement<'_>) {
        match element.name() {
            "Activity" => {
                let sport = element.attribute("Sport").unwrap_or_default();
                self.activity = Some(TcxActivity { sport, ..TcxActivity::default() });
            }
            "Lap" => {
                let start = element.attribute("StartTime").and_then(|text| time(&text));
                self.lap = Some(TcxLap { start, ..TcxLap::default() });
            }
            "Trackpoint" => self.point = TrackPoint::default(),
            "Course" => self.read.left_out.push("a course, not an activity".to_string()),
            "Workout" => self.read.left_out.push("a planned workout, not an activity".to_string()),
            _ => {}
        }
    }

    fn close(&mut self, parent: &str, name: &str, text: &str) {
        match (parent, name) {
            ("Trackpoint", "Time") => self.point.time = time(text),
            ("Trackpoint", "DistanceMeters") => self.point.metres = number(text),
            ("HeartRateBpm", "Value") => self.point.beats = number(text),
            (_, "Activity") => self.finish(),
            _ => {}
        }
        if let Some(lap) = &mut self.lap {
            match (parent, name) {
                ("Lap", "TotalTimeSeconds") => lap.seconds = number(text),
                ("Lap", "DistanceMeters") => lap.metres = number(text),
                ("Lap", "Intensity") => lap.is_rest = text == "Resting",
                ("AverageHeartRateBpm", "Value") => lap.heart.mean = number(text).and_then(heart_rate),
                ("MaximumHeartRateBpm", "Value") => lap.heart.highest = number(text).and_then(heart_rate),
                (_, "Trackpoint") => lap.add(self.point),
                _ => {}
            }
        }
        let Some(activity) = &mut self.activity else { return };
        match (parent, name) {
            ("Activity", "Id") => activity.id = time(text),
            ("Activity", "Notes") => activity.notes = Some(text.to_string()).filter(|t| !t.is_empty()),
            ("Creator", "Name") => activity.maker = Some(text.to_string()).filter(|t| !t.is_empty()),
            (_, "Lap") => activity.laps.extend(self.lap.take()),
            _ => {}
        }
    }

    /// Ends an activity.
    fn finish(&mut self) {
        self.lap = None;
        let Some(activity) = self.activity.take() else { return };
        let problem = activity.remarks.first().cloned();
        match activity.imported(self.is_own) {
            Some(activity) => self.read.activities.push(activity.settled()),
            None if problem.is_some() => {}
            None => self.read.left_out.push("an activity without a start or a time".to_string()),
        }
    }
}

impl TcxLap {
    fn add(&mut self, point: TrackPoint) {
        self.first = self.first.or(Some(point).filter(|point| point.time.is_some()));
        self.last.time = point.time.or(self.last.time);
        self.first_metres = self.first_metres.or(point.metres);
        self.last.metres = point.metres.or(self.last.metres);
        self.beats.extend(point.beats.filter(|beats| heart_rate(*beats).is_some()));
    }

    fn began(&self) -> Option<TcxTime> {
        self.start.or_else(|| self.first?.time)
    }

    /// Returns the end: that of the time, or of the last point if that is later.
    fn ended(&self) -> Option<DateTime<Utc>> {
        let active =
            i64::try_from(millis(self.active()).get()).map(TimeDelta::milliseconds).unwrap_or_default();
        let by_time = self.began().and_then(|start| start.utc.checked_add_signed(active));
        by_time.max(self.last.time.map(|time| time.utc))
    }

    fn active(&self) -> f64 {
        let tracked = || {
            let (from, to) = (self.first?.time?, self.last.time?);
            Some((to.utc - from.utc).num_milliseconds() as f64 / 1000.0)
        };
        self.seconds.or_else(tracked).unwrap_or(0.0)
    }

    fn distance(&self) -> Option<f64> {
        let tracked = || Some((self.last.metres? - self.first_metres?).max(0.0));
        self.metres.or_else(tracked)
    }

    fn mean_heart(&self) -> Option<f64> {
        let tracked =
            || (!self.beats.is_empty()).then(|| self.beats.iter().sum::<f64>() / self.beats.len() as f64);
        self.heart.mean.map(f64::from).or_else(tracked)
    }
}

impl TcxActivity {
    fn imported(self, is_own: bool) -> Option<ImportedActivity> {
        let began = self.id.or_else(|| self.laps.first()?.began());
        // The first lap knows better where both are given: an id is only a name.
        let started = self.laps.first().and_then(TcxLap::began).or(began)?;
        let active: f64 = self.laps.iter().map(TcxLap::active).sum();
        let ended = self.laps.iter().filter_map(TcxLap::ended).max()?;
        let elapsed = (ended - started.utc).num_milliseconds().max(0) as u64;
        let distance: Option<f64> = self.laps.iter().map(TcxLap::distance).sum();
        // The format has no place for a distance that is not known.
        let distance = distance.filter(|metres| *metres > 0.0);
        let laps = self.laps.iter().map(|lap| lap.imported(distance.is_some())).collect();
        let heart = heart(&self.laps);
        let maker = if is_own { Some("pacebell".to_string()) } else { self.maker };
        let mut activity = ImportedActivity {
            format: ActivitySource::Tcx,
            maker,
            name: None,
            sport: match self.sport.as_str() {
                "Other" => ImportedSport::Other("its sport is “Other”".to_string()),
                sport => ImportedSport::of_name(sport),
            },
            started: started.utc,
            offset: started.offset,
            active: millis(active),
            elapsed: Millis::new(elapsed),
            distance: distance.and_then(metres),
            laps,
            heart,
            rpe: None,
            feel: None,
            note: self.notes,
            remarks: self.remarks,
        };
        if is_own {
            split_own_notes(&mut activity);
        }
        (activity.active > Millis::ZERO).then_some(activity)
    }
}

impl TcxLap {
    fn imported(&self, has_distance: bool) -> ImportedLap {
        ImportedLap {
            active: millis(self.active()),
            distance: self.distance().filter(|_| has_distance).and_then(metres),
            purpose: if self.is_rest { LapPurpose::Rest } else { LapPurpose::Work },
            heart: HeartBeats { mean: self.mean_heart().and_then(heart_rate), highest: self.heart.highest },
        }
    }
}

/// Returns the heart rate of all laps, each for its time.
fn heart(laps: &[TcxLap]) -> HeartBeats {
    let known = || laps.iter().filter_map(|lap| Some((lap.active(), lap.mean_heart()?)));
    let time: f64 = known().map(|(time, _)| time).sum();
    let mean = (time > 0.0).then(|| known().map(|(time, beats)| time * beats).sum::<f64>() / time);
    let tracked = laps.iter().flat_map(|lap| &lap.beats).copied().reduce(f64::max).and_then(heart_rate);
    HeartBeats {
        mean: mean.and_then(heart_rate),
        highest: laps.iter().filter_map(|lap| lap.heart.highest).max().or(tracked),
    }
}

/// Takes apart the notes that pacebell writes: the name, the RPE and the note.
fn split_own_notes(activity: &mut ImportedActivity) {
    let Some(notes) = activity.note.take() else { return };
    let mut lines = notes.lines();
    activity.name = lines.next().map(str::to_string);
    let mut rest: Vec<&str> = lines.collect();
    let rpe = rest.first().and_then(|line| line.strip_prefix("RPE ")?.parse::<f64>().ok());
    if let Some(rpe) = rpe.filter(|rpe| (0.0..=10.0).contains(rpe)) {
        activity.rpe = Some(rpe);
        rest.remove(0);
    }
    activity.note = Some(rest.join("\n")).filter(|note| !note.is_empty());
}
