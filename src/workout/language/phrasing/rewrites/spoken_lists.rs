//! Lists of steps in words that are repeated or that make up a run: `…, repeat x2`, `30 min progression run, 10 easy 10 steady
//! 10 tempo`, `walk 30 s @ 4 mph, run 20 s @ 10 mph for 25 min`, `… plus warm up and cool down`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::prose::COUNTS;
use super::spoken_words::plain_words;
use super::written_lengths::{lengths_in, take_length};

/// Words of a step that is easier than the one before it.
const EASY: [&str; 8] = ["walk", "jog", "easy", "recover", "rest", "slow", "float", "off"];
/// Words of a title of a run.
const TITLES: [&str; 12] = [
    "progression run",
    "progressive run",
    "progression",
    "progressive",
    "long run",
    "tempo run",
    "run",
    "fartlek",
    "session",
    "workout",
    "total",
    "cutdown",
];

/// `do two repetitions of the following: jog 90 sec, walk 90 sec, …`: everything that follows is repeated.
pub(super) fn repetitions_of_list(text: &str) -> Option<CommonForm> {
    let phrases = ["repetitions of", "reps of", "sets of", "rounds of"];
    let lower = text.to_lowercase();
    phrases.iter().any(|phrase| lower.contains(phrase)).then_some(())?;
    let plain = plain_words(text).map_or(text.to_string(), |form| form.text);
    let text = plain.as_str();
    let lower = text.to_lowercase();
    let (at, size) = phrases.iter().find_map(|phrase| Some((lower.find(phrase)?, phrase.len())))?;
    let before = lower.get(..at)?.trim_end();
    let word_at = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + 1);
    let word = before.get(word_at..)?;
    let count: usize = match COUNTS.iter().position(|count| *count == word) {
        Some(index) => index + 2,
        None => word.parse().ok()?,
    };
    let mut head = before.get(..word_at)?.trim_end();
    for lead in ["do", "complete", "perform", "then do", "then"] {
        head = head.strip_suffix(lead).unwrap_or(head).trim_end();
    }
    let list = text.get(at + size..)?.trim_start();
    let told = list.strip_prefix("the following").unwrap_or(list);
    let is_told = told.len() < list.len() || told.starts_with(':');
    let list = told.trim_start_matches([':', ' ', '\n']).trim_end_matches(['.', ' ']);
    let verbs = ["jog", "walk", "run"];
    let leads = |step: &str| verbs.iter().any(|verb| step.to_lowercase().starts_with(verb));
    // `90 seconds run, 90 seconds walk, …`
    let trails = |step: &str| verbs.iter().any(|verb| step.to_lowercase().ends_with(&format!(" {verb}")));
    let is_led = list.split(',').next().is_some_and(leads);
    let runs = |step: &str| if is_led { leads(step) } else { trails(step) };
    let ends =
        |step: &str| ["then", "cool", "finish"].iter().any(|word| step.to_lowercase().starts_with(word));
    let has_length = |step: &str| step.contains(|c: char| c.is_ascii_digit()) && !ends(step);
    let all: Vec<&str> = list.split(',').map(|step| step.trim().trim_start_matches("and ")).collect();
    let size = all.iter().take_while(|step| has_length(step) && (is_told || runs(step))).count();
    let (steps, after) = all.split_at(size);
    if steps.len() < 3 && !(is_told && steps.len() == 2)
        || list.contains(['(', ';', '\n'])
        || list.contains(". ")
    {
        return None;
    }
    let lead = text.get(..head.len())?.trim_end_matches([',', '.', ' ']);
    let joint = if lead.is_empty() { "" } else { ", " };
    let after: String = after.iter().map(|step| format!(", {step}")).collect();
    let text = format!("{lead}{joint}{count} x ({}){after}", steps.join(", "));
    let note = format!("`{}` is taken as what is repeated.", steps.join(", "));
    Some(CommonForm { text, notes: vec![note] })
}

/// `60 seconds run, 90 seconds walk (repeat 8 times)`, `3 minutes uphill, 4 minutes jog downhill, …, repeat x2`.
pub(super) fn repeat_of_all(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let at = lower.rfind("repeat").filter(|_| lower.len() == text.len())?;
    let mut scan = TextScanner { text, at: at + "repeat".len() };
    let _ = ["all of this", "all", "this", "the whole thing", "the set"].iter().any(|word| scan.take(word));
    let times = scan.eat(&['x', 'X', '×']).is_some();
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
    let times = scan.take("times") || scan.eat(&['x', 'X', '×']).is_some() || times;
    let _ = scan.eat(&[')', ']']);
    let _ = scan.eat(&['.']);
    let list = text.get(..at)?.trim_end_matches([' ', ',', ';', '(', '[', '-', '–', '.']);
    if !times || !scan.is_done() || list.contains(['(', '[', ';', '\n', '|', '/', '@']) {
        return None;
    }
    if let Some(pair) = alternated(list) {
        return Some(CommonForm { text: format!("{count} x ({pair})"), notes: Vec::new() });
    }
    let steps: Vec<&str> = list.split(',').map(|step| step.trim().trim_start_matches("then ")).collect();
    let is_easy = |step: &str| {
        let lower = step.to_ascii_lowercase();
        lower.split([' ', '-']).any(|word| EASY.contains(&word))
    };
    let has_length = |step: &str| lengths_in(step).len() == 1;
    // Work and recovery in turn: nothing else can stand before them.
    let is_in_turn =
        steps.chunks(2).all(|pair| matches!(pair, [work, rest] if !is_easy(work) && is_easy(rest)));
    if !is_in_turn || !steps.iter().all(|step| has_length(step)) {
        return None;
    }
    let written: Vec<String> = steps
        .iter()
        .map(|step| {
            let hill = step.strip_suffix(" uphill").or_else(|| step.strip_suffix(" up hill"));
            hill.map_or((*step).to_string(), |length| format!("{length} hard uphill"))
        })
        .collect();
    Some(CommonForm { text: format!("{count} x ({})", written.join(", ")), notes: Vec::new() })
}

/// `Alternate 8 minutes jog with 2 minutes walk` as a pair.
fn alternated(list: &str) -> Option<String> {
    let mut scan = TextScanner { text: list, at: 0 };
    scan.take("alternate").then_some(())?;
    let pair = scan.rest().trim();
    let (first, second) = [" with ", " and ", " / ", ", "].iter().find_map(|joint| pair.split_once(joint))?;
    let is_one = |step: &str| lengths_in(step).len() == 1 && !step.contains([',', '.']);
    (is_one(first) && is_one(second)).then(|| format!("{}, {}", first.trim(), second.trim()))
}

/// `30 min progression run, 10 easy 10 steady 10 tempo`: numbers that add up to the run.
pub(super) fn numbers_of_run(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let total = take_length(&mut scan)?;
    let titles = std::iter::from_fn(|| TITLES.iter().find(|title| scan.take(title))).count();
    let is_bracket = scan.eat(&[',', ':', '-', '–', '('])? == '(';
    let (each, unit) = match total.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "s" => (60.0, "min"),
        "km" => (1000.0, "km"),
        "mi" => (1609.344, "mi"),
        _ => return None,
    };
    let (mut parts, mut sum) = (Vec::new(), 0.0);
    while !scan.is_done() {
        let _ = scan.eat(&[',', '/', '+']);
        let _ = scan.take("then") || scan.take("and");
        let _ = scan.eat(&[')']).is_some();
        if scan.is_done() {
            break;
        }
        let number = scan.number()?;
        let rest = scan.rest();
        let end = rest.find(|c: char| c.is_ascii_digit() || ",/+)".contains(c)).unwrap_or(rest.len());
        let words = rest.get(..end)?.trim();
        let words = words.strip_suffix(" and").or_else(|| words.strip_suffix(" then")).unwrap_or(words);
        let is_effort = !words.is_empty() && words.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
        let has_unit = TextScanner { text: words, at: 0 }.longest(super::super::units::TIMES).is_some()
            || TextScanner { text: words, at: 0 }.longest(super::super::units::LENGTHS).is_some();
        if !is_effort || has_unit {
            return None;
        }
        sum += number * each;
        parts.push(format!("{number} {unit} {words}"));
        scan.at += end;
    }
    let is_whole = (sum - total.value).abs() < 0.5;
    (is_whole && parts.len() > 1 && (titles > 0 || is_bracket))
        .then(|| CommonForm { text: parts.join(", "), notes: Vec::new() })
}

/// `walk 30 seconds @ 4 mph, run 20 sec @ 10 mph for 25 minutes`: both in turn for so long.
pub(super) fn pair_for_so_long(text: &str) -> Option<CommonForm> {
    let body = text.trim_end_matches(['.', ' ']);
    let body = body.strip_suffix(" total").or_else(|| body.strip_suffix(" in total")).unwrap_or(body);
    let (steps, total) = body.rsplit_once(" for a total of ").or_else(|| body.rsplit_once(" for "))?;
    let mut scan = TextScanner { text: total, at: 0 };
    let total = take_length(&mut scan).filter(|total| total.is_time && total.value >= 300.0)?;
    let steps = steps.trim_end_matches([',', ' ']);
    let (first, second) = steps.split_once(", ").or_else(|| steps.split_once(" then "))?;
    let second = second.trim_start_matches("then ").trim_start_matches("and ");
    let verb = |step: &str| {
        let word = step.trim().split(' ').next().unwrap_or_default().to_ascii_lowercase();
        ["walk", "run", "jog", "sprint"].iter().find(|verb| **verb == word).copied()
    };
    let (one, other) = (verb(first)?, verb(second)?);
    let lengths = (lengths_in(first), lengths_in(second));
    let ([a], [b]) = (lengths.0.as_slice(), lengths.1.as_slice()) else { return None };
    let is_speed = |step: &str| ["mph", "km/h", "kph", "kmh"].iter().any(|unit| step.contains(unit));
    let rounds = total.value / (a.value + b.value);
    let is_plain = !steps.contains(['(', ';', '/', 'x', '×']) && is_speed(first) && is_speed(second);
    if !scan.is_done() || !a.is_time || !b.is_time || one == other || rounds < 2.0 || !is_plain {
        return None;
    }
    // The speed says how fast the run is, and a walk is a walk.
    let leg = |step: &str, verb: &str| step.trim().get(verb.len()..).unwrap_or_default().trim().to_string();
    Some(CommonForm {
        text: format!("alternate {} / {} for {}", leg(first, one), leg(second, other), total.text),
        notes: vec!["The two steps are taken in turn until the end.".to_string()],
    })
}

/// `1 mile easy plus walking warm up and cool down`: one stands before the run, and one behind it.
pub(super) fn both_ends_open(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let lower = trimmed.to_ascii_lowercase();
    let ends = [
        "warm up and cool down",
        "warm-up and cool-down",
        "warmup and cooldown",
        "wu and cd",
        "wu & cd",
        "wu/cd",
    ];
    let end = ends.iter().find(|end| lower.ends_with(**end))?;
    let head = trimmed.get(..trimmed.len() - end.len())?.trim_end();
    let lower = lower.get(..head.len())?;
    let (head, verb) =
        match ["walking", "walk", "easy", "jogging", "jog"].iter().find(|verb| lower.ends_with(**verb)) {
            Some(verb) => (head.get(..head.len() - verb.len())?.trim_end(), *verb),
            None => (head, ""),
        };
    let joint = ["plus", "with a", "with", "w/", "and", "+", ","].iter().find(|joint| {
        head.to_ascii_lowercase()
            .strip_suffix(**joint)
            .is_some_and(|head| head.ends_with(' ') || **joint == ",")
    })?;
    let session = head.get(..head.len() - joint.len())?.trim_end_matches([' ', ',']);
    let verb = match verb {
        "walking" | "walk" => " walk",
        "" => "",
        _ => " easy",
    };
    let lower = session.to_ascii_lowercase();
    let has_ends = lower.contains("warm") || lower.contains("cool") || lower.contains("wu");
    (!has_ends && !lengths_in(&spelled(session)).is_empty())
        .then(|| CommonForm { text: format!("warm up{verb}, {session}, cool down{verb}"), notes: Vec::new() })
}

/// The text with `one mile` as a length that is found.
fn spelled(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let words = [("one ", "1 "), ("two ", "2 "), ("three ", "3 "), ("four ", "4 "), ("five ", "5 ")];
    words.iter().fold(lower, |text, (word, digit)| text.replace(word, digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_words_become_steps() {
        let forms: [fn(&str) -> Option<CommonForm>; 4] =
            [repeat_of_all, numbers_of_run, pair_for_so_long, both_ends_open];
        for (text, written) in [
            ("60 sec run, 90 sec walk (repeat 8 times)", "8 x (60 sec run, 90 sec walk)"),
            ("3 min uphill, 4 min jog downhill, repeat x2", "2 x (3 min hard uphill, 4 min jog downhill)"),
            (
                "30 min progression run, 10 easy 10 steady 10 tempo",
                "10 min easy, 10 min steady, 10 min tempo",
            ),
            ("12 miles (3 easy, 6 MP, 3 easy)", "3 mi easy, 6 mi MP, 3 mi easy"),
            ("walk 30 seconds @ 4 mph, run 20 sec @ 10 mph for 25 minutes", {
                "alternate 30 seconds @ 4 mph / 20 sec @ 10 mph for 1500s"
            }),
            ("Run one mile easy plus walking warm up and cool down.", {
                "warm up walk, Run one mile easy, cool down walk"
            }),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in [
            "5 min walk, run 3 min, walk 2 min, repeat 5 times",
            "30 min run, 10 easy 10 steady",
            "60 min easy, 20 tempo, 40 easy",
            "walk 5 min, run 20 min for 25 minutes",
        ] {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
