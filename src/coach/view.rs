//! What a front may show of a session, as of one moment.

use crate::belt::Treadmill;
use crate::belt::{BeltNote, BeltSetting};
use crate::cues::{BeltChange, Signal};
use crate::session::{Lap, Phase, Position, SessionPlace};
use crate::units::{Incline, Millis, Speed};
use crate::workout::sequence::{PlannedStep, Sequence};

/// Everything a front may show, as of one moment.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// What is being run.
    pub sequence: &'a Sequence,
    /// The state of the clock.
    pub phase: Phase,
    /// Where in the sequence, and how far.
    pub position: Position,
    /// From when into the step the runner's key ends it; nothing where it ends only by itself.
    pub may_end_from: Option<Millis>,
    /// What the belt's console shows now, or is to show before the clock goes on; nothing where no speed is known.
    pub setting: Option<BeltSetting>,
    /// What the step being run ends at, where the plan knows it.
    pub ends: Option<BeltSetting>,
    /// The incline that it shows.
    pub incline: Incline,
    /// The incline that the step being run ends at.
    pub incline_ends: Incline,
    /// The speed at which the belt really runs just now, on its way from one number to the next.
    pub running: Option<Speed>,
    /// The number to press now, for a few seconds.
    pub press: Option<BeltChange>,
    /// The incline to press now, for a few seconds.
    pub tilt: Option<Incline>,
    /// The number to press next, and when.
    pub next_press: Option<BeltChange>,
    /// What the belt is to show in the next step; nothing where it keeps its speed or nobody knows.
    pub next_setting: Option<BeltSetting>,
    /// True where the next step is on the rails.
    pub next_on_rails: bool,
    /// What the belt does otherwise than the step asks for.
    pub notes: &'a [BeltNote],
    /// True where the feet are on the rails, and the belt keeps its speed.
    pub on_rails: bool,
    /// What is left of the count-in, while there is one.
    pub count_in: Option<Millis>,
    /// The treadmill.
    pub treadmill: &'a Treadmill,
    /// The words of a text cue, or of the latest way to ease off, while they show.
    pub words: Option<&'a str>,
    /// True where the words ask something that the runner's keys can answer.
    pub asks: bool,
    /// The latest of the workout's ways to ease off that was asked for.
    pub eased: Option<&'a str>,
    /// True where a skip, a step back, a jump or an extension can be undone.
    pub can_undo: bool,
    /// The stretches that are over, in order.
    pub laps: &'a [Lap],
    /// Whether the next step is faster or easier; nothing before the finish.
    pub next_signal: Option<Signal>,
}

impl<'a> View<'a> {
    /// The step being run; nothing after the last.
    pub fn step(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index),
            SessionPlace::After => None,
        }
    }

    /// The step after it.
    pub fn next(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            SessionPlace::Step(index) => self.sequence.steps.get(index + 1),
            SessionPlace::After => None,
        }
    }

    /// The setting so many of the belt's steps from now's, for the runner's key; with the note where the ceiling is in
    /// the way. Nothing where there is no number to change, or where it is the next step's already.
    pub fn adjusted(&self, by: i64) -> Option<(BeltSetting, Option<BeltNote>)> {
        let setting = self.setting.filter(|s| s.number > 0.0)?;
        let step = self.step()?;
        step.target.start.speed?;
        let ahead = self.press.is_some_and(|press| press.step != step.id);
        (!ahead && !self.on_rails).then(|| self.treadmill.belt.adjusted(setting, by, self.treadmill.ceiling))
    }

    /// True where the runner's key would end the step now.
    pub fn may_end(&self) -> bool {
        self.may_end_from.is_some_and(|from| self.position.into >= from)
    }
}
