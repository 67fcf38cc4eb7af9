//! The forecast of a session: the steps to come with their times.

use super::{Phase, Session, SessionPlace, WatchState};
use crate::belt::ManualSetting;
use crate::units::{Millis, Moment};
use crate::workout::sequence::StepId;

/// The known beginnings and ends of the steps to come.
///
/// A forecast reaches to the first step with an unknown end, or to the finish. The steps after an unknown end appear in a
/// later forecast. Every command that changes the future raises the revision, and replaces all earlier forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The revision. It rises with every command that has an effect.
    pub revision: u64,
    /// The active time from which the forecast holds.
    pub from: Millis,
    /// The relation between active time and the clock. `None` while the clock stands still.
    pub anchor: Option<Anchor>,
    /// The current step and those that follow it.
    pub steps: Vec<ForecastStep>,
    /// The step that a command led away from, to the first of `steps` or to the finish.
    pub came_from: Option<CameFrom>,
    /// The session time left in a count-in. The clock starts at `from`.
    pub counting_in: Option<Millis>,
    /// The speed that the runner has set by hand in the first of `steps`.
    pub by_hand: Option<ManualSetting>,
    /// The active time at which the last step ends or has ended, if it is known.
    pub finish: Option<Millis>,
}

/// The step that a command led away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameFrom {
    /// The step that was left.
    pub step: StepId,
    /// The active time of the command.
    pub at: Millis,
}

/// The relation between active time and the clock of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// A moment.
    pub moment: Moment,
    /// The active time at this moment.
    pub elapsed: Millis,
}

impl Anchor {
    /// Converts an active time to its moment, but not to one before the origin of the clock.
    pub fn moment_of(&self, elapsed: Millis) -> Moment {
        match elapsed.checked_sub(self.elapsed) {
            Some(ahead) => self.moment + ahead,
            None => self.moment.before(self.elapsed.saturating_sub(elapsed)),
        }
    }

    /// Returns the active time at a moment.
    pub fn elapsed_at(&self, moment: Moment) -> Millis {
        self.elapsed + moment.since(self.moment)
    }
}

/// One step of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForecastStep {
    /// The step.
    pub step: StepId,
    /// The index in the sequence.
    pub index: usize,
    /// The active time at which it starts.
    pub start: Millis,
    /// The end.
    pub end: StepEnd,
}

/// The end of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEnd {
    /// The step ends at this active time.
    At(Millis),
    /// The runner ends the step.
    Unknown,
}

impl Session {
    /// Returns the forecast at a moment.
    pub fn forecast(&self, at: Moment) -> Forecast {
        let from = self.elapsed(at.max(self.latest));
        let mut steps = Vec::new();
        let mut start = self.entered;
        let mut finish = None;
        let mut endless = false;
        match self.place {
            SessionPlace::After => finish = Some(self.entered),
            SessionPlace::Step(first) => {
                for (index, step) in self.sequence.steps.iter().enumerate().skip(first) {
                    // How many rounds of an endless repeat there will be is not known, so neither is what follows.
                    if endless && !step.is_endless() {
                        break;
                    }
                    endless |= step.is_endless();
                    let end = self.length(step).map_or(StepEnd::Unknown, |l| StepEnd::At(start + l));
                    steps.push(ForecastStep { step: step.id, index, start, end });
                    let StepEnd::At(end) = end else { break };
                    start = end;
                    if index + 1 == self.sequence.steps.len() && !endless {
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

    /// Returns the relation between active time and the clock, or `None` while the clock stands still. During a count-in it
    /// is the relation after the count-in.
    pub fn anchor(&self) -> Option<Anchor> {
        match (self.watch, self.phase) {
            (WatchState::Going(anchor), _) => Some(anchor),
            (WatchState::Held(elapsed), Phase::CountIn { until }) => Some(Anchor { moment: until, elapsed }),
            (WatchState::Held(_), _) => None,
        }
    }
}
