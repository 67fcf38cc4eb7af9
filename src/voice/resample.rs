//! From any rate of samples to the program's own.

use crate::audio::signal_synth::SAMPLE_RATE;
use std::f64::consts::PI;

/// Samples to each side that count for one between them.
const REACH: i64 = 8;
/// Finer than this the place between two samples is not told apart.
const FINEST: u32 = 960;
/// The highest sample of any voice: with a signal of 0.6 beside it there is room left.
pub const PEAK: f64 = 0.35;

/// The same sound in [`SAMPLE_RATE`] samples a second, its peak held at [`PEAK`].
///
/// Between the samples stands what has nothing above half the old rate: a sinc under a raised cosine.
pub fn resampled(samples: &[i16], rate: u32) -> Vec<i16> {
    if samples.is_empty() || rate == 0 {
        return Vec::new();
    }
    let count = samples.len() as u64 * u64::from(SAMPLE_RATE) / u64::from(rate);
    let phases = (SAMPLE_RATE / gcd(SAMPLE_RATE, rate)).min(FINEST);
    // Where the new rate is the lower one, what it cannot hold goes.
    let cut = (f64::from(SAMPLE_RATE) / f64::from(rate)).min(1.0);
    let weights: Vec<Vec<f64>> =
        (0..=phases).map(|phase| weights(f64::from(phase) / f64::from(phases), cut)).collect();
    let sound: Vec<f64> = (0..count)
        .map(|i| {
            let place = i * u64::from(rate);
            let (whole, part) = (place / u64::from(SAMPLE_RATE), place % u64::from(SAMPLE_RATE));
            let phase = (part * u64::from(phases) + u64::from(SAMPLE_RATE) / 2) / u64::from(SAMPLE_RATE);
            let near = weights.get(phase as usize).map_or(&[][..], Vec::as_slice);
            let first = whole as i64 - REACH + 1;
            let skip = (-first).max(0) as usize;
            let from = first.max(0) as usize;
            near.iter().skip(skip).zip(samples.iter().skip(from)).map(|(w, s)| w * f64::from(*s)).sum()
        })
        .collect();
    let highest = sound.iter().fold(0.0_f64, |high, s| high.max(s.abs()));
    let gain = (PEAK * f64::from(i16::MAX) / highest).min(1.0);
    sound.into_iter().map(|s| (s * gain) as i16).collect()
}

/// What the samples around count for at this place after the middle one of them.
fn weights(place: f64, cut: f64) -> Vec<f64> {
    let each: Vec<f64> = (1 - REACH..=REACH)
        .map(|i| {
            let x = i as f64 - place;
            let sinc = if x.abs() < 1e-9 { cut } else { (PI * x * cut).sin() / (PI * x) };
            sinc * (0.5 + 0.5 * (PI * x / (REACH as f64 + 1.0)).cos())
        })
        .collect();
    let sum: f64 = each.iter().sum();
    each.into_iter().map(|w| w / sum).collect()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_stays_what_it_was_at_every_rate() {
        for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 11_111] {
            let tone: Vec<i16> = (0..rate)
                .map(|i| (8000.0 * (2.0 * PI * 1000.0 * f64::from(i) / f64::from(rate)).sin()) as i16)
                .collect();
            let out = resampled(&tone, rate);
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
    fn what_is_loud_is_held_and_nothing_is_nothing() {
        let loud: Vec<i16> = (0..16_000).map(|i| if i / 20 % 2 == 0 { i16::MAX } else { i16::MIN }).collect();
        let peak = resampled(&loud, 16_000).iter().map(|s| s.unsigned_abs()).max().unwrap();
        assert!((11_000..=11_468).contains(&peak), "{peak}");
        assert!(resampled(&[], 16_000).is_empty() && resampled(&[1], 0).is_empty());
    }
}
