//! Steps as tables.

use super::forms::KeyForm;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::spanned_toml::list;
use crate::text::quoted;
use crate::workout::bounds::DEEPEST_NESTING;

diagnostic_kinds! {
    /// Problems with steps as tables.
    pub enum TableProblem<'a>: Error {
        TablesTooDeep = "tables-too-deep" {
            message: "tables and brackets nest deeper than {DEEPEST_NESTING}";
            label: "one too many";
            help: "write the steps out, or nest fewer of them";
        }
        /// A key that some tables have, but not this sort of table.
        MisplacedKey { key: &'a str, shape: &'static str, keys: &'static [&'static str] } = "misplaced-key" {
            message: "`{key}` does not go with {shape}";
            label: "not here";
            help: "{}", match *key {
                "between" => "say how often: `repeat = 8`, or `ladder = true`".to_string(),
                "for" => "`for` is the time of an `alternate = [a, b]`".to_string(),
                "on" => "`on` is the time from one start to the next in a `repeat`".to_string(),
                "repeat" | "ladder" | "steps" => format!("leave one of them out: {shape} stands alone"),
                _ => format!("write it in one of the inner steps; with {shape} go {}", list(keys)),
            };
        }
        /// `steps` is a list of what the other keys of the table say.
        MissingRepeated { steps: &'a str, instead: &'a str } = "missing-repeated" {
            message: "what is repeated is missing";
            label: "no `steps`";
            help: "write `steps = [{steps}]`, in the same table{instead}";
        }
        EmptyTable = "empty-table" {
            message: "there are no steps in this";
            label: "nothing to run";
            help: "write steps in it, like `steps = [\"60s hard\"]`";
        }
        LadderWithoutBetween = "ladder-without-between" {
            message: "a ladder needs what stands between its steps";
            label: "no `between`";
            help: "write `between = \"1min easy\"`, or leave `ladder` out";
        }
        EmptyBetween = "empty-between" {
            message: "nothing stands between";
            label: "an empty list";
            help: "leave `between` out, or write `\"60s easy\"`";
        }
        InvalidRepeat { key: &'a str, number: &'a str } = "invalid-repeat" {
            message: "{} is no count", quoted(number);
            label: "not a number of reps";
            help: "{}", KeyForm::Count { key };
        }
        OnBesideBetween = "on-beside-between" {
            message: "`on` beside `between`: a repeat has one recovery";
            label: "a second recovery";
            help: "leave one of them out; after `on = \"2:30\"` the recovery is what is left of the interval";
        }
        /// `share` outside of `between`.
        MisplacedShare = "misplaced-share" {
            message: "a share of what?";
            label: "no rep before it";
            help: "write it in a repeat's `between = {{ share = \"50%\" }}`, or write `time = \"60s\"`";
        }
        NotTwoLegs { count: usize } = "not-two-legs" {
            message: "`alternate` takes two steps, not {count}";
            label: "not two";
            help: "{}", KeyForm::Alternate;
        }
        LabelledLeg = "labelled-leg" {
            message: "a leg of `alternate` has no label";
            label: "not here";
            help: "give the whole `alternate` a label";
        }
        StepWithoutEnd = "step-without-end" {
            message: "this step has no end";
            label: "how long?";
            help: "write `time = \"60s\"`, `distance = \"400m\"`, `reps = 12` or `open = true`";
        }
        SecondEnd { first: &'a str, second: &'a str } = "second-end" {
            message: "`{second}` beside `{first}`: a step has one end";
            label: "a second end";
            help: "{}", match (*first, *second) {
                ("time", "distance") | ("distance", "time") =>
                    "leave one of them out; a distance's own time is `in = \"90s\"`, and for whichever comes first \
                     write the step as text: `\"10min or 2km easy\"`",
                ("reps", _) | (_, "reps") =>
                    "leave one of them out; to run a step again, write `repeat = 8` and `steps = [\"60s hard\"]`",
                _ => "leave one of them out; a distance's own time is `in = \"90s\"`",
            };
        }
        /// `target = 150`.
        NumberForTarget { number: &'a str, forms: &'a str } = "number-for-target" {
            message: "`target` is a bare number";
            label: "{number} of what?";
            help: "write it with its unit, in quotes: {forms}";
        }
        InWithoutDistance { key: &'a str } = "in-without-distance" {
            message: "`in` does not go with `{key}`";
            label: "not here";
            help: "only a distance and reps have a time of their own: `distance = \"400m\"`";
        }
        TimeForDistanceKey { written: &'a str } = "time-for-distance-key" {
            message: "this is a time";
            label: "`distance` takes another sort";
            help: "write `time = {written}`";
        }
        DistanceForTimeKey { written: &'a str } = "distance-for-time-key" {
            message: "this is a distance";
            label: "`time` takes another sort";
            help: "write `distance = {written}`";
        }
        DistanceForInKey = "distance-for-in-key" {
            message: "this is a distance";
            label: "`in` takes another sort";
            help: "write the time it takes, like `in = \"90s\"`";
        }
        /// `time = 01:30:00`, which TOML takes for a time of day.
        TimeOfDay { key: &'a str, written: &'a str } = "time-of-day" {
            message: "{} is a time of day", quoted(written);
            label: "not a length";
            help: "write it in quotes: `{key} = \"1:30\"` is a minute and a half";
        }
        NumberWithoutUnit { key: &'a str, number: &'a str } = "number-without-unit" {
            message: "{} has no unit", quoted(&format!("{key} = {number}"));
            label: "of what?";
            help: "{}", {
                let is_long = number.parse().is_ok_and(|number: f64| number >= 100.0);
                let [first, second] = match (*key, is_long) {
                    ("distance", true) => ["m", "km"],
                    ("distance", false) => ["km", "mi"],
                    ("time", false) if number.parse().is_ok_and(|number: f64| number < 60.0) => ["min", "s"],
                    _ => ["s", "min"],
                };
                format!("write `{key} = \"{number}{first}\"` or `{key} = \"{number}{second}\"`")
            };
        }
        EmptyTarget = "empty-target" {
            message: "this target says nothing";
            label: "only words that are ignored";
            help: "write an effort, a pace or a zone, or leave `target` out";
        }
        InclineBesideTarget = "incline-beside-target" {
            message: "a second incline";
            label: "`target` has one already";
            help: "leave one of them out";
        }
        EmptyText { key: &'a str } = "empty-text" {
            message: "`{key}` is empty";
            label: "not readable";
            help: "write something, or leave it out";
        }
        TextTooLong { key: &'a str, longest: usize } = "text-too-long" {
            message: "`{key}` is longer than {longest} characters";
            label: "not readable";
            help: "shorten it to what you can read while running";
        }
        UnknownKind { kind: &'a str, known: &'a [&'a str], nearest: Option<&'a str> } = "unknown-kind" {
            message: "unknown kind {}", quoted(kind);
            label: "no kind";
            help: "{}", match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the kinds are {}", list(known)),
            };
        }
    }
}
