//! The day around the run: small breaks, the reminders for them, and the wins.
//!
//! 1. [`read_day`] reads `day.toml` to a [`DayConfig`], or gives all of its problems.
//! 2. [`due`] decides at one moment which action the runner is reminded of: at most one. It also gives the state to keep.
//! 3. [`DayBoard`] is what the page of the day shows, and [`WinCount`] counts the days with a win.
//!
//! Nothing here does I/O or reads a clock. The same file, moment, state and presence always give the same reminder.

mod action_workout;
mod board;
mod clock_span;
mod config;
mod messages;
mod reader;
mod state;
mod template;
mod turn;
mod wins;

pub use action_workout::check_workouts;
pub use board::{BoardRow, DayBoard, NextTime};
pub use clock_span::{ClockSpan, ClockTime};
pub use config::{ActionSchedule, ActionWorkout, DayAction, DayConfig};
pub use reader::{ReadDay, read_day};
pub use state::{ActionMark, DayState, DeskPresence, WallMoment};
pub use template::{OFFERED_ACTIONS, OfferedAction, day_text};
pub use turn::{DayTurn, HoldReason, LATER, due};
pub use wins::{COUNTED_DAYS, WinCount, WinMoment};

/// The most actions before the runner is told that it is many. The article says three to five.
pub const USUAL_ACTIONS: usize = 5;
