//! Clocks without a unit: a pace, or the time of the whole distance.

use super::possible::{ClockReading, behind_distance, behind_time};
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace, time_text};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::messages::phrase::PhraseProblem;

impl PhraseReader<'_> {
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

    pub(super) fn settle_clock(
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
