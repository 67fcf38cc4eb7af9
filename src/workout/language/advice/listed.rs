//! Lists of paces and of bare lengths: `5x1km 4:10 4:05 4:00`, `1-2-3-2-1`.

use super::repair::{TextPieceKind, bare_paces, is_known, split};
use super::slip::{Advice, Slip};
use super::words::leading_count;
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

/// `1,2,3,2,1`, `pyramid 1-2-3-2-1`, `400/600/800`: lengths without a unit.
pub(super) fn ladder(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text.trim();
    let list = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let name = text.get(..text.len() - list.len())?.trim().trim_end_matches(':').to_lowercase();
    if !["", "pyramid", "ladder", "a ladder", "a pyramid", "fartlek", "pyramide"].contains(&name.as_str()) {
        return None;
    }
    let figures: Vec<f64> = list
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
    Some(Advice::new("a ladder stands in brackets", vec![slip.widened().rewrite(line).computed()]))
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
