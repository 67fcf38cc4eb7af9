//! Parameters and parts, and their names in braces.

use super::forms::KeyForm;
use super::found::{did_you_mean, listed};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::{certain, clean, cut, quoted};
use crate::workout::bounds::{DEEPEST_NESTING, LONGEST_VALUE};
use std::fmt;

diagnostic_kinds! {
    /// Problems with parameters and parts.
    pub enum NameProblem<'a>: Error {
        InvalidName { name: &'a str } = "invalid-name" {
            message: "{} is no name", quoted(name);
            label: "cannot stand in braces";
            help: "a name is a letter and up to 39 more letters, digits, `-` and `_`";
        }
        MissingDefault { name: &'a str } = "missing-default" {
            message: "the parameter `{name}` has no `default`";
            label: "no value";
            help: "write what it is usually, like `default = \"easy\"`";
        }
        DefaultNotAChoice { default: &'a str, choices: &'a [String] } = "default-not-a-choice" {
            message: "the default {} is not among the choices", quoted(default);
            label: "not a choice";
            help: "{}", default_or_choice(default, choices);
        }
        InvalidParameterValue { value: &'a str, fault: ValueFault<'a> } = "invalid-parameter-value" {
            message: "{} cannot be a parameter's value", quoted(value);
            label: "no value";
            help: "{fault}";
        }
        /// A value given on the command line that its parameter does not take.
        InvalidGivenValue { name: &'a str, value: &'a str, fault: ValueFault<'a> } = "invalid-given-value" {
            message: "`{name}` cannot be {}", quoted(value);
            label: "set from outside";
            help: "{fault}";
        }
        /// A value given on the command line for a parameter that the file does not declare.
        UndeclaredParameter { name: &'a str, nearest: Option<&'a str>, declared: &'a [String] }
            = "undeclared-parameter"
        {
            message: "{}", no_such_parameter(name);
            label: "{}", if declared.is_empty() { "it declares none" } else { "they are declared here" };
            help: "{}", match (nearest, declared) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => format!(
                    "this workout has no parameters: write it out with the value that you want, like \
                     `pacebell run \"6×60s hard / 60s easy\"`, or declare `{name}` in the file: `[parameters]` and \
                     below it `{name} = 6`"
                ),
                (None, declared) => format!("the parameters are {}", listed(declared)),
            };
        }
        /// A value given on the command line for notation.
        ParameterForNotation { name: &'a str } = "parameter-for-notation" {
            message: "{}", no_such_parameter(name);
            label: "notation has no parameters";
            help: "write the value itself, or make a file with `[parameters]`";
        }
        ParameterAndPart { name: &'a str } = "parameter-and-part" {
            message: "`{name}` is both a parameter and a part";
            label: "a second meaning";
            help: "give one of the two another name";
        }
        EmptyPart { name: &'a str } = "empty-part" {
            message: "the part `{name}` is empty";
            label: "no steps";
            help: "{}", KeyForm::Part;
        }
        CircularParts { names: &'a [&'a str] } = "circular-parts" {
            message: "{}", match names {
                [only] => format!("the part `{{{only}}}` stands in itself"),
                _ => cut(&format!("these parts stand in one another: {}", braced(names)), 200),
            };
            label: "goes round in a circle";
            help: "write the steps themselves in one of the places";
        }
        UnknownReference { name: &'a str, nearest: Option<&'a str>, known: &'a [&'a str] } = "unknown-reference" {
            message: "nothing is called {}", quoted(&format!("{{{name}}}"));
            label: "neither a parameter nor a part";
            help: "{}", match (nearest, known) {
                (Some(near), _) => did_you_mean(Some(&format!("{{{near}}}")), ""),
                (None, []) => format!("give it a value: `[parameters.{name}]`, and below it `default = \"…\"`"),
                (None, known) => format!("the names are {}", braced(known)),
            };
        }
        FilledTextTooLong { name: &'a str } = "filled-text-too-long" {
            message: "this text is larger than 1 MiB once its parameters are filled in";
            label: "too large to be a workout";
            help: "write fewer steps, or a shorter value for `{{{name}}}`";
        }
        MisplacedPart { name: &'a str } = "misplaced-part" {
            message: "{} is a part, which stands in the place of steps", quoted(&format!("{{{name}}}"));
            label: "not a value";
            help: "make it a parameter, `[parameters.{name}]`, or put it between two commas";
        }
        PartsTooDeep = "parts-too-deep" {
            message: "brackets and parts nest deeper than {DEEPEST_NESTING}";
            label: "one part too many";
            help: "write the steps out, or let fewer parts stand in one another";
        }
        PartsTooLong = "parts-too-long" {
            message: "the parts stand for too many steps";
            label: "too much";
            help: "a workout has at most 10,000 steps";
        }
        StrayBrace = "stray-brace" {
            message: "`{{` is not read here";
            label: "a name in braces?";
            help: "the name of a parameter or a part stands in braces: `{{effort}}`";
        }
        NameInNotation { written: &'a str } = "name-in-notation" {
            message: "{} stands for nothing here", quoted(written);
            label: "no file gives it a meaning";
            help: "names are given in a workout's file; write the value itself in its place";
        }
    }
}

fn no_such_parameter(name: &str) -> String {
    format!("`--set {}=…`: this workout has no such parameter", cut(&clean(name), 40))
}

/// Joins `names` as `{a}`, `{b}`, each in back quotes.
fn braced(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
}

/// The reason why a text cannot be a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueFault<'a> {
    /// It is not one of the choices.
    NotAChoice(&'a [String]),
    /// Nothing is written.
    Empty,
    /// It holds a mark that ends a step.
    StructuralMark,
    /// It holds an invisible character.
    Hidden,
    /// It is longer than [`LONGEST_VALUE`].
    TooLong,
}

impl fmt::Display for ValueFault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueFault::NotAChoice(choices) => write!(f, "choose one of {}", listed(choices)),
            ValueFault::Empty => f.write_str("a value is at least one character"),
            ValueFault::StructuralMark => f.write_str(
                "a value holds no `,`, `/`, brackets, braces or bar; for several steps use `[parts]`",
            ),
            ValueFault::Hidden => f.write_str("a value is a single line of visible text"),
            ValueFault::TooLong => write!(f, "a value has at most {LONGEST_VALUE} characters"),
        }
    }
}

/// Adds to `problem` that the underlined `{name}` stands for `value`, which the runner does not see.
pub fn name_the_value(problem: &mut Diagnostic, name: &str, value: &str) {
    problem.label = format!("{}: `{{{name}}}` is {}", problem.label, quoted(value));
}

/// Both ways to bring a default and the choices together.
fn default_or_choice(default: &str, choices: &[String]) -> String {
    let near = certain(default, choices.iter().map(String::as_str));
    let default_fix = match near {
        Some(near) => format!("did you mean `{}`?", clean(near)),
        None => ValueFault::NotAChoice(choices).to_string(),
    };
    let all: Vec<String> =
        choices.iter().map(String::as_str).chain([default]).map(|c| format!("\"{}\"", clean(c))).collect();
    let join = if near.is_some() { " Or" } else { ", or" };
    format!("{default_fix}{join} add it: `choices = [{}]`", all.join(", "))
}
