//! Problems that are not about a line of text, as printed on standard error.

use crate::history::LogError;
use crate::library::LibraryError;
use crate::text::clean;
use std::fmt;

/// A problem, what to do about it, and anything else worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    problem: String,
    help: Option<String>,
    notes: Vec<String>,
}

impl Report {
    /// A report without help or notes.
    pub fn new(problem: impl Into<String>) -> Self {
        Report { problem: problem.into(), help: None, notes: Vec::new() }
    }

    /// Adds what to do about the problem.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Report { help: Some(help.into()), ..self }
    }

    /// Adds a note below the help.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Returns the problem and the help in one line, for a screen.
    pub fn one_line(&self) -> String {
        let help = self.help.as_ref().map(|help| format!(" – {help}")).unwrap_or_default();
        clean(&format!("{}{help}", self.problem))
    }
}

/// Writes the lines of the report. Put `error: ` or `warning: ` in front.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", clean(&self.problem))?;
        let help = self.help.iter().map(|help| ("help", help));
        let notes = self.notes.iter().map(|note| ("note", note));
        for (label, text) in help.chain(notes) {
            writeln!(f, "  = {label}: {}", clean(text))?;
        }
        Ok(())
    }
}

impl From<LogError> for Report {
    fn from(error: LogError) -> Self {
        Report::new(error.problem).with_help(error.help)
    }
}

impl From<&LibraryError> for Report {
    fn from(error: &LibraryError) -> Self {
        Report::new(&error.problem).with_help(&error.help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_comes_before_notes_and_control_characters_are_removed() {
        let report = Report::new("no \u{1b}[31mroom").with_note("3 MB").with_help("free\nsome");
        let text = report.to_string();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("  = help: free")));
        assert!(text.ends_with("  = note: 3 MB\n") && !text.contains('\u{1b}'));
        assert!(report.one_line().contains(" – free"));
    }
}
