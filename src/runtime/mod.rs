//! The only event loop.
//!
//! It sleeps until the next deadline or notice and never ticks for the sake of ticking. The session's position follows
//! from its clock, so a late wake-up draws a picture late, never wrong.

mod event_loop;
mod keyboard;
mod notice;
mod process_signal;
mod sensor_recorder;
mod signals;
mod sound_output;
mod threads;

pub use event_loop::{RunOutcome, Runtime, SensorSource, SessionStart};
pub use keyboard::listen_to_keys;
pub use notice::{RuntimeNotice, TypedInput};
pub use process_signal::ProcessSignal;
pub use sensor_recorder::SensorRecorder;
pub use signals::{ignore_write_limit, lend_terminal, listen_to_signals, signal_after_failure, suspend};
