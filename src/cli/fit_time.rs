//! A workout that is cut to the time that the runner has.

use super::report::Report;
use crate::text::clean;
use crate::units::{Millis, clock};
use crate::workout::bending::{self, BendPoint, BendRefusal};
use crate::workout::sequence::{Bend, Sequence};

/// Fits a workout into a time. One that takes no longer stays as it is.
///
/// # Errors
/// If the workout cannot be cut to this time, with what to do instead.
pub fn fitted(sequence: Sequence, total: Millis) -> Result<Sequence, Report> {
    let refusal = match bending::bend(&sequence, &BendPoint::before(&sequence), Bend::Within(total)) {
        Ok(bent) => return Ok(bent.sequence),
        Err(BendRefusal::ShortEnough(_)) => return Ok(sequence),
        Err(refusal) => refusal,
    };
    let name = clean(&sequence.name);
    Err(match refusal {
        BendRefusal::UnknownLength(step) => {
            let number = sequence.index(step).map_or(1, |index| sequence.step_number(index));
            Report::new(format!("{name} has no known length: step {number} waits for a key"))
                .with_help("run it as it is, or give each step a time, or a distance and a pace")
        }
        BendRefusal::TooShort(least) => {
            let text = clock(least.secs_left());
            let seconds = least.secs_left();
            let written =
                if seconds % 60 == 0 { format!("{}min", seconds / 60) } else { format!("{seconds}s") };
            Report::new(format!("{name} takes {text} at least"))
                .with_help(format!("write {written} or more, or choose a shorter workout"))
        }
        _ => Report::new(format!("{name} cannot be cut to {}", clock(total.secs_left()))),
    })
}
