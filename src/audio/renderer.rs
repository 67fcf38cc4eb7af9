//! What a backend plays from: the plans, the tone between them, and the words for the screen.
//!
//! It outlives every stream: whatever happens to a device, what is still to come is kept here.

use super::clock_fit::ClockFit;
use super::errors::SoundError;
use super::keepalive_tone::KeepaliveTone;
use super::player_channel::{PlayerChannel, Remaining};
use super::schedule::SoundSchedule;
use super::volume::VolumeMix;
use super::{PlayerNotice, PlayerSettings};
use crate::clock::monotonic;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So long before a cue the tone wakes the headphones; what a stream writes ahead comes off it.
const LEAD: Duration = Duration::from_millis(2500);
/// So long after a session has paused or ended they are kept awake.
const LINGER: Duration = Duration::from_secs(60);

/// All that streams share.
pub struct Renderer {
    pub mailbox: Arc<PlayerChannel>,
    pub programme: SoundSchedule,
    settings: PlayerSettings,
    tone: KeepaliveTone,
    awake: Option<Instant>,
    tell: Box<dyn Fn(PlayerNotice) + Send>,
    said: LastNotice,
    samples: Vec<i16>,
}

/// What the screen was told last.
#[derive(PartialEq, Eq)]
enum LastNotice {
    Nothing,
    Ready(String),
    Silent,
}

impl Renderer {
    /// An empty one.
    pub fn new(
        settings: PlayerSettings,
        mailbox: Arc<PlayerChannel>,
        tell: Box<dyn Fn(PlayerNotice) + Send>,
    ) -> Self {
        Renderer {
            mailbox,
            programme: SoundSchedule::default(),
            settings,
            tone: KeepaliveTone::SILENT,
            awake: None,
            tell,
            said: LastNotice::Nothing,
            samples: Vec::new(),
        }
    }

    /// Signals are heard from now on, through this. Said when it was not so before.
    pub fn ready(&mut self, name: &str) {
        self.mailbox.mute(false);
        if self.said != LastNotice::Ready(name.to_string()) {
            self.said = LastNotice::Ready(name.to_string());
            (self.tell)(PlayerNotice::Ready(name.to_string()));
        }
    }

    /// Signals are not heard, for this reason. Said when it was not so before: reasons may change while one waits,
    /// and nobody wants to read each.
    pub fn silent(&mut self, why: &SoundError) {
        self.mailbox.mute(true);
        match std::mem::replace(&mut self.said, LastNotice::Silent) {
            LastNotice::Nothing => (self.tell)(PlayerNotice::Unavailable(why.to_string())),
            LastNotice::Ready(_) => (self.tell)(PlayerNotice::Lost(why.to_string())),
            LastNotice::Silent => {}
        }
    }

    /// Sound is turned off.
    pub fn off(&mut self) {
        self.mailbox.mute(true);
        (self.tell)(PlayerNotice::Off);
    }

    /// Frames are counted anew.
    pub fn restart(&mut self) {
        self.programme.restart(monotonic());
        self.tone = self.tone.silenced();
    }

    /// Has everything sound like this from frame `from` on.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        self.programme.set_mix(mix, from);
        self.tone.gain = mix.tone_gain();
    }

    /// How much is left to be heard.
    pub fn left(&self, anchor: &ClockFit) -> Remaining {
        match (self.programme.pending(), self.programme.end()) {
            (Some(_), _) => Remaining::Cues,
            (None, Some(end)) => anchor.instant_of(end).map_or(Remaining::Cues, Remaining::Until),
            (None, None) => Remaining::Nothing,
        }
    }

    /// Lets the tone begin or end at frame `from`, the next to be written.
    pub fn tend_tone(&mut self, from: i64, length: i64) {
        if !self.settings.keep_awake && !self.settings.lead_in {
            return;
        }
        let now = monotonic();
        if self.mailbox.is_awake() {
            self.awake = Some(now);
        }
        let awake = || self.awake.is_some_and(|since| now < since + LINGER);
        let soon = || self.programme.pending().is_some_and(|at| at < now + LEAD);
        let on = self.settings.keep_awake && awake()
            || self.settings.lead_in && (soon() || self.programme.sounds_in(from, length));
        self.tone.turn(on, from);
    }

    /// Appends the frames from `from` on as bytes, `length` of them.
    pub fn render(&mut self, from: i64, length: i64, bytes: &mut Vec<u8>) {
        let (sounds, tone) = (self.programme.sounds_in(from, length), self.tone.sounds_from(from));
        if !sounds && !tone {
            bytes.resize(bytes.len() + 2 * length as usize, 0);
            return;
        }
        if !sounds && self.tone.is_steady(from) {
            return self.tone.append(from, length, bytes);
        }
        self.samples.resize(length as usize, 0);
        self.programme.render(from, &mut self.samples);
        if tone {
            self.tone.mix_into(from, &mut self.samples);
        }
        bytes.extend(self.samples.iter().flat_map(|s| s.to_le_bytes()));
    }
}
