//! Steps that do not say how long they last.

use super::slip::{Advice, Candidate, Slip};
use super::words::{first_word, is_target, leading_count, leading_number};
use crate::workout::language::lexicon;

/// `easy`, `easy 45`, `MP`: how long?
pub(super) fn missing_length(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let behind = slip.behind().trim();
    let lead = "how long?";
    if word.eq_ignore_ascii_case("rest") && ["day", "days"].contains(&behind) {
        let lead = "a day without a run needs no workout; for a rest in one";
        return Advice::new(lead, vec![slip.rewrite("10min rest")]);
    }
    if behind.is_empty() {
        let is_kind = lexicon::kind(word).is_some() && lexicon::pace(word).is_none();
        let before = slip.before();
        let recovery = if before.trim_end().ends_with('/') { "90s" } else { "10min" };
        if word.to_lowercase().starts_with("stride") {
            return Advice::new("how many, how long?", vec![slip.rewrite(format!("{before}6×20s strides"))]);
        }
        let first =
            if is_kind { format!("{before}{word} 10min") } else { format!("{before}{recovery} {word}") };
        let is_pace = lexicon::pace(word).is_some_and(|(base, _)| !base.is_effort());
        let mut candidates = vec![slip.rewrite(first)];
        if is_pace && !word.eq_ignore_ascii_case("rest") {
            candidates.push(slip.rewrite(format!("{before}5km {word}")));
        }
        return Advice::new(lead, candidates);
    }
    let mut candidates = slip.local();
    if let Some(advice) = before_a_repeat(slip) {
        return advice;
    }
    if leading_number(behind).is_some() {
        candidates.clear();
        candidates.push(slip.rewrite(format!("{}{behind}", slip.before())));
        let moved = format!("{}{} {word}", slip.before(), behind.split(" / ").next().unwrap_or(behind));
        let rest = behind.split_once(" / ").map(|(_, rest)| format!(" / {rest}")).unwrap_or_default();
        candidates.insert(usize::from(is_paced(behind)), slip.rewrite(format!("{moved}{rest}")));
        if leading_count(behind).is_some() {
            candidates = candidates.into_iter().map(Candidate::computed).collect();
        }
        candidates.truncate(if is_paced(behind) { 1 } else { 2 });
        if let Ok(number) = behind.parse::<f64>()
            && number <= 20.0
        {
            let of = |unit: &str| slip.rewrite(format!("{}{behind}{unit} {word}", slip.before()));
            return Advice::new("the length comes first, with its unit", vec![of("min"), of("km"), of("mi")]);
        }
        let lead = if is_paced(behind) {
            format!("`{word}` is a second pace")
        } else {
            "the length comes first".to_string()
        };
        return Advice::new(lead, candidates);
    }
    candidates.push(slip.rewrite(format!("{}10min {word} {behind}", slip.before())));
    candidates.push(slip.rewrite(format!("{}10min {word}", slip.before())));
    candidates.truncate(2);
    Advice::new(lead, candidates)
}

/// `warmup easy 10min 3x1km`, `easy 10min 3x1km`: a comma is missing before the repeat.
fn before_a_repeat(slip: &Slip<'_>) -> Option<Advice> {
    let (word, behind) = (slip.word(), slip.behind().trim());
    let (effort, behind_effort) = first_word(behind);
    let line = match length_and_rest(behind_effort).filter(|_| is_target(effort)) {
        Some((length, rest)) => format!("{}{word} {length} {effort}, {rest}", slip.before()),
        None => {
            let (length, rest) = length_and_rest(behind)?;
            format!("{}{length} {word}, {rest}", slip.before())
        }
    };
    let lead = "the length comes first, and a comma between two steps";
    Some(Advice::new(lead, vec![slip.rewrite(line)]))
}

/// Splits `10min 3x1km` into the length and the step after it.
fn length_and_rest(text: &str) -> Option<(&str, &str)> {
    let (length, rest) = text.split_once(' ')?;
    let (_, unit) = leading_number(length)?;
    let rest = rest.trim_start();
    let is_unit = lexicon::units().any(|known| known == unit);
    (is_unit && leading_count(rest).is_some()).then_some((length, rest))
}

fn is_paced(text: &str) -> bool {
    text.split_whitespace().any(|word| is_target(word) || word.contains("/km") || word.contains("/mi"))
}
