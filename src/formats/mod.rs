//! Workouts for other programs: pure, no I/O.

pub mod json;
pub mod profile;
pub mod schema;
