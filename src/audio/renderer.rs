//! Renders what a backend plays: the scheduled cues and the tone that keeps headphones awake.
//!
//! A renderer outlives every stream. Whatever happens to a device, the cues to come are kept here.

use super::clock_fit::ClockFit;
use super::errors::SoundError;
use super::headphone_wake::{HeadphoneWake, PlayerActivity};
use super::keepalive_tone::KeepaliveTone;
use super::player_channel::{PlayerChannel, Remaining};
use super::schedule::SoundSchedule;
use super::volume::VolumeMix;
use super::{PlayerNotice, PlayerSettings, SoundSystem};
use crate::clock::monotonic;
use std::sync::Arc;

/// The state that survives a change of stream.
pub struct Renderer {
    pub channel: Arc<PlayerChannel>,
    pub schedule: SoundSchedule,
    headphone_wake: HeadphoneWake,
    tone: KeepaliveTone,
    notify: Box<dyn Fn(PlayerNotice) + Send>,
    reported: ReportedState,
    samples: Vec<i16>,
}

/// The state that was reported last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReportedState {
    Nothing,
    Ready(SoundSystem),
    Silent,
}

impl Renderer {
    /// Returns a renderer without cues.
    pub fn new(
        settings: PlayerSettings,
        channel: Arc<PlayerChannel>,
        notify: Box<dyn Fn(PlayerNotice) + Send>,
    ) -> Self {
        Renderer {
            channel,
            schedule: SoundSchedule::default(),
            headphone_wake: HeadphoneWake::new(&settings),
            tone: KeepaliveTone::SILENT,
            notify,
            reported: ReportedState::Nothing,
            samples: Vec::new(),
        }
    }

    /// Reports that cues are heard from now on, unless that was reported already.
    pub fn report_ready(&mut self, system: SoundSystem) {
        self.channel.set_silent(false);
        let ready = ReportedState::Ready(system);
        if std::mem::replace(&mut self.reported, ready) != ready {
            (self.notify)(PlayerNotice::Ready(system));
        }
    }

    /// Reports that cues are not heard. A second reason is not reported: reasons may change while the player looks for an
    /// output, and a runner needs only the first.
    pub fn report_silent(&mut self, error: SoundError) {
        self.channel.set_silent(true);
        match std::mem::replace(&mut self.reported, ReportedState::Silent) {
            ReportedState::Nothing => (self.notify)(PlayerNotice::Unavailable(error)),
            ReportedState::Ready(_) => (self.notify)(PlayerNotice::Lost(error)),
            ReportedState::Silent => {}
        }
    }

    /// Reports that sound is turned off.
    pub fn report_off(&mut self) {
        self.channel.set_silent(true);
        (self.notify)(PlayerNotice::Off);
    }

    /// Starts over at frame 0, for a new stream.
    pub fn restart(&mut self) {
        self.schedule.restart(monotonic());
        self.tone = self.tone.silenced();
    }

    /// Changes the mix from frame `from` on.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        self.schedule.set_mix(mix, from);
        self.tone.gain = mix.tone_gain();
    }

    /// Returns how much remains to be heard.
    pub fn remaining(&self, clock: &ClockFit) -> Remaining {
        match (self.schedule.next_cue(), self.schedule.end()) {
            (Some(_), _) => Remaining::Cues,
            (None, Some(end)) => clock.instant_of(end).map_or(Remaining::Cues, Remaining::Until),
            (None, None) => Remaining::Nothing,
        }
    }

    /// Switches the keepalive tone on or off for the `length` frames from `from` on, the next to be written.
    pub fn update_tone(&mut self, from: i64, length: i64) {
        let activity = PlayerActivity {
            session_running: self.channel.is_session_running(),
            next_cue: self.schedule.next_cue(),
            sounding: self.schedule.sounds_in(from, length),
        };
        self.tone.switch(self.headphone_wake.needs_tone(monotonic(), activity), from);
    }

    /// Appends `length` frames from `from` on as bytes.
    pub fn render(&mut self, from: i64, length: i64, bytes: &mut Vec<u8>) {
        let (cues, tone) = (self.schedule.sounds_in(from, length), self.tone.sounds_from(from));
        if !cues && !tone {
            bytes.resize(bytes.len() + 2 * length as usize, 0);
            return;
        }
        if !cues && self.tone.is_steady(from) {
            return self.tone.append(from, length, bytes);
        }
        self.samples.resize(length as usize, 0);
        self.schedule.render(from, &mut self.samples);
        if tone {
            self.tone.mix_into(from, &mut self.samples);
        }
        bytes.extend(self.samples.iter().flat_map(|s| s.to_le_bytes()));
    }
}
