//! From cues to sound: samples (pure), and the backends that play them (shell).
//!
//! `sound` holds the samples of each signal, `track` mixes them as loud as the `mix` says, `wav` writes them to a file; `anchor` knows when a
//! frame is heard, `programme` which cue begins at which frame, `tone` keeps headphones awake between them. `pulse`
//! speaks to a sound server, `aplay` feeds the program of that name where there is none; `desk` is what they play
//! from and `supervisor` starts them, again and again while nothing is heard. Cues are known ahead and rendered
//! ahead, anchored to the clock of the device; nothing is ever played "now".
//!
//! Not promised: that anything is heard. As long as nothing is, a player says so and goes on looking.

pub(crate) mod backend;
pub mod clock_fit;
mod errors;
mod keepalive_tone;
pub mod mixer;
mod player_channel;
mod player_thread;
mod renderer;
mod schedule;
pub mod signal_synth;
pub mod volume;
pub mod wav;

use crate::cues::Signal;
use player_channel::PlayerChannel;
use player_thread::PlaybackWays;
use renderer::Renderer;
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use volume::VolumeMix;

/// A sound and the instant, on [`crate::clock::monotonic`], at which its first sample must be heard.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundCue {
    /// When it begins.
    pub at: Instant,
    /// What is heard.
    pub what: SoundContent,
}

/// What is heard.
#[derive(Clone, Debug, PartialEq)]
pub enum SoundContent {
    /// A signal.
    Signal(Signal),
    /// Something said.
    Speech(SpokenSamples),
}

impl SoundContent {
    /// Its samples: mono, [`signal_synth::RATE`] a second, its onset the first of them.
    pub fn samples(&self) -> &[i16] {
        match self {
            SoundContent::Signal(signal) => signal_synth::samples(*signal),
            SoundContent::Speech(speech) => &speech.0,
        }
    }
}

impl From<Signal> for SoundContent {
    fn from(signal: Signal) -> Self {
        SoundContent::Signal(signal)
    }
}

/// Something said, as samples like those of [`SoundContent::samples`]. Cheap to clone.
#[derive(Clone)]
pub struct SpokenSamples(std::sync::Arc<[i16]>);

impl SpokenSamples {
    /// What these samples say; what is beyond [`SpokenSamples::LONGEST`] is cut off, what is louder than [`SpokenSamples::LOUDEST`]
    /// made softer, and its first and last 5 ms swell and fade, so that it begins and is followed without a click.
    pub fn new(mut samples: Vec<i16>) -> Self {
        samples.truncate(SpokenSamples::LONGEST * signal_synth::RATE as usize);
        let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
        if peak > SpokenSamples::LOUDEST {
            for sample in &mut samples {
                *sample = (i32::from(*sample) * i32::from(SpokenSamples::LOUDEST) / i32::from(peak)) as i16;
            }
        }
        let (length, edge) = (samples.len(), SpokenSamples::EDGE.min(samples.len() / 2));
        for (i, sample) in samples.iter_mut().enumerate() {
            let from_an_end = i.min(length - 1 - i);
            if from_an_end < edge {
                *sample = (i32::from(*sample) * from_an_end as i32 / edge as i32) as i16;
            }
        }
        SpokenSamples(samples.into())
    }

    /// Samples from its first to its full level.
    const EDGE: usize = 240;

    /// Seconds. Who wants to say more has not understood what it is to run.
    pub const LONGEST: usize = 12;

    /// The highest peak: 0.35 of full scale. With a signal's 0.6 and the tone's 0.01 it stays below full scale.
    pub const LOUDEST: u16 = 11_468;
}

/// The same rendering of the same words, however alike another one sounds.
impl PartialEq for SpokenSamples {
    fn eq(&self, other: &Self) -> bool {
        std::sync::Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for SpokenSamples {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Speech({} samples)", self.0.len())
    }
}

/// The way sound is played. The names serve the settings and the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Backend {
    /// The first that works: a sound server, aplay, the bell.
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

/// How a player plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlayerSettings {
    /// On what.
    pub backend: Backend,
    /// Whether a tone that nobody hears keeps headphones awake while a session runs.
    pub keep_awake: bool,
    /// Whether that tone wakes them before a cue.
    pub lead_in: bool,
}

impl Default for PlayerSettings {
    fn default() -> Self {
        PlayerSettings { backend: Backend::Auto, keep_awake: true, lead_in: true }
    }
}

impl PlayerSettings {
    /// Nothing but the cues.
    pub const BARE: PlayerSettings =
        PlayerSettings { backend: Backend::Auto, keep_awake: false, lead_in: false };
}

/// What a player tells of itself; each when it was not so before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayerNotice {
    /// Signals are heard from now on, through the server of this name.
    Ready(String),
    /// There is no sound, for this reason.
    Unavailable(String),
    /// There was sound, and there is none for now, for this reason.
    Lost(String),
    /// Sound is turned off.
    Off,
}

/// What is known of where sound is heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// What the server calls it.
    pub name: Option<String>,
    /// Whether the server lets nothing be heard of it.
    pub muted: bool,
    /// From a sample's being written to its being heard, as it was last.
    pub latency: Option<Duration>,
}

/// Plays cues on a thread of its own, which ends when the player is dropped. What sounds then is cut off.
#[derive(Debug)]
pub struct Player {
    mailbox: Arc<PlayerChannel>,
}

impl Player {
    /// A player for this user. Returns at once: what came of it, and what comes of it later, arrives through
    /// `notify`, on the player's thread.
    pub fn open(settings: PlayerSettings, notify: impl Fn(PlayerNotice) + Send + 'static) -> Player {
        Player::start(PlaybackWays::of(settings.backend), settings, Box::new(notify))
    }

    /// A player on the server that listens at `socket`.
    #[cfg(target_os = "linux")]
    pub fn open_at(
        socket: PathBuf,
        settings: PlayerSettings,
        notify: impl Fn(PlayerNotice) + Send + 'static,
    ) -> Player {
        let ways = PlaybackWays { sockets: vec![socket], backend: Backend::Pulse };
        Player::start(ways, settings, Box::new(notify))
    }

    fn start(
        ways: PlaybackWays,
        settings: PlayerSettings,
        notify: Box<dyn Fn(PlayerNotice) + Send>,
    ) -> Player {
        let mailbox = Arc::new(PlayerChannel::new());
        player_thread::spawn(ways, Renderer::new(settings, mailbox.clone(), notify));
        Player { mailbox }
    }

    /// Says whether a session runs: then headphones are kept awake.
    pub fn keep_awake(&self, runs: bool) {
        self.mailbox.keep_awake(runs);
    }

    /// Replaces everything that has not sounded yet. A sound in progress is cut off with a short fade, unless it
    /// is among `cues` as it was before. A new cue up to 400 ms past is played at once, an older one not at all.
    pub fn announce(&self, cues: Vec<SoundCue>) {
        self.mailbox.announce(cues);
    }

    /// Has everything sound like this from now on: what sounds, and what has been handed on but not been heard yet.
    pub fn set_mix(&self, mix: VolumeMix) {
        self.mailbox.set_mix(mix);
    }

    /// What is known of where sound is heard, as of now.
    pub fn device(&self) -> Device {
        self.mailbox.device()
    }

    /// Cuts off what sounds and forgets what was announced.
    pub fn silence(&self) {
        self.announce(Vec::new());
    }

    /// Waits until the last cue announced has been heard to its end, at most `limit`.
    pub fn drain(&self, limit: Duration) {
        self.mailbox.drain(limit);
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.mailbox.close();
    }
}
