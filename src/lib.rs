//! pacebell: a terminal workout timer that runners trust with their training.
//!
//! ```text
//! main → cli → runtime                          imperative shell
//!               ↓
//!          tui · plain
//!               ↓
//!   frontend · voice · audio · keep_awake · history · library · settings
//!               ↓
//!      clock · atomic_file · folders · keymap · display
//! - - - - - - - - - - - - - - - - - - - - - -   no I/O, no clock below this line
//!             coach
//!               ↓
//!             cues
//!               ↓
//!       session · formats
//!               ↓
//!             runner
//!               ↓
//!            workout
//!               ↓
//!        athlete · belt
//!               ↓
//!         spanned_toml
//!               ↓
//!          diagnostic
//!               ↓
//!         units · text
//! ```
//!
//! A module uses what stands on its own line or below it, and a test reads the `use` lines to see that it does.
//! The runtime is handed a [`frontend::Frontend`] and never knows which: the trait stands below the fronts.
//!
//! The data's way: text → [`workout`]'s document → its workout → [`crate::workout::sequence::Sequence`] →
//! [`session::Session`] and moments → events and a [`session::Forecast`] → [`cues::CuePlan`] → [`coach::Effect`]s.
//! Nothing flows back up.
//!
//! Five decisions hold it together: a forecast with a revision instead of a stored schedule; ids that never are
//! positions; sequence, commands and events as plain versioned data; absence as an input from the shell; and a
//! belt that exists from the start.

#![forbid(unsafe_code)]

pub mod athlete;
pub mod atomic_file;
pub mod audio;
pub mod belt;
pub mod cli;
pub mod clock;
pub mod coach;
pub mod cues;
pub mod diagnostic;
pub mod display;
pub mod folders;
pub mod formats;
pub mod frontend;
pub mod history;
pub mod keep_awake;
pub mod keymap;
pub mod library;
pub mod plain;
pub mod runner;
pub mod runtime;
pub mod session;
pub mod settings;
pub mod spanned_toml;
pub mod text;
pub mod tui;
pub mod units;
pub mod voice;
pub mod workout;
