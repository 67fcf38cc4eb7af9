//! Sets with two recoveries: `400/300/200/100 x 3, 100m jog, 5 min between sets`, `3 sets of 6 x 40/20, 3 min between sets`,
//! `3 rounds: 10 squats, 400m run, 1 min rest between rounds`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{lengths_in, only_words, take_length};

/// What says that a recovery stands between the sets.
const BETWEEN_SETS: [&str; 17] = [
    "b/w sets",
    "b/t sets",
    "btw sets",
    "between the sets",
    "between each set",
    "between every set",
    "between sets",
    "in between sets",
    "between the rounds",
    "between each round",
    "between rounds",
    "between circuits",
    "between each circuit",
    "between blocks",
    "between the blocks",
    "after each set",
    "after each round",
];
/// Words between the length of a recovery and what it stands between.
const RECOVERY_WORDS: [&str; 12] = [
    "jog", "easy", "rest", "walk", "recovery", "walking", "standing", "jogging", "float", "slow", "of",
    "break",
];
/// What a count of sets looks like.
const SETS: [&str; 5] = ["sets", "rounds", "circuits", "blocks", "series"];
/// What says that a recovery stands between the reps.
const BETWEEN_REPS: [&str; 8] = [
    " between the reps",
    " between each rep",
    " between each",
    " between reps",
    " between efforts",
    " between intervals",
    " in between",
    " between",
];
/// Words and marks between pieces.
const JOINTS: [&str; 8] = [" and", " with", " w/", " off", " plus", " then", ",", ";"];
const MOST_SETS: u32 = 20;

/// Returns the sets in brackets, each recovery after a slash.
pub(super) fn both_recoveries(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (phrase, size) = BETWEEN_SETS.iter().find_map(|phrase| Some((lower.find(phrase)?, phrase.len())))?;
    let tail = text.get(phrase + size..)?.trim_start();
    if text.contains(['|', '"']) || !(tail.is_empty() || tail.starts_with([',', ';', '.', '\n'])) {
        return None;
    }
    let rest = lengths_in(text.get(..phrase)?).pop()?;
    let words = text.get(rest.at.end..phrase)?.trim_matches([' ', '-']);
    if !only_words(words, &RECOVERY_WORDS) {
        return None;
    }
    let head = without_joint(text.get(..rest.at.start)?);
    let (before, count, set) = counted_first(head).or_else(|| counted_last(head))?;
    let set = set.trim();
    let inner =
        set.strip_prefix('(').and_then(|set| set.strip_suffix(')')).filter(|set| !set.contains(['(', ')']));
    let set = with_slash(inner.unwrap_or(set));
    let recovery = text.get(rest.at.start..phrase)?.trim().trim_end_matches(" in").trim_end_matches(" of");
    let written = format!("{before}{count} x ({set}) / {recovery}{tail}");
    (written != text).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// `10 min easy, 3 sets of …`, `2 x 10 x 30/30`, `3 rounds: …`: what stands before, the count, and the set.
fn counted_first(head: &str) -> Option<(&str, u32, String)> {
    let starts = head.char_indices().filter(|(at, c)| {
        let before = head.get(..*at).unwrap_or_default();
        c.is_ascii_digit() && (before.is_empty() || before.ends_with([' ', '\n', ':']))
    });
    for (at, _) in starts {
        let mut scan = TextScanner { text: head, at };
        let Some(count) = whole(scan.number()) else { continue };
        let before = head.get(..at)?;
        let is_start =
            before.trim_end().is_empty() || before.trim_end().ends_with([',', ';', '\n', ':', '+', '.']);
        if !is_start {
            continue;
        }
        let is_sets = SETS.iter().any(|word| scan.take(word));
        let told = is_sets && (scan.take("of") || scan.eat(&[':', '-', '–', '\n', '(']).is_some());
        let nested = !is_sets && scan.eat(&['x', 'X', '×']).is_some() && {
            let mut inner = scan.clone();
            inner.number().is_some() && inner.eat(&['x', 'X', '×']).is_some()
        };
        if told || nested {
            let set = scan.rest().trim();
            let is_closed = set.ends_with(')') && set.matches(')').count() > set.matches('(').count();
            let set = if is_closed { set.strip_suffix(')')? } else { set };
            return Some((before, count, set.to_string()));
        }
    }
    None
}

/// `400/300/200/100 x 3, 100m jog`: the count after a list. The set has the recovery of its reps behind it.
fn counted_last(head: &str) -> Option<(&str, u32, String)> {
    let at = head.find(['x', 'X', '×'])?;
    let list = head.get(..at)?.trim_end();
    let is_list = list.matches(['/', '-', ',']).count() >= 2
        && list.chars().all(|c| c.is_ascii_digit() || "/-,m ()".contains(c));
    let mut scan = TextScanner { text: head, at };
    scan.eat(&['x', 'X', '×'])?;
    let count = whole(scan.number()).filter(|_| is_list)?;
    let after = scan.rest().trim_start();
    let is_joined = after.is_empty() || JOINTS.iter().any(|joint| after.starts_with(joint.trim_start()));
    let space = if after.starts_with([',', ';']) { "" } else { " " };
    is_joined.then(|| ("", count, format!("{list}{space}{after}")))
}

fn whole(number: Option<f64>) -> Option<u32> {
    number.filter(|n| n.fract() == 0.0 && (2.0..=f64::from(MOST_SETS)).contains(n)).map(|n| n as u32)
}

/// Takes a comma or a word away that led to what followed.
fn without_joint(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(joint) = JOINTS.iter().find(|joint| {
        text.len() >= joint.len()
            && text.get(text.len() - joint.len()..).is_some_and(|end| end.eq_ignore_ascii_case(joint))
    }) {
        text = text.get(..text.len() - joint.len()).unwrap_or_default().trim_end();
    }
    text
}

/// Writes `400/300/200/100, 100m jog` as `(400, 300, 200, 100) / 100m jog`, and `4 x 400m, 60s between reps` with a slash.
fn with_slash(set: &str) -> String {
    let lower = set.to_ascii_lowercase();
    let said = BETWEEN_REPS.iter().find(|phrase| lower.ends_with(**phrase));
    let set = set.get(..set.len() - said.map_or(0, |phrase| phrase.len())).unwrap_or(set);
    let (reps, recovery) = match last_recovery(set) {
        Some((reps, recovery)) => (reps, Some(recovery)),
        None => (set, None),
    };
    let marks: &[char] = if reps.contains(['x', 'X', '×', '(', ',']) { &[] } else { &['/', '-'] };
    let is_list = reps.matches(marks).count() >= 1;
    // `5-4-3-2-1 min`: the unit is that of all.
    let unit = reps.rfind(' ').map_or("", |at| reps.get(at + 1..).unwrap_or_default());
    let unit = if ["min", "mins", "minutes", "sec", "s", "km"].contains(&unit) { unit } else { "" };
    let reps = if is_list {
        let rungs = reps.get(..reps.len() - unit.len()).unwrap_or(reps).split(marks);
        rungs
            .map(|rung| format!("{} {unit}", rung.trim()).trim_end().to_string())
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        reps.to_string()
    };
    match recovery {
        Some(recovery) if reps.contains(',') && !reps.starts_with('(') => format!("({reps}) / {recovery}"),
        Some(recovery) => format!("{reps} / {recovery}"),
        None => reps,
    }
}

/// Splits `100m jog` off, after a comma or `w/`.
fn last_recovery(set: &str) -> Option<(&str, &str)> {
    let (at, joint) = [", ", " w/ ", " with ", " off ", "; "]
        .iter()
        .filter_map(|joint| Some((set.rfind(joint)?, joint.len())))
        .max()?;
    let recovery = set.get(at + joint..)?.trim();
    let mut scan = TextScanner { text: recovery, at: 0 };
    take_length(&mut scan)?;
    let is_recovery = only_words(scan.rest(), &RECOVERY_WORDS);
    // `3 rounds: 10 squats, 400m`: a bare length in a list is one of its steps, unless the others are reps.
    let is_said = !scan.rest().trim().is_empty() || set.get(..at)?.contains(['x', 'X', '×', '/']);
    let reps = set.get(..at)?.trim();
    (is_recovery && is_said && !reps.is_empty()).then_some((reps, recovery))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_recoveries_follow_a_slash() {
        for (text, written) in [
            (
                "400/300/200/100 x 3, 100m jog, 5 min between sets",
                "3 x ((400, 300, 200, 100) / 100m jog) / 5 min",
            ),
            ("3 sets of 6 x 40/20, 3 min between the sets", "3 x (6 x 40/20) / 3 min"),
            (
                "10 min easy, 2 sets of 4 x 400m, 60s between reps, 3 min jog between the sets, 10 min easy",
                "10 min easy, 2 x (4 x 400m / 60s) / 3 min jog, 10 min easy",
            ),
            (
                "3 rounds: 10 squats, 400m run, 1 min rest between rounds",
                "3 x (10 squats, 400m run) / 1 min rest",
            ),
            ("3 sets of (3 x 800m w/ 1 min) 3 min between sets", "3 x (3 x 800m / 1 min) / 3 min"),
            ("2 x 10 x 30/30 3 min between sets", "2 x (10 x 30/30) / 3 min"),
        ] {
            assert_eq!(both_recoveries(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for text in ["6 x 400m, 60s between reps", "3 min between sets", "400m x 3, 2 min between sets"] {
            assert!(both_recoveries(text).is_none(), "{text}");
        }
    }
}
