//! From a forecast to the sounds and words of what is to come.

use super::{Signal, direction};
use crate::belt::Belt;
use crate::session::{Ends, Forecast, Foreseen};
use crate::units::{Millis, Speed};
use crate::workout::sequence::{CueTime, PlannedStep, Role, Sequence, StepId, WORDS_IN_AN_OPEN_STEP};
use std::collections::BTreeMap;

/// Silence kept between two signals, so that each is heard as one.
const APART: Millis = Millis::new(100);
/// The least time between two onsets: closer together they are heard, and measured, as one sound.
const ONSETS_APART: Millis = Millis::new(500);
/// A step of work at least this long has a tick half-way.
const HALFWAY_FROM: Millis = Millis::from_secs(60);
/// No text repeats faster than this, whatever the file says.
const EVERY_AT_LEAST: Millis = Millis::from_secs(1);

/// A signal and when it sounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// The active time of its onset.
    pub at: Millis,
    /// What it sounds like.
    pub signal: Signal,
    /// The step that it is about: the one that begins, for a change and for the count before it.
    pub step: StepId,
    /// What it stands for.
    pub why: Why,
}

/// What a cue stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
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
    /// There are words on the screen.
    Text,
}

/// Words for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
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
    /// The active time at which it is due.
    pub at: Millis,
    /// The step whose ramp asks for it.
    pub step: StepId,
    /// The number, as a speed.
    pub speed: Speed,
}

/// All that a forecast holds for eyes and ears, in the order of time. Signals never sound on top of each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The signals.
    pub cues: Vec<Cue>,
    /// The words. A tick stands beside each, unless something more important sounds there.
    pub words: Vec<Words>,
    /// The belt's new numbers. Each has a tick beside it under the same condition.
    pub belt: Vec<BeltChange>,
}

/// Plans a forecast's cues from its `from` on. `speed` is how many seconds of active time pass in a real one:
/// sounds last as long as they last, so in a fast rehearsal fewer of them fit.
pub fn plan(sequence: &Sequence, belt: &Belt, forecast: &Forecast, speed: f64) -> Plan {
    let mut draft = Draft { sequence, belt, cues: Vec::new(), words: Vec::new(), changes: Vec::new() };
    if let (Some(from), Some(first)) =
        (forecast.came_from.and_then(|id| sequence.step(id)), forecast.steps.first())
    {
        draft.change(from, first);
    }
    for (i, seen) in forecast.steps.iter().enumerate() {
        let Some(step) = sequence.steps.get(seen.index) else {
            continue;
        };
        let next = forecast.steps.get(i + 1);
        draft.along_the_way(step, seen);
        if let Ends::At(end) = seen.end {
            draft.count(next.map_or(step.id, |n| n.step), seen.start, end);
        }
        if let Some(next) = next {
            draft.change(step, next);
        }
    }
    if let (Some(at), Some(last)) = (forecast.finish, sequence.steps.last()) {
        draft.cues.push(Cue { at, signal: Signal::Finish, step: last.id, why: Why::Finish });
    }
    draft.settle(forecast.from, speed)
}

struct Draft<'a> {
    sequence: &'a Sequence,
    belt: &'a Belt,
    cues: Vec<Cue>,
    words: Vec<Words>,
    changes: Vec<BeltChange>,
}

impl Draft<'_> {
    fn change(&mut self, before: &PlannedStep, after: &Foreseen) {
        let Some(step) = self.sequence.steps.get(after.index) else {
            return;
        };
        let signal = direction(before.target.end(), &step.target.start);
        self.cues.push(Cue { at: after.start, signal, step: step.id, why: Why::Change });
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
            self.cues.push(Cue { at, signal: Signal::Count, step: about, why: Why::Count(left) });
        }
    }

    fn tick(&mut self, at: Millis, step: StepId, why: Why) {
        self.cues.push(Cue { at, signal: Signal::Tick, step, why });
    }

    fn along_the_way(&mut self, step: &PlannedStep, seen: &Foreseen) {
        let length = match seen.end {
            Ends::At(end) => Some(end.saturating_sub(seen.start)),
            Ends::Unknown => None,
        };
        for cue in &step.cues {
            for into in times(cue.when, length) {
                let at = seen.start + into;
                self.words.push(Words { at, step: step.id, text: cue.text.clone() });
                self.tick(at, step.id, Why::Text);
            }
        }
        let Some(length) = length else { return };
        if step.role == Role::Work && length >= HALFWAY_FROM {
            self.tick(seen.start + length.half(), step.id, Why::Halfway);
        }
        if let (Some(_), Some(from), Some(to)) =
            (&step.target.ramp_to, step.target.start.speed, step.target.end().speed)
        {
            for change in self.belt.changes(from, to, length) {
                let at = seen.start + change.at;
                self.changes.push(BeltChange { at, step: step.id, speed: change.setting.speed });
                self.tick(at, step.id, Why::Ramp);
            }
        }
    }

    /// Drops what is past, and of what would sound together all but the most important.
    fn settle(mut self, from: Millis, speed: f64) -> Plan {
        let real = |length: Millis| Millis::from_secs_f64(length.as_secs_f64() * speed);
        self.cues.retain(|c| c.at >= from);
        self.cues.sort_by_key(|c| (importance(c.why), c.at));
        // Start → end of what sounds, silence after it included.
        let mut taken: BTreeMap<Millis, Millis> = BTreeMap::new();
        self.cues.retain(|c| {
            let (start, end) = (c.at, c.at + real((c.signal.length() + APART).max(ONSETS_APART)));
            let clashes = taken.range(..end).next_back().is_some_and(|(_, until)| *until > start);
            if !clashes {
                taken.insert(start, end);
            }
            !clashes
        });
        self.cues.sort_by_key(|c| c.at);
        self.words.retain(|w| w.at >= from);
        self.words.sort_by_key(|w| w.at);
        self.changes.retain(|c| c.at >= from);
        Plan { cues: self.cues, words: self.words, belt: self.changes }
    }
}

/// What may not be drowned by what: smaller comes first.
fn importance(why: Why) -> u8 {
    match why {
        Why::Change | Why::Finish => 0,
        Why::Count(_) => 1,
        Why::Text => 2,
        Why::Ramp => 3,
        Why::Halfway => 4,
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
