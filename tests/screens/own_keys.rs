//! Keys of the runner's own on every page: the page names them and no default key in their place.

use super::text;
use crate::screenshots::scenes::SCENES;
use crossterm::event::KeyCode;
use pacebell::keymap::{KeyPress, Keymap};
use pacebell::tui::Theme;
use ratatui::layout::Size;

/// The first of the characters that no page shows otherwise: Latin letters with unusual signs.
const FIRST_SIGN: u32 = 0x180;

/// Returns a keymap with a sign of its own for each binding, and the signs.
fn with_signs() -> (&'static Keymap, Vec<char>) {
    let mut keymap = Keymap::default();
    let signs: Vec<char> = (FIRST_SIGN..).filter_map(char::from_u32).take(keymap.bindings().len()).collect();
    for (binding, sign) in Keymap::defaults().bindings().iter().zip(&signs) {
        keymap.rebind(binding.context, binding.action, &[KeyPress::plain(KeyCode::Char(*sign))]);
    }
    (Box::leak(Box::new(keymap)), signs)
}

#[test]
fn every_page_names_the_keys_of_the_settings() {
    let (keymap, signs) = with_signs();
    let hints = Keymap::defaults().bindings().iter().filter(|binding| !binding.hint.is_empty());
    let default_hints: Vec<String> = hints.map(|b| format!("{} {}", b.label(), b.hint)).collect();
    let hints_of = |page: &str| -> Vec<String> {
        page.split("   ").flat_map(|part| part.split('\n')).map(|part| part.trim().to_string()).collect()
    };
    let mut pages_with_keys = 0;
    for scene in &SCENES {
        let size = Size::new(80, 24);
        let by_default = text(&(scene.open)(Theme::new(true))(size));
        let renamed = text(&(scene.open)(Theme::new(true).with_keymap(keymap))(size));
        let left: Vec<String> =
            hints_of(&renamed).into_iter().filter(|part| default_hints.contains(part)).collect();
        assert!(left.is_empty(), "{}: {left:?} in\n{renamed}", scene.name);
        // The last seconds of a step have no room for keys.
        if hints_of(&by_default).iter().any(|part| default_hints.contains(part)) {
            pages_with_keys += 1;
            assert!(renamed.contains(|c| signs.contains(&c)), "{}: no key\n{renamed}", scene.name);
        }
    }
    assert!(pages_with_keys >= SCENES.len() - 2, "only {pages_with_keys} pages name their keys");
}
