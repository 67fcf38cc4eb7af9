//! A session that is cut to the length that the runner chose.

use crate::plan::PlannedWorkout;
use crate::plan::quantity::{ValueRange, ValueUnit};
use crate::units::{Distance, Millis};
use crate::workout::sequence::{End, Sequence};

/// Returns a workout of one step with a length of `most` at the most, as notation: `79-99min easy` with `90min` is
/// `79-90min easy`. `None` for any other workout, for a length in another unit, and for one that is no shorter.
pub fn shortened(workout: &PlannedWorkout, most: &str) -> Option<String> {
    Some(cut_to(workout, most)?.text)
}

/// Returns the steps of a workout that is cut to `most`, as [`shortened`] does.
pub fn shortened_sequence(workout: &PlannedWorkout, most: &str) -> Option<Sequence> {
    let cut = cut_to(workout, most)?;
    let mut sequence = Sequence::clone(&workout.sequence);
    sequence.name.clone_from(&cut.text);
    for step in &mut sequence.steps {
        let time = |time: Millis| Millis::from_secs_f64(time.as_secs_f64() * cut.ratio);
        step.end = match step.end {
            End::Time { upper, lower } => {
                let upper = time(upper);
                End::Time { upper, lower: lower.filter(|lower| *lower < upper) }
            }
            End::Distance { upper, lower, time: known, lower_time } => {
                let upper = Distance::from_metres(upper.metres() * cut.ratio);
                let lower = lower.filter(|lower| lower.metres() < upper.metres());
                let lower_time = lower_time.filter(|_| lower.is_some());
                End::Distance { upper, lower, time: known.map(time), lower_time }
            }
            End::Open => End::Open,
        };
    }
    Some(sequence)
}

/// A workout that is cut to a length.
struct CutWorkout {
    text: String,
    /// The length as a share of the planned one.
    ratio: f64,
}

fn cut_to(workout: &PlannedWorkout, most: &str) -> Option<CutWorkout> {
    if workout.sequence.steps.len() != 1 {
        return None;
    }
    let text = workout.source.text.trim();
    let (length, target) = text.split_once(char::is_whitespace)?;
    let (planned, most) = (ValueRange::parse(length)?, ValueRange::parse(most)?);
    if !planned.unit.is_like(most.unit) || planned.unit == ValueUnit::Count || most.upper <= 0.0 {
        return None;
    }
    let most = most.to_unit(planned.unit).upper;
    if most >= planned.upper {
        return None;
    }
    let shorter = ValueRange { lower: planned.lower.min(most), upper: most, unit: planned.unit };
    Some(CutWorkout { text: format!("{shorter} {}", target.trim_start()), ratio: most / planned.upper })
}
