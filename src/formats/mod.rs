//! Formats for other programs: workouts, the library and profiles as JSON, the JSON Schema of workout files, and plans
//! as calendar files. Activities are written for other programs, and read from them, and so are workouts.

pub mod activity;
pub mod activity_reader;
pub mod exchange;
pub mod fit;
pub mod ics;
pub mod json;
pub mod library;
pub mod plan;
pub mod profile;
pub mod schema;
pub mod tcx;
pub mod today;
pub mod trends;
