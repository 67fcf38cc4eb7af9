//! Tests of what a listener hears, with samples taken from a sound server in this process.
//!
//! These tests run in real time, for about three seconds each and all at once. They are generous about the clock and exact
//! about the samples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use crate::pulse_server::{Kind, PulseServer};
use pacebell::audio::signal_synth::{samples, samples_in};
use pacebell::audio::volume::{Percent, Volume, VolumeMix};
use pacebell::audio::{
    Player, PlayerNotice, PlayerSettings, SoundContent, SoundCue, SoundError, SoundSystem,
};
use pacebell::clock::monotonic;
use pacebell::cues::NotePitch;
use pacebell::cues::Signal::{self, *};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

const MILLISECOND: i64 = 48;

struct PlayerStage {
    server: PulseServer,
    player: Player,
    notices: Receiver<PlayerNotice>,
}

impl PlayerStage {
    fn new(kind: Kind) -> Self {
        PlayerStage::with(kind, PlayerSettings::BARE)
    }

    fn with(kind: Kind, settings: PlayerSettings) -> Self {
        let server = PulseServer::start(kind);
        let (sender, notices) = channel();
        let player = Player::open_at(server.socket(), settings, move |notice| {
            let _ = sender.send(notice);
        });
        let first = notices.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(matches!(first, PlayerNotice::Ready(_)), "{first:?}");
        PlayerStage { server, player, notices }
    }

    fn heard_after_drain(&self) -> Vec<i16> {
        self.player.drain(Duration::from_secs(10));
        sleep(ms(20));
        self.server.heard()
    }
}

/// Runs `test` against every kind of server, in parallel.
fn on_every_server(test: impl Fn(Kind) + Sync) {
    std::thread::scope(|scope| {
        for kind in [Kind::PulseAudio, Kind::PipeWire] {
            let test = &test;
            scope.spawn(move || test(kind));
        }
    });
}

fn ms(length: u64) -> Duration {
    Duration::from_millis(length)
}

fn cue(at: Instant, signal: Signal) -> SoundCue {
    SoundCue { at, content: signal.into() }
}

/// Returns the sounds in `heard` and their first frames. Sounds are separated by at least 200 ms of silence.
fn sounds(heard: &[i16]) -> Vec<(i64, &[i16])> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, _) in heard.iter().enumerate().filter(|(_, s)| **s != 0) {
        match found.last_mut() {
            Some((_, end)) if i - *end < 9600 => *end = i + 1,
            _ => found.push((i, i + 1)),
        }
    }
    found.iter().map(|(a, b)| (*a as i64, &heard[*a..*b])).collect()
}

/// Returns the signal that has exactly these samples.
fn recognize(sound: &[i16]) -> Option<Signal> {
    Signal::ALL.into_iter().find(|signal| {
        let table = samples(*signal);
        let last = table.iter().rposition(|s| *s != 0).unwrap();
        sound == &table[..=last]
    })
}

#[test]
fn every_signal_is_heard_in_full_at_its_instant() {
    on_every_server(|kind| {
        let stage = PlayerStage::new(kind);
        let start = monotonic() + ms(350);
        let plan: Vec<_> = [(0, Count), (317, Faster), (1111, Tick), (1402, Same)]
            .map(|(at, signal)| cue(start + ms(at), signal))
            .into();
        stage.player.announce(plan.clone());
        let heard = stage.heard_after_drain();
        let found = sounds(&heard);
        assert_eq!(
            found.iter().map(|(_, s)| recognize(s)).collect::<Vec<_>>(),
            plan.iter()
                .map(|c| match c.content {
                    SoundContent::Signal(signal) => Some(signal),
                    SoundContent::Speech(_) => None,
                })
                .collect::<Vec<_>>()
        );
        let off: Vec<i64> =
            found.iter().zip(&plan).map(|((frame, _), cue)| frame - stage.server.frame(cue.at)).collect();
        assert!(off.iter().all(|o| o.abs() <= MILLISECOND), "{off:?} frames off");
        let spread = off.iter().max().unwrap() - off.iter().min().unwrap();
        assert!(spread <= MILLISECOND / 2, "{off:?} frames off");
        let peak = heard.iter().map(|s| s.unsigned_abs()).max().unwrap();
        assert!(peak < 22_936, "there is headroom");
    });
}

#[test]
fn silence_is_immediate_and_lasting() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    let plan = (0..10).map(|i| cue(start + ms(250 * i), Finish)).collect();
    stage.player.announce(plan);
    sleep(ms(700));
    stage.player.silence();
    let asked = stage.server.frame(monotonic()) as usize;
    sleep(ms(900));
    let heard = stage.server.heard();
    assert!(heard[asked - 4800..asked].iter().any(|s| *s != 0), "there was sound before");
    let last = heard.iter().rposition(|s| *s != 0).unwrap();
    assert!(last < asked + 60 * MILLISECOND as usize, "silent only {} frames later", last - asked);
    let step = |w: &[i16]| (i32::from(w[1]) - i32::from(w[0])).abs();
    let before = heard[..asked].windows(2).map(step).max().unwrap();
    let after = heard[asked..].windows(2).map(step).max().unwrap();
    assert!(after <= before, "the sound fades without a click");
}

#[test]
fn a_new_volume_takes_effect_at_once() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    // Six seconds of long notes, with at most half a second of silence between them.
    let plan = (0..20).map(|i| cue(start + ms(360 * i), Finish)).collect();
    stage.player.announce(plan);
    let percent = |n| Percent::new(n).unwrap();
    let full = VolumeMix::default();
    let mut asked = Vec::new();
    for mix in
        [VolumeMix { signals: percent(50), ..full }, full.with_volume(Volume::default().mute_toggled()), full]
    {
        sleep(ms(1000));
        stage.player.set_mix(mix);
        asked.push(stage.server.frame(monotonic()) as usize);
    }
    sleep(ms(1000));
    let heard = stage.server.heard();
    let peak = |from: usize, to: usize| heard[from..to].iter().map(|s| s.unsigned_abs()).max().unwrap();
    let soon = 60 * MILLISECOND as usize;
    assert!((18_000..19_700).contains(&peak(asked[0] - 24_000, asked[0])));
    assert!((5800..6300).contains(&peak(asked[0] + soon, asked[1])));
    assert_eq!(peak(asked[1] + soon, asked[2]), 0);
    assert!((18_000..19_700).contains(&peak(asked[2] + soon, heard.len())));
}

#[test]
fn a_skip_is_heard_at_once_and_replaces_the_old_cues() {
    on_every_server(|kind| {
        let patience = if kind == Kind::PulseAudio { 60 } else { 200 };
        let stage = PlayerStage::new(kind);
        let start = monotonic() + ms(5);
        let old = (0..50_000).map(|i| cue(start + ms(120 * i), Tick)).collect();
        stage.player.announce(old);
        sleep(ms(500));
        let now = monotonic();
        let new = (8..5000).map(|i| cue(now + ms(100 * i), Count));
        stage.player.announce([cue(now, Faster)].into_iter().chain(new).collect());
        sleep(ms(1000));
        let heard = stage.server.heard();
        let asked = stage.server.frame(now);
        let table = samples(Faster);
        // A sound in progress may fade into the start of this one.
        let fade = 10 * MILLISECOND as usize;
        let onset = (asked..asked + patience * MILLISECOND)
            .find(|i| heard[*i as usize + fade..].starts_with(&table[fade..4800]));
        let Some(onset) = onset else {
            panic!("the skip was not heard within {patience} ms");
        };
        let after = &heard[onset as usize..];
        assert_eq!(
            after[fade..table.len()],
            table[fade..],
            "the signal is complete, and nothing else sounds"
        );
        let rest = sounds(&after[table.len()..]);
        let (first, _) = rest.first().unwrap();
        let next = onset + table.len() as i64 + first - stage.server.frame(now + ms(800));
        assert!(next.abs() <= MILLISECOND, "the next new cue is {next} frames off");
        assert!(heard[..asked as usize].iter().any(|s| *s != 0), "an old cue was heard before");
    });
}

#[test]
fn repeated_announcements_neither_shift_nor_break_unchanged_cues() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    let plan: Vec<SoundCue> = (0..6).map(|i| cue(start + ms(310 * i), Count)).collect();
    for _ in 0..50 {
        stage.player.announce(plan.clone());
        sleep(ms(30));
    }
    let heard = stage.heard_after_drain();
    let found = sounds(&heard);
    assert_eq!(found.len(), plan.len());
    for ((frame, sound), cue) in found.iter().zip(&plan) {
        assert_eq!(recognize(sound), Some(Count));
        let off = frame - stage.server.frame(cue.at);
        // A shift would be far more. The rest is for a machine that runs other tests at the same time.
        assert!(off.abs() <= 2 * MILLISECOND, "{off} frames off");
    }
}

fn signals_after_a_gap(kind: Kind, gap: u64) {
    let stage = PlayerStage::new(kind);
    let start = monotonic();
    let plan: Vec<SoundCue> = (1..12).map(|i| cue(start + ms(300 * i), Count)).collect();
    stage.player.announce(plan.clone());
    sleep(ms(600));
    stage.server.stall(ms(gap));
    let heard = stage.heard_after_drain();
    let onsets: Vec<i64> = sounds(&heard).iter().map(|(frame, _)| *frame).collect();
    let over = start + ms(600 + gap + 200);
    for cue in plan.iter().filter(|cue| cue.at > over) {
        let due = stage.server.frame(cue.at);
        assert!(
            onsets.iter().any(|o| (o - due).abs() <= MILLISECOND),
            "{due} not in {onsets:?} after {gap} ms"
        );
    }
}

#[test]
fn after_a_gap_the_next_signals_are_on_time() {
    // A stream catches up after the short gap, and is replaced after the long one.
    std::thread::scope(|scope| {
        for gap in [500, 2200] {
            scope.spawn(move || on_every_server(|kind| signals_after_a_gap(kind, gap)));
        }
    });
}

#[test]
fn draining_waits_exactly_until_the_end_of_the_last_sound() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    stage.player.drain(Duration::from_secs(60));
    let start = monotonic() + ms(400);
    stage.player.announce(vec![cue(start, Faster)]);
    stage.player.drain(ms(50));
    assert!(monotonic() < start, "the limit holds");
    stage.player.drain(Duration::from_secs(60));
    let end = start + Faster.length().to_duration();
    assert!(monotonic() >= end - ms(1));
    let over = monotonic().saturating_duration_since(end);
    assert!(over < ms(500), "waited {over:?} too long");
}

/// Returns pips every 300 ms, the first 300 ms after `start`.
fn pips(start: Instant, count: u64) -> Vec<SoundCue> {
    (1..=count).map(|i| cue(start + ms(300 * i), Count)).collect()
}

impl PlayerStage {
    /// Asserts that from `from` on exactly the cues of `plan` are heard, each at its instant.
    fn assert_all_on_time(&self, plan: &[SoundCue], from: Instant, when: &str) {
        let heard = self.heard_after_drain();
        let due: Vec<i64> = plan.iter().filter(|c| c.at > from).map(|c| self.server.frame(c.at)).collect();
        let first = self.server.frame(from);
        let onsets: Vec<i64> = sounds(&heard).iter().map(|(f, _)| *f).filter(|f| *f > first).collect();
        assert!(due.len() >= 3, "{when}: there are cues to hear");
        assert_eq!(onsets.len(), due.len(), "{when}: {onsets:?} instead of {due:?}");
        for (onset, due) in onsets.iter().zip(&due) {
            assert!((onset - due).abs() <= MILLISECOND, "{when}: {onsets:?} instead of {due:?}");
        }
    }

    fn notice(&self) -> PlayerNotice {
        self.notices.recv_timeout(Duration::from_secs(10)).unwrap()
    }
}

#[test]
fn a_server_that_dies_and_returns_is_reported_once_each_and_cues_are_on_time() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 16);
    stage.player.announce(plan.clone());
    sleep(ms(500));
    stage.server.die();
    let lost = stage.notice();
    assert!(matches!(&lost, PlayerNotice::Lost(SoundError::ServerGone)), "{lost:?}");
    let before = monotonic();
    stage.player.drain(Duration::from_secs(60));
    assert!(monotonic() < before + ms(2000), "draining does not wait for cues that cannot be heard");
    sleep(ms(1200));
    stage.server.revive();
    let back = monotonic();
    assert_eq!(stage.notice(), PlayerNotice::Ready(SoundSystem::PulseAudio));
    assert!(monotonic() < back + ms(2000), "the player kept looking for it");
    stage.assert_all_on_time(&plan, monotonic() + ms(500), "after a restart");
    assert!(stage.notices.try_recv().is_err(), "each change is reported once");
}

#[test]
fn a_hung_server_is_left_for_a_new_connection() {
    on_every_server(|kind| {
        let stage = PlayerStage::new(kind);
        let start = monotonic();
        let plan = pips(start, 28);
        stage.player.announce(plan.clone());
        sleep(ms(500));
        stage.server.ignore_player();
        let lost = stage.notice();
        assert!(matches!(&lost, PlayerNotice::Lost(SoundError::ServerHung)), "{lost:?}");
        assert!(matches!(stage.notice(), PlayerNotice::Ready(_)));
        assert_eq!(stage.server.players(), 2);
        stage.assert_all_on_time(&plan, monotonic() + ms(1000), "on the new connection");
    });
}

#[test]
fn a_removed_stream_is_recreated_without_a_notice() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 14);
    stage.player.announce(plan.clone());
    // A stream that lasted less than two seconds would count as a failure.
    sleep(ms(2400));
    stage.server.kill_stream();
    stage.assert_all_on_time(&plan, start + ms(2800), "on the new stream");
    assert!(stage.notices.try_recv().is_err(), "nothing is reported as lost");
}

#[test]
fn cues_are_on_time_after_a_move_to_another_device() {
    on_every_server(|kind| {
        let stage = PlayerStage::new(kind);
        let start = monotonic();
        let plan = pips(start, 9);
        stage.player.announce(plan.clone());
        sleep(ms(1000));
        stage.server.move_stream(7200);
        stage.assert_all_on_time(&plan, start + ms(1550), "after a move");
        assert!(stage.notices.try_recv().is_err(), "nothing is reported as lost");
    });
}

#[test]
fn a_suspended_device_is_reported_and_resumes_without_the_missed_cues() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 20);
    stage.player.announce(plan.clone());
    sleep(ms(800));
    stage.server.suspend(true);
    let lost = stage.notice();
    assert!(matches!(&lost, PlayerNotice::Lost(SoundError::OutputStalled)), "{lost:?}");
    let resumed = monotonic();
    stage.server.suspend(false);
    assert!(matches!(stage.notice(), PlayerNotice::Ready(_)));
    stage.assert_all_on_time(&plan, resumed + ms(330), "after the suspension");
}

#[test]
fn a_server_started_later_is_found() {
    let stage = {
        let server = PulseServer::start(Kind::PulseAudio);
        server.die();
        let (sender, notices) = channel();
        let player = Player::open_at(server.socket(), PlayerSettings::BARE, move |notice| {
            let _ = sender.send(notice);
        });
        PlayerStage { server, player, notices }
    };
    assert!(matches!(stage.notice(), PlayerNotice::Unavailable(_)));
    let plan = pips(monotonic(), 14);
    stage.player.announce(plan.clone());
    sleep(ms(1500));
    stage.server.revive();
    assert!(matches!(stage.notice(), PlayerNotice::Ready(_)), "the server is found");
    stage.assert_all_on_time(&plan, monotonic() + ms(500), "on a server started later");
}

#[test]
fn headphones_are_kept_awake_during_a_session_and_woken_before_a_cue() {
    for (keep_awake, lead_in) in [(true, false), (false, true), (false, false)] {
        let stage = PlayerStage::with(
            Kind::PulseAudio,
            PlayerSettings { keep_awake, lead_in, ..PlayerSettings::BARE },
        );
        let start = monotonic();
        stage.player.set_session_running(true);
        stage.player.announce(vec![cue(start + ms(3600), Count)]);
        let heard = stage.heard_after_drain();
        let onset = stage.server.frame(start + ms(3600)) as usize;
        let is_tone = |from: usize| {
            let part = &heard[from..from + 4800];
            let peak = part.iter().map(|s| s.abs()).max().unwrap();
            assert!(peak < 400, "the tone is inaudible: {peak}");
            // The tone peaks at one hundredth of full scale, 32767.
            peak > 250
        };
        let early = is_tone(stage.server.frame(start + ms(700)) as usize);
        let before = is_tone(onset - 72_000) && is_tone(onset - 9600);
        assert_eq!((early, before), (keep_awake, keep_awake || lead_in), "{keep_awake} {lead_in}");
        let (table, cue) = (samples(Count), &heard[onset - 48..onset + 4848]);
        let best = (0..96).map(|by| {
            let off = |(a, b): (&i16, &i16)| (i32::from(*a) - i32::from(*b)).abs();
            table.iter().zip(&cue[by..]).map(off).max().unwrap()
        });
        assert!(best.min().unwrap() < 400, "the cue is unchanged but for the tone under it");
    }
}

#[test]
fn without_a_server_the_reason_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let (sender, notices) = channel();
    let player = Player::open_at(dir.path().join("native"), PlayerSettings::BARE, move |notice| {
        let _ = sender.send(notice);
    });
    let notice = notices.recv_timeout(Duration::from_secs(10));
    assert_eq!(notice, Ok(PlayerNotice::Unavailable(SoundError::NoServer)));
    player.announce(vec![cue(monotonic(), Finish)]);
    player.drain(Duration::from_secs(60));
}

#[test]
fn a_dropped_player_closes_its_connection() {
    let stage = PlayerStage::new(Kind::PulseAudio);
    assert!(!stage.server.left());
    drop(stage.player);
    let deadline = monotonic() + Duration::from_secs(10);
    while !stage.server.left() {
        assert!(monotonic() < deadline, "it is still connected");
        sleep(ms(5));
    }
}

/// The audible properties of a sound, computed from its samples alone.
#[derive(Debug)]
struct HeardSound {
    /// The milliseconds at which it begins after silence.
    onsets: Vec<usize>,
    /// The milliseconds at which it swells, after silence or a dip. They can be counted without hearing pitch.
    beats: Vec<usize>,
    /// The milliseconds from its first audible sample to its last.
    length: usize,
    /// The loudest sample.
    peak: u16,
    /// The pitches of its steady parts, in hertz.
    contour: Vec<f64>,
}

impl HeardSound {
    fn from_samples(sound: &[i16]) -> Self {
        let peak = sound.iter().map(|s| s.unsigned_abs()).max().unwrap();
        // The peak of the 5 ms around each millisecond, as a share of the highest peak.
        let millis = sound.len() / 48;
        let level: Vec<f64> = (0..millis)
            .map(|i| {
                let around = &sound[i.saturating_sub(2) * 48..((i + 3) * 48).min(sound.len())];
                f64::from(around.iter().map(|s| s.unsigned_abs()).max().unwrap()) / f64::from(peak)
            })
            .collect();
        let mut beats = Vec::new();
        let mut low = true;
        for (i, level) in level.iter().enumerate() {
            if low && *level > 0.7 {
                beats.push(i);
            }
            low = *level < 0.5 || (low && *level <= 0.7);
        }
        let heard: Vec<bool> = level.iter().map(|l| *l > 0.1).collect();
        let onsets =
            (0..millis).filter(|i| heard[*i] && heard[i.saturating_sub(30)..*i].iter().all(|h| !h)).collect();
        let last = heard.iter().rposition(|h| *h).unwrap();
        let steady = |i: &usize| level.get(i + 10..i + 50).is_some_and(|l| l.iter().all(|l| *l > 0.8));
        let mut contour: Vec<f64> = Vec::new();
        for i in (0..millis).step_by(5).filter(steady) {
            // With harmonics this weak, each period has one rising zero crossing.
            let part = &sound[(i + 10) * 48..(i + 50) * 48];
            let hertz = part.windows(2).filter(|w| w[0] < 0 && w[1] >= 0).count() as f64 * 25.0;
            if contour.last().is_none_or(|last| (hertz / last - 1.0).abs() > 0.15) {
                contour.push(hertz);
            }
        }
        HeardSound { onsets, beats, length: last - heard.iter().position(|h| *h).unwrap(), peak, contour }
    }

    /// Returns the ratio of its last pitch to its first: 2 for an octave up, less than 1 if it falls.
    fn interval(&self) -> f64 {
        match (self.contour.first(), self.contour.last()) {
            (Some(first), Some(last)) => last / first,
            _ => 1.0,
        }
    }

    /// Returns true if both can be told apart by rhythm: by the number or times of their onsets or beats, or by length.
    fn differs_in_rhythm_from(&self, other: &HeardSound) -> bool {
        let apart = |a: &[usize], b: &[usize]| {
            a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) >= 60)
        };
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        apart(&self.beats, &other.beats) || apart(&self.onsets, &other.onsets) || 4 * long >= 5 * short
    }
}

#[test]
fn signals_can_be_told_apart_by_ear() {
    for pitch in [NotePitch::Usual, NotePitch::Low] {
        let heard = Signal::ALL.map(|signal| (signal, HeardSound::from_samples(samples_in(pitch, signal))));
        let near = |found: &[usize], meant: &[usize]| {
            found.len() == meant.len() && found.iter().zip(meant).all(|(f, m)| f.abs_diff(*m) <= 25)
        };
        for (signal, sound) in &heard {
            let (onsets, beats, interval): (&[usize], &[usize], f64) = match signal {
                Count => (&[0], &[0], 1.0),
                Faster => (&[0], &[0, 100, 200], 2.0),
                SlightlyFaster => (&[0], &[0, 90], 4.0 / 3.0),
                Easier => (&[0], &[0, 180, 270], 0.5),
                SlightlyEasier => (&[0], &[0, 190], 3.0 / 4.0),
                Same => (&[0, 230], &[0, 230], 1.0),
                Finish => (&[0, 550, 1100], &[0, 550, 1100], 1.0),
                Tick => (&[0], &[0], 1.0),
                // One sound that swells: both of its ends are too soft to have a beat or a pitch.
                Inhale => (&sound.onsets, &sound.beats, 1.0),
                Exhale => (&[0, 340], &[0, 340], 3.0 / 4.0),
            };
            assert!(near(&sound.onsets, onsets), "{pitch:?} {signal:?}: {sound:?}");
            assert!(near(&sound.beats, beats), "{pitch:?} {signal:?}: {sound:?}");
            assert!((sound.interval() / interval - 1.0).abs() < 0.1, "{pitch:?} {signal:?}: {sound:?}");
        }
        for (i, (a, first)) in heard.iter().enumerate() {
            for (b, second) in &heard[i + 1..] {
                let pair = format!("{pitch:?}: {a:?} and {b:?}: {first:?} {second:?}");
                assert!(first.differs_in_rhythm_from(second), "{pair}");
                let apart = (first.interval() / second.interval()).max(second.interval() / first.interval());
                let level = a == &Tick || b == &Tick;
                assert!(apart > 1.25 || first.onsets != second.onsets || level, "{pair}");
            }
        }
    }
}

#[test]
fn the_low_signals_suit_both_ears_with_high_frequency_loss_and_small_speakers() {
    for signal in Signal::ALL {
        let contour = |pitch| HeardSound::from_samples(samples_in(pitch, signal)).contour;
        assert!(contour(NotePitch::Usual).iter().all(|hertz| (770.0..1600.0).contains(hertz)));
        assert!(contour(NotePitch::Low).iter().all(|hertz| (440.0..960.0).contains(hertz)));
        assert_eq!(samples_in(NotePitch::Low, signal).len(), samples(signal).len());
    }
}

#[test]
fn a_signal_leaves_room_for_a_voice_and_the_tone() {
    // 0.6 of full scale. A voice takes 0.35, and the tone that keeps headphones awake 0.01.
    for pitch in [NotePitch::Usual, NotePitch::Low] {
        for signal in Signal::ALL {
            assert!(HeardSound::from_samples(samples_in(pitch, signal)).peak <= 19_661, "{signal:?}");
        }
    }
}
