//! A session: one run of a sequence, as a pure state machine. Commands and moments go in, events come out.
//!
//! A session reads no clock: every call passes the current moment. The position is calculated from moments and never
//! counted up, so one large jump in time causes the same events as many small ones. Active time passes only while the
//! session runs. The plan never changes; the runner's changes are a list on top of it. A bend puts another sequence in
//! the place of its rest.

pub mod answers;
mod bend;
mod commands;
mod covered;
mod event;
mod forecast;
mod heart_end;
pub mod manual_distance;
pub mod manual_entry;
mod position;
mod remainder;
mod step_pace;
mod summary;
pub mod time_trial;
pub mod took;
mod undo;
mod undoable;

pub use covered::CoveredDistance;
pub use event::{Command, EVENTS_VERSION, Event, EventKind, Record, UnknownVersion};
pub use forecast::{Anchor, CameFrom, Forecast, ForecastStep, StepEnd};
pub use heart_end::AFTER_HEART_RATE;
pub use position::Position;
pub use summary::{Pauses, RepsDone, Summary, ZoneTimes, pauses};

use crate::units::{Distance, Millis, Moment};
use crate::workout::sequence::{End, PlannedStep, SEQUENCE_VERSION, Sequence, StepId};
use remainder::{RemainderOfRun, rests};
use std::sync::Arc;
use step_pace::StepVisit;
use undoable::Undoable;

/// The state of a session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The session has not begun.
    Ready,
    /// Active time passes.
    Running,
    /// The runner stopped the clock.
    Paused,
    /// A count-in runs.
    CountIn {
        /// The moment at which the clock starts.
        until: Moment,
    },
    /// The program did not run for a while (a closed lid, a stopped process), and the runner has not decided yet whether
    /// that time counts.
    Absent {
        /// The last moment before the absence.
        since: Moment,
        /// The moment of the return.
        until: Moment,
    },
    /// The session is over.
    Stopped,
}

/// The place of a session in its sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPlace {
    /// In the step at this index.
    Step(usize),
    /// After the last step: an open cool-down that counts up.
    After,
}

/// A part of a session: one visit to a step, or the cool-down after the last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lap {
    /// The step. `None` for the cool-down after the last one.
    pub step: Option<StepId>,
    /// The active time at which it began.
    pub from: Millis,
    /// The active time at which it ended.
    pub to: Millis,
    /// True if the step reached its end, by time or by the key that ends it.
    pub complete: bool,
    /// The distance on the belt, if its speed is known.
    pub distance: Option<Distance>,
}

impl Lap {
    /// Returns the length.
    pub fn length(&self) -> Millis {
        self.to.saturating_sub(self.from)
    }
}

/// A change of the plan during the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SessionEdit {
    Extend { step: StepId, by: Millis },
}

/// The state of the active time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WatchState {
    /// Stopped at a value.
    Held(Millis),
    /// Running.
    Going(Anchor),
}

/// One run of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The sequence as planned.
    planned: Arc<Sequence>,
    /// The sequence with the bends of this session.
    sequence: Arc<Sequence>,
    phase: Phase,
    /// True once the first step has begun.
    begun: bool,
    watch: WatchState,
    place: SessionPlace,
    /// The active time at which `place` was entered.
    entered: Millis,
    /// The step that a command led away from, to `place`. `None` if `place` was reached without a command.
    came_from: Option<CameFrom>,
    edits: Vec<SessionEdit>,
    /// Everything that can be undone, the latest last: changes of the current step, and the jumps to it.
    undoable: Vec<Undoable>,
    /// The number of ways to ease off that the runner has asked for.
    eased: usize,
    /// The speed and distance of the current visit to `place`.
    visit: StepVisit,
    /// The distance on the belt when `place` was entered, if it is known.
    odometer: Option<Distance>,
    laps: Vec<Lap>,
    /// The active times at which the clock stood still, except for absences that count as run.
    stood: Vec<Millis>,
    pauses: Pauses,
    revision: u64,
    /// The latest moment of any call. Time never goes back.
    latest: Moment,
    /// The planned time from the start of each step on, and a last entry for the end.
    rests: Arc<[RemainderOfRun]>,
}

impl Session {
    /// Creates a session that has not begun.
    pub fn new(sequence: Arc<Sequence>) -> Self {
        let rests = rests(&sequence);
        Session {
            planned: Arc::clone(&sequence),
            sequence,
            phase: Phase::Ready,
            begun: false,
            watch: WatchState::Held(Millis::ZERO),
            place: SessionPlace::Step(0),
            entered: Millis::ZERO,
            came_from: None,
            edits: Vec::new(),
            undoable: Vec::new(),
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

    /// Rebuilds a recorded session: applies the commands of the events to a new session, each at its moment.
    ///
    /// # Errors
    /// If this program does not know the version of the record or of the sequence.
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

    /// Returns the sequence, with the bends of the session.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// Returns the state of the clock.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// True once the first step has begun: not before the start, nor during the count-in before it.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Returns the laps that are over, in order.
    pub fn laps(&self) -> &[Lap] {
        &self.laps
    }

    /// Returns the pauses so far.
    pub fn pauses(&self) -> Pauses {
        self.pauses
    }

    /// Returns the revision of [`Session::forecast`].
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns the current step, or `None` after the last one.
    pub fn current(&self) -> Option<&PlannedStep> {
        match self.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index),
            SessionPlace::After => None,
        }
    }

    /// Returns the number of ways to ease off that the runner has asked for.
    pub fn eased(&self) -> usize {
        self.eased
    }

    /// Returns the next moment at which something happens without a command.
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

    /// Returns the time into the current step from which the runner may end it or the repeat around it: zero for an open step
    /// and for a repeat that may end, the lower bound of a range, and `None` for a step that only ends by itself.
    pub fn may_end_from(&self) -> Option<Millis> {
        let step = self.current()?;
        let own = self.visit.may_end_from(step);
        own.or_else(|| (step.end.planned().is_none() || step.may_end_repeat()).then_some(Millis::ZERO))
    }

    /// Lets time pass up to a moment. Every step that ends by then ends at its exact millisecond.
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
            self.end_count_in(until, &mut events);
        }
        if let WatchState::Going(anchor) = self.watch {
            self.pass(anchor.elapsed_at(self.latest), |end| anchor.moment_of(end), &mut events);
        }
        events
    }

    /// Ends every step that is over at the active time `now`. `moment` converts an active time to its moment.
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
            self.keep_bends();
            events.push(self.enter(index + 1, end, moment(end)));
        }
    }

    /// Returns the latest moment of any call.
    pub fn latest(&self) -> Moment {
        self.latest
    }

    fn elapsed(&self, at: Moment) -> Millis {
        match self.watch {
            WatchState::Held(elapsed) => elapsed,
            WatchState::Going(anchor) => anchor.elapsed_at(at),
        }
    }

    /// Returns the length of a step, including the runner's changes.
    fn length(&self, step: &PlannedStep) -> Option<Millis> {
        let extended = self.extended(step.id);
        if self.current().is_none_or(|s| s.id != step.id) {
            return Some(step.end.planned()? + extended);
        }
        let length = self.visit.length(step)? + extended;
        Some(self.visit.heart_end.map_or(length, |end| end.length(extended).min(length)))
    }

    fn extended(&self, step: StepId) -> Millis {
        let by = |edit: &SessionEdit| match *edit {
            SessionEdit::Extend { step: which, by } => (which == step).then_some(by),
        };
        self.edits.iter().filter_map(by).sum()
    }

    /// Returns the planned time from the step at `index` on, including the runner's changes.
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

    /// Stops the clock.
    fn stop_clock(&mut self, at: Moment) {
        let now = self.elapsed(at);
        self.watch = WatchState::Held(now);
        if self.begun {
            self.stood.push(now);
        }
    }

    fn event(&self, at: Moment, what: EventKind) -> Event {
        Event { at, elapsed: self.elapsed(at), what }
    }

    /// Closes the lap that ends at `end`.
    fn leave(&mut self, end: Millis, complete: bool) {
        let step = self.current().map(|s| s.id);
        let distance =
            self.covered(end.saturating_sub(self.entered)).or_else(|| self.written_distance(complete));
        if end > self.entered || complete {
            self.laps.push(Lap { step, from: self.entered, to: end, complete, distance });
        }
        self.odometer = self.odometer.zip(distance).map(|(before, here)| before + here);
    }

    /// Returns the distance of a step that the runner ended at its written distance, whatever the speed.
    fn written_distance(&self, complete: bool) -> Option<Distance> {
        match self.current()?.end {
            End::Distance { upper, lower: None, .. } if complete => Some(upper),
            _ => None,
        }
    }

    /// Goes to the step at `index`, or past the last one, at the active time `start`.
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
