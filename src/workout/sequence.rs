//! A compiled workout: a flat, immutable list of planned steps.
//!
//! A [`Sequence`] is plain data with a version. It holds everything that a session needs, including the speeds, so that a
//! session can be replayed after its file and the athlete's profile have changed.

pub use super::activity::{Activity, COOL_DOWN, WARM_UP};
pub use super::bends::{Bend, MadeBends};
pub use super::heart_limit::{HeartLimit, HeartSide};
pub use super::repeats::{Rep, Repeat, RepeatId};
pub use super::target::{Breathing, Intensity, Relative, Shift, Target};

use crate::belt::Treadmill;
use crate::units::{Distance, Incline, Millis, Speed};
use serde::{Deserialize, Serialize};

/// The version of the serialised form of [`Sequence`].
pub const SEQUENCE_VERSION: u32 = 1;

/// A workout with its repeats unrolled: the steps in the order in which they are run.
///
/// Not every end is known: see [`End::planned`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequence {
    /// The [`SEQUENCE_VERSION`] of the program that compiled it.
    pub version: u32,
    /// The workout's name.
    pub name: String,
    /// The activity that the workout trains.
    #[serde(default, skip_serializing_if = "Activity::is_default")]
    pub activity: Activity,
    /// The purpose of the workout.
    pub about: Option<String>,
    /// The author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The origin, such as a book or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Words to find the workout by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The checklist before the workout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Checklist>,
    /// The ways to ease off, in the order in which the key offers them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub during_ease: Vec<String>,
    /// The signs that it is time to ease off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub during_signs: Vec<String>,
    /// The questions after the workout.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_ask: Vec<Question>,
    /// False for a workout that is run by feel. The screen shows no paces and no numbers of the belt.
    pub show_pace: bool,
    /// The repeats, each once, outer ones before inner ones.
    pub repeats: Vec<Repeat>,
    /// The steps in order. Never empty.
    pub steps: Vec<PlannedStep>,
    /// The assumptions about details that the file does not give, one sentence each.
    pub assumptions: Vec<String>,
    /// The warnings, one sentence each.
    pub warnings: Vec<String>,
    /// Easy running at the athlete's speed, for the steps that a bend adds. `None` if the speed is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub easy: Option<Box<Target>>,
    /// The treadmill that the steps are fitted to. Steps that a bend changes are fitted to it as well. `None` if they have
    /// the exact speeds of the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treadmill: Option<Box<Treadmill>>,
    /// True if the session is meant to be an easier one, as in a down week of a plan. No rep may be added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_lighter: bool,
    /// The bends that made it from the workout as it was compiled.
    #[serde(default, skip_serializing_if = "MadeBends::is_empty")]
    pub bends: MadeBends,
}

/// A checklist before a workout. After a yes, the runner sees the advice and is asked again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Reasons not to run today.
    pub stop_if_any: Vec<String>,
    /// The advice after a yes.
    pub advice: Option<String>,
}

/// A question after a workout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// The perceived effort, 0 to 10.
    Rpe,
    /// The breathlessness.
    Breathlessness,
    /// The feeling.
    Feel,
    /// A question of the workout, with a free answer.
    Text(String),
}

impl Sequence {
    /// Returns the step with this id.
    pub fn step(&self, id: StepId) -> Option<&PlannedStep> {
        self.index(id).map(|i| &self.steps[i])
    }

    /// Returns the index of a step in [`Sequence::steps`].
    pub fn index(&self, id: StepId) -> Option<usize> {
        // Ids are given out in the order of the steps, from 0. Only a bend changes that.
        let usual = usize::try_from(id.0).ok()?;
        let is_it = |index: &usize| self.steps.get(*index).is_some_and(|step| step.id == id);
        Some(usual).filter(is_it).or_else(|| self.steps.iter().position(|step| step.id == id))
    }
}

/// The id of a planned step in its sequence. It is not a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub u32);

/// One planned step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// The id. Ids rise in the order of the steps, except for those that a bend adds.
    pub id: StepId,
    /// The kind of step, in the words of the runner.
    pub kind: Kind,
    /// The role of the step in the structure of the workout.
    pub role: Role,
    /// The label.
    pub label: Option<String>,
    /// The end.
    pub end: End,
    /// The end as it was written, where `end` does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<WrittenEnd>,
    /// The heart rate that ends the step before the upper bound of its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<HeartLimit>,
    /// The target.
    pub target: Target,
    /// The incline at the start.
    pub incline: Incline,
    /// The incline at the end, if it changes evenly.
    pub incline_to: Option<Incline>,
    /// The place in each repeat around the step, outermost first.
    pub reps: Vec<Rep>,
    /// The text cues, in the order in which they are written.
    pub cues: Vec<TextCue>,
    /// The speeds of the runner's belt at the start and the end, if it is fitted to a belt. They are rounded to the belt's
    /// steps, and limited by its top speed and the ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_belt: Option<(Speed, Speed)>,
    /// The start, counted from the start of the sequence. `None` after a step with an unknown end.
    pub offset: Option<Millis>,
    /// The text that the step was written in.
    pub source: SourceSpan,
}

impl PlannedStep {
    /// Returns the title on the screen: the label, or else the words of the target.
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.target.words)
    }

    /// Returns the title as the voice says it.
    pub fn spoken_title(&self) -> &str {
        self.label.as_deref().unwrap_or(self.target.spoken_words())
    }

    /// True if the step's time is an estimate: it has a distance, and only a speed to start at is known. The runner goes
    /// faster or slower as the heart or the breath says.
    pub fn is_estimated(&self) -> bool {
        matches!(self.end, End::Distance { time: Some(_), .. })
            && self.target.start.speed.is_none()
            && self.target.suggested.is_some()
    }

    /// Returns the distance: as written, or else the time at the mean speed.
    pub fn distance(&self) -> Option<Distance> {
        match self.end {
            End::Distance { upper, .. } => Some(upper),
            End::Time { upper, .. } => {
                let mean = self.target.mean_speed()?;
                Some(Distance::from_metres(upper.as_secs_f64() * mean.mps()))
            }
            End::Open => None,
        }
    }
}

/// The part of the text that a step was written in. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceSpan {
    /// The line.
    pub line: u32,
    /// The column of the first character.
    pub column: u32,
    /// The number of characters.
    pub length: u32,
}

/// The kind of a step, as written or as inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A warm-up before the work.
    Warmup,
    /// A cool-down after the work.
    Cooldown,
    /// A recovery between two efforts.
    Recovery,
    /// Standing still.
    Rest,
    /// An effort of a repeat, a ladder or an `alternate`.
    Interval,
    /// Any other running.
    Run,
}

impl Kind {
    /// Returns the word in the workout language.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Warmup => "warmup",
            Kind::Cooldown => "cooldown",
            Kind::Recovery => "recovery",
            Kind::Rest => "rest",
            Kind::Interval => "interval",
            Kind::Run => "run",
        }
    }
}

/// The role of a step in the structure of the workout, whatever its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A warm-up.
    Warmup,
    /// Everything else.
    Work,
    /// A recovery, a rest, or a step after a slash.
    Between,
    /// A cool-down.
    Cooldown,
}

/// The end of a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// A time. From the lower bound on the runner may end the step, and at the upper bound it ends by itself.
    Time {
        /// The upper bound, at which the step ends by itself.
        upper: Millis,
        /// The lower bound of a range, from which the runner may end the step.
        lower: Option<Millis>,
    },
    /// A distance. The step ends after the time that it takes at the target's speed. Without a known speed the runner ends
    /// it.
    Distance {
        /// The distance, or the upper bound of a range.
        upper: Distance,
        /// The lower bound of a range.
        lower: Option<Distance>,
        /// The time of `upper`, if the speed is known.
        time: Option<Millis>,
        /// The time of `lower`, if the speed is known.
        lower_time: Option<Millis>,
    },
    /// The runner ends the step.
    Open,
}

impl End {
    /// Returns the planned length, or `None` if only a key ends the step.
    pub fn planned(&self) -> Option<Millis> {
        match *self {
            End::Time { upper, .. } => Some(upper),
            End::Distance { time, .. } => time,
            End::Open => None,
        }
    }

    /// Returns the shortest length: the lower bound of a range, or else the planned length.
    pub fn least(&self) -> Option<Millis> {
        self.may_end_from().or_else(|| self.planned())
    }

    /// Returns the time from which the runner may end a range.
    pub fn may_end_from(&self) -> Option<Millis> {
        match *self {
            End::Time { lower, .. } => lower,
            End::Distance { lower_time, .. } => lower_time,
            End::Open => None,
        }
    }
}

/// An end as it was written, where [`End`] only holds what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WrittenEnd {
    /// Counted reps, such as 12 squats.
    Reps,
    /// A send-off: the next rep starts this long after the start of the one before.
    SendOff(Millis),
    /// A share of the time of the rep before, in percent.
    Share {
        /// The share.
        upper: f64,
        /// The smaller share of a range.
        lower: Option<f64>,
    },
    /// A time or a distance, whichever comes first.
    First {
        /// The time.
        time: Millis,
        /// The distance.
        distance: Distance,
    },
}

/// A text that is shown and said during a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextCue {
    /// The time in the step.
    pub when: CueTime,
    /// The text, without control characters.
    pub text: String,
    /// True for a question to the runner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks: bool,
}

/// The time for which a cue repeats in an open step. Cues are planned in advance, so there has to be a limit. It is longer
/// than any reasonable open step.
pub const WORDS_IN_AN_OPEN_STEP: Millis = Millis::from_secs(2 * 3600);

/// The time of a text cue in its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueTime {
    /// A time after the start.
    At(Millis),
    /// A time before the end. Zero is the end itself.
    BeforeEnd(Millis),
    /// The middle of the step.
    Half,
    /// Repeatedly, at this interval, but not at the start or the end.
    Every(Millis),
}
