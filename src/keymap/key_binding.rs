//! One row of the keymap: keys, what they do, and where.

use super::action::Action;
use super::key_context::KeyContext;
use super::key_press::KeyPress;

/// The most columns for the labels of a binding's keys.
const LABEL_COLUMNS: usize = 12;

/// The keys for an action in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBinding {
    /// The context.
    pub context: KeyContext,
    /// The action.
    pub action: Action,
    /// The keys. The first ones are shown on the screen.
    pub keys: Vec<KeyPress>,
    /// The labels of the keys that are shown, such as `Space` and `PageUp`.
    pub labels: Vec<String>,
    /// The action in a sentence, for the help screen and for answers to a question.
    pub description: &'static str,
    /// The action in a word or two, for the foot of a screen. Empty for actions that are not shown there.
    pub hint: &'static str,
}

impl KeyBinding {
    /// A binding for these keys, all of them shown.
    pub(super) fn new(
        context: KeyContext,
        action: Action,
        keys: &[KeyPress],
        description: &'static str,
    ) -> Self {
        let labels = keys.iter().map(|key| key.label()).collect();
        KeyBinding { context, action, keys: keys.to_vec(), labels, description, hint: "" }
    }

    /// Adds keys that do the same but are not shown.
    pub(super) fn or(mut self, keys: &[KeyPress]) -> Self {
        self.keys.extend_from_slice(keys);
        self
    }

    /// Shows these labels instead of the keys' own.
    pub(super) fn labelled(self, labels: &[&str]) -> Self {
        KeyBinding { labels: labels.iter().map(|label| label.to_string()).collect(), ..self }
    }

    /// Shows the binding at the foot of the screen.
    pub(super) fn hint(self, hint: &'static str) -> Self {
        KeyBinding { hint, ..self }
    }

    /// Replaces the keys. Shows the first, and more while they fit. Without keys, the hint goes too.
    pub(super) fn rebind(&mut self, keys: &[KeyPress]) {
        self.keys = keys.to_vec();
        self.labels.clear();
        let mut columns = 0;
        for label in keys.iter().map(|key| key.label()) {
            let gap = if self.labels.is_empty() { 0 } else { 2 };
            if self.labels.is_empty() || columns + gap + label.chars().count() <= LABEL_COLUMNS {
                columns += gap + label.chars().count();
                self.labels.push(label);
            }
        }
        if keys.is_empty() {
            self.hint = "";
        }
    }

    /// The label of the first key. Empty without keys.
    pub fn label(&self) -> &str {
        self.labels.first().map_or("", String::as_str)
    }

    /// The labels in one line: `Space  PageUp`.
    pub fn all_labels(&self) -> String {
        self.labels.join("  ")
    }
}
