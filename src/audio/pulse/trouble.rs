//! What can go wrong with a sound server, as data, and its words.

use pulseaudio::protocol::{ProtocolError, PulseError};
use std::fmt;
use std::io;

/// Why there is no sound.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing answers where a server would.
    NoServer,
    /// A server answers and says no.
    Refused(PulseError),
    /// A server answers in a way that this program does not understand.
    Strange,
    /// The server ended, or the connection to it broke.
    Gone,
    /// The server took the stream away, as it does when the last output is removed.
    Killed,
    /// The system did not give this program what it needs.
    System(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(_: io::Error) -> Self {
        Trouble::Gone
    }
}

impl From<ProtocolError> for Trouble {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Io(_) => Trouble::Gone,
            ProtocolError::ServerError(error) => Trouble::Refused(error),
            _ => Trouble::Strange,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trouble::NoServer => "no sound server is running: start PulseAudio or PipeWire",
            Trouble::Refused(PulseError::AccessDenied | PulseError::AuthKey) => {
                "the sound server does not let this user in: start it as the same user"
            }
            Trouble::Refused(PulseError::NoEntity) => {
                "the sound server has no output: plug in or switch on a speaker"
            }
            Trouble::Refused(_) => "the sound server refused to play: restart it",
            Trouble::Strange => "the sound server speaks an unknown protocol: update it",
            Trouble::Gone => "the sound server went away: restart it",
            Trouble::Killed => "the sound output was removed: plug in or switch on a speaker",
            Trouble::System(error) => return write!(f, "no sound from this system: {error}"),
        })
    }
}
