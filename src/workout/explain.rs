//! A workout in plain English: in a sentence here, and in one line in [`line`].

pub mod lengths;
pub mod line;
pub(super) mod pieces;

use super::language::lexicon;
use super::sequence::{
    COOL_DOWN, End, Kind, PlannedStep, Repeat, Sequence, Shift, Target, WARM_UP, WrittenEnd,
};
use crate::units::{Incline, Millis};
use lengths::ESTIMATE;
use line::LineStyle;
use pieces::{Piece, SetPiece, pieces};

/// More pieces than this are counted, not told.
const MOST_TOLD: usize = 12;

/// Returns a workout in a sentence, and its total.
pub fn explain(sequence: &Sequence, style: &LineStyle) -> String {
    let sentence = Sentence { sequence, style };
    let mut told: Vec<String> = pieces(&sequence.steps).iter().map(|piece| sentence.piece(piece)).collect();
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
    style: &'a LineStyle,
}

impl Sentence<'_> {
    fn piece(&self, piece: &Piece<'_>) -> String {
        match piece {
            Piece::Step(step) => self.step(step),
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
                format!(
                    "{}{tail}{comma} again and again until you press {}",
                    self.pieces(first),
                    self.style.end_key
                )
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
        let step = match between {
            [] => return String::new(),
            [Piece::Step(step)] => step,
            _ => return format!(", with {} between", self.pieces(between)),
        };
        let label = label(step);
        let incline = self.incline(step);
        match (step.written, step.end) {
            (Some(WrittenEnd::SendOff(every)), _) => format!(", with a start every {}", time(every)),
            (Some(WrittenEnd::Share { upper, lower }), _) => {
                let least = lower.map_or_else(String::new, |lower| format!("{lower} to "));
                let recovery = match recovery(step) {
                    Some(_) => format!("a {}{incline}", step.target.words),
                    None => self.effort(step),
                };
                format!(", with {recovery}{label} between for {least}{upper}% of the rep's time")
            }
            (None, End::Open) => match recovery(step) {
                Some(doing) => format!(", {doing}{incline}{label} between reps until you press a key"),
                None => format!(", with {}{label} between until you press a key", self.effort(step)),
            },
            (None, _) if recovery(step).is_some() => {
                let until = lengths::until(step);
                format!(", with {}{incline}{label}{until} between", with_article(step))
            }
            _ => format!(", with {} between", self.step(step)),
        }
    }

    fn times(&self, set: &SetPiece<'_>) -> String {
        let most = set.reps.len();
        match self.sequence.repeat(set.id).and_then(|repeat| repeat.least) {
            Some(least) => format!("{} to {}", number(least as usize), times(most)),
            None => times(most),
        }
    }

    fn step(&self, step: &PlannedStep) -> String {
        let kind = match step.kind {
            // In a strength workout the words may say so already.
            Kind::Warmup | Kind::Cooldown if matches!(step.target.words.as_str(), WARM_UP | COOL_DOWN) => "",
            Kind::Warmup => " to warm up",
            Kind::Cooldown => " to cool down",
            _ => "",
        };
        let words = format!("{}{kind}{}", self.effort(step), label(step));
        match (step.written, step.end) {
            (Some(WrittenEnd::Reps), End::Open) => words,
            (Some(WrittenEnd::Reps), _) => format!("{words} in {}", length(step)),
            (Some(WrittenEnd::First { time: upper, distance }), _) => {
                format!("{words} for {} or {distance}, whichever comes first", time(upper))
            }
            (_, End::Open) => format!("{words} until you press a key"),
            _ => format!("{} {words}{}", length(step), lengths::until(step)),
        }
    }

    /// Returns how hard a step is: `hard on 4 % incline`, `at 5K pace`, `from 8 to 12 km/h`.
    fn effort(&self, step: &PlannedStep) -> String {
        let target = &step.target;
        let words = line::target_words(target, self.style.pace);
        let ramp = words.split_once(" → ").filter(|_| target.ramp_to.is_some());
        let effort = match (ramp, line::preposition(target, self.sequence.show_pace)) {
            (Some((from, to)), _) => format!("from {from} to {to}"),
            (None, Some(word)) if is_race_pace(target) => format!("{word} {words} pace"),
            (None, Some(word)) => format!("{word} {words}"),
            (None, None) => words,
        };
        effort + &self.incline(step)
    }

    /// Returns an incline that is not the runner's flat: ` on 4 % incline`.
    fn incline(&self, step: &PlannedStep) -> String {
        let percent = |incline: Incline| incline.to_string().replace('%', " %");
        match step.incline_to {
            Some(to) => {
                let from = percent(step.incline);
                format!(" on an incline from {} to {}", from.trim_end_matches(" %"), percent(to))
            }
            None if line::is_flat(step, self.style) => String::new(),
            None => format!(" on {} incline", percent(step.incline)),
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

fn label(step: &PlannedStep) -> String {
    step.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default()
}

/// Returns true for a race pace without an offset, unless its name ends in `P` for pace: `5K`, but not `MP`.
fn is_race_pace(target: &Target) -> bool {
    target.start.relative.as_ref().is_some_and(|relative| {
        let is_plain = matches!(relative.by, Shift::Seconds { each, .. } if each == 0.0);
        let is_race = lexicon::pace(&relative.base).is_some_and(|(named, _)| !named.is_effort());
        is_plain && is_race && relative.base == target.words && !target.words.ends_with('P')
    })
}

/// Returns what the runner is doing in a recovery whose words are a noun too, such as `a walk`.
fn recovery(step: &PlannedStep) -> Option<&'static str> {
    match step.target.words.as_str() {
        "walk" => Some("walking"),
        "jog" => Some("jogging"),
        "rest" => Some("resting"),
        "recovery" => Some("recovering"),
        _ => None,
    }
}

/// Returns a recovery with its article: `a 2-minute walk`, `an 800 m jog`, `a jog of 60 to 90 seconds`.
fn with_article(step: &PlannedStep) -> String {
    let words = &step.target.words;
    let length = match step.end {
        End::Time { upper, lower: None } => {
            let length = time(upper);
            length.trim_end_matches('s').replace(' ', "-")
        }
        End::Distance { upper, lower: None, .. } => upper.to_string(),
        _ => return format!("a {words} of {}", length(step)),
    };
    let digits: String = length.chars().take_while(char::is_ascii_digit).collect();
    let article = if digits.starts_with('8') || digits == "11" || digits == "18" { "an" } else { "a" };
    format!("{article} {length} {words}")
}

fn length(step: &PlannedStep) -> String {
    match step.end {
        End::Open => String::new(),
        End::Time { upper, lower: None } => time(upper),
        End::Time { upper, lower: Some(lower) } => time_range(lower, upper),
        End::Distance { upper, lower: None, .. } => upper.to_string(),
        End::Distance { upper, lower: Some(lower), .. } => {
            lengths::distance_range(lower, upper).replace('–', " to ")
        }
    }
}

/// Returns a range of times in one unit: `75 to 90 minutes`, `10:00 to 12:30`. Seconds may go up to minutes.
fn time_range(lower: Millis, upper: Millis) -> String {
    let (least, most) = (lower.as_secs_f64().round() as u64, upper.as_secs_f64().round() as u64);
    let are_multiples_of = |unit: u64| least.is_multiple_of(unit) && most.is_multiple_of(unit);
    if most < lengths::MOST_SECONDS {
        return format!("{} to {}", lengths::short(lower), time(upper));
    }
    if are_multiples_of(3600) {
        return format!("{} to {}", least / 3600, plural(most / 3600, "hour"));
    }
    if are_multiples_of(60) && most <= lengths::MOST_MINUTES * 60 {
        return format!("{} to {}", least / 60, plural(most / 60, "minute"));
    }
    if least < lengths::MOST_SECONDS && most.is_multiple_of(60) {
        return format!("{} to {}", time(lower), time(upper));
    }
    format!("{} to {}", lengths::seconds(lower), lengths::seconds(upper))
}

/// Returns a time: `60 seconds`, `90.5 seconds`, `5 minutes`, `2:30`.
fn time(time: Millis) -> String {
    match time.as_secs_f64().round() as u64 {
        1 => "1 second".to_string(),
        s if s < lengths::MOST_SECONDS => format!("{} seconds", lengths::short(time)),
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
    use crate::units::{PaceUnit, SpeedUnit};
    use crate::workout::{Options, SourceText, compile_notation};

    const STYLE: LineStyle = LineStyle {
        pace: PaceUnit::Km,
        speed: SpeedUnit::KmPerHour,
        flat: Incline::FLAT,
        end_key: LineStyle::USUAL_END_KEY,
    };

    /// The first sentence, without the total.
    fn told(notation: &str, style: &LineStyle) -> String {
        let source = SourceText::new("x", notation);
        let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        let text = explain(&sequence, style);
        text.split_once(". ").unwrap().0.to_string()
    }

    #[test]
    fn says_the_incline() {
        assert_eq!(told("6×90s hard ^4%", &STYLE), "Six times 90 seconds hard on 4 % incline");
        assert_eq!(told("10min easy ^0% -> 4%", &STYLE), "10 minutes easy on an incline from 0 to 4 %");
        let with_fan = LineStyle { flat: Incline::from_percent(1.0), ..STYLE };
        assert_eq!(told("10min easy ^1%", &with_fan), "10 minutes easy");
        assert_eq!(
            told("6×90s hard ^4% / 2min walk ^2%", &STYLE),
            "Six times 90 seconds hard on 4 % incline, with a 2-minute walk on 2 % incline between"
        );
    }

    #[test]
    fn says_how_hard_with_a_preposition() {
        for (notation, words) in [
            ("2mi 10K+60s/mi", "2 mi at 10K +60 s/mi"),
            ("800m 4:23/km", "800 m at 4:23/km"),
            ("60s RPE 8", "60 seconds at RPE 8"),
            ("6×400m 5K / 400m jog", "Six times 400 m at 5K pace, with a 400 m jog between"),
            ("10km MP", "10 km at MP"),
            ("20min Z2", "20 minutes in Z2"),
            ("20min tempo", "20 minutes tempo"),
            ("5min 8->12km/h", "5 minutes from 8 to 12 km/h"),
            ("20min easy -> tempo", "20 minutes from easy to tempo"),
        ] {
            assert_eq!(told(notation, &STYLE), words, "{notation}");
        }
    }

    #[test]
    fn says_the_recovery_with_an_article() {
        for (notation, words) in [
            ("5×3min hard / 90s jog", "with a 90-second jog between"),
            ("5×3min hard / 800m walk", "with an 800 m walk between"),
            ("5×3min hard / 11min walk", "with an 11-minute walk between"),
            ("5×3min hard / 2:30 jog", "with a 2:30 jog between"),
            ("5×3min hard / 60-90s jog", "with a jog of 60 to 90 seconds between"),
            ("5×3min hard / 50% jog", "with a jog between for 50% of the rep's time"),
            ("5×3min hard / 50-90% jog", "with a jog between for 50 to 90% of the rep's time"),
            ("5×3min hard / full", "walking between reps until you press a key"),
            ("5×3min hard / 3min recovery", "with a 3-minute recovery between"),
            ("5×3min hard / 90s easy", "with 90 seconds easy between"),
            ("5×3min hard / 90s 6km/h", "with 90 seconds at 6 km/h between"),
        ] {
            assert_eq!(told(notation, &STYLE), format!("Five times 3 minutes hard, {words}"), "{notation}");
        }
    }

    #[test]
    fn says_lengths_as_a_runner_would() {
        for (notation, words) in [
            ("10min or 2km easy", "Easy for 10 minutes or 2 km, whichever comes first"),
            ("90.5s hard", "90.5 seconds hard"),
            ("1h-75min easy", "60 to 75 minutes easy"),
            ("1-2h easy", "1 to 2 hours easy"),
            ("2h-2h30min easy", "2:00:00 to 2:30:00 easy"),
            ("45-60s hard", "45 to 60 seconds hard"),
            ("90s-2min hard", "90 seconds to 2 minutes hard"),
            ("5-6km easy", "5 to 6 km easy"),
        ] {
            assert_eq!(told(notation, &STYLE), words, "{notation}");
        }
    }

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
                "5 minutes easy to warm up, then twice (four times 30 seconds fast, with a 30-second jog between), \
                 with a 3-minute walk between. 15:00 in all.",
            ),
            (
                "(1min, 2min, 1min) / 1min easy",
                "60 seconds hard, 2 minutes hard, 60 seconds hard, with 60 seconds easy between. 6:00 in all.",
            ),
            ("75-90min easy", "75 to 90 minutes easy. 1:15:00 to 1:30:00 in all."),
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
            assert_eq!(explain(&sequence, &STYLE), words, "{notation}");
        }
    }
}
