//! pacebell.
#![forbid(unsafe_code)]

pub mod belt;
pub mod clock;
pub mod coach;
pub mod cues;
pub mod keys;
pub mod picture;
pub mod runtime;
pub mod session;
pub mod tui;
pub mod units;
pub mod workout;
