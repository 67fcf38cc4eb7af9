//! The words that an unknown word may stand for.

use super::EditCost;
use super::pieces::{TextPiece, TextPieceKind, joined, split};
use crate::text::is_ordinary;
use crate::workout::language::advice::{foreign, targets, typos};
use crate::workout::language::lexicon;

/// Words that join the parts of a workout.
const CONNECTIVES: [&str; 67] = [
    "maf",
    "with",
    "w",
    "last",
    "first",
    "at",
    "in",
    "on",
    "per",
    "then",
    "and",
    "to",
    "times",
    "time",
    "x",
    "sets",
    "set",
    "rounds",
    "round",
    "each",
    "every",
    "or",
    "by",
    "plus",
    "after",
    "before",
    "followed",
    "finish",
    "middle",
    "start",
    "end",
    "hill",
    "hills",
    "uphill",
    "downhill",
    "incline",
    "grade",
    "flat",
    "rep",
    "reps",
    "mph",
    "kph",
    "kmh",
    "bpm",
    "hr",
    "heart",
    "rate",
    "max",
    "ftp",
    "lthr",
    "zone",
    "rpe",
    "k",
    "z",
    "off",
    "of",
    "slower",
    "faster",
    "than",
    "race",
    "goal",
    "pace",
    "alternating",
    "alternate",
    "between",
    "spm",
    "hrmax",
];
/// Words of phrases that no table of the parser has.
const SESSION_WORDS: [&str; 62] = [
    "slow",
    "fartlek",
    "pyramid",
    "ladder",
    "progression",
    "progressive",
    "yasso",
    "interval",
    "intervals",
    "repeats",
    "repeat",
    "sprint",
    "sprints",
    "walking",
    "running",
    "jogging",
    "long",
    "half",
    "full",
    "last",
    "final",
    "back",
    "down",
    "from",
    "cutdown",
    "equal",
    "standing",
    "brisk",
    "float",
    "cruise",
    "tabata",
    "norwegian",
    "parkrun",
    "general",
    "aerobic",
    "moderate",
    "conversational",
    "total",
    "time",
    "trial",
    "split",
    "squats",
    "lunges",
    "plank",
    "calf",
    "raises",
    "drills",
    "medium",
    "relaxed",
    "track",
    "recover",
    "recoveries",
    "finishing",
    "starting",
    "including",
    "increase",
    "under",
    "over",
    "until",
    "hours",
    "lactate",
    "subthreshold",
];
/// The most choices for one word.
const MOST_CHOICES: usize = 4;
/// The cost of leaving an unknown word out.
const DROP: EditCost = 180;
/// The cost of showing an unknown word to the runner as words.
const QUOTE: EditCost = 190;

/// Returns what the word `at` may stand for, the likeliest first. Nothing for a word that is known, and for a label.
pub(super) fn choices(pieces: &[TextPiece], at: usize) -> Vec<(EditCost, String)> {
    let Some(piece) = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Word) else {
        return Vec::new();
    };
    if is_label(pieces, at) {
        return Vec::new();
    }
    let word = piece.text.to_lowercase();
    let before = at.checked_sub(1).and_then(|i| pieces.get(i));
    let is_behind_number = before.is_some_and(|before| before.kind == TextPieceKind::Number);
    let is_unit = is_behind_number || !piece.is_spaced && before.is_some_and(|before| before.is("/"));
    let touches_number = is_behind_number && !piece.is_spaced;
    if touches_number && ["kp", "kpc", "krp", "kpa"].contains(&word.as_str()) {
        return vec![(20, "k pace".to_string())];
    }
    if touches_number && let Some(glued) = behind_number(&word) {
        return vec![(20, glued)];
    }
    if touches_number
        && word == "s"
        && before.and_then(TextPiece::number).is_some_and(|number| number >= 200.0)
    {
        return vec![(20, "m".to_string())];
    }
    if is_known(&word) {
        // `200jog`
        let is_target =
            word.len() > 2 && lexicon::pace(&word).is_some() && !lexicon::units().any(|unit| unit == word);
        return if touches_number && is_target { vec![(20, format!(" {word}"))] } else { Vec::new() };
    }
    let mut choices = near(&word, is_unit);
    choices.extend(foreign::near(&word).map(|(cost, meaning)| (cost, meaning.to_string())));
    choices.extend(targets::known_effort(&word).map(|effort| (30, effort.to_string())));
    choices.extend(parts(&word).map(|parts| (80, parts)));
    if touches_number {
        choices = choices.into_iter().map(|(cost, text)| (cost, format!(" {text}"))).collect();
    }
    choices.sort();
    choices.dedup_by(|a, b| a.1 == b.1);
    choices.truncate(MOST_CHOICES);
    if !touches_number {
        choices.push((DROP, String::new()));
        let is_before_target = pieces.get(at + 1).is_some_and(|next| lexicon::pace(&next.text).is_some());
        let stands_alone = at > 0 && pieces.get(at + 1).is_none_or(|next| next.kind != TextPieceKind::Word);
        let quote = if stands_alone && !is_before_target { DROP - 10 } else { QUOTE };
        choices.push((quote, format!("'{}'", piece.text)));
    }
    choices.sort();
    choices
}

/// The highest cost of a word that is certain enough to be put in the place of an unknown one.
const CERTAIN: EditCost = 125;
/// The most texts with other words.
const MOST_RESPELT: usize = 8;

/// Returns `text` with each unknown word as the likeliest known one, and with one of them as another. Nothing where
/// all words are known.
pub(crate) fn respellings(text: &str) -> Vec<String> {
    let pieces = split(text);
    let of = |at: usize| -> Vec<String> {
        let certain = choices(&pieces, at)
            .into_iter()
            .filter(|(cost, word)| *cost <= CERTAIN && !word.is_empty() && !word.contains('\''));
        certain.map(|(_, word)| word).collect()
    };
    let words: Vec<Vec<String>> = (0..pieces.len()).map(of).collect();
    let line = |other: Option<(usize, usize)>| {
        let mut respelt = pieces.clone();
        for (i, piece) in respelt.iter_mut().enumerate() {
            let pick = other.filter(|(at, _)| *at == i).map_or(0, |(_, pick)| pick);
            if let Some(word) = words.get(i).and_then(|words| words.get(pick)) {
                piece.text.clone_from(word);
            }
        }
        joined(&respelt)
    };
    if words.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let others = words.iter().enumerate().flat_map(|(i, words)| (1..words.len()).map(move |pick| (i, pick)));
    let others = others.take(MOST_RESPELT).map(|other| line(Some(other)));
    std::iter::once(line(None)).chain(others).collect()
}

/// Returns other words for a known word: `rec` is `recovery`, `moderate` is `steady`.
pub(crate) fn others(word: &str) -> Vec<(EditCost, String)> {
    let lower = word.to_lowercase();
    let effort = targets::known_effort(&lower).map(|effort| (40, effort.to_string()));
    let mut longer: Vec<(EditCost, String)> = lexicon::targets()
        .filter(|known| lower.len() > 2 && known.len() > lower.len() && known.starts_with(&lower))
        .map(|known| (80, known.to_string()))
        .collect();
    longer.extend(effort);
    longer
}

/// True for a word before a colon.
fn is_label(pieces: &[TextPiece], at: usize) -> bool {
    let mut after = pieces.iter().skip(at + 1);
    let next = after.find(|piece| piece.kind != TextPieceKind::Word && piece.kind != TextPieceKind::Number);
    next.is_some_and(|piece| piece.is(":"))
}

pub(crate) fn is_known(word: &str) -> bool {
    CONNECTIVES.contains(&word)
        || lexicon::lookup(word, |_| Some(())).is_some()
        || typos::vocabulary().any(|known| known.eq_ignore_ascii_case(word))
}

/// Splits `mineasy`, which comes after a number, into the unit and a word.
fn behind_number(word: &str) -> Option<String> {
    let units = ["min", "mins", "km", "mi", "sec", "s", "m", "k", "h", "x"];
    units.iter().find_map(|unit| {
        let rest = word.strip_prefix(unit)?;
        let is_word = rest.len() > 2 && is_known(rest) && !is_known(word);
        is_word.then(|| format!("{unit} {rest}"))
    })
}

/// Splits `easyhard` into two known words.
fn parts(word: &str) -> Option<String> {
    let splits = (3..word.len().saturating_sub(2)).rev();
    let mut pairs = splits.filter_map(|at| Some((word.get(..at)?, word.get(at..)?)));
    let (first, second) = pairs.find(|(first, second)| is_known(first) && is_known(second))?;
    Some(format!("{first} {second}"))
}

/// Returns the known words that `word` may be a slip or an abbreviation of.
fn near(word: &str, is_unit: bool) -> Vec<(EditCost, String)> {
    let letters = word.chars().count();
    if is_ordinary(word) {
        return Vec::new();
    }
    if !(2..=20).contains(&letters) || !word.is_ascii() {
        return Vec::new();
    }
    let most = match letters {
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut near: Vec<(EditCost, String)> = Vec::new();
    for known in typos::vocabulary().chain(CONNECTIVES).chain(SESSION_WORDS) {
        let is_short = known.len() < 3 || letters < 3;
        if !is_unit && lexicon::units().any(|unit| unit == known) {
            continue;
        }
        if is_short && !(is_unit && ["km", "mi", "min", "mph", "bpm", "h", "s"].contains(&known)) {
            continue;
        }
        if let Some(cost) = distance(word, known, most) {
            // One wrong key is likelier than one too many or too few.
            let other_length = if known.len() == word.len() && known != "mi" { 0 } else { 5 };
            let other_length = if word == "mn" && known == "min" { 0 } else { other_length };
            near.push((cost + other_length, known.to_string()));
        }
    }
    near.sort();
    near.dedup();
    near.truncate(MOST_CHOICES);
    near
}

fn distance(word: &str, known: &str, most: usize) -> Option<EditCost> {
    let lower = known.to_lowercase();
    let same_start = word.chars().next() == lower.chars().next();
    let slips = strsim::damerau_levenshtein(word, &lower);
    if slips > 1 && strsim::damerau_levenshtein(&sounds(word), &sounds(&lower)) <= 1 && same_start {
        return Some(90);
    }
    let is_anagram = word.len() == lower.len() && sorted(word) == sorted(&lower);
    let start = if same_start { 0 } else { 40 };
    if slips <= most.min(word.len() / 2) || is_anagram && slips <= 2 {
        let swapped = if is_anagram { 20 } else { 0 };
        return Some(40 + 40 * u32::try_from(slips).ok()? + start - swapped);
    }
    let is_shortened =
        word.len() >= 3 && (lower.starts_with(word) || same_start && consonants(&lower).starts_with(word));
    is_shortened.then(|| 70 + 3 * u32::try_from(lower.len()).unwrap_or(20))
}

/// Returns a word with one letter for those that sound alike.
fn sounds(word: &str) -> String {
    let plain = word.replace("ph", "f").replace("ck", "k");
    plain
        .chars()
        .map(|letter| match letter {
            'z' => 's',
            'c' => 'k',
            'i' => 'y',
            letter => letter,
        })
        .collect()
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

fn consonants(word: &str) -> String {
    word.chars().filter(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::language::advice::repair::pieces::split;

    fn best(text: &str, at: usize) -> String {
        choices(&split(text), at).into_iter().next().map(|(_, text)| text).unwrap_or_default()
    }

    #[test]
    fn finds_the_word_that_was_meant() {
        for (text, at, meant) in [
            ("5min ezy", 2, "easy"),
            ("5min hrad", 2, "hard"),
            ("30 bmp", 1, "bpm"),
            ("10mineasy", 1, "min easy"),
            ("5min easyhard", 2, "easy hard"),
            ("5min thrsh", 2, "threshold"),
            ("5min footing", 2, "easy"),
        ] {
            assert_eq!(best(text, at), meant, "{text}");
        }
    }

    #[test]
    fn leaves_known_words_and_labels_alone() {
        assert!(choices(&split("5min easy with"), 3).is_empty());
        assert!(choices(&split("Yasso: 10x800m"), 0).is_empty());
    }
}
