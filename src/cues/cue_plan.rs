//! From a forecast to the sounds and words of what is to come.

use super::{Signal, change};
use crate::belt::Treadmill;
use crate::belt::{BeltCourse, BeltSetting, PressSchedule};
use crate::session::{Forecast, ForecastStep, StepEnd};
use crate::units::{Incline, Millis, Rehearsal};
use crate::workout::on_belt;
use crate::workout::sequence::{CueTime, PlannedStep, Role, Sequence, StepId, WORDS_IN_AN_OPEN_STEP};
use std::collections::BTreeMap;

/// Silence kept between two signals, so that each is heard as one.
const APART: Millis = Millis::new(100);
/// The least time between two onsets: closer together they are heard, and measured, as one sound.
const ONSETS_APART: Millis = Millis::new(500);
/// A step of work at least this long has a tick half-way.
const HALFWAY_FROM: Millis = Millis::from_secs(60);
/// Nothing sounds longer than this before the clock starts.
pub(super) const LONGEST_LEAD: Millis = Millis::from_secs(60);
/// No text repeats faster than this, whatever the file says.
const EVERY_AT_LEAST: Millis = Millis::from_secs(1);

/// A signal and when it sounds.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalCue {
    /// The active time of its onset.
    pub at: Millis,
    /// How much earlier than that it sounds, while the clock is still being counted in.
    pub lead: Millis,
    /// What it sounds like.
    pub signal: Signal,
    /// The step that it is about: the one that begins, for a change and for the count before it.
    pub step: StepId,
    /// What it stands for.
    pub why: CueReason,
}

/// What a cue stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CueReason {
    /// This many seconds until the change.
    Count(u8),
    /// A step begins.
    Change,
    /// The last step is over.
    Finish,
    /// Half of the step is done.
    Halfway,
    /// The ramp has come to the belt's next number.
    Ramp,
    /// The belt's next number is to be pressed now, to be there in time.
    Ahead,
    /// There are words on the screen.
    Text,
}

/// Words for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOnScreen {
    /// The active time at which they appear.
    pub at: Millis,
    /// The step that they belong to.
    pub step: StepId,
    /// The words.
    pub text: String,
}

/// A new number for the belt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltChange {
    /// The active time at which to press.
    pub at: Millis,
    /// When the belt is there.
    pub arrives: Millis,
    /// The step that it is for.
    pub step: StepId,
    /// What to set it to.
    pub setting: BeltSetting,
    /// Why now.
    pub why: PressReason,
}

/// A new incline for the belt, on the way of a ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InclineChange {
    /// The active time at which to press.
    pub at: Millis,
    /// The step that it is for.
    pub step: StepId,
    /// What to set it to.
    pub incline: Incline,
}

/// Why a number is to be pressed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressReason {
    /// The belt stood still, or nobody knows what it shows.
    First,
    /// A step begins.
    Change,
    /// A step begins soon, and the belt needs time to get there.
    Ahead,
    /// The ramp has come to the belt's next number.
    Ramp,
}

/// All that a forecast holds for eyes and ears, in the order of time. Signals never sound on top of each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CuePlan {
    /// The signals.
    pub cues: Vec<SignalCue>,
    /// The words. A tick stands beside each, unless something more important sounds there.
    pub words: Vec<TextOnScreen>,
    /// The belt's new numbers. Those within a step have a tick beside them under the same condition.
    pub belt: Vec<BeltChange>,
    /// The belt's new inclines within steps, each with a tick beside it under that condition. What a step begins with
    /// stands with its number.
    pub inclines: Vec<InclineChange>,
    /// What the belt does in the steps of the forecast, and how its speed moves.
    pub presses: PressSchedule,
}

/// What the belt is like when a plan is made.
#[derive(Clone, Copy, Debug)]
pub struct CueContext<'a> {
    /// The treadmill.
    pub treadmill: &'a Treadmill,
    /// What its console shows; nothing where it stands still.
    pub shown: Option<BeltSetting>,
}

/// Plans a forecast's cues from its `from` on. `speed` is how many seconds of active time pass in a real one:
/// sounds last as long as they last, so in a fast rehearsal fewer of them fit.
pub fn plan(
    sequence: &Sequence,
    footing: &CueContext<'_>,
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
        draft.along_the_way(step, seen);
        if let StepEnd::At(end) = seen.end {
            draft.count(next.map_or(step.id, |n| n.step), seen.start, end);
        }
        if let Some(next) = next {
            draft.change(step, next, next.start);
        }
    }
    draft.press(footing, forecast);
    if let (Some(at), Some(last)) = (forecast.finish, sequence.steps.last()) {
        draft.cues.push(cue(at, Signal::Finish, last.id, CueReason::Finish));
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
    /// The clock starts at the active time `from`, `left` from now: whoever stands will begin to run.
    fn count_in(&mut self, from: Millis, left: Millis, step: StepId) {
        self.cues.push(cue(from, Signal::Faster, step, CueReason::Change));
        for pip in 1..=3 {
            let lead = Millis::from_secs(u64::from(pip));
            if lead <= left {
                self.cues.push(SignalCue { lead, ..cue(from, Signal::Count, step, CueReason::Count(pip)) });
            }
        }
    }

    fn change(&mut self, before: &PlannedStep, after: &ForecastStep, at: Millis) {
        let Some(step) = self.sequence.steps.get(after.index) else {
            return;
        };
        let signal = change(before, step);
        self.cues.push(cue(at, signal, step.id, CueReason::Change));
    }

    /// Three pips, the last one a second before the end; fewer in a step too short to be spent listening.
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

    fn along_the_way(&mut self, step: &PlannedStep, seen: &ForecastStep) {
        let length = match seen.end {
            StepEnd::At(end) => Some(end.saturating_sub(seen.start)),
            StepEnd::Unknown => None,
        };
        for cue in &step.cues {
            for into in times(cue.when, length) {
                let at = seen.start + into;
                self.words.push(TextOnScreen { at, step: step.id, text: cue.text.clone() });
                self.cues.push(tick(at, step.id, CueReason::Text));
            }
        }
        let Some(length) = length else { return };
        if step.role == Role::Work && length >= HALFWAY_FROM {
            self.cues.push(tick(seen.start + length.half(), step.id, CueReason::Halfway));
        }
    }

    /// The belt's numbers, each early enough for the belt to be there on its second.
    fn press(&mut self, footing: &CueContext<'_>, forecast: &Forecast) {
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
        let Treadmill { belt, ceiling } = footing.treadmill;
        let before = forecast.steps.first().and_then(|first| first.index.checked_sub(1));
        let course = BeltCourse {
            stretches: &stretches,
            ceiling: *ceiling,
            from: forecast.from,
            shown: footing.shown,
            before: before.and_then(|before| self.sequence.steps.get(before)?.end.planned()),
        };
        self.presses = belt.plan_presses(&course);
        let first = footing.shown.is_none().then_some(forecast.from);
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

    /// Drops what is past, and of what would sound together all but the most important.
    fn settle(mut self, from: Millis, rehearsal: Rehearsal) -> CuePlan {
        self.cues.retain(|c| c.at >= from);
        self.cues.sort_by_key(|c| (importance(c.why), c.at));
        // Start → end of what sounds, silence after it included.
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

/// When it sounds, on a scale that leaves room for what sounds before active time 0.
pub(super) fn onset(cue: &SignalCue) -> Millis {
    (cue.at + LONGEST_LEAD).saturating_sub(cue.lead)
}

/// What may not be drowned by what: smaller comes first.
fn importance(why: CueReason) -> u8 {
    match why {
        CueReason::Change | CueReason::Finish => 0,
        CueReason::Count(_) => 1,
        CueReason::Ahead => 2,
        CueReason::Text => 3,
        CueReason::Ramp => 4,
        CueReason::Halfway => 5,
    }
}

/// The times into its step at which a cue falls. Those that need an end fall nowhere in a step without one.
fn times(when: CueTime, length: Option<Millis>) -> Vec<Millis> {
    let inside = |t: &Millis| length.is_none_or(|l| *t <= l);
    match when {
        CueTime::At(t) => Some(t).filter(inside).into_iter().collect(),
        CueTime::BeforeEnd(t) => length.and_then(|l| l.checked_sub(t)).into_iter().collect(),
        CueTime::Half => length.map(Millis::half).into_iter().collect(),
        CueTime::Every(t) => {
            let t = t.max(EVERY_AT_LEAST);
            let end = length.unwrap_or(WORDS_IN_AN_OPEN_STEP);
            (1..).map(|k| t.times(k)).take_while(|at| *at < end).collect()
        }
    }
}
