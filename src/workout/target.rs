//! How hard a planned step is: a part of [`super::sequence`], which re-exports it.
//!
//! Numbers are there only where the file or the athlete's profile gives them.

use crate::athlete::Zone;
use crate::units::{HeartRateRange, Millis, PaceUnit, Speed};
use serde::{Deserialize, Serialize};

/// How hard a step is. Words are always there; numbers where the file or the athlete's profile gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// As the screen says it: `hard`, `5:00/km`, `10K +60 s/mi`, `Z2`, `6 → 10 km/h`. Never empty.
    pub words: String,
    /// How intense the step's start is.
    pub start: Intensity,
    /// How intense its end is, for a ramp.
    pub ramp_to: Option<Intensity>,
    /// The slower and the faster end of a range of speeds; both the same where one speed is meant. At the start.
    pub speed_range: Option<(Speed, Speed)>,
    /// A speed to start at, where the target is a heart rate or a perceived effort and the athlete's paces are known.
    /// It is no target: the runner goes faster or slower as the heart or the breath says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<Speed>,
    /// A heart rate to keep.
    pub heart_rate: Option<HeartRateRange>,
    /// A perceived effort to keep, 0–10, lower and upper.
    pub rpe: Option<(f64, f64)>,
    /// A breathing pace.
    pub breathing: Option<Breathing>,
}

impl Target {
    /// True for a target that is written as a number: `5:00/km`, `10K`, `140 bpm`.
    pub fn begins_with_number(&self) -> bool {
        self.words.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The intensity at the step's end.
    pub fn end(&self) -> &Intensity {
        self.ramp_to.as_ref().unwrap_or(&self.start)
    }

    /// The mean speed over the step (a ramp's speed is linear in time).
    pub fn mean_speed(&self) -> Option<Speed> {
        let (from, to) = (self.start.speed?, self.end().speed?);
        Some(Speed::from_mps((from.mps() + to.mps()) / 2.0))
    }

    /// The speed `into` a step that lasts `of`.
    pub fn speed_at(&self, into: Millis, of: Millis) -> Option<Speed> {
        let (from, to) = (self.start.speed?, self.end().speed?);
        let part =
            if of == Millis::ZERO { 0.0 } else { (into.get() as f64 / of.get() as f64).clamp(0.0, 1.0) };
        Some(Speed::from_mps(from.mps() + (to.mps() - from.mps()) * part))
    }
}

/// How intense a moment is, in every way in which two moments may be compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Intensity {
    /// The speed, where it is known. Zero: the belt is stopped.
    pub speed: Option<Speed>,
    /// The pace or effort it is written against, and how far from it.
    pub relative: Option<Relative>,
    /// Zone 0 (standing) to 5.
    pub zone: Option<Zone>,
    /// The rank of its word in the language's order of efforts; greater is harder.
    pub rank: Option<u8>,
}

/// A pace written against a named one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relative {
    /// The named pace or effort, as the language spells it: `MP`, `10K`, `easy`.
    pub base: String,
    /// How far from it.
    pub by: Shift,
}

/// How far a pace is from its base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shift {
    /// Seconds more on each unit: positive is slower. Zero is the base itself.
    Seconds {
        /// The middle of what was written.
        each: f64,
        /// For each of these.
        unit: PaceUnit,
    },
    /// A fraction of the base's speed: above 1 is faster.
    Fraction(f64),
}

/// A breathing pace and the ratio of its two halves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breathing {
    /// Breaths a minute.
    pub per_minute: f64,
    /// The inhale's part of the ratio.
    pub inhale: f64,
    /// The exhale's part of the ratio.
    pub exhale: f64,
}
