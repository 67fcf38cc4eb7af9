//! Which signal and which words, when: a pure function of the forecast.

mod cue_plan;
pub mod phrase;
mod signal;
pub mod speech;
pub(crate) mod speech_timing;

pub use cue_plan::{
    BeltChange, CueContext, CuePlan, CueReason, InclineChange, PressReason, SignalCue, TextOnScreen, plan,
};
pub use phrase::{Phrase, Word};
pub use signal::{NotePitch, Signal, SignalNote};
pub use speech::{SpeechWindow, Verbosity};
pub use speech_timing::{PlacedPhrase, SpeechRoom, fit};

use crate::workout::compile::compare;
use crate::workout::sequence::{Intensity, PlannedStep, Shift};
use std::cmp::Ordering;

/// Which signal says how `after` begins compared to how `before` ends.
pub fn direction(before: &PlannedStep, after: &PlannedStep) -> Signal {
    match compare::steps((before, before.target.end()), (after, &after.target.start)) {
        Ordering::Greater => Signal::Faster,
        Ordering::Less => Signal::Easier,
        Ordering::Equal => Signal::Same,
    }
}

/// Changes of speed from this ratio on are large.
///
/// From one race pace to another, as in cut-downs and progressions, it is 3 to 10 %: the same run, a little quicker.
/// Between running easy and running hard, or running and walking, it is 18 % and more: another run. 15 % lies between.
const LARGE: f64 = 1.15;
/// The same where only seconds from an unknown pace are known: 15 % of 4:30/km, in seconds a metre.
const LARGE_SECONDS: f64 = 0.040;
/// The same in zones, and in words where there are no zones: neighbours are a small change.
const LARGE_APART: u8 = 2;

/// The signal for a change from `before` to `after`: its direction, and whether it is a small one.
pub fn change(before: &PlannedStep, after: &PlannedStep) -> Signal {
    let large = || is_large(before.target.end(), &after.target.start);
    match direction(before, after) {
        Signal::Faster if !large() => Signal::SlightlyFaster,
        Signal::Easier if !large() => Signal::SlightlyEasier,
        other => other,
    }
}

/// Whether two intensities are far apart, by what [`direction`] goes by.
fn is_large(a: &Intensity, b: &Intensity) -> bool {
    let by_ratio = |a: f64, b: f64| a.max(b) >= LARGE * a.min(b);
    if let (Some(a), Some(b)) = (a.speed, b.speed) {
        return by_ratio(a.mps(), b.mps());
    }
    if compare::by_base(a, b).is_some()
        && let (Some(a), Some(b)) = (&a.relative, &b.relative)
    {
        return match (a.by, b.by) {
            (Shift::Seconds { each: x, unit: u }, Shift::Seconds { each: y, unit: v }) => {
                (x / u.metres() - y / v.metres()).abs() >= LARGE_SECONDS
            }
            (Shift::Fraction(x), Shift::Fraction(y)) => by_ratio(x, y),
            // They lie on both sides of the base, each by this much.
            (Shift::Seconds { each, unit }, Shift::Fraction(y))
            | (Shift::Fraction(y), Shift::Seconds { each, unit }) => {
                by_ratio(1.0, y) || (each / unit.metres()).abs() >= LARGE_SECONDS
            }
        };
    }
    match (a.zone, b.zone, a.rank, b.rank) {
        (Some(a), Some(b), ..) if a != b => a.number().abs_diff(b.number()) >= LARGE_APART,
        (.., Some(a), Some(b)) => a.abs_diff(b) >= LARGE_APART,
        // Nobody puts two parts of a workout next to each other, one by a number and one by feel, that are much alike.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    /// The change between the two steps of a notation.
    fn heard(notation: &str) -> Signal {
        let compiled =
            compile_notation(&SourceText::new("test", notation), None, &Options::default()).unwrap();
        let steps = &compiled.sequence.steps;
        change(&steps[0], &steps[1])
    }

    #[test]
    fn from_15_percent_on_a_change_is_a_large_one() {
        for (notation, signal) in [
            ("1min 10km/h, 1min 11.5km/h", Signal::Faster),
            ("1min 10km/h, 1min 11.4km/h", Signal::SlightlyFaster),
            ("1min 11.5km/h, 1min 10km/h", Signal::Easier),
            ("1min 11.4km/h, 1min 10km/h", Signal::SlightlyEasier),
            ("1min 10km/h, 1min 10km/h", Signal::Same),
        ] {
            assert_eq!(heard(notation), signal, "{notation}");
        }
    }

    #[test]
    fn where_no_speed_is_known_zones_words_and_distances_from_a_pace_tell() {
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
            assert_eq!(heard(notation), signal, "{notation}");
        }
    }

    #[test]
    fn a_number_against_a_word_goes_by_what_the_steps_are() {
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
            assert_eq!(heard(notation), signal, "{notation}");
        }
    }

    #[test]
    fn by_the_words_a_small_change_means_the_same() {
        for signal in [Signal::SlightlyFaster, Signal::SlightlyEasier] {
            assert_eq!(signal.word(), signal.meaning().word());
            assert_eq!(signal.onsets().collect::<Vec<_>>(), signal.meaning().onsets().collect::<Vec<_>>());
        }
    }
}
