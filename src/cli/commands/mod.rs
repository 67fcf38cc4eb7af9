//! The commands: one file or folder for each.

pub(crate) mod calibrate;
pub(crate) mod check;
pub(crate) mod checkin;
pub(crate) mod day;
pub(crate) mod doctor;
pub(crate) mod export;
mod export_plan;
pub(crate) mod export_workout;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod new;
pub(crate) mod pick;
pub(crate) mod plan;
pub(crate) mod profile;
pub(crate) mod resume;
pub(crate) mod run;
pub(crate) mod sensors;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod simulate;
pub(crate) mod sounds;
pub(crate) mod today;
pub(crate) mod unknown;
pub(crate) mod week;
