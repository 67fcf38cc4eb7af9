//! What to say of a plan, and between when and when: the windows, not the seconds. See [`super::speech_timing`] for those.
//!
//! A voice says what is to be done soon enough to be done on its second, and is silent rather than late. Which words
//! there is room for, and what is said at all where little is, depends on how long each takes; that is not known here.

mod step_phrases;

use super::cue_plan::{CuePlan, CueReason, PressReason};
use super::phrase::{self, Phrase, Word};
use super::{CueContext, Signal, direction};
use crate::session::{Forecast, ForecastStep, StepEnd};
use crate::units::Millis;
use crate::workout::sequence::{PlannedStep, Role, Sequence, StepId};

/// Silence kept between a signal and a voice.
pub const QUIET: Millis = Millis::new(150);
/// So long before it has to be over, what comes next may be said.
const SOON: Millis = Millis::from_secs(10);
/// So long after a change one can still be told what has changed.
const LATE: Millis = Millis::from_secs(8);
/// So long before it is to be pressed a number may be said.
const PRESS: Millis = Millis::new(3500);
/// In a step shorter than this no more than one thing is said.
const SHORT: Millis = Millis::from_secs(30);
/// A count-in at least this long has room for more than a number.
const LONG_COUNT_IN: Millis = Millis::from_secs(8);
/// So much of a count-in is over before anything can be said.
const SETTLE: Millis = Millis::new(500);
/// A step of work at least this long has a half.
const HALF_FROM: Millis = Millis::from_secs(120);
/// A workout at least this long has one, too.
const HALF_OF_ALL_FROM: Millis = Millis::from_secs(600);
/// On the way up a ramp numbers are said no more often than this.
const RAMP_APART: Millis = Millis::from_secs(8);
/// What is told to be left, of steps how long at least.
const LEFT: [(u64, u64); 4] = [(60, 180), (300, 480), (600, 1200), (1800, 3600)];

/// The amount of speech. The names serve the settings and the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Verbosity {
    /// No voice.
    #[default]
    Off,
    /// The next step and the speed to set on the treadmill.
    Brief,
    /// Also reps, lengths, time left and the workout's own cues.
    Full,
}

/// Something to say, and when. Its times are like a [`super::SignalCue`]'s.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeechWindow {
    /// The active time before which it means nothing.
    pub from: Millis,
    /// The active time by which it must be over.
    pub by: Millis,
    /// How much earlier than that all of it is, while the clock is still being counted in.
    pub lead: Millis,
    /// What is said where there is no room for both: smaller comes first.
    pub importance: u8,
    /// In other words, shorter and shorter. One of them is said.
    pub phrases: Vec<Phrase>,
    /// True where it is best said at the last moment.
    pub late: bool,
    /// The step that it is about.
    pub step: StepId,
}

/// What to say of what is planned, in the order of time.
pub fn sayings(
    sequence: &Sequence,
    footing: &CueContext<'_>,
    (forecast, plan): (&Forecast, &CuePlan),
    verbosity: Verbosity,
) -> Vec<SpeechWindow> {
    if verbosity == Verbosity::Off {
        return Vec::new();
    }
    let full = verbosity == Verbosity::Full;
    let mut script = SpeechDraft { sequence, footing, forecast, plan, full, all: Vec::new() };
    script.begin();
    for (i, seen) in forecast.steps.iter().enumerate() {
        let Some(step) = sequence.steps.get(seen.index) else { continue };
        if full {
            script.along_the_way(step, seen);
        }
        if let (Some(next), StepEnd::At(end)) = (forecast.steps.get(i + 1), seen.end) {
            script.next((i, seen), next, end);
        }
    }
    script.presses();
    if full {
        script.words();
        script.whole();
    }
    script.one_in_a_short_step();
    script.all.sort_by_key(|s| (s.from + s.by, s.from, s.importance));
    script.all
}

struct SpeechDraft<'a> {
    sequence: &'a Sequence,
    footing: &'a CueContext<'a>,
    forecast: &'a Forecast,
    plan: &'a CuePlan,
    full: bool,
    all: Vec<SpeechWindow>,
}

impl SpeechDraft<'_> {
    fn say(&mut self, importance: u8, window: (Millis, Millis), step: StepId, phrases: Vec<Phrase>) {
        let (from, by) = window;
        self.all.push(SpeechWindow { from, by, lead: Millis::ZERO, importance, phrases, late: false, step });
    }

    /// What is to be done first: while the clock is counted in, or at once where nobody could say it before.
    fn begin(&mut self) {
        let Some(first) = self.forecast.steps.first() else { return };
        let (now, index) = (self.forecast.from, first.index);
        let Some(step) = self.sequence.steps.get(index) else { return };
        let number = self.pressed(first.step).filter(|p| p.at == now).map(|p| p.words);
        let after = (now + Signal::Faster.length() + QUIET, now + LATE);
        let Some(left) = self.forecast.counting_in else {
            if first.start == now {
                let mut all = self.of(step, None, number.as_deref());
                all.push(Phrase(self.name(step, None, number.is_some())));
                all.retain(|phrase| !phrase.0.is_empty());
                let half = match first.end {
                    StepEnd::At(end) => now + end.saturating_sub(now).half(),
                    StepEnd::Unknown => after.1,
                };
                self.say(self.at_first(first), (after.0, after.1.min(half)), step.id, all);
            }
            return;
        };
        let room = left.saturating_sub(Millis::from_secs(3) + QUIET);
        let name = || Phrase(self.name(step, None, false));
        let begins = std::iter::once(match &number {
            Some(number) => Phrase(vec![Word::known(number.clone())]),
            None => name(),
        });
        let phrases: Vec<Phrase> = if left >= LONG_COUNT_IN {
            self.rest_of(step, first, number.as_deref()).into_iter().chain(begins).collect()
        } else {
            self.say(self.at_first(first), after, step.id, self.rest_of(step, first, None));
            begins.collect()
        };
        if !phrases.is_empty() && room > Millis::ZERO {
            self.say(0, (now + SETTLE.min(room), now + room), step.id, phrases);
            if let Some(saying) = self.all.last_mut() {
                saying.lead = left;
            }
        }
    }

    /// How much it matters what the first step is, once it has begun. In a short one before another short one less than
    /// what comes next, for which there is no other time.
    fn at_first(&self, first: &ForecastStep) -> u8 {
        let is_short = |seen: &ForecastStep| match seen.end {
            StepEnd::At(end) => end.saturating_sub(seen.start) < SHORT,
            StepEnd::Unknown => false,
        };
        let next = self.forecast.steps.get(1);
        if is_short(first) && next.is_some_and(is_short) { 2 } else { 1 }
    }

    /// What comes next, early enough to be over when the pips begin, or when a number is to be pressed ahead.
    fn next(&mut self, (i, seen): (usize, &ForecastStep), next: &ForecastStep, end: Millis) {
        let Some(step) = self.sequence.steps.get(next.index) else { return };
        let before = self.sequence.steps.get(seen.index);
        let pressed = self.pressed(next.step);
        let pips = Millis::from_secs(3);
        let first = self.plan.cues.partition_point(|c| c.at + pips < end);
        let pip =
            self.plan.cues.iter().skip(first).find(|c| matches!(c.why, CueReason::Count(_)) && c.at < end);
        let mut by = pip.map_or(end, |c| c.at);
        let short = end.saturating_sub(seen.start) < SHORT;
        if let Some(press) = pressed.as_ref().filter(|p| p.ahead && p.at <= by) {
            // What to press is said once more just before, where there is room for two.
            by = if short { press.at } else { press.at.saturating_sub(Millis::new(2500)) };
        }
        let by = by.saturating_sub(QUIET);
        let from = (seen.start + Signal::Faster.length() + QUIET).max(by.saturating_sub(SOON));
        let signal = before.map(|before| direction(before, step));
        let number = pressed.map(|p| p.words).or_else(|| self.not_pressed(i));
        let mut phrases = self.of(step, signal, number.as_deref());
        for phrase in &mut phrases {
            phrase.0.insert(0, Word::known("next"));
        }
        phrases.push(Phrase(self.name(step, signal, number.is_some())));
        phrases.retain(|phrase| !phrase.0.is_empty());
        self.say(1, (from, by), step.id, phrases);
    }

    /// The numbers that are pressed ahead of a change, or on a ramp: each just before its tick.
    fn presses(&mut self) {
        let mut latest = Millis::ZERO;
        for change in &self.plan.belt {
            let ramp = match change.why {
                PressReason::Ramp => true,
                PressReason::Ahead if self.is_short_at(change.at) => continue,
                PressReason::Ahead => false,
                PressReason::First | PressReason::Change => continue,
            };
            if ramp && latest > Millis::ZERO && change.at < latest + RAMP_APART {
                continue;
            }
            let Some(number) = self.number(change.setting.number) else { continue };
            latest = change.at;
            self.now(change.at, (if ramp { 2 } else { 0 }, change.step), number);
        }
        let inclines = if self.full { self.plan.inclines.as_slice() } else { &[] };
        for change in inclines {
            let words = format!("incline {}", phrase::percent(change.incline.percent()));
            self.now(change.at, (3, change.step), words);
        }
    }

    /// In a short step the number has been said with what comes next.
    fn is_short_at(&self, at: Millis) -> bool {
        let steps = &self.forecast.steps;
        let seen = steps.partition_point(|s| s.start < at).checked_sub(1).and_then(|i| steps.get(i));
        seen.is_some_and(|s| matches!(s.end, StepEnd::At(end) if end.saturating_sub(s.start) < SHORT))
    }

    fn now(&mut self, at: Millis, (importance, step): (u8, StepId), words: String) {
        let phrases = vec![
            Phrase(vec![Word::known(words.clone()), Word::known("now")]),
            Phrase(vec![Word::known(words)]),
        ];
        self.say(importance, (at.saturating_sub(PRESS), at.saturating_sub(QUIET)), step, phrases);
        if let Some(saying) = self.all.last_mut() {
            saying.late = true;
        }
    }

    /// How far it is.
    fn along_the_way(&mut self, step: &PlannedStep, seen: &ForecastStep) {
        let StepEnd::At(end) = seen.end else { return };
        let length = end.saturating_sub(seen.start);
        let after_tick = Signal::Tick.length() + QUIET;
        let half = seen.start + length.half();
        let has_half = step.role == Role::Work && length >= HALF_FROM;
        if has_half {
            let left = length.half();
            let whole = left.get() % 60_000 == 0;
            let mut phrases = vec![Phrase(vec![Word::known("halfway")])];
            if whole {
                let words = vec![Word::known("halfway"), Word::known(phrase::left(left))];
                phrases.insert(0, Phrase(words));
            }
            self.say(5, (half + after_tick, half + Millis::from_secs(5)), step.id, phrases);
        }
        for (left, of_at_least) in LEFT {
            let at = end.saturating_sub(Millis::from_secs(left));
            if length >= Millis::from_secs(of_at_least) && !(has_half && at == half) {
                let phrase = Phrase(vec![Word::known(phrase::left(Millis::from_secs(left)))]);
                self.say(4, (at, at + Millis::from_secs(5)), step.id, vec![phrase]);
            }
        }
        if let Some(may) = step.end.may_end_from().filter(|may| *may < length) {
            let at = seen.start + may;
            let phrase = Phrase(vec![Word::known("enter ends it from here on")]);
            self.say(3, (at, at + LATE), step.id, vec![phrase]);
        }
    }

    /// The workout's own words.
    fn words(&mut self) {
        for words in &self.plan.words {
            let from = words.at + Signal::Tick.length() + QUIET;
            let phrases = vec![Phrase(vec![Word::free(&words.text, None)])];
            self.say(3, (from, words.at + Millis::from_secs(12)), words.step, phrases);
        }
    }

    /// Half of it all, and its end.
    fn whole(&mut self) {
        let (Some(finish), Some(last)) = (self.forecast.finish, self.sequence.steps.last()) else { return };
        let half = finish.half();
        let of_step = |s: &ForecastStep| s.start <= half && matches!(s.end, StepEnd::At(end) if end > half);
        if self.sequence.steps.len() > 1
            && finish >= HALF_OF_ALL_FROM
            && let Some(step) = self.forecast.steps.iter().find(|s| of_step(s)).map(|s| s.step)
        {
            let phrase = Phrase(vec![Word::known("halfway through the workout")]);
            self.say(6, (half, half + Millis::from_secs(6)), step, vec![phrase]);
        }
        let over = finish + Signal::Finish.length() + QUIET;
        let phrase = Phrase(vec![Word::known("finished, well done")]);
        self.say(1, (over, over + Millis::from_secs(5)), last.id, vec![phrase]);
    }

    /// Keeps of what would be said in a short step what matters most.
    fn one_in_a_short_step(&mut self) {
        let short = |seen: &ForecastStep| match seen.end {
            StepEnd::At(end) if end.saturating_sub(seen.start) < SHORT => Some((seen.start, end)),
            _ => None,
        };
        let steps: Vec<(Millis, Millis)> = self.forecast.steps.iter().filter_map(short).collect();
        let at = |time: Millis| {
            let i = steps.partition_point(|(start, _)| *start <= time).checked_sub(1)?;
            steps.get(i).filter(|(_, end)| time < *end).map(|(start, end)| (i, *start, *end))
        };
        let mut best: Vec<Option<(u8, usize)>> = vec![None; steps.len()];
        let mut places = Vec::with_capacity(self.all.len());
        for (k, saying) in self.all.iter_mut().enumerate() {
            let place = if saying.lead > Millis::ZERO {
                None
            } else if let Some((i, _, end)) = at(saying.from) {
                saying.by = saying.by.min(end);
                Some(i)
            } else if saying.late
                && let Some((i, start, _)) = at(saying.by.saturating_sub(Millis::new(1)))
            {
                saying.from = start;
                Some(i)
            } else {
                // What is not said before a short step is not said in it.
                let next = steps.partition_point(|(start, _)| *start <= saying.from);
                if let Some((start, _)) = steps.get(next) {
                    saying.by = saying.by.min(*start);
                }
                None
            };
            places.push(place);
            if let Some(best) = place.and_then(|i| best.get_mut(i)) {
                let this = (saying.importance, k);
                *best = Some(best.map_or(this, |b| b.min(this)));
            }
        }
        let sayings = std::mem::take(&mut self.all);
        for (k, (saying, place)) in sayings.into_iter().zip(places).enumerate() {
            let best = place.and_then(|i| best.get(i).copied().flatten());
            if best.is_none_or(|(_, best)| best == k) {
                self.all.push(saying);
            } else if let Some(seen) = self.long_step(saying.step).filter(|seen| seen.start >= saying.by) {
                // What was to be told of a step before it is told in it.
                let mut late = SpeechWindow {
                    from: seen.start + Signal::Faster.length() + QUIET,
                    by: seen.start + LATE,
                    ..saying
                };
                late.phrases.iter_mut().for_each(|p| p.0.retain(|word| *word != Word::known("next")));
                self.all.push(late);
            }
        }
    }

    /// When a step is foreseen that is not short.
    fn long_step(&self, step: StepId) -> Option<ForecastStep> {
        let i = self.forecast.steps.binary_search_by_key(&step, |s| s.step).ok()?;
        let seen = *self.forecast.steps.get(i)?;
        let short = matches!(seen.end, StepEnd::At(end) if end.saturating_sub(seen.start) < SHORT);
        (!short).then_some(seen)
    }
}
