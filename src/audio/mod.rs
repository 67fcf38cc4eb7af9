//! From cues to sound: samples (pure), and the backends that play them (shell).
//!
//! `sound` holds the samples of each signal, `track` mixes them as loud as the `mix` says, `wav` writes them to a file; `anchor` knows when a
//! frame is heard, `programme` which cue begins at which frame; `pulse` speaks to a sound server. Cues are known
//! ahead and rendered ahead, anchored to the clock of the device; nothing is ever played "now".
//!
//! Not promised: that anything is heard. Where there is no sound server a player says so and plays nothing.

pub mod anchor;
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there is a backend for Linux only"))]
mod mailbox;
pub mod mix;
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there is a backend for Linux only"))]
mod programme;
#[cfg(target_os = "linux")]
mod pulse;
pub mod sound;
pub mod track;
pub mod wav;

use crate::cues::Signal;
use mailbox::Mailbox;
use mix::Mix;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A sound and the instant, on [`crate::clock::monotonic`], at which its first sample must be heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// When it begins.
    pub at: Instant,
    /// What is heard.
    pub what: Heard,
}

/// What is heard.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A signal.
    Signal(Signal),
    /// Something said.
    Speech(Speech),
}

impl Heard {
    /// Its samples: mono, [`sound::RATE`] a second, its onset the first of them.
    pub fn samples(&self) -> &[i16] {
        match self {
            Heard::Signal(signal) => sound::samples(*signal),
            Heard::Speech(speech) => &speech.0,
        }
    }
}

impl From<Signal> for Heard {
    fn from(signal: Signal) -> Self {
        Heard::Signal(signal)
    }
}

/// Something said, as samples like those of [`Heard::samples`]. Cheap to clone.
#[derive(Clone)]
pub struct Speech(std::sync::Arc<[i16]>);

impl Speech {
    /// What these samples say; what is beyond [`Speech::LONGEST`] is cut off, what is louder than [`Speech::LOUDEST`]
    /// made softer, and its first and last 5 ms swell and fade, so that it begins and is followed without a click.
    pub fn new(mut samples: Vec<i16>) -> Self {
        samples.truncate(Speech::LONGEST * sound::RATE as usize);
        let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
        if peak > Speech::LOUDEST {
            for sample in &mut samples {
                *sample = (i32::from(*sample) * i32::from(Speech::LOUDEST) / i32::from(peak)) as i16;
            }
        }
        let (length, edge) = (samples.len(), Speech::EDGE.min(samples.len() / 2));
        for (i, sample) in samples.iter_mut().enumerate() {
            let from_an_end = i.min(length - 1 - i);
            if from_an_end < edge {
                *sample = (i32::from(*sample) * from_an_end as i32 / edge as i32) as i16;
            }
        }
        Speech(samples.into())
    }

    /// Samples from its first to its full level.
    const EDGE: usize = 240;

    /// Seconds. Who wants to say more has not understood what it is to run.
    pub const LONGEST: usize = 12;

    /// The highest peak: 0.35 of full scale. With a signal's 0.6 and the tone's 0.01 it stays below full scale.
    pub const LOUDEST: u16 = 11_468;
}

/// The same rendering of the same words, however alike another one sounds.
impl PartialEq for Speech {
    fn eq(&self, other: &Self) -> bool {
        std::sync::Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Speech {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Speech({} samples)", self.0.len())
    }
}

/// What sound there is, in plain words for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Signals are heard through this.
    Device(String),
    /// Signals are not heard: the terminal's bell and the screen stand in for them.
    Bell {
        /// Why, and what to do about it.
        why: String,
    },
}

/// What a player tells of itself; each at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Signals are heard from now on, through the server of this name.
    Ready(String),
    /// There is no sound, for this reason.
    Unavailable(String),
    /// There was sound, and there is none any more, for this reason.
    Lost(String),
}

impl From<Notice> for Output {
    fn from(notice: Notice) -> Self {
        match notice {
            Notice::Ready(name) => Output::Device(name),
            Notice::Unavailable(why) | Notice::Lost(why) => Output::Bell { why },
        }
    }
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
    mailbox: Arc<Mailbox>,
}

impl Player {
    /// A player on the sound server of this session. Returns at once: what came of it arrives through `notify`,
    /// on the player's thread.
    pub fn open(notify: impl Fn(Notice) + Send + 'static) -> Player {
        #[cfg(target_os = "linux")]
        let sockets = pulse::sockets();
        #[cfg(not(target_os = "linux"))]
        let sockets = Vec::new();
        Player::start(sockets, notify)
    }

    /// A player on the server that listens at `socket`.
    pub fn open_at(socket: PathBuf, notify: impl Fn(Notice) + Send + 'static) -> Player {
        Player::start(vec![socket], notify)
    }

    fn start(sockets: Vec<PathBuf>, notify: impl Fn(Notice) + Send + 'static) -> Player {
        let mailbox = Arc::new(Mailbox::new());
        #[cfg(target_os = "linux")]
        pulse::spawn(sockets, mailbox.clone(), notify);
        #[cfg(not(target_os = "linux"))]
        {
            drop(sockets);
            mailbox.end();
            notify(Notice::Unavailable("sound is played on Linux only so far".to_string()));
        }
        Player { mailbox }
    }

    /// Replaces everything that has not sounded yet. A sound in progress is cut off with a short fade, unless it
    /// is among `cues` as it was before. A cue up to 400 ms past is played at once, an older one not at all.
    pub fn announce(&self, cues: Vec<Cue>) {
        self.mailbox.announce(cues);
    }

    /// Has everything sound like this from now on: what sounds, and what has been handed on but not been heard yet.
    pub fn set_mix(&self, mix: Mix) {
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
