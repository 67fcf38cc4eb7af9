//! Shows pages on the terminal, one after the other, until something comes of each.

use super::run::theme;
use crate::cli::failure::Failure;
use crate::clock::Clock;
use crate::cues::Verbosity;
use crate::frontend::Log;
use crate::runtime::{self, Notice};
use crate::tui::screens::page::{Page, Wish};
use crate::tui::term::terminal::Terminal;
use crossterm::event::Event as Input;
use std::cell::Cell;
use std::io::{self, Stdout};
use std::sync::mpsc::{self, Receiver, Sender};

/// The terminal with its keyboard, and everything else that can wake the program.
pub struct Stage {
    terminal: Terminal<Stdout>,
    notices: Receiver<Notice>,
    sender: Sender<Notice>,
    listens: bool,
    /// Whether what happens is being kept, as was last heard.
    pub log: Log,
    /// How much is said, where the runner has said so.
    pub voice: Option<Verbosity>,
    /// A question has waited for lines, and nobody has typed any.
    pub nobody: Cell<bool>,
    /// Tells pages when each input came.
    clock: Clock,
}

/// What came of a page.
pub enum Shown<T> {
    /// Its outcome.
    Done(T),
    /// A signal that ends the program.
    Signal(i32),
}

impl Stage {
    /// A stage before its first page. Signals are caught from here on.
    pub fn new() -> Result<Self, Failure> {
        let (sender, notices) = mpsc::channel();
        runtime::listen_to_signals(sender.clone())?;
        let terminal = Terminal::new(io::stdout(), theme());
        Ok(Stage {
            terminal,
            notices,
            sender,
            listens: false,
            log: Log::Written,
            voice: None,
            nobody: Cell::new(false),
            clock: Clock::start(1.0),
        })
    }

    /// Where everything that wakes the program is to be sent.
    pub fn sender(&self) -> Sender<Notice> {
        self.sender.clone()
    }

    /// Where it arrives.
    pub fn notices(&self) -> &Receiver<Notice> {
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
            Notice::InputClosed => true,
            Notice::Signal(signal) => ![runtime::SUSPEND, runtime::CONTINUE].contains(&signal),
            _ => false,
        })
    }

    /// Shows a page until something comes of it. The terminal stays taken for the next one.
    pub fn show<P: Page>(&mut self, page: &mut P) -> Result<Shown<P::Outcome>, Failure> {
        self.watch(page, |_| {})
    }

    /// The same, with word of every input that the page has taken.
    pub fn watch<P: Page>(
        &mut self,
        page: &mut P,
        mut taken: impl FnMut(&P),
    ) -> Result<Shown<P::Outcome>, Failure> {
        let shown = self.turn(page, &mut taken);
        match shown {
            Err(failure) => runtime::signal_on_its_way(&self.notices).map(Shown::Signal).ok_or(failure),
            shown => shown,
        }
    }

    fn turn<P: Page>(
        &mut self,
        page: &mut P,
        taken: &mut dyn FnMut(&P),
    ) -> Result<Shown<P::Outcome>, Failure> {
        self.terminal.heed_clicks(P::CLICKS);
        self.terminal.enter()?;
        self.listen();
        page.log(&self.log);
        loop {
            self.terminal.draw(|buf| page.draw(buf))?;
            // The stage holds a sender of its own: there is always somebody to wait for.
            let Ok(notice) = self.notices.recv() else { return Ok(Shown::Signal(runtime::HANGUP)) };
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

    fn take<P: Page>(&mut self, notice: Notice, page: &mut P) -> Result<Option<Shown<P::Outcome>>, Failure> {
        match notice {
            Notice::Input(typed) => {
                page.at(self.clock.now());
                for input in &typed.inputs {
                    if let Input::Resize(width, height) = *input {
                        self.terminal.resize(width, height);
                    }
                    match page.input(input) {
                        Some(Wish::Done(outcome)) => return Ok(Some(Shown::Done(outcome))),
                        Some(Wish::Interrupt) => return Ok(Some(Shown::Signal(runtime::INTERRUPT))),
                        Some(Wish::Suspend) => return self.suspend(),
                        None => {}
                    }
                }
                Ok(None)
            }
            Notice::InputClosed => Ok(Some(Shown::Signal(runtime::HANGUP))),
            Notice::Signal(runtime::SUSPEND) => self.suspend(),
            Notice::Signal(runtime::CONTINUE) => {
                self.terminal.enter()?;
                Ok(None)
            }
            Notice::Signal(signal) => Ok(Some(Shown::Signal(signal))),
            Notice::Sound(_) | Notice::Voice(_) | Notice::Awake(_) => Ok(None),
            Notice::Log(news) => {
                self.log = news.into();
                page.log(&self.log);
                Ok(None)
            }
        }
    }

    fn suspend<T>(&mut self) -> Result<Option<Shown<T>>, Failure> {
        self.terminal.leave()?;
        if let Some(signal) = runtime::suspend(&self.notices) {
            return Ok(Some(Shown::Signal(signal)));
        }
        self.terminal.enter()?;
        Ok(None)
    }
}
