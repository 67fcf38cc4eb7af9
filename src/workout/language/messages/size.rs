//! The bounds of a workout as a whole.

use crate::diagnostic::kind::diagnostic_kinds;

diagnostic_kinds! {
    /// Problems with the size of a workout.
    pub enum SizeProblem: Error {
        TooManySteps { steps: u64 } = "too-many-steps" {
            message: "this is {} steps", grouped(*steps);
            label: "too much";
            help: "a workout has at most 10,000 steps";
        }
        WorkoutTooLong = "workout-too-long" {
            message: "this is longer than 24 hours";
            label: "too much";
            help: "a workout lasts at most 24 hours";
        }
        WorkoutTooFar { metres: f64 } = "workout-too-far" {
            message: "this is {} km", grouped((*metres / 1000.0).round() as u64);
            label: "too far";
            help: "a workout is at most 320 km long, and nobody has run further in a day: is a number too large?";
        }
        TooManyCues { cues: u64 } = "too-many-cues" {
            message: "this is {} cues", grouped(*cues);
            label: "too much";
            help: "a workout has at most 10,000 cues";
        }
        /// A leg of `alternate` by distance, at a pace that is not known.
        UnknownLegTime = "unknown-leg-time" {
            message: "how long this takes is not known";
            label: "no pace, so no time";
            help: "give both steps of `alternate` a time";
        }
        /// An `alternate` up to a distance, at paces that are not known.
        UnknownAlternateTime = "unknown-alternate-time" {
            message: "how long this takes is not known";
            label: "no pace, so no time";
            help: "give both steps a pace, like `5:00/km`, end it with a time, like `for 30min`, or save a race result, so \
                   that they have one: `pacebell profile race 5K 30:00`";
        }
        NothingToRun = "nothing-to-run" {
            message: "there are no steps";
            label: "nothing to run";
        }
    }
}

/// Writes `10,001`. From a million millions on it only says how many at least.
fn grouped(number: u64) -> String {
    if number >= 1_000_000_000_000 {
        return "more than 1,000,000,000,000".to_string();
    }
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
