//! The terminal itself: its capabilities, drawing on it, and restoring it.

pub(crate) mod adapt;
pub(crate) mod capabilities;
mod cursor;
pub(crate) mod diff;
mod frame_thread;
mod frame_writer;
mod half_blocks;
mod path;
mod pen;
pub mod terminal;
mod tty_output;
pub(crate) mod window_size;
