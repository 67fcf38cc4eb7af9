//! Resamples speech of any rate to the one of this program.

use crate::audio::signal_synth::SAMPLE_RATE;
use std::f64::consts::PI;

/// The number of samples on each side that contribute to a new one.
const REACH: i64 = 8;
/// The most positions between two samples that are told apart.
const MAX_PHASES: u32 = 960;
/// The highest peak of any voice, as a share of full scale. With a signal of 0.6 it stays below full scale.
const MAX_PEAK: f64 = 0.35;

/// Resamples from `rate` to [`SAMPLE_RATE`], and lowers a peak above [`MAX_PEAK`] to it.
///
/// Interpolates with a sinc kernel under a raised-cosine window, which adds nothing above half of the old rate.
pub fn resample(samples: &[i16], rate: u32) -> Vec<i16> {
    if samples.is_empty() || rate == 0 {
        return Vec::new();
    }
    let count = samples.len() as u64 * u64::from(SAMPLE_RATE) / u64::from(rate);
    let phases = (SAMPLE_RATE / gcd(SAMPLE_RATE, rate)).min(MAX_PHASES);
    // When downsampling, frequencies above half of the new rate are removed.
    let cutoff = (f64::from(SAMPLE_RATE) / f64::from(rate)).min(1.0);
    let weights: Vec<Vec<f64>> =
        (0..=phases).map(|phase| weights(f64::from(phase) / f64::from(phases), cutoff)).collect();
    let resampled: Vec<f64> = (0..count)
        .map(|i| {
            let position = i * u64::from(rate);
            let (whole, part) = (position / u64::from(SAMPLE_RATE), position % u64::from(SAMPLE_RATE));
            let phase = (part * u64::from(phases) + u64::from(SAMPLE_RATE) / 2) / u64::from(SAMPLE_RATE);
            let kernel = weights.get(phase as usize).map_or(&[][..], Vec::as_slice);
            let first = whole as i64 - REACH + 1;
            let skip = (-first).max(0) as usize;
            let from = first.max(0) as usize;
            kernel.iter().skip(skip).zip(samples.iter().skip(from)).map(|(w, s)| w * f64::from(*s)).sum()
        })
        .collect();
    let peak = resampled.iter().fold(0.0_f64, |peak, s| peak.max(s.abs()));
    let gain = (MAX_PEAK * f64::from(i16::MAX) / peak).min(1.0);
    resampled.into_iter().map(|s| (s * gain) as i16).collect()
}

/// Returns the weights of the samples around a position, which is given as an offset of 0 to 1 after the middle one.
fn weights(offset: f64, cutoff: f64) -> Vec<f64> {
    let weights: Vec<f64> = (1 - REACH..=REACH)
        .map(|i| {
            let x = i as f64 - offset;
            let sinc = if x.abs() < 1e-9 { cutoff } else { (PI * x * cutoff).sin() / (PI * x) };
            sinc * (0.5 + 0.5 * (PI * x / (REACH as f64 + 1.0)).cos())
        })
        .collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_preserved_from_every_rate() {
        for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 11_111] {
            let tone: Vec<i16> = (0..rate)
                .map(|i| (8000.0 * (2.0 * PI * 1000.0 * f64::from(i) / f64::from(rate)).sin()) as i16)
                .collect();
            let out = resample(&tone, rate);
            assert!(out.len().abs_diff(48_000) <= 1, "{rate}");
            let off = out
                .iter()
                .enumerate()
                .skip(500)
                .take(47_000)
                .map(|(i, s)| (f64::from(*s) - 8000.0 * (2.0 * PI * i as f64 / 48.0).sin()).abs());
            let worst = off.fold(0.0, f64::max);
            assert!(worst < 160.0, "{rate}: {worst} off");
        }
    }

    #[test]
    fn loud_sound_is_lowered_and_no_sound_stays_none() {
        let loud: Vec<i16> = (0..16_000).map(|i| if i / 20 % 2 == 0 { i16::MAX } else { i16::MIN }).collect();
        let peak = resample(&loud, 16_000).iter().map(|s| s.unsigned_abs()).max().unwrap();
        assert!((11_000..=11_468).contains(&peak), "{peak}");
        assert!(resample(&[], 16_000).is_empty() && resample(&[1], 0).is_empty());
    }
}
