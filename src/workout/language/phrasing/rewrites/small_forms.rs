//! Short turns of phrase at the edges of a session: `…, all at 9 km/h`, `fast finish`, `parkrun`, `half marathon at 5:15`,
//! `1h zone 2, HR under 145`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{lengths_in, take_length};

/// What says that a pace is that of all reps.
const ALL_AT: [&str; 8] = [
    ", all reps at ",
    ", all at ",
    ", all @ ",
    ", all runs at ",
    ", all in ",
    ", each at ",
    ". all at ",
    ", run all at ",
];
/// The lengths of the two long races, in kilometres.
const RACES: [(&str, &str); 6] = [
    ("half marathon", "21.1km"),
    ("half-marathon", "21.1km"),
    ("halfmarathon", "21.1km"),
    ("full marathon", "42.2km"),
    ("marathon", "42.2km"),
    ("hm", "21.1km"),
];
/// The weekly race of five kilometres.
const PARKRUN: &str = "parkrun";
/// A pace that is one for each kilometre, and one that is for each mile, whoever runs it: seconds.
const SURE_OF_KM: f64 = 360.0;
/// The fastest pace for each kilometre, in seconds: less is the time of a whole race in hours and minutes.
const FASTEST_PACE: f64 = 150.0;
/// The slowest times of the two races, in minutes: `3:30` may be that of a marathon as well as its pace.
const SLOWEST_HALF: f64 = 210.0;
const SLOWEST_MARATHON: f64 = 420.0;

/// `4x5min, 1 min walk, all at 9 km/h`: the pace of every rep.
pub(super) fn pace_of_all(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, phrase) = ALL_AT.iter().find_map(|phrase| Some((lower.find(phrase)?, *phrase)))?;
    let rest = text.get(at + phrase.len()..)?;
    let end = rest.find(", ").unwrap_or(rest.len());
    let (pace, tail) = rest.split_at(end);
    let head = text.get(..at)?;
    let times = head.find(['x', 'X', '×'])?;
    // One set of reps: of two, both could have the pace.
    let is_one = !head.get(times + 1..)?.contains(['x', 'X', '×', '(', '@']);
    let mut scan = TextScanner { text: head, at: times };
    scan.eat(&['x', 'X', '×'])?;
    take_length(&mut scan)?;
    let after = scan.rest().trim_start();
    let is_bare = after.is_empty()
        || after.starts_with([',', '/'])
        || after.starts_with("w/")
        || after.starts_with("with ");
    if !is_one || !is_bare || !pace.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let joint = if phrase.ends_with("in ") { "in" } else { "@" };
    let text = format!("{} {joint} {}{}{tail}", head.get(..scan.at)?.trim_end(), pace.trim(), scan.rest());
    Some(CommonForm { text, notes: vec![format!("`{}` is taken as the pace of every rep.", pace.trim())] })
}

/// `16 miles w/ fast finish last 3 miles @ MP`, `10 mi fast finish (last 2 mi @ HMP)`: the end of the run.
pub(super) fn fast_finish(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, phrase) = ["fast finish run", "fast finish", "strong finish", "fast-finish"]
        .iter()
        .find_map(|phrase| Some((lower.find(phrase)?, *phrase)))?;
    let head = text.get(..at)?.trim_end();
    let head = ["with a", "w/ a", "with", "w/", ",", "-", "–"]
        .iter()
        .find_map(|joint| head.strip_suffix(joint))
        .unwrap_or(head)
        .trim_end();
    let tail = text.get(at + phrase.len()..)?.trim_start_matches([' ', ',', ':', '(', '-', '–']);
    let tail = tail.trim_end_matches([')', '.', ' ']);
    let tail =
        tail.strip_prefix("long run").unwrap_or(tail).trim_start_matches([' ', ',', ':', '(', '-', '–']);
    let (whole, part) = if head.is_empty() {
        // `fast finish long run: 16 miles, last 4 @ HMP`
        let split = tail.find(['(', ','])?;
        (tail.get(..split)?.trim(), tail.get(split + 1..)?.trim())
    } else {
        (head, tail)
    };
    let mut scan = TextScanner { text: part, at: 0 };
    for word in ["over", "for", "in", "of", "the"] {
        let _ = scan.take(word);
    }
    let is_last = scan.take("last") || scan.take("final");
    let mark = scan.clone();
    let has_length = take_length(&mut scan).is_some() || scan.number().is_some();
    let paced = scan.rest().trim();
    // How fast a fast finish is, nobody knows: from marathon pace to that of a mile.
    let is_paced = paced.starts_with('@') || paced.starts_with("at ");
    if !(has_length && is_last && is_paced) || whole.contains([',', 'x', '(']) {
        return None;
    }
    let written = format!("{whole} with last {}", mark.rest().trim());
    Some(CommonForm { text: written, notes: Vec::new() })
}

/// `10k easy, fast finish`: without its length, the finish is short.
pub(super) fn finish_without_length(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches([' ', '.']);
    let lower = trimmed.to_ascii_lowercase();
    let phrase =
        ["with a fast finish", "w/ fast finish", "with fast finish", "w/ a fast finish", "fast finish"]
            .iter()
            .find(|phrase| lower.ends_with(**phrase))?;
    let run = trimmed.get(..trimmed.len() - phrase.len())?.trim_end_matches([' ', ',', '+', ';']);
    let mut scan = TextScanner { text: run, at: 0 };
    let length = take_length(&mut scan)?;
    let rest = scan.rest().trim();
    let is_easy = ["easy", "run", "easy run", "long run", "steady"].contains(&rest);
    let finish = match length.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "km" if length.number >= 5.0 => "2 km",
        "mi" if length.number >= 3.0 => "1 mile",
        "s" if length.number >= 1200.0 => "5 min",
        _ => return None,
    };
    let effort = if rest == "steady" { "steady" } else { "easy" };
    is_easy.then(|| CommonForm {
        text: format!("{} {effort} with last {finish} fast", length.text),
        notes: vec![format!("How long the fast finish is, is not written: the last {finish} are assumed.")],
    })
}

/// `parkrun`, `2k easy, parkrun, 2k easy`: five kilometres as fast as in a race.
pub(super) fn parkrun(text: &str) -> Option<CommonForm> {
    let pieces: Vec<&str> = text.split([',', '+', '\n']).map(str::trim).collect();
    let mut found = 0;
    let written: Vec<String> = pieces
        .iter()
        .map(|piece| {
            let lower = piece.to_ascii_lowercase();
            let lower = lower.strip_prefix("then ").unwrap_or(&lower);
            let effort = lower.strip_prefix(PARKRUN).map(str::trim);
            match effort.map(|effort| {
                ["as a ", "as ", "at "].iter().find_map(|w| effort.strip_prefix(w)).unwrap_or(effort)
            }) {
                Some("" | "race" | "hard" | "flat out" | "all out" | "pb attempt" | "tt") => {
                    found += 1;
                    "5km 5K".to_string()
                }
                Some(effort @ ("easy" | "steady" | "tempo")) => {
                    found += 1;
                    format!("5km {effort}")
                }
                Some(pace) if pace.starts_with(['@']) => {
                    found += 1;
                    format!("5km {pace}")
                }
                _ => (*piece).to_string(),
            }
        })
        .collect();
    let note = "A parkrun is taken as 5 km; where nothing says how hard, at 5K pace.".to_string();
    (found == 1).then(|| CommonForm { text: written.join(", "), notes: vec![note] })
}

/// `half marathon at 5:15 pace`, `marathon easy`: a run of that length.
pub(super) fn race_as_length(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let _ = scan.take("run") && scan.take("a");
    let length = scan.longest(&RACES)?;
    let _ = scan.take("distance");
    let is_at = scan.eat(&['@']).is_some() || scan.take("at");
    let is_in = !is_at && scan.take("in");
    let before = scan.clone();
    let written = if let Some(clock) = scan.clock() {
        let hours = clock_of_race(&before, clock, &mut scan);
        if let Some(minutes) = hours.filter(|_| is_at || is_in) {
            format!("{length} in {minutes}min")
        } else if is_at && scan.rest().starts_with("/k") || scan.rest().starts_with("/m") {
            format!("{length} {}", before.rest().trim())
        } else if is_at && (FASTEST_PACE..SURE_OF_KM).contains(&clock) {
            // As hours and minutes, a clock has as many minutes as it has seconds as a pace.
            let slowest = if length == "42.2km" { SLOWEST_MARATHON } else { SLOWEST_HALF };
            if !scan.take("pace") && clock <= slowest {
                return None;
            }
            let rest = scan.rest().trim();
            let pace = before.rest().trim().get(..4)?;
            format!("{length} {pace}/km {rest}")
        } else {
            return None;
        }
    } else {
        let rest = scan.rest().trim();
        let is_effort =
            ["easy", "steady", "HMP", "hmp", "MP", "mp", "hm pace", "half marathon pace", "marathon pace"];
        is_effort.contains(&rest).then(|| format!("{length} {rest}"))?
    };
    Some(CommonForm {
        text: written.trim().to_string(),
        notes: vec![format!("The race is taken as {length}.")],
    })
}

/// `2:00 hours`, `1:45:00`: the time of the whole race in minutes. `1:45` of a half is one, too.
fn clock_of_race(before: &TextScanner<'_>, clock: f64, scan: &mut TextScanner<'_>) -> Option<f64> {
    let written = before.rest().trim_start();
    let digits = written.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(written.len());
    let is_long = written.get(..digits)?.matches(':').count() == 2;
    let is_hours = ["hours", "hrs", "h"].iter().any(|word| scan.take(word));
    // `half marathon at 1:45 pace` is that of the whole race.
    if clock < FASTEST_PACE {
        let _ = scan.take("pace");
    }
    let ends = scan.rest().trim().is_empty();
    match (is_long, ends) {
        (true, true) => Some(clock / 60.0),
        // Hours and minutes: nobody runs a race in two minutes.
        (false, true) if is_hours || clock < FASTEST_PACE => Some(clock),
        _ => None,
    }
}

/// `1h zone 2, HR under 145`, `45 min Z2, HR 130-145`: the numbers say more than the zone.
pub(super) fn zone_and_rate(text: &str) -> Option<CommonForm> {
    let (head, rate) = text.split_once([',', ';', '(']).or_else(|| text.split_once(" - "))?;
    let mut tokens = TextTokens::of(head);
    let zone = (0..tokens.len()).find(|at| {
        let named = tokens.is_word(*at, "zone") || tokens.is_word(*at, "z");
        named && tokens.word_after(*at).is_some_and(|next| tokens.number(next).is_some_and(|n| n <= 5.0))
    })?;
    let number = tokens.word_after(zone)?;
    let written = tokens.slice(zone..number + 1);
    let lead = tokens.word_before(zone).filter(|at| ["in", "at", "@"].contains(&tokens.get(*at)));
    tokens.replace(lead.unwrap_or(zone)..number + 1, "");
    let mut rate = rate.trim().trim_end_matches([')', '.']);
    for word in ["keep ", "keeping ", "with ", "my "] {
        rate = rate.strip_prefix(word).unwrap_or(rate);
    }
    let lower = rate.to_lowercase();
    let name = ["heart rate", "hr", "pulse", "bpm"].iter().find(|name| lower.starts_with(**name));
    let bare = rate.get(name.map_or(0, |name| name.len())..)?.trim_start_matches([' ', ':']);
    let limit = ["under ", "below ", "< ", "<", "max ", "up to ", "no higher than "]
        .iter()
        .find_map(|word| bare.strip_prefix(word));
    let digits = limit.unwrap_or(bare).trim().trim_end_matches("bpm").trim();
    let is_beats = |text: &str| text.parse().is_ok_and(|beats: u32| (90..=210).contains(&beats));
    let is_rate = match digits.split_once(['-', '–']) {
        Some((low, high)) => limit.is_none() && is_beats(low.trim()) && is_beats(high.trim()),
        None => limit.is_some() && is_beats(digits),
    };
    (is_rate && lengths_in(head).len() == 1 && (name.is_some() || limit.is_some())).then(|| {
        let range = if limit.is_some() { format!("30-{digits}bpm") } else { format!("{digits}bpm") };
        let note = format!("The beats are taken instead of `{}`.", written.trim());
        CommonForm { text: format!("{} {range}", tokens.text().trim()), notes: vec![note] }
    })
}

/// `75 min easy, HR under 145`, `10 km easy, keep HR below 150`: a limit beside the effort.
pub(super) fn rate_under(text: &str) -> Option<CommonForm> {
    let (head, rate) = text.rsplit_once([',', ';', '(']).or_else(|| text.rsplit_once(" - "))?;
    let lower = rate.trim().trim_end_matches([')', '.']).to_ascii_lowercase();
    let mut rest = lower.as_str();
    for word in ["keep ", "keeping ", "with ", "my ", "heart rate ", "hr ", "pulse ", "capped at ", "cap "] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
    }
    let is_named = rest.len() < lower.len();
    let limit = ["under", "below", "<", "max", "up to", "no higher than", "at most"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .or_else(|| lower.contains("cap").then_some(rest))?;
    let beats: u32 = limit.trim().trim_end_matches("bpm").trim().parse().ok()?;
    let is_step = lengths_in(head).len() == 1 && !head.contains(['x', '×', '(', ',', ':', '%']);
    // A zone has beats of its own.
    let is_zone = head.to_ascii_lowercase().split(' ').any(|word| word.starts_with('z'));
    (is_step && !is_zone && is_named && (90..=210).contains(&beats))
        .then(|| CommonForm { text: format!("{} 30-{beats}bpm", head.trim()), notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_written_out() {
        let forms = [pace_of_all, fast_finish, parkrun, race_as_length, zone_and_rate, rate_under];
        for (text, written) in [
            ("4x5min, 1 min walk, all at 9 km/h", "4x5min @ 9 km/h, 1 min walk"),
            ("16 miles w/ fast finish last 3 miles @ MP", "16 miles with last 3 miles @ MP"),
            ("10 mi fast finish (last 2 mi @ HMP)", "10 mi with last 2 mi @ HMP"),
            ("2k easy, parkrun, 2k easy", "2k easy, 5km 5K, 2k easy"),
            ("half marathon at 5:15 pace", "21.1km 5:15/km"),
            ("half marathon at 2:00 hours", "21.1km in 120min"),
            ("marathon at 5:40/km", "42.2km 5:40/km"),
            ("half marathon at 1:45 pace", "21.1km in 105min"),
            ("1h zone 2, HR under 145", "1h 30-145bpm"),
            ("45 min z2, HR 130-145", "45 min 130-145bpm"),
            ("75 min easy, HR under 145", "75 min easy 30-145bpm"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in
            ["half marathon at 8:00 pace", "10x1 min on 1 min off, all at 15 km/h", "1h zone 2, 6x400m"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
