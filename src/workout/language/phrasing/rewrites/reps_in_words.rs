//! Reps whose paces, rests and counts stand in a sentence: `200m @ 10K with 1 min rest, 400m …`, `16 x 400m: odd @ 10k,
//! even @ 5k`, `repeats between 83 & 86 seconds`, `6-10 100m strides`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{lengths_in, take_length, take_pace, whole};

/// Words of a rest after its length.
const RESTS: [&str; 12] = [
    "rest",
    "recovery",
    "jog",
    "walk",
    "walk recovery",
    "jog recovery",
    "active recovery",
    "easy jog",
    "standing rest",
    "recovery jog",
    "easy",
    "float",
];
/// Names of reps that follow their length.
const NAMED: [&str; 9] =
    ["strides", "sprints", "hills", "reps", "repeats", "intervals", "pickups", "surges", "accelerations"];
/// Words before the times that reps should take.
const AIMS: [&str; 7] =
    ["targeting", "aiming for", "aiming at", "aim for", "shooting for", "trying to hit", "all between"];

/// `400m hard with 1 min rest, 800m hard with 2 min rest`: nothing is repeated, and each rest follows its own rep.
pub(super) fn rest_of_each(text: &str) -> Option<CommonForm> {
    if !(text.contains(" with ") || text.contains(" w/"))
        || text.contains(['(', '×', '|', '+', '/']) && !text.contains("w/")
    {
        return None;
    }
    let pieces: Vec<&str> = text.trim_end_matches(['.', ' ']).split([',', ';']).map(str::trim).collect();
    let mut written = Vec::new();
    let mut is_guessed = false;
    let mut rests = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let parts = piece.split_once(" with ").or_else(|| piece.split_once(" w/ "));
        let (rep, rest) = match parts {
            Some((rep, rest)) => (rep, Some(rest.trim_start_matches("a ").trim())),
            None if index + 1 == pieces.len() => (*piece, None),
            None => return None,
        };
        let mut scan = TextScanner { text: rep.trim(), at: 0 };
        take_length(&mut scan)?;
        let effort = scan.rest().trim();
        if ["", "effort", "rep", "repeat"].contains(&effort) {
            is_guessed = true;
            written.push(format!("{} hard", rep.trim().trim_end_matches(effort).trim()));
        } else {
            written.push(rep.trim().to_string());
        }
        if let Some(rest) = rest {
            let mut scan = TextScanner { text: rest, at: 0 };
            take_length(&mut scan)?;
            RESTS.iter().any(|word| scan.rest().trim().eq_ignore_ascii_case(word)).then_some(())?;
            written.push(rest.to_string());
            rests += 1;
        }
    }
    let notes = if is_guessed {
        vec!["What does not say how hard is taken as hard.".to_string()]
    } else {
        Vec::new()
    };
    (rests > 1).then(|| CommonForm { text: written.join(", "), notes })
}

/// `12 x 400m between 83 & 86 seconds`, `4 x 1 mile between 6:10 and 6:20 per mile`: a range of times or of paces.
pub(super) fn between_two(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("between ").filter(|_| lower.len() == text.len())?;
    let mut scan = TextScanner { text, at: at + "between ".len() };
    let start = scan.at;
    let is_clock = scan.clone().clock().is_some();
    let low = scan.clock().or_else(|| scan.number())?;
    let first = text.get(start..scan.at)?.trim();
    (scan.take("and") || scan.eat(&['&', '-', '–']).is_some() || scan.take("to")).then_some(())?;
    scan.skip_spaces();
    let start = scan.at;
    scan.clock().or_else(|| scan.number()).filter(|high| *high > low)?;
    let second = text.get(start..scan.at)?.trim();
    let is_clock = is_clock && second.contains(':');
    let mark = scan.clone();
    let _ = scan.take("min") || scan.take("minutes");
    let unit = ["per mile", "a mile", "/mile", "/mi", "/ mile", "min/mile", "minute miles", "minute mile"];
    let per_mile = is_clock && unit.iter().any(|word| scan.take(word));
    let unit = ["per km", "per kilometre", "per kilometer", "/km", "/ km", "per k", "/k", "a km"];
    let per_km = is_clock && !per_mile && unit.iter().any(|word| scan.take(word));
    let range = if per_mile {
        format!("@ {first}-{second}/mi")
    } else if per_km {
        format!("@ {first}-{second}/km")
    } else {
        scan = mark;
        let is_seconds = ["seconds", "secs", "sec", "s"].iter().any(|word| scan.take(word));
        match (is_clock, is_seconds) {
            (false, true) => format!("in {first}-{second}s"),
            (true, false) => format!("@ {first}-{second}"),
            _ => return None,
        }
    };
    let _ = scan.take("pace");
    let head = text.get(..at)?.trim_end();
    let head = ["repeats", "reps", "all", "run", "each", "intervals"].iter().fold(head, |head, word| {
        head.strip_suffix(word).filter(|head| head.ends_with(' ')).map_or(head, str::trim_end)
    });
    lengths_in(head).last()?;
    Some(CommonForm { text: format!("{head} {range}{}", scan.rest()), notes: Vec::new() })
}

/// `10 x 400m (1:20 rest), targeting 2:05 to 2:08`: the times of the reps stand behind their recovery.
pub(super) fn aim_at_end(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, aim) = AIMS.iter().find_map(|aim| Some((lower.find(aim)?, *aim)))?;
    let mut scan = TextScanner { text, at: at + aim.len() };
    scan.skip_spaces();
    let start = scan.at;
    scan.clock()?;
    let first = text.get(start..scan.at)?.trim();
    let joined = scan.take("to") || scan.take("and") || scan.eat(&['-', '–', '&']).is_some();
    scan.skip_spaces();
    let start = scan.at;
    let second = if joined { scan.clock().and(text.get(start..scan.at)) } else { None };
    let clock = match second {
        Some(second) => format!("{first}-{}", second.trim()),
        None => first.to_string(),
    };
    let _ = scan.take("each") || scan.take("per rep");
    let session = text.get(..at)?.trim_end_matches([' ', ',', ';', '-', '–']);
    let rep = lengths_in(session).into_iter().find(|length| !length.is_time)?;
    let is_counted = session.get(..rep.at.start)?.trim_end().ends_with(['x', 'X', '×']);
    let has_one = session.matches(['x', 'X', '×']).count() == 1 && !session.contains('@');
    (scan.is_done() && is_counted && has_one && rep.value >= 200.0).then_some(())?;
    let (head, tail) = session.split_at(rep.at.end);
    Some(CommonForm { text: format!("{head} @ {clock}{tail}"), notes: Vec::new() })
}

/// `16 x 400m: odd @ 10k, even @ 5k, 60s jog`: two paces in turn.
pub(super) fn odd_and_even(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !(lower.contains("odd") && lower.contains("even")) {
        return None;
    }
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n % 2.0 == 0.0 && (2.0..=40.0).contains(n))?;
    scan.eat(&['x', 'X', '×'])?;
    let rep = take_length(&mut scan)?.text;
    let mark = |scan: &mut TextScanner<'_>| scan.eat(&[',', ':', ';', '-', '/', '(']).is_some();
    let _ = mark(&mut scan);
    let mut paces = Vec::new();
    for words in [["odd reps", "odd ones", "odds", "odd"], ["even reps", "even ones", "evens", "even"]] {
        words.iter().any(|word| scan.take(word)).then_some(())?;
        let _ = scan.eat(&['@']).is_some() || scan.take("at");
        paces.push(take_pace(&mut scan)?);
        let _ = mark(&mut scan) || scan.take("and");
    }
    let _ = scan.eat(&[')']);
    let _ = mark(&mut scan) || scan.take("with") || scan.take("w/");
    let recovery = scan.rest().trim().trim_end_matches('.');
    let [odd, even] = paces.as_slice() else { return None };
    let half = count / 2.0;
    if recovery.is_empty() {
        return Some(CommonForm { text: format!("{half} x ({rep} {odd}, {rep} {even})"), notes: Vec::new() });
    }
    let mut rest = TextScanner { text: recovery, at: 0 };
    take_length(&mut rest)?;
    let word = rest.rest().trim();
    (word.is_empty() || RESTS.iter().any(|known| word.eq_ignore_ascii_case(known))).then_some(())?;
    let recovery = if word.is_empty() { format!("{recovery} recovery") } else { recovery.to_string() };
    Some(CommonForm {
        text: format!("{half} x ({rep} {odd}, {recovery}, {rep} {even}) / {recovery}"),
        notes: Vec::new(),
    })
}

/// `6-10 100m strides`, `4 20 sec hills`: a count without its sign.
pub(super) fn count_of_named(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !NAMED.iter().any(|name| lower.contains(name)) {
        return None;
    }
    let tokens = TextTokens::of(text);
    let (at, end) = (0..tokens.len()).find_map(|at| {
        let begins = at == 0 || [" ", "(", ","].contains(&tokens.get(at - 1));
        tokens.number(at).filter(|n| begins && n.fract() == 0.0 && (2.0..=20.0).contains(n))?;
        let end = if tokens.get(at + 1) == "-" && tokens.number(at + 2).is_some_and(|high| high <= 20.0) {
            at + 3
        } else {
            at + 1
        };
        let number = tokens.number(end + 1).filter(|_| tokens.get(end) == " ");
        number.is_some().then_some((at, end))
    })?;
    let rest = tokens.slice(end + 1..tokens.len());
    let mut scan = TextScanner { text: &rest, at: 0 };
    take_length(&mut scan)?;
    let _ = scan.take("hill");
    NAMED.iter().any(|name| scan.take(name)).then_some(())?;
    let (head, count) = (tokens.slice(0..at), tokens.slice(at..end));
    Some(CommonForm { text: format!("{head}{count} x {rest}"), notes: Vec::new() })
}

/// `20 seconds on/40 seconds rest x 10 @ 10mph 10% incline`: the pace is that of the work.
pub(super) fn work_and_rest(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let work = take_length(&mut scan)?.text;
    scan.take("on").then_some(())?;
    scan.eat(&['/', ','])?;
    let rest = take_length(&mut scan)?.text;
    let word = ["rest", "walk", "jog"].iter().find(|word| scan.take(word))?;
    scan.eat(&['x', 'X', '×'])?;
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
    let target = scan.rest().trim().trim_end_matches('.');
    let target = if target.is_empty() { "hard" } else { target };
    (!target.contains([',', ';', '/', '(']))
        .then(|| CommonForm { text: format!("{count} x {work} {target} / {rest} {word}"), notes: Vec::new() })
}

/// `2x(6x400) @ 3k, 60s / 4min between sets`: the recovery of the reps, and of the sets.
pub(super) fn reps_slash_sets(text: &str) -> Option<CommonForm> {
    let body = text.trim_end_matches(['.', ' ']);
    let body = ["between sets", "btw sets", "b/w sets"].iter().find_map(|end| body.strip_suffix(end))?;
    let (head, sets) = body.trim_end().rsplit_once('/')?;
    let (head, reps) = head.rsplit_once(',')?;
    let close = head.find(')')?;
    let (inside, target) = (head.get(..close)?, head.get(close + 1..)?.trim());
    let is_one = inside.matches('(').count() == 1 && !target.contains(['(', ')', '/', ',']);
    let is_rest = |text: &str| {
        let mut scan = TextScanner { text: text.trim(), at: 0 };
        let length = take_length(&mut scan);
        let word = scan.rest().trim();
        length.is_some() && (word.is_empty() || RESTS.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    (is_one && is_rest(reps) && is_rest(sets)).then(|| CommonForm {
        text: format!("{inside} {target} / {}) / {}", reps.trim(), sets.trim()).replace("  ", " "),
        notes: Vec::new(),
    })
}

/// `Surge 2, Recover 1, Surge 4, Recover 2`: minutes.
pub(super) fn surges_in_minutes(text: &str) -> Option<CommonForm> {
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    if !lower.contains("surge") {
        return None;
    }
    let words =
        [("surge", "fast"), ("recover", "easy"), ("recovery", "easy"), ("float", "easy"), ("easy", "easy")];
    let words = words.into_iter().chain([("jog", "jog"), ("walk", "walk")]).collect::<Vec<_>>();
    let step = |piece: &str| {
        let (word, number) = piece.trim().split_once(' ')?;
        let minutes: f64 = number.trim().parse().ok().filter(|n| (0.5..=10.0).contains(n))?;
        let (_, effort) = words.iter().find(|(known, _)| *known == word)?;
        Some(format!("{minutes} min {effort}"))
    };
    let steps: Vec<String> = lower.split([',', ';', '\n']).map(step).collect::<Option<_>>()?;
    (steps.len() >= 3).then(|| CommonForm {
        text: steps.join(", "),
        notes: vec!["Numbers without a unit are taken as minutes, and a surge as fast.".to_string()],
    })
}

/// `16 miles (12 at 8:25 pace)`: so many of the miles.
pub(super) fn some_of_the_run(text: &str) -> Option<CommonForm> {
    let (head, inside) = text.trim_end_matches(['.', ' ']).strip_suffix(')')?.split_once('(')?;
    let total = lengths_in(head);
    let [total] = total.as_slice() else { return None };
    let is_plain = !head.contains(['x', '×', ',', ':', '@']) && !inside.contains(['(', ',', 'x', '×']);
    let mut scan = TextScanner { text: inside, at: 0 };
    let number = scan.number().filter(|number| *number < total.number && is_plain && !total.is_time)?;
    let _ = scan.take("of which") || scan.take("of them");
    (scan.take("at") || scan.eat(&['@']).is_some()).then_some(())?;
    let unit = total.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let pace = scan.rest().trim();
    let clock = pace.strip_suffix("pace").unwrap_or(pace).trim();
    let is_clock = {
        let mut scan = TextScanner { text: clock, at: 0 };
        scan.clock().is_some() && scan.is_done()
    };
    let pace = if is_clock { format!("{clock}/{unit}") } else { pace.to_string() };
    Some(CommonForm { text: format!("{} w/ {number}{unit} @ {pace}", head.trim()), notes: Vec::new() })
}

/// `run/walk 2:30/1:00 for 3 miles`: both clocks as seconds.
pub(super) fn clocks_of_run_walk(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("walk") || !text.contains(':') {
        return None;
    }
    let (at, end, first, second) =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
            let begins = !text.get(..at)?.ends_with(|c: char| c.is_ascii_digit() || ".:/".contains(c));
            let mut scan = TextScanner { text, at };
            let first = scan.clock().filter(|_| begins)?;
            scan.eat(&['/'])?;
            let second = scan.clock()?;
            let ends = !scan.rest().starts_with(|c: char| c.is_alphanumeric() || c == '/');
            ends.then_some((at, scan.at, first, second))
        })?;
    let (head, tail) = (text.get(..at)?, text.get(end..)?);
    Some(CommonForm { text: format!("{head}{first}s/{second}s{tail}"), notes: Vec::new() })
}

/// `Kenyan hills 3 x 10 mins with 2 mins jog`: up and down hills at threshold effort, without a stop.
pub(super) fn kenyan_hills(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("kenyan hill").filter(|_| !lower.contains('%') && !lower.contains("incline"))?;
    let name = lower.get(at..)?.split([':', ' ']).take(2).collect::<Vec<_>>().join(" ");
    let session = text.get(at + name.len()..)?;
    // `Kenyan hills: …` names a session that says the rest itself.
    let session = Some(session.trim_start()).filter(|session| !session.starts_with([':', '-', '–', ',']))?;
    let rep = lengths_in(session).into_iter().next().filter(|rep| rep.is_time && rep.value >= 300.0)?;
    let counted = session.get(..rep.at.start)?.trim_end();
    let is_plain = whole(session.get(rep.at.clone())?).is_some();
    (is_plain && (counted.is_empty() || counted.ends_with(['x', 'X', '×']))).then_some(())?;
    let (head, tail) = session.split_at(rep.at.end);
    let has_effort = ["tempo", "threshold", "hard", "steady", "@"].iter().any(|word| tail.contains(word));
    let note =
        "Kenyan hills are run up and down at threshold effort; their inclines are left to you.".to_string();
    (!has_effort).then(|| CommonForm {
        text: format!("{}{head} threshold{tail}", text.get(..at).unwrap_or_default()),
        notes: vec![note],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_become_reps() {
        let forms: [fn(&str) -> Option<CommonForm>; 11] = [
            rest_of_each,
            between_two,
            aim_at_end,
            odd_and_even,
            count_of_named,
            work_and_rest,
            reps_slash_sets,
            surges_in_minutes,
            some_of_the_run,
            clocks_of_run_walk,
            kenyan_hills,
        ];
        for (text, written) in [
            ("400m effort with 60s rest, 800m @ 5k with 2 min rest, 400m", {
                "400m hard, 60s rest, 800m @ 5k, 2 min rest, 400m hard"
            }),
            ("12 x 400m repeats between 83 & 86 seconds w/ 60s", "12 x 400m in 83-86s w/ 60s"),
            ("4 x 1 mile between 6:10 and 6:20 per mile pace", "4 x 1 mile @ 6:10-6:20/mi"),
            ("10 x 400m (1:20 rest), targeting 2:05 to 2:08", "10 x 400m @ 2:05-2:08 (1:20 rest)"),
            ("16 x 400m: odd @ 10k, even @ 5k, 60s jog", "8 x (400m 10K, 60s jog, 400m 5K) / 60s jog"),
            ("6-10 100m strides with jog", "6-10 x 100m strides with jog"),
            ("20 sec on/40 sec rest x 10 @ 10mph", "10 x 20s @ 10mph / 40s rest"),
            ("2x(6x400) @ 3k, 60s / 4min between sets", "2x(6x400 @ 3k / 60s) / 4min"),
            ("Surge 2, Recover 1, Surge 4", "2 min fast, 1 min easy, 4 min fast"),
            ("16 miles (12 at 8:25 pace)", "16 miles w/ 12mi @ 8:25/mi"),
            ("run/walk 2:30/1:00 for 3 miles", "run/walk 150s/60s for 3 miles"),
            ("Kenyan hills 3 x 10 mins with 2 mins jog", "3 x 10 mins threshold with 2 mins jog"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in [
            "5 x 1k with 90s jog, 4 strides",
            "15 x 400m: odd @ 10k, even @ 5k",
            "16 miles (12 x 400m at 5k)",
            "6x400m 5K, 60s between",
        ] {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
