//! Cues, in notation and in tables.

use super::found::{FoundText, did_you_mean};
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::units::Millis;
use crate::workout::bounds::LONGEST_CUE;

diagnostic_kinds! {
    /// Problems with cues.
    pub enum CueProblem<'a>: Error {
        MissingColon { found: FoundText<'a> } = "missing-colon" {
            message: "{found} where the cue's text should follow";
            label: "a colon is missing";
            help: "write when and what, like `| half: relax your shoulders`";
        }
        UnknownCueTime { word: &'a str, nearest: Option<&'static str> } = "unknown-cue-time" {
            message: "{} does not say when", quoted(word);
            label: "a cue's time is needed here";
            help: "{}", did_you_mean(
                *nearest,
                "write `start`, `half`, `end`, a time like `5min`, `-60s`, or `every 5min`",
            );
        }
        CueTooOften = "cue-too-often" {
            message: "this is too often";
            label: "less than a second";
            help: "leave at least a second between two cues, better a minute";
        }
        EmptyCue = "empty-cue" {
            message: "a cue without text";
            label: "nothing to say";
            help: "write what to say, like `| half: relax your shoulders`";
        }
        CueTooLong = "cue-too-long" {
            message: "a cue is longer than {LONGEST_CUE} characters";
            label: "too long";
            help: "shorten it to what you can read while running";
        }
        /// A table with both `at` and `every`.
        CueWithTwoTimes = "cue-with-two-times" {
            message: "a cue has `at` or `every`, not both";
            label: "a second time";
            help: "write two cues";
        }
        /// A table with neither.
        CueWithoutTime = "cue-without-time" {
            message: "this cue does not say when";
            label: "no `at`";
            help: "write `at = \"half\"`, `at = \"-60s\"` or `every = \"5min\"`";
        }
        CueWithoutText = "cue-without-text" {
            message: "this cue says nothing";
            label: "no `say`";
            help: "write `say = \"Shoulders down\"`";
        }
        CuePastEnd { owner: CueOwner, length: Millis } = "cue-past-end" {
            message: "this cue falls past its {}'s end", owner.name();
            label: "never reached";
            help: "the {} lasts {}; write a time within it", owner.name(), whole_seconds(*length);
        }
        CueNeedsEnd { owner: CueOwner } = "cue-needs-end" {
            message: "how long this {} lasts is not known", owner.name();
            label: "counted from the end";
            help: "count from its start, like `| 2min: text`";
        }
    }
}

/// What a cue belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueOwner {
    /// A single step.
    Step,
    /// Several steps in brackets.
    Group,
}

impl CueOwner {
    fn name(self) -> &'static str {
        match self {
            CueOwner::Step => "step",
            CueOwner::Group => "group",
        }
    }
}

fn whole_seconds(time: Millis) -> Millis {
    Millis::from_secs((time.get() + 500) / 1000)
}
