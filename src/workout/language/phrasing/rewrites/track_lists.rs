//! Distances of the track without a unit, and lists of them: `ladder 400 800 1200 with 400 jog`, `400/300/200 x 3, 100m jog`,
//! `3x(1000-800-600) rec 2' / 4'`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{FoundLength, take_length};

/// The distances that need no unit, in metres.
const SHORTEST: f64 = 100.0;
const LONGEST: f64 = 5000.0;
/// Words after a number that is no distance, and before one.
const NO_DISTANCE_AFTER: [&str; 22] = [
    "pace", "effort", "race", "speed", "bpm", "w", "watts", "cal", "cals", "kcal", "kg", "lb", "lbs", "ft",
    "feet", "steps", "spm", "reps", "x", "×", "%", "am",
];
const NO_DISTANCE_BEFORE: [&str; 20] = [
    "@", "at", "in", "hr", "under", "below", "above", "over", "rate", "heart", "<", ">", ":", ".", "rpe",
    "sub", "to", "pace", "zone", "#",
];
/// Words that name a list.
const SHAPES: [&str; 8] = [
    "ladder",
    "pyramid",
    "cutdown",
    "cut down",
    "descending ladder",
    "ascending ladder",
    "step down",
    "intervals",
];
/// Words that begin or name a recovery.
const RECOVERIES: [&str; 14] = [
    "w/", "with", "jog", "rest", "rec", "off", "between", "walk", "float", "r=", "r ", "recovery", " / ",
    "equal",
];
const MOST_RUNGS: usize = 20;

/// Returns the text with `m` after each distance of the track that has no unit.
pub(super) fn in_metres(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let found: Vec<usize> = (0..tokens.len()).filter(|i| is_bare_distance(&tokens, *i)).collect();
    // A list of distances without a recovery is asked about.
    let lower = text.to_ascii_lowercase();
    let recovers = RECOVERIES.iter().any(|word| lower.contains(word));
    let is_counted = ["x", "×"].iter().any(|times| tokens.find(times).is_some());
    // `run 100` may be minutes.
    if found.is_empty() || !(recovers || (is_counted && found.len() == 1)) {
        return None;
    }
    for at in found.iter().rev() {
        let metres = format!("{}m", tokens.get(*at));
        tokens.replace(*at..*at + 1, &metres);
    }
    Some(CommonForm { text: tokens.text(), notes: Vec::new() })
}

fn is_bare_distance(tokens: &TextTokens, at: usize) -> bool {
    let is_track = tokens
        .number(at)
        .is_some_and(|n| (SHORTEST..=LONGEST).contains(&n) && n % 50.0 == 0.0 && n.fract() == 0.0);
    if !is_track {
        return false;
    }
    let touching = tokens.get(at + 1);
    let next = tokens.word_after(at).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
    let before = tokens.word_before(at);
    let word = before.map_or("", |before| tokens.get(before)).to_ascii_lowercase();
    // A pace among paces: `5k/3k/mile/800 pace`.
    let is_pace = ["/", "-"].contains(&word.as_str())
        && before.and_then(|before| tokens.word_before(before)).is_some_and(|i| {
            let named = tokens.get(i);
            named.starts_with(char::is_alphabetic)
                && !["m", "M"].contains(&named)
                && tokens.number(i + 1).is_none()
        });
    // `400/300/200 x 3`: the last of a list, whose count follows.
    let ends_list = ["/", "-"].contains(&word.as_str()) && ["x", "×"].contains(&next.as_str());
    // `400 w/ 200 jog` has no watts.
    let is_with = next == "w" && tokens.word_after(at).is_some_and(|next| tokens.get(next + 1) == "/");
    let is_unit = |word: &str| {
        [
            "m", "km", "k", "mi", "mile", "miles", "s", "sec", "secs", "seconds", "min", "mins", "minutes",
            "metres", "meters", "metre", "meter", "'", "\"", "h", "mtr", "mts", "yards", "yd", "yds", "′",
            "″", "’", "”",
        ]
        .contains(&word)
    };
    !is_pace
        && !is_unit(&next)
        && (!NO_DISTANCE_AFTER.contains(&next.as_str()) || is_with || ends_list)
        && !NO_DISTANCE_BEFORE.contains(&word.as_str())
        && ![":", "."].contains(&touching)
        && !(touching == "s" || next.starts_with("m/"))
}

/// A list of distances or times, in one text.
struct RungList {
    /// Where the list begins, with its bracket and its name, and where it ends.
    start: usize,
    end: usize,
    rungs: Vec<FoundLength>,
    /// The list is in brackets with a count before them.
    is_counted: bool,
}

/// Returns the text with `(a, b, c)` for lengths that are joined in another way, and with a count that follows them in
/// front.
pub(super) fn ladders(text: &str) -> Option<CommonForm> {
    let list = find_list(text)?;
    let rungs = list.rungs.iter().map(|rung| rung.text.clone()).collect::<Vec<_>>().join(", ");
    let rest = text.get(list.end..)?;
    let (count, rest) = count_after(rest);
    // A ladder without a recovery is asked about.
    let lower = rest.to_ascii_lowercase();
    let recovers = RECOVERIES.iter().any(|word| lower.contains(word));
    if !recovers || (list.is_counted && count.is_some()) {
        return None;
    }
    let head = text.get(..list.start)?;
    let head = match SHAPES
        .iter()
        .find(|shape| head.to_ascii_lowercase().trim_end_matches([' ', ':']).ends_with(*shape))
    {
        Some(shape) => {
            let trimmed = head.trim_end_matches([' ', ':']);
            trimmed.get(..trimmed.len() - shape.len())?
        }
        None => head,
    };
    let rest = rest.trim_start();
    let rest = SHAPES
        .iter()
        .find_map(|shape| {
            let lower = rest.to_ascii_lowercase();
            lower.starts_with(shape).then(|| rest.get(shape.len()..)).flatten()
        })
        .unwrap_or(rest)
        .trim_start();
    let rest = rest.trim_start_matches([',', ';']).trim_start();
    let count = count.map_or(String::new(), |count| format!("{count} x "));
    let text = format!("{head}{count}({rungs}) {rest}");
    Some(CommonForm { text, notes: Vec::new() })
}

/// Finds three lengths in a row, or two in brackets after a count.
fn find_list(text: &str) -> Option<RungList> {
    text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let head = text.get(..at)?;
        if head.ends_with(|c: char| c.is_alphanumeric() || ".:-/–".contains(c)) {
            return None;
        }
        let mut scan = TextScanner { text, at };
        let mut rungs = vec![take_length(&mut scan)?];
        let mut joint = None;
        let mut end = scan.at;
        while rungs.len() < MOST_RUNGS {
            let mark = scan.eat(&['-', '/', '–', '+', ',', '>']).unwrap_or(' ');
            if *joint.get_or_insert(mark) != mark {
                break;
            }
            let Some(rung) = take_length(&mut scan) else {
                // A number without a unit may be one more of the list.
                if mark != ' ' || scan.number().is_some() {
                    return None;
                }
                break;
            };
            end = scan.at;
            rungs.push(rung);
        }
        let trimmed = head.trim_end();
        let bracket = trimmed.ends_with('(') && text.get(end..)?.trim_start().starts_with(')');
        let counted = bracket && trimmed.trim_end_matches('(').trim_end().ends_with(['x', 'X', '×']);
        let is_last = scan.eat(&['x', 'X', '×']).is_none_or(|_| true);
        let same = rungs.iter().all(|rung| rung.is_time == rungs[0].is_time);
        // A list with commas is read without this, unless its count follows.
        let is_commas = joint == Some(',') && !has_count(text.get(end..)?);
        let fewest = if counted { 2 } else { 3 };
        if rungs.len() < fewest || !same || is_commas || !is_last {
            return None;
        }
        if !bracket {
            return Some(RungList { start: at, end, rungs, is_counted: false });
        }
        let start = trimmed.len() - 1;
        let close = end + text.get(end..)?.find(')')? + 1;
        Some(RungList { start, end: close, rungs, is_counted: counted })
    })
}

fn has_count(rest: &str) -> bool {
    count_after(rest).0.is_some()
}

/// Splits ` x 3, 100m jog` into the count and the rest.
fn count_after(rest: &str) -> (Option<String>, &str) {
    let mut scan = TextScanner { text: rest, at: 0 };
    let _ = scan.eat(&[',']);
    let times = scan.eat(&['x', 'X', '×']).is_some();
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=20.0).contains(n));
    let named = ["times", "sets", "rounds", "x"].iter().any(|word| scan.take(word));
    let ends = scan.peek().is_none_or(|c| !(c.is_ascii_digit() || ":'\".".contains(c)));
    match count {
        Some(count) if (times != named || times) && ends => (Some(count.to_string()), scan.rest()),
        _ => (None, rest),
    }
}

/// Words that stand before two recoveries.
const BEFORE_RECOVERIES: [&str; 8] = ["rec", "recovery", "r", "rest", "w/", "with", "off", "recs"];

/// `3x(1000m, 800m, 600m) rec 2' / 4'`, `3 x 4 x 400m, 2'/4' rest`: a recovery for the reps and one for the sets.
pub(super) fn two_recoveries(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let (at, end, first, second) =
        text.char_indices().filter(|(_, c)| *c == '/' || *c == '&').find_map(|(slash, _)| {
            let before = text.get(..slash)?.trim_end();
            let start = before.rfind([' ', '=', ',', '(', ':']).map_or(0, |at| at + 1);
            // `rec 2 min / 4 min` has a space in its length.
            let starts = [
                start,
                before
                    .get(..start.saturating_sub(1))
                    .and_then(|b| b.rfind([' ', '=']))
                    .map_or(0, |at| at + 1),
            ];
            let (at, first) = starts
                .iter()
                .find_map(|at| Some((*at, super::written_lengths::whole(before.get(*at..)?)?)))?;
            let mut scan = TextScanner { text, at: slash + 1 };
            let second = take_length(&mut scan)?;
            let words = ["recovery", "recoveries", "rec", "rest", "jog", "walk"];
            let word = words.iter().find(|word| scan.take(word));
            let verb = match word {
                Some(word @ (&"jog" | &"walk" | &"rest")) => format!(" {word}"),
                _ => String::new(),
            };
            let head = text.get(..at)?.trim_end_matches([' ', '=', ':', '(']);
            let introduced = BEFORE_RECOVERIES.iter().find(|word| {
                let lower = head.to_ascii_lowercase();
                lower.strip_suffix(**word).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
            });
            let head = introduced.map_or(head, |word| head.get(..head.len() - word.len()).unwrap_or(head));
            let two_counts =
                head.matches(['x', '×', 'X']).count() >= 2 && head.trim_end().ends_with([',', ')', '0', 'm']);
            let is_told = introduced.is_some() || word.is_some() || two_counts;
            let is_longer = first.is_time == second.is_time && first.value < second.value;
            let open = text.get(head.len()..at)?.contains('(');
            let closed = open && scan.eat(&[')']).is_some();
            let ends = scan.peek().is_none_or(|c| ",;\n".contains(c));
            (is_told && is_longer && ends && open == closed).then(|| {
                (
                    head.trim_end_matches([' ', ',', ';', '(']).len(),
                    scan.at,
                    format!("{}{verb}", first.text),
                    format!("{}{verb}", second.text),
                )
            })
        })?;
    let head = text.get(..at)?;
    let item = head.rfind([';', '\n']).map_or(head, |start| head.get(start..).unwrap_or(head));
    is_set(item).then(|| CommonForm {
        text: format!("{head} w/ {first} between reps, {second} between sets{}", &text[end..]),
        notes: vec![format!(
            "`{}` is taken as between the reps, and between the sets.",
            text[at..end].trim_matches([' ', ','])
        )],
    })
}

/// True for reps in sets: two counts, or a count before brackets.
fn is_set(text: &str) -> bool {
    let counts = text.matches(['x', '×', 'X']).count();
    counts >= 2 || (counts == 1 && text.trim_end().ends_with(')'))
}

/// `2x6x200 (r=30s, R=3min)`: a small letter for the reps, a capital for the sets.
pub(super) fn lettered_recoveries(text: &str) -> Option<CommonForm> {
    let at = text.rfind(['R']).filter(|at| {
        let touches = text.get(..*at).is_some_and(|head| head.ends_with(char::is_alphanumeric));
        !touches && !text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    })?;
    let mut scan = TextScanner { text, at: at + 1 };
    let _ = scan.eat(&['=', ':']);
    let second = take_length(&mut scan)?;
    let closed = scan.eat(&[')']).is_some();
    let rest = scan.rest();
    let before = text.get(..at)?.trim_end_matches([' ', ',', ';', '/', '-']);
    let small = before
        .rfind(['r'])
        .filter(|at| !before.get(..*at).is_some_and(|head| head.ends_with(char::is_alphanumeric)))?;
    let mut scan = TextScanner { text: before, at: small + 1 };
    let _ = scan.eat(&['=', ':']);
    let first = take_length(&mut scan)?;
    let verb = ["jog", "walk", "rest"].iter().find(|verb| scan.take(verb));
    let verb = verb.map_or(String::new(), |verb| format!(" {verb}"));
    let head = before.get(..small)?.trim_end();
    let opened = head.ends_with('(');
    let head = head.trim_end_matches(['(', ' ', ',', ';']);
    let is_whole =
        scan.rest().trim().is_empty() && rest.trim_start().chars().next().is_none_or(|c| ",;+\n".contains(c));
    (is_whole && is_set(head) && opened == closed).then(|| CommonForm {
        text: format!("{head} w/ {}{verb} between reps, {} between sets{rest}", first.text, second.text),
        notes: Vec::new(),
    })
}

/// `6x1 mile (7:00), 400 jog`, `10x500m 1'45" rec 1'15"`: with a recovery after it, the first is the time of the reps.
pub(super) fn times_of_reps(text: &str) -> Option<CommonForm> {
    text.char_indices().filter(|(_, c)| ['x', 'X', '×'].contains(c)).find_map(|(mark, c)| {
        let at = mark + c.len_utf8();
        let counted = text.get(..mark)?.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let mut scan = TextScanner { text, at };
        let mark = scan.clone();
        let distance = take_length(&mut scan).filter(|length| !length.is_time && counted);
        if distance.is_none() {
            scan = mark;
            scan.number().filter(|n| (SHORTEST..=LONGEST).contains(n) && n % 50.0 == 0.0 && counted)?;
        }
        let open_at = scan.at;
        let open = scan.eat(&['(', '[']).is_some();
        let _ = scan.eat(&['@']).is_some() || scan.take("in");
        let start = scan.at;
        let time = take_length(&mut scan).filter(|length| length.is_time)?;
        if open {
            scan.eat(&[')', ']'])?;
        } else if text.get(open_at..start)?.contains(['@']) || text.get(open_at..start)?.contains("in") {
            return None;
        }
        let written = text.get(start..time.at.end)?.trim();
        let end = scan.at;
        let joined = scan.eat(&[',', '+', ';', '/']).is_some();
        let introduced =
            ["with", "w/", "rec", "r=", "r", "rest", "off", "recovery"].iter().any(|word| scan.take(word));
        let _ = scan.eat(&['=', ':']);
        let length = take_length(&mut scan).is_some() || (scan.number().is_some() && (joined || introduced));
        let named = ["jog", "rest", "recovery", "rec", "walk", "easy", "float", "standing"]
            .iter()
            .any(|word| scan.take(word));
        let metres = distance.map_or(SHORTEST, |distance| distance.value);
        let fastest = if metres >= 800.0 { 8.0 } else { 10.5 };
        let is_possible = (1.9..=fastest).contains(&(metres / time.value)) || metres == SHORTEST;
        (length && (introduced || (joined && named)) && is_possible).then(|| CommonForm {
            text: format!(
                "{} in {written}{}",
                text.get(..open_at).unwrap_or_default(),
                text.get(end..).unwrap_or_default()
            ),
            notes: vec![format!("`{written}` is taken as the time of each rep, as the recovery follows.")],
        })
    })
}
