//! Work and recovery in turn, said in other ways: `2x(90s on/90s off)`, `20 min of 1/1`, `4 x (2 min over, 2 min under)`,
//! `30/30s until I drop`, `6x400m w/ 200m jog (1:15)`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{FoundLength, only_words, take_length};

/// Work just over and just under the threshold.
const OVER: &str = "103% threshold";
const UNDER: &str = "97% threshold";
/// What says that something goes on without an end.
const ENDLESS: [&str; 17] = [
    "until i drop",
    "till i drop",
    "til i drop",
    "until you drop",
    "till you drop",
    "until failure",
    "till failure",
    "to failure",
    "until exhaustion",
    "to exhaustion",
    "until i fail",
    "till i fail",
    "until i die",
    "until i can't anymore",
    "until i can't any more",
    "until i can't",
    "till i can't",
];
/// Words for work, and the efforts that they mean.
const WORK: [(&str, &str); 6] = [
    ("on", "hard"),
    ("hard", "hard"),
    ("fast", "fast"),
    ("quick", "fast"),
    ("sprint", "all-out"),
    ("effort", "hard"),
];
/// Words for what follows the work.
const RECOVERY: [(&str, &str); 10] = [
    ("off", "easy"),
    ("easy", "easy"),
    ("jog", "jog"),
    ("slow", "very easy"),
    ("walk", "walk"),
    ("rest", "rest"),
    ("float", "steady"),
    ("recovery", "recovery"),
    ("steady", "steady"),
    ("moderate", "steady"),
];
/// Words around a recovery.
const RECOVERY_WORDS: [&str; 9] =
    ["jog", "easy", "walk", "recovery", "jogging", "float", "slow", "rest", "walking"];
/// The longest bare number that is minutes, and the shortest that is seconds.
const MOST_MINUTES: f64 = 6.0;
const FEWEST_SECONDS: f64 = 10.0;
/// The farthest, in metres, that `on/off` surely counts pairs.
const FARTHEST_PAIRS: f64 = 10_000.0;
/// Metres a second of a recovery.
const RECOVERY_SPEEDS: std::ops::Range<f64> = 0.8..5.0;

/// `2x(90s on/90s off)`: on and off are two steps, which the brackets repeat.
pub(super) fn on_and_off_in_brackets(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let on = tokens.find("on")?;
    let slash = tokens.word_after(on).filter(|at| tokens.get(*at) == "/")?;
    let off = tokens.find_from("off", slash)?;
    let opens = (0..on).rev().find(|at| ["(", ")"].contains(&tokens.get(*at)))?;
    let closes = tokens.word_after(off)?;
    let is_pair = tokens.get(opens) == "(" && tokens.get(closes) == ")";
    let is_single = !tokens.slice(opens..closes).contains([',', ';']) && tokens.starts_number(slash + 1);
    if !is_pair || !is_single {
        return None;
    }
    tokens.replace(slash..slash + 1, ",");
    let text = tokens.text().replace(" ,", ",").replace(",", ", ").replace(",  ", ", ");
    Some(CommonForm { text, notes: Vec::new() })
}

/// `10x1 min on/off`, `8x400m on/off`: so many of each, if all of them are not too far.
pub(super) fn each_on_and_off(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
    scan.eat(&['x', 'X', '×'])?;
    let length = take_length(&mut scan)?;
    let is_pair = scan.take("on/off") || scan.take("on / off");
    let is_short = length.is_time || 2.0 * count * length.value < FARTHEST_PAIRS;
    (is_pair && is_short && scan.is_done()).then(|| CommonForm {
        text: format!("{count} x ({0} hard, {0} easy)", length.text),
        notes: vec![format!("`on/off` is taken as {count} of each.")],
    })
}

/// `over-unders: 4 x (2 min over, 2 min under)`: in turn a little faster and a little slower than the threshold.
pub(super) fn over_and_under(text: &str) -> Option<CommonForm> {
    let body = ["over-unders", "over unders", "over/unders", "over-under", "over/under", "overs and unders"]
        .iter()
        .find_map(|name| {
            let head = text.get(..name.len())?;
            head.eq_ignore_ascii_case(name).then(|| text.get(name.len()..).unwrap_or_default())
        });
    let body = body.map_or(text, |body| body.trim_start_matches([':', ' ', '-', '–', '\n']));
    let mut tokens = TextTokens::of(body);
    let (mut overs, mut unders) = (0, 0);
    let mut at = 0;
    while at < tokens.len() {
        let is_after_length = tokens.word_before(at).is_some_and(|before| {
            tokens.get(before).starts_with(|c: char| c.is_alphabetic() || "'′)".contains(c))
        });
        let ends = tokens.word_after(at).is_none_or(|next| {
            [",", "/", ")", ";", "and"].contains(&tokens.get(next)) || tokens.number(next).is_some()
        });
        if is_after_length && ends && tokens.is_word(at, "over") {
            tokens.replace(at..at + 1, &format!("@ {OVER}"));
            overs += 1;
        } else if is_after_length && ends && tokens.is_word(at, "under") {
            tokens.replace(at..at + 1, &format!("@ {UNDER}"));
            unders += 1;
        } else if overs > unders && ["/", "and", "then"].contains(&tokens.get(at)) {
            tokens.replace(at..at + 1, ",");
        }
        at += 1;
    }
    if overs != 1 || unders != 1 {
        return None;
    }
    let note = format!("`over` is taken as {OVER}, `under` as {UNDER}.");
    Some(CommonForm { text: tokens.text().replace(" ,", ","), notes: vec![note] })
}

/// `6x400m w/ 200m jog (1:15)`, `w/ 90s (200m) jog`: a recovery with its distance and its time.
pub(super) fn recovery_in_its_time(text: &str) -> Option<CommonForm> {
    let open = text.rfind('(')?;
    let close = open + text.get(open..)?.find(')')?;
    let inside = text.get(open + 1..close)?.trim().trim_start_matches(['~', '≈', ' ']);
    let inside = inside.strip_prefix("about ").or_else(|| inside.strip_prefix("in ")).unwrap_or(inside);
    let mut scan = TextScanner { text: inside, at: 0 };
    let second = take_length(&mut scan)?;
    let inner_words = scan.rest().trim();
    let head = text.get(..open)?.trim_end();
    let first = super::written_lengths::lengths_in(head).pop()?;
    let words = head.get(first.at.end..)?.trim();
    let tail = text.get(close + 1..)?;
    let word_end = tail.find([',', ';', '\n', ')']).unwrap_or(tail.len());
    let (after, tail) = tail.split_at(word_end);
    let all = [words, inner_words, after.trim()];
    let lead = head.get(..first.at.start)?.trim_end();
    let is_introduced =
        ["w/", " with", " off", "/", ",", " jog", " walk"].iter().any(|word| lead.ends_with(word));
    let is_recovery = all.iter().any(|words| !words.is_empty());
    if second.is_time == first.is_time
        || !is_introduced
        || !is_recovery
        || !all.iter().all(|w| only_words(w, &RECOVERY_WORDS))
    {
        return None;
    }
    let (time, distance) = if first.is_time { (&first, &second) } else { (&second, &first) };
    if !RECOVERY_SPEEDS.contains(&(distance.value / time.value)) {
        return None;
    }
    let is_walk = all.iter().any(|words| words.to_ascii_lowercase().contains("walk"));
    let effort = if is_walk { "walk" } else { "jog" };
    let lead = lead.strip_suffix(" jog").or_else(|| lead.strip_suffix(" walk")).unwrap_or(lead);
    let lead = lead
        .trim_end_matches([',', ' '])
        .trim_end_matches("w/")
        .trim_end_matches(" with")
        .trim_end_matches(" off");
    let lead = lead.trim_end_matches(['/', ' ']);
    let written = format!("{lead} / {} in {} {effort}{tail}", distance.text, time.text);
    let note = format!("The recovery is taken as {} in {}.", distance.text, time.text);
    Some(CommonForm { text: written, notes: vec![note] })
}

/// `20 min of 1/1`, `20 mins 1 on 1 off`, `30 min run: 1 min hard 2 min easy`: a pair until the time is over.
pub(super) fn pair_for_a_time(text: &str) -> Option<CommonForm> {
    let pieces: Vec<&str> = text.split(", ").collect();
    let written: Vec<String> =
        pieces.iter().map(|piece| timed_pair(piece).unwrap_or_else(|| (*piece).to_string())).collect();
    let written = written.join(", ");
    let note = "The pair is taken in turn until the time is over.".to_string();
    (written != text).then(|| CommonForm { text: written, notes: vec![note] })
}

pub(super) fn timed_pair(piece: &str) -> Option<String> {
    let mut scan = TextScanner { text: piece, at: 0 };
    while ["run", "for"].iter().any(|word| scan.take(word)) {}
    let total = take_length(&mut scan).filter(|total| total.is_time)?;
    while ["of", "run", "as", "fartlek", "alternating"].iter().any(|word| scan.take(word)) {}
    let _ = scan.eat(&[':', '(', '-', '–']);
    let pair = take_pair(&mut scan)?;
    let _ = scan.eat(&[')']);
    scan.is_done().then(|| {
        format!("alternate {} {} / {} {} for {}", pair.on, pair.work, pair.off, pair.rest, total.text)
    })
}

/// Work and recovery in turn.
struct WorkAndRest {
    on: String,
    work: &'static str,
    off: String,
    rest: &'static str,
}

/// Reads `1/1`, `30/30s`, `1 min on 1 min off`, `2 min hard / 1 min easy`.
fn take_pair(scan: &mut TextScanner<'_>) -> Option<WorkAndRest> {
    let first = length_or_number(scan)?;
    let work = scan.longest(&WORK);
    // `20-25`, `4,5` are ranges, decimals, paces or heart rates: only a slash joins bare numbers.
    let slash = scan.eat(&['/']).is_some();
    let joint = slash || scan.eat(&['-', '–', ',', '+']).is_some() || scan.take("and") || scan.take("with");
    let second = length_or_number(scan)?;
    let rest = scan.longest(&RECOVERY);
    // Without a mark and without words these are any two numbers.
    let is_worded = work.is_some() && rest.is_some();
    let is_bare = work.is_none() && rest.is_none();
    if !(is_worded || (is_bare && joint)) {
        return None;
    }
    let (on, off) = match (first, second) {
        (PairLength::Timed(on), PairLength::Timed(off)) => (on.text, off.text),
        (PairLength::Bare(on), PairLength::Timed(off)) if off.number > 0.0 && (slash || is_worded) => {
            let unit = if off.value >= 60.0 && on <= MOST_MINUTES { 60.0 } else { 1.0 };
            (format!("{}s", on * unit), off.text)
        }
        (PairLength::Bare(on), PairLength::Bare(off)) if slash || is_worded => {
            let unit = bare_unit(on, off)?;
            (format!("{}s", on * unit), format!("{}s", off * unit))
        }
        _ => return None,
    };
    Some(WorkAndRest { on, work: work.unwrap_or("hard"), off, rest: rest.unwrap_or("easy") })
}

/// The seconds of the unit of two bare numbers: nobody runs reps of six seconds or of ten minutes by turns.
fn bare_unit(on: f64, off: f64) -> Option<f64> {
    if on <= MOST_MINUTES && off <= MOST_MINUTES {
        Some(60.0)
    } else if on >= FEWEST_SECONDS && off >= FEWEST_SECONDS {
        Some(1.0)
    } else {
        None
    }
}

enum PairLength {
    Timed(FoundLength),
    Bare(f64),
}

fn length_or_number(scan: &mut TextScanner<'_>) -> Option<PairLength> {
    let before = scan.clone();
    if let Some(length) = take_length(scan) {
        return length.is_time.then_some(PairLength::Timed(length));
    }
    *scan = before;
    scan.number().map(PairLength::Bare)
}

/// `30/30s until I drop`, `400m w/ 60s rest until failure`: reps without an end.
pub(super) fn until_failure(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches([' ', '.', '!']);
    let lower = trimmed.to_lowercase();
    let phrase = ENDLESS.iter().find(|phrase| lower.ends_with(**phrase))?;
    let head = trimmed.get(..trimmed.len() - phrase.len())?.trim_end_matches([' ', ',']);
    let start = head.rfind(", ").map_or(0, |at| at + 2);
    let (before, reps) = (head.get(..start)?, head.get(start..)?);
    let mut scan = TextScanner { text: reps, at: 0 };
    let pair = take_pair(&mut scan).filter(|_| scan.is_done());
    let written = match pair {
        Some(pair) => format!("{before}open x ({} {}, {} {})", pair.on, pair.work, pair.off, pair.rest),
        None => {
            let mut scan = TextScanner { text: reps, at: 0 };
            take_length(&mut scan)?;
            let has_recovery = [" w/", " with ", " off ", " / "].iter().any(|word| reps.contains(word));
            let is_one = has_recovery && !reps.contains(['x', '×', '(']);
            is_one.then(|| format!("{before}open x {reps}"))?
        }
    };
    let note = format!("`{phrase}` is taken as: until you press Enter.");
    Some(CommonForm { text: written, notes: vec![note] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_written_out() {
        let forms = [
            on_and_off_in_brackets,
            each_on_and_off,
            over_and_under,
            recovery_in_its_time,
            pair_for_a_time,
            until_failure,
        ];
        for (text, written) in [
            ("2x(90s on/90s off)", "2x(90s on, 90s off)"),
            (
                "over-unders: 4 x (2 min over, 2 min under)",
                "4 x (2 min @ 103% threshold, 2 min @ 97% threshold)",
            ),
            ("6x400m 5K w/ 200m jog (1:15)", "6x400m 5K / 200m in 75s jog"),
            ("6x400m w/ 90s (200m) jog", "6x400m / 200m in 90s jog"),
            ("10x1 min on/off", "10 x (60s hard, 60s easy)"),
            ("20 min of 1/1", "alternate 60s hard / 60s easy for 1200s"),
            ("20 mins 1 on 1 off", "alternate 60s hard / 60s easy for 1200s"),
            (
                "10 min easy, 30 min run: 1 min hard 2 min easy",
                "10 min easy, alternate 60s hard / 120s easy for 1800s",
            ),
            ("30/30s until I drop", "open x (30s hard, 30s easy)"),
            ("400m w/ 60s rest until failure", "open x 400m w/ 60s rest"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in ["8x(3min hard / 2min easy)", "6x400m (90s)", "20 min easy", "60 min easy", "20 min 5/15"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
