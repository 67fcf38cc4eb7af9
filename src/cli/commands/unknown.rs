//! Words that are not a command: says what to type instead.

use crate::cli::args::Arguments;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::library::{self, NOTATION};
use crate::text::{nearest, quoted};
use crate::workout::{self, Options, SourceText};
use clap::CommandFactory;
use std::ffi::OsString;
use std::path::Path;

/// Returns the error for `words`, whose first is not a command.
pub fn unknown_command(words: &[OsString]) -> Failure {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let first = words.first().map_or("", String::as_str);
    let all = words.join(" ");
    let run = |what: &str| format!("run it with `pacebell run {}`", shell_word(what));
    let (problem, help) = if let Some(name) = library::name_of(first) {
        (format!("{} is a workout, not a command", quoted(first)), run(&name))
    } else if Path::new(first).is_file() {
        (format!("{} is a file, not a command", quoted(first)), run(first))
    } else if is_notation(&all) {
        (format!("{} is a workout, not a command", quoted(&all)), run(&all))
    } else {
        let list = || "`pacebell --help` lists the commands, and `pacebell list` the workouts".to_string();
        (format!("there is no command {}", quoted(first)), nearest_command(first).unwrap_or_else(list))
    };
    Failure::Input(Report::new(problem).with_help(help))
}

fn nearest_command(word: &str) -> Option<String> {
    let command = Arguments::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    nearest(word, names.into_iter()).map(|name| format!("did you mean `pacebell {name}`?"))
}

/// True if `text` reads as notation, perhaps with mistakes: it begins with a number or a bracket, or it compiles.
fn is_notation(text: &str) -> bool {
    let source = SourceText::new(NOTATION, text);
    text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        || workout::compile_notation(&source, None, &Options::default()).is_ok()
}

/// Returns `text` as one word of a shell's command line.
fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if text.chars().all(is_plain) {
        text.to_string()
    } else if text.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        format!("\"{text}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_word_as_it_was() {
        for (text, word) in [
            ("fifths", "fifths"),
            ("my hills", r#""my hills""#),
            ("8×60s hard / 60s easy", r#""8×60s hard / 60s easy""#),
            (r#"a "b" 'c'"#, r#"'a "b" '\''c'\'''"#),
            ("$HOME", "'$HOME'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
