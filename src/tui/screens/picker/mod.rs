//! The picker: a list of workouts and a preview of the marked one. It reads no file and starts no editor; it asks for
//! what it needs to know and returns the runner's requests.

mod adjust;
mod draw;
mod edit_field;
mod entry;
mod keys;
mod list;
mod outline;
mod preview;
mod results;
mod typed_workout;

pub use adjust::AdjustedOptions;
pub use entry::{
    BrokenFile, EntryContent, EntryOwner, EntrySummary, PickerEntry, ReportLine, RunnableWorkout,
};

use super::help::{HelpOverlay, HelpPage};
use crate::frontend::UnfinishedOffer;
use crate::tui::theme::Theme;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::ScrollPosition;
use crate::tui::widgets::text_input::TextInput;
use crate::workout::sequence::Sequence;
use adjust::{AdjustOutcome, Adjustments};
use edit_field::FieldEdit;
use ratatui::layout::Rect;
use results::ListedWorkout;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use typed_workout::TypedWorkout;

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
    /// Run the workout that was typed.
    RunTyped {
        /// The text, as notation.
        text: String,
        /// The steps.
        sequence: Arc<Sequence>,
    },
    /// Edit the workout of this name.
    Edit(String),
    /// Create a workout of this name, and answer with [`Picker::show`], or with [`Picker::say`] if that fails.
    New(String),
    /// Copy a workout to the user's own, and answer as for [`PickerRequest::New`].
    Duplicate {
        /// The workout's name.
        from: String,
        /// The name of the copy.
        to: String,
    },
    /// Rename one of the user's own workouts, and answer as for [`PickerRequest::New`].
    Rename {
        /// The workout's name.
        from: String,
        /// The name that it gets.
        to: String,
    },
    /// Delete one of the user's own workouts.
    Delete(String),
    /// Undo the latest change of the user's workouts.
    Undo,
    /// Check in.
    Checkin,
    /// Decide about the unfinished session.
    Unfinished,
    /// Quit.
    Quit,
}

/// The reason for a name that is being typed.
#[derive(Clone, Debug)]
enum NameFor {
    /// A new workout.
    New,
    /// A copy of the workout of this name.
    Copy(String),
    /// The workout of this name.
    Rename(String),
}

/// A workout or a text that the picker needs read.
#[derive(Clone, Debug, PartialEq)]
pub enum PickerNeed {
    /// The workout with this index, compiled with these options.
    Workout(usize, AdjustedOptions),
    /// The text typed into the search field, as notation.
    Typed(String),
}

/// The mode, which decides what the keys do.
#[derive(Clone, Debug)]
enum PickerMode {
    Choosing,
    Searching,
    /// Filling in a field of the marked workout.
    Filling(FieldEdit),
    /// Typing a name.
    Naming(NameFor, TextInput),
    /// Reading the report on the marked workout.
    Mistakes(ScrollPosition),
}

/// A workout with all its steps.
#[derive(Clone, Debug)]
struct OpenWorkout {
    name: String,
    content: EntryContent,
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
    /// The workout in the search field, which is the first row of the list if it runs.
    typed: TypedWorkout,
    /// The workout that was read last, by its name. Only this one is in memory with all its steps.
    open: Option<OpenWorkout>,
    mode: PickerMode,
    /// The adjustments, by the workout's name.
    adjusted: BTreeMap<String, Adjustments>,
    /// The session that was cut off, if there is one.
    unfinished: Option<UnfinishedOffer>,
    /// True while there is no check-in of today.
    offers_checkin: bool,
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
            typed: TypedWorkout::default(),
            open: None,
            mode: PickerMode::Choosing,
            adjusted: BTreeMap::new(),
            unfinished: None,
            offers_checkin: false,
            message: None,
            help: HelpOverlay::closed(HelpPage::PICKING),
            theme,
            area: Cell::default(),
        };
        picker.list();
        picker
    }

    /// Has a line about an unfinished session, or no longer.
    pub fn set_unfinished(&mut self, unfinished: Option<UnfinishedOffer>) {
        self.unfinished = unfinished;
    }

    /// Has a line that offers a check-in, or no longer.
    pub fn offer_checkin(&mut self, is_open: bool) {
        self.offers_checkin = is_open;
    }

    /// The workouts there are now.
    pub fn entries(&self) -> &[PickerEntry] {
        &self.entries
    }

    /// Replaces the workouts. The mark stays on its workout, or on its line if that workout is gone.
    pub fn replace(&mut self, entries: Vec<PickerEntry>) {
        let name = self.entry().map(|e| e.name.clone());
        self.entries = entries;
        let is_unchanged = |open: &OpenWorkout| {
            self.entries.iter().any(|entry| entry.name == open.name && !entry.is_unread())
        };
        if !self.open.as_ref().is_some_and(is_unchanged) {
            self.open = None;
        }
        self.list();
        let is_there = name.is_none_or(|name| self.mark(&name));
        let lost = match self.mode {
            PickerMode::Mistakes(_) => !self.entry().is_some_and(PickerEntry::is_broken),
            PickerMode::Filling(_) => !is_there,
            _ => false,
        };
        if lost {
            self.mode = PickerMode::Choosing;
        }
    }

    /// What to read next, the most urgent first.
    pub fn next_to_read(&self) -> Option<PickerNeed> {
        if let Some(text) = self.typed.waiting() {
            return Some(PickerNeed::Typed(text.to_string()));
        }
        let marked = self.marked_entry();
        if let (Some(index), None) = (marked, self.open()) {
            return Some(PickerNeed::Workout(index, AdjustedOptions::default()));
        }
        let outcome = self.adjustments().map(|a| &a.outcome);
        if let (Some(index), Some(AdjustOutcome::Waiting(options))) = (marked, outcome) {
            return Some(PickerNeed::Workout(index, options.clone()));
        }
        let unread = |i: &usize| self.entries.get(*i).is_some_and(PickerEntry::is_unread);
        let shown = self.listed.iter().map(|l| l.entry);
        let next = shown.chain(0..self.entries.len()).find(unread);
        next.map(|index| PickerNeed::Workout(index, AdjustedOptions::default()))
    }

    /// True while the marked workout still has to be read or compiled.
    pub fn is_waiting(&self) -> bool {
        self.typed.waiting().is_some()
            || (self.marked_entry().is_some() && self.open().is_none())
            || matches!(self.adjustments().map(|a| &a.outcome), Some(AdjustOutcome::Waiting(_)))
    }

    /// Takes the answer to [`PickerNeed::Typed`].
    pub fn set_typed(&mut self, text: &str, content: &EntryContent) {
        self.typed.answer(text, content);
        self.cursor = ListCursor::default();
    }

    /// Takes the answer to [`PickerNeed::Workout`].
    pub fn set_content(&mut self, index: usize, options: &AdjustedOptions, content: EntryContent) {
        let is_marked = self.marked_entry() == Some(index);
        let Some(entry) = self.entries.get_mut(index) else { return };
        if *options != AdjustedOptions::default() {
            if let Some(adjustments) = self.adjusted.get_mut(&entry.name) {
                adjustments.set_outcome(options, &content);
            }
            return;
        }
        let was_unread = entry.is_unread();
        if was_unread {
            entry.set_summary(&content);
            if let (EntryContent::Runs(workout), Some(adjustments)) =
                (&content, self.adjusted.get_mut(&entry.name))
            {
                adjustments.reread(workout);
            }
        }
        if is_marked {
            self.open = Some(OpenWorkout { name: entry.name.clone(), content });
        }
        if was_unread && !self.query.is_blank() {
            // The search also looks at the title and the description, which are known only now.
            let name = self.entry().map(|e| e.name.clone());
            self.list();
            if let Some(name) = name {
                self.mark(&name);
            }
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
        if self.entry().is_some_and(PickerEntry::is_broken) {
            self.mode = PickerMode::Mistakes(ScrollPosition::TOP);
        }
    }

    /// Lists the workouts, or those that the search finds.
    fn list(&mut self) {
        self.listed = match self.query.is_blank() {
            true => results::sections(&self.entries, &self.recent),
            false => results::search(&self.entries, self.query.text()),
        };
        self.cursor.clamp(self.rows());
    }

    /// The rows that can be marked: the typed workout, and those of the list.
    fn rows(&self) -> usize {
        self.typed_rows() + self.listed.len()
    }

    /// 1 if the first row is the typed workout, else 0.
    fn typed_rows(&self) -> usize {
        usize::from(self.typed.runs().is_some())
    }

    /// The typed workout, if it is marked.
    fn marked_typed(&self) -> Option<(&str, &Arc<RunnableWorkout>)> {
        self.typed.runs().filter(|_| self.cursor.index() == 0)
    }

    /// Marks a workout. Returns false if it is not listed.
    fn mark(&mut self, name: &str) -> bool {
        let index =
            self.listed.iter().position(|l| self.entries.get(l.entry).is_some_and(|e| e.name == name));
        if let Some(index) = index {
            self.cursor = ListCursor::at(index + self.typed_rows());
        }
        index.is_some()
    }

    fn marked_entry(&self) -> Option<usize> {
        let row = self.cursor.index().checked_sub(self.typed_rows())?;
        self.listed.get(row).map(|l| l.entry)
    }

    /// The marked workout of the library.
    fn entry(&self) -> Option<&PickerEntry> {
        self.entries.get(self.marked_entry()?)
    }

    /// The marked workout of the library with all its steps, once it has been read.
    fn open(&self) -> Option<&EntryContent> {
        let entry = self.entry()?;
        let open = self.open.as_ref().filter(|open| open.name == entry.name && !entry.is_unread())?;
        Some(&open.content)
    }

    /// The marked workout of the library as it is written, if it runs.
    fn written(&self) -> Option<&RunnableWorkout> {
        self.open().and_then(EntryContent::workout)
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
            Some(AdjustOutcome::AsWritten) | None => self.written(),
        }
    }
}
