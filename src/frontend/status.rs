//! The state of everything around a session: sound, log, clock speed, sleep.

use crate::audio::volume::Volume;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::units::{Millis, Rehearsal};
use chrono::{NaiveTime, TimeDelta};
use std::fmt;

/// The state of everything around a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The destination of the sound.
    pub sound: SoundStatus,
    /// The volume.
    pub volume: Volume,
    /// The state of the session's log entry.
    pub log: LogStatus,
    /// The speed of the session's clock.
    pub rehearsal: Rehearsal,
    /// The time of day, if it is known.
    pub time: Option<NaiveTime>,
    /// The reason why the machine may go to sleep during the session; `None` if it is kept awake.
    pub may_sleep: Option<String>,
}

impl Status {
    /// Says where sound goes, and warns if the machine may go to sleep: in full first, then in fewer words, none of which is
    /// ever cut.
    pub fn device_lines(&self, keymap: &Keymap) -> Vec<String> {
        let unmutes = || format!("muted: {} unmutes", keymap.label(KeyContext::Running, Action::Mute));
        let [whole, short, shortest] = match (self.volume.muted, &self.sound) {
            (true, SoundStatus::Silent(why)) => {
                [format!("{} · no sound: flash ({why})", unmutes()), unmutes(), "muted".to_string()]
            }
            (true, sound) => [format!("{} · {sound}", unmutes()), unmutes(), "muted".to_string()],
            (false, sound @ SoundStatus::Silent(_)) => {
                [sound.to_string(), SoundStatus::SILENT.to_string(), "no sound".to_string()]
            }
            (false, sound) => [(); 3].map(|()| sound.to_string()),
        };
        match &self.may_sleep {
            Some(why) => vec![
                format!("this machine may go to sleep: {} · {whole}", clean(why)),
                format!("this machine may go to sleep: {}", clean(why)),
                format!("may go to sleep · {short}"),
                "may go to sleep".to_string(),
            ],
            None => vec![whole, short, shortest],
        }
    }

    /// True if the terminal's bell replaces sound. A runner who mutes the sound wants no bell either; the flash stays.
    pub fn wants_bell(&self) -> bool {
        self.sound.is_silent() && !self.volume.muted
    }

    /// Returns the time of day after this much more session time.
    pub fn time_after(&self, session_time: Millis) -> Option<NaiveTime> {
        let real = self.rehearsal.real_time(session_time);
        Some(self.time?.overflowing_add_signed(TimeDelta::from_std(real).ok()?).0)
    }
}

/// The state of a session's log entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LogStatus {
    /// Everything is in the log, at most a second late.
    #[default]
    Written,
    /// Events wait in memory until they can be written.
    Waiting {
        /// The reason: `the disk is full`.
        problem: String,
        /// The way out: `free some space`.
        help: String,
    },
}

impl LogStatus {
    /// The line in full, and then in fewer words.
    pub fn lines(&self) -> Vec<String> {
        let short = match self {
            LogStatus::Written => "log: written".to_string(),
            LogStatus::Waiting { problem, .. } => format!("not saved yet: {problem}"),
        };
        let shortest = if self.is_written() { "saved" } else { "not saved yet" };
        vec![self.to_string(), short, shortest.to_string()]
    }

    /// True if nothing waits.
    pub fn is_written(&self) -> bool {
        matches!(self, LogStatus::Written)
    }
}

/// One line for the runner.
impl fmt::Display for LogStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LogStatus::Written => f.write_str("log: written"),
            LogStatus::Waiting { problem, help } => write!(f, "not saved yet: {problem} – {help}"),
        }
    }
}

/// The destination of the sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundStatus {
    /// The connection is being opened.
    Opening,
    /// To this server.
    Heard(String),
    /// Nowhere, for this reason: the terminal's bell and a flash replace it.
    Silent(String),
    /// Nowhere, because the runner turned it off: nothing replaces it.
    Off,
}

impl SoundStatus {
    /// Says that the terminal's bell and a flash replace the sound.
    const SILENT: &str = "no sound: bell and flash";

    /// True if something has to replace the sound.
    pub fn is_silent(&self) -> bool {
        matches!(self, SoundStatus::Silent(_))
    }
}

/// One line for the runner.
impl fmt::Display for SoundStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SoundStatus::Opening => f.write_str("sound: opening"),
            SoundStatus::Heard(server) => write!(f, "sound: {server}"),
            SoundStatus::Silent(why) => write!(f, "{} ({why})", SoundStatus::SILENT),
            SoundStatus::Off => f.write_str("sound: off"),
        }
    }
}
