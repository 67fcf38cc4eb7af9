//! Sessions as treadmill classes write them: `0-5 min: 5.5 mph, 5-10 min: 6 mph`, `6.0 mph 10 min`, `raise incline 1% every 2 min`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;

/// The most steps that are written out.
const MOST_STEPS: f64 = 60.0;
/// Words for a rising incline.
const RAISES: [&str; 8] = ["raise", "raising", "increase", "increasing", "up", "add", "adding", "+"];
/// Units of speed.
const SPEEDS: [&str; 5] = ["mph", "km/h", "kph", "kmh", "kmph"];

/// `0-5 min: 5.5 mph, 5-10 min: 6.0 mph`, `0:00-5:00 walk, 5:00-15:00 run`: from when to when.
pub(super) fn marks_of_time(text: &str) -> Option<CommonForm> {
    let text = &text.replace(" / ", "\n");
    let parts: Vec<&str> =
        text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut last = 0.0;
    let mut written = Vec::new();
    for part in parts {
        let (from, to, content) = time_mark(part)?;
        if (from - last).abs() > 1e-6 || to <= from || content.is_empty() {
            return None;
        }
        written.push(format!("{}s {content}", to - from));
        last = to;
    }
    let note = "The times are taken as from when to when each step lasts.".to_string();
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// Reads `0-5 min: 5.5 mph` as its beginning and its end in seconds, and the rest.
fn time_mark(part: &str) -> Option<(f64, f64, &str)> {
    let mut scan = TextScanner { text: part, at: 0 };
    let _ = ["minutes", "minute", "mins", "min", "from"].iter().any(|word| scan.take(word));
    let (from, first) = moment(&mut scan)?;
    let _ = scan.take("min");
    if scan.eat(&['-', '–']).is_none() && !scan.take("to") {
        return None;
    }
    let (to, second) = moment(&mut scan)?;
    if first != second && from > 0.0 {
        return None;
    }
    let _ = ["minutes", "minute", "mins", "min", "'"].iter().any(|word| scan.take(word));
    let _ = scan.eat(&[':', '@', '=', '-']);
    Some((from, to, scan.rest().trim()))
}

/// Reads a clock, or a number of minutes. The second value is true for a clock.
fn moment(scan: &mut TextScanner<'_>) -> Option<(f64, bool)> {
    let before = scan.clone();
    if let Some(clock) = scan.clock() {
        return Some((clock, true));
    }
    *scan = before;
    let minutes = scan.number()?;
    let _ = scan.eat(&['\'']);
    Some((60.0 * minutes, false))
}

/// `6.0 mph 10 min, 8.0 mph 5 x 2 min`: the speed before the length.
pub(super) fn speed_first(text: &str) -> Option<CommonForm> {
    let parts: Vec<&str> = text.split(", ").collect();
    let mut changed = false;
    let swapped: Option<Vec<String>> = parts
        .iter()
        .map(|part| {
            let part = part.trim();
            let lower = part.to_lowercase();
            let walks = ["walk ", "jog ", "run ", "sprint "].iter().find(|verb| lower.starts_with(**verb));
            let body = part.get(walks.map_or(0, |verb| verb.len())..)?.trim_start();
            let body =
                body.strip_prefix("at ").or_else(|| body.strip_prefix('@')).unwrap_or(body).trim_start();
            let end = SPEEDS.iter().find_map(|unit| {
                let at = body.to_lowercase().find(unit)?;
                let number = body.get(..at)?.trim();
                let is_number =
                    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
                is_number.then_some(at + unit.len())
            });
            let Some(end) = end else { return Some(part.to_string()) };
            let (speed, rest) = body.split_at(end);
            let rest = rest.trim_start();
            let rest = rest.strip_prefix("for ").unwrap_or(rest);
            if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                return Some(part.to_string());
            }
            let size = length_size(rest)?;
            changed = true;
            let (length, more) = rest.split_at(size);
            Some(format!("{} {speed}{more}", length.trim_end()))
        })
        .collect();
    let text = swapped?.join(", ");
    changed.then(|| CommonForm { text, notes: Vec::new() })
}

/// Returns the size of the length at the beginning of `text`, with a count before it.
fn length_size(text: &str) -> Option<usize> {
    let mut scan = TextScanner { text, at: 0 };
    scan.number()?;
    if scan.eat(&['x', 'X', '×']).is_some() {
        scan.number()?;
    }
    let before = scan.at;
    let _ = scan.eat(&[':']).is_some() && scan.number().is_some();
    let units = [
        "minutes", "minute", "mins", "min", "seconds", "secs", "sec", "s", "'", "km", "miles", "mile", "mi",
        "m",
    ];
    let has_unit = units.iter().any(|unit| scan.take(unit));
    (has_unit || scan.at > before).then_some(scan.at)
}

/// `20 min @ 6 mph, raise incline 1% every 2 min`.
pub(super) fn rising_incline(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let incline = tokens.find("incline")?;
    let raise = RAISES.iter().find_map(|word| tokens.find(word))?;
    let every = tokens.find("every").or_else(|| tokens.find("each"))?;
    let percent = (0..tokens.len()).filter(|i| tokens.get(*i) == "%").collect::<Vec<_>>();
    let clause = raise.min(every);
    let step_percent = *percent.iter().find(|at| **at > clause)?;
    let by = tokens.word_before(step_percent).and_then(|at| tokens.number(at))?;
    let period = minutes_after(&tokens, every)?;
    let head = tokens.slice(0..clause);
    let head = head.trim_end_matches([' ', ',', ';']);
    let head = head.strip_suffix("incline").unwrap_or(head).trim_end_matches([' ', ',']);
    let head = head.strip_suffix(" and").unwrap_or(head);
    let (head, start) = without_start(head, incline < clause);
    let minutes_end = length_size(&head)?;
    let (length, target) = head.split_at(minutes_end);
    let digits = length.find(|c: char| !c.is_ascii_digit())?;
    let (minutes, unit) = length.split_at(digits);
    let total: f64 = minutes.parse().ok().filter(|_| unit.trim_start().starts_with("min"))?;
    let steps = total / period;
    if steps.fract() > 1e-6 || !(2.0..=MOST_STEPS).contains(&steps) || by <= 0.0 {
        return None;
    }
    let start = start.unwrap_or(0.0);
    let top = start + by * (steps - 1.0);
    let ends_elsewhere = percent
        .last()
        .filter(|last| **last > step_percent)
        .is_some_and(|last| tokens.number(last.saturating_sub(1)).is_none_or(|end| (end - top).abs() > 1e-6));
    if top > 20.0 || (ends_elsewhere && raise < every) {
        return None;
    }
    let target = target.trim().trim_end_matches(',');
    let written: Vec<String> = (0..steps.round() as usize)
        .map(|step| format!("{}s {target} incline {}%", 60.0 * period, start + by * step as f64))
        .collect();
    let note = format!("The incline begins at {start} % and rises every {period} min up to {top} %.");
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// Takes `start at 1%` out of the text before the clause.
fn without_start(head: &str, _: bool) -> (String, Option<f64>) {
    let lower = head.to_lowercase();
    let Some(at) =
        ["starting at", "start at", "starting from", "from"].iter().find_map(|word| lower.find(word))
    else {
        return (head.to_string(), None);
    };
    let digits: String = head[at..]
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let before = head.get(..at).unwrap_or_default().trim_end_matches([' ', ',']);
    (before.to_string(), digits.parse().ok())
}

/// Reads the minutes after `every`. Without a number it is one.
fn minutes_after(tokens: &TextTokens, every: usize) -> Option<f64> {
    let next = tokens.word_after(every)?;
    match tokens.number(next) {
        Some(number) => {
            let unit = tokens.word_after(next)?;
            tokens.get(unit).to_lowercase().starts_with("min").then_some(number)
        }
        None => tokens.get(next).to_lowercase().starts_with("min").then_some(1.0),
    }
}

/// `12-3-30 walk`, `incline walk 12-3-30`, `12/3/30`: the walk of 30 minutes.
pub(super) fn twelve_three_thirty(text: &str) -> Option<CommonForm> {
    let lower = text.to_lowercase().replace('/', "-").replace("12 3 30", "12-3-30");
    let at = lower.find("12-3-30")?;
    let around = format!("{} {}", lower.get(..at)?, lower.get(at + 7..)?);
    let known = ["incline", "walk", "walking", "treadmill", "workout", "the"];
    let is_known = around.split_whitespace().all(|word| known.contains(&word));
    is_known.then(|| CommonForm { text: "12-3-30".to_string(), notes: Vec::new() })
}

/// `hills @ 6%: 8 x 60s, 90s jog`: the hills' incline in the label.
pub(super) fn hills_in_label(text: &str) -> Option<CommonForm> {
    let (label, rest) = text.split_once(':')?;
    let lower = label.to_lowercase();
    let hill = lower.starts_with("hill");
    let percent = label.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|n| !n.is_empty());
    let percent = percent.filter(|_| hill && label.trim_end().ends_with('%'))?;
    let rest = rest.trim_start();
    let size = length_size(rest)?;
    let (reps, more) = rest.split_at(size);
    reps.contains(['x', 'X', '×']).then(|| CommonForm {
        text: format!("{} hills @ {percent}%{more}", reps.trim_end()),
        notes: Vec::new(),
    })
}

/// `6 miles, drop 10s per mile from 8:30`, `5k cutdown from 5:30, 10s faster each km`.
pub(super) fn faster_every_mile(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let drops =
        ["drop", "dropping", "drops", "cutting down", "cut down", "cutdown", "faster", "quicker", "negative"];
    drops.iter().find_map(|word| tokens.find(word))?;
    if ["than", "last", "final"].iter().any(|word| tokens.find(word).is_some()) {
        return None;
    }
    let per = (0..tokens.len()).find(|i| {
        ["per", "each", "every", "a"].iter().any(|word| tokens.is_word(*i, word))
            || (tokens.get(*i) == "/" && *i > 0)
    })?;
    let unit = |word: &str| match word.to_lowercase().as_str() {
        "mile" | "mi" | "miles" => Some("mi"),
        "km" | "k" | "kilometre" | "kilometer" => Some("km"),
        _ => None,
    };
    let clock = (0..tokens.len()).find(|i| tokens.is_clock(*i))?;
    let each = (0..tokens.len()).find_map(|i| {
        let joint = i >= per && i <= per + 2 && i > 0;
        joint.then(|| unit(tokens.get(i))).flatten()
    })?;
    let first: f64 = 60.0 * tokens.number(clock)? + tokens.get(clock + 2).parse::<f64>().ok()?;
    let step = (0..tokens.len()).find_map(|i| {
        let number = tokens.number(i).filter(|n| (1.0..=60.0).contains(n))?;
        let next = tokens.word_after(i).map_or("", |next| tokens.get(next)).to_lowercase();
        let is_clock = i >= clock && i <= clock + 2;
        (["s", "sec", "secs", "seconds", "\""].contains(&next.as_str()) && !is_clock).then_some(number)
    })?;
    let total = (0..tokens.len()).find_map(|i| {
        let number = tokens.number(i).filter(|n| n.fract() == 0.0 && (2.0..=30.0).contains(n))?;
        let next = tokens.word_after(i)?;
        (unit(tokens.get(next)) == Some(each) && i != clock).then_some(number)
    })?;
    if tokens.count_numbers() > 4 || total * step >= first / 2.0 {
        return None;
    }
    let steps: Vec<String> = (0..total as usize)
        .map(|i| {
            let pace = first - step * i as f64;
            format!("1{each} {}:{:02}/{each}", (pace / 60.0).floor(), pace % 60.0)
        })
        .collect();
    let note = format!("Each {each} is {step} s faster than the one before.");
    Some(CommonForm { text: steps.join(", "), notes: vec![note] })
}
