//! Filling in a field of the marked workout.

use super::adjust::{AdjustField, AdjustOutcome, Adjustments};
use super::{Picker, PickerMode};
use crate::keymap::{Action, KeyContext};
use crate::tui::screens::page::PageKey;

/// A field that is being filled in.
#[derive(Clone, Debug)]
pub struct FieldEdit {
    /// The field, by its index in [`AdjustField::all`].
    pub field: usize,
    /// True until a key changes the field: the first character replaces what is in it.
    fresh: bool,
    before: Option<Adjustments>,
}

impl Picker {
    /// Opens a field of the marked workout.
    pub(super) fn open_field(&mut self, field: usize) {
        let Some(entry) = self.entry() else { return };
        let Some(workout) = self.written() else {
            let key = self.theme.keymap().label(KeyContext::Picking, Action::Choose);
            self.message = Some(format!("fix its mistakes first: {key} shows them"));
            return;
        };
        if field >= AdjustField::all(workout).len() {
            let key = |action| self.theme.keymap().label(KeyContext::Picking, action);
            let (warmup, cooldown) = (key(Action::Warmup), key(Action::Cooldown));
            let limit = key(Action::Minutes);
            self.message = Some(format!(
                "`{}` has no parameters; {warmup} sets a warm-up, {cooldown} a cool-down, {limit} a time limit",
                entry.name
            ));
            return;
        }
        let before = self.adjustments().cloned();
        self.mode = PickerMode::Filling(FieldEdit { field, fresh: true, before });
    }

    /// Handles a key in the open field.
    pub(super) fn fill(&mut self, key: PageKey) {
        let name = self.entry().map(|e| e.name.clone()).unwrap_or_default();
        let fields = self.written().map(AdjustField::all).unwrap_or_default();
        let PickerMode::Filling(edit) = &mut self.mode else { return };
        let Some(field) = fields.get(edit.field) else {
            self.mode = PickerMode::Choosing;
            return;
        };
        let adjustments = self.adjusted.entry(name.clone()).or_default();
        match key.action {
            Some(Action::Keep) => {
                // A wrong value stays open; the row below the field says why.
                if !matches!(adjustments.outcome, AdjustOutcome::Wrong(_)) {
                    self.mode = PickerMode::Choosing;
                }
                return;
            }
            Some(Action::Cancel) => {
                match edit.before.take() {
                    Some(before) => _ = self.adjusted.insert(name, before),
                    None => _ = self.adjusted.remove(&name),
                }
                self.mode = PickerMode::Choosing;
                return;
            }
            Some(action @ (Action::Next | Action::Previous)) => {
                let count = fields.len();
                let by = if action == Action::Next { 1 } else { count - 1 };
                edit.field = (edit.field + by) % count;
                edit.fresh = true;
                return;
            }
            Some(Action::More) => adjustments.step_up(field),
            Some(Action::Less) => adjustments.step_down(field),
            Some(action) => _ = adjustments.line(field).erase(action),
            None => {
                let Some(c) = key.typed else { return };
                if edit.fresh {
                    adjustments.line(field).erase(Action::EraseAll);
                }
                adjustments.line(field).push(c);
            }
        }
        edit.fresh = false;
        adjustments.update_outcome();
    }
}
