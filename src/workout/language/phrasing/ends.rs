//! What ends a step: times, distances, and clocks whose unit has to be worked out.

use super::possible::{ClockReading, behind_distance, behind_time};
use super::step::{StepPhrase, StepPlace};
use super::words::{LENGTHS, TIMES};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::units::{Millis, PaceUnit};
use crate::workout::language::print;

/// What a length is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LengthSort {
    Seconds,
    Metres,
}

/// A length as notation, with its upper end as a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LengthPhrase {
    pub(super) text: String,
    pub(super) sort: LengthSort,
    /// Seconds or metres.
    pub(super) value: f64,
    /// The lower end of a range.
    pub(super) lower: Option<f64>,
    /// The unit of a pace that belongs to it.
    pub(super) unit: PaceUnit,
    /// Written as `10K`, which alone could be a race's pace.
    pub(super) is_race: bool,
}

/// A number's unit: seconds or metres for one of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LengthUnit {
    sort: LengthSort,
    size: f64,
    is_race: bool,
}

/// `seconds` as notation.
pub(super) fn time_text(seconds: f64) -> String {
    print::time(Millis::from_secs_f64(seconds))
}

impl LengthUnit {
    fn pace_unit(self) -> PaceUnit {
        if (self.size - PaceUnit::Mi.metres()).abs() < 1e-6 { PaceUnit::Mi } else { PaceUnit::Km }
    }

    /// `number` of the unit as notation.
    fn text(self, number: f64) -> String {
        match self.sort {
            LengthSort::Seconds => time_text(number * self.size),
            LengthSort::Metres if self.size == 1000.0 => format!("{number}km"),
            LengthSort::Metres if self.pace_unit() == PaceUnit::Mi => format!("{number}mi"),
            LengthSort::Metres => metres_text(number * self.size),
        }
    }

    fn length(self, number: f64) -> LengthPhrase {
        LengthPhrase {
            text: self.text(number),
            sort: self.sort,
            value: number * self.size,
            lower: None,
            unit: self.pace_unit(),
            is_race: self.is_race,
        }
    }
}

fn metres_text(metres: f64) -> String {
    if metres < 100.0 { format!("{metres} metres") } else { format!("{metres}m") }
}

impl PhraseReader<'_> {
    /// A time or a distance, ranges too. Nothing where none stands here.
    pub(super) fn length(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        let _ = self.scan.eat(&['~']);
        let found = self.one_length(place)?;
        let Some(first) = found else {
            if let Some(range) = self.range_of_bare(place)? {
                return Ok(Some(range));
            }
            self.scan = before;
            return Ok(None);
        };
        let mark = self.scan.clone();
        if !first.text.contains(' ') && self.scan.range_mark() {
            if let Some(second) = self.one_length(place)?
                && second.sort == first.sort
                && second.value > first.value
            {
                return Ok(Some(range(&first, &second)));
            }
        }
        self.scan = mark;
        Ok(Some(first))
    }

    /// `8-10k`, `45 to 60min`: the unit stands behind the second number.
    fn range_of_bare(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        if let Some(low) = self.scan.number()
            && self.scan.range_mark()
            && let Some(high) = self.scan.number().filter(|high| *high > low)
            && let Some(unit) = self.unit(high, place)?
        {
            return Ok(Some(range(&unit.length(low), &unit.length(high))));
        }
        self.scan = before;
        Ok(None)
    }

    fn one_length(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        if let Some(seconds) = self.scan.clock() {
            let _ = ["min", "mins", "h"]
                .iter()
                .any(|unit| self.scan.rest().starts_with(unit) && self.scan.take(unit));
            let unit = LengthUnit { sort: LengthSort::Seconds, size: 1.0, is_race: false };
            return Ok(Some(unit.length(seconds)));
        }
        let Some(number) = self.scan.number() else { return Ok(None) };
        let Some(unit) = self.unit(number, place)? else {
            self.scan = before;
            return Ok(None);
        };
        if unit.sort == LengthSort::Metres {
            return Ok(Some(unit.length(number)));
        }
        let seconds = self.compound(number * unit.size, unit.size);
        Ok(Some(LengthUnit { size: 1.0, ..unit }.length(seconds)))
    }

    /// What follows the first unit of a time: `2min 30s`, `1h 15`, `3'30"`.
    fn compound(&mut self, mut seconds: f64, mut smallest: f64) -> f64 {
        while smallest > 1.0 {
            let before = self.scan.clone();
            let touches = !self.scan.rest().starts_with(' ');
            let Some(number) = self.scan.number().filter(|n| *n < 60.0) else {
                self.scan = before;
                break;
            };
            match self.scan.longest(TIMES) {
                Some(size) if size < smallest => {
                    seconds += number * size;
                    smallest = size;
                }
                None if touches || smallest == 3600.0 => {
                    let ends =
                        !self.scan.rest().starts_with(|c: char| c.is_alphanumeric() || ":%-/".contains(c));
                    if !ends {
                        self.scan = before;
                        break;
                    }
                    seconds += number * smallest / 60.0;
                    break;
                }
                _ => {
                    self.scan = before;
                    break;
                }
            }
        }
        seconds
    }

    /// The unit behind `number`, or the one that a bare number has in `place`.
    fn unit(&mut self, number: f64, place: StepPlace) -> PhraseResult<Option<LengthUnit>> {
        let before = self.scan.clone();
        let written = self.scan.rest().trim_start();
        let is_m = written.starts_with('m') || written.starts_with('M');
        if let Some(size) = self.scan.longest(LENGTHS) {
            let unit = LengthUnit {
                sort: LengthSort::Metres,
                size,
                is_race: size == 1000.0
                    && matches!(written.as_bytes(), [b'K' | b'k', ..])
                    && !written.to_lowercase().starts_with("km"),
            };
            let short = self.scan.text.get(before.at..self.scan.at).unwrap_or_default().trim();
            let strides = self.scan.clone().take("strides") || self.scan.clone().take("stride");
            if is_m && (short == "M" || (short == "m" && number < 100.0 && !strides)) {
                return Err(PhrasingError::Unread);
            }
            // `5K pace` is a pace wherever it stands.
            if size == 1000.0 && written.starts_with(['k', 'K']) && self.scan.sees("pace") {
                self.scan = before;
                return Ok(None);
            }
            return Ok(Some(unit));
        }
        if let Some(size) = self.scan.longest(TIMES) {
            // `8x400s` and `2.30min` have two readings.
            let plural = place == StepPlace::Body && size == 1.0 && is_track(number) && number >= 200.0;
            let cents = (number * 100.0).round() % 100.0;
            let point =
                size == 60.0 && cents < 60.0 && cents % 25.0 != 0.0 && self.has_two_decimals(before.at);
            if plural || point {
                return Err(PhrasingError::Unread);
            }
            let _ = self.scan.rest().starts_with(". ") && self.scan.eat(&['.']).is_some();
            return Ok(Some(LengthUnit { sort: LengthSort::Seconds, size, is_race: false }));
        }
        let next = self.scan.rest().chars().next().unwrap_or(' ');
        if next.is_alphabetic() || ":%^".contains(next) {
            return Ok(None);
        }
        let metres = LengthUnit { sort: LengthSort::Metres, size: 1.0, is_race: false };
        let seconds = LengthUnit { sort: LengthSort::Seconds, size: 1.0, is_race: false };
        let fifties = number % 50.0 == 0.0;
        Ok(match place {
            StepPlace::Body if is_track(number) => Some(metres),
            StepPlace::Body
                if number % 5.0 == 0.0 && (10.0..=95.0).contains(&number) && self.scan.sees("on") =>
            {
                Some(seconds)
            }
            StepPlace::Recovery(Some(LengthSort::Metres)) | StepPlace::BehindRepeat
                if fifties && (100.0..=800.0).contains(&number) =>
            {
                self.if_recovery_follows(metres, place)
            }
            StepPlace::Recovery(_) | StepPlace::BehindRepeat
                if number % 5.0 == 0.0 && (20.0..=95.0).contains(&number) =>
            {
                self.if_recovery_follows(seconds, place)
            }
            _ => None,
        })
    }

    /// True where the number that ends at `end` has two decimals.
    fn has_two_decimals(&self, end: usize) -> bool {
        let before = self.scan.text.get(..end).unwrap_or_default().trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        digits == 2 && before[..before.len() - digits].ends_with('.')
    }

    /// `unit`, where the place asks for nothing more, or a word of recovery follows.
    fn if_recovery_follows(&self, unit: LengthUnit, place: StepPlace) -> Option<LengthUnit> {
        let words = ["jog", "rest", "walk", "recovery", "easy", "float"];
        (place != StepPlace::BehindRepeat || words.iter().any(|word| self.scan.sees(word))).then_some(unit)
    }

    /// `in 90`, `in 3:30`, `in 90s` behind a distance: the time of the whole.
    pub(super) fn within(&mut self, step: &StepPhrase) -> PhraseResult<Option<String>> {
        let Some(length) = step.length.as_ref().filter(|l| l.sort == LengthSort::Metres) else {
            return Ok(None);
        };
        if step.within.is_some() || !self.scan.sees("in") {
            return Ok(None);
        }
        let before = self.scan.clone();
        let _ = self.scan.take("in");
        let at = self.scan.clone();
        let readings = match (self.scan.clock(), at.rest().matches(':').count()) {
            (Some(seconds), _) => {
                let parts = self.since(at.at).matches(':').count();
                if parts == 2 { vec![seconds] } else { vec![seconds, seconds * 60.0] }
            }
            (None, _) => {
                if let Some(time) = self.length(StepPlace::Item)? {
                    return Ok((time.sort == LengthSort::Seconds).then_some(time.text));
                }
                match self.scan.number() {
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

    /// A clock without a unit behind `step`'s length: its pace, or the time of the whole.
    pub(super) fn unitless(&mut self, step: &mut StepPhrase, behind_at: bool) -> PhraseResult<bool> {
        let Some(length) = step.length.clone() else { return Ok(false) };
        let start = self.scan.at;
        let before = self.scan.clone();
        let mut clocks = Vec::new();
        if let Some(first) = self.scan.clock() {
            clocks.push(first);
            let mark = self.scan.clone();
            match self.scan.range_mark().then(|| self.scan.clock()).flatten() {
                Some(second) => clocks.push(second),
                None => self.scan = mark,
            }
        } else if behind_at && let Some(number) = self.scan.number() {
            let next = self.scan.rest().chars().next().unwrap_or(' ');
            if next.is_alphabetic() || "%:".contains(next) {
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
            return Ok(false);
        }
        let written = self.since(start).to_string();
        let is_pace = self.scan.take("pace");
        let reading = match length.sort {
            LengthSort::Metres if is_pace => ClockReading::Pace(length.unit),
            LengthSort::Metres => behind_distance(length.value, length.unit, &clocks),
            LengthSort::Seconds => behind_time(&clocks),
        };
        self.settle_clock(step, &length, &ClockText { written, clocks, start }, reading)
    }

    fn settle_clock(
        &mut self,
        step: &mut StepPhrase,
        length: &LengthPhrase,
        clock: &ClockText,
        reading: ClockReading,
    ) -> PhraseResult<bool> {
        let ClockText { written, clocks, start } = clock;
        match reading {
            ClockReading::Pace(unit) => {
                let text =
                    format!("{}/{}", written.replace(['–', ' '], "-").replace("-to-", "-"), unit.name());
                self.notes.push(format!("`{written}` is taken as {text}."));
                step.targets.push(text);
                Ok(true)
            }
            ClockReading::Whole => {
                let times: Vec<String> = clocks.iter().map(|s| time_text(*s)).collect();
                step.within = Some(times.join("-"));
                self.notes.push(format!("`{written}` is taken as the time of the whole {}.", length.text));
                Ok(true)
            }
            ClockReading::Unclear if length.sort == LengthSort::Seconds => self.unclear(
                *start,
                format!("`{written}` could be a pace for each kilometre or each mile"),
                "which unit?",
                format!("write `{} {written}/km` or `{} {written}/mi`", length.text, length.text),
            ),
            ClockReading::Unclear => self.unclear(
                *start,
                format!("`{written}` could be a pace or the time of the whole {}", length.text),
                "pace, or time?",
                format!(
                    "write `{} {written}/{}` for the pace or `{} in {written}` for the time",
                    length.text,
                    length.unit.name(),
                    length.text
                ),
            ),
        }
    }
}

/// A clock as written, and its seconds.
struct ClockText {
    written: String,
    clocks: Vec<f64>,
    start: usize,
}

/// True for the metres of a usual rep on a track.
pub(super) fn is_track(number: f64) -> bool {
    (100.0..=5000.0).contains(&number) && (number % 50.0 == 0.0 || number == 1609.0 || number == 1610.0)
}

/// A range, with the unit behind its upper end where both have the same.
fn range(low: &LengthPhrase, high: &LengthPhrase) -> LengthPhrase {
    let unit = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_string();
    let same = unit(&low.text) == unit(&high.text);
    let short = if same { low.text.trim_end_matches(char::is_alphabetic).trim_end() } else { &low.text };
    LengthPhrase { text: format!("{short}-{}", high.text), lower: Some(low.value), ..high.clone() }
}
