//! Cleans text from files for the terminal, and finds misspelt words.

/// The replacement for a character that must not be shown.
pub const REPLACEMENT: char = '\u{FFFD}';

/// True for characters that move the cursor, hide text or change its direction.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns a character that is safe to show: a space for white space, and the replacement for hidden characters.
pub fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if is_hidden(c) => REPLACEMENT,
        c => c,
    }
}

/// Makes a text safe to show. The number of characters stays the same.
pub fn clean(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// Returns the first `characters` of a text, cleaned and trimmed, followed by `…` if the text is longer.
pub fn cut(text: &str, characters: usize) -> String {
    let text = text.trim();
    let mut short: String = text.chars().take(characters).map(shown).collect();
    if text.chars().nth(characters).is_some() {
        short.push('…');
    }
    short
}

/// Quotes a text inside a message: short, clean and in back quotes.
pub fn quoted(text: &str) -> String {
    format!("`{}`", cut(text, 40))
}

/// Words of everyday prose that are near words of workouts, and no misspellings of them: `best` is not `rest`.
const ORDINARY: [&str; 8] = ["best", "core", "test", "base", "push", "group", "race", "place"];

/// True for a word that is no misspelling, though a known word is near.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.iter().any(|ordinary| ordinary.eq_ignore_ascii_case(word))
}

/// Finds the word that a misspelt `text` probably stands for.
pub fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A very long text is not a misspelling, and comparing it would take long.
    if text.chars().nth(40).is_some() || is_ordinary(text) {
        return None;
    }
    let text = text.to_lowercase();
    let longest = |word: &str| text.chars().count().max(word.chars().count());
    words
        .map(|word| (strsim::damerau_levenshtein(&text, &word.to_lowercase()), word))
        .filter(|(distance, word)| distance * 3 <= longest(word) && *distance > 0)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Finds the only word that a misspelt `text` can stand for: one typo away, or two in a long word, with no other word as
/// near.
pub fn certain<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if text.chars().nth(2).is_none() || text.chars().nth(40).is_some() || is_ordinary(text) {
        return None;
    }
    let text = text.to_lowercase();
    let most = if text.chars().nth(6).is_some() { 2 } else { 1 };
    let mut near: Vec<(usize, &str)> = words
        .map(|word| (strsim::damerau_levenshtein(&text, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= most && word.chars().nth(2).is_some())
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, nearest), (second, _), ..] if first < second => Some(nearest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_direction_marks_are_replaced_one_for_one() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\u{FFFD}[31mb");
        assert_eq!(clean("x\u{202e}y\u{2066}\u{200f}z"), "x\u{FFFD}y\u{FFFD}\u{FFFD}z");
        assert_eq!(clean("one\ntwo\tthree"), "one two three");
        assert_eq!(clean("8×60s – été 🏃"), "8×60s – été 🏃");
    }

    #[test]
    fn suggests_only_similar_words() {
        let words = || ["tempo", "steady", "easy"].into_iter();
        assert_eq!(nearest("tempoo", words()), Some("tempo"));
        assert_eq!(nearest("Stedy", words()), Some("steady"));
        assert_eq!(nearest("quick", words()), None);
    }

    #[test]
    fn is_certain_only_if_one_word_is_nearest() {
        let words = || ["hard", "half", "tempo", "threshold", "s", "km"].into_iter();
        assert_eq!(certain("tempoo", words()), Some("tempo"));
        assert_eq!(certain("hrd", words()), Some("hard"));
        assert_eq!(certain("treshhold", words()), Some("threshold"));
        assert_eq!(certain("halr", words()), Some("half"));
        assert_eq!(certain("haff", words()), Some("half"));
        assert_eq!(certain("hald", words()), None, "hard or half");
        assert_eq!(certain("tmpoo", words()), None, "two typos in a short word");
        assert_eq!(certain("kn", words()), None);
    }
}
