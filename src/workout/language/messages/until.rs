//! Heart rates that end a step.

use crate::diagnostic::kind::diagnostic_kinds;

diagnostic_kinds! {
    /// Problems with `until`.
    pub enum UntilProblem<'a>: Error {
        NoHeartRate = "until-without-heart-rate" {
            message: "`until` needs a heart rate";
            label: "not a heart rate";
            help: "write a heart rate, like `until HR < 120`, `until HR > 150`, `until Z2` or `until HR < 70%HRmax`";
        }
        /// `until 120`.
        BareUntil { written: &'a str } = "bare-until" {
            message: "{written} of what?";
            label: "no unit";
            help: "write `until HR < {written}` to wait until the heart rate falls, `until HR > {written}` until it rises";
        }
        RangeOfHeartRates = "until-range" {
            message: "a step ends at one heart rate";
            label: "a range";
            help: "write one of them, like `until HR < 120`";
        }
        SecondUntil = "second-until" {
            message: "a second `until`";
            label: "there is one already";
            help: "leave one of them out";
        }
        /// `1km until HR > 150`.
        UntilBesideLength = "until-beside-length" {
            message: "only a time has a heart rate that ends it earlier";
            label: "not beside this length";
            help: "write a time or a range of times before it, like `30s-3min until HR < 120 walk`";
        }
        /// `8s until HR < 120`.
        TooShortForUntil = "too-short-for-until" {
            message: "the time is too short for a heart rate to change";
            label: "at least 15 s";
            help: "write a longer time, like `30s-3min until HR < 120 walk`";
        }
    }
}
