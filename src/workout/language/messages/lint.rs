//! Warnings about what runs, but probably not as intended.

use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::units::Millis;

diagnostic_kinds! {
    /// Warnings about a workout that compiles.
    pub enum LintWarning<'a>: Warning {
        NoRecoveryBetweenSets = "no-recovery-between-sets" {
            message: "there is no recovery between these two sets";
            label: "begins right after the last rep";
            help: "the slash stands between reps only: put a step like `90s easy` between the sets, \
                   or keep each set's last one with `2×(90s hard, 90s easy)`";
        }
        /// A distance at no known pace. `more` counts the steps that this warning also stands for.
        UnknownStepTime { console: &'a str, more: usize, by_heart: bool } = "unknown-step-time" {
            message: "pacebell cannot tell how long this distance takes{}", match more {
                0 => String::new(),
                more => format!(" ({more} more {} like it)", if *more == 1 { "step" } else { "steps" }),
            };
            label: "no known pace";
            help: "you end it at {console} on the console; \
                   {} gives it a time", match by_heart {
                       true => "a pace, or a race result with `hr_max` in the profile,",
                       false => "a race result in the profile or a pace",
                   };
        }
        /// A speed that no result in the profile comes near. `other` is the text with the other unit.
        OutOfReach { written: &'a str, pace: &'a str, best: &'a str, other: Option<&'a str> } = "out-of-reach" {
            message: "{} is {pace}: far beyond the results in your profile", quoted(written);
            label: "they give {best} at most for this length";
            help: "{}", match other {
                Some(other) => format!("did you mean `{other}`?"),
                None => "write a slower target, or a new result: `pacebell profile race 5K 22:30`".to_string(),
            };
        }
        /// A heart rate above the profile's highest.
        AboveHighestHeartRate { beats: u32, highest: u32 } = "above-highest-heart-rate" {
            message: "{beats} bpm is above your highest heart rate of {highest}";
            label: "above `hr_max`";
            help: "write a lower heart rate, or correct it: `pacebell profile set athlete.hr_max {beats}`";
        }
        NameAgainstTotal { name: &'a str, minutes: u64, total: Millis } = "name-against-total" {
            message: "the name says {minutes} minutes, the steps take {total}";
            label: "far from the total";
            help: "change the name {} or the steps", quoted(name);
        }
    }
}
