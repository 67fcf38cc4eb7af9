//! Targets that begin with a number, and offsets from named paces.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::text::quoted;
use crate::units::{PaceUnit, Speed, SpeedUnit, trimmed};
use crate::workout::language::document::{HeartBase, HeartLine, NamedEnd, PaceLine, PaceOffset, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::WordMeaning;

/// A number, and whether it was written as a clock's minutes and seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) clock: bool,
}

impl Figure {
    /// As the seconds of a pace: `5:30` is 330, `5` is five minutes.
    fn pace_seconds(self) -> f64 {
        if self.clock { self.value } else { self.value * 60.0 }
    }
}

/// The unit behind a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Pace(PaceUnit),
    Speed(SpeedUnit),
    Bpm,
    Percent,
    Race,
}

impl Parser<'_> {
    /// A target that begins with a number.
    pub(crate) fn numbered(&mut self) -> ParseResult<TargetLine> {
        let start = self.peek().start;
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
            Some(unit) => self.with_unit((first, second.unwrap_or(first)), unit, start),
            None if second.is_none() && self.peek().tok == Tok::Arrow => self.ramp_from(first, start),
            None => Err(self.no_target_unit(start)),
        }
    }

    /// `6 -> 10 km/h`: the first number takes the unit of the second.
    fn ramp_from(&mut self, first: Figure, start: usize) -> ParseResult<TargetLine> {
        self.eat(&Tok::Arrow);
        let to = self.ramp_end()?;
        let unit = match to {
            PaceLine::Pace(_, _, unit) => Unit::Pace(unit),
            PaceLine::Speed(_, _, unit) => Unit::Speed(unit),
            PaceLine::Named { .. } | PaceLine::Between(..) => {
                let help = "write the unit of both ends, like `6km/h -> MP`".to_string();
                let message = "the ramp's first end has no unit".to_string();
                return Err(self.fail((start, self.at), message, "no unit", help));
            }
        };
        match self.with_unit((first, first), unit, start)? {
            TargetLine::Pace(from, _) => Ok(TargetLine::Pace(from, Some(to))),
            other => Ok(other),
        }
    }

    /// A number, or `m:ss`, or `m′ss″`.
    pub(crate) fn figure(&mut self) -> ParseResult<Figure> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.no_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        self.odd_number(&number, &next)?;
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

    /// The unit that stands here, taken.
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

    fn with_unit(&mut self, figures: (Figure, Figure), unit: Unit, start: usize) -> ParseResult<TargetLine> {
        let (a, b) = figures;
        if (a.clock || b.clock) && !matches!(unit, Unit::Pace(_)) {
            let help = "write a pace as `5:00/km`, a speed as `10.5km/h`".to_string();
            return Err(self.fail(
                (start, self.at),
                "this mixes a time and another unit".into(),
                "minutes of what?",
                help,
            ));
        }
        match unit {
            Unit::Pace(unit) => {
                if !a.clock {
                    self.no_decimal_clock(start, "/", unit.name())?;
                }
                let (a, b) = (a.pace_seconds(), b.pace_seconds());
                for seconds in [a, b] {
                    self.bounded_speed(Speed::from_pace(seconds, unit), start)?;
                }
                self.fillers();
                self.perhaps_ramp(PaceLine::Pace(a, b, unit))
            }
            Unit::Speed(unit) => {
                for number in [a.value, b.value] {
                    self.bounded_speed(unit.speed(number), start)?;
                }
                self.perhaps_ramp(PaceLine::Speed(a.value, b.value, unit))
            }
            Unit::Bpm => self.beats(a.value.min(b.value), a.value.max(b.value), start),
            Unit::Percent => self.percent(a.value.min(b.value), a.value.max(b.value), start),
            Unit::Race => {
                let line = self.race(a.value, PaceOffset::None, start)?;
                self.perhaps_ramp(line)
            }
        }
    }

    pub(crate) fn bounded_speed(&mut self, speed: Speed, start: usize) -> ParseResult<()> {
        if speed.kmh() > 0.0 && speed.kmh() <= 50.0 + 1e-9 {
            return Ok(());
        }
        let help = "write a speed above 0 and up to 50 km/h (a pace from 1:12/km on)".to_string();
        Err(self.fail((start, self.at), "no one runs at this speed".into(), "above 0 to 50 km/h", help))
    }

    fn beats(&mut self, low: f64, high: f64, start: usize) -> ParseResult<TargetLine> {
        if low < 30.0 || high > 250.0 || low.fract() != 0.0 || high.fract() != 0.0 {
            let help = "write whole beats a minute from 30 to 250, like `140-150bpm`".to_string();
            return Err(self.fail(
                (start, self.at),
                "no heart beats like this".into(),
                "30 to 250 bpm",
                help,
            ));
        }
        Ok(TargetLine::HeartRate(HeartLine::Bpm(low as u32, high as u32)))
    }

    /// `10K`, whose number is `value`.
    fn race(&mut self, value: f64, by: PaceOffset, start: usize) -> ParseResult<PaceLine> {
        let Some((base, shown)) = lexicon::pace(&format!("{}K", trimmed(value, 3))) else {
            let help = "write `3K`, `5K`, `10K`, `half` or `marathon`, or the pace itself, like `5:00/km`";
            let message = format!("{} is not a race pace that is known", quoted(self.slice(start, self.at)));
            return Err(self.fail((start, self.at), message, "not among the races", help.into()));
        };
        if by == PaceOffset::None
            && let Some(range) = self.named_range(NamedEnd { base, shown })?
        {
            return Ok(range);
        }
        self.fillers();
        let by = match by {
            PaceOffset::None => self.offset(start)?,
            by => by,
        };
        Ok(PaceLine::Named { base, shown, by })
    }

    /// `95%` of a heart rate or of a pace, the percent sign taken.
    fn percent(&mut self, low: f64, high: f64, start: usize) -> ParseResult<TargetLine> {
        let mut next = self.peek();
        if next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("of") {
            self.take(&next);
            next = self.peek();
        }
        if let Some((base, end)) = self.phrase(&next, heart_base) {
            self.at = end;
            if low < 30.0 || high > 130.0 {
                let help = "write a percentage from 30 to 130, like `75%HRmax`".to_string();
                return Err(self.fail(
                    (start, self.at),
                    "no heart beats like this".into(),
                    "30 to 130 %",
                    help,
                ));
            }
            return Ok(TargetLine::HeartRate(HeartLine::Percent(low, high, base)));
        }
        let change = PaceOffset::Percent(low, high);
        let line = if let Some(((base, shown), end)) = self.phrase(&next, lexicon::pace) {
            self.at = end;
            self.fillers();
            PaceLine::Named { base, shown, by: change }
        } else if let Tok::Number(value) = next.tok {
            self.take(&next);
            if self.unit() != Some(Unit::Race) {
                return Err(self.percent_of_what(start));
            }
            self.race(value, change, next.start)?
        } else {
            return Err(self.percent_of_what(start));
        };
        if low < 30.0 || high > 150.0 {
            let help = "write a percentage of the pace's speed from 30 to 150, like `95% 5K`".to_string();
            return Err(self.fail(
                (start, self.at),
                "this is far from that pace".into(),
                "30 to 150 %",
                help,
            ));
        }
        self.perhaps_ramp(line)
    }

    fn percent_of_what(&mut self, start: usize) -> Reported {
        let n = self.slice(start, self.at).trim_end();
        let help =
            format!("write `{n} 5K` for a pace, `{n} HRmax` for a heart rate, `incline {n}` for a hill");
        self.fail((start, self.at), format!("{} of what?", quoted(n)), "a percentage of nothing", help)
    }

    /// Reports a number among the targets that says no unit of a target.
    fn no_target_unit(&mut self, start: usize) -> Reported {
        let n = self.slice(start, self.at).trim_end().to_string();
        let next = self.peek();
        let end = start + n.len();
        if matches!(next.tok, Tok::Times)
            || (next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("x"))
        {
            let help = "put a comma before it: `5min easy, 8×60s hard / 60s easy`".to_string();
            self.fail((start, next.end), "a repeat inside a step".into(), "a comma is missing", help);
            let behind = self.slice(0, start).trim_end().len();
            self.mend((behind, behind), Some(",".to_string()));
            return Reported;
        }
        let length = match next.tok {
            Tok::Prime | Tok::DoublePrime => true,
            Tok::Word => lexicon::units().chain(["m"]).any(|u| u.eq_ignore_ascii_case(self.text_of(&next))),
            _ => n.contains(':'),
        };
        if length {
            let until = if next.tok == Tok::Word && !n.contains(':') { next.end } else { end };
            let help = "put a comma between two steps; a distance's own time is written `400m in 90s`";
            return self.fail(
                (start, until),
                "a second length in one step".into(),
                "there is one already",
                help.into(),
            );
        }
        let help =
            format!("write a unit behind it: `{n}km/h`, `{n}bpm`, `{n}% 5K`; a pace is written `5:00/km`");
        self.fail((start, end), format!("{} has no unit", quoted(&n)), "a number of what?", help)
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
