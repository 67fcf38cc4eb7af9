//! The keys: what each does in which context. The help screen and the hints are made from this.

mod action;
mod default_bindings;
mod key_binding;
mod key_context;
mod key_press;

pub use action::Action;
pub use key_binding::KeyBinding;
pub use key_context::KeyContext;
pub use key_press::{KeyPress, UnknownKeyName};

use crate::units::Millis;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use default_bindings::default_bindings;
use std::sync::LazyLock;

/// The time by which one key press extends a step.
pub const EXTENSION: Millis = Millis::from_secs(10);

/// All key bindings: the default ones, with the runner's own in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<KeyBinding>,
}

impl Default for Keymap {
    fn default() -> Self {
        Keymap { bindings: default_bindings() }
    }
}

impl Keymap {
    /// Returns the default keymap.
    pub fn defaults() -> &'static Keymap {
        static DEFAULTS: LazyLock<Keymap> = LazyLock::new(Keymap::default);
        &DEFAULTS
    }

    /// Replaces the keys for an action in a context. Does nothing if the action has no binding there.
    pub fn rebind(&mut self, context: KeyContext, action: Action, keys: &[KeyPress]) {
        if let Some(binding) = self.bindings.iter_mut().find(|b| b.context == context && b.action == action) {
            binding.rebind(keys);
        }
    }

    /// All bindings, context by context.
    pub fn bindings(&self) -> &[KeyBinding] {
        &self.bindings
    }

    /// The bindings of a context, in the order in which they are shown.
    pub fn of(&self, context: KeyContext) -> impl Iterator<Item = &KeyBinding> {
        self.bindings.iter().filter(move |b| b.context == context)
    }

    /// The binding of an action in a context.
    pub fn find(&self, context: KeyContext, action: Action) -> Option<&KeyBinding> {
        self.of(context).find(|b| b.action == action)
    }

    /// The action of a key in a context. Releasing a key does nothing.
    pub fn action(&self, context: KeyContext, event: &KeyEvent) -> Option<Action> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let key = KeyPress::of(event);
        self.bindings
            .iter()
            .filter(|b| b.context == context || b.context == KeyContext::Anywhere)
            .find(|b| b.keys.contains(&key))
            .map(|b| b.action)
    }

    /// True if a character is a key of this context, so that it cannot mean anything else there.
    pub fn has_character(&self, context: KeyContext, c: char) -> bool {
        self.of(context).any(|binding| binding.keys.contains(&key_press::char(c)))
    }

    /// The label of the first key for an action in a context. Empty if no key does it.
    pub fn label(&self, context: KeyContext, action: Action) -> &str {
        self.find(context, action).map_or("", KeyBinding::label)
    }
}

/// The character that a key types, if it types one.
pub fn typed(event: &KeyEvent) -> Option<char> {
    let is_held = event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match event.code {
        KeyCode::Char(c) if event.kind != KeyEventKind::Release && !is_held => Some(c),
        _ => None,
    }
}

/// The characters that a pasted text types into a line: its first line that is not blank, trimmed.
pub fn pasted_line(text: &str) -> impl Iterator<Item = char> + '_ {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().chars()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings_in_a_context() {
        let keymap = Keymap::default();
        for (i, a) in keymap.bindings().iter().enumerate() {
            for b in &keymap.bindings()[i + 1..] {
                let shared = a.keys.iter().find(|key| b.keys.contains(key));
                assert!(!a.context.overlaps(b.context) || shared.is_none(), "{shared:?} in {:?}", a.context);
            }
        }
    }

    #[test]
    fn an_action_has_one_binding_in_a_context() {
        let keymap = Keymap::default();
        for (i, a) in keymap.bindings().iter().enumerate() {
            let again =
                keymap.bindings()[i + 1..].iter().find(|b| b.context == a.context && b.action == a.action);
            assert!(again.is_none(), "{again:?}");
        }
    }

    #[test]
    fn every_default_key_can_be_written_in_the_settings() {
        for key in Keymap::default().bindings().iter().flat_map(|b| &b.keys) {
            assert_eq!(KeyPress::parse(&key.name()), Ok(*key));
        }
    }

    #[test]
    fn ignores_a_release_and_unknown_modifiers() {
        let keymap = Keymap::default();
        let mut key = KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE);
        assert_eq!(keymap.action(KeyContext::Running, &key), Some(Action::Pause));
        key.kind = KeyEventKind::Release;
        assert_eq!(keymap.action(KeyContext::Running, &key), None);
        let with_alt = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT);
        assert_eq!(keymap.action(KeyContext::Running, &with_alt), None);
        let plus = KeyEvent::new(KeyCode::Char('+'), KeyModifiers::SHIFT);
        assert_eq!(keymap.action(KeyContext::Running, &plus), Some(Action::Louder));
    }

    #[test]
    fn rebinding_replaces_keys_and_labels() {
        let mut keymap = Keymap::default();
        let keys = ["Shift-P", "F5", "PageDown"].map(|name| KeyPress::parse(name).unwrap());
        keymap.rebind(KeyContext::Running, Action::Pause, &keys);
        let press = |code| KeyEvent::new(code, KeyModifiers::NONE);
        assert_eq!(keymap.action(KeyContext::Running, &press(KeyCode::Char(' '))), None);
        assert_eq!(keymap.action(KeyContext::Running, &press(KeyCode::F(5))), Some(Action::Pause));
        let pause = keymap.find(KeyContext::Running, Action::Pause).unwrap();
        assert_eq!(pause.labels, ["Shift-P", "F5"], "as many as fit");
        assert_eq!(keymap.bindings().len(), Keymap::default().bindings().len());
    }

    #[test]
    fn a_binding_without_keys_has_no_hint() {
        let mut keymap = Keymap::default();
        keymap.rebind(KeyContext::Running, Action::Skip, &[]);
        let skip = keymap.find(KeyContext::Running, Action::Skip).unwrap();
        assert_eq!((skip.all_labels().as_str(), skip.hint), ("", ""));
        assert_eq!(skip.description, "Skip to the next step");
    }
}
