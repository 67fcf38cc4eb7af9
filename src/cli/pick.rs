//! `pacebell` alone: choose a workout of the library, and run it.

use super::run::{farewell, listen, session, status, theme};
use super::{Failure, what};
use crate::library;
use crate::runtime::{self, Notice};
use crate::text::clean;
use crate::tui::picker::{Entry, Picked, Picker};
use crate::tui::terminal::Terminal;
use crate::tui::{Tui, Units};
use crate::workout::{self, Options};
use crossterm::event::Event as Input;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// Runs the command.
pub fn pick() -> Result<ExitCode, Failure> {
    let entries = entries()?;
    let (sender, notices) = listen()?;
    runtime::listen_to_keys(sender.clone());
    let mut terminal = Terminal::new(io::stdout());
    terminal.enter()?;
    let chosen = choose(&mut terminal, entries.clone(), &notices);
    terminal.leave()?;
    let sequence = match chosen? {
        Choice::Run(index) => entries.into_iter().nth(index).and_then(|e| e.sequence.ok()),
        Choice::Leave => None,
        Choice::Signal(signal) => return Ok(runtime::exit_code(signal)),
    };
    let Some(sequence) = sequence else {
        return Ok(ExitCode::SUCCESS);
    };
    let mut front = Tui::on(io::stdout(), theme(), Units::default());
    let ending = session(&sequence, 1.0, &mut front, (sender, notices))?;
    farewell(&sequence, &ending.session)?;
    Ok(status(&ending))
}

/// What came of the choosing.
enum Choice {
    Run(usize),
    Leave,
    Signal(i32),
}

/// The library, compiled with the athlete's paces. A workout with mistakes is listed with the first of them.
fn entries() -> Result<Vec<Entry>, Failure> {
    let athlete = what::athlete()?;
    let entry = |e: library::Entry| {
        let Ok(source) = e.source() else {
            return Entry { name: e.name, about: None, sequence: Err("cannot be read".to_string()) };
        };
        let compiled = workout::compile_file(&source, athlete.as_ref(), &Options::default());
        let sequence = match compiled {
            Ok(compiled) => Ok(Arc::new(compiled.sequence)),
            Err(problems) => Err(problems.first().map(|p| clean(&p.message)).unwrap_or_default()),
        };
        let about = sequence.as_ref().ok().and_then(|s: &Arc<_>| s.about.clone());
        Entry { name: e.name, about, sequence }
    };
    Ok(library::all().into_iter().map(entry).collect())
}

fn choose(
    terminal: &mut Terminal<io::Stdout>,
    entries: Vec<Entry>,
    notices: &Receiver<Notice>,
) -> io::Result<Choice> {
    let mut picker = Picker::new(entries).with_theme(theme());
    loop {
        terminal.draw(|buf| picker.draw(buf))?;
        // The channel outlives this loop: its senders listen as long as the program runs.
        let Ok(notice) = notices.recv() else {
            return Ok(Choice::Leave);
        };
        match notice {
            Notice::Input(typed) => {
                for input in &typed.inputs {
                    if let Input::Resize(width, height) = input {
                        terminal.resize(*width, *height);
                    }
                    match picker.update(input) {
                        Some(Picked::Run(index)) => return Ok(Choice::Run(index)),
                        Some(Picked::Quit) => return Ok(Choice::Leave),
                        Some(Picked::Interrupt) => return Ok(Choice::Signal(runtime::INTERRUPT)),
                        Some(Picked::Suspend) => suspend(terminal)?,
                        None => {}
                    }
                }
            }
            Notice::InputClosed => return Ok(Choice::Signal(runtime::HANGUP)),
            Notice::Signal(runtime::SUSPEND) => suspend(terminal)?,
            Notice::Signal(runtime::CONTINUE) => terminal.enter()?,
            Notice::Signal(signal) => return Ok(Choice::Signal(signal)),
            Notice::Sound(_) => {}
        }
    }
}

fn suspend(terminal: &mut Terminal<io::Stdout>) -> io::Result<()> {
    terminal.leave()?;
    runtime::stop_this_process();
    terminal.enter()
}
