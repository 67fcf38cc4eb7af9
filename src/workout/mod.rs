//! The workout language: text → document → workout → sequence.

pub mod sequence;
