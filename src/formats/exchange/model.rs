//! A workout of another program in neutral terms: what every format has in common.

use super::report::{ConversionNote, ReportPlace};
use super::workout_format::WorkoutFormat;
use crate::units::Millis;
use crate::workout::sequence::{HeartLimit, Kind};

/// A workout that was read from a file of another program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignWorkout {
    /// The format of the file.
    pub format: Option<WorkoutFormat>,
    /// The name.
    pub name: String,
    /// The description.
    pub about: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The steps and repeats in order.
    pub items: Vec<ForeignItem>,
    /// The steps in pacebell's own notation, if the file has them in it.
    pub notation: Option<String>,
    /// Everything that was repaired, assumed, changed or left out.
    pub report: Vec<ConversionNote>,
}

/// A step or a repeat.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignItem {
    /// A step.
    Step(ForeignStep),
    /// A repeat.
    Repeat(ForeignRepeat),
}

/// Steps that are run several times, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignRepeat {
    /// How many times, from 1 on.
    pub count: u32,
    /// The steps of one time.
    pub items: Vec<ForeignItem>,
    /// True if the last step of the last time is left out, as a slash does in pacebell.
    pub skips_last_rest: bool,
    /// Texts, at times from the start of the first step of the first time.
    pub cues: Vec<ForeignCue>,
    /// The place in the file.
    pub place: ReportPlace,
}

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignStep {
    /// The part of the workout that it is, if the file says.
    pub kind: Option<Kind>,
    /// The end.
    pub end: ForeignEnd,
    /// The heart rate that ends it before its time.
    pub until: Option<HeartLimit>,
    /// The targets, the most important one first. Empty if there is none.
    pub targets: Vec<ForeignTarget>,
    /// The incline in percent, at the start and the end.
    pub incline: Option<(f64, f64)>,
    /// A name.
    pub label: Option<String>,
    /// Texts, at times from the start of the step.
    pub cues: Vec<ForeignCue>,
    /// The place in the file.
    pub place: ReportPlace,
}

impl ForeignStep {
    /// A step with an end and a target.
    pub fn new(place: ReportPlace, end: ForeignEnd, target: ForeignTarget) -> Self {
        ForeignStep {
            place,
            kind: None,
            end,
            until: None,
            targets: vec![target],
            incline: None,
            label: None,
            cues: Vec::new(),
        }
    }
}

/// The end of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ForeignEnd {
    /// A time.
    Time(Millis),
    /// A distance in metres.
    Distance(f64),
    /// A key.
    Open,
}

/// A text that is shown during a step.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignCue {
    /// Where it is shown.
    pub at: CuePlace,
    /// The text.
    pub text: String,
}

/// The place of a text in its step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CuePlace {
    /// A time after the start.
    Time(Millis),
    /// A distance after the start, in metres.
    Metres(f64),
}

/// A target.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignTarget {
    /// An effort of the workout language, such as `easy`.
    Effort(&'static str),
    /// A fraction of the speed of a named pace, as a range from low to high.
    Fraction {
        /// The lower fraction, such as 0.85.
        low: f64,
        /// The higher fraction.
        high: f64,
        /// The pace in the workout language, such as `threshold`.
        of: &'static str,
    },
    /// A speed in metres per second, as a range from slow to fast.
    Speed {
        /// The slower end.
        slow: f64,
        /// The faster end.
        fast: f64,
    },
    /// A heart rate in beats per minute, as a range.
    Beats(f64, f64),
    /// A heart rate in percent of a reference, as a range.
    HeartShare {
        /// The lower end.
        low: f64,
        /// The higher end.
        high: f64,
        /// The reference in the workout language: `HRmax`, `HRR` or `LTHR`.
        of: &'static str,
    },
    /// A zone of the heart rate, from 1 to 5, as a range.
    Zone(u8, u8),
    /// A perceived effort from 0 to 10, as a range.
    Rpe(f64, f64),
    /// An even change from one target to another, both of speeds.
    Ramp(Box<ForeignTarget>, Box<ForeignTarget>),
    /// Words.
    Words(String),
}

/// The highest zone of the heart rate.
pub const HIGHEST_ZONE: f64 = 5.0;
/// The line about a higher zone in a file.
pub const FIVE_ZONES: &str = "pacebell has five zones of the heart rate, so it became Z5";

/// What the steps of a workout add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ForeignTotals {
    /// The number of steps that are run.
    pub steps: u64,
    /// The time of all steps with a time.
    pub time: Millis,
    /// The metres of all steps with a distance.
    pub metres: f64,
    /// The number of steps that a key ends.
    pub open: u64,
}

impl ForeignTotals {
    /// Adds up items.
    pub fn of(items: &[ForeignItem]) -> Self {
        let mut sum = ForeignTotals::default();
        for item in items {
            match item {
                ForeignItem::Step(step) => sum.add(&ForeignTotals::of_step(step), 1),
                ForeignItem::Repeat(repeat) => sum.add(&ForeignTotals::of_repeat(repeat), 1),
            }
        }
        sum
    }

    /// Adds up all times of a repeat.
    pub fn of_repeat(repeat: &ForeignRepeat) -> Self {
        let mut sum = ForeignTotals::default();
        let last = repeat.items.len().saturating_sub(usize::from(repeat.skips_last_rest));
        let count = u64::from(repeat.count);
        let (work, rest) = repeat.items.split_at(last);
        sum.add(&ForeignTotals::of(work), count);
        sum.add(&ForeignTotals::of(rest), count.saturating_sub(1));
        sum
    }

    fn of_step(step: &ForeignStep) -> Self {
        let (time, metres, open) = match step.end {
            ForeignEnd::Time(time) => (time, 0.0, 0),
            ForeignEnd::Distance(metres) => (Millis::ZERO, metres, 0),
            ForeignEnd::Open => (Millis::ZERO, 0.0, 1),
        };
        ForeignTotals { steps: 1, time, metres, open }
    }

    fn add(&mut self, other: &ForeignTotals, count: u64) {
        self.steps = self.steps.saturating_add(other.steps.saturating_mul(count));
        self.time = Millis::new(self.time.get().saturating_add(other.time.get().saturating_mul(count)));
        self.metres += other.metres * count as f64;
        self.open = self.open.saturating_add(other.open.saturating_mul(count));
    }
}
