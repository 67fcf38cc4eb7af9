//! What is to be heard when: cues by the clock, put on the track as the stream comes to them.
//!
//! A cue is given its frame once, from the anchor as it is then, and keeps it: whatever the anchor learns later
//! moves the cues to come and never a sound that has begun.

use super::SoundContent;
use super::SoundCue;
use super::clock_fit::ClockFit;
use super::mixer::Mixer;
use super::player_channel::PlayerUpdate;
use super::signal_synth::RATE;
use super::volume::VolumeMix;
use std::time::{Duration, Instant};

/// A cue so late is still worth hearing if nobody knew of it before: a skip is announced at the instant of the key,
/// which is already past.
const LATE: Duration = Duration::from_millis(400);
/// A cue that was known in time and is later than this is left out: a pip beside its second misleads more than one
/// that is missing.
const TARDY: Duration = Duration::from_millis(30);
/// A cue announced less than this before its time may be too late for the buffer through no fault of anyone's.
const NOTICE: Duration = Duration::from_millis(300);

/// The cues of the latest announcement, and the sounds made of them so far.
#[derive(Debug, Default)]
pub struct SoundSchedule {
    /// In order of time; none before `next` is waiting.
    cues: Vec<ScheduledSound>,
    next: usize,
    track: Mixer,
}

#[derive(Debug)]
struct ScheduledSound {
    cue: SoundCue,
    /// Whether it was announced hardly before its time.
    sudden: bool,
    state: ScheduledState,
}

/// What became of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ScheduledState {
    Waiting,
    /// On the track, from this frame on.
    Placed(i64),
    /// Never to be heard, or not again.
    Over,
}

impl SoundSchedule {
    /// Replaces the cues. What begins at frame `from` or later is forgotten, what is in progress there fades,
    /// except where the new cues repeat it: then it stays as it is.
    pub fn announce(&mut self, PlayerUpdate { at, mut cues }: PlayerUpdate, from: i64) {
        cues.sort_by_key(|c| c.at);
        let mut old = std::mem::take(&mut self.cues).into_iter().peekable();
        // Those of the same instant as the cue that is looked at, less those already found again.
        let mut same: Vec<ScheduledSound> = Vec::new();
        self.cues.reserve_exact(cues.len());
        for cue in cues {
            same.retain(|p| p.cue.at == cue.at);
            while let Some(p) = old.next_if(|p| p.cue.at <= cue.at) {
                if p.cue.at == cue.at {
                    same.push(p);
                }
            }
            let again = same.iter().position(|p| p.cue == cue).map(|i| same.swap_remove(i));
            let sudden = cue.at <= at + NOTICE;
            self.cues.push(again.unwrap_or(ScheduledSound { cue, sudden, state: ScheduledState::Waiting }));
        }
        self.clear_track(from);
    }

    /// Has everything sound like this from frame `from` on.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        self.track.set_mix(mix, from);
    }

    /// Frames will be counted anew. Keeps the cues to come, of which none has been heard by `now`.
    pub fn restart(&mut self, now: Instant) {
        self.track = Mixer::of(self.track.mix());
        for planned in &mut self.cues {
            match planned.state {
                ScheduledState::Placed(_) if planned.cue.at > now => planned.state = ScheduledState::Waiting,
                ScheduledState::Placed(_) => planned.state = ScheduledState::Over,
                ScheduledState::Waiting | ScheduledState::Over => {}
            }
        }
        self.next = self.waiting_from(0);
    }

    /// Takes what has not begun by `now` off the track again: its frames will be heard at other times than was
    /// thought.
    pub fn take_back(&mut self, now: Instant) {
        for planned in &mut self.cues {
            if matches!(planned.state, ScheduledState::Placed(_)) && planned.cue.at > now {
                planned.state = ScheduledState::Waiting;
            }
        }
        self.clear_track(i64::MIN);
    }

    /// Cuts off at frame `from` what no cue has on the track any more.
    fn clear_track(&mut self, from: i64) {
        let placed = |p: &ScheduledSound| match p.state {
            ScheduledState::Placed(first) if first + p.cue.what.samples().len() as i64 > from => {
                Some((first, p.cue.what.clone()))
            }
            _ => None,
        };
        let kept: Vec<(i64, SoundContent)> = self.cues.iter().filter_map(placed).collect();
        self.track.cut(from, |first, what| kept.iter().any(|(f, w)| *f == first && w == what));
        self.next = self.waiting_from(0);
    }

    fn waiting_from(&self, from: usize) -> usize {
        let rest = self.cues.get(from..).unwrap_or_default();
        let waiting = rest.iter().position(|p| p.state == ScheduledState::Waiting);
        waiting.map_or(self.cues.len(), |i| from + i)
    }

    /// Whether anything is to be heard in the `length` frames from `from` on; puts the cues that begin there on
    /// the track. Without an anchor nothing begins.
    pub fn advance(&mut self, from: i64, length: i64, anchor: &ClockFit) -> bool {
        while let Some(planned) = self.cues.get_mut(self.next) {
            let Some(frame) = anchor.frame_at(planned.cue.at).map(|f| f.round() as i64) else {
                break;
            };
            if frame >= from + length {
                break;
            }
            let late = match planned.cue.what {
                SoundContent::Signal(_) if planned.sudden => LATE,
                SoundContent::Signal(_) => TARDY,
                // It would run into what comes after it.
                SoundContent::Speech(_) => Duration::ZERO,
            };
            planned.state = if frame + late.as_millis() as i64 * i64::from(RATE / 1000) >= from {
                let first = frame.max(from);
                self.track.place(first, planned.cue.what.clone());
                ScheduledState::Placed(first)
            } else {
                ScheduledState::Over
            };
            self.next = self.waiting_from(self.next);
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
        self.track.forget(heard);
    }

    /// The instant of the next cue not yet on the track.
    pub fn pending(&self) -> Option<Instant> {
        self.cues.get(self.next).map(|p| p.cue.at)
    }

    /// The frame after the last sound on the track.
    pub fn end(&self) -> Option<i64> {
        self.track.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::clock_fit::Measurement;
    use crate::audio::signal_synth::samples;
    use crate::clock::monotonic;
    use crate::cues::Signal::{self, *};

    struct MixStage {
        epoch: Instant,
        anchor: ClockFit,
        programme: SoundSchedule,
    }

    impl MixStage {
        /// Frame 0 is heard at the epoch.
        fn new() -> Self {
            let epoch = monotonic();
            let mut anchor = ClockFit::new(epoch);
            anchor.feed(&Measurement { asked: epoch, answered: epoch, frame: 0.0, delay: Duration::ZERO });
            MixStage { epoch, anchor, programme: SoundSchedule::default() }
        }

        fn cue(&self, ms: u64, signal: Signal) -> SoundCue {
            SoundCue { at: self.epoch + Duration::from_millis(ms), what: signal.into() }
        }

        fn announce(&mut self, cues: Vec<SoundCue>, from: i64) {
            let at = self.epoch + Duration::from_micros(from as u64 * 1000 / 48);
            self.programme.announce(PlayerUpdate { at, cues }, from);
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
        let mut stage = MixStage::new();
        let cues = vec![stage.cue(1500, Same), stage.cue(250, Count)];
        stage.announce(cues, 0);
        let out: Vec<i16> = (0..100).flat_map(|i| stage.play(i * 960, 960)).collect();
        assert_eq!(out[12_000..16_800], *samples(Count));
        assert_eq!(out[72_000..72_000 + samples(Same).len()], *samples(Same));
        assert!(out[16_800..72_000].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_cue_a_little_late_is_heard_at_once_and_an_old_one_not_at_all() {
        let mut stage = MixStage::new();
        let cues = vec![stage.cue(599, Finish), stage.cue(601, Count)];
        stage.announce(cues, 48_000);
        let out = stage.play(48_000, 10_000);
        assert_eq!(out[..4800], *samples(Count));
        assert!(out[4800..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_sound_in_progress_goes_on_where_it_is_announced_again_and_is_not_heard_twice() {
        let mut stage = MixStage::new();
        let finish = stage.cue(0, Finish);
        stage.announce(vec![finish.clone()], 0);
        stage.play(0, 9600);
        stage.announce(vec![finish.clone()], 4800);
        assert_eq!(stage.play(4800, samples(Finish).len() - 4800), samples(Finish)[4800..]);
        stage.programme.forget(90_000);
        stage.announce(vec![finish], 90_000);
        assert!(stage.play(90_000, 96_000).iter().all(|s| *s == 0));
    }

    #[test]
    fn a_new_announcement_leaves_nothing_of_the_old_one() {
        let mut stage = MixStage::new();
        let old = (0..50).map(|i| stage.cue(i * 100, Count)).collect();
        stage.announce(old, 0);
        stage.play(0, 9600);
        stage.announce(Vec::new(), 2400);
        let out = stage.play(2400, 300_000);
        assert!(out[240..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_long_list_is_walked_once() {
        let mut stage = MixStage::new();
        let cues = (0..50_000).map(|i| stage.cue(i * 200, Tick)).collect();
        stage.announce(cues, 0);
        for i in 0..1000 {
            stage.programme.advance(i * 1920, 1920, &stage.anchor);
            stage.programme.forget(i * 1920 - 9600);
        }
        assert_eq!(stage.programme.next, 200);
        assert_eq!(stage.programme.pending(), Some(stage.cue(40_000, Tick).at));
    }

    #[test]
    fn a_cue_long_known_is_left_out_rather_than_late() {
        for (late, heard) in [(20, true), (40, false)] {
            let mut stage = MixStage::new();
            let cues = vec![stage.cue(1000, Count)];
            stage.announce(cues.clone(), 0);
            // As after a stop of the whole process.
            let from = 48_000 + late * 48;
            assert_eq!(stage.play(from, 9600)[..4800] == *samples(Count), heard, "{late} ms late");
            stage.announce(cues, from + 480);
            assert!(
                heard || stage.play(from + 480, 9600).iter().all(|s| *s == 0),
                "not even when said again"
            );
        }
    }

    #[test]
    fn on_a_new_stream_what_was_not_heard_is_heard_and_nothing_else() {
        let mut stage = MixStage::new();
        let cues = [0, 500, 600].map(|ms| stage.cue(ms, Count)).into();
        stage.announce(cues, 0);
        stage.play(0, 28_000);
        let now = stage.epoch + Duration::from_millis(450);
        stage.programme.restart(now);
        // Frame 0 of the new stream is heard when the old one was at 450 ms.
        stage.anchor.clear();
        stage.anchor.feed(&Measurement { asked: now, answered: now, frame: 0.0, delay: Duration::ZERO });
        let out = stage.play(0, 14_400);
        assert!(out[..2400].iter().all(|s| *s == 0));
        assert_eq!((&out[2400..7200], &out[7200..12_000]), (samples(Count), samples(Count)));
    }

    #[test]
    fn what_is_taken_back_is_heard_when_it_was_meant_to_be_and_what_has_begun_goes_on() {
        let mut stage = MixStage::new();
        let cues = vec![stage.cue(0, Finish), stage.cue(1500, Count)];
        stage.announce(cues, 0);
        stage.play(0, 76_800);
        let now = stage.epoch + Duration::from_secs(1);
        stage.programme.take_back(now);
        stage.anchor.clear();
        // The device is now 100 ms nearer.
        stage.anchor.feed(&Measurement { asked: now, answered: now, frame: 52_800.0, delay: Duration::ZERO });
        let mut right = Mixer::default();
        right.place(0, Finish);
        right.place(76_800, Count);
        let mut expected = vec![0; 40_000];
        right.render(52_800, &mut expected);
        assert_eq!(stage.play(52_800, 40_000), expected);
    }
}
