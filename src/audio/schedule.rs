//! Decides at which frame each cue begins, and hands it to the mixer when the stream gets there.
//!
//! A cue gets its frame once, from the clock as it is known then, and keeps it. Whatever is learned about the clock later
//! moves only the cues to come, never a sound that has begun.

use super::clock_fit::ClockFit;
use super::mixer::Mixer;
use super::player_channel::PlayerUpdate;
use super::signal_synth::SAMPLE_RATE;
use super::sound_cue::{SoundContent, SoundCue};
use super::volume::VolumeMix;
use std::time::{Duration, Instant};

/// The largest delay of a signal that was announced at short notice. A skip, for one, is announced at the instant of the
/// key press, which has already passed.
const MAX_DELAY_AT_SHORT_NOTICE: Duration = Duration::from_millis(400);
/// The largest delay of a signal that was known in time. A pip off its second is more misleading than a missing one.
const MAX_DELAY: Duration = Duration::from_millis(30);
/// A cue announced less than this ahead of time may miss the buffer through no fault of its own.
const SHORT_NOTICE: Duration = Duration::from_millis(300);

/// The cues of the latest announcement, and the sounds made of them so far.
#[derive(Debug, Default)]
pub struct SoundSchedule {
    /// The cues in order of time. None before `next` is waiting.
    cues: Vec<ScheduledSound>,
    next: usize,
    mixer: Mixer,
}

#[derive(Debug)]
struct ScheduledSound {
    cue: SoundCue,
    short_notice: bool,
    state: ScheduledState,
}

/// The state of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ScheduledState {
    Waiting,
    /// In the mixer, from this frame on.
    Placed(i64),
    /// Dropped, or heard already.
    Over,
}

impl SoundSchedule {
    /// Replaces the cues. Sounds that begin at frame `from` or later are dropped and a sound in progress there fades out,
    /// unless the new cues repeat it.
    pub fn announce(&mut self, update: PlayerUpdate, from: i64) {
        let PlayerUpdate { announced_at, mut cues } = update;
        cues.sort_by_key(|c| c.at);
        let mut old = std::mem::take(&mut self.cues).into_iter().peekable();
        // The old cues at the instant of the new one, minus those already matched.
        let mut candidates: Vec<ScheduledSound> = Vec::new();
        self.cues.reserve_exact(cues.len());
        for cue in cues {
            candidates.retain(|c| c.cue.at == cue.at);
            while let Some(scheduled) = old.next_if(|c| c.cue.at <= cue.at) {
                if scheduled.cue.at == cue.at {
                    candidates.push(scheduled);
                }
            }
            let repeated = candidates.iter().position(|c| c.cue == cue).map(|i| candidates.swap_remove(i));
            let short_notice = cue.at <= announced_at + SHORT_NOTICE;
            let state = ScheduledState::Waiting;
            self.cues.push(repeated.unwrap_or(ScheduledSound { cue, short_notice, state }));
        }
        self.remove_orphans(from);
    }

    /// Changes the mix from frame `from` on.
    pub fn set_mix(&mut self, mix: VolumeMix, from: i64) {
        self.mixer.set_mix(mix, from);
    }

    /// Starts over at frame 0. Keeps the cues that have not begun by `now`.
    pub fn restart(&mut self, now: Instant) {
        self.mixer = Mixer::with_mix(self.mixer.mix());
        for scheduled in &mut self.cues {
            match scheduled.state {
                ScheduledState::Placed(_) if scheduled.cue.at > now => {
                    scheduled.state = ScheduledState::Waiting;
                }
                ScheduledState::Placed(_) => scheduled.state = ScheduledState::Over,
                ScheduledState::Waiting | ScheduledState::Over => {}
            }
        }
        self.next = self.next_waiting(0);
    }

    /// Takes sounds that have not begun by `now` out of the mixer again, because their frames will be heard at other times
    /// than expected.
    pub fn reschedule(&mut self, now: Instant) {
        for scheduled in &mut self.cues {
            if matches!(scheduled.state, ScheduledState::Placed(_)) && scheduled.cue.at > now {
                scheduled.state = ScheduledState::Waiting;
            }
        }
        self.remove_orphans(i64::MIN);
    }

    /// Cuts off, at frame `from`, every sound in the mixer that no cue stands for any more.
    fn remove_orphans(&mut self, from: i64) {
        let placed = |c: &ScheduledSound| match c.state {
            ScheduledState::Placed(first) if first + c.cue.content.samples().len() as i64 > from => {
                Some((first, c.cue.content.clone()))
            }
            _ => None,
        };
        let kept: Vec<(i64, SoundContent)> = self.cues.iter().filter_map(placed).collect();
        self.mixer.cut(from, |first, content| kept.iter().any(|(f, c)| *f == first && c == content));
        self.next = self.next_waiting(0);
    }

    fn next_waiting(&self, from: usize) -> usize {
        let rest = self.cues.get(from..).unwrap_or_default();
        let waiting = rest.iter().position(|c| c.state == ScheduledState::Waiting);
        waiting.map_or(self.cues.len(), |i| from + i)
    }

    /// Hands the mixer each cue that begins in the `length` frames from `from` on. Returns true if anything sounds in
    /// them. As long as the clock is unknown nothing begins.
    pub fn advance(&mut self, from: i64, length: i64, clock: &ClockFit) -> bool {
        while let Some(scheduled) = self.cues.get_mut(self.next) {
            let Some(frame) = clock.frame_at(scheduled.cue.at).map(|f| f.round() as i64) else {
                break;
            };
            if frame >= from + length {
                break;
            }
            let max_delay = match scheduled.cue.content {
                SoundContent::Signal(_) if scheduled.short_notice => MAX_DELAY_AT_SHORT_NOTICE,
                SoundContent::Signal(_) => MAX_DELAY,
                // Late speech would run into the next sound.
                SoundContent::Speech(_) => Duration::ZERO,
            };
            let delay_frames = max_delay.as_millis() as i64 * i64::from(SAMPLE_RATE / 1000);
            scheduled.state = if frame + delay_frames >= from {
                let first = frame.max(from);
                self.mixer.place(first, scheduled.cue.content.clone());
                ScheduledState::Placed(first)
            } else {
                ScheduledState::Over
            };
            self.next = self.next_waiting(self.next);
        }
        self.mixer.sounds_in(from, length)
    }

    /// Returns true if anything in the mixer sounds in the `length` frames from `from` on.
    pub fn sounds_in(&self, from: i64, length: i64) -> bool {
        self.mixer.sounds_in(from, length)
    }

    /// Fills `out` with the frames from `from` on.
    pub fn render(&self, from: i64, out: &mut [i16]) {
        self.mixer.render(from, out);
    }

    /// Drops sounds that end before `frame`, the one being heard.
    pub fn forget_before(&mut self, frame: i64) {
        self.mixer.forget_before(frame);
    }

    /// Returns the instant of the next cue that is not in the mixer yet.
    pub fn next_cue(&self) -> Option<Instant> {
        self.cues.get(self.next).map(|c| c.cue.at)
    }

    /// Returns the frame after the last sound in the mixer.
    pub fn end(&self) -> Option<i64> {
        self.mixer.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::clock_fit::Measurement;
    use crate::audio::signal_synth::samples;
    use crate::clock::monotonic;
    use crate::cues::Signal::{self, *};

    struct ScheduleFixture {
        epoch: Instant,
        clock: ClockFit,
        schedule: SoundSchedule,
    }

    impl ScheduleFixture {
        /// Frame 0 is heard at the epoch.
        fn new() -> Self {
            let epoch = monotonic();
            let mut clock = ClockFit::new(epoch);
            clock.add(&Measurement { asked: epoch, answered: epoch, frame: 0.0, delay: Duration::ZERO });
            ScheduleFixture { epoch, clock, schedule: SoundSchedule::default() }
        }

        fn cue(&self, ms: u64, signal: Signal) -> SoundCue {
            SoundCue { at: self.epoch + Duration::from_millis(ms), content: signal.into() }
        }

        fn announce(&mut self, cues: Vec<SoundCue>, from: i64) {
            let announced_at = self.epoch + Duration::from_micros(from as u64 * 1000 / 48);
            self.schedule.announce(PlayerUpdate { announced_at, cues }, from);
        }

        fn play(&mut self, from: i64, length: usize) -> Vec<i16> {
            let mut out = vec![0; length];
            if self.schedule.advance(from, length as i64, &self.clock) {
                self.schedule.render(from, &mut out);
            }
            out
        }
    }

    #[test]
    fn each_cue_begins_at_the_frame_heard_at_its_instant() {
        let mut fixture = ScheduleFixture::new();
        let cues = vec![fixture.cue(1500, Same), fixture.cue(250, Count)];
        fixture.announce(cues, 0);
        let out: Vec<i16> = (0..100).flat_map(|i| fixture.play(i * 960, 960)).collect();
        assert_eq!(out[12_000..16_800], *samples(Count));
        assert_eq!(out[72_000..72_000 + samples(Same).len()], *samples(Same));
        assert!(out[16_800..72_000].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_new_cue_slightly_late_is_heard_at_once_and_an_old_one_is_dropped() {
        let mut fixture = ScheduleFixture::new();
        let cues = vec![fixture.cue(599, Finish), fixture.cue(601, Count)];
        fixture.announce(cues, 48_000);
        let out = fixture.play(48_000, 10_000);
        assert_eq!(out[..4800], *samples(Count));
        assert!(out[4800..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_repeated_cue_keeps_sounding_and_is_not_heard_twice() {
        let mut fixture = ScheduleFixture::new();
        let finish = fixture.cue(0, Finish);
        fixture.announce(vec![finish.clone()], 0);
        fixture.play(0, 9600);
        fixture.announce(vec![finish.clone()], 4800);
        assert_eq!(fixture.play(4800, samples(Finish).len() - 4800), samples(Finish)[4800..]);
        fixture.schedule.forget_before(90_000);
        fixture.announce(vec![finish], 90_000);
        assert!(fixture.play(90_000, 96_000).iter().all(|s| *s == 0));
    }

    #[test]
    fn a_new_announcement_removes_every_old_cue() {
        let mut fixture = ScheduleFixture::new();
        let old = (0..50).map(|i| fixture.cue(i * 100, Count)).collect();
        fixture.announce(old, 0);
        fixture.play(0, 9600);
        fixture.announce(Vec::new(), 2400);
        let out = fixture.play(2400, 300_000);
        assert!(out[240..].iter().all(|s| *s == 0));
    }

    #[test]
    fn a_long_list_is_walked_only_once() {
        let mut fixture = ScheduleFixture::new();
        let cues = (0..50_000).map(|i| fixture.cue(i * 200, Tick)).collect();
        fixture.announce(cues, 0);
        for i in 0..1000 {
            fixture.schedule.advance(i * 1920, 1920, &fixture.clock);
            fixture.schedule.forget_before(i * 1920 - 9600);
        }
        assert_eq!(fixture.schedule.next, 200);
        assert_eq!(fixture.schedule.next_cue(), Some(fixture.cue(40_000, Tick).at));
    }

    #[test]
    fn a_cue_known_in_time_is_dropped_rather_than_late() {
        for (late, heard) in [(20, true), (40, false)] {
            let mut fixture = ScheduleFixture::new();
            let cues = vec![fixture.cue(1000, Count)];
            fixture.announce(cues.clone(), 0);
            // As after a stopped process, there is a gap.
            let from = 48_000 + late * 48;
            assert_eq!(fixture.play(from, 9600)[..4800] == *samples(Count), heard, "{late} ms late");
            fixture.announce(cues, from + 480);
            assert!(
                heard || fixture.play(from + 480, 9600).iter().all(|s| *s == 0),
                "a second announcement does not bring it back"
            );
        }
    }

    #[test]
    fn a_new_stream_plays_exactly_the_cues_not_heard_yet() {
        let mut fixture = ScheduleFixture::new();
        let cues = [0, 500, 600].map(|ms| fixture.cue(ms, Count)).into();
        fixture.announce(cues, 0);
        fixture.play(0, 28_000);
        let now = fixture.epoch + Duration::from_millis(450);
        fixture.schedule.restart(now);
        // Frame 0 of the new stream is heard when the old one was at 450 ms.
        fixture.clock.reset();
        fixture.clock.add(&Measurement { asked: now, answered: now, frame: 0.0, delay: Duration::ZERO });
        let out = fixture.play(0, 14_400);
        assert!(out[..2400].iter().all(|s| *s == 0));
        assert_eq!((&out[2400..7200], &out[7200..12_000]), (samples(Count), samples(Count)));
    }

    #[test]
    fn a_rescheduled_cue_is_heard_on_time_and_a_sound_in_progress_goes_on() {
        let mut fixture = ScheduleFixture::new();
        let cues = vec![fixture.cue(0, Finish), fixture.cue(1500, Count)];
        fixture.announce(cues, 0);
        fixture.play(0, 76_800);
        let now = fixture.epoch + Duration::from_secs(1);
        fixture.schedule.reschedule(now);
        fixture.clock.reset();
        // The device is now 100 ms nearer.
        fixture.clock.add(&Measurement { asked: now, answered: now, frame: 52_800.0, delay: Duration::ZERO });
        let mut expected_mix = Mixer::default();
        expected_mix.place(0, Finish);
        expected_mix.place(76_800, Count);
        let mut expected = vec![0; 40_000];
        expected_mix.render(52_800, &mut expected);
        assert_eq!(fixture.play(52_800, 40_000), expected);
    }
}
