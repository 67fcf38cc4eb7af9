//! The target of a planned step. [`super::sequence`] re-exports it.

use crate::athlete::Zone;
use crate::units::{HeartRateRange, Millis, PaceUnit, Speed};
use serde::{Deserialize, Serialize};

/// The target of a step. It always has words. It has numbers if the file or the athlete's profile gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The words on the screen: `hard`, `5:00/km`, `10K +60 s/mi`, `Z2`, `6 → 10 km/h`. Never empty.
    pub words: String,
    /// The intensity at the start of the step.
    pub start: Intensity,
    /// The intensity at the end of a ramp.
    pub ramp_to: Option<Intensity>,
    /// The slower and the faster end of a range of speeds, at the start. A single speed has both ends equal.
    pub speed_range: Option<(Speed, Speed)>,
    /// A speed to start with, for a heart rate or a perceived effort of an athlete whose paces are known. It is not a target:
    /// the runner goes faster or slower by heart rate or breath.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<Speed>,
    /// A heart rate to keep.
    pub heart_rate: Option<HeartRateRange>,
    /// The lower and upper perceived effort to keep, 0 to 10.
    pub rpe: Option<(f64, f64)>,
    /// A breathing pace.
    pub breathing: Option<Breathing>,
}

impl Target {
    /// True for a target that is written as a number: `5:00/km`, `10K`, `140 bpm`.
    pub fn begins_with_number(&self) -> bool {
        self.words.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Returns the words as the voice says them. The rate of slow breathing is heard from the breaths themselves.
    pub fn spoken_words(&self) -> &str {
        const BREATHE: &str = "breathe";
        if self.breathing.is_some() && self.words.starts_with(BREATHE) { BREATHE } else { &self.words }
    }

    /// Returns the intensity at the end of the step.
    pub fn end(&self) -> &Intensity {
        self.ramp_to.as_ref().unwrap_or(&self.start)
    }

    /// Returns the mean speed over the step. The speed of a ramp is linear in time.
    pub fn mean_speed(&self) -> Option<Speed> {
        let (from, to) = (self.start.speed?, self.end().speed?);
        Some(Speed::from_mps((from.mps() + to.mps()) / 2.0))
    }

    /// Returns the speed at a time `into` a step of length `of`.
    pub fn speed_at(&self, into: Millis, of: Millis) -> Option<Speed> {
        let (from, to) = (self.start.speed?, self.end().speed?);
        let part =
            if of == Millis::ZERO { 0.0 } else { (into.get() as f64 / of.get() as f64).clamp(0.0, 1.0) };
        Some(Speed::from_mps(from.mps() + (to.mps() - from.mps()) * part))
    }
}

/// The intensity at one moment, in all measures by which two moments can be compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Intensity {
    /// The speed, if it is known. With zero, the belt is stopped.
    pub speed: Option<Speed>,
    /// The named pace or effort that it is written with, and the offset from it.
    pub relative: Option<Relative>,
    /// The zone.
    pub zone: Option<Zone>,
    /// The rank of the effort in the workout language. Greater is harder.
    pub rank: Option<u8>,
}

/// A pace relative to a named one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relative {
    /// The named pace or effort, as the language spells it: `MP`, `10K`, `easy`.
    pub base: String,
    /// The offset from it.
    pub by: Shift,
}

/// The offset of a pace from its base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shift {
    /// More seconds per unit. Positive is slower, and zero is the base itself.
    Seconds {
        /// The seconds. A range counts as its middle.
        each: f64,
        /// The unit.
        unit: PaceUnit,
    },
    /// A fraction of the speed of the base. Above 1 is faster.
    Fraction(f64),
}

/// A breathing pace and the ratio of its two halves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breathing {
    /// Breaths per minute.
    pub per_minute: f64,
    /// The inhale's part of the ratio.
    pub inhale: f64,
    /// The exhale's part of the ratio.
    pub exhale: f64,
}
