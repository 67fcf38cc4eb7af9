//! Speeds that rise in steps: `increase 0.5 km/h every 5 min from 8 to 12`.

use super::PhraseReader;
use super::piece::{PhraseBody, PhrasePiece};
use super::step_phrase::{LengthPhrase, LengthSort, StepPlace};
use super::units::SPEED_UNITS;
use crate::units::PaceUnit;

/// Words that say that the speed rises.
const RISES: [&str; 13] = [
    "increase",
    "increasing",
    "increases",
    "add",
    "adding",
    "raise",
    "raising",
    "speed up",
    "speeding up",
    "go up",
    "going up",
    "up by",
    "rising",
];
/// Words without a meaning of their own.
const FILLERS: [&str; 8] = ["the speed", "speed", "the pace", "pace", "belt", "by", "and", "of"];
/// The most steps that are written out.
const MOST_STEPS: f64 = 60.0;

/// What was said of the steps so far.
#[derive(Default)]
struct SpeedSteps {
    total: Option<LengthPhrase>,
    every: Option<LengthPhrase>,
    by: Option<f64>,
    from: Option<f64>,
    to: Option<f64>,
    unit: Option<&'static str>,
    rises: bool,
}

impl PhraseReader<'_> {
    /// Steps of one length whose speed rises by one amount. Nothing where anything else stands here.
    pub(super) fn speed_steps(&mut self) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let mut said = SpeedSteps::default();
        loop {
            let before = ahead.scan.clone();
            ahead.clause_of_speeds(&mut said)?;
            let mark = ahead.scan.clone();
            if ahead.scan.eat(&[',', ':']).is_some() {
                // The comma belongs to the line where nothing more is said.
                let mut probe = SpeedSteps { rises: true, ..SpeedSteps::default() };
                if said.is_complete() || ahead.ahead().clause_of_speeds(&mut probe).is_none() {
                    ahead.scan = mark;
                    break;
                }
            }
            if ahead.sees_item_end() && ahead.scan.peek() != Some(',') || ahead.scan.at == before.at {
                break;
            }
        }
        let speeds = said.speeds().filter(|_| ahead.sees_item_end())?;
        let (every, unit) = (said.every?, said.unit?);
        let steps: Vec<String> = speeds.iter().map(|speed| format!("{} {speed}{unit}", every.text)).collect();
        self.scan = ahead.scan;
        self.notes.push(format!("The speed rises {} times, every {}.", steps.len() - 1, every.text));
        let body = PhraseBody::Notation(steps.join(", "));
        Some(PhrasePiece { body, ..PhrasePiece::default() })
    }

    /// One thing that is said of the steps.
    fn clause_of_speeds(&mut self, said: &mut SpeedSteps) -> Option<()> {
        while FILLERS.iter().any(|word| self.scan.take(word)) {}
        if RISES.iter().any(|word| self.scan.take(word)) || self.scan.eat(&['+']).is_some() {
            while FILLERS.iter().any(|word| self.scan.take(word)) {}
            said.rises = true;
            // `every 5 min increase by 0.5`: the amount may follow later.
            said.by = Some(self.scan.number()?);
            said.take_unit(&mut self.scan);
            return Some(());
        }
        if self.scan.take("every") || self.scan.take("each") {
            if self.scan.take("minute") {
                said.every = Some(LengthPhrase::minute());
                return Some(());
            }
            let every = self.length(StepPlace::Item).ok()??;
            said.every = Some(every).filter(|every| every.sort == LengthSort::Seconds);
            return said.every.is_some().then_some(());
        }
        if ["starting at", "starting from", "start at", "start from", "starting", "start"]
            .iter()
            .any(|word| self.scan.take(word))
        {
            said.from = Some(self.scan.number()?);
            said.take_unit(&mut self.scan);
            return Some(());
        }
        if ["up to", "to", "until"].iter().any(|word| self.scan.take(word)) {
            said.to = Some(self.scan.number()?);
            said.take_unit(&mut self.scan);
            return Some(());
        }
        let _ = self.scan.take("from") || self.scan.take("for");
        let before = self.scan.clone();
        if said.total.is_none()
            && let Ok(Some(total)) = self.length(StepPlace::Item)
            && total.sort == LengthSort::Seconds
        {
            said.total = Some(total);
            return Some(());
        }
        self.scan = before;
        said.from = Some(self.scan.number()?);
        said.take_unit(&mut self.scan);
        if self.scan.range_mark() || self.scan.take("to") {
            said.to = Some(self.scan.number()?);
            said.take_unit(&mut self.scan);
        }
        Some(())
    }
}

impl LengthPhrase {
    fn minute() -> LengthPhrase {
        LengthPhrase {
            text: "60s".to_string(),
            sort: LengthSort::Seconds,
            value: 60.0,
            lower: None,
            unit: PaceUnit::Km,
            is_race: false,
        }
    }
}

impl SpeedSteps {
    fn take_unit(&mut self, scan: &mut super::scanner::TextScanner<'_>) {
        self.unit = scan.longest(SPEED_UNITS).or(self.unit);
    }

    fn is_complete(&self) -> bool {
        self.speeds().is_some()
    }

    /// The speed of each step, from the first to the last.
    fn speeds(&self) -> Option<Vec<f64>> {
        let (by, from) = (self.by?, self.from?);
        let every = self.every.as_ref()?.value;
        let rises = match (self.to, &self.total) {
            (Some(to), None) => (to - from) / by,
            (None, Some(total)) => total.value / every - 1.0,
            (Some(to), Some(total)) if ((to - from) / by - (total.value / every - 1.0)).abs() < 1e-6 => {
                (to - from) / by
            }
            _ => return None,
        };
        let whole = (rises - rises.round()).abs() < 1e-6 && (1.0..MOST_STEPS).contains(&rises);
        if !whole || !self.rises || by <= 0.0 || self.unit.is_none() {
            return None;
        }
        let speed = |step: usize| ((from + by * step as f64) * 1e6).round() / 1e6;
        Some((0..=rises.round() as usize).map(speed).collect())
    }
}
