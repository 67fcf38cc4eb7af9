//! Everything that can wake the event loop.

use super::process_signal::ProcessSignal;
use crate::frontend::LogStatus;
use crate::{audio, history, keep_awake, radio, voice};
use crossterm::event::Event as Input;
use std::sync::mpsc::Sender;

/// Something that happened outside the session.
#[derive(Debug)]
pub enum RuntimeNotice {
    /// Keys, clicks, or a new window size.
    Input(TypedInput),
    /// The terminal was closed: no more input will come.
    InputClosed,
    /// A signal from the operating system.
    Signal(ProcessSignal),
    /// News from the sound player.
    Sound(audio::PlayerNotice),
    /// Speech that is ready to be played.
    Voice(voice::SpeechNotice),
    /// News from the log.
    Log(history::JournalNotice),
    /// News from the radio.
    Sensor(radio::News),
    /// Tells if the machine stays awake.
    Awake(keep_awake::KeepAwakeNotice),
}

/// A batch of input. While it exists, nothing reads from the terminal.
///
/// A program started on the same terminal in the meantime gets every key from the first one on, and no thread has to
/// be woken or stopped for it.
#[derive(Debug)]
pub struct TypedInput {
    /// The inputs in the order they were made; never empty.
    pub inputs: Vec<Input>,
    /// Dropping it makes the keyboard thread read on.
    _reader: Sender<()>,
}

impl TypedInput {
    /// A batch that disconnects `reader` when it is dropped.
    pub(super) fn new(inputs: Vec<Input>, reader: Sender<()>) -> Self {
        TypedInput { inputs, _reader: reader }
    }
}

impl From<history::JournalNotice> for LogStatus {
    fn from(notice: history::JournalNotice) -> LogStatus {
        match notice {
            history::JournalNotice::Saved => LogStatus::Written,
            history::JournalNotice::Retrying(error) => error.into(),
        }
    }
}

impl From<history::LogError> for LogStatus {
    fn from(error: history::LogError) -> LogStatus {
        LogStatus::Waiting { problem: error.problem, help: error.help }
    }
}
