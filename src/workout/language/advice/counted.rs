//! Whole lines whose count, slash or brackets stand in a way that pacebell does not read.

use super::slip::{Advice, Rule, Slip};
use super::words::{first_word, is_target, leading_count, leading_number};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 10] = [
    unit_without_number,
    bare_recovery,
    count_with_mark,
    counted_body,
    missing_count,
    recovery_with_mark,
    bracketed_recovery,
    pace_in_front,
    pace_between_marks,
    alternation,
];

/// `5xkm hard / 90s jog`: one kilometre.
fn unit_without_number(slip: &Slip<'_>) -> Option<Advice> {
    let (count, body) = leading_count(slip.text.trim())?;
    let unit = ["km", "miles", "mile", "mi", "min"]
        .into_iter()
        .find(|unit| body.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    let rest = body.get(unit.len()..)?;
    let one = slip.widened().rewrite(format!("{count}×1{unit}{rest}")).computed();
    Some(Advice::new("how many? one of them", vec![one]))
}

/// `8x400, 200`: metres, and the recovery between them.
fn bare_recovery(slip: &Slip<'_>) -> Option<Advice> {
    let (count, body) = leading_count(slip.text.trim())?;
    let (rep, recovery) = body.split_once(',')?;
    let metres =
        |text: &str| text.trim().parse::<f64>().ok().filter(|metres| (100.0..=3000.0).contains(metres));
    let (rep, recovery) = (metres(rep)?, metres(recovery)?);
    let between = slip.widened().rewrite(format!("{count}×{rep}m / {recovery}m")).computed();
    let after = slip.widened().rewrite(format!("{count}×{rep}m, then {recovery}m")).computed();
    let candidates = vec![between.noted("for between"), after.noted("for once at the end")];
    Some(Advice::new("metres have a unit", candidates).with_totals())
}

/// Words that stand where a count should.
const VAGUE_COUNTS: [&str; 8] = ["x", "several", "some", "many", "n", "repeat", "repeats", "reps"];

/// `x 400m 5K`, `several x 400m`, `(60s hard, 60s easy) x`.
fn missing_count(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let times =
        |text: &str| text.strip_prefix(['x', 'X', '×', '*']).map(|rest| rest.trim_start().to_string());
    let (word, rest) = first_word(text);
    let body = if VAGUE_COUNTS.contains(&word.to_lowercase().as_str()) && !rest.is_empty() {
        let rest = rest.trim_start();
        times(rest).unwrap_or_else(|| rest.trim_start_matches("of ").to_string())
    } else if let Some(rest) = times(text) {
        rest
    } else {
        let rest = text.strip_suffix(['x', 'X', '×', '*']).or_else(|| text.strip_suffix("times"))?;
        if !rest.ends_with([' ', ')']) {
            return None;
        }
        let rest = rest.trim_end();
        let is_item = rest.starts_with('(') || !rest.contains(',');
        is_item.then(|| rest.to_string())?
    };
    // `x6 400m 5K`
    if let Some((count, rest)) = body.split_once(' ')
        && (1..=2).contains(&count.len())
        && count.chars().all(|c| c.is_ascii_digit())
        && rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(')
    {
        let line = slip.rewrite(format!("{count}×{}", rest.trim_start()));
        return Some(Advice::new("the times sign comes after the count", vec![line]));
    }
    if !body.starts_with(|c: char| c.is_ascii_digit() || c == '(') || leading_count(&body).is_some() {
        return None;
    }
    Some(Advice::new("how often?", vec![slip.rewrite(format!("8×{body}")).computed()]))
}

/// `8 . 60s hard`, `8#60s hard`, `8x: 60s hard`.
fn count_with_mark(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = text.get(..text.len() - rest.len()).filter(|count| (1..=2).contains(&count.len()))?;
    let body = rest.trim_start_matches(|c: char| c.is_whitespace() || "x×X*.#@:&_".contains(c));
    let mark: String = rest.get(..rest.len() - body.len())?.chars().filter(|c| !c.is_whitespace()).collect();
    let is_mark = !mark.is_empty() && mark != "x" && mark != "×";
    let is_number = mark == "." && !rest.starts_with(' ') || mark == ":";
    let (_, unit) = leading_number(body)?;
    if !is_mark
        || is_number
        || !unit.trim_start().starts_with(|c: char| c.is_alphabetic() || "'\"′″".contains(c))
    {
        return None;
    }
    Some(Advice::new("a count has a times sign", vec![slip.rewrite(format!("{count}×{body}"))]))
}

/// `8x60s hard : 60s easy`, `8x60s hard | 60s easy`, `8x60s hard // 60s easy`.
fn recovery_with_mark(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    leading_count(text)?;
    let mark = ["//", " : ", " \\ ", " ~ ", " – ", " — ", " vs ", " & ", " and "]
        .into_iter()
        .find(|mark| text.contains(mark))?;
    let (rep, recovery) = text.split_once(mark)?;
    if rep.contains(['/', '(', '|']) || leading_number(recovery.trim_start()).is_none() {
        return None;
    }
    let text = format!("{} / {}", rep.trim_end(), recovery.trim_start());
    Some(Advice::new("a slash stands before a recovery", vec![slip.rewrite(text)]))
}

/// `4x(1km @ T w/ 1 min rest)`.
fn bracketed_recovery(slip: &Slip<'_>) -> Option<Advice> {
    let (count, body) = leading_count(slip.whole())?;
    let inner = body.trim().strip_prefix('(')?.strip_suffix(')')?;
    let (rep, recovery) = inner.split_once(" w/ ").or_else(|| inner.split_once(" with "))?;
    if inner.contains(['(', ',']) {
        return None;
    }
    let recovery = recovery.trim_start_matches("a ").trim();
    let between = slip.rewrite(format!("{count}×{} / {recovery}", rep.trim()));
    let each = slip.rewrite(format!("{count}×({}, {recovery})", rep.trim()));
    let candidates = vec![between.noted("for between"), each.noted("for the last one too")];
    Some(Advice::new("", candidates).with_totals())
}

/// Words between a count and what is repeated.
const COUNT_WORDS: [&str; 12] = [
    "reps",
    "rep",
    "sets",
    "set",
    "rounds",
    "times",
    "intervals",
    "repeats",
    "repetitions",
    "lots",
    "cycles",
    "laps",
];

/// `8 reps 400m 5K`, `8(400m 5K, 90s jog)`, `(400m 5K / 90s jog) 8 times`.
fn counted_body(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (count, body) = counted_in_front(text).or_else(|| counted_behind(text))?;
    let inner = body.strip_prefix('(').and_then(|body| body.strip_suffix(')'));
    let is_pair = |inner: &str| inner.matches('/').count() == 1 && !inner.contains('(');
    let candidates = match inner.filter(|inner| is_pair(inner)).and_then(|inner| inner.split_once('/')) {
        Some((rep, recovery)) => {
            let (rep, recovery) = (rep.trim(), recovery.trim());
            let between = slip.rewrite(format!("{count}×{rep} / {recovery}")).noted("for between");
            let each = slip.rewrite(format!("{count}×({rep}, {recovery})")).noted("for the last one too");
            vec![between, each]
        }
        None => vec![slip.rewrite(format!("{count}×{body}"))],
    };
    Some(Advice::new("a count has a times sign", candidates).with_totals())
}

fn counted_in_front(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = text.get(..text.len() - rest.len()).filter(|count| (1..=2).contains(&count.len()))?;
    let signed = rest.trim_start();
    let body = signed.trim_start_matches(['x', 'X', '×']).trim_start();
    let (word, behind) = first_word(body);
    let is_counted = COUNT_WORDS.contains(&word.to_lowercase().as_str());
    let body = if is_counted { behind.trim_start().trim_start_matches("of ").trim() } else { body };
    let has_length = body.starts_with(|c: char| c.is_ascii_digit()) && !is_target(body);
    let is_group = body.starts_with('(') && body.ends_with(')') && (is_counted || body == signed);
    (is_group || is_counted && has_length).then_some((count, body))
}

fn counted_behind(text: &str) -> Option<(&str, &str)> {
    let words = text.trim_end_matches(char::is_alphabetic).trim_end();
    let word = text.get(words.len()..)?.trim();
    let body = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = words.get(body.len()..).filter(|count| (1..=2).contains(&count.len()))?;
    let body = body.trim_end().trim_end_matches(['x', 'X', '×', '*']).trim_end();
    let is_counted = word.is_empty() || COUNT_WORDS.contains(&word.to_lowercase().as_str());
    (is_counted && body.starts_with('(') && body.ends_with(')')).then_some((count, body))
}

/// `8x 5K 400m / 60s`: the length comes first.
fn pace_in_front(slip: &Slip<'_>) -> Option<Advice> {
    let (count, body) = leading_count(slip.whole())?;
    let (pace, rest) = first_word(body);
    let (length, rest) = first_word(rest);
    if !is_target(pace) || !pace.contains(char::is_alphabetic) || leading_number(length).is_none() {
        return None;
    }
    let text = format!("{count}×{length} {pace} {rest}");
    Some(Advice::new("the length comes first", vec![slip.rewrite(text.trim_end())]))
}

/// `8x400m/5K/60s`, `8x400m-5K-60s`: the pace comes after the length.
fn pace_between_marks(slip: &Slip<'_>) -> Option<Advice> {
    let (count, body) = leading_count(slip.whole())?;
    ['/', '-', '–', '|', ';', ','].into_iter().find_map(|mark| {
        let pieces: Vec<&str> = body.split(mark).map(str::trim).collect();
        let [length, pace, recovery] = pieces.as_slice() else { return None };
        (is_target(pace) && leading_number(recovery).is_some()).then(|| {
            let text = format!("{count}×{length} {pace} / {recovery}");
            Advice::new("a slash stands before a recovery", vec![slip.rewrite(text)])
        })
    })
}

/// `alternating 1min hard / 1min easy 20min`, `1min hard 1min easy for 20min`.
fn alternation(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (first, rest) = first_word(text);
    let is_named = first.to_lowercase().starts_with("altern");
    if !is_named && !text.contains(" for ") {
        return None;
    }
    let words = if is_named { rest } else { text };
    let mut legs: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let word = word.trim_matches([',', ';', '/']);
        if ["", "and", "with", "for", "then", "between"].contains(&word) {
            continue;
        }
        match legs.last_mut() {
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => legs.push(word.to_string()),
            Some(leg) => *leg = format!("{leg} {word}"),
            None => return None,
        }
    }
    let [first, second, total] = legs.as_slice() else { return None };
    let text = format!("alternate {first} / {second} for {total}");
    Some(Advice::new("two steps in turn", vec![slip.rewrite(text)]))
}
