//! A workout as the picker knows it.

use crate::display;
use crate::workout::Parameter;
use crate::workout::sequence::Sequence;
use std::sync::Arc;

/// A workout to choose.
#[derive(Clone, Debug)]
pub struct PickerEntry {
    /// What the list calls it, and what to type to run it.
    pub name: String,
    /// Whose it is.
    pub whose: EntryOwner,
    /// What is in it.
    pub content: EntryContent,
}

/// Whose a workout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOwner {
    /// It comes with the program.
    BuiltIn,
    /// The user's own.
    Mine,
    /// The user's own, and a built-in one of the same name stands behind it.
    Instead,
}

/// What is in a workout.
#[derive(Clone, Debug)]
pub enum EntryContent {
    /// Nobody has looked yet.
    Unread,
    /// It runs.
    Runs(Arc<RunHistory>),
    /// It has mistakes.
    Broken(Arc<BrokenFile>),
}

/// A workout that runs.
#[derive(Clone, Debug)]
pub struct RunHistory {
    /// Its steps.
    pub sequence: Arc<Sequence>,
    /// What it lets the runner choose.
    pub parameters: Vec<Parameter>,
    /// What it adds up to, in words.
    pub total: String,
}

/// A workout that does not run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrokenFile {
    /// The line of the first mistake, where the file could be read at all.
    pub line: Option<u32>,
    /// What is wrong there.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How many mistakes there are.
    pub count: usize,
    /// All of them, as lines to read.
    pub report: Vec<String>,
}

impl EntryContent {
    /// A workout that runs.
    pub fn runs(sequence: Arc<Sequence>, parameters: Vec<Parameter>) -> Self {
        let total = display::total(&sequence);
        EntryContent::Runs(Arc::new(RunHistory { sequence, parameters, total }))
    }

    /// One that does not.
    pub fn broken(broken: BrokenFile) -> Self {
        EntryContent::Broken(Arc::new(broken))
    }
}

impl PickerEntry {
    /// What runs, if it does.
    pub fn runs(&self) -> Option<&RunHistory> {
        match &self.content {
            EntryContent::Runs(runs) => Some(runs),
            _ => None,
        }
    }

    /// What is wrong, if something is.
    pub fn broken(&self) -> Option<&BrokenFile> {
        match &self.content {
            EntryContent::Broken(broken) => Some(broken),
            _ => None,
        }
    }

    /// True for the user's own.
    pub fn is_mine(&self) -> bool {
        self.whose != EntryOwner::BuiltIn
    }
}

impl BrokenFile {
    /// The first mistake in a line: `line 4: unknown target `tempoo``.
    pub fn first(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}: {}", self.message),
            None => self.message.clone(),
        }
    }
}
