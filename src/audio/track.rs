//! Sounds on a line of frames, mixed on demand: the one mixer, for a device and for a file.
//!
//! A track knows frames only; when a frame is heard is another's business.

use super::sound::frames;
use super::{Heard, Speech};
use crate::units::Millis;
use std::collections::VecDeque;

/// A sound that is cut short fades this long.
const FADE: i64 = 5 * 48;
/// No sound is longer than this; for signals a test compares.
const LONGEST: i64 = frames(Millis::from_secs(Speech::LONGEST as u64)) as i64;

/// Sounds in order of their first frame.
#[derive(Debug, Default)]
pub struct Track {
    sounds: VecDeque<Sound>,
}

#[derive(Clone, Debug)]
struct Sound {
    first: i64,
    what: Heard,
    /// Where it begins to fade, if it was cut short.
    cut: Option<i64>,
}

impl Sound {
    fn end(&self) -> i64 {
        let whole = self.first + self.what.samples().len() as i64;
        self.cut.map_or(whole, |cut| whole.min(cut + FADE))
    }

    /// Adds what sounds from frame `from` on.
    fn mix_into(&self, from: i64, out: &mut [i16]) {
        let skip = (from - self.first).max(0) as usize;
        let delay = (self.first - from).max(0) as usize;
        let heard = self.what.samples().iter().skip(skip);
        for ((i, sample), slot) in heard.enumerate().zip(out.iter_mut().skip(delay)) {
            let frame = self.first + (skip + i) as i64;
            let sample = match self.cut {
                Some(cut) if frame >= cut + FADE => break,
                Some(cut) if frame > cut => (i64::from(*sample) * (cut + FADE - frame) / FADE) as i16,
                _ => *sample,
            };
            *slot = slot.saturating_add(sample);
        }
    }
}

impl Track {
    /// Puts a sound on the track, its onset at frame `first`.
    pub fn place(&mut self, first: i64, what: impl Into<Heard>) {
        let what = what.into();
        let at = self.sounds.partition_point(|s| s.first <= first);
        self.sounds.insert(at, Sound { first, what, cut: None });
    }

    /// Takes off every sound but those `keep` wants: those not begun by frame `at` vanish, those in progress
    /// fade from there.
    pub fn cut(&mut self, at: i64, keep: impl Fn(i64, &Heard) -> bool) {
        self.sounds.retain(|s| s.first < at || keep(s.first, &s.what));
        for sound in &mut self.sounds {
            if sound.end() > at && sound.cut.is_none() && !keep(sound.first, &sound.what) {
                sound.cut = Some(at);
            }
        }
    }

    /// Whether anything sounds in the `length` frames from `from` on.
    pub fn sounds_in(&self, from: i64, length: i64) -> bool {
        self.near(from, length).any(|s| s.end() > from)
    }

    /// Fills `out` with the frames from `from` on.
    pub fn render(&self, from: i64, out: &mut [i16]) {
        out.fill(0);
        for sound in self.near(from, out.len() as i64) {
            if sound.end() > from {
                sound.mix_into(from, out);
            }
        }
    }

    /// Drops what ended before frame `before`.
    pub fn forget(&mut self, before: i64) {
        while self.sounds.front().is_some_and(|s| s.end() <= before) {
            self.sounds.pop_front();
        }
    }

    /// The frame after the last that sounds; none where the track is empty.
    pub fn end(&self) -> Option<i64> {
        self.sounds.iter().map(Sound::end).max()
    }

    fn near(&self, from: i64, length: i64) -> impl Iterator<Item = &Sound> {
        let begin = self.sounds.partition_point(|s| s.first + LONGEST <= from);
        self.sounds.range(begin..).take_while(move |s| s.first < from + length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sound::samples;
    use super::*;
    use crate::cues::Signal::{self, *};

    fn rendered(track: &Track, from: i64, length: usize) -> Vec<i16> {
        let mut out = vec![7; length];
        track.render(from, &mut out);
        out
    }

    #[test]
    fn no_signal_is_longer_than_the_mixer_looks_back() {
        for signal in Signal::ALL {
            assert!(samples(signal).len() as i64 <= LONGEST, "{signal:?}");
        }
    }

    #[test]
    fn a_sound_is_its_samples_at_its_frame_however_it_is_asked_for() {
        let mut track = Track::default();
        track.place(1000, Count);
        let whole = rendered(&track, 0, 8000);
        assert!(whole[..1000].iter().all(|s| *s == 0));
        assert_eq!(whole[1000..5800], *samples(Count));
        assert!(whole[5800..].iter().all(|s| *s == 0));
        let pieces: Vec<i16> =
            (0..8000).step_by(37).flat_map(|i| rendered(&track, i, 37)).take(8000).collect();
        assert_eq!(pieces, whole);
    }

    #[test]
    fn sounds_at_once_add_up_and_never_wrap() {
        let mut track = Track::default();
        for _ in 0..3 {
            track.place(0, Count);
        }
        let (one, three) = (samples(Count), rendered(&track, 0, 4800));
        for (a, b) in one.iter().zip(three) {
            let sum = 3 * i32::from(*a);
            assert_eq!(i32::from(b), sum.clamp(-32768, 32767));
        }
    }

    #[test]
    fn a_cut_fades_what_sounds_and_removes_what_does_not_yet() {
        let mut track = Track::default();
        track.place(0, Finish);
        track.place(20_000, Count);
        track.cut(10_000, |_, _| false);
        let out = rendered(&track, 0, 90_000);
        assert_eq!(out[..10_000], samples(Finish)[..10_000]);
        assert!(out[10_240..].iter().all(|s| *s == 0));
        let last = out[10_200..10_240].iter().map(|s| s.abs()).max().unwrap();
        assert!(last < 4000, "faded to {last}");
    }

    #[test]
    fn a_cut_leaves_what_is_to_be_kept() {
        let mut track = Track::default();
        track.place(0, Finish);
        track.cut(10_000, |first, what| first == 0 && *what == Finish.into());
        assert_eq!(rendered(&track, 0, samples(Finish).len()), samples(Finish));
    }

    #[test]
    fn forgetting_changes_nothing_that_is_still_to_come() {
        let mut track = Track::default();
        track.place(0, Finish);
        track.place(100, Count);
        track.place(200_000, Count);
        let before = rendered(&track, 50_000, 200_000);
        track.forget(50_000);
        assert_eq!(rendered(&track, 50_000, 200_000), before);
        assert!(!track.sounds_in(100_000, 100_000) && track.sounds_in(100_000, 100_001));
    }
}
