//! Lines of other programs: intervals.icu's lists and Zwift's elements.

use super::slip::{Advice, Slip};

/// intervals.icu: a heading with a count, and steps that begin with a hyphen.
pub(super) fn dashed_list(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text;
    let has_list = text.lines().any(|line| line.trim_start().starts_with("- "));
    if !has_list {
        return None;
    }
    let mut steps: Vec<String> = Vec::new();
    let mut set: Vec<String> = Vec::new();
    let (mut count, mut is_warmup, mut is_cooldown) = (None, false, false);
    let close = |steps: &mut Vec<String>, set: &mut Vec<String>, count: Option<u32>| {
        let all = std::mem::take(set).join(", ");
        match count {
            _ if all.is_empty() => {}
            Some(count) => steps.push(format!("{count}×({all})")),
            None => steps.push(all),
        }
    };
    for line in text.lines().map(str::trim) {
        let Some(step) = line.strip_prefix('-') else {
            close(&mut steps, &mut set, count);
            let lower = line.to_lowercase();
            count = lower.split(|c: char| !c.is_ascii_digit()).find_map(|word| word.parse().ok());
            (is_warmup, is_cooldown) = (lower.starts_with("warm"), lower.starts_with("cool"));
            continue;
        };
        let kind = if is_warmup {
            "warmup "
        } else if is_cooldown {
            "cooldown "
        } else {
            ""
        };
        set.push(format!("{kind}{}", listed_step(step)));
    }
    close(&mut steps, &mut set, count);
    let text = steps.join(", ");
    let whole = slip.widened();
    Some(Advice::new("steps stand in one line", vec![whole.rewrite(text).computed()]))
}

/// `10m 60% Pace`, `20m ramp 60-75% HR`: minutes, and a percentage of the threshold.
pub(super) fn listed_step(step: &str) -> String {
    let mut words: Vec<String> = step.split_whitespace().map(str::to_string).collect();
    let is_zone = |word: &String| word.len() == 2 && word.to_lowercase().starts_with('z');
    if words.iter().any(is_zone) {
        // A zone says what the percentage beside it says.
        words.retain(|word| !word.ends_with('%'));
    }
    let is_ramp = words.iter().any(|word| word.eq_ignore_ascii_case("ramp"));
    let is_heart = words.iter().any(|word| word.to_lowercase().ends_with("hr"));
    words.retain(|word| {
        !["ramp", "hr", "lthr", "pace", "ftp", "intensity=warmup", "intensity=cooldown"]
            .contains(&word.to_lowercase().as_str())
    });
    let words: Vec<String> = words
        .iter()
        .map(|word| match (word.strip_suffix('%'), word.strip_suffix('m')) {
            (Some(percent), _) if is_heart => format!("{percent}%LTHR"),
            (Some(percent), _) => match percent.split_once('-').filter(|_| is_ramp) {
                Some((from, to)) => format!("{from}% threshold -> {to}% threshold"),
                None => format!("{percent}% threshold"),
            },
            (_, Some(minutes)) if minutes.parse::<f64>().is_ok() => format!("{minutes}min"),
            _ => word.clone(),
        })
        .collect();
    words.join(" ")
}

/// Zwift's elements: `<SteadyState Duration="600" Power="0.75"/>`.
pub(super) fn element(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text;
    let lower = text.to_lowercase();
    if !lower.contains("duration") || !text.contains('=') {
        return None;
    }
    let value = |name: &str| -> Option<f64> {
        let at = lower.find(&format!(" {name}="))? + name.len() + 2;
        let rest = text.get(at..)?.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    };
    let percent = |name: &str| value(name).map(|power| format!(" {}% threshold", (power * 100.0).round()));
    let either = |first: &str, second: &str| percent(first).or_else(|| percent(second)).unwrap_or_default();
    let notation = if let (Some(count), Some(on), Some(off)) =
        (value("repeat"), value("onduration"), value("offduration"))
    {
        let (work, rest) = (either("onpower", "poweronhigh"), either("offpower", "poweroffhigh"));
        let (work, rest) = (or(&work, " hard"), or(&rest, " easy"));
        format!("{count}×({on}s{work}, {off}s{rest})")
    } else {
        let seconds = value("duration")?;
        let ramp = percent("powerlow").zip(percent("powerhigh"));
        let target = ramp.map_or_else(|| either("power", "pace"), |(low, high)| format!("{low} ->{high}"));
        let kind = if lower.contains("warmup") {
            "warmup "
        } else if lower.contains("cooldown") {
            "cooldown "
        } else {
            ""
        };
        let kind = if target.contains("->") { "" } else { kind };
        format!("{kind}{seconds}s{target}")
    };
    let whole = slip.widened();
    Some(Advice::new("the step in words", vec![whole.rewrite(notation).computed()]))
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}
