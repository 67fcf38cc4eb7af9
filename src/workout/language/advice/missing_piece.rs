//! Lines that stop, or whose recovery has no length: `8x400m hard /`, `15min easy then 5x`, `3x1mi @ 7:00, rest`,
//! `run till tired`.

use super::slip::{Advice, Slip};
use super::words::{is_target, leading_count};

/// Words that say when a step ends that the runner ends.
const UNTIL: [&str; 7] = ["until ", "till ", "til ", "'til ", "untill ", "unitl ", "as long as "];
/// Words for running.
const RUNNING: [&str; 7] = ["run", "running", "go", "keep running", "keep going", "run easy", "just run"];

pub(super) fn advice(line: &Slip<'_>) -> Option<Advice> {
    recovery_after_slash(line)
        .or_else(|| repeat_of_nothing(line))
        .or_else(|| recovery_without_length(line))
        .or_else(|| until(line))
}

/// `8x400m hard /`, `8x400m hard with`
fn recovery_after_slash(line: &Slip<'_>) -> Option<Advice> {
    let text = line.whole().trim_end();
    let ends = [" w/", "/", " with", " w", " -", " –", " +", " rest", " jog", " walk", " off"];
    let (head, end) = ends.iter().find_map(|end| Some((text.strip_suffix(end)?.trim_end(), *end)))?;
    let word = ["rest", "jog", "walk"].into_iter().find(|word| end.trim() == *word).unwrap_or("easy");
    let head = head.trim_end_matches(['/', ',', ';', '-']).trim_end();
    let last = head.rsplit([',', ';']).next()?.trim();
    let is_repeat = leading_count(last).is_some() && !has_recovery(last);
    let is_bare = end.len() == 1 || ["with", "w/", "w", "-", "–", "+"].contains(&end.trim());
    // `8x400m hard rest` is a slip of another kind, unless a mark stands in between.
    let is_marked = is_bare || text.strip_suffix(end)?.trim_end().ends_with(['/', ',', ';', '-']);
    if !is_repeat || !is_marked {
        return None;
    }
    let time = if is_bare { "60s" } else { "90s" };
    let short = line.rewrite(format!("{head} / {time} {word}")).computed();
    let open = line.rewrite(format!("{head} / open {word}")).computed().noted("to end it with Enter");
    let none = line.rewrite(head).computed().noted("without one");
    let candidates = if is_bare { vec![short, open, none] } else { vec![short, open] };
    Some(Advice::new("how long is the recovery?", candidates))
}

/// True for a repeat that has its recovery. The slash of a pace is none.
fn has_recovery(repeat: &str) -> bool {
    let units = ["/km", "/mi", "/k", "/m", "/ km", "/ mi"];
    let plain = units.iter().fold(repeat.to_string(), |text, unit| text.replace(unit, ""));
    plain.contains(['/', '('])
}

/// `15min easy then 5x`
fn repeat_of_nothing(line: &Slip<'_>) -> Option<Advice> {
    let text = line.whole().trim_end();
    let head = text.strip_suffix(['x', 'X', '×', '*'])?.trim_end();
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = head.get(before.len()..).filter(|count| !count.is_empty())?;
    let kept = before.trim_end();
    let joins = [",", ";", "+", " then", " and", " and then", "&"];
    let head = joins.iter().find_map(|join| kept.strip_suffix(join))?;
    let head = head.trim_end_matches([',', ' ']);
    let written = line.rewrite(format!("{head}, {count}×60s hard / 60s easy")).computed();
    let alone = line.rewrite(head).computed().noted("without the repeat");
    Some(Advice::new("what is repeated comes after the count", vec![written, alone]))
}

/// `3x1mi @ 7:00, rest`
fn recovery_without_length(line: &Slip<'_>) -> Option<Advice> {
    let (head, word) = line.whole().trim_end().rsplit_once([',', '/', ';'])?;
    let (head, word) = (head.trim_end(), word.trim().to_lowercase());
    let is_recovery =
        ["rest", "jog", "walk", "recovery", "recover", "easy jog", "full rest"].contains(&word.as_str());
    let last = head.rsplit([',', ';']).next()?.trim();
    if !is_recovery || leading_count(last).is_none() || has_recovery(last) {
        return None;
    }
    let word = match word.as_str() {
        "recovery" | "recover" => "easy",
        "easy jog" => "jog",
        "full rest" => "rest",
        word => word,
    };
    let units: &[&str] = match last.split_once(['@']).map(|(_, pace)| pace.trim()) {
        Some(pace) if pace.ends_with(|c: char| c.is_ascii_digit()) && pace.contains(':') => {
            if last.contains("mi") { &["/mi", "/km"] } else { &["/km", "/mi"] }
        }
        _ => &[""],
    };
    let of = |recovery: &str| {
        units.iter().map(move |unit| format!("{head}{unit} / {recovery} {word}")).collect::<Vec<_>>()
    };
    let open = of("open").into_iter().map(|text| line.rewrite(text).computed().noted("to end it with Enter"));
    let timed = of("90s").into_iter().map(|text| line.rewrite(text).computed().noted("for a time"));
    Some(Advice::new("how long is the recovery?", timed.chain(open).take(3).collect()))
}

/// `run till tired`, `easy until I drop`
fn until(line: &Slip<'_>) -> Option<Advice> {
    let text = line.whole().trim().to_lowercase();
    let (head, rest) = UNTIL.iter().find_map(|until| {
        let at = text.find(until)?;
        Some((text.get(..at)?.trim(), text.get(at + until.len()..)?.trim()))
    })?;
    if rest.is_empty() || rest.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '/')) {
        return None;
    }
    let effort = match head {
        "" => "easy",
        head if RUNNING.contains(&head) => "easy",
        head => head.split(' ').find(|word| is_target(word))?,
    };
    let open = line.rewrite(format!("open {effort}")).computed();
    Some(Advice::new("a step that you end with Enter is `open`", vec![open]))
}
