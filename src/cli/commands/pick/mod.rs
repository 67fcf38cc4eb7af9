//! `pacebell` alone: choose a workout of the library, change or write one, and run it.

pub(crate) mod library;

use super::profile::first_run;
use crate::cli::editor;
use crate::cli::editor::{Editor, OwnFile};
use crate::cli::failure::Failure;
use crate::cli::session::offer;
use crate::cli::session::offer::Next;
use crate::cli::session::page_host::Stage;
use crate::cli::session::run;
use crate::cli::session::run::{Shown, Start, theme};
use crate::cues::Verbosity;
use crate::library::{NotFound, recent};
use crate::runtime::{self, Notice, Typed};
use crate::tui::screens::picker::{Picked, Picker};
use crate::tui::term::terminal::Terminal;
use crate::workout::sequence::Sequence;
use crossterm::event::Event as Input;
use library::Shelf;
use std::io::{self, Stdout};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

/// How often the disk is looked at for workouts that were changed elsewhere.
const LOOK: Duration = Duration::from_secs(1);
/// So many workouts are read between two pictures, while there are some to read.
const READ_AT_ONCE: usize = 8;

/// Runs the command.
pub fn pick(log: Option<&Path>, voice: Option<Verbosity>) -> Result<ExitCode, Failure> {
    let mut stage = Stage::new()?;
    stage.voice = voice;
    match offer::offer(Shown::Screen, log, &mut stage)? {
        Next::AsMeant => {}
        Next::TakeUp(unfinished) => {
            return run::live(Start::TakenUp(unfinished), Shown::Screen, log, &mut stage);
        }
        Next::Signal(signal) => {
            stage.leave()?;
            return Ok(runtime::exit_code(signal));
        }
    }
    let signal = first_run::ask(&mut stage);
    stage.leave()?;
    if let Some(signal) = signal? {
        return Ok(runtime::exit_code(signal));
    }
    let shelf = Shelf::open()?;
    let picker = shelf.picker(theme());
    let mut choosing = Choosing { shelf, picker, terminal: Terminal::new(io::stdout(), theme()) };
    choosing.terminal.enter()?;
    stage.listen();
    let choice = choosing.choose(stage.notices());
    choosing.terminal.leave()?;
    let (name, sequence) = match choice? {
        Choice::Run(name, sequence) => (name, sequence),
        Choice::Leave => return Ok(ExitCode::SUCCESS),
        Choice::Signal(signal) => return Ok(runtime::exit_code(signal)),
    };
    if let Some(code) = run::speaks_against(&sequence, Shown::Screen, &mut stage)? {
        return Ok(code);
    }
    recent::note(&name);
    let chosen = Box::new(choosing.shelf.chosen(&name, sequence));
    run::live(Start::Anew(chosen, 1.0), Shown::Screen, log, &mut stage)
}

/// What came of the choosing.
enum Choice {
    Run(String, Arc<Sequence>),
    Leave,
    Signal(i32),
}

struct Choosing {
    shelf: Shelf,
    picker: Picker,
    terminal: Terminal<Stdout>,
}

impl Choosing {
    fn choose(&mut self, notices: &Receiver<Notice>) -> io::Result<Choice> {
        loop {
            self.settle();
            self.terminal.draw(|buf| self.picker.draw(buf))?;
            let Some(notice) = self.next(notices) else { continue };
            let choice = match notice {
                Notice::Input(typed) => self.typed(&typed, notices)?,
                Notice::InputClosed => Some(Choice::Signal(runtime::HANGUP)),
                Notice::Signal(runtime::SUSPEND) => self.suspend(notices)?,
                Notice::Signal(runtime::CONTINUE) => {
                    self.terminal.enter()?;
                    None
                }
                Notice::Signal(signal) => Some(Choice::Signal(signal)),
                Notice::Sound(_) | Notice::Voice(_) | Notice::Log(_) | Notice::Awake(_) => None,
            };
            if let Some(choice) = choice {
                return Ok(choice);
            }
        }
    }

    /// Finds out what the marked workout is: a key may run it.
    fn settle(&mut self) {
        while self.picker.is_in_doubt() && self.shelf.answer(&mut self.picker) {}
    }

    /// The next thing that happens. Nothing where there is only something new to be seen: workouts that were read
    /// while nobody typed, or files that have changed.
    fn next(&mut self, notices: &Receiver<Notice>) -> Option<Notice> {
        match notices.try_recv() {
            Ok(notice) => return Some(notice),
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return Some(Notice::InputClosed),
        }
        let read = (0..READ_AT_ONCE).take_while(|_| self.shelf.answer(&mut self.picker)).count();
        if read > 0 {
            return None;
        }
        match notices.recv_timeout(LOOK) {
            Ok(notice) => Some(notice),
            Err(RecvTimeoutError::Timeout) => {
                self.shelf.look_again(&mut self.picker, None);
                None
            }
            Err(RecvTimeoutError::Disconnected) => Some(Notice::InputClosed),
        }
    }

    /// As long as `typed` is held nobody reads the keyboard but an editor.
    fn typed(&mut self, typed: &Typed, notices: &Receiver<Notice>) -> io::Result<Option<Choice>> {
        for input in &typed.inputs {
            if let Input::Resize(width, height) = input {
                self.terminal.resize(*width, *height);
            }
            match self.picker.update(input) {
                Some(Picked::Run { name, sequence }) => return Ok(Some(Choice::Run(name, sequence))),
                Some(Picked::Quit) => return Ok(Some(Choice::Leave)),
                Some(Picked::Interrupt) => return Ok(Some(Choice::Signal(runtime::INTERRUPT))),
                Some(Picked::Suspend) => {
                    if let Some(choice) = self.suspend(notices)? {
                        return Ok(Some(choice));
                    }
                }
                // What was typed behind it was not meant for the list.
                Some(wish @ (Picked::Edit(_) | Picked::New(_))) => return self.edit(&wish).map(|()| None),
                None => {}
            }
            self.settle();
        }
        Ok(None)
    }

    fn edit(&mut self, wish: &Picked) -> io::Result<()> {
        let Some(editor) = self.editor() else { return Ok(()) };
        match wish {
            Picked::Edit(name) => self.open(editor::own_copy(&self.shelf, name), &editor),
            Picked::New(name) => self.open(editor::new_file(name), &editor),
            _ => Ok(()),
        }
    }

    /// Opens the user's editor on a file, and comes back to what is in it then.
    fn open(&mut self, file: Result<OwnFile, NotFound>, editor: &Editor) -> io::Result<()> {
        let file = match file {
            Ok(file) => file,
            Err(why) => {
                self.picker.say(format!("{}: {}", why.problem, why.help));
                return Ok(());
            }
        };
        self.terminal.leave()?;
        let ended = editor.open(&file);
        self.terminal.enter()?;
        self.shelf.look_again(&mut self.picker, Some(&file.name));
        // Whether it has mistakes is known once it is marked and read.
        self.picker.show(&file.name);
        self.settle();
        self.picker.show(&file.name);
        if let Some(said) = ended.unwrap_or_else(Some) {
            self.picker.say(said);
        }
        Ok(())
    }

    /// The user's editor, or word of what to set.
    fn editor(&mut self) -> Option<Editor> {
        Editor::of_the_user().map_err(|what_to_set| self.picker.give_up(what_to_set)).ok()
    }

    fn suspend(&mut self, notices: &Receiver<Notice>) -> io::Result<Option<Choice>> {
        self.terminal.leave()?;
        match runtime::suspend(notices) {
            Some(signal) => Ok(Some(Choice::Signal(signal))),
            None => self.terminal.enter().map(|()| None),
        }
    }
}
