//! The screens: one file or folder for each.

pub mod calibrate;
pub mod checkin;
pub mod checklist;
pub mod day;
pub mod ending;
pub mod first_run;
pub(crate) mod help;
pub mod log;
pub mod page;
pub mod picker;
pub mod plan;
pub mod profile;
pub mod questions;
pub(crate) mod running;
pub mod start;
pub mod time_trial;
pub mod unfinished;
