//! Reps that are counted, strides, ladders written with dashes, and pairs of bare numbers.

use super::ends::{LengthUnit, is_track};
use super::piece::RecoveryPhrase;
use super::piece::{PhraseBody, PhrasePiece};
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace, time_text};
use super::units::{LENGTHS, TIMES};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError, required};
use crate::units::PaceUnit;
use crate::workout::language::messages::phrase::PhraseProblem;

/// The longest rep, in seconds, of a pair of times in brackets.
const LONGEST_SHORT_REP: f64 = 180.0;
/// The longest recovery, in seconds, of a pair of times in brackets. Nobody minds it once more after the last rep.
const LONGEST_SHORT_REST: f64 = 60.0;
/// The maximum number of rungs of a ladder that is written with dashes.
const MOST_RUNGS: usize = 20;

impl PhraseReader<'_> {
    /// `12 reps "squats"`, `8-12 reps`, `12 reps in 36s`, `10 squats`, `30s plank`.
    pub(super) fn counted(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        if step.length.is_some() {
            if let Some(words) = self.exercise() {
                step.targets.push(words);
                return Ok(true);
            }
            return self.quoted(step);
        }
        if step.counted.is_some() {
            if self.scan.take("in")
                && let Some(time) = self.length(StepPlace::Item)?
            {
                step.counted = step.counted.take().map(|reps| format!("{reps} in {}", time.text));
                return Ok(true);
            }
            self.scan = before.clone();
            let _ = self.scan.take("of");
            if let Some(words) = self.exercise() {
                step.targets.push(words);
                return Ok(true);
            }
            self.scan = before;
            return self.quoted(step);
        }
        let Some(low) = self.scan.number().filter(|n| n.fract() == 0.0) else {
            self.scan = before;
            return Ok(false);
        };
        let mark = self.scan.clone();
        let high = match self.scan.range_mark().then(|| self.scan.number()).flatten() {
            Some(high) => Some(high),
            None => {
                self.scan = mark;
                None
            }
        };
        let count = high.map_or(low.to_string(), |high| format!("{low}-{high}"));
        let reps = self.scan.take("reps") || self.scan.take("rep");
        let exercise = if reps { None } else { self.exercise() };
        if !reps && exercise.is_none() {
            self.scan = before;
            return Ok(false);
        }
        step.counted = Some(format!("{count} reps"));
        step.targets.extend(exercise);
        Ok(true)
    }

    /// True where a target or a recovery follows the closing bracket: `) @ 5K`, `) w/ 2min jog`.
    fn sees_more_after_bracket(&self) -> bool {
        let mut ahead = self.ahead();
        let _ = ahead.scan.eat(&[')']);
        !ahead.sees_item_end()
    }

    /// Quoted words, which are something to do.
    pub(super) fn quoted(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];
        let Some((open, close)) = self.scan.peek().and_then(|c| pairs.into_iter().find(|(o, _)| *o == c))
        else {
            return Ok(false);
        };
        let rest = &self.scan.rest()[open.len_utf8()..];
        let end = required(rest.find([close, '\n']).filter(|end| rest[*end..].starts_with(close)))?;
        let whole = open.len_utf8() + end + close.len_utf8();
        step.targets.push(self.scan.rest()[..whole].to_string());
        self.scan.at += whole;
        Ok(true)
    }

    /// An exercise that is known by name, as quoted words.
    pub(super) fn exercise(&mut self) -> Option<String> {
        self.scan.skip_spaces();
        let start = self.scan.at;
        let before = self.scan.clone();
        match self.scan.longest(PHRASES) {
            Some(PhraseMeaning::Exercise) => {
                let sides = ["per side", "each side", "each leg", "per leg", "each"];
                let _ = sides.iter().any(|side| self.scan.take(side));
                Some(format!("'{}'", self.since(start)))
            }
            _ => {
                self.scan = before;
                None
            }
        }
    }

    /// `4 strides`: strides of 20 s.
    pub(super) fn strides(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        if let Some(count) = self.whole_number_or_range()
            && self.eat_times()
            && (self.scan.take("strides") || self.scan.take("stride") || self.takes_capitals("ST"))
        {
            self.notes.push("A stride is taken as 20 s.".to_string());
            let mut text = format!("{count}×20s strides");
            let step = StepPhrase::default();
            let body = PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() };
            text += &RecoveryPhrase::suffix(self.recovery(&body)?.as_ref());
            self.skip_place_at_end();
            return Ok(Some(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() }));
        }
        self.scan = before;
        Ok(None)
    }

    /// Takes a times sign, where one stands here. Always true.
    fn eat_times(&mut self) -> bool {
        let _ = self.scan.eat(&['x', 'X', '×']);
        true
    }

    fn takes_capitals(&mut self, letters: &str) -> bool {
        self.scan.peek().is_some() && self.scan.rest().starts_with(letters) && self.scan.take(letters)
    }

    /// `1-2-3-2-1 min hard`, `1, 2, 3 min hard`, `400-800-400 @ 5K`.
    pub(super) fn dash_ladder(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let _ = ["ladder", "pyramid", "cutdown", "cut down"].iter().any(|word| self.scan.take(word));
        let Some((numbers, primes)) = self.dashed_numbers() else {
            self.scan = before;
            return Ok(None);
        };
        let listed = self.since(before.at).contains(',');
        let unit = self.ladder_unit(&numbers, primes);
        let unit = match unit {
            Some(unit) => unit,
            // `400, 600, 800` alone says too little.
            None if listed && self.scan.is_done() => return Err(PhrasingError::Unread),
            None if numbers.iter().all(|n| is_track(*n)) => LadderUnit::Metres(1.0),
            None => return Err(PhrasingError::Unread),
        };
        let _ =
            ["ladder", "pyramid", "cutdown", "cut down", "fartlek"].iter().any(|word| self.scan.take(word));
        let mut rungs: Vec<PhrasePiece> = numbers.iter().map(|n| unit.rung(*n)).collect();
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        let target = match self.named_target() {
            Some(target) => Some(target),
            // A target may stand after the brackets.
            None if self.scan.peek() == Some(')') && self.sees_more_after_bracket() => None,
            None => {
                let label = self.label.clone();
                Some(self.default_list_target(&label))
            }
        };
        self.fillers();
        for rung in &mut rungs {
            let _ = target.as_ref().is_some_and(|target| rung.give_target(target));
        }
        let first = required(rungs.first())?.clone();
        let mut recovery = self.recovery(&first)?;
        // Rungs are never followed by a jog of their own.
        if recovery.is_none() {
            recovery = self.recovery_behind_comma(first.length_sort());
        }
        Ok(Some(PhrasePiece { body: PhraseBody::Ladder { rungs, recovery }, ..PhrasePiece::default() }))
    }

    /// The unit after the numbers of a ladder.
    fn ladder_unit(&mut self, numbers: &[f64], primes: bool) -> Option<LadderUnit> {
        if primes {
            Some(LadderUnit::Seconds(60.0))
        } else {
            let mark = self.scan.clone();
            let short_m = self.scan.rest().trim_start().starts_with('m');
            match self.scan.longest(LENGTHS) {
                Some(metres) if metres > 1.0 || !short_m || numbers.iter().all(|n| *n >= 100.0) => {
                    Some(LadderUnit::Metres(metres))
                }
                _ => {
                    self.scan = mark;
                    self.scan.longest(TIMES).map(LadderUnit::Seconds)
                }
            }
        }
    }

    pub(super) fn dashed_numbers(&mut self) -> Option<(Vec<f64>, bool)> {
        let mut numbers = vec![self.scan.number()?];
        let mut joint = None;
        let prime = |reader: &mut Self| reader.scan.eat(&['\'', '′', '’']).is_some();
        let primes = prime(self);
        while numbers.len() < MOST_RUNGS {
            let mark = self.scan.clone();
            // All of them are joined in one way.
            let joined = match joint {
                Some(joint) => self.scan.eat(&[joint]),
                None => self.scan.eat(&['-', '–', ',', '/']),
            };
            if joined.is_none() {
                break;
            }
            let Some(number) = self.scan.number() else {
                self.scan = mark;
                break;
            };
            if primes && !prime(self) {
                return None;
            }
            // `1200, 800, 400, 60s rest`: what follows reps on the track is their recovery.
            if joined == Some(',') && numbers.iter().all(|n| is_track(*n)) && !is_track(number) {
                self.scan = mark;
                break;
            }
            joint = joined;
            numbers.push(number);
        }
        // `1/2/3` could be anything.
        let is_clear = joint != Some('/') || numbers.iter().all(|number| is_track(*number));
        (numbers.len() >= 3 && is_clear).then_some((numbers, primes))
    }

    /// `30-20-10` after `5x`: the training of Gunnarsson and Bangsbo.
    pub(super) fn thirty_twenty_ten(&mut self, count: &str) -> Option<PhrasePiece> {
        let mut ahead = self.scan.clone();
        let names = ["30-20-10", "10-20-30", "30–20–10", "10–20–30", "30/20/10"];
        names.iter().any(|name| ahead.take(name)).then_some(())?;
        let _ = ahead.take("training") || ahead.take("intervals");
        let ends = ahead.peek().is_none_or(|c| ",;\n)".contains(c)) || ahead.sees("w/") || ahead.sees("with");
        self.scan = Some(ahead).filter(|_| ends)?;
        self.notes.push(
            "`30-20-10` is taken as 30 s easy, 20 s steady and 10 s all-out, without a pause.".to_string(),
        );
        let steps = ["30s easy", "20s steady", "10s all-out"];
        let steps = steps.map(|step| PhrasePiece {
            body: PhraseBody::Notation(step.to_string()),
            ..PhrasePiece::default()
        });
        Some(PhrasePiece::repeat(count.to_string(), PhrasePiece::group(steps.to_vec())))
    }

    /// `30/30`, `400/200`, `400/90` after `10x`: what the two bare numbers are.
    pub(super) fn bare_pair(&mut self, count: &str) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let start = self.scan.at;
        if let Some(pair) = self.two_of_one_unit(count).or_else(|| self.two_short_times(count)) {
            return Ok(Some(pair));
        }
        let Some((first, second)) = self.two_bare_numbers() else {
            self.scan = before;
            return Ok(None);
        };
        let recovery_metres = second % 50.0 == 0.0 && (100.0..=800.0).contains(&second);
        let reps: f64 = count.split('-').next_back().and_then(|n| n.parse().ok()).unwrap_or(1.0);
        let (work, rest) = if is_track(first) && recovery_metres {
            (LengthUnit::METRE.length(first), LengthUnit::METRE.length(second))
        } else if is_track(first) && is_short(second) && second >= 20.0 {
            (LengthUnit::METRE.length(first), LengthUnit::SECOND.length(second))
        } else if is_short(first) && is_short(second) && reps * (first + second) > 180.0 {
            self.notes.push(format!("`{first}/{second}` names no unit: taken as seconds."));
            (LengthUnit::SECOND.length(first), LengthUnit::SECOND.length(second))
        } else {
            let (written, count) = (self.since(start).to_string(), count.to_string());
            return self.unclear(start, PhraseProblem::UnclearUnits { written, count, first, second });
        };
        Ok(Some(pair(count, work, &rest.text)))
    }

    /// `30/30s`, `400/200m`, `3/2min`: the unit after the second number is that of both.
    fn two_of_one_unit(&mut self, count: &str) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let first = ahead.scan.number()?;
        ahead.scan.eat(&['/'])?;
        let second = ahead.scan.number()?;
        let unit = ahead.unit(second, StepPlace::Item).ok()??;
        let next = ahead.scan.peek();
        let ends = next.is_none_or(|c| ",;\n)+&".contains(c)) || ahead.scan.sees("w/");
        let (work, rest) = (unit.length(first), unit.length(second));
        let likely = match work.sort {
            LengthSort::Seconds if second == rest.value => is_short(first) && is_short(second),
            LengthSort::Seconds => first <= 30.0 && second <= first,
            LengthSort::Metres => is_track(work.value) && (50.0..=work.value).contains(&rest.value),
        };
        if !ends || !likely || unit.pace_unit() == PaceUnit::Mi {
            return None;
        }
        self.scan = ahead.scan;
        Some(pair(count, work, &rest.text))
    }

    /// `30"-30"` after a count and, in brackets, `30"/30"`: a short rep and a recovery of a minute at most.
    fn two_short_times(&mut self, count: &str) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let time = |reader: &mut PhraseReader<'_>| {
            let length = reader.one_length(StepPlace::Item).ok()??;
            (length.sort == LengthSort::Seconds).then_some(length)
        };
        let work = time(&mut ahead)?;
        let joint = ahead.scan.eat(&['/', '-', '–'])?;
        let rest = time(&mut ahead)?;
        let is_short = work.value <= LONGEST_SHORT_REP && rest.value <= LONGEST_SHORT_REST;
        let next = ahead.scan.peek();
        let ends = next.is_none_or(|c| ",;\n)+&".contains(c)) || ahead.sees_recovery_of_sets();
        // `15"-45"` is a range.
        if !is_short || !ends || (joint != '/' && rest.value > work.value) {
            return None;
        }
        self.scan = ahead.scan;
        Some(pair(count, work, &rest.text))
    }

    /// True at a word that introduces a recovery, which can only be that between sets.
    fn sees_recovery_of_sets(&self) -> bool {
        self.ahead().introducer()
    }

    pub(super) fn two_bare_numbers(&mut self) -> Option<(f64, f64)> {
        let first = self.scan.number()?;
        let joint = self.scan.eat(&['/', '-', '–'])?;
        let second = self.scan.number()?;
        // `30-30` is no range, as its second number is not the greater.
        if joint != '/' && (second > first || !is_short(first) || !is_short(second)) {
            return None;
        }
        let next = self.scan.peek();
        let ends = next.is_none_or(|c| ",;\n)+&".contains(c)) || self.sees_recovery_of_sets();
        (ends && !self.scan.rest().starts_with(char::is_alphabetic)).then_some((first, second))
    }
}

/// `count` times `work`, with `rest` between.
fn pair(count: &str, work: LengthPhrase, rest: &str) -> PhrasePiece {
    let step = StepPhrase { length: Some(work), ..StepPhrase::default() };
    let mut piece = PhrasePiece::repeat(count.to_string(), PhrasePiece::step(step));
    piece.set_recovery(RecoveryPhrase::notation(rest.to_string()));
    piece
}

/// True for the seconds of a short rep.
fn is_short(number: f64) -> bool {
    number % 5.0 == 0.0 && (10.0..=95.0).contains(&number)
}

enum LadderUnit {
    Seconds(f64),
    Metres(f64),
}

impl LadderUnit {
    pub(super) fn rung(&self, number: f64) -> PhrasePiece {
        let (sort, value) = match self {
            LadderUnit::Seconds(size) => (LengthSort::Seconds, number * size),
            LadderUnit::Metres(size) => (LengthSort::Metres, number * size),
        };
        let text = match self {
            LadderUnit::Seconds(_) => time_text(value),
            LadderUnit::Metres(size) if *size == 1000.0 => format!("{number}km"),
            LadderUnit::Metres(size) if *size > 1000.0 => format!("{number}mi"),
            LadderUnit::Metres(_) => format!("{value}m"),
        };
        let unit = if matches!(self, LadderUnit::Metres(size) if *size > 1000.5) {
            PaceUnit::Mi
        } else {
            PaceUnit::Km
        };
        let length = Some(LengthPhrase { text, sort, value, lower: None, unit, is_race: false });
        let step = StepPhrase { length, ..StepPhrase::default() };
        PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() }
    }
}
