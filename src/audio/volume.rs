//! How loud each part of the sound is, and how high the signals are.

use super::SoundContent;
use crate::cues::NotePitch;

/// A volume as a runner sets it, from 0 to 100.
///
/// The scale is one of loudness: half of it sounds half as loud. Loudness halves with every 10 dB (the sone scale of
/// Stevens 1936, ISO 532), so a share `x` is `10·log2(x)` dB: 50 % is −10 dB, 10 % is −33 dB. At 100 the samples are as
/// they were made: nothing here ever makes anything louder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// As loud as it was made.
    pub const FULL: Percent = Percent(100);

    /// So many percent; nothing where that is more than 100.
    pub const fn new(percent: u8) -> Option<Percent> {
        if percent <= 100 { Some(Percent(percent)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// What samples are multiplied by.
    fn gain(self) -> f64 {
        // 10·log2(x) dB as a factor: 10^(log2(x)/2), a power of x. None of it is none.
        (f64::from(self.0) / 100.0).powf(std::f64::consts::LOG2_10 / 2.0)
    }
}

/// How loud a session is, as the keys change it on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// How loud, where it is not muted.
    pub percent: Percent,
    /// Whether nothing is heard.
    pub muted: bool,
}

impl Default for Volume {
    fn default() -> Self {
        Volume { percent: Percent::FULL, muted: false }
    }
}

impl Volume {
    /// By how much a key changes it; also the least, for what is not to be heard at all is muted.
    const STEP: u8 = 10;

    /// A step louder, and not muted.
    pub fn louder(self) -> Volume {
        let percent = self.percent.0.saturating_add(Volume::STEP).min(100);
        Volume { percent: Percent(percent), muted: false }
    }

    /// A step softer, and not muted.
    pub fn softer(self) -> Volume {
        let percent = self.percent.0.saturating_sub(Volume::STEP).max(Volume::STEP);
        Volume { percent: Percent(percent), muted: false }
    }

    /// Muted, or not any more.
    pub fn toggled(self) -> Volume {
        Volume { muted: !self.muted, ..self }
    }
}

/// In words: `volume 60 %`.
impl std::fmt::Display for Volume {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.muted {
            true => f.write_str("muted"),
            false => write!(f, "volume {} %", self.percent.0),
        }
    }
}

/// What a player makes of what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeMix {
    /// All that is heard.
    pub volume: Volume,
    /// The signals in it.
    pub signals: Percent,
    /// The voice in it.
    pub voice: Percent,
    /// The tone that keeps headphones awake. It is not meant to be heard, and headphones are to stay awake however loud
    /// the rest is: neither the volume nor muting reaches it.
    pub tone: Percent,
    /// How high the signals are.
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
    /// The same with this volume.
    pub fn at(self, volume: Volume) -> VolumeMix {
        VolumeMix { volume, ..self }
    }

    /// What the samples of a sound are multiplied by.
    pub fn gain(&self, what: &SoundContent) -> Gain {
        let part = match what {
            SoundContent::Signal(_) => self.signals,
            SoundContent::Speech(_) => self.voice,
        };
        let volume = if self.volume.muted { 0.0 } else { self.volume.percent.gain() };
        Gain::of(volume * part.gain())
    }

    /// The same for the tone.
    pub fn tone_gain(&self) -> Gain {
        Gain::of(self.tone.gain())
    }
}

/// A factor for samples, at most 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain(i64);

impl Gain {
    /// 1, as it is counted.
    const UNITY: i64 = 1 << 16;
    /// What leaves a sample as it is.
    pub const FULL: Gain = Gain(Gain::UNITY);

    fn of(factor: f64) -> Gain {
        Gain((factor * Gain::UNITY as f64).round().clamp(0.0, Gain::UNITY as f64) as i64)
    }

    /// A sample times this factor; times 1 it is the same.
    pub fn times(self, sample: i16) -> i16 {
        (i64::from(sample) * self.0 / Gain::UNITY) as i16
    }

    /// On the way from this one to another: `part` of `whole` of it.
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
    fn half_sounds_half_as_loud() {
        for (percent, db) in [(100, 0.0), (50, -10.0), (25, -20.0), (10, -33.2)] {
            assert!((decibels(percent) - db).abs() < 0.05, "{percent} % is {} dB", decibels(percent));
        }
        assert_eq!(Percent::new(0).unwrap().gain(), 0.0);
        assert_eq!(Percent::new(101), None);
    }

    #[test]
    fn nothing_is_ever_louder_than_it_was_made() {
        let full = VolumeMix::default();
        for sample in [i16::MIN, -1, 0, 1, i16::MAX] {
            assert_eq!(full.gain(&Signal::Count.into()).times(sample), sample);
        }
        let muted = full.at(Volume::default().toggled());
        assert_eq!(muted.gain(&Signal::Count.into()).times(i16::MIN), 0);
        assert_eq!(muted.tone_gain().times(327), 327, "headphones stay awake");
    }

    #[test]
    fn the_keys_go_from_10_to_100_in_tens_and_end_the_silence() {
        let mut volume = Volume::default();
        assert_eq!(volume.louder(), volume);
        for percent in [90, 80, 70, 60, 50, 40, 30, 20, 10, 10] {
            volume = volume.softer();
            assert_eq!(volume.percent.get(), percent);
        }
        assert_eq!(volume.toggled().to_string(), "muted");
        assert_eq!(volume.toggled().louder().to_string(), "volume 20 %");
        assert_eq!(volume.toggled().toggled(), volume);
    }
}
