//! Programmes of running and walking: `run 3 walk 1 x 10`, `run/walk 4:1 for 30 min`, `8 x run 2min walk 1min`.

use super::PhraseReader;
use super::ends::LengthUnit;
use super::piece::{PhraseBody, PhrasePiece};
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace};
use super::trailing_count::{LONGEST_WALK, is_walk_run};

/// Names of a programme, and whether it starts with the run.
const NAMES: &[(&str, bool)] = &[
    ("run/walk", true),
    ("run walk", true),
    ("run : walk", true),
    ("run:walk", true),
    ("jog/walk", true),
    ("jog walk", true),
    ("walk/run", false),
    ("walk run", false),
    ("walk/jog", false),
    ("walk jog", false),
];
/// Words of one leg.
const LEGS: &[(&str, &str)] = &[
    ("run", ""),
    ("running", ""),
    ("easy run", ""),
    ("run easy", ""),
    ("jog", "jog"),
    ("jogging", "jog"),
    ("walk", "walk"),
    ("walking", "walk"),
];
/// Up to this number, both bare numbers of a programme are minutes.
const MOST_MINUTES: f64 = 12.0;
/// From this number on, both bare numbers of a ratio are seconds.
const FEWEST_SECONDS: f64 = 15.0;

/// How long a programme goes on.
enum Rounds {
    Count(String),
    Total(LengthPhrase),
}

impl PhraseReader<'_> {
    /// A run and a walk in turn, so often or for so long. Nothing where anything else stands here.
    pub(super) fn run_walk(&mut self) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let lead = ahead.rounds_before();
        let bracket = ahead.scan.eat(&['(']).is_some();
        let start = ahead.scan.at;
        let legs = ahead.named_legs().or_else(|| ahead.two_legs())?;
        let is_listed = !bracket && ahead.since(start).contains(',');
        if bracket {
            ahead.scan.eat(&[')'])?;
        }
        let tail = ahead.rounds_after();
        let rounds = match (&lead, tail) {
            (Some(_), None) => None,
            (None, Some(rounds)) => Some(rounds),
            _ => return None,
        };
        if !ahead.sees_item_end() || !is_walk_run(&legs[0], &legs[1]) {
            return None;
        }
        // `8x2min run, 1min walk`: a comma after a repeat has rules of its own. `4min walk, 2min run x 6` may begin with
        // a warm-up.
        let is_warmup = legs[0].targets == ["walk"] && legs[0].seconds().is_some_and(|s| s > LONGEST_WALK);
        if is_listed && (matches!(lead, Some(Rounds::Count(_))) || is_warmup) {
            return None;
        }
        let [mut first, mut second] = legs;
        self.scan = ahead.scan;
        self.notes.append(&mut ahead.notes);
        Some(match rounds.or(lead)? {
            Rounds::Count(count) => {
                // A distance in a repeat would be hard.
                for leg in [&mut first, &mut second] {
                    if leg.length_sort() == Some(LengthSort::Metres) {
                        let _ = leg.give_target("easy");
                    }
                }
                let legs = vec![PhrasePiece::step(first), PhrasePiece::step(second)];
                PhrasePiece::repeat(count, PhrasePiece::group(legs))
            }
            Rounds::Total(total) => {
                // The first leg of `alternate` would be hard.
                let _ = first.give_target("easy");
                let _ = second.give_target("easy");
                let text = format!("alternate {} / {} for {}", first.render(), second.render(), total.text);
                PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() }
            }
        })
    }

    /// `8 x`, `30 min of`, `30 min:`.
    fn rounds_before(&mut self) -> Option<Rounds> {
        let before = self.scan.clone();
        if let Ok(Some((count, _))) = self.count() {
            return Some(Rounds::Count(count));
        }
        if let Ok(Some(total)) = self.length(StepPlace::Item)
            && total.sort == LengthSort::Seconds
            && (self.scan.take("of") || self.scan.eat(&[':']).is_some() || self.sees_programme())
        {
            return Some(Rounds::Total(total));
        }
        self.scan = before;
        None
    }

    fn sees_programme(&self) -> bool {
        self.scan.clone().longest(NAMES).is_some()
    }

    /// `x 8`, `8 times`, `repeat 8 times`, `for 30 min`.
    fn rounds_after(&mut self) -> Option<Rounds> {
        let before = self.scan.clone();
        let _ = self.scan.eat(&[',']);
        let _ = self.scan.take("for a total of") || self.scan.take("for");
        let is_for = self.since(before.at).ends_with("for") || self.since(before.at).ends_with("of");
        let _ = !is_for && self.scan.take("repeat");
        let times = self.scan.eat(&super::repeats::TIMES).is_some();
        if let Some(count) = self.whole_number_or_range()
            && (times || self.scan.take("times") || self.scan.take("x") || self.scan.take("rounds"))
        {
            return Some(Rounds::Count(count));
        }
        self.scan = before.clone();
        let _ = self.scan.eat(&[',']);
        if (self.scan.take("for a total of") || self.scan.take("for"))
            && let Ok(Some(total)) = self.length(StepPlace::Item)
        {
            let _ = self.scan.take("total");
            return Some(Rounds::Total(total));
        }
        self.scan = before;
        None
    }

    /// `run/walk 4:1`, `4:1 run/walk`, `run/walk 3min/1min`.
    fn named_legs(&mut self) -> Option<[StepPhrase; 2]> {
        let before = self.scan.clone();
        let found = (|| {
            let leading = self.scan.longest(NAMES);
            let _ = leading.is_some()
                && (self.scan.take("intervals") || self.scan.take("ratio") || self.scan.take("of"));
            let lengths = self.ratio()?;
            let runs_first = match leading {
                Some(runs_first) => runs_first,
                None => self.scan.longest(NAMES)?,
            };
            let _ = self.scan.take("intervals") || self.scan.take("ratio");
            let words = if runs_first { ["", "walk"] } else { ["walk", ""] };
            let [first, second] = lengths;
            Some([leg(first, words[0]), leg(second, words[1])])
        })();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    /// `4:1`, `4/1`, `30s/30s`, `2min:1min`.
    fn ratio(&mut self) -> Option<[LengthPhrase; 2]> {
        let start = self.scan.at;
        let first = self.leg_length()?;
        self.scan.eat(&[':', '/', '-'])?;
        let second = self.leg_length()?;
        self.in_one_unit(start, first, second)
    }

    /// `run 3 walk 1`, `run 1 min, walk 1 min`, `3min run / 1min walk`.
    fn two_legs(&mut self) -> Option<[StepPhrase; 2]> {
        let before = self.scan.clone();
        let found = (|| {
            let start = self.scan.at;
            let (first, word) = self.one_leg()?;
            let _ = self.scan.eat(&[',', '/', '+', '&']).is_some() || self.scan.take("and");
            let _ = self.scan.take("then");
            let (second, other) = self.one_leg()?;
            let [first, second] = self.in_one_unit(start, first, second)?;
            Some([leg(first, word), leg(second, other)])
        })();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    /// One leg: its length, which may lack its unit, and its word, in either order.
    fn one_leg(&mut self) -> Option<(LegLength, &'static str)> {
        let word = self.scan.longest(LEGS);
        let _ = word.is_some() && self.scan.take("for");
        let length = self.leg_length()?;
        let word = match word {
            Some(word) => word,
            None => self.scan.longest(LEGS)?,
        };
        Some((length, word))
    }

    fn leg_length(&mut self) -> Option<LegLength> {
        let before = self.scan.clone();
        // `4:1` is a ratio, not a clock.
        let clock = self.scan.clock().is_some();
        self.scan = before.clone();
        if !clock && let Ok(Some(length)) = self.one_length(StepPlace::Item) {
            return Some(LegLength::Told(length));
        }
        self.scan = before;
        self.scan.number().map(LegLength::Bare)
    }

    /// Both lengths. Bare numbers have the unit of the other, or are minutes where they are few.
    fn in_one_unit(
        &mut self,
        start: usize,
        first: LegLength,
        second: LegLength,
    ) -> Option<[LengthPhrase; 2]> {
        let unit = match (&first, &second) {
            (LegLength::Told(_), LegLength::Bare(_)) => return None,
            (LegLength::Bare(_), LegLength::Told(length)) => unit_of(length)?,
            (LegLength::Bare(a), LegLength::Bare(b)) if a.max(*b) <= MOST_MINUTES => LengthUnit::MINUTE,
            (LegLength::Bare(a), LegLength::Bare(b)) if a.min(*b) >= FEWEST_SECONDS && a.max(*b) <= 95.0 => {
                LengthUnit::SECOND
            }
            (LegLength::Bare(_), LegLength::Bare(_)) => return None,
            (LegLength::Told(_), LegLength::Told(_)) => LengthUnit::MINUTE,
        };
        if matches!((&first, &second), (LegLength::Bare(_), LegLength::Bare(_))) {
            let written = self.since(start).to_string();
            let name = if unit == LengthUnit::MINUTE { "minutes" } else { "seconds" };
            self.notes.push(format!("`{written}` names no unit: taken as {name}."));
        }
        let told = |length: LegLength| match length {
            LegLength::Told(length) => length,
            LegLength::Bare(number) => unit.length(number),
        };
        Some([told(first), told(second)])
    }
}

/// The length of one leg as it was written.
enum LegLength {
    Told(LengthPhrase),
    Bare(f64),
}

/// The unit of a length of whole minutes, or of seconds.
fn unit_of(length: &LengthPhrase) -> Option<LengthUnit> {
    match length.sort {
        LengthSort::Seconds if length.value % 60.0 == 0.0 && length.text.ends_with("min") => {
            Some(LengthUnit::MINUTE)
        }
        LengthSort::Seconds if length.value == 60.0 => Some(LengthUnit::MINUTE),
        LengthSort::Seconds if length.value < 60.0 => Some(LengthUnit::SECOND),
        _ => None,
    }
}

fn leg(length: LengthPhrase, word: &str) -> StepPhrase {
    let targets = if word.is_empty() { Vec::new() } else { vec![word.to_string()] };
    StepPhrase { length: Some(length), targets, is_worded: true, ..StepPhrase::default() }
}

impl PhrasePiece {
    /// True for a repeat of a run and a walk.
    pub(super) fn is_run_walk(&self) -> bool {
        let PhraseBody::Repeat { body, recovery: None, .. } = &self.body else { return false };
        let PhraseBody::Group(pieces) = &body.body else { return false };
        match pieces.as_slice() {
            [
                PhrasePiece { body: PhraseBody::Step(first), .. },
                PhrasePiece { body: PhraseBody::Step(last), .. },
            ] => is_walk_run(first, last),
            _ => false,
        }
    }
}
