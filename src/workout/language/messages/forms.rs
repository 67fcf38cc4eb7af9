//! The help for a value of the wrong type: what to write for each key.

use std::fmt;

/// The form of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm<'a> {
    /// Text for `key`.
    Text {
        /// The key.
        key: &'a str,
    },
    /// `true` for `key`.
    Flag {
        /// The key.
        key: &'a str,
    },
    /// A time or a distance for `key`.
    Length {
        /// The key.
        key: &'a str,
    },
    /// The table of the parameter `name`.
    Parameter {
        /// The parameter's name.
        name: &'a str,
    },
    /// The file's steps.
    Steps,
    /// `incline`.
    Incline,
    /// `show_pace`.
    ShowPace,
    /// `activity`.
    Activity,
    /// `tags`.
    Tags,
    /// `before`.
    Before,
    /// `during`.
    During,
    /// `signs` in `during`.
    Signs,
    /// `after`.
    After,
    /// `[parameters]`.
    Parameters,
    /// A parameter's `default`, or one of its `choices`.
    ParameterValue,
    /// A parameter's list of `choices`.
    Choices,
    /// A parameter's `about`.
    About,
    /// A part.
    Part,
    /// A step's `until`.
    Until,
    /// A step's `target`.
    Target,
    /// A step's `cues`.
    Cues,
    /// A count of reps for `key`.
    Count {
        /// The key.
        key: &'a str,
    },
    /// `share`.
    Share,
    /// `between`.
    Between,
    /// `alternate`.
    Alternate,
}

impl fmt::Display for KeyForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyForm::Text { key } => return write!(f, "write text in quotes: `{key} = \"…\"`"),
            KeyForm::Flag { key } => return write!(f, "write `{key} = true`, or leave it out"),
            KeyForm::Length { key } => {
                let example = if *key == "distance" { "400m" } else { "60s" };
                return write!(f, "write a length in quotes: `{key} = \"{example}\"`");
            }
            KeyForm::Parameter { name } => {
                return write!(f, "write `[parameters.{name}]`, and below it `default = …`");
            }
            KeyForm::Count { key } => return write!(f, "write a whole number from 1 on: `{key} = 8`"),
            KeyForm::Steps => "write the steps, like `steps = [\"5min easy\", \"8×60s hard / 60s easy\"]`",
            KeyForm::Incline => "write a percentage as a number: `incline = 1.0`",
            KeyForm::ShowPace => "write `show_pace = false` to run by feel",
            KeyForm::Activity => {
                "write `activity = \"strength\"` or `\"other\"`, or leave the key out for a run"
            }
            KeyForm::Tags => "write a list of words in quotes: `tags = [\"vo2max\", \"short\"]`",
            KeyForm::Before => {
                "write `before = { stop_if_any = [\"Sharp pain\"], advice = \"Rest today.\" }`"
            }
            KeyForm::During => "write `during = { ease = [\"Slow down\", \"Walk\", \"Stop\"] }`",
            KeyForm::Signs => "write `during = { signs = [\"No full sentences\", \"Soreness grows\"] }`",
            KeyForm::After => "write `after = { ask = [\"rpe\", \"breathlessness\", \"feel\"] }`",
            KeyForm::Parameters => "write `[parameters.effort]`, and below it `default = \"easy\"`",
            KeyForm::ParameterValue => {
                "write a value in quotes, or a number: `default = \"easy\"`, `default = 3`"
            }
            KeyForm::Choices => "write a list: `choices = [\"easy\", \"steady\"]`",
            KeyForm::About => "write text in quotes",
            KeyForm::Part => {
                "write a part as notation: `[parts]`, and below it `strides = \"4×20s fast / 60s walk\"`"
            }
            KeyForm::Target => "write a target in quotes: `target = \"easy\"`, `target = \"10km/h\"`",
            KeyForm::Until => "write a heart rate in quotes: `until = \"HR < 120\"`",
            KeyForm::Cues => "write `cues = [{ at = \"-60s\", say = \"Shoulders down\" }]`",
            KeyForm::Share => "write a share of the rep in quotes: `share = \"50%\"`",
            KeyForm::Between => "write a step: `between = \"60s easy\"`",
            KeyForm::Alternate => "write `alternate = [\"1min hard\", \"1min easy\"]`, and `for = \"15min\"`",
        })
    }
}
