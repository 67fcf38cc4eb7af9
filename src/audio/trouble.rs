//! What can go wrong between this program and a loudspeaker, as data, and its words.

#[cfg(target_os = "linux")]
use pulseaudio::protocol::{ProtocolError, PulseError};
use std::fmt;
use std::io;

/// Why there is no sound.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing answers where a server would.
    NoServer,
    /// A server answers and says no.
    #[cfg(target_os = "linux")]
    Refused(PulseError),
    /// A server answers in a way that this program does not understand.
    Strange,
    /// The server ended, or the connection to it broke.
    Gone,
    /// The server took the stream away, as it does when the last output is removed.
    Killed,
    /// The server keeps the connection open and says nothing.
    Hung,
    /// The output takes no samples: it sleeps, or another program has it.
    Asleep,
    /// `aplay` is not installed.
    NoPlayer,
    /// `aplay` ended, with these last words.
    Ended(String),
    /// There is no sound server, nor anything else, for this reason.
    Nothing(String),
    /// The runner chose the bell.
    Chosen,
    /// The system did not give this program what it needs.
    System(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Trouble::Hung,
            _ => Trouble::Gone,
        }
    }
}

#[cfg(target_os = "linux")]
impl From<ProtocolError> for Trouble {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Io(error) => error.into(),
            ProtocolError::ServerError(error) => Trouble::Refused(error),
            _ => Trouble::Strange,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trouble::NoServer => "no sound server is running: start PulseAudio or PipeWire",
            #[cfg(target_os = "linux")]
            Trouble::Refused(PulseError::AccessDenied | PulseError::AuthKey) => {
                "the sound server does not let this user in: start it as the same user"
            }
            #[cfg(target_os = "linux")]
            Trouble::Refused(PulseError::NoEntity) => {
                "the sound server has no output: plug in or switch on a speaker"
            }
            #[cfg(target_os = "linux")]
            Trouble::Refused(_) => "the sound server refused to play: restart it",
            Trouble::Strange => "the sound server speaks an unknown protocol: update it",
            Trouble::Gone => "the sound server went away: restart it",
            Trouble::Killed => "the sound output was removed: plug in or switch on a speaker",
            Trouble::Hung => "the sound server does not answer: restart it",
            Trouble::Asleep => "the sound output is asleep or taken by another program: wake it up",
            Trouble::NoPlayer => "aplay is not installed: install alsa-utils",
            Trouble::Ended(last) => return write!(f, "aplay ended: {last}"),
            Trouble::Nothing(why) => {
                return write!(f, "no sound server is running: start PulseAudio or PipeWire ({why})");
            }
            Trouble::Chosen => "as chosen",
            Trouble::System(error) => return write!(f, "no sound from this system: {error}"),
        })
    }
}
