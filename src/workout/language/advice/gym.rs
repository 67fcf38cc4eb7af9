//! Lines from the gym: `deadlifts 3x5 @ 80kg`, `AMRAP 12min: 10 squats, 10 pushups`.

use super::repair::{TextPiece, TextPieceKind, split};
use super::slip::{Advice, Candidate, Slip};
use crate::text::certain;
use crate::workout::language::phrasing;

/// Lifts and exercises besides those that the phrases know.
const LIFTS: [&str; 44] = [
    "deadlift",
    "bench",
    "press",
    "curl",
    "row",
    "kettlebell",
    "kb",
    "dumbbell",
    "db",
    "barbell",
    "swing",
    "pushup",
    "situp",
    "pullup",
    "chinup",
    "burpee",
    "thruster",
    "snatch",
    "clean",
    "squat",
    "lunge",
    "plank",
    "crunch",
    "bridge",
    "raise",
    "hold",
    "jack",
    "stepup",
    "jump",
    "hop",
    "kg",
    "kgs",
    "lb",
    "lbs",
    "dip",
    "climber",
    "clamshell",
    "abs",
    "core",
    "wall",
    "swings",
    "presses",
    "curls",
    "rows",
];
/// Words that only join the parts of a line.
const FILLERS: [&str; 16] = [
    "x", "sets", "set", "of", "reps", "rep", "each", "times", "do", "rounds", "round", "with", "w", "and",
    "for", "a",
];
const TIMES: [(&str, &str); 10] = [
    ("s", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("\"", "s"),
    ("min", "min"),
    ("mins", "min"),
    ("minutes", "min"),
    ("'", "min"),
];
/// The most reps without a rest.
const MOST_REPS: f64 = 200.0;

/// A line of exercises.
pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let pieces = split(text);
    if !pieces.iter().any(is_exercise)
        || pieces.iter().any(|piece| ["km", "mi", "hill"].iter().any(|unit| piece.is(unit)))
    {
        return None;
    }
    if let Some(rounds) = rounds_in_time(text) {
        // The exercises are words of the step, numbers included.
        let candidate = Candidate { is_reading: true, ..slip.rewrite(rounds) };
        return Some(Advice::new("as many rounds as the time allows", vec![candidate]));
    }
    if let Some(rounds) = as_many_rounds(text) {
        return Some(Advice::new("a round until you end it", vec![slip.rewrite(rounds).computed()]));
    }
    if let Some(sets) = every_minute(text) {
        return Some(Advice::new("a set every minute", vec![slip.rewrite(sets).computed()]));
    }
    let steps: Vec<String> = text.split([',', ';', '+', '\n']).map(exercise).collect::<Option<_>>()?;
    let lead = "reps are counted, and the words are in quotes";
    Some(Advice::new(lead, vec![slip.rewrite(steps.join(", ")).computed()]))
}

/// `EMOM 10: 12 swings`: a set begins every minute.
fn every_minute(text: &str) -> Option<String> {
    let (head, body) = text.split_once(':')?;
    let pieces = split(head);
    let minutes = pieces.iter().find_map(TextPiece::number).filter(|minutes| minutes.fract() == 0.0)?;
    let is_named = head.to_lowercase().contains("emom") && !body.contains([',', '+']);
    is_named.then(|| Some(format!("{minutes}×{} on 60s", exercise(body)?)))?
}

/// `AMRAP 15: 10 squats, 10 pushups`, `AMRAP 15 min 10 squats`: a step of that time.
fn rounds_in_time(text: &str) -> Option<String> {
    let head = text.get(..5).filter(|head| head.eq_ignore_ascii_case("amrap"))?;
    let rest = text.get(5..)?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    let (minutes, rest) = rest.split_at_checked(end)?;
    let rest = rest.trim_start();
    let rest =
        ["minutes", "minute", "mins", "min"].iter().find_map(|unit| rest.strip_prefix(unit)).unwrap_or(rest);
    let body = rest.trim_start_matches([':', ' ', '-', '–', ',']);
    let is_plain = !body.is_empty() && !body.contains(['\'', '"']);
    is_plain.then(|| format!("{minutes}min '{}: {body}'", head.to_uppercase()))
}

/// `AMRAP 12min: 10 squats, 10 pushups`.
fn as_many_rounds(text: &str) -> Option<String> {
    let (head, body) = text.split_once(':')?;
    if !head.to_lowercase().contains("amrap") {
        return None;
    }
    let steps: Vec<String> = body.split([',', ';', '+']).map(exercise).collect::<Option<_>>()?;
    Some(format!("open×({})", steps.join(", ")))
}

fn is_exercise(piece: &TextPiece) -> bool {
    let word = piece.text.to_lowercase();
    if piece.kind != TextPieceKind::Word || word.len() < 2 {
        return false;
    }
    let single = word.strip_suffix('s').unwrap_or(&word);
    LIFTS.contains(&word.as_str())
        || LIFTS.contains(&single)
        || word.len() > 4
            && phrasing::exercises().any(|known| known == word || known.strip_suffix('s') == Some(single))
        || word.len() > 5
            && certain(&word, phrasing::exercises().filter(|known| !known.contains(' '))).is_some()
}

/// Writes `3x12 kettlebell swings 24kg / 60s` as notation.
pub(super) fn exercise(text: &str) -> Option<String> {
    let (work, rest) = text.split_once('/').or_else(|| text.split_once(" rest ")).unwrap_or((text, ""));
    let pieces = split(work);
    let mut sets: Option<String> = None;
    let mut length: Option<String> = None;
    let mut words: Vec<String> = Vec::new();
    let mut i = 0;
    while let Some(piece) = pieces.get(i) {
        let next = pieces.get(i + 1);
        i += 1;
        let is_times = |piece: Option<&TextPiece>| {
            piece.is_some_and(|piece| ["x", "×", "*", "sets", "rounds"].iter().any(|sign| piece.is(sign)))
        };
        if let Some(number) = piece.number() {
            let unit = next.and_then(|next| TIMES.iter().find(|(unit, _)| next.is(unit)));
            let is_behind_times = is_times(i.checked_sub(2).and_then(|i| pieces.get(i)));
            if is_times(next) && sets.is_none() || is_behind_times && length.is_some() && sets.is_none() {
                sets = Some(piece.text.clone());
            } else if let Some((_, unit)) = unit.filter(|_| length.is_none()) {
                length = Some(format!("{}{unit}", piece.text));
                i += 1;
            } else if length.is_none() && number.fract() == 0.0 && number <= MOST_REPS && !is_weight(next) {
                length = Some(format!("{} reps", piece.text));
            } else {
                words.push(
                    format!("{} {}", piece.text, next.map_or("", |next| next.text.as_str()))
                        .trim()
                        .to_string(),
                );
                i += usize::from(next.is_some());
            }
        } else if piece.kind == TextPieceKind::Word && !FILLERS.iter().any(|filler| piece.is(filler)) {
            words.push(piece.text.clone());
        }
    }
    let words = words.join(" ");
    let quoted = if words.is_empty() { String::new() } else { format!(" '{words}'") };
    let sets = sets.map_or(String::new(), |sets| format!("{sets}×"));
    let rest = if rest.trim().is_empty() { String::new() } else { format!(" / {}", rest_text(rest)?) };
    Some(format!("{sets}{}{quoted}{rest}", length?))
}

fn is_weight(piece: Option<&TextPiece>) -> bool {
    piece.is_some_and(|piece| ["kg", "kgs", "lb", "lbs", "%"].iter().any(|unit| piece.is(unit)))
}

/// Returns a rest with its unit.
fn rest_text(text: &str) -> Option<String> {
    let pieces = split(text);
    let at = pieces.iter().position(|piece| piece.number().is_some())?;
    let number = pieces.get(at)?;
    let unit = pieces.get(at + 1).and_then(|next| TIMES.iter().find(|(unit, _)| next.is(unit)));
    let guess = if number.number()? >= 10.0 { "s" } else { "min" };
    Some(format!("{}{} rest", number.text, unit.map_or(guess, |(_, unit)| unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_exercises_as_reps_with_words() {
        for (text, notation) in [
            ("pushups 3x15", "3×15 reps 'pushups'"),
            ("plank 60s x3", "3×60s 'plank'"),
            ("3 x 12 kettlebell swings 24kg", "3×12 reps 'kettlebell swings 24 kg'"),
            ("deadlifts 3x5 @ 80kg / 90", "3×5 reps 'deadlifts 80 kg' / 90s rest"),
            ("4 sets of 10 squats", "4×10 reps 'squats'"),
        ] {
            assert_eq!(exercise(text).as_deref(), Some(notation), "{text}");
        }
        assert_eq!(
            as_many_rounds("AMRAP 12min: 10 squats, 10 pushups").as_deref(),
            Some("open×(10 reps 'squats', 10 reps 'pushups')")
        );
    }
}
