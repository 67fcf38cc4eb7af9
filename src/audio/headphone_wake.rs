//! Decides when headphones are kept awake, and when they are woken before a cue.
//!
//! Bluetooth and HDMI outputs fall asleep in silence and swallow the first second of the next sound. The
//! [keepalive tone](super::keepalive_tone), too low and soft to hear, prevents that.

use super::PlayerSettings;
use std::time::{Duration, Instant};

/// The lead-in: the tone wakes headphones this long before a cue. Samples are written up to 200 ms ahead, which
/// shortens it by as much.
const LEAD_IN: Duration = Duration::from_millis(2500);
/// Headphones stay awake for this long after a session pauses or ends.
const LINGER: Duration = Duration::from_secs(60);

/// The rule for the keepalive tone.
#[derive(Debug)]
pub struct HeadphoneWake {
    keep_awake: bool,
    lead_in: bool,
    /// The latest instant at which a session was running.
    last_running: Option<Instant>,
}

/// The state of the player that the rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct PlayerActivity {
    /// True while a session runs.
    pub session_running: bool,
    /// The instant of the next cue that is not mixed yet.
    pub next_cue: Option<Instant>,
    /// True if the frames about to be written contain sound.
    pub sounding: bool,
}

impl HeadphoneWake {
    /// Takes the rule from the settings.
    pub fn new(settings: &PlayerSettings) -> Self {
        HeadphoneWake { keep_awake: settings.keep_awake, lead_in: settings.lead_in, last_running: None }
    }

    /// Returns true if the tone must sound at `now`.
    pub fn needs_tone(&mut self, now: Instant, activity: PlayerActivity) -> bool {
        if activity.session_running {
            self.last_running = Some(now);
        }
        let kept = self.last_running.is_some_and(|last| now < last + LINGER);
        let cue_is_near = activity.next_cue.is_some_and(|at| at < now + LEAD_IN);
        self.keep_awake && kept || self.lead_in && (cue_is_near || activity.sounding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    fn rule(keep_awake: bool, lead_in: bool) -> HeadphoneWake {
        HeadphoneWake::new(&PlayerSettings { keep_awake, lead_in, ..PlayerSettings::BARE })
    }

    const IDLE: PlayerActivity = PlayerActivity { session_running: false, next_cue: None, sounding: false };

    #[test]
    fn headphones_stay_awake_during_a_session_and_a_minute_longer() {
        let start = monotonic();
        let mut wake = rule(true, false);
        assert!(!wake.needs_tone(start, IDLE));
        assert!(wake.needs_tone(start, PlayerActivity { session_running: true, ..IDLE }));
        assert!(wake.needs_tone(start + Duration::from_secs(59), IDLE));
        assert!(!wake.needs_tone(start + Duration::from_secs(60), IDLE));
    }

    #[test]
    fn headphones_are_woken_shortly_before_a_cue_and_kept_awake_during_it() {
        let start = monotonic();
        let cue = PlayerActivity { next_cue: Some(start + Duration::from_secs(10)), ..IDLE };
        let mut wake = rule(false, true);
        assert!(!wake.needs_tone(start + Duration::from_secs(7), cue));
        assert!(wake.needs_tone(start + Duration::from_secs(8), cue));
        assert!(wake.needs_tone(start, PlayerActivity { sounding: true, ..IDLE }));
    }

    #[test]
    fn there_is_no_tone_when_both_settings_are_off() {
        let now = monotonic();
        let busy = PlayerActivity { session_running: true, next_cue: Some(now), sounding: true };
        assert!(!rule(false, false).needs_tone(now, busy));
    }
}
