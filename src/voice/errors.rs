//! The reasons why a program did not speak, and their wording.

use crate::text::clean;
use std::fmt;

/// The reason why a speech program gave no usable sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeechError {
    /// The operating system refused. Holds its own words.
    System(String),
    /// The program took too long.
    TimedOut,
    /// The voice was closed before the program was done.
    Stopped,
    /// The program reported a failure.
    Failed,
    /// The program's output is not a WAV file with 16-bit samples.
    NotWav,
    /// The program's output contains no sound.
    Silent,
}

impl fmt::Display for SpeechError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SpeechError::System(words) => return write!(f, "it cannot be run: {}", clean(words)),
            SpeechError::TimedOut => "it took too long",
            SpeechError::Stopped => "it was stopped",
            SpeechError::Failed => "it failed",
            SpeechError::NotWav => "its output is not a 16-bit WAV file",
            SpeechError::Silent => "its output is silent",
        })
    }
}

impl From<std::io::Error> for SpeechError {
    fn from(error: std::io::Error) -> Self {
        SpeechError::System(error.to_string())
    }
}
