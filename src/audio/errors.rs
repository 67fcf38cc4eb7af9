//! The reasons for a lack of sound, and their wording.

use crate::text::clean;
use std::fmt;

/// The reason why there is no sound. Its text also says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundError {
    /// No sound server is listening.
    NoServer,
    /// No sound server is listening, and the fallback failed too.
    NoServerNorFallback(Box<SoundError>),
    /// The sound server rejects this user.
    AccessDenied,
    /// The sound server refused the stream.
    ServerRefused,
    /// The sound server sends messages that this program does not understand.
    UnknownProtocol,
    /// The sound server ended, or the connection to it broke.
    ServerGone,
    /// The sound server keeps the connection open but does not respond.
    ServerHung,
    /// The system has no output.
    NoOutput,
    /// The server took the stream away, as it does when the last output is removed.
    StreamRemoved,
    /// The output takes no samples: it is suspended, or another program uses it.
    OutputStalled,
    /// The output cannot be opened. Holds the system's own words.
    DeviceUnusable(String),
    /// The output cannot run at [`super::signal_synth::SAMPLE_RATE`].
    UnsupportedRate,
    /// `aplay` is not installed.
    AplayMissing,
    /// `aplay` ended. Holds its last words.
    AplayEnded(String),
    /// The output takes samples faster than they can be played, as the null device of ALSA does.
    OutputDiscardsSound,
    /// The user chose the terminal bell.
    BellChosen,
    /// The operating system denied this program a thread, a process or the like. Holds the system's own words.
    System(String),
}

impl fmt::Display for SoundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SoundError::NoServer => "no sound server is running: start PulseAudio or PipeWire",
            SoundError::NoServerNorFallback(fallback) => {
                return write!(f, "{} ({fallback})", SoundError::NoServer);
            }
            SoundError::AccessDenied => {
                "the sound server rejects this user: start it as the user who runs pacebell"
            }
            SoundError::ServerRefused => "the sound server refused to play: restart it",
            SoundError::UnknownProtocol => "the sound server speaks an unknown protocol: update it",
            SoundError::ServerGone => "the sound server stopped: restart it",
            SoundError::ServerHung => "the sound server is not responding: restart it",
            SoundError::NoOutput => "there is no sound output: plug in or switch on a speaker",
            SoundError::StreamRemoved => "the sound output was removed: plug in or switch on a speaker",
            SoundError::OutputStalled => {
                "the sound output is asleep or in use: wake it, or close the program that uses it"
            }
            SoundError::DeviceUnusable(words) => {
                return write!(f, "the sound output cannot be used: {}", clean(words));
            }
            SoundError::UnsupportedRate => {
                "the sound output does not run at 48 kHz: set it to 48 kHz in the system settings"
            }
            SoundError::AplayMissing => "aplay is not installed: install alsa-utils",
            SoundError::AplayEnded(words) => return write!(f, "aplay ended: {words}"),
            SoundError::OutputDiscardsSound => {
                "the sound output discards sound instead of playing it: choose another one"
            }
            SoundError::BellChosen => "as configured",
            SoundError::System(words) => return write!(f, "the system reported an error: {}", clean(words)),
        })
    }
}
