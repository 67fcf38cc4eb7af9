//! Synthesizes the samples of each signal: mono, 48 kHz, 16 bits.
//!
//! Each signal is a rodio source made of its notes, rendered once and kept. Positions are counted in frames, never as
//! durations, because one frame is not a whole number of nanoseconds.

use crate::cues::{NotePitch, Signal, SignalNote};
use crate::units::Millis;
use rodio::Source;
use rodio::source::{Zero, from_iter};
use std::f64::consts::{PI, TAU};
use std::num::NonZero;
use std::sync::OnceLock;
use std::time::Duration;

/// Frames in a second, throughout the program.
pub const SAMPLE_RATE: u32 = 48_000;

/// The time a sound takes to fade in and out, limited to half of its length.
const FADE: Millis = Millis::new(25);
/// The time the pitch takes to move from one joined note to the next.
const GLIDE: Millis = Millis::new(20);
/// The share of the level that is left where two joined notes meet.
const DIP_LEVEL: f64 = 0.35;
/// The length of the dip where two joined notes meet.
const DIP: Millis = Millis::new(50);
/// The level of the second harmonic. The fundamental has level 1.
const SECOND_HARMONIC: f64 = 0.30;
/// The level of the third harmonic.
const THIRD_HARMONIC: f64 = 0.12;
/// Slightly more than the peak of the fundamental and both harmonics together. Dividing by it keeps a note within its
/// level.
const CREST: f64 = 1.14;

/// Converts a length to frames. The result is exact: a millisecond has 48 frames.
pub const fn frames(length: Millis) -> u64 {
    length.get().saturating_mul(SAMPLE_RATE as u64 / 1000)
}

/// Returns the samples of `signal` at the usual pitch. The first one is the onset. They are rendered at the first call.
pub fn samples(signal: Signal) -> &'static [i16] {
    samples_in(NotePitch::Usual, signal)
}

/// Returns the samples of `signal` at `pitch`. Their number does not depend on the pitch.
pub fn samples_in(pitch: NotePitch, signal: Signal) -> &'static [i16] {
    type SampleTables = [OnceLock<Box<[i16]>>; Signal::ALL.len()];
    static USUAL: SampleTables = [const { OnceLock::new() }; Signal::ALL.len()];
    static LOW: SampleTables = [const { OnceLock::new() }; Signal::ALL.len()];
    let tables = match pitch {
        NotePitch::Usual => &USUAL,
        NotePitch::Low => &LOW,
    };
    let table = Signal::ALL.iter().position(|s| *s == signal).and_then(|i| tables.get(i));
    table.map_or(&[], |table| table.get_or_init(|| render(pitch, signal)))
}

/// Returns `signal` as a rodio source: its phrases and the silences between them.
pub fn source(pitch: NotePitch, signal: Signal) -> impl Source {
    let mut parts: Vec<ToneBurst> = Vec::new();
    let mut end = Millis::ZERO;
    for phrase in phrases(signal.notes()) {
        let start = phrase.first().map_or(end, |n| n.start);
        let gap = frames(start.saturating_sub(end)) as usize;
        if gap > 0 {
            parts.push(ToneBurst::Gap(Zero::new_samples(NonZero::<u16>::MIN, sample_rate(), gap)));
        }
        end = phrase.iter().map(|n| n.start + n.length).max().unwrap_or(end);
        parts.push(ToneBurst::Phrase(SungPhrase::new(pitch, phrase)));
    }
    from_iter(parts)
}

fn sample_rate() -> NonZero<u32> {
    NonZero::new(SAMPLE_RATE).unwrap_or(NonZero::<u32>::MIN)
}

fn render(pitch: NotePitch, signal: Signal) -> Box<[i16]> {
    let mut table: Box<[i16]> =
        source(pitch, signal).map(|s| (s * f32::from(i16::MAX)).round() as i16).collect();
    // A fade this soft starts below the lowest of sixteen bits. Setting that bit in the first frame is inaudible, and
    // makes the onset visible in every recording of the samples.
    for onset in signal.onsets() {
        if let Some(first @ 0) = table.get_mut(frames(onset) as usize) {
            *first = 1;
        }
    }
    table
}

/// Splits notes into runs that join. Each run is one sound with silence around it.
fn phrases(notes: &'static [SignalNote]) -> impl Iterator<Item = &'static [SignalNote]> {
    notes.chunk_by(|a, b| a.start + a.length >= b.start)
}

enum ToneBurst {
    Gap(Zero),
    Phrase(SungPhrase),
}

/// Joined notes. The pitch glides from each to the next and the phase never jumps, so there is neither a click nor a
/// silence in between.
struct SungPhrase {
    pitch: NotePitch,
    notes: &'static [SignalNote],
    /// The first frame, counted from the start of the signal.
    start: u64,
    /// The number of frames.
    length: u64,
    /// The current frame, counted from `start`.
    frame: u64,
    /// The position in the period, from 0 to 1.
    phase: f64,
}

/// The sound of a phrase at one frame.
struct SungNote {
    hertz: f64,
    /// The level as a share of full scale.
    level: f64,
}

impl SungPhrase {
    fn new(pitch: NotePitch, notes: &'static [SignalNote]) -> Self {
        let start = notes.first().map_or(Millis::ZERO, |n| n.start);
        let end = notes.iter().map(|n| n.start + n.length).max().unwrap_or(start);
        SungPhrase {
            pitch,
            notes,
            start: frames(start),
            length: frames(end.saturating_sub(start)),
            frame: 0,
            phase: 0.0,
        }
    }

    /// Returns the pitch and the level at the current frame.
    fn note(&self) -> SungNote {
        let Some(first) = self.notes.first() else {
            return SungNote { hertz: 0.0, level: 0.0 };
        };
        let (mut hertz, mut level) = (f64::from(first.hertz), f64::from(first.level));
        let glide = frames(GLIDE) as f64;
        for pair in self.notes.windows(2) {
            let [a, b] = pair else { continue };
            let join = (frames(b.start) - self.start) as f64;
            if b.is_glide {
                let share =
                    raised_cosine(((self.frame as f64 - join) / frames(b.length) as f64).clamp(0.0, 1.0));
                hertz += f64::from(b.hertz - a.hertz) * share;
                level += f64::from(b.level - a.level) * share;
                continue;
            }
            let share = raised_cosine(((self.frame as f64 - join) / glide + 0.5).clamp(0.0, 1.0));
            hertz += f64::from(b.hertz - a.hertz) * share;
            level += f64::from(b.level - a.level) * share;
            // The dip is half a cosine down and half a cosine up, lowest at the join.
            let away = (self.frame as f64 - join).abs() / (frames(DIP) as f64 / 2.0);
            level *= DIP_LEVEL + (1.0 - DIP_LEVEL) * raised_cosine(away.min(1.0));
        }
        SungNote { hertz: hertz * f64::from(self.pitch.factor()), level }
    }

    /// Returns the factor of the fades at both ends, from 0 to 1.
    fn envelope(&self) -> f64 {
        let fade = frames(FADE).min(self.length / 2).max(1) as f64;
        let from_onset = self.frame as f64 / fade;
        let to_end = (self.length - self.frame) as f64 / fade;
        raised_cosine(from_onset.min(to_end).min(1.0))
    }
}

/// Rises from 0 to 1 along half a cosine.
fn raised_cosine(share: f64) -> f64 {
    0.5 - 0.5 * (PI * share).cos()
}

/// Returns the waveform at a position in its period.
fn waveform(phase: f64) -> f64 {
    let turn = TAU * phase;
    (turn.sin() + SECOND_HARMONIC * (2.0 * turn).sin() + THIRD_HARMONIC * (3.0 * turn).sin()) / CREST
}

impl Iterator for SungPhrase {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.frame >= self.length {
            return None;
        }
        let note = self.note();
        let sample = waveform(self.phase) * note.level * self.envelope();
        self.phase = (self.phase + note.hertz / f64::from(SAMPLE_RATE)).fract();
        self.frame += 1;
        Some(sample as f32)
    }
}

impl Iterator for ToneBurst {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        match self {
            ToneBurst::Gap(zeros) => zeros.next(),
            ToneBurst::Phrase(phrase) => phrase.next(),
        }
    }
}

impl Source for ToneBurst {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> NonZero<u16> {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> NonZero<u32> {
        sample_rate()
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_is_exactly_as_long_as_its_notes() {
        for signal in Signal::ALL {
            assert_eq!(samples(signal).len() as u64, signal.length().get() * 48, "{signal:?}");
        }
    }

    #[test]
    fn each_signal_reaches_but_never_exceeds_its_level() {
        for signal in Signal::ALL {
            let peak = samples(signal).iter().map(|s| s.unsigned_abs()).max().unwrap();
            let level = signal.notes().iter().map(|n| n.level).fold(0.0, f32::max);
            let share = f32::from(peak) / 32767.0 / level;
            assert!((0.95..=1.0).contains(&share), "{signal:?}: {share} of its level");
        }
    }

    #[test]
    fn no_signal_clicks() {
        // A click is steeper than the steepest slope of a tone at its level.
        for signal in Signal::ALL {
            let hertz = signal.notes().iter().map(|n| n.hertz).fold(0.0, f32::max);
            let level = signal.notes().iter().map(|n| n.level).fold(0.0, f32::max) * 32767.0;
            let steepest = level * 2.0 * std::f32::consts::TAU * hertz / 48_000.0;
            let padded: Vec<i16> = [&[0], samples(signal), &[0]].concat();
            let step = padded.windows(2).map(|w| (i32::from(w[1]) - i32::from(w[0])).abs()).max().unwrap();
            assert!((step as f32) < steepest, "{signal:?}: {step} against {steepest}");
        }
    }

    #[test]
    fn both_ends_fade() {
        for signal in Signal::ALL {
            let table = samples(signal);
            let loudest = |part: &[i16]| part.iter().map(|s| s.unsigned_abs()).max().unwrap();
            let (head, tail) = (loudest(&table[..48]), loudest(&table[table.len() - 48..]));
            assert!(head < loudest(table) / 20 && tail < loudest(table) / 20, "{signal:?}");
        }
    }
}
