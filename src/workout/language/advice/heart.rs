//! Heart rates.

use super::slip::{Advice, Candidate, Slip};
use super::words::leading_number;

/// The heart rates of a run, in beats a minute.
const USUAL: std::ops::RangeInclusive<f64> = 60.0..=230.0;

/// `HR 75%`: of which heart rate?
pub(super) fn bases(slip: &Slip<'_>, before: &str, percent: &str) -> Advice {
    let of = |base: &str| {
        let rest = slip.behind().trim_start().strip_prefix(percent).unwrap_or(slip.behind());
        slip.rewrite(format!("{}{percent}{base}{rest}", before))
    };
    Advice::new("", vec![of("HRmax"), of("HRR"), of("LTHR")])
}

/// A heart rate that no heart has: `30min 1500bpm`.
pub(super) fn impossible(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let digits: String =
        word.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let likely = likely(&digits).into_iter().map(|beats| slip.swap(format!("{beats}bpm")).computed());
    let candidates = likely.chain([slip.swap("140-150bpm").computed()]).collect();
    Advice::new("a heart beats 30 to 230 times a minute", candidates)
}

/// `heart rate 300`, `hr 1450`, `heart rate high`: the words in front of a number that is no heart rate.
pub(super) fn in_words(slip: &Slip<'_>) -> Advice {
    let before = slip.before().trim_end();
    let behind = slip.behind().trim_start();
    let behind = behind.strip_prefix("rate").unwrap_or(behind).trim_start();
    let behind = ["of ", "at ", "@ ", "="]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
        .unwrap_or(behind)
        .trim_start();
    let Some((number, rest)) = leading_number(behind) else {
        let example = slip.rewrite(format!("{before} 140-150bpm"));
        return Advice::new("a heart rate is in beats a minute", vec![example]);
    };
    let rest = rest.trim_start().trim_start_matches("bpm").trim_start();
    let space = if rest.is_empty() || rest.starts_with(',') { "" } else { " " };
    let of = |beats: &str| slip.rewrite(format!("{before} {beats}bpm{space}{rest}")).computed();
    if USUAL.contains(&number) {
        return Advice::new("a heart rate is in beats a minute", vec![of(&number.to_string())]);
    }
    let digits = number.to_string();
    let likely: Vec<Candidate> = likely(&digits).iter().map(|beats| of(beats)).collect();
    Advice::new("a heart beats 30 to 230 times a minute", likely.into_iter().chain([of("140-150")]).collect())
}

/// Returns the heart rates that `digits` may have been meant to be: a key was pressed twice, or one too many.
fn likely(digits: &str) -> Vec<String> {
    if digits.len() != 4 {
        return Vec::new();
    }
    let without = |at: usize| {
        let (before, behind) = digits.split_at_checked(at)?;
        let kept = format!("{before}{}", behind.get(1..)?);
        kept.parse::<f64>().is_ok_and(|beats| (100.0..=200.0).contains(&beats)).then_some(kept)
    };
    let mut all: Vec<String> = (0..4).rev().filter_map(without).collect();
    all.dedup();
    all.truncate(2);
    all
}
