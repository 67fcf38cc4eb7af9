//! What a writer of workout files is told, and what it tells.

use super::model::ForeignStep;
use super::report::{ConversionNote, ConversionNotes, ReportKind};
use crate::units::{Millis, Speed};
use std::collections::HashSet;

/// What the file needs to know about the runner and the time.
#[derive(Clone, Copy, Debug)]
pub struct ExportOptions {
    /// The time for a step that waits for the runner, in formats without open steps.
    pub open: Millis,
    /// The runner's threshold speed, if it is known.
    pub threshold: Option<Speed>,
    /// The time at which the file is made, in seconds since 1970, for formats that have one.
    pub created: Option<i64>,
}

/// The reason why a format cannot hold a workout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRefusal {
    /// The problem as a sentence.
    pub problem: String,
    /// What to do instead.
    pub help: &'static str,
}

/// The losses of an export, each once for steps that are alike.
#[derive(Debug, Default)]
pub struct ExportLosses {
    notes: ConversionNotes,
    seen: HashSet<(String, String)>,
}

impl ExportLosses {
    /// Begins with losses that every format has.
    pub fn with(notes: &[ConversionNote]) -> Self {
        let mut losses = ExportLosses::default();
        notes.iter().for_each(|note| losses.notes.push(note.clone()));
        losses
    }

    /// Returns the lines.
    pub fn finish(self) -> Vec<ConversionNote> {
        self.notes.finish()
    }

    /// Adds a loss in a step.
    pub fn step(&mut self, kind: ReportKind, step: &ForeignStep, text: &str) {
        let title = super::step_words::title(step);
        if self.seen.insert((title.clone(), text.to_string())) {
            self.notes.push(ConversionNote { original: Some(title), ..ConversionNote::new(kind, text) });
        }
    }

    /// Says once that the format does not know what some steps are for.
    pub fn kinds(&mut self) {
        self.whole_once(ReportKind::LeftOut, "the kind of some steps, such as warm-up or recovery");
    }

    /// Adds a loss of the whole workout, however often it is told.
    pub fn whole_once(&mut self, kind: ReportKind, text: &str) {
        if self.seen.insert((String::new(), text.to_string())) {
            self.whole(kind, text);
        }
    }

    /// Adds a loss of the whole workout.
    pub fn whole(&mut self, kind: ReportKind, text: &str) {
        self.notes.push(ConversionNote::new(kind, text));
    }
}

/// Returns a text for XML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().map(crate::text::shown) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
