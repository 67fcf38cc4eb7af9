//! The workout language: text to document and back.

pub(crate) mod advice;
pub(crate) mod comma;
pub mod document;
pub(crate) mod file;
pub(crate) mod file_keys;
pub(crate) mod file_reader;
mod foreign_words;
pub(crate) mod format;
mod instruction_label;
pub(crate) mod key_phrases;
mod label_effort;
mod lexer;
pub mod lexicon;
mod list;
mod list_problems;
pub(crate) mod meant_file;
pub(crate) mod messages;
pub(crate) mod nominal;
pub(crate) mod notation;
pub(crate) mod parameters;
pub(crate) mod parser;
pub(crate) mod parts;
pub(crate) mod phrasing;
pub mod print;
pub(crate) mod references;
mod repeated_steps;
#[cfg(test)]
mod round_trip_tests;
pub(crate) mod settle;
mod stray_keys;
pub(crate) mod table;
pub(crate) mod table_step;
#[cfg(test)]
pub(crate) mod table_tests;
pub mod trial;
