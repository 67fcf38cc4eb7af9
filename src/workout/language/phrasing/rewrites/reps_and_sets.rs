//! Reps and sets that are counted or named in other ways: `45/15 x 10 x 2`, `400s: 12 x 75s`, `3 x 10 min. 1 min between sets`,
//! `3 x (2 x 200 R w/200 jg + 400 R w/400 jg)`, `warm-up (10 min easy + 4 strides)`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{lengths_in, take_length};

/// Names of a run that gets faster, before its reps.
const PROGRESSIONS: [&str; 4] = ["progression run", "progressive run", "progression", "progressive"];
/// What says that a recovery stands between sets.
const BETWEEN_SETS: [&str; 4] = ["between each set", "between the sets", "between sets", "after each set"];
/// Names of a part with several steps in its brackets.
const PARTS: [&str; 10] = [
    "warm-up",
    "warm up",
    "warmup",
    "wu",
    "main set",
    "main session",
    "cool-down",
    "cool down",
    "cooldown",
    "cd",
];

/// `progression run 3 x 20min easy/steady/tempo`: the efforts of the reps say what the name says.
pub(super) fn progression_of_reps(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    PROGRESSIONS.iter().any(|name| scan.take(name)).then_some(())?;
    let _ = scan.take("of");
    let _ = scan.eat(&[':', ',', '-']);
    scan.skip_spaces();
    let reps = scan.rest();
    let mut body = scan.clone();
    body.number()?;
    body.eat(&['x', 'X', '×'])?;
    take_length(&mut body)?;
    let efforts = body.rest().trim();
    let is_list = efforts.matches('/').count() >= 1 && !efforts.contains([',', '(']);
    // `90s jog` and `4:30/km` are no efforts of the reps.
    let is_list = is_list && !efforts.contains(|c: char| c.is_ascii_digit());
    is_list.then(|| CommonForm { text: reps.to_string(), notes: Vec::new() })
}

/// `45/15 x 10 x 2, 3 min easy`: so many pairs, in so many sets.
pub(super) fn pairs_in_sets(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let whole = |number: Option<f64>| number.filter(|n| n.fract() == 0.0 && *n >= 1.0);
    let work = whole(scan.number())?;
    scan.eat(&['/'])?;
    let rest = whole(scan.number())?;
    let _ = scan.eat(&['s']).is_some() || scan.take("sec");
    let mut counts = Vec::new();
    while scan.eat(&['x', 'X', '×']).is_some() {
        counts.push(whole(scan.number()).filter(|n| (2.0..=60.0).contains(n))?);
    }
    let [reps, sets] = counts.as_slice() else { return None };
    let rest_of_text = scan.rest();
    let joint = if rest_of_text.trim_start().starts_with([',', '/', 'w']) { "" } else { " " };
    Some(CommonForm {
        text: format!("{sets} x ({reps} x {work}/{rest}){joint}{}", rest_of_text.trim_start()),
        notes: vec![format!("`x {reps} x {sets}` is taken as {sets} sets of {reps}.")],
    })
}

/// `3 x 10 min at 10k pace. 1 min rest between sets`: without sets, these are the reps.
pub(super) fn sets_that_are_reps(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let phrase = BETWEEN_SETS.iter().find(|phrase| lower.contains(**phrase))?;
    let counts = lower.matches(['x', '×']).count();
    if counts != 1 || lower.contains(['(', '[', '+']) || lower.contains("sets of") {
        return None;
    }
    let at = lower.find(phrase)?;
    let head = text.get(..at)?.replace(". ", ", ");
    let text = format!("{head}between reps{}", text.get(at + phrase.len()..)?);
    Some(CommonForm { text, notes: vec!["The sets are taken as the reps.".to_string()] })
}

/// `400s: 12 x 75s, 60s rest`: the title says how far each rep is, and the reps how long they take.
pub(super) fn distance_in_title(text: &str) -> Option<CommonForm> {
    let (title, reps) = text.split_once(':')?;
    let title = title.trim().to_ascii_lowercase();
    let digits = title.find(|c: char| !c.is_ascii_digit())?;
    let metres: f64 = title.get(..digits)?.parse().ok()?;
    let named = ["s", "m", "m reps", "m repeats", " repeats", " reps"].contains(&title.get(digits..)?);
    let mut scan = TextScanner { text: reps, at: 0 };
    scan.number()?;
    scan.eat(&['x', 'X', '×'])?;
    let start = scan.at;
    let time = take_length(&mut scan).filter(|time| time.is_time)?;
    // Between 10 and 30 km/h.
    let is_possible = (2.8..8.4).contains(&(metres / time.value));
    (named && (200.0..=3000.0).contains(&metres) && is_possible).then(|| CommonForm {
        text: format!(
            "{} {metres}m in {}{}",
            reps.get(..start).unwrap_or_default().trim(),
            time.text,
            scan.rest()
        ),
        notes: vec![format!("The times are taken as those of {metres} m.")],
    })
}

/// `3 x (2 x 200 R w/200 jg + 400 R w/400 jg)`: inside of a set, each recovery follows its own reps.
pub(super) fn recoveries_in_set(text: &str) -> Option<CommonForm> {
    let open = text.find('(')?;
    let close = open + text.get(open..)?.find(')')?;
    let inside = text.get(open + 1..close)?;
    let counted = text.get(..open)?.trim_end().ends_with(['x', 'X', '×']);
    let pieces: Vec<&str> = inside.split(['+', ',']).map(str::trim).collect();
    let metres = |text: &str| {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let is_bare = text.get(digits..).is_some_and(|rest| !rest.starts_with('m') && !rest.starts_with("k"));
        let number: f64 = text.get(..digits).and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let unit = if is_bare && number >= 100.0 { "m" } else { "" };
        format!("{}{unit}{}", text.get(..digits).unwrap_or_default(), text.get(digits..).unwrap_or_default())
    };
    let written: Option<Vec<String>> = pieces
        .iter()
        .map(|piece| {
            let (reps, recovery) = piece.split_once("w/").or_else(|| piece.split_once(" with "))?;
            let recovery = metres(recovery.trim());
            let mut scan = TextScanner { text: reps.trim(), at: 0 };
            let count = scan.number()?;
            if scan.eat(&['x', 'X', '×']).is_none() {
                return Some(format!("{}, {recovery}", metres(reps.trim())));
            }
            Some(format!("{count} x ({}, {recovery})", metres(scan.rest().trim())))
        })
        .collect();
    let written = written.filter(|written| written.len() > 1 && counted)?;
    let text = format!("{}({}{}", text.get(..open)?, written.join(", "), text.get(close..)?);
    Some(CommonForm { text, notes: Vec::new() })
}

/// `warm-up (10 min easy + 4 strides); 5 x 1k`: the brackets hold what the part consists of.
pub(super) fn part_in_brackets(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    PARTS.iter().find_map(|part| {
        let at = lower.find(&format!("{part} ("))?;
        let begins = !text.get(..at)?.ends_with(|c: char| c.is_alphanumeric());
        let open = at + part.len() + 1;
        let close = open + text.get(open..)?.find(')')?;
        let inside = text.get(open + 1..close)?;
        // `WU (2k)` is one step.
        let is_list = inside.contains(['+', ',']) && !inside.contains('(') && !lengths_in(inside).is_empty();
        let before = text.get(..at)?.trim_end();
        let measured = before.ends_with(|c: char| c.is_ascii_digit() || "xX×".contains(c));
        // `main set (400m, 200m jog) x 6` repeats what is in the brackets.
        let after = text.get(close + 1..)?.trim_start();
        let is_counted = after.starts_with(['x', 'X', '×']) || after.starts_with("times");
        (begins && is_list && !measured && !is_counted).then(|| CommonForm {
            text: format!(
                "{}{}: {}{}",
                text.get(..at).unwrap_or_default(),
                part,
                inside.replace('+', ","),
                text.get(close + 1..).unwrap_or_default()
            ),
            notes: Vec::new(),
        })
    })
}

/// `2 miles WU, 3 x 1 mile w/ 2 min, 2 miles CD = 8 miles`: the sum at the end.
pub(super) fn sum_at_end(text: &str) -> Option<CommonForm> {
    let (session, sum) = text.rsplit_once('=')?;
    let mut scan = TextScanner { text: sum, at: 0 };
    let length = take_length(&mut scan)?;
    let _ = scan.take("total") || scan.take("in total");
    let last = session.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    let is_recovery = ["r", "rec", "ri", "rest", "recovery", "jog", "walk", "float"].contains(&last.as_str());
    let is_session = session.ends_with(' ') && lengths_in(session).len() > 1 && !is_recovery;
    // `3 x 1 mile tempo = 6:30` is a pace.
    let is_sum = !sum.contains(':');
    (scan.is_done() && is_session && is_sum).then(|| CommonForm {
        text: session.trim().to_string(),
        notes: vec![format!("`= {}` is taken as the total of the session, not as a step.", length.text)],
    })
}

/// `6 x 90 sec @ 8 mph, 5% incline, 90 sec walk`: the incline after the comma is that of the reps.
pub(super) fn incline_of_reps(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let at = (0..tokens.len()).find(|at| {
        let percent = tokens.word_after(*at).filter(|next| tokens.number(*next).is_some());
        let sign = percent.filter(|percent| tokens.get(percent + 1) == "%").map(|percent| percent + 1);
        let named = sign.and_then(|sign| tokens.word_after(sign));
        // `10 x 45s hill, 6%, 2 min walk`
        let is_hill = tokens.find("hill").or_else(|| tokens.find("hills")).is_some_and(|hill| hill < *at)
            && named.is_none_or(|named| tokens.get(named) == ",");
        let says_incline = named.is_some_and(|named| {
            ["incline", "grade", "gradient"].iter().any(|word| tokens.is_word(named, word))
        });
        tokens.get(*at) == "," && sign.is_some() && (is_hill || says_incline)
    })?;
    let number = tokens.word_after(at)?;
    let named = tokens.word_after(number + 1).filter(|named| tokens.get(*named) != ",");
    let end = named.map_or(number + 2, |named| named + 1);
    let head = tokens.slice(0..at);
    let piece = head.rsplit([',', ';', '\n']).next().unwrap_or_default();
    let is_rep = piece.contains(['x', '×'])
        && ![" / ", "w/", " with ", " off "].iter().any(|word| piece.contains(word));
    is_rep.then(|| CommonForm {
        text: format!("{head} incline {}%{}", tokens.get(number), tokens.slice(end..tokens.len())),
        notes: Vec::new(),
    })
}

/// `3 x 1 mile: 60s faster than MP`, `10 min at 15s/km slower than 10k pace`: an offset in words.
pub(super) fn faster_or_slower(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, word, sign) = [(" faster than ", "-"), (" quicker than ", "-"), (" slower than ", "+")]
        .iter()
        .find_map(|(word, sign)| Some((lower.find(word)?, *word, *sign)))?;
    let head = text.get(..at)?;
    let offset =
        lengths_in(head).pop().filter(|offset| offset.is_time && (1.0..=90.0).contains(&offset.value))?;
    let per = head.get(offset.at.end..)?.trim().to_ascii_lowercase();
    let tokens = TextTokens::of(text);
    let has = |units: &[&str]| units.iter().any(|unit| tokens.find(unit).is_some());
    let (is_miles, is_kilometres) = (has(&["mi", "mile", "miles"]), has(&["km", "kms"]));
    let unit = match per.as_str() {
        "per mile" | "/mi" | "/mile" | "a mile" | "per mi" => "mi",
        "per km" | "/km" | "/k" | "a km" | "per k" | "per kilometre" | "per kilometer" => "km",
        "" if is_miles && !is_kilometres => "mi",
        "" if is_kilometres && !is_miles => "km",
        _ => return None,
    };
    let rest = text.get(at + word.len()..)?;
    let paces = [
        "half marathon pace",
        "marathon pace",
        "goal pace",
        "5k pace",
        "10k pace",
        "threshold pace",
        "MP",
        "HMP",
        "mp",
        "hmp",
        "5k",
        "10k",
        "threshold",
    ];
    let pace = paces.iter().find(|pace| rest.to_lowercase().starts_with(&pace.to_lowercase()))?;
    let name = match pace.to_lowercase().trim_end_matches(" pace") {
        "half marathon" | "hmp" => "HMP",
        "marathon" | "mp" => "MP",
        "5k" => "5K",
        "10k" => "10K",
        "threshold" => "threshold",
        _ => return None,
    };
    let lead = head.get(..offset.at.start)?.trim_end_matches([' ', ':', '@', ',']);
    let lead = lead.strip_suffix(" at").unwrap_or(lead);
    Some(CommonForm {
        text: format!("{lead} @ {name}{sign}{}s/{unit}{}", offset.value, rest.get(pace.len()..)?),
        notes: vec![format!("{} s per {unit} is taken as the difference from {name}.", offset.value)],
    })
}

/// `8x400m @ 92-94 w/ 60s`: bare numbers behind a distance of the track are the seconds of each rep.
pub(super) fn seconds_of_reps(text: &str) -> Option<CommonForm> {
    text.char_indices().filter(|(_, c)| *c == '@').find_map(|(at, _)| {
        let head = text.get(..at)?.trim_end();
        let digits = head.trim_end_matches('m').trim_end();
        let start = digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let metres: f64 = digits.get(start..)?.parse().ok().filter(|n| (100.0..=1000.0).contains(n))?;
        let mut scan = TextScanner { text, at: at + 1 };
        let low = scan.number()?;
        scan.eat(&['-', '–'])?;
        let high = scan.number()?;
        let end = scan.at;
        let ends = scan.peek().is_none_or(|c| ",;)/w(\n".contains(c));
        let is_possible = (2.8..9.0).contains(&(metres / high)) && low < high && high < 1.2 * low;
        // From here on the numbers could be beats.
        let is_possible = is_possible && high <= 120.0;
        (is_possible && ends).then(|| CommonForm {
            text: format!("{head} in {low}-{high}s{}", text.get(end..).unwrap_or_default()),
            notes: vec![format!("`@ {low}-{high}` is taken as the seconds of each rep.")],
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reps_and_sets_are_written_out() {
        let forms = [
            progression_of_reps,
            pairs_in_sets,
            sets_that_are_reps,
            distance_in_title,
            recoveries_in_set,
            part_in_brackets,
            sum_at_end,
            incline_of_reps,
            faster_or_slower,
            seconds_of_reps,
        ];
        for (text, written) in [
            ("progression run 3 x 20min easy/steady/tempo", "3 x 20min easy/steady/tempo"),
            ("45/15 x 10 x 2, 3 min easy", "2 x (10 x 45/15), 3 min easy"),
            (
                "3 x 10mins at 10k pace. 1 min rest between sets",
                "3 x 10mins at 10k pace, 1 min rest between reps",
            ),
            ("400s: 12 x 75s, 60s rest", "12 x 400m in 75s, 60s rest"),
            ("3 x (2 x 200 R w/200 jg + 400 R w/400 jg)", "3 x (2 x (200m R, 200m jg), 400m R, 400m jg)"),
            ("warm-up (10 min easy + 4 strides); 5 x 1k", "warm-up: 10 min easy , 4 strides; 5 x 1k"),
            ("2 miles WU, 4 miles tempo, 2 miles CD = 8 miles", "2 miles WU, 4 miles tempo, 2 miles CD"),
            ("6 x 90 sec @ 8 mph, 5% incline, 90 sec walk", "6 x 90 sec @ 8 mph incline 5%, 90 sec walk"),
            ("8x400m @ 92-94 w/ 60s", "8x400m in 92-94s w/ 60s"),
            ("10 x 45s hill, 6%, 2 min walk", "10 x 45s hill incline 6%, 2 min walk"),
            ("3 x 1 mile: 1 min faster than MP (90 sec rest)", "3 x 1 mile @ MP-60s/mi (90 sec rest)"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in ["6x400m r=90s", "3 sets of 4 x 400, 3 min between sets", "WU (2k), 5k", "400s x 8"] {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
