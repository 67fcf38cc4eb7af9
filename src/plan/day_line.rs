//! The line of a day: `item and item`, each with `optional` and alternatives.

use crate::workout::language::notation::Notation;
use std::ops::Range;

/// The line of a day.
#[derive(Clone, Debug)]
pub(super) struct DayLine {
    /// A note about the day.
    pub(super) about: Option<String>,
    /// The items in order.
    pub(super) items: Vec<ItemLine>,
    /// The bytes of the whole line.
    pub(super) span: Range<usize>,
}

/// One item of a line.
#[derive(Clone, Debug)]
pub(super) struct ItemLine {
    pub(super) optional: bool,
    /// The alternatives in order.
    pub(super) sessions: Vec<SessionText>,
}

/// One alternative, as it is written.
#[derive(Clone, Debug)]
pub(super) enum SessionText {
    /// `rest`.
    Rest,
    /// `race`.
    Race(Range<usize>),
    /// A name or notation, with the way back to the bytes of the file.
    Workout(Notation),
    /// Nothing between two words, such as after the last `or`. The bytes are those of the word.
    Missing(Range<usize>),
}

/// A word that divides a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Divider {
    And,
    Or,
}

/// Divides a line into its items. Words count outside quotes and brackets only.
pub(super) fn read_line(notation: &Notation) -> Vec<ItemLine> {
    let mut items: Vec<ItemLine> = Vec::new();
    let mut begins_item = true;
    let mut place = 0..notation.text.trim_end().len();
    let dividers = dividers(&notation.text);
    let ends = dividers.iter().map(|(_, at)| Some(at.clone())).chain([None]);
    let mut from = 0;
    for (i, end) in ends.enumerate() {
        let to = end.as_ref().map_or(notation.text.len(), |at| at.start);
        let range = trimmed(&notation.text, from..to);
        if let Some(end) = &end {
            place = end.clone();
        }
        let (optional, range) =
            if begins_item { without_optional(&notation.text, range) } else { (false, range) };
        let session = session(notation, range, &place);
        match items.last_mut().filter(|_| !begins_item) {
            Some(item) => item.sessions.push(session),
            None => items.push(ItemLine { optional, sessions: vec![session] }),
        }
        begins_item = matches!(dividers.get(i), Some((Divider::And, _)));
        from = end.map_or(to, |at| at.end);
    }
    items
}

fn session(notation: &Notation, range: Range<usize>, place: &Range<usize>) -> SessionText {
    let text = notation.text.get(range.clone()).unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "" => SessionText::Missing(notation.source(place.clone())),
        "rest" => SessionText::Rest,
        "race" => SessionText::Race(notation.source(range)),
        _ => SessionText::Workout(notation.slice(range)),
    }
}

/// Takes `optional` off the start of an item: `optional 20min easy`, `optional: 20min easy`, `(optional) 20min easy`. In
/// brackets, it may also be at the end.
fn without_optional(text: &str, range: Range<usize>) -> (bool, Range<usize>) {
    const WORD: &str = "optional";
    const IN_BRACKETS: &str = "(optional)";
    let item = text.get(range.clone()).unwrap_or_default().to_ascii_lowercase();
    if let Some(rest) = item.strip_prefix(WORD)
        && (rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':'))
    {
        let colon = usize::from(rest.starts_with(':'));
        return (true, trimmed(text, range.start + WORD.len() + colon..range.end));
    }
    if item.starts_with(IN_BRACKETS) {
        return (true, trimmed(text, range.start + IN_BRACKETS.len()..range.end));
    }
    if item.ends_with(IN_BRACKETS) {
        return (true, trimmed(text, range.start..range.end - IN_BRACKETS.len()));
    }
    (false, range)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..(start + part.trim().len())
}

/// Finds each `and` and `or` outside quotes and brackets.
fn dividers(text: &str) -> Vec<(Divider, Range<usize>)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut word: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if let Some(close) = quote {
            quote = (c != close).then_some(close);
            continue;
        }
        if let Some(start) = word.filter(|_| c.is_whitespace()) {
            let divider = match text.get(start..at) {
                Some(word) if word.eq_ignore_ascii_case("and") => Some(Divider::And),
                Some(word) if word.eq_ignore_ascii_case("or") => Some(Divider::Or),
                _ => None,
            };
            found.extend(divider.filter(|_| depth == 0).map(|divider| (divider, start..at)));
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            // An apostrophe within a word opens no quote.
            '"' => quote = Some('"'),
            '\'' if word.is_none() => quote = Some('\''),
            '“' => quote = Some('”'),
            '‘' => quote = Some('’'),
            _ => {}
        }
        word = if c.is_whitespace() { None } else { word.or(Some(at)) };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(bool, Vec<String>)> {
        let words = |session: &SessionText| match session {
            SessionText::Rest => "REST".to_string(),
            SessionText::Race(_) => "RACE".to_string(),
            SessionText::Workout(notation) => notation.text.clone(),
            SessionText::Missing(_) => "MISSING".to_string(),
        };
        let items = read_line(&Notation::verbatim(text, 0));
        items.iter().map(|item| (item.optional, item.sessions.iter().map(words).collect())).collect()
    }

    #[test]
    fn and_divides_items_and_or_divides_alternatives() {
        let line = |items: &[(bool, &[&str])]| {
            items
                .iter()
                .map(|(optional, sessions)| (*optional, sessions.iter().map(ToString::to_string).collect()))
                .collect::<Vec<(bool, Vec<String>)>>()
        };
        for (text, expected) in [
            ("tempo", line(&[(false, &["tempo"])])),
            ("rest or 4-6mi very easy", line(&[(false, &["REST", "4-6mi very easy"])])),
            ("optional 20min easy and tempo", line(&[(true, &["20min easy"]), (false, &["tempo"])])),
            ("Optional: 20min easy or rest", line(&[(true, &["20min easy", "REST"])])),
            (
                "(optional) tempo and 20min easy (Optional)",
                line(&[(true, &["tempo"]), (true, &["20min easy"])]),
            ),
            ("optionally: 20min easy", line(&[(false, &["optionally: 20min easy"])])),
            (
                "4-6mi easy and 7-9mi easy, 5×25s fast / full",
                line(&[(false, &["4-6mi easy"]), (false, &["7-9mi easy, 5×25s fast / full"])]),
            ),
            ("45min \"bike and row\" OR rest", line(&[(false, &["45min \"bike and row\"", "REST"])])),
            ("45min 'salt and pepper'", line(&[(false, &["45min 'salt and pepper'"])])),
            ("3×(1min hard and 1min easy)", line(&[(false, &["3×(1min hard and 1min easy)"])])),
            ("runner's-choice and race", line(&[(false, &["runner's-choice"]), (false, &["RACE"])])),
            ("tempo or", line(&[(false, &["tempo", "MISSING"])])),
            ("and tempo", line(&[(false, &["MISSING"]), (false, &["tempo"])])),
            ("optional", line(&[(true, &["MISSING"])])),
            ("android-run or orange", line(&[(false, &["android-run", "orange"])])),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
