//! One slip at a time: a bracket, a times sign, a point, a colon or a space.

use crate::workout::language::advice::repair::{TextPiece, TextPieceKind, is_known, split};

/// The most reps that a number in front of another one counts.
const MOST_REPS: f64 = 40.0;
/// Words of a pace's unit, and the unit.
const PACE_UNITS: [(&str, &str); 9] = [
    ("km", "km"),
    ("k", "km"),
    ("kilometre", "km"),
    ("kilometer", "km"),
    ("mi", "mi"),
    ("mile", "mi"),
    ("miles", "mi"),
    ("ml", "mi"),
    ("lm", "km"),
];

/// Returns the texts that are one edit away from `text`, the likeliest first.
pub(super) fn edits(text: &str) -> Vec<String> {
    let pieces = split(text);
    let mut all = Vec::new();
    all.extend(brackets(text));
    for (at, _) in pieces.iter().enumerate() {
        let rules = [
            split_number,
            spaced_unit,
            split_word,
            glued_with,
            glued_times,
            half_word,
            incline,
            decimal_comma,
            clock,
            pace_unit,
            count,
            count_first,
            times_sign,
        ];
        all.extend(rules.iter().filter_map(|rule| rule(&pieces, at)).map(|pieces| joined(&pieces)));
    }
    // The same slip is often made twice.
    let everywhere = [decimal_comma, clock, pace_unit].iter().fold(pieces.clone(), |pieces, rule| {
        (0..pieces.len()).fold(pieces, |pieces, at| rule(&pieces, at).unwrap_or(pieces))
    });
    all.push(joined(&everywhere));
    all.extend(alternate(text));
    all
}

/// Returns `text` with minutes for `m` behind the numbers below 100: `8x3m w/ 1m jog`.
pub(super) fn with_minutes(text: &str) -> String {
    let mut pieces = split(text);
    for at in 1..pieces.len() {
        let is_short = pieces.get(at - 1).and_then(TextPiece::number).is_some_and(|number| number < 100.0);
        if let Some(unit) = pieces.get_mut(at).filter(|unit| is_short && unit.is("m")) {
            unit.text = "min".to_string();
        }
    }
    joined(&pieces)
}

/// `alternate 1min hard 1min easy for 15min`: the slash is missing.
fn alternate(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    if !lower.contains("alternat") || text.contains('/') {
        return Vec::new();
    }
    let marks = [" - ", ", ", " and ", " with ", " then ", " | ", " "];
    let end = lower.rfind(" for ").unwrap_or(text.len());
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let places = marks.iter().flat_map(|mark| {
        let middle = text.get(start..end).unwrap_or_default();
        middle.match_indices(mark).map(move |(at, mark)| (start + at, mark.len()))
    });
    let slash = |(at, length): (usize, usize)| {
        let (before, behind) =
            (text.get(..at).unwrap_or_default(), text.get(at + length..).unwrap_or_default());
        behind.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("{before} / {behind}"))
    };
    places.filter_map(slash).take(4).collect()
}

/// `mile s`: a space in a word.
fn split_word(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [first, second] = pieces.get(at..at + 2)? else { return None };
    let are_words = first.kind == TextPieceKind::Word && second.kind == TextPieceKind::Word;
    let word = format!("{}{}", first.text, second.text);
    let is_split = are_words
        && (first.text.len() == 1 || second.text.len() == 1 || !is_known(&second.text.to_lowercase()))
        && is_known(&word.to_lowercase());
    is_split.then(|| with(pieces, at, 2, word))
}

/// `12x400mw/1min`: a space is missing in front of `w/`.
fn glued_with(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [unit, slash] = pieces.get(at..at + 2)? else { return None };
    let word = unit
        .text
        .strip_suffix(['w', 'W'])
        .filter(|word| !word.is_empty() && is_known(&word.to_lowercase()))?;
    (unit.kind == TextPieceKind::Word && slash.is("/")).then(|| with(pieces, at, 2, format!("{word} w/")))
}

/// `400mx8`: the count stands behind, and the times sign in the unit.
fn glued_times(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [length, unit, count] = pieces.get(at..at + 3)? else { return None };
    let word = unit.text.strip_suffix(['x', 'X', '×']).filter(|word| is_known(&word.to_lowercase()))?;
    let is_count = count.number().is_some_and(|number| (2.0..=MOST_REPS).contains(&number));
    (length.kind == TextPieceKind::Number && is_count && !count.is_spaced)
        .then(|| with(pieces, at, 3, format!("{}x{}{word}", count.text, length.text)))
}

/// `8 miles MP at 1`: a number this small is the incline of a treadmill.
fn incline(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let number = pieces.get(at).filter(|piece| piece.number().is_some_and(|number| number <= 3.0))?;
    let before = pieces.get(at.checked_sub(1)?)?;
    let is_bare = pieces.get(at + 1).is_none_or(|next| next.is(","));
    (is_bare && (before.is("at") || before.is("@"))).then(|| with(pieces, at, 1, format!("{}%", number.text)))
}

/// `10min cool`: half of a word.
fn half_word(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let piece = pieces.get(at)?;
    let is_whole = pieces.get(at + 1).is_some_and(|next| next.is("up") || next.is("down") || next.is("-"));
    let whole = [("cool", "cooldown"), ("warm", "warmup")].iter().find(|(half, _)| piece.is(half));
    let (_, whole) = whole.filter(|_| !is_whole)?;
    Some(with(pieces, at, 1, (*whole).to_string()))
}

/// `w / 90s`: a space in `w/`.
fn spaced_unit(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [first, second] = pieces.get(at..at + 2)? else { return None };
    let is_with = first.is("w") && second.is("/") && second.is_spaced;
    is_with.then(|| with(pieces, at, 2, "w/".to_string()))
}

fn joined(pieces: &[TextPiece]) -> String {
    let mut text = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.is_spaced && i > 0 {
            text.push(' ');
        }
        text += &piece.text;
    }
    text
}

/// Returns the pieces with `text` for the `count` pieces from `at` on.
fn with(pieces: &[TextPiece], at: usize, count: usize, text: String) -> Vec<TextPiece> {
    let mut pieces = pieces.to_vec();
    let end = (at + count).min(pieces.len());
    pieces.drain(at + 1..end);
    if let Some(piece) = pieces.get_mut(at) {
        piece.text = text;
    }
    pieces
}

fn is_number(piece: Option<&TextPiece>) -> bool {
    piece.is_some_and(|piece| piece.kind == TextPieceKind::Number)
}

/// `1 0min`.
fn split_number(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [first, second] = pieces.get(at..at + 2)? else { return None };
    let is_plain = |piece: &TextPiece| {
        piece.kind == TextPieceKind::Number && piece.text.chars().all(|c| c.is_ascii_digit())
    };
    let is_rest = second.text.starts_with('0') || second.text.len() == 1 && first.text.len() == 1;
    (is_plain(first) && is_plain(second) && second.is_spaced && is_rest)
        .then(|| with(pieces, at, 2, format!("{}{}", first.text, second.text)))
}

/// `1,5km`, and `5 , 5 km`.
fn decimal_comma(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let number = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Number)?;
    let (whole, decimals) = number.text.split_once(',')?;
    let is_decimal = (1..=2).contains(&decimals.len()) && !number.text.contains(':');
    let is_pace = pieces.get(at + 1).is_some_and(|next| next.is("/"));
    (is_decimal && !is_pace).then(|| with(pieces, at, 1, format!("{whole}.{decimals}")))
}

/// `4.30/km`, `@ 4,30`, `4;30/km`, `430/km`: a colon.
fn clock(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let number = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Number)?;
    let is_behind_at =
        at.checked_sub(1).and_then(|i| pieces.get(i)).is_some_and(|before| before.is("@") || before.is("at"));
    let is_per =
        |next: usize| pieces.get(next).is_some_and(|next| ["/", "per", "p"].iter().any(|mark| next.is(mark)));
    let is_clock =
        |minutes: &str, seconds: &str| matches!(minutes.len(), 1 | 2) && seconds.len() == 2 && seconds < "60";
    if let [_, mark, seconds] = pieces.get(at..at + 3).unwrap_or_default()
        && (mark.is(";") || mark.is("'") || mark.is("-") && is_per(at + 3))
        && !seconds.is_spaced
        && is_clock(&number.text, &seconds.text)
        && (is_per(at + 3) || is_behind_at)
    {
        return Some(with(pieces, at, 3, format!("{}:{}", number.text, seconds.text)));
    }
    if !is_per(at + 1) && !is_behind_at {
        return None;
    }
    let (minutes, seconds) = match number.text.split_once(['.', ',']) {
        Some(parts) => parts,
        None => number.text.split_at_checked(number.text.len().checked_sub(2)?)?,
    };
    let is_plain = |digits: &str| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let is_pace = is_per(at + 1) || minutes.parse::<u32>().is_ok_and(|minutes| (2..=15).contains(&minutes));
    (is_plain(minutes) && is_clock(minutes, seconds) && is_pace)
        .then(|| with(pieces, at, 1, format!("{minutes}:{seconds}")))
}

/// `4:10 km`, `4:10min/km`, `4:10p km`: a slash and the unit.
fn pace_unit(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let clock = pieces.get(at).filter(|piece| piece.is_clock())?;
    let fillers = ["min", "mins", "minutes", "m", "p", "per", "a", "an", "each", "/", "-", "|", ".", "s"];
    let behind = pieces.get(at + 1..)?;
    let skipped = behind.iter().take(3).take_while(|piece| fillers.iter().any(|word| piece.is(word))).count();
    let unit = behind.get(skipped)?;
    let glued = unit.text.to_lowercase();
    let glued = glued.strip_prefix('p').unwrap_or(&glued);
    let (_, unit) = PACE_UNITS.iter().find(|(word, _)| *word == glued || format!("min{word}") == glued)?;
    Some(with(pieces, at, skipped + 2, format!("{}/{unit}", clock.text)))
}

/// `6 400m`, `6 (400m, 200m)`: the times sign is missing.
fn count(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [first, second] = pieces.get(at..at + 2)? else { return None };
    let is_count = |number: f64| number.fract() == 0.0 && (2.0..=MOST_REPS).contains(&number);
    let is_start = at.checked_sub(1).and_then(|i| pieces.get(i)).is_none_or(|before| {
        before.kind != TextPieceKind::Number && !["x", "×", "@", "at", "/"].iter().any(|mark| before.is(mark))
    });
    let is_body = second.kind == TextPieceKind::Number || second.is("(");
    (is_start && is_body && second.is_spaced && first.number().is_some_and(is_count))
        .then(|| with(pieces, at, 1, format!("{}x", first.text)))
}

/// `x6 400m`: the times sign stands before its number.
fn count_first(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let [sign, number, body] = pieces.get(at..at + 3)? else { return None };
    let is_first = at
        .checked_sub(1)
        .and_then(|i| pieces.get(i))
        .is_none_or(|before| before.kind != TextPieceKind::Number || sign.is_spaced);
    let is_times = ["x", "×", "*"].iter().any(|times| sign.is(times));
    let is_body = is_number(Some(body)) || body.is("(");
    (is_first && is_times && is_body && number.number().is_some() && !number.is_spaced)
        .then(|| with(pieces, at, 2, format!("{}x", number.text)))
}

/// `10 c 200m`: another key for the times sign.
fn times_sign(pieces: &[TextPiece], at: usize) -> Option<Vec<TextPiece>> {
    let sign = pieces.get(at)?;
    let before = pieces.get(at.checked_sub(1)?);
    let body = pieces.get(at + 1)?;
    let is_key = ["c", "z", "d", "xc", "cx", "zx", "xz", "by", "-x"].iter().any(|key| sign.is(key));
    let is_count = before.and_then(TextPiece::number).is_some_and(|number| number <= MOST_REPS);
    (is_key && is_count && (is_number(Some(body)) || body.is("(")))
        .then(|| with(pieces, at, 1, "x".to_string()))
}

/// Returns the text with as many brackets that open as close.
fn brackets(text: &str) -> Vec<String> {
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    let (open, close) = (count('('), count(')'));
    if open == close {
        return Vec::new();
    }
    let mut texts = if open > close { closed(text) } else { opened(text) };
    texts.extend(without_each(text, if open > close { '(' } else { ')' }));
    texts
}

fn put(text: &str, at: usize, mark: &str) -> String {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    format!("{before}{mark}{behind}")
}

/// Closes the last bracket where its contents may end: before a separator, or at the end.
fn closed(text: &str) -> Vec<String> {
    let from = text.rfind('(').unwrap_or(0);
    let ends = [" / ", " w/", " with ", " - ", " – ", ";", ", ", " + "];
    let places = ends.iter().flat_map(|end| text.match_indices(end).map(|(at, _)| at));
    let mut places: Vec<usize> = places.filter(|at| *at > from).collect();
    places.sort_unstable();
    places.dedup();
    let before = text.get(..from).unwrap_or_default().trim_end();
    let is_body = before.is_empty() || before.ends_with(['x', '×', 'X', '*', 'f']);
    if is_body {
        places.reverse();
        places.insert(0, text.len());
        // A recovery inside of the bracket would have nothing to stand between.
        let inside = text.get(from..).unwrap_or_default();
        let recovery = [" w/", " with ", " / "].iter().find_map(|mark| inside.find(mark));
        if let Some(at) = recovery.filter(|at| !inside.get(..*at).unwrap_or_default().contains(['x', '×'])) {
            places.insert(0, from + at);
        }
    } else {
        places.push(text.len());
    }
    places.into_iter().take(7).map(|at| put(text, at, ")")).collect()
}

/// Opens a bracket for one that closes: after a times sign, or at a remark.
fn opened(text: &str) -> Vec<String> {
    let close = text.find(')').unwrap_or(0);
    let signs = ["x ", "x", "× ", "×", "X ", "of "];
    let starts = signs.iter().flat_map(|sign| text.match_indices(sign).map(|(at, sign)| at + sign.len()));
    let mut starts: Vec<usize> = starts
        .filter(|at| *at < close && text.get(*at..).is_some_and(|rest| !rest.starts_with([' ', '('])))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    // A bracket around several steps holds a comma; a remark does not.
    let last = starts.last().copied().unwrap_or(0);
    let is_remark = !text.get(last..close).unwrap_or_default().contains([',', '+', ';', '/']);
    let mut opened: Vec<String> = starts.into_iter().take(4).map(|at| put(text, at, "(")).collect();
    opened.push(put(text, 0, "("));
    let remarks = note_starts(text).into_iter().map(|at| put(text, at, "("));
    let at = if is_remark { 0 } else { opened.len() };
    opened.splice(at..at, remarks.collect::<Vec<_>>());
    if text.contains("))") || opened.len() == 1 {
        let dropped = without_each(text, ')');
        opened.splice(0..0, dropped);
    }
    opened
}

/// Returns where a remark in brackets may begin: at each number before the bracket that closes it.
fn note_starts(text: &str) -> Vec<usize> {
    let end = text.find(')').unwrap_or(0);
    let before = text.get(..end).unwrap_or_default();
    let mut starts: Vec<usize> = before
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .filter(|at| before.get(*at..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
        .collect();
    starts.reverse();
    starts.truncate(3);
    starts
}

/// Returns the text without each `mark` in turn.
fn without_each(text: &str, mark: char) -> Vec<String> {
    let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
    let without = |at: usize| {
        let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
        format!("{before}{}", behind.get(mark.len_utf8()..).unwrap_or_default())
    };
    places.into_iter().rev().map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_what_was_meant() {
        for (text, meant) in [
            ("1 0min easy", "10min easy"),
            ("12x40 0m", "12x400m"),
            ("8,5km easy", "8.5km easy"),
            ("5km @ 4.30/km", "5km @ 4:30/km"),
            ("5km @ 4,30", "5km @ 4:30"),
            ("5km @ 430/km", "5km @ 4:30/km"),
            ("5km @ 4;30/km", "5km @ 4:30/km"),
            ("5km @ 4:30 km", "5km @ 4:30/km"),
            ("5km @ 4:30min/km", "5km @ 4:30/km"),
            ("6 400m @ 5K", "6x 400m @ 5K"),
            ("x6 400m @ 5K", "6x 400m @ 5K"),
            ("6 c 400m", "6 x 400m"),
            ("6x(400m 5K, 200m jog", "6x(400m 5K, 200m jog)"),
            ("6x400m 5K, 200m jog)", "6x(400m 5K, 200m jog)"),
            ("5x1km (2min jog, 10min easy", "5x1km (2min jog), 10min easy"),
            ("2x(4x400m / 60s)) / 3min", "2x(4x400m / 60s) / 3min"),
            ("5x5min 10K 1min jog)", "5x5min 10K (1min jog)"),
            ("2 x (800m, 400m w/ 90s", "2 x (800m, 400m) w/ 90s"),
            ("alternate 1min hard 1min easy for 15min", "alternate 1min hard / 1min easy for 15min"),
            ("4 mile s easy", "4 miles easy"),
            ("5x1k w / 2min", "5x1k w/ 2min"),
            ("12x400mw/1min", "12x400m w/1min"),
            ("400mx8 / 90s", "8x400m / 90s"),
        ] {
            assert!(edits(text).iter().any(|edit| edit == meant), "{text}: {:?}", edits(text));
        }
    }
}
