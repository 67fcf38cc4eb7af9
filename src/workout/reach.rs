//! Warnings about targets that are out of the runner's reach.

use super::language::messages::lint::LintWarning;
use super::sequence::{End, PlannedStep, Sequence, SourceSpan};
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, LineIndex, SourcePlace, SourceText};
use crate::units::{Distance, PaceUnit, Speed};

/// The shortest step that is judged. Nobody's result says how fast they sprint.
const SHORTEST: Distance = Distance::from_metres(200.0);
/// The shortest distance that results tell a time for.
const SHORTEST_RACE: Distance = Distance::from_metres(800.0);
/// The most that a runner passes the speed of their results by, in steps below and from [`SHORTEST_RACE`] on.
const MOST_IN_SHORT: f64 = 1.35;
const MOST: f64 = 1.15;

/// Returns warnings about the speeds and heart rates of `sequence`, which was written as `source`, that are far beyond
/// what the athlete can do. Each text is warned of once.
pub fn check(sequence: &Sequence, source: &SourceText, athlete: &Athlete) -> Vec<Diagnostic> {
    let index = LineIndex::new(&source.text);
    let mut seen: Vec<SourceSpan> = Vec::new();
    let mut warnings = Vec::new();
    for step in &sequence.steps {
        if seen.contains(&step.source) {
            continue;
        }
        let place = SourcePlace { line: step.source.line, column: step.source.column };
        let span = index.span(place, step.source.length);
        let written = source.text.get(span.clone()).unwrap_or_default();
        let warning = too_fast(step, written, athlete).or_else(|| {
            let (beats, _) = step.target.heart_rate.as_ref()?.bpm?;
            let highest = athlete.heart.max.map(|max| max.bpm()).filter(|highest| beats > *highest)?;
            Some(Diagnostic::new(span.clone(), LintWarning::AboveHighestHeartRate { beats, highest }))
        });
        if let Some(mut warning) = warning {
            warning.span = span;
            seen.push(step.source);
            warnings.push(warning);
        }
    }
    warnings
}

fn too_fast(step: &PlannedStep, written: &str, athlete: &Athlete) -> Option<Diagnostic> {
    // A named pace is the athlete's own, unless it is written as a number.
    let units = ["/km", "/mi", "km/h", "mph"];
    let is_number =
        step.target.begins_with_number() && units.iter().any(|unit| step.target.words.contains(unit));
    if !is_number {
        return None;
    }
    let speed = step.target.start.speed?;
    let distance = match step.end {
        End::Distance { upper, .. } => upper,
        End::Time { upper, .. } => Distance::from_metres(speed.mps() * upper.as_secs_f64()),
        End::Open => return None,
    };
    let best = best_speed(distance, athlete)?;
    let most = if distance < SHORTEST_RACE { MOST_IN_SHORT } else { MOST };
    if distance < SHORTEST || speed.mps() <= most * best.mps() {
        return None;
    }
    let other =
        written.contains("/mi").then(|| written.replacen("/mile", "/km", 1).replacen("/mi", "/km", 1));
    let in_km = Speed::from_mps(speed.mps() * PaceUnit::Km.metres() / PaceUnit::Mi.metres());
    let other = other.filter(|_| in_km.mps() <= most * best.mps());
    let pace = |speed: Speed| speed.pace_text(PaceUnit::Km);
    let warning =
        LintWarning::OutOfReach { written, pace: &pace(speed), best: &pace(best), other: other.as_deref() };
    Some(Diagnostic::new(0..0, warning))
}

/// Returns the speed of a race of `distance`, or of 800 m where it is shorter.
fn best_speed(distance: Distance, athlete: &Athlete) -> Option<Speed> {
    let raced = if distance < SHORTEST_RACE { SHORTEST_RACE } else { distance };
    let time = athlete.predicted(raced)?;
    Some(Speed::from_mps(raced.metres() / time.as_secs_f64()))
}
