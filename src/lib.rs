//! pacebell.
#![forbid(unsafe_code)]

pub mod athlete;
pub mod belt;
pub mod cli;
pub mod clock;
pub mod cues;
pub mod diagnostic;
pub mod spanned_toml;
pub mod text;
pub mod units;
pub mod workout;
