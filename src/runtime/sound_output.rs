//! Announces signals and speech to the player and the voice, on the clock that sound uses.

use crate::audio::volume::{Volume, VolumeMix};
use crate::audio::{Player, SoundCue};
use crate::clock::{Clock, monotonic};
use crate::coach::{Announcement, Effect};
use crate::cues::SignalCue;
use crate::session::Anchor;
use crate::units::Millis;
use crate::voice::{SpeechNotice, VoiceScript, VoiceThread, VoiceTimeline};
use std::sync::Arc;
use std::time::Instant;

/// The player and the voice, with everything they were last told to play.
pub(super) struct SoundOutput {
    player: Player,
    /// Speaks for the coach; `None` if nobody listens.
    voice: Option<VoiceThread>,
    /// The signals that the player was last told to expect.
    signals: Vec<SoundCue>,
    /// The speech that is ready, with the revision of the forecast that it belongs to.
    speech: SpeechNotice,
    mix: VolumeMix,
}

impl SoundOutput {
    pub fn new(player: Player, voice: Option<VoiceThread>) -> Self {
        let (speech, mix) = (SpeechNotice::default(), VolumeMix::default());
        SoundOutput { player, voice, signals: Vec::new(), speech, mix }
    }

    pub fn volume(&self) -> Volume {
        self.mix.volume
    }

    pub fn set_mix(&mut self, mix: VolumeMix) {
        self.mix = mix;
        self.player.set_mix(mix);
    }

    pub fn set_volume(&mut self, volume: Volume) {
        self.set_mix(self.mix.with_volume(volume));
    }

    /// Tells the player if a session is running, so that it keeps headphones awake.
    pub fn set_session_running(&self, is_running: bool) {
        self.player.set_session_running(is_running);
    }

    /// Drops all sound that is queued.
    pub fn silence(&self) {
        self.player.silence();
    }

    pub fn into_player(self) -> Player {
        self.player
    }

    /// Replaces all signals and speech to come by those of an announcement.
    pub fn announce(&mut self, announcement: &Announcement, clock: &Clock) {
        self.announce_signals(announcement, clock);
        let Some(voice) = &self.voice else { return };
        let timeline = |anchor: Anchor| VoiceTimeline {
            start: clock.instant(anchor.moment),
            elapsed: anchor.elapsed,
            rehearsal: clock.rehearsal(),
        };
        voice.announce(VoiceScript {
            revision: announcement.revision,
            timeline: announcement.anchor.map(timeline),
            cuts: announcement.cuts,
            cues: Arc::clone(&announcement.cues),
            sayings: Arc::clone(&announcement.sayings),
        });
    }

    fn announce_signals(&mut self, announcement: &Announcement, clock: &Clock) {
        let now = monotonic();
        // A cue in progress is announced again unless it is cut, because the player drops all others.
        let stays = |c: &SoundCue| !announcement.cuts && c.at <= now && now < c.at + c.content.duration();
        self.signals.retain(stays);
        self.speech.revision = announcement.revision;
        self.speech.cues.retain(stays);
        if let Some(anchor) = announcement.anchor {
            let cues = announcement.cues.iter();
            self.signals.extend(
                cues.map(|c| SoundCue { at: instant_of(c, anchor, clock), content: c.signal.into() }),
            );
        }
        self.update_player();
    }

    fn update_player(&self) {
        self.player.announce(self.signals.iter().chain(&self.speech.cues).cloned().collect());
    }

    /// Plays speech that is ready, unless it belongs to an older forecast.
    pub fn play_speech(&mut self, speech: SpeechNotice) {
        if speech.revision == self.speech.revision && speech != self.speech {
            self.speech = speech;
            self.update_player();
        }
    }

    /// Speaks the words among effects at once, as the answer to a key.
    pub fn speak_answer(&self, effects: &[Effect]) {
        let Some(voice) = &self.voice else { return };
        for effect in effects {
            if let Effect::Said(words) = effect {
                voice.answer(&words.text);
            }
        }
    }
}

/// The instant at which a cue sounds, on the monotonic clock.
fn instant_of(cue: &SignalCue, anchor: Anchor, clock: &Clock) -> Instant {
    match cue.lead {
        Millis::ZERO => clock.instant(anchor.moment) + clock.real_time(cue.at.saturating_sub(anchor.elapsed)),
        lead => clock.instant(anchor.moment_of(cue.at).before(lead)),
    }
}
