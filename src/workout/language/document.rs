//! A workout as it was written: every part with its place, nothing looked up, nothing filled in.
//!
//! Strings of notation lower into it, and any other way of writing the same would too. It promises that every
//! number is within the language's bounds, but not that the whole is: counting comes later.

use super::lexicon::NamedTarget;
use crate::units::{Distance, Millis, PaceUnit, SpeedUnit};
use crate::workout::sequence::{Breathing, Checklist, CueTime, Kind, Question};
use std::ops::Range;

/// Bytes of the source.
pub type Span = Range<usize>;

/// Something written, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// A file, or a line of notation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The workout's name, cleaned.
    pub name: Option<Spanned<String>>,
    /// What it is for, cleaned.
    pub about: Option<String>,
    /// The incline of every step that names none, in percent.
    pub incline: Option<f64>,
    /// False where the workout is run by feel.
    pub hide_pace: bool,
    /// Who wrote it, cleaned.
    pub author: Option<String>,
    /// Where it comes from, cleaned.
    pub source: Option<String>,
    /// Words to find it by, cleaned.
    pub tags: Vec<String>,
    /// What to ask before it starts.
    pub before: Option<Checklist>,
    /// What the one "ease off" key offers, in order.
    pub during_ease: Vec<String>,
    /// Signs that it is time to.
    pub during_signs: Vec<String>,
    /// What to ask at its end.
    pub after_ask: Vec<Question>,
    /// What is run, in order.
    pub items: Vec<Item>,
}

/// One item of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its label, cleaned.
    pub label: Option<String>,
    /// A kind that the label names.
    pub kind: Option<Kind>,
    /// What it is.
    pub node: Node,
    /// Cues of a group as a whole.
    pub cues: Vec<CueLine>,
    /// All of it.
    pub span: Span,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A single step.
    Step(Box<StepLine>),
    /// Items in brackets.
    Group {
        /// What stands in them.
        items: Vec<Item>,
        /// The part whose name stands for them.
        part: Option<Spanned<String>>,
    },
    /// `count × body / between`.
    Repeat {
        /// How often.
        count: u64,
        /// What is repeated.
        body: Box<Item>,
        /// What stands between two reps.
        between: Option<Box<Item>>,
    },
    /// `(items) / between`.
    Ladder {
        /// The rungs.
        items: Vec<Item>,
        /// The part whose name stands for them.
        part: Option<Spanned<String>>,
        /// What stands between two of them.
        between: Box<Item>,
    },
    /// `alternate first / second for total`.
    Alternate {
        /// The first leg.
        first: Box<StepLine>,
        /// The second leg.
        second: Box<StepLine>,
        /// When it ends.
        total: Millis,
    },
}

/// A step as written.
#[derive(Clone, Debug, PartialEq)]
pub struct StepLine {
    /// The kind it names.
    pub kind: Option<Kind>,
    /// What ends it.
    pub end: EndLine,
    /// Its targets in the order they were written, at most one of each class.
    pub targets: Vec<Spanned<TargetLine>>,
    /// Its incline in percent, and where it goes to.
    pub incline: Option<(f64, Option<f64>)>,
    /// What to say on the way.
    pub cues: Vec<CueLine>,
    /// All of it but its cues.
    pub span: Span,
}

/// A step's end as written; ranges with their lower bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EndLine {
    /// A time.
    Time {
        /// Its upper bound.
        upper: Millis,
        /// Its lower bound.
        lower: Option<Millis>,
    },
    /// A distance.
    Distance {
        /// Its upper bound.
        upper: Distance,
        /// Its lower bound.
        lower: Option<Distance>,
        /// The time it is to be run in: its upper and lower bound.
        within: Option<(Millis, Option<Millis>)>,
        /// The unit in which its pace is said.
        unit: PaceUnit,
    },
    /// A key.
    Open,
}

/// One target.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetLine {
    /// A pace or an effort, and where it ramps to.
    Pace(PaceLine, Option<PaceLine>),
    /// A heart rate.
    HeartRate(HeartLine),
    /// A perceived effort, lower and upper.
    Rpe(f64, f64),
    /// A breathing pace; `true` where its ratio was written.
    Breathe(Breathing, bool),
    /// Something to do that has no pace, cleaned.
    Words(String),
}

impl TargetLine {
    /// The class, of which a step may have one target.
    pub fn class(&self) -> &'static str {
        match self {
            TargetLine::Pace(..) => "pace or effort",
            TargetLine::HeartRate(_) => "heart rate",
            TargetLine::Rpe(..) => "RPE",
            TargetLine::Breathe(..) => "breathing",
            TargetLine::Words(_) => "words",
        }
    }
}

/// A pace or an effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaceLine {
    /// A named one.
    Named {
        /// Which.
        base: NamedTarget,
        /// How it is shown.
        shown: &'static str,
        /// How far from it.
        by: PaceOffset,
    },
    /// Seconds for each unit, as written: either bound may be the faster.
    Pace(f64, f64, PaceUnit),
    /// A speed, as written.
    Speed(f64, f64, SpeedUnit),
}

/// How far from a named pace, as written; ranges with both bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaceOffset {
    /// The pace itself.
    None,
    /// Seconds more for each unit; negative is faster.
    Seconds(f64, f64, PaceUnit),
    /// A percentage of its speed.
    Percent(f64, f64),
}

/// A heart rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeartLine {
    /// A zone.
    Zone(u8),
    /// Beats a minute.
    Bpm(u32, u32),
    /// A percentage of something.
    Percent(f64, f64, HeartBase),
}

/// What a heart rate is a percentage of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartBase {
    /// The maximum.
    Max,
    /// The reserve.
    Reserve,
    /// The rate at the lactate threshold.
    Threshold,
}

/// A cue as written.
#[derive(Clone, Debug, PartialEq)]
pub struct CueLine {
    /// When.
    pub when: CueTime,
    /// The words, cleaned.
    pub text: String,
    /// Where its time stands.
    pub span: Span,
}
