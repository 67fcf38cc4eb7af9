//! The only event loop.

mod front;

pub use front::{Front, Request, Status};
