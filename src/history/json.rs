//! The log as JSON, version 1: what `pacebell log --json` and `pacebell log show ID --json` print.
//!
//! The log is `{"version": 1, "sessions": […]}`, the oldest session first; one session is
//! `{"version": 1, "session": {…}}`.
//!
//! - Fields that end in `_ms` are whole milliseconds of active time. `started` is local time in RFC 3339.
//! - `zones_ms` has the time in each planned zone, `"0"` (standing) to `"5"`, and `"none"`.
//! - `talk` is `sentences`, `phrases` or `gasps`; `feel` is `great`, `good`, `so-so`, `bad` or `awful`.
//! - `distance_m` of a session is in metres, and `moving_ms` the time that it took, without standing. Both are `null` if the
//!   distance of a part is not known. `distance_is_estimated` is true if the screen shows it with `≈`.
//! - A lap has what was planned (`planned_ms`, `planned_m`, `planned_speed_mps`, `incline_percent`) beside what was run.
//! - `load` is RPE × minutes. A lap's `distance_m` is the distance that the belt covered, in metres.
//! - `rehearsed` is the speed factor of a rehearsal, and `null` for a run.
//! - `activity` is `run` or `strength`.
//! - `imported_from` is `fit`, `tcx`, `gpx` or `strava`, and `null` for a session that was recorded or added here; `elapsed_ms` is
//!   the time of an imported session with its pauses. Heart rates are in beats per minute.
//! - `changes` are the runner's changes to the plan, in the order in which they were made, and `planned_before_changes_ms` is
//!   the time that was planned before the first.
//! - `workout` is `null` if the plan cannot be read.
//! - A value that does not apply or was not given is `null`, never left out.
//!
//! Within a version, fields are only added; any other change raises the number.
//!
//! Control characters, which a terminal might obey, are written as `\u` escapes. JSON readers restore them.

use super::SessionId;
use super::queries::{LogEntry, SessionDetails};
use crate::athlete::Zone;
use crate::formats;
use crate::session::answers::Breath;
use crate::session::{Lap, pauses};
use crate::text::is_hidden;
use crate::units::{Distance, Millis, Rehearsal, Speed};
use crate::workout::sequence::{Bend, StepId};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The version of this format.
pub const VERSION: u32 = 1;

/// Prints the log. `entries` has the latest session first.
pub fn log(entries: &[LogEntry]) -> String {
    let sessions = entries.iter().rev().map(SessionJson::of).collect();
    text(&LogJson { version: VERSION, sessions })
}

/// Prints one session: its entry in the log, its laps and pauses, the workout as `show --json` prints it and the text
/// it was compiled from, and the athlete's figures of that day.
pub fn session(details: &SessionDetails) -> String {
    text(&OneSessionJson { version: VERSION, session: WholeLogJson::of(details) })
}

/// Serialises with indentation and a final newline.
fn text<T: Serialize>(value: &T) -> String {
    // Plain data with text keys always serialises.
    let plain = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    let mut safe = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '\n' => safe.push(c),
            c if is_hidden(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            }
            c => safe.push(c),
        }
    }
    safe
}

#[derive(Serialize)]
struct LogJson<'a> {
    version: u32,
    sessions: Vec<SessionJson<'a>>,
}

#[derive(Serialize)]
struct OneSessionJson<'a> {
    version: u32,
    session: WholeLogJson<'a>,
}

#[derive(Serialize)]
struct SessionJson<'a> {
    id: SessionId,
    started: String,
    name: &'a str,
    planned_ms: Option<Millis>,
    active_ms: Millis,
    steps_planned: usize,
    steps_done: usize,
    finished: bool,
    zones_ms: ZonesJson,
    rpe: Option<f64>,
    breathlessness: Option<f64>,
    talk: Option<&'static str>,
    feel: Option<&'static str>,
    note: Option<&'a str>,
    answers: Vec<AnswerJson<'a>>,
    load: Option<f64>,
    rehearsed: Option<f64>,
    by_hand: bool,
    activity: &'static str,
    distance_m: Option<f64>,
    moving_ms: Option<Millis>,
    distance_is_estimated: Option<bool>,
    imported_from: Option<&'static str>,
    elapsed_ms: Option<Millis>,
    mean_heart: Option<u16>,
    highest_heart: Option<u16>,
    changes: Vec<ChangeJson>,
    planned_before_changes_ms: Option<Millis>,
}

#[derive(Serialize)]
struct ChangeJson {
    what: &'static str,
    total_ms: Option<Millis>,
    per_minute: Option<f64>,
}

impl ChangeJson {
    fn of(bend: &Bend) -> Self {
        let change = |what| ChangeJson { what, total_ms: None, per_minute: None };
        match *bend {
            Bend::LongerRecoveries => change("longer-recoveries"),
            Bend::SlowerWork => change("slower-work"),
            Bend::FewerReps => change("fewer-reps"),
            Bend::EasyToTheEnd => change("easy-to-the-end"),
            Bend::OneMore => change("one-more"),
            Bend::Within(total) => ChangeJson { total_ms: Some(total), ..change("cut") },
            Bend::BreathRate(tenths) => {
                ChangeJson { per_minute: Some(f64::from(tenths) / 10.0), ..change("breath-rate") }
            }
        }
    }
}

#[derive(Serialize)]
struct ZonesJson {
    #[serde(rename = "0")]
    standing: Millis,
    #[serde(rename = "1")]
    one: Millis,
    #[serde(rename = "2")]
    two: Millis,
    #[serde(rename = "3")]
    three: Millis,
    #[serde(rename = "4")]
    four: Millis,
    #[serde(rename = "5")]
    five: Millis,
    none: Millis,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    question: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct WholeLogJson<'a> {
    #[serde(flatten)]
    session: SessionJson<'a>,
    pauses: usize,
    paused_ms: Millis,
    laps: Vec<LapJson<'a>>,
    workout: Value,
    source_name: &'a str,
    source: &'a str,
    athlete: Option<&'a Value>,
}

#[derive(Serialize)]
struct LapJson<'a> {
    step: Option<u32>,
    name: Option<&'a str>,
    zone: Option<Zone>,
    from_ms: Millis,
    to_ms: Millis,
    complete: bool,
    distance_m: Option<f64>,
    speed_mps: Option<f64>,
    planned_ms: Option<Millis>,
    planned_m: Option<f64>,
    planned_speed_mps: Option<f64>,
    incline_percent: Option<f64>,
    mean_heart: Option<u16>,
}

impl<'a> SessionJson<'a> {
    fn of(entry: &'a LogEntry) -> Self {
        let answers = &entry.answers;
        let (borg, talk) = match answers.breath {
            Some(Breath::Borg(borg)) => (Some(borg), None),
            Some(Breath::Talk(talk)) => (None, Some(talk.word())),
            None => (None, None),
        };
        let own = answers.own.iter().map(|(question, answer)| AnswerJson { question, answer });
        SessionJson {
            id: entry.id,
            started: entry.started.to_rfc3339(),
            name: &entry.name,
            planned_ms: entry.planned,
            active_ms: entry.active,
            steps_planned: entry.steps_planned,
            steps_done: entry.steps_done,
            finished: entry.finished,
            zones_ms: ZonesJson {
                standing: entry.zones.of(Zone::new(0)),
                one: entry.zones.of(Zone::new(1)),
                two: entry.zones.of(Zone::new(2)),
                three: entry.zones.of(Zone::new(3)),
                four: entry.zones.of(Zone::new(4)),
                five: entry.zones.of(Zone::new(5)),
                none: entry.zones.of(None),
            },
            rpe: answers.rpe,
            breathlessness: borg,
            talk,
            feel: answers.feel.map(|f| f.word()),
            note: answers.note.as_deref(),
            answers: own.collect(),
            load: entry.load(),
            rehearsed: entry.rehearsed.map(Rehearsal::factor),
            by_hand: entry.by_hand,
            activity: entry.activity.word(),
            distance_m: entry.covered.map(|covered| covered.distance.metres()),
            moving_ms: entry.covered.map(|covered| covered.time),
            distance_is_estimated: entry.covered.map(|covered| covered.is_estimated),
            imported_from: entry.imported.as_ref().map(|origin| origin.format.word()),
            elapsed_ms: entry.imported.as_ref().and_then(|origin| origin.elapsed),
            mean_heart: entry.heart.mean,
            highest_heart: entry.heart.highest,
            changes: entry.bends.made.iter().map(ChangeJson::of).collect(),
            planned_before_changes_ms: entry.bends.planned,
        }
    }
}

impl<'a> WholeLogJson<'a> {
    fn of(details: &'a SessionDetails) -> Self {
        let (pauses, paused_ms) = pauses(&details.events);
        WholeLogJson {
            session: SessionJson::of(&details.entry),
            pauses,
            paused_ms,
            laps: details.laps.iter().enumerate().map(|(n, lap)| LapJson::of(details, n, lap)).collect(),
            workout: workout(details),
            source_name: &details.source.name,
            source: &details.source.text,
            athlete: details.athlete.as_ref(),
        }
    }
}

/// The workout, or null if the plan could not be read.
fn workout(details: &SessionDetails) -> Value {
    if details.sequence.steps.is_empty() {
        return Value::Null;
    }
    let run: BTreeSet<StepId> = details.laps.iter().filter_map(|lap| lap.step).collect();
    let text = formats::json::text_of_session(&details.sequence, |step| run.contains(&step));
    serde_json::from_str(&text).unwrap_or_default()
}

impl<'a> LapJson<'a> {
    /// Converts a lap. The one after the last step has no step, name or zone.
    fn of(details: &'a SessionDetails, number: usize, lap: &Lap) -> Self {
        let step = lap.step.and_then(|id| details.sequence.step(id));
        LapJson {
            step: lap.step.map(|s| s.0),
            name: step.map(|s| s.title()),
            zone: step.and_then(|s| s.target.start.zone),
            from_ms: lap.from,
            to_ms: lap.to,
            complete: lap.complete,
            distance_m: lap.distance.map(Distance::metres),
            speed_mps: lap
                .distance
                .map(|d| d.metres() / lap.length().as_secs_f64())
                .filter(|s| s.is_finite()),
            planned_ms: step.and_then(|s| s.end.planned()),
            planned_m: step.and_then(|s| s.distance()).map(Distance::metres),
            planned_speed_mps: step.and_then(|s| s.target.mean_speed()).map(Speed::mps),
            incline_percent: step.map(|s| s.incline.percent()),
            mean_heart: details.lap_hearts.get(number).copied().flatten(),
        }
    }
}
