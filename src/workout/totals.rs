//! The totals of a sequence.

use super::sequence::Sequence;
use crate::units::{Distance, Millis};

/// The time and the distance of a whole sequence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// The planned time, ranges with their upper bound; open steps and endless repeats count nothing.
    pub time: Millis,
    /// The planned time with ranges of time, distance and reps at their lower bound.
    pub least: Millis,
    /// The distance of the steps that have one or whose speed is known.
    pub distance: Distance,
    /// True if the end of a step is not known in advance, so that `time` is a lower bound.
    pub open: bool,
    /// True if part of `time` is an estimate: see [`PlannedStep::is_estimated`].
    pub estimated: bool,
}

impl Sequence {
    /// Returns what all steps add up to.
    pub fn totals(&self) -> Totals {
        let start = Totals {
            time: Millis::ZERO,
            least: Millis::ZERO,
            distance: Distance::default(),
            open: false,
            estimated: false,
        };
        self.steps.iter().fold(start, |t, s| {
            if s.is_endless() {
                return Totals { open: true, ..t };
            }
            let least = if s.may_end_repeat() { None } else { s.end.least() };
            Totals {
                time: t.time + s.end.planned().unwrap_or_default(),
                least: t.least + least.unwrap_or_default(),
                distance: t.distance + s.distance().unwrap_or_default(),
                open: t.open || s.end.planned().is_none(),
                estimated: t.estimated || s.is_estimated(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::workout::{Options, SourceText, compile_notation};

    #[test]
    fn counts_the_fewest_reps_of_a_range() {
        for (notation, least, most) in [
            ("6-8x3min hard / 45s jog", 5 * 225 + 180, 7 * 225 + 180),
            ("2x(2-3x60s hard / 30s easy) / 2min walk", 2 * 150 + 120, 2 * 240 + 120),
            ("2-3x(60s hard, 60s easy)", 240, 360),
            ("2-3x45-60s hard / 30s easy", 120, 240),
        ] {
            let source = SourceText::new("x", notation);
            let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
            let totals = sequence.totals();
            assert_eq!((totals.least.whole_secs(), totals.time.whole_secs()), (least, most), "{notation}");
        }
    }
}
