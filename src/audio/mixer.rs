//! Sounds on a line of frames, mixed on demand: the one mixer, for a device and for a file.
//!
//! A track knows frames only; when a frame is heard is another's business.

use super::signal_synth::{frames, samples_in};
use super::volume::{Gain, VolumeMix};
use super::{SoundContent, SpokenSamples};
use crate::units::Millis;
use std::collections::VecDeque;

/// A sound that is cut short fades this long.
const FADE: i64 = 5 * 48;
/// No sound is longer than this; for signals a test compares.
const LONGEST: i64 = frames(Millis::from_secs(SpokenSamples::LONGEST as u64)) as i64;

/// Sounds in order of their first frame.
///
/// One signal sounds at a time, and one voice: the next cuts the one before short, so that however many there are, the
/// sum of a signal, a voice and the tone stays below full scale.
#[derive(Debug, Default)]
pub struct Mixer {
    sounds: VecDeque<MixedSound>,
    mix: VolumeMix,
    /// The mix before, and the frame from which on it was changed.
    before: Option<(VolumeMix, i64)>,
}

#[derive(Clone, Debug)]
struct MixedSound {
    first: i64,
    what: SoundContent,
    /// Where it begins to fade, if it was cut short.
    cut: Option<i64>,
}

impl MixedSound {
    fn end(&self) -> i64 {
        let whole = self.first + self.what.samples().len() as i64;
        self.cut.map_or(whole, |cut| whole.min(cut + FADE))
    }

    /// Has it fade from frame `at` on, unless it does so before.
    fn cut_at(&mut self, at: i64) {
        self.cut = Some(self.cut.map_or(at, |cut| cut.min(at)));
    }

    /// Adds what sounds from frame `from` on.
    fn mix_into(&self, from: i64, out: &mut [i16], track: &Mixer) {
        let (gain, change) = track.gain(&self.what);
        let skip = (from - self.first).max(0) as usize;
        let delay = (self.first - from).max(0) as usize;
        let samples = match &self.what {
            SoundContent::Signal(signal) => samples_in(track.mix.pitch, *signal),
            speech => speech.samples(),
        };
        let heard = samples.iter().skip(skip);
        for ((i, sample), slot) in heard.enumerate().zip(out.iter_mut().skip(delay)) {
            let frame = self.first + (skip + i) as i64;
            let sample = match self.cut {
                Some(cut) if frame >= cut + FADE => break,
                Some(cut) if frame > cut => (i64::from(*sample) * (cut + FADE - frame) / FADE) as i16,
                _ => *sample,
            };
            let sample = match change {
                Some((before, since)) if frame < since + FADE => {
                    before.towards(gain, frame - since, FADE).times(sample)
                }
                _ => gain.times(sample),
            };
            *slot = slot.saturating_add(sample);
        }
    }
}

impl Mixer {
    /// An empty one that sounds like this.
    pub fn of(mix: VolumeMix) -> Mixer {
        Mixer { mix, ..Mixer::default() }
    }

    /// What it sounds like.
    pub fn mix(&self) -> VolumeMix {
        self.mix
    }

    /// Has everything sound like this from frame `from` on. The levels glide there; the pitch is another at once.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        self.before = Some((std::mem::replace(&mut self.mix, mix), from));
    }

    /// How loud a sound is; and how loud it was before, until which frame.
    fn gain(&self, what: &SoundContent) -> (Gain, Option<(Gain, i64)>) {
        (self.mix.gain(what), self.before.map(|(mix, since)| (mix.gain(what), since)))
    }

    /// Puts a sound on the track, its onset at frame `first`. What sounds there of the same kind gives way to it, and it
    /// to what comes next.
    pub fn place(&mut self, first: i64, what: impl Into<SoundContent>) {
        let what = what.into();
        let at = self.sounds.partition_point(|s| s.first <= first);
        let kind = std::mem::discriminant(&what);
        let alike = |s: &MixedSound| std::mem::discriminant(&s.what) == kind;
        for sound in self.sounds.iter_mut().take(at).filter(|s| alike(s) && s.end() > first) {
            sound.cut_at(first);
        }
        let next = self.sounds.iter().skip(at).find(|s| alike(s)).map(|s| s.first);
        let sound = MixedSound { first, what, cut: None };
        let cut = next.filter(|next| sound.end() > *next);
        self.sounds.insert(at, MixedSound { cut, ..sound });
    }

    /// Takes off every sound but those `keep` wants: those not begun by frame `at` vanish, those in progress
    /// fade from there.
    pub fn cut(&mut self, at: i64, keep: impl Fn(i64, &SoundContent) -> bool) {
        self.sounds.retain(|s| s.first < at || keep(s.first, &s.what));
        for sound in &mut self.sounds {
            if sound.end() > at && !keep(sound.first, &sound.what) {
                sound.cut_at(at);
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
                sound.mix_into(from, out, self);
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
        self.sounds.iter().map(MixedSound::end).max()
    }

    fn near(&self, from: i64, length: i64) -> impl Iterator<Item = &MixedSound> {
        let begin = self.sounds.partition_point(|s| s.first + LONGEST <= from);
        self.sounds.range(begin..).take_while(move |s| s.first < from + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::signal_synth::samples;
    use crate::audio::volume::{Percent, Volume};
    use crate::cues::NotePitch;
    use crate::cues::Signal::{self, *};

    fn rendered(track: &Mixer, from: i64, length: usize) -> Vec<i16> {
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
        let mut track = Mixer::default();
        track.place(1000, Count);
        let whole = rendered(&track, 0, 8000);
        assert!(whole[..1000].iter().all(|s| *s == 0));
        assert_eq!(whole[1000..5800], *samples(Count));
        assert!(whole[5800..].iter().all(|s| *s == 0));
        let pieces: Vec<i16> =
            (0..8000).step_by(37).flat_map(|i| rendered(&track, i, 37)).take(8000).collect();
        assert_eq!(pieces, whole);
    }

    /// A sound as loud as a voice may be, and longer than any signal.
    fn voice() -> SoundContent {
        let square = |i| if i / 50 % 2 == 0 { i16::MAX } else { i16::MIN };
        SoundContent::Speech(SpokenSamples::new((0..96_000).map(square).collect()))
    }

    fn peak(samples: &[i16]) -> u16 {
        samples.iter().map(|s| s.unsigned_abs()).max().unwrap()
    }

    #[test]
    fn however_much_sounds_at_once_it_stays_below_full_scale() {
        let (tone, voice) = (328, voice());
        for pitch in [NotePitch::Usual, NotePitch::Low] {
            for a in Signal::ALL {
                for b in Signal::ALL {
                    // The second begins at every phase of the first.
                    for after in [0, 1, 100, 240, 600, 1200, 2400, 5000, 9000, 17_000, 50_000] {
                        let mut track = Mixer::of(VolumeMix { pitch, ..VolumeMix::default() });
                        track.place(0, voice.clone());
                        track.place(70, a);
                        track.place(70 + after, b);
                        track.place(70 + after, voice.clone());
                        let out = rendered(&track, (after - 500).max(0), 3000);
                        assert!(
                            peak(&out) + tone < 32_767,
                            "{a:?}, {b:?} {after} frames later: {}",
                            peak(&out)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_signal_and_a_voice_add_up_and_two_signals_do_not() {
        let mut track = Mixer::default();
        let speech = voice();
        track.place(0, speech.clone());
        track.place(0, Count);
        let both = rendered(&track, 0, 4800);
        for ((sum, signal), said) in both.iter().zip(samples(Count)).zip(speech.samples()) {
            assert_eq!(*sum, signal + said);
        }
        let mut track = Mixer::default();
        track.place(0, Finish);
        track.place(4800, Count);
        let out = rendered(&track, 0, 60_000);
        assert_eq!(out[..4800], samples(Finish)[..4800]);
        assert_eq!(out[4800 + FADE as usize..9600], samples(Count)[FADE as usize..]);
        assert!(out[9600..].iter().all(|s| *s == 0), "the rest of the first is gone");
        let mut backwards = Mixer::default();
        backwards.place(4800, Count);
        backwards.place(0, Finish);
        assert_eq!(rendered(&backwards, 0, 60_000), out, "in whichever order they are placed");
    }

    #[test]
    fn a_new_mix_holds_from_its_frame_on_and_does_not_click() {
        let mut track = Mixer::default();
        track.place(0, Finish);
        let loud = rendered(&track, 0, 20_000);
        let half = VolumeMix { signals: Percent::new(50).unwrap(), ..VolumeMix::default() };
        track.set_mix(half, 10_000);
        let out = rendered(&track, 0, 20_000);
        assert_eq!(out[..10_000], loud[..10_000]);
        let share = f64::from(peak(&out[10_240..15_000])) / f64::from(peak(&loud[10_240..15_000]));
        assert!((share - 0.316).abs() < 0.01, "{share}");
        let step = |s: &[i16]| s.windows(2).map(|w| (i32::from(w[1]) - i32::from(w[0])).abs()).max().unwrap();
        assert!(step(&out) <= step(&loud));
    }

    #[test]
    fn each_part_has_a_level_of_its_own() {
        let soft = Percent::new(50).unwrap();
        let quiet = |what: SoundContent, mix| {
            let mut track = Mixer::of(mix);
            track.place(0, what.clone());
            f64::from(peak(&rendered(&track, 0, 4800))) / f64::from(peak(&what.samples()[..4800]))
        };
        let voice = voice();
        let signals = VolumeMix { signals: soft, ..VolumeMix::default() };
        assert!(quiet(Count.into(), signals) < 0.33 && quiet(voice.clone(), signals) == 1.0);
        let speech = VolumeMix { voice: soft, ..VolumeMix::default() };
        assert!(quiet(Count.into(), speech) == 1.0 && quiet(voice.clone(), speech) < 0.33);
        let all = VolumeMix::default().at(Volume { percent: soft, muted: false });
        assert!(quiet(Count.into(), all) < 0.33 && quiet(voice, all) < 0.33);
    }

    #[test]
    fn a_cut_fades_what_sounds_and_removes_what_does_not_yet() {
        let mut track = Mixer::default();
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
        let mut track = Mixer::default();
        track.place(0, Finish);
        track.cut(10_000, |first, what| first == 0 && *what == Finish.into());
        assert_eq!(rendered(&track, 0, samples(Finish).len()), samples(Finish));
    }

    #[test]
    fn forgetting_changes_nothing_that_is_still_to_come() {
        let mut track = Mixer::default();
        track.place(0, Finish);
        track.place(70_000, Count);
        track.place(200_000, Count);
        let before = rendered(&track, 50_000, 200_000);
        track.forget(50_000);
        assert_eq!(rendered(&track, 50_000, 200_000), before);
        assert!(!track.sounds_in(100_000, 100_000) && track.sounds_in(100_000, 100_001));
    }
}
