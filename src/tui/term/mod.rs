//! The terminal itself: what it can show, how it is written to, how it is given back.

pub(crate) mod adapt;
pub(crate) mod capabilities;
pub(crate) mod diff;
pub mod terminal;
