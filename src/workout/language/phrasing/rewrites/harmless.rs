//! Words around a session that change nothing in it: `The session is 6x5 min on trail`, `W/O 3: …`, `… + strength`.
//!
//! Each is named among the assumptions. A number, an effort, a negation or a choice is never left out.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;
use super::prose::replace_all;

/// Sentences before a session that say nothing. A number, `easy` or `a` follows.
const LEADS: [&str; 44] = [
    "the session is",
    "the workout is",
    "the session will be",
    "the workout will be",
    "the main session is",
    "the main set is",
    "main session is",
    "session is",
    "workout is",
    "today's session is",
    "today’s session is",
    "today's workout is",
    "today’s workout is",
    "today we do",
    "today we will do",
    "we will do",
    "we did",
    "you will do",
    "you will begin with a",
    "you will begin with",
    "you will start with a",
    "you will start with",
    "begin with a",
    "begin with",
    "begin by",
    "start with a",
    "start off with a",
    "start out with a",
    "start with",
    "start off with",
    "complete",
    "perform",
    "aim for",
    "your session is",
    "your workout is",
    "this session is",
    "this workout is",
    "tonight's session is",
    "tonight’s session is",
    "it is",
    "w/o",
    "w/out",
    "session of",
    "workout of",
];
/// Words before a session that may have a number and need a colon: `Workout 3: …`.
const NUMBERED: [&str; 12] = [
    "workout",
    "w/o",
    "session",
    "run",
    "main session",
    "option",
    "week",
    "day",
    "set",
    "variation",
    "example",
    "level",
];
/// Where a session is run, and how it should feel: a treadmill is the same everywhere.
const REMARKS: [&str; 45] = [
    "on the trail",
    "on the trails",
    "on a trail",
    "on trail",
    "on the road",
    "on the roads",
    "on road",
    "on roads",
    "on grass",
    "on the grass",
    "on the track",
    "on a track",
    "on track",
    "off-road",
    "off road",
    "if possible",
    "if you can",
    "if needed",
    "in control",
    "with good form",
    "with no walking",
    "with no walk breaks",
    "with no stopping",
    "at the track",
    "at the park",
    "in the park",
    "with a friend",
    "with the group",
    "with the club",
    "of continuous running",
    "continuous running",
    "of continuous",
    "as a group",
    "by yourself",
    "on your own",
    "to loosen up",
    "to shake out",
    "to shake out the legs",
    "to finish the session",
    "to finish off",
    "to complete the session",
    "to complete the workout",
    "it",
    "post-run",
    "post run",
];
/// Words with a number before them that change nothing beside a pace: `18 miles @ 7:50 average`.
const AFTER_PACE: [&str; 5] = ["average pace", "on average", "average", "avg", "avg."];
/// Phrases in short, and the words that are read.
const SHORT: [(&str, &str); 14] = [
    ("walk/jog down", "jog down"),
    ("jog/walk down", "jog down"),
    ("walk or jog down", "jog down"),
    ("jog or walk down", "jog down"),
    ("walk/jog back", "jog back"),
    ("jog/walk back", "jog back"),
    (", inc hills", " over rolling hills"),
    (", inc. hills", " over rolling hills"),
    (", incl hills", " over rolling hills"),
    (", incl. hills", " over rolling hills"),
    (", including hills", " over rolling hills"),
    ("easy run recovery", "easy recovery"),
    ("easy jog recovery", "easy jog"),
    ("run recovery", "jog recovery"),
];
/// Races whose pace is also called their effort: `5k race effort`.
const RACES: [&str; 7] = ["k", "km", "mile", "marathon", "hm", "half", "m"];
/// Training besides running, at the end of a session.
const BESIDES: [&str; 14] = [
    "strength and conditioning",
    "strength training",
    "strength work",
    "strength",
    "s&c",
    "stretching",
    "stretches",
    "stretch",
    "mobility work",
    "mobility",
    "foam rolling",
    "yoga",
    "weights",
    "gym",
];
/// Units whose point at the end only shortens them.
const SHORTENED: [&str; 12] =
    ["mi", "min", "mins", "sec", "secs", "hr", "hrs", "km", "rec", "recov", "meas", "approx"];

/// Returns the text without the words that change nothing in the session.
pub(super) fn words_around(text: &str) -> Option<CommonForm> {
    // A total is no step of its own.
    if text.contains(['|', '"', '“', '{']) || text.to_lowercase().contains("total") {
        return None;
    }
    let mut notes = Vec::new();
    let mut left = without_name(text, &mut notes);
    left = without_lead(&left, &mut notes);
    left = without_training(&left, &mut notes);
    left = without_remarks(&left, &mut notes);
    left = in_short(&left);
    left = left.replace("//", ", ").replace(" ,", ",");
    left = without_points(&left);
    let left = left.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let left = left.trim_end_matches(['.', ' ']).to_string();
    (left != text.trim() && left.contains(|c: char| c.is_ascii_digit()))
        .then_some(CommonForm { text: left, notes })
}

fn noted(words: &str) -> String {
    format!("`{}` is not part of the workout.", words.trim())
}

/// `Workout 3: …`, `W/O: …`
fn without_name(text: &str, notes: &mut Vec<String>) -> String {
    let Some((name, rest)) = text.split_once(':') else { return text.to_string() };
    let lower = name.trim().to_lowercase();
    let words = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '#').trim_end();
    let starts_step = rest.starts_with([' ', '\n']) && !rest.trim().is_empty();
    if !NUMBERED.contains(&words) || !starts_step {
        return text.to_string();
    }
    notes.push(noted(name));
    rest.trim_start().to_string()
}

/// `The session is …`
fn without_lead(text: &str, notes: &mut Vec<String>) -> String {
    let text = text.trim_start();
    let tokens = TextTokens::of(text);
    let lead = LEADS.iter().filter(|lead| tokens.find(lead) == Some(0)).max_by_key(|lead| lead.len());
    let Some(lead) = lead else { return text.to_string() };
    let size = TextTokens::of(lead).len();
    // `complete rest` is a recovery.
    let follows = tokens.word_after(size - 1).map(|next| tokens.get(next).to_lowercase());
    let is_step = follows.is_some_and(|next| {
        let steps =
            ["a", "an", "easy", "brisk", "warm", "wu", "alternate", "alternating", "jogging", "walking"];
        next.starts_with(|c: char| c.is_ascii_digit()) || steps.contains(&next.as_str())
    });
    if !is_step {
        return text.to_string();
    }
    notes.push(noted(lead));
    tokens.slice(size..tokens.len()).trim_start().to_string()
}

/// `…, + strength`
fn without_training(text: &str, notes: &mut Vec<String>) -> String {
    let end = text.trim_end_matches(['.', ' ']);
    let lower = end.to_ascii_lowercase();
    for besides in BESIDES {
        let Some(before) = lower.strip_suffix(besides) else { continue };
        let head = before.trim_end();
        let joined = ["+", "&", " and", " then", " plus"].iter().find_map(|join| head.strip_suffix(join));
        let Some(head) = joined.filter(|_| head.len() < before.len() || before.ends_with('+')) else {
            continue;
        };
        let head = head.trim_end_matches([' ', ',', '+', ';']);
        if let (Some(left), Some(words)) = (end.get(..head.len()), end.get(head.len()..)) {
            notes.push(noted(words.trim_start_matches([',', ' ', ';'])));
            return left.to_string();
        }
    }
    text.to_string()
}

/// `… on trail`
fn without_remarks(text: &str, notes: &mut Vec<String>) -> String {
    let mut tokens = TextTokens::of(text);
    for remark in REMARKS {
        let size = TextTokens::of(remark).len();
        let mut from = 1;
        while let Some(at) = tokens.find_from(remark, from) {
            from = at + 1;
            // Interval training is said in capitals.
            let is_shouted = remark != "it" || tokens.get(at) == "IT";
            let is_whole = tokens.get(at - 1).trim().is_empty() || [",", "("].contains(&tokens.get(at - 1));
            let after = tokens.get(at + size);
            let ends = after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric() && c != '-');
            if is_shouted && is_whole && ends {
                notes.push(noted(&tokens.slice(at..at + size)));
                tokens.replace(at..at + size, "");
            }
        }
    }
    for words in AFTER_PACE {
        let size = TextTokens::of(words).len();
        let Some(at) = tokens.find(words) else { continue };
        let before = tokens.word_before(at);
        let is_pace = before.is_some_and(|i| {
            tokens.is_word(i, "pace") || tokens.is_clock(i.saturating_sub(2)) || tokens.is_word(i, "mi")
        });
        if is_pace && tokens.get(at + size).is_empty() {
            notes.push(noted(&tokens.slice(at..at + size)));
            tokens.replace(at..at + size, "");
        }
    }
    let left = tokens.text();
    left.replace("()", "").replace("( )", "").replace(", ,", ",").replace("  ", " ").replace(" ,", ",")
}

/// `4 x 3 min at 5k race effort, walk/jog down`
fn in_short(text: &str) -> String {
    let mut tokens = TextTokens::of(text);
    for (phrase, short) in SHORT {
        replace_all(&mut tokens, phrase, short, |_, _| true);
    }
    while let Some(at) = tokens.find("race effort").filter(|at| {
        tokens.word_before(*at).is_some_and(|race| RACES.iter().any(|known| tokens.is_word(race, known)))
    }) {
        tokens.replace(at..at + 3, "effort");
    }
    tokens.text()
}

/// `90 sec. rest`
fn without_points(text: &str) -> String {
    let tokens = TextTokens::of(text);
    (0..tokens.len())
        .filter(|at| {
            let is_point = tokens.get(*at) == ".";
            let is_unit = at.checked_sub(1).is_some_and(|before| {
                SHORTENED.iter().any(|unit| tokens.is_word(before, unit))
                    && tokens.word_before(before).is_some_and(|number| tokens.number(number).is_some())
            });
            // Before a capital letter or a number the point may end a sentence.
            let goes_on = tokens
                .word_after(*at)
                .is_some_and(|next| tokens.get(next).starts_with(|c: char| c.is_lowercase() || c == ')'));
            !(is_point && is_unit && goes_on)
        })
        .map(|at| tokens.get(at).to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_change_nothing_are_left_out_and_named() {
        for (text, left, named) in [
            (
                "The session is 5 x 4 minutes with 2 minutes jog.",
                "5 x 4 minutes with 2 minutes jog",
                "The session is",
            ),
            (
                "Workout 2: a brisk 6-minute walk, then 18 minutes running",
                "a brisk 6-minute walk, then 18 minutes running",
                "Workout 2",
            ),
            ("50 min easy on trail", "50 min easy", "on trail"),
            ("7 km easy + strength", "7 km easy", "+ strength"),
            ("8 x 500m IT, 200m jog between", "8 x 500m, 200m jog between", "IT"),
        ] {
            let form = words_around(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(form.text, left);
            let names =
                |note: &String| note.to_lowercase().starts_with(&format!("`{}`", named.to_lowercase()));
            assert!(form.notes.iter().any(names), "{text}: {:?}", form.notes);
        }
        let points = words_around("10 x 1 min. hard, 90 sec. jog").map(|form| form.text);
        assert_eq!(points.as_deref(), Some("10 x 1 min hard, 90 sec jog"));
    }

    #[test]
    fn what_may_be_a_step_stays() {
        for text in [
            "complete rest 5 min",
            "6x400m, 90s rest",
            "8x60s hard / 60s easy",
            "core 10 min",
            "10 min it works",
        ] {
            assert!(words_around(text).is_none(), "{text}");
        }
    }
}
