//! A workout as the picker knows it.

use crate::display;
use crate::workout::sequence::Sequence;
use crate::workout::{self, LineStyle, Parameter, WorkoutLine};
use std::sync::Arc;

/// A workout to choose.
#[derive(Clone, Debug)]
pub struct PickerEntry {
    /// The name in the list, which also runs it on the command line.
    pub name: String,
    /// The workout's owner.
    pub owner: EntryOwner,
    /// The workout itself.
    pub content: EntryContent,
}

/// The owner of a workout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOwner {
    /// A workout that comes with the program.
    BuiltIn,
    /// The user wrote it.
    Mine,
    /// The user wrote it, and it hides a built-in workout of the same name.
    MineOverBuiltIn,
}

/// A workout's file, once it has been read.
#[derive(Clone, Debug)]
pub enum EntryContent {
    /// Not read yet.
    Unread,
    /// The workout runs.
    Runs(Arc<RunnableWorkout>),
    /// The file has mistakes.
    Broken(Arc<BrokenFile>),
}

/// A workout that runs.
#[derive(Clone, Debug)]
pub struct RunnableWorkout {
    /// The steps.
    pub sequence: Arc<Sequence>,
    /// The parameters that the runner may set.
    pub parameters: Vec<Parameter>,
    /// The total time or distance, in words.
    pub total: String,
    /// The workout in one line.
    pub line: WorkoutLine,
}

/// A workout that does not run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrokenFile {
    /// The line of the first mistake, if the file could be read at all.
    pub line: Option<u32>,
    /// The first mistake.
    pub message: String,
    /// The way to fix it.
    pub help: Option<String>,
    /// The number of mistakes.
    pub count: usize,
    /// The report on all the mistakes.
    pub report: Vec<ReportLine>,
}

/// A line of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportLine {
    /// The text.
    pub text: String,
    /// True for the line that names a mistake.
    pub is_title: bool,
}

impl EntryContent {
    /// A workout that runs.
    pub fn runs(sequence: Arc<Sequence>, parameters: Vec<Parameter>, style: &LineStyle) -> Self {
        let total = display::total(&sequence);
        let line = workout::line(&sequence, style);
        EntryContent::Runs(Arc::new(RunnableWorkout { sequence, parameters, total, line }))
    }

    /// A workout that does not run.
    pub fn broken(broken: BrokenFile) -> Self {
        EntryContent::Broken(Arc::new(broken))
    }
}

impl PickerEntry {
    /// The workout, if it runs.
    pub fn workout(&self) -> Option<&RunnableWorkout> {
        match &self.content {
            EntryContent::Runs(workout) => Some(workout),
            _ => None,
        }
    }

    /// The mistakes, if it does not run.
    pub fn broken(&self) -> Option<&BrokenFile> {
        match &self.content {
            EntryContent::Broken(broken) => Some(broken),
            _ => None,
        }
    }

    /// True for a workout that the user wrote.
    pub fn is_mine(&self) -> bool {
        self.owner != EntryOwner::BuiltIn
    }
}

impl BrokenFile {
    /// The first mistake with its line: `line 4: unknown target `tempoo``.
    pub fn first_mistake(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

impl ReportLine {
    /// Joins rendered mistakes into a report, with a blank line between two of them. The first line of each is its
    /// title.
    pub fn report(mistakes: impl IntoIterator<Item = String>) -> Vec<ReportLine> {
        let mut report: Vec<ReportLine> = Vec::new();
        for mistake in mistakes {
            if !report.is_empty() {
                report.push(ReportLine::default());
            }
            let lines = mistake.lines().enumerate();
            report.extend(lines.map(|(i, line)| ReportLine { text: line.to_string(), is_title: i == 0 }));
        }
        report
    }
}
