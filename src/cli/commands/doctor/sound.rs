//! The sound: what plays it, on what, how late, and a signal to hear.

use super::CheckResult;
use crate::audio::volume::{Percent, Volume};
use crate::audio::{
    Backend, Device, Player, PlayerNotice, PlayerSettings, SoundCue, SoundError, SoundSystem,
};
use crate::cli::context;
use crate::clock::monotonic;
use crate::cues::Signal;
use crate::settings::{SoundSettings, remembered_volume};
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long the way for sound may take to open.
const OPENING: Duration = Duration::from_millis(1500);
/// How long before it is heard the test signal is announced.
const AHEAD: Duration = Duration::from_millis(300);
/// How long it may take to be over.
const PLAYING: Duration = Duration::from_secs(2);

/// Plays a signal, and tells what came of it.
pub fn sound(sound: &SoundSettings, asked: Option<Backend>) -> Vec<CheckResult> {
    let settings = context::playing(sound, asked);
    match settings.backend {
        Backend::Off => return vec![CheckResult::note("sound: turned off (`output = \"off\"`)")],
        Backend::Bell => return vec![CheckResult::note("sound: the terminal's bell, as the settings say")],
        Backend::Auto | Backend::Pulse | Backend::Alsa => {}
    }
    let mut facts = played(sound, settings);
    let volume = remembered_volume::remembered();
    if volume.muted {
        facts.push(CheckResult::note("volume: muted").helped("`m` on the running screen unmutes"));
    } else {
        facts.push(CheckResult::ok(volume.to_string()));
    }
    let silent = Percent::new(0);
    if Some(sound.signals_volume) == silent {
        facts.push(
            CheckResult::note("volume: the signals are at 0 % in the settings")
                .helped("see `[sound.volume]`"),
        );
    }
    facts
}

fn played(sound: &SoundSettings, settings: PlayerSettings) -> Vec<CheckResult> {
    let (sender, news) = channel();
    let player = Player::open(settings, move |notice| {
        // Nobody listens at the very end only.
        let _ = sender.send(notice);
    });
    let server = match news.recv_timeout(OPENING) {
        Ok(PlayerNotice::Ready(server)) => server,
        Ok(PlayerNotice::Unavailable(why) | PlayerNotice::Lost(why)) => return vec![none(&why)],
        Ok(PlayerNotice::Off) => return vec![CheckResult::note("sound: turned off in the settings")],
        Err(_) => return vec![none(&SoundError::ServerHung)],
    };
    // Loud enough to be heard, whatever the keys have set.
    player.set_mix(sound.mix(Volume::default()));
    let at = monotonic() + AHEAD;
    player.announce(vec![SoundCue { at, content: Signal::Faster.into() }]);
    player.drain(PLAYING);
    match news.try_recv() {
        Ok(PlayerNotice::Unavailable(why) | PlayerNotice::Lost(why)) => vec![none(&why)],
        Ok(PlayerNotice::Ready(_) | PlayerNotice::Off) | Err(_) => told(server, player.device()),
    }
}

fn none(why: &SoundError) -> CheckResult {
    CheckResult::wrong(
        format!("sound: none, so the terminal's bell and a flash stand in: {why}"),
        "where that is meant, write `output = \"bell\"` below `[sound]` in config.toml",
    )
}

/// What is known of where it is played.
fn told(server: SoundSystem, device: Device) -> Vec<CheckResult> {
    let name = device.name.map_or(String::new(), |name| format!(", on {name}"));
    let mut facts = vec![CheckResult::ok(format!("sound: {server}{name}"))];
    if let Some(latency) = device.latency {
        let millis = latency.as_millis();
        facts.push(CheckResult::ok(format!(
            "sound: heard {millis} ms after it is sent, and sent that much earlier"
        )));
    }
    if device.muted {
        let help = "unmute it in the system's sound settings";
        facts.push(CheckResult::wrong("sound: the sound server has muted this output", help));
    } else {
        facts.push(CheckResult::ok("sound: `faster` was played just now: three notes, rising"));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::doctor::CheckStatus;

    #[test]
    fn what_is_known_of_the_device_is_told() {
        let latency = Some(Duration::from_micros(40_400));
        let known = Device { name: Some("Headphones".to_string()), muted: false, latency };
        let says: Vec<String> =
            told(SoundSystem::PipeWire, known).into_iter().map(|fact| fact.says).collect();
        assert_eq!(says[0], "sound: PipeWire, on Headphones");
        assert!(says[1].contains("40 ms") && says[2].contains("`faster`"));
        let muted = told(SoundSystem::PulseAudio, Device { muted: true, ..Device::default() });
        assert!(muted.iter().any(|fact| fact.mark == CheckStatus::Wrong && fact.says.contains("muted")));
    }

    #[test]
    fn what_is_turned_off_is_not_amiss() {
        for output in [Backend::Off, Backend::Bell] {
            let facts = sound(&SoundSettings { output, ..SoundSettings::default() }, None);
            assert!(facts.iter().all(|fact| fact.mark == CheckStatus::Note), "{facts:?}");
        }
    }
}
