//! A recovery for each rep or for each set: `400m, 800m, 400m with 60s, 90s recoveries`, `4x800m + 4x400m, 2min/90s jog`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{FoundLength, take_length, take_pace};

/// Words for a recovery, and the effort of each.
const RECOVERIES: [(&str, &str); 17] = [
    ("jog", "jog"),
    ("jogs", "jog"),
    ("jog recovery", "jog"),
    ("jog recoveries", "jog"),
    ("jog rec", "jog"),
    ("recovery", "recovery"),
    ("recoveries", "recovery"),
    ("recs", "recovery"),
    ("rec", "recovery"),
    ("rest", "rest"),
    ("rests", "rest"),
    ("walk", "walk"),
    ("walks", "walk"),
    ("walk recovery", "walk"),
    ("float", "steady"),
    ("floats", "steady"),
    ("easy", "easy"),
];
/// Words before the recoveries.
const INTRODUCERS: [&str; 6] = ["with", "w/", "off", "rec", "r=", "recoveries:"];
/// The distances of the track that need no unit, in metres.
const TRACK: std::ops::RangeInclusive<f64> = 100.0..=5000.0;
const MOST_RUNGS: usize = 20;

/// `400m, 800m, 400m with 60s, 90s recoveries`: each recovery follows its rep.
pub(super) fn one_after_each_rep(text: &str) -> Option<CommonForm> {
    let (head, recoveries, effort) = split_recoveries(text)?;
    let (lead, rungs, target, is_counted) = list_of_reps(head)?;
    let fits = rungs.len() == recoveries.len() || rungs.len() == recoveries.len() + 1;
    if !fits || (is_counted && rungs.len() > recoveries.len()) {
        return None;
    }
    let mut steps = Vec::new();
    for (index, rung) in rungs.iter().enumerate() {
        steps.push(format!("{rung} {target}"));
        if let Some(recovery) = recoveries.get(index) {
            steps.push(format!("{} {effort}", recovery.text));
        }
    }
    let list = steps.join(", ");
    let text = if is_counted { format!("{lead}({list})") } else { format!("{lead}{list}") };
    Some(CommonForm { text, notes: vec!["Each recovery is taken as the one after its rep.".to_string()] })
}

/// `4x800m + 4x400m + 4x200m, 2min/90s/60s jog`: each recovery is that of one set.
pub(super) fn one_for_each_set(text: &str) -> Option<CommonForm> {
    let (head, recoveries, effort) = split_recoveries(text)?;
    let sets: Vec<&str> = head.split(['+', ',', ';']).map(str::trim).collect();
    let is_set = |set: &&str| {
        let mut scan = TextScanner { text: set, at: 0 };
        let counted = scan.number().is_some() && scan.eat(&['x', 'X', '×']).is_some();
        counted && !set.contains(['/', '(']) && scan.number().is_some() && scan.eat(&['x', '×']).is_none()
    };
    // A short and a longer one are those between the reps, and between the sets.
    let is_pair = matches!(recoveries.as_slice(), [short, long] if short.value < long.value);
    if sets.len() < 2 || sets.len() != recoveries.len() || !sets.iter().all(is_set) || is_pair {
        return None;
    }
    let written: Vec<String> = sets
        .iter()
        .zip(&recoveries)
        .map(|(set, recovery)| format!("{set} / {} {effort}", recovery.text))
        .collect();
    let note = "The recoveries are taken as those of the sets, in their order.".to_string();
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `LADDER: 400 - 800 - 1mile - 400 (90 sec between)`, `800m at 5k - 1600m at 10k (90 sec rest)`: dashes between reps.
pub(super) fn dashes_between_reps(text: &str) -> Option<CommonForm> {
    let (reps, recovery) = match text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((reps, recovery)) => (reps, recovery),
        None => (text, ""),
    };
    let reps = reps.trim_end();
    // `(Marathon Pace) (90 sec between)`: the pace of all of them.
    let (reps, shared) = match reps.strip_suffix(')').and_then(|reps| reps.rsplit_once('(')) {
        Some((reps, pace)) => {
            let mut scan = TextScanner { text: pace, at: 0 };
            let pace = take_pace(&mut scan).filter(|_| scan.is_done())?;
            (reps.trim_end(), Some(pace))
        }
        None => (reps, None),
    };
    let body =
        super::written_lengths::label_end(reps).map_or(reps, |end| reps.get(end + 1..).unwrap_or(reps));
    let pieces: Vec<&str> = body.split([" - ", " – "].iter().find(|mark| body.contains(**mark))?).collect();
    let written: Option<Vec<String>> = pieces
        .iter()
        .map(|piece| {
            let mut scan = TextScanner { text: piece.trim(), at: 0 };
            let rep = rung(&mut scan)?;
            let _ = scan.eat(&['@']).is_some() || scan.take("at");
            let pace = match &shared {
                Some(pace) => pace.clone(),
                None if scan.is_done() => "hard".to_string(),
                None => take_pace(&mut scan)?,
            };
            scan.is_done().then(|| format!("{rep} {pace}"))
        })
        .collect();
    let written = written.filter(|written| written.len() >= 3)?;
    let mut scan = TextScanner { text: recovery, at: 0 };
    let rest = if recovery.is_empty() {
        return None;
    } else {
        let length = take_length(&mut scan)?;
        let effort = scan.longest(&RECOVERIES).unwrap_or("recovery");
        let _ = ["between intervals", "between reps", "between each", "between"]
            .iter()
            .any(|word| scan.take(word));
        scan.is_done().then(|| format!("{} {effort}", length.text))?
    };
    Some(CommonForm { text: format!("({}) / {rest}", written.join(", ")), notes: Vec::new() })
}

/// Splits two or more recoveries off the end of a text.
fn split_recoveries(text: &str) -> Option<(&str, Vec<FoundLength>, &'static str)> {
    let text = text.trim_end_matches(['.', ' ']);
    let text = text.strip_suffix("resp").map_or(text, |text| text.trim_end_matches([',', ' ']));
    text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let head = text.get(..at)?;
        let trimmed = head.trim_end_matches([' ', '(']);
        let lower = trimmed.to_ascii_lowercase();
        let word = INTRODUCERS.iter().find(|word| lower.ends_with(*word));
        let is_comma = trimmed.ends_with([',', ';']);
        if !(is_comma || word.is_some()) {
            return None;
        }
        let mut scan = TextScanner { text, at };
        let mut recoveries = vec![take_length(&mut scan)?];
        let mark = scan.eat(&[',', '/', '-']);
        let (joined, mut mark) = (mark, mark);
        while let Some(joint) = mark {
            let _ = scan.take("and");
            recoveries.push(take_length(&mut scan)?);
            mark = scan.eat(&[joint]);
        }
        let effort = scan.longest(&RECOVERIES);
        let _ = scan.eat(&[')']);
        // Without a word before it, a list with commas may be steps of its own.
        let is_told = word.is_some() || (effort.is_some() && joined != Some(','));
        let is_alike = recoveries.iter().all(|length| length.is_time == recoveries[0].is_time);
        if recoveries.len() < 2 || !scan.is_done() || !is_told || !is_alike {
            return None;
        }
        let head = match word {
            Some(word) => trimmed.get(..trimmed.len() - word.len())?,
            None => trimmed,
        };
        Some((head.trim_end_matches([' ', ',', ';', '(']), recoveries, effort.unwrap_or("recovery")))
    })
}

/// Reads a list of reps at the end of `head`: what stands before it, the reps, their target, and whether it is repeated.
fn list_of_reps(head: &str) -> Option<(String, Vec<String>, String, bool)> {
    head.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let lead = head.get(..at)?;
        if lead.ends_with(|c: char| c.is_alphanumeric() || ".:".contains(c)) {
            return None;
        }
        let mut scan = TextScanner { text: head, at };
        let mut rungs = vec![rung(&mut scan)?];
        let mark = scan.eat(&[',', '-', '/', '+', '–'])?;
        while rungs.len() < MOST_RUNGS {
            rungs.push(rung(&mut scan)?);
            if scan.eat(&[mark]).is_none() {
                break;
            }
        }
        let is_closed = scan.eat(&[')']).is_some();
        let is_at = scan.eat(&['@']).is_some() || scan.take("at");
        let target = take_pace(&mut scan).or_else(|| (!is_at).then(|| "hard".to_string()))?;
        let is_closed = is_closed || scan.eat(&[')']).is_some();
        let lead = lead.trim_end();
        let is_open = lead.ends_with('(');
        let before = if is_open { lead.trim_end_matches('(') } else { lead };
        let is_repeated = before.trim_end().ends_with(['x', 'X', '×']);
        // `ladder:` and `pyramid:` name the list.
        let before = before.trim_end_matches([' ', ':']);
        let before = ["ladder", "pyramid", "fartlek"]
            .iter()
            .find(|name| before.to_ascii_lowercase().ends_with(*name))
            .and_then(|name| before.get(..before.len() - name.len()))
            .unwrap_or(before)
            .trim_end();
        let (before, is_repeated) = match sets_of(before) {
            Some(count) => (format!("{count} x"), true),
            None => (before.to_string(), is_repeated),
        };
        let before = if before.is_empty() { before } else { format!("{before} ") };
        let is_single = !before.contains(|c: char| c.is_ascii_digit()) || is_repeated;
        (scan.is_done() && is_open == is_closed && is_single && rungs.len() > 1).then_some((
            before,
            rungs,
            target,
            is_repeated,
        ))
    })
}

/// Reads `2 sets of` as its count.
fn sets_of(text: &str) -> Option<u32> {
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=20.0).contains(n))?;
    let named = scan.take("sets") || scan.take("rounds") || scan.eat(&['x', 'X', '×']).is_some();
    let _ = scan.take("of") || scan.eat(&[':']).is_some();
    let _ = scan.take("a");
    (named && scan.is_done()).then_some(count as u32)
}

/// Takes a length, or a distance of the track without its unit.
fn rung(scan: &mut TextScanner<'_>) -> Option<String> {
    let before = scan.clone();
    if let Some(length) = take_length(scan) {
        return Some(length.text);
    }
    *scan = before;
    let metres = scan.number().filter(|n| TRACK.contains(n) && n % 50.0 == 0.0)?;
    Some(format!("{metres}m"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recovery_stands_at_its_place() {
        for (text, written) in [
            ("400m, 800, 400m with 60s, 90s recoveries", {
                "400m hard, 60s recovery, 800m hard, 90s recovery, 400m hard"
            }),
            (
                "2 sets of pyramid: 400m, 800m with 60s, 90s jog",
                "2 x (400m hard, 60s jog, 800m hard, 90s jog)",
            ),
            ("3 x (600, 400) @ 5K w/ 90s/60s rest", "3 x (600m 5K, 90s rest, 400m 5K, 60s rest)"),
        ] {
            assert_eq!(one_after_each_rep(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        let dashed = dashes_between_reps("LADDER: 400 - 800 - 1mile (90 sec rest between intervals)");
        let meant = "(400m hard, 800m hard, 1mi hard) / 90s rest";
        assert_eq!(dashed.map(|form| form.text).as_deref(), Some(meant));
        let sets = one_for_each_set("4x800m + 4x400m + 4x200m, 2min/90s/60s jog").map(|form| form.text);
        assert_eq!(sets.as_deref(), Some("4x800m / 120s jog, 4x400m / 90s jog, 4x200m / 60s jog"));
        for text in ["6x400m w/ 90s jog", "5 min easy, 10 min hard, 5 min easy", "400m, 800m w/ 90s jog"] {
            assert!(one_after_each_rep(text).is_none(), "{text}");
            assert!(one_for_each_set(text).is_none(), "{text}");
        }
    }
}
