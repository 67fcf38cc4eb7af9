//! The start of a step: its kind and its length.

use super::found::{FoundText, did_you_mean};
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::units::Millis;

diagnostic_kinds! {
    /// Problems with how a step begins.
    pub enum StepProblem<'a>: Error {
        MissingStep { found: FoundText<'a> } = "missing-step" {
            message: "{found} where a step should stand";
            label: "no step";
            help: "write a step like `5min easy` or `8×60s hard / 60s easy`";
        }
        UnknownStart { word: &'a str, nearest: Option<&'static str> } = "unknown-start" {
            message: "{} where a step should begin", quoted(word);
            label: "neither a time nor a distance";
            help: "{}", did_you_mean(
                *nearest,
                "a step begins with how long it lasts, like `5min easy`, `400m fast` or `open walk`",
            );
        }
        /// `easy`, or `easy 10min`.
        MissingLength { corrected: &'a str } = "missing-length" {
            message: "a step begins with how long it lasts";
            label: "how long?";
            help: "write the length first: `{corrected}`";
        }
        WordsWithoutLength { words: &'a str } = "words-without-length" {
            message: "a step begins with how long it lasts";
            label: "these words stand alone";
            help: "write the length first, like `30s {words}`";
        }
        MisplacedFullRecovery = "misplaced-full-recovery" {
            message: "a full recovery stands between reps";
            label: "between what?";
            help: "`full recovery` stands after a slash; elsewhere write `open walk`";
        }
        MisplacedAlternate = "misplaced-alternate" {
            message: "`alternate` cannot stand here";
            label: "a step is needed";
            help: "put it in brackets: `(alternate 1min hard / 1min easy for 15min)`";
        }
        InvalidRepNumber = "invalid-rep-number" {
            message: "this is no count of reps";
            label: "1 to 1000";
            help: "write whole numbers from 1 to 1000, the smaller first, like `8-12 reps`";
        }
        /// `12 reps 5K`.
        PacedReps = "paced-reps" {
            message: "counted reps have no pace";
            label: "reps are not run";
            help: "write `'squats'` for what to do, or a time";
        }
        /// `6×800m 5K / 95% 5K`.
        PacedShare = "paced-share" {
            message: "this is no length";
            label: "how long?";
            help: "write a length before it; a share of the rep is written like `/ 50% jog`";
        }
        InvalidShare = "invalid-share" {
            message: "this is no share of a rep";
            label: "10% to 300%";
            help: "write a share of the rep from 10% to 300%, like `/ 50-90% jog`";
        }
        /// `10min or 12min`.
        InvalidAlternative = "invalid-alternative" {
            message: "`or` stands between a time and a distance";
            label: "not both";
            help: "write one time and one distance, like `10min or 2km`";
        }
        SendOffTooShort { rep: Millis, every: Millis } = "send-off-too-short" {
            message: "the rep takes {rep}, and the next one starts after {every}";
            label: "no time is left between";
            help: "a rest of {every} is written `/ {every}`, a later start `on {}`", later_start(*rep);
        }
        /// What follows a part of a step that a table's key holds.
        UnexpectedInFragment { found: FoundText<'a> } = "unexpected-in-fragment" {
            message: "{found} does not belong here";
            label: "too much";
            help: "leave it out; each part of a step has a key of its own";
        }
        /// What follows the one step that a table's key holds.
        UnexpectedAfterStep { found: FoundText<'a> } = "unexpected-after-step" {
            message: "{found} does not belong here";
            label: "too much";
            help: "a single step stands here; several stand in a list: `[\"20s rest\", \"40s walk\"]`";
        }
    }
}

/// Returns a send-off that leaves half a minute or more after a rep.
fn later_start(rep: Millis) -> Millis {
    Millis::from_secs((rep.get() / 1000 + 59) / 30 * 30)
}
