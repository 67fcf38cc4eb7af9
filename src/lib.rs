//! pacebell.
#![forbid(unsafe_code)]

pub mod belt;
pub mod clock;
pub mod coach;
pub mod cues;
pub mod runtime;
pub mod session;
pub mod units;
pub mod workout;
