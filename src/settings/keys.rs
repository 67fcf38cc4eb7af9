//! The runner's own keys as they stand in the settings: `[keys]` for the running screen, `[keys.logged]` and so on
//! for others.

use crate::diagnostic::Diagnostic;
use crate::keymap::{Action, KeyBinding, KeyContext, KeyPress, TABLE, UserBindings, key_of, name_of};
use crate::spanned_toml::{self, SpannedTable, SpannedValue};
use crate::text::quoted;
use crossterm::event::{KeyCode, KeyModifiers};
use std::ops::Range;
use toml::de::DeValue;

/// The keys that are to do something in a place, instead of the usual ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOverride {
    /// Where.
    pub context: KeyContext,
    /// What.
    pub action: Action,
    /// The keys.
    pub keys: Vec<KeyPress>,
}

impl KeyOverride {
    /// The table of keys with these changes.
    pub fn all(changes: &[KeyOverride]) -> UserBindings {
        let mut keys = UserBindings::default();
        for change in changes {
            keys.change(change.context, change.action, &change.keys);
        }
        keys
    }
}

const FORM: &str = "write the keys as a list, like `pause = [\"Space\", \"p\"]`";
const NAMES: &str = "keys are single characters, `Space`, `Enter`, `Esc`, `Tab`, `Shift-Tab`, `Backspace`, `Delete`, \
    `Insert`, `Up`, `Down`, `Left`, `Right`, `PageUp`, `PageDown`, `Home`, `End`, `F1` to `F12`, `Shift-D` and `Ctrl-X`";

/// A key as it was written, and where.
type SpannedKeyName = (KeyPress, Range<usize>);

/// What was written for an action.
struct KeyRow {
    context: KeyContext,
    action: Action,
    keys: Vec<SpannedKeyName>,
}

/// Reads the table `keys`; its mistakes go to `problems`.
pub fn read(value: &SpannedValue<'_>, problems: &mut Vec<Diagnostic>) -> Vec<KeyOverride> {
    let DeValue::Table(table) = value.get_ref() else {
        problems.push(spanned_toml::wrong_value(
            "keys",
            value,
            "write `[keys]` and below it `pause = [\"Space\"]`",
        ));
        return Vec::new();
    };
    let places: Vec<(String, KeyContext)> = KeyContext::all()
        .into_iter()
        .filter(|c| !matches!(c, KeyContext::Running | KeyContext::Anywhere))
        .map(|c| (c.name(), c))
        .collect();
    let mut rows = Vec::new();
    let others: Vec<&str> = places.iter().map(|(name, _)| name.as_str()).collect();
    for (key, value) in table {
        match (places.iter().find(|(name, _)| name == key.get_ref()), value.get_ref()) {
            (Some((_, context)), DeValue::Table(inner)) => {
                read_place(inner, (*context, &[]), &mut rows, problems)
            }
            // A table that is no place is one that is misspelt.
            (None, DeValue::Table(_)) => problems.push(spanned_toml::misspelt(table, key, &others)),
            _ => read_row((key, value), (table, KeyContext::Running, &others), &mut rows, problems),
        }
    }
    check(&rows, problems);
    let change = |row: KeyRow| KeyOverride {
        context: row.context,
        action: row.action,
        keys: row.keys.into_iter().map(|(key, _)| key).collect(),
    };
    rows.into_iter().map(change).collect()
}

fn read_place(
    table: &SpannedTable<'_>,
    (context, others): (KeyContext, &[&str]),
    rows: &mut Vec<KeyRow>,
    problems: &mut Vec<Diagnostic>,
) {
    for entry in table {
        read_row(entry, (table, context, others), rows, problems);
    }
}

/// Reads the keys of one action. `others` may stand beside it, and are named where it is none.
fn read_row(
    (key, value): (&spanned_toml::SpannedKey<'_>, &SpannedValue<'_>),
    (table, context, others): (&SpannedTable<'_>, KeyContext, &[&str]),
    rows: &mut Vec<KeyRow>,
    problems: &mut Vec<Diagnostic>,
) {
    let name = key.get_ref();
    let Some(row) = TABLE.iter().find(|b| b.context == context && b.action.name() == *name) else {
        let actions: Vec<String> =
            TABLE.iter().filter(|b| b.context == context).map(|b| b.action.name()).collect();
        let known: Vec<&str> = actions.iter().map(String::as_str).chain(others.iter().copied()).collect();
        problems.push(spanned_toml::misspelt(table, key, &known));
        return;
    };
    let keys = match value.get_ref() {
        DeValue::Array(list) => list.iter().map(|name| read_key(name, context)).collect(),
        DeValue::String(_) => vec![read_key(value, context)],
        _ => vec![Err(spanned_toml::wrong_value(name, value, FORM))],
    };
    let wrong = keys.iter().any(Result::is_err);
    let mut good: Vec<SpannedKeyName> = Vec::new();
    for key in keys {
        match key {
            Ok(written) if good.iter().all(|(k, _)| *k != written.0) => good.push(written),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if good.is_empty() && !wrong && !row.action.is_a_comfort() {
        let problem =
            Diagnostic::error(value.span(), format!("no key is left for {}", quoted(name)), "no keys");
        let usual = row.keys.first().map_or(String::new(), |key| written(*key));
        problems.push(problem.with_help(format!("give it one, like `{name} = [\"{usual}\"]`")));
    }
    rows.push(KeyRow { context, action: row.action, keys: good });
}

fn read_key(value: &SpannedValue<'_>, context: KeyContext) -> Result<SpannedKeyName, Diagnostic> {
    let DeValue::String(name) = value.get_ref() else {
        return Err(spanned_toml::wrong_value("a key", value, FORM));
    };
    let key = key_of(name).map_err(|meant| {
        let problem =
            Diagnostic::error(value.span(), format!("unknown key {}", quoted(name)), "no key's name");
        problem.with_help(meant.map_or(NAMES.to_string(), |meant| format!("did you mean `{meant}`?")))
    })?;
    match key {
        (KeyCode::Char(c), KeyModifiers::NONE) if context.types(c) => {
            let problem = Diagnostic::error(
                value.span(),
                format!("{} is typed there", quoted(&written(key))),
                "not free to be a key",
            );
            Err(problem.with_help("take a key that types nothing, like `F2` or `Ctrl-X`"))
        }
        key => Ok((key, value.span())),
    }
}

/// A key as it is written in the file.
fn written(key: KeyPress) -> String {
    let shown = name_of(key);
    match shown.as_str() {
        "↑" => "Up".to_string(),
        "↓" => "Down".to_string(),
        "←" => "Left".to_string(),
        "→" => "Right".to_string(),
        _ => shown,
    }
}

/// No key does two things in one place.
fn check(rows: &[KeyRow], problems: &mut Vec<Diagnostic>) {
    for (i, row) in rows.iter().enumerate() {
        let before = rows.iter().take(i).filter(|other| other.context.meets(row.context));
        let own: Vec<&KeyRow> = before.collect();
        for (key, span) in &row.keys {
            let twice = own.iter().find(|other| other.keys.iter().any(|(k, _)| k == key)).map(|o| o.action);
            let changed =
                |b: &KeyBinding| rows.iter().any(|r| r.context == b.context && r.action == b.action);
            let usual = TABLE.iter().find(|b| {
                let meet = b.context.meets(row.context) || b.context == KeyContext::Anywhere;
                meet && !changed(b) && b.keys.contains(key)
            });
            let name = written(*key);
            let (action, help) = match (twice, usual) {
                (Some(action), _) => (action, "leave one of them out".to_string()),
                (None, Some(b)) if b.context == KeyContext::Anywhere => {
                    (b.action, "its meaning is the same everywhere: take another key".to_string())
                }
                (None, Some(b)) => {
                    let also = format!("{} = [", b.action.name());
                    let rest = b.keys.iter().filter(|k| *k != key).map(|k| format!("\"{}\"", written(*k)));
                    let rest: Vec<String> = rest.take(2).collect();
                    (
                        b.action,
                        format!("take another, or give up the usual one: `{also}{}]`", rest.join(", ")),
                    )
                }
                (None, None) => continue,
            };
            let message = format!("{} is the key for `{}` already", quoted(&name), action.name());
            problems.push(Diagnostic::error(span.clone(), message, "one key for two things").with_help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceText, apply_fixes};
    use crate::settings::Settings;
    use crossterm::event::KeyEvent;

    fn parsed(text: &str) -> Result<UserBindings, Vec<Diagnostic>> {
        Settings::parse(&SourceText::new("config.toml", text)).map(|s| KeyOverride::all(&s.keys))
    }

    fn press(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    #[test]
    fn keys_are_those_of_the_file_and_else_the_usual_ones() {
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

    #[test]
    fn a_key_may_change_its_place() {
        let keys = parsed("[keys]\nskip = [\"Left\"]\nback = [\"Right\"]").unwrap();
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Left)), Some(Action::Skip));
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::Right)), Some(Action::Back));
    }

    #[test]
    fn mistakes_are_underlined() {
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
            ("[keys]\npause = []", "[]", "no key is left for `pause`", "`pause = [\"Space\"]`"),
            (
                "[keys]\nend_step = [\"Ctrl-M\"]",
                "\"Ctrl-M\"",
                "unknown key `Ctrl-M`",
                "did you mean `Enter`?",
            ),
            ("[keys]\nskip = [\"n\"]", "\"n\"", "`n` is the key for `no` already", "take another"),
            ("[keys]\nhelp = []", "[]", "no key is left for `help`", "`help = [\"?\"]`"),
            ("[keys]\nquit = []", "[]", "no key is left for `quit`", "`quit = [\"q\"]`"),
            (
                "[keys]\npause = [\"Right\"]",
                "\"Right\"",
                "`Right` is the key for `skip` already",
                "`skip = [\"PageDown\"]`",
            ),
            (
                "[keys]\npause = [\"x\"]\nskip = [\"x\"]",
                "\"x\"",
                "`x` is the key for `pause` already",
                "leave one of them out",
            ),
            (
                "[keys]\npause = [\"Ctrl-C\"]",
                "\"Ctrl-C\"",
                "`Ctrl-C` is the key for `interrupt` already",
                "take another key",
            ),
            ("[keys.loged]\nundo = [\"x\"]", "loged", "unknown key `loged`", "did you mean `logged`?"),
            ("[keys.logged]\npause = [\"x\"]", "pause", "unknown key `pause`", "the keys are"),
            ("[keys.anywhere]\ninterrupt = [\"x\"]", "anywhere", "unknown key `anywhere`", "the keys are"),
            ("[keys.searching]\nkeep = [\"x\"]", "\"x\"", "`x` is typed there", "types nothing"),
            ("[keys.rating]\nkeep = [\"1\"]", "\"1\"", "`1` is typed there", "types nothing"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert_eq!(&text[problems[0].span.clone()], underlined, "{text}");
            assert_eq!(problems[0].message, message, "{text}");
            let said = problems[0].help.as_deref().unwrap();
            assert!(said.contains(help), "{text}: {said}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_a_slip_is_mended() {
        let text = "[keys]\npause = []\nskip = [\"Spcae\", \"Hyper\"]\nqiut = [\"x\"]\n";
        assert_eq!(parsed(text).unwrap_err().len(), 4);
        let text = "[keys]\nextnd = [\"F3\"]\n";
        let mended = apply_fixes(text, &parsed(text).unwrap_err());
        let keys = parsed(&mended).unwrap();
        assert_eq!(keys.action(KeyContext::Running, &press(KeyCode::F(3))), Some(Action::Extend));
    }
}
