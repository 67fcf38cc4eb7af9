//! The rows of a run that another program recorded: a plan with a step for each lap, and the laps.

use super::SessionId;
use super::session_rows;
use crate::formats::activity::LapPurpose;
use crate::formats::activity_reader::{ImportedActivity, ImportedSport};
use crate::session::{Lap, Summary, ZoneTimes};
use crate::text::cut;
use crate::units::{Incline, Millis};
use crate::workout::sequence::{
    Activity, End, Intensity, Kind, PlannedStep, Role, SEQUENCE_VERSION, Sequence, SourceSpan, StepId, Target,
};
use rusqlite::{Connection, params};

/// The longest name, in characters.
const NAME: usize = 100;

/// Writes the times, the laps and the heart rates of an activity.
pub(super) fn write(
    connection: &Connection,
    id: SessionId,
    sequence: &Sequence,
    activity: &ImportedActivity,
    now: i64,
) -> rusqlite::Result<()> {
    session_rows::write_summary(connection, id, sequence, &summary(activity), now)?;
    let sql =
        "UPDATE session SET imported_from = ?, maker = ?, elapsed_ms = ?, mean_heart = ?, highest_heart = ?
               WHERE id = ?";
    let elapsed = session_rows::to_integer(activity.elapsed.get());
    let heart = activity.heart;
    let maker = activity.maker.as_ref().map(|maker| cut(maker, NAME));
    let values = params![activity.format.word(), maker, elapsed, heart.mean, heart.highest, id];
    session_rows::expect_one_row(connection.prepare_cached(sql)?.execute(values)?)?;
    let sql = "UPDATE lap SET mean_heart = ? WHERE session = ? AND number = ?";
    for (number, lap) in activity.laps.iter().enumerate() {
        if let Some(mean) = lap.heart.mean {
            let number = session_rows::to_integer(number as u64);
            connection.prepare_cached(sql)?.execute(params![mean, id, number])?;
        }
    }
    Ok(())
}

/// Returns a plan with a step for each lap, since nobody knows what was planned.
pub(super) fn sequence(activity: &ImportedActivity) -> Sequence {
    let is_strength = activity.sport == ImportedSport::Strength;
    let name = activity.name.as_deref().map(|name| cut(name, NAME)).filter(|name| !name.is_empty());
    let usual = if is_strength { "Strength" } else { "Run" };
    let steps = activity.laps.iter().zip(0..).map(|(lap, number)| step(lap.purpose, number, is_strength));
    Sequence {
        version: SEQUENCE_VERSION,
        name: name.unwrap_or_else(|| usual.to_string()),
        activity: if is_strength { Activity::Strength } else { Activity::Run },
        about: None,
        author: None,
        source: None,
        tags: Vec::new(),
        before: None,
        during_ease: Vec::new(),
        during_signs: Vec::new(),
        after_ask: Vec::new(),
        show_pace: true,
        repeats: Vec::new(),
        steps: steps.collect(),
        assumptions: Vec::new(),
        warnings: Vec::new(),
        easy: None,
        treadmill: None,
        is_lighter: false,
        bends: Default::default(),
    }
}

fn step(purpose: LapPurpose, number: u32, is_strength: bool) -> PlannedStep {
    let (words, kind, role) = match purpose {
        LapPurpose::Work if is_strength => ("strength", Kind::Run, Role::Work),
        LapPurpose::Work => ("run", Kind::Run, Role::Work),
        LapPurpose::Warmup => ("warm-up", Kind::Warmup, Role::Warmup),
        LapPurpose::Recovery => ("recovery", Kind::Recovery, Role::Between),
        LapPurpose::Rest => ("rest", Kind::Rest, Role::Between),
        LapPurpose::Cooldown => ("cool-down", Kind::Cooldown, Role::Cooldown),
    };
    PlannedStep {
        id: StepId(number),
        kind,
        role,
        label: None,
        end: End::Open,
        written: None,
        until: None,
        target: Target {
            words: words.to_string(),
            start: Intensity::default(),
            ramp_to: None,
            speed_range: None,
            suggested: None,
            heart_rate: None,
            rpe: None,
            breathing: None,
        },
        incline: Incline::FLAT,
        incline_to: None,
        reps: Vec::new(),
        cues: Vec::new(),
        on_belt: None,
        offset: None,
        source: SourceSpan::default(),
    }
}

fn summary(activity: &ImportedActivity) -> Summary {
    let mut from = Millis::ZERO;
    let mut laps = Vec::new();
    for (lap, number) in activity.laps.iter().zip(0..) {
        let to = from + lap.active;
        laps.push(Lap { step: Some(StepId(number)), from, to, complete: true, distance: lap.distance });
        from = to;
    }
    let mut zones = ZoneTimes::default();
    if activity.sport != ImportedSport::Strength {
        zones.add(None, activity.active);
    }
    Summary {
        active: activity.active,
        planned: None,
        steps_done: laps.len(),
        steps_planned: laps.len(),
        finished: true,
        zones,
        laps,
    }
}
