//! The picker: a list of workouts and a preview of the marked one. It reads no file and starts no editor; it asks for
//! what it needs to know and returns the runner's requests.

mod adjust;
mod draw;
mod edit_field;
mod entry;
mod keys;
mod outline;
mod preview;
mod results;

pub use entry::{BrokenFile, EntryContent, EntryOwner, PickerEntry, ReportLine, RunnableWorkout};

use super::help::{HelpOverlay, HelpPage};
use crate::tui::theme::Theme;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::ScrollPosition;
use crate::tui::widgets::text_input::TextInput;
use crate::workout::Options;
use crate::workout::sequence::Sequence;
use adjust::{AdjustOutcome, Adjustments};
use edit_field::FieldEdit;
use ratatui::layout::Rect;
use results::ListedWorkout;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The runner's request.
#[derive(Clone, Debug, PartialEq)]
pub enum PickerRequest {
    /// Run this workout, with its adjustments.
    Run {
        /// The workout's name in the library.
        name: String,
        /// The steps.
        sequence: Arc<Sequence>,
    },
    /// Edit the workout of this name.
    Edit(String),
    /// Create a workout of this name, and answer with [`Picker::show`], or with [`Picker::say`] if that fails.
    New(String),
    /// Quit.
    Quit,
}

/// The mode, which decides what the keys do.
#[derive(Clone, Debug)]
enum PickerMode {
    Choosing,
    Searching,
    /// Filling in a field of the marked workout.
    Filling(FieldEdit),
    /// Naming a new workout.
    Naming(TextInput),
    /// Reading the report on the marked workout.
    Mistakes(ScrollPosition),
}

/// The list of workouts, with a mark on one of them.
#[derive(Clone, Debug)]
pub struct Picker {
    entries: Vec<PickerEntry>,
    recent: Vec<String>,
    listed: Vec<ListedWorkout>,
    /// The marked line of the list.
    cursor: ListCursor,
    query: TextInput,
    mode: PickerMode,
    /// The adjustments, by the workout's name.
    adjusted: BTreeMap<String, Adjustments>,
    message: Option<String>,
    help: HelpOverlay,
    theme: Theme,
    /// The area it was last drawn on: the page keys scroll a report by its height.
    area: Cell<Rect>,
}

impl Picker {
    /// A picker with its first workout marked. `recent` names the workouts run lately, the latest first.
    pub fn new(entries: Vec<PickerEntry>, recent: Vec<String>, theme: Theme) -> Self {
        let mut picker = Picker {
            entries,
            recent,
            listed: Vec::new(),
            cursor: ListCursor::default(),
            query: TextInput::default(),
            mode: PickerMode::Choosing,
            adjusted: BTreeMap::new(),
            message: None,
            help: HelpOverlay::closed(HelpPage::PICKING),
            theme,
            area: Cell::default(),
        };
        picker.list();
        picker
    }

    /// The workouts there are now.
    pub fn entries(&self) -> &[PickerEntry] {
        &self.entries
    }

    /// Replaces the workouts. The mark stays on its workout, or on its line if that workout is gone.
    pub fn replace(&mut self, entries: Vec<PickerEntry>) {
        let name = self.entry().map(|e| e.name.clone());
        self.entries = entries;
        self.list();
        let is_there = name.is_none_or(|name| self.mark(&name));
        let lost = match self.mode {
            PickerMode::Mistakes(_) => self.entry().and_then(PickerEntry::broken).is_none(),
            PickerMode::Filling(_) => !is_there,
            _ => false,
        };
        if lost {
            self.mode = PickerMode::Choosing;
        }
    }

    /// The next workout to read, by its index, and the options to compile it with. The most urgent comes first.
    pub fn next_to_read(&self) -> Option<(usize, Options)> {
        let marked = self.marked_entry();
        let unread =
            |i: &usize| self.entries.get(*i).is_some_and(|e| matches!(e.content, EntryContent::Unread));
        if let Some(index) = marked.filter(|i| unread(i)) {
            return Some((index, Options::default()));
        }
        let outcome = self.adjustments().map(|a| &a.outcome);
        if let (Some(index), Some(AdjustOutcome::Waiting(options))) = (marked, outcome) {
            return Some((index, options.clone()));
        }
        let shown = self.listed.iter().map(|l| l.entry);
        let next = shown.chain(0..self.entries.len()).find(unread);
        next.map(|index| (index, Options::default()))
    }

    /// True while the marked workout still has to be read or compiled.
    pub fn is_waiting(&self) -> bool {
        let unread = self.entry().is_some_and(|e| matches!(e.content, EntryContent::Unread));
        unread || matches!(self.adjustments().map(|a| &a.outcome), Some(AdjustOutcome::Waiting(_)))
    }

    /// Takes the answer to [`Picker::next_to_read`].
    pub fn set_content(&mut self, index: usize, options: &Options, content: EntryContent) {
        let Some(entry) = self.entries.get_mut(index) else { return };
        if *options != Options::default() {
            if let Some(adjustments) = self.adjusted.get_mut(&entry.name) {
                adjustments.set_outcome(options, &content);
            }
            return;
        }
        if let (EntryContent::Runs(workout), Some(adjustments)) =
            (&content, self.adjusted.get_mut(&entry.name))
        {
            adjustments.reread(workout);
        }
        entry.content = content;
        if !self.query.is_blank() {
            // The search also looks at the title and the description, which are known only now.
            let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
            self.list();
            self.mark(&name);
        }
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Goes back to the list, with a message.
    pub fn back_to_list(&mut self, message: String) {
        self.mode = PickerMode::Choosing;
        self.say(message);
    }

    /// Goes back to the list and marks a workout. If it does not run, shows the report on it.
    pub fn show(&mut self, name: &str) {
        self.mode = PickerMode::Choosing;
        if !self.mark(name) {
            self.query = TextInput::default();
            self.list();
            self.mark(name);
        }
        if self.entry().and_then(PickerEntry::broken).is_some() {
            self.mode = PickerMode::Mistakes(ScrollPosition::TOP);
        }
    }

    /// Lists the workouts, or those that the search finds.
    fn list(&mut self) {
        self.listed = match self.query.is_blank() {
            true => results::sections(&self.entries, &self.recent),
            false => results::search(&self.entries, self.query.text()),
        };
        self.cursor.clamp(self.listed.len());
    }

    /// Marks a workout. Returns false if it is not listed.
    fn mark(&mut self, name: &str) -> bool {
        let index =
            self.listed.iter().position(|l| self.entries.get(l.entry).is_some_and(|e| e.name == name));
        if let Some(index) = index {
            self.cursor = ListCursor::at(index);
        }
        index.is_some()
    }

    fn marked_entry(&self) -> Option<usize> {
        self.listed.get(self.cursor.index()).map(|l| l.entry)
    }

    /// The marked workout.
    fn entry(&self) -> Option<&PickerEntry> {
        self.entries.get(self.marked_entry()?)
    }

    /// The adjustments to the marked workout.
    fn adjustments(&self) -> Option<&Adjustments> {
        self.adjusted.get(&self.entry()?.name)
    }

    /// The marked workout with its adjustments, if it runs.
    fn adjusted_workout(&self) -> Option<&RunnableWorkout> {
        match self.adjustments().map(|a| &a.outcome) {
            Some(AdjustOutcome::Runs(workout)) => Some(workout),
            Some(AdjustOutcome::Waiting(_) | AdjustOutcome::Wrong(_)) => None,
            Some(AdjustOutcome::AsWritten) | None => self.entry()?.workout(),
        }
    }
}
