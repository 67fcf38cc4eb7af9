//! Parts within a whole that is named first: `8 miles with miles 3-6 at tempo`, `5 rounds for time: 400m, 15 squats`.

use super::gym;
use super::slip::{Advice, Rule, Slip};
use super::words::{first_word, leading_count, leading_number};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 8] = [
    bare_aerobic_rate,
    plus_minus,
    part_without_unit,
    added_strides,
    numbered_part,
    rounds,
    dashed_set,
    pairs_in_turn,
];

/// `10 miles @ MP +/- 5s`: a treadmill has one speed, so the leeway is words.
fn plus_minus(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (step, leeway) = ["+/-", "+-", "±"].iter().find_map(|mark| text.split_once(mark))?;
    let (number, rest) = leading_number(leeway.trim())?;
    let (unit, rest) = first_word(rest);
    let is_unit = ["s", "sec", "secs", "seconds", "\"", "s/km", "s/mi", "sec/km", "sec/mi", "bpm", "%", ""]
        .contains(&unit);
    let unit = if unit.is_empty() { "s" } else { unit };
    let join = if unit == "%" { "" } else { " " };
    (is_unit && rest.trim().is_empty()).then(|| {
        let line = format!("{} 'give or take {number}{join}{unit}'", step.trim());
        Advice::new("a step has one pace; its leeway is words", vec![slip.rewrite(line).computed()])
    })
}

/// `45 MAF`: minutes at the aerobic heart rate.
fn bare_aerobic_rate(slip: &Slip<'_>) -> Option<Advice> {
    let words: Vec<String> = slip.text.split_whitespace().map(str::to_lowercase).collect();
    let minutes = words.iter().find_map(|word| word.parse::<f64>().ok())?;
    let is_plain = words.iter().all(|word| {
        ["maf", "run", "easy", "at", "@"].contains(&word.as_str()) || word.parse::<f64>().is_ok()
    });
    (is_plain && words.contains(&"maf".to_string())).then(|| {
        let lead = "it depends on your age; in beats";
        Advice::new(lead, vec![slip.widened().rewrite(format!("{minutes}min 130-140bpm")).computed()])
    })
}

/// `18M w/ 10 @ MP`: the part has the unit of the whole.
fn part_without_unit(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let (whole, rest) = leading_number(text)?;
    let (head, tail) = ["w/", " with "].iter().find_map(|with| rest.split_once(with))?;
    let (unit, effort) = first_word(head);
    let effort = effort.trim();
    let unit = match unit {
        "M" | "mi" | "mile" | "miles" => "mi",
        "km" | "k" | "K" => "km",
        _ => return None,
    };
    let (part, pace) = leading_number(tail.trim())?;
    let pace = pace.trim().strip_prefix('@').or_else(|| pace.trim().strip_prefix("at "))?.trim();
    let base = if effort.is_empty() { "easy" } else { effort };
    let left = whole - part;
    (left > 0.0 && !pace.is_empty() && !pace.contains([',', '/'])).then(|| {
        let of = |line: String| slip.widened().rewrite(line).computed();
        let end = of(format!("{left}{unit} {base}, {part}{unit} {pace}")).noted("for the end");
        let half = left / 2.0;
        let middle = of(format!("{half}{unit} {base}, {part}{unit} {pace}, {half}{unit} {base}"));
        Advice::new("where in the run?", vec![end, middle.noted("for the middle")])
    })
}

/// `5 miles easy + strides`.
fn added_strides(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let head = text.strip_suffix("strides").or_else(|| text.strip_suffix("Strides"))?.trim_end();
    let head =
        ["+ some", "+ a few", "+", "&", "plus", "and"].iter().find_map(|mark| head.strip_suffix(mark))?;
    let line = format!("{}, 6×20s strides", head.trim_end().trim_end_matches(','));
    leading_number(head)?;
    Some(Advice::new("how many, how long?", vec![slip.widened().rewrite(line).computed()]))
}

/// `8 miles with miles 3-6 at tempo`: from the beginning of the third mile to the end of the sixth.
fn numbered_part(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (whole, rest) = leading_number(text)?;
    let (unit, rest) = first_word(rest);
    let unit_of = |word: &str| match word.to_lowercase().as_str() {
        "mi" | "mile" | "miles" => Some("mi"),
        "km" | "k" | "kms" | "kilometres" | "kilometers" => Some("km"),
        "min" | "mins" | "minutes" => Some("min"),
        _ => None,
    };
    let unit = unit_of(unit)?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let at = words.iter().position(|word| unit_of(word) == Some(unit))?;
    let (first, last) = words.get(at + 1)?.trim_end_matches(',').split_once(['-', '–'])?;
    let (first, last): (f64, f64) = (first.parse().ok()?, last.parse().ok()?);
    let effort: Vec<&str> =
        words.iter().skip(at + 2).copied().filter(|word| !["at", "@", "in"].contains(word)).collect();
    let base: Vec<&str> =
        words.iter().take(at).copied().filter(|word| !["with", "w/", "run", ","].contains(word)).collect();
    let base = if base.is_empty() { "easy".to_string() } else { base.join(" ") };
    let start = if unit == "min" { first } else { first - 1.0 };
    let is_inside = start >= 0.0 && start < last && last <= whole && !effort.is_empty();
    is_inside.then(|| {
        let before = if start > 0.0 { format!("{start}{unit} {base}, ") } else { String::new() };
        let behind = if last < whole { format!(", {}{unit} {base}", whole - last) } else { String::new() };
        let line = format!("{before}{}{unit} {}{behind}", last - start, effort.join(" "));
        let lead = "the parts come one after the other";
        Advice::new(lead, vec![slip.widened().rewrite(line).computed()])
    })
}

/// `5 rounds for time: 400m run, 15 thrusters`.
fn rounds(slip: &Slip<'_>) -> Option<Advice> {
    let (head, body) = slip.text.trim().split_once(':')?;
    let (count, words) = leading_number(head.trim())?;
    let is_rounds = words.trim_start().to_lowercase().starts_with("round") || words.trim() == "RFT";
    if !is_rounds || count.fract() != 0.0 {
        return None;
    }
    let steps: Vec<String> = body.split([',', ';', '+', '\n']).map(round_step).collect::<Option<_>>()?;
    let line = format!("{count}×({})", steps.join(", "));
    Some(Advice::new("what is repeated stands in brackets", vec![slip.widened().rewrite(line).computed()]))
}

fn round_step(text: &str) -> Option<String> {
    let text = text.trim();
    let (number, rest) = leading_number(text)?;
    let (unit, words) = first_word(rest);
    let words = words.trim();
    let target = if words.is_empty() || words == "run" { String::new() } else { format!(" {words}") };
    match unit.to_lowercase().as_str() {
        "m" | "km" | "mi" | "min" | "s" => Some(format!("{number}{unit}{target}")),
        "meters" | "metres" => Some(format!("{number}m{target}")),
        "miles" | "mile" => Some(format!("{number}mi{target}")),
        "" => None,
        _ => gym::exercise(text),
    }
}

/// `3x - 5m Z4 - 3m Z2`: a set of another program in one line.
fn dashed_set(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let (count, body) = leading_count(text)?;
    let body = body.trim_start_matches(':').trim();
    let body = body.strip_prefix(['-', '–', '•'])?;
    let steps: Vec<String> = body
        .replace(" – ", " - ")
        .replace('•', " - ")
        .split(" - ")
        .map(|step| super::imports::listed_step(step.trim()))
        .collect();
    if steps.len() < 2 || steps.iter().any(|step| leading_number(step).is_none()) {
        return None;
    }
    let line = format!("{count}×({})", steps.join(", "));
    Some(Advice::new("the steps of a set stand in brackets", vec![slip.widened().rewrite(line).computed()]))
}

/// `1km / 2min / 1km / 2min`: two steps in turn.
fn pairs_in_turn(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let pieces: Vec<&str> = text.split(" / ").map(str::trim).collect();
    let (work, rest) = (*pieces.first()?, *pieces.get(1)?);
    let are_turns =
        pieces.iter().enumerate().all(|(i, piece)| *piece == if i % 2 == 0 { work } else { rest });
    if pieces.len() < 3 || !are_turns || work == rest || text.contains(['(', ',', '×']) {
        return None;
    }
    let count = pieces.len().div_ceil(2);
    let of = |text: String| slip.widened().rewrite(text).computed();
    let between = of(format!("{count}×{work} / {rest}")).noted("for between");
    let each = of(format!("{count}×({work} hard, {rest} easy)")).noted("for the last one too");
    let has_last = pieces.len().is_multiple_of(2);
    let candidates = if has_last { vec![each, between] } else { vec![between] };
    Some(Advice::new("a count stands before what is repeated", candidates).with_totals())
}
