//! Writes a workout of another program as a workout file of pacebell.

use super::model::{ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout};
use super::toml_step::{cues, notation, string, table};
use crate::workout::bounds::MOST_TEXTS;

/// The longest line of notation for a repeat, in characters.
const LONGEST_LINE: usize = 90;
/// The efforts of a recovery. A step after a repeat that ends with one of them is no recovery of that repeat.
const RECOVERIES: [&str; 4] = ["rest", "walk", "recovery", "easy"];

/// Returns the text of the file. `source` says where the workout comes from.
pub fn file(workout: &ForeignWorkout, source: &str) -> String {
    let mut text = format!("name   = {}\n", string(workout.name.trim()));
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            text.push_str(&format!("{key:<6} = {}\n", string(value)));
        }
    };
    line("about", workout.about.as_deref());
    line("author", workout.author.as_deref());
    line("source", Some(source));
    let tags: Vec<String> = workout.tags.iter().take(MOST_TEXTS).map(|tag| string(tag.trim())).collect();
    if !tags.is_empty() {
        text.push_str(&format!("tags   = [{}]\n", tags.join(", ")));
    }
    let steps = match &workout.notation {
        Some(notation) => format!("[{}]", string(notation)),
        None => list(&workout.items, 0),
    };
    text + &format!("steps  = {steps}\n")
}

/// Returns items as an array, a line each.
fn list(items: &[ForeignItem], indent: usize) -> String {
    let space = " ".repeat(indent);
    let mut text = "[\n".to_string();
    for (nth, item) in items.iter().enumerate() {
        let before = nth.checked_sub(1).and_then(|before| items.get(before));
        text.push_str(&format!("{space}  {},\n", entry(item, before, indent + 2)));
    }
    format!("{text}{space}]")
}

/// Returns an item of an array.
fn entry(item: &ForeignItem, before: Option<&ForeignItem>, indent: usize) -> String {
    match item {
        ForeignItem::Step(step) => match notation(step) {
            Some(line) if !before.is_some_and(leaves_recovery_open) => string(&line),
            _ => table(step, indent),
        },
        ForeignItem::Repeat(repeat) => repeat_entry(repeat, indent),
    }
}

fn repeat_entry(repeat: &ForeignRepeat, indent: usize) -> String {
    let line = repeat_notation(repeat);
    match (line, cues(&repeat.cues, indent)) {
        (Some(line), None) => string(&line),
        (Some(line), Some(cues)) => format!("{{ steps = {}, {cues} }}", string(&line)),
        (None, cues) => {
            let (items, between) = parts(repeat);
            let between = between.map(|item| format!(", between = {}", entry(item, None, indent)));
            let steps = list(items, indent);
            let repeated = match repeat.count {
                1 => format!("{{ steps = {steps} }}"),
                count => format!("{{ repeat = {count}, steps = {steps}{} }}", between.unwrap_or_default()),
            };
            match cues {
                Some(cues) => format!("{{ steps = [{repeated}], {cues} }}"),
                None => repeated,
            }
        }
    }
}

/// Returns the steps of a repeat, and the one that stands between its reps only.
fn parts(repeat: &ForeignRepeat) -> (&[ForeignItem], Option<&ForeignItem>) {
    match repeat.items.split_last() {
        Some((last, items)) if repeat.skips_last_rest && !items.is_empty() => (items, Some(last)),
        _ => (&repeat.items, None),
    }
}

/// Returns a repeat as one line of notation, if it is short and all of its steps fit into one.
fn repeat_notation(repeat: &ForeignRepeat) -> Option<String> {
    let (items, between) = parts(repeat);
    let one = |item: &ForeignItem| match item {
        ForeignItem::Step(step) => notation(step),
        ForeignItem::Repeat(_) => None,
    };
    let steps = items.iter().map(one).collect::<Option<Vec<_>>>()?;
    let group = match steps.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(", ")),
    };
    let between = match between {
        Some(between) => format!(" / {}", one(between)?),
        None => String::new(),
    };
    let line = match repeat.count {
        1 => steps.join(", "),
        count => format!("{count}×{group}{between}"),
    };
    (line.chars().count() <= LONGEST_LINE).then_some(line)
}

/// True for a repeat after which an easy step could be taken for its recovery.
fn leaves_recovery_open(item: &ForeignItem) -> bool {
    let ForeignItem::Repeat(repeat) = item else { return false };
    let is_recovery = |step: &ForeignStep| match step.targets.first() {
        Some(ForeignTarget::Effort(word)) => RECOVERIES.contains(word),
        _ => false,
    };
    !matches!(repeat.items.last(), Some(ForeignItem::Step(step)) if repeat.items.len() > 1 && is_recovery(step))
}
