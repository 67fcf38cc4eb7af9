//! What each command does to a session.

use super::Anchor;
use super::{Command, Edit, Event, Happened, Phase, Place, Session, Watch};
use crate::units::{Millis, Moment};

/// Pressed this soon after a step's start, *back* means the step before.
const BACK_REACHES_BEFORE: Millis = Millis::from_secs(3);

impl Session {
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
            Command::Reopen => self.reopen(at, &mut events),
            Command::Absence { .. } => {}
        }
        if events.len() > before {
            self.revision += 1;
        }
        events
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

    /// The stretch that the end cut off goes on: it is the same visit to the same step.
    fn reopen(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase != Phase::Stopped {
            return;
        }
        let here = self.current().map(|s| s.id);
        self.laps.pop_if(|lap| !lap.complete && lap.step == here && lap.from == self.entered);
        self.phase = Phase::Paused;
        events.push(self.event(at, Happened::Reopened));
    }
}
