//! The thread that reads the keyboard.

use super::notice::{RuntimeNotice, TypedInput};
use super::threads::start_thread;
use crossterm::event::Event as Input;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// The most inputs handed over at once.
const BATCH: usize = 1024;

/// Starts a thread that sends every key press, click and change of window size.
///
/// # Errors
/// If no thread can be started.
pub fn listen_to_keys(notices: Sender<RuntimeNotice>) -> io::Result<()> {
    start_thread("keys", move || {
        while let Ok(inputs) = read_batch() {
            let (reader, dropped) = mpsc::channel();
            if notices.send(RuntimeNotice::Input(TypedInput::new(inputs, reader))).is_err() {
                return;
            }
            // Nothing is ever sent: this returns once the batch is dropped.
            let _ = dropped.recv();
        }
        // Fails only when the loop has already ended.
        let _ = notices.send(RuntimeNotice::InputClosed);
    })
}

/// Waits for an input, then takes whatever else is already there.
fn read_batch() -> io::Result<Vec<Input>> {
    let mut inputs = vec![crossterm::event::read()?];
    while inputs.len() < BATCH && crossterm::event::poll(Duration::ZERO)? {
        inputs.push(crossterm::event::read()?);
    }
    Ok(inputs)
}
