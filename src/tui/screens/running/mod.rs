//! The running screen, to be understood in half a second from two metres. The time is in digits as large as the window
//! allows, on a band in the zone's colour, with the step's title above it and the belt's number beside or below it. Then
//! come the next step and the whole workout with the current place in it.

mod band;
mod belt_number;
mod breath;
mod chrome;
mod console_distance;
mod dim;
mod draw;
mod fact_row;
mod flash;
mod heading;
mod heart_rate;
mod held_key;
mod input;
mod labels;
mod layout;
mod message;
mod minimal;
mod minutes_left;
mod next_step;
mod overlay;
mod panel;
mod scene;
mod screen;
mod standstill;
mod step_list;
mod toasts;
mod unbound_keys;
mod warning_signs;
mod window_title;

pub use layout::ClickTarget;
pub use screen::RunningScreen;
pub(crate) use window_title::window_title;
