//! What runs, but probably not as meant.

use super::compile::resolved::{
    RepeatedItems, ResolvedItem, ResolvedNode, ResolvedRepeat, ResolvedStep, Workout,
};
use super::language::lexicon::NamedTarget;
use super::sequence::{End, Sequence};
use crate::diagnostic::Diagnostic;
use crate::text::quoted;
use crate::units::{Millis, PaceUnit};

/// A total may be this far from the time its name says.
const NEAR: Millis = Millis::from_secs(90);
/// So many steps are told one by one that their time is not known; of more the first speaks for all.
const MOST_UNKNOWN: usize = 3;
/// Numbers of minutes that a name may mean.
const MINUTES: std::ops::RangeInclusive<u64> = 5..=300;

/// Warnings about `workout`, which compiled to `sequence`; `added` was put around it from outside.
pub fn check(workout: &Workout, sequence: &Sequence, added: Millis) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    warnings.extend(name_against_total(workout, sequence, added));
    let mut unknown = Vec::new();
    list(&workout.items, &mut warnings, &mut unknown);
    warnings.extend(folded(unknown));
    warnings.sort_by_key(|warning| warning.span.start);
    warnings
}

/// A warning as one sentence.
pub fn sentence(warning: &Diagnostic) -> String {
    match &warning.help {
        Some(help) => format!("{}: {help}", warning.message),
        None => warning.message.clone(),
    }
}

fn list(items: &[ResolvedItem], warnings: &mut Vec<Diagnostic>, unknown: &mut Vec<Diagnostic>) {
    for pair in items.windows(2) {
        if let [
            ResolvedItem { node: ResolvedNode::Repeat(first), .. },
            ResolvedItem { node: ResolvedNode::Repeat(second), span, .. },
        ] = pair
            && has_floats(first)
            && has_floats(second)
        {
            let message = "there is no recovery between these two sets";
            let warning = Diagnostic::warning(span.clone(), message, "begins right after the last rep");
            warnings.push(warning.with_help(
                "the slash stands between reps only: put a step like `90s easy` between the sets, \
                 or keep each set's last one with `2×(90s hard, 90s easy)`",
            ));
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

/// `unknown` as it is, where it is short; else the first, which counts the others.
fn folded(mut unknown: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // A part is written once, however often it is run.
    unknown.sort_by_key(|warning| (warning.span.start, warning.span.end));
    unknown.dedup();
    let more = unknown.len().saturating_sub(1);
    if unknown.len() > MOST_UNKNOWN {
        unknown.truncate(1);
        for first in &mut unknown {
            first.message = format!("{}, and {more} more steps like it", first.message);
        }
    }
    unknown
}

fn unknown_time(step: &ResolvedStep) -> Option<Diagnostic> {
    let End::Distance { upper, time: None, .. } = step.end else {
        return None;
    };
    // Nobody asks how long a race against the clock is going to take.
    if step.target.start.rank == Some(NamedTarget::AllOut.rank()) {
        return None;
    }
    // In the unit that makes it a round number, as the treadmill's console counts it.
    let miles = upper.to_string().ends_with("mi");
    let unit = if miles { PaceUnit::Mi } else { PaceUnit::Km };
    let shown = format!("{:.2} {}", upper.metres() / unit.metres(), unit.name());
    let message = "how long this distance takes is not known";
    let warning = Diagnostic::warning(step.span.clone(), message, "no pace that is known");
    Some(warning.with_help(format!(
        "it runs until {shown} on the console, then Enter; a race result in the profile or a pace gives it a time"
    )))
}

fn name_against_total(workout: &Workout, sequence: &Sequence, added: Millis) -> Option<Diagnostic> {
    // Typed notation has no name of its own; its numbers are the steps'.
    if workout.name_span.is_empty() {
        return None;
    }
    let totals = sequence.totals();
    let said = Millis::from_secs(60 * minutes_in(&workout.name)?);
    let (least, most) = (totals.least.saturating_sub(added), totals.time.saturating_sub(added));
    if totals.open || (said + NEAR > least && most + NEAR > said) {
        return None;
    }
    let message = format!("the name says {} minutes, the steps take {most}", said.whole_secs() / 60);
    let warning = Diagnostic::warning(workout.name_span.clone(), message, "far from the total");
    Some(warning.with_help(format!("change the name {} or the steps", quoted(&workout.name))))
}

/// The minutes that a name says: `Tempo 15`, `45 min progression`, but not `8×60`, `10K` or `week 12`.
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
    fn only_a_number_of_minutes_is_a_time() {
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
