//! Shows pages on the terminal, one after the other, until something comes of each.

use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::clock::Clock;
use crate::cues::Verbosity;
use crate::frontend::LogStatus;
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crate::tui::screens::page::{Page, PageRequest};
use crate::tui::term::terminal::Terminal;
use crossterm::event::Event as Input;
use std::cell::Cell;
use std::io::{self, Stdout};
use std::sync::mpsc::{self, Receiver, Sender};

/// The terminal with its keyboard, and everything else that can wake the program.
pub struct PageHost {
    terminal: Terminal<Stdout>,
    notices: Receiver<RuntimeNotice>,
    sender: Sender<RuntimeNotice>,
    listens: bool,
    /// Whether what happens is being kept, as was last heard.
    pub log: LogStatus,
    /// How much is said, where the runner has said so.
    pub voice: Option<Verbosity>,
    /// A question has waited for lines, and nobody has typed any.
    pub nobody: Cell<bool>,
    /// Tells pages when each input came.
    clock: Clock,
}

/// What came of a page.
pub enum PageOutcome<T> {
    /// Its outcome.
    Done(T),
    /// A signal that ends the program.
    Signal(ProcessSignal),
}

impl PageHost {
    /// A stage before its first page. Signals are caught from here on.
    pub fn new() -> Result<Self, Failure> {
        let (sender, notices) = mpsc::channel();
        runtime::listen_to_signals(sender.clone())?;
        let terminal = Terminal::new(io::stdout(), theme());
        Ok(PageHost {
            terminal,
            notices,
            sender,
            listens: false,
            log: LogStatus::Written,
            voice: None,
            nobody: Cell::new(false),
            clock: Clock::start(1.0),
        })
    }

    /// Where everything that wakes the program is to be sent.
    pub fn sender(&self) -> Sender<RuntimeNotice> {
        self.sender.clone()
    }

    /// Where it arrives.
    pub fn notices(&self) -> &Receiver<RuntimeNotice> {
        &self.notices
    }

    /// Has the keyboard read from here on.
    pub fn listen(&mut self) {
        if !std::mem::replace(&mut self.listens, true) {
            runtime::listen_to_keys(self.sender.clone());
        }
    }

    /// Whether a signal has come that ends the program, among whatever else has.
    pub fn is_told_to_end(&self) -> bool {
        self.notices.try_iter().any(|notice| match notice {
            RuntimeNotice::InputClosed => true,
            RuntimeNotice::Signal(signal) => signal.ends_program(),
            _ => false,
        })
    }

    /// Shows a page until something comes of it. The terminal stays taken for the next one.
    pub fn show<P: Page>(&mut self, page: &mut P) -> Result<PageOutcome<P::Outcome>, Failure> {
        self.watch(page, |_| {})
    }

    /// The same, with word of every input that the page has taken.
    pub fn watch<P: Page>(
        &mut self,
        page: &mut P,
        mut taken: impl FnMut(&P),
    ) -> Result<PageOutcome<P::Outcome>, Failure> {
        let shown = self.turn(page, &mut taken);
        match shown {
            Err(failure) => {
                runtime::signal_after_failure(&self.notices).map(PageOutcome::Signal).ok_or(failure)
            }
            shown => shown,
        }
    }

    fn turn<P: Page>(
        &mut self,
        page: &mut P,
        taken: &mut dyn FnMut(&P),
    ) -> Result<PageOutcome<P::Outcome>, Failure> {
        self.terminal.heed_clicks(P::CLICKS);
        self.terminal.enter()?;
        self.listen();
        page.set_log(&self.log);
        loop {
            self.terminal.draw(|buf| page.draw(buf))?;
            // The stage holds a sender of its own: there is always somebody to wait for.
            let Ok(notice) = self.notices.recv() else {
                return Ok(PageOutcome::Signal(ProcessSignal::HANGUP));
            };
            let shown = self.take(notice, page)?;
            taken(page);
            if let Some(shown) = shown {
                return Ok(shown);
            }
        }
    }

    /// Gives the terminal back.
    pub fn leave(&mut self) -> Result<(), Failure> {
        Ok(self.terminal.leave()?)
    }

    fn take<P: Page>(
        &mut self,
        notice: RuntimeNotice,
        page: &mut P,
    ) -> Result<Option<PageOutcome<P::Outcome>>, Failure> {
        match notice {
            RuntimeNotice::Input(typed) => {
                page.set_time(self.clock.now());
                for input in &typed.inputs {
                    if let Input::Resize(width, height) = *input {
                        self.terminal.resize(width, height);
                    }
                    match page.input(input) {
                        Some(PageRequest::Done(outcome)) => return Ok(Some(PageOutcome::Done(outcome))),
                        Some(PageRequest::Interrupt) => {
                            return Ok(Some(PageOutcome::Signal(ProcessSignal::INTERRUPT)));
                        }
                        Some(PageRequest::Suspend) => return self.suspend(),
                        None => {}
                    }
                }
                Ok(None)
            }
            RuntimeNotice::InputClosed => Ok(Some(PageOutcome::Signal(ProcessSignal::HANGUP))),
            RuntimeNotice::Signal(ProcessSignal::SUSPEND) => self.suspend(),
            RuntimeNotice::Signal(ProcessSignal::CONTINUE) => {
                self.terminal.enter()?;
                Ok(None)
            }
            RuntimeNotice::Signal(signal) => Ok(Some(PageOutcome::Signal(signal))),
            RuntimeNotice::Sound(_) | RuntimeNotice::Voice(_) | RuntimeNotice::Awake(_) => Ok(None),
            RuntimeNotice::Log(news) => {
                self.log = news.into();
                page.set_log(&self.log);
                Ok(None)
            }
        }
    }

    fn suspend<T>(&mut self) -> Result<Option<PageOutcome<T>>, Failure> {
        self.terminal.leave()?;
        if let Some(signal) = runtime::suspend(&self.notices) {
            return Ok(Some(PageOutcome::Signal(signal)));
        }
        self.terminal.enter()?;
        Ok(None)
    }
}
