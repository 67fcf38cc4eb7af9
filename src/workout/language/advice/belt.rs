//! Lines with the numbers of a treadmill in any order: `incline walk 12% 3mph 30min`, `walk 10 min 4mph @15`.

use super::repair::{TextPiece, TextPieceKind, split};
use super::slip::{Advice, Slip};
use super::targets::possible_slope;

/// The incline, in percent, from which on nobody means the steepest.
const FARTHEST: f64 = 90.0;
/// The steepest incline that a treadmill has, in percent.
const STEEPEST: f64 = 15.0;
/// Words that only join the numbers.
const FILLERS: [&str; 11] =
    ["at", "@", "for", "on", "with", "a", "the", "incline", "grade", "treadmill", "speed"];
/// The units of times and distances.
const LENGTHS: [(&str, &str); 14] = [
    ("min", "min"),
    ("mins", "min"),
    ("minute", "min"),
    ("minutes", "min"),
    ("'", "min"),
    ("h", "h"),
    ("hour", "h"),
    ("s", "s"),
    ("sec", "s"),
    ("km", "km"),
    ("k", "km"),
    ("mi", "mi"),
    ("mile", "mi"),
    ("miles", "mi"),
];
const SPEEDS: [(&str, &str); 4] = [("mph", "mph"), ("kph", "km/h"), ("kmh", "km/h"), ("kmph", "km/h")];

/// The numbers of one step.
#[derive(Default)]
struct BeltNumbers {
    length: Option<String>,
    speed: Option<String>,
    incline: Option<String>,
    is_walk: bool,
}

/// The lowest percentage that is rather a share of a pace or a heart rate than a slope.
const LEAST_SHARE: f64 = 40.0;

/// A line of a length, a speed and an incline, and no other number.
pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let mut numbers = BeltNumbers::default();
    let pieces = split(text);
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        rest = numbers.take(rest)?;
    }
    let (length, speed, incline) = (numbers.length?, numbers.speed, numbers.incline?);
    // `30min @ 75%` is the share of a pace or of a heart rate.
    let names_slope =
        ["incline", "grade", "gradient", "slope", "hill", "^"].iter().any(|word| text.contains(word));
    if speed.is_none() && !names_slope && incline.parse::<f64>().is_ok_and(|share| share > LEAST_SHARE) {
        return None;
    }
    let beyond = incline.parse::<f64>().is_ok_and(|incline| incline > STEEPEST);
    let line = |incline: &str| {
        let walk = if numbers.is_walk { " walk" } else { "" };
        let effort = speed.as_ref().map_or_else(|| walk.to_string(), |speed| format!(" {speed}"));
        slip.rewrite(format!("{length}{effort} incline {incline}%")).computed()
    };
    if beyond {
        let meant = incline.parse().ok().and_then(possible_slope);
        // `100% incline` is no slip for the steepest one.
        let is_near = incline.parse::<f64>().is_ok_and(|incline| incline < FARTHEST);
        let mut candidates = if is_near { vec![line("15").noted("for the steepest")] } else { Vec::new() };
        if let Some(slope) = meant {
            candidates.insert(0, line(&slope.to_string()).noted("with a point"));
        }
        return Some(Advice::new(format!("no treadmill has {incline}%"), candidates));
    }
    let lead = "the length comes first, then the speed and the incline";
    Some(Advice::new(lead, vec![line(&incline)]))
}

impl BeltNumbers {
    /// Takes the next number with its unit, or the next word, off `pieces`. Nothing for anything else.
    fn take<'p>(&mut self, pieces: &'p [TextPiece]) -> Option<&'p [TextPiece]> {
        let (piece, rest) = pieces.split_first()?;
        if piece.kind != TextPieceKind::Number {
            let is_walk = ["walk", "walking", "hike"].iter().any(|word| piece.is(word));
            self.is_walk |= is_walk;
            let is_plain = is_walk
                || ["run", "running", "jog", "easy"].iter().any(|word| piece.is(word))
                || FILLERS.iter().any(|word| piece.is(word))
                || piece.is(",");
            return is_plain.then_some(rest);
        }
        let number = piece.number()?;
        let unit = |units: &[(&str, &'static str)]| {
            let next = rest.first()?;
            units.iter().find(|(unit, _)| next.is(unit)).map(|(_, unit)| *unit)
        };
        let is_per_hour = matches!(rest, [km, slash, h, ..] if km.is("km") && slash.is("/") && h.is("h"));
        if is_per_hour {
            fill(&mut self.speed, format!("{}km/h", piece.text))?;
            return rest.get(3..);
        }
        if let Some(unit) = unit(&SPEEDS) {
            fill(&mut self.speed, format!("{}{unit}", piece.text))?;
            return rest.get(1..);
        }
        if let Some(unit) = unit(&LENGTHS) {
            fill(&mut self.length, format!("{}{unit}", piece.text))?;
            return rest.get(1..);
        }
        if rest.first().is_some_and(|next| next.is("%")) {
            fill(&mut self.incline, piece.text.clone())?;
            return rest.get(1..);
        }
        // A bare number beside a speed is an incline.
        (number <= STEEPEST && self.speed.is_some()).then_some(())?;
        fill(&mut self.incline, piece.text.clone())?;
        Some(rest)
    }
}

/// Puts a value where there is none yet.
fn fill(place: &mut Option<String>, value: String) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}
