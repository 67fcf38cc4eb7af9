//! Words for what another program has no field for: they go into the notes of a step.

use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget,
};
use crate::units::{clock, trimmed};
use crate::workout::sequence::Kind;

/// Returns the words of a step's target, as the workout says it.
pub fn target_words(step: &ForeignStep) -> Option<&str> {
    step.targets.iter().find_map(|target| match target {
        ForeignTarget::Words(words) => Some(words.as_str()),
        _ => None,
    })
}

/// Returns what a step without a target is.
pub const fn usual_effort(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Interval) => "hard",
        Some(Kind::Rest) => "rest",
        Some(Kind::Recovery) => "recovery",
        _ => "easy",
    }
}

/// Returns a step's incline in words.
pub fn incline_words(step: &ForeignStep) -> Option<String> {
    let (from, to) = step.incline?;
    let (from, to) = (trimmed(from, 1), trimmed(to, 1));
    Some(if from == to { format!("incline {from}%") } else { format!("incline {from} to {to}%") })
}

/// Returns the texts of a step with their times, in one line.
pub fn cue_words(cues: &[ForeignCue]) -> Option<String> {
    let one = |cue: &ForeignCue| match cue.at {
        CuePlace::Time(at) if at.get() > 0 => format!("{}: {}", clock(at.whole_secs()), cue.text),
        CuePlace::Metres(metres) if metres > 0.0 => format!("{} m: {}", trimmed(metres, 0), cue.text),
        CuePlace::Time(_) | CuePlace::Metres(_) => cue.text.clone(),
    };
    (!cues.is_empty()).then(|| cues.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// Returns the steps one after the other, with every repeat unrolled.
pub fn unrolled(items: &[ForeignItem]) -> Vec<&ForeignStep> {
    let mut steps = Vec::new();
    for item in items {
        match item {
            ForeignItem::Step(step) => steps.push(step),
            ForeignItem::Repeat(repeat) => {
                for nth in 1..=repeat.count {
                    let shown: &[ForeignItem] =
                        if nth == repeat.count { last_items(repeat) } else { &repeat.items };
                    steps.extend(unrolled(shown));
                }
            }
        }
    }
    steps
}

/// Returns the items of the last time of a repeat.
pub fn last_items(repeat: &ForeignRepeat) -> &[ForeignItem] {
    let last = repeat.items.len().saturating_sub(usize::from(repeat.skips_last_rest));
    repeat.items.get(..last).unwrap_or_default()
}

/// Returns a range of speeds in metres per second, slow and fast, and true for that of a ramp.
pub fn speeds(step: &ForeignStep) -> Option<SpeedBand> {
    step.targets.iter().find_map(|target| match target {
        ForeignTarget::Speed { slow, fast } => Some(SpeedBand { from: *slow, to: *fast, is_ramp: false }),
        ForeignTarget::Ramp(from, to) => match (from.as_ref(), to.as_ref()) {
            (ForeignTarget::Speed { slow, .. }, ForeignTarget::Speed { fast, .. }) => {
                Some(SpeedBand { from: *slow, to: *fast, is_ramp: true })
            }
            _ => None,
        },
        _ => None,
    })
}

/// The speeds of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedBand {
    /// The slow end, or the start of a ramp, in metres per second.
    pub from: f64,
    /// The fast end, or the end of a ramp.
    pub to: f64,
    /// True for a ramp.
    pub is_ramp: bool,
}

/// The name of a step in a report: `10min easy`.
pub fn title(step: &ForeignStep) -> String {
    let length = match step.end {
        ForeignEnd::Open => "open".to_string(),
        end => super::toml_step::end(end),
    };
    format!("{length} {}", target_words(step).unwrap_or_default()).trim().to_string()
}
