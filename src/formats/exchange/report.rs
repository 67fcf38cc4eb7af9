//! The report about a file of another program: what was repaired, assumed, changed and left out.

use serde::Serialize;

/// What happened to a thing in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// The file is damaged there, and only one reading makes sense.
    Repaired,
    /// The file does not say, and this reading is the usual one.
    Assumed,
    /// Something else stands in its place.
    Changed,
    /// It is gone.
    LeftOut,
    /// It is still there, as words that nothing acts on.
    KeptAsWords,
}

impl ReportKind {
    /// Returns the words in front of a line.
    pub const fn words(self) -> &'static str {
        match self {
            ReportKind::Repaired => "repaired",
            ReportKind::Assumed => "assumed",
            ReportKind::Changed => "changed",
            ReportKind::LeftOut => "left out",
            ReportKind::KeptAsWords => "kept as words",
        }
    }

    /// True for a repair or a loss, and false for an assumption.
    pub const fn is_repair_or_loss(self) -> bool {
        !matches!(self, ReportKind::Assumed)
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConversionNote {
    /// What happened.
    pub kind: ReportKind,
    /// The number of the step in the file, from 1.
    pub step: Option<usize>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
    /// The text or the value in the file.
    pub original: Option<String>,
    /// What was done, as a sentence without a full stop.
    pub text: String,
}

impl ConversionNote {
    /// A line about a whole file.
    pub fn new(kind: ReportKind, text: impl Into<String>) -> Self {
        ConversionNote { kind, step: None, line: None, original: None, text: text.into() }
    }

    /// Returns the line for people: `changed: step 3 (line 14), Power="1.8": …`.
    pub fn sentence(&self) -> String {
        let place = match (self.step, self.line) {
            (Some(step), Some(line)) => format!("step {step} (line {line})"),
            (Some(step), None) => format!("step {step}"),
            (None, Some(line)) => format!("line {line}"),
            (None, None) => String::new(),
        };
        let original = self.original.as_deref().map(crate::text::quoted).unwrap_or_default();
        let parts = [place, original].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let parts = if parts.is_empty() { String::new() } else { format!("{}: ", parts.join(", ")) };
        format!("{}: {parts}{}", self.kind.words(), crate::text::clean(&self.text))
    }
}

/// Collects the lines of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConversionNotes {
    lines: Vec<ConversionNote>,
    left_out: usize,
    /// The number of lines that the report has already.
    earlier: usize,
}

/// The most lines about one file. Nobody reads more.
const MOST_LINES: usize = 1000;
/// The most characters of the file that a line quotes.
const MOST_QUOTED: usize = 200;

impl ConversionNotes {
    /// Lines that are added to a report with some.
    pub fn after(earlier: usize) -> Self {
        ConversionNotes { earlier, ..ConversionNotes::default() }
    }

    /// Adds a line. What it quotes is cut.
    pub fn push(&mut self, mut line: ConversionNote) {
        if self.earlier + self.lines.len() >= MOST_LINES {
            self.left_out += 1;
            return;
        }
        if let Some(original) = &mut line.original
            && let Some((end, _)) = original.char_indices().nth(MOST_QUOTED)
        {
            original.truncate(end);
            original.push('…');
            original.shrink_to_fit();
        }
        self.lines.push(line);
    }

    /// Adds the lines of another collection.
    pub fn append(&mut self, other: ConversionNotes) {
        other.lines.into_iter().for_each(|line| self.push(line));
        self.left_out += other.left_out;
    }

    /// Returns the lines in order: those about the whole file, and then step by step.
    pub fn finish(mut self) -> Vec<ConversionNote> {
        self.lines.sort_by_key(|line| line.step);
        if self.left_out > 0 {
            let text = format!("{} more lines like these", self.left_out);
            self.lines.push(ConversionNote::new(ReportKind::Changed, text));
        }
        self.lines
    }
}

/// The place in a file that a line is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportPlace {
    /// The number of the step, from 1.
    pub step: Option<usize>,
    /// The line, from 1.
    pub line: Option<usize>,
}

impl ReportPlace {
    /// Returns a line about this place.
    pub fn note(self, kind: ReportKind, original: Option<String>, text: impl Into<String>) -> ConversionNote {
        ConversionNote { kind, step: self.step, line: self.line, original, text: text.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_bounded_in_lines_and_in_what_they_quote() {
        let line = || ConversionNote {
            original: Some("é".repeat(100_000)),
            ..ConversionNote::new(ReportKind::LeftOut, "a line")
        };
        let mut notes = ConversionNotes::default();
        (0..5000).for_each(|_| notes.push(line()));
        let mut lines = notes.finish();
        assert_eq!(lines.last().map(|line| line.text.as_str()), Some("4000 more lines like these"));
        assert!(lines.iter().all(|line| line.original.iter().all(|text| text.chars().count() <= 201)));
        let mut more = ConversionNotes::after(lines.len());
        (0..5000).for_each(|_| more.push(line()));
        lines.extend(more.finish());
        assert_eq!(lines.len(), 1002);
    }
}
