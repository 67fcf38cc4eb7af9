//! The keys of the picker.

use super::adjust::AdjustOutcome;
use super::{Picker, PickerMode, PickerRequest, draw};
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
            PickerMode::Filling(_) | PickerMode::Naming(_) => KeyContext::Filling,
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
            PickerMode::Naming(_) => self.name(key),
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
                PickerMode::Naming(_) => _ = self.name(key),
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
            Action::Cancel if self.query.is_blank() => return Some(PickerRequest::Quit),
            Action::Cancel => self.show_all(),
            Action::Edit => return self.entry().map(|e| PickerRequest::Edit(e.name.clone())),
            Action::New => self.mode = PickerMode::Naming(TextInput::default()),
            Action::Search => self.mode = PickerMode::Searching,
            Action::Help => self.help.open(),
            Action::Warmup => self.open_field(0),
            Action::Cooldown => self.open_field(1),
            Action::Parameter => self.open_field(2),
            _ => _ = self.cursor.update(action, self.listed.len(), PAGE),
        }
        None
    }

    /// Runs the marked workout with its adjustments, or shows why it does not run.
    fn run(&mut self) -> Option<PickerRequest> {
        let entry = self.entry()?;
        let name = entry.name.clone();
        if entry.broken().is_some() {
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
            Some(action) => _ = self.cursor.update(action, self.listed.len(), PAGE),
            None => {
                if key.typed.is_some_and(|c| self.query.push(c)) {
                    self.find();
                }
            }
        }
        None
    }

    /// Searches, and marks the best match.
    fn find(&mut self) {
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

    fn name(&mut self, key: PageKey) -> Option<PickerRequest> {
        let PickerMode::Naming(line) = &mut self.mode else { return None };
        match key.action {
            Some(Action::Keep) => return Some(PickerRequest::New(line.text().to_string())),
            Some(Action::Cancel) => self.mode = PickerMode::Choosing,
            Some(action) => _ = line.erase(action),
            None => _ = key.typed.is_some_and(|c| line.push(c)),
        }
        None
    }

    fn read(&mut self, action: Action) -> Option<PickerRequest> {
        let entry = self.entry()?;
        let (name, rows) = (entry.name.clone(), entry.broken().map_or(0, |b| b.report.len()));
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
