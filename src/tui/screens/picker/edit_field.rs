//! Changing the marked workout in place: one of its fields is open, and keys go there.

use super::adjust::{AdjustField, Adjustments, Outcome};
use super::entry::PickerEntry;
use super::{Picker, PickerMode};
use crate::keymap;
use crate::keymap::Action;
use crossterm::event::KeyEvent;

/// A field that is being filled in.
#[derive(Clone, Debug)]
pub struct FieldEdit {
    /// Which of the workout's fields.
    pub field: usize,
    /// Nothing was typed yet: the first character takes the place of what stands there.
    fresh: bool,
    before: Option<Adjustments>,
}

impl Picker {
    /// Opens a field of the marked workout.
    pub(crate) fn open(&mut self, field: usize) {
        let Some(entry) = self.entry() else { return };
        let Some(runs) = entry.runs() else {
            self.message =
                Some("it has to run before it can be changed: Enter shows what is wrong".to_string());
            return;
        };
        if field >= AdjustField::all(runs).len() {
            self.message = Some(format!("`{}` has no parameters; w and c change it, too", entry.name));
            return;
        }
        let before = self.adjusted().cloned();
        self.mode = PickerMode::Filling(FieldEdit { field, fresh: true, before });
    }

    pub(crate) fn fill(&mut self, action: Option<Action>, key: &KeyEvent) {
        let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
        let fields = self.entry().and_then(PickerEntry::runs).map(AdjustField::all).unwrap_or_default();
        let PickerMode::Filling(filling) = &mut self.mode else { return };
        let Some(field) = fields.get(filling.field) else {
            self.mode = PickerMode::Choosing;
            return;
        };
        let adjusted = self.adjusted.entry(name.clone()).or_default();
        match action {
            Some(Action::Keep) => {
                // What is wrong is not taken; the row below the field says why.
                if !matches!(adjusted.outcome, Outcome::Wrong(_)) {
                    self.mode = PickerMode::Choosing;
                }
                return;
            }
            Some(Action::Cancel) => {
                match filling.before.take() {
                    Some(before) => _ = self.adjusted.insert(name, before),
                    None => _ = self.adjusted.remove(&name),
                }
                self.mode = PickerMode::Choosing;
                return;
            }
            Some(step @ (Action::Next | Action::Previous)) => {
                let count = fields.len();
                let by = if step == Action::Next { 1 } else { count - 1 };
                filling.field = (filling.field + by) % count;
                filling.fresh = true;
                return;
            }
            Some(turn @ (Action::More | Action::Less)) => adjusted.turn(field, turn == Action::More),
            Some(action) => _ = adjusted.line(field).erase(action),
            None => {
                let Some(c) = keymap::typed(key) else { return };
                if filling.fresh {
                    adjusted.line(field).erase(Action::EraseAll);
                }
                adjusted.line(field).push(c);
            }
        }
        filling.fresh = false;
        adjusted.changed();
    }
}
