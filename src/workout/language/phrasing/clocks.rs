//! Clocks without a unit: a pace, or the time of the whole distance.

use super::possible::{ClockReading, after_distance, after_time};
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace, time_text};
use super::targets::clock_text;
use super::units::{PACE_UNITS, TIMES};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::units::PaceUnit;
use crate::workout::language::messages::phrase::PhraseProblem;

/// From this difference on, two paces with `to` between them are a ramp and no range, in seconds.
const WIDEST_RANGE: f64 = 30.0;

impl PhraseReader<'_> {
    /// `in 90`, `in 3:30`, `in 90s` after a distance: the time of the whole.
    pub(super) fn within(&mut self, step: &StepPhrase) -> PhraseResult<Option<String>> {
        let Some(length) = step.length.as_ref().filter(|l| l.sort == LengthSort::Metres) else {
            return Ok(None);
        };
        if step.within.is_some() || !self.scan.sees("in") {
            return Ok(None);
        }
        let before = self.scan.clone();
        let _ = self.scan.take("in");
        if let Some(range) = self.range_of_clocks(length.value) {
            return Ok(Some(range));
        }
        let at = self.scan.clone();
        let readings = match (self.scan.clock(), at.rest().matches(':').count()) {
            (Some(seconds), _) => {
                let parts = self.since(at.at).matches(':').count();
                if parts == 2 { vec![seconds] } else { vec![seconds, seconds * 60.0] }
            }
            (None, _) => {
                if let Some(range) = self.range_of_seconds(length.value) {
                    return Ok(Some(range));
                }
                if let Some(time) = self.length(StepPlace::Item)? {
                    return Ok((time.sort == LengthSort::Seconds).then_some(time.text));
                }
                match self.scan.number() {
                    // `22.30` is 22:30 to some and 22:18 to others, so it is never minutes here.
                    Some(number) if self.has_two_decimals(self.scan.at) => vec![number],
                    Some(number) => vec![number, number * 60.0],
                    None => {
                        self.scan = before;
                        return Ok(None);
                    }
                }
            }
        };
        let possible = |seconds: &&f64| (4.0..=30.0).contains(&(length.value / **seconds * 3.6));
        readings.iter().find(possible).map(|s| Some(time_text(*s))).ok_or(PhrasingError::Unread)
    }

    /// `2:55-3:00` after `in`: minutes and seconds, where anybody can run that.
    fn range_of_clocks(&mut self, metres: f64) -> Option<String> {
        let mut ahead = self.scan.clone();
        let low = ahead.clock()?;
        let high = if ahead.range_mark() { ahead.clock()? } else { return None };
        let possible = |s: f64| (4.0..=30.0).contains(&(metres / s * 3.6));
        (low < high && possible(low) && possible(high)).then(|| {
            self.scan = ahead;
            format!("{}-{}", time_text(low), time_text(high))
        })
    }

    /// `75-78` after `in`: seconds, where anybody can run that.
    fn range_of_seconds(&mut self, metres: f64) -> Option<String> {
        let mut ahead = self.scan.clone();
        let low = ahead.number()?;
        let high = if ahead.range_mark() { ahead.number()? } else { return None };
        let bare = !ahead.rest().starts_with(|c: char| c.is_alphabetic() || "'′’\"″”:".contains(c))
            && ahead.clone().longest(TIMES).is_none();
        let possible = |s: f64| (4.0..=30.0).contains(&(metres / s * 3.6));
        (bare && low < high && possible(low) && possible(high)).then(|| {
            self.scan = ahead;
            format!("{low}-{high}s")
        })
    }

    /// A clock without a unit after `step`'s length: its pace, or the time of the whole.
    pub(super) fn unitless(&mut self, step: &mut StepPhrase, after_at: bool) -> PhraseResult<bool> {
        let Some(length) = step.length.clone() else { return Ok(false) };
        if self.ramp_of_clocks(step, &length, after_at) {
            return Ok(true);
        }
        let before = self.scan.clone();
        let is_between = self.scan.take("between");
        self.scan.skip_spaces();
        let start = self.scan.at;
        let mut clocks = Vec::new();
        if let Some(first) = self.unitless_clock(after_at) {
            clocks.push(first);
            let mark = self.scan.clone();
            let is_range = self.scan.range_mark() || (is_between && self.scan.take("and"));
            match is_range.then(|| self.second_clock(after_at)).flatten() {
                Some(second) => clocks.push(second),
                None => self.scan = mark,
            }
        } else if after_at && let Some(number) = self.scan.number() {
            let next = self.scan.rest().chars().next().unwrap_or(' ');
            if next.is_alphabetic()
                || "%:'′’\"″”-–/".contains(next)
                || self.scan.clone().longest(TIMES).is_some()
            {
                self.scan = before;
                return Ok(false);
            }
            let whole =
                length.sort == LengthSort::Metres && (9.0..=24.0).contains(&(length.value / number * 3.6));
            if !whole {
                self.scan = before;
                return Ok(false);
            }
            step.within = Some(time_text(number));
            return Ok(true);
        } else {
            self.scan = before;
            return Ok(false);
        }
        let written = match self.since(start) {
            text if is_between
                || text.contains(['\'', '′', '’'])
                || text.matches(':').count() < clocks.len() =>
            {
                clocks.iter().map(|s| clock_text(*s)).collect::<Vec<_>>().join("-")
            }
            text => text.to_string(),
        };
        let is_pace = self.scan.take("pace");
        let reading = match length.sort {
            LengthSort::Metres if is_pace => ClockReading::Pace(length.unit),
            LengthSort::Metres => after_distance(length.value, length.unit, &clocks),
            LengthSort::Seconds => after_time(&clocks),
        };
        self.settle_clock(step, &length, &ClockText { written, clocks, start }, reading)
    }

    /// The second clock of a range, which may be whole minutes: `7:45-8`.
    fn second_clock(&mut self, after_at: bool) -> Option<f64> {
        let before = self.scan.clone();
        if let Some(clock) = self.unitless_clock(after_at) {
            return Some(clock);
        }
        self.scan = before.clone();
        let minutes = self.scan.number().filter(|n| after_at && n.fract() == 0.0 && (3.0..=15.0).contains(n));
        if minutes.is_none() || !(self.sees_item_end() || self.scan.longest(PACE_UNITS).is_some()) {
            self.scan = before;
            return None;
        }
        minutes.map(|minutes| 60.0 * minutes)
    }

    /// `10km @ 6:00 -> 5:00`, `6 miles from 8:00 to 7:00`: a ramp between two paces in the unit of the distance.
    fn ramp_of_clocks(&mut self, step: &mut StepPhrase, length: &LengthPhrase, after_at: bool) -> bool {
        let mut ahead = self.ahead();
        let (slowest, fastest) = match length.unit {
            PaceUnit::Km => (600.0, 150.0),
            PaceUnit::Mi => (960.0, 240.0),
        };
        let is_pace = |seconds: &f64| (fastest..=slowest).contains(seconds);
        let clocks = (|| {
            let first = ahead.unitless_clock(after_at).filter(is_pace)?;
            let is_ramp = ahead.arrow() || step.is_progression;
            let is_to = !is_ramp && ahead.scan.sees("to");
            let is_joined = ahead.scan.range_mark() || is_ramp;
            let second =
                if is_joined { ahead.unitless_clock(after_at).filter(is_pace)? } else { return None };
            // `6:00 to 5:00` is too wide for a range.
            (is_ramp || (is_to && first - second >= WIDEST_RANGE)).then_some((first, second))
        })();
        let Some((first, second)) = clocks.filter(|_| length.sort == LengthSort::Metres) else {
            return false;
        };
        if ahead.scan.clone().longest(PACE_UNITS).is_some() {
            return false;
        }
        self.scan = ahead.scan;
        let unit = length.unit.name();
        let target = format!("{}/{unit} -> {}/{unit}", clock_text(first), clock_text(second));
        self.notes.push(format!("The paces are taken for each {unit}: {target}."));
        step.targets.push(target);
        true
    }

    /// A clock without a unit, with primes only where it cannot be a step's length.
    fn unitless_clock(&mut self, with_primes: bool) -> Option<f64> {
        let primes = if with_primes { self.scan.prime_clock() } else { None };
        primes.or_else(|| self.scan.clock())
    }

    /// `@ 90s`, `@ 35-37s`, `@ 4min`: the time of the whole distance, unless only a pace is possible.
    pub(super) fn timed(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let Some(length) = step.length.clone().filter(|l| l.sort == LengthSort::Metres) else {
            return Ok(false);
        };
        let before = self.scan.clone();
        let start = before.at;
        let Some(time) = self.length(StepPlace::Item)?.filter(|time| time.sort == LengthSort::Seconds) else {
            self.scan = before;
            return Ok(false);
        };
        let mut clocks: Vec<f64> = time.lower.into_iter().collect();
        clocks.push(time.value);
        match after_distance(length.value, length.unit, &clocks) {
            ClockReading::Pace(_) if time.value >= 120.0 => {
                let written = clocks.iter().map(|s| clock_text(*s)).collect::<Vec<_>>().join("-");
                let clock = ClockText { written, clocks, start };
                self.settle_clock(step, &length, &clock, ClockReading::Pace(length.unit))
            }
            ClockReading::Unclear if time.value >= 120.0 => {
                let written = clocks.iter().map(|s| clock_text(*s)).collect::<Vec<_>>().join("-");
                self.settle_clock(step, &length, &ClockText { written, clocks, start }, ClockReading::Unclear)
            }
            _ => {
                step.within = Some(time.text);
                Ok(true)
            }
        }
    }

    pub(super) fn settle_clock(
        &mut self,
        step: &mut StepPhrase,
        length: &LengthPhrase,
        clock: &ClockText,
        reading: ClockReading,
    ) -> PhraseResult<bool> {
        let ClockText { written, clocks, start } = clock;
        match reading {
            // `from 6:00 to 5:00`: nobody runs one distance in two times.
            ClockReading::Pace(_) | ClockReading::Unclear if step.is_progression && clocks.len() == 2 => {
                let unit = match reading {
                    ClockReading::Pace(unit) => unit,
                    _ => length.unit,
                };
                let ramp: Vec<String> =
                    clocks.iter().map(|s| format!("{}/{}", clock_text(*s), unit.name())).collect();
                let ramp = ramp.join(" -> ");
                self.notes.push(format!("`{written}` is taken as {ramp}."));
                step.targets.push(ramp);
                Ok(true)
            }
            ClockReading::Pace(unit) => {
                let text =
                    format!("{}/{}", written.replace(['–', ' '], "-").replace("-to-", "-"), unit.name());
                self.notes.push(format!("`{written}` is taken as {text}."));
                self.add_target(step, text)?;
                Ok(true)
            }
            ClockReading::Whole => {
                let times: Vec<String> = clocks.iter().map(|s| time_text(*s)).collect();
                self.notes.push(format!("`{written}` is taken as the time of the whole {}.", length.text));
                step.within = Some(times.join("-"));
                // A race's pace beside the time would be a second pace.
                if let Some(race) =
                    step.targets.pop_if(|target| target.ends_with('K') || target.ends_with('P'))
                {
                    self.notes.push(format!("`{written}` says how fast, so `{race}` is left out."));
                }
                Ok(true)
            }
            ClockReading::Unclear => {
                let (written, unit) = (written.clone(), length.unit);
                let timed = length.sort == LengthSort::Seconds;
                let length = length.text.clone();
                self.unclear(
                    *start,
                    match timed {
                        true => PhraseProblem::UnclearPaceUnit { written, length },
                        false => PhraseProblem::UnclearClock { written, length, unit },
                    },
                )
            }
        }
    }
}

/// A clock as written, and its seconds.
pub(super) struct ClockText {
    written: String,
    clocks: Vec<f64>,
    start: usize,
}
