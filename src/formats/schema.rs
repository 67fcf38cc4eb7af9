//! The JSON Schema of workout files, for editors that complete and check them.
//!
//! It knows keys, types and which keys go together. What is inside the notation only the parser knows.

/// The schema, draft 2020-12.
pub const TEXT: &str = include_str!("workout.schema.json");
