//! What a session is told, and what it tells: plain data that serialises, so that a session can be replayed.

use crate::units::{Distance, Millis, Moment, Speed};
use crate::workout::sequence::StepId;
use serde::{Deserialize, Serialize};

/// The version of the serialised form of [`Command`] and [`Event`]. Version 2 added the count-in, the changes of the
/// belt's speed and the distances read off its console; version 3 undoing, going to a step, easing off and the answers to
/// the talk test. What was written before is read as it is.
pub const EVENTS_VERSION: u32 = 3;

/// The events of a session, in the form in which they are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`EVENTS_VERSION`] when they happened.
    pub version: u32,
    /// In the order in which they came about.
    pub events: Vec<Event>,
}

impl Record {
    /// A record of events of this program's version.
    pub fn new(events: Vec<Event>) -> Self {
        Record { version: EVENTS_VERSION, events }
    }
}

/// A record of a version that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownVersion(pub u32);

/// What the runner, or the shell for them, asks of a session. A command that makes no sense where the session is
/// (resuming what runs, ending a step that ends by itself) changes nothing and causes no event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Begin the first step.
    Start,
    /// Stop the clock.
    Pause,
    /// Start it again: after a pause, or after an absence from where it was.
    Resume,
    /// To the next step.
    Skip,
    /// To this step's start; within 3 s of it, to the start of the step before.
    Back,
    /// To the start of this step.
    GoTo(StepId),
    /// As if the latest skip, step back, jump or extension in this step had not been; the time since counts.
    Undo,
    /// Make this step longer.
    Extend(Millis),
    /// End a step that waits for the runner: an open one, or a range past its lower bound.
    EndStep,
    /// Nothing was alive from `since` until now (a closed lid, a stopped process): pause as of then.
    Absence {
        /// The last moment known to have been lived.
        since: Moment,
    },
    /// After an absence: the runner went on running, so let the time count.
    CatchUp,
    /// End the session, finished or not.
    Stop,
    /// Take up a session that was stopped: it is paused where it stood.
    Reopen,
    /// Begin, or resume after a pause or an absence, once this much time has passed: the belt stands still, and the
    /// runner has to get onto it.
    CountIn(Millis),
    /// The belt runs at this speed from now on, for the rest of this step. On a ramp the rest of it moves along.
    Adjust(Speed),
    /// The belt's console shows this distance now: since the session's start, in true metres.
    Correct(Distance),
    /// Run easier: the workout's next way to ease off.
    EaseOff,
    /// What the workout asked on the way is so (or not, which eases off, too).
    Answer {
        /// Whether it is.
        yes: bool,
    },
}

/// Something that happened, in the past tense and with its own time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, on the shell's clock.
    pub at: Moment,
    /// The session's active time then.
    pub elapsed: Millis,
    /// What.
    pub what: EventKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The session began.
    Started,
    /// A step began: the first, the one after, or the one that a skip or a step back led to.
    StepBegan {
        /// Which.
        step: StepId,
    },
    /// The clock was stopped.
    Paused,
    /// The clock was started again.
    Resumed,
    /// The runner left a step before its end.
    Skipped {
        /// The step that was left.
        step: StepId,
    },
    /// The runner went back.
    WentBack,
    /// A step was made longer.
    Extended {
        /// Which.
        step: StepId,
        /// By how much.
        by: Millis,
    },
    /// The runner ended a step that waited for it.
    StepEnded {
        /// Which.
        step: StepId,
    },
    /// Nothing was alive for a while; the clock stands where it stood then.
    WasAbsent {
        /// The last moment known to have been lived.
        since: Moment,
    },
    /// The absence was counted as run.
    CaughtUp,
    /// The last step is over. Time goes on: an open cool-down.
    Finished,
    /// The session is over.
    Stopped,
    /// It was over, and goes on after all.
    Reopened,
    /// The clock will start (again) at this moment.
    CountingIn {
        /// When.
        until: Moment,
    },
    /// The runner changed the belt's speed.
    Adjusted {
        /// In which step.
        step: StepId,
        /// What it was then.
        to: Speed,
    },
    /// The runner read the distance off the console.
    Corrected {
        /// In which step.
        step: StepId,
        /// The distance since the session's start.
        distance: Distance,
    },
    /// The runner chose a step from the list.
    WentTo {
        /// Which.
        step: StepId,
    },
    /// A skip, a step back, a jump or an extension was taken back.
    Undone,
    /// The runner asked for a way to ease off.
    EasedOff,
    /// The runner answered what the workout asked on the way.
    Answered {
        /// With yes.
        yes: bool,
    },
}

impl Event {
    /// The command that caused it; none where it came about by itself or in the wake of another event.
    /// Giving the commands of all events to a new session, each at its moment, rebuilds the session.
    pub fn command(&self) -> Option<Command> {
        match self.what {
            EventKind::Started => Some(Command::Start),
            EventKind::Paused => Some(Command::Pause),
            EventKind::Resumed => Some(Command::Resume),
            EventKind::Skipped { .. } => Some(Command::Skip),
            EventKind::WentBack => Some(Command::Back),
            EventKind::Extended { by, .. } => Some(Command::Extend(by)),
            EventKind::StepEnded { .. } => Some(Command::EndStep),
            EventKind::WasAbsent { since } => Some(Command::Absence { since }),
            EventKind::CaughtUp => Some(Command::CatchUp),
            EventKind::Stopped => Some(Command::Stop),
            EventKind::Reopened => Some(Command::Reopen),
            EventKind::CountingIn { until } => Some(Command::CountIn(until.since(self.at))),
            EventKind::Adjusted { to, .. } => Some(Command::Adjust(to)),
            EventKind::Corrected { distance, .. } => Some(Command::Correct(distance)),
            EventKind::WentTo { step } => Some(Command::GoTo(step)),
            EventKind::Undone => Some(Command::Undo),
            EventKind::EasedOff => Some(Command::EaseOff),
            EventKind::Answered { yes } => Some(Command::Answer { yes }),
            EventKind::StepBegan { .. } | EventKind::Finished => None,
        }
    }
}
