//! Warnings about workouts that compile, but probably not as intended.

use super::compile::resolved::{
    RepeatedItems, ResolvedItem, ResolvedNode, ResolvedRepeat, ResolvedStep, Workout,
};
use super::language::document::Span;
use super::language::lexicon::NamedTarget;
use super::language::messages::lint::LintWarning;
use super::sequence::{End, Sequence};
use crate::diagnostic::Diagnostic;
use crate::units::{DistanceUnit, Millis, PaceUnit};

/// The difference between the name's minutes and the total that is still fine.
const NEAR: Millis = Millis::from_secs(90);
/// The most steps of unknown time that are warned of one by one. Of more, the first speaks for all.
const MOST_UNKNOWN: usize = 3;
/// The numbers in a name that may be minutes.
const MINUTES: std::ops::RangeInclusive<u64> = 5..=300;

/// The marks of a heart rate in the words of a target.
const HEART_UNITS: [&str; 4] = ["bpm", "HRmax", "HRR", "LTHR"];

/// A step whose time is not known.
#[derive(PartialEq)]
struct UnknownTime {
    span: Span,
    /// Its distance as the treadmill's console counts it.
    console: String,
    /// True for a heart rate.
    by_heart: bool,
}

/// Returns warnings about `workout`, which compiled to `sequence`. `added` is the time of the warm-up and cool-down
/// that the options put around it.
pub fn check(workout: &Workout, sequence: &Sequence, added: Millis) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    warnings.extend(name_against_total(workout, sequence, added));
    let mut unknown = Vec::new();
    list(&workout.items, &mut warnings, &mut unknown);
    warnings.extend(unknown_time_warnings(unknown));
    warnings.sort_by_key(|warning| warning.span.start);
    warnings
}

/// Writes a warning as one sentence.
pub fn sentence(warning: &Diagnostic) -> String {
    match &warning.help {
        Some(help) => format!("{}: {help}", warning.message),
        None => warning.message.clone(),
    }
}

fn list(items: &[ResolvedItem], warnings: &mut Vec<Diagnostic>, unknown: &mut Vec<UnknownTime>) {
    for pair in items.windows(2) {
        if let [
            ResolvedItem { node: ResolvedNode::Repeat(first), .. },
            ResolvedItem { node: ResolvedNode::Repeat(second), span, .. },
        ] = pair
            && has_floats(first)
            && has_floats(second)
        {
            warnings.push(Diagnostic::new(span.clone(), LintWarning::NoRecoveryBetweenSets));
        }
    }
    for item in items {
        match &item.node {
            ResolvedNode::Step(step) => unknown.extend(unknown_time(step)),
            ResolvedNode::Group(items) => list(items, warnings, unknown),
            ResolvedNode::Repeat(repeat) => {
                match &repeat.reps {
                    RepeatedItems::Same(_, body) => list(std::slice::from_ref(body), warnings, unknown),
                    RepeatedItems::Each(items) => list(items, warnings, unknown),
                }
                if let Some(between) = &repeat.between {
                    list(std::slice::from_ref(between), warnings, unknown);
                }
            }
            ResolvedNode::Alternate(_) => {}
        }
    }
}

fn has_floats(repeat: &ResolvedRepeat) -> bool {
    repeat.between.is_some() && repeat.reps.count() > 1
}

fn unknown_time_warnings(mut unknown: Vec<UnknownTime>) -> Vec<Diagnostic> {
    // A part is written once, however often it is run.
    unknown.sort_by_key(|step| (step.span.start, step.span.end));
    unknown.dedup();
    let mut more = 0;
    if unknown.len() > MOST_UNKNOWN {
        more = unknown.len() - 1;
        unknown.truncate(1);
    }
    let warning = |step: UnknownTime| {
        Diagnostic::new(
            step.span,
            LintWarning::UnknownStepTime { console: &step.console, more, by_heart: step.by_heart },
        )
    };
    unknown.into_iter().map(warning).collect()
}

fn unknown_time(step: &ResolvedStep) -> Option<UnknownTime> {
    let End::Distance { upper, time: None, .. } = step.end else {
        return None;
    };
    // How long a race against the clock takes is the point of it.
    if step.target.start.rank == Some(NamedTarget::AllOut.rank()) {
        return None;
    }
    // In the unit that makes the distance a round number.
    let unit = match upper.written().unit {
        DistanceUnit::Miles => PaceUnit::Mi,
        DistanceUnit::Metres | DistanceUnit::Kilometres => PaceUnit::Km,
    };
    let console = format!("{:.2} {}", upper.metres() / unit.metres(), unit.name());
    let by_heart = HEART_UNITS.iter().any(|unit| step.target.words.contains(unit));
    Some(UnknownTime { span: step.span.clone(), console, by_heart })
}

fn name_against_total(workout: &Workout, sequence: &Sequence, added: Millis) -> Option<Diagnostic> {
    // The name of typed notation is the notation, so its numbers are the steps'.
    if workout.name_span.is_empty() {
        return None;
    }
    let totals = sequence.totals();
    let named = Millis::from_secs(60 * minutes_in(&workout.name)?);
    let (least, most) = (totals.least.saturating_sub(added), totals.time.saturating_sub(added));
    if totals.open || (named + NEAR > least && most + NEAR > named) {
        return None;
    }
    let minutes = named.whole_secs() / 60;
    let warning = LintWarning::NameAgainstTotal { name: &workout.name, minutes, total: most };
    Some(Diagnostic::new(workout.name_span.clone(), warning))
}

/// Finds the minutes that a name says: `Tempo 15`, `45 min progression`, but not `8×60`, `10K` or `week 12`.
fn minutes_in(name: &str) -> Option<u64> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let counted = ["week", "day", "level", "part", "no", "no.", "set", "phase", "zone", "stage", "session"];
    let units = [
        "miles", "mile", "mi", "km", "k", "m", "x", "×", "metres", "meters", "s", "sec", "seconds", "h",
        "hours", "%",
    ];
    words.iter().enumerate().find_map(|(i, word)| {
        let lower = word.to_lowercase();
        let word = lower.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ':' | '.' | '“' | '”' | '"'));
        let bare = ["-minutes", "-minute", "-min", "minutes", "min", "′", "'"]
            .iter()
            .find_map(|unit| word.strip_suffix(unit))
            .unwrap_or(word);
        let minutes: u64 = bare.parse().ok().filter(|m| MINUTES.contains(m))?;
        let near = |at: Option<usize>| at.and_then(|i| words.get(i)).map(|w| w.to_lowercase());
        let before =
            near(i.checked_sub(1)).is_some_and(|w| counted.contains(&w.as_str()) || w == "x" || w == "×");
        let behind = near(i.checked_add(1)).is_some_and(|w| units.contains(&w.as_str()));
        (!before && !behind).then_some(minutes)
    })
}

#[cfg(test)]
mod tests {
    use super::minutes_in;

    #[test]
    fn finds_minutes_but_no_other_numbers() {
        for (name, minutes) in [
            ("Tempo micro 15", Some(15)),
            ("15-minute intervals", Some(15)),
            ("Easy 15", Some(15)),
            ("45 min progression", Some(45)),
            ("8×60s hard", None),
            ("8 × 60 s", None),
            ("10K pace", None),
            ("Week 12", None),
            ("10 miles", None),
            ("4x4", None),
        ] {
            assert_eq!(minutes_in(name), minutes, "{name}");
        }
    }
}
