//! `pacebell` without a command: choose a workout from the library, edit or write one, and run it.

pub(crate) mod library;
mod own_files;

use super::checkin;
use super::profile::first_run;
use crate::agenda::CheckinChoice;
use crate::cli::checkin_words;
use crate::cli::context::Context;
use crate::cli::editor::{self, Editor, OwnFile};
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::session::display::Display;
use crate::cli::session::offer::{self, CutOffSessions, OfferOutcome};
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run::{StartMode, confirm_checklist, run_session};
use crate::clock;
use crate::keymap::{Action, KeyContext};
use crate::library::{LibraryError, LibraryWorkout, NOTATION, recent};
use crate::runtime::{self, ProcessSignal, RuntimeNotice, TypedInput};
use crate::tui::screens::page::{Page, PageRequest};
use crate::tui::screens::picker::{Picker, PickerRequest};
use crate::tui::term::terminal::Terminal;
use crate::units::Rehearsal;
use crossterm::event::Event as Input;
use library::{PickedWorkout, PickerLibrary};
use own_files::{ChangedFile, FileChanges};
use std::io::Stdout;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

/// The time between two looks for workouts that were changed elsewhere.
const REFRESH_INTERVAL: Duration = Duration::from_secs(1);
/// The workout of an easier day.
pub(crate) const EASIER: &str = "recovery-jog";
/// The number of workouts read between two frames, while some are unread.
const READ_PER_FRAME: usize = 8;

/// Runs the command. `show_plan` shows the plan that is on, and returns false to go on with the library.
pub fn pick(
    context: &Context,
    show_plan: impl FnOnce(&mut PageHost<'_>) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let mut host = PageHost::new(context, Display::Screen)?;
    first_run::ask(&mut host)?;
    host.leave()?;
    if show_plan(&mut host)? {
        return Ok(());
    }
    choose_and_run(&mut host).map(|_| ())
}

/// The end of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LibraryEnd {
    /// The runner left it.
    Left,
    /// The runner ran a workout, or decided not to at the last moment.
    Ran,
}

/// Shows the library until the runner chooses a workout or leaves, and runs the workout.
pub(super) fn choose_and_run(host: &mut PageHost<'_>) -> Result<LibraryEnd, Failure> {
    let context = host.context;
    let CutOffSessions { latest: mut unfinished, logged } = offer::find_cut_off(context);
    let profile = load_workout::profile(context)?;
    // Everything that prints warnings is done, and the terminal changes its screen while the library is listed.
    let mut terminal = Terminal::on_stdout(context.theme);
    terminal.enter()?;
    let library = PickerLibrary::list(profile, context.end_key());
    let mut picker = library.picker(context.theme);
    logged.into_iter().next().into_iter().for_each(|note| picker.say(note));
    let mut page = PickPage { library, picker, changes: FileChanges::default(), terminal };
    loop {
        page.picker.set_unfinished(unfinished.as_ref().map(|found| found.offer.clone()));
        page.picker.offer_checkin(is_checkin_open(context));
        host.listen()?;
        let choice = page.choose(host.notices());
        page.terminal.leave()?;
        let choice = choice?;
        if matches!(choice, PickChoice::Checkin) {
            let made = checkin::ask_on_page(host, checkin_words::choice_words(None))?;
            host.leave()?;
            page.terminal.enter()?;
            page.take_checkin(made);
            continue;
        }
        let found = match (choice, unfinished.take()) {
            (PickChoice::Run(picked), _) => {
                return run_picked(host, page.library, picked).map(|()| LibraryEnd::Ran);
            }
            (PickChoice::Unfinished, Some(found)) => found,
            (PickChoice::Quit | PickChoice::Unfinished | PickChoice::Checkin, _) => {
                return Ok(LibraryEnd::Left);
            }
        };
        if let OfferOutcome::Resume(session) = offer::ask(host, found)? {
            return run_session(host, StartMode::Resumed(session)).map(|()| LibraryEnd::Ran);
        }
        host.leave()?;
        unfinished = offer::find_latest(context);
        page.terminal.enter()?;
    }
}

/// Returns true if there is no check-in of today. A log that cannot be read keeps nobody from the library.
fn is_checkin_open(context: &Context) -> bool {
    let today = clock::local_time().date_naive();
    checkin_words::of_today(context, today).is_ok_and(|found| found.is_none())
}

fn run_picked(host: &mut PageHost<'_>, library: PickerLibrary, picked: PickedWorkout) -> Result<(), Failure> {
    if !confirm_checklist(host, &picked.sequence)? {
        return Ok(());
    }
    if picked.text.is_none() {
        recent::note(&picked.name);
    }
    let workout = Box::new(library.load(picked));
    run_session(host, StartMode::New(workout, Rehearsal::REAL_TIME))
}

/// The runner's choice.
enum PickChoice {
    /// Run this workout.
    Run(PickedWorkout),
    /// Check in.
    Checkin,
    /// Decide about the unfinished session.
    Unfinished,
    /// Leave.
    Quit,
}

/// The effect of a key on the page.
enum PickStep {
    /// The page stays.
    Stay,
    /// The runner made a choice.
    Done(PickChoice),
}

struct PickPage {
    library: PickerLibrary,
    picker: Picker,
    changes: FileChanges,
    terminal: Terminal<Stdout>,
}

impl PickPage {
    /// Marks the workout of the choice that a check-in ended with.
    fn take_checkin(&mut self, choice: Option<CheckinChoice>) {
        match choice {
            Some(CheckinChoice::AsPlanned) => self.picker.say("Checked in: as planned.".to_string()),
            Some(CheckinChoice::Easier) => {
                self.picker.show(EASIER);
                self.picker.say("Checked in: easier. The recovery jog is marked.".to_string());
            }
            Some(CheckinChoice::Rest) => self.picker.say("Checked in: rest today.".to_string()),
            None => {}
        }
    }

    /// Shows the page until the runner makes a choice.
    fn choose(&mut self, notices: &Receiver<RuntimeNotice>) -> Result<PickChoice, Failure> {
        loop {
            self.read_marked();
            self.terminal.draw(|buf| self.picker.draw(buf))?;
            let Some(notice) = self.next(notices) else { continue };
            match notice {
                RuntimeNotice::Input(typed) => match self.handle_input(&typed, notices)? {
                    PickStep::Done(choice) => return Ok(choice),
                    PickStep::Stay => {}
                },
                RuntimeNotice::InputClosed => return Err(Failure::Interrupted(ProcessSignal::HANGUP)),
                RuntimeNotice::Signal(ProcessSignal::SUSPEND) => self.suspend(notices)?,
                RuntimeNotice::Signal(ProcessSignal::CONTINUE) => self.terminal.enter()?,
                RuntimeNotice::Signal(signal) => return Err(Failure::Interrupted(signal)),
                RuntimeNotice::Sound(_)
                | RuntimeNotice::Voice(_)
                | RuntimeNotice::Log(_)
                | RuntimeNotice::Awake(_)
                | RuntimeNotice::Sensor(_) => {}
            }
        }
    }

    /// Reads the marked workout, because the next key may run it.
    fn read_marked(&mut self) {
        while self.picker.is_waiting() && self.library.answer(&mut self.picker) {}
    }

    /// Returns the next notice, or `None` if only the picture has to change: because workouts were read while nobody
    /// typed, or because files have changed.
    fn next(&mut self, notices: &Receiver<RuntimeNotice>) -> Option<RuntimeNotice> {
        match notices.try_recv() {
            Ok(notice) => return Some(notice),
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return Some(RuntimeNotice::InputClosed),
        }
        let read = (0..READ_PER_FRAME).take_while(|_| self.library.answer(&mut self.picker)).count();
        if read > 0 {
            return None;
        }
        match notices.recv_timeout(REFRESH_INTERVAL) {
            Ok(notice) => Some(notice),
            Err(RecvTimeoutError::Timeout) => {
                self.library.refresh(&mut self.picker, None);
                None
            }
            Err(RecvTimeoutError::Disconnected) => Some(RuntimeNotice::InputClosed),
        }
    }

    /// Handles what was typed. While `typed` is held, nothing but an editor reads the keyboard.
    fn handle_input(
        &mut self,
        typed: &TypedInput,
        notices: &Receiver<RuntimeNotice>,
    ) -> Result<PickStep, Failure> {
        for input in &typed.inputs {
            if let Input::Resize(width, height) = input {
                self.terminal.resize(*width, *height);
            }
            match self.picker.input(input) {
                Some(PageRequest::Done(PickerRequest::Run { name, sequence })) => {
                    let picked = PickedWorkout { name, text: None, sequence };
                    return Ok(PickStep::Done(PickChoice::Run(picked)));
                }
                Some(PageRequest::Done(PickerRequest::RunTyped { text, sequence })) => {
                    let name = NOTATION.to_string();
                    let picked = PickedWorkout { name, text: Some(text), sequence };
                    return Ok(PickStep::Done(PickChoice::Run(picked)));
                }
                Some(PageRequest::Done(PickerRequest::Unfinished)) => {
                    return Ok(PickStep::Done(PickChoice::Unfinished));
                }
                Some(PageRequest::Done(PickerRequest::Checkin)) => {
                    return Ok(PickStep::Done(PickChoice::Checkin));
                }
                Some(PageRequest::Done(PickerRequest::Quit)) => return Ok(PickStep::Done(PickChoice::Quit)),
                Some(PageRequest::Interrupt) => {
                    return Err(Failure::Interrupted(ProcessSignal::INTERRUPT));
                }
                Some(PageRequest::Suspend) => self.suspend(notices)?,
                // Keys typed after one that opens the editor were not meant for the list.
                Some(PageRequest::Done(PickerRequest::Edit(name))) => {
                    return self.edit(|page| page.own_copy(&name)).map(|()| PickStep::Stay);
                }
                Some(PageRequest::Done(PickerRequest::New(name))) => {
                    return self.edit(|_| editor::new_file(&name)).map(|()| PickStep::Stay);
                }
                Some(PageRequest::Done(PickerRequest::Duplicate { from, to })) => {
                    self.change(&from, |changes, workout| changes.copy(workout, &to));
                }
                Some(PageRequest::Done(PickerRequest::Rename { from, to })) => {
                    self.change(&from, |changes, workout| changes.rename(workout, &to));
                }
                Some(PageRequest::Done(PickerRequest::Delete(name))) => {
                    let key = self.picker.keymap().label(KeyContext::Picking, Action::Undo);
                    self.change(&name, |changes, workout| changes.delete(workout, key));
                }
                Some(PageRequest::Done(PickerRequest::Undo)) => {
                    let undone = self.changes.undo(self.library.workouts());
                    self.show_change(undone);
                }
                None => {}
            }
            self.read_marked();
        }
        Ok(PickStep::Stay)
    }

    /// Returns the user's file of this workout. For a built-in one it is created now.
    fn own_copy(&self, name: &str) -> Result<OwnFile, LibraryError> {
        match self.library.find(name) {
            Some(workout) => editor::own_copy(workout),
            None => Err(LibraryError {
                problem: format!("`{name}` no longer exists"),
                help: "press n to start a new one".to_string(),
            }),
        }
    }

    /// Opens the file that `find_file` returns in the user's editor, and shows afterwards what is in it.
    fn edit(
        &mut self,
        find_file: impl FnOnce(&Self) -> Result<OwnFile, LibraryError>,
    ) -> Result<(), Failure> {
        let file = match find_file(self) {
            Ok(file) => file,
            Err(error) => {
                self.picker.say(format!("{}: {}", error.problem, error.help));
                return Ok(());
            }
        };
        let editor = match Editor::of_the_user() {
            Ok(editor) => editor,
            Err(what_to_set) => {
                self.library.refresh(&mut self.picker, Some(&file.name));
                self.picker.show(&file.name);
                self.picker.back_to_list(format!("{what_to_set}. The file is {}", file.path.display()));
                return Ok(());
            }
        };
        self.terminal.leave()?;
        let message = editor.open(&file);
        self.terminal.enter()?;
        self.library.refresh(&mut self.picker, Some(&file.name));
        // Mark it, read it, and mark it again, because only then its mistakes are known.
        self.picker.show(&file.name);
        self.read_marked();
        self.picker.show(&file.name);
        if let Some(message) = message.unwrap_or_else(Some) {
            self.picker.say(message);
        }
        Ok(())
    }

    /// Changes the files of a workout, and shows the result.
    fn change(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut FileChanges, &LibraryWorkout) -> Result<ChangedFile, LibraryError>,
    ) {
        let changed = match self.library.find(name) {
            Some(workout) => change(&mut self.changes, workout),
            None => Err(LibraryError::new(format!("`{name}` no longer exists"), "choose another workout")),
        };
        self.show_change(changed);
    }

    fn show_change(&mut self, changed: Result<ChangedFile, LibraryError>) {
        match changed {
            Ok(ChangedFile { name, message }) => {
                self.library.refresh(&mut self.picker, name.as_deref());
                match name {
                    Some(name) => self.picker.show(&name),
                    None => self.picker.back_to_list(message.clone()),
                }
                if !message.is_empty() {
                    self.picker.say(message);
                }
            }
            // The field for a name stays open.
            Err(error) => self.picker.say(format!("{}: {}", error.problem, error.help)),
        }
    }

    fn suspend(&mut self, notices: &Receiver<RuntimeNotice>) -> Result<(), Failure> {
        self.terminal.leave()?;
        match runtime::suspend(notices) {
            Some(signal) => Err(Failure::Interrupted(signal)),
            None => Ok(self.terminal.enter()?),
        }
    }
}
