//! A workout as it was written: every part with its place, nothing looked up, nothing filled in.
//!
//! Strings of notation lower into it, and any other way of writing the same would too. It promises that every
//! number is within the language's bounds, but not that the whole is: counting comes later.

use super::lexicon::NamedTarget;
use crate::athlete::Zone;
use crate::units::{Distance, Millis, PaceUnit, SpeedUnit};
use crate::workout::sequence::{Activity, Breathing, Checklist, CueTime, HeartSide, Kind, Question};
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
    /// What it trains.
    pub activity: Activity,
    /// The incline of every step that names none, in percent.
    pub incline: Option<f64>,
    /// Where the file names that incline.
    pub incline_span: Span,
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
    /// What was decided where the text leaves something open, in sentences.
    pub notes: Vec<String>,
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
        /// How often; the most that is planned if it is endless.
        count: u64,
        /// How often at least, in a range of reps.
        least: Option<u64>,
        /// True if it goes on until the runner ends it.
        endless: bool,
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
        total: AlternateEnd,
    },
}

/// When an `alternate` ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AlternateEnd {
    /// When the runner ends it.
    Enter,
    /// At this time.
    Time(Millis),
    /// At this distance, and the unit in which it was written.
    Distance(Distance, PaceUnit),
}

/// A step as written.
#[derive(Clone, Debug, PartialEq)]
pub struct StepLine {
    /// The kind it names.
    pub kind: Option<Kind>,
    /// What ends it.
    pub end: EndLine,
    /// The heart rate that ends it before its time. A step that names no time with it is open.
    pub until: Option<Spanned<UntilLine>>,
    /// Its targets in the order they were written, at most one of each class.
    pub targets: Vec<Spanned<TargetLine>>,
    /// Its incline in percent, and where it goes to.
    pub incline: Option<(f64, Option<f64>)>,
    /// What to say on the way.
    pub cues: Vec<CueLine>,
    /// All of it but its cues.
    pub span: Span,
}

impl StepLine {
    /// A step without targets and cues, written at `span`.
    pub fn new(end: EndLine, span: Span) -> Self {
        StepLine { kind: None, end, until: None, targets: Vec::new(), incline: None, cues: Vec::new(), span }
    }
}

/// A heart rate that ends a step, as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UntilLine {
    /// The heart rate. Never a range of them.
    pub heart: HeartLine,
    /// Where the heart rate has to go. `None` if that follows from the kind of step.
    pub side: Option<HeartSide>,
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
    /// Counted reps, ended by a key, or by the time they are done in.
    Reps {
        /// The upper bound.
        upper: u64,
        /// The lower bound of a range.
        lower: Option<u64>,
        /// The time they are done in.
        within: Option<Millis>,
    },
    /// A share of the rep before, in percent; only between reps.
    Share {
        /// The upper bound.
        upper: f64,
        /// The lower bound of a range.
        lower: Option<f64>,
    },
    /// What is left of a send-off: each rep starts this long after the one before; only between reps.
    SendOff(Millis),
    /// A time or a distance, whichever comes first.
    First {
        /// The time.
        time: Millis,
        /// The distance.
        distance: Distance,
        /// The unit in which the distance was written.
        unit: PaceUnit,
    },
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
    /// Returns the class of the target.
    pub fn class(&self) -> TargetClass {
        match self {
            TargetLine::Pace(..) => TargetClass::Pace,
            TargetLine::HeartRate(_) => TargetClass::HeartRate,
            TargetLine::Rpe(..) => TargetClass::Rpe,
            TargetLine::Breathe(..) => TargetClass::Breathing,
            TargetLine::Words(_) => TargetClass::Words,
        }
    }
}

/// A class of targets. A step has at most one target of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetClass {
    /// Paces, speeds and efforts.
    Pace,
    /// Heart rates and zones.
    HeartRate,
    /// Perceived efforts.
    Rpe,
    /// Breathing paces.
    Breathing,
    /// Words in quotes.
    Words,
}

impl TargetClass {
    /// Returns the name of the class, for a message.
    pub fn name(self) -> &'static str {
        match self {
            TargetClass::Pace => "pace or effort",
            TargetClass::HeartRate => "heart rate",
            TargetClass::Rpe => "RPE",
            TargetClass::Breathing => "breathing",
            TargetClass::Words => "words",
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
    /// Between two named paces, each with how it is shown.
    Between(NamedEnd, NamedEnd),
}

/// One end of a range between two named paces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedEnd {
    /// Which pace.
    pub base: NamedTarget,
    /// How it is shown.
    pub shown: &'static str,
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
    Zone(Zone),
    /// The zones from one to another.
    Zones(Zone, Zone),
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
    pub when: CueMoment,
    /// The words, cleaned.
    pub text: String,
    /// Where its time stands.
    pub span: Span,
}

/// When a cue is said, as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CueMoment {
    /// A time in the step.
    Time(CueTime),
    /// After this distance.
    AtDistance(Distance),
    /// This distance before the end.
    BeforeEnd(Distance),
    /// Each time this distance is covered, strictly inside the step.
    EveryDistance(Distance),
}
