//! The runner's own keys: the table with some of its rows changed, and what keys, places and actions are called.

use super::{Action, KeyBinding, KeyContext, TABLE};
use crate::text::nearest;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key, with what is held while it is pressed.
pub type KeyPress = (KeyCode, KeyModifiers);

/// The columns that the names of a row's keys may take together.
const NAMES: usize = 12;

/// Keys with a name of their own: as it is written, and as it is shown.
const NAMED: [(&str, &str, KeyCode); 16] = [
    ("Space", "Space", KeyCode::Char(' ')),
    ("Enter", "Enter", KeyCode::Enter),
    ("Esc", "Esc", KeyCode::Esc),
    ("Tab", "Tab", KeyCode::Tab),
    ("Shift-Tab", "Shift-Tab", KeyCode::BackTab),
    ("Backspace", "Backspace", KeyCode::Backspace),
    ("Delete", "Delete", KeyCode::Delete),
    ("Insert", "Insert", KeyCode::Insert),
    ("Up", "↑", KeyCode::Up),
    ("Down", "↓", KeyCode::Down),
    ("Left", "←", KeyCode::Left),
    ("Right", "→", KeyCode::Right),
    ("PageUp", "PageUp", KeyCode::PageUp),
    ("PageDown", "PageDown", KeyCode::PageDown),
    ("Home", "Home", KeyCode::Home),
    ("End", "End", KeyCode::End),
];

/// The key of a name; else the name that was probably meant, if there is one.
///
/// # Errors
/// Where no key has this name.
pub fn key_of(name: &str) -> Result<KeyPress, Option<&'static str>> {
    let plain = |code| Ok((code, KeyModifiers::NONE));
    let mut letters = name.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        return match c {
            ' ' => Err(Some("Space")),
            '\t' => Err(Some("Tab")),
            '\n' | '\r' => Err(Some("Enter")),
            _ if c.is_control() || c.is_whitespace() => Err(None),
            _ => plain(KeyCode::Char(c)),
        };
    }
    if let Some((.., code)) = NAMED.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)) {
        return plain(*code);
    }
    if let Some(n) = name.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok())
        && (1..=12).contains(&n)
    {
        return plain(KeyCode::F(n));
    }
    let held = |with: &str| {
        let (held, letter) = name.split_at_checked(with.len())?;
        let mut letters = letter.chars();
        let letter = letters.next().filter(|c| c.is_ascii_alphabetic() && letters.next().is_none())?;
        held.eq_ignore_ascii_case(with).then_some(letter)
    };
    match (held("Ctrl-"), held("Shift-")) {
        // A terminal sends the same for these as for the keys that have names of their own.
        (Some('m' | 'M' | 'j' | 'J'), _) => Err(Some("Enter")),
        (Some('i' | 'I'), _) => Err(Some("Tab")),
        (Some(letter), _) => Ok((KeyCode::Char(letter.to_ascii_lowercase()), KeyModifiers::CONTROL)),
        (_, Some(letter)) => plain(KeyCode::Char(letter.to_ascii_uppercase())),
        // Of two letters every other name of three is near.
        _ if name.chars().count() < 3 => Err(None),
        _ => Err(nearest(name, NAMED.iter().map(|(known, ..)| *known))),
    }
}

/// What a key is called.
pub fn name_of((code, held): KeyPress) -> String {
    if let Some((_, shown, _)) = NAMED.iter().find(|(.., known)| *known == code) {
        return (*shown).to_string();
    }
    match code {
        KeyCode::F(n) => format!("F{n}"),
        KeyCode::Char(c) if held == KeyModifiers::CONTROL => format!("Ctrl-{}", c.to_ascii_uppercase()),
        KeyCode::Char(c) if c.is_ascii_uppercase() => format!("Shift-{c}"),
        KeyCode::Char(c) => c.to_string(),
        // The table has no others, and none can be written.
        _ => "?".to_string(),
    }
}

/// The names of some keys in a row, as many as fit and the first of them always.
fn names(keys: &[KeyPress]) -> String {
    let mut all = String::new();
    for name in keys.iter().map(|key| name_of(*key)) {
        if all.is_empty() {
            all = name;
        } else if all.chars().count() + 2 + name.chars().count() <= NAMES {
            all = all + "  " + &name;
        }
    }
    all
}

/// As it is written in the configuration: `EndStep` is `end_step`.
fn snake(name: &str) -> String {
    let mut written = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !written.is_empty() {
            written.push('_');
        }
        written.extend(c.to_lowercase());
    }
    written
}

impl Action {
    /// Its name in the configuration: that of the code, so that an action cannot be without one. A test has the
    /// names that are in use: a change to them is a change to what runners have written.
    pub fn name(self) -> String {
        snake(&format!("{self:?}"))
    }

    /// Whether nothing is lost where no key does it: what leads on, out and to help does not count.
    pub fn is_a_comfort(self) -> bool {
        !matches!(
            self,
            Action::Pause
                | Action::EndStep
                | Action::Quit
                | Action::Help
                | Action::Choose
                | Action::Close
                | Action::Keep
                | Action::Cancel
                | Action::Stop
                | Action::GoOn
                | Action::Later
                | Action::Leave
                | Action::Interrupt
                | Action::Suspend
        )
    }
}

impl KeyContext {
    /// Its name in the configuration, as with actions.
    pub fn name(self) -> String {
        snake(&format!("{self:?}"))
    }

    /// Whether a key that does something in both could be taken for the other. Answers are given while it runs.
    pub fn meets(self, other: KeyContext) -> bool {
        let pair = [self, other];
        self == other || pair.contains(&KeyContext::Running) && pair.contains(&KeyContext::Answering)
    }

    /// Whether this character is typed there, so that it cannot be a key.
    pub fn types(self, c: char) -> bool {
        match self {
            KeyContext::Searching | KeyContext::Filling | KeyContext::Writing => true,
            KeyContext::Rating | KeyContext::Race | KeyContext::Factor => {
                c.is_ascii_digit() || ".,:".contains(c)
            }
            _ => false,
        }
    }

    /// Every context that has rows in the table, in its order.
    pub fn all() -> Vec<KeyContext> {
        let mut all: Vec<KeyContext> = Vec::new();
        for row in TABLE {
            if !all.contains(&row.context) {
                all.push(row.context);
            }
        }
        all
    }
}

/// What a key press asks for, by the rows of a table.
pub(crate) fn asked_by(rows: &[KeyBinding], context: KeyContext, key: &KeyEvent) -> Option<Action> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    // A character says by itself whether Shift was held.
    let held = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    rows.iter()
        .filter(|b| b.context == context || b.context == KeyContext::Anywhere)
        .find(|b| b.keys.contains(&(key.code, held)))
        .map(|b| b.action)
}

/// The table, with rows of one's own.
#[derive(Clone, Debug)]
pub struct UserBindings {
    pub(crate) rows: Vec<KeyBinding>,
}

impl Default for UserBindings {
    fn default() -> Self {
        UserBindings { rows: TABLE.to_vec() }
    }
}

impl UserBindings {
    /// Has these keys do something in a context, instead of those that did.
    ///
    /// Rows live as long as the program, as the table's do, and pages keep references to them: what a changed one
    /// holds is never given back. There are as many as a runner has written, once.
    pub fn change(&mut self, context: KeyContext, action: Action, keys: &[KeyPress]) {
        if let Some(row) = self.rows.iter_mut().find(|b| b.context == context && b.action == action) {
            row.names = names(keys).leak();
            row.keys = keys.to_vec().leak();
            if keys.is_empty() {
                row.short = "";
            }
        }
    }

    /// What a key press asks for.
    pub fn action(&self, context: KeyContext, key: &KeyEvent) -> Option<Action> {
        asked_by(&self.rows, context, key)
    }

    /// The rows of a context, in order.
    pub fn of(&self, context: KeyContext) -> impl Iterator<Item = &KeyBinding> {
        self.rows.iter().filter(move |b| b.context == context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_written() {
        for binding in TABLE {
            for key in binding.keys {
                let shown = name_of(*key);
                let written = NAMED.iter().find(|(_, s, _)| *s == shown).map_or(shown.as_str(), |(w, ..)| *w);
                assert_eq!(key_of(written), Ok(*key), "{written}");
            }
        }
    }

    #[test]
    fn the_table_names_keys_as_changed_rows_do() {
        for binding in TABLE {
            for name in binding.names.split("  ").filter(|n| !n.contains('–')) {
                assert!(binding.keys.iter().any(|key| name_of(*key) == name), "{name} {binding:?}");
            }
        }
    }

    #[test]
    fn keys_are_told_by_their_names() {
        let plain = |code| Ok((code, KeyModifiers::NONE));
        assert_eq!(key_of("space"), plain(KeyCode::Char(' ')));
        assert_eq!(key_of("F12"), plain(KeyCode::F(12)));
        assert_eq!(key_of("Shift-d"), plain(KeyCode::Char('D')));
        assert_eq!(key_of("D"), plain(KeyCode::Char('D')));
        assert_eq!(key_of("é"), plain(KeyCode::Char('é')));
        assert_eq!(key_of("ctrl-X"), Ok((KeyCode::Char('x'), KeyModifiers::CONTROL)));
        for (wrong, meant) in [
            ("Spcae", Some("Space")),
            ("F13", None),
            ("F0", None),
            ("Ctrl-", None),
            ("Ctrl-é", None),
            ("", None),
            (" ", Some("Space")),
            ("ab", None),
            ("\u{1b}", None),
            ("Pagedwn", Some("PageDown")),
            ("日本", None),
        ] {
            assert_eq!(key_of(wrong), Err(meant), "{wrong:?}");
        }
    }

    #[test]
    fn a_changed_row_has_new_keys_and_their_names() {
        let mut keys = UserBindings::default();
        let p = (KeyCode::Char('P'), KeyModifiers::NONE);
        let f5 = (KeyCode::F(5), KeyModifiers::NONE);
        let down = (KeyCode::PageDown, KeyModifiers::NONE);
        keys.change(KeyContext::Running, Action::Pause, &[p, f5, down]);
        let press = |code| KeyEvent::new(code, KeyModifiers::NONE);
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Char(' '))), None);
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::F(5))), Some(Action::Pause));
        let row = keys.of(KeyContext::Running).find(|b| b.action == Action::Pause).unwrap();
        assert_eq!(row.names, "Shift-P  F5");
        assert_eq!(keys.of(KeyContext::Running).count(), crate::keymap::of(KeyContext::Running).count());
    }

    #[test]
    fn a_row_without_keys_is_no_hint() {
        let mut keys = UserBindings::default();
        keys.change(KeyContext::Running, Action::Skip, &[]);
        let row = keys.of(KeyContext::Running).find(|b| b.action == Action::Skip).unwrap();
        assert_eq!((row.names, row.short, row.says), ("", "", "Skip to the next step"));
    }

    #[test]
    fn an_action_has_one_row_in_a_place() {
        for (i, a) in TABLE.iter().enumerate() {
            let again = TABLE[i + 1..].iter().find(|b| b.context == a.context && b.action == a.action);
            assert!(again.is_none(), "{again:?}");
        }
    }

    #[test]
    fn what_runners_have_written_keeps_its_meaning() {
        let names: Vec<String> = crate::keymap::of(KeyContext::Running).map(|b| b.action.name()).collect();
        for name in
            ["pause", "skip", "back", "extend", "end_step", "quit", "faster", "slower", "console", "help"]
        {
            assert!(names.contains(&name.to_string()), "{name}");
        }
        let places: Vec<String> = KeyContext::all().into_iter().map(KeyContext::name).collect();
        for name in ["picking", "searching", "logged", "session", "quitting", "rating", "absence", "ended"] {
            assert!(places.contains(&name.to_string()), "{name}");
        }
    }
}
