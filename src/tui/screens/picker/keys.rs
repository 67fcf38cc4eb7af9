//! The keys of the picker.

use super::adjust::AdjustOutcome;
use super::entry::EntryContent;
use super::typed_workout::TypedWorkout;
use super::{NameFor, Picker, PickerMode, PickerRequest, draw};
use crate::keymap;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::help::HelpOverlay;
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text_input::TextInput;
use ratatui::buffer::Buffer;
use std::sync::Arc;

/// The rows that the page keys move by.
const PAGE: usize = 10;
/// The most names that are tried for a copy.
const MOST_COPIES: usize = 1000;

impl Page for Picker {
    type Outcome = PickerRequest;

    fn draw(&self, buf: &mut Buffer) {
        draw::draw(self, buf);
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        match self.mode {
            PickerMode::Choosing => KeyContext::Picking,
            PickerMode::Searching => KeyContext::Searching,
            PickerMode::Filling(_) | PickerMode::Naming(..) => KeyContext::Filling,
            PickerMode::Mistakes(_) => KeyContext::Mistakes,
        }
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<PickerRequest> {
        if key.action.is_some() || key.typed.is_some() {
            self.message = None;
        }
        match &self.mode {
            PickerMode::Choosing => self.choose(key.action?),
            PickerMode::Searching => self.search(key),
            PickerMode::Filling(_) => {
                self.fill(key);
                None
            }
            PickerMode::Naming(..) => self.name(key),
            PickerMode::Mistakes(_) => self.read(key.action?),
        }
    }

    fn paste(&mut self, text: &str) {
        self.message = None;
        for c in keymap::pasted_line(text) {
            let key = PageKey { action: None, typed: Some(c) };
            match self.mode {
                PickerMode::Searching => _ = self.search(key),
                PickerMode::Filling(_) => self.fill(key),
                PickerMode::Naming(..) => _ = self.name(key),
                PickerMode::Choosing | PickerMode::Mistakes(_) => {}
            }
        }
    }
}

impl Picker {
    fn choose(&mut self, action: Action) -> Option<PickerRequest> {
        match action {
            Action::Choose => return self.run(),
            Action::Close => return Some(PickerRequest::Quit),
            Action::Resume if self.unfinished.is_some() => return Some(PickerRequest::Unfinished),
            Action::Resume => self.message = Some("there is no unfinished session".to_string()),
            Action::Checkin => return Some(PickerRequest::Checkin),
            Action::Cancel if self.query.is_blank() => return Some(PickerRequest::Quit),
            Action::Cancel => self.show_all(),
            Action::Edit => return self.entry().map(|e| PickerRequest::Edit(e.name.clone())),
            Action::New => self.mode = PickerMode::Naming(NameFor::New, TextInput::default()),
            Action::Duplicate => self.open_copy(),
            Action::Rename => self.open_rename(),
            Action::Delete => return self.delete(),
            Action::Undo => return Some(PickerRequest::Undo),
            Action::Search => self.mode = PickerMode::Searching,
            Action::Help => self.help.open(),
            Action::Warmup => self.open_field(0),
            Action::Cooldown => self.open_field(1),
            Action::Minutes => self.open_field(2),
            Action::Parameter => self.open_field(3),
            _ => _ = self.cursor.update(action, self.rows(), PAGE),
        }
        None
    }

    /// Runs the marked workout with its adjustments, or shows why it does not run.
    fn run(&mut self) -> Option<PickerRequest> {
        if let Some((text, workout)) = self.marked_typed() {
            let (text, sequence) = (text.to_string(), Arc::clone(&workout.sequence));
            return Some(PickerRequest::RunTyped { text, sequence });
        }
        let entry = self.entry()?;
        let name = entry.name.clone();
        if entry.is_broken() {
            self.mode = PickerMode::Mistakes(ScrollPosition::TOP);
            return None;
        }
        if let Some(AdjustOutcome::Wrong(message)) = self.adjustments().map(|a| &a.outcome) {
            self.message = Some(message.clone());
            return None;
        }
        let sequence = Arc::clone(&self.adjusted_workout()?.sequence);
        Some(PickerRequest::Run { name, sequence })
    }

    fn search(&mut self, key: PageKey) -> Option<PickerRequest> {
        match key.action {
            Some(Action::Choose) => return self.run(),
            Some(Action::Keep) => self.mode = PickerMode::Choosing,
            Some(Action::Cancel) => self.show_all(),
            Some(action) if self.query.erase(action) => self.find(),
            Some(action) => _ = self.cursor.update(action, self.rows(), PAGE),
            None => {
                if key.typed.is_some_and(|c| self.query.push(c)) {
                    self.find();
                }
            }
        }
        None
    }

    /// Searches, and marks the best match, or the workout that is typed.
    fn find(&mut self) {
        self.typed = TypedWorkout::of(self.query.text());
        self.list();
        self.cursor = Default::default();
    }

    /// Ends the search. The mark stays on its workout.
    fn show_all(&mut self) {
        let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
        self.mode = PickerMode::Choosing;
        self.query = TextInput::default();
        self.find();
        self.mark(&name);
    }

    /// Asks for the name of a copy, and offers one that is free.
    fn open_copy(&mut self) {
        let Some(entry) = self.entry() else { return };
        let is_taken = |name: &String| self.entries.iter().any(|entry| entry.name == *name);
        let mut names = (2..).map(|n| format!("{}-{n}", entry.name)).take(MOST_COPIES);
        let free = names.find(|name| !is_taken(name)).unwrap_or_default();
        self.mode = PickerMode::Naming(NameFor::Copy(entry.name.clone()), TextInput::new(&free));
    }

    fn open_rename(&mut self) {
        let Some(entry) = self.entry() else { return };
        match entry.is_mine() {
            true => {
                let line = TextInput::new(&entry.name);
                self.mode = PickerMode::Naming(NameFor::Rename(entry.name.clone()), line);
            }
            false => self.message = Some(self.about_built_in()),
        }
    }

    fn delete(&mut self) -> Option<PickerRequest> {
        let entry = self.entry()?;
        if entry.is_mine() {
            return Some(PickerRequest::Delete(entry.name.clone()));
        }
        self.message = Some(self.about_built_in());
        None
    }

    fn about_built_in(&self) -> String {
        let key = self.theme.keymap().label(KeyContext::Picking, Action::Duplicate);
        format!("built-in workouts stay as they are; {key} makes a copy of your own")
    }

    fn name(&mut self, key: PageKey) -> Option<PickerRequest> {
        let PickerMode::Naming(reason, line) = &mut self.mode else { return None };
        match key.action {
            Some(Action::Keep) => {
                let to = line.text().to_string();
                return Some(match reason {
                    NameFor::New => PickerRequest::New(to),
                    NameFor::Copy(from) => PickerRequest::Duplicate { from: from.clone(), to },
                    NameFor::Rename(from) => PickerRequest::Rename { from: from.clone(), to },
                });
            }
            Some(Action::Cancel) => self.mode = PickerMode::Choosing,
            Some(action) => _ = line.erase(action),
            None => _ = key.typed.is_some_and(|c| line.push(c)),
        }
        None
    }

    fn read(&mut self, action: Action) -> Option<PickerRequest> {
        let entry = self.entry()?;
        let report = self.open().and_then(EntryContent::mistakes).map_or(0, |broken| broken.report.len());
        let (name, rows) = (entry.name.clone(), report);
        let view = Viewport { rows, shown: draw::report_rows(self.area.get()) };
        let PickerMode::Mistakes(scroll) = &mut self.mode else { return None };
        match action {
            Action::Edit => return Some(PickerRequest::Edit(name)),
            Action::Close => self.mode = PickerMode::Choosing,
            _ => _ = scroll.update(action, view),
        }
        None
    }
}
