//! Progressive reps, which have two readings: `5x1k progressive from 4:30 to 4:10`.

use super::piece::{PhraseBody, PhrasePiece};
use super::{PhraseReader, PhraseResult};
use crate::workout::language::messages::phrase::PhraseProblem;

/// The most reps that are written out.
const MOST_WRITTEN: u64 = 12;

impl PhraseReader<'_> {
    /// Reports `5x1k progressive from 4:30 to 4:10`: each rep faster than the one before, or each rep from one to the other?
    /// The rep begins at byte `start`.
    pub(super) fn reject_progressive_reps(
        &self,
        start: usize,
        count: &str,
        body: &PhrasePiece,
    ) -> PhraseResult<()> {
        let PhraseBody::Step(step) = &body.body else { return Ok(()) };
        let (Ok(reps), [target]) = (count.parse::<u64>(), step.targets.as_slice()) else { return Ok(()) };
        let Some((from, to)) = target.split_once(" -> ").filter(|_| step.is_progression) else {
            return Ok(());
        };
        if !(2..=MOST_WRITTEN).contains(&reps) {
            return Ok(());
        }
        let Some((first, last, unit)) = pace(from).zip(pace(to)).and_then(|(first, last)| {
            (first.1 == last.1 || first.1.is_empty()).then_some((first.0, last.0, last.1))
        }) else {
            return Ok(());
        };
        let rungs = (0..reps).map(|i| {
            let seconds = first + (last - first) * i as f64 / (reps - 1) as f64;
            let seconds = seconds.round() as u64;
            let rung = format!("{}:{:02}{unit}", seconds / 60, seconds % 60);
            let mut step = (**step).clone();
            step.targets = vec![rung];
            step.render()
        });
        let rungs = rungs.collect::<Vec<_>>().join(", ");
        let each = format!("{count}×{}", step.render());
        self.unclear(start, PhraseProblem::ProgressiveReps { rungs, each })
    }
}

/// The seconds of a pace, and its unit: `4:30/km`.
fn pace(text: &str) -> Option<(f64, &str)> {
    let (clock, unit) = text.split_at(text.find('/').unwrap_or(text.len()));
    let (minutes, seconds) = clock.split_once(':')?;
    Some((minutes.trim().parse::<f64>().ok()? * 60.0 + seconds.trim().parse::<f64>().ok()?, unit))
}
