//! Activities of FIT files: <https://developer.garmin.com/fit/cookbook/decoding-activity-files/>.

use super::fit_messages::{self, FitFields, FitPart, TIMESTAMP};
use super::fit_records::{EVENT, RECORD, RecordTotals, RecordTrack};
use super::{
    ActivitiesRead, ActivitySource, HeartBeats, ImportedActivity, ImportedLap, ImportedSport,
    UnreadableActivity, heart_rate, metres, millis,
};
use crate::formats::activity::LapPurpose;
use crate::formats::fit::FIT_EPOCH;
use crate::session::answers::Feel;
use crate::units::{Distance, Millis};
use chrono::{DateTime, FixedOffset, Utc};

/// The numbers of the messages that matter, besides records and events.
mod message {
    pub const FILE_ID: u16 = 0;
    pub const SPORT: u16 = 12;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub const DEVICE_INFO: u16 = 23;
    pub const WORKOUT: u16 = 26;
    pub const ACTIVITY: u16 = 34;
}

/// Times below this count from when the device was turned on.
const FIRST_TIME: u64 = 0x1000_0000;
/// The seconds by which the start of a lap may miss its session.
const LAP_SLACK: u64 = 2;

/// Reads the activities of a FIT file.
///
/// # Errors
/// If nothing in it can be read.
pub fn read(bytes: &[u8]) -> Result<ActivitiesRead, UnreadableActivity> {
    use message::{ACTIVITY, DEVICE_INFO, FILE_ID, LAP, SESSION, SPORT, WORKOUT};
    let kinds = [FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, WORKOUT, ACTIVITY];
    let parts = fit_messages::parts(bytes, |kind| kinds.contains(&kind))?;
    let mut read = ActivitiesRead::default();
    for part in parts.iter().filter(|part| !part.messages.is_empty()) {
        read_part(part, &mut read);
    }
    if read.activities.is_empty() && read.left_out.is_empty() {
        return Err(UnreadableActivity::new("it has no activity"));
    }
    Ok(read)
}

fn read_part(part: &FitPart, read: &mut ActivitiesRead) {
    let file = FitActivity::of(part);
    let kind = file.first(message::FILE_ID).and_then(|id| id.number(0));
    if let Some(kind) = kind.filter(|kind| *kind != 4) {
        read.left_out.push(file_words(kind).to_string());
        return;
    }
    let sessions: Vec<&FitFields> = file.all(message::SESSION).collect();
    let activities: Vec<Option<ImportedActivity>> = match sessions.is_empty() {
        true => vec![file.without_session()],
        false => sessions.iter().map(|session| file.activity(session, sessions.len() > 1)).collect(),
    };
    for activity in activities {
        match activity {
            Some(mut activity) => {
                activity.remarks.splice(0..0, part.remarks.iter().cloned());
                read.activities.push(activity.settled());
            }
            None => read.left_out.push(match part.remarks.first() {
                Some(remark) => format!("{remark}, and no activity is whole"),
                None => "an activity without a start or a time".to_string(),
            }),
        }
    }
}

/// Returns words for a file that is no activity.
fn file_words(kind: u64) -> &'static str {
    match kind {
        1 => "a device's description",
        2 | 3 => "settings of a device",
        5 => "a planned workout, not an activity",
        6 => "a course, not an activity",
        9 => "weights, not an activity",
        15 | 28 | 32 => "a day's steps, not an activity",
        _ => "not an activity",
    }
}

/// One FIT file, or a part of a chain.
struct FitActivity<'a> {
    messages: &'a [FitFields],
    track: RecordTrack,
    offset: Option<FixedOffset>,
    maker: Option<String>,
}

impl<'a> FitActivity<'a> {
    fn of(part: &'a FitPart) -> Self {
        let messages = &part.messages[..];
        let mut file = FitActivity { messages, track: RecordTrack::of(messages), offset: None, maker: None };
        file.offset = file.first(message::ACTIVITY).and_then(offset);
        file.maker = file.maker_name();
        file
    }

    fn all(&self, kind: u16) -> impl Iterator<Item = &'a FitFields> + use<'a> {
        self.messages.iter().filter(move |message| message.kind == kind)
    }

    fn first(&self, kind: u16) -> Option<&'a FitFields> {
        self.all(kind).next()
    }

    /// Returns the activity of a session. `None` if its start or its time is not known.
    fn activity(&self, session: &FitFields, is_one_of_several: bool) -> Option<ImportedActivity> {
        let end = session.number(TIMESTAMP).filter(|end| *end >= FIRST_TIME);
        let elapsed = session.scaled(7, 1000.0);
        let start = session.number(2).filter(|start| *start >= FIRST_TIME);
        let start = start.or_else(|| end?.checked_sub(elapsed? as u64))?;
        let end =
            elapsed.map(|elapsed| start.saturating_add(elapsed.ceil() as u64)).or(end).unwrap_or(u64::MAX);
        let recorded = self.track.totals(start..=end);
        let elapsed = elapsed.or_else(|| recorded.map(|r| r.last.saturating_sub(start) as f64))?;
        let active =
            session.scaled(8, 1000.0).or_else(|| recorded.map(|r| r.active as f64)).unwrap_or(elapsed);
        let covered = session.scaled(9, 100.0).filter(|covered| *covered > 0.0);
        let is_lap = |lap: &&FitFields| {
            let from = lap.number(2);
            !is_one_of_several
                || from.is_some_and(|from| {
                    from.saturating_add(LAP_SLACK) >= start && from < end.saturating_sub(LAP_SLACK)
                })
        };
        let sport = ImportedSport::of_fit(session.number(5).or_else(|| self.sport()), session.number(6));
        let heart = HeartBeats {
            mean: session.scaled(16, 1.0).and_then(heart_rate),
            highest: session.scaled(17, 1.0).and_then(heart_rate),
        };
        self.checked(ImportedActivity {
            name: self.name(session),
            distance: covered.or_else(|| recorded?.metres).and_then(metres),
            laps: self.all(message::LAP).filter(is_lap).map(lap).collect(),
            heart: if heart.mean.is_some() { heart } else { recorded.map(|r| r.heart).unwrap_or_default() },
            rpe: session.scaled(193, 10.0).filter(|rpe| (0.0..=10.0).contains(rpe)),
            feel: session.number(192).and_then(feel),
            ..self.blank(start, sport, [active, elapsed])?
        })
    }

    /// Returns the activity of a file that ends before its summary.
    fn without_session(&self) -> Option<ImportedActivity> {
        let recorded = self.track.totals(FIRST_TIME..=u64::MAX);
        let laps: Vec<&FitFields> = self.all(message::LAP).collect();
        let first_lap = laps.iter().filter_map(|lap| lap.number(2)).find(|start| *start >= FIRST_TIME);
        let mut whole: Vec<ImportedLap> = laps.iter().map(|message| lap(message)).collect();
        let in_laps = whole.iter().map(|lap| lap.active).sum::<Millis>();
        let elapsed_laps: f64 = laps.iter().filter_map(|lap| lap.scaled(7, 1000.0)).sum();
        let start = [first_lap, recorded.map(|r| r.first)].into_iter().flatten().min()?;
        let RecordTotals { active, metres: covered, heart, last, .. } = recorded.unwrap_or(RecordTotals {
            first: start,
            last: start.saturating_add(elapsed_laps as u64),
            active: 0,
            metres: None,
            heart: HeartBeats::default(),
        });
        let active = millis(active as f64).max(in_laps);
        let known: Option<f64> = whole.iter().map(|lap| lap.distance.map(Distance::metres)).sum();
        let rest = active.saturating_sub(in_laps);
        if rest > Millis::ZERO && !whole.is_empty() {
            let rest_covered = covered.zip(known).and_then(|(all, known)| metres((all - known).max(0.0)));
            whole.push(ImportedLap {
                active: rest,
                distance: rest_covered,
                purpose: LapPurpose::Work,
                heart: HeartBeats::default(),
            });
        }
        let sport = self.sport().or_else(|| laps.first()?.number(25));
        let elapsed = last.saturating_sub(start) as f64;
        let mut activity =
            self.blank(start, ImportedSport::of_fit(sport, None), [active.as_secs_f64(), elapsed])?;
        // The last record may be older than the end of the last lap.
        let whole_laps = known.filter(|known| *known > covered.unwrap_or(0.0));
        activity.distance = whole_laps.or(covered).and_then(metres);
        activity.laps = whole;
        activity.heart = heart;
        activity.remarks.push("it has no summary, so its records were added up".to_string());
        self.checked(activity)
    }

    /// Returns an activity that has only its times, the active one and the elapsed one in seconds.
    fn blank(&self, start: u64, sport: ImportedSport, times: [f64; 2]) -> Option<ImportedActivity> {
        let [active, elapsed] = times.map(millis);
        Some(ImportedActivity {
            format: ActivitySource::Fit,
            maker: self.maker.clone(),
            name: None,
            sport,
            started: time(start)?,
            offset: self.offset,
            active,
            elapsed,
            distance: None,
            laps: Vec::new(),
            heart: HeartBeats::default(),
            rpe: None,
            feel: None,
            note: None,
            remarks: Vec::new(),
        })
    }

    fn checked(&self, activity: ImportedActivity) -> Option<ImportedActivity> {
        (activity.active > Millis::ZERO).then_some(activity)
    }

    fn sport(&self) -> Option<u64> {
        self.first(message::SPORT)?.number(0)
    }

    fn name(&self, session: &FitFields) -> Option<String> {
        let workout = self.first(message::WORKOUT).and_then(|workout| workout.text(8));
        let profile = session.text(110).or_else(|| self.first(message::SPORT)?.text(3));
        let by_kind = match (session.number(5), session.number(6)) {
            (Some(1), Some(1 | 45)) => Some("Treadmill run"),
            (Some(1), Some(3)) => Some("Trail run"),
            (Some(1), Some(4)) => Some("Track run"),
            (Some(1), Some(58)) => Some("Virtual run"),
            _ => None,
        };
        workout.or(profile).or(by_kind).map(str::to_string)
    }

    /// Returns the maker of the device, or of the program.
    fn maker_name(&self) -> Option<String> {
        let id = self.first(message::FILE_ID)?;
        let product =
            id.text(8).or_else(|| self.all(message::DEVICE_INFO).find_map(|device| device.text(27)));
        let maker = match id.number(1)? {
            1 => "Garmin",
            23 => "Suunto",
            32 => "Wahoo",
            38 => "Tacx",
            70 => "Sigma",
            89 => "Tacx",
            123 => "Polar",
            260 => "Zwift",
            265 => "Strava",
            267 => "Bryton",
            294 => "Coros",
            _ => return product.map(str::to_string),
        };
        Some(maker.to_string())
    }
}

/// Returns the time of a FIT file.
fn time(second: u64) -> Option<DateTime<Utc>> {
    let second = i64::try_from(second).ok().filter(|_| second >= FIRST_TIME)?;
    DateTime::from_timestamp(second.checked_add(FIT_EPOCH)?, 0)
}

/// Returns the offset of local time from UTC, to a quarter of an hour.
fn offset(activity: &FitFields) -> Option<FixedOffset> {
    const QUARTER: i64 = 900;
    /// From 12 hours behind to 14 hours ahead.
    const OFFSETS: std::ops::RangeInclusive<i64> = -12 * 3600..=14 * 3600;
    let [local, utc] = [activity.number(5)?, activity.number(TIMESTAMP)?].map(i64::try_from);
    let ahead = local.ok()?.checked_sub(utc.ok()?)?;
    let ahead = (ahead + QUARTER / 2).div_euclid(QUARTER) * QUARTER;
    FixedOffset::east_opt(i32::try_from(ahead).ok().filter(|_| OFFSETS.contains(&ahead))?)
}

fn lap(message: &FitFields) -> ImportedLap {
    let active = message.scaled(8, 1000.0).or_else(|| message.scaled(7, 1000.0)).unwrap_or(0.0);
    ImportedLap {
        active: millis(active),
        distance: message.scaled(9, 100.0).and_then(metres),
        purpose: match message.number(23) {
            Some(1) => LapPurpose::Rest,
            Some(2) => LapPurpose::Warmup,
            Some(3) => LapPurpose::Cooldown,
            Some(4) => LapPurpose::Recovery,
            _ => LapPurpose::Work,
        },
        heart: HeartBeats {
            mean: message.scaled(15, 1.0).and_then(heart_rate),
            highest: message.scaled(16, 1.0).and_then(heart_rate),
        },
    }
}

/// Returns the answer on a watch, from 0 (very weak) to 100 (very strong).
fn feel(number: u64) -> Option<Feel> {
    Some(match number {
        0..=12 => Feel::Awful,
        13..=37 => Feel::Bad,
        38..=62 => Feel::SoSo,
        63..=87 => Feel::Good,
        88..=100 => Feel::Great,
        _ => return None,
    })
}
