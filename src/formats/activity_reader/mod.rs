//! Activities of other programs: FIT, TCX and GPX files, and the list of activities in Strava's bulk export.
//!
//! Reading is lenient: what is whole in a damaged file still counts, and each repair is a remark. Nothing is made up.

mod activity_span;
mod fit;
pub(in crate::formats) mod fit_messages;
mod fit_records;
mod gpx;
mod laps;
mod sport;
pub mod strava;
mod strava_columns;
mod strava_date;
mod tcx;
pub(in crate::formats) mod xml;

pub use activity_span::ActivitySpan;
pub use sport::ImportedSport;

use super::activity::LapPurpose;
use crate::session::answers::Feel;
use crate::units::{Distance, Millis};
use chrono::{DateTime, FixedOffset, Utc};

/// An activity that another program recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedActivity {
    /// The format of the file.
    pub format: ActivitySource,
    /// The maker of the device or the program, if the file names one.
    pub maker: Option<String>,
    /// The name of the activity.
    pub name: Option<String>,
    /// What was trained.
    pub sport: ImportedSport,
    /// The start.
    pub started: DateTime<Utc>,
    /// The offset of the local time at the start from UTC. `None` if the file does not say.
    pub offset: Option<FixedOffset>,
    /// The time without pauses.
    pub active: Millis,
    /// The time from the start to the end, with pauses.
    pub elapsed: Millis,
    /// The distance. `None` if it is not known.
    pub distance: Option<Distance>,
    /// The laps in order. They add up to the time, and to the distance if it is known. Never empty.
    pub laps: Vec<ImportedLap>,
    /// The heart rate of the whole activity.
    pub heart: HeartBeats,
    /// The answer to how hard it was, from 0 to 10.
    pub rpe: Option<f64>,
    /// The answer to how it felt.
    pub feel: Option<Feel>,
    /// The runner's notes.
    pub note: Option<String>,
    /// The repairs and assumptions, as sentences without a full stop.
    pub remarks: Vec<String>,
}

/// A lap of an activity that another program recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImportedLap {
    /// The time without pauses.
    pub active: Millis,
    /// The distance, if it is known.
    pub distance: Option<Distance>,
    /// The purpose of the lap.
    pub purpose: LapPurpose,
    /// The heart rate.
    pub heart: HeartBeats,
}

/// Heart rates in beats per minute. `None` if they were not measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeartBeats {
    /// The mean.
    pub mean: Option<u16>,
    /// The highest.
    pub highest: Option<u16>,
}

/// The format of an activity, the one with the most detail first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActivitySource {
    /// A FIT file.
    Fit,
    /// A TCX file.
    Tcx,
    /// A GPX file.
    Gpx,
    /// A row of the list in Strava's bulk export.
    Strava,
}

impl ActivitySource {
    /// All formats.
    pub const ALL: [ActivitySource; 4] =
        [ActivitySource::Fit, ActivitySource::Tcx, ActivitySource::Gpx, ActivitySource::Strava];

    /// Returns the word for the format in the log.
    pub const fn word(self) -> &'static str {
        match self {
            ActivitySource::Fit => "fit",
            ActivitySource::Tcx => "tcx",
            ActivitySource::Gpx => "gpx",
            ActivitySource::Strava => "strava",
        }
    }
}

/// The activities in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivitiesRead {
    /// The activities, runs and others, in the order of the file.
    pub activities: Vec<ImportedActivity>,
    /// The things in the file that are no activity, each with its reason.
    pub left_out: Vec<String>,
}

/// The reason why a file cannot be read, and the place of the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableActivity {
    /// The problem as the end of a sentence, such as `it is damaged at byte 312`.
    pub problem: String,
}

impl UnreadableActivity {
    /// A file with this problem.
    pub fn new(problem: impl Into<String>) -> Self {
        UnreadableActivity { problem: problem.into() }
    }
}

/// The kind of a file, as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityFileKind {
    /// A FIT file.
    Fit,
    /// A TCX file, or another file of that format.
    Tcx,
    /// A GPX file.
    Gpx,
    /// A gzipped file.
    Gzip,
    /// A zip archive.
    Zip,
    /// Text with commas.
    Csv,
    /// Anything else.
    Unknown,
}

/// The bytes in which the kind of a file is looked for.
const START_BYTES: usize = 4096;

impl ActivityFileKind {
    /// Tells the kind of a file from its first bytes, whatever its name is.
    pub fn of(bytes: &[u8]) -> Self {
        let start = bytes.get(..START_BYTES).unwrap_or(bytes);
        if start.starts_with(&[0x1f, 0x8b]) {
            return ActivityFileKind::Gzip;
        }
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            return ActivityFileKind::Zip;
        }
        if start.get(8..12) == Some(b".FIT") {
            return ActivityFileKind::Fit;
        }
        let text = xml::text(start);
        let is_binary = text.chars().any(|c| c.is_control() && !['\t', '\n', '\r'].contains(&c));
        let text = text.trim_start();
        match text {
            _ if text.contains("<TrainingCenterDatabase") => ActivityFileKind::Tcx,
            _ if text.starts_with('<') && text.contains("<gpx") => ActivityFileKind::Gpx,
            _ if is_binary || text.starts_with('<') || text.starts_with('{') => ActivityFileKind::Unknown,
            _ if text.lines().next().is_some_and(|line| line.contains(',')) => ActivityFileKind::Csv,
            _ => ActivityFileKind::Unknown,
        }
    }
}

/// Reads the activities of a FIT, TCX or GPX file.
///
/// # Errors
/// If nothing in it can be read, or it is a file of another kind.
pub fn read(bytes: &[u8]) -> Result<ActivitiesRead, UnreadableActivity> {
    match ActivityFileKind::of(bytes) {
        ActivityFileKind::Fit => fit::read(bytes),
        ActivityFileKind::Tcx => tcx::read(&xml::text(bytes)),
        ActivityFileKind::Gpx => gpx::read(&xml::text(bytes)),
        ActivityFileKind::Csv => Err(UnreadableActivity::new("it is not Strava's list of activities")),
        _ if bytes.is_empty() => Err(UnreadableActivity::new("it is empty")),
        _ => Err(UnreadableActivity::new("it is neither FIT, TCX nor GPX")),
    }
}

/// The heart rates that are plausible, in beats per minute.
const HEART_RATES: std::ops::RangeInclusive<u16> = 30..=250;

/// Returns a heart rate, or `None` if no heart beats like that.
fn heart_rate(beats: f64) -> Option<u16> {
    let beats = beats.round();
    (beats >= 0.0 && beats <= f64::from(u16::MAX)).then_some(beats as u16).filter(|b| HEART_RATES.contains(b))
}

/// The longest time of an activity, in seconds: thirty days.
const LONGEST: f64 = 30.0 * 86_400.0;
/// The longest distance of an activity, in metres.
const FARTHEST: f64 = 10_000_000.0;
/// The longest activity that is plausible with its pauses, in milliseconds: a week.
const LONGEST_WITH_PAUSES: u64 = 7 * 86_400_000;

/// Converts seconds of a file, which may be damaged.
fn millis(seconds: f64) -> Millis {
    Millis::from_secs_f64(seconds.clamp(0.0, LONGEST))
}

/// Converts metres of a file, which may be damaged.
fn metres(metres: f64) -> Option<Distance> {
    (0.0..=FARTHEST).contains(&metres).then(|| Distance::from_metres(metres))
}

/// The fastest average speed that is plausible, in metres per second: faster than the record over 1500 m.
const FASTEST: f64 = 8.0;

impl ImportedActivity {
    /// Checks the totals, and makes the laps add up to them.
    fn settled(mut self) -> Self {
        let fastest = FASTEST * self.active.as_secs_f64();
        if self.sport.is_run() && self.distance.is_some_and(|distance| distance.metres() > fastest) {
            self.distance = None;
            self.laps.iter_mut().for_each(|lap| lap.distance = None);
            self.remarks
                .push("its distance is more than anyone can run in that time, so it has none".to_string());
        }
        let totals = laps::LapTotals { active: self.active, distance: self.distance };
        let settled = laps::settle(std::mem::take(&mut self.laps), totals);
        self.laps = settled.laps;
        self.remarks.extend(settled.remark);
        let whole: Option<f64> = self.laps.iter().map(|lap| lap.distance.map(Distance::metres)).sum();
        self.distance = self.distance.or(whole.filter(|m| *m > 0.0).map(Distance::from_metres));
        // A single wrong time in a file makes it last for years.
        if self.elapsed.get() > LONGEST_WITH_PAUSES {
            self.elapsed = self.active;
        }
        self.elapsed = self.elapsed.max(self.active);
        self
    }
}
