//! `pacebell` alone: choose a workout of the library, and run it.

use super::run::{colours, farewell, listen, session, status};
use super::{Failure, what};
use crate::library;
use crate::runtime::{self, Notice};
use crate::tui::{Entry, Picked, Picker, Tui};
use crate::workout::{self, Options};
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// What the runner chose.
enum Choice {
    Run(usize),
    Quit,
    Signal(i32),
}

/// Runs the command.
pub fn pick() -> Result<ExitCode, Failure> {
    let entries = entries()?;
    let (sender, notices) = listen()?;
    runtime::listen_to_keys(sender.clone());
    let mut front = Tui::new(io::stdout(), colours());
    front.open()?;
    let choice = choose(&mut front, &entries, &notices);
    let chosen = match choice {
        Ok(Choice::Run(index)) => entries.get(index).and_then(|e| e.sequence.as_ref().ok()),
        _ => None,
    };
    let Some(sequence) = chosen else {
        front.close()?;
        return match choice? {
            Choice::Signal(signal) => Ok(ExitCode::from(u8::try_from(128 + signal).unwrap_or(1))),
            _ => Ok(ExitCode::SUCCESS),
        };
    };
    let ending = session(sequence, 1.0, &mut front, (sender, notices))?;
    farewell(sequence, &ending.session)?;
    Ok(status(&ending))
}
