//! The runner's own keys in the settings: `[keys]` or `[keys.running]` for a running workout, `[keys.logged]` and so on for
//! other contexts.

use crate::diagnostic::Diagnostic;
use crate::keymap::{Action, KeyBinding, KeyContext, KeyPress, Keymap};
use crate::spanned_toml::{self, SpannedKey, SpannedTable, SpannedValue};
use crate::text::quoted;
use clap::ValueEnum;
use std::ops::Range;
use toml::de::DeValue;

const TABLE_HELP: &str = "write `[keys]` and, below it, `pause = [\"Space\"]`";
const LIST_HELP: &str = "write the keys as a list, such as `pause = [\"Space\", \"p\"]`";
const NAMES_HELP: &str = "a key is a single character, `Space`, `Enter`, `Esc`, `Tab`, `Shift-Tab`, `Backspace`, `Delete`, \
    `Insert`, `Up`, `Down`, `Left`, `Right`, `PageUp`, `PageDown`, `Home`, `End`, `F1` to `F12`, `Shift-D` or `Ctrl-X`";

/// A key and where it was written.
struct SpannedKeyPress {
    key: KeyPress,
    span: Range<usize>,
}

/// The keys that were written for an action in a context.
struct KeyRow {
    context: KeyContext,
    action: Action,
    keys: Vec<SpannedKeyPress>,
}

/// Reads the table `keys` into a keymap. Problems are added to `problems`.
pub fn read(value: &SpannedValue<'_>, problems: &mut Vec<Diagnostic>) -> Keymap {
    let mut keymap = Keymap::default();
    let DeValue::Table(table) = value.get_ref() else {
        problems.push(spanned_toml::wrong_value("keys", value, TABLE_HELP));
        return keymap;
    };
    let mut reader = KeysReader::new(problems);
    reader.read_table(table);
    reader.check_conflicts(&keymap);
    for row in reader.rows {
        let keys: Vec<KeyPress> = row.keys.iter().map(|spanned| spanned.key).collect();
        keymap.rebind(row.context, row.action, &keys);
    }
    keymap
}

/// Reads the tables of keys, one row for each action.
struct KeysReader<'a> {
    default: Keymap,
    /// The contexts with a table of their own, and its names.
    contexts: Vec<(String, KeyContext)>,
    rows: Vec<KeyRow>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> KeysReader<'a> {
    fn new(problems: &'a mut Vec<Diagnostic>) -> Self {
        let contexts = KeyContext::value_variants().iter().copied();
        let with_table = contexts.filter(|c| *c != KeyContext::Anywhere);
        let contexts = with_table.map(|context| (context.name(), context)).collect();
        KeysReader { default: Keymap::default(), contexts, rows: Vec::new(), problems }
    }

    /// Reads `[keys]`, with the tables of other contexts in it.
    fn read_table(&mut self, table: &SpannedTable<'_>) {
        for (key, value) in table {
            let context = self.contexts.iter().find(|(name, _)| name == key.get_ref()).map(|(_, c)| *c);
            match (context, value.get_ref()) {
                (Some(context), DeValue::Table(inner)) => {
                    for (key, value) in inner {
                        self.read_row(context, inner, key, value);
                    }
                }
                // A table that names no context is a misspelt context.
                (None, DeValue::Table(_)) => {
                    let known: Vec<&str> = self.contexts.iter().map(|(name, _)| name.as_str()).collect();
                    self.problems.push(spanned_toml::misspelt(table, key, &known));
                }
                _ => self.read_row(KeyContext::Running, table, key, value),
            }
        }
    }

    /// Reads the keys for one action.
    fn read_row(
        &mut self,
        context: KeyContext,
        table: &SpannedTable<'_>,
        key: &SpannedKey<'_>,
        value: &SpannedValue<'_>,
    ) {
        let name = key.get_ref();
        let Some(default) = self.default.of(context).find(|b| b.action.is_named(name)) else {
            let problem = self.unknown_action(context, table, key);
            self.problems.push(problem);
            return;
        };
        let keys = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|name| read_key(name, context)).collect(),
            DeValue::String(_) => vec![read_key(value, context)],
            _ => vec![Err(spanned_toml::wrong_value(name, value, LIST_HELP))],
        };
        let has_errors = keys.iter().any(Result::is_err);
        let mut row = KeyRow { context, action: default.action, keys: Vec::new() };
        for key in keys {
            match key {
                Ok(new) if row.keys.iter().all(|old| old.key != new.key) => row.keys.push(new),
                Ok(_) => {}
                Err(problem) => self.problems.push(problem),
            }
        }
        if row.keys.is_empty() && !has_errors && !default.action.is_optional() {
            let example = default.keys.first().map_or(String::new(), |key| key.name());
            let message = format!("{} has no key", quoted(name));
            let problem = Diagnostic::error(value.span(), message, "needs a key");
            self.problems
                .push(problem.with_help(format!("give it a key, such as `{name} = [\"{example}\"]`")));
        }
        if self.rows.iter().any(|other| (other.context, other.action) == (row.context, row.action)) {
            let message = format!("{} has two lists of keys", quoted(name));
            let problem = Diagnostic::error(value.span(), message, "the second list");
            self.problems.push(problem.with_help("write all keys of an action in one list"));
            return;
        }
        self.rows.push(row);
    }

    fn unknown_action(
        &self,
        context: KeyContext,
        table: &SpannedTable<'_>,
        key: &SpannedKey<'_>,
    ) -> Diagnostic {
        let actions: Vec<String> = self.default.of(context).map(|b| b.action.name()).collect();
        let mut known: Vec<&str> = actions.iter().map(String::as_str).collect();
        if context == KeyContext::Running {
            known.extend(self.contexts.iter().map(|(name, _)| name.as_str()));
        }
        spanned_toml::misspelt(table, key, &known)
    }

    /// Reports keys with two meanings in one context.
    fn check_conflicts(&mut self, default: &Keymap) {
        let mut conflicts = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            for spanned in &row.keys {
                let earlier = &self.rows[..i];
                if let Some((action, help)) = self.conflict(row.context, spanned.key, earlier, default) {
                    let message =
                        format!("`{}` is already the key for `{}`", spanned.key.name(), action.name());
                    let problem = Diagnostic::error(spanned.span.clone(), message, "one key for two actions");
                    conflicts.push(problem.with_help(help));
                }
            }
        }
        self.problems.extend(conflicts);
    }

    /// The other action of a key in a context, and the way to resolve the conflict.
    fn conflict(
        &self,
        context: KeyContext,
        key: KeyPress,
        earlier: &[KeyRow],
        default: &Keymap,
    ) -> Option<(Action, String)> {
        let is_row = |row: &&KeyRow| row.keys.iter().any(|spanned| spanned.key == key);
        if let Some(row) = earlier.iter().filter(|row| row.context.overlaps(context)).find(is_row) {
            return Some((row.action, "remove one of them".to_string()));
        }
        let is_rebound =
            |b: &KeyBinding| self.rows.iter().any(|r| r.context == b.context && r.action == b.action);
        let bindings = default.bindings().iter().filter(|b| b.context.overlaps(context) && !is_rebound(b));
        let binding = bindings.into_iter().find(|b| b.keys.contains(&key))?;
        let help = match binding.context {
            KeyContext::Anywhere => "it does the same everywhere: use another key".to_string(),
            _ => {
                let others = binding.keys.iter().filter(|other| **other != key);
                let others: Vec<String> = others.map(|key| format!("\"{}\"", key.name())).take(2).collect();
                let action = binding.action.name();
                format!("use another key, or rebind the other action: `{action} = [{}]`", others.join(", "))
            }
        };
        Some((binding.action, help))
    }
}

/// Names that other programs have for keys.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("spacebar", "Space"),
    ("space bar", "Space"),
    ("return", "Enter"),
    ("cr", "Enter"),
    ("escape", "Esc"),
    ("del", "Delete"),
    ("ins", "Insert"),
    ("bs", "Backspace"),
    ("pgup", "PageUp"),
    ("pgdn", "PageDown"),
    ("pgdown", "PageDown"),
    ("backtab", "Shift-Tab"),
    ("arrowup", "Up"),
    ("arrowdown", "Down"),
];

/// Returns the name of a key that another program calls `name`: `ctrl+p` is `Ctrl-P`.
fn other_name(name: &str) -> Option<String> {
    let plain = name.trim().to_lowercase();
    let known = OTHER_NAMES.iter().find(|(other, _)| *other == plain).map(|(_, name)| (*name).to_string());
    let letter =
        ["ctrl+", "control+", "control-", "c-", "^"].iter().find_map(|start| plain.strip_prefix(start));
    let with_control = letter.map(|letter| format!("Ctrl-{}", letter.to_uppercase()));
    known.or(with_control).filter(|name| KeyPress::parse(name).is_ok())
}

fn read_key(value: &SpannedValue<'_>, context: KeyContext) -> Result<SpannedKeyPress, Diagnostic> {
    let DeValue::String(name) = value.get_ref() else {
        return Err(spanned_toml::wrong_value("a key", value, LIST_HELP));
    };
    let key = KeyPress::parse(name).map_err(|unknown| {
        let message = format!("unknown key {}", quoted(name));
        let problem = Diagnostic::error(value.span(), message, "not the name of a key");
        let suggestion = other_name(name).or_else(|| unknown.suggestion.map(|name| name.to_string()));
        problem.with_help(match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => NAMES_HELP.to_string(),
        })
    })?;
    if key.types_in(context) {
        let message = format!("`{}` is typed as text here", key.name());
        let problem = Diagnostic::error(value.span(), message, "cannot be a key");
        return Err(problem.with_help("use a key that types nothing, such as `F2` or `Ctrl-X`"));
    }
    Ok(SpannedKeyPress { key, span: value.span() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceText, apply_fixes};
    use crate::settings::Settings;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    fn parsed(text: &str) -> Result<Keymap, Vec<Diagnostic>> {
        Settings::parse(&SourceText::new("config.toml", text)).map(|settings| settings.keymap)
    }

    fn press(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    #[test]
    fn keys_replace_the_default_ones() {
        let keys =
            parsed("[keys]\nskip = [\"F2\", \"Right\"]\nback = []\n[keys.logged]\nundo = \"x\"\n").unwrap();
        let running = |code| keys.action(KeyContext::Running, &press(code));
        assert_eq!(running(KeyCode::F(2)), Some(Action::Skip));
        assert_eq!(running(KeyCode::Right), Some(Action::Skip));
        assert_eq!(running(KeyCode::PageDown), None);
        assert_eq!(running(KeyCode::Left), None);
        assert_eq!(running(KeyCode::Char(' ')), Some(Action::Pause));
        assert_eq!(keys.action(KeyContext::Logged, &press(KeyCode::Char('x'))), Some(Action::Undo));
        assert_eq!(keys.action(KeyContext::Logged, &press(KeyCode::Char('u'))), None);
        let control = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(keys.action(KeyContext::Running, &control), Some(Action::Interrupt));
    }

    /// `signs` and `minutes` are actions of the running screen, and pages as well.
    #[test]
    fn the_running_screen_has_a_table_beside_pages_with_the_names_of_its_actions() {
        let keys = parsed("[keys.running]\nsigns = \"x\"\n[keys.signs]\nclose = \"q\"\n").unwrap();
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Char('x'))), Some(Action::Signs));
        assert_eq!(keys.action(KeyContext::Signs, &press(KeyCode::Char('q'))), Some(Action::Close));
    }

    #[test]
    fn two_actions_can_swap_keys() {
        let keys = parsed("[keys]\nskip = [\"Left\"]\nback = [\"Right\"]").unwrap();
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Left)), Some(Action::Skip));
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Right)), Some(Action::Back));
    }

    #[test]
    fn underlines_mistakes_and_says_what_to_write() {
        for (text, underlined, message, help) in [
            ("keys = 1", "1", "`keys` is a bare number", "below it"),
            ("[keys]\npuase = [\"p\"]", "puase", "unknown key `puase`", "did you mean `pause`?"),
            ("[keys]\npause = 1", "1", "`pause` is a bare number", "as a list"),
            ("[keys]\npause = [1]", "1", "`a key` is a bare number", "as a list"),
            ("[keys]\npause = [\"Spcae\"]", "\"Spcae\"", "unknown key `Spcae`", "did you mean `Space`?"),
            ("[keys]\npause = [\"Hyper\"]", "\"Hyper\"", "unknown key `Hyper`", "`F1` to `F12`"),
            ("[keys]\npause = [\" \"]", "\" \"", "unknown key ``", "did you mean `Space`?"),
            ("[keys]\npause = [\"\\t\"]", "\"\\t\"", "unknown key ``", "did you mean `Tab`?"),
            ("[keys]\npause = [\"ab\"]", "\"ab\"", "unknown key `ab`", "`Shift-Tab`"),
            ("[keys]\npause = [\"F13\"]", "\"F13\"", "unknown key `F13`", "`F1` to `F12`"),
            ("[keys]\npause = []", "[]", "`pause` has no key", "`pause = [\"Space\"]`"),
            (
                "[keys]\nend_step = [\"Ctrl-M\"]",
                "\"Ctrl-M\"",
                "unknown key `Ctrl-M`",
                "did you mean `Enter`?",
            ),
            ("[keys]\nskip = [\"n\"]", "\"n\"", "`n` is already the key for `no`", "use another"),
            (
                "[keys]\npause = [\"x\"]\n[keys.running]\npause = [\"F2\"]",
                "[\"F2\"]",
                "`pause` has two lists of keys",
                "in one list",
            ),
            ("[keys]\nhelp = []", "[]", "`help` has no key", "`help = [\"?\"]`"),
            ("[keys]\nquit = []", "[]", "`quit` has no key", "`quit = [\"q\"]`"),
            (
                "[keys]\npause = [\"Right\"]",
                "\"Right\"",
                "`Right` is already the key for `skip`",
                "`skip = [\"PageDown\"]`",
            ),
            (
                "[keys]\npause = [\"x\"]\nskip = [\"x\"]",
                "\"x\"",
                "`x` is already the key for `pause`",
                "remove one of them",
            ),
            (
                "[keys]\npause = [\"Ctrl-C\"]",
                "\"Ctrl-C\"",
                "`Ctrl-C` is already the key for `interrupt`",
                "use another key",
            ),
            ("[keys.loged]\nundo = [\"x\"]", "loged", "unknown key `loged`", "did you mean `logged`?"),
            ("[keys.logged]\npause = [\"x\"]", "pause", "unknown key `pause`", "the keys are"),
            ("[keys.anywhere]\ninterrupt = [\"x\"]", "anywhere", "unknown key `anywhere`", "the keys are"),
            ("[keys.searching]\nkeep = [\"x\"]", "\"x\"", "`x` is typed as text here", "types nothing"),
            ("[keys.rating]\nkeep = [\"1\"]", "\"1\"", "`1` is typed as text here", "types nothing"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert_eq!(&text[problems[0].span.clone()], underlined, "{text}");
            assert_eq!(problems[0].message, message, "{text}");
            let actual = problems[0].help.as_deref().unwrap();
            assert!(actual.contains(help), "{text}: {actual}");
        }
    }

    #[test]
    fn reports_all_mistakes_at_once_and_fixes_misspellings() {
        let text = "[keys]\npause = []\nskip = [\"Spcae\", \"Hyper\"]\nqiut = [\"x\"]\n";
        assert_eq!(parsed(text).unwrap_err().len(), 4);
        let text = "[keys]\nextnd = [\"F3\"]\n";
        let fixed = apply_fixes(text, &parsed(text).unwrap_err());
        let keys = parsed(&fixed).unwrap();
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::F(3))), Some(Action::Extend));
    }
}
