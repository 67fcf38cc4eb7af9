//! What a signal sounds like, as samples: mono, 48 kHz, 16 bits.
//!
//! Each signal is a rodio source made of its notes, rendered once and kept. Frames are counted, never durations:
//! a duration of one frame is not a whole number of nanoseconds.

use super::SoundContent;
use crate::cues::{NotePitch, Signal, SignalNote};
use crate::units::Millis;
use rodio::Source;
use rodio::source::{Zero, from_iter};
use std::f64::consts::{PI, TAU};
use std::num::NonZero;
use std::sync::OnceLock;
use std::time::Duration;

/// Frames in a second, everywhere in this program.
pub const RATE: u32 = 48_000;

/// How long a sound takes to swell and to fade, at most half of it.
const EDGE: Millis = Millis::new(25);
/// How long the pitch takes to move from one joined note to the next.
const GLIDE: Millis = Millis::new(20);
/// What is left of the level where two joined notes meet, and how long the dip is.
const DIP: (f64, Millis) = (0.35, Millis::new(50));
/// Levels of the second and third harmonic, the fundamental being 1.
const HARMONICS: (f64, f64) = (0.30, 0.12);
/// A little more than the highest value of the three together, so that a note stays within its level.
const CREST: f64 = 1.14;

/// The frames in `length`; exact, there being 48 in a millisecond.
pub const fn frames(length: Millis) -> u64 {
    length.get().saturating_mul(RATE as u64 / 1000)
}

/// How long a sound is.
pub fn length(what: &SoundContent) -> Duration {
    Duration::from_secs_f64(what.samples().len() as f64 / f64::from(RATE))
}

/// The samples of `signal` in its usual pitch; its onset is the first of them. Rendered at the first call.
pub fn samples(signal: Signal) -> &'static [i16] {
    samples_in(NotePitch::Usual, signal)
}

/// The same in any pitch; as many of them in each.
pub fn samples_in(pitch: NotePitch, signal: Signal) -> &'static [i16] {
    type Tables = [OnceLock<Box<[i16]>>; Signal::ALL.len()];
    static USUAL: Tables = [const { OnceLock::new() }; Signal::ALL.len()];
    static LOW: Tables = [const { OnceLock::new() }; Signal::ALL.len()];
    let tables = match pitch {
        NotePitch::Usual => &USUAL,
        NotePitch::Low => &LOW,
    };
    let table = Signal::ALL.iter().position(|s| *s == signal).and_then(|i| tables.get(i));
    table.map_or(&[], |table| table.get_or_init(|| render(pitch, signal)))
}

/// `signal` as a rodio source: its phrases with the silences between them.
pub fn source(pitch: NotePitch, signal: Signal) -> impl Source {
    let mut parts: Vec<ToneBurst> = Vec::new();
    let mut end = Millis::ZERO;
    for phrase in phrases(signal.notes()) {
        let start = phrase.first().map_or(end, |n| n.start);
        let gap = frames(start.saturating_sub(end)) as usize;
        if gap > 0 {
            parts.push(ToneBurst::Gap(Zero::new_samples(NonZero::<u16>::MIN, rate(), gap)));
        }
        end = phrase.iter().map(|n| n.start + n.length).max().unwrap_or(end);
        parts.push(ToneBurst::Phrase(SungPhrase::new(pitch, phrase)));
    }
    from_iter(parts)
}

fn rate() -> NonZero<u32> {
    NonZero::new(RATE).unwrap_or(NonZero::<u32>::MIN)
}

fn render(pitch: NotePitch, signal: Signal) -> Box<[i16]> {
    let mut table: Box<[i16]> =
        source(pitch, signal).map(|s| (s * f32::from(i16::MAX)).round() as i16).collect();
    // So soft an edge starts below the last of sixteen bits. Raising the first frame to that bit, which nobody
    // can hear, makes the onset visible in any recording of the samples.
    for onset in signal.onsets() {
        if let Some(first @ 0) = table.get_mut(frames(onset) as usize) {
            *first = 1;
        }
    }
    table
}

/// Runs of notes that join: each run is one sound out of silence.
fn phrases(notes: &'static [SignalNote]) -> impl Iterator<Item = &'static [SignalNote]> {
    notes.chunk_by(|a, b| a.start + a.length >= b.start)
}

enum ToneBurst {
    Gap(Zero),
    Phrase(SungPhrase),
}

/// Joined notes sung by one voice: the pitch glides from each to the next and the phase never jumps, so there is
/// neither a click nor a silence in between.
struct SungPhrase {
    pitch: NotePitch,
    notes: &'static [SignalNote],
    start: u64,
    length: u64,
    frame: u64,
    phase: f64,
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

    /// Pitch and level at the current frame.
    fn pitch_and_level(&self) -> (f64, f64) {
        let Some(first) = self.notes.first() else {
            return (0.0, 0.0);
        };
        let (mut hertz, mut level) = (f64::from(first.hertz), f64::from(first.level));
        let glide = frames(GLIDE) as f64;
        for pair in self.notes.windows(2) {
            let [a, b] = pair else { continue };
            let join = (frames(b.start) - self.start) as f64;
            let share = rise(((self.frame as f64 - join) / glide + 0.5).clamp(0.0, 1.0));
            hertz += f64::from(b.hertz - a.hertz) * share;
            level += f64::from(b.level - a.level) * share;
            // Half a cosine down and half a one up, lowest where they meet.
            let away = (self.frame as f64 - join).abs() / (frames(DIP.1) as f64 / 2.0);
            level *= DIP.0 + (1.0 - DIP.0) * rise(away.min(1.0));
        }
        (hertz * f64::from(self.pitch.factor()), level)
    }

    /// The raised-cosine edges: 0 outside, 1 between them.
    fn envelope(&self) -> f64 {
        let edge = frames(EDGE).min(self.length / 2).max(1) as f64;
        let from_onset = self.frame as f64 / edge;
        let to_end = (self.length - self.frame) as f64 / edge;
        rise(from_onset.min(to_end).min(1.0))
    }
}

/// From 0 to 1 along half a cosine.
fn rise(share: f64) -> f64 {
    0.5 - 0.5 * (PI * share).cos()
}

fn voice(phase: f64) -> f64 {
    let turn = TAU * phase;
    (turn.sin() + HARMONICS.0 * (2.0 * turn).sin() + HARMONICS.1 * (3.0 * turn).sin()) / CREST
}

impl Iterator for SungPhrase {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.frame >= self.length {
            return None;
        }
        let (hertz, level) = self.pitch_and_level();
        let sample = voice(self.phase) * level * self.envelope();
        self.phase = (self.phase + hertz / f64::from(RATE)).fract();
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
        rate()
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_lasts_exactly_as_long_as_its_notes() {
        for signal in Signal::ALL {
            assert_eq!(samples(signal).len() as u64, signal.length().get() * 48, "{signal:?}");
        }
    }

    #[test]
    fn each_signal_reaches_its_level_and_no_further() {
        for signal in Signal::ALL {
            let peak = samples(signal).iter().map(|s| s.unsigned_abs()).max().unwrap();
            let level = signal.notes().iter().map(|n| n.level).fold(0.0, f32::max);
            let share = f32::from(peak) / 32767.0 / level;
            assert!((0.95..=1.0).contains(&share), "{signal:?}: {share} of its level");
        }
    }

    #[test]
    fn no_signal_clicks() {
        // The steepest a tone within its level can be is its highest harmonic's slope; a click is steeper.
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
    fn edges_are_soft() {
        for signal in Signal::ALL {
            let table = samples(signal);
            let loudest = |part: &[i16]| part.iter().map(|s| s.unsigned_abs()).max().unwrap();
            let (head, tail) = (loudest(&table[..48]), loudest(&table[table.len() - 48..]));
            assert!(head < loudest(table) / 20 && tail < loudest(table) / 20, "{signal:?}");
        }
    }
}
