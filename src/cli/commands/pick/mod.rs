//! `pacebell` alone: choose a workout of the library, change or write one, and run it.

pub(crate) mod library;

use super::profile::first_run;
use crate::cli::context::theme;
use crate::cli::editor;
use crate::cli::editor::{Editor, OwnFile};
use crate::cli::failure::Failure;
use crate::cli::session::display::Display;
use crate::cli::session::offer;
use crate::cli::session::offer::OfferOutcome;
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run;
use crate::cli::session::run::StartMode;
use crate::cues::Verbosity;
use crate::library::{LibraryError, recent};
use crate::runtime::{self, ProcessSignal, RuntimeNotice, TypedInput};
use crate::tui::screens::page::{Page, PageRequest};
use crate::tui::screens::picker::{Picker, PickerRequest};
use crate::tui::term::terminal::Terminal;
use crate::workout::sequence::Sequence;
use crossterm::event::Event as Input;
use library::PickerLibrary;
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
    let mut stage = PageHost::new()?;
    stage.voice = voice;
    match offer::offer(Display::Screen, log, &mut stage)? {
        OfferOutcome::AsMeant => {}
        OfferOutcome::TakeUp(unfinished) => {
            return run::live(StartMode::TakenUp(unfinished), Display::Screen, log, &mut stage);
        }
        OfferOutcome::Signal(signal) => {
            stage.leave()?;
            return Ok(signal.into());
        }
    }
    let signal = first_run::ask(&mut stage);
    stage.leave()?;
    if let Some(signal) = signal? {
        return Ok(signal.into());
    }
    let shelf = PickerLibrary::open()?;
    let picker = shelf.picker(theme());
    let mut choosing = PickPage { shelf, picker, terminal: Terminal::new(io::stdout(), theme()) };
    choosing.terminal.enter()?;
    stage.listen();
    let choice = choosing.choose(stage.notices());
    choosing.terminal.leave()?;
    let (name, sequence) = match choice? {
        PickOutcome::Run(name, sequence) => (name, sequence),
        PickOutcome::Leave => return Ok(ExitCode::SUCCESS),
        PickOutcome::Signal(signal) => return Ok(signal.into()),
    };
    if let Some(code) = run::speaks_against(&sequence, Display::Screen, &mut stage)? {
        return Ok(code);
    }
    recent::note(&name);
    let chosen = Box::new(choosing.shelf.chosen(&name, sequence));
    run::live(StartMode::Anew(chosen, 1.0), Display::Screen, log, &mut stage)
}

/// What came of the choosing.
enum PickOutcome {
    Run(String, Arc<Sequence>),
    Leave,
    Signal(ProcessSignal),
}

struct PickPage {
    shelf: PickerLibrary,
    picker: Picker,
    terminal: Terminal<Stdout>,
}

impl PickPage {
    fn choose(&mut self, notices: &Receiver<RuntimeNotice>) -> io::Result<PickOutcome> {
        loop {
            self.settle();
            self.terminal.draw(|buf| self.picker.draw(buf))?;
            let Some(notice) = self.next(notices) else { continue };
            let choice = match notice {
                RuntimeNotice::Input(typed) => self.typed(&typed, notices)?,
                RuntimeNotice::InputClosed => Some(PickOutcome::Signal(ProcessSignal::HANGUP)),
                RuntimeNotice::Signal(ProcessSignal::SUSPEND) => self.suspend(notices)?,
                RuntimeNotice::Signal(ProcessSignal::CONTINUE) => {
                    self.terminal.enter()?;
                    None
                }
                RuntimeNotice::Signal(signal) => Some(PickOutcome::Signal(signal)),
                RuntimeNotice::Sound(_)
                | RuntimeNotice::Voice(_)
                | RuntimeNotice::Log(_)
                | RuntimeNotice::Awake(_) => None,
            };
            if let Some(choice) = choice {
                return Ok(choice);
            }
        }
    }

    /// Finds out what the marked workout is: a key may run it.
    fn settle(&mut self) {
        while self.picker.is_waiting() && self.shelf.answer(&mut self.picker) {}
    }

    /// The next thing that happens. Nothing where there is only something new to be seen: workouts that were read
    /// while nobody typed, or files that have changed.
    fn next(&mut self, notices: &Receiver<RuntimeNotice>) -> Option<RuntimeNotice> {
        match notices.try_recv() {
            Ok(notice) => return Some(notice),
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return Some(RuntimeNotice::InputClosed),
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
            Err(RecvTimeoutError::Disconnected) => Some(RuntimeNotice::InputClosed),
        }
    }

    /// As long as `typed` is held nobody reads the keyboard but an editor.
    fn typed(
        &mut self,
        typed: &TypedInput,
        notices: &Receiver<RuntimeNotice>,
    ) -> io::Result<Option<PickOutcome>> {
        for input in &typed.inputs {
            if let Input::Resize(width, height) = input {
                self.terminal.resize(*width, *height);
            }
            match self.picker.input(input) {
                Some(PageRequest::Done(PickerRequest::Run { name, sequence })) => {
                    return Ok(Some(PickOutcome::Run(name, sequence)));
                }
                Some(PageRequest::Done(PickerRequest::Quit)) => return Ok(Some(PickOutcome::Leave)),
                Some(PageRequest::Interrupt) => {
                    return Ok(Some(PickOutcome::Signal(ProcessSignal::INTERRUPT)));
                }
                Some(PageRequest::Suspend) => {
                    if let Some(choice) = self.suspend(notices)? {
                        return Ok(Some(choice));
                    }
                }
                // What was typed behind it was not meant for the list.
                Some(PageRequest::Done(wish @ (PickerRequest::Edit(_) | PickerRequest::New(_)))) => {
                    return self.edit(&wish).map(|()| None);
                }
                None => {}
            }
            self.settle();
        }
        Ok(None)
    }

    fn edit(&mut self, wish: &PickerRequest) -> io::Result<()> {
        let Some(editor) = self.editor() else { return Ok(()) };
        match wish {
            PickerRequest::Edit(name) => self.open(self.own_copy(name), &editor),
            PickerRequest::New(name) => self.open(editor::new_file(name), &editor),
            _ => Ok(()),
        }
    }

    /// The user's file of this workout, made now if it is a built-in one.
    fn own_copy(&self, name: &str) -> Result<OwnFile, LibraryError> {
        match self.shelf.find(name) {
            Some(workout) => editor::own_copy(workout),
            None => Err(LibraryError {
                problem: format!("`{name}` is gone"),
                help: "n starts a new one".to_string(),
            }),
        }
    }

    /// Opens the user's editor on a file, and comes back to what is in it then.
    fn open(&mut self, file: Result<OwnFile, LibraryError>, editor: &Editor) -> io::Result<()> {
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
        Editor::of_the_user().map_err(|what_to_set| self.picker.back_to_list(what_to_set)).ok()
    }

    fn suspend(&mut self, notices: &Receiver<RuntimeNotice>) -> io::Result<Option<PickOutcome>> {
        self.terminal.leave()?;
        match runtime::suspend(notices) {
            Some(signal) => Ok(Some(PickOutcome::Signal(signal))),
            None => self.terminal.enter().map(|()| None),
        }
    }
}
