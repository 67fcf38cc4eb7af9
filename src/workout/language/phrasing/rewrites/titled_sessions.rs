//! Sessions with a title that holds numbers, and with an end that is said by the whole: `30 min LT test: 10 min wu, …`,
//! `10-20-30: 3 x (…)`, `…, cooldown to 6 mi total`, `12 min Cooper test`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{label_end, lengths_in, take_length};

/// Tests that are run all-out, and the words for them.
const TESTS: [&str; 14] = [
    "cooper test",
    "cooper run",
    "lt test",
    "lthr test",
    "lactate threshold test",
    "threshold test",
    "field test",
    "fitness test",
    "max test",
    "vo2max test",
    "cv test",
    "critical speed test",
    "time trial",
    "tt",
];
/// Words of a cool-down that goes on to a total.
const COOLDOWNS: [&str; 12] = [
    "cool down",
    "cooldown",
    "cool-down",
    "cd",
    "c/d",
    "easy",
    "jog",
    "easy jog",
    "warm down",
    "cool down jog",
    "easy running",
    "cool down easy",
];
const UNTIL: [&str; 9] =
    ["to", "until", "up to", "till", "to make", "to total", "to get to", "for a total of", "to reach"];

/// `30 min LT test: 10 min wu, 30 min all out, 10 min cd`, `10-20-30: 3 x (…)`, `5x5 workout: …`: the title is a name.
pub(super) fn title_with_numbers(text: &str) -> Option<CommonForm> {
    let end = label_end(text)?;
    let (title, body) = (text.get(..end)?.trim(), text.get(end + 1..)?.trim_start());
    let is_short = title.len() <= 40 && !title.contains([',', ';', '(', '\n', '|', '@', '"']);
    if !is_short
        || !body.starts_with(|c: char| c.is_alphanumeric() || c == '(')
        || !title.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let note = |title: &str| vec![format!("`{title}` is taken as a name.")];
    let is_pattern = title.contains('-') && title.chars().all(|c| c.is_ascii_digit() || c == '-');
    if is_pattern {
        return body
            .contains(char::is_alphabetic)
            .then(|| CommonForm { text: body.to_string(), notes: note(title) });
    }
    // The length in the title is that of a step or of the whole.
    let named = lengths_in(title);
    let [only] = named.as_slice() else { return None };
    let name = format!("{} {}", title.get(..only.at.start)?, title.get(only.at.end..)?);
    let is_named =
        name.split_whitespace().any(|word| word.chars().all(char::is_alphabetic) && word.len() > 1)
            && name.chars().all(|c| c.is_alphabetic() || " -'’".contains(c));
    let steps = lengths_in(body);
    let alike = |value: f64| (value - only.value).abs() < 0.5;
    let is_step =
        steps.len() > 1 && steps.iter().any(|step| step.is_time == only.is_time && alike(step.value));
    let is_sum = !body.contains(['x', '×', '('])
        && steps.len() > 1
        && steps.iter().all(|step| step.is_time == only.is_time)
        && alike(steps.iter().map(|step| step.value).sum());
    let starts_with_length = body.starts_with(|c: char| c.is_ascii_digit());
    (is_named && (is_step || is_sum) && starts_with_length)
        .then(|| CommonForm { text: body.to_string(), notes: note(title) })
}

/// `12 min Cooper test`, `30 min LT test`, `20 min TT`: run all-out.
pub(super) fn tests(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, test) = TESTS.iter().find_map(|test| {
        let at = lower.find(test)?;
        let inside = lower.get(..at)?.ends_with(char::is_alphabetic)
            || lower.get(at + test.len()..)?.starts_with(char::is_alphabetic);
        (!inside).then_some((at, *test))
    })?;
    let end = at + test.len();
    // Before a colon it is a name, and a distance has its own pace.
    let is_label = text.get(end..)?.trim_start().starts_with(':');
    let head = text.get(..at)?;
    let from = head.rfind([',', ';', '\n', ':']).map_or(0, |i| i + 1);
    let mut scan = TextScanner { text: head, at: from };
    let timed = take_length(&mut scan).is_some_and(|length| length.is_time) && scan.rest().trim().is_empty();
    if is_label || !timed {
        return None;
    }
    let written = format!("{head}all out{}", text.get(end..)?);
    Some(CommonForm { text: written, notes: vec![format!("`{}` is taken as all-out.", text.get(at..end)?)] })
}

/// `…, cooldown to 6 mi total`: how long that is depends on the rest, so the runner ends it.
pub(super) fn to_the_total(text: &str) -> Option<CommonForm> {
    let start =
        text.rfind([',', ';', '\n']).map_or(0, |at| at + 1).max(text.rfind(" then ").map_or(0, |at| at + 6));
    let piece = text.get(start..)?;
    let mut scan = TextScanner { text: piece, at: 0 };
    let word = COOLDOWNS.iter().filter(|word| scan.sees(word)).max_by_key(|word| word.len())?;
    scan.take(word);
    let until = UNTIL.iter().filter(|word| scan.sees(word)).max_by_key(|word| word.len())?;
    scan.take(until);
    let total = take_length(&mut scan).filter(|_| start > 0)?;
    let _ = scan.take("in total") || scan.take("total") || scan.take("for the day") || scan.take("overall");
    if !scan.rest().trim_matches([' ', '.']).is_empty() {
        return None;
    }
    let text = format!("{} CD", text.get(..start)?.trim_end());
    let note = format!("The cool-down is open: end it when the whole run is {}.", total.text);
    Some(CommonForm { text, notes: vec![note] })
}
