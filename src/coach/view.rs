//! The view of a session at one moment.

use crate::belt::Treadmill;
use crate::belt::{BeltNote, BeltSetting};
use crate::cues::{BeltChange, Signal};
use crate::session::{Lap, Phase, Position, SessionPlace};
use crate::units::{Incline, Millis, Speed};
use crate::workout::sequence::{PlannedStep, Sequence};

/// Everything that a screen or a line may show of a session at one moment.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The workout.
    pub sequence: &'a Sequence,
    /// The state of the clock.
    pub phase: Phase,
    /// The position in the sequence.
    pub position: Position,
    /// The time into the step from which the runner may end it. `None` if it ends only by itself.
    pub may_end_from: Option<Millis>,
    /// True if that key ends the repeat around the step.
    pub ends_repeat: bool,
    /// The index of the step after the repeat that the runner can leave. `None` outside repeats.
    pub after_repeat: Option<usize>,
    /// The setting on the console, or the one to press before the clock starts. `None` if no speed is known.
    pub setting: Option<BeltSetting>,
    /// The setting at the end of the current step, if it is known.
    pub ends: Option<BeltSetting>,
    /// The incline on the console.
    pub incline: Incline,
    /// The incline at the end of the current step.
    pub incline_ends: Incline,
    /// The speed of the belt at this moment, which may be between two settings.
    pub running: Option<Speed>,
    /// The number to press now, for a few seconds.
    pub press: Option<BeltChange>,
    /// The incline to press now, for a few seconds.
    pub tilt: Option<Incline>,
    /// The number to press next, and when.
    pub next_press: Option<BeltChange>,
    /// The setting of the next step. `None` if the belt keeps its speed, or no speed is known.
    pub next_setting: Option<BeltSetting>,
    /// True if the runner stands on the rails in the next step.
    pub next_on_rails: bool,
    /// The deviations of the belt from the target of the step.
    pub notes: &'a [BeltNote],
    /// True if the runner stands on the rails while the belt keeps its speed.
    pub on_rails: bool,
    /// The time left of a count-in.
    pub count_in: Option<Millis>,
    /// The treadmill.
    pub treadmill: &'a Treadmill,
    /// The text on the screen: a text cue, or the latest way to ease off.
    pub words: Option<&'a str>,
    /// True if the text is a question that the runner can answer with a key.
    pub asks: bool,
    /// The latest way to ease off that the runner asked for.
    pub eased: Option<&'a str>,
    /// True if a skip, a step back, a jump or an extension can be undone.
    pub can_undo: bool,
    /// The laps that are over, in order.
    pub laps: &'a [Lap],
    /// The signal at the start of the next step. `None` in the last step.
    pub next_signal: Option<Signal>,
}

impl<'a> View<'a> {
    /// Returns the current step, or `None` after the last one.
    pub fn step(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index),
            SessionPlace::After => None,
        }
    }

    /// Returns the next step.
    pub fn next(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index + 1),
            SessionPlace::After => None,
        }
    }

    /// Returns the setting that is `by` steps of the belt above the current one, with a note if the ceiling limits it.
    /// Returns `None` if there is no number to change, or if the number already belongs to the next step.
    pub fn adjusted(&self, by: i64) -> Option<(BeltSetting, Option<BeltNote>)> {
        let setting = self.setting.filter(|s| s.number > 0.0)?;
        let step = self.step()?;
        step.target.start.speed?;
        let ahead = self.press.is_some_and(|press| press.step != step.id);
        (!ahead && !self.on_rails).then(|| self.treadmill.belt.adjusted(setting, by, self.treadmill.ceiling))
    }

    /// True if the runner may end the step now.
    pub fn may_end(&self) -> bool {
        self.may_end_from.is_some_and(|from| self.position.into >= from)
    }
}
