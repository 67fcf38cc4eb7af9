//! The tone that keeps headphones awake: 30 Hz at one hundredth of full scale.
//!
//! It is too low and soft to hear, but a device does not mistake it for silence. Its phase follows the frame number, so
//! it can be rendered in any order and more than once. [`super::headphone_wake`] decides when it sounds.

use super::signal_synth::SAMPLE_RATE;
use super::volume::Gain;
use std::f64::consts::{PI, TAU};
use std::sync::LazyLock;

/// Frames in one period, a whole number.
const PERIOD: usize = SAMPLE_RATE as usize / 30;
/// The peak: one hundredth of full scale.
const LEVEL: f64 = 327.0;
/// Frames in a fade: 150 ms.
const FADE: i64 = SAMPLE_RATE as i64 * 15 / 100;

static WAVE: LazyLock<Vec<i16>> = LazyLock::new(|| {
    (0..PERIOD).map(|i| ((TAU * i as f64 / PERIOD as f64).sin() * LEVEL).round() as i16).collect()
});

static WAVE_BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| WAVE.iter().flat_map(|s| s.to_le_bytes()).collect());

/// Returns the position of `frame` in its period.
fn phase(frame: i64) -> usize {
    frame.rem_euclid(PERIOD as i64) as usize
}

/// The state of the tone: on or off, and since which frame.
#[derive(Debug)]
pub struct KeepaliveTone {
    on: bool,
    since: i64,
    /// The level, relative to the usual one.
    pub gain: Gain,
}

impl KeepaliveTone {
    /// A tone that is off.
    pub const SILENT: KeepaliveTone = KeepaliveTone { on: false, since: i64::MIN / 2, gain: Gain::FULL };

    /// Returns a tone that is off and has the gain of this one.
    pub fn silenced(&self) -> KeepaliveTone {
        KeepaliveTone { gain: self.gain, ..KeepaliveTone::SILENT }
    }

    /// Fades the tone in or out from frame `from` on. Does nothing if it is in that state already.
    pub fn switch(&mut self, on: bool, from: i64) {
        if self.on != on {
            (self.on, self.since) = (on, from);
        }
    }

    /// Returns true if any of the tone sounds at frame `from` or later.
    pub fn sounds_from(&self, from: i64) -> bool {
        self.on || from < self.since + FADE
    }

    /// Returns true if the tone is on and past its fade at frame `from`.
    pub fn is_steady(&self, from: i64) -> bool {
        self.on && from >= self.since + FADE
    }

    /// Appends `length` frames from `from` on as bytes. This is the fast path for a steady tone with no other sound,
    /// which is most of a session.
    pub fn append(&self, from: i64, length: i64, bytes: &mut Vec<u8>) {
        if self.gain != Gain::FULL {
            let wave = WAVE.iter().cycle().skip(phase(from)).take(length as usize);
            return bytes.extend(wave.flat_map(|sample| self.gain.apply(*sample).to_le_bytes()));
        }
        let mut left = 2 * length as usize;
        let mut at = 2 * phase(from);
        while left > 0 {
            let part = WAVE_BYTES.get(at..WAVE_BYTES.len().min(at + left)).unwrap_or_default();
            bytes.extend_from_slice(part);
            left -= part.len();
            at = 0;
        }
    }

    /// Adds the tone to the frames from `from` on.
    pub fn mix_into(&self, from: i64, out: &mut [i16]) {
        let wave = WAVE.iter().cycle().skip(phase(from));
        for ((frame, slot), sample) in (from..).zip(out).zip(wave) {
            let faded = f64::from(self.gain.apply(*sample)) * self.fade_factor(frame);
            *slot = slot.saturating_add(faded.round() as i16);
        }
    }

    /// Returns the factor of the fade at `frame`, from 0 to 1 along half a cosine.
    fn fade_factor(&self, frame: i64) -> f64 {
        let share = ((frame - self.since) as f64 / FADE as f64).clamp(0.0, 1.0);
        let risen = 0.5 - 0.5 * (PI * share).cos();
        if self.on { risen } else { 1.0 - risen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(tone: &KeepaliveTone, from: i64, length: usize) -> Vec<i16> {
        let mut out = vec![0; length];
        tone.mix_into(from, &mut out);
        out
    }

    #[test]
    fn the_tone_is_30_hz_at_one_hundredth_of_full_scale_and_never_clicks() {
        let mut tone = KeepaliveTone::SILENT;
        assert!(!tone.sounds_from(0));
        tone.switch(true, 4800);
        let mut out = rendered(&tone, 0, 100_000);
        tone.switch(false, 100_000);
        out.extend(rendered(&tone, 100_000, 20_000));
        assert!(out[..4800].iter().chain(&out[107_200..]).all(|s| *s == 0));
        assert!(!tone.sounds_from(107_200));
        let steady = &out[12_000..100_000];
        let peak = f64::from(steady.iter().map(|s| s.abs()).max().unwrap()) / 32767.0;
        assert!((0.008..0.012).contains(&peak), "{peak} of full scale");
        let rises: Vec<usize> =
            steady.windows(2).enumerate().filter(|(_, w)| w[0] < 0 && w[1] >= 0).map(|(i, _)| i).collect();
        assert!(rises.windows(2).all(|w| w[1] - w[0] == 1600));
        // The steepest slope of such a sine is 2π · 30 / 48000 of its level.
        assert!(out.windows(2).all(|w| (w[1] - w[0]).abs() <= 2));
    }

    #[test]
    fn any_split_into_blocks_renders_the_same_tone() {
        let mut tone = KeepaliveTone::SILENT;
        tone.switch(true, 1000);
        let blocks: Vec<i16> = (0..600).flat_map(|i| rendered(&tone, i * 37, 37)).collect();
        assert_eq!(blocks, rendered(&tone, 0, 600 * 37));
        for (from, length) in [(8200, 100), (9599, 1920), (9600, 4800)] {
            let mut bytes = Vec::new();
            tone.append(from, length, &mut bytes);
            let samples: Vec<i16> = bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
            assert!(tone.is_steady(from));
            assert_eq!(samples, rendered(&tone, from, length as usize));
        }
    }
}
