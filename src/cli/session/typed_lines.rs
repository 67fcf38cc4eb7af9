//! Lines from a keyboard whose keys are already being listened to. The terminal echoes and edits them; each arrives
//! as the keys of a whole line.
//!
//! Where nobody types for a minute they end like a file: a session that runs by itself, on a terminal that nobody sits
//! at, is logged and does not wait for ever. Whoever comes back later finds it in the log, where it can be answered.

use super::page_host::PageHost;
use crate::keymap;
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crossterm::event::{Event as Input, KeyCode};
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// So long without a key, and nobody is there.
const NOBODY: Duration = Duration::from_secs(60);

/// Reads them. It ends like a file where the program is told to end.
pub struct TypedLines<'a> {
    stage: &'a PageHost,
    /// Keys that came with an earlier line.
    ahead: VecDeque<KeyCode>,
    line: Vec<u8>,
    read: usize,
    /// What ended it.
    pub signal: Option<ProcessSignal>,
}

impl<'a> TypedLines<'a> {
    /// From the keyboard that the stage listens to. The terminal must have been given back.
    pub fn new(stage: &'a PageHost) -> Self {
        TypedLines { stage, ahead: VecDeque::new(), line: Vec::new(), read: 0, signal: None }
    }

    fn next_line(&mut self) {
        let mut line = String::new();
        while self.signal.is_none() && !self.stage.nobody.get() {
            while let Some(key) = self.ahead.pop_front() {
                match key {
                    KeyCode::Enter => {
                        line.push('\n');
                        (self.line, self.read) = (line.into_bytes(), 0);
                        return;
                    }
                    KeyCode::Tab => line.push('\t'),
                    KeyCode::Char(c) => line.push(c),
                    _ => {}
                }
            }
            self.wait();
        }
        (self.line, self.read) = (Vec::new(), 0);
    }

    fn wait(&mut self) {
        match self.stage.notices().recv_timeout(NOBODY) {
            Ok(RuntimeNotice::Input(typed)) => {
                for input in &typed.inputs {
                    match input {
                        Input::Key(key) if keymap::typed(key).is_some() || key.modifiers.is_empty() => {
                            self.ahead.push_back(key.code);
                        }
                        _ => {}
                    }
                }
            }
            // A program that is suspended here has the terminal as it was.
            Ok(RuntimeNotice::Signal(ProcessSignal::SUSPEND)) => {
                self.signal = runtime::suspend(self.stage.notices());
            }
            Ok(
                RuntimeNotice::Signal(ProcessSignal::CONTINUE)
                | RuntimeNotice::Sound(_)
                | RuntimeNotice::Voice(_)
                | RuntimeNotice::Log(_)
                | RuntimeNotice::Awake(_),
            ) => {}
            Ok(RuntimeNotice::Signal(signal)) => self.signal = Some(signal),
            Err(RecvTimeoutError::Timeout) => self.stage.nobody.set(true),
            Ok(RuntimeNotice::InputClosed) | Err(RecvTimeoutError::Disconnected) => {
                self.signal = Some(ProcessSignal::HANGUP)
            }
        }
    }
}

impl Read for TypedLines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.fill_buf()?.read(buffer)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for TypedLines<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read >= self.line.len() {
            self.next_line();
        }
        Ok(self.line.get(self.read..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.read += count;
    }
}
