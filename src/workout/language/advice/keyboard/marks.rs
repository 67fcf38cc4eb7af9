//! Marks and digits that are never meant as they stand.

/// Pairs of quotes around a whole text.
const QUOTES: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('‘', '’')];
/// Marks that mean the same typed twice.
const TWICE: [char; 7] = [',', '/', '@', ';', '×', ':', '^'];
/// Marks that no text ends with.
const TRAILING: [char; 8] = [',', '.', ';', '/', '-', '+', '\\', ':'];

/// Returns `text` with full-width letters as plain ones, letters that stand for digits as digits, and no mark twice.
pub(super) fn cleaned(text: &str) -> String {
    let text: String = text.chars().map(plain).collect();
    let text = unquoted(text.trim());
    let text = with_digits(&text);
    let text = with_single_marks(&with_colons(&text));
    let text = without_doubled_words(&text);
    text.trim_end_matches(|c: char| TRAILING.contains(&c) || c.is_whitespace())
        .trim_start_matches(|c: char| matches!(c, ',' | ';') || c.is_whitespace())
        .to_string()
}

/// Returns the usual letter for one that only looks like it.
fn plain(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        '、' => ',',
        '。' => '.',
        '\\' | '∕' | '⁄' => '/',
        'х' | 'Х' | '✕' | '✖' | '⨯' => 'x',
        letter => letter,
    }
}

/// Returns `text` without quotes around it, and without a quote that is never closed.
fn unquoted(text: &str) -> String {
    for (open, close) in QUOTES {
        let inner = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains(['"', '“'])) {
            return inner.trim().to_string();
        }
    }
    let is_open = |text: &str| text.starts_with(['"', '“', '”', '`', '\'', '‘']);
    match text.chars().next() {
        Some(first) if is_open(text) && !text.get(first.len_utf8()..).unwrap_or_default().contains(first) => {
            text.get(first.len_utf8()..).unwrap_or_default().trim().to_string()
        }
        _ => text.to_string(),
    }
}

/// Reads `4OOm` as `400m` and `l0min` as `10min`.
fn with_digits(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |i: usize| letters.get(i).copied().unwrap_or(' ');
    let mut line = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let before = line.chars().next_back().unwrap_or(' ');
        let next = at(i + 1);
        let is_unit =
            ["m", "s", "k", "h", "x", "×", " m", " s", " k", "'", "\"", "′", "″"].iter().any(|unit| {
                let rest: String = letters.iter().skip(i + 1).take(2).collect();
                rest.starts_with(unit)
            });
        let in_number = before.is_ascii_digit() || before == ':' && i > 1 && at(i - 2).is_ascii_digit();
        let ends =
            next.is_ascii_digit() || next == ':' || matches!(next, 'O' | 'o') || !next.is_alphanumeric();
        let starts_word = !before.is_alphanumeric();
        line.push(match letter {
            'O' | 'o' if in_number && (ends || is_unit) => '0',
            'l' | 'I' if in_number && ends => '1',
            'l' | 'I' if starts_word && (next.is_ascii_digit() || is_unit || next == ':' || next == '.') => {
                '1'
            }
            'l' | 'I' if starts_word && matches!(next, 'O' | 'o') && !at(i + 2).is_alphabetic() => '1',
            letter => *letter,
        });
    }
    line
}

/// Reads `4;30/km` as `4:30/km`.
fn with_colons(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |i: usize| letters.get(i).is_some_and(char::is_ascii_digit);
    let colon = |(i, letter): (usize, &char)| {
        let is_clock = i > 0 && is_digit(i - 1) && is_digit(i + 1) && is_digit(i + 2) && !is_digit(i + 3);
        if *letter == ';' && is_clock { ':' } else { *letter }
    };
    letters.iter().enumerate().map(colon).collect()
}

/// Drops the second of two equal marks, with or without a space between them.
fn with_single_marks(text: &str) -> String {
    let mut line = String::new();
    for letter in text.chars() {
        let written = line.trim_end();
        let last = written.chars().next_back();
        let is_times = matches!(letter, 'x' | 'X')
            && matches!(last, Some('x' | 'X'))
            && written.len() == line.len()
            && written.trim_end_matches(['x', 'X']).trim_end().ends_with(|c: char| c.is_ascii_digit());
        if TWICE.contains(&letter) && last == Some(letter) || is_times {
            continue;
        }
        // `, /` and `/ ,` are one slip for the mark that is harder to type.
        if letter == '/' && last == Some(',') {
            line.truncate(written.len() - 1);
            line.push(' ');
        }
        line.push(letter);
    }
    line
}

/// Drops the second of two equal words.
fn without_doubled_words(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let is_word = word.len() > 2 && word.chars().all(char::is_alphabetic);
        let is_doubled = words.last().is_some_and(|last| last.eq_ignore_ascii_case(word));
        if !(is_word && is_doubled) {
            words.push(word);
        }
    }
    words.join(" ")
}

/// Returns `text` with commas for the other marks that separate steps.
pub(super) fn separated(text: &str) -> String {
    let marks = [";", " + ", " & ", ". ", "\t", " > ", " => ", " ~ ", " = ", " * "];
    let text = marks.iter().fold(text.to_string(), |text, mark| text.replace(mark, ", "));
    let text = text.replace(" ,", ",").replace('|', ",");
    let parts: Vec<&str> = text.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(", ").replace(",,", ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_what_nobody_means() {
        for (text, meant) in [
            ("８x400m @ 5K，90s jog", "8x400m @ 5K,90s jog"),
            ("8x4OOm 5K / 9Os", "8x400m 5K / 90s"),
            ("l0min easy, lkm hard", "10min easy, 1km hard"),
            ("10min easy,, 20min tempo, ,5min easy,", "10min easy, 20min tempo, 5min easy"),
            ("5km @@ MP // 90s", "5km @ MP / 90s"),
            ("8xx400m", "8x400m"),
            ("5km @ 4;30/km", "5km @ 4:30/km"),
            ("\"half hour easy\"", "half hour easy"),
            ("\"45min easy", "45min easy"),
            ("10min easy easy", "10min easy"),
            ("6x400m 5K, / 90s", "6x400m 5K / 90s"),
        ] {
            assert_eq!(cleaned(text), meant, "{text}");
        }
    }

    #[test]
    fn leaves_words_alone() {
        for text in ["10min on, 10min off", "5km all out", "20min long", "4x(3' hard / 1'30\" easy)"] {
            assert_eq!(cleaned(text), text);
        }
    }
}
