//! Numbers and miles that take their unit or their count from what stands beside them: `walk 5, run 5, walk 3`,
//! `mile @ 10k, mile tempo, 800`, `10m wu, 3x8m tempo w/ 2m jog`, `3 x 2 miles @ MP-10`.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;
use super::written_lengths::lengths_in;

/// Words before a bare number of minutes, and whether the number needs no other minutes beside it.
const VERBS: [(&str, bool); 14] = [
    ("walk", true),
    ("run", true),
    ("jog", true),
    ("easy", false),
    ("very easy", false),
    ("easy jog", false),
    ("easy run", false),
    ("steady", false),
    ("tempo", false),
    ("warm up", false),
    ("warmup", false),
    ("cool down", false),
    ("cooldown", false),
    ("brisk walk", true),
];
/// The longest bare number of minutes.
const MOST_MINUTES: f64 = 90.0;
/// Words after a mile that is a length.
const AFTER_MILE: [&str; 16] = [
    "",
    "@",
    "at",
    "easy",
    "steady",
    "tempo",
    "hard",
    "threshold",
    "in",
    "fast",
    "warm",
    "cool",
    "wu",
    "cd",
    "jog",
    "moderate",
];
/// The longest run in miles or kilometres that a list of numbers without a unit could be.
const LONGEST_LIST: f64 = 40.0;
/// The longest run in miles that a session holds, and the longest recovery in minutes that its reps have.
const MOST_MILES: f64 = 26.2;
const LONGEST_RECOVERY: f64 = 5.0;

/// `walk 5 min @ 5 kph, run 10 min @ 10 kph, walk 5`, `easy 10, 6 x 1 min fast 1 min slow, easy 10`: minutes.
pub(super) fn minutes_after_verbs(text: &str) -> Option<CommonForm> {
    let mark = [" + ", " - ", " – ", " | "].iter().find(|mark| text.contains(**mark) && !text.contains(", "));
    let pieces: Vec<&str> = text.split(mark.unwrap_or(&", ")).collect();
    let other_units = ["km", "mi", "mile", "miles", "k", "metres", "meters"];
    let tokens = TextTokens::of(text);
    // Beside a distance a bare number may be miles or kilometres.
    let has_other = other_units.iter().any(|unit| tokens.find(unit).is_some())
        || lengths_in(text).iter().any(|length| !length.is_time)
        || (0..tokens.len()).any(|at| tokens.number(at).is_some_and(|number| number >= 100.0));
    let is_pair = tokens.find("on").is_some() && tokens.find("off").is_some();
    let has_minutes = is_pair || lengths_in(text).iter().any(|length| length.is_time && length.value >= 60.0);
    let bare = |piece: &str| {
        let lower = piece.trim().trim_end_matches('.').to_ascii_lowercase();
        let lower = lower.strip_prefix("then ").unwrap_or(&lower).to_string();
        let number = lower.rsplit(' ').next()?.to_string();
        let minutes: f64 = number.parse().ok()?;
        let verb = lower.get(..lower.len() - number.len())?.trim().trim_end_matches(':').to_string();
        let verb =
            if ["wu", "w/u", "cd", "c/d"].contains(&verb.as_str()) { "warm up".to_string() } else { verb };
        let (_, is_sure) = VERBS.iter().find(|(word, _)| *word == verb)?;
        (0.5..=MOST_MINUTES).contains(&minutes).then_some(*is_sure)
    };
    let found: Vec<Option<bool>> = pieces.iter().map(|piece| bare(piece)).collect();
    let walks = tokens.find("walk").is_some();
    let is_programme = found.len() >= 3 && walks && found.iter().all(|bare| *bare == Some(true));
    if has_other || found.iter().all(Option::is_none) || !(has_minutes || is_programme) {
        return None;
    }
    let written: Vec<String> = pieces
        .iter()
        .zip(&found)
        .map(|(piece, bare)| match bare {
            Some(_) => format!("{} min", piece.trim_end_matches(['.', ' '])),
            None => (*piece).to_string(),
        })
        .collect();
    let note = "Numbers without a unit are taken as minutes.".to_string();
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `15 wu + 30 tempo + 15 cd`, `10 wu, 5 x 3 min hard 2 min easy, 10 cd`: minutes before a warm-up and a cool-down.
pub(super) fn minutes_of_ends(text: &str) -> Option<CommonForm> {
    let mark = [" + ", " - ", " – ", " | "].iter().find(|mark| text.contains(**mark) && !text.contains(", "));
    let mark = mark.unwrap_or(&", ");
    let pieces: Vec<&str> = text.split(mark).collect();
    let ends =
        ["wu", "w/u", "cd", "c/d", "warm up", "warm-up", "warmup", "cool down", "cool-down", "cooldown"];
    let efforts = ["easy", "tempo", "steady", "threshold", "hard", "jog", "mp", "hmp"];
    let bare = |piece: &str| {
        let digits = piece.trim().find(|c: char| !c.is_ascii_digit())?;
        let (number, word) = piece.trim().split_at(digits);
        let word = word.trim().to_ascii_lowercase();
        let number: f64 = number.parse().ok().filter(|n| (5.0..=MOST_MINUTES).contains(n))?;
        let is_end = ends.contains(&word.as_str());
        (is_end || efforts.contains(&word.as_str())).then_some((number, is_end))
    };
    let found: Vec<Option<(f64, bool)>> = pieces.iter().map(|piece| bare(piece)).collect();
    let has_end = found.iter().flatten().any(|(_, is_end)| *is_end);
    let sum: f64 = found.iter().flatten().map(|(number, _)| number).sum();
    let lengths = lengths_in(text);
    let all_minutes = !lengths.is_empty() && lengths.iter().all(|length| length.is_time);
    let is_long = found.iter().all(Option::is_some) && sum > LONGEST_LIST;
    if !has_end || !(all_minutes || is_long) || text.contains("mi ") || text.contains("km") {
        return None;
    }
    let written: Vec<String> = pieces
        .iter()
        .zip(&found)
        .map(|(piece, bare)| match bare {
            Some((number, _)) => format!(
                "{number} min {}",
                piece.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim()
            ),
            None => (*piece).to_string(),
        })
        .collect();
    let note = "Numbers without a unit are taken as minutes.".to_string();
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `run 1 walk 1 for 20`, `3-2-1 x 3, 1 min between reps`: minutes behind a programme, and of a short ladder in sets.
pub(super) fn minutes_of_programme(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let note = "Numbers without a unit are taken as minutes.".to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = |word: &str| word.parse().is_ok_and(|n: f64| (1.0..=10.0).contains(&n));
    if let ["run" | "jog" | "Run" | "Jog", run, "walk", walk, "for", total] = words.as_slice() {
        let is_total = total.parse().is_ok_and(|n: f64| (10.0..=MOST_MINUTES).contains(&n));
        return (small(run) && small(walk) && is_total)
            .then(|| CommonForm { text: format!("{} min", text.trim()), notes: vec![note] });
    }
    let ladder = text.split_whitespace().next()?;
    let is_ladder = ladder.split('-').count() >= 3 && ladder.split('-').all(small);
    let is_counted = words.get(1).is_some_and(|times| ["x", "×", "X"].contains(times))
        && words.get(2).is_some_and(|count| small(count.trim_end_matches(',')));
    let size = TextTokens::of(ladder).len();
    (is_ladder && is_counted && text.contains("min")).then(|| {
        let count = words.get(2).map_or("", |count| count.trim_end_matches(','));
        let end = tokens.find_from(count, size).map_or(size, |at| at + 1);
        tokens.replace(0..end, &format!("({ladder} min) x {count}"));
        CommonForm { text: tokens.text(), notes: vec![note] }
    })
}

/// `Michigan: mile @ 10k, mile tempo, 1200 @ 5k, mile tempo, 800`: a mile that begins a step is one mile, and a distance
/// of the track that says nothing is hard.
pub(super) fn miles_and_track(text: &str) -> Option<CommonForm> {
    let body = super::written_lengths::label_end(text).map_or(0, |end| end + 1);
    let (label, list) = text.split_at(body);
    let pieces: Vec<&str> = list.split([',', '\n']).map(str::trim).collect();
    let mut hard = 0;
    let mut miles = 0;
    let is_track =
        |word: &str| word.parse().is_ok_and(|n: f64| (200.0..=3000.0).contains(&n) && n % 50.0 == 0.0);
    let written: Vec<String> = pieces
        .iter()
        .map(|piece| {
            let (first, rest) = piece.split_once(' ').unwrap_or((piece, ""));
            let (first, rest) = match first.split_once('@') {
                Some((first, at)) => (first, format!("@{at} {rest}")),
                None => (first, rest.to_string()),
            };
            let next = rest.split(' ').next().unwrap_or_default().to_ascii_lowercase();
            let is_length = AFTER_MILE.contains(&next.as_str()) || next.starts_with('@');
            if first.eq_ignore_ascii_case("mile") && is_length {
                miles += 1;
                return format!("1 mile {}", rest.trim()).trim_end().to_string();
            }
            if is_track(first) && is_length {
                let effort = if rest.trim().is_empty() { "hard" } else { rest.trim() };
                hard += usize::from(rest.trim().is_empty());
                return format!("{first}m {effort}");
            }
            (*piece).to_string()
        })
        .collect();
    let mut notes = vec!["`mile` at the beginning of a step is taken as its length.".to_string()];
    if hard > 0 {
        notes.push("A distance that does not say how hard is taken as hard.".to_string());
    }
    let lead = if label.is_empty() { "" } else { " " };
    (miles > 0 && pieces.len() > 1)
        .then(|| CommonForm { text: format!("{label}{lead}{}", written.join(", ")), notes })
}

/// `6 x mile @ 10k`, `mile time trial`: one mile.
pub(super) fn mile_reps(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let trial =
        ["mile time trial", "mile tt", "timed mile"].iter().find(|words| tokens.find(words) == Some(0));
    if let Some(words) = trial {
        let size = TextTokens::of(words).len();
        tokens.replace(0..size, "1 mile @ mile pace");
        return Some(CommonForm { text: tokens.text(), notes: Vec::new() });
    }
    let at = (0..tokens.len()).find(|at| {
        let counted = tokens.word_before(*at).is_some_and(|times| {
            ["x", "X", "×"].contains(&tokens.get(times))
                && tokens.word_before(times).is_some_and(|count| tokens.number(count).is_some())
        });
        let is_pace = tokens.word_after(*at).is_some_and(|next| tokens.is_word(next, "pace"));
        tokens.is_word(*at, "mile") && counted && !is_pace
    })?;
    let mut end = at + 1;
    for word in ["repeats", "repeat", "reps", "intervals"] {
        if tokens.word_after(end - 1).is_some_and(|next| tokens.is_word(next, word)) {
            end = tokens.word_after(end - 1)? + 1;
        }
    }
    tokens.replace(at..end, "1 mile");
    Some(CommonForm { text: tokens.text(), notes: Vec::new() })
}

/// `10m wu, 3x8m tempo w/ 2m jog, 10m cd`: minutes, where as miles nobody could run the session.
pub(super) fn minutes_in_m(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let is_m = |tokens: &TextTokens, at: usize| {
        tokens.number(at).is_some_and(|n| n < 100.0) && tokens.get(at + 1) == "m"
    };
    let found: Vec<usize> = (0..tokens.len()).filter(|at| is_m(&tokens, *at)).collect();
    let next = |at: usize| tokens.word_after(at + 1).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
    let is_recovery =
        |at: usize| ["jog", "rest", "walk", "rec", "recovery", "float"].contains(&next(at).as_str());
    let recovers = found
        .iter()
        .any(|at| is_recovery(*at) && tokens.number(*at).is_some_and(|minutes| minutes <= LONGEST_RECOVERY));
    let miles: f64 = found
        .iter()
        .map(|at| {
            let times = tokens.word_before(*at).filter(|x| ["x", "X", "×"].contains(&tokens.get(*x)));
            let count = times.and_then(|x| tokens.word_before(x)).and_then(|count| tokens.number(count));
            tokens.number(*at).unwrap_or(0.0) * count.unwrap_or(1.0)
        })
        .sum();
    // `8 x 80m sprint` is in metres.
    let is_sprint = found.iter().any(|at| {
        let times = tokens.word_before(*at).filter(|x| ["x", "X", "×"].contains(&tokens.get(*x)));
        times.is_some() && tokens.number(*at).is_some_and(|number| number > 30.0)
    });
    if found.len() < 2 || !recovers || miles <= MOST_MILES || is_sprint {
        return None;
    }
    for at in found.into_iter().rev() {
        tokens.replace(at + 1..at + 2, " min");
    }
    let note = "`m` is taken as minutes: nobody runs that many miles in one session.".to_string();
    Some(CommonForm { text: tokens.text(), notes: vec![note] })
}

/// `3 x 2 miles @ MP-10`: seconds for each mile or kilometre, as the lengths are.
pub(super) fn offsets_without_unit(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let has = |units: &[&str]| units.iter().any(|unit| tokens.find(unit).is_some());
    let unit = match (has(&["mi", "mile", "miles"]), has(&["km", "kms", "kilometres", "kilometers"])) {
        (true, false) => "mi",
        (false, true) => "km",
        _ => return None,
    };
    let paces = ["MP", "HMP", "GMP", "HM"];
    let at = (0..tokens.len()).find(|at| {
        let signed = ["-", "+", "−"].contains(&tokens.get(at + 1));
        let after = tokens.word_after(at + 2).map_or("", |next| tokens.get(next));
        let is_bare =
            ["", ",", ")", ";", "w", "with", "(", "/", "off"].contains(&after) && tokens.get(at + 3) != ":";
        let is_offset = tokens.number(at + 2).is_some_and(|n| (3.0..=120.0).contains(&n));
        paces.iter().any(|pace| tokens.is_word(*at, pace)) && signed && is_offset && is_bare
    })?;
    let seconds = tokens.get(at + 2).to_string();
    tokens.replace(at + 2..at + 3, &format!("{seconds}s/{unit}"));
    let note = format!("`{seconds}` after the pace is taken as seconds for each {unit}.");
    Some(CommonForm { text: tokens.text(), notes: vec![note] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_unit_of_their_kin() {
        let forms = [
            minutes_after_verbs,
            minutes_of_ends,
            minutes_of_programme,
            miles_and_track,
            mile_reps,
            minutes_in_m,
            offsets_without_unit,
        ];
        for (text, written) in [
            ("walk 5 min @ 5 kph, run 10 min @ 10 kph, walk 5", {
                "walk 5 min @ 5 kph, run 10 min @ 10 kph, walk 5 min"
            }),
            ("walk 5, run 5, walk 3, run 5", "walk 5 min, run 5 min, walk 3 min, run 5 min"),
            ("easy 10, 6x1 min fast 1 min slow", "easy 10 min, 6x1 min fast 1 min slow"),
            ("run 1 walk 1 for 20", "run 1 walk 1 for 20 min"),
            ("3-2-1 x 3, 1 min between reps", "(3-2-1 min) x 3, 1 min between reps"),
            ("15 wu + 30 tempo + 15 cd", "15 min wu, 30 min tempo, 15 min cd"),
            ("10 wu, 5x3 min hard 2 min easy, 10 cd", "10 min wu, 5x3 min hard 2 min easy, 10 min cd"),
            ("Michigan: mile @10k, mile tempo, 1200 @ 5k, 800", {
                "Michigan: 1 mile @10k, 1 mile tempo, 1200m @ 5k, 800m hard"
            }),
            ("6 x mile repeats @ 10k", "6 x 1 mile @ 10k"),
            ("mile time trial", "1 mile @ mile pace"),
            ("10m wu, 3x8m tempo w/ 2m jog, 10m cd", "10 min wu, 3x8 min tempo w/ 2 min jog, 10 min cd"),
            ("3 x 2 miles @ MP-10, 800m jog", "3 x 2 miles @ MP-10s/mi, 800m jog"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in
            ["easy 10, 6x400m", "run 5, run 5", "4x1m w/ 1m jog", "8 x 400 @ mile pace", "5km easy, run 5"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
