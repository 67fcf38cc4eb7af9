//! A session as lines of text: for screen readers, pipes and logs.
//!
//! Each line starts with the active time in seconds, with three decimals, as in the output of `simulate`.

mod frontend;
mod line_output;
mod lines;
pub mod questions;

pub use frontend::Plain;
pub use line_output::LineOutput;
pub use lines::Lines;
