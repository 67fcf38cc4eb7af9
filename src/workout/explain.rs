//! A workout in plain English: in a sentence here, and in one line in [`line`].

pub mod lengths;
pub mod line;
pub(super) mod pieces;

use super::sequence::{COOL_DOWN, End, Kind, PlannedStep, Repeat, Sequence, WARM_UP, WrittenEnd};
use crate::units::Millis;
use lengths::ESTIMATE;
use pieces::{Piece, SetPiece, pieces};

/// More pieces than this are counted, not told.
const MOST_TOLD: usize = 12;

/// Returns a workout in a sentence, and its total.
pub fn explain(sequence: &Sequence) -> String {
    let mut told: Vec<String> =
        pieces(&sequence.steps).iter().map(|piece| Sentence { sequence }.piece(piece)).collect();
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    let mut text = told.join(", then ");
    if more > 0 {
        text += &format!(", and {more} more");
    }
    let mut characters = text.chars();
    let text: String = characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect();
    format!("{text}. {}", total(sequence))
}

fn total(sequence: &Sequence) -> String {
    let totals = sequence.totals();
    let mark = if totals.estimated { ESTIMATE } else { "" };
    let (least, most) = (lengths::seconds(totals.least), lengths::seconds(totals.time));
    match (totals.open, totals.least < totals.time) {
        (true, _) if totals.time == Millis::ZERO => "How long it takes is up to you.".to_string(),
        (true, _) => format!("{mark}{most} in all, plus the steps that you end yourself."),
        (false, true) => format!("{mark}{least} to {most} in all."),
        (false, false) => format!("{mark}{most} in all."),
    }
}

/// Puts pieces into a sentence.
struct Sentence<'a> {
    sequence: &'a Sequence,
}

impl Sentence<'_> {
    fn piece(&self, piece: &Piece<'_>) -> String {
        match piece {
            Piece::Step(step) => one(step),
            Piece::Set(set) => self.set(set),
        }
    }

    fn pieces(&self, pieces: &[Piece<'_>]) -> String {
        pieces.iter().map(|piece| self.piece(piece)).collect::<Vec<_>>().join(" and ")
    }

    /// Returns what a set repeats, and what stands between.
    fn set(&self, set: &SetPiece<'_>) -> String {
        let tail = self.between(&set.between);
        match set.reps.as_slice() {
            [] => String::new(),
            [first, ..] if self.sequence.repeat(set.id).is_some_and(Repeat::is_endless) => {
                let comma = if tail.is_empty() { "" } else { "," };
                format!("{}{tail}{comma} again and again until you press Enter", self.pieces(first))
            }
            [only] => self.pieces(only),
            [first, ..] if set.is_uniform() => {
                let is_nested = first.iter().any(|piece| matches!(piece, Piece::Set(_)));
                let body = self.pieces(first);
                let body = if is_nested { format!("({body})") } else { body };
                format!("{} {body}{tail}", self.times(set))
            }
            reps => {
                let rungs: Vec<String> = reps.iter().map(|rep| self.pieces(rep)).collect();
                format!("{}{tail}", rungs.join(", "))
            }
        }
    }

    fn between(&self, between: &[Piece<'_>]) -> String {
        let single = match between {
            [] => return String::new(),
            [Piece::Step(step)] => Some(step),
            _ => None,
        };
        match single.and_then(|step| Some((step, step.written?))) {
            Some((_, WrittenEnd::SendOff(every))) => format!(", with a start every {}", time(every)),
            Some((step, WrittenEnd::Share { upper, lower })) => {
                let least = lower.map_or_else(String::new, |lower| format!("{lower} to "));
                format!(", with {} between for {least}{upper}% of the rep", step.target.words)
            }
            _ => format!(", with {} between", self.pieces(between)),
        }
    }

    fn times(&self, set: &SetPiece<'_>) -> String {
        let most = set.reps.len();
        match self.sequence.repeat(set.id).and_then(|repeat| repeat.least) {
            Some(least) => format!("{} to {}", number(least as usize), times(most)),
            None => times(most),
        }
    }
}

fn times(count: usize) -> String {
    match count {
        2 => "twice".to_string(),
        n => format!("{} times", number(n)),
    }
}

fn number(count: usize) -> String {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = count.checked_sub(1).and_then(|index| words.get(index));
    word.map_or_else(|| count.to_string(), ToString::to_string)
}

fn one(step: &PlannedStep) -> String {
    let kind = match step.kind {
        // In a strength workout the words may say so already.
        Kind::Warmup | Kind::Cooldown if matches!(step.target.words.as_str(), WARM_UP | COOL_DOWN) => "",
        Kind::Warmup => " to warm up",
        Kind::Cooldown => " to cool down",
        _ => "",
    };
    let label = step.label.as_deref().map(|l| format!(" ({l})")).unwrap_or_default();
    let words = &step.target.words;
    match (step.written, step.end) {
        (Some(WrittenEnd::Reps), End::Open) => format!("{words}{kind}{label}"),
        (Some(WrittenEnd::Reps), _) => format!("{words} in {}{kind}{label}", length(step)),
        (_, End::Open) => format!("{words}{kind}{label} until you press a key"),
        _ => format!("{} {words}{kind}{label}", length(step)),
    }
}

fn length(step: &PlannedStep) -> String {
    if let Some(WrittenEnd::First { time: upper, distance }) = step.written {
        return format!("{} or {distance}, whichever comes first,", time(upper));
    }
    match step.end {
        End::Open => String::new(),
        End::Time { upper, lower: None } => time(upper),
        End::Time { upper, lower: Some(lower) } => format!("{} to {}", time(lower), time(upper)),
        End::Distance { upper, lower: None, .. } => upper.to_string(),
        End::Distance { upper, lower: Some(lower), .. } => format!("{lower} to {upper}"),
    }
}

/// Returns a time to the nearest second: `60 seconds`, `5 minutes`, `2:30`.
fn time(time: Millis) -> String {
    match time.as_secs_f64().round() as u64 {
        s if s < 100 => plural(s, "second"),
        s if s.is_multiple_of(3600) => plural(s / 3600, "hour"),
        s if s.is_multiple_of(60) => plural(s / 60, "minute"),
        _ => lengths::seconds(time),
    }
}

fn plural(count: u64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    #[test]
    fn a_workout_is_told_as_a_runner_would() {
        for (notation, words) in [
            (
                "8×60s hard / 60s easy",
                "Eight times 60 seconds hard, with 60 seconds easy between. 15:00 in all.",
            ),
            ("8×(60s hard, 60s easy)", "Eight times 60 seconds hard and 60 seconds easy. 16:00 in all."),
            (
                "warmup 5min, 2×(4×30s fast / 30s jog) / 3min walk",
                "5 minutes easy to warm up, then twice (four times 30 seconds fast, with 30 seconds jog between), \
                 with 3 minutes walk between. 15:00 in all.",
            ),
            (
                "(1min, 2min, 1min) / 1min easy",
                "60 seconds hard, 2 minutes hard, 60 seconds hard, with 60 seconds easy between. 6:00 in all.",
            ),
            ("75-90min easy", "75 minutes to 90 minutes easy. 1:15:00 to 1:30:00 in all."),
            (
                "10min easy, open×(60s hard, 60s easy), 5min easy",
                "10 minutes easy, then 60 seconds hard and 60 seconds easy again and again until you press Enter, \
                 then 5 minutes easy. 15:00 in all, plus the steps that you end yourself.",
            ),
            ("open walk", "Walk until you press a key. How long it takes is up to you."),
            (
                "5min easy, open walk",
                "5 minutes easy, then walk until you press a key. 5:00 in all, plus the steps that you end yourself.",
            ),
            (
                "alternate 1min hard / 1min easy for 4min",
                "Twice 60 seconds hard and 60 seconds easy. 4:00 in all.",
            ),
        ] {
            let source = SourceText::new("x", notation);
            let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
            assert_eq!(explain(&sequence), words);
        }
    }
}
