//! Checks the sound by playing a signal.

use super::CheckResult;
use crate::audio::volume::{Percent, Volume};
use crate::audio::{
    Backend, Device, Player, PlayerNotice, PlayerSettings, SoundCue, SoundError, SoundSystem,
};
use crate::cli::context::player_settings;
use crate::clock::monotonic;
use crate::cues::Signal;
use crate::settings::{SoundSettings, remembered_volume};
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long to wait for the sound system.
const OPENING: Duration = Duration::from_millis(1500);
/// How long before it is heard the signal is announced.
const LEAD: Duration = Duration::from_millis(300);
/// How long to wait for the end of the signal.
const PLAYING: Duration = Duration::from_secs(2);

/// Plays a signal and reports what came of it. `backend` wins over the settings.
pub fn check(sound: &SoundSettings, backend: Option<Backend>) -> Vec<CheckResult> {
    let settings = player_settings(sound, backend);
    match settings.backend {
        Backend::Off => return vec![CheckResult::note("sound: turned off (`output = \"off\"`)")],
        Backend::Bell => return vec![CheckResult::note("sound: the terminal bell, as set in config.toml")],
        Backend::Auto | Backend::Pulse | Backend::Alsa => {}
    }
    let mut results = play_signal(sound, settings);
    let volume = remembered_volume::remembered();
    if volume.muted {
        results.push(CheckResult::note("volume: muted").with_help("press m on the running screen to unmute"));
    } else {
        results.push(CheckResult::ok(volume.to_string()));
    }
    if Some(sound.signals_volume) == Percent::new(0) {
        results.push(
            CheckResult::note("volume: the settings turn the signals down to 0 %")
                .with_help("see `[sound.volume]` in config.toml"),
        );
    }
    results
}

fn play_signal(sound: &SoundSettings, settings: PlayerSettings) -> Vec<CheckResult> {
    let (sender, notices) = channel();
    let player = Player::open(settings, move |notice| {
        // A receiver that is gone means that the check is over.
        let _ = sender.send(notice);
    });
    let system = match notices.recv_timeout(OPENING) {
        Ok(PlayerNotice::Ready(system)) => system,
        Ok(PlayerNotice::Unavailable(error) | PlayerNotice::Lost(error)) => return vec![no_sound(&error)],
        Ok(PlayerNotice::Off) => return vec![CheckResult::note("sound: turned off in the settings")],
        Err(_) => return vec![no_sound(&SoundError::ServerHung)],
    };
    // At full volume, so that it is heard even if the volume keys have turned the sound down.
    player.set_mix(sound.mix(Volume::default()));
    let at = monotonic() + LEAD;
    player.announce(vec![SoundCue { at, content: Signal::Faster.into() }]);
    player.drain(PLAYING);
    match notices.try_recv() {
        Ok(PlayerNotice::Unavailable(error) | PlayerNotice::Lost(error)) => vec![no_sound(&error)],
        Ok(PlayerNotice::Ready(_) | PlayerNotice::Off) | Err(_) => describe_device(system, player.device()),
    }
}

fn no_sound(error: &SoundError) -> CheckResult {
    CheckResult::wrong(
        format!("sound: not working, so the terminal bell and flashes replace it: {error}"),
        "if you want the bell, set `output = \"bell\"` under `[sound]` in config.toml",
    )
}

/// Reports what is known of the device that plays.
fn describe_device(system: SoundSystem, device: Device) -> Vec<CheckResult> {
    let name = device.name.map_or(String::new(), |name| format!(", on {name}"));
    let mut results = vec![CheckResult::ok(format!("sound: {system}{name}"))];
    if let Some(latency) = device.latency {
        let millis = latency.as_millis();
        results.push(CheckResult::ok(format!(
            "sound: heard {millis} ms after it is sent, so it is sent that much earlier"
        )));
    }
    results.push(match device.muted {
        true => CheckResult::wrong(
            "sound: the sound server has muted this output",
            "unmute it in the system's sound settings",
        ),
        false => CheckResult::ok("sound: you should have just heard `faster`, three rising notes"),
    });
    results
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::doctor::CheckStatus;

    #[test]
    fn describes_as_much_of_the_device_as_is_known() {
        let latency = Some(Duration::from_micros(40_400));
        let known = Device { name: Some("Headphones".to_string()), muted: false, latency };
        let says: Vec<String> =
            describe_device(SoundSystem::PipeWire, known).into_iter().map(|result| result.finding).collect();
        assert_eq!(says[0], "sound: PipeWire, on Headphones");
        assert!(says[1].contains("40 ms") && says[2].contains("`faster`"));
        let muted = describe_device(SoundSystem::PulseAudio, Device { muted: true, ..Device::default() });
        assert!(
            muted
                .iter()
                .any(|result| result.status == CheckStatus::Wrong && result.finding.contains("muted"))
        );
    }

    #[test]
    fn sound_that_is_turned_off_is_not_wrong() {
        for output in [Backend::Off, Backend::Bell] {
            let results = check(&SoundSettings { output, ..SoundSettings::default() }, None);
            assert!(results.iter().all(|result| result.status == CheckStatus::Note), "{results:?}");
        }
    }
}
