//! What is to be heard when: cues by the clock, put on the track as the stream comes to them.
//!
//! A cue is given its frame once, from the anchor as it is then, and keeps it: whatever the anchor learns later
//! moves the cues to come and never a sound that has begun.

use super::Cue;
use super::Heard;
use super::anchor::Anchor;
use super::mix::Mix;
use super::sound::RATE;
use super::track::Track;
use std::time::{Duration, Instant};

/// A cue so late is still worth hearing: a skip is announced at the instant of the key, which is already past.
const LATE: Duration = Duration::from_millis(400);

/// The cues of the latest announcement, and the sounds made of them so far.
#[derive(Debug, Default)]
pub struct Programme {
    /// In order of time; those before `next` are on the track or dropped.
    cues: Vec<Cue>,
    next: usize,
    track: Track,
    /// The cues on the track with their frames, as long as a new announcement may repeat them.
    placed: Vec<(Cue, i64)>,
}

impl Programme {
    /// Replaces the cues. What begins at frame `from` or later is forgotten, what is in progress there fades,
    /// except where the new cues repeat it: then it stays as it is.
    pub fn announce(&mut self, mut cues: Vec<Cue>, from: i64) {
        cues.sort_by_key(|c| c.at);
        let mut kept: Vec<(Cue, i64)> = Vec::new();
        for (cue, first) in std::mem::take(&mut self.placed) {
            let begin = cues.partition_point(|c| c.at < cue.at);
            let same = cues.iter().skip(begin).take_while(|c| c.at == cue.at);
            if let Some(i) = same.enumerate().find(|(_, c)| **c == cue).map(|(i, _)| begin + i) {
                cues.remove(i);
                kept.push((cue, first));
            }
        }
        self.track.cut(from, |first, what| kept.iter().any(|(c, f)| *f == first && c.what == *what));
        self.placed = kept;
        self.cues = cues;
        self.next = 0;
    }

    /// Has everything sound like this from frame `from` on.
    pub fn set_mix(&mut self, mix: Mix, from: i64) {
        self.track.set_mix(mix, from);
    }

    /// Forgets the sounds made so far, but not the cues to come: frames will be counted anew.
    pub fn restart(&mut self) {
        self.track = Track::of(self.track.mix());
        self.placed.clear();
    }

    /// Whether anything is to be heard in the `length` frames from `from` on; puts the cues that begin there on
    /// the track. Without an anchor nothing begins.
    pub fn advance(&mut self, from: i64, length: i64, anchor: &Anchor) -> bool {
        while let Some(cue) = self.cues.get(self.next).cloned() {
            let Some(frame) = anchor.frame_at(cue.at).map(|f| f.round() as i64) else {
                break;
            };
            if frame >= from + length {
                break;
            }
            self.next += 1;
            // Speech that is late would run into what comes after it.
            let late = if let Heard::Signal(_) = cue.what { LATE.as_millis() as i64 } else { 0 };
            if frame + late * i64::from(RATE / 1000) >= from {
                let first = frame.max(from);
                self.track.place(first, cue.what.clone());
                self.placed.push((cue, first));
            }
        }
        self.track.sounds_in(from, length)
    }

    /// Whether anything on the track sounds in the `length` frames from `from` on.
    pub fn sounds_in(&self, from: i64, length: i64) -> bool {
        self.track.sounds_in(from, length)
    }

    /// Fills `out` with the frames from `from` on.
    pub fn render(&self, from: i64, out: &mut [i16]) {
        self.track.render(from, out);
    }

    /// Forgets what was over before `heard`, the frame being heard.
    pub fn forget(&mut self, heard: i64) {
        let late = LATE.as_millis() as i64 * i64::from(RATE / 1000);
        self.track.forget(heard);
        self.placed.retain(|(cue, first)| first + cue.what.samples().len() as i64 + late > heard);
    }

    /// The instant of the next cue not yet on the track.
    pub fn pending(&self) -> Option<Instant> {
        self.cues.get(self.next).map(|c| c.at)
    }

    /// The frame after the last sound on the track.
    pub fn end(&self) -> Option<i64> {
        self.track.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::anchor::Measurement;
    use super::super::sound::samples;
    use super::*;
    use crate::clock::monotonic;
    use crate::cues::Signal::{self, *};

    struct Stage {
        epoch: Instant,
        anchor: Anchor,
        programme: Programme,
    }

    impl Stage {
        /// Frame 0 is heard at the epoch.
        fn new() -> Self {
            let epoch = monotonic();
            let mut anchor = Anchor::new(epoch);
            anchor.feed(&Measurement { asked: epoch, answered: epoch, frame: 0.0, delay: Duration::ZERO });
            Stage { epoch, anchor, programme: Programme::default() }
        }

        fn cue(&self, ms: u64, signal: Signal) -> Cue {
            Cue { at: self.epoch + Duration::from_millis(ms), what: signal.into() }
        }

        fn play(&mut self, from: i64, length: usize) -> Vec<i16> {
            let mut out = vec![0; length];
            if self.programme.advance(from, length as i64, &self.anchor) {
                self.programme.render(from, &mut out);
            }
            out
        }
    }

    #[test]
    fn each_cue_begins_at_the_frame_heard_at_its_instant() {
        let mut stage = Stage::new();
        let cues = vec![stage.cue(1500, Same), stage.cue(250, Count)];
        stage.programme.announce(cues, 0);
        let out: Vec<i16> = (0..100).flat_map(|i| stage.play(i * 960, 960)).collect();
        assert_eq!(out[12_000..16_800], *samples(Count));
        assert_eq!(out[72_000..72_000 + samples(Same).len()], *samples(Same));
        assert!(out[16_800..72_000].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_cue_a_little_late_is_heard_at_once_and_an_old_one_not_at_all() {
        let mut stage = Stage::new();
        let cues = vec![stage.cue(599, Finish), stage.cue(601, Count)];
        stage.programme.announce(cues, 48_000);
        let out = stage.play(48_000, 10_000);
        assert_eq!(out[..4800], *samples(Count));
        assert!(out[4800..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_sound_in_progress_goes_on_where_it_is_announced_again_and_is_not_heard_twice() {
        let mut stage = Stage::new();
        let finish = stage.cue(0, Finish);
        stage.programme.announce(vec![finish.clone()], 0);
        stage.play(0, 9600);
        stage.programme.announce(vec![finish.clone()], 4800);
        assert_eq!(stage.play(4800, samples(Finish).len() - 4800), samples(Finish)[4800..]);
        stage.programme.forget(90_000);
        stage.programme.announce(vec![finish], 90_000);
        assert!(stage.play(90_000, 96_000).iter().all(|s| *s == 0));
    }

    #[test]
    fn a_new_announcement_leaves_nothing_of_the_old_one() {
        let mut stage = Stage::new();
        let old = (0..50).map(|i| stage.cue(i * 100, Count)).collect();
        stage.programme.announce(old, 0);
        stage.play(0, 9600);
        stage.programme.announce(Vec::new(), 2400);
        let out = stage.play(2400, 300_000);
        assert!(out[240..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_long_list_is_walked_once() {
        let mut stage = Stage::new();
        let cues = (0..50_000).map(|i| stage.cue(i * 200, Tick)).collect();
        stage.programme.announce(cues, 0);
        for i in 0..1000 {
            stage.programme.advance(i * 1920, 1920, &stage.anchor);
            stage.programme.forget(i * 1920 - 9600);
        }
        assert_eq!(stage.programme.next, 200);
        assert!(stage.programme.placed.len() < 10);
        assert_eq!(stage.programme.pending(), Some(stage.cue(40_000, Tick).at));
    }
}
