//! Targets that begin with a number: paces, speeds, heart rates and percentages.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::units::{PaceUnit, Speed, SpeedUnit};
use crate::workout::language::document::{HeartBase, HeartLine, PaceLine, PaceOffset, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::pace::PaceProblem;

/// A number in a target. `clock` is true if it was written as minutes and seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) clock: bool,
}

/// The slowest speed, in km/h, that is written as a pace: 20:00/km. A slower walk is written as a speed.
const SLOWEST_PACE: f64 = 3.0;
/// The lowest and the highest heart rate, in beats a minute.
const LOWEST_BEATS: f64 = 30.0;
const HIGHEST_BEATS: f64 = 230.0;

impl Figure {
    /// Converts the number to the seconds of a pace: `5:30` is 330, and `5` is five minutes.
    fn pace_seconds(self) -> f64 {
        if self.clock { self.value } else { self.value * 60.0 }
    }
}

/// Both ends of a range, as written; a single number is both.
#[derive(Clone, Copy, Debug)]
struct FigureRange {
    first: Figure,
    second: Figure,
}

/// The unit after a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Pace(PaceUnit),
    Speed(SpeedUnit),
    Bpm,
    Percent,
    Race,
}

impl Parser<'_> {
    /// Parses a target that begins with a number.
    pub(crate) fn numbered(&mut self) -> ParseResult<TargetLine> {
        let number = self.peek();
        let start = number.start;
        if let Some(race) = self.race_pace(&number) {
            let line = self.race(race, PaceOffset::None, start)?;
            return self.optional_ramp(line);
        }
        if let Some((first, second)) = self.race_range(&number) {
            self.at = second.end;
            self.fillers();
            return self.optional_ramp(PaceLine::Between(first, second.pace));
        }
        let first = self.figure()?;
        let mut unit = self.unit();
        let mut second = None;
        let mark = self.peek();
        if unit != Some(Unit::Race) && is_range(&mark.tok) && matches!(self.after(&mark).tok, Tok::Number(_))
        {
            self.take(&mark);
            let upper = self.figure()?;
            unit = self.unit().or(unit);
            second = Some(upper);
        }
        match unit {
            Some(unit) => {
                let figures = FigureRange { first, second: second.unwrap_or(first) };
                self.with_unit(figures, unit, start)
            }
            None if second.is_none() && self.peek().tok == Tok::Arrow => self.ramp_from(first, start),
            None => Err(self.missing_target_unit(start)),
        }
    }

    /// Parses the rest of `6 -> 10 km/h`: the first number takes the unit of the second.
    fn ramp_from(&mut self, first: Figure, start: usize) -> ParseResult<TargetLine> {
        self.eat(&Tok::Arrow);
        let to = self.ramp_end()?;
        let unit = match to {
            PaceLine::Pace(_, _, unit) => Unit::Pace(unit),
            PaceLine::Speed(_, _, unit) => Unit::Speed(unit),
            PaceLine::Named { .. } | PaceLine::Between(..) => {
                return Err(self.fail(start..self.at, PaceProblem::RampStartWithoutUnit));
            }
        };
        match self.with_unit(FigureRange { first, second: first }, unit, start)? {
            TargetLine::Pace(from, _) => Ok(TargetLine::Pace(from, Some(to))),
            other => Ok(other),
        }
    }

    /// Parses a number or a clock such as `5:30`.
    pub(crate) fn figure(&mut self) -> ParseResult<Figure> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.missing_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        self.reject_odd_number(&number, &next)?;
        let after = self.after(&next);
        let clock = next.tok == Tok::Colon
            && Self::touch(&number, &next)
            && Self::touch(&next, &after)
            && matches!(after.tok, Tok::Number(_));
        if clock {
            let value = self.clock(&number)?;
            return Ok(Figure { value, clock: true });
        }
        Ok(Figure { value, clock: false })
    }

    /// Takes the unit that stands here.
    fn unit(&mut self) -> Option<Unit> {
        let next = self.peek();
        let after = self.after(&next);
        let third = self.after(&after);
        let slashed = after.tok == Tok::Slash;
        match next.tok {
            Tok::Percent => {
                self.take(&next);
                Some(Unit::Percent)
            }
            Tok::Slash => {
                let unit = self.pace_unit(&after)?;
                self.take(&after);
                Some(Unit::Pace(unit))
            }
            Tok::Word => {
                let text = self.text_of(&next).to_ascii_lowercase();
                let (unit, end) = match text.as_str() {
                    "bpm" => (Unit::Bpm, next),
                    "kmh" | "kph" => (Unit::Speed(SpeedUnit::KmPerHour), next),
                    "mph" => (Unit::Speed(SpeedUnit::MilesPerHour), next),
                    "k" => (Unit::Race, next),
                    "km" if slashed && self.is_hour(&third) => (Unit::Speed(SpeedUnit::KmPerHour), third),
                    "mi" | "miles" if slashed && self.is_hour(&third) => {
                        (Unit::Speed(SpeedUnit::MilesPerHour), third)
                    }
                    "min" if slashed => (Unit::Pace(self.pace_unit(&third)?), third),
                    _ => return None,
                };
                self.take(&end);
                Some(unit)
            }
            _ => None,
        }
    }

    fn is_hour(&self, token: &Token) -> bool {
        token.tok == Tok::Word && lexicon::is(self.text_of(token), WordMeaning::Time(3600))
    }

    pub(crate) fn pace_unit(&self, token: &Token) -> Option<PaceUnit> {
        if token.tok != Tok::Word {
            return None;
        }
        lexicon::lookup(self.text_of(token), |m| match m {
            WordMeaning::Length(metres) if metres == PaceUnit::Km.metres() => Some(PaceUnit::Km),
            WordMeaning::Length(metres) if metres == PaceUnit::Mi.metres() => Some(PaceUnit::Mi),
            _ => None,
        })
    }

    fn with_unit(&mut self, figures: FigureRange, unit: Unit, start: usize) -> ParseResult<TargetLine> {
        let FigureRange { first: a, second: b } = figures;
        if (a.clock || b.clock) && !matches!(unit, Unit::Pace(_)) {
            return Err(self.fail(start..self.at, PaceProblem::ClockWithUnit));
        }
        match unit {
            Unit::Pace(unit) => {
                if !a.clock {
                    self.reject_decimal_clock(start, "/", unit.name())?;
                }
                let (a, b) = (a.pace_seconds(), b.pace_seconds());
                for seconds in [a, b] {
                    let speed = Speed::from_pace(seconds, unit);
                    self.bounded_speed(speed, start)?;
                    if speed.kmh() < SLOWEST_PACE - 1e-9 {
                        return Err(self.fail(start..self.at, PaceProblem::SlowPace));
                    }
                }
                self.fillers();
                self.optional_ramp(PaceLine::Pace(a, b, unit))
            }
            Unit::Speed(unit) => {
                for number in [a.value, b.value] {
                    self.bounded_speed(unit.speed(number), start)?;
                }
                self.optional_ramp(PaceLine::Speed(a.value, b.value, unit))
            }
            Unit::Bpm => self.beats(a.value.min(b.value), a.value.max(b.value), start),
            Unit::Percent => self.percentage(a.value.min(b.value), a.value.max(b.value), start),
            Unit::Race => self.unknown_race(start),
        }
    }

    pub(crate) fn bounded_speed(&mut self, speed: Speed, start: usize) -> ParseResult<()> {
        if speed.kmh() > 0.0 && speed.kmh() <= 50.0 + 1e-9 {
            return Ok(());
        }
        Err(self.fail(start..self.at, PaceProblem::ImpossibleSpeed))
    }

    pub(crate) fn beats(&mut self, low: f64, high: f64, start: usize) -> ParseResult<TargetLine> {
        if low < LOWEST_BEATS || high > HIGHEST_BEATS || low.fract() != 0.0 || high.fract() != 0.0 {
            return Err(self.fail(start..self.at, PaceProblem::ImpossibleHeartRate));
        }
        Ok(TargetLine::HeartRate(HeartLine::Bpm(low as u32, high as u32)))
    }

    /// Parses the rest of a percentage of a heart rate or of a pace; the percent sign has been taken.
    fn percentage(&mut self, low: f64, high: f64, start: usize) -> ParseResult<TargetLine> {
        let mut next = self.peek();
        if next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("of") {
            self.take(&next);
            next = self.peek();
        }
        if let Some((base, end)) = self.phrase(&next, heart_base) {
            self.at = end;
            let most = if base == HeartBase::Threshold { 130.0 } else { 100.0 };
            if low < 30.0 || high > most {
                return Err(self.fail(start..self.at, PaceProblem::ImpossibleHeartPercentage));
            }
            return Ok(TargetLine::HeartRate(HeartLine::Percent(low, high, base)));
        }
        let change = PaceOffset::Percent(low, high);
        let line = if let Some(((base, shown), end)) = self.phrase(&next, lexicon::pace) {
            self.at = end;
            self.fillers();
            PaceLine::Named { base, shown, by: change }
        } else if let Some(race) = self.race_pace(&next) {
            self.race(race, change, next.start)?
        } else if matches!(next.tok, Tok::Number(_)) {
            self.take(&next);
            if self.unit() != Some(Unit::Race) {
                return Err(self.percentage_of_nothing(start));
            }
            return self.unknown_race(next.start);
        } else {
            return Err(self.percentage_of_nothing(start));
        };
        if low < 30.0 || high > 150.0 {
            return Err(self.fail(start..self.at, PaceProblem::PacePercentageOutOfRange));
        }
        self.optional_ramp(line)
    }

    fn percentage_of_nothing(&mut self, start: usize) -> Reported {
        let written = self.slice(start, self.at).trim_end();
        self.fail(start..self.at, PaceProblem::PercentageOfNothing { written })
    }

    /// Reports a number among the targets, from `start` to the current position, that has no unit of a target.
    fn missing_target_unit(&mut self, start: usize) -> Reported {
        let number = self.slice(start, self.at).trim_end();
        let next = self.peek();
        let end = start + number.len();
        if matches!(next.tok, Tok::Times)
            || (next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("x"))
        {
            self.fail(start..next.end, PaceProblem::RepeatInStep);
            let step_end = self.slice(0, start).trim_end().len();
            self.fix_last(step_end..step_end, ",");
            return Reported;
        }
        let clock = number.contains(':');
        let length = match next.tok {
            Tok::Prime | Tok::DoublePrime => true,
            Tok::Word => lexicon::units().chain(["m"]).any(|u| u.eq_ignore_ascii_case(self.text_of(&next))),
            _ => clock,
        };
        if length {
            let end = if next.tok == Tok::Word && !clock { next.end } else { end };
            return self.fail(start..end, PaceProblem::SecondLength);
        }
        self.fail(start..end, PaceProblem::MissingTargetUnit { number })
    }
}

fn heart_base(text: &str) -> Option<HeartBase> {
    match text.to_ascii_lowercase().as_str() {
        "hrmax" | "hr max" | "max hr" | "maxhr" => Some(HeartBase::Max),
        "hrr" => Some(HeartBase::Reserve),
        "lthr" => Some(HeartBase::Threshold),
        _ => None,
    }
}
