//! What a workout compiles to: a flat, immutable list of planned steps.
//!
//! A [`Sequence`] is plain data with a version. It holds everything a session needs (speeds as they were on the
//! day it was compiled), so that a session can be replayed after its file and the athlete's profile have changed.

pub use super::target::{Breathing, Intensity, Relative, Shift, Target};

use crate::units::{Distance, Incline, Millis, Speed};
use serde::{Deserialize, Serialize};

/// The version of the serialised form of [`Sequence`].
pub const SEQUENCE_VERSION: u32 = 1;

/// A workout, unrolled: the steps in the order in which they are run.
///
/// It does not promise that every end is known: see [`End::planned`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequence {
    /// [`SEQUENCE_VERSION`] when it was made.
    pub version: u32,
    /// The workout's name.
    pub name: String,
    /// What it is for.
    pub about: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What to ask before it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Checklist>,
    /// What the one "ease off" key offers, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub during_ease: Vec<String>,
    /// Signs that it is time to ease off, on one page for the runner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub during_signs: Vec<String>,
    /// What to ask at its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_ask: Vec<Question>,
    /// False where the workout is run by feel: no pace and no belt speed on screen.
    pub show_pace: bool,
    /// The repeats, each once, outer before inner.
    pub repeats: Vec<Repeat>,
    /// The steps in order. Never empty.
    pub steps: Vec<PlannedStep>,
    /// What the language filled in where the file was silent, one sentence each.
    pub assumptions: Vec<String>,
    /// What looks wrong but runs, one sentence each.
    pub warnings: Vec<String>,
}

/// A checklist: any yes shows the advice, and asks again before the workout starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Reasons not to run today.
    pub stop_if_any: Vec<String>,
    /// What to do then.
    pub advice: Option<String>,
}

/// A question asked at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// How hard it was, 0 to 10.
    Rpe,
    /// How much breath it took.
    Breathlessness,
    /// How it felt.
    Feel,
    /// The workout's own question, with a free answer.
    Text(String),
}

impl Sequence {
    /// The step with this id.
    pub fn step(&self, id: StepId) -> Option<&PlannedStep> {
        self.index(id).map(|i| &self.steps[i])
    }

    /// Where in [`Sequence::steps`] the step with this id stands.
    pub fn index(&self, id: StepId) -> Option<usize> {
        // Ids are given out in the order of the steps, so they are sorted.
        self.steps.binary_search_by_key(&id, |s| s.id).ok()
    }

    /// The repeat with this id.
    pub fn repeat(&self, id: RepeatId) -> Option<&Repeat> {
        self.repeats.iter().find(|r| r.id == id)
    }
}

/// Names a planned step for as long as its sequence lives; never a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub u32);

/// Names a repeat for as long as its sequence lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepeatId(pub u32);

/// A repeat, a ladder or an `alternate`, as the steps inside refer to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// Its name.
    pub id: RepeatId,
    /// The set's label, where it has one.
    pub label: Option<String>,
    /// How many reps (a ladder's items, an `alternate`'s pairs).
    pub of: u32,
    /// The smaller number of a range of reps, such as the 6 of `6-8×`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
}

/// A step's place in one repeat around it: rep `n`, counted from 1. Recoveries carry the rep they follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    /// The repeat.
    pub id: RepeatId,
    /// Which rep, from 1.
    pub n: u32,
    /// Of how many.
    pub of: u32,
}

/// One planned step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// Its name; ids rise in the order of the steps.
    pub id: StepId,
    /// What sort of step the runner calls it.
    pub kind: Kind,
    /// What the step is to the workout's structure.
    pub role: Role,
    /// The runner's own name for it.
    pub label: Option<String>,
    /// What ends it.
    pub end: End,
    /// The end as it was written, where `end` does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<WrittenEnd>,
    /// How hard.
    pub target: Target,
    /// The incline at its start.
    pub incline: Incline,
    /// The incline at its end, where it changes evenly.
    pub incline_to: Option<Incline>,
    /// Its place in each repeat around it, outermost first.
    pub reps: Vec<Rep>,
    /// Words to say on the way, in the order they were written.
    pub cues: Vec<TextCue>,
    /// The speeds at which the runner's belt runs at its start and its end, where they are known and are not the
    /// target's: rounded to the belt's steps, held at its top or at the runner's ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_belt: Option<(Speed, Speed)>,
    /// When it starts, counted from the sequence's start; unknown after a step with an unknown end.
    pub offset: Option<Millis>,
    /// The text that it came from.
    pub source: SourceSpan,
}

impl PlannedStep {
    /// What the screen calls it: its label, else the target's words.
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.target.words)
    }

    /// True if the step's time is an estimate: it has a distance, and only a speed to start at is known. The runner goes
    /// faster or slower as the heart or the breath says.
    pub fn is_estimated(&self) -> bool {
        matches!(self.end, End::Distance { time: Some(_), .. })
            && self.target.start.speed.is_none()
            && self.target.suggested.is_some()
    }

    /// The distance it covers: written, or its time at its mean speed.
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

/// A stretch of the text that a step was written in. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceSpan {
    /// The line.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// How many characters.
    pub length: u32,
}

/// What sort of step it is, as written or worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Before the work.
    Warmup,
    /// After the work.
    Cooldown,
    /// Between two efforts.
    Recovery,
    /// Standing still.
    Rest,
    /// An effort of a repeat, a ladder or an `alternate`.
    Interval,
    /// Any other running.
    Run,
}

impl Kind {
    /// The word the language has for it.
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

/// What a step is to the workout's structure, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Its kind is warm-up.
    Warmup,
    /// Everything that is none of the others.
    Work,
    /// After a slash, or a rest, or a recovery.
    Between,
    /// Its kind is cool-down.
    Cooldown,
}

/// What ends a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// A time. With a lower bound the runner may end it from there on; it ends by itself at the upper.
    Time {
        /// When it ends by itself.
        upper: Millis,
        /// From when the runner may end it, in a range.
        lower: Option<Millis>,
    },
    /// A distance, run as the time it takes at the target's speed; by the runner's key where no speed is known.
    Distance {
        /// The distance (a range's upper bound).
        upper: Distance,
        /// A range's lower bound.
        lower: Option<Distance>,
        /// The time `upper` takes, where the speed is known.
        time: Option<Millis>,
        /// The time `lower` takes, where the speed is known.
        lower_time: Option<Millis>,
    },
    /// The runner's key.
    Open,
}

impl End {
    /// How long the step is planned to last; nothing where only a key ends it.
    pub fn planned(&self) -> Option<Millis> {
        match *self {
            End::Time { upper, .. } => Some(upper),
            End::Distance { time, .. } => time,
            End::Open => None,
        }
    }

    /// The shortest it can be: a range's lower bound, else as planned.
    pub fn least(&self) -> Option<Millis> {
        self.may_end_from().or_else(|| self.planned())
    }

    /// In a range: from when on the runner may end it.
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

/// Words to show (and, one day, to say) during a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextCue {
    /// When.
    pub when: CueTime,
    /// The words, already cleaned of control characters.
    pub text: String,
    /// True for a question to the runner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks: bool,
}

/// For how long words repeat in a step whose end is not known: they are planned ahead, and nobody can plan for
/// ever. Longer than any open step that is meant.
pub const WORDS_IN_AN_OPEN_STEP: Millis = Millis::from_secs(2 * 3600);

/// When in its step a text cue falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueTime {
    /// This long after the start.
    At(Millis),
    /// This long before the end. Zero is the end itself.
    BeforeEnd(Millis),
    /// Half-way.
    Half,
    /// Again and again, strictly inside the step.
    Every(Millis),
}
