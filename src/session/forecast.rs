//! What a session expects of the future.

use super::{Phase, Session, SessionPlace, WatchState};
use crate::belt::ManualSetting;
use crate::units::{Millis, Moment};
use crate::workout::sequence::StepId;

/// When the steps to come begin and end, as far as anyone can know.
///
/// It reaches to the first step whose end is unknown, or to the finish. What follows an unknown end is not in it:
/// it comes in a later forecast, when that end has happened. Whatever moves the future raises the revision, and
/// makes every forecast of an earlier one void.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Rises with every command that had an effect.
    pub revision: u64,
    /// The active time at which it was made. It says nothing about what was before.
    pub from: Millis,
    /// Where active time stands on the shell's clock; nothing while time stands still.
    pub anchor: Option<Anchor>,
    /// The step being run and those that follow it.
    pub steps: Vec<ForecastStep>,
    /// The step that the runner left for the first of `steps` (or for the finish) by a command, and when.
    pub came_from: Option<CameFrom>,
    /// How long, in the session's time, until a clock that is being counted in starts: at `from`.
    pub counting_in: Option<Millis>,
    /// What the runner has set the belt to by hand in the first of `steps`.
    pub by_hand: Option<ManualSetting>,
    /// When the last step ends, where that is known. In the past once it has.
    pub finish: Option<Millis>,
}

/// Where a command led away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameFrom {
    /// The step that was left.
    pub step: StepId,
    /// The active time then.
    pub at: Millis,
}

/// Ties active time to the shell's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// At this moment …
    pub moment: Moment,
    /// … this was the active time.
    pub elapsed: Millis,
}

impl Anchor {
    /// The moment of an active time. One before the clock's origin gives the origin.
    pub fn moment_of(&self, elapsed: Millis) -> Moment {
        match elapsed.checked_sub(self.elapsed) {
            Some(ahead) => self.moment + ahead,
            None => self.moment.before(self.elapsed.saturating_sub(elapsed)),
        }
    }

    /// The active time at a moment.
    pub fn elapsed_at(&self, moment: Moment) -> Millis {
        self.elapsed + moment.since(self.moment)
    }
}

/// One step of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForecastStep {
    /// Which.
    pub step: StepId,
    /// Where it stands in the sequence.
    pub index: usize,
    /// The active time at which it starts.
    pub start: Millis,
    /// When it ends.
    pub end: StepEnd,
}

/// When a step ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEnd {
    /// At this active time.
    At(Millis),
    /// When the runner says so.
    Unknown,
}

impl Session {
    /// What it expects, as of a moment.
    pub fn forecast(&self, at: Moment) -> Forecast {
        let from = self.elapsed(at.max(self.latest));
        let mut steps = Vec::new();
        let mut start = self.entered;
        let mut finish = None;
        match self.place {
            SessionPlace::After => finish = Some(self.entered),
            SessionPlace::Step(first) => {
                for (index, step) in self.sequence.steps.iter().enumerate().skip(first) {
                    let end = self.length(step).map_or(StepEnd::Unknown, |l| StepEnd::At(start + l));
                    steps.push(ForecastStep { step: step.id, index, start, end });
                    let StepEnd::At(end) = end else { break };
                    start = end;
                    if index + 1 == self.sequence.steps.len() {
                        finish = Some(end);
                    }
                }
            }
        }
        let anchor = self.anchor();
        Forecast {
            revision: self.revision,
            from,
            anchor,
            steps,
            came_from: self.came_from,
            counting_in: match self.phase {
                Phase::CountIn { until } => Some(until.since(at)),
                _ => None,
            },
            by_hand: self.visit.by_hand(),
            finish,
        }
    }

    /// Where active time stands on the shell's clock; nothing while time stands still. While the clock is being
    /// counted in, where it will stand.
    pub fn anchor(&self) -> Option<Anchor> {
        match (self.watch, self.phase) {
            (WatchState::Going(anchor), _) => Some(anchor),
            (WatchState::Held(elapsed), Phase::CountIn { until }) => Some(Anchor { moment: until, elapsed }),
            (WatchState::Held(_), _) => None,
        }
    }
}
