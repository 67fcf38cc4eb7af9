//! The thread that writes frames, so that a terminal that stops reading delays nothing but its own picture.
//!
//! Frames wait in a mailbox with one place, where a newer frame replaces an older one. However long the terminal does
//! not read, it then shows the newest frame, and not a film of what it has missed.

use super::frame_writer::{FrameWriter, ScreenFrame};
use super::tty_output::{TtyOutput, WriteLimit, discard_unread_output};
use crate::tui::theme::Theme;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The time that the terminal has to take the last frame.
const LAST_FRAME: Duration = Duration::from_millis(500);
/// The time that the thread has to notice that it should give up, and that the terminal has to take the bytes that
/// restore it.
const GIVING_UP: Duration = Duration::from_millis(300);
/// Ends an escape sequence that was only half written.
const CANCEL: &[u8] = b"\x18";

/// The place where the newest frame waits to be written.
#[derive(Debug, Default)]
struct MailboxState {
    frame: Option<ScreenFrame>,
    /// True once no more frames will come.
    is_closing: bool,
    /// True once the thread has ended.
    has_ended: bool,
    /// The error that ended the thread.
    failure: Option<io::Error>,
    /// True once the terminal has its previous title saved.
    has_saved_title: bool,
}

/// The connection to the thread that writes frames.
#[derive(Debug, Default)]
pub(super) struct FrameMailbox {
    state: Mutex<MailboxState>,
    changed: Condvar,
    gives_up: Arc<AtomicBool>,
}

impl FrameMailbox {
    /// Starts a thread that writes to the terminal on standard output.
    ///
    /// # Errors
    /// If the terminal cannot be opened, or no thread can be started.
    pub fn start(fills: bool, theme: Theme) -> io::Result<Arc<FrameMailbox>> {
        let mailbox = Arc::new(FrameMailbox::default());
        let out = TtyOutput::open(WriteLimit::Until(Arc::clone(&mailbox.gives_up)))?;
        let mut writer = FrameWriter::new(out, fills, theme);
        writer.has_title = supports_titles();
        let thread = MailboxReader(Arc::clone(&mailbox));
        thread::Builder::new().name("frames".to_string()).spawn(move || thread.write_frames(writer))?;
        Ok(mailbox)
    }

    fn lock(&self) -> MutexGuard<'_, MailboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands over a frame. It replaces one that was not written yet.
    ///
    /// # Errors
    /// If an earlier frame could not be written.
    pub fn put(&self, frame: ScreenFrame) -> io::Result<()> {
        let mut state = self.lock();
        if let Some(error) = state.failure.take() {
            return Err(error);
        }
        if state.has_ended {
            return Err(io::Error::other("the thread that draws has ended"));
        }
        match &mut state.frame {
            Some(waiting) => waiting.supersede(frame),
            None => state.frame = Some(frame),
        }
        self.changed.notify_all();
        Ok(())
    }

    /// Ends the thread, then writes the bytes that `restore` makes; it is told if a title was saved. The terminal has
    /// a moment to take the last frame. If it does not read, what it has not read yet is dropped.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn close(&self, restore: impl FnOnce(&mut Vec<u8>, bool) -> io::Result<()>) -> io::Result<()> {
        let (is_complete, has_saved_title) = self.end_thread();
        let mut bytes = Vec::new();
        if !is_complete {
            bytes.extend_from_slice(CANCEL);
        }
        restore(&mut bytes, has_saved_title)?;
        TtyOutput::open(WriteLimit::For(GIVING_UP))?.write_all(&bytes)
    }

    /// Ends the thread. Returns if all was written, and if a title was saved.
    fn end_thread(&self) -> (bool, bool) {
        let mut state = self.lock();
        state.is_closing = true;
        self.changed.notify_all();
        let wait = |state, limit| {
            let ended =
                self.changed.wait_timeout_while(state, limit, |state: &mut MailboxState| !state.has_ended);
            ended.unwrap_or_else(PoisonError::into_inner).0
        };
        state = wait(state, LAST_FRAME);
        let is_complete = state.has_ended;
        if !is_complete {
            self.gives_up.store(true, Ordering::Relaxed);
            discard_unread_output();
            state = wait(state, GIVING_UP);
            discard_unread_output();
        }
        (is_complete, state.has_saved_title)
    }

    /// Waits for a frame. Returns `None` if no more will come.
    fn take(&self) -> Option<ScreenFrame> {
        let waits = |state: &mut MailboxState| state.frame.is_none() && !state.is_closing;
        let state = self.changed.wait_while(self.lock(), waits);
        state.unwrap_or_else(PoisonError::into_inner).frame.take()
    }
}

/// False for the Linux console and dumb terminals, which would print the bytes of a title.
fn supports_titles() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb")
}

/// The thread's end of the mailbox. Dropping it, even by a panic, tells that the thread has ended.
struct MailboxReader(Arc<FrameMailbox>);

impl MailboxReader {
    fn write_frames(self, mut writer: FrameWriter<TtyOutput>) {
        while let Some(frame) = self.0.take() {
            let written = writer.write(frame);
            let mut state = self.0.lock();
            state.has_saved_title = writer.has_saved_title();
            if let Err(error) = written {
                state.failure = Some(error);
                return;
            }
        }
    }
}

impl Drop for MailboxReader {
    fn drop(&mut self) {
        self.0.lock().has_ended = true;
        self.0.changed.notify_all();
    }
}
