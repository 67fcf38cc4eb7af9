//! Reps whose words stand in another order: `6 x hill sprint 10s`, `strides 8x100`, `800m x 6 @ 3:20`, `5km pace 8x600m`,
//! `5 x 1k (2:00 rest) 4:05-4:10`, `30s sprint 16 km/h 30s rest x 10`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::super::units::SPEED_UNITS;
use super::written_lengths::{take_length, take_pace};

/// Names of hills whose length may follow them.
const HILLS: [&str; 11] = [
    "hill sprints",
    "hill sprint",
    "hill repeats",
    "hill repeat",
    "hill reps",
    "hill rep",
    "hill efforts",
    "hill strides",
    "uphill sprints",
    "hills",
    "hill",
];
/// Marks between the pieces of a session.
const MARKS: [&str; 4] = [", ", "; ", " + ", "\n"];
/// Efforts that a speed beside them makes plain.
const EFFORTS: [&str; 9] = ["sprint", "fast", "hard", "run", "jog", "walk", "easy", "recovery", "recover"];

/// `6 x hill sprint 10s, walk down`, `10 x hill sprints of 45 seconds`: the length before the name.
pub(super) fn length_of_hills(text: &str) -> Option<CommonForm> {
    let at = text.find(['x', 'X', '×'])?;
    let counted = text.get(..at)?.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let size = text.get(at..)?.chars().next()?.len_utf8();
    let mut scan = TextScanner { text, at: at + size };
    scan.skip_spaces();
    let start = scan.at;
    let name = HILLS.iter().find(|name| scan.take(name)).filter(|_| counted)?;
    let _ = scan.take("of") || scan.take("for") || scan.eat(&[':', '(']).is_some();
    let _ = scan.take("of") || scan.take("for");
    let before = scan.at;
    let length = take_length(&mut scan)?;
    let opened = text.get(..before)?.trim_end().ends_with('(');
    let _ = opened && scan.eat(&[')']).is_some();
    // `10 x hill (60s up, jog down)` has the length of its own step in the brackets.
    if opened && !text.get(..scan.at)?.ends_with(')') {
        return None;
    }
    let text = format!("{}{} {name}{}", text.get(..start)?, length.text, scan.rest());
    Some(CommonForm { text, notes: Vec::new() })
}

/// `strides 8x100`, `strides: 6 x 20s`: the name behind the length.
pub(super) fn name_of_strides(text: &str) -> Option<CommonForm> {
    moved(text, |piece| {
        let mut scan = TextScanner { text: piece, at: 0 };
        let _ = scan.take("then");
        scan.take("strides").then_some(())?;
        let _ = scan.eat(&[':']);
        scan.skip_spaces();
        let start = scan.at;
        scan.number()?;
        scan.eat(&['x', 'X', '×'])?;
        let mark = scan.clone();
        let unit = match take_length(&mut scan) {
            Some(_) => "",
            None => {
                scan = mark;
                scan.number().filter(|metres| (60.0..=200.0).contains(metres))?;
                "m"
            }
        };
        Some(format!("{}{unit} strides{}", piece.get(start..scan.at)?, scan.rest()))
    })
}

/// `800m x 6 @ 3:20 w/ 2:00 rest`, `1k x 5 @ 4:00, 90s`: the count before its length.
pub(super) fn count_of_reps(text: &str) -> Option<CommonForm> {
    moved(text, |piece| {
        let mut scan = TextScanner { text: piece, at: 0 };
        let length = take_length(&mut scan)?;
        scan.eat(&['x', 'X', '×'])?;
        let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
        let rest = scan.rest();
        let is_paced = rest.trim_start().starts_with('@') || rest.trim_start().starts_with("in ");
        is_paced.then(|| format!("{count} x {}{rest}", length.text))
    })
}

/// `5km pace 8x600m, 200m jog`, `mile effort 10 x 200m`: the pace behind the reps.
pub(super) fn pace_before_reps(text: &str) -> Option<CommonForm> {
    moved(text, |piece| {
        let (at, size) =
            [" pace ", " effort "].iter().find_map(|word| Some((piece.find(word)?, word.len())))?;
        let pace = piece.get(..at + size)?.trim();
        let mut scan = TextScanner { text: pace, at: 0 };
        let _ = scan.take("at");
        let start = scan.at;
        let is_race = take_pace(&mut scan).is_some() || {
            scan.at = start;
            take_length(&mut scan).is_some_and(|length| !length.is_time)
        };
        let _ = scan.take("race");
        let _ = scan.take("pace") || scan.take("effort");
        let reps = piece.get(at + size..)?;
        let mut body = TextScanner { text: reps, at: 0 };
        body.number()?;
        body.eat(&['x', 'X', '×'])?;
        let mark = body.clone();
        if take_length(&mut body).is_none() {
            body = mark;
            body.number().filter(|metres| *metres >= 100.0)?;
        }
        let is_free = !body.rest().trim_start().starts_with(['@']) && !body.rest().contains(" at ");
        let pace = pace.get(start..)?.trim();
        (is_race && scan.is_done() && is_free)
            .then(|| format!("{} @ {pace}{}", reps.get(..body.at).unwrap_or_default().trim(), body.rest()))
    })
}

/// `5 x 1k (2:00 rest) 4:05-4:10`, `6 x 1 mile, 3 min rest between each rep at 10k pace`: the pace behind the recovery is that
/// of the reps.
pub(super) fn pace_after_recovery(text: &str) -> Option<CommonForm> {
    let at = text.find(['x', 'X', '×'])?;
    let mut scan = TextScanner { text, at: at + text.get(at..)?.chars().next()?.len_utf8() };
    take_length(&mut scan)?;
    let reps = scan.at;
    let rest = scan.rest();
    let (recovery, pace) = if rest.trim_start().starts_with('(') {
        rest.split_once(')').map(|(recovery, pace)| (format!("{recovery})"), pace.to_string()))?
    } else {
        let words = [" between each rep at ", " between reps at ", " between each at ", " between at "];
        let (at, size) = words.iter().find_map(|words| Some((rest.find(words)?, words.len())))?;
        (rest.get(..at + size - 4)?.to_string(), rest.get(at + size..)?.to_string())
    };
    let is_length = recovery.contains(|c: char| c.is_ascii_digit());
    let is_said = ["rest", "jog", "rec", "walk", "easy", "r"].iter().any(|word| recovery.contains(word));
    let pace = pace.trim().trim_start_matches(['@', ',']).trim();
    let pace = pace.strip_prefix("at ").unwrap_or(pace);
    // An easy pace is that of the recovery.
    if ["easy", "jog", "walk", "recovery", "steady"].iter().any(|word| pace.to_lowercase().contains(word)) {
        return None;
    }
    let mut scan = TextScanner { text: pace, at: 0 };
    let is_pace = take_pace(&mut scan).is_some() && {
        let _ = scan.eat(&['-', '–']).is_some() && scan.clock().is_some();
        scan.is_done()
    };
    let reps = text.get(..reps)?;
    (is_length && is_said && is_pace).then(|| CommonForm {
        text: format!("{reps} @ {pace} {}", recovery.trim_start()),
        notes: vec![format!("`{pace}` is taken as the pace of the reps.")],
    })
}

/// `30s sprint 16 km/h 30s rest x 10`, `1 min at 8mph 1 min at 5mph x 6`: two steps in turn, and their count.
pub(super) fn counted_pair(text: &str) -> Option<CommonForm> {
    moved(&rounds_as_count(text), |piece| {
        let trimmed = piece.trim();
        let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
        let count: u32 =
            trimmed.get(digits.len()..)?.parse().ok().filter(|count| (2..=60).contains(count))?;
        let pair = digits.trim_end().strip_suffix(['x', 'X', '×'])?.trim_end();
        let mut scan = TextScanner { text: pair, at: 0 };
        let first = take_length(&mut scan).filter(|length| length.is_time)?;
        let rest = scan.rest();
        let second_at = rest.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
            let begins = rest.get(..at)?.ends_with(' ');
            let mut scan = TextScanner { text: rest, at };
            (begins && take_length(&mut scan)?.is_time).then_some(at)
        })?;
        let (work, second) = (plain_speed(rest.get(..second_at)?), plain_speed(rest.get(second_at..)?));
        let is_one = !pair.replace("km/h", "").contains([',', '(', '/', 'x', '×']);
        let mut after = TextScanner { text: &second, at: 0 };
        take_length(&mut after)?;
        let is_told = !work.trim().is_empty() && !after.is_done();
        // Without a speed, `5min easy 30s fast x 6` could repeat the second step alone.
        let has_speed =
            ["mph", "km/h", "kph", "kmh"].iter().any(|unit| work.to_ascii_lowercase().contains(unit));
        (is_one && is_told && has_speed)
            .then(|| format!("{count} x ({}{work}, {second})", first.text).replace(" ,", ","))
    })
}

/// Writes `…, 8 rounds` at the end as ` x 8`.
fn rounds_as_count(text: &str) -> String {
    let Some((head, last)) = text.trim_end_matches(['.', ' ']).rsplit_once(", ") else {
        return text.to_string();
    };
    let mut scan = TextScanner { text: last, at: 0 };
    let _ = scan.take("repeat") || scan.take("for");
    let count = scan.number().filter(|n| n.fract() == 0.0);
    let named = ["rounds", "times", "x", "reps"].iter().any(|word| scan.take(word));
    match count {
        Some(count) if named && scan.is_done() => format!("{head} x {count}"),
        _ => text.to_string(),
    }
}

/// `1 min sprint @ 10mph`, `30s hard 16 km/h`: the speed says more than the effort.
pub(super) fn effort_beside_speed(text: &str) -> Option<CommonForm> {
    let written = plain_speed(text);
    (written != text.trim_end()).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// `20 min easy + 20 min progressive`: a plus between steps is a comma.
pub(super) fn plus_between_steps(text: &str) -> Option<CommonForm> {
    let pieces: Vec<&str> = text.split(" + ").collect();
    // `MP + 20` is an offset.
    let is_offset = |piece: &str| {
        let last = piece.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
        ["mp", "hmp", "pace", "5k", "10k", "threshold"].contains(&last.as_str())
    };
    let is_step = |piece: &&str| {
        take_length(&mut TextScanner { text: piece, at: 0 }).is_some_and(|length| length.at.end < piece.len())
            || piece.contains(['x', '×'])
    };
    let is_plain = !text.contains(['(', '"', '|'])
        && pieces.len() > 1
        && pieces.iter().skip(1).all(is_step)
        && !pieces.iter().rev().skip(1).any(|piece| is_offset(piece));
    is_plain.then(|| CommonForm { text: pieces.join(", "), notes: Vec::new() })
}

/// `10 mins easy 5 x 3 mins hard 2 mins easy`: a comma before reps, and before a length that follows an effort.
pub(super) fn without_commas(text: &str) -> Option<CommonForm> {
    if text.contains(['(', '/', '|', '@', '"', ':']) {
        return None;
    }
    let efforts = ["easy", "hard", "tempo", "steady", "jog", "fast", "threshold", "MP", "wu", "cd", "walk"];
    let mut written = String::new();
    let mut before = "";
    for word in text.split(' ') {
        let starts = word.starts_with(|c: char| c.is_ascii_digit());
        let is_effort = efforts.iter().any(|effort| before.eq_ignore_ascii_case(effort));
        if !written.is_empty() {
            written.push_str(if starts && is_effort { ", " } else { " " });
        }
        written.push_str(word);
        before = word;
    }
    // `6x400m hard 90s jog` says nothing of a run before it.
    (written.matches(", ").count() >= 2 && written != text)
        .then_some(CommonForm { text: written, notes: Vec::new() })
}

/// Drops the effort that stands before a speed: `sprint 16 km/h`.
fn plain_speed(step: &str) -> String {
    let mut tokens = TextTokens::of(step);
    let speed = |tokens: &TextTokens, at: usize| {
        let text = tokens.slice(at..tokens.len());
        let mut scan = TextScanner { text: &text, at: 0 };
        scan.number().is_some() && scan.longest(SPEED_UNITS).is_some()
    };
    for at in (0..tokens.len()).rev() {
        let next = tokens.word_after(at);
        let is_at = |next: usize| ["@", "at"].iter().any(|word| tokens.is_word(next, word));
        let next = next.and_then(|next| if is_at(next) { tokens.word_after(next) } else { Some(next) });
        let is_effort = EFFORTS.iter().any(|effort| tokens.is_word(at, effort));
        if is_effort && next.is_some_and(|next| speed(&tokens, next)) {
            let end = next.unwrap_or(at + 1);
            tokens.replace(at..end, "@ ");
        }
    }
    for words in ["feet on the sides", "feet on the rails", "on the sides", "on the rails", "feet on sides"] {
        super::prose::replace_all(&mut tokens, words, "", |_, _| true);
    }
    tokens.text().trim_end().to_string()
}

/// Changes the pieces of a text that have another order, and nothing else.
fn moved(text: &str, change: impl Fn(&str) -> Option<String>) -> Option<CommonForm> {
    let mut starts = vec![0];
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => {
                let mark =
                    MARKS.iter().find(|mark| text.get(at..).is_some_and(|rest| rest.starts_with(**mark)));
                starts.extend(mark.map(|mark| at + mark.len()));
            }
            _ => {}
        }
    }
    // A recovery after a comma stays behind its reps: each piece is changed alone.
    for start in starts {
        let piece = text.get(start..)?;
        let end = MARKS.iter().filter_map(|mark| piece.find(mark)).min().unwrap_or(piece.len());
        if let Some(changed) = change(piece.get(..end)?) {
            let text = format!("{}{changed}{}", text.get(..start)?, piece.get(end..)?);
            return Some(CommonForm { text, notes: Vec::new() });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_to_their_usual_place() {
        let forms = [
            length_of_hills,
            name_of_strides,
            count_of_reps,
            pace_before_reps,
            pace_after_recovery,
            counted_pair,
        ];
        for (text, written) in [
            ("6 x hill sprint 10s, walk down", "6 x 10s hill sprint, walk down"),
            ("10 x hill sprints of 45 seconds, 90 seconds jog", "10 x 45s hill sprints, 90 seconds jog"),
            ("10 min easy, strides 8x100", "10 min easy, 8x100m strides"),
            ("800m x 6 @ 3:20 w/ 2:00 rest", "6 x 800m @ 3:20 w/ 2:00 rest"),
            ("5km pace 8x600m, 200m jog", "8x600m @ 5km pace, 200m jog"),
            ("5 x 1k (2:00 rest) 4:05-4:10", "5 x 1k @ 4:05-4:10 (2:00 rest)"),
            ("10 mins at 6mph, 1 min at 8mph 1 min at 5mph x 6", {
                "10 mins at 6mph, 6 x (60s at 8mph, 1 min at 5mph)"
            }),
            ("30s sprint 16 km/h 30s rest feet on the sides x 10", "10 x (30s @ 16 km/h, 30s rest)"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in [
            "10 x hill (60s up, jog down)",
            "400m x 6",
            "5km pace",
            "6x400m w/ 90s jog",
            "run 2 min walk 1 min x 4",
            "5min easy 30s fast x 6",
        ] {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
