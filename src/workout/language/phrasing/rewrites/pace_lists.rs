//! A list of paces for a list of pieces: `2 mile, 1 mile, 800 @ T, 10k, 5k`, `3 x 10 min @ MP/HMP/T`, `400/200 @ 5k/MP`.

use super::super::PhraseReader;
use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::length_lists::{MOST_PIECES, lengths_before, reps_before, start_of_length, whole_length};
use std::ops::Range;

/// The longest recovery after a list, in seconds and in metres.
const LONGEST_RECOVERY: (f64, f64) = (300.0, 400.0);

/// The paces of a list, and where they stand.
struct PaceList {
    at: Range<usize>,
    paces: Vec<String>,
    is_slashed: bool,
}

/// Returns the text with a pace for each piece, if there are as many paces as pieces.
pub(super) fn one_for_each(text: &str) -> Option<CommonForm> {
    starts_of_paces(text).into_iter().find_map(|(from, start)| {
        let list = paces_at(text, start)?;
        alternated(text, from, &list)
            .or_else(|| paired(text, from, &list))
            .or_else(|| speeds_of_one_length(text, from, &list))
            .or_else(|| listed(text, from, &list))
    })
}

/// `6 x 1km alternating 4:00 and 4:40`: the paces in turn.
fn alternated(text: &str, from: usize, list: &PaceList) -> Option<CommonForm> {
    let word = text.get(from..list.at.start)?.trim();
    let reps = reps_before(text, from).filter(|_| word.eq_ignore_ascii_case("alternating"))?;
    let rounds = reps.lengths.len() / list.paces.len();
    if reps.lengths.len() % list.paces.len() != 0 {
        return None;
    }
    let steps: Vec<String> =
        reps.lengths.iter().zip(&list.paces).map(|(length, pace)| format!("{length} {pace}")).collect();
    let count = if rounds > 1 { format!("{rounds} x ") } else { String::new() };
    let head = text.get(..reps.start)?;
    let written = format!("{head}{count}({}){}", steps.join(", "), text.get(list.at.end..)?);
    let note = format!("The paces are taken in turn: {} reps in all.", reps.lengths.len());
    Some(CommonForm { text: written, notes: vec![note] })
}

/// `2 mile, 1 mile, 800 @ T, 10k, 5k w/ 400 jog`, `3 x 10 min @ MP/HMP/T`.
fn listed(text: &str, from: usize, list: &PaceList) -> Option<CommonForm> {
    let lengths = lengths_before(text, from).or_else(|| reps_before(text, from))?;
    // `2x2mi @ HMP, 10k` could end with a step of ten kilometres.
    let is_distance =
        list.paces.len() == 2 && !list.is_slashed && text.get(list.at.clone())?.ends_with(['k', 'K']);
    if lengths.lengths.len() != list.paces.len() || is_distance {
        return None;
    }
    let steps = lengths.lengths.iter().zip(&list.paces).map(|(length, pace)| format!("{length} {pace}"));
    let steps = steps.collect::<Vec<_>>().join(", ");
    let rest = text.get(list.at.end..)?;
    let needs_bracket = lengths.is_bracket || has_recovery(rest);
    let steps = if needs_bracket { format!("({steps})") } else { steps };
    let mut notes =
        vec![format!("`{}` is taken as one pace for each piece.", text.get(list.at.clone())?.trim())];
    let between = short_recovery(rest).filter(|_| !lengths.is_bracket);
    let rest = match between {
        Some((recovery, after)) => {
            notes.push(format!(
                "`{recovery}` is taken as between the pieces; for once at the end write `, then {recovery}`."
            ));
            format!(" / {recovery}{after}")
        }
        None => rest.to_string(),
    };
    let written = format!("{}{steps}{rest}", text.get(..lengths.start)?);
    Some(CommonForm { text: written, notes })
}

/// `8x400 w/ 200 float @ 10k / MP`, `8 x (400/200) @ 5k/MP`, `10k of 1k on / 1k off at 10K / MP`.
fn paired(text: &str, from: usize, list: &PaceList) -> Option<CommonForm> {
    let [work, float] = list.paces.as_slice() else { return None };
    let before = text.get(..from)?.trim_end().trim_end_matches(',');
    let rest = text.get(list.at.end..)?;
    let note = |work: &str, float: &str| {
        format!("`{work}` is taken as the pace of the reps, `{float}` as that between.")
    };
    // `8 x (400/200)`
    if let Some(inner) = before.strip_suffix(')')
        && let Some(open) = inner.rfind('(')
        && let Some((first, second)) = inner.get(open + 1..)?.split_once(['/', '-', ','])
        && let (Some(first), Some(second)) = (whole_length(first), whole_length(second))
        && inner.get(..open)?.trim_end().ends_with(['x', 'X', '×'])
        && list.is_slashed
    {
        let head = inner.get(..open)?;
        let text = format!("{head}({first} {work}, {second} {float}){rest}");
        return Some(CommonForm { text, notes: vec![note(work, float)] });
    }
    let lower = before.to_lowercase();
    // `1k on / 1k off`
    if let (Some(on), Some(off)) = (lower.rfind(" on"), lower.rfind(" off")) {
        let start = before.get(..on)?.rfind([' ', '(']).map_or(0, |i| i + 1);
        let number_start = start_of_length(before, on).unwrap_or(start);
        let second = before.get(on + 3..off)?.trim_matches(['/', ',', ' ', '+']);
        let (first, second) = (whole_length(before.get(number_start..on)?)?, whole_length(second)?);
        let mut head = before.get(..number_start)?.trim_end();
        let total = head
            .strip_suffix(" of")
            .or_else(|| head.strip_suffix(" as"))
            .or_else(|| head.strip_suffix(" with"));
        if let Some(total) = total {
            head = "";
            let total_start = start_of_length(total, total.len())?;
            let total_text = whole_length(total.get(total_start..)?)?;
            let lead = total.get(..total_start)?;
            let text =
                format!("{lead}{head}alternate {first} {work} / {second} {float} for {total_text}{rest}");
            return Some(CommonForm { text, notes: vec![note(work, float)] });
        }
        let count = head.trim_end().strip_suffix(['x', 'X', '×'])?;
        let text = format!("{count}x ({first} {work}, {second} {float}){rest}");
        return Some(CommonForm { text, notes: vec![note(work, float)] });
    }
    // `8x400 w/ 200 float`
    let at = [" w/", " with "].iter().find_map(|word| Some(lower.rfind(word)? + word.len()))?;
    let recovery = before.get(at..)?.trim();
    let is_one = ["float", "floats", "recovery", "jog", "easy", "off"]
        .iter()
        .find_map(|word| recovery.to_lowercase().ends_with(word).then(|| recovery.len() - word.len()));
    let length = whole_length(recovery.get(..is_one.unwrap_or(recovery.len()))?)?;
    let head = before.get(..at)?.trim_end();
    let head = head.strip_suffix("w/").or_else(|| head.strip_suffix("with"))?.trim_end();
    let counted = head.rsplit([',', ';', '\n']).next()?;
    let is_counted = counted.contains(['x', 'X', '×']) && !counted.contains('@');
    let text = format!("{head} {work} / {length} {float}{rest}");
    (is_counted && list.is_slashed).then(|| CommonForm { text, notes: vec![note(work, float)] })
}

/// `3 min each at 8, 9, 10 km/h`: one length for every speed.
fn speeds_of_one_length(text: &str, from: usize, list: &PaceList) -> Option<CommonForm> {
    let before = text.get(..from)?.trim_end();
    let each = before.strip_suffix(" each");
    let are_speeds = list.paces.iter().all(|pace| pace.contains("km/h") || pace.contains("mph"));
    if each.is_none() && !are_speeds {
        return None;
    }
    let head = each.unwrap_or(before).trim_end();
    let start = start_of_length(head, head.len())?;
    let length = whole_length(head.get(start..)?)?;
    let lead = head.get(..start)?;
    if lead.trim_end().ends_with(['x', 'X', '×', '-', '/']) {
        return None;
    }
    let steps: Vec<String> = list.paces.iter().map(|pace| format!("{length} {pace}")).collect();
    let text = format!("{lead}{}{}", steps.join(", "), text.get(list.at.end..)?);
    Some(CommonForm { text, notes: vec![format!("Each pace is taken for {length}.")] })
}

/// Returns where a list of paces could begin: the end of what stands before, and the first pace.
fn starts_of_paces(text: &str) -> Vec<(usize, usize)> {
    let lower = text.to_lowercase();
    let mut starts = Vec::new();
    for word in ["@", " at ", " in ", " speed ", " speeds ", "alternating "] {
        for (at, _) in lower.match_indices(word) {
            let end = at + word.len();
            // Lower case may have another length.
            if text.is_char_boundary(at) && text.is_char_boundary(end) && text.len() == lower.len() {
                starts.push((at, end));
            }
        }
    }
    // `20/15/10 min easy/MP/T`
    for (at, c) in text.char_indices().filter(|(_, c)| *c == ' ' || *c == ')' || *c == '(') {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        if next.starts_with(char::is_alphabetic) && next.contains('/') || c == '(' {
            starts.push((at + usize::from(c == ')'), at + c.len_utf8()));
        }
    }
    starts.sort_unstable();
    starts
}

/// Reads two or more paces, each of which has its own mark before it.
fn paces_at(text: &str, start: usize) -> Option<PaceList> {
    let mut reader = PhraseReader::new(TextScanner { text, at: start });
    let mut paces: Vec<String> = Vec::new();
    let mut joint = None;
    let in_bracket = text.get(..start)?.ends_with('(');
    let mut end = start;
    while paces.len() < MOST_PIECES {
        let mark = reader.scan.clone();
        let _ = reader.scan.take("at") || reader.scan.eat(&['@']).is_some();
        let Some(pace) = pace(&mut reader) else {
            reader.scan = mark;
            break;
        };
        paces.push(pace);
        end = reader.scan.at;
        let before = reader.scan.clone();
        let comma = reader.scan.eat(&[',', '/', '-', '–', ';']);
        let and = reader.scan.take("and");
        let read = comma.or(and.then_some(','));
        match (read, joint) {
            (Some(mark), None) => joint = Some(mark),
            (Some(mark), Some(joint)) if mark == joint || and => {}
            _ => {
                reader.scan = before;
                break;
            }
        }
    }
    if in_bracket {
        let rest = text.get(end..)?;
        end += rest.len() - rest.trim_start().strip_prefix(')')?.len();
    }
    // `9-10-11 km/h` would end with a range, and `9,5 km/h` has a decimal comma.
    let digits = |three: &[u8]| matches!(three, [a, b',', c] if a.is_ascii_digit() && c.is_ascii_digit());
    let is_decimal = text.get(start..end)?.as_bytes().windows(3).any(digits);
    if (joint == Some('-') && paces.iter().any(|pace| pace.contains('-'))) || is_decimal {
        return None;
    }
    let paces = with_units(paces)?;
    (paces.len() >= 2).then(|| PaceList { at: start..end, paces, is_slashed: joint != Some(',') })
}

/// Reads one pace. A bare number or clock takes the unit of the last one.
fn pace(reader: &mut PhraseReader<'_>) -> Option<String> {
    let before = reader.scan.clone();
    let race = (|| {
        let number = reader.scan.number()?;
        let k = reader.scan.eat(&['k', 'K']).is_some();
        let known = [3.0, 5.0, 10.0, 15.0].contains(&number) && k;
        let track = [800.0, 1500.0].contains(&number) && !k && !reader.scan.sees("m");
        let next = reader.scan.peek();
        let ends = !next.is_some_and(|c| c.is_alphabetic())
            || reader.scan.sees("pace")
            || reader.scan.sees("effort")
            || reader.scan.sees("w/")
            || reader.scan.sees("with")
            || reader.scan.sees("and")
            || reader.scan.sees("race pace");
        (ends && (known || track)).then(|| if k { format!("{number}K") } else { format!("{number}") })
    })();
    if race.is_none() {
        reader.scan = before.clone();
    }
    let read = race.or_else(|| reader.one_pace()).or_else(|| reader.named_target());
    let read = read.or_else(|| {
        reader.scan = before.clone();
        let clock = reader.scan.clock();
        let text = reader.since(before.at).to_string();
        clock.map(|_| text)
    });
    let read = read.or_else(|| {
        reader.scan = before.clone();
        let number = reader.scan.number().filter(|number| (2.0..=30.0).contains(number));
        let text = reader.since(before.at).to_string();
        number.map(|_| text)
    });
    let read = read?;
    for word in ["race pace", "pace", "effort", "paces"] {
        let _ = reader.scan.take(word);
    }
    Some(read)
}

/// Gives bare numbers the unit of the last speed, and clocks that of the last pace.
fn with_units(paces: Vec<String>) -> Option<Vec<String>> {
    let is_bare = |pace: &String| pace.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ':');
    let is_race = |pace: &String| ["800", "1500"].contains(&pace.as_str());
    let unit = ["km/h", "mph", "/km", "/mi"]
        .into_iter()
        .find(|unit| paces.last().is_some_and(|last| last.ends_with(unit)))
        .unwrap_or("");
    let is_clock = |pace: &String| pace.contains(':');
    let given = |pace: String| {
        if !is_bare(&pace) || is_race(&pace) {
            return Some(pace);
        }
        // Clocks without a unit are asked about, or are taken for the unit of the lengths.
        if unit.is_empty() {
            return is_clock(&pace).then_some(format!("@ {pace}"));
        }
        (is_clock(&pace) == unit.starts_with('/')).then(|| format!("{pace}{unit}"))
    };
    paces.into_iter().map(given).collect()
}

/// Splits `, 3 min rest, 10 min easy` after a recovery that no workout ends with.
fn short_recovery(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start().strip_prefix([',', ';'])?.trim_start();
    let end = rest.find([',', ';', '\n', '(', '/']).unwrap_or(rest.len());
    let (recovery, after) = (rest.get(..end)?.trim_end(), rest.get(end..)?);
    let mut words = recovery.split(' ');
    let word = words.next_back()?;
    let length = whole_length(&words.collect::<Vec<_>>().join(" "))?;
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = length.strip_suffix(unit)?.parse().ok()?;
    let is_short = match unit {
        "s" => number <= LONGEST_RECOVERY.0,
        "min" => number * 60.0 <= LONGEST_RECOVERY.0,
        "m" => number <= LONGEST_RECOVERY.1,
        _ => false,
    };
    let is_recovery = ["rest", "jog", "walk", "rec", "recovery", "easy", "float"].contains(&word);
    (is_short && is_recovery).then_some((recovery, after))
}

/// True if a recovery follows.
fn has_recovery(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', ';', '.']).to_lowercase();
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
    let is_length = digits.len() < rest.len();
    let is_rest = ["jog", "rest", "rec", "walk", "easy", "float", "between"]
        .iter()
        .any(|word| rest.split([',', ';', '\n']).next().is_some_and(|first| first.contains(word)));
    ["w/", "with", "(", "/", "off ", "rest", "jog", "r "].iter().any(|word| rest.starts_with(word))
        || (is_length && is_rest)
}
