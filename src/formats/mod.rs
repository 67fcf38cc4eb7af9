//! Formats for other programs: workouts, the library and profiles as JSON, and the JSON Schema of workout files.

pub mod json;
pub mod library;
pub mod profile;
pub mod schema;
