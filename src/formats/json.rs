//! A compiled workout as JSON, format 2: the output of `pacebell show --json`.
//!
//! Times are in whole milliseconds, distances in metres, speeds in metres per second, inclines in percent. A field that
//! does not apply is `null`, never missing. Within a format, fields are only added; other changes raise its number. Format 1
//! listed every round of an endless repeat.

use crate::athlete::Zone;
use crate::units::{Distance, Millis};
use crate::workout::sequence::{
    Breathing, CueTime, End, HeartSide, Kind, PlannedStep, Rep, Role, Sequence, SourceSpan, StepId, TextCue,
};
use serde::Serialize;

/// The number of this format.
pub const FORMAT: u32 = 2;

/// Returns a sequence as indented JSON that ends with a newline. An endless repeat is there with its first round.
pub fn text(sequence: &Sequence) -> String {
    text_with_steps(sequence, |step| !step.is_later_round())
}

/// Returns [`text`] for a session, with every round of an endless repeat that was run.
pub fn text_of_session(sequence: &Sequence, was_run: impl Fn(StepId) -> bool) -> String {
    text_with_steps(sequence, |step| !step.is_later_round() || was_run(step.id))
}

fn text_with_steps(sequence: &Sequence, has_step: impl Fn(&PlannedStep) -> bool) -> String {
    // Plain data without maps always serialises.
    serde_json::to_string_pretty(&WorkoutJson::of(sequence, has_step)).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct WorkoutJson<'a> {
    format: u32,
    name: &'a str,
    about: Option<&'a str>,
    /// The upper bounds of ranges, without open steps.
    total_ms: Millis,
    /// The lower bounds of ranges, without open steps.
    min_total_ms: Millis,
    /// The steps with a distance, and those whose speed gives one.
    total_m: Distance,
    /// True if a step waits for the runner, so that the totals are incomplete.
    open: bool,
    assumptions: &'a [String],
    warnings: &'a [String],
    steps: Vec<StepJson<'a>>,
}

impl<'a> WorkoutJson<'a> {
    fn of(sequence: &'a Sequence, has_step: impl Fn(&PlannedStep) -> bool) -> Self {
        let totals = sequence.totals();
        WorkoutJson {
            format: FORMAT,
            name: &sequence.name,
            about: sequence.about.as_deref(),
            total_ms: totals.time,
            min_total_ms: totals.least,
            total_m: totals.distance,
            open: totals.open,
            assumptions: &sequence.assumptions,
            warnings: &sequence.warnings,
            steps: sequence.steps.iter().filter(|step| has_step(step)).map(StepJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: StepId,
    kind: Kind,
    role: Role,
    label: Option<&'a str>,
    end: &'static str,
    duration_ms: Option<Millis>,
    min_ms: Option<Millis>,
    distance_m: Option<Distance>,
    /// The heart rate that ends the step before `duration_ms`.
    until: Option<UntilJson<'a>>,
    offset_ms: Option<Millis>,
    target: &'a str,
    zone: Option<Zone>,
    speed_mps: Option<[f64; 2]>,
    ramp_to_mps: Option<f64>,
    incline: f64,
    incline_to: Option<f64>,
    hr: Option<HeartRateJson<'a>>,
    rpe: Option<[f64; 2]>,
    breathe: Option<&'a Breathing>,
    /// True in an endless repeat: the step comes again until the runner ends the repeat.
    endless: bool,
    reps: &'a [Rep],
    cues: Vec<CueJson<'a>>,
    source: SourceSpan,
}

#[derive(Serialize)]
struct HeartRateJson<'a> {
    text: &'a str,
    bpm: Option<[u32; 2]>,
}

#[derive(Serialize)]
struct UntilJson<'a> {
    text: &'a str,
    /// `below` or `above`.
    side: HeartSide,
    bpm: Option<u32>,
}

#[derive(Serialize)]
struct CueJson<'a> {
    at_ms: Option<Millis>,
    every_ms: Option<Millis>,
    text: &'a str,
}

impl<'a> StepJson<'a> {
    fn of(step: &'a PlannedStep) -> Self {
        let target = &step.target;
        let planned = step.end.planned();
        StepJson {
            id: step.id,
            kind: step.kind,
            role: step.role,
            label: step.label.as_deref(),
            end: match step.end {
                End::Time { .. } => "time",
                End::Distance { .. } => "distance",
                End::Open => "open",
            },
            duration_ms: planned,
            min_ms: step.end.may_end_from(),
            distance_m: match step.end {
                End::Distance { upper, .. } => Some(upper),
                End::Time { .. } | End::Open => None,
            },
            until: step.until.as_ref().map(|limit| UntilJson {
                text: &limit.words,
                side: limit.side,
                bpm: limit.bpm,
            }),
            offset_ms: step.offset,
            target: &target.words,
            zone: target.start.zone,
            speed_mps: target.speed_range.map(|(low, high)| [low.mps(), high.mps()]),
            ramp_to_mps: target.ramp_to.as_ref().and_then(|to| to.speed).map(|s| s.mps()),
            incline: step.incline.percent(),
            incline_to: step.incline_to.map(|i| i.percent()),
            hr: target
                .heart_rate
                .as_ref()
                .map(|h| HeartRateJson { text: &h.words, bpm: h.bpm.map(|(low, high)| [low, high]) }),
            rpe: target.rpe.map(|(low, high)| [low, high]),
            breathe: target.breathing.as_ref(),
            endless: step.is_endless(),
            reps: &step.reps,
            cues: step.cues.iter().map(|cue| CueJson::of(cue, planned)).collect(),
            source: step.source,
        }
    }
}

impl<'a> CueJson<'a> {
    /// The cue of a step of `planned` length, with times from the start of the step.
    fn of(cue: &'a TextCue, planned: Option<Millis>) -> Self {
        let (at_ms, every_ms) = match cue.when {
            CueTime::At(at) => (Some(at), None),
            CueTime::BeforeEnd(before) => (planned.and_then(|p| p.checked_sub(before)), None),
            CueTime::Half => (planned.map(Millis::half), None),
            CueTime::Every(every) => (None, Some(every)),
        };
        CueJson { at_ms, every_ms, text: &cue.text }
    }
}
