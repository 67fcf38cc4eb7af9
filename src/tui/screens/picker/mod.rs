//! Choosing a workout: the list, and what the chosen one holds. It reads no disk and starts no editor: it is given
//! what there is, and says what it wants to know and what the runner wants.

mod adjust;
mod draw;
mod edit_field;
mod entry;
mod outline;
mod preview;
mod results;

pub use entry::{BrokenFile, EntryContent, EntryOwner, PickerEntry, RunHistory};

use super::help::HelpPage;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::Theme;
use crate::tui::widgets::text_input::TextInput;
use crate::workout::Options;
use crate::workout::sequence::Sequence;
use adjust::{Adjustments, Outcome};
use crossterm::event::{Event as Input, KeyEvent};
use edit_field::FieldEdit;
use ratatui::layout::Rect;
use results::SearchResults;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far a page key goes.
const PAGE: usize = 10;

/// What the runner wants.
#[derive(Clone, Debug, PartialEq)]
pub enum PickerRequest {
    /// Run this workout, as it was changed.
    Run {
        /// Its name in the library.
        name: String,
        /// Its steps.
        sequence: Arc<Sequence>,
    },
    /// Edit the workout with this name.
    Edit(String),
    /// Start a new workout with this name; the answer is [`Picker::show`], or [`Picker::say`] why it will
    /// not do.
    New(String),
    /// Nothing: leave.
    Quit,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
}

/// What is being done.
#[derive(Clone, Debug)]
enum PickerMode {
    Choosing,
    Searching,
    Filling(FieldEdit),
    Naming(TextInput),
    /// Reading what is wrong with the marked workout, from this line on.
    Mistakes(usize),
    Help(HelpPage),
}

/// The list, the mark on it, and what is typed.
#[derive(Clone, Debug)]
pub struct Picker {
    entries: Vec<PickerEntry>,
    recent: Vec<String>,
    listed: Vec<SearchResults>,
    /// The line of the list that is marked.
    marked: usize,
    query: TextInput,
    mode: PickerMode,
    adjusted: BTreeMap<String, Adjustments>,
    message: Option<String>,
    theme: Theme,
    area: Rect,
}

impl Picker {
    /// A picker with the mark on the first of its workouts.
    pub fn new(entries: Vec<PickerEntry>, recent: Vec<String>, theme: Theme) -> Self {
        let mut picker = Picker {
            entries,
            recent,
            listed: Vec::new(),
            marked: 0,
            query: TextInput::default(),
            mode: PickerMode::Choosing,
            adjusted: BTreeMap::new(),
            message: None,
            theme,
            area: Rect::default(),
        };
        picker.list();
        picker
    }

    /// The workouts that there are now. What is known of one goes with its name.
    pub fn entries(&self) -> &[PickerEntry] {
        &self.entries
    }

    /// Takes other workouts in their place. The mark stays on its workout, or where that was.
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

    /// A workout to look into, the most urgent first; with which options.
    pub fn wanted(&self) -> Option<(usize, Options)> {
        let marked = self.marked_entry();
        let unread =
            |i: &usize| self.entries.get(*i).is_some_and(|e| matches!(e.content, EntryContent::Unread));
        if let Some(index) = marked.filter(|i| unread(i)) {
            return Some((index, Options::default()));
        }
        if let (Some(index), Some(Outcome::Waiting(options))) = (marked, self.adjusted().map(|a| &a.outcome))
        {
            return Some((index, options.clone()));
        }
        let shown = self.listed.iter().map(|l| l.entry);
        let next = shown.chain(0..self.entries.len()).find(unread);
        next.map(|index| (index, Options::default()))
    }

    /// True while the marked workout is not known as it would be run.
    pub fn is_in_doubt(&self) -> bool {
        let unread = self.entry().is_some_and(|e| matches!(e.content, EntryContent::Unread));
        unread || matches!(self.adjusted().map(|a| &a.outcome), Some(Outcome::Waiting(_)))
    }

    /// The answer to [`Picker::wanted`].
    pub fn put(&mut self, index: usize, options: &Options, content: EntryContent) {
        let Some(entry) = self.entries.get_mut(index) else { return };
        if *options != Options::default() {
            if let Some(adjusted) = self.adjusted.get_mut(&entry.name) {
                adjusted.put(options, &content);
            }
            return;
        }
        if let (EntryContent::Runs(runs), Some(adjusted)) = (&content, self.adjusted.get_mut(&entry.name)) {
            adjusted.reread(runs);
        }
        entry.content = content;
        if !self.query.is_blank() {
            // Its title and what it is for are searched, too.
            let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
            self.list();
            self.mark(&name);
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Back to the list, and why.
    pub fn give_up(&mut self, why: String) {
        self.mode = PickerMode::Choosing;
        self.say(why);
    }

    /// Back to the list with the mark on this workout; on what is wrong with it, if something is.
    pub fn show(&mut self, name: &str) {
        self.mode = PickerMode::Choosing;
        if !self.mark(name) {
            self.query = TextInput::default();
            self.list();
            self.mark(name);
        }
        if self.entry().and_then(PickerEntry::broken).is_some() {
            self.mode = PickerMode::Mistakes(0);
        }
    }

    /// What an input does. A workout that cannot be run cannot be chosen.
    pub fn update(&mut self, input: &Input) -> Option<PickerRequest> {
        let key = match input {
            Input::Key(key) => key,
            Input::Paste(text) => {
                self.paste(text);
                return None;
            }
            _ => return None,
        };
        let action = keymap::action(self.context(), key);
        if action.is_some() || keymap::typed(key).is_some() {
            self.message = None;
        }
        match action {
            Some(Action::Interrupt) => return Some(PickerRequest::Interrupt),
            Some(Action::Suspend) => return Some(PickerRequest::Suspend),
            _ => {}
        }
        match &mut self.mode {
            PickerMode::Choosing => self.choose(action?),
            PickerMode::Searching => self.search(action, key),
            PickerMode::Filling(_) => {
                self.fill(action, key);
                None
            }
            PickerMode::Naming(_) => self.name(action, key),
            PickerMode::Mistakes(_) => self.read(action?),
            PickerMode::Help(help) => {
                if help.update(action?, self.area) {
                    self.mode = PickerMode::Choosing;
                }
                None
            }
        }
    }

    /// A text from the clipboard: typed where a line is being typed, and nowhere else read as keys.
    fn paste(&mut self, text: &str) {
        self.message = None;
        for key in keymap::pasted(text) {
            match self.mode {
                PickerMode::Searching => _ = self.search(None, &key),
                PickerMode::Filling(_) => self.fill(None, &key),
                PickerMode::Naming(_) => _ = self.name(None, &key),
                PickerMode::Choosing | PickerMode::Mistakes(_) | PickerMode::Help(_) => {}
            }
        }
    }

    fn context(&self) -> KeyContext {
        match self.mode {
            PickerMode::Choosing => KeyContext::Picking,
            PickerMode::Searching => KeyContext::Searching,
            PickerMode::Filling(_) | PickerMode::Naming(_) => KeyContext::Filling,
            PickerMode::Mistakes(_) => KeyContext::Mistakes,
            PickerMode::Help(_) => KeyContext::Reading,
        }
    }

    fn choose(&mut self, action: Action) -> Option<PickerRequest> {
        match action {
            Action::Choose => return self.run(),
            Action::Close => return Some(PickerRequest::Quit),
            Action::Cancel if self.query.is_blank() => return Some(PickerRequest::Quit),
            Action::Cancel => self.show_all(),
            Action::Edit => return self.entry().map(|e| PickerRequest::Edit(e.name.clone())),
            Action::New => self.mode = PickerMode::Naming(TextInput::default()),
            Action::Search => self.mode = PickerMode::Searching,
            Action::Help => self.mode = PickerMode::Help(HelpPage::PICKING),
            Action::Warmup => self.open(0),
            Action::Cooldown => self.open(1),
            Action::Parameter => self.open(2),
            _ => self.go(action),
        }
        None
    }

    /// Runs the marked workout as it was changed, or shows what is wrong with it.
    fn run(&mut self) -> Option<PickerRequest> {
        let entry = self.entry()?;
        let name = entry.name.clone();
        if entry.broken().is_some() {
            self.mode = PickerMode::Mistakes(0);
            return None;
        }
        if let Some(Outcome::Wrong(why)) = self.adjusted().map(|a| &a.outcome) {
            self.message = Some(why.clone());
            return None;
        }
        let sequence = Arc::clone(&self.runs()?.sequence);
        Some(PickerRequest::Run { name, sequence })
    }

    fn search(&mut self, action: Option<Action>, key: &KeyEvent) -> Option<PickerRequest> {
        match action {
            Some(Action::Choose) => return self.run(),
            Some(Action::Keep) => self.mode = PickerMode::Choosing,
            Some(Action::Cancel) => self.show_all(),
            Some(action) if self.query.erase(action) => self.find(),
            Some(action) => self.go(action),
            None => {
                if keymap::typed(key).is_some_and(|c| self.query.push(c)) {
                    self.find();
                }
            }
        }
        None
    }

    /// The best of what is found is marked.
    fn find(&mut self) {
        self.list();
        self.marked = 0;
    }

    /// Every workout again, with the mark on the one that was found.
    fn show_all(&mut self) {
        let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
        self.mode = PickerMode::Choosing;
        self.query = TextInput::default();
        self.find();
        self.mark(&name);
    }

    fn go(&mut self, action: Action) {
        let last = self.listed.len().saturating_sub(1);
        let to = match action {
            Action::Previous => self.marked.saturating_sub(1),
            Action::Next => self.marked + 1,
            Action::PageBack => self.marked.saturating_sub(PAGE),
            Action::PageOn => self.marked + PAGE,
            Action::First => 0,
            Action::Last => last,
            _ => self.marked,
        };
        self.marked = to.min(last);
    }

    fn name(&mut self, action: Option<Action>, key: &KeyEvent) -> Option<PickerRequest> {
        let PickerMode::Naming(line) = &mut self.mode else { return None };
        match action {
            Some(Action::Keep) => return Some(PickerRequest::New(line.text().to_string())),
            Some(Action::Cancel) => self.mode = PickerMode::Choosing,
            Some(action) => _ = line.erase(action),
            None => _ = keymap::typed(key).is_some_and(|c| line.push(c)),
        }
        None
    }

    fn read(&mut self, action: Action) -> Option<PickerRequest> {
        let entry = self.entry()?;
        let (name, lines) = (entry.name.clone(), entry.broken().map_or(0, |b| b.report.len()));
        let PickerMode::Mistakes(first) = &mut self.mode else { return None };
        let shown = draw::rows_of_report(self.area);
        let page = shown.saturating_sub(1).max(1);
        let to = match action {
            Action::Edit => return Some(PickerRequest::Edit(name)),
            Action::Close => {
                self.mode = PickerMode::Choosing;
                return None;
            }
            Action::Previous => first.saturating_sub(1),
            Action::Next => *first + 1,
            Action::PageBack => first.saturating_sub(page),
            Action::PageOn => *first + page,
            _ => *first,
        };
        *first = to.min(lines.saturating_sub(shown));
        None
    }

    fn list(&mut self) {
        self.listed = match self.query.is_blank() {
            true => results::sections(&self.entries, &self.recent),
            false => results::search(&self.entries, self.query.text()),
        };
        self.marked = self.marked.min(self.listed.len().saturating_sub(1));
    }

    fn mark(&mut self, name: &str) -> bool {
        let at = self.listed.iter().position(|l| self.entries.get(l.entry).is_some_and(|e| e.name == name));
        if let Some(at) = at {
            self.marked = at;
        }
        at.is_some()
    }

    fn marked_entry(&self) -> Option<usize> {
        self.listed.get(self.marked).map(|l| l.entry)
    }

    /// The marked workout.
    fn entry(&self) -> Option<&PickerEntry> {
        self.entries.get(self.marked_entry()?)
    }

    /// What was changed about it.
    fn adjusted(&self) -> Option<&Adjustments> {
        self.adjusted.get(&self.entry()?.name)
    }

    /// What it is with that, if it runs.
    fn runs(&self) -> Option<&RunHistory> {
        match self.adjusted().map(|a| &a.outcome) {
            Some(Outcome::Runs(runs)) => Some(runs),
            Some(Outcome::Waiting(_) | Outcome::Wrong(_)) => None,
            Some(Outcome::AsWritten) | None => self.entry()?.runs(),
        }
    }
}
