//! Sessions of the log as the activities that other programs read.

use super::queries::SessionDetails;
use crate::formats::activity::{
    LapEnd, LapPurpose, RecordedActivity, RecordedHeart, RecordedLap, RecordedPause,
};
use crate::sensors::Sample;
use crate::session::{Event, EventKind, Lap};
use crate::units::Millis;
use crate::workout::sequence::{End, PlannedStep, Role};
use chrono::TimeDelta;

/// The reason why a session is no activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExported {
    /// It was a rehearsal, faster or slower than time itself.
    Rehearsal,
    /// It was added by hand, so that nobody knows when each lap began.
    ByHand,
    /// It came from a file of another program, which has more than the log.
    Imported,
    /// It has no laps.
    Empty,
}

impl NotExported {
    /// Returns the reason in words that follow "it".
    pub fn words(self) -> &'static str {
        match self {
            NotExported::Rehearsal => "was a rehearsal",
            NotExported::ByHand => "was added by hand",
            NotExported::Imported => "was imported from a file",
            NotExported::Empty => "has no laps",
        }
    }
}

/// Returns a session as an activity.
///
/// # Errors
/// If the session was not recorded as it was run.
pub fn activity(details: &SessionDetails) -> Result<RecordedActivity, NotExported> {
    let entry = &details.entry;
    if entry.rehearsed.is_some() {
        return Err(NotExported::Rehearsal);
    }
    if entry.imported.is_some() {
        return Err(NotExported::Imported);
    }
    if entry.by_hand {
        return Err(NotExported::ByHand);
    }
    let laps: Vec<&Lap> = details.laps.iter().filter(|lap| lap.length() > Millis::ZERO).collect();
    let Some(last) = laps.last().copied() else { return Err(NotExported::Empty) };
    let started = details.events.iter().find(|event| event.what == EventKind::Started);
    // The log has the moment before the count-in.
    let count_in = started.and_then(|event| i64::try_from(event.at.get()).ok()).map(TimeDelta::milliseconds);
    let started = count_in.and_then(|count_in| entry.started.checked_add_signed(count_in));
    Ok(RecordedActivity {
        number: entry.id.0,
        name: entry.name.clone(),
        activity: entry.activity,
        started: started.unwrap_or(entry.started),
        laps: laps.iter().map(|lap| recorded_lap(details, lap, *lap == last)).collect(),
        pauses: pauses(&details.events),
        heart: heart(&details.samples),
        distance: entry.covered.map(|covered| covered.distance),
        rpe: entry.answers.rpe,
        note: entry.answers.note.clone(),
    })
}

fn heart(samples: &[Sample]) -> Vec<RecordedHeart> {
    samples.iter().filter_map(|sample| Some(RecordedHeart { at: sample.at, rate: sample.heart? })).collect()
}

fn recorded_lap(details: &SessionDetails, lap: &Lap, is_last: bool) -> RecordedLap {
    let step = lap.step.and_then(|id| details.sequence.step(id));
    RecordedLap {
        from: lap.from,
        to: lap.to,
        distance: lap.distance,
        purpose: step.map_or(LapPurpose::Cooldown, |step| purpose(step, lap)),
        end: match step.map(|step| step.end) {
            Some(End::Time { .. }) if lap.complete => LapEnd::Time,
            Some(End::Distance { .. }) if lap.complete => LapEnd::Distance,
            _ if is_last => LapEnd::SessionEnd,
            _ => LapEnd::Key,
        },
        incline: step.map_or(0.0, |step| step.incline.percent()),
    }
}

fn purpose(step: &PlannedStep, lap: &Lap) -> LapPurpose {
    let stands = lap.distance.is_some_and(|distance| distance.metres() == 0.0);
    match step.role {
        Role::Warmup => LapPurpose::Warmup,
        Role::Work => LapPurpose::Work,
        Role::Between if stands => LapPurpose::Rest,
        Role::Between => LapPurpose::Recovery,
        Role::Cooldown => LapPurpose::Cooldown,
    }
}

/// Returns the times in which the clock stood still, absences among them.
fn pauses(events: &[Event]) -> Vec<RecordedPause> {
    let (mut pauses, mut since) = (Vec::new(), None);
    for event in events {
        match event.what {
            EventKind::Paused | EventKind::Stopped => {
                since = since.or(Some((event.at, event.elapsed)));
            }
            EventKind::WasAbsent { since: from } => since = since.or(Some((from, event.elapsed))),
            EventKind::CaughtUp | EventKind::Started => since = None,
            EventKind::Resumed => {
                if let Some((from, at)) = since.take() {
                    pauses.push(RecordedPause { at, length: event.at.since(from) });
                }
            }
            _ => {}
        }
    }
    pauses
}
