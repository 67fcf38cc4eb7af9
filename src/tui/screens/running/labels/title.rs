//! The title of a step, which says each thing once.

use crate::athlete::Zone;
use crate::coach::View;
use crate::units::{HeartRateRange, Incline};
use crate::workout::sequence::PlannedStep;

/// The title of a recovery during which the belt keeps its speed.
pub const ON_RAILS: &str = "on the rails";
/// The races whose names are distances. As a pace, such a name needs the word.
const RACES: [&str; 9] = ["800", "1500", "mile", "3K", "5K", "10K", "15K", "10 mile", "half"];

/// Returns the title of the current step.
pub fn title(view: &View<'_>) -> String {
    // A title with a number in it would have the runner look for that number on the belt.
    if view.on_rails && view.sequence.show_pace {
        return ON_RAILS.to_string();
    }
    let Some(step) = view.step() else { return "cool-down".to_string() };
    effort_for_number(view, step).unwrap_or_else(|| of_step(step))
}

/// Returns the effort of a step whose target is only the number that the belt's panel shows anyway. On an incline, the
/// zone of the speed says too little.
pub fn effort_for_number(view: &View<'_>, step: &PlannedStep) -> Option<String> {
    let is_number = step.target.words.ends_with(view.treadmill.belt.unit.name())
        && step.target.ramp_to.is_none()
        && !step.target.words.contains('–');
    let is_level = step.incline <= Incline::FLAT && step.incline_to.is_none();
    let is_shown = view.sequence.show_pace && step.label.is_none();
    let zone = step.target.start.zone.filter(|_| is_number && is_level && is_shown)?;
    Some(zone.effort().to_string())
}

/// Returns the title of a step: its label, or else its target in the words that are quickest to read. A known heart rate
/// is in beats, which is what a watch shows, and a race pace does not read as a distance.
pub fn of_step(step: &PlannedStep) -> String {
    if let Some(label) = &step.label {
        return label.clone();
    }
    let words = &step.target.words;
    match &step.target.heart_rate {
        Some(heart) if words.ends_with(&heart.words) => match beats(heart) {
            Some(beats) => words.replace(&heart.words, &beats),
            None => words.clone(),
        },
        _ if step.target.start.relative.is_some() && RACES.contains(&words.as_str()) => {
            format!("{words} pace")
        }
        _ => words.clone(),
    }
}

/// Returns a heart rate in beats per minute if it is known: `144–156 bpm`, `up to 140 bpm`.
pub fn beats(heart: &HeartRateRange) -> Option<String> {
    let (low, high) = heart.bpm?;
    Some(match (low, high) {
        (HeartRateRange::LEAST, high) => format!("up to {high} bpm"),
        (low, HeartRateRange::MOST) => format!("from {low} bpm"),
        (low, high) if low == high => format!("{low} bpm"),
        (low, high) => format!("{low}–{high} bpm"),
    })
}

/// Returns the tag of a zone, `Z5`, unless the title or the target says the same in words: `hard`, `walk`, `Z5`.
pub fn tag(step: &PlannedStep, zone: Option<Zone>) -> Option<String> {
    let zone = zone?;
    let said = format!("{} {}", of_step(step), step.target.words).to_lowercase();
    let relative = step.target.start.relative.as_ref();
    // The word for an effort names its zone; a race does not.
    let effort =
        relative.map(|r| r.base.as_str()).filter(|base| !RACES.contains(base) && !base.ends_with('P'));
    let names_effort = effort.is_some_and(|effort| said.contains(effort));
    let says_it =
        names_effort || said.contains(zone.effort()) || said.contains(&format!("z{}", zone.number()));
    (!says_it).then(|| zone.to_string())
}
