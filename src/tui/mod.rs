//! The fullscreen terminal interface.

mod frontend;
pub mod screens;
pub mod term;
mod theme;
pub(crate) mod widgets;

pub use frontend::Tui;
pub use screens::running::{ClickTarget, RunningScreen};
pub use theme::{Palette, Signs, Theme};
