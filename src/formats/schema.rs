//! The JSON Schemas of workout files and of plans, for editors that complete and check them.
//!
//! They describe keys, their types, and which keys go together. Only the parser checks the notation in their texts.

/// The schema of workout files, draft 2020-12.
pub const TEXT: &str = include_str!("workout.schema.json");

/// The schema of plans, draft 2020-12.
pub const PLAN_SCHEMA: &str = include_str!("plan.schema.json");
