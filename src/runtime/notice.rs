//! Everything that can wake the event loop.

use super::keyboard::TypedInput;
use super::process_signal::ProcessSignal;
use crate::frontend::LogStatus;
use crate::{audio, history, keep_awake, voice};

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
    /// Tells if the machine stays awake.
    Awake(keep_awake::KeepAwakeNotice),
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
