//! A session: one run of a sequence, as a pure state machine. Commands and moments in, events out.
//!
//! It reads no clock: every call says what time it is. Where it stands is worked out from moments and never
//! counted up, so one big jump of time gives the same events as many small ones. Active time counts only while
//! it runs. What was planned never changes; the runner's changes are a list on top of it.

mod event;
mod forecast;

pub use event::{Command, EVENTS_VERSION, Event, Happened};
pub use forecast::{Anchor, Ends, Forecast, Foreseen};

use crate::units::{Millis, Moment};
use crate::workout::sequence::{PlannedStep, Sequence, StepId};
use std::sync::Arc;

/// Pressed this soon after a step's start, *back* means the step before.
pub const BACK_REACHES_BEFORE: Millis = Millis::from_secs(3);

/// The state of a session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    Ready,
    /// Time counts.
    Running,
    /// The runner stopped the clock.
    Paused,
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
pub enum Place {
    /// In the step at this index.
    Step(usize),
    /// Past the last step: an open cool-down that counts up.
    After,
}

/// A stretch of a session: one visit to a step, or to the cool-down after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lap {
    /// The step; nothing for the cool-down after the last one.
    pub step: Option<StepId>,
    /// The active time at which it began.
    pub from: Millis,
    /// The active time at which it ended.
    pub to: Millis,
    /// True where the step reached its own end: by time, or by the key that it waited for.
    pub complete: bool,
}

/// Where a session stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which step.
    pub place: Place,
    /// Active time since the session's start.
    pub elapsed: Millis,
    /// Active time since this place was entered.
    pub into: Millis,
    /// How long this step lasts, with what it was extended by; nothing where only a key ends it.
    pub length: Option<Millis>,
    /// What is left of the planned time: this step and all that follow, open steps counting nothing.
    pub left: Millis,
    /// True where `left` is not all, because a step to come (or this one) has no known end.
    pub left_is_open: bool,
}

impl Position {
    /// What is left of this step, where its end is known.
    pub fn remaining(&self) -> Option<Millis> {
        self.length.map(|l| l.saturating_sub(self.into))
    }
}

/// A change that the runner made to the plan while running it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    Extend { step: StepId, by: Millis },
}

/// Active time: standing at a value, or going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watch {
    Held(Millis),
    Going(Anchor),
}

/// What is left of the plan from one step's start on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rest {
    time: Millis,
    open: bool,
}

/// One run of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    sequence: Arc<Sequence>,
    phase: Phase,
    watch: Watch,
    place: Place,
    /// The active time at which `place` was entered.
    entered: Millis,
    /// The step left by a command for `place`; nothing where it came about by itself.
    came_from: Option<StepId>,
    edits: Vec<Edit>,
    laps: Vec<Lap>,
    revision: u64,
    /// The latest moment it was told of. Time does not run back.
    latest: Moment,
    /// What is planned from each step's start on; one more, for after the last.
    rests: Arc<[Rest]>,
}

impl Session {
    /// A session about to begin.
    pub fn new(sequence: Arc<Sequence>) -> Self {
        let rests = rests(&sequence);
        Session {
            sequence,
            phase: Phase::Ready,
            watch: Watch::Held(Millis::ZERO),
            place: Place::Step(0),
            entered: Millis::ZERO,
            came_from: None,
            edits: Vec::new(),
            laps: Vec::new(),
            revision: 0,
            latest: Moment::default(),
            rests,
        }
    }

    /// The session that had these events: their commands given to a new one, each at its moment.
    pub fn replay(sequence: Arc<Sequence>, events: &[Event]) -> Self {
        let mut session = Session::new(sequence);
        for event in events {
            match event.command() {
                Some(command) => drop(session.apply(command, event.at)),
                None => drop(session.advance(event.at)),
            }
        }
        session
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

    /// The revision of what [`Session::forecast`] would say.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where it stands at a moment, which may not be before the latest that it was told of.
    pub fn position(&self, at: Moment) -> Position {
        let elapsed = self.elapsed(at.max(self.latest));
        let into = elapsed.saturating_sub(self.entered);
        let length = self.current().and_then(|step| self.length(step));
        let rest_of_step = length.unwrap_or_default().saturating_sub(into);
        let (after, open_here) = match self.place {
            Place::Step(index) => (self.rest_from(index + 1), length.is_none()),
            Place::After => (Rest::default(), false),
        };
        Position {
            place: self.place,
            elapsed,
            into,
            length,
            left: rest_of_step + after.time,
            left_is_open: open_here || after.open,
        }
    }

    /// The step being run.
    pub fn current(&self) -> Option<&PlannedStep> {
        match self.place {
            Place::Step(index) => self.sequence.steps.get(index),
            Place::After => None,
        }
    }

    /// The moment at which something next happens by itself, if nothing intervenes.
    pub fn next_change(&self) -> Option<Moment> {
        let Watch::Going(anchor) = self.watch else {
            return None;
        };
        let length = self.length(self.current()?)?;
        Some(anchor.moment_of(self.entered + length))
    }

    /// From when in the step being run the runner may end it: at once where it is open, from the lower bound on
    /// in a range, never where it ends only by itself.
    pub fn may_end_from(&self) -> Option<Millis> {
        let step = self.current()?;
        step.end.may_end_from().or_else(|| step.end.planned().is_none().then_some(Millis::ZERO))
    }

    /// Lets time pass up to a moment: every step that ends by then ends on its own millisecond.
    pub fn advance(&mut self, to: Moment) -> Vec<Event> {
        self.latest = self.latest.max(to);
        let mut events = Vec::new();
        while let (Watch::Going(anchor), Place::Step(index)) = (self.watch, self.place) {
            let Some(length) = self.sequence.steps.get(index).and_then(|s| self.length(s)) else {
                break;
            };
            let end = self.entered + length;
            if end > anchor.elapsed_at(self.latest) {
                break;
            }
            self.leave(end, true);
            self.came_from = None;
            events.push(self.enter(index + 1, end, anchor.moment_of(end)));
        }
        events
    }

    /// Does what a command says at a moment, after letting time pass up to it. No event: it had no effect.
    pub fn apply(&mut self, command: Command, at: Moment) -> Vec<Event> {
        if let Command::Absence { since } = command {
            return self.be_absent(since, at);
        }
        let mut events = self.advance(at);
        let at = self.latest;
        let before = events.len();
        match command {
            Command::Start => self.start(at, &mut events),
            Command::Pause => self.pause(at, &mut events),
            Command::Resume => self.resume(at, &mut events),
            Command::Skip => self.skip(at, &mut events),
            Command::Back => self.back(at, &mut events),
            Command::Extend(by) => self.extend(by, at, &mut events),
            Command::EndStep => self.end_step(at, &mut events),
            Command::CatchUp => self.catch_up(at, &mut events),
            Command::Stop => self.stop(at, &mut events),
            Command::Absence { .. } => {}
        }
        if events.len() > before {
            self.revision += 1;
        }
        events
    }

    /// What it expects, as of a moment.
    pub fn forecast(&self, at: Moment) -> Forecast {
        let from = self.elapsed(at.max(self.latest));
        let mut steps = Vec::new();
        let mut start = self.entered;
        let mut finish = None;
        match self.place {
            Place::After => finish = Some(self.entered),
            Place::Step(first) => {
                for (index, step) in self.sequence.steps.iter().enumerate().skip(first) {
                    let end = self.length(step).map_or(Ends::Unknown, |l| Ends::At(start + l));
                    steps.push(Foreseen { step: step.id, index, start, end });
                    let Ends::At(end) = end else { break };
                    start = end;
                    if index + 1 == self.sequence.steps.len() {
                        finish = Some(end);
                    }
                }
            }
        }
        let anchor = self.anchor();
        Forecast { revision: self.revision, from, anchor, steps, came_from: self.came_from, finish }
    }

    /// Where active time stands on the shell's clock; nothing while time stands still.
    pub fn anchor(&self) -> Option<Anchor> {
        match self.watch {
            Watch::Going(anchor) => Some(anchor),
            Watch::Held(_) => None,
        }
    }

    fn elapsed(&self, at: Moment) -> Millis {
        match self.watch {
            Watch::Held(elapsed) => elapsed,
            Watch::Going(anchor) => anchor.elapsed_at(at),
        }
    }

    /// How long a step lasts, with the runner's changes on top of the plan.
    fn length(&self, step: &PlannedStep) -> Option<Millis> {
        let planned = step.end.planned()?;
        Some(planned + self.extended(step.id))
    }

    fn extended(&self, step: StepId) -> Millis {
        let by = |edit: &Edit| match *edit {
            Edit::Extend { step: which, by } => (which == step).then_some(by),
        };
        self.edits.iter().filter_map(by).sum()
    }

    /// What is planned from the step at `index` on, with the runner's changes.
    fn rest_from(&self, index: usize) -> Rest {
        let Some(&planned) = self.rests.get(index) else {
            return Rest::default();
        };
        let ahead = |edit: &Edit| match *edit {
            Edit::Extend { step, by } => self.sequence.index(step).is_some_and(|i| i >= index).then_some(by),
        };
        Rest { time: planned.time + self.edits.iter().filter_map(ahead).sum(), ..planned }
    }

    fn event(&self, at: Moment, what: Happened) -> Event {
        Event { at, elapsed: self.elapsed(at), what }
    }

    /// Closes the stretch that ends at `end`.
    fn leave(&mut self, end: Millis, complete: bool) {
        let step = self.current().map(|s| s.id);
        if end > self.entered || complete {
            self.laps.push(Lap { step, from: self.entered, to: end, complete });
        }
    }

    /// Goes to the step at `index`, or past the last, at the active time `start`.
    fn enter(&mut self, index: usize, start: Millis, at: Moment) -> Event {
        self.entered = start;
        match self.sequence.steps.get(index) {
            Some(step) => {
                self.place = Place::Step(index);
                Event { at, elapsed: start, what: Happened::StepBegan { step: step.id } }
            }
            None => {
                self.place = Place::After;
                Event { at, elapsed: start, what: Happened::Finished }
            }
        }
    }

    fn go(&mut self, moment: Moment, elapsed: Millis) {
        self.phase = Phase::Running;
        self.watch = Watch::Going(Anchor { moment, elapsed });
    }

    fn start(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase != Phase::Ready {
            return;
        }
        self.go(at, Millis::ZERO);
        events.push(self.event(at, Happened::Started));
        events.push(self.enter(0, Millis::ZERO, at));
    }

    fn pause(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase != Phase::Running {
            return;
        }
        self.watch = Watch::Held(self.elapsed(at));
        self.phase = Phase::Paused;
        events.push(self.event(at, Happened::Paused));
    }

    fn resume(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !matches!(self.phase, Phase::Paused | Phase::Absent { .. }) {
            return;
        }
        self.go(at, self.elapsed(at));
        events.push(self.event(at, Happened::Resumed));
    }

    /// True from the start to the end, whether time counts or not.
    fn under_way(&self) -> bool {
        !matches!(self.phase, Phase::Ready | Phase::Stopped)
    }

    fn skip(&mut self, at: Moment, events: &mut Vec<Event>) {
        let Place::Step(index) = self.place else { return };
        let Some(step) = self.sequence.steps.get(index).map(|s| s.id) else {
            return;
        };
        if self.under_way() {
            events.push(self.event(at, Happened::Skipped { step }));
            self.jump(index + 1, false, at, events);
        }
    }

    fn back(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !self.under_way() {
            return;
        }
        let now = self.elapsed(at);
        let just_begun = now.saturating_sub(self.entered) <= BACK_REACHES_BEFORE;
        let to = match self.place {
            Place::Step(index) if just_begun => index.saturating_sub(1),
            Place::Step(index) => index,
            Place::After => self.sequence.steps.len().saturating_sub(1),
        };
        events.push(self.event(at, Happened::WentBack));
        self.jump(to, false, at, events);
    }

    fn end_step(&mut self, at: Moment, events: &mut Vec<Event>) {
        let (Place::Step(index), Some(step)) = (self.place, self.current().map(|s| s.id)) else {
            return;
        };
        let into = self.elapsed(at).saturating_sub(self.entered);
        if self.under_way() && self.may_end_from().is_some_and(|from| into >= from) {
            events.push(self.event(at, Happened::StepEnded { step }));
            self.jump(index + 1, true, at, events);
        }
    }

    /// Leaves the current step for another by the runner's will.
    fn jump(&mut self, to: usize, complete: bool, at: Moment, events: &mut Vec<Event>) {
        let now = self.elapsed(at);
        // A second jump before time has passed still leads away from the step that was really run.
        let first = self.came_from.filter(|_| now == self.entered);
        self.came_from = first.or(self.current().or(self.sequence.steps.last()).map(|s| s.id));
        self.leave(now, complete);
        events.push(self.enter(to, now, at));
    }

    fn extend(&mut self, by: Millis, at: Moment, events: &mut Vec<Event>) {
        let Some(step) = self.current().filter(|s| s.end.planned().is_some()).map(|s| s.id) else {
            return;
        };
        if self.under_way() {
            self.edits.push(Edit::Extend { step, by });
            events.push(self.event(at, Happened::Extended { step, by }));
        }
    }

    fn be_absent(&mut self, since: Moment, until: Moment) -> Vec<Event> {
        let mut events = self.advance(since);
        let since = self.latest;
        self.latest = self.latest.max(until);
        if self.phase != Phase::Running {
            return events;
        }
        self.watch = Watch::Held(self.elapsed(since));
        self.phase = Phase::Absent { since, until: self.latest };
        self.revision += 1;
        events.push(self.event(self.latest, Happened::WasAbsent { since }));
        events
    }

    fn catch_up(&mut self, at: Moment, events: &mut Vec<Event>) {
        let Phase::Absent { since, .. } = self.phase else {
            return;
        };
        self.go(since, self.elapsed(since));
        events.push(self.event(at, Happened::CaughtUp));
        events.extend(self.advance(at));
    }

    fn stop(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase == Phase::Stopped {
            return;
        }
        let now = self.elapsed(at);
        if self.under_way() {
            self.leave(now, false);
        }
        self.watch = Watch::Held(now);
        self.phase = Phase::Stopped;
        events.push(self.event(at, Happened::Stopped));
    }
}

fn rests(sequence: &Sequence) -> Arc<[Rest]> {
    let mut rest = Rest::default();
    let mut all = vec![rest];
    for step in sequence.steps.iter().rev() {
        let planned = step.end.planned();
        rest = Rest { time: rest.time + planned.unwrap_or_default(), open: rest.open || planned.is_none() };
        all.push(rest);
    }
    all.reverse();
    all.into()
}
