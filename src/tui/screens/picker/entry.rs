//! A workout as the picker knows it.

use crate::display;
use crate::display::chart::{self, ChartBar};
use crate::library::WorkoutGroup;
use crate::workout::sequence::Sequence;
use crate::workout::{self, LineStyle, Parameter, WorkoutLine};
use std::sync::Arc;

/// A workout to choose.
#[derive(Clone, Debug)]
pub struct PickerEntry {
    /// The name of its file, which also runs it on the command line.
    pub name: String,
    /// The title. Until the file has been read, it may be the name of the file.
    pub title: String,
    /// The workout's owner.
    pub owner: EntryOwner,
    /// The group of a built-in workout.
    pub group: WorkoutGroup,
    /// What a row of the list shows.
    pub summary: EntrySummary,
}

/// A workout's file as a row of the list shows it. It is small, because there may be thousands of rows.
#[derive(Clone, Debug)]
pub enum EntrySummary {
    /// Not read yet.
    Unread,
    /// The workout runs.
    Runs(Arc<WorkoutSummary>),
    /// The file has mistakes; this is the first of them.
    Broken(Arc<str>),
}

/// A workout that runs, in brief.
#[derive(Debug)]
pub struct WorkoutSummary {
    /// The description and the tags, to search in.
    pub texts: Vec<String>,
    /// The total time or distance, in words.
    pub total: String,
    /// The workout in one line.
    pub line: WorkoutLine,
    /// The chart, in [`PROFILE_COLUMNS`] columns.
    pub profile: Vec<ChartBar>,
}

/// The width of the small chart in a row of the list.
pub const PROFILE_COLUMNS: u16 = 8;

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
    /// A workout that has not been read.
    pub fn unread(name: &str, owner: EntryOwner) -> Self {
        PickerEntry {
            name: name.to_string(),
            title: name.to_string(),
            owner,
            group: WorkoutGroup::Other,
            summary: EntrySummary::Unread,
        }
    }

    /// Takes from the workout what a row shows.
    pub(super) fn set_summary(&mut self, content: &EntryContent) {
        self.summary = match content {
            EntryContent::Unread => EntrySummary::Unread,
            EntryContent::Broken(broken) => EntrySummary::Broken(broken.first_mistake().into()),
            EntryContent::Runs(workout) => {
                let sequence = &workout.sequence;
                self.title.clone_from(&sequence.name);
                self.group = WorkoutGroup::of(sequence);
                EntrySummary::Runs(Arc::new(WorkoutSummary {
                    texts: sequence.about.iter().chain(&sequence.tags).cloned().collect(),
                    total: workout.total.clone(),
                    line: workout.line.clone(),
                    profile: chart::profile_in_a_list(sequence, PROFILE_COLUMNS),
                }))
            }
        };
    }

    /// True until the file has been read.
    pub fn is_unread(&self) -> bool {
        matches!(self.summary, EntrySummary::Unread)
    }

    /// True for a file with mistakes.
    pub fn is_broken(&self) -> bool {
        matches!(self.summary, EntrySummary::Broken(_))
    }

    /// What the list shows of a workout that runs.
    pub fn runs(&self) -> Option<&WorkoutSummary> {
        match &self.summary {
            EntrySummary::Runs(summary) => Some(summary),
            _ => None,
        }
    }

    /// True for a workout that the user wrote.
    pub fn is_mine(&self) -> bool {
        self.owner != EntryOwner::BuiltIn
    }
}

impl EntryContent {
    /// The workout, if it runs.
    pub fn workout(&self) -> Option<&RunnableWorkout> {
        match self {
            EntryContent::Runs(workout) => Some(workout),
            _ => None,
        }
    }

    /// The mistakes, if it does not run.
    pub fn mistakes(&self) -> Option<&BrokenFile> {
        match self {
            EntryContent::Broken(broken) => Some(broken),
            _ => None,
        }
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
