//! The JSON Schema of workout files, for editors that complete and check them.
//!
//! It describes keys, their types, and which keys go together. Only the parser checks the notation in their texts.

/// The schema, draft 2020-12.
pub const TEXT: &str = include_str!("workout.schema.json");
