//! Rounds of exercises: `10 squats, plank 45s, 3 rounds`, `5 rounds of 40s work 20s rest: squats, lunges, plank`,
//! `1k run + 20 wall balls x 8`.

use super::super::PhraseReader;
use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::take_length;

/// Words that count rounds.
const ROUNDS: [&str; 9] =
    ["rounds", "round", "times", "sets", "circuits", "circuit", "times through", "x", "laps"];
/// Sides of an exercise.
const SIDES: [&str; 8] =
    ["each side", "per side", "each leg", "per leg", "each arm", "per arm", "each way", "each"];
/// Words around the times of a round.
const ROUND_WORDS: [&str; 23] = [
    "rounds",
    "round",
    "of",
    "work",
    "rest",
    "on",
    "off",
    "x",
    "sets",
    "each",
    "circuit",
    "hiit",
    "with",
    "w",
    "s",
    "times",
    "core",
    "between",
    "per",
    "exercise",
    "for",
    "exercises",
    "then",
];
const MOST_EXERCISES: usize = 30;

/// Returns the text with every exercise after its length or its count, and the rounds in front.
pub(super) fn rounds(text: &str) -> Option<CommonForm> {
    if text.contains(['|', '"', '“']) || !names_exercise(text) {
        return None;
    }
    let timed = timed_rounds(text);
    if timed.is_some() {
        return timed;
    }
    let (label, body) = label_of(text);
    let (count, body) = counted_first(body).or_else(|| counted_last(body)).unwrap_or((None, body));
    let pieces = split(body);
    let turned: Vec<String> = pieces.iter().map(|piece| turned(piece)).collect();
    let joined = turned.join(", ");
    let written = match count {
        Some(count) if turned.len() > 1 => format!("{label}{count} x ({joined})"),
        Some(count) => format!("{label}{count} x {joined}"),
        None => format!("{label}{joined}"),
    };
    (written != text).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// Splits `core: …`. A label that counts rounds is none.
fn label_of(text: &str) -> (&str, &str) {
    match super::written_lengths::label_end(text) {
        Some(at)
            if !text
                .get(..at)
                .is_some_and(|label| label.contains(|c: char| c.is_ascii_digit() || ",(+".contains(c))) =>
        {
            let body = text.get(at + 1..).unwrap_or_default();
            (text.get(..text.len() - body.trim_start().len()).unwrap_or_default(), body.trim_start())
        }
        _ => ("", text),
    }
}

fn names_exercise(text: &str) -> bool {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_alphabetic()
            && !text.get(..*at).is_some_and(|head| head.ends_with(|c: char| c.is_alphanumeric()))
    });
    starts.into_iter().any(|(at, _)| exercise_at(text, at).is_some())
}

/// Returns where the exercise that begins at `at` ends.
fn exercise_at(text: &str, at: usize) -> Option<usize> {
    let mut reader = PhraseReader::new(TextScanner { text, at });
    reader.exercise()?;
    Some(reader.scan.at)
}

/// `3 rounds: …`, `3 rounds of …`, `3x: …`, `3 sets: …`.
fn counted_first(body: &str) -> Option<(Option<u32>, &str)> {
    let mut scan = TextScanner { text: body, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=50.0).contains(n))?;
    let named = ROUNDS.iter().filter(|word| scan.sees(word)).max_by_key(|word| word.len())?;
    scan.take(named);
    let told = scan.eat(&[':', ',', '-']).is_some() || scan.take("of") || scan.eat(&['\n']).is_some();
    let rest = scan.rest().trim();
    let rest = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
    (told && rest.contains([',', '+', ';', '\n'])).then_some((Some(count as u32), rest))
}

/// `…, 3 rounds`, `… x 8`, `… x3 rounds`, `repeat 4 times`.
fn counted_last(body: &str) -> Option<(Option<u32>, &str)> {
    let trimmed = body.trim_end_matches([' ', '.', ')']);
    let mut head = trimmed;
    let mut named = false;
    for word in ROUNDS {
        if let Some(before) = head.strip_suffix(word).filter(|before| !before.ends_with(char::is_alphabetic))
        {
            head = before.trim_end();
            named = true;
            break;
        }
    }
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let count: u32 = head.get(digits.len()..)?.parse().ok().filter(|count| (2..=50).contains(count))?;
    let mut head = digits.trim_end();
    let times = head.strip_suffix(['x', 'X', '×']);
    // `squats x 10` counts the squats.
    let is_list = head.contains([',', '+', ';', '\n']);
    if !named && (times.is_none() || !is_list) {
        return None;
    }
    head = times.unwrap_or(head).trim_end();
    for word in ["repeat", "for", "do", "complete", "all"] {
        head = head.strip_suffix(word).unwrap_or(head).trim_end();
    }
    let ends = head.ends_with([',', ';', '+', '\n', '.', '-', '–', ':', ')']) || times.is_some();
    let head = head.trim_end_matches([',', ';', ' ', '\n', '.', '-', '–', ':']);
    let head = head.strip_prefix('(').map_or(head, |head| head.trim_end_matches(')'));
    // `1k run, 20 wall balls x 8`: the count could be that of the last one.
    let is_joined = head.contains('+') || named;
    (ends && is_joined && is_list).then_some((Some(count), head))
}

fn split(body: &str) -> Vec<&str> {
    body.split([',', '+', ';', '\n'])
        .map(|piece| piece.trim().trim_start_matches(['-', '*', '•']).trim())
        .map(|piece| piece.strip_prefix("then ").or_else(|| piece.strip_prefix("and ")).unwrap_or(piece))
        .filter(|piece| !piece.is_empty())
        .take(MOST_EXERCISES)
        .collect()
}

/// `plank 45s`, `squats x 10`, `side plank 30s each side`, `3x plank 60s`: the exercise after its length or its count.
fn turned(piece: &str) -> String {
    let found = || {
        let mut scan = TextScanner { text: piece, at: 0 };
        let mark = scan.clone();
        let sets =
            scan.number().filter(|n| n.fract() == 0.0).filter(|_| scan.eat(&['x', 'X', '×']).is_some());
        if sets.is_none() {
            scan = mark;
        }
        scan.skip_spaces();
        let start = scan.at;
        scan.at = exercise_at(piece, start)?;
        let name = piece.get(start..scan.at)?.trim();
        let _ = scan.eat(&['x', 'X', '×', ':', '-', '–', '(']).is_some() || scan.take("for");
        let mark = scan.clone();
        // `squats 3x12`
        let inner = scan.number().filter(|_| sets.is_none()).and_then(|count| {
            scan.eat(&['x', 'X', '×'])?;
            Some(count)
        });
        if inner.is_none() {
            scan = mark;
        }
        let amount = match take_length(&mut scan) {
            Some(length) => length.text,
            None => {
                // `lunges 10 x 3` may be three rounds of all.
                let count =
                    scan.number().filter(|n| n.fract() == 0.0 && inner.is_none_or(|sets| sets < *n))?;
                let _ = scan.take("reps") || scan.take("x");
                count.to_string()
            }
        };
        let side = SIDES.iter().find(|side| scan.take(side)).map_or(String::new(), |side| format!(" {side}"));
        let _ = scan.eat(&[')']);
        if !scan.rest().trim().is_empty() {
            return None;
        }
        let sets = sets.or(inner).map_or(String::new(), |sets| format!("{sets} x "));
        Some(format!("{sets}{amount} {name}{side}"))
    };
    found().unwrap_or_else(|| run_of(piece))
}

/// `1k run`: a length in `k` is one of a run.
fn run_of(piece: &str) -> String {
    let mut scan = TextScanner { text: piece, at: 0 };
    match take_length(&mut scan) {
        Some(length) if length.text.ends_with("km") => format!("{}{}", length.text, scan.rest()),
        _ => piece.to_string(),
    }
}

/// `5 rounds of 40s work 20s rest: squats, lunges, plank`, `40s on/20s off x 3 rounds: squats, plank`.
fn timed_rounds(text: &str) -> Option<CommonForm> {
    let (head, list) = text.split_once(':').or_else(|| text.split_once('\n'))?;
    let names = split(list);
    let known = names.iter().all(|name| exercise_at(name, 0).is_some_and(|end| end == name.len()));
    if names.len() < 2 || !known {
        return None;
    }
    let lengths = super::written_lengths::lengths_in(head);
    let mut outside = head.to_ascii_lowercase();
    let (work, rest) = match lengths.as_slice() {
        [work, rest] if work.is_time && rest.is_time => {
            for length in &lengths {
                outside.replace_range(length.at.clone(), &" ".repeat(length.at.len()));
            }
            (work.text.clone(), Some(rest.text.clone()))
        }
        [work] if work.is_time => {
            outside.replace_range(work.at.clone(), &" ".repeat(work.at.len()));
            (work.text.clone(), None)
        }
        _ => return None,
    };
    let count = outside.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    let count: u32 = count.map_or(Some(1), |count| count.parse().ok())?;
    let is_known = outside
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| ROUND_WORDS.contains(&word));
    if !is_known || !(1..=50).contains(&count) || outside.matches(|c: char| c.is_ascii_digit()).count() > 2 {
        return None;
    }
    let rest = rest.map_or(String::new(), |rest| format!(", {rest} rest"));
    let steps: Vec<String> = names.iter().map(|name| format!("{work} {name}{rest}")).collect();
    let steps = steps.join(", ");
    let note = "Each exercise is taken for the time before the list.".to_string();
    let text = if count == 1 { steps } else { format!("{count} x ({steps})") };
    Some(CommonForm { text, notes: vec![note] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_an_exercise_and_its_length() {
        assert_eq!(turned("plank 45s"), "45s plank");
        assert_eq!(turned("3x plank 60s"), "3 x 60s plank");
        assert_eq!(turned("squats 3x12"), "3 x 12 squats");
    }
}
