//! What the runtime asks of whatever shows a session: the screen, or lines of text.

use crate::coach::{Effect, View};
use crate::session::Command;
use crate::units::{Millis, Moment};
use crossterm::event::Event as Input;
use std::{fmt, io};

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

    /// True where nobody can press a key: after an absence nobody can be asked, and it goes on from where it was.
    fn is_unattended(&self) -> bool {
        false
    }

    /// True once it has nothing more to show, and the program may end.
    fn is_done(&self, view: &View<'_>) -> bool;

    /// Gives the terminal back as it was, to be suspended or at the end.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes the terminal again, after a suspension: everything is to be drawn anew.
    fn enter(&mut self) -> io::Result<()>;
}

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Tell the session.
    Command(Command),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
}

/// What the shell has to say beside the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether signals are heard.
    pub sound: Sound,
    /// Whether the session is being kept.
    pub log: Log,
    /// How fast the session's clock runs, where it does not run in real time.
    pub speed: Option<String>,
}

/// What becomes of what happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Log {
    /// It is in the log within a second.
    #[default]
    Written,
    /// It is kept in memory, and written as soon as that is possible.
    Waiting {
        /// Why: `the disk is full`.
        problem: String,
        /// What to do: `free some space`.
        help: String,
    },
}

/// In plain words, for a line or the foot of a screen.
impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Log::Written => f.write_str("log: written"),
            Log::Waiting { problem, help } => write!(f, "not saved yet: {problem} – {help}"),
        }
    }
}

/// Where sound goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sound {
    /// Nowhere yet: the way is being opened.
    Opening,
    /// To this server.
    Heard(String),
    /// Nowhere, and this is why: the terminal's bell and the whole screen stand in.
    Silent(String),
}

impl Sound {
    /// True where something must stand in for it.
    pub fn is_silent(&self) -> bool {
        matches!(self, Sound::Silent(_))
    }
}

/// In plain words, for a line or the foot of a screen.
impl fmt::Display for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sound::Opening => f.write_str("sound: opening"),
            Sound::Heard(server) => write!(f, "sound: {server}"),
            Sound::Silent(why) => write!(f, "no sound: bell and flash ({why})"),
        }
    }
}
