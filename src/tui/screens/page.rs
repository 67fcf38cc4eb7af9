//! A screen that stands for itself, before or after a session: it is shown until something comes of it.

use crate::frontend::LogStatus;
use crate::units::Moment;
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;

/// A screen with its keys. It reads no clock, writes nowhere and knows nothing of what its answers cause.
pub trait Page {
    /// What comes of it.
    type Outcome;

    /// Whether it heeds clicks. Where it does not, text can be marked with the mouse.
    const CLICKS: bool = false;

    /// Draws it on the whole of an empty buffer.
    fn draw(&self, buf: &mut Buffer);

    /// Takes note of when the next input came, on a clock that nothing else goes by. Few pages care.
    fn at(&mut self, _now: Moment) {}

    /// What an input asks for, beyond a new picture.
    fn input(&mut self, input: &Input) -> Option<PageRequest<Self::Outcome>>;

    /// Takes note of whether the log can be written.
    fn log(&mut self, _log: &LogStatus) {}
}

/// What a page asks of whoever shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum PageRequest<T> {
    /// The page has served.
    Done(T),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
}
