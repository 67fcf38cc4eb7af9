//! Lists of workouts as they are pasted from a message or a note: a line of notation for each.

use super::limits::{LONGEST_NAME, MOST_WORKOUTS, too_many_workouts};
use super::model::ForeignWorkout;
use super::{ReadWorkout, UnreadableWorkout, from_sequence};
use crate::diagnostic::SourceText;
use crate::workout::{Compiled, Diagnostic, Options, Severity, compile_notation};

/// The lines that tell whether a text is such a list. Each takes a few milliseconds if it is none.
const LINES_TRIED: usize = 8;
/// The most bytes of a line that is tried.
const LONGEST_TRIED: usize = 400;
/// The most bytes of a line that is read.
const LONGEST_LINE: usize = 2000;
/// The most errors in a list. The errors of the language take the longest to find.
const MOST_ERRORS: usize = 50;

/// A line with a workout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotationLine<'a> {
    /// The line, from 1.
    pub line: usize,
    /// The notation, without a bullet or a number in front.
    pub text: &'a str,
}

/// Returns the workouts of a list. Empty lines and comments are no workouts.
fn lines<'a>(text: &'a str) -> impl Iterator<Item = NotationLine<'a>> {
    let bare = |(text, line): (&'a str, usize)| NotationLine { line, text: without_bullet(text.trim()) };
    text.lines().zip(1..).map(bare).filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

/// Reads the workouts of a list. Each keeps its notation, and a line that cannot be read has the error of the language.
///
/// # Errors
/// If there are too many.
pub fn read(text: &str) -> Result<Vec<ReadWorkout>, UnreadableWorkout> {
    let lines: Vec<NotationLine<'_>> = lines(text).take(MOST_WORKOUTS + 1).collect();
    if lines.len() > MOST_WORKOUTS {
        return Err(too_many_workouts());
    }
    let mut errors = 0;
    let mut workouts = Vec::new();
    for line in lines {
        if errors == MOST_ERRORS {
            let problem =
                format!("line {} and the lines below were not read, after {errors} errors", line.line);
            workouts.push(Err(UnreadableWorkout::new(problem)));
            break;
        }
        let workout = workout(line);
        errors += usize::from(workout.is_err());
        workouts.push(workout);
    }
    Ok(workouts)
}

fn workout(line: NotationLine<'_>) -> ReadWorkout {
    if line.text.len() > LONGEST_LINE {
        let problem = format!("line {} is longer than {LONGEST_LINE} bytes", line.line);
        return Err(UnreadableWorkout::new(problem));
    }
    let compiled = compile(line.text).map_err(|problems| refusal(line, &problems))?;
    let read = from_sequence::workout(&compiled.sequence);
    Ok(ForeignWorkout {
        // The whole line stays as the notation, so that a shorter name loses nothing.
        name: crate::text::cut(line.text, LONGEST_NAME - 1),
        notation: Some(line.text.to_string()),
        // The notation keeps what no other program has.
        report: Vec::new(),
        ..read
    })
}

fn compile(notation: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile_notation(&SourceText::new("notation", notation), None, &Options::default())
}

/// Returns the first error of a line.
fn refusal(line: NotationLine<'_>, problems: &[Diagnostic]) -> UnreadableWorkout {
    let first = problems.iter().find(|problem| problem.severity == Severity::Error).or(problems.first());
    let message = first.map(|problem| problem.message.as_str()).unwrap_or_default();
    let refusal =
        UnreadableWorkout::new(format!("line {}, {}: {message}", line.line, crate::text::quoted(line.text)));
    match first
        .and_then(|problem| problem.help.as_ref().or(Some(&problem.label)).filter(|help| !help.is_empty()))
    {
        Some(help) => refusal.with_help(help.as_str()),
        None => refusal,
    }
}

/// Returns how much of a text is workouts: 1 if all lines are, and 0 if less than half are.
pub fn share_read(text: &str) -> f64 {
    let tried: Vec<NotationLine<'_>> = lines(text).take(LINES_TRIED).collect();
    let mut read = 0;
    for (line, before) in tried.iter().zip(0..) {
        // A length or a count has a digit, and no text has the control characters of other files.
        let is_text = !line.text.contains(|c: char| c.is_control() && c != '\t');
        let has_digit = line.text.contains(|c: char| c.is_ascii_digit());
        let may_be_one = line.text.len() <= LONGEST_TRIED && is_text && has_digit;
        read += usize::from(may_be_one && compile(line.text).is_ok());
        if (before + 1 - read) * 2 > tried.len() {
            // Most of them are none, however the others read.
            return 0.0;
        }
    }
    if tried.is_empty() { 0.0 } else { read as f64 / tried.len() as f64 }
}

/// Removes what stands in front of an entry of a list: `- `, `• `, `[ ] `, `1. `, `2) `, `(3) `.
fn without_bullet(line: &str) -> &str {
    let mut rest = line;
    for bullet in ["-", "*", "•", "–", "—", "‣", "·", "+"] {
        if let Some(after) = rest.strip_prefix(bullet).filter(|after| after.starts_with(char::is_whitespace))
        {
            rest = after.trim_start();
            break;
        }
    }
    for tick in ["[ ]", "[x]", "[X]", "☐", "☑", "✓"] {
        rest = rest.strip_prefix(tick).map_or(rest, str::trim_start);
    }
    let number = rest.strip_prefix('(').unwrap_or(rest);
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let after = number.get(digits..).unwrap_or_default();
    // With a space behind it, so that `1.5km` stays a length.
    let is_number = (1..=3).contains(&digits);
    let after =
        after.strip_prefix(['.', ')']).filter(|after| is_number && after.starts_with(char::is_whitespace));
    after.map_or(rest, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_are_no_part_of_a_workout() {
        let text = "# July\n\n- 8×400m 5K / 90s jog\n2) 40min easy\n3. 1.5km easy\n(12) 60s hard\n• [ ] 30min easy\n1.5km easy\n";
        let read: Vec<(usize, &str)> = lines(text).map(|line| (line.line, line.text)).collect();
        assert_eq!(
            read,
            [
                (3, "8×400m 5K / 90s jog"),
                (4, "40min easy"),
                (5, "1.5km easy"),
                (6, "60s hard"),
                (7, "30min easy"),
                (8, "1.5km easy")
            ]
        );
    }

    #[test]
    fn prose_is_no_list() {
        assert_eq!(share_read("40min easy\n8x400m 5K / 90s jog\n"), 1.0);
        assert_eq!(share_read("Put workouts here.\nThen open the program.\n40min easy\n"), 0.0);
        assert_eq!(share_read("Put workouts here.\n30min easy\n40min easy\n"), 2.0 / 3.0);
        assert_eq!(share_read("# 40min easy\n\n"), 0.0);
    }
}
