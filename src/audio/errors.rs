//! What can go wrong between this program and a loudspeaker, as data, and its words.

#[cfg(not(target_os = "linux"))]
use crate::text::clean;
#[cfg(target_os = "linux")]
use pulseaudio::protocol::{ProtocolError, PulseError};
use std::fmt;
use std::io;

/// Why there is no sound.
#[derive(Debug)]
pub enum SoundError {
    /// Nothing answers where a server would.
    NoServer,
    /// A server answers and says no.
    #[cfg(target_os = "linux")]
    Refused(PulseError),
    /// A server answers in a way that this program does not understand.
    #[cfg(target_os = "linux")]
    Strange,
    /// The server ended, or the connection to it broke.
    Gone,
    /// The server took the stream away, as it does when the last output is removed.
    Killed,
    /// The server keeps the connection open and says nothing.
    Hung,
    /// The output takes no samples: it sleeps, or another program has it.
    Asleep,
    /// The system has no output.
    #[cfg(not(target_os = "linux"))]
    NoOutput,
    /// The output cannot be opened, the system says, for this reason.
    #[cfg(not(target_os = "linux"))]
    Device(String),
    /// The output does not play at the rate of the samples.
    #[cfg(not(target_os = "linux"))]
    Rate,
    /// `aplay` is not installed.
    NoPlayer,
    /// `aplay` ended, with these last words.
    #[cfg(target_os = "linux")]
    Ended(String),
    /// There is no sound server, nor anything else, for this reason.
    #[cfg(target_os = "linux")]
    Nothing(String),
    /// The runner chose the bell.
    Chosen,
    /// The system did not give this program what it needs.
    System(io::Error),
}

impl From<io::Error> for SoundError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => SoundError::Hung,
            _ => SoundError::Gone,
        }
    }
}

#[cfg(target_os = "linux")]
impl From<ProtocolError> for SoundError {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Io(error) => error.into(),
            ProtocolError::ServerError(error) => SoundError::Refused(error),
            _ => SoundError::Strange,
        }
    }
}

impl fmt::Display for SoundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SoundError::NoServer => "no sound server is running: start PulseAudio or PipeWire",
            #[cfg(target_os = "linux")]
            SoundError::Refused(PulseError::AccessDenied | PulseError::AuthKey) => {
                "the sound server does not let this user in: start it as the same user"
            }
            #[cfg(target_os = "linux")]
            SoundError::Refused(PulseError::NoEntity) => {
                "the sound server has no output: plug in or switch on a speaker"
            }
            #[cfg(target_os = "linux")]
            SoundError::Refused(_) => "the sound server refused to play: restart it",
            #[cfg(target_os = "linux")]
            SoundError::Strange => "the sound server speaks an unknown protocol: update it",
            SoundError::Gone => "the sound server went away: restart it",
            SoundError::Killed => "the sound output was removed: plug in or switch on a speaker",
            SoundError::Hung => "the sound server does not answer: restart it",
            SoundError::Asleep => "the sound output is asleep or taken by another program: wake it up",
            #[cfg(not(target_os = "linux"))]
            SoundError::NoOutput => "there is no sound output: plug in or switch on a speaker",
            #[cfg(not(target_os = "linux"))]
            SoundError::Device(why) => return write!(f, "the sound output cannot be used: {}", clean(why)),
            #[cfg(not(target_os = "linux"))]
            SoundError::Rate => "the sound output is not set to 48 kHz: set it so in the system's settings",
            SoundError::NoPlayer => "aplay is not installed: install alsa-utils",
            #[cfg(target_os = "linux")]
            SoundError::Ended(last) => return write!(f, "aplay ended: {last}"),
            #[cfg(target_os = "linux")]
            SoundError::Nothing(why) => {
                return write!(f, "no sound server is running: start PulseAudio or PipeWire ({why})");
            }
            SoundError::Chosen => "as chosen",
            SoundError::System(error) => return write!(f, "no sound from this system: {error}"),
        })
    }
}
