//! Lines typed on a keyboard whose keys are already being listened to. The terminal echoes and edits them, so each
//! line arrives whole, as the keys that made it.
//!
//! After a minute without a key the input ends like a file. A session that runs on a terminal with nobody in front of
//! it is then logged instead of waiting forever, and its questions can be answered later in the log.

use super::page_host::PageHost;
use crate::cli::failure::Failure;
use crate::keymap;
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crossterm::event::{Event as Input, KeyCode};
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// The time without a key after which nobody is assumed to be there.
const NOBODY_AFTER: Duration = Duration::from_secs(60);

/// A reader of typed lines. It ends like a file when the program is told to end.
pub struct TypedLines<'a, 'c> {
    host: &'a PageHost<'c>,
    /// Keys that came with an earlier line.
    pending: VecDeque<KeyCode>,
    line: Vec<u8>,
    read: usize,
    signal: Option<ProcessSignal>,
}

impl<'a, 'c> TypedLines<'a, 'c> {
    /// Lines from the keyboard that `host` listens to. Restore the terminal first.
    pub fn new(host: &'a PageHost<'c>) -> Self {
        TypedLines { host, pending: VecDeque::new(), line: Vec::new(), read: 0, signal: None }
    }

    /// Returns an error if a signal ended the input.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] with that signal.
    pub fn finish(self) -> Result<(), Failure> {
        self.signal.map_or(Ok(()), |signal| Err(Failure::Interrupted(signal)))
    }

    fn next_line(&mut self) {
        let mut line = String::new();
        while self.signal.is_none() && !self.host.nobody_types.get() {
            while let Some(key) = self.pending.pop_front() {
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
        match self.host.notices().recv_timeout(NOBODY_AFTER) {
            Ok(RuntimeNotice::Input(typed)) => {
                for input in &typed.inputs {
                    match input {
                        Input::Key(key) if keymap::typed(key).is_some() || key.modifiers.is_empty() => {
                            self.pending.push_back(key.code);
                        }
                        _ => {}
                    }
                }
            }
            // The terminal is in its usual mode here, so there is nothing to restore first.
            Ok(RuntimeNotice::Signal(ProcessSignal::SUSPEND)) => {
                self.signal = runtime::suspend(self.host.notices());
            }
            Ok(
                RuntimeNotice::Signal(ProcessSignal::CONTINUE)
                | RuntimeNotice::Sound(_)
                | RuntimeNotice::Voice(_)
                | RuntimeNotice::Log(_)
                | RuntimeNotice::Awake(_)
                | RuntimeNotice::Sensor(_),
            ) => {}
            Ok(RuntimeNotice::Signal(signal)) => self.signal = Some(signal),
            Err(RecvTimeoutError::Timeout) => self.host.nobody_types.set(true),
            Ok(RuntimeNotice::InputClosed) | Err(RecvTimeoutError::Disconnected) => {
                self.signal = Some(ProcessSignal::HANGUP);
            }
        }
    }
}

impl Read for TypedLines<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for TypedLines<'_, '_> {
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
