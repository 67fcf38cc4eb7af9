//! Two paces in turn for a distance: `20k of 1k at 103% MP, 1k at 90% MP`, `alternating 1k @ MP / 1k @ HMP x 5`,
//! `8 miles alternating miles MP and easy`, `run 30s walk 30s for 5k`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{FoundLength, take_length, take_pace};

/// Words that say that two pieces follow one another in turn.
const IN_TURN: [&str; 6] = ["alternating", "alternate", "alternately", "in turn", "repeated", "on repeat"];

/// `20k of 1k at 103% MP, 1k at 90% MP`, `10km: 1k @ 4:00, 1k @ 4:30 alternating`.
pub(super) fn legs_of_a_total(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let total = take_length(&mut scan)?;
    let _ = scan.take("run");
    let is_of = scan.take("of");
    let is_told = is_of || scan.eat(&[':', '-', '–', ',']).is_some();
    let first_word = IN_TURN.iter().any(|word| scan.take(word));
    let mut body = scan.rest().trim().trim_end_matches('.');
    let last_word = IN_TURN.iter().find(|word| body.to_ascii_lowercase().ends_with(**word));
    body = last_word
        .map_or(body, |word| body.get(..body.len() - word.len()).unwrap_or(body))
        .trim_end_matches([' ', ',']);
    if !(is_of || first_word || (is_told && last_word.is_some())) {
        return None;
    }
    let (first, second) =
        [", ", " / ", " and ", " + ", " then "].iter().find_map(|joint| body.split_once(joint))?;
    let (first, second) = (leg(first)?, leg(second)?);
    let is_alike = [&first.0, &second.0].iter().all(|leg| leg.is_time == total.is_time);
    let rounds = total.value / (first.0.value + second.0.value);
    (is_alike && rounds >= 1.5).then(|| CommonForm {
        text: format!(
            "alternate {}{} / {}{} for {}",
            first.0.text, first.1, second.0.text, second.1, total.text
        ),
        notes: vec!["The two pieces are taken in turn until the whole is done.".to_string()],
    })
}

/// `8 miles alternating miles MP and easy`, `10k alternate km at 4:00 and 4:30`: each mile or kilometre in turn.
pub(super) fn each_mile_in_turn(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let total = take_length(&mut scan).filter(|total| !total.is_time)?;
    let _ = scan.eat(&[',', ':', '-']);
    (scan.take("alternating") || scan.take("alternate")).then_some(())?;
    let unit = if ["miles", "mile"].iter().any(|word| scan.take(word)) {
        "mi"
    } else if ["kilometres", "kilometers", "kms", "km", "k's", "ks"].iter().any(|word| scan.take(word)) {
        "km"
    } else {
        return None;
    };
    let _ = scan.take("at") || scan.take("between") || scan.eat(&['@', ':']).is_some();
    let first = pace(&mut scan, unit)?;
    let _ = scan.take("pace");
    let _ = scan.eat(&['/', ',', '-']).is_some() || scan.take("and");
    let _ = scan.take("at") || scan.eat(&['@']).is_some();
    let second = pace(&mut scan, unit)?;
    let _ = scan.take("pace");
    (scan.is_done() && total.text.ends_with(unit)).then(|| CommonForm {
        text: format!("alternate 1{unit} {first} / 1{unit} {second} for {}", total.text),
        notes: Vec::new(),
    })
}

/// Takes a pace; a clock is for each `unit`.
fn pace(scan: &mut TextScanner<'_>, unit: &str) -> Option<String> {
    let found = take_pace(scan)?;
    let is_clock = found.chars().all(|c| c.is_ascii_digit() || c == ':');
    Some(if is_clock { format!("{found}/{unit}") } else { found })
}

/// `alternating 1k @ MP / 1k @ HMP x 5`: both of them, so often.
pub(super) fn counted_turns(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    (scan.take("alternating") || scan.take("alternate")).then_some(())?;
    let body = scan.rest().trim().trim_end_matches('.');
    let (pair, count) = body.rsplit_once(['x', 'X', '×'])?;
    let count: u32 = count.trim().trim_end_matches(" times").parse().ok().filter(|n| (2..=60).contains(n))?;
    let pair = pair.trim().trim_start_matches('(').trim_end_matches([')', ',', ' ']);
    let (first, second) = [" / ", ", ", " and ", "/"].iter().find_map(|joint| pair.split_once(joint))?;
    let (first, second) = (leg(first)?, leg(second)?);
    let is_told = !first.1.is_empty() && !second.1.is_empty();
    is_told.then(|| CommonForm {
        text: format!("{count} x ({}{}, {}{})", first.0.text, first.1, second.0.text, second.1),
        notes: Vec::new(),
    })
}

/// Reads `1k at 103% MP`: a length, and its target with a space before it.
fn leg(text: &str) -> Option<(FoundLength, String)> {
    let mut scan = TextScanner { text: text.trim(), at: 0 };
    let length = take_length(&mut scan)?;
    let rest = scan.rest().trim();
    let is_plain = !rest.contains([',', '/', '(', ';', '\n'])
        || rest.contains("/km")
        || rest.contains("/mi")
        || rest.contains("km/h");
    let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
    is_plain.then_some((length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_paces_in_turn() {
        let forms = [legs_of_a_total, each_mile_in_turn, counted_turns];
        for (text, written) in [
            ("20k of 1k at 103% MP, 1k at 90% MP", "alternate 1km at 103% MP / 1km at 90% MP for 20km"),
            ("10km: 1k @ 4:00, 1k @ 4:30 alternating", "alternate 1km @ 4:00 / 1km @ 4:30 for 10km"),
            ("8 miles alternating miles MP and easy", "alternate 1mi MP / 1mi easy for 8mi"),
            ("alternating 1k @ MP / 1k @ HMP x 5", "5 x (1km @ MP, 1km @ HMP)"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in ["10km: 5k easy, 5k tempo", "20 min of 1/1", "8 miles, 4 at MP", "alternating 1 min x 5"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
