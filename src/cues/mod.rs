//! The signals and announcements of a session. They depend only on the forecast and the treadmill.

mod cue_plan;
mod gentle;
pub mod phrase;
mod priority;
mod signal;
pub mod speech;
pub(crate) mod speech_timing;

pub use cue_plan::{
    BeltChange, CueContext, CuePlan, CueReason, InclineChange, PressReason, SignalCue, TextOnScreen, plan,
};
pub use phrase::{Phrase, Word};
pub use priority::Priority;
pub use signal::{NotePitch, Signal, SignalNote};
pub use speech::{SpeechWindow, Verbosity};
pub use speech_timing::{PlacedPhrase, SpeechRoom, fit};

use crate::workout::compile::compare::{self, StepMoment};
use crate::workout::sequence::{Intensity, PlannedStep, Shift};
use std::cmp::Ordering;

/// Returns the signal that compares the start of `after` to the end of `before`, ignoring the size of the change.
pub fn direction(before: &PlannedStep, after: &PlannedStep) -> Signal {
    match compare::moments(StepMoment::end(before), StepMoment::start(after)) {
        Ordering::Greater => Signal::Faster,
        Ordering::Less => Signal::Easier,
        Ordering::Equal => Signal::Same,
    }
}

/// The ratio of speeds from which a change is large.
///
/// Race paces differ by 3 to 10 %, as in cut-downs and progressions. Easy and hard running, or running and walking,
/// differ by 18 % and more. The limit of 15 % lies between the two.
const LARGE_RATIO: f64 = 1.15;
/// The difference from which a change is large if only offsets from an unknown pace are given, in seconds per metre:
/// 15 % of 4:30/km.
const LARGE_OFFSET: f64 = 0.040;
/// The difference of zones, or of efforts without zones, from which a change is large.
const LARGE_ZONES: u8 = 2;

/// Returns the signal for the change from `before` to `after`, with a signal of its own for a small change.
pub fn change(before: &PlannedStep, after: &PlannedStep) -> Signal {
    let large = || is_large(before.target.end(), &after.target.start);
    match direction(before, after) {
        Signal::Faster if !large() => Signal::SlightlyFaster,
        Signal::Easier if !large() => Signal::SlightlyEasier,
        other => other,
    }
}

/// True if two intensities are far apart, by the first measure that both have.
fn is_large(a: &Intensity, b: &Intensity) -> bool {
    let by_ratio = |a: f64, b: f64| a.max(b) >= LARGE_RATIO * a.min(b);
    if let (Some(a), Some(b)) = (a.speed, b.speed) {
        return by_ratio(a.mps(), b.mps());
    }
    if compare::by_base(a, b).is_some()
        && let (Some(a), Some(b)) = (&a.relative, &b.relative)
    {
        return match (a.by, b.by) {
            (Shift::Seconds { each: x, unit: u }, Shift::Seconds { each: y, unit: v }) => {
                (x / u.metres() - y / v.metres()).abs() >= LARGE_OFFSET
            }
            (Shift::Fraction(x), Shift::Fraction(y)) => by_ratio(x, y),
            // The two lie on both sides of the base pace.
            (Shift::Seconds { each, unit }, Shift::Fraction(y))
            | (Shift::Fraction(y), Shift::Seconds { each, unit }) => {
                by_ratio(1.0, y) || (each / unit.metres()).abs() >= LARGE_OFFSET
            }
        };
    }
    match (a.zone, b.zone, a.rank, b.rank) {
        (Some(a), Some(b), ..) if a != b => a.number().abs_diff(b.number()) >= LARGE_ZONES,
        (.., Some(a), Some(b)) => a.abs_diff(b) >= LARGE_ZONES,
        // One step has a number and the other an effort. Steps that are written so differently differ a lot.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    /// Returns the signal between the two steps of a notation.
    fn signal_of(notation: &str) -> Signal {
        let compiled =
            compile_notation(&SourceText::new("test", notation), None, &Options::default()).unwrap();
        let steps = &compiled.sequence.steps;
        change(&steps[0], &steps[1])
    }

    #[test]
    fn a_change_of_15_percent_is_large() {
        for (notation, signal) in [
            ("1min 10km/h, 1min 11.5km/h", Signal::Faster),
            ("1min 10km/h, 1min 11.4km/h", Signal::SlightlyFaster),
            ("1min 11.5km/h, 1min 10km/h", Signal::Easier),
            ("1min 11.4km/h, 1min 10km/h", Signal::SlightlyEasier),
            ("1min 10km/h, 1min 10km/h", Signal::Same),
        ] {
            assert_eq!(signal_of(notation), signal, "{notation}");
        }
    }

    #[test]
    fn without_speeds_zones_efforts_and_offsets_are_compared() {
        for (notation, signal) in [
            ("1min Z2, 1min Z3", Signal::SlightlyFaster),
            ("1min Z2, 1min Z4", Signal::Faster),
            ("1min Z5, 1min Z4", Signal::SlightlyEasier),
            ("1min Z5, 1min Z1", Signal::Easier),
            ("1min MP, 1min MP-10s/km", Signal::SlightlyFaster),
            ("1min MP, 1min MP+60s/km", Signal::Easier),
            ("1min 95% 5K, 1min 100% 5K", Signal::SlightlyFaster),
            ("1min 80% 5K, 1min 100% 5K", Signal::Faster),
            ("1min 90% 5K, 1min 5K-30s/km", Signal::SlightlyFaster),
            ("1min 80% 5K, 1min 5K-30s/km", Signal::Faster),
            ("1min easy, 1min hard", Signal::Faster),
            ("1min hard, 1min walk", Signal::Easier),
        ] {
            assert_eq!(signal_of(notation), signal, "{notation}");
        }
    }

    #[test]
    fn a_number_and_an_effort_are_compared_by_the_roles_of_their_steps() {
        for (notation, signal) in [
            ("2x 1min 12km/h / 1min easy", Signal::Easier),
            ("2x 1min easy / 1min 4km/h", Signal::Easier),
            ("warmup 5min easy, 20min 9km/h", Signal::Faster),
            ("20min 9km/h, cooldown 5min easy", Signal::Easier),
            ("2x (1min 12km/h, 1min easy)", Signal::Easier),
            ("1min walk, 1min 8km/h", Signal::Faster),
            ("1min 10km/h, 1min hard", Signal::Faster),
            ("1min hard, 1min 10km/h", Signal::Easier),
            ("1min 10km/h, 1min Z3", Signal::Same),
        ] {
            assert_eq!(signal_of(notation), signal, "{notation}");
        }
    }

    #[test]
    fn a_small_change_has_the_word_of_a_large_one() {
        for signal in [Signal::SlightlyFaster, Signal::SlightlyEasier] {
            assert_eq!(signal.word(), signal.meaning().word());
            assert_eq!(signal.onsets().collect::<Vec<_>>(), signal.meaning().onsets().collect::<Vec<_>>());
        }
    }
}
