//! Turns cues into sound.
//!
//! Cues are known ahead of time. They are rendered early and tied to the clock of the output device, so each one is
//! heard at its instant. Nothing is ever played "now".
//!
//! These files work on samples and do no I/O:
//!
//! - [`signal_synth`]: the samples of each signal
//! - [`volume`]: levels and pitch
//! - [`mixer`]: sounds mixed on a line of frames
//! - `clock_fit`: when each frame is heard
//! - `schedule`: the frame at which each cue begins
//! - `headphone_wake` and `keepalive_tone`: when headphones are kept awake or woken, and the tone that does it
//! - `renderer`: all of the above, as a backend plays it
//!
//! The rest does: `recording` writes a file, as `wav` or `flac`, `backend` holds the ways to reach a device, and `player_thread` finds one that
//! works and looks again whenever it is lost. A [`Player`] talks to that thread through its `player_channel`.
//!
//! Sound is not guaranteed. While there is none, a player reports why and keeps looking.

pub(crate) mod backend;
mod clock_fit;
mod errors;
mod flac;
mod headphone_wake;
mod keepalive_tone;
pub mod mixer;
mod player_channel;
mod player_thread;
pub(crate) mod recording;
mod renderer;
mod sample_writer;
mod schedule;
pub mod signal_synth;
mod sound_cue;
pub mod volume;
mod wav;

pub use errors::SoundError;
pub use sound_cue::{SoundContent, SoundCue, SpokenSamples};

use player_channel::PlayerChannel;
use player_thread::OutputCandidates;
use renderer::Renderer;
use std::fmt;
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use volume::VolumeMix;

/// The way sound is played. The names serve the settings and the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Backend {
    /// The first of these that works: a sound server, aplay, the bell.
    #[default]
    Auto,
    /// PulseAudio or PipeWire.
    Pulse,
    /// ALSA, through the aplay program.
    Alsa,
    /// The terminal bell only.
    Bell,
    /// No sound, not even the bell.
    Off,
}

/// The settings of a player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlayerSettings {
    /// The way sound is played.
    pub backend: Backend,
    /// True to keep headphones awake with an inaudible tone while a session runs.
    pub keep_awake: bool,
    /// True to wake headphones with that tone shortly before each cue.
    pub lead_in: bool,
}

impl Default for PlayerSettings {
    fn default() -> Self {
        PlayerSettings { backend: Backend::Auto, keep_awake: true, lead_in: true }
    }
}

impl PlayerSettings {
    /// Cues only, without the tone for headphones.
    pub const BARE: PlayerSettings =
        PlayerSettings { backend: Backend::Auto, keep_awake: false, lead_in: false };
}

/// The system that plays the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundSystem {
    /// PulseAudio.
    PulseAudio,
    /// PipeWire, through its PulseAudio interface.
    PipeWire,
    /// ALSA, through `aplay`.
    Alsa,
    /// Core Audio on macOS.
    CoreAudio,
    /// WASAPI on Windows.
    Windows,
}

impl fmt::Display for SoundSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SoundSystem::PulseAudio => "PulseAudio",
            SoundSystem::PipeWire => "PipeWire",
            SoundSystem::Alsa => "ALSA",
            SoundSystem::CoreAudio => "Core Audio",
            SoundSystem::Windows => "Windows",
        })
    }
}

/// A change in the state of a player. Each is sent once, when the state changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayerNotice {
    /// Cues are heard from now on, through this system.
    Ready(SoundSystem),
    /// There has been no sound so far, for this reason.
    Unavailable(SoundError),
    /// Sound worked and has stopped, for this reason.
    Lost(SoundError),
    /// Sound is turned off.
    Off,
}

/// The output device, as far as the sound server describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The server's name for it.
    pub name: Option<String>,
    /// True when the server has muted it.
    pub muted: bool,
    /// The latest time between writing a sample and hearing it.
    pub latency: Option<Duration>,
}

/// Plays cues on its own thread. Dropping the player ends the thread and cuts off whatever is sounding.
#[derive(Debug)]
pub struct Player {
    channel: Arc<PlayerChannel>,
}

impl Player {
    /// Opens a player for the current user and returns at once. `notify` reports on the player's thread whether sound
    /// works, then and later.
    pub fn open(settings: PlayerSettings, notify: impl Fn(PlayerNotice) + Send + 'static) -> Player {
        Player::start(OutputCandidates::find(settings.backend), settings, Box::new(notify))
    }

    /// Opens a player on the sound server that listens at `socket`.
    #[cfg(target_os = "linux")]
    pub fn open_at(
        socket: PathBuf,
        settings: PlayerSettings,
        notify: impl Fn(PlayerNotice) + Send + 'static,
    ) -> Player {
        let candidates = OutputCandidates { sockets: vec![socket], backend: Backend::Pulse };
        Player::start(candidates, settings, Box::new(notify))
    }

    fn start(
        candidates: OutputCandidates,
        settings: PlayerSettings,
        notify: Box<dyn Fn(PlayerNotice) + Send>,
    ) -> Player {
        let channel = Arc::new(PlayerChannel::new());
        player_thread::spawn(candidates, Renderer::new(settings, channel.clone(), notify));
        Player { channel }
    }

    /// Tells the player whether a session is running. Headphones are kept awake while it is.
    pub fn set_session_running(&self, running: bool) {
        self.channel.set_session_running(running);
    }

    /// Replaces every cue that has not sounded yet. A sound in progress fades out quickly, unless `cues` contains it
    /// unchanged. A new cue up to 400 ms late is played at once; a later one is dropped.
    pub fn announce(&self, cues: Vec<SoundCue>) {
        self.channel.announce(cues);
    }

    /// Changes the mix for everything from now on, including sound already handed to the server but not yet heard.
    pub fn set_mix(&self, mix: VolumeMix) {
        self.channel.set_mix(mix);
    }

    /// Returns what is currently known about the output device.
    pub fn device(&self) -> Device {
        self.channel.device()
    }

    /// Cuts off whatever is sounding and drops all announced cues.
    pub fn silence(&self) {
        self.announce(Vec::new());
    }

    /// Waits until the last announced cue has been heard in full, for at most `limit`.
    pub fn drain(&self, limit: Duration) {
        self.channel.drain(limit);
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Plays a cue to a sound server that says only `answers`, a few kilobytes, and then hangs up. For the fuzz targets.
#[cfg(all(fuzzing, target_os = "linux"))]
pub fn play_to_answers(answers: &[u8]) {
    let channel = Arc::new(PlayerChannel::new());
    let mut renderer = Renderer::new(PlayerSettings::default(), channel, Box::new(|_| ()));
    // It always ends with an error, at the latest when the server hangs up.
    let _ = backend::pulse::play_to_answers(answers, &mut renderer);
}
