//! JSON with comments and with commas at the end of lists.

use super::loose_value::{LooseTable, LooseValue};

/// Reads `text` as a JSON object. Comments and commas before a closing bracket are left out.
pub(super) fn read(text: &str) -> Option<LooseTable> {
    let json = serde_json::from_str(&without_trailing_commas(&without_comments(text))).ok()?;
    match LooseValue::from_json(&json) {
        LooseValue::Table(entries) => Some(entries),
        LooseValue::List(items) => match <[LooseValue; 1]>::try_from(items) {
            Ok([LooseValue::Table(entries)]) => Some(entries),
            Ok(_) => None,
            // A list of several is that of the steps.
            Err(steps) => Some(vec![("steps".to_string(), LooseValue::List(steps))]),
        },
        _ => None,
    }
}

/// Returns `text` without `// …`, `# …` and `/* … */` outside of strings.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut letters = text.chars().peekable();
    let mut is_string = false;
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', _) if is_string => {
                kept.push(letter);
                kept.extend(letters.next());
                continue;
            }
            ('"', _) => is_string = !is_string,
            ('/', Some('/')) | ('#', _) if !is_string => {
                while letters.peek().is_some_and(|next| *next != '\n') {
                    letters.next();
                }
                continue;
            }
            ('/', Some('*')) if !is_string => {
                let mut before = ' ';
                for next in letters.by_ref() {
                    if (before, next) == ('*', '/') {
                        break;
                    }
                    before = next;
                }
                continue;
            }
            _ => {}
        }
        kept.push(letter);
    }
    kept
}

fn without_trailing_commas(text: &str) -> String {
    let mut kept = String::new();
    let mut is_string = false;
    let mut is_escaped = false;
    for letter in text.chars() {
        if letter == '"' && !is_escaped {
            is_string = !is_string;
        }
        is_escaped = letter == '\\' && !is_escaped;
        if matches!(letter, '}' | ']') && !is_string && kept.trim_end().ends_with(',') {
            kept.truncate(kept.trim_end().len() - 1);
        }
        kept.push(letter);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_comments_and_trailing_commas() {
        let text = "{ // one\n \"a\": \"http://x, ]\", /* two */ \"b\": [1, 2,], # three\n}";
        let table = read(text).map(|entries| LooseValue::Table(entries).to_toml());
        assert_eq!(table.as_deref(), Some("{ a = \"http://x, ]\", b = [1, 2] }"));
        assert_eq!(read("{ \"a\": }"), None);
        assert_eq!(read("\"a\""), None);
    }
}
