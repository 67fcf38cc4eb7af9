//! New lengths for planned steps.

use crate::units::{Distance, Incline, Millis, Speed};
use crate::workout::sequence::{CueTime, End, PlannedStep};

/// Gives a step a new time, without the cues that would come after its end.
pub fn set_length(step: &mut PlannedStep, length: Millis) {
    step.end = End::Time { upper: length, lower: None };
    step.written = None;
    step.cues.retain(|cue| match cue.when {
        CueTime::At(at) | CueTime::BeforeEnd(at) => at <= length,
        CueTime::Every(each) => each < length,
        CueTime::Half => true,
    });
}

/// Ends a step early, at a time into it. A ramp keeps its slope.
pub fn end_early(step: &mut PlannedStep, length: Millis) {
    let planned = step.end.planned().unwrap_or(length).max(Millis::new(1));
    let part = (length.as_secs_f64() / planned.as_secs_f64()).min(1.0);
    let at = |from: f64, to: f64| from + (to - from) * part;
    let speed = step.target.speed_at(length, planned);
    if let Some(end) = &mut step.target.ramp_to {
        end.speed = speed;
    }
    if let Some((from, to)) = step.on_belt {
        step.on_belt = Some((from, Speed::from_mps(at(from.mps(), to.mps()))));
    }
    if let Some(to) = step.incline_to {
        step.incline_to = Some(Incline::from_percent(at(step.incline.percent(), to.percent())));
    }
    set_length(step, length);
}

/// Gives a range its lower bound.
pub fn take_lower_bound(step: &mut PlannedStep) {
    step.end = match step.end {
        End::Time { lower: Some(lower), .. } => End::Time { upper: lower, lower: None },
        End::Distance { lower: Some(lower), lower_time, .. } => {
            End::Distance { upper: lower, lower: None, time: lower_time, lower_time: None }
        }
        _ => return,
    };
    step.written = None;
}

/// Makes a step longer, so that it lasts `length` at most. The bounds of a range grow alike.
pub fn lengthen(step: &mut PlannedStep, factor: f64, most: Millis) {
    let longer = |time: Millis| {
        let grown = Millis::from_secs_f64(time.as_secs_f64() * factor).to_nearest_second();
        grown.min(most).max(time)
    };
    step.end = match step.end {
        End::Time { upper, lower } => End::Time { upper: longer(upper), lower: lower.map(longer) },
        End::Distance { upper, lower, time: Some(time), lower_time } => {
            // The distance grows as the time does.
            let grown = Millis::from_secs_f64(time.as_secs_f64() * factor).min(most).max(time);
            let part = grown.as_secs_f64() / time.as_secs_f64().max(0.001);
            let longer_time = |time: Millis| Millis::from_secs_f64(time.as_secs_f64() * part);
            End::Distance {
                upper: Distance::from_metres(upper.metres() * part),
                lower: lower.map(|lower| Distance::from_metres(lower.metres() * part)),
                time: Some(grown),
                lower_time: lower_time.map(longer_time),
            }
        }
        end => end,
    };
    step.written = None;
}
