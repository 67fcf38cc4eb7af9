//! Plans the signals, texts and belt settings of a forecast.

use super::gentle::{ends_softly, is_guided};
use super::priority::Priority;
use super::{Signal, change};
use crate::belt::Treadmill;
use crate::belt::{BeltCourse, BeltSetting, PressSchedule};
use crate::session::{Forecast, ForecastStep, StepEnd};
use crate::units::{Incline, Millis, Rehearsal};
use crate::workout::bounds::SHORTEST_CUE_INTERVAL;
use crate::workout::breath::BreathRhythm;
use crate::workout::on_belt;
use crate::workout::sequence::{CueTime, PlannedStep, Role, Sequence, StepId, WORDS_IN_AN_OPEN_STEP};
use std::collections::BTreeMap;

/// The silence between two signals, so that they are heard as two.
const APART: Millis = Millis::new(100);
/// The shortest time between two onsets. Sounds closer together are heard, and measured, as one.
const ONSETS_APART: Millis = Millis::new(500);
/// The shortest step of work with a tick halfway.
const HALFWAY_FROM: Millis = Millis::from_secs(60);
/// The longest time that a signal can come before the clock starts.
pub(super) const LONGEST_LEAD: Millis = Millis::from_secs(60);

/// A signal with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalCue {
    /// The active time of its onset.
    pub at: Millis,
    /// During a count-in, the time by which it sounds earlier than `at`. Zero otherwise.
    pub lead: Millis,
    /// The signal.
    pub signal: Signal,
    /// The step that it is about. For a change, and for the count before it, the step that begins.
    pub step: StepId,
    /// The reason for it.
    pub why: CueReason,
}

/// The reason for a signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CueReason {
    /// A step ends in this many seconds.
    Count(u8),
    /// A step begins.
    Change,
    /// The last step ends.
    Finish,
    /// Half of the step is done.
    Halfway,
    /// A ramp reaches the belt's next number or incline.
    Ramp,
    /// The belt's next number is to be pressed before the step begins.
    Ahead,
    /// A text appears on the screen.
    Text,
    /// A breath begins, or turns.
    Breath,
}

/// A text for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOnScreen {
    /// The active time at which it appears.
    pub at: Millis,
    /// The step that it belongs to.
    pub step: StepId,
    /// The text.
    pub text: String,
    /// True for a question to the runner.
    pub asks: bool,
}

/// A new number for the belt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltChange {
    /// The active time at which to press.
    pub at: Millis,
    /// The active time at which the belt reaches it.
    pub arrives: Millis,
    /// The step that it is for.
    pub step: StepId,
    /// The new setting.
    pub setting: BeltSetting,
    /// The reason for the press.
    pub why: PressReason,
}

/// A new incline for the belt during a ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InclineChange {
    /// The active time at which to press.
    pub at: Millis,
    /// The step that it is for.
    pub step: StepId,
    /// The new incline.
    pub incline: Incline,
}

/// The reason for pressing a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressReason {
    /// The belt stands still, or its number is unknown.
    First,
    /// A step begins.
    Change,
    /// A step begins soon, and the belt needs time to get there.
    Ahead,
    /// A ramp reaches the belt's next number.
    Ramp,
}

/// The signals, texts and belt settings of a forecast, each in the order of time. Signals never overlap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CuePlan {
    /// The signals.
    pub cues: Vec<SignalCue>,
    /// The texts. Each comes with a tick, unless a signal with a higher priority sounds there.
    pub words: Vec<TextOnScreen>,
    /// The belt's new numbers. Within a step, each comes with a tick as texts do.
    pub belt: Vec<BeltChange>,
    /// The belt's new inclines within steps, each with a tick as texts have it. The incline at the start of a step is
    /// part of `presses` only.
    pub inclines: Vec<InclineChange>,
    /// All presses of the forecast, and the speed of the belt between them.
    pub presses: PressSchedule,
}

/// The state of the treadmill when a plan is made.
#[derive(Clone, Copy, Debug)]
pub struct CueContext<'a> {
    /// The treadmill.
    pub treadmill: &'a Treadmill,
    /// The setting on the console. `None` while the belt stands still.
    pub shown: Option<BeltSetting>,
}

/// Plans the cues of a forecast from its `from` on. A signal takes the same real time in a fast `rehearsal`, so fewer
/// signals fit into it.
pub fn plan(
    sequence: &Sequence,
    context: &CueContext<'_>,
    forecast: &Forecast,
    rehearsal: Rehearsal,
) -> CuePlan {
    let mut draft = PlanDraft {
        sequence,
        cues: Vec::new(),
        words: Vec::new(),
        changes: Vec::new(),
        inclines: Vec::new(),
        presses: PressSchedule::default(),
    };
    if let (Some(left), Some(first)) = (forecast.counting_in, forecast.steps.first()) {
        draft.count_in(forecast.from, left, first.step);
    } else if let (Some(from), Some(first)) = (forecast.came_from, forecast.steps.first())
        && let Some(step) = sequence.step(from.step)
    {
        draft.change(step, first, from.at);
    }
    for (i, seen) in forecast.steps.iter().enumerate() {
        let Some(step) = sequence.steps.get(seen.index) else {
            continue;
        };
        let next = forecast.steps.get(i + 1);
        draft.along_step(step, seen);
        if let StepEnd::At(end) = seen.end
            && !is_guided(step)
            && (next.is_some() || !ends_softly(sequence))
        {
            draft.count(next.map_or(step.id, |n| n.step), seen.start, end);
        }
        if let Some(next) = next {
            draft.change(step, next, next.start);
        }
    }
    draft.press(context, forecast);
    if let (Some(at), Some(last)) = (forecast.finish, sequence.steps.last()) {
        let signal = if ends_softly(sequence) { Signal::Exhale } else { Signal::Finish };
        draft.cues.push(cue(at, signal, last.id, CueReason::Finish));
    }
    draft.settle(forecast.from, rehearsal)
}

struct PlanDraft<'a> {
    sequence: &'a Sequence,
    cues: Vec<SignalCue>,
    words: Vec<TextOnScreen>,
    changes: Vec<BeltChange>,
    inclines: Vec<InclineChange>,
    presses: PressSchedule,
}

impl PlanDraft<'_> {
    /// Adds the count-in: the clock starts at the active time `from`, which is `left` from now.
    fn count_in(&mut self, from: Millis, left: Millis, step: StepId) {
        // The first breath says that the clock starts.
        if !self.sequence.step(step).is_some_and(is_guided) {
            self.cues.push(cue(from, Signal::Faster, step, CueReason::Change));
        }
        for pip in 1..=3 {
            let lead = Millis::from_secs(u64::from(pip));
            if lead <= left {
                self.cues.push(SignalCue { lead, ..cue(from, Signal::Count, step, CueReason::Count(pip)) });
            }
        }
    }

    /// Adds the signal for the change to a step.
    fn change(&mut self, before: &PlannedStep, after: &ForecastStep, at: Millis) {
        let Some(step) = self.sequence.steps.get(after.index) else {
            return;
        };
        if is_guided(step) {
            return;
        }
        let signal = change(before, step);
        self.cues.push(cue(at, signal, step.id, CueReason::Change));
    }

    /// Adds three pips, the last one a second before the end. Short steps have fewer.
    fn count(&mut self, about: StepId, start: Millis, end: Millis) {
        let pips = match end.saturating_sub(start).get() {
            10_000.. => 3,
            6_000.. => 2,
            3_000.. => 1,
            _ => 0,
        };
        for left in (1..=pips).rev() {
            let at = end.saturating_sub(Millis::from_secs(u64::from(left)));
            self.cues.push(cue(at, Signal::Count, about, CueReason::Count(left)));
        }
    }

    /// Adds the texts of a step, and the tick halfway.
    fn along_step(&mut self, step: &PlannedStep, seen: &ForecastStep) {
        let length = match seen.end {
            StepEnd::At(end) => Some(end.saturating_sub(seen.start)),
            StepEnd::Unknown => None,
        };
        for cue in &step.cues {
            for into in times(cue.when, length) {
                let (at, text) = (seen.start + into, cue.text.clone());
                self.words.push(TextOnScreen { at, step: step.id, text, asks: cue.asks });
                self.cues.push(tick(at, step.id, CueReason::Text));
            }
        }
        if let Some(rhythm) = step.target.breathing.and_then(|breathing| BreathRhythm::of(&breathing, length))
        {
            return self.breathe(rhythm, step.id, seen.start);
        }
        let Some(length) = length else { return };
        if step.role == Role::Work && length >= HALFWAY_FROM {
            self.cues.push(tick(seen.start + length.half(), step.id, CueReason::Halfway));
        }
    }

    /// Adds a signal for each breath in and out.
    fn breathe(&mut self, rhythm: BreathRhythm, step: StepId, start: Millis) {
        for (inhale, exhale) in rhythm.turns().take_while(|(inhale, _)| *inhale < WORDS_IN_AN_OPEN_STEP) {
            self.cues.push(cue(start + inhale, Signal::Inhale, step, CueReason::Breath));
            self.cues.push(cue(start + exhale, Signal::Exhale, step, CueReason::Breath));
        }
    }

    /// Adds the belt's numbers and inclines, each early enough for the belt to get there on time.
    fn press(&mut self, context: &CueContext<'_>, forecast: &Forecast) {
        let mut stretches = Vec::with_capacity(forecast.steps.len());
        for (i, seen) in forecast.steps.iter().enumerate() {
            let Some(step) = self.sequence.steps.get(seen.index) else { return };
            let length = match seen.end {
                StepEnd::At(end) => Some(end.saturating_sub(seen.start)),
                StepEnd::Unknown => None,
            };
            let mut stretch = on_belt::stretch(step, seen.start, length);
            if i == 0 {
                stretch.by_hand = forecast.by_hand;
            }
            stretches.push(stretch);
        }
        let Treadmill { belt, ceiling } = context.treadmill;
        let before = forecast.steps.first().and_then(|first| first.index.checked_sub(1));
        let course = BeltCourse {
            stretches: &stretches,
            ceiling: *ceiling,
            from: forecast.from,
            shown: context.shown,
            before: before.and_then(|before| self.sequence.steps.get(before)?.end.planned()),
        };
        self.presses = belt.plan_presses(&course);
        let first = context.shown.is_none().then_some(forecast.from);
        for press in &self.presses.speeds {
            let Some(seen) = forecast.steps.get(press.stretch) else { continue };
            let why = match () {
                () if first == Some(press.press_at) => PressReason::First,
                () if press.ramp => PressReason::Ramp,
                () if press.press_at < press.due => PressReason::Ahead,
                () => PressReason::Change,
            };
            self.changes.push(BeltChange {
                at: press.press_at,
                arrives: press.arrive_at,
                step: seen.step,
                setting: press.setting,
                why,
            });
            match why {
                PressReason::Ramp => self.cues.push(tick(press.press_at, seen.step, CueReason::Ramp)),
                PressReason::Ahead => self.cues.push(tick(press.press_at, seen.step, CueReason::Ahead)),
                PressReason::First | PressReason::Change => {}
            }
        }
        for press in &self.presses.inclines {
            let Some(seen) = forecast.steps.get(press.stretch) else { continue };
            if press.at > seen.start && press.at > forecast.from {
                self.inclines.push(InclineChange { at: press.at, step: seen.step, incline: press.incline });
                self.cues.push(tick(press.at, seen.step, CueReason::Ramp));
            }
        }
    }

    /// Drops everything before `from`. Of signals that would overlap, keeps the one with the highest priority.
    fn settle(mut self, from: Millis, rehearsal: Rehearsal) -> CuePlan {
        self.cues.retain(|c| c.at >= from);
        self.cues.sort_by_key(|c| (priority(c.why), c.at));
        // Start → end of each signal, including the silence after it.
        let mut taken: BTreeMap<Millis, Millis> = BTreeMap::new();
        self.cues.retain(|c| {
            let start = onset(c);
            let end = start + rehearsal.session_time((c.signal.length() + APART).max(ONSETS_APART));
            let clashes = taken.range(..end).next_back().is_some_and(|(_, until)| *until > start);
            if !clashes {
                taken.insert(start, end);
            }
            !clashes
        });
        self.cues.sort_by_key(onset);
        self.words.retain(|w| w.at >= from);
        self.words.sort_by_key(|w| w.at);
        self.changes.retain(|c| c.at >= from);
        CuePlan {
            cues: self.cues,
            words: self.words,
            belt: self.changes,
            inclines: self.inclines,
            presses: self.presses,
        }
    }
}

fn cue(at: Millis, signal: Signal, step: StepId, why: CueReason) -> SignalCue {
    SignalCue { at, lead: Millis::ZERO, signal, step, why }
}

fn tick(at: Millis, step: StepId, why: CueReason) -> SignalCue {
    cue(at, Signal::Tick, step, why)
}

/// Returns the onset of a signal, counted from [`LONGEST_LEAD`] before active time 0. A signal of the count-in comes
/// before active time 0.
pub(super) fn onset(cue: &SignalCue) -> Millis {
    (cue.at + LONGEST_LEAD).saturating_sub(cue.lead)
}

/// Returns the priority of a signal over others at the same time.
fn priority(why: CueReason) -> Priority {
    Priority::new(match why {
        CueReason::Change | CueReason::Finish => 0,
        CueReason::Count(_) | CueReason::Breath => 1,
        CueReason::Ahead => 2,
        CueReason::Text => 3,
        CueReason::Ramp => 4,
        CueReason::Halfway => 5,
    })
}

/// Returns the times in a step at which a cue comes. A cue that depends on the end never comes in a step without one.
fn times(when: CueTime, length: Option<Millis>) -> Vec<Millis> {
    let inside = |t: &Millis| length.is_none_or(|l| *t <= l);
    match when {
        CueTime::At(t) => Some(t).filter(inside).into_iter().collect(),
        CueTime::BeforeEnd(t) => length.and_then(|l| l.checked_sub(t)).into_iter().collect(),
        CueTime::Half => length.map(Millis::half).into_iter().collect(),
        CueTime::Every(t) => {
            let t = t.max(SHORTEST_CUE_INTERVAL);
            let end = length.unwrap_or(WORDS_IN_AN_OPEN_STEP);
            (1..).map(|k| t.times(k)).take_while(|at| *at < end).collect()
        }
    }
}
