//! Formats for other programs: workouts and profiles as JSON, and the JSON Schema of workout files.

pub mod json;
pub mod profile;
pub mod schema;
