//! The effect of each command on a session.

use super::undoable::Undoable;
use super::{
    Anchor, CameFrom, Command, Event, EventKind, Phase, Session, SessionEdit, SessionPlace, WatchState,
};
use crate::units::{Distance, Millis, Moment, Speed};
use crate::workout::sequence::StepId;

/// Within this time after the start of a step, *back* goes to the step before.
const BACK_TO_PREVIOUS: Millis = Millis::from_secs(3);

impl Session {
    /// Lets time pass up to a moment, and then executes a command. A command without an effect causes no event.
    pub fn apply(&mut self, command: Command, at: Moment) -> Vec<Event> {
        let events = self.execute(command, at);
        self.pauses.note(&events);
        events
    }

    fn execute(&mut self, command: Command, at: Moment) -> Vec<Event> {
        if let Command::Absence { since } = command {
            return self.note_absence(since, at);
        }
        let mut events = self.let_pass(at);
        let at = self.latest;
        let before = events.len();
        match command {
            Command::Start => self.start(at, &mut events),
            Command::Pause => self.pause(at, &mut events),
            Command::Resume => self.resume(at, &mut events),
            Command::Skip => self.skip(at, &mut events),
            Command::Back => self.back(at, &mut events),
            Command::Extend(by) => self.extend(by, at, &mut events),
            Command::EndStep if self.may_end_repeat() => self.end_repeat(at, &mut events),
            Command::EndStep => self.end_step(at, &mut events),
            Command::EndRepeat => self.end_repeat(at, &mut events),
            Command::Reach { bpm } => self.reach(bpm, at, &mut events),
            Command::CatchUp => self.catch_up(at, &mut events),
            Command::Stop => self.stop(at, &mut events),
            Command::Reopen => self.reopen(at, &mut events),
            Command::CountIn(length) => self.count_in(length, at, &mut events),
            Command::Adjust(to) => self.adjust(to, at, &mut events),
            Command::Correct(distance) => self.correct(distance, at, &mut events),
            Command::GoTo(step) => self.go_to(step, at, &mut events),
            Command::Undo => self.undo(at, &mut events),
            Command::Bend(bend) => self.bend(bend, at, &mut events),
            Command::EaseOff => self.ease_off(EventKind::EasedOff, at, &mut events),
            Command::Answer { yes: true } => self.answer(at, &mut events),
            Command::Answer { yes: false } => {
                self.ease_off(EventKind::Answered { yes: false }, at, &mut events);
            }
            Command::Absence { .. } => {}
        }
        // The command may have moved the end of the step to this moment.
        events.extend(self.let_pass(at));
        // Commands about the effort do not change the forecast.
        if events.len() > before && !matches!(command, Command::EaseOff | Command::Answer { .. }) {
            self.revision += 1;
        }
        events
    }

    /// Starts the clock.
    fn start_clock(&mut self, moment: Moment, elapsed: Millis) {
        self.phase = Phase::Running;
        self.watch = WatchState::Going(Anchor { moment, elapsed });
    }

    fn start(&mut self, at: Moment, events: &mut Vec<Event>) {
        // Starting during a count-in ends it. A replay depends on this.
        if !self.begun && matches!(self.phase, Phase::Ready | Phase::CountIn { .. }) {
            self.begin(at, events);
        }
    }

    fn begin(&mut self, at: Moment, events: &mut Vec<Event>) {
        self.begun = true;
        self.start_clock(at, Millis::ZERO);
        events.push(self.event(at, EventKind::Started));
        events.push(self.enter(0, Millis::ZERO, at));
    }

    fn pause(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !matches!(self.phase, Phase::Running | Phase::CountIn { .. }) {
            return;
        }
        self.stop_clock(at);
        // A pause during the first count-in cancels it.
        self.phase = if self.begun { Phase::Paused } else { Phase::Ready };
        events.push(self.event(at, EventKind::Paused));
    }

    fn resume(&mut self, at: Moment, events: &mut Vec<Event>) {
        // Resuming during a count-in ends it.
        if let Phase::CountIn { .. } = self.phase {
            return self.end_count_in(at, events);
        }
        if !matches!(self.phase, Phase::Paused | Phase::Absent { .. }) {
            return;
        }
        self.start_clock(at, self.elapsed(at));
        events.push(self.event(at, EventKind::Resumed));
    }

    /// True from the start of the session to its end, also while the clock stands still.
    pub(super) fn under_way(&self) -> bool {
        self.begun && self.phase != Phase::Stopped
    }

    fn skip(&mut self, at: Moment, events: &mut Vec<Event>) {
        let SessionPlace::Step(index) = self.place else { return };
        let Some(step) = self.sequence.steps.get(index).map(|s| s.id) else {
            return;
        };
        if self.under_way() {
            self.remember();
            events.push(self.event(at, EventKind::Skipped { step }));
            self.jump(index + 1, false, at, events);
        }
    }

    fn back(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !self.under_way() {
            return;
        }
        let now = self.elapsed(at);
        let just_begun = now.saturating_sub(self.entered) <= BACK_TO_PREVIOUS;
        let to = match self.place {
            SessionPlace::Step(index) if just_begun => index.saturating_sub(1),
            SessionPlace::Step(index) => index,
            SessionPlace::After => self.sequence.steps.len().saturating_sub(1),
        };
        self.remember();
        events.push(self.event(at, EventKind::WentBack));
        self.jump(to, false, at, events);
    }

    fn go_to(&mut self, step: StepId, at: Moment, events: &mut Vec<Event>) {
        let Some(index) = self.sequence.index(step) else { return };
        if self.under_way() {
            self.remember();
            events.push(self.event(at, EventKind::WentTo { step }));
            self.jump(index, false, at, events);
        }
    }

    fn ease_off(&mut self, what: EventKind, at: Moment, events: &mut Vec<Event>) {
        let ways = self.sequence.during_ease.len();
        if self.under_way() && ways > 0 {
            self.eased = (self.eased + 1).min(ways);
            events.push(self.event(at, what));
        }
    }

    fn answer(&self, at: Moment, events: &mut Vec<Event>) {
        if self.under_way() && !self.sequence.during_ease.is_empty() {
            events.push(self.event(at, EventKind::Answered { yes: true }));
        }
    }

    fn end_step(&mut self, at: Moment, events: &mut Vec<Event>) {
        let (SessionPlace::Step(index), Some(step)) = (self.place, self.current().map(|s| s.id)) else {
            return;
        };
        let into = self.elapsed(at).saturating_sub(self.entered);
        if self.under_way() && self.may_end_from().is_some_and(|from| into >= from) {
            events.push(self.event(at, EventKind::StepEnded { step }));
            self.jump(index + 1, true, at, events);
            self.keep_bends();
        }
    }

    /// Leaves the repeat around the current step and goes to the step after it.
    fn end_repeat(&mut self, at: Moment, events: &mut Vec<Event>) {
        let (Some(to), Some(step)) = (self.after_repeat(), self.current().map(|s| s.id)) else {
            return;
        };
        if self.under_way() {
            self.remember();
            events.push(self.event(at, EventKind::RepeatEnded { step }));
            self.jump(to, false, at, events);
        }
    }

    /// Leaves the current step for another one because of a command.
    pub(super) fn jump(&mut self, to: usize, complete: bool, at: Moment, events: &mut Vec<Event>) {
        let now = self.elapsed(at);
        // Of several jumps at the same time, the first one left the step that was really run.
        let first = self.came_from.filter(|from| now == from.at).map(|from| from.step);
        let step = first.or(self.current().or(self.sequence.steps.last()).map(|s| s.id));
        self.came_from = step.map(|step| CameFrom { step, at: now });
        self.leave(now, complete);
        events.push(self.enter(to, now, at));
    }

    fn extend(&mut self, by: Millis, at: Moment, events: &mut Vec<Event>) {
        let Some(step) = self.current().filter(|s| s.end.planned().is_some()).map(|s| s.id) else {
            return;
        };
        if self.under_way() {
            self.edits.push(SessionEdit::Extend { step, by });
            self.undoable.push(Undoable::Extended);
            events.push(self.event(at, EventKind::Extended { step, by }));
        }
    }

    fn note_absence(&mut self, since: Moment, until: Moment) -> Vec<Event> {
        let mut events = self.let_pass(since);
        let since = self.latest;
        self.latest = self.latest.max(until);
        // An absence during the first count-in cancels it.
        if !matches!(self.phase, Phase::Running | Phase::CountIn { .. }) {
            return events;
        }
        self.stop_clock(since);
        self.phase = if self.begun { Phase::Absent { since, until: self.latest } } else { Phase::Ready };
        self.revision += 1;
        events.push(self.event(self.latest, EventKind::WasAbsent { since }));
        events
    }

    fn catch_up(&mut self, at: Moment, events: &mut Vec<Event>) {
        let Phase::Absent { since, .. } = self.phase else {
            return;
        };
        self.start_clock(since, self.elapsed(since));
        self.stood.pop();
        events.push(self.event(at, EventKind::CaughtUp));
        events.extend(self.let_pass(at));
    }

    fn stop(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase == Phase::Stopped {
            return;
        }
        let now = self.elapsed(at);
        if self.under_way() {
            self.leave(now, false);
        }
        self.watch = WatchState::Held(now);
        self.phase = Phase::Stopped;
        events.push(self.event(at, EventKind::Stopped));
    }

    /// Reopens a stopped session. The last lap continues, because it is still the same visit to the same step.
    fn reopen(&mut self, at: Moment, events: &mut Vec<Event>) {
        if self.phase != Phase::Stopped {
            return;
        }
        let here = self.current().map(|s| s.id);
        let lap = self.laps.pop_if(|lap| !lap.complete && lap.step == here && lap.from == self.entered);
        if let (Some(distance), Some(all)) = (lap.and_then(|l| l.distance), self.odometer) {
            self.odometer = Some(Distance::from_metres(all.metres() - distance.metres()));
        }
        self.phase = if self.begun { Phase::Paused } else { Phase::Ready };
        self.stop_clock(at);
        events.push(self.event(at, EventKind::Reopened));
    }

    /// Begins a count-in. The clock starts when it is over.
    fn count_in(&mut self, length: Millis, at: Moment, events: &mut Vec<Event>) {
        if !matches!(self.phase, Phase::Ready | Phase::Paused | Phase::Absent { .. }) {
            return;
        }
        let until = at + length;
        self.phase = Phase::CountIn { until };
        events.push(self.event(at, EventKind::CountingIn { until }));
    }

    /// Ends a count-in: the session begins or resumes.
    pub(super) fn end_count_in(&mut self, at: Moment, events: &mut Vec<Event>) {
        let elapsed = self.elapsed(at);
        if !self.begun {
            return self.begin(at, events);
        }
        self.start_clock(at, elapsed);
        events.push(self.event(at, EventKind::Resumed));
    }

    fn adjust(&mut self, to: Speed, at: Moment, events: &mut Vec<Event>) {
        let into = self.elapsed(at).saturating_sub(self.entered);
        let Some(step) = self.current().cloned() else { return };
        if self.under_way() && self.visit.speed(&step, into).is_some() {
            self.visit.adjust(&step, into, to);
            events.push(self.event(at, EventKind::Adjusted { step: step.id, to }));
        }
    }

    /// Corrects the distance to that on the console. This step has covered the part that the steps before have not.
    fn correct(&mut self, distance: Distance, at: Moment, events: &mut Vec<Event>) {
        let into = self.elapsed(at).saturating_sub(self.entered);
        let Some(step) = self.current().cloned() else { return };
        let (true, Some(estimated)) = (self.under_way(), self.visit.covered(&step, into)) else { return };
        // If the distance of the earlier steps is unknown, the correction reveals it. If the console shows less than that
        // distance, the estimate was too high.
        let before = self.odometer.map_or(distance.metres() - estimated.metres(), Distance::metres);
        let before = before.clamp(0.0, distance.metres().max(0.0));
        self.odometer = Some(Distance::from_metres(before));
        let here = Distance::from_metres(distance.metres() - before);
        self.visit.correct(&step, into, here);
        events.push(self.event(at, EventKind::Corrected { step: step.id, distance }));
    }
}
