//! Mixes sounds on a line of frames, on demand. The only mixer, for devices and files alike.
//!
//! A mixer counts frames only. `clock_fit` knows the instant at which a frame is heard.

use super::signal_synth::{frames, samples_in};
use super::sound_cue::{SoundContent, SpokenSamples};
use super::volume::VolumeMix;
use crate::units::Millis;
use std::collections::VecDeque;

/// Frames in the fade of a sound that is cut short, and of a change in level: 5 ms.
const FADE: i64 = 5 * 48;
/// Frames in the longest sound. A test holds signals to it.
const MAX_LENGTH: i64 = frames(Millis::from_secs(SpokenSamples::MAX_SECONDS as u64)) as i64;

/// Sounds in order of their first frame.
///
/// One signal and one voice sound at a time, and the next of a kind cuts the last one short. The sum of a signal, a voice
/// and the keepalive tone therefore stays below full scale, however many sounds there are.
#[derive(Debug, Default)]
pub struct Mixer {
    sounds: VecDeque<MixedSound>,
    mix: VolumeMix,
    last_change: Option<MixChange>,
}

/// A change of the mix.
#[derive(Clone, Copy, Debug)]
struct MixChange {
    before: VolumeMix,
    /// The first frame of the new mix.
    from: i64,
}

#[derive(Clone, Debug)]
struct MixedSound {
    first: i64,
    content: SoundContent,
    /// The frame at which it begins to fade, if it is cut short.
    cut: Option<i64>,
}

impl MixedSound {
    fn end(&self) -> i64 {
        let whole = self.first + self.content.samples().len() as i64;
        self.cut.map_or(whole, |cut| whole.min(cut + FADE))
    }

    /// Makes it fade from frame `at` on, unless it fades earlier.
    fn cut_at(&mut self, at: i64) {
        self.cut = Some(self.cut.map_or(at, |cut| cut.min(at)));
    }

    /// Adds its samples to the frames from `from` on.
    fn mix_into(&self, from: i64, out: &mut [i16], mixer: &Mixer) {
        let gain = mixer.mix.gain(&self.content);
        let change = mixer.last_change.map(|change| (change.before.gain(&self.content), change.from));
        let skip = (from - self.first).max(0) as usize;
        let delay = (self.first - from).max(0) as usize;
        let samples = match &self.content {
            SoundContent::Signal(signal) => samples_in(mixer.mix.pitch, *signal),
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
                    before.towards(gain, frame - since, FADE).apply(sample)
                }
                _ => gain.apply(sample),
            };
            *slot = slot.saturating_add(sample);
        }
    }
}

impl Mixer {
    /// Returns an empty mixer with this mix.
    pub fn with_mix(mix: VolumeMix) -> Mixer {
        Mixer { mix, ..Mixer::default() }
    }

    /// Returns the current mix.
    pub fn mix(&self) -> VolumeMix {
        self.mix
    }

    /// Changes the mix from frame `from` on. Levels glide to their new value; the pitch changes at once.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        let before = std::mem::replace(&mut self.mix, mix);
        self.last_change = Some(MixChange { before, from });
    }

    /// Adds a sound with its onset at frame `first`. It cuts short an earlier sound of its kind, and the next one of its
    /// kind cuts it short.
    pub fn place(&mut self, first: i64, content: impl Into<SoundContent>) {
        let content = content.into();
        let at = self.sounds.partition_point(|s| s.first <= first);
        let kind = std::mem::discriminant(&content);
        let same_kind = |s: &MixedSound| std::mem::discriminant(&s.content) == kind;
        for sound in self.sounds.iter_mut().take(at).filter(|s| same_kind(s) && s.end() > first) {
            sound.cut_at(first);
        }
        let next = self.sounds.iter().skip(at).find(|s| same_kind(s)).map(|s| s.first);
        let sound = MixedSound { first, content, cut: None };
        let cut = next.filter(|next| sound.end() > *next);
        self.sounds.insert(at, MixedSound { cut, ..sound });
    }

    /// Removes every sound that `keep` rejects. Those not begun by frame `at` vanish; those in progress fade from there.
    pub fn cut(&mut self, at: i64, keep: impl Fn(i64, &SoundContent) -> bool) {
        self.sounds.retain(|s| s.first < at || keep(s.first, &s.content));
        for sound in &mut self.sounds {
            if sound.end() > at && !keep(sound.first, &sound.content) {
                sound.cut_at(at);
            }
        }
    }

    /// Returns true if anything sounds in the `length` frames from `from` on.
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

    /// Drops sounds that end before `frame`.
    pub fn forget_before(&mut self, frame: i64) {
        while self.sounds.front().is_some_and(|s| s.end() <= frame) {
            self.sounds.pop_front();
        }
    }

    /// Returns the frame after the last sound.
    pub fn end(&self) -> Option<i64> {
        self.sounds.iter().map(MixedSound::end).max()
    }

    /// Returns the sounds that may overlap the `length` frames from `from` on.
    fn near(&self, from: i64, length: i64) -> impl Iterator<Item = &MixedSound> {
        let begin = self.sounds.partition_point(|s| s.first + MAX_LENGTH <= from);
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

    fn rendered(mixer: &Mixer, from: i64, length: usize) -> Vec<i16> {
        let mut out = vec![7; length];
        mixer.render(from, &mut out);
        out
    }

    #[test]
    fn no_signal_is_longer_than_the_mixer_looks_back() {
        for signal in Signal::ALL {
            assert!(samples(signal).len() as i64 <= MAX_LENGTH, "{signal:?}");
        }
    }

    #[test]
    fn any_split_into_blocks_renders_a_sound_exactly_at_its_frame() {
        let mut mixer = Mixer::default();
        mixer.place(1000, Count);
        let whole = rendered(&mixer, 0, 8000);
        assert!(whole[..1000].iter().all(|s| *s == 0));
        assert_eq!(whole[1000..5800], *samples(Count));
        assert!(whole[5800..].iter().all(|s| *s == 0));
        let blocks: Vec<i16> =
            (0..8000).step_by(37).flat_map(|i| rendered(&mixer, i, 37)).take(8000).collect();
        assert_eq!(blocks, whole);
    }

    /// A voice of the highest allowed level, longer than any signal.
    fn voice() -> SoundContent {
        let square = |i| if i / 50 % 2 == 0 { i16::MAX } else { i16::MIN };
        SoundContent::Speech(SpokenSamples::new((0..96_000).map(square).collect()))
    }

    fn peak(samples: &[i16]) -> u16 {
        samples.iter().map(|s| s.unsigned_abs()).max().unwrap()
    }

    #[test]
    fn overlapping_sounds_stay_below_full_scale() {
        let (tone, voice) = (328, voice());
        for pitch in [NotePitch::Usual, NotePitch::Low] {
            for a in Signal::ALL {
                for b in Signal::ALL {
                    // The second begins at many different points of the first.
                    for after in [0, 1, 100, 240, 600, 1200, 2400, 5000, 9000, 17_000, 50_000] {
                        let mut mixer = Mixer::with_mix(VolumeMix { pitch, ..VolumeMix::default() });
                        mixer.place(0, voice.clone());
                        mixer.place(70, a);
                        mixer.place(70 + after, b);
                        mixer.place(70 + after, voice.clone());
                        let out = rendered(&mixer, (after - 500).max(0), 3000);
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
    fn a_signal_and_a_voice_add_up_but_a_signal_cuts_off_another() {
        let mut mixer = Mixer::default();
        let speech = voice();
        mixer.place(0, speech.clone());
        mixer.place(0, Count);
        let both = rendered(&mixer, 0, 4800);
        for ((sum, signal), spoken) in both.iter().zip(samples(Count)).zip(speech.samples()) {
            assert_eq!(*sum, signal + spoken);
        }
        let mut mixer = Mixer::default();
        mixer.place(0, Finish);
        mixer.place(4800, Count);
        let out = rendered(&mixer, 0, 60_000);
        assert_eq!(out[..4800], samples(Finish)[..4800]);
        assert_eq!(out[4800 + FADE as usize..9600], samples(Count)[FADE as usize..]);
        assert!(out[9600..].iter().all(|s| *s == 0), "the rest of the first is cut off");
        let mut backwards = Mixer::default();
        backwards.place(4800, Count);
        backwards.place(0, Finish);
        assert_eq!(rendered(&backwards, 0, 60_000), out, "the order of placing them does not matter");
    }

    #[test]
    fn a_new_mix_takes_effect_at_its_frame_without_a_click() {
        let mut mixer = Mixer::default();
        mixer.place(0, Finish);
        let loud = rendered(&mixer, 0, 20_000);
        let half = VolumeMix { signals: Percent::new(50).unwrap(), ..VolumeMix::default() };
        mixer.set_mix(half, 10_000);
        let out = rendered(&mixer, 0, 20_000);
        assert_eq!(out[..10_000], loud[..10_000]);
        let share = f64::from(peak(&out[10_240..15_000])) / f64::from(peak(&loud[10_240..15_000]));
        assert!((share - 0.316).abs() < 0.01, "{share}");
        let step = |s: &[i16]| s.windows(2).map(|w| (i32::from(w[1]) - i32::from(w[0])).abs()).max().unwrap();
        assert!(step(&out) <= step(&loud));
    }

    #[test]
    fn signals_and_speech_have_separate_levels() {
        let soft = Percent::new(50).unwrap();
        let quiet = |content: SoundContent, mix| {
            let mut mixer = Mixer::with_mix(mix);
            mixer.place(0, content.clone());
            f64::from(peak(&rendered(&mixer, 0, 4800))) / f64::from(peak(&content.samples()[..4800]))
        };
        let voice = voice();
        let signals = VolumeMix { signals: soft, ..VolumeMix::default() };
        assert!(quiet(Count.into(), signals) < 0.33 && quiet(voice.clone(), signals) == 1.0);
        let speech = VolumeMix { voice: soft, ..VolumeMix::default() };
        assert!(quiet(Count.into(), speech) == 1.0 && quiet(voice.clone(), speech) < 0.33);
        let all = VolumeMix::default().with_volume(Volume { percent: soft, muted: false });
        assert!(quiet(Count.into(), all) < 0.33 && quiet(voice, all) < 0.33);
    }

    #[test]
    fn a_cut_fades_sounds_in_progress_and_removes_those_to_come() {
        let mut mixer = Mixer::default();
        mixer.place(0, Finish);
        mixer.place(20_000, Count);
        mixer.cut(10_000, |_, _| false);
        let out = rendered(&mixer, 0, 90_000);
        assert_eq!(out[..10_000], samples(Finish)[..10_000]);
        assert!(out[10_240..].iter().all(|s| *s == 0));
        let last = out[10_200..10_240].iter().map(|s| s.abs()).max().unwrap();
        assert!(last < 4000, "faded to {last}");
    }

    #[test]
    fn a_cut_spares_the_sounds_to_keep() {
        let mut mixer = Mixer::default();
        mixer.place(0, Finish);
        mixer.cut(10_000, |first, content| first == 0 && *content == Finish.into());
        assert_eq!(rendered(&mixer, 0, samples(Finish).len()), samples(Finish));
    }

    #[test]
    fn forgetting_past_sounds_does_not_change_later_frames() {
        let mut mixer = Mixer::default();
        mixer.place(0, Finish);
        mixer.place(70_000, Count);
        mixer.place(200_000, Count);
        let before = rendered(&mixer, 50_000, 200_000);
        mixer.forget_before(50_000);
        assert_eq!(rendered(&mixer, 50_000, 200_000), before);
        assert!(!mixer.sounds_in(100_000, 100_000) && mixer.sounds_in(100_000, 100_001));
    }
}
