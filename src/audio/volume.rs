//! The level of each part of the sound, and the pitch of the signals.

use super::sound_cue::SoundContent;
use crate::cues::NotePitch;

/// A volume as set by the user, from 0 to 100.
///
/// The scale is one of loudness: 50 % sounds half as loud as 100 %. Loudness halves with every 10 dB (the sone scale of
/// Stevens 1936, ISO 532), so a share `x` is `10·log2(x)` dB: 50 % is −10 dB, 10 % is −33 dB. At 100 % samples keep
/// their original level. Nothing makes them louder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// The original level.
    pub const FULL: Percent = Percent(100);

    /// Returns a volume of `percent`, or `None` if that is more than 100.
    pub const fn new(percent: u8) -> Option<Percent> {
        if percent <= 100 { Some(Percent(percent)) } else { None }
    }

    /// Returns the number, from 0 to 100.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Returns the factor for samples.
    fn gain(self) -> f64 {
        // 10·log2(x) dB as a factor is 10^(log2(x)/2), which is a power of x. Zero stays zero.
        (f64::from(self.0) / 100.0).powf(std::f64::consts::LOG2_10 / 2.0)
    }
}

/// The volume of a session, which keys change while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The volume while it is not muted.
    pub percent: Percent,
    /// True while it is muted.
    pub muted: bool,
}

impl Default for Volume {
    fn default() -> Self {
        Volume { percent: Percent::FULL, muted: false }
    }
}

impl Volume {
    /// The change per key press, in percent. Also the lowest volume: muting goes below it.
    const STEP: u8 = 10;

    /// Returns the volume one step up, unmuted.
    pub fn louder(self) -> Volume {
        let percent = self.percent.0.saturating_add(Volume::STEP).min(100);
        Volume { percent: Percent(percent), muted: false }
    }

    /// Returns the volume one step down, unmuted.
    pub fn softer(self) -> Volume {
        let percent = self.percent.0.saturating_sub(Volume::STEP).max(Volume::STEP);
        Volume { percent: Percent(percent), muted: false }
    }

    /// Returns the volume with muting switched on or off.
    pub fn mute_toggled(self) -> Volume {
        Volume { muted: !self.muted, ..self }
    }
}

/// Formats as `volume 60 %` or `muted`.
impl std::fmt::Display for Volume {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.muted {
            true => f.write_str("muted"),
            false => write!(f, "volume {} %", self.percent.0),
        }
    }
}

/// The levels of all parts of the sound, and the pitch of the signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeMix {
    /// The overall volume.
    pub volume: Volume,
    /// The level of the signals.
    pub signals: Percent,
    /// The level of the voice.
    pub voice: Percent,
    /// The level of the tone that keeps headphones awake. The tone is inaudible and must work at any volume, so neither
    /// the overall volume nor muting affects it.
    pub tone: Percent,
    /// The pitch of the signals.
    pub pitch: NotePitch,
}

impl Default for VolumeMix {
    fn default() -> Self {
        VolumeMix {
            volume: Volume::default(),
            signals: Percent::FULL,
            voice: Percent::FULL,
            tone: Percent::FULL,
            pitch: NotePitch::Usual,
        }
    }
}

impl VolumeMix {
    /// Returns this mix at another overall volume.
    pub fn with_volume(self, volume: Volume) -> VolumeMix {
        VolumeMix { volume, ..self }
    }

    /// Returns the factor for the samples of a sound.
    pub fn gain(&self, content: &SoundContent) -> Gain {
        let part = match content {
            SoundContent::Signal(_) => self.signals,
            SoundContent::Speech(_) => self.voice,
        };
        let volume = if self.volume.muted { 0.0 } else { self.volume.percent.gain() };
        Gain::of(volume * part.gain())
    }

    /// Returns the factor for the samples of the keepalive tone.
    pub fn tone_gain(&self) -> Gain {
        Gain::of(self.tone.gain())
    }
}

/// A factor for samples, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain(i64);

impl Gain {
    /// The fixed-point value of the factor 1.
    const UNITY: i64 = 1 << 16;
    /// The factor 1, which leaves samples unchanged.
    pub const FULL: Gain = Gain(Gain::UNITY);

    fn of(factor: f64) -> Gain {
        Gain((factor * Gain::UNITY as f64).round().clamp(0.0, Gain::UNITY as f64) as i64)
    }

    /// Multiplies a sample by this factor.
    pub fn apply(self, sample: i16) -> i16 {
        (i64::from(sample) * self.0 / Gain::UNITY) as i16
    }

    /// Returns a factor between this one and `other`, `part` of `whole` of the way there.
    pub fn towards(self, other: Gain, part: i64, whole: i64) -> Gain {
        Gain(self.0 + (other.0 - self.0) * part.clamp(0, whole) / whole.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Signal;

    fn decibels(percent: u8) -> f64 {
        20.0 * Percent::new(percent).unwrap().gain().log10()
    }

    #[test]
    fn fifty_percent_is_minus_ten_decibels() {
        for (percent, db) in [(100, 0.0), (50, -10.0), (25, -20.0), (10, -33.2)] {
            assert!((decibels(percent) - db).abs() < 0.05, "{percent} % is {} dB", decibels(percent));
        }
        assert_eq!(Percent::new(0).unwrap().gain(), 0.0);
        assert_eq!(Percent::new(101), None);
    }

    #[test]
    fn no_mix_amplifies_samples() {
        let full = VolumeMix::default();
        for sample in [i16::MIN, -1, 0, 1, i16::MAX] {
            assert_eq!(full.gain(&Signal::Count.into()).apply(sample), sample);
        }
        let muted = full.with_volume(Volume::default().mute_toggled());
        assert_eq!(muted.gain(&Signal::Count.into()).apply(i16::MIN), 0);
        assert_eq!(muted.tone_gain().apply(327), 327, "headphones stay awake");
    }

    #[test]
    fn keys_step_from_10_to_100_and_unmute() {
        let mut volume = Volume::default();
        assert_eq!(volume.louder(), volume);
        for percent in [90, 80, 70, 60, 50, 40, 30, 20, 10, 10] {
            volume = volume.softer();
            assert_eq!(volume.percent.get(), percent);
        }
        assert_eq!(volume.mute_toggled().to_string(), "muted");
        assert_eq!(volume.mute_toggled().louder().to_string(), "volume 20 %");
        assert_eq!(volume.mute_toggled().mute_toggled(), volume);
    }
}
