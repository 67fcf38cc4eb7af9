//! The five signals and the tick: what each sounds like, as notes.
//!
//! They differ in rhythm and in length as well as in pitch, so that they are told apart through a fan, by one ear, or
//! by someone who does not hear pitch: *count* is one short pip; *faster* is notes joined into one rising sound, the
//! last of them the longest; *easier* falls, its first the longest; a small change has two notes a fourth apart, a
//! large one three over an octave; *same* is two equal notes apart, *finish* three long ones apart. Where notes join
//! the level dips, so that they can be counted. What begins together is over within 400 ms, so that the end of a sound
//! cannot be taken for its beginning, by an ear or by a measurement. The Greenwich pips (1 kHz, 0.1 s) are the model
//! for the count.
//!
//! Fundamentals stay between 0.78 and 1.6 kHz (the tick: 1.76), with harmonics up to 3 kHz and a little above: laptop
//! speakers fall off below 400 Hz, and hearing loss begins at 4 kHz. For ears that have lost the heights there is a
//! second [`NotePitch`].

use crate::units::Millis;
use serde::{Deserialize, Serialize};

/// What a sound means. No more than five meanings, and a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signal {
    /// A pip, one of those 3, 2 and 1 seconds before a change.
    Count,
    /// From now on faster.
    Faster,
    /// The same meaning where the change is small.
    SlightlyFaster,
    /// From now on easier.
    Easier,
    /// The same meaning where the change is small.
    SlightlyEasier,
    /// A new step, as hard as the last.
    Same,
    /// The last step is over.
    Finish,
    /// Something on the way: a change of the belt in a ramp, half-way, words on the screen.
    Tick,
}

/// How high the signals are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum NotePitch {
    /// As they are written.
    #[default]
    Usual,
    /// A major sixth lower, for ears that have lost the heights: fundamentals from 470 to 940 Hz (the tick: 1060), which
    /// laptop speakers still have, and nothing of weight above 2 kHz.
    Low,
}

impl NotePitch {
    /// What the written pitch is multiplied by.
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
    /// From the signal's onset to the note's.
    pub start: Millis,
    /// How long it sounds, its soft edges included.
    pub length: Millis,
    /// The fundamental in hertz.
    pub hertz: f32,
    /// Peak level of the note, 1.0 being full scale.
    pub level: f32,
}

const fn note(start: u64, length: u64, hertz: f32, level: f32) -> SignalNote {
    SignalNote { start: Millis::new(start), length: Millis::new(length), hertz, level }
}

/// Loud, with headroom for a voice beside it.
const LOUD: f32 = 0.6;
/// Heard when listened for, out of the way when not.
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

impl Signal {
    /// Every signal, for tables and tests.
    pub const ALL: [Signal; 8] = [
        Signal::Count,
        Signal::Faster,
        Signal::SlightlyFaster,
        Signal::Easier,
        Signal::SlightlyEasier,
        Signal::Same,
        Signal::Finish,
        Signal::Tick,
    ];

    /// What it means, whether the change is large or small.
    pub const fn meaning(self) -> Signal {
        match self {
            Signal::SlightlyFaster => Signal::Faster,
            Signal::SlightlyEasier => Signal::Easier,
            other => other,
        }
    }

    /// Its notes in order.
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
        }
    }

    /// From its onset to the end of its last note.
    pub fn length(self) -> Millis {
        self.notes().iter().map(|n| n.start + n.length).max().unwrap_or_default()
    }

    /// Where a sound begins out of silence within it: notes that join are one onset.
    pub fn onsets(self) -> impl Iterator<Item = Millis> {
        let notes = self.notes();
        notes.iter().enumerate().filter_map(move |(i, n)| {
            let joined = i > 0 && notes[i - 1].start + notes[i - 1].length >= n.start;
            (!joined).then_some(n.start)
        })
    }

    /// The word for its meaning in listings: `count`, `faster` …
    pub const fn word(self) -> &'static str {
        match self {
            Signal::Count => "count",
            Signal::Faster | Signal::SlightlyFaster => "faster",
            Signal::Easier | Signal::SlightlyEasier => "easier",
            Signal::Same => "same",
            Signal::Finish => "finish",
            Signal::Tick => "tick",
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
