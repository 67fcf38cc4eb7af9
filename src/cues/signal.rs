//! The signals as notes.
//!
//! Signals differ in rhythm and length as well as in pitch. They can be told apart over the noise of a fan, with one ear,
//! and by people who do not hear pitch:
//!
//! - *count*: one short pip, modelled on the Greenwich pips (1 kHz, 0.1 s)
//! - *faster*: joined notes that rise, the last one the longest
//! - *easier*: joined notes that fall, the first one the longest
//! - *same*: two equal notes apart
//! - *finish*: three long notes apart
//! - *tick*: one soft, very short note
//! - *in*: one soft note that swells and rises for more than a second
//! - *out*: two soft notes apart, the second one lower
//!
//! A large change has three notes over an octave, a small one two notes a fourth apart. The level dips where notes join,
//! so that they can be counted. Joined notes are over within 400 ms, so the end of a signal cannot be taken for the
//! beginning of another, by an ear or by a measurement.
//!
//! Fundamentals lie between 0.78 and 1.6 kHz (the tick: 1.76 kHz), with harmonics up to a little above 3 kHz: laptop
//! speakers lose level below 400 Hz, and hearing loss begins at 4 kHz. [`NotePitch::Low`] is for ears that do not hear
//! high notes.

use crate::units::Millis;
use serde::{Deserialize, Serialize};

/// A signal. On a run there are no more than five meanings and a tick, so that runners can learn them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signal {
    /// A pip 3, 2 or 1 seconds before a change.
    Count,
    /// The new step is much faster.
    Faster,
    /// The new step is a little faster.
    SlightlyFaster,
    /// The new step is much easier.
    Easier,
    /// The new step is a little easier.
    SlightlyEasier,
    /// The new step is as hard as the last.
    Same,
    /// The last step is over.
    Finish,
    /// Something within a step: a new setting of the belt, the middle, a text on the screen.
    Tick,
    /// A breath in.
    #[serde(rename = "in")]
    Inhale,
    /// A breath out.
    #[serde(rename = "out")]
    Exhale,
}

/// The pitch of the signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum NotePitch {
    /// The pitch of the notes as they are defined.
    #[default]
    Usual,
    /// A major sixth lower, for ears that do not hear high notes. Fundamentals lie between 470 and 940 Hz (the tick:
    /// 1060 Hz), which laptop speakers still play, and little sounds above 2 kHz.
    Low,
}

impl NotePitch {
    /// Returns the factor for the frequencies.
    pub const fn factor(self) -> f32 {
        match self {
            NotePitch::Usual => 1.0,
            NotePitch::Low => 0.6,
        }
    }
}

/// One note of a signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalNote {
    /// The time from the start of the signal.
    pub start: Millis,
    /// The length, including the fades.
    pub length: Millis,
    /// The fundamental frequency, in hertz.
    pub hertz: f32,
    /// The peak level. Full scale is 1.
    pub level: f32,
    /// True for a note that the one before it glides into over its whole length.
    pub is_glide: bool,
}

const fn note(start: u64, length: u64, hertz: f32, level: f32) -> SignalNote {
    SignalNote { start: Millis::new(start), length: Millis::new(length), hertz, level, is_glide: false }
}

/// A note that the one before it glides into.
const fn glide(start: u64, length: u64, hertz: f32, level: f32) -> SignalNote {
    SignalNote { is_glide: true, ..note(start, length, hertz, level) }
}

/// The level of most signals. It leaves headroom for the voice.
const LOUD: f32 = 0.6;
/// The level of the tick, which must not disturb.
const SOFT: f32 = 0.25;

const COUNT: [SignalNote; 1] = [note(0, 100, 1000.0, LOUD)];
const FASTER: [SignalNote; 3] =
    [note(0, 100, 784.0, LOUD), note(100, 100, 1109.0, LOUD), note(200, 200, 1568.0, LOUD)];
const SLIGHTLY_FASTER: [SignalNote; 2] = [note(0, 90, 988.0, LOUD), note(90, 160, 1319.0, LOUD)];
const EASIER: [SignalNote; 3] =
    [note(0, 180, 1568.0, LOUD), note(180, 90, 1109.0, LOUD), note(270, 90, 784.0, LOUD)];
const SLIGHTLY_EASIER: [SignalNote; 2] = [note(0, 190, 1319.0, LOUD), note(190, 110, 988.0, LOUD)];
const SAME: [SignalNote; 2] = [note(0, 130, 1047.0, LOUD), note(230, 130, 1047.0, LOUD)];
const FINISH: [SignalNote; 3] =
    [note(0, 350, 1047.0, LOUD), note(550, 350, 1047.0, LOUD), note(1100, 350, 1047.0, LOUD)];
const TICK: [SignalNote; 1] = [note(0, 60, 1760.0, SOFT)];
const INHALE: [SignalNote; 3] =
    [note(0, 100, 784.0, 0.04), glide(100, 900, 1109.0, 0.3), glide(1000, 250, 1175.0, 0.03)];
const EXHALE: [SignalNote; 2] = [note(0, 220, 1047.0, 0.3), note(340, 320, 784.0, 0.25)];

impl Signal {
    /// All signals.
    pub const ALL: [Signal; 10] = [
        Signal::Count,
        Signal::Faster,
        Signal::SlightlyFaster,
        Signal::Easier,
        Signal::SlightlyEasier,
        Signal::Same,
        Signal::Finish,
        Signal::Tick,
        Signal::Inhale,
        Signal::Exhale,
    ];

    /// True for a signal that a bell does not stand in for: it says nothing that must not be missed.
    pub const fn is_soft(self) -> bool {
        matches!(self, Signal::Tick | Signal::Inhale | Signal::Exhale)
    }

    /// Returns the signal with the same meaning for a large change.
    pub const fn meaning(self) -> Signal {
        match self {
            Signal::SlightlyFaster => Signal::Faster,
            Signal::SlightlyEasier => Signal::Easier,
            other => other,
        }
    }

    /// Returns the notes in order.
    pub const fn notes(self) -> &'static [SignalNote] {
        match self {
            Signal::Count => &COUNT,
            Signal::Faster => &FASTER,
            Signal::SlightlyFaster => &SLIGHTLY_FASTER,
            Signal::Easier => &EASIER,
            Signal::SlightlyEasier => &SLIGHTLY_EASIER,
            Signal::Same => &SAME,
            Signal::Finish => &FINISH,
            Signal::Tick => &TICK,
            Signal::Inhale => &INHALE,
            Signal::Exhale => &EXHALE,
        }
    }

    /// Returns the time from the start to the end of the last note.
    pub fn length(self) -> Millis {
        self.notes().iter().map(|n| n.start + n.length).max().unwrap_or_default()
    }

    /// Returns the times at which a sound begins after silence. Joined notes have one onset.
    pub fn onsets(self) -> impl Iterator<Item = Millis> {
        let notes = self.notes();
        notes.iter().enumerate().filter_map(move |(i, n)| {
            let joined = i > 0 && notes[i - 1].start + notes[i - 1].length >= n.start;
            (!joined).then_some(n.start)
        })
    }

    /// Returns the word for the meaning: `count`, `faster`.
    pub const fn word(self) -> &'static str {
        match self {
            Signal::Count => "count",
            Signal::Faster | Signal::SlightlyFaster => "faster",
            Signal::Easier | Signal::SlightlyEasier => "easier",
            Signal::Same => "same",
            Signal::Finish => "finish",
            Signal::Tick => "tick",
            Signal::Inhale => "in",
            Signal::Exhale => "out",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_signals_share_rhythm_and_contour() {
        let rhythm = |s: Signal| s.notes().iter().map(|n| (n.start, n.length)).collect::<Vec<_>>();
        for (i, a) in Signal::ALL.iter().enumerate() {
            for b in &Signal::ALL[i + 1..] {
                assert_ne!(rhythm(*a), rhythm(*b), "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn faster_rises_easier_falls_and_same_stays() {
        let pitches = |s: Signal| s.notes().iter().map(|n| n.hertz).collect::<Vec<_>>();
        for signal in [Signal::Faster, Signal::SlightlyFaster] {
            assert!(pitches(signal).is_sorted_by(|a, b| a < b));
        }
        for signal in [Signal::Easier, Signal::SlightlyEasier] {
            assert!(pitches(signal).is_sorted_by(|a, b| a > b));
        }
        assert!(pitches(Signal::Same).windows(2).all(|w| w[0] == w[1]));
    }

    #[test]
    fn joined_notes_are_one_onset() {
        let onsets = |s: Signal| s.onsets().map(Millis::get).collect::<Vec<_>>();
        for change in [Signal::Faster, Signal::SlightlyFaster, Signal::Easier, Signal::SlightlyEasier] {
            assert_eq!(onsets(change), [0]);
            assert!(change.length() <= Millis::new(400), "{change:?}");
        }
        assert_eq!(onsets(Signal::Same), [0, 230]);
        assert_eq!(onsets(Signal::Finish), [0, 550, 1100]);
    }
}
