//! `pacebell list`, and the overview that `pacebell` prints without a terminal.

use crate::cli::context::output_width;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::workout_text::WorkoutText;
use crate::display;
use crate::library::{self, LibraryWorkout};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::workout::{self, Options, WorkoutLine};
use std::io::{self, BufWriter, Write};
use unicode_width::UnicodeWidthStr;

/// Runs the command.
pub fn list() -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let workouts = library::all();
    let profile = load_workout::profile_if_usable();
    let rows: Vec<LibraryRow> = workouts.iter().map(|workout| LibraryRow::of(workout, &profile)).collect();
    let widest = |text: fn(&LibraryRow) -> &str| rows.iter().map(|row| text(row).width()).max().unwrap_or(0);
    let (name_columns, total_columns) = (widest(|row| &row.name), widest(LibraryRow::total));
    let room = usize::from(output_width()).saturating_sub(name_columns + total_columns + 4);
    for row in &rows {
        let name = pad(&row.name, name_columns);
        let text = match &row.content {
            RowContent::Runs { total, line } => {
                let line = line.fit_pieces(room.saturating_sub(row.owner.width()));
                format!("{}  {line}", pad(total, total_columns))
            }
            RowContent::Broken(help) => help.clone(),
        };
        writeln!(out, "{}", format!("{name}  {text}").trim_end().to_string() + row.owner)?;
    }
    Ok(out.flush()?)
}

/// Prints the library and what to type next.
pub fn overview() -> Result<(), Failure> {
    writeln!(io::stdout(), "pacebell times running workouts, with a sound at every change.\n")?;
    list()?;
    let mut out = io::stdout().lock();
    writeln!(out, "\nRun a workout:   pacebell run short-intervals")?;
    writeln!(out, "Look at it:      pacebell show short-intervals")?;
    writeln!(out, "Type your own:   pacebell run \"8×60s hard / 60s easy\"")?;
    Ok(writeln!(out, "All commands:    pacebell --help")?)
}

/// A workout as the list shows it.
struct LibraryRow {
    name: String,
    content: RowContent,
    owner: &'static str,
}

enum RowContent {
    /// The total, and the workout in one line.
    Runs { total: String, line: WorkoutLine },
    /// How to find out what is wrong.
    Broken(String),
}

impl LibraryRow {
    fn of(workout: &LibraryWorkout, profile: &Profile) -> Self {
        let name = clean(&workout.name);
        let content = match workout.source() {
            Ok(source) => match WorkoutText::file(source).compile(profile, &Options::default()) {
                Ok(compiled) => RowContent::Runs {
                    total: display::total(&compiled.sequence),
                    line: workout::line(&compiled.sequence, &profile.line_style()),
                },
                Err(_) => RowContent::Broken(format!("has mistakes: see `pacebell check {name}`")),
            },
            Err(_) => RowContent::Broken(format!("cannot be read: see `pacebell check {name}`")),
        };
        LibraryRow { name, content, owner: owner(workout) }
    }

    fn total(&self) -> &str {
        match &self.content {
            RowContent::Runs { total, .. } => total,
            RowContent::Broken(_) => "",
        }
    }
}

/// Returns `text` with spaces behind it, `columns` wide.
fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

fn owner(workout: &LibraryWorkout) -> &'static str {
    match (workout.is_mine(), workout.shadows()) {
        (true, true) => "   (yours, instead of the built-in one)",
        (true, false) => "   (yours)",
        (false, _) => "",
    }
}
