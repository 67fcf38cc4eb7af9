//! Shows pages on the terminal, one after the other, and feeds them input until each has an outcome.

use super::display::Display;
use super::sensor_choice::SensorChoice;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::clock::{self, Clock};
use crate::frontend::LogStatus;
use crate::keymap::{Action, KeyContext};
use crate::runtime::{self, ProcessSignal, RuntimeNotice, SensorRecorder};
use crate::tui::screens::page::{Page, PageRequest, TitledPage};
use crate::tui::term::terminal::Terminal;
use crate::units::Rehearsal;
use crossterm::event::Event as Input;
use std::cell::Cell;
use std::io::{self, Stdout};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// The terminal with its keyboard, and everything else that can wake the program.
pub struct PageHost<'a> {
    /// The surroundings of the command.
    pub context: &'a Context,
    /// The way sessions and their questions are shown.
    pub display: Display,
    /// The latest news of the log.
    pub log: LogStatus,
    /// The sensor of the next session.
    pub sensor: SensorChoice,
    /// Records the sensor of the next session.
    pub recorder: Option<SensorRecorder>,
    /// True after a question waited for a typed line in vain.
    pub nobody_types: Cell<bool>,
    terminal: Terminal<Stdout>,
    notices: Receiver<RuntimeNotice>,
    sender: Sender<RuntimeNotice>,
    listens: bool,
    /// The clock that tells pages when each input came.
    clock: Clock,
}

impl<'a> PageHost<'a> {
    /// A host that shows nothing yet. From here on signals are caught.
    ///
    /// # Errors
    /// If signals cannot be caught.
    pub fn new(context: &'a Context, display: Display) -> Result<Self, Failure> {
        let (sender, notices) = mpsc::channel();
        runtime::listen_to_signals(sender.clone())?;
        Ok(PageHost {
            context,
            display,
            log: LogStatus::Written,
            sensor: SensorChoice::default(),
            recorder: None,
            nobody_types: Cell::new(false),
            terminal: Terminal::on_stdout(context.theme),
            notices,
            sender,
            listens: false,
            clock: Clock::start(Rehearsal::REAL_TIME),
        })
    }

    /// Returns a sender for anything that is to wake the program.
    pub fn sender(&self) -> Sender<RuntimeNotice> {
        self.sender.clone()
    }

    /// Returns the receiver of everything that wakes the program.
    pub fn notices(&self) -> &Receiver<RuntimeNotice> {
        &self.notices
    }

    /// Returns ` Undo with u.`, with the runner's key for it on a page. Empty if the page has no key for it.
    pub fn undo_hint(&self, page: KeyContext) -> String {
        match self.context.theme.keymap().label(page, Action::Undo) {
            "" => String::new(),
            key => format!(" Undo with {key}."),
        }
    }

    /// Reads the keyboard from here on.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn listen(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.listens, true) {
            runtime::listen_to_keys(self.sender.clone())?;
        }
        Ok(())
    }

    /// True if a signal that ends the program has arrived, or the terminal was closed. Drops all other notices.
    pub fn is_told_to_end(&self) -> bool {
        self.notices.try_iter().any(|notice| match notice {
            RuntimeNotice::InputClosed => true,
            RuntimeNotice::Signal(signal) => signal.ends_program(),
            _ => false,
        })
    }

    /// Shows a page until it has an outcome. The terminal is kept for the next page.
    ///
    /// # Errors
    /// If a signal ends the program or the terminal fails. The terminal is restored first.
    pub fn show<P: Page>(&mut self, page: &mut P) -> Result<P::Outcome, Failure> {
        self.watch(page, |_| {})
    }

    /// Shows a page as [`PageHost::show`] does, and calls `after_input` after each input.
    ///
    /// # Errors
    /// As [`PageHost::show`].
    pub fn watch<P: Page>(
        &mut self,
        page: &mut P,
        mut after_input: impl FnMut(&P),
    ) -> Result<P::Outcome, Failure> {
        let outcome = self.run_page(page, &mut after_input).map_err(|failure| match failure {
            Failure::Interrupted(_) => failure,
            // A terminal usually fails because it was closed. The signal for that arrives a little later.
            _ => runtime::signal_after_failure(&self.notices).map_or(failure, Failure::Interrupted),
        });
        if outcome.is_err() {
            // An error here means that the terminal is gone, and then there is nothing to restore.
            let _ = self.leave();
        }
        outcome
    }

    fn run_page<P: Page>(
        &mut self,
        page: &mut P,
        after_input: &mut dyn FnMut(&P),
    ) -> Result<P::Outcome, Failure> {
        self.terminal.report_clicks(P::CLICKS);
        self.terminal.enter()?;
        self.listen()?;
        page.set_log(&self.log);
        loop {
            self.terminal.draw(|buf| page.draw(buf))?;
            // This never fails, because the host holds a sender itself.
            let notice = self.notices.recv().map_err(|_| Failure::Interrupted(ProcessSignal::HANGUP))?;
            let outcome = self.handle(notice, page)?;
            after_input(page);
            if let Some(outcome) = outcome {
                return Ok(outcome);
            }
        }
    }

    /// Shows a page as [`PageHost::show`] does, and calls `look` at the beginning and after each stretch of time. `look`
    /// returns true if the page looks different.
    ///
    /// # Errors
    /// As [`PageHost::show`], and what `look` returns.
    pub fn watch_each<P: TitledPage>(
        &mut self,
        page: &mut P,
        each: Duration,
        mut look: impl FnMut(&mut P) -> Result<bool, Failure>,
    ) -> Result<P::Outcome, Failure> {
        let outcome = self.run_watched(page, each, &mut look).map_err(|failure| match failure {
            Failure::System(_) => {
                runtime::signal_after_failure(&self.notices).map_or(failure, Failure::Interrupted)
            }
            _ => failure,
        });
        if outcome.is_err() {
            // An error here means that the terminal is gone, and then there is nothing to restore.
            let _ = self.leave();
        }
        outcome
    }

    fn run_watched<P: TitledPage>(
        &mut self,
        page: &mut P,
        each: Duration,
        look: &mut dyn FnMut(&mut P) -> Result<bool, Failure>,
    ) -> Result<P::Outcome, Failure> {
        self.terminal.report_clicks(P::CLICKS);
        self.terminal.enter()?;
        self.listen()?;
        let mut changed = true;
        let mut next = clock::monotonic();
        loop {
            let now = clock::monotonic();
            if now >= next {
                changed |= look(page)?;
                next = now + each;
            }
            if std::mem::take(&mut changed) {
                if page.take_bell() {
                    self.terminal.ring();
                }
                self.terminal.set_title(page.title());
                self.terminal.draw(|buf| page.draw(buf))?;
            }
            match self.notices.recv_timeout(next.saturating_duration_since(now)) {
                Ok(notice) => {
                    changed = true;
                    if let Some(outcome) = self.handle(notice, page)? {
                        return Ok(outcome);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::Interrupted(ProcessSignal::HANGUP));
                }
            }
        }
    }

    /// Restores the terminal.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn leave(&mut self) -> Result<(), Failure> {
        Ok(self.terminal.leave()?)
    }

    fn handle<P: Page>(
        &mut self,
        notice: RuntimeNotice,
        page: &mut P,
    ) -> Result<Option<P::Outcome>, Failure> {
        match notice {
            RuntimeNotice::Input(typed) => {
                page.set_time(self.clock.now());
                for input in &typed.inputs {
                    if let Input::Resize(width, height) = *input {
                        self.terminal.resize(width, height);
                    }
                    match page.input(input) {
                        Some(PageRequest::Done(outcome)) => return Ok(Some(outcome)),
                        Some(PageRequest::Interrupt) => {
                            return Err(Failure::Interrupted(ProcessSignal::INTERRUPT));
                        }
                        Some(PageRequest::Suspend) => {
                            self.suspend()?;
                            return Ok(None);
                        }
                        None => {}
                    }
                }
            }
            RuntimeNotice::InputClosed => return Err(Failure::Interrupted(ProcessSignal::HANGUP)),
            RuntimeNotice::Signal(ProcessSignal::SUSPEND) => self.suspend()?,
            RuntimeNotice::Signal(ProcessSignal::CONTINUE) => self.terminal.enter()?,
            RuntimeNotice::Signal(signal) => return Err(Failure::Interrupted(signal)),
            RuntimeNotice::Sound(_)
            | RuntimeNotice::Voice(_)
            | RuntimeNotice::Awake(_)
            | RuntimeNotice::Sensor(_) => {}
            RuntimeNotice::Log(news) => {
                self.log = news.into();
                page.set_log(&self.log);
            }
        }
        Ok(None)
    }

    fn suspend(&mut self) -> Result<(), Failure> {
        self.terminal.leave()?;
        if let Some(signal) = runtime::suspend(&self.notices) {
            return Err(Failure::Interrupted(signal));
        }
        Ok(self.terminal.enter()?)
    }
}
