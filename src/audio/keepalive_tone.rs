//! The tone that keeps headphones awake: Bluetooth and HDMI cut off the first second after a silence.
//!
//! Deeper and softer than anyone hears, but no silence to a machine. Its phase is that of the stream's frames, so
//! it can be rendered in any order and over again.

use super::signal_synth::RATE;
use super::volume::Gain;
use std::f64::consts::{PI, TAU};
use std::sync::LazyLock;

/// A whole period, exactly.
const PERIOD: usize = RATE as usize / 30;
/// One part in a hundred of full scale.
const LEVEL: f64 = 327.0;
/// How long it takes to swell and to fade, in frames: 150 ms.
const EDGE: i64 = RATE as i64 * 15 / 100;

static WAVE: LazyLock<Vec<i16>> = LazyLock::new(|| {
    (0..PERIOD).map(|i| ((TAU * i as f64 / PERIOD as f64).sin() * LEVEL).round() as i16).collect()
});

static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| WAVE.iter().flat_map(|s| s.to_le_bytes()).collect());

/// Where in its period it is at a frame.
fn phase(frame: i64) -> usize {
    frame.rem_euclid(PERIOD as i64) as usize
}

/// Whether it sounds, and since which frame.
#[derive(Debug)]
pub struct KeepaliveTone {
    on: bool,
    since: i64,
    /// How loud it is, as a part of its usual level.
    pub gain: Gain,
}

impl KeepaliveTone {
    /// Silence.
    pub const SILENT: KeepaliveTone = KeepaliveTone { on: false, since: i64::MIN / 2, gain: Gain::FULL };

    /// Silence, from which it will rise as loud as this one.
    pub fn silenced(&self) -> KeepaliveTone {
        KeepaliveTone { gain: self.gain, ..KeepaliveTone::SILENT }
    }

    /// Turns it on or off from frame `from` on, softly.
    pub fn turn(&mut self, on: bool, from: i64) {
        if self.on != on {
            (self.on, self.since) = (on, from);
        }
    }

    /// Whether there is any of it from frame `from` on.
    pub fn sounds_from(&self, from: i64) -> bool {
        self.on || from < self.since + EDGE
    }

    /// Whether it neither swells nor fades from frame `from` on.
    pub fn is_steady(&self, from: i64) -> bool {
        self.on && from >= self.since + EDGE
    }

    /// Appends what there is from frame `from` on, `length` frames, as bytes; for where it is steady and alone,
    /// which it is most of the time.
    pub fn append(&self, from: i64, length: i64, bytes: &mut Vec<u8>) {
        if self.gain != Gain::FULL {
            let wave = WAVE.iter().cycle().skip(phase(from)).take(length as usize);
            return bytes.extend(wave.flat_map(|sample| self.gain.times(*sample).to_le_bytes()));
        }
        let mut left = 2 * length as usize;
        let mut at = 2 * phase(from);
        while left > 0 {
            let piece = BYTES.get(at..BYTES.len().min(at + left)).unwrap_or_default();
            bytes.extend_from_slice(piece);
            left -= piece.len();
            at = 0;
        }
    }

    /// Adds it to the frames from `from` on.
    pub fn mix_into(&self, from: i64, out: &mut [i16]) {
        let wave = WAVE.iter().cycle().skip(phase(from));
        for ((frame, slot), sample) in (from..).zip(out).zip(wave) {
            *slot =
                slot.saturating_add((f64::from(self.gain.times(*sample)) * self.swell(frame)).round() as i16);
        }
    }

    fn swell(&self, frame: i64) -> f64 {
        let share = ((frame - self.since) as f64 / EDGE as f64).clamp(0.0, 1.0);
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
    fn it_is_thirty_hertz_near_one_hundredth_and_never_jumps() {
        let mut tone = KeepaliveTone::SILENT;
        assert!(!tone.sounds_from(0));
        tone.turn(true, 4800);
        let mut out = rendered(&tone, 0, 100_000);
        tone.turn(false, 100_000);
        out.extend(rendered(&tone, 100_000, 20_000));
        assert!(out[..4800].iter().chain(&out[107_200..]).all(|s| *s == 0));
        assert!(!tone.sounds_from(107_200));
        let steady = &out[12_000..100_000];
        let peak = f64::from(steady.iter().map(|s| s.abs()).max().unwrap()) / 32767.0;
        assert!((0.008..0.012).contains(&peak), "{peak} of full scale");
        let rises: Vec<usize> =
            steady.windows(2).enumerate().filter(|(_, w)| w[0] < 0 && w[1] >= 0).map(|(i, _)| i).collect();
        assert!(rises.windows(2).all(|w| w[1] - w[0] == 1600));
        // As steep as such a sine is: 2π · 30 / 48000 of its level.
        assert!(out.windows(2).all(|w| (w[1] - w[0]).abs() <= 2));
    }

    #[test]
    fn it_is_the_same_however_it_is_asked_for() {
        let mut tone = KeepaliveTone::SILENT;
        tone.turn(true, 1000);
        let pieces: Vec<i16> = (0..600).flat_map(|i| rendered(&tone, i * 37, 37)).collect();
        assert_eq!(pieces, rendered(&tone, 0, 600 * 37));
        for (from, length) in [(8200, 100), (9599, 1920), (9600, 4800)] {
            let mut bytes = Vec::new();
            tone.append(from, length, &mut bytes);
            let samples: Vec<i16> = bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
            assert!(tone.is_steady(from));
            assert_eq!(samples, rendered(&tone, from, length as usize));
        }
    }
}
