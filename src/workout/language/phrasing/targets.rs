//! How hard a step is: paces, speeds, zones, heart rates, inclines.

use super::abbreviations::{CAPITALS, RACES};
use super::step_phrase::StepPhrase;
use super::units::{PACE_UNITS, SPEED_UNITS};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult};
use crate::units::PaceUnit;

const SLOPES: [&str; 7] = ["incline", "grade", "gradient", "hill", "slope", "inclination", "uphill"];

/// The steepest percentage that is taken for an incline without a word.
const STEEPEST: f64 = 15.0;

impl PhraseReader<'_> {
    /// A pace or a speed with its unit, a ramp between two, or a range.
    pub(super) fn pace(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let Some(first) = self.one_pace() else { return Ok(false) };
        let mark = self.scan.clone();
        let arrow = self.arrow();
        let to = !arrow && self.scan.take("to");
        if (arrow || to)
            && let Some(second) = self.one_pace().or_else(|| self.named_target())
        {
            step.is_progression |= to;
            step.targets.push(format!("{first} -> {second}"));
            return Ok(true);
        }
        self.scan = mark;
        // `from 6 to 10 km/h` was read as a range.
        if step.is_progression
            && let Some((low, high)) = first.split_once('-')
        {
            let unit = first.trim_start_matches(|c: char| c.is_ascii_digit() || ".:-".contains(c));
            step.targets.push(format!("{low}{unit} -> {high}"));
            return Ok(true);
        }
        self.fillers();
        self.add_target(step, first)?;
        Ok(true)
    }

    pub(super) fn arrow(&mut self) -> bool {
        let _ = self.scan.peek();
        for mark in ["->", "→", "-->"] {
            if self.scan.rest().starts_with(mark) {
                self.scan.at += mark.len();
                return true;
            }
        }
        false
    }

    /// `5:00/km`, `4:50-5:00/km`, `between 4:50 and 5:00/km`, `12 kph`, `10-12km/h`.
    pub(super) fn one_pace(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let found = self.clock_pace().or_else(|| {
            self.scan = before.clone();
            self.speed()
        });
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    pub(super) fn clock_pace(&mut self) -> Option<String> {
        let is_between = self.scan.take("between");
        self.scan.skip_spaces();
        let start = self.scan.at;
        let primes = self.scan.prime_clock();
        if primes.is_none() {
            self.scan.clock()?;
        }
        let mut text = primes.map_or_else(|| self.since(start).to_string(), clock_text);
        let mark = self.scan.clone();
        let unit = self.scan.longest(PACE_UNITS);
        let range = self.scan.clone();
        if self.scan.range_mark() || (is_between && self.scan.take("and")) {
            self.scan.skip_spaces();
            let second = self.scan.at;
            let primes = self.scan.prime_clock();
            if primes.is_some() || self.scan.clock().is_some() {
                let high = primes.map_or_else(|| self.since(second).to_string(), clock_text);
                if let Some(unit) = self.scan.longest(PACE_UNITS).or(unit) {
                    text = format!("{text}-{high}");
                    return Some(text + unit);
                }
            }
        }
        self.scan = if unit.is_some() { range } else { mark };
        unit.filter(|_| !is_between).map(|unit| text + unit)
    }

    pub(super) fn speed(&mut self) -> Option<String> {
        let low = self.scan.number()?;
        let mark = self.scan.clone();
        // `8-minute miles`.
        if self.scan.rest().starts_with("-m") {
            self.scan.at += 1;
        }
        let unit = self.scan.longest(SPEED_UNITS);
        if let Some(unit) = unit {
            return Some(format!("{low}{unit}"));
        }
        // `5 min/km`.
        if let Some(unit) = self.scan.longest(PACE_UNITS).filter(|_| low < 20.0 && low.fract() == 0.0) {
            let written = self.scan.text.get(mark.at..self.scan.at).unwrap_or_default();
            return written.contains("min").then(|| format!("{low}:00{unit}"));
        }
        self.scan = mark;
        if !self.scan.range_mark() {
            return None;
        }
        let high = self.scan.number()?;
        let unit = self.scan.longest(SPEED_UNITS)?;
        Some(format!("{low}-{high}{unit}"))
    }

    /// A target with a name, its offset, its percentage, its range or its ramp.
    pub(super) fn named_target(&mut self) -> Option<String> {
        let before = self.scan.clone();
        if self.scan.take("between")
            && let Some(low) = self.bare_name()
            && self.scan.take("and")
            && let Some(high) = self.bare_name()
        {
            return Some(format!("{low}-{high}"));
        }
        self.scan = before.clone();
        if let Some(percent) = self.percent_range() {
            let _ = self.scan.take("of");
            if let Some(name) = self.bare_name() {
                self.fillers();
                return Some(format!("{percent} {name}"));
            }
        }
        self.scan = before;
        let name = self.bare_name()?;
        if let Some(offset) = self.offset() {
            let mark = self.scan.clone();
            if (self.arrow() || self.scan.take("to"))
                && let Some(second) = self.bare_name()
            {
                return Some(format!("{name}{offset} -> {second}"));
            }
            self.scan = mark;
            return Some(name + &offset);
        }
        let mark = self.scan.clone();
        if self.arrow()
            && let Some(second) = self.one_pace().or_else(|| self.bare_name())
        {
            return Some(format!("{name} -> {second}"));
        }
        self.scan = mark.clone();
        self.fillers();
        let effort = ["walk", "jog", "easy", "very easy", "recovery", "steady"].contains(&name.as_str());
        if self.scan.take("to")
            && effort
            && let Some(second) = self.bare_name()
        {
            return Some(format!("{name} -> {second}"));
        }
        self.scan = mark.clone();
        if self.scan.range_mark()
            && !self.scan.text.get(mark.at..self.scan.at).unwrap_or_default().contains("to")
            && let Some(second) = self.bare_name()
        {
            return Some(format!("{name}-{second}"));
        }
        self.scan = mark;
        Some(name)
    }

    /// The name of an effort or of a race's pace.
    pub(super) fn bare_name(&mut self) -> Option<String> {
        let before = self.scan.clone();
        if let Some(race) = self.scan.longest(RACES) {
            let _ = self.scan.take("race");
            self.fillers();
            return Some(race.to_string());
        }
        // The longest phrase decides: `R` is a pace, `recovery jog` is none of `R`.
        if let Some(PhraseMeaning::Target(target)) = self.scan.longest(PHRASES) {
            if target == "mile" {
                let _ = self.scan.take("race");
            }
            let _ = self.scan.take("pace") || self.scan.take("effort");
            return Some(target.to_string());
        }
        self.scan = before.clone();
        self.scan.skip_spaces();
        for (letters, target) in CAPITALS {
            // `R=3'` and `R3'` are recoveries.
            let is_mark = self
                .scan
                .rest()
                .get(letters.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "=:".contains(c)));
            if self.scan.rest().starts_with(letters) && !is_mark && self.scan.take(letters) {
                let _ = self.scan.take("pace");
                return Some((*target).to_string());
            }
            self.scan.at = self.scan.at.min(self.scan.text.len());
        }
        self.scan = before;
        None
    }

    /// `+30s/mi`, `-5..10s/km`: an offset, as notation.
    pub(super) fn offset(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let found = self.offset_parts();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    pub(super) fn offset_parts(&mut self) -> Option<String> {
        let sign = match self.scan.eat(&['+', '-', '\u{2212}', '–']) {
            Some('+') => '+',
            Some(_) => '-',
            None if self.scan.take("plus") => '+',
            None if self.scan.take("minus") => '-',
            None => return None,
        };
        self.scan.skip_spaces();
        let start = self.scan.at;
        let number = match self.scan.clock() {
            Some(_) => self.since(start).to_string(),
            None => self.scan.number()?.to_string(),
        };
        let mark = self.scan.clone();
        let mut text = format!("{sign}{number}");
        if self.scan.range_mark() {
            let second = self.scan.number()?;
            text = format!("{text}..{second}");
        } else {
            self.scan = mark;
        }
        let seconds = ["s", "sec", "secs", "seconds", "\"", "″"].iter().any(|unit| self.scan.take(unit));
        let short = number.starts_with("0:") && number.len() == 4 && self.sees_item_end();
        let unit = match (self.scan.longest(PACE_UNITS), self.pace_unit) {
            (Some(unit), _) => unit,
            // `1 mile @ MP-10s`: the distance's unit.
            (None, Some(PaceUnit::Km)) if seconds => "/km",
            (None, Some(PaceUnit::Mi)) if seconds => "/mi",
            // `10km @ MP + 0:10`: a clock of less than a minute is no step.
            (None, Some(PaceUnit::Km)) if short => "/km",
            (None, Some(PaceUnit::Mi)) if short => "/mi",
            _ => return None,
        };
        let s = if seconds || !number.contains(':') { "s" } else { "" };
        Some(format!("{text}{s}{unit}"))
    }

    /// `50-90%`, as notation.
    pub(super) fn percent_range(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let found = (|| {
            let low = self.scan.number()?;
            let mark = self.scan.clone();
            let _ = self.scan.eat(&['%']);
            if self.scan.range_mark()
                && let Some(high) = self.scan.number()
            {
                self.scan.eat(&['%'])?;
                return Some(format!("{low}-{high}%"));
            }
            self.scan = mark;
            if self.scan.eat(&['%']).is_none() && !self.scan.take("percent") {
                return None;
            }
            Some(format!("{low}%"))
        })();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    /// `^4%`, `incline 4%`, `at 6% grade`.
    pub(super) fn incline(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        if step.incline.is_some() {
            return Ok(false);
        }
        if self.scan.eat(&['^']).is_some() || SLOPES.iter().any(|word| self.scan.take(word)) {
            let _ = self.scan.take("of") || self.scan.take("at") || self.scan.eat(&['@']).is_some();
            if let Some(percent) = self.percent_range()
                && !percent.contains('-')
            {
                let _ = SLOPES[..3].iter().any(|word| self.scan.take(word));
                step.incline = Some(format!("incline {percent}"));
                return Ok(true);
            }
            self.scan = before;
            // `incline 0 -> 4%` and inclines below zero are notation already.
            return self.raw_incline(step);
        }
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        let _ = self.scan.take("a");
        if let Some(percent) = self.percent_range()
            && SLOPES.iter().any(|word| self.scan.take(word))
        {
            step.incline = Some(format!("incline {percent}"));
            return Ok(true);
        }
        self.scan = before.clone();
        if let Some(percent) = self.bare_incline(step) {
            self.notes.push(format!("`{percent}` is taken as the incline."));
            step.incline = Some(format!("incline {percent}"));
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// `20min tempo @ 1%`, `30min 12% 3mph`: a percentage of nothing, no steeper than a treadmill.
    fn bare_incline(&mut self, step: &StepPhrase) -> Option<String> {
        step.length.as_ref()?;
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        let percent = self.percent_range()?;
        let steep = percent.trim_end_matches('%').parse::<f64>().is_ok_and(|n| n <= STEEPEST);
        let of = ["of", "max", "hr", "hrr", "mhr", "lthr", "lt"].iter().any(|word| self.scan.sees(word));
        (steep && !of).then_some(percent)
    }

    pub(super) fn raw_incline(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        if self.scan.eat(&['^']).is_none() && !self.scan.take("incline") {
            return Ok(false);
        }
        let start = self.scan.at;
        let rest = self.scan.rest();
        let Some(end) = rest.find('%') else {
            self.scan = before;
            return Ok(false);
        };
        let inside = &rest[..end];
        if !inside.chars().all(|c| c.is_ascii_digit() || " .->→-\u{2212}".contains(c)) {
            self.scan = before;
            return Ok(false);
        }
        self.scan.at = start + end + 1;
        step.incline = Some(format!("incline {}%", inside.trim()));
        Ok(true)
    }
}

/// `seconds` as a clock of minutes and seconds.
pub(super) fn clock_text(seconds: f64) -> String {
    format!("{}:{:02}", (seconds / 60.0).floor(), seconds % 60.0)
}
