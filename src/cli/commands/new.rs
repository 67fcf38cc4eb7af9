//! `pacebell new`: a workout file of the user's own, to be edited.

use crate::cli::failure::Failure;
use crate::cli::{context, load_workout, render};
use crate::library::user_workouts;
use crate::text::clean;
use crate::workout::{self, Options, SourceText};
use std::io::{self, Write};

/// Writes a new workout into the user's folder: the notation given, or a template with the language on a page.
/// Notation with mistakes is refused before anything is written.
pub fn new(name: &str, notation: Option<&str>) -> Result<(), Failure> {
    let folder = user_workouts::folder().ok_or_else(|| {
        Failure::System("there is no home directory to keep workouts in; set XDG_DATA_HOME".to_string())
    })?;
    let text = match notation {
        None => user_workouts::template(name),
        Some(notation) => {
            let source = SourceText::new("notation", notation);
            if let Err(problems) = workout::compile_notation(&source, None, &Options::default()) {
                return Err(Failure::Input(render::render(&problems, &source, context::colour())));
            }
            let string = |text: &str| toml::Value::String(text.to_string()).to_string();
            format!("name = {}\nsteps = [{}]\n", string(&clean(name)), string(notation))
        }
    };
    let path = user_workouts::create(&folder, name, &text)
        .map_err(|e| Failure::Input(load_workout::not_found(&e)))?;
    let typed = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", clean(&path.display().to_string()))?;
    Ok(writeln!(out, "Edit it, then: pacebell run {}", clean(&typed))?)
}
