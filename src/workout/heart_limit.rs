//! Heart rates that end a step.

use crate::units::HeartRate;
use serde::{Deserialize, Serialize};

/// The side of a heart rate on which a step ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeartSide {
    /// The heart rate has to fall below it.
    Below,
    /// The heart rate has to rise above it.
    Above,
}

impl HeartSide {
    /// Returns the mark in the workout language.
    pub const fn mark(self) -> char {
        match self {
            HeartSide::Below => '<',
            HeartSide::Above => '>',
        }
    }
}

/// A heart rate that ends a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeartLimit {
    /// The condition in words: `HR < 120`, `Z2`, `HR > 85% HRmax`.
    pub words: String,
    /// The side on which the step ends.
    pub side: HeartSide,
    /// The beats per minute that the heart rate has to leave behind. `None` if they depend on heart rates of the athlete that
    /// are not known: only the runner and the upper bound end the step.
    pub bpm: Option<u32>,
}

impl HeartLimit {
    /// True if a heart rate meets the condition.
    pub fn is_met(&self, rate: HeartRate) -> bool {
        self.bpm.is_some_and(|bpm| match self.side {
            HeartSide::Below => rate.bpm() < bpm,
            HeartSide::Above => rate.bpm() > bpm,
        })
    }
}
