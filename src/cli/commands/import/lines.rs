//! Says what came in, and what was repaired, assumed, changed and left out.

use super::conversion::{ConvertedFile, Outcome};
use crate::cli::paint::{TextLook, TextPainter};
use crate::formats::exchange::model::ForeignTotals;
use crate::text::{clean, cut};
use crate::units::{clock, trimmed};

/// The most characters of a name.
const LONGEST_NAME: usize = 60;

/// Returns the lines to print: a report for each file, and a summary.
pub fn lines(files: &[ConvertedFile], is_dry_run: bool, painter: &TextPainter) -> Vec<String> {
    let mut lines = Vec::new();
    for file in files {
        lines.push(headline(file, painter));
        let report = file.workout.iter().flat_map(|workout| &workout.report);
        lines.extend(report.map(|line| format!("  {}", line.sentence())));
        lines.extend(problem(file, painter));
    }
    lines.push(summary(files, is_dry_run));
    if let [ConvertedFile { outcome: Outcome::Written(path), plan, .. }] = files
        && let Some(stem) = path.file_stem()
    {
        let show = if plan.is_some() { "plan show" } else { "show" };
        lines.push(format!("Look at it with: pacebell {show} {}", clean(&stem.to_string_lossy())));
    }
    lines
}

fn headline(file: &ConvertedFile, painter: &TextPainter) -> String {
    let Some(workout) = &file.workout else { return painter.paint(&file.path, TextLook::Title) };
    let name = cut(&workout.name, LONGEST_NAME);
    let to = match &file.outcome {
        Outcome::Written(path) | Outcome::WouldWrite(path) => {
            format!(" -> {}", clean(&path.display().to_string()))
        }
        _ => String::new(),
    };
    let path = painter.paint(&file.path, TextLook::Title);
    let size = match file.plan {
        Some((weeks, sessions)) => format!("{}, {}", count(weeks, "week"), count(sessions, "session")),
        None => totals(&file.totals),
    };
    format!("{path}: {name}, {size}{to}")
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Returns what a workout adds up to: `12 steps, 45:00`.
fn totals(totals: &ForeignTotals) -> String {
    let steps = if totals.steps == 1 { "step" } else { "steps" };
    let mut parts = vec![format!("{} {steps}", totals.steps)];
    if totals.time.get() > 0 {
        parts.push(clock((totals.time.get() + 500) / 1000));
    }
    if totals.metres > 0.0 {
        parts.push(format!("{} km", trimmed(totals.metres / 1000.0, 3)));
    }
    if totals.open > 0 {
        parts.push(format!("{} open", totals.open));
    }
    parts.join(", ")
}

fn problem(file: &ConvertedFile, painter: &TextPainter) -> Vec<String> {
    let (word, report) = match &file.outcome {
        Outcome::Written(_) | Outcome::WouldWrite(_) => return Vec::new(),
        Outcome::Strict => {
            let text = "not imported: --strict allows no repair and no loss";
            return vec![format!("  {}", painter.paint(text, TextLook::Bad))];
        }
        Outcome::Refused(report) => ("error", report),
        Outcome::NotWritten(report) => ("not imported", report),
    };
    let text = format!("{word}: {report}");
    let mut lines = text.lines();
    let first = lines.next().map(|line| format!("  {}", painter.paint(line, TextLook::Bad)));
    first.into_iter().chain(lines.map(|line| format!("  {line}"))).collect()
}

fn summary(files: &[ConvertedFile], is_dry_run: bool) -> String {
    let number = |is: fn(&Outcome) -> bool| files.iter().filter(|file| is(&file.outcome)).count();
    let came_in =
        |file: &&ConvertedFile| matches!(file.outcome, Outcome::Written(_) | Outcome::WouldWrite(_));
    let unreadable = number(|outcome| matches!(outcome, Outcome::Refused(_)));
    let left_out = number(|outcome| matches!(outcome, Outcome::Strict | Outcome::NotWritten(_)));
    let verb = if is_dry_run { "would come in" } else { "imported" };
    let plans = files.iter().filter(came_in).filter(|file| file.plan.is_some()).count();
    let workouts = files.iter().filter(came_in).count() - plans;
    let what = match (workouts, plans) {
        (workouts, 0) => count(workouts, "workout"),
        (0, plans) => count(plans, "plan"),
        (workouts, plans) => format!("{} and {}", count(workouts, "workout"), count(plans, "plan")),
    };
    let mut text = format!("{what} {verb}");
    if left_out > 0 {
        text.push_str(&format!(", {left_out} not imported"));
    }
    if unreadable > 0 {
        text.push_str(&format!(", {unreadable} cannot be read"));
    }
    text
}
