//! A workout's file as a whole: its keys, and the lists asked before, during and after.

use super::forms::KeyForm;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::workout::bounds::{LONGEST_TEXT, MOST_TEXTS};

diagnostic_kinds! {
    /// Problems with a file as a whole.
    pub enum FileProblem<'a>: Error {
        MissingName = "missing-name" {
            message: "`name` is missing";
            label: "not found up to here";
            help: "write `name = \"Tuesday\"`";
        }
        MissingSteps = "missing-steps" {
            message: "`steps` is missing";
            label: "not found up to here";
            help: "{}", KeyForm::Steps;
        }
        EmptyName = "empty-name" {
            message: "the name is empty";
            label: "nothing to show";
            help: "write what you call it, like `name = \"Tuesday\"`";
        }
        NoSteps = "no-steps" {
            message: "there are no steps";
            label: "nothing to run";
            help: "{}", KeyForm::Steps;
        }
        /// Typed notation of a single short step that may last hours: `1:30 easy`.
        LoneClock { clock: &'a str, hours: &'a str, minutes: &'a str, short: &'a str, rest: &'a str } = "lone-clock" {
            message: "`{clock}` could be {short} or {hours} h {minutes} min";
            label: "minutes, or hours?";
            help: "write `{}` or `{}`",
                format!("{short} {rest}").trim_end(),
                format!("{hours}h{minutes} {rest}").trim_end();
        }
        /// A bare number among the steps.
        BareNumberStep { number: &'a str, meant: &'a str } = "bare-number-step" {
            message: "{} has no unit", quoted(number);
            label: "minutes, metres, kilometres?";
            help: "a step is text with its unit: write `\"{meant}\"`";
        }
        /// A key of a step above the steps: `repeat = 8`.
        StrayStepKey { key: &'a str, line: &'a str } = "stray-step-key" {
            message: "{} belongs to a step", quoted(key);
            label: "not about the whole file";
            help: "write it in the steps, and leave out this key: `{line}`";
        }
        /// `[workout]` above the keys of a file.
        NeedlessTable { name: &'a str } = "needless-table" {
            message: "a workout's keys stand in no table";
            label: "not needed";
            help: "leave out the line {}", quoted(&format!("[{name}]"));
        }
        EmptyString = "empty-string" {
            message: "this is empty";
            label: "nothing written";
            help: "write something between the quotes, or leave the key out";
        }
        /// A bare number for `incline`.
        InclineNumberOutOfRange = "incline-number-out-of-range" {
            message: "no treadmill is this steep";
            label: "-10 to 40";
            help: "write an incline from -10 to 40, in percent";
        }
        MissingInnerKey { outer: &'a str, key: &'a str, form: KeyForm<'a> } = "missing-inner-key" {
            message: "`{outer}` without `{key}`";
            label: "nothing in it";
            help: "{form}";
        }
        TooManyTexts { key: &'a str } = "too-many-texts" {
            message: "`{key}` holds more than {MOST_TEXTS} texts";
            label: "too many";
            help: "keep those that matter most";
        }
        EmptyListText { key: &'a str } = "empty-list-text" {
            message: "`{key}` has an empty text in it";
            label: "not shown";
            help: "write something, or leave it out";
        }
        ListTextTooLong { key: &'a str } = "list-text-too-long" {
            message: "a text of `{key}` is longer than {LONGEST_TEXT} characters";
            label: "not shown";
            help: "shorten it";
        }
    }
}
