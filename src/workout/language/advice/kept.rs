//! The check that a fix keeps what the runner wrote: the numbers, the efforts and the plain words.

use super::quantity::{Quantity, QuantityKind, meant, written};
use super::repair;
use crate::workout::language::lexer::{Lexer, Tok};
use crate::workout::language::lexicon::{self, NamedTarget};

/// Problems of a wrong number, which a fix has to change.
const WRONG_NUMBERS: [&str; 37] = [
    "invalid-ramp-end",
    "missing-target-unit",
    "ramp-start-without-unit",
    "invalid-clock",
    "zero-time",
    "zero-distance",
    "invalid-count",
    "descending-count",
    "decimal-clock",
    "fraction-sign",
    "comma-in-number",
    "unknown-race",
    "unknown-race-pace",
    "range-of-race-paces",
    "percent-offset",
    "pace-percentage-out-of-range",
    "offset-too-far",
    "offset-out-of-reach",
    "impossible-speed",
    "slow-pace",
    "clock-with-unit",
    "impossible-heart-rate",
    "impossible-heart-percentage",
    "invalid-named-range",
    "impossible-incline",
    "invalid-zone",
    "invalid-rpe",
    "breathing-without-unit",
    "impossible-breathing",
    "invalid-breathing-ratio",
    "cue-past-end",
    "cue-too-often",
    "send-off-too-short",
    "second-incline",
    "second-ramp",
    "duplicate-target",
    "pace-beside-in",
];
/// Problems of a word too many, which a fix has to drop.
const SPARE_WORDS: [&str; 6] = [
    "invalid-named-range",
    "duplicate-target",
    "pace-beside-in",
    "second-ramp",
    "invalid-ramp-end",
    "misplaced-in",
];
/// The longest step that a fix may hold, in seconds.
const LONGEST_STEP: f64 = 18_000.0;
/// The paces that a fix may hold, in seconds a kilometre.
const PACES: std::ops::RangeInclusive<f64> = 120.0..=1200.0;
/// The fastest speed that a fix may hold, in km/h.
const FASTEST: f64 = 30.0;

/// True if `fix`, in canonical notation, keeps the meaning of `original` as far as the words show it.
pub(super) fn keeps_meaning(original: &str, fix: &str, code: &str, computed: bool) -> bool {
    let values = written(fix);
    values.iter().all(is_plausible)
        && (computed || WRONG_NUMBERS.contains(&code) || keeps_numbers(original, &values))
        && (computed || SPARE_WORDS.contains(&code) || keeps_efforts(original, fix))
        && (!is_chain(original) || fix.contains('('))
        && (original.contains('|')
            || !fix.split('|').skip(1).any(|cue| cue.contains(|c: char| c.is_ascii_digit())))
        && (computed || code != "unknown-start" || !adds_length(original, fix, 1))
        && keeps_clocks_of_pace(original, fix)
        && (!asks_interval_pace(original) || ranks(fix).contains(&NamedTarget::Hard.rank()))
        && quotes_only_plain_words(original, fix)
        && labels_only_plain_words(original, fix)
        && keeps_hills(original, fix)
}

/// True for `12-3-30`: it may be a ladder, but is no range.
fn is_chain(text: &str) -> bool {
    let numbers: Vec<&str> = text.split_whitespace().next().unwrap_or_default().split('-').collect();
    numbers.len() > 2 && numbers.iter().all(|number| number.parse::<f64>().is_ok())
}

/// True if no clock behind `@` has become a step: `10 miles @ 6:47` holds one step.
fn keeps_clocks_of_pace(original: &str, fix: &str) -> bool {
    original.split('@').skip(1).all(|behind| {
        let clock: &str = behind.trim_start().split([' ', '/', ',', ')', '+']).next().unwrap_or_default();
        !clock.contains(':') || fix.split([',', '(']).all(|step| step.trim() != clock)
    })
}

/// True for `1200m @ interval`: the pace of intervals is hard.
fn asks_interval_pace(original: &str) -> bool {
    let lower = original.to_lowercase();
    ["@ interval", "@interval", "at interval", "interval pace"].iter().any(|pace| lower.contains(pace))
}

fn is_plausible(quantity: &Quantity) -> bool {
    match quantity.measure {
        QuantityKind::Time => quantity.value <= LONGEST_STEP,
        QuantityKind::Pace => PACES.contains(&quantity.value),
        QuantityKind::Speed => quantity.value <= FASTEST,
        _ => true,
    }
}

/// True if each number of `original` stands in a fix with `values`.
fn keeps_numbers(original: &str, values: &[Quantity]) -> bool {
    let mut left = values.to_vec();
    let mut numbers = meant(original);
    // A number that may mean much takes what the certain ones leave.
    numbers.sort_by_key(Vec::len);
    numbers.iter().all(|readings| {
        let found = left.iter().position(|value| readings.iter().any(|reading| reading.equals(value)));
        found.map(|i| left.remove(i)).is_some()
    })
}

/// True for a problem whose fix changes a number.
pub(super) fn changes_numbers(code: &str) -> bool {
    WRONG_NUMBERS.contains(&code) && code != "duplicate-target"
}

/// The cost of a number that the runner did not write.
const NEW_NUMBER: u32 = 110;
/// The cost of an effort or a pace that the runner did not write.
const NEW_EFFORT: u32 = 80;

/// Returns the cost of the numbers and efforts of `fix` that are not in `original`.
pub(super) fn inventions(original: &str, fix: &str) -> u32 {
    let mut numbers = meant(original);
    numbers.sort_by_key(Vec::len);
    let mut values = written(fix);
    for readings in &numbers {
        let found = values.iter().position(|value| readings.iter().any(|reading| reading.equals(value)));
        found.map(|i| values.remove(i));
    }
    let mut efforts = ranks(fix);
    for rank in ranks(original).into_iter().chain(runs(original)) {
        let found = efforts.iter().position(|effort| *effort == rank);
        found.map(|i| efforts.swap_remove(i));
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(100);
    NEW_NUMBER * count(values.len()) + NEW_EFFORT * count(efforts.len())
}

/// Returns how many numbers of `original` are not in `fix`.
pub(super) fn lost_numbers(original: &str, fix: &str) -> u32 {
    let mut values = written(fix);
    let mut numbers = meant(original);
    numbers.sort_by_key(Vec::len);
    let mut lost = 0;
    for readings in &numbers {
        match values.iter().position(|value| readings.iter().any(|reading| reading.equals(value))) {
            Some(at) => {
                values.remove(at);
            }
            None => lost += 1,
        }
    }
    lost
}

/// Says which numbers of `original` are not in `fix`: ``without `15` ``. Nothing if it has all of them.
pub(super) fn change(original: &str, fix: &str) -> Option<String> {
    let (old, new) = (numbers(original), numbers(fix));
    let lost: Vec<String> = old
        .iter()
        .filter(|number| lost_numbers(number, fix) > 0 && !new.contains(number))
        .map(|number| format!("`{number}`"))
        .collect();
    (!lost.is_empty()).then(|| format!("without {}", lost.join(" and ")))
}

/// True if `fix` holds a length that is not in `original`, and at least `more` numbers more.
pub(super) fn adds_length(original: &str, fix: &str, more: usize) -> bool {
    let all = meant(original);
    let is_new = |value: &Quantity| {
        let lasts = matches!(value.measure, QuantityKind::Time | QuantityKind::Distance);
        lasts && !all.iter().any(|readings| readings.iter().any(|reading| reading.equals(value)))
    };
    numbers(fix).len() >= numbers(original).len() + more && written(fix).iter().any(is_new)
}

fn numbers(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':');
    let all = text.split(|c: char| !is_part(c)).map(|number| number.trim_matches(['.', ':']));
    all.filter(|number| !number.is_empty()).map(str::to_string).collect()
}

/// True if `fix` has an effort where `original` has one.
pub(super) fn keeps_some_effort(original: &str, fix: &str) -> bool {
    ranks(original).is_empty() || !ranks(fix).is_empty()
}

/// True if each effort of `original` stands in `fix`: a word of the same rank, or any recovery for a recovery.
fn keeps_efforts(original: &str, fix: &str) -> bool {
    let mut left = ranks(fix);
    left.extend(runs(fix));
    // A step without an effort is easy.
    let runs = if left.is_empty() { Vec::new() } else { runs(original) };
    ranks(original).into_iter().chain(runs).all(|rank| {
        let found = left.iter().position(|other| *other == rank);
        found.map(|i| left.swap_remove(i)).is_some()
    })
}

fn ranks(text: &str) -> Vec<u8> {
    let rank = |word: &str| match word.to_lowercase().as_str() {
        "lt" => Some(NamedTarget::Tempo.rank()),
        // `easy run` holds one effort.
        "run" => None,
        _ => pace_rank(word).or_else(|| {
            let others = repair::others(word);
            others.first().and_then(|(_, effort)| pace_rank(effort))
        }),
    };
    words(text).filter_map(rank).collect()
}

fn pace_rank(word: &str) -> Option<u8> {
    lexicon::pace(word).map(|(target, _)| target.rank().max(NamedTarget::Easy.rank()))
}

/// True if `fix` has an incline where `original` has a hill, and words where it has an exercise.
fn keeps_hills(original: &str, fix: &str) -> bool {
    let is_hill = |word: &str| ["hill", "hills", "uphill"].contains(&word.to_lowercase().as_str());
    let steps =
        original.split_once(": ").or_else(|| original.split_once(':')).map_or(original, |(_, steps)| steps);
    !words(steps).any(is_hill) || fix.contains("incline") || fix.contains('\'')
}

/// Returns a rank for each `run` that stands for an effort: the one in front of its length.
fn runs(text: &str) -> Vec<u8> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_run = |at: usize, word: &&str| {
        let is_before_length =
            words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        // `easy run 1:10` holds one effort.
        let is_behind_effort =
            at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|word| lexicon::pace(word).is_some());
        word.eq_ignore_ascii_case("run") && is_before_length && !is_behind_effort
    };
    let runs = words.iter().enumerate().filter(|(at, word)| is_run(*at, word));
    runs.map(|_| NamedTarget::Easy.rank()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Words of a workout's shape that are no words of the language.
const SHAPE_WORDS: [&str; 39] = [
    "or",
    "as",
    "no",
    "without",
    "inc",
    "incl",
    "final",
    "total",
    "average",
    "strength",
    "core",
    "effort",
    "interval",
    "of",
    "by",
    "to",
    "the",
    "with",
    "last",
    "first",
    "times",
    "time",
    "rounds",
    "round",
    "sets",
    "set",
    "reps",
    "repeat",
    "min",
    "mins",
    "including",
    "finish",
    "hills",
    "r",
    "rec",
    "recs",
    "ri",
    "yasso",
    "yassos",
];

/// True if `fix` quotes no words of the language, of a workout's shape, or with digits, unless they were quoted.
fn quotes_only_plain_words(original: &str, fix: &str) -> bool {
    let is_telling = |word: &str| {
        SHAPE_WORDS.contains(&word.to_lowercase().as_str()) || lexicon::lookup(word, |_| Some(())).is_some()
    };
    let known = quotes(original);
    quotes(fix).into_iter().all(|quote| {
        known.contains(&quote)
            || !original.contains(quote)
            || !(quote.contains(|c: char| c.is_ascii_digit()) || words(quote).any(is_telling))
    })
}

/// True if `fix` makes no label of words that say something about the workout, unless they were a label.
fn labels_only_plain_words(original: &str, fix: &str) -> bool {
    let is_telling = |word: &str| repair::is_known(&word.to_lowercase());
    fix.split([',', '(', '/']).all(|piece| {
        let piece = piece.split('|').next().unwrap_or_default();
        let Some((label, _)) = piece.split_once(": ") else { return true };
        original.contains(&format!("{}:", label.trim())) || !words(label).any(is_telling)
    })
}

fn quotes(text: &str) -> Vec<&str> {
    let lexer = Lexer::new(text);
    let mut quotes = Vec::new();
    let mut position = 0;
    loop {
        let token = lexer.token(position);
        match token.tok {
            Tok::End => return quotes,
            Tok::Quote(at) => quotes.extend(text.get(at)),
            _ => {}
        }
        position = token.end.max(position + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_label_and_its_numbers() {
        let (text, fix) = ("Hill:6x60m/60s", "Hill: 6×60min / 60s");
        assert!(keeps_efforts(text, fix));
        assert!(written(fix).iter().all(is_plausible), "{:?}", written(fix));
        assert!(keeps_numbers(text, &written(fix)), "{:?} {:?}", meant(text), written(fix));
        assert!(quotes_only_plain_words(text, fix));
        assert!(keeps_meaning(text, fix, "ambiguous-m", false));
    }
}
