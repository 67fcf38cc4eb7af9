//! Converts errors of the connection and of the protocol to reasons for a lack of sound.

use crate::audio::errors::SoundError;
use pulseaudio::protocol::{ProtocolError, PulseError};
use std::io;

impl From<io::Error> for SoundError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => SoundError::ServerHung,
            _ => SoundError::ServerGone,
        }
    }
}

impl From<ProtocolError> for SoundError {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Io(error) => error.into(),
            ProtocolError::ServerError(error) => error.into(),
            _ => SoundError::UnknownProtocol,
        }
    }
}

impl From<PulseError> for SoundError {
    fn from(error: PulseError) -> Self {
        match error {
            PulseError::AccessDenied | PulseError::AuthKey => SoundError::AccessDenied,
            PulseError::NoEntity => SoundError::NoOutput,
            _ => SoundError::ServerRefused,
        }
    }
}
