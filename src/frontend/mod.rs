//! The interface between the runtime and a front (the screen or lines of text), and everything that both fronts show
//! and ask before and after a session.

pub mod actions;
pub mod bends;
mod finished;
pub mod minutes_choice;
mod offers;
pub mod refusal;
mod status;

pub use finished::{FinishedSession, SessionFact, SessionFate};
pub use minutes_choice::{MinutesChoice, MinutesKey};
pub use offers::{Resume, TrialOffer, UnfinishedOffer};
pub use status::{LogStatus, SoundStatus, Status};

use crate::audio::volume::Volume;
use crate::coach::{Effect, View};
use crate::session::Command;
use crate::units::{Millis, Moment};
use crossterm::event::Event as Input;
use std::io;

/// A front shows a session and returns what the runner wants. It knows neither sound nor disk nor time.
pub trait Frontend {
    /// Handles something that happened, sounded or was said.
    ///
    /// # Errors
    /// If the front cannot write any more.
    fn handle_effect(
        &mut self,
        effect: &Effect,
        view: &View<'_>,
        status: &Status,
        at: Moment,
    ) -> io::Result<()>;

    /// Shows the session as of `at`. Called after every effect and input, and whenever [`Frontend::next_redraw`] asks
    /// for it.
    ///
    /// # Errors
    /// If the front cannot write any more.
    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()>;

    /// Returns how long after `at` the picture changes by itself.
    fn next_redraw(&self, view: &View<'_>, at: Moment) -> Option<Millis>;

    /// Returns what the runner wants with a key press, a click or a new window size.
    fn handle_input(&mut self, input: &Input, view: &View<'_>) -> Option<Request>;

    /// True if nobody can press a key. After an absence, such a session resumes without asking.
    fn is_unattended(&self) -> bool {
        false
    }

    /// True if a session starts without a count-in, unless the belt's lag is known.
    fn starts_at_once(&self) -> bool {
        false
    }

    /// True once the front has nothing more to show and the program may end.
    fn is_done(&self, view: &View<'_>) -> bool;

    /// Restores the terminal, to be suspended or at the end.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes the terminal, at the start or after a suspension. Afterwards everything is redrawn.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn enter(&mut self) -> io::Result<()>;
}

/// Something the runner wants from the runtime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Give the session a command.
    Command(Command),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// End the program at once, as Ctrl-C does.
    Interrupt,
    /// Change the volume.
    ChangeVolume(VolumeChange),
}

/// A change of volume, as one key press asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeChange {
    /// One step louder.
    Louder,
    /// One step softer.
    Softer,
    /// Mute, or unmute.
    ToggleMute,
}

impl VolumeChange {
    /// Returns the volume after the change.
    pub fn apply(self, volume: Volume) -> Volume {
        match self {
            VolumeChange::Louder => volume.louder(),
            VolumeChange::Softer => volume.softer(),
            VolumeChange::ToggleMute => volume.mute_toggled(),
        }
    }
}
