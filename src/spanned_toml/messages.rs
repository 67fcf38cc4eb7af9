//! The wording of problems that any TOML file may have.

use super::list;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;

diagnostic_kinds! {
    /// Problems of a file as TOML.
    pub enum TomlProblem<'a>: Error {
        FileTooLarge = "file-too-large" {
            message: "this file is larger than 1 MiB";
            label: "too large to be a workout";
            help: "a workout is a few lines of text; is this the right file?";
        }
        KeyTooDeep = "key-too-deep" {
            message: "a key has too many parts";
            label: "no key has more than one dot";
            help: "write a key on its own, like `name = \"Tuesday\"`";
        }
        InvalidToml { error: &'a str, slip: SyntaxSlip } = "invalid-toml" {
            message: "this is not TOML";
            label: "{error}";
            help: "{}", slip.help();
        }
        /// A file of YAML or JSON, whose TOML is shown with the problem.
        OtherFormat { format: &'a str } = "other-format" {
            message: "this is {format}, and pacebell reads TOML";
            label: "not TOML";
            help: "write the file as below: `key = value`, text in quotes, lists in brackets";
        }
        UnknownKey { key: &'a str, known: &'a [&'a str], nearest: Option<&'a str> } = "unknown-key" {
            message: "unknown key {}", quoted(key);
            label: "nothing has this name";
            help: "{}", match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.contains(&"steps") && is_kind(key) => format!(
                    "it is a step: `\"{} 10min\"` among the `steps`", key.to_lowercase().replace(['_', '-'], "")
                ),
                None => format!("the keys are {}", list(known)),
            };
        }
        WrongType { key: &'a str, found: &'static str, expected: &'a str } = "wrong-type" {
            message: "{} is {found}", quoted(key);
            label: "of the wrong sort";
            help: "{expected}";
        }
    }
}

/// The common ways to get TOML wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxSlip {
    /// A key that a table has already.
    DuplicateKey,
    /// A list without its bracket.
    UnclosedList,
    /// A string without its quote.
    UnclosedString,
    /// Anything else.
    Other,
}

impl SyntaxSlip {
    /// Recognises the slip in the TOML parser's own message, which is all that it tells.
    pub fn from_parser_message(message: &str) -> Self {
        match message {
            m if m.contains("duplicate key") => SyntaxSlip::DuplicateKey,
            m if m.contains("unclosed array") => SyntaxSlip::UnclosedList,
            m if m.contains("basic string") || m.contains("literal string") => SyntaxSlip::UnclosedString,
            _ => SyntaxSlip::Other,
        }
    }

    fn help(self) -> &'static str {
        match self {
            SyntaxSlip::DuplicateKey => "this key is there twice: leave one of them out",
            SyntaxSlip::UnclosedList => "close the list with `]`",
            SyntaxSlip::UnclosedString => "close the text with a quote",
            SyntaxSlip::Other => "every line reads `key = value`; text goes in quotes: `name = \"Tuesday\"`",
        }
    }
}

/// True for `warmup` and `cooldown`, which are kinds of steps.
fn is_kind(key: &str) -> bool {
    let key = key.to_lowercase().replace(['_', '-'], "");
    key == "warmup" || key == "cooldown"
}
