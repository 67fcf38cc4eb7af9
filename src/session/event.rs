//! The commands to a session and its events: plain data that is kept, so that a session can be replayed.

use crate::units::{Distance, Millis, Moment, Speed};
use crate::workout::sequence::{Bend, StepId};
use serde::{Deserialize, Serialize};

/// The version of the serialised form of [`Command`] and [`Event`]. Version 2 added the count-in, changes of the belt's
/// speed and corrections of the distance. Version 3 added undo, going to a step, easing off and answers to the talk test.
/// Version 4 added the end of a repeat, version 5 bends, version 6 bends of the breath, and version 7 heart rates that end a
/// step. Older versions can be read.
pub const EVENTS_VERSION: u32 = 7;

/// The recorded events of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The [`EVENTS_VERSION`] of the program that recorded them.
    pub version: u32,
    /// The events, in the order in which they happened.
    pub events: Vec<Event>,
}

impl Record {
    /// Creates a record of this program's version.
    pub fn new(events: Vec<Event>) -> Self {
        Record { version: EVENTS_VERSION, events }
    }
}

/// A record of a version that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownVersion(pub u32);

/// A command to a session, by the runner or by the program. A command that makes no sense at the moment, such as resuming a
/// session that runs, changes nothing and causes no event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Begin the first step.
    Start,
    /// Stop the clock.
    Pause,
    /// Start the clock again after a pause. After an absence, the clock resumes where it stopped.
    Resume,
    /// Go to the next step.
    Skip,
    /// Go to the start of this step. Within 3 s of it, go to the start of the step before.
    Back,
    /// Go to the start of a step.
    GoTo(StepId),
    /// Undo the latest skip, step back, jump or extension in this step, or the latest bend. The time since then counts.
    Undo,
    /// Extend this step.
    Extend(Millis),
    /// End an open step, or a range past its lower bound. In other steps, end the repeat around the step if it is endless
    /// or its least reps are done.
    EndStep,
    /// Leave the repeat around this step for the step after it.
    EndRepeat,
    /// End this step shortly, because the heart rate is what the step waits for.
    Reach {
        /// The heart rate, in beats per minute.
        bpm: u32,
    },
    /// Pause as of `since`, because the program has not run since then (a closed lid, a stopped process).
    Absence {
        /// The last moment before the absence.
        since: Moment,
    },
    /// Count the time of an absence as run.
    CatchUp,
    /// End the session, finished or not.
    Stop,
    /// Reopen a stopped session. It is paused where it stopped.
    Reopen,
    /// Begin or resume after a count-in of this length, so that the runner can get onto the belt.
    CountIn(Millis),
    /// Set the belt's speed for the rest of this step. The rest of a ramp changes by the same amount.
    Adjust(Speed),
    /// Correct the distance since the start of the session, in true metres.
    Correct(Distance),
    /// Change the rest of the sequence.
    Bend(Bend),
    /// Ask for the workout's next way to ease off.
    EaseOff,
    /// Answer a question of the workout during the session. A no also asks for the next way to ease off.
    Answer {
        /// True for yes.
        yes: bool,
    },
}

/// An event with its time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The moment on the session's clock.
    pub at: Moment,
    /// The active time of the session.
    pub elapsed: Millis,
    /// The event.
    pub what: EventKind,
}

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The session began.
    Started,
    /// A step began, after the step before or because of a jump.
    StepBegan {
        /// The step.
        step: StepId,
    },
    /// The runner stopped the clock.
    Paused,
    /// The clock started again.
    Resumed,
    /// The runner left a step before its end.
    Skipped {
        /// The step that was left.
        step: StepId,
    },
    /// The runner went back.
    WentBack,
    /// A step was extended.
    Extended {
        /// The step.
        step: StepId,
        /// The extra time.
        by: Millis,
    },
    /// The runner ended a step that waits for a key.
    StepEnded {
        /// The step.
        step: StepId,
    },
    /// The heart rate is what the step waits for. The step ends shortly after.
    Reached {
        /// The step.
        step: StepId,
        /// The heart rate, in beats per minute.
        bpm: u32,
    },
    /// The runner left a repeat.
    RepeatEnded {
        /// The step that was left.
        step: StepId,
    },
    /// The program did not run for a while. The clock stands still since then.
    WasAbsent {
        /// The last moment before the absence.
        since: Moment,
    },
    /// The time of an absence was counted as run.
    CaughtUp,
    /// The last step ended. An open cool-down follows.
    Finished,
    /// The session was stopped.
    Stopped,
    /// The stopped session was reopened.
    Reopened,
    /// A count-in began.
    CountingIn {
        /// The moment at which the clock starts.
        until: Moment,
    },
    /// The runner changed the belt's speed.
    Adjusted {
        /// The step.
        step: StepId,
        /// The new speed.
        to: Speed,
    },
    /// The runner corrected the distance to that on the console.
    Corrected {
        /// The step.
        step: StepId,
        /// The distance since the start of the session.
        distance: Distance,
    },
    /// The runner chose a step from the list.
    WentTo {
        /// The step.
        step: StepId,
    },
    /// A skip, a step back, a jump, an extension or a bend was undone.
    Undone,
    /// The rest of the sequence changed.
    Bent {
        /// The change.
        bend: Bend,
    },
    /// The runner asked for a way to ease off.
    EasedOff,
    /// The runner answered a question of the workout.
    Answered {
        /// True for yes.
        yes: bool,
    },
}

impl Event {
    /// Returns the command that caused the event, or `None` for an event that follows from time or from another event.
    /// Applying the commands of all events to a new session, each at its moment, rebuilds the session.
    pub fn command(&self) -> Option<Command> {
        match self.what {
            EventKind::Started => Some(Command::Start),
            EventKind::Paused => Some(Command::Pause),
            EventKind::Resumed => Some(Command::Resume),
            EventKind::Skipped { .. } => Some(Command::Skip),
            EventKind::WentBack => Some(Command::Back),
            EventKind::Extended { by, .. } => Some(Command::Extend(by)),
            EventKind::StepEnded { .. } => Some(Command::EndStep),
            EventKind::Reached { bpm, .. } => Some(Command::Reach { bpm }),
            EventKind::RepeatEnded { .. } => Some(Command::EndRepeat),
            EventKind::WasAbsent { since } => Some(Command::Absence { since }),
            EventKind::CaughtUp => Some(Command::CatchUp),
            EventKind::Stopped => Some(Command::Stop),
            EventKind::Reopened => Some(Command::Reopen),
            EventKind::CountingIn { until } => Some(Command::CountIn(until.since(self.at))),
            EventKind::Adjusted { to, .. } => Some(Command::Adjust(to)),
            EventKind::Corrected { distance, .. } => Some(Command::Correct(distance)),
            EventKind::WentTo { step } => Some(Command::GoTo(step)),
            EventKind::Undone => Some(Command::Undo),
            EventKind::Bent { bend } => Some(Command::Bend(bend)),
            EventKind::EasedOff => Some(Command::EaseOff),
            EventKind::Answered { yes } => Some(Command::Answer { yes }),
            EventKind::StepBegan { .. } | EventKind::Finished => None,
        }
    }
}
