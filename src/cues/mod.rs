//! Which signal and which words, when: a pure function of the forecast.

mod signal;

pub use signal::{Note, Signal};
