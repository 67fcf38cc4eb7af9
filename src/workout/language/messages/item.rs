//! The structure of a line: commas, brackets, repeats, slashes, `alternate` and labels.

use super::found::FoundText;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::units::{Distance, Millis};
use crate::workout::bounds::{DEEPEST_NESTING, LONGEST_LABEL};
use std::fmt;

diagnostic_kinds! {
    /// Problems with the structure of a line.
    pub enum ItemProblem<'a>: Error {
        CommaBeforeStep = "comma-before-step" {
            message: "nothing stands before this comma";
            label: "a step is missing, or the comma is one too many";
            help: "write one comma between two steps";
        }
        CommaAtEnd = "comma-at-end" {
            message: "a comma at the end";
            label: "no step follows";
            help: "leave it out, or write the next step";
        }
        UnopenedBracket = "unopened-bracket" {
            message: "a bracket closes that was not opened";
            label: "no `(` belongs to it";
            help: "leave it out, or open it with `(` where the group begins; \
                   a cue with brackets in it needs quotes";
        }
        UnclosedBracket = "unclosed-bracket" {
            message: "a bracket is not closed";
            label: "opens here";
            help: "write `)` where the group ends";
        }
        EmptyBrackets = "empty-brackets" {
            message: "nothing stands in these brackets";
            label: "empty";
            help: "write steps in them, like `(60s hard, 60s easy)`";
        }
        BracketsTooDeep = "brackets-too-deep" {
            message: "brackets nest deeper than {DEEPEST_NESTING}";
            label: "one bracket too many";
            help: "write the steps out, or use fewer brackets";
        }
        UnexpectedAfterItem { found: FoundText<'a> } = "unexpected-after-item" {
            message: "{found} does not follow a step";
            label: "not expected here";
            help: "put a comma between two steps";
        }
        DescendingCount { written: &'a str } = "descending-count" {
            message: "{} is no count", quoted(written);
            label: "a range of reps ascends";
            help: "write the smaller number first, like `6-8×`";
        }
        /// `8x400s`.
        PluralReps { count: &'a str, value: f64, clock: &'a str } = "plural-reps" {
            message: "`{value}s` could be seconds or reps of {value} m";
            label: "which?";
            help: "write `{count}×{value}m` for the distance, `{count}×{clock}` for the time";
        }
        InvalidCount { number: &'a str } = "invalid-count" {
            message: "{} is no count", quoted(number);
            label: "a repeat needs a whole number from 1 on";
            help: "write how often, like `8×60s hard / 60s easy`";
        }
        /// A table's `repeat = "…"` that is no number.
        InvalidCountText { found: FoundText<'a> } = "invalid-count-text" {
            message: "{found} is no count";
            label: "a repeat needs a whole number from 1 on";
            help: "write how often, like `repeat = 8`";
        }
        RepeatOfRepeat { count: &'a str, inner: &'a str } = "repeat-of-repeat" {
            message: "a repeat of a repeat needs brackets";
            label: "this is repeated as a whole";
            help: "write `{count}×({inner})`";
        }
        AlternateWithoutSlash = "alternate-without-slash" {
            message: "`alternate` needs two steps with a slash between them";
            label: "not complete";
            help: "{ALTERNATE}";
        }
        AlternateWithRange = "alternate-with-range" {
            message: "`alternate` has one end";
            label: "not a range";
            help: "write one time or one distance, like `for 15min` or `for 10km`";
        }
        OpenLeg = "open-leg" {
            message: "an open step cannot alternate for a time";
            label: "its end is not known";
            help: "give both steps a time, or leave out `for` to go on until you press Enter";
        }
        LabelTooLong = "label-too-long" {
            message: "a label is longer than {LONGEST_LABEL} characters";
            label: "too long";
            help: "shorten it to what you can read while running";
        }
        /// A slash after a step that is not repeated; the help shows the runner's own steps.
        SlashWithoutRepeat { step: &'a str, between: &'a str, around: Option<u64> } = "slash-without-repeat" {
            message: "a slash without a repeat before it";
            label: "nothing is repeated here";
            help: "{}", match around {
                Some(n) => format!(
                    "write `{n}×{step} / {between}` for {} of the second, `{n}×({step}, {between})` for {n}",
                    n.saturating_sub(1)
                ),
                None => format!(
                    "a slash stands between reps: write `8×{step} / {between}` for seven of the second, \
                     `8×({step}, {between})` for eight"
                ),
            };
        }
        SecondSlash = "second-slash" {
            message: "a second slash";
            label: "there is one already";
            help: "put what is repeated in brackets: `2×(4×30s fast / 30s jog) / 3min walk`";
        }
        /// A piece after a repeat and a comma with two sensible readings.
        UnclearRecovery { repeat: &'a str, written: &'a str, totals: Option<RecoveryTotals> } = "unclear-recovery" {
            message: "`{written}` could stand between the reps or after them";
            label: "between, or once at the end?";
            help: "{}", {
                let (between, after) = match totals {
                    Some(RecoveryTotals { between, after }) => {
                        (format!(" ({between} in all)"), format!(" ({after})"))
                    }
                    None => (String::new(), String::new()),
                };
                format!(
                    "write `{repeat} / {written}` for between{between}, \
                     `{repeat}, then {written}` for once at the end{after}"
                )
            };
        }
        /// `3km, 2km, 1km 10K, 2min jog`: `all` has the target and the recovery at every step, `one` at the last.
        UnclearListTarget { written: &'a str, all: &'a str, one: &'a str, totals: ListTotals } = "unclear-list-target" {
            message: "`{written}` could set the pace of the whole list or of one step";
            label: "of every step, or of this one?";
            help: "write it like `{all}` for every step ({}), `{one}` for this one alone ({})", totals.all, totals.one;
        }
        /// `6×400m, 6×200m, 90s rest`.
        UnclearSetRecovery { written: &'a str, both: &'a str, one: &'a str } = "unclear-set-recovery" {
            message: "`{written}` could be the recovery of both sets or of the last one";
            label: "in both sets?";
            help: "write it like `{both}` for both, `{one}` for the last one alone";
        }
        /// `3×1km 10K, 500m 5K, 2min rest`: a short recovery that ends a workout.
        UnclearFinalRecovery { written: &'a str, between: &'a str, after: &'a str, totals: ListTotals } = "unclear-final-recovery" {
            message: "`{written}` could stand between the steps or after the last one";
            label: "between, or once at the end?";
            help: "write it like `{between}` for between ({}), `{after}` for once at the end ({})", totals.all, totals.one;
        }
        /// `Intervals: 400m, 800m, 400m`.
        ListWithoutTarget { label: &'a str, steps: &'a str } = "list-without-target" {
            message: "`{label}:` does not say how hard its steps are";
            label: "how hard?";
            help: "write the effort of each, like `{steps}`, and what stands between them";
        }
        /// `3×1mi 7:00/mi, 6:50, 6:40`. `reps` is every rep with its pace, if there are as many.
        UnclearListPaces { written: &'a str, reps: Option<String>, steps: &'a str } = "unclear-list-paces" {
            message: "`{written}` could be the pace of the next rep or the time of a step";
            label: "pace, or time?";
            help: "{}", match reps {
                Some(reps) => {
                    format!("write every rep with its pace, like `{reps}`, or steps that follow: `{steps}`")
                }
                None => format!("a repeat has one pace; steps that follow it are written like `{steps}`"),
            };
        }
        /// `3×400m / 60s, 60s, 3min`. `reps` is every rep with its recovery, if there are as many.
        UnclearRecoveryList { written: &'a str, steps: &'a str, reps: Option<String> } = "unclear-recovery-list" {
            message: "`{written}` after a recovery could be another recovery or a step of its own";
            label: "recovery or step?";
            help: "{}", match reps {
                Some(reps) => {
                    format!("write every rep with its recovery: `{reps}`, or steps that follow: `{steps}`")
                }
                None => format!("a repeat has one recovery; steps that follow it are written like `{steps}`"),
            };
        }
    }
}

/// The times of a repeat and the piece after it, in both readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryTotals {
    /// With the piece between the reps.
    pub between: Millis,
    /// With the piece after the reps.
    pub after: Millis,
}

/// The time and the distance of a list with two readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListTotals {
    /// With the target and the recovery at every step.
    pub all: ListTotal,
    /// With both at one step.
    pub one: ListTotal,
}

/// The time of the steps that are measured in time, and the distance of the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListTotal {
    /// The sum of the times.
    pub time: Millis,
    /// The sum of the distances, in metres.
    pub metres: f64,
}

impl fmt::Display for ListTotal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let distance = Distance::from_metres(self.metres);
        match (self.metres > 0.0, self.time > Millis::ZERO) {
            (false, _) => write!(f, "{}", self.time),
            (true, false) => write!(f, "{distance}"),
            (true, true) => write!(f, "{distance} and {}", self.time),
        }
    }
}

const ALTERNATE: &str = "write `alternate 1min hard / 1min easy for 15min`";
