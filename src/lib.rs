//! pacebell.
#![forbid(unsafe_code)]

pub mod audio;
pub mod clock;
pub mod cues;
pub mod units;
pub mod workout;
