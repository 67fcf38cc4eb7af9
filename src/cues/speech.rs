//! Chooses what to say during a session, and the window of time for each announcement.
//!
//! The voice says what to do early enough to do it on time, and is silent rather than late. How long a phrase takes is
//! not known here; [`super::speech_timing`] chooses the words that fit and their exact time.

mod step_phrases;

use super::cue_plan::{CuePlan, CueReason, PressReason};
use super::phrase::{self, Phrase, Word};
use super::priority::Priority;
use super::{CueContext, Signal, direction};
use crate::session::{Forecast, ForecastStep, StepEnd};
use crate::units::Millis;
use crate::workout::sequence::{PlannedStep, Role, Sequence, StepId};
use std::ops::Range;

/// The silence between a signal and the voice.
pub const QUIET: Millis = Millis::new(150);
/// The window for announcing the next step.
const NEXT_WINDOW: Millis = Millis::from_secs(10);
/// The time after a change in which the voice may still say what has changed.
const AFTER_CHANGE: Millis = Millis::from_secs(8);
/// The window for saying a number before it is to be pressed.
const PRESS_WINDOW: Millis = Millis::new(3500);
/// The voice says one thing at most in a step shorter than this.
const SHORT_STEP: Millis = Millis::from_secs(30);
/// The shortest count-in with room for more than a number.
const LONG_COUNT_IN: Millis = Millis::from_secs(8);
/// The silence at the beginning of a count-in.
const COUNT_IN_SILENCE: Millis = Millis::new(500);
/// The shortest step of work with an announcement halfway.
const HALFWAY_FROM: Millis = Millis::from_secs(120);
/// The shortest workout with an announcement halfway.
const HALFWAY_WORKOUT_FROM: Millis = Millis::from_secs(600);
/// The shortest interval between two numbers of a ramp.
const RAMP_INTERVAL: Millis = Millis::from_secs(8);

/// An announcement of the time left: say `left` in steps of at least `step_of`.
struct TimeLeft {
    left: Millis,
    step_of: Millis,
}

const fn time_left(left: u64, step_of: u64) -> TimeLeft {
    TimeLeft { left: Millis::from_secs(left), step_of: Millis::from_secs(step_of) }
}

const TIMES_LEFT: [TimeLeft; 4] =
    [time_left(60, 180), time_left(300, 480), time_left(600, 1200), time_left(1800, 3600)];

/// A number to press now.
const PRESS: Priority = Priority::HIGHEST;
/// The step that begins or comes next, and the end of the workout.
const STEP: Priority = Priority::new(1);
/// A number of a ramp, or a short step that has already begun.
const ON_THE_WAY: Priority = Priority::new(2);
/// The workout's own texts, inclines and the key that ends a step.
const TEXT: Priority = Priority::new(3);
/// The time left in a step.
const TIME_LEFT: Priority = Priority::new(4);
/// The middle of a step.
const HALFWAY: Priority = Priority::new(5);
/// The middle of the workout.
const HALFWAY_WORKOUT: Priority = Priority::new(6);

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

/// Something to say, and the window of time for it. Times are as in a [`super::SignalCue`].
#[derive(Clone, Debug, PartialEq)]
pub struct SpeechWindow {
    /// The earliest active time at which it may begin.
    pub from: Millis,
    /// The latest active time at which it must be over.
    pub by: Millis,
    /// During a count-in, the time by which the whole window comes earlier. Zero otherwise.
    pub lead: Millis,
    /// The priority over other speech.
    pub priority: Priority,
    /// Alternatives, each shorter than the one before. One of them is said.
    pub phrases: Vec<Phrase>,
    /// True if it is best said at the end of the window.
    pub late: bool,
    /// The step that it is about.
    pub step: StepId,
}

/// Returns everything to say during the steps of a forecast, in the order of time.
pub fn sayings(
    sequence: &Sequence,
    context: &CueContext<'_>,
    forecast: &Forecast,
    plan: &CuePlan,
    verbosity: Verbosity,
) -> Vec<SpeechWindow> {
    if verbosity == Verbosity::Off {
        return Vec::new();
    }
    let full = verbosity == Verbosity::Full;
    let mut draft = SpeechDraft { sequence, context, forecast, plan, full, all: Vec::new() };
    draft.begin();
    for (i, seen) in forecast.steps.iter().enumerate() {
        let Some(step) = sequence.steps.get(seen.index) else { continue };
        if full {
            draft.progress(step, seen);
        }
        if forecast.steps.len() > i + 1 {
            draft.next_step(i);
        }
    }
    draft.presses();
    if full {
        draft.texts();
        draft.progress_of_workout();
    }
    draft.keep_one_in_each_short_step();
    draft.all.sort_by_key(|s| (s.from + s.by, s.from, s.priority));
    draft.all
}

/// Returns the length of a forecast step, if its end is known.
fn known_length(seen: &ForecastStep) -> Option<Millis> {
    match seen.end {
        StepEnd::At(end) => Some(end.saturating_sub(seen.start)),
        StepEnd::Unknown => None,
    }
}

/// True for a step in which the voice says one thing at most.
fn is_short(seen: &ForecastStep) -> bool {
    known_length(seen).is_some_and(|length| length < SHORT_STEP)
}

struct SpeechDraft<'a> {
    sequence: &'a Sequence,
    context: &'a CueContext<'a>,
    forecast: &'a Forecast,
    plan: &'a CuePlan,
    full: bool,
    all: Vec<SpeechWindow>,
}

impl SpeechDraft<'_> {
    fn say(&mut self, priority: Priority, window: Range<Millis>, step: StepId, phrases: Vec<Phrase>) {
        let Range { start: from, end: by } = window;
        self.all.push(SpeechWindow { from, by, lead: Millis::ZERO, priority, phrases, late: false, step });
    }

    /// Says what to do first: during the count-in, or at once if there is none.
    fn begin(&mut self) {
        let Some(first) = self.forecast.steps.first() else { return };
        let (now, index) = (self.forecast.from, first.index);
        let Some(step) = self.sequence.steps.get(index) else { return };
        let number = self.pressed(first.step).filter(|p| p.at == now).map(|p| p.words);
        let after = now + Signal::Faster.length() + QUIET..now + AFTER_CHANGE;
        let Some(left) = self.forecast.counting_in else {
            if first.start == now {
                let mut all = self.step_phrases(step, None, number.as_deref());
                all.push(Phrase(self.name(step, None, number.is_some())));
                all.retain(|phrase| !phrase.0.is_empty());
                let half = match first.end {
                    StepEnd::At(end) => now + end.saturating_sub(now).half(),
                    StepEnd::Unknown => after.end,
                };
                self.say(self.first_priority(first), after.start..after.end.min(half), step.id, all);
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
            self.say(self.first_priority(first), after, step.id, self.rest_of(step, first, None));
            begins.collect()
        };
        if !phrases.is_empty() && room > Millis::ZERO {
            self.say(PRESS, now + COUNT_IN_SILENCE.min(room)..now + room, step.id, phrases);
            if let Some(saying) = self.all.last_mut() {
                saying.lead = left;
            }
        }
    }

    /// Returns the priority of the first step once it has begun. If it and the next step are both short, the next step
    /// matters more: there is no other time to announce it.
    fn first_priority(&self, first: &ForecastStep) -> Priority {
        let next = self.forecast.steps.get(1);
        if is_short(first) && next.is_some_and(is_short) { ON_THE_WAY } else { STEP }
    }

    /// Announces the step after the `i`th of the forecast. The announcement is over when the pips begin, or when a number
    /// is to be pressed ahead.
    fn next_step(&mut self, i: usize) {
        let steps = &self.forecast.steps;
        let Some((seen, next)) = steps.get(i).zip(steps.get(i + 1)) else { return };
        let StepEnd::At(end) = seen.end else { return };
        let Some(step) = self.sequence.steps.get(next.index) else { return };
        let before = self.sequence.steps.get(seen.index);
        let pressed = self.pressed(next.step);
        let pips = Millis::from_secs(3);
        let first = self.plan.cues.partition_point(|c| c.at + pips < end);
        let pip =
            self.plan.cues.iter().skip(first).find(|c| matches!(c.why, CueReason::Count(_)) && c.at < end);
        let mut by = pip.map_or(end, |c| c.at);
        if let Some(press) = pressed.as_ref().filter(|p| p.ahead && p.at <= by) {
            // In a long step the number is said again right before the press.
            by = if is_short(seen) { press.at } else { press.at.saturating_sub(Millis::new(2500)) };
        }
        let by = by.saturating_sub(QUIET);
        let from = (seen.start + Signal::Faster.length() + QUIET).max(by.saturating_sub(NEXT_WINDOW));
        let signal = before.map(|before| direction(before, step));
        let number = pressed.map(|p| p.words).or_else(|| self.not_pressed(i));
        let mut phrases = self.step_phrases(step, signal, number.as_deref());
        for phrase in &mut phrases {
            phrase.0.insert(0, Word::Next);
        }
        phrases.push(Phrase(self.name(step, signal, number.is_some())));
        phrases.retain(|phrase| !phrase.0.is_empty());
        self.say(STEP, from..by, step.id, phrases);
    }

    /// Says the numbers to press ahead of a change or during a ramp, each right before its tick.
    fn presses(&mut self) {
        let mut latest = Millis::ZERO;
        for change in &self.plan.belt {
            let ramp = match change.why {
                PressReason::Ramp => true,
                PressReason::Ahead if self.is_short_at(change.at) => continue,
                PressReason::Ahead => false,
                PressReason::First | PressReason::Change => continue,
            };
            if ramp && latest > Millis::ZERO && change.at < latest + RAMP_INTERVAL {
                continue;
            }
            let Some(number) = self.number(change.setting.number) else { continue };
            latest = change.at;
            self.press_now(change.at, if ramp { ON_THE_WAY } else { PRESS }, change.step, number);
        }
        let inclines = if self.full { self.plan.inclines.as_slice() } else { &[] };
        for change in inclines {
            let words = format!("incline {}", phrase::percent(change.incline.percent()));
            self.press_now(change.at, TEXT, change.step, words);
        }
    }

    /// True within a short step. There the number is said with the announcement of the next step.
    fn is_short_at(&self, at: Millis) -> bool {
        let steps = &self.forecast.steps;
        let seen = steps.partition_point(|s| s.start < at).checked_sub(1).and_then(|i| steps.get(i));
        seen.is_some_and(is_short)
    }

    fn press_now(&mut self, at: Millis, priority: Priority, step: StepId, words: String) {
        let phrases = vec![
            Phrase(vec![Word::known(words.clone()), Word::known("now")]),
            Phrase(vec![Word::known(words)]),
        ];
        self.say(priority, at.saturating_sub(PRESS_WINDOW)..at.saturating_sub(QUIET), step, phrases);
        if let Some(saying) = self.all.last_mut() {
            saying.late = true;
        }
    }

    /// Says the middle of a step, the time left, and when the runner may end it.
    fn progress(&mut self, step: &PlannedStep, seen: &ForecastStep) {
        let StepEnd::At(end) = seen.end else { return };
        let length = end.saturating_sub(seen.start);
        let after_tick = Signal::Tick.length() + QUIET;
        let half = seen.start + length.half();
        let has_half = step.role == Role::Work && length >= HALFWAY_FROM;
        if has_half {
            let left = length.half();
            let whole = left.get() % 60_000 == 0;
            let mut phrases = vec![Phrase(vec![Word::known("halfway")])];
            if whole {
                let words = vec![Word::known("halfway"), Word::known(phrase::left(left))];
                phrases.insert(0, Phrase(words));
            }
            self.say(HALFWAY, half + after_tick..half + Millis::from_secs(5), step.id, phrases);
        }
        for TimeLeft { left, step_of } in TIMES_LEFT {
            let at = end.saturating_sub(left);
            if length >= step_of && !(has_half && at == half) {
                let phrase = Phrase(vec![Word::known(phrase::left(left))]);
                self.say(TIME_LEFT, at..at + Millis::from_secs(5), step.id, vec![phrase]);
            }
        }
        if let Some(may) = self.may_end_from(step, seen).filter(|may| *may < length) {
            let at = seen.start + may;
            let phrase = Phrase(vec![Word::known("enter ends it from here on")]);
            self.say(TEXT, at..at + AFTER_CHANGE, step.id, vec![phrase]);
        }
    }

    /// Returns the time into a step from which the runner's key ends it, or for the first time the reps around it.
    fn may_end_from(&self, step: &PlannedStep, seen: &ForecastStep) -> Option<Millis> {
        let begins = self.sequence.may_end_repeat_from(seen.index);
        step.end.may_end_from().or((begins && !step.is_endless()).then_some(Millis::ZERO))
    }

    /// Says the workout's own texts.
    fn texts(&mut self) {
        for words in &self.plan.words {
            let from = words.at + Signal::Tick.length() + QUIET;
            let phrases = vec![Phrase(vec![Word::free(&words.text, None)])];
            self.say(TEXT, from..words.at + Millis::from_secs(12), words.step, phrases);
        }
    }

    /// Says the middle and the end of the workout.
    fn progress_of_workout(&mut self) {
        let (Some(finish), Some(last)) = (self.forecast.finish, self.sequence.steps.last()) else { return };
        let half = finish.half();
        let of_step = |s: &ForecastStep| s.start <= half && matches!(s.end, StepEnd::At(end) if end > half);
        if self.sequence.steps.len() > 1
            && finish >= HALFWAY_WORKOUT_FROM
            && let Some(step) = self.forecast.steps.iter().find(|s| of_step(s)).map(|s| s.step)
        {
            let phrase = Phrase(vec![Word::known("halfway through the workout")]);
            self.say(HALFWAY_WORKOUT, half..half + Millis::from_secs(6), step, vec![phrase]);
        }
        let over = finish + Signal::Finish.length() + QUIET;
        let phrase = Phrase(vec![Word::known("finished, well done")]);
        self.say(STEP, over..over + Millis::from_secs(5), last.id, vec![phrase]);
    }

    /// Keeps only the speech with the highest priority in each short step.
    fn keep_one_in_each_short_step(&mut self) {
        let span = |seen: &ForecastStep| Some(seen.start..seen.start + known_length(seen)?);
        let short = self.forecast.steps.iter().filter(|seen| is_short(seen));
        let steps: Vec<Range<Millis>> = short.filter_map(span).collect();
        let at = |time: Millis| {
            let i = steps.partition_point(|step| step.start <= time).checked_sub(1)?;
            steps.get(i).filter(|step| time < step.end).map(|step| (i, step.clone()))
        };
        let mut best: Vec<Option<(Priority, usize)>> = vec![None; steps.len()];
        let mut places = Vec::with_capacity(self.all.len());
        for (k, saying) in self.all.iter_mut().enumerate() {
            let place = if saying.lead > Millis::ZERO {
                None
            } else if let Some((i, step)) = at(saying.from) {
                saying.by = saying.by.min(step.end);
                Some(i)
            } else if saying.late
                && let Some((i, step)) = at(saying.by.saturating_sub(Millis::new(1)))
            {
                saying.from = step.start;
                Some(i)
            } else {
                // Speech that belongs before a short step must not run into it.
                let next = steps.partition_point(|step| step.start <= saying.from);
                if let Some(step) = steps.get(next) {
                    saying.by = saying.by.min(step.start);
                }
                None
            };
            places.push(place);
            if let Some(best) = place.and_then(|i| best.get_mut(i)) {
                let this = (saying.priority, k);
                *best = Some(best.map_or(this, |b| b.min(this)));
            }
        }
        let sayings = std::mem::take(&mut self.all);
        for (k, (saying, place)) in sayings.into_iter().zip(places).enumerate() {
            let best = place.and_then(|i| best.get(i).copied().flatten());
            if best.is_none_or(|(_, best)| best == k) {
                self.all.push(saying);
            } else if let Some(seen) = self.long_step(saying.step).filter(|seen| seen.start >= saying.by) {
                // The announcement found no place before the step, so it moves into the step.
                let mut late = SpeechWindow {
                    from: seen.start + Signal::Faster.length() + QUIET,
                    by: seen.start + AFTER_CHANGE,
                    ..saying
                };
                late.phrases.iter_mut().for_each(|p| p.0.retain(|word| *word != Word::Next));
                self.all.push(late);
            }
        }
    }

    /// Returns a step of the forecast, unless it is short.
    fn long_step(&self, step: StepId) -> Option<ForecastStep> {
        let i = self.sequence.index(step)?.checked_sub(self.forecast.steps.first()?.index)?;
        self.forecast.steps.get(i).copied().filter(|seen| seen.step == step && !is_short(seen))
    }
}
