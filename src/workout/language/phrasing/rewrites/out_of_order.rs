//! Recoveries that stand before their reps, and totals that stand behind: `90s rest between 8 x 400m at 5k`,
//! `1 min on, 1 min off, 20 min total`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::pairs_in_words::timed_pair;
use super::written_lengths::{FoundLength, lengths_in, take_length};

/// Words between a recovery and the reps that come after it.
const BETWEEN: [&str; 6] =
    [" between each of ", " in between ", " between ", " after each of ", " after each ", " between the "];
/// Words for the recovery itself.
const RECOVERIES: [&str; 8] = ["rest", "recovery", "jog", "jogging", "walk", "walking", "easy", "easy jog"];
const UPHILL: [&str; 3] = ["uphill", "up hill", "up"];
const DOWNHILL: [&str; 4] = ["downhill", "down hill", "back down", "down"];

/// `5 min walk between 3 x 10 min tempo`, `1 min between, 6 x 2 min hard`: the recovery stands between the reps.
pub(super) fn recovery_first(text: &str) -> Option<CommonForm> {
    let pieces: Vec<&str> = text.split(", ").collect();
    let found = pieces.iter().enumerate().find_map(|(at, piece)| {
        let within = BETWEEN.iter().find_map(|word| piece.split_once(word));
        if let Some((recovery, reps)) = within {
            return is_recovery(recovery).then(|| (at, at + 1, reps.to_string(), recovery));
        }
        let recovery = piece.trim_end().strip_suffix(" between")?;
        let recovery = recovery.strip_suffix(" in").unwrap_or(recovery);
        let reps = pieces.get(at + 1)?;
        // Behind other reps it stands between those: `4 x 800m, 90s between, 4 x 400m`.
        let is_behind_reps = pieces.get(..at)?.iter().any(|piece| piece.contains(['x', 'X', '×']));
        if is_behind_reps {
            return None;
        }
        is_recovery(recovery).then(|| (at, at + 2, (*reps).to_string(), recovery))
    });
    let (from, to, reps, recovery) = found?;
    // A bracket was split at its commas.
    if !are_reps(&reps) || has_recovery(&reps) || reps.contains('(') {
        return None;
    }
    let mut written: Vec<String> = pieces.get(..from)?.iter().map(|piece| (*piece).to_string()).collect();
    written.push(format!("{} / {}", reps.trim(), recovery.trim()));
    written.extend(pieces.get(to..)?.iter().map(|piece| (*piece).to_string()));
    let note = format!("`{}` is taken as the recovery between the reps.", recovery.trim());
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `6 x 90s up, 90s down`: the way down is the recovery.
pub(super) fn up_and_down(text: &str) -> Option<CommonForm> {
    let pieces: Vec<&str> = text.split(", ").collect();
    let at = pieces.windows(2).position(|pair| {
        are_reps(pair[0])
            && !has_recovery(pair[0])
            && is_way(pair[0], &UPHILL)
            && whole_way(pair[1]).is_some()
    })?;
    let (up, down) = (pieces.get(at)?.trim(), whole_way(pieces.get(at + 1)?)?);
    let up = UPHILL.iter().find_map(|word| up.strip_suffix(word))?.trim();
    // Nobody jogs down for so long: `6 x 30s up, 10 min down` ends with a cool-down.
    if lengths_in(up).last().is_some_and(|way| way.is_time && down.is_time && down.value > 3.0 * way.value) {
        return None;
    }
    let mut written: Vec<String> = pieces.get(..at)?.iter().map(|piece| (*piece).to_string()).collect();
    written.push(format!("{up} uphill / {} jog", down.text));
    written.extend(pieces.get(at + 2..)?.iter().map(|piece| (*piece).to_string()));
    let note = "The way down is taken as a jog between the reps.".to_string();
    Some(CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `1 min on, 1 min off, 20 min total`, `6 x 1km, total 10km`: the end says how long everything is.
pub(super) fn total_last(text: &str) -> Option<CommonForm> {
    let (parts, last) = text.rsplit_once(", ")?;
    let mut scan = TextScanner { text: last, at: 0 };
    let is_first = scan.take("total of") || scan.take("total");
    let total = take_length(&mut scan)?;
    let is_last =
        scan.take("in total") || scan.take("total") || scan.take("in all") || scan.take("altogether");
    if !scan.is_done() || !(is_first || is_last) {
        return None;
    }
    let pair = total.is_time.then(|| timed_pair(&format!("{} {}", total.text, parts.replace(", ", " "))));
    let (text, note) = match pair.flatten() {
        Some(alternated) => (alternated, "The pair is taken in turn until the time is over."),
        None => (format!("{} total: {parts}", total.text), "The last length is taken as the whole session."),
    };
    Some(CommonForm { text, notes: vec![note.to_string()] })
}

/// True for a length with nothing but words for a recovery behind it.
fn is_recovery(text: &str) -> bool {
    let mut scan = TextScanner { text, at: 0 };
    let is_length = take_length(&mut scan).is_some();
    let rest = scan.rest().trim().to_ascii_lowercase();
    is_length && (rest.is_empty() || RECOVERIES.contains(&rest.as_str()))
}

fn are_reps(text: &str) -> bool {
    let mut scan = TextScanner { text: text.trim(), at: 0 };
    scan.number().is_some() && scan.eat(&['x', 'X', '×', '*']).is_some()
}

fn has_recovery(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [" / ", "w/", " with ", " off ", " rest", " jog", " walk", "/"].iter().any(|word| lower.contains(word))
}

fn is_way(text: &str, words: &[&str]) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    words.iter().any(|word| lower.strip_suffix(word).is_some_and(|before| before.ends_with(' ')))
}

/// Returns the length of `90s down`.
fn whole_way(text: &str) -> Option<FoundLength> {
    let mut scan = TextScanner { text, at: 0 };
    let length = take_length(&mut scan)?;
    let word = scan.rest().trim().to_ascii_lowercase();
    (length.is_time && DOWNHILL.contains(&word.as_str())).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recoveries_and_totals_come_to_their_place() {
        let forms = [recovery_first, up_and_down, total_last];
        for (text, written) in [
            ("5 min walk between 3 x 10 min tempo", "3 x 10 min tempo / 5 min walk"),
            ("10 min easy, 90s rest between 8 x 400m at 5k", "10 min easy, 8 x 400m at 5k / 90s rest"),
            ("3 min easy after each of 4 x 1 km at 10K", "4 x 1 km at 10K / 3 min easy"),
            ("10 min warm up, 1 min between, 6 x 2 min hard", "10 min warm up, 6 x 2 min hard / 1 min"),
            ("6 x 90s up, 90s down", "6 x 90s uphill / 90s jog"),
            ("6 x 3 min uphill, 3 min downhill", "6 x 3 min uphill / 180s jog"),
            ("1 min on, 1 min off, 20 min total", "alternate 60s hard / 60s easy for 1200s"),
            ("6 x 1km, total 10km", "10km total: 6 x 1km"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in
            ["5 min walk, 3 x 10 min tempo", "2 miles up, 4 x 800 @ 5k, 2 miles down", "8 miles total"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
