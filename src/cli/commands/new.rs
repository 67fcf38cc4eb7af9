//! `pacebell new`: creates a workout file in the user's folder.

use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::library::user_workouts;
use crate::text::{clean, quoted};
use crate::workout::{self, Options, SourceText};
use std::io::Write;

/// Creates a workout from notation, or from a template that shows the language on a page. Notation with mistakes is
/// refused before anything is written.
pub fn new(name: &str, notation: Option<&str>) -> Result<(), Failure> {
    let folder = user_workouts::folder().ok_or_else(|| {
        let report = Report::new("there is no home directory to keep workouts in");
        Failure::System(report.with_help("set XDG_DATA_HOME to one of your folders"))
    })?;
    let text = match notation {
        None => user_workouts::template(name),
        Some(notation) => {
            let source = SourceText::new("notation", notation);
            if let Err(problems) = workout::compile_notation(&source, None, &Options::default()) {
                return Err(noun(name, notation).unwrap_or_else(|| Failure::mistakes(source, problems)));
            }
            let string = |text: &str| toml::Value::String(text.to_string()).to_string();
            format!("name = {}\nsteps = [{}]\n", string(&clean(name)), string(notation))
        }
    };
    let path =
        user_workouts::create(&folder, name, &text).map_err(|error| Failure::Input(Report::from(&error)))?;
    let file_name = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut out = SpelledOutput::stdout();
    writeln!(out, "{}", clean(&path.display().to_string()))?;
    Ok(writeln!(out, "Edit it, then run it: pacebell run {}", clean(&file_name))?)
}

/// `new workout hills`, `new plan spring`: a word for what is created in front of its name.
fn noun(name: &str, notation: &str) -> Option<Failure> {
    let is_name = notation.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let command = match name {
        "workout" | "a" | "my" => "new",
        "plan" => "plan new",
        _ => return None,
    };
    let report = Report::new(format!("{} is not notation", quoted(notation)));
    is_name.then(|| Failure::Input(report.with_help(format!("write `pacebell {command} {notation}`"))))
}
