//! A title before a session, without a colon: `Cruise intervals 4 x 1mi …`, `W3D1 - 5 x 3min …`, `Tuesday – Intervals`
//! on a line of its own.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;
use crate::workout::language::label_effort::label_effort;

/// Words that say when a session is, and nothing about the running.
const CALENDAR: [&str; 43] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "weds",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "am",
    "pm",
    "morning",
    "evening",
    "afternoon",
    "night",
    "tonight",
    "tonight's",
    "tonight’s",
    "today",
    "today's",
    "today’s",
    "tomorrow",
    "tomorrow's",
    "tomorrow’s",
    "tuesday's",
    "thursday's",
    "week",
    "wk",
    "w",
    "day",
    "d",
    "this",
    "next",
    "the",
];
/// Words of the calendar that have a number after them.
const NUMBERED: [&str; 5] = ["week", "wk", "w", "day", "d"];
/// Words for the sort of a session. How hard it is follows from a label with the same words.
const SESSION: [&str; 43] = [
    "cv",
    "session",
    "workout",
    "track",
    "club",
    "group",
    "speed",
    "speedwork",
    "speed work",
    "intervals",
    "interval",
    "intervalles",
    "reps",
    "repeats",
    "repetitions",
    "hill",
    "hills",
    "tempo",
    "threshold",
    "thresholds",
    "lactate",
    "double",
    "norwegian",
    "singles",
    "vo2max",
    "vo2",
    "max",
    "cruise",
    "fartlek",
    "mile",
    "main",
    "set",
    "quality",
    "key",
    "lr",
    "mlr",
    "long",
    "run",
    "training",
    "practice",
    "track workout",
    "short",
    "our",
];
/// Words of a title that say how hard the reps are.
const EFFORTS: [&str; 11] =
    ["threshold", "tempo", "cruise", "lactate", "vo2", "cv", "fartlek", "steady", "easy", "sprint", "pace"];
/// Marks between a title and its session.
const MARKS: [&str; 8] = ["!", "-", "–", "—", "\n", ":", "=", "."];

/// What a title says, and what follows it.
struct Title {
    text: String,
    session: String,
    /// Only the calendar's words.
    is_date: bool,
    has_mark: bool,
}

/// Returns the session with its title as a label, or without a title that is only a date.
pub(super) fn session_title(text: &str) -> Option<CommonForm> {
    let title = split_title(text.trim_start()).or_else(|| line_of_title(text.trim_start()))?;
    let starts_with_count = title.session.starts_with(|c: char| c.is_ascii_digit() || c == '(');
    // `long run 5k` and `mile 4:30` have other readings; `mile 8 x 200` could be a pace.
    if !starts_with_count && !title.is_date && !title.has_mark {
        return None;
    }
    let note = vec![format!("`{}` is taken as the name of the session.", title.text)];
    if title.is_date {
        return Some(CommonForm { text: title.session, notes: note });
    }
    let repeats = repeats_of(&title.session);
    let session = match repeats.as_slice() {
        // A label gives its effort to one item.
        [_, _, ..] if says_effort(&title.text) => return None,
        [_] if !is_effort_known(&title) => return None,
        [at, ..] => {
            let (before, reps) = title.session.split_at(*at);
            format!("{before}{}: {}", title.text, reps)
        }
        [] if says_effort(&title.text) && !says_it_again(&title) => return None,
        [] => title.session,
    };
    Some(CommonForm { text: session, notes: note })
}

/// Splits the words of a title off.
fn split_title(text: &str) -> Option<Title> {
    let tokens = TextTokens::of(text);
    let is_in = |words: &[&str], at: usize| words.iter().any(|word| tokens.is_word(at, word));
    let (mut at, mut end, mut is_date, mut sorts) = (0, 0, true, 0);
    let mut has_mark = false;
    while at < tokens.len() {
        if tokens.get(at).trim_matches([' ', '\t']).is_empty() {
            at += 1;
        } else if is_in(&NUMBERED, at) && after_space(&tokens, at).is_some() {
            at = after_space(&tokens, at)? + 1;
            end = at;
        } else if is_in(&CALENDAR, at) && !is_in(&NUMBERED[2..], at) {
            at += 1;
            end = at;
        } else if tokens.is_word(at, "vo") && tokens.get(at + 1) == "2" {
            at += 2;
            (end, is_date, sorts) = (at, false, sorts + 1);
        } else if is_in(&SESSION, at) {
            at += 1;
            (end, is_date, sorts) = (at, false, sorts + 1);
        } else if end > 0 && MARKS.contains(&tokens.get(at)) && !is_in_word(&tokens, at) {
            has_mark |= tokens.get(at) != ".";
            at += 1;
        } else {
            break;
        }
    }
    let title = tokens.slice(0..end).trim().to_string();
    let session = tokens.slice(at..tokens.len()).trim().to_string();
    // `mile 8 x 200`, `tempo 20 min` and `hill 60s` are a pace and efforts.
    let is_effort = !is_date && sorts == 1 && tokens.slice(0..end).split_whitespace().count() == 1;
    let is_plain = !session.is_empty() && !title.is_empty() && title.len() <= 60;
    // A label with a colon is read without this.
    let is_label = tokens.slice(end..at).contains(':');
    (is_plain && !is_label && (has_mark || !is_effort)).then(|| Title {
        text: one_line(&title),
        session,
        is_date,
        has_mark,
    })
}

/// Returns the index of a number at `at` + 1, or after a space.
fn after_space(tokens: &TextTokens, at: usize) -> Option<usize> {
    let next = tokens.word_after(at)?;
    // `day 5 x 3min` counts reps.
    let counts = tokens.word_after(next).is_some_and(|i| ["x", "×", "X", ":"].contains(&tokens.get(i)));
    (tokens.number(next).is_some() && next <= at + 2 && !(counts && tokens.get(next + 1) != ":"))
        .then_some(next)
}

/// True for a hyphen inside a word, such as that of `warm-up`.
fn is_in_word(tokens: &TextTokens, at: usize) -> bool {
    let is_text = |i: usize| tokens.get(i).starts_with(char::is_alphanumeric);
    tokens.get(at) == "-" && at > 0 && is_text(at - 1) && is_text(at + 1)
}

/// `Tuesday – Intervals`, `Club night!`: a first line of words alone, before a session.
fn line_of_title(text: &str) -> Option<Title> {
    let (first, session) = text.split_once('\n')?;
    let first = first.trim().trim_matches(['*', '#', '_', ':', ' ', '!', '-']);
    let is_words = first.chars().all(|c| c.is_alphabetic() || " '’&/–-!".contains(c))
        && first.contains(char::is_alphabetic);
    let session = session.trim();
    let known = ["session", "workout", "night", "intervals", "repeats", "training", "track", "day", "club"];
    let lower = first.to_lowercase();
    let is_named =
        known.iter().any(|word| lower.split(|c: char| !c.is_alphabetic()).any(|part| part == *word));
    let is_slow = ["easy", "recovery", "warm", "cool", "rest", "steady", "jog", "walk"]
        .iter()
        .any(|word| lower.contains(word));
    (is_words
        && is_named
        && !is_slow
        && first.len() <= 60
        && session.starts_with(|c: char| c.is_ascii_digit()))
    .then(|| Title {
        text: first.to_string(),
        session: session.to_string(),
        is_date: !says_effort(first),
        has_mark: true,
    })
}

/// A title as a label: in one line, without marks that a label cannot hold.
fn one_line(title: &str) -> String {
    let plain: String = title.chars().map(|c| if "\n,/()|:".contains(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Threshold Thursday - 10 min easy, 3 x 10 min`: the title says how hard the reps are, not the warm-up.
pub(super) fn title_of_later_reps(text: &str) -> Option<CommonForm> {
    let title = split_title(text.trim_start())?;
    let repeats = repeats_of(&title.session);
    let is_later = matches!(repeats.as_slice(), [at] if *at > 0);
    (is_later && says_effort(&title.text)).then(|| session_title(text))?
}

/// True where the label gives its effort to the reps, or they have one of their own.
fn is_effort_known(title: &Title) -> bool {
    let lower = title.text.to_lowercase();
    let is_needed = ["threshold", "tempo", "cruise", "lactate", "cv", "steady", "easy"]
        .iter()
        .any(|word| lower.split(|c: char| !c.is_alphabetic()).any(|part| part == *word));
    let is_named = label_effort(&title.text).is_some() || lower == "cruise intervals";
    !is_needed || is_named || title.session.contains('@')
}

/// True where the session has the effort that its title names.
fn says_it_again(title: &Title) -> bool {
    let (name, session) = (title.text.to_lowercase(), title.session.to_lowercase());
    EFFORTS.iter().filter(|word| name.contains(**word)).all(|word| session.contains(word))
}

/// True for a title that says how hard the reps are.
fn says_effort(title: &str) -> bool {
    let lower = title.to_lowercase();
    EFFORTS.iter().any(|word| lower.contains(word))
}

/// Returns where the repeats of the session begin, or its only piece.
fn repeats_of(session: &str) -> Vec<usize> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in session.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' | '\n' | '+' if depth == 0 => {
                let rest = session.get(at + 1..).unwrap_or_default();
                starts.push(at + 1 + rest.len() - rest.trim_start().len());
            }
            _ => {}
        }
    }
    let is_repeat = |at: &usize| {
        let piece = session.get(*at..).unwrap_or_default();
        let piece = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').trim_start();
        let after = piece.strip_prefix(['x', 'X', '×']);
        after.is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '('))
    };
    let repeats: Vec<usize> = starts.iter().copied().filter(is_repeat).collect();
    if repeats.is_empty() && starts.len() == 1 { starts } else { repeats }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_reps() {
        for (text, written) in [
            ("Cruise intervals 4 x 1mi w/ 1 min", "Cruise intervals: 4 x 1mi w/ 1 min"),
            ("W3D1 - 5x3min hard, 2min easy", "5x3min hard, 2min easy"),
            ("Tuesday – Intervals\n6x800m 5K", "Tuesday – Intervals: 6x800m 5K"),
            ("Threshold night\n6x800m", "Threshold night: 6x800m"),
            ("double threshold pm 10 x 1k", "double threshold pm: 10 x 1k"),
            ("Track Tuesday 10 min easy, 6x400m", "10 min easy, Track Tuesday: 6x400m"),
            ("Wk 5 Tues - 6x1k", "6x1k"),
            ("Tuesday easy 8k", "easy 8k"),
            ("Club night!\n6x400m", "Club night: 6x400m"),
        ] {
            assert_eq!(session_title(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        let later = title_of_later_reps("Threshold Thursday - 10 min easy, 3 x 10 min, 2 min jog");
        let meant = "10 min easy, Threshold Thursday: 3 x 10 min, 2 min jog";
        assert_eq!(later.map(|form| form.text).as_deref(), Some(meant));
        for text in ["CV intervals 6 x 3 min", "Tempo Tuesday 10 min easy, 20 min, 10 min easy"] {
            assert!(session_title(text).is_none(), "{text}");
        }
        for text in ["mile 8 x 200", "tempo 20 min", "6x400m", "Fast: 6x400m", "long run easy"] {
            assert!(session_title(text).is_none(), "{text}");
        }
    }
}
