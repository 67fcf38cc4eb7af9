//! Clauses after a step: `w/ 90s jog`, `with 10min fast finish`, `x 8`.

use super::slip::{Advice, Slip};
use super::words::{first_word, leading_count, leading_number, trailing_count};

/// `60s hard, 60s easy x 8`: the count comes first.
pub(super) fn count_behind(slip: &Slip<'_>) -> Option<Advice> {
    let (piece, count) = trailing_count(slip.whole())?;
    let lead = "the count comes first";
    if let Some(previous) = slip.previous() {
        let both = slip.with_previous(format!("{count}×({previous}, {piece})")).noted("for both");
        let last = slip.with_previous(format!("{previous}, then {count}×{piece}")).noted("for the last");
        return Some(Advice::new(lead, vec![both, last]).with_totals());
    }
    let pieces = worded_pieces(piece);
    if pieces.len() > 1 {
        return Some(Advice::new(lead, vec![slip.rewrite(format!("{count}×({})", pieces.join(", ")))]));
    }
    Some(Advice::new(lead, vec![slip.rewrite(format!("{count}×{piece}"))]))
}

/// Splits `run 8min walk 2min` into `8min easy` and `2min walk`.
fn worded_pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut pending: Option<&str> = None;
    for word in text.split_whitespace() {
        let is_word = word.chars().all(char::is_alphabetic);
        match pending.take() {
            Some(target) if !is_word => {
                let target = if ["run", "running"].contains(&target.to_lowercase().as_str()) {
                    "easy"
                } else {
                    target
                };
                pieces.push(format!("{word} {target}"));
            }
            _ if is_word => pending = Some(word),
            _ => return Vec::new(),
        }
    }
    if pending.is_some() { Vec::new() } else { pieces }
}

/// `w/` and `with` after a step.
pub(super) fn with_clause(slip: &Slip<'_>) -> Option<Advice> {
    let behind = slip.behind().trim_start();
    let tail = match slip.word() {
        "with" | "With" => behind,
        "w" | "W" => behind.strip_prefix(['/', '.'])?.trim_start(),
        _ => return None,
    };
    let tail = tail.strip_prefix("a ").unwrap_or(tail);
    let head = slip.before().trim_end();
    if leading_count(head).is_some() {
        let (recovery, pace) =
            tail.split_once(" @ ").or_else(|| tail.split_once(" at ")).unwrap_or((tail, ""));
        let text = format!("{} / {recovery}", format!("{head} {pace}").trim_end());
        let lead =
            if pace.is_empty() { "a slash stands before a recovery" } else { "the pace belongs to the rep" };
        return Some(Advice::new(lead, vec![slip.rewrite(text)]));
    }
    if leading_count(tail).is_some() {
        return Some(reps_within(slip, head, tail));
    }
    if let Some(advice) = finish(slip, head, tail).or_else(|| last_part(slip, head, tail)) {
        return Some(advice);
    }
    Some(Advice::new("nothing is repeated here", vec![slip.rewrite(format!("{head}, {tail}"))]))
}

fn minutes(text: &str) -> Option<(f64, &str)> {
    let (number, rest) = leading_number(text)?;
    let (unit, rest) = first_word(rest);
    ["min", "mins", "minutes", "'"].contains(&unit).then_some((number, rest))
}

/// `45min easy with 10min fast finish`: inside it or after it?
fn finish(slip: &Slip<'_>, head: &str, tail: &str) -> Option<Advice> {
    let tail = tail.trim_end();
    let last = tail.strip_suffix("finish").or_else(|| tail.strip_suffix("to finish"))?.trim_end();
    let ((whole, target), (part, _)) = (minutes(head)?, minutes(last)?);
    let left = whole - part;
    let inside = slip.rewrite(format!("{left}min {target}, {last}")).noted("for inside it").computed();
    let after = slip.rewrite(format!("{head}, {last}")).noted("for after it");
    (left > 0.0).then(|| Advice::new("", vec![inside, after]).with_totals())
}

/// `15km with last 5 fast`: the part has the unit of the whole.
fn last_part(slip: &Slip<'_>, head: &str, tail: &str) -> Option<Advice> {
    let tail = tail.strip_prefix("the ").unwrap_or(tail);
    let tail = tail.strip_prefix("last ").unwrap_or(tail);
    let ((whole, unit), (part, effort)) = (leading_number(head)?, leading_number(tail)?);
    let (unit, target) = first_word(unit);
    let left = whole - part;
    if left <= 0.0 || !(effort.is_empty() || effort.starts_with(' ')) {
        return None;
    }
    let effort = effort.trim().trim_start_matches("at ").trim_start_matches("@ ");
    let text =
        format!("{left}{unit} {}, {part}{unit} {effort}", if target.is_empty() { "easy" } else { target });
    Some(Advice::new("two steps", vec![slip.rewrite(text).computed()]))
}

/// `40min easy w/ 5x1min hard`: inside the run or after it?
fn reps_within(slip: &Slip<'_>, head: &str, tail: &str) -> Advice {
    let after = slip.rewrite(format!("{head}, {tail}")).noted("for after it");
    let split = || {
        let (whole, target) = minutes(head)?;
        let (count, body) = leading_count(tail)?;
        let (rep, effort) = minutes(body)?;
        let count: f64 = count.parse().ok()?;
        // `3x10min MP (5min easy)` names its recovery.
        let (effort, rest) = match effort.split_once('(') {
            Some((effort, rest)) => {
                let rest = rest.trim_end().strip_suffix(')')?;
                (effort.trim_end(), Some((minutes(rest)?.0, rest)))
            }
            None => (effort, None),
        };
        let (rest, recovery) = rest.unwrap_or((1.0, "60s easy"));
        let left = whole - count * rep - (count - 1.0) * rest;
        let first = (left / 2.0).floor();
        (first >= 1.0 && !tail.contains('/')).then(|| {
            format!(
                "{first}min {target}, {count}×{rep}min {effort} / {recovery}, {}min {target}",
                left - first
            )
        })
    };
    let inside = split().map(|text| slip.rewrite(text).noted("for inside it").computed());
    Advice::new("", [Some(after), inside].into_iter().flatten().collect()).with_totals()
}
