//! Tries a fix by compiling it.

use super::compile::{compile, resolve};
use super::language::document::{Document, Item};
use super::language::trial::FixTrial;
use crate::athlete::Athlete;
use crate::diagnostic::SourceText;
use crate::units::{Distance, Millis};
use std::sync::LazyLock;

/// The longest workout that a fix may make.
const LONGEST_DISTANCE: Distance = Distance::from_metres(100_000.0);

/// An average runner.
static AVERAGE: LazyLock<Athlete> = LazyLock::new(|| Athlete::with_vdot(45.0));

/// Returns the trial of fixes for `athlete`.
pub(super) fn trial(athlete: Option<&Athlete>) -> FixTrial {
    FixTrial { athlete: athlete.cloned(), compiles, measures }
}

/// Returns true if `items`, which stand in `text`, compile for `athlete`, for an average runner and without a profile,
/// and make a run of no more than 100 km.
fn compiles(items: &[Item], text: &str, athlete: Option<&Athlete>) -> bool {
    let document = Document { items: items.to_vec(), ..Document::default() };
    let source = SourceText::new("fix", text);
    let mut runners = vec![None, Some(&*AVERAGE)];
    runners.extend(athlete.map(Some));
    runners.into_iter().all(|runner| {
        let Ok(sequence) = compile(&resolve::resolve(&document, &source, runner)) else { return false };
        sequence.totals().distance <= LONGEST_DISTANCE
    })
}

/// Returns the time that `items`, which stand in `text`, take `athlete`. Nothing if a step has no known length.
fn measures(items: &[Item], text: &str, athlete: Option<&Athlete>) -> Option<Millis> {
    let document = Document { items: items.to_vec(), ..Document::default() };
    let source = SourceText::new("fix", text);
    let sequence = compile(&resolve::resolve(&document, &source, athlete)).ok()?;
    let totals = sequence.totals();
    let is_known = !totals.open && sequence.steps.iter().all(|step| step.end.planned().is_some());
    is_known.then(|| Millis::new((totals.time.get() + 500) / 1000 * 1000))
}
