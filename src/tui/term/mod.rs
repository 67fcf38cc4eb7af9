//! The terminal itself: its capabilities, drawing on it, and restoring it.

pub(crate) mod adapt;
pub(crate) mod capabilities;
pub(crate) mod diff;
mod frame_thread;
mod frame_writer;
pub mod terminal;
mod tty_output;
