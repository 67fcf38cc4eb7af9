//! The view of a session at one moment.

use super::HeartView;
use crate::belt::Treadmill;
use crate::belt::{BeltNote, BeltSetting};
use crate::cues::{BeltChange, Signal};
use crate::session::{Lap, Phase, Position, SessionPlace};
use crate::units::{Distance, Incline, Millis, Moment, Speed};
use crate::workout::bending::BendPoint;
use crate::workout::sequence::{End, PlannedStep, Sequence};

/// The steepest incline that stands in for the air resistance outside, in percent. Steeper ones are a part of the workout.
const HABIT: f64 = 2.0;
/// The shortest time over which an average pace says anything.
const AVERAGE_FROM: Millis = Millis::from_secs(30);

/// Everything that a screen or a line may show of a session at one moment.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The moment.
    pub at: Moment,
    /// The workout.
    pub sequence: &'a Sequence,
    /// The state of the clock.
    pub phase: Phase,
    /// True once the first step has begun.
    pub has_begun: bool,
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
    /// The incline at the start of the next step. `None` in the last step.
    pub next_incline: Option<Incline>,
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
    /// True if a skip, a step back, a jump, an extension or a bend can be undone.
    pub can_undo: bool,
    /// The laps that are over, in order.
    pub laps: &'a [Lap],
    /// The heart rate; `None` without a sensor.
    pub heart: Option<HeartView>,
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

    /// Returns the place in the sequence from which a bend changes it.
    pub fn bend_point(&self) -> BendPoint {
        self.position.bend_point(self.sequence, self.has_begun)
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

    /// True if inclines are a part of the workout: they differ, or one is steeper than a habit of running at 1 % or 2 %.
    pub fn climbs(&self) -> bool {
        if !self.sequence.activity.is_run() {
            return false;
        }
        let mut written =
            self.sequence.steps.iter().flat_map(|s| [s.incline, s.incline_to.unwrap_or(s.incline)]);
        let first = written.clone().next().unwrap_or_default();
        let here = [Some(self.incline), Some(self.incline_ends), self.next_incline];
        let differs = |incline: Incline| incline != first || incline.percent().abs() > HABIT;
        here.into_iter().flatten().any(differs) || written.any(differs)
    }

    /// Returns the distance left in a step that ends after a distance. It is estimated from the speed, or from the time
    /// that the step is expected to take. Returns `None` if neither is known.
    pub fn distance_left(&self) -> Option<Distance> {
        let End::Distance { upper, time: Some(_), .. } = self.step()?.end else { return None };
        let covered = match self.position.covered {
            Some(covered) => covered.metres(),
            None => {
                let length = self.position.length?.as_secs_f64().max(f64::EPSILON);
                upper.metres() * self.position.into.as_secs_f64() / length
            }
        };
        Some(Distance::from_metres((upper.metres() - covered).max(0.0)))
    }

    /// Returns the true distance since the start of the session at which a step with a distance ends. Returns `None` for
    /// other steps, and if the distance before the step is unknown.
    pub fn distance_at_end(&self) -> Option<Distance> {
        let End::Distance { upper, .. } = self.step()?.end else { return None };
        Some(self.position.before? + upper)
    }

    /// Returns the average speed of the session, without pauses. Returns `None` in its first seconds, and if the distance is
    /// unknown.
    pub fn average_speed(&self) -> Option<Speed> {
        let run = self.position.distance.filter(|_| self.position.elapsed >= AVERAGE_FROM)?;
        let average = run.metres() / self.position.elapsed.as_secs_f64();
        (average > 0.0).then(|| Speed::from_mps(average))
    }

    /// True if the time left is an estimate: a step to come has a distance and no speed to run at.
    pub fn left_is_estimated(&self) -> bool {
        match self.position.place {
            SessionPlace::Step(index) => {
                self.sequence.steps.iter().skip(index).any(PlannedStep::is_estimated)
            }
            SessionPlace::After => false,
        }
    }

    /// True if the runner may end the step now.
    pub fn may_end(&self) -> bool {
        self.may_end_from.is_some_and(|from| self.position.into >= from)
    }
}
