//! Parts of a run that are counted: `negative split 40 min: first 20 easy second 20 steady`, `10 miles, first half easy, second
//! half at MP`; and hills in brackets: `3 x (30s, 60s, 90s) hills jog back`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{FoundLength, take_length};

/// Words that begin a part.
const PARTS: [&str; 7] = ["first", "second", "third", "last", "final", "next", "middle"];
/// Words around the total.
const TITLES: [&str; 7] =
    ["negative split", "progression", "progressive", "run", "run of", "split run", "total"];
/// Names of hills.
const HILLS: [&str; 6] = ["hill repeats", "hill reps", "hills", "uphill", "up hill", "hill"];
/// The incline of a hill that says none.
const HILL: &str = "incline 6%";
const STEEPEST: f64 = 40.0;

/// `negative split 40 min: first 20 easy second 20 steady`: parts that add up to the whole.
pub(super) fn parts_of_run(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    while TITLES.iter().any(|word| scan.take(word)) {}
    let total = take_length(&mut scan)?;
    while TITLES.iter().any(|word| scan.take(word)) {}
    let _ = scan.eat(&[':', ',', '(', '-', '–', ';']);
    // `last 3 at MP, first 7 easy` is not in the order in which it is run.
    let lower = scan.rest().to_lowercase();
    let last = ["last", "final"].iter().filter_map(|word| lower.find(word)).min();
    if last.zip(lower.rfind("first")).is_some_and(|(last, first)| last < first) {
        return None;
    }
    let mut parts = Vec::new();
    let mut sum = 0.0;
    while !scan.is_done() {
        let _ = scan.eat(&[',', ';']);
        let _ = scan.take("and") || scan.take("then");
        let _ = scan.take("the");
        PARTS.iter().any(|word| scan.take(word)).then_some(())?;
        let length = part_length(&mut scan, &total)?;
        let rest = scan.rest();
        let end = PARTS.iter().filter_map(|word| rest.find(&format!(" {word} "))).min().unwrap_or(rest.len());
        let effort = rest.get(..end)?.trim_matches([' ', ',', ';', ')', '.']);
        let effort =
            effort.strip_suffix(" and the").or_else(|| effort.strip_suffix(" the")).unwrap_or(effort);
        let effort = effort.strip_suffix(" and").or_else(|| effort.strip_suffix(" then")).unwrap_or(effort);
        let effort = effort.trim_matches([' ', ',', ';']);
        if effort.is_empty() || effort.contains([',', '(', 'x']) {
            return None;
        }
        sum += length.0;
        parts.push(format!("{} {effort}", length.1));
        scan.at += end;
    }
    let is_whole = (sum - total.value).abs() < 0.01 * total.value;
    (parts.len() > 1 && is_whole).then(|| CommonForm { text: parts.join(", "), notes: Vec::new() })
}

/// `10k progression, 5k easy, 3k steady, 2k hard`: the run is made of the parts that add up to it.
pub(super) fn parts_of_progression(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let total = take_length(&mut scan)?;
    let (has_title, _) = (scan.take("progression") || scan.take("progressive"), scan.take("run"));
    has_title.then_some(())?;
    scan.eat(&[',', '-', '–', ';'])?;
    let list = scan.rest().trim();
    let part = |part: &str| {
        let length = take_length(&mut TextScanner { text: part.trim(), at: 0 })?;
        (length.is_time == total.is_time).then_some(length.value)
    };
    let parts: Vec<f64> = list.split(", ").map(part).collect::<Option<_>>()?;
    let is_whole = (parts.iter().sum::<f64>() - total.value).abs() < 0.01 * total.value;
    (parts.len() > 1 && is_whole).then(|| CommonForm { text: list.to_string(), notes: Vec::new() })
}

/// Takes `20`, `20 min` or `half`: its size and how it is written.
fn part_length(scan: &mut TextScanner<'_>, total: &FoundLength) -> Option<(f64, String)> {
    if scan.take("half") {
        return Some((total.value / 2.0, divided(total, 2.0)));
    }
    if scan.take("third") {
        return Some((total.value / 3.0, divided(total, 3.0)));
    }
    let before = scan.clone();
    if let Some(length) = take_length(scan).filter(|length| length.is_time == total.is_time) {
        return Some((length.value, length.text));
    }
    *scan = before;
    let number = scan.number()?;
    let (each, unit) = match total.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "s" => (60.0, "min"),
        "km" => (1000.0, "km"),
        "mi" => (1609.344, "mi"),
        _ => return None,
    };
    Some((number * each, format!("{number}{unit}")))
}

fn divided(total: &FoundLength, by: f64) -> String {
    let unit = total.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    format!("{}{unit}", total.number / by)
}

/// `3 x (30s, 60s, 90s) hills jog back`: each of them is a hill, and the way back stands after each.
pub(super) fn hills_in_brackets(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (1.0..=20.0).contains(n))?;
    scan.eat(&['x', 'X', '×'])?;
    let named = HILLS.iter().any(|word| scan.take(word));
    scan.eat(&['('])?;
    let mut hills = Vec::new();
    loop {
        hills.push(take_length(&mut scan)?.text);
        if scan.eat(&[',', '/', '-']).is_none() {
            break;
        }
    }
    scan.eat(&[')'])?;
    let _ = scan.take("of");
    let named = HILLS.iter().any(|word| scan.take(word)) || named;
    let incline = match scan.eat(&['@']) {
        Some(_) => {
            let percent = scan.number().filter(|percent| *percent <= STEEPEST)?;
            scan.eat(&['%'])?;
            format!("incline {percent}%")
        }
        None => HILL.to_string(),
    };
    let _ = scan.eat(&[',', ';', '/']);
    let _ = scan.take("w/") || scan.take("with");
    let verb = ["jog", "walk"].iter().find(|verb| scan.take(verb))?;
    let _ = scan.take("back") || scan.take("down");
    let _ = scan.take("down") || scan.take("recovery") || scan.take("recoveries");
    let steps: Vec<String> = hills.iter().map(|hill| format!("{hill} hard {incline}, open {verb}")).collect();
    let note = "Each length is taken as a hill, with the way back after it.".to_string();
    (named && scan.is_done() && hills.len() > 1)
        .then(|| CommonForm { text: format!("{count}×({})", steps.join(", ")), notes: vec![note] })
}

/// `hill repeats 6% 2 min @ 9 km/h, 2 min flat @ 9 km/h x5`: up and flat in turn.
pub(super) fn up_and_flat(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let count: u32 = trimmed.get(digits.len()..)?.parse().ok().filter(|count| (2..=40).contains(count))?;
    let body = digits.trim_end().strip_suffix(['x', 'X', '×'])?.trim_end();
    let mut scan = TextScanner { text: body, at: 0 };
    HILLS.iter().any(|word| scan.take(word)).then_some(())?;
    let _ = scan.take("at") || scan.eat(&['@', ':']).is_some();
    let percent = scan.number().filter(|percent| *percent <= STEEPEST)?;
    scan.eat(&['%'])?;
    let _ = scan.eat(&[':', ',']);
    let (up, flat) = [", ", " / ", " then "].iter().find_map(|joint| scan.rest().split_once(joint))?;
    let mut tokens = TextTokens::of(flat);
    let at = tokens.find("flat")?;
    tokens.replace(at..at + 1, "");
    let flat = tokens.text().replace("  ", " ");
    Some(CommonForm {
        text: format!("{count} x ({} incline {percent}%, {} incline 0%)", up.trim(), flat.trim()),
        notes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_their_order() {
        let forms = [parts_of_run, hills_in_brackets, up_and_flat];
        for (text, written) in [
            ("negative split 40 min: first 20 easy second 20 steady", "20min easy, 20min steady"),
            ("10 miles, first half easy, second half at MP", "5mi easy, 5mi at MP"),
            ("3 x (30s, 60s) hills jog back", {
                "3×(30s hard incline 6%, open jog, 60s hard incline 6%, open jog)"
            }),
            ("hill repeats 6% 2 min @ 9 km/h, 2 min flat @ 9 km/h x5", {
                "5 x (2 min @ 9 km/h incline 6%, 2 min @ 9 km/h incline 0%)"
            }),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in
            ["40 min: first 10 easy, last 10 hard", "3 x (30s, 60s) jog back", "10 miles, last 3 at MP"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
