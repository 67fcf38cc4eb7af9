//! Heart rates, zones, RPE and breathing.

use super::step_phrase::StepPhrase;
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::messages::phrase::PhraseProblem;

impl PhraseReader<'_> {
    /// Zones, beats, percentages of the maximum, RPE, breathing.
    pub(super) fn heart_rate(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at") || self.scan.take("in");
        let start = self.scan.at;
        let _ = self.scan.take("keep");
        let hr = self.scan.clone();
        if (self.scan.take("hr") || self.scan.take("heart rate"))
            && !(self.scan.sees("zone") || self.scan.sees("z"))
        {
            self.scan = hr;
        }
        let target = self.zone().or_else(|| self.rpe()).or_else(|| self.breathing()).or_else(|| self.beats());
        match target {
            Some(target) => {
                let _ = ["hr", "heart rate"].iter().any(|word| self.scan.take(word));
                let named = self.since(start).to_lowercase().contains('h');
                if named && step.length.is_none() && step.targets.is_empty() && self.scan.is_done() {
                    return self.unclear(start, PhraseProblem::HeartRateWithoutLength { target });
                }
                step.targets.push(target);
                Ok(true)
            }
            None => {
                self.scan = before;
                if self.scan.sees("hr") || self.scan.sees("heart rate") {
                    return Err(PhrasingError::Unread);
                }
                Ok(false)
            }
        }
    }

    pub(super) fn zone(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let word = ["zones", "zone", "z"].iter().any(|word| self.scan.take(word));
        let zone = |n: f64| n.fract() == 0.0 && (1.0..=5.0).contains(&n);
        if word && let Some(low) = self.scan.number().filter(|n| zone(*n)) {
            let mark = self.scan.clone();
            let joined = self.scan.range_mark() || self.scan.eat(&['/']).is_some();
            let _ = joined && (self.scan.take("zone") || self.scan.take("z"));
            if joined && let Some(high) = self.scan.number().filter(|n| zone(*n) && *n > low) {
                return Some(format!("Z{low}-{high}"));
            }
            self.scan = mark;
            return Some(format!("Z{low}"));
        }
        self.scan = before;
        None
    }

    pub(super) fn rpe(&mut self) -> Option<String> {
        let before = self.scan.clone();
        if self.scan.take("rpe") || self.scan.take("effort") {
            let _ = self.scan.take("of");
            if let Some(low) = self.scan.number() {
                let mark = self.scan.clone();
                if self.scan.range_mark()
                    && let Some(high) = self.scan.number()
                {
                    let _ = self.scan.take("/10");
                    return Some(format!("RPE {low}-{high}"));
                }
                self.scan = mark;
                let _ = self.scan.take("/10");
                return Some(format!("RPE {low}"));
            }
        }
        self.scan = before.clone();
        if let Some(effort) = self.scan.number()
            && self.scan.take("/10")
            && effort <= 10.0
        {
            let _ = self.scan.take("effort");
            return Some(format!("RPE {effort}"));
        }
        self.scan = before;
        None
    }

    pub(super) fn breathing(&mut self) -> Option<String> {
        let before = self.scan.clone();
        if self.scan.take("breathe")
            && let Some(rate) = self.scan.number()
            && self.scan.take("/min")
        {
            let mark = self.scan.clone();
            if let Some(inhale) = self.scan.number()
                && self.scan.eat(&[':']).is_some()
                && let Some(exhale) = self.scan.number()
            {
                return Some(format!("breathe {rate}/min {inhale}:{exhale}"));
            }
            self.scan = mark;
            return Some(format!("breathe {rate}/min"));
        }
        self.scan = before;
        None
    }

    pub(super) fn beats(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let found = self.beats_parts();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    pub(super) fn beats_parts(&mut self) -> Option<String> {
        let named = ["hr of", "hr", "heart rate of", "heart rate"].iter().any(|word| self.scan.take(word));
        let below = ["under", "below", "max", "up to"].iter().any(|w| self.scan.take(w))
            || self.scan.eat(&['<', '≤']).is_some();
        let _ = below && ["hr", "heart rate"].iter().any(|word| self.scan.take(word));
        if let Some(percent) = self.percent_range() {
            let _ = self.scan.take("of");
            let bases = [
                ("max hr", "HRmax"),
                ("max heart rate", "HRmax"),
                ("mhr", "HRmax"),
                ("hrmax", "HRmax"),
                ("hr max", "HRmax"),
                ("max", "HRmax"),
                ("hrr", "HRR"),
                ("hr reserve", "HRR"),
                ("lthr", "LTHR"),
                ("fthr", "LTHR"),
                ("lt hr", "LTHR"),
                ("threshold hr", "LTHR"),
            ];
            let base = self.scan.longest(&bases)?;
            let low = if below && !percent.contains('-') { "30-" } else { "" };
            return Some(format!("{low}{percent}{base}"));
        }
        let low = self.scan.number().filter(|n| n.fract() == 0.0 && (30.0..=230.0).contains(n))?;
        let mark = self.scan.clone();
        let high = match self.scan.range_mark().then(|| self.scan.number()).flatten() {
            Some(high) => Some(high),
            None => {
                self.scan = mark;
                None
            }
        };
        let unit = ["bpm", "beats", "b/min"].iter().any(|word| self.scan.take(word));
        let named_after = !named && ["hr", "heart rate"].iter().any(|word| self.scan.take(word));
        if !named && !unit && !named_after {
            return None;
        }
        Some(match high {
            Some(high) => format!("{low}-{high}bpm"),
            None if below => format!("30-{low}bpm"),
            None => format!("{low}bpm"),
        })
    }
}
