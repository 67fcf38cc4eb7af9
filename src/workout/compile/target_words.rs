//! Writes targets as words that a runner reads in half a second.

use super::intensity::intensity;
use crate::athlete::Athlete;
use crate::units::{clock, trimmed};
use crate::workout::language::document::{HeartBase, HeartLine, PaceLine, PaceOffset, TargetLine};

/// Replaces a pace that is not shown and has no word.
const BY_FEEL: &str = "by feel";

/// Writes all targets of a step, separated by dots.
pub(super) fn all_words(lines: &[&TargetLine]) -> String {
    lines.iter().map(|line| words(line)).collect::<Vec<_>>().join(" · ")
}

/// Writes all targets of a step without paces and speeds.
pub(super) fn words_by_feel(lines: &[&TargetLine], athlete: Option<&Athlete>) -> String {
    let without = |line: &&TargetLine| match line {
        TargetLine::Pace(from, to) => {
            let from = pace_by_feel(from, athlete);
            match to.as_ref().map(|to| pace_by_feel(to, athlete)) {
                Some(to) if to != from => match (from, to) {
                    (Some(from), Some(to)) => Some(format!("{from} → {to}")),
                    (from, to) => {
                        from.map(|from| format!("{from} → {BY_FEEL}")).or(to.map(|to| format!("→ {to}")))
                    }
                },
                _ => from,
            }
        }
        line => Some(words(line)),
    };
    let all: Vec<String> = lines.iter().filter_map(without).collect();
    if all.is_empty() { BY_FEEL.to_string() } else { all.join(" · ") }
}

/// Returns the word for a pace that is not shown: its name, or else the effort of its zone.
fn pace_by_feel(line: &PaceLine, athlete: Option<&Athlete>) -> Option<String> {
    match line {
        PaceLine::Named { .. } | PaceLine::Between(..) => Some(pace_words(line)),
        _ => intensity(line, athlete).zone.map(|zone| zone.effort().to_string()),
    }
}

/// Writes one target.
pub(super) fn words(line: &TargetLine) -> String {
    match line {
        TargetLine::Pace(from, None) => pace_words(from),
        TargetLine::Pace(from, Some(to)) => ramp_words(from, to),
        TargetLine::HeartRate(heart) => heart_words(heart),
        TargetLine::Rpe(low, high) => format!("RPE {}", range(*low, *high)),
        TargetLine::Breathe(b, _) => format!(
            "breathe {}/min {}:{}",
            trimmed(b.per_minute, 1),
            trimmed(b.inhale, 1),
            trimmed(b.exhale, 1)
        ),
        TargetLine::Words(words) => words.clone(),
    }
}

fn pace_words(line: &PaceLine) -> String {
    match line {
        PaceLine::Named { shown, by, .. } => match *by {
            PaceOffset::None => shown.to_string(),
            PaceOffset::Seconds(a, b, unit) => {
                let sign = if a + b < 0.0 { '−' } else { '+' };
                format!("{shown} {sign}{} s/{}", range(a.abs(), b.abs()), unit.name())
            }
            PaceOffset::Percent(a, b) => format!("{}% {shown}", range(a, b)),
        },
        PaceLine::Between(a, b) => format!("{}–{}", a.shown, b.shown),
        PaceLine::Pace(a, b, unit) => format!("{}/{}", pace_range(*a, *b), unit.name()),
        PaceLine::Speed(a, b, unit) => format!("{} {}", range(*a, *b), unit.name()),
    }
}

fn ramp_words(from: &PaceLine, to: &PaceLine) -> String {
    match (from, to) {
        (PaceLine::Speed(a, b, unit), PaceLine::Speed(_, _, same)) if unit == same => {
            format!("{} → {}", range(*a, *b), pace_words(to))
        }
        (PaceLine::Pace(a, b, unit), PaceLine::Pace(_, _, same)) if unit == same => {
            format!("{} → {}", pace_range(*a, *b), pace_words(to))
        }
        _ => format!("{} → {}", pace_words(from), pace_words(to)),
    }
}

/// Writes a heart-rate target: `Z2`, `140–150 bpm`, `75% HRmax`.
pub(super) fn heart_words(heart: &HeartLine) -> String {
    match heart {
        HeartLine::Zone(zone) => zone.to_string(),
        HeartLine::Zones(low, high) => format!("{low}–{}", high.number()),
        HeartLine::Bpm(low, high) => format!("{} bpm", range(f64::from(*low), f64::from(*high))),
        HeartLine::Percent(low, high, base) => {
            let base = match base {
                HeartBase::Max => "HRmax",
                HeartBase::Reserve => "HRR",
                HeartBase::Threshold => "LTHR",
            };
            format!("{}% {base}", range(*low, *high))
        }
    }
}

/// Writes a range of numbers: `5`, or `5–10`.
fn range(a: f64, b: f64) -> String {
    let (a, b) = (trimmed(a, 2), trimmed(b, 2));
    if a == b { a } else { format!("{a}–{b}") }
}

/// Writes a range of paces, in seconds: `4:30`, or `4:30–4:45`.
fn pace_range(a: f64, b: f64) -> String {
    let (a, b) = (clock(a.round() as u64), clock(b.round() as u64));
    if a == b { a } else { format!("{a}–{b}") }
}
