//! Lists of paces and of bare lengths: `5x1km 4:10 4:05 4:00`, `1-2-3-2-1`.

use super::repair::{TextPieceKind, bare_paces, is_known, split};
use super::slip::{Advice, Slip};
use super::words::{clock_seconds, leading_count, trailing_count};
use crate::workout::language::lexicon;

/// The most figures of a list.
const MOST_FIGURES: usize = 20;

/// `5x1km 4:10 4:05 4:00 3:55 3:50 / 90s jog`: a pace or a time for each rep.
pub(super) fn paces(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let (_, body) = leading_count(text)?;
    let end = body.find(|c: char| c.is_whitespace() || "(@,".contains(c))?;
    let (length, rest) = body.split_at_checked(end)?;
    let (list, recovery) =
        rest.split_once('/').map_or((rest, None), |(list, rest)| (list, Some(rest.trim())));
    let clocks: Vec<&str> = list
        .split(|c: char| c.is_whitespace() || "(),;@-–".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let are_clocks = clocks
        .iter()
        .all(|clock| clock.contains(':') && clock.chars().all(|c| c.is_ascii_digit() || c == ':'));
    if !(2..=MOST_FIGURES).contains(&clocks.len()) || !are_clocks {
        return None;
    }
    let in_miles = length.ends_with("mi") || length.ends_with("mile") || length.ends_with('M');
    let unit = if in_miles { "mi" } else { "km" };
    let is_short = length
        .strip_suffix('m')
        .and_then(|metres| metres.parse::<f64>().ok())
        .is_some_and(|metres| metres < 1000.0);
    let of = |clock: &&str| {
        if is_short { format!("{length} in {clock}") } else { format!("{length} {clock}/{unit}") }
    };
    let steps: Vec<String> = clocks.iter().map(of).collect();
    let steps = steps.join(", ");
    let line = recovery.map_or_else(|| steps.clone(), |recovery| format!("({steps}) / {recovery}"));
    Some(Advice::new("a step for each rep", vec![slip.widened().rewrite(line).computed()]))
}

/// `400m (90s), 800m (3:10)`: the time of each distance.
pub(super) fn times(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let pieces: Vec<(&str, &str)> = text
        .split("),")
        .map(|piece| {
            let (length, clock) = piece.trim().trim_end_matches(')').split_once('(')?;
            let (length, clock) = (length.trim(), clock.trim());
            is_runnable(length, clock).then_some((length, clock))
        })
        .collect::<Option<_>>()?;
    if pieces.len() < 2 || !text.ends_with(')') {
        return None;
    }
    let all = |join: &str, target: &str| {
        let steps: Vec<String> =
            pieces.iter().map(|(length, clock)| format!("{length}{join}{clock}{target}")).collect();
        slip.widened().rewrite(steps.join(", ")).computed()
    };
    let candidates = vec![
        all(" in ", "").noted("for their times"),
        all(" hard, ", " rest").noted("for a rest after each"),
    ];
    Some(Advice::new("", candidates).with_totals())
}

/// True if a runner covers `length` in `clock`: at 8 to 26 km/h.
fn is_runnable(length: &str, clock: &str) -> bool {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: Option<f64> = length.trim_end_matches(unit).parse().ok();
    let metres = match unit.trim() {
        "m" => 1.0,
        "km" | "k" | "K" => 1000.0,
        "mi" | "mile" | "miles" => 1609.344,
        _ => return false,
    };
    let seconds = clock_seconds(clock).map(|seconds| seconds as f64);
    let seconds = seconds.or_else(|| clock.trim_end_matches(['s', '"', '″']).parse().ok());
    number
        .zip(seconds)
        .is_some_and(|(number, seconds)| (8.0..26.0).contains(&(number * metres / seconds.max(1.0) * 3.6)))
}

/// `30 min @ 9 min pace`, `5 miles at 9 minute miles`: the minutes of a mile or a kilometre.
pub(super) fn spoken_pace(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| ["@", "at"].contains(word)).filter(|at| *at > 0)?;
    let number = words.get(at + 1)?;
    let number = number.trim_end_matches("min").trim_end_matches('-');
    let mut rest = words.get(at + 2..)?;
    if let [unit, behind @ ..] = rest
        && ["min", "mins", "minute", "minutes"].contains(unit)
    {
        rest = behind;
    }
    let [unit, behind @ ..] = rest else { return None };
    let unit = unit.trim_end_matches(',');
    let clock = if number.contains(':') { number.to_string() } else { format!("{number}:00") };
    let seconds = clock_seconds(&clock).filter(|seconds| (120..=1200).contains(seconds))?;
    let units: &[&str] = match unit {
        "pace" | "pacing" if seconds >= 420 => &["mi", "km"],
        "pace" | "pacing" => &["km", "mi"],
        "miles" | "mile" | "/mi" | "mi" => &["mi"],
        "km" | "k" | "/km" | "kms" | "kilometres" => &["km"],
        _ => return None,
    };
    // `at 5K pace` has a pace.
    let is_spoken = text.contains(" min") || words.get(at + 1)?.contains("min");
    is_spoken.then(|| {
        let head = words.get(..at).unwrap_or_default().join(" ");
        let behind = behind.join(" ");
        let of = |unit: &&str| slip.rewrite(format!("{head} {clock}/{unit} {behind}").trim_end()).computed();
        Advice::new("a pace has a colon and a unit", units.iter().map(of).collect())
    })
}

/// `6 miles @ 7:45-8`: the second end without its seconds.
pub(super) fn half_range(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (head, range) = text.rsplit_once(['@', ' '])?;
    let (low, high) = range.split_once(['-', '–'])?;
    let head = head.trim_end().trim_end_matches(" at").trim_end_matches('@').trim_end();
    let high = if high.contains(':') { high.to_string() } else { format!("{high}:00") };
    let low = if low.contains(':') { low.to_string() } else { format!("{low}:00") };
    let (first, second) = (clock_seconds(&low)?, clock_seconds(&high)?);
    let is_pace = first < second && (150..=1200).contains(&first) && second - first <= 120;
    let has_length =
        head.starts_with(|c: char| c.is_ascii_digit()) && (text.contains('@') || text.contains(" at "));
    (is_pace && has_length && range.contains(':')).then(|| {
        let in_miles = ["mi", "mile", "miles", "M"].iter().any(|unit| head.ends_with(unit));
        let of = |unit: &str| slip.rewrite(format!("{head} {low}-{high}/{unit}")).computed();
        let units = if in_miles { ["mi", "km"] } else { ["km", "mi"] };
        Advice::new("a pace has a colon and a unit", units.into_iter().map(of).collect())
    })
}

/// `1,2,3,2,1`, `pyramid 1-2-3-2-1`, `400/600/800`, `3-2-1 x 3`: lengths without a unit.
pub(super) fn ladder(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let (count, text) = counted_list(text);
    let list = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let name = text.get(..text.len() - list.len())?.trim().trim_end_matches(':').to_lowercase();
    let digits = list.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let behind = list.get(digits.len()..)?.trim().to_lowercase();
    let is_name = |name: &str| {
        ["", "pyramid", "ladder", "a ladder", "a pyramid", "fartlek", "pyramide", "fartlek run"]
            .contains(&name)
    };
    if !is_name(&name) || !is_name(&behind) {
        return None;
    }
    let figures: Vec<f64> = digits
        .split([',', '-', '/', '–', ' '])
        .filter(|figure| !figure.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    if !(3..=MOST_FIGURES).contains(&figures.len()) {
        return None;
    }
    let unit = if figures.iter().all(|figure| (1.0..=15.0).contains(figure)) {
        "min"
    } else if figures.iter().all(|figure| (100.0..=5000.0).contains(figure)) {
        "m"
    } else if figures.iter().all(|figure| (15.0..=180.0).contains(figure)) {
        "s"
    } else {
        return None;
    };
    let steps: Vec<String> = figures.iter().map(|figure| format!("{figure}{unit} hard")).collect();
    let recovery = if unit == "m" { "90s jog" } else { "60s jog" };
    let line = format!("({}) / {recovery}", steps.join(", "));
    let line = count.map_or_else(|| line.clone(), |count| format!("{count}×({line}) / {recovery}"));
    Some(Advice::new("a ladder stands in brackets", vec![slip.widened().rewrite(line).computed()]))
}

/// Splits `3-2-1 x 3` and `3x(3-2-1)` into the count and the list.
fn counted_list(text: &str) -> (Option<String>, &str) {
    if let Some((list, count)) = trailing_count(text) {
        return (Some(count.to_string()), list.trim_matches(['(', ')', ' ']));
    }
    match leading_count(text) {
        Some((count, list)) if !count.contains(['-', '–']) => {
            (Some(count.to_string()), list.trim_matches(['(', ')', ' ']))
        }
        _ => (None, text),
    }
}

/// `5min from 50 to 75% FTP`, `10min 50% - 75% threshold`: a ramp between two percentages.
pub(super) fn ramp(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let (head, rest) = text.split_once(" from ").or_else(|| text.split_once(" ramp "))?;
    let (low, high) = rest.split_once(" to ").or_else(|| rest.split_once('-'))?;
    let (high, base) = high.split_once('%')?;
    let base = base.trim().trim_start_matches("of ").trim();
    let base = match base.to_lowercase().as_str() {
        "" | "ftp" | "rftp" | "pace" | "threshold pace" => "threshold",
        _ => base,
    };
    let (low, high) = (low.trim().trim_end_matches('%'), high.trim());
    let are_numbers = [low, high].iter().all(|number| number.parse::<f64>().is_ok());
    are_numbers.then(|| {
        let line = format!("{head} {low}% {base} -> {high}% {base}");
        Advice::new(
            "an arrow stands between the ends of a ramp",
            vec![slip.widened().rewrite(line).computed()],
        )
    })
}

/// `5km @ 4.15`, `5mi at 8`: a pace without its colon or its unit.
pub(super) fn bare_pace(slip: &Slip<'_>) -> Option<Advice> {
    let pieces = split(slip.text);
    let is_last = |at: usize| {
        pieces
            .get(at + 1)
            .is_none_or(|next| next.kind != TextPieceKind::Word || is_known(&next.text.to_lowercase()))
    };
    let at = (1..pieces.len()).find(|at| is_last(*at) && !bare_paces(&pieces, *at).is_empty())?;
    let of = |pace: &str| {
        let mut line = String::new();
        for (i, piece) in pieces.iter().enumerate() {
            line += if piece.is_spaced { " " } else { "" };
            line += if i == at { pace } else { &piece.text };
        }
        slip.widened().rewrite(line).computed()
    };
    let candidates = bare_paces(&pieces, at).iter().map(|(_, pace)| of(pace)).collect();
    Some(Advice::new("a pace has a colon and a unit", candidates))
}

/// `easy 20 min tempo 20 min easy 10 min`: each effort in front of its length.
pub(super) fn efforts_in_front(slip: &Slip<'_>) -> Option<Advice> {
    let pieces = split(slip.text);
    let mut steps: Vec<String> = Vec::new();
    let mut rest = pieces.as_slice();
    while let [effort, number, unit, behind @ ..] = rest {
        let is_unit = lexicon::units().any(|known| unit.is(known));
        let named = if effort.is("run") {
            Some("easy".to_string())
        } else {
            lexicon::pace(&effort.text).map(|_| effort.text.clone())
        };
        number.number().filter(|_| is_unit)?;
        steps.push(format!("{}{} {}", number.text, unit.text, named?));
        rest = match behind {
            [comma, behind @ ..] if comma.is(",") => behind,
            behind => behind,
        };
    }
    (rest.is_empty() && steps.len() > 1).then(|| {
        let lead = "the length comes first, and a comma stands between two steps";
        Advice::new(lead, vec![slip.widened().rewrite(steps.join(", ")).computed()])
    })
}
