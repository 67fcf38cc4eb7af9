//! What the runtime asks of whatever shows a session: the screen, or lines of text.

use crate::coach::{Effect, View};
use crate::session::Command;
use crate::units::{Millis, Moment};
use crossterm::event::Event as Input;
use std::io;

/// A front is given what to show and returns what the runner wants. It knows neither sound nor disk nor time.
pub trait Front {
    /// Something happened, sounded or was said.
    fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()>;

    /// Shows how things stand. Called after every effect, every input, and at the moment asked for by
    /// [`Front::next_picture`].
    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()>;

    /// How much later than `at` its picture changes by itself, if nothing happens before.
    fn next_picture(&self, view: &View<'_>, at: Moment) -> Option<Millis>;

    /// What the runner wants with a key press, a click, or a new size of the window.
    fn input(&mut self, input: &Input, view: &View<'_>) -> Option<Request>;

    /// True once it has nothing more to show, and the program may end.
    fn is_done(&self, view: &View<'_>) -> bool;

    /// Gives the terminal back as it was, to be suspended or at the end.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes the terminal again, after a suspension: everything is to be drawn anew.
    fn enter(&mut self) -> io::Result<()>;
}

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Tell the session.
    Command(Command),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
}

/// What the shell has to say beside the session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Where sound goes, in plain words: `PulseAudio`, or why there is none.
    pub sound: String,
    /// False: nothing is heard, so the terminal's bell and the whole screen stand in.
    pub audible: bool,
    /// How fast the session's clock runs, where it does not run in real time.
    pub speed: Option<String>,
}
