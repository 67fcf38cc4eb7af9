//! A session: one run of a sequence, as a pure state machine. Commands and moments in, events out.
//!
//! It reads no clock: every call says what time it is. Where it stands is worked out from moments and never
//! counted up, so one big jump of time gives the same events as many small ones. Active time counts only while
//! it runs. What was planned never changes; the runner's changes are a list on top of it.

pub mod answers;
mod commands;
mod event;
mod forecast;
pub mod manual_entry;
mod position;
mod step_pace;
mod summary;
pub mod time_trial;
mod undo;

pub use event::{Command, EVENTS_VERSION, Event, EventKind, Record, UnknownVersion};
pub use forecast::{Anchor, CameFrom, Forecast, ForecastStep, StepEnd};
pub use position::Position;
pub use summary::{Pauses, RepsDone, Summary, ZoneTimes, pauses};

use crate::units::{Distance, Millis, Moment};
use crate::workout::sequence::{PlannedStep, SEQUENCE_VERSION, Sequence, StepId};
use std::sync::Arc;
use step_pace::StepVisit;
use undo::Undoable;

/// The state of a session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    Ready,
    /// Time counts.
    Running,
    /// The runner stopped the clock.
    Paused,
    /// It will start (again) at this moment.
    CountIn {
        /// When.
        until: Moment,
    },
    /// Nothing was alive for a while, and the runner has not said yet what to make of it.
    Absent {
        /// The last moment known to have been lived.
        since: Moment,
        /// When life came back.
        until: Moment,
    },
    /// Over.
    Stopped,
}

/// Where in its sequence a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPlace {
    /// In the step at this index.
    Step(usize),
    /// Past the last step: an open cool-down that counts up.
    After,
}

/// A stretch of a session: one visit to a step, or to the cool-down after the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lap {
    /// The step; nothing for the cool-down after the last one.
    pub step: Option<StepId>,
    /// The active time at which it began.
    pub from: Millis,
    /// The active time at which it ended.
    pub to: Millis,
    /// True where the step reached its own end: by time, or by the key that it waited for.
    pub complete: bool,
    /// The distance on the belt, where its speed was known.
    pub distance: Option<Distance>,
}

impl Lap {
    /// How long it was.
    pub fn length(&self) -> Millis {
        self.to.saturating_sub(self.from)
    }
}

/// A change that the runner made to the plan while running it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SessionEdit {
    Extend { step: StepId, by: Millis },
}

/// Active time: standing at a value, or going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WatchState {
    Held(Millis),
    Going(Anchor),
}

/// What is left of the plan from one step's start on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct RemainderOfRun {
    time: Millis,
    open: bool,
}

/// One run of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    sequence: Arc<Sequence>,
    phase: Phase,
    /// The first step has begun.
    begun: bool,
    watch: WatchState,
    place: SessionPlace,
    /// The active time at which `place` was entered.
    entered: Millis,
    /// The step left by a command for `place`; nothing where it came about by itself.
    came_from: Option<CameFrom>,
    edits: Vec<SessionEdit>,
    /// What can be undone, the latest last: changes of the step being run, and the jumps that led to it.
    deeds: Vec<Undoable>,
    /// How many of the workout's ways to ease off were asked for.
    eased: usize,
    /// How `place` is run.
    visit: StepVisit,
    /// What the belt had covered when `place` was entered, where that is known.
    odometer: Option<Distance>,
    laps: Vec<Lap>,
    /// The active times at which the clock stood still, where the time was not counted as run after all.
    stood: Vec<Millis>,
    pauses: Pauses,
    revision: u64,
    /// The latest moment it was told of. Time does not run back.
    latest: Moment,
    /// What is planned from each step's start on; one more, for after the last.
    rests: Arc<[RemainderOfRun]>,
}

impl Session {
    /// A session about to begin.
    pub fn new(sequence: Arc<Sequence>) -> Self {
        let rests = rests(&sequence);
        Session {
            sequence,
            phase: Phase::Ready,
            begun: false,
            watch: WatchState::Held(Millis::ZERO),
            place: SessionPlace::Step(0),
            entered: Millis::ZERO,
            came_from: None,
            edits: Vec::new(),
            deeds: Vec::new(),
            eased: 0,
            visit: StepVisit::default(),
            odometer: Some(Distance::default()),
            laps: Vec::new(),
            stood: Vec::new(),
            pauses: Pauses::default(),
            revision: 0,
            latest: Moment::default(),
            rests,
        }
    }

    /// The session that was recorded: the commands of its events given to a new one, each at its moment.
    ///
    /// # Errors
    /// Where the record or the sequence is of a version that this program does not know.
    pub fn replay(sequence: Arc<Sequence>, record: &Record) -> Result<Self, UnknownVersion> {
        if !(1..=EVENTS_VERSION).contains(&record.version) {
            return Err(UnknownVersion(record.version));
        }
        if sequence.version != SEQUENCE_VERSION {
            return Err(UnknownVersion(sequence.version));
        }
        let mut session = Session::new(sequence);
        for event in &record.events {
            match event.command() {
                Some(command) => drop(session.apply(command, event.at)),
                None => drop(session.advance(event.at)),
            }
        }
        Ok(session)
    }

    /// The sequence that it runs.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// The state of its clock.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The stretches that are over, in order.
    pub fn laps(&self) -> &[Lap] {
        &self.laps
    }

    /// How often it stood still so far.
    pub fn pauses(&self) -> Pauses {
        self.pauses
    }

    /// The revision of what [`Session::forecast`] would say.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The step being run.
    pub fn current(&self) -> Option<&PlannedStep> {
        match self.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index),
            SessionPlace::After => None,
        }
    }

    /// How many of the workout's ways to ease off were asked for.
    pub fn eased(&self) -> usize {
        self.eased
    }

    /// The moment at which something next happens by itself, if nothing intervenes.
    pub fn next_change(&self) -> Option<Moment> {
        if let Phase::CountIn { until } = self.phase {
            return Some(until);
        }
        let WatchState::Going(anchor) = self.watch else {
            return None;
        };
        let length = self.length(self.current()?)?;
        Some(anchor.moment_of(self.entered + length))
    }

    /// From when in the step being run the runner may end it: at once where it is open, from the lower bound on
    /// in a range, never where it ends only by itself.
    pub fn may_end_from(&self) -> Option<Millis> {
        let step = self.current()?;
        self.visit.may_end_from(step).or_else(|| step.end.planned().is_none().then_some(Millis::ZERO))
    }

    /// Lets time pass up to a moment: every step that ends by then ends on its own millisecond.
    pub fn advance(&mut self, to: Moment) -> Vec<Event> {
        let events = self.let_pass(to);
        self.pauses.note(&events);
        events
    }

    fn let_pass(&mut self, to: Moment) -> Vec<Event> {
        self.latest = self.latest.max(to);
        let mut events = Vec::new();
        if let Phase::CountIn { until } = self.phase
            && until <= self.latest
        {
            self.counted_in(until, &mut events);
        }
        if let WatchState::Going(anchor) = self.watch {
            self.pass(anchor.elapsed_at(self.latest), |end| anchor.moment_of(end), &mut events);
        }
        events
    }

    /// Ends every step whose end has come by an active time; `moment` says when that was.
    fn pass(&mut self, now: Millis, moment: impl Fn(Millis) -> Moment, events: &mut Vec<Event>) {
        while let SessionPlace::Step(index) = self.place {
            let Some(length) = self.sequence.steps.get(index).and_then(|s| self.length(s)) else {
                break;
            };
            let end = self.entered + length;
            if end > now {
                break;
            }
            self.leave(end, true);
            self.came_from = None;
            self.deeds.clear();
            events.push(self.enter(index + 1, end, moment(end)));
        }
    }

    /// The latest moment that it was told of.
    pub fn latest(&self) -> Moment {
        self.latest
    }

    fn elapsed(&self, at: Moment) -> Millis {
        match self.watch {
            WatchState::Held(elapsed) => elapsed,
            WatchState::Going(anchor) => anchor.elapsed_at(at),
        }
    }

    /// How long a step lasts, with the runner's changes on top of the plan.
    fn length(&self, step: &PlannedStep) -> Option<Millis> {
        let here = self.current().is_some_and(|s| s.id == step.id);
        let planned = if here { self.visit.length(step)? } else { step.end.planned()? };
        Some(planned + self.extended(step.id))
    }

    fn extended(&self, step: StepId) -> Millis {
        let by = |edit: &SessionEdit| match *edit {
            SessionEdit::Extend { step: which, by } => (which == step).then_some(by),
        };
        self.edits.iter().filter_map(by).sum()
    }

    /// What is planned from the step at `index` on, with the runner's changes.
    fn rest_from(&self, index: usize) -> RemainderOfRun {
        let Some(&planned) = self.rests.get(index) else {
            return RemainderOfRun::default();
        };
        let ahead = |edit: &SessionEdit| match *edit {
            SessionEdit::Extend { step, by } => {
                self.sequence.index(step).is_some_and(|i| i >= index).then_some(by)
            }
        };
        RemainderOfRun { time: planned.time + self.edits.iter().filter_map(ahead).sum(), ..planned }
    }

    /// The clock stands from now on.
    fn stand(&mut self, at: Moment) {
        let now = self.elapsed(at);
        self.watch = WatchState::Held(now);
        if self.begun {
            self.stood.push(now);
        }
    }

    fn event(&self, at: Moment, what: EventKind) -> Event {
        Event { at, elapsed: self.elapsed(at), what }
    }

    /// Closes the stretch that ends at `end`.
    fn leave(&mut self, end: Millis, complete: bool) {
        let step = self.current().map(|s| s.id);
        let distance = self.covered(end.saturating_sub(self.entered));
        if end > self.entered || complete {
            self.laps.push(Lap { step, from: self.entered, to: end, complete, distance });
        }
        self.odometer = self.odometer.zip(distance).map(|(before, here)| before + here);
    }

    /// Goes to the step at `index`, or past the last, at the active time `start`.
    fn enter(&mut self, index: usize, start: Millis, at: Moment) -> Event {
        self.entered = start;
        self.visit = StepVisit::default();
        match self.sequence.steps.get(index) {
            Some(step) => {
                self.place = SessionPlace::Step(index);
                Event { at, elapsed: start, what: EventKind::StepBegan { step: step.id } }
            }
            None => {
                self.place = SessionPlace::After;
                Event { at, elapsed: start, what: EventKind::Finished }
            }
        }
    }
}

fn rests(sequence: &Sequence) -> Arc<[RemainderOfRun]> {
    let mut rest = RemainderOfRun::default();
    let mut all = vec![rest];
    for step in sequence.steps.iter().rev() {
        let planned = step.end.planned();
        rest = RemainderOfRun {
            time: rest.time + planned.unwrap_or_default(),
            open: rest.open || planned.is_none(),
        };
        all.push(rest);
    }
    all.reverse();
    all.into()
}
