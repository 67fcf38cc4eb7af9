//! Ladders and pairs of numbers: `1-2-3-2-1 fartlek`, `5/4/3/2/1 min`, `5' 4' 3' hard`, `20 min of 30/30`.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;

/// The fewest numbers of a ladder, and the largest number of minutes in one that names no unit.
const FEWEST: usize = 3;
const MOST_MINUTES: f64 = 20.0;
/// Words around a ladder that say nothing more.
const SHAPES: [&str; 6] = ["fartlek", "ladder", "pyramid", "run", "session", "workout"];

/// Words that begin or name a recovery.
const RECOVERY_WORDS: [&str; 11] =
    ["w/", "with", "jog", "rest", "rec", "off", "between", "(", "walk", "float", " / "];

/// A ladder's numbers, in tokens.
struct NumberRun {
    start: usize,
    end: usize,
    numbers: Vec<String>,
    /// The unit that stands at each number, or after the last.
    unit: Option<&'static str>,
}

/// Returns the text with `a-b-c min` for a ladder that is written in another way.
pub(super) fn ladders(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let run = (0..tokens.len()).find_map(|start| run_at(&tokens, start))?;
    let mut notes = Vec::new();
    let says_shape = SHAPES[..3].iter().any(|shape| tokens.find(shape).is_some());
    let small = run.numbers.iter().all(|n| n.parse().is_ok_and(|n: f64| n <= MOST_MINUTES));
    let unit = match run.unit {
        Some(unit) => unit,
        None if small && says_shape => {
            notes.push(format!("`{}` is taken as minutes.", run.numbers.join("-")));
            "min"
        }
        None => return None,
    };
    let list = match unit {
        "s" | "km" => {
            let steps: Vec<String> = run.numbers.iter().map(|number| format!("{number} {unit}")).collect();
            format!("({})", steps.join(", "))
        }
        unit => format!("{} {unit}", run.numbers.join("-")),
    };
    let mut rest = tokens.slice(run.end..tokens.len());
    // A ladder without a recovery is asked about.
    let words = rest.to_lowercase();
    if !RECOVERY_WORDS.iter().any(|word| words.contains(word)) {
        return None;
    }
    for shape in SHAPES {
        let trimmed = rest.trim_start();
        if trimmed.to_lowercase().starts_with(shape) {
            rest = format!(" {}", trimmed[shape.len()..].trim_start());
        }
    }
    let rest = on_and_off(&rest);
    let size = tokens.len();
    tokens.replace(run.start..size, &format!("{list}{rest}"));
    let mut head = tokens.slice(0..run.start);
    for shape in SHAPES {
        let lower = head.to_lowercase();
        let trimmed = lower.trim_end_matches([' ', ':']);
        if trimmed.ends_with(shape) {
            head.truncate(trimmed.len() - shape.len());
        }
    }
    let written = format!("{head}{}", tokens.slice(run.start..tokens.len()));
    Some(CommonForm { text: written, notes })
}

/// ` on with 1 min off` of a ladder is ` hard w/ 1 min easy`.
fn on_and_off(rest: &str) -> String {
    let lower = rest.to_lowercase();
    let trimmed = lower.trim_start();
    if !(trimmed.starts_with("on ") || trimmed.starts_with("on,")) {
        return rest.to_string();
    }
    let rest = trimmed[2..].trim_start_matches([' ', ',', '/']);
    let rest = rest.strip_prefix("with ").or_else(|| rest.strip_prefix("w/")).unwrap_or(rest).trim_start();
    match rest.strip_suffix(" off") {
        Some(length) => format!(" hard w/ {length} easy"),
        None => format!(" hard {rest}"),
    }
}

/// Reads a list of numbers that are joined in one way. Each may have its own unit.
fn run_at(tokens: &TextTokens, start: usize) -> Option<NumberRun> {
    let before = start.checked_sub(1).map_or("", |before| tokens.get(before));
    if ["-", "/", ",", "–", ":", "."].contains(&before) {
        return None;
    }
    let mut numbers = Vec::new();
    let mut unit: Option<&'static str> = None;
    let mut joint: Option<String> = None;
    let mut at = start;
    let mut end;
    loop {
        tokens.number(at)?;
        numbers.push(tokens.get(at).to_string());
        at += 1;
        let own = unit_at(tokens, at);
        let is_other = own.is_some_and(|(own, _)| unit.is_some_and(|unit| unit != own));
        if is_other {
            return None;
        }
        if numbers.len() == 1 || own.is_some() {
            unit = own.map(|(unit, _)| unit).or(unit);
        } else if unit.is_some() {
            // All numbers have a unit, or only the last one.
            return None;
        }
        end = own.map_or(at, |(_, end)| end);
        let mut next = end;
        let mut mark = String::new();
        while ["-", "/", ",", "–", " "].contains(&tokens.get(next)) && mark.trim().len() < 2 {
            mark.push_str(tokens.get(next));
            next += 1;
        }
        let mark = mark.trim().to_string();
        let is_joined = tokens.number(next).is_some() && joint.as_ref().is_none_or(|joint| *joint == mark);
        // Numbers with spaces between them need their units.
        if !is_joined || (mark.is_empty() && (own.is_none() || next == end)) {
            break;
        }
        joint = Some(mark);
        at = next;
    }
    (numbers.len() >= FEWEST).then_some(NumberRun { start, end, numbers, unit })
}

/// Returns the unit at `index` and the index after it.
fn unit_at(tokens: &TextTokens, index: usize) -> Option<(&'static str, usize)> {
    let spaced = usize::from(tokens.get(index) == " " && !["'", "\""].contains(&tokens.get(index + 1)));
    let word = tokens.get(index + spaced).to_lowercase();
    let unit = match word.as_str() {
        "min" | "mins" | "minutes" | "minute" | "'" | "′" | "’" => "min",
        "s" | "sec" | "secs" | "seconds" | "\"" | "″" => "s",
        "k" | "km" => "km",
        _ => return None,
    };
    Some((unit, index + spaced + 1))
}

/// `20 min of 30/30`, `2 x 10 min of 40/20`, `30-30s for 15 min`, `Billat 30-30s, 20 reps`.
pub(super) fn pairs(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let pair = (0..tokens.len()).find(|i| {
        let short = |i: usize| tokens.number(i).is_some_and(|n| (10.0..=90.0).contains(&n) && n % 5.0 == 0.0);
        let is_alone = !["-", "/"].contains(&tokens.get(i + 3))
            && !i.checked_sub(1).is_some_and(|before| ["-", "/", ":"].contains(&tokens.get(before)));
        // `20-25` that rises is a range. A pair with a hyphen rests as long as it works, or less.
        let is_pair = match tokens.get(i + 1) {
            "/" => true,
            "-" | "–" => tokens.number(*i) >= tokens.number(i + 2),
            _ => false,
        };
        short(*i) && is_pair && short(i + 2) && is_alone
    })?;
    let (work, rest) = (tokens.number(pair)?, tokens.number(pair + 2)?);
    let mut end = pair + 3;
    while ["s", "'s", "sec", "secs", "seconds", "\"", "intervals"].contains(&tokens.get(end)) {
        end += 1;
    }
    let head = tokens.slice(0..pair);
    let head = head.trim_end();
    let tail = tokens.slice(end..tokens.len());
    let named = head.strip_suffix("Billat").or_else(|| head.strip_suffix("billat"));
    let head = named.unwrap_or(head).trim_end();
    let note = format!("`{work}/{rest}` is taken as seconds.");
    // `20 min of 30/30`
    let of = head.strip_suffix(" of").unwrap_or(head).trim_end();
    let of = of.strip_suffix(" as").or_else(|| of.strip_suffix(':')).unwrap_or(of);
    if let Some((lead, minutes)) = trailing_minutes(of) {
        return within_minutes(lead, minutes, SecondsPair { work, rest }, &tail, note);
    }
    let trimmed = tail.trim_start_matches([' ', ',']);
    // `30-30s for 15 min`
    if let Some(total) = trimmed.strip_prefix("for ")
        && let Some((minutes, after)) = leading_minutes(total)
        && head.is_empty()
    {
        let text = format!("{}{after}", alternated(work, rest, minutes)?);
        return Some(CommonForm { text, notes: vec![note] });
    }
    // `30-30s, 20 reps at vVO2max`
    let digits = trimmed.find(|c: char| !c.is_ascii_digit()).unwrap_or(trimmed.len());
    let (count, after) = trimmed.split_at(digits);
    let count: u32 = count.parse().ok()?;
    let after = after.trim_start();
    let after = ["reps", "times", "repeats"].iter().find_map(|word| after.strip_prefix(word))?;
    let target = after.trim_start();
    let target = target.strip_prefix("at ").or_else(|| target.strip_prefix('@')).unwrap_or(target).trim();
    let (target, after) = target
        .split_once(',')
        .map_or((target, String::new()), |(target, after)| (target, format!(",{after}")));
    let lead = if head.is_empty() { String::new() } else { format!("{head} ") };
    let text = format!("{lead}{count} x {work}s {target} / {rest}s{after}");
    Some(CommonForm { text, notes: vec![note] })
}

/// The seconds of `30/30`.
#[derive(Clone, Copy)]
struct SecondsPair {
    work: f64,
    rest: f64,
}

/// So many minutes of a pair, perhaps several times: `2 x 10 min of 40/20, 3 min jog`.
fn within_minutes(
    lead: &str,
    minutes: f64,
    pair: SecondsPair,
    tail: &str,
    note: String,
) -> Option<CommonForm> {
    let SecondsPair { work, rest } = pair;
    let lead = lead.trim_end();
    let counted = lead.strip_suffix(['x', 'X', '×']).or_else(|| lead.strip_suffix("sets of"));
    let counted = counted.or_else(|| lead.strip_suffix("blocks of"));
    let text = match counted {
        Some(count) => {
            let pairs = 60.0 * minutes / (work + rest);
            if pairs.fract() > 1e-6 || pairs < 2.0 {
                return None;
            }
            let tail = tail.trim_start_matches([' ', ',']);
            let joint = if tail.is_empty() || tail.starts_with("w/") || tail.starts_with("with") {
                " "
            } else {
                " w/ "
            };
            let tail = if tail.is_empty() { String::new() } else { format!("{joint}{tail}") };
            format!("{}x ({pairs} x ({work}s hard, {rest}s easy)){tail}", count)
        }
        None => {
            let lead = if lead.is_empty() { String::new() } else { format!("{lead} ") };
            format!("{lead}{}{tail}", alternated(work, rest, minutes)?)
        }
    };
    Some(CommonForm { text, notes: vec![note] })
}

fn alternated(work: f64, rest: f64, minutes: f64) -> Option<String> {
    (60.0 * minutes >= 2.0 * (work + rest))
        .then(|| format!("alternate {work}s hard / {rest}s easy for {minutes}min"))
}

/// Splits `2 x 10 min` into what stands before the minutes, and their number.
fn trailing_minutes(text: &str) -> Option<(&str, f64)> {
    let text = text.trim_end();
    let head = ["minutes", "mins", "min", "'"].iter().find_map(|unit| text.strip_suffix(unit))?.trim_end();
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((digits, head.get(digits.len()..)?.parse().ok()?))
}

fn leading_minutes(text: &str) -> Option<(f64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start();
    let rest = ["minutes", "mins", "min"].iter().find_map(|unit| rest.strip_prefix(unit))?;
    Some((number.parse().ok()?, rest))
}

/// `10-20-30: 3 x 5 min`: blocks of the 30-20-10 of Gunnarsson and Bangsbo.
pub(super) fn blocks_of_thirty_twenty_ten(text: &str) -> Option<CommonForm> {
    let lower = text.to_lowercase();
    let (at, name) = ["10-20-30", "30-20-10"].iter().find_map(|name| Some((lower.find(name)?, *name)))?;
    if text.len() != lower.len() {
        return None;
    }
    let mut rest = format!("{} {}", text.get(..at)?, text.get(at + name.len()..)?);
    for word in ["intervals", "training", "blocks of", "sets of", ":"] {
        let found = rest.to_lowercase().find(word);
        if let Some(at) = found {
            rest.replace_range(at..at + word.len(), if word.contains("of") { "x" } else { " " });
        }
    }
    let rest = rest.trim_start_matches([' ', ',']);
    let (count, after) = rest.split_once(['x', 'X', '×'])?;
    let count: u32 = count.trim().parse().ok()?;
    let (minutes, after) = leading_minutes(after.trim_start())?;
    let after = after.trim_start_matches([' ', ',']);
    let joint = if after.is_empty() || after.starts_with('w') { " " } else { " w/ " };
    (2..=10).contains(&count).then(|| CommonForm {
        text: format!("{count} x ({minutes} x 30-20-10){joint}{after}").trim_end().to_string(),
        notes: vec![format!("`{name}` for {minutes} min is taken as {minutes} rounds of a minute.")],
    })
}

/// `fartlek 3/2 x 6`: small numbers of a fartlek are minutes.
pub(super) fn fartlek_pairs(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let at = tokens.find("fartlek")?;
    let pair = (0..tokens.len()).find(|i| {
        let small = |i: usize| tokens.number(i).is_some_and(|n| (1.0..=8.0).contains(&n));
        small(*i)
            && ["/", "-", "–"].contains(&tokens.get(i + 1))
            && small(i + 2)
            && !["/", "-"].contains(&tokens.get(i + 3))
    })?;
    let (work, rest) = (tokens.get(pair).to_string(), tokens.get(pair + 2).to_string());
    let has_unit = unit_at(&tokens, pair + 3).is_some();
    tokens.replace(pair..pair + 3, &format!("{work} min hard, {rest} min easy"));
    tokens.replace(at..at + 1, "");
    let text = tokens.text().trim_start_matches([' ', ':']).to_string();
    let note = format!("`{work}/{rest}` of a fartlek is taken as minutes hard and easy.");
    (!has_unit).then(|| CommonForm { text, notes: vec![note] })
}
