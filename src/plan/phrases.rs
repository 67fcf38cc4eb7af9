//! Words of printed plans that workouts do not have: `off`, `cross-training`, `race pace`, and remarks in brackets.

use crate::workout::language::notation::Notation;
use std::ops::Range;

/// Days without a session.
const REST: [&str; 9] =
    ["off", "day off", "off day", "rest day", "complete rest", "full rest", "-", "–", "none"];
/// Training that is no run, as printed plans name it, and its name on the screen. Longer names come first.
const ACTIVITIES: [(&str, &str); 27] = [
    ("stretch & strengthen", "stretch & strengthen"),
    ("stretch + strengthen", "stretch & strengthen"),
    ("cross-training", "cross-training"),
    ("cross training", "cross-training"),
    ("crosstraining", "cross-training"),
    ("cross-train", "cross-training"),
    ("cross train", "cross-training"),
    ("x-training", "cross-training"),
    ("x-train", "cross-training"),
    ("cross", "cross-training"),
    ("xt", "cross-training"),
    ("elliptical", "elliptical"),
    ("stationary bike", "bike"),
    ("stretching", "stretching"),
    ("stretch", "stretching"),
    ("swimming", "swim"),
    ("cycling", "bike"),
    ("pilates", "pilates"),
    ("biking", "bike"),
    ("rowing", "rowing"),
    ("hiking", "hike"),
    ("hike", "hike"),
    ("bike", "bike"),
    ("swim", "swim"),
    ("yoga", "yoga"),
    ("ride", "bike"),
    ("row", "rowing"),
];
/// The pace of the race that a plan ends with.
const RACE_PACE: [&str; 4] = ["goal race pace", "race pace", "goal pace", "race-pace"];
/// Words that make brackets a part of the workout.
const INTENSITIES: [&str; 17] = [
    "pace",
    "easy",
    "hard",
    "jog",
    "walk",
    "rest",
    "steady",
    "tempo",
    "threshold",
    "mp",
    "hmp",
    "fast",
    "full",
    "recovery",
    "moderate",
    "sprint",
    "or",
];
/// The longest remark in bytes.
const LONGEST_REMARK: usize = 120;

/// True for a day without a session.
pub(super) fn is_rest(text: &str) -> bool {
    REST.contains(&text.trim().to_lowercase().as_str())
}

/// Rewrites a session that cannot be read as it stands. `race_pace` is the pace of the race that the plan ends with. `None`
/// if there is nothing to rewrite.
pub(super) fn rewritten(session: &Notation, race_pace: Option<&str>) -> Option<Notation> {
    let text = session.text.to_lowercase();
    if text.len() != session.text.len() {
        return None;
    }
    let mut stretches: Vec<(Range<usize>, &str)> = remarks(&text).into_iter().map(|at| (at, "")).collect();
    let plain = Notation::verbatim(&text, 0).with(&stretches).text;
    if let Some(activity) = activity(plain.trim()) {
        return Some(session.with(&[(0..text.len(), activity.as_str())]));
    }
    if let Some(alternation) = run_walk(&text) {
        return Some(session.with(&[(0..text.len(), alternation.as_str())]));
    }
    stretches.extend(half_of_day(&text).map(|at| (at, "")));
    if let Some(pace) = race_pace {
        stretches.extend(find_words(&text, &RACE_PACE).into_iter().map(|at| (at, pace)));
    }
    stretches.sort_by_key(|(at, _)| at.start);
    (!stretches.is_empty()).then(|| session.with(&stretches))
}

/// True for a session that is no run.
pub(super) fn is_activity(text: &str) -> bool {
    activity(&text.to_lowercase()).is_some()
}

/// Reads a run-walk in brackets, `5mi (run 3 min, walk 1 min)`, as `alternate 3 min easy / 1 min walk for 5mi`.
fn run_walk(text: &str) -> Option<String> {
    let (length, inside) = text.trim().strip_suffix(')')?.split_once('(')?;
    let length = length.trim().trim_end_matches("easy").trim_end_matches("run").trim();
    let (run, walk) = inside.split_once([',', '/', '+'])?;
    let run = run.trim().strip_prefix("run ").or_else(|| run.trim().strip_prefix("jog "))?.trim();
    let walk = walk.trim().strip_prefix("walk ")?.trim();
    let all_are_lengths = [length, run, walk].iter().all(|length| is_length(length));
    all_are_lengths.then(|| format!("alternate {run} easy / {walk} walk for {length}"))
}

/// Returns the way to write a run-walk that does not say how long each part is: `5mi run walk`.
pub(super) fn run_walk_without_times(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let words = ["run walk", "run-walk", "run/walk", "walk run", "walk-run", "walk/run"];
    let length = words.iter().find_map(|words| lower.strip_suffix(words))?.trim_end();
    is_length(length).then(|| format!("alternate 3min easy / 1min walk for {length}"))
}

/// Returns the text of a session that is no run: `30min "cross-training"`. Without a length, Enter ends it.
fn activity(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ACTIVITIES.iter().find_map(|(word, name)| {
        let before = words.strip_suffix(word).map(str::trim_end);
        let after = || words.strip_prefix(word).map(|rest| rest.trim_start_matches([',', ':']).trim_start());
        let (rest, is_whole) = match before {
            Some("") => ("", true),
            Some(before) => (before, words.len() - word.len() > before.len()),
            None => after().map(|rest| (rest, words.len() - word.len() > rest.len()))?,
        };
        let rest = rest.strip_suffix(" of").unwrap_or(rest);
        match rest {
            _ if !is_whole => None,
            "" => Some(format!("open \"{name}\"")),
            length => is_length(length).then(|| format!("{length} \"{name}\"")),
        }
    })
}

/// True for what may be a length: `30min`, `30-45 minutes`, `{minutes}min`.
fn is_length(text: &str) -> bool {
    let unit = match text.strip_prefix('{') {
        Some(named) => named.split_once('}').map(|(_, unit)| unit),
        None => {
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || " .-–:".contains(c));
            Some(unit).filter(|unit| !unit.is_empty() && text.starts_with(|c: char| c.is_ascii_digit()))
        }
    };
    unit.is_some_and(|unit| unit.trim().chars().all(char::is_alphabetic))
}

/// Finds brackets that hold only words outside quotes, with the space before them: `8mi easy (hilly)`.
fn remarks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('(')).map(|at| from + at) {
        from = open + 1;
        let Some(close) = text.get(from..).and_then(|rest| rest.find([')', '('])).map(|at| from + at) else {
            break;
        };
        let inside = text.get(from..close).unwrap_or_default();
        let before = text.get(..open).unwrap_or_default();
        let is_quoted = before.matches('"').count() % 2 == 1;
        if !is_quoted
            && text.get(close..=close) == Some(")")
            && is_remark(inside)
            && !before.trim().is_empty()
        {
            found.push(before.trim_end().len()..close + 1);
            from = close + 1;
        }
    }
    found
}

fn is_remark(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let is_plain = words.peek().is_some() && text.len() <= LONGEST_REMARK;
    is_plain
        && !text.contains(['/', '{', '|'])
        && words.all(|word| !word.chars().any(|c| c.is_ascii_digit()) && !INTENSITIES.contains(&word))
}

/// Finds the half of a day at the end of a session: `5mi easy AM`.
fn half_of_day(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end();
    let before = [" am", " pm", " a.m.", " p.m."].iter().find_map(|half| end.strip_suffix(half))?;
    Some(before.trim_end().len()..text.len())
}

/// Finds whole words or groups of words, the longest of those that begin in one place.
fn find_words(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words {
        for (at, _) in text.match_indices(word) {
            let end = at + word.len();
            let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(end..).and_then(|after| after.chars().next());
            let overlaps = found.iter().any(|known| known.start < end && at < known.end);
            if is_edge(before) && is_edge(after) && !overlaps {
                found.push(at..end);
            }
        }
    }
    found
}

/// Puts `for` before a length that stands alone behind an alternation: `alternate 3min easy / 1min walk, 30min`. Without it,
/// the alternation would go on until Enter.
pub(super) fn with_end_of_alternation(session: &Notation) -> Option<Notation> {
    let text = session.text.to_lowercase();
    let is_open =
        text.trim_start().starts_with("alternate ") && !text.contains(" for ") && !text.contains('×');
    let comma = text.rfind(',').filter(|_| is_open && text.len() == session.text.len())?;
    let (before, last) = text.split_at_checked(comma)?;
    let is_alone = !before.contains(',') && is_length(last.trim_start_matches(',').trim());
    is_alone.then(|| session.with(&[(comma..comma + 1, " for")]))
}

/// Returns the workout that a race on the way is.
pub(super) fn race_as_workout(text: &str) -> Option<&'static str> {
    Some(match text.trim().to_lowercase().replace([' ', '-'], "").as_str() {
        "half" | "halfmarathon" => "21.1km HMP",
        "marathon" | "fullmarathon" => "42.2km MP",
        "parkrun" => "5km 5K",
        _ => return None,
    })
}

/// Finds `MP+10-20%` and returns its place and the way to write it: `83-91% MP`. Plans mean slower by the clock.
pub(super) fn percent_slower(text: &str) -> Option<(Range<usize>, String)> {
    let plus = text.find('+')?;
    let (before, after) = (text.get(..plus)?.trim_end(), text.get(plus + 1..)?);
    let base =
        before.rsplit(char::is_whitespace).next().filter(|base| base.starts_with(char::is_alphabetic))?;
    let end = after.find('%')?;
    let (low, high) = after.get(..end)?.split_once(['-', '–'])?;
    let speed = |percent: &str| {
        let percent = percent.trim().trim_end_matches('%').parse::<f64>().ok();
        percent.filter(|percent| (0.0..60.0).contains(percent)).map(|p| (100.0 * 100.0 / (100.0 + p)).round())
    };
    let (fast, slow) = (speed(low)?, speed(high)?);
    Some((before.len() - base.len()..plus + 1 + end + 1, format!("{slow}-{fast}% {base}")))
}

/// Returns the way to write an alternative in brackets: for `30min easy (or 40min)`, `30min easy or 40min easy`.
pub(super) fn alternative_in_brackets(text: &str) -> Option<String> {
    let (first, inside) = text.trim().strip_suffix(')')?.split_once('(')?;
    let (first, inside) = (first.trim(), inside.trim());
    let other =
        inside.get(..3).filter(|or| or.eq_ignore_ascii_case("or ")).and_then(|_| inside.get(3..))?.trim();
    let target = first.split_once(char::is_whitespace).map(|(_, target)| target.trim());
    match target.filter(|_| is_length(&other.to_lowercase())) {
        Some(target) => Some(format!("{first} or {other} {target}")),
        // Other words are hardly a session.
        None if other.starts_with(|c: char| c.is_ascii_digit()) || !other.contains(' ') => {
            Some(format!("{first} or {other}"))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        rewritten(&Notation::verbatim(text, 0), Some("HMP")).map(|notation| notation.text)
    }

    #[test]
    fn words_of_printed_plans_are_rewritten_as_notation() {
        for (text, expected) in [
            ("cross", "open \"cross-training\""),
            ("Cross-training", "open \"cross-training\""),
            ("30min cross-training", "30min \"cross-training\""),
            ("30-45 minutes of cross training", "30-45 minutes \"cross-training\""),
            ("XT 45min", "45min \"cross-training\""),
            ("{minutes}min bike", "{minutes}min \"bike\""),
            ("5km race pace", "5km HMP"),
            ("3×1mi goal race pace / 2min jog", "3×1mi HMP / 2min jog"),
            ("8mi easy (hilly)", "8mi easy"),
            ("8mi easy (with hills, if you can), 4×20s fast / full", "8mi easy, 4×20s fast / full"),
            ("5km race pace (no faster)", "5km HMP"),
            ("cross-training (bike, swim)", "open \"cross-training\""),
            ("5mi easy AM", "5mi easy"),
            ("6.5mi (run 1 min, walk 1 min)", "alternate 1 min easy / 1 min walk for 6.5mi"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "30min easy",
            "6×400m 5K (jog)",
            "8mi easy (last 2mi MP)",
            "crossing",
            "30min row boat",
            "(hilly)",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_length_alone_behind_an_alternation_ends_it() {
        let read =
            |text: &str| with_end_of_alternation(&Notation::verbatim(text, 0)).map(|notation| notation.text);
        let expected = "alternate 3min easy / 1min walk for 30min";
        assert_eq!(read("alternate 3min easy / 1min walk, 30min").as_deref(), Some(expected));
        for text in [
            "alternate 3min easy / 1min walk",
            "alternate 3min easy / 1min walk, 30min easy",
            "alternate 3min easy / 1min walk for 20min, 10min",
            "5min walk, alternate 3min easy / 1min walk, 30min",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_run_walk_needs_the_times_of_its_parts() {
        let expected = "alternate 3min easy / 1min walk for 5mi";
        assert_eq!(run_walk_without_times("5mi run walk").as_deref(), Some(expected));
        assert_eq!(run_walk_without_times("30min run-walk 1/1"), None);
        assert_eq!(run_walk_without_times("30min walk"), None);
    }

    #[test]
    fn a_percentage_on_top_of_a_pace_is_slower_by_the_clock() {
        let found = percent_slower("long run 13mi at MP + 10-20%").unwrap();
        assert_eq!(found, (17..28, "83-91% MP".to_string()));
        assert_eq!(percent_slower("13mi MP+10s/mi"), None);
    }

    #[test]
    fn an_alternative_in_brackets_shows_how_to_write_it() {
        assert_eq!(
            alternative_in_brackets("30min easy (or 40min)").as_deref(),
            Some("30min easy or 40min easy")
        );
        assert_eq!(alternative_in_brackets("tempo (or rest)").as_deref(), Some("tempo or rest"));
        assert_eq!(alternative_in_brackets("30min easy (hilly)"), None);
        assert_eq!(alternative_in_brackets("w3 (or repeat week 2)"), None);
    }
}
