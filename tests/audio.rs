//! What a listener hears: samples taken from a sound server in this process.
//!
//! These tests take real time, about three seconds each and all at once; what they expect of the clock is
//! generous, what they expect of the samples is exact.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

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

struct Stage {
    server: PulseServer,
    player: Player,
    notices: Receiver<PlayerNotice>,
}

impl Stage {
    fn new(kind: Kind) -> Self {
        Stage::with(kind, PlayerSettings::BARE)
    }

    fn with(kind: Kind, settings: PlayerSettings) -> Self {
        let server = PulseServer::start(kind);
        let (sender, notices) = channel();
        let player = Player::open_at(server.socket(), settings, move |notice| {
            let _ = sender.send(notice);
        });
        let first = notices.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(matches!(first, PlayerNotice::Ready(_)), "{first:?}");
        Stage { server, player, notices }
    }

    fn drained(&self) -> Vec<i16> {
        self.player.drain(Duration::from_secs(10));
        sleep(ms(20));
        self.server.heard()
    }
}

/// Runs `test` against every kind of server, at once.
fn with_each(test: impl Fn(Kind) + Sync) {
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

/// The runs of sound in `heard`, with their first frames; a silence is at least 200 ms.
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

/// The signal that these samples are, whole and exact.
fn recognised(sound: &[i16]) -> Option<Signal> {
    Signal::ALL.into_iter().find(|signal| {
        let table = samples(*signal);
        let last = table.iter().rposition(|s| *s != 0).unwrap();
        sound == &table[..=last]
    })
}

#[test]
fn every_signal_is_heard_whole_at_its_instant() {
    with_each(|kind| {
        let stage = Stage::new(kind);
        let start = monotonic() + ms(350);
        let plan: Vec<_> = [(0, Count), (317, Faster), (1111, Tick), (1402, Same)]
            .map(|(at, signal)| cue(start + ms(at), signal))
            .into();
        stage.player.announce(plan.clone());
        let heard = stage.drained();
        let found = sounds(&heard);
        assert_eq!(
            found.iter().map(|(_, s)| recognised(s)).collect::<Vec<_>>(),
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
        assert!(peak < 22_936, "headroom is left");
    });
}

#[test]
fn silence_falls_at_once_and_lasts() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    let plan = (0..10).map(|i| cue(start + ms(250 * i), Finish)).collect();
    stage.player.announce(plan);
    sleep(ms(700));
    stage.player.silence();
    let asked = stage.server.frame(monotonic()) as usize;
    sleep(ms(900));
    let heard = stage.server.heard();
    assert!(heard[asked - 4800..asked].iter().any(|s| *s != 0), "it sounded before");
    let last = heard.iter().rposition(|s| *s != 0).unwrap();
    assert!(last < asked + 60 * MILLISECOND as usize, "{} frames on", last - asked);
    let step = |w: &[i16]| (i32::from(w[1]) - i32::from(w[0])).abs();
    let before = heard[..asked].windows(2).map(step).max().unwrap();
    let after = heard[asked..].windows(2).map(step).max().unwrap();
    assert!(after <= before, "it fades, it does not click");
}

#[test]
fn a_new_volume_is_heard_at_once() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    // Six seconds of long notes with half a second of silence at most between them.
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
fn a_skip_is_heard_at_once_and_nothing_of_the_old_plan_after_it() {
    with_each(|kind| {
        let patience = if kind == Kind::PulseAudio { 60 } else { 200 };
        let stage = Stage::new(kind);
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
        // What sounded before may fade into the first of it.
        let fade = 10 * MILLISECOND as usize;
        let onset = (asked..asked + patience * MILLISECOND)
            .find(|i| heard[*i as usize + fade..].starts_with(&table[fade..4800]));
        let Some(onset) = onset else {
            panic!("no skip heard within {patience} ms");
        };
        let after = &heard[onset as usize..];
        assert_eq!(after[fade..table.len()], table[fade..], "the whole of it, and nothing else");
        let rest = sounds(&after[table.len()..]);
        let (first, _) = rest.first().unwrap();
        let next = onset + table.len() as i64 + first - stage.server.frame(now + ms(800));
        assert!(next.abs() <= MILLISECOND, "the new plan goes on, {next} frames off");
        assert!(heard[..asked as usize].iter().any(|s| *s != 0), "the old one was heard");
    });
}

#[test]
fn plans_that_change_many_times_a_second_neither_shift_nor_break_what_stays() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic() + ms(300);
    let plan: Vec<SoundCue> = (0..6).map(|i| cue(start + ms(310 * i), Count)).collect();
    for _ in 0..50 {
        stage.player.announce(plan.clone());
        sleep(ms(30));
    }
    let heard = stage.drained();
    let found = sounds(&heard);
    assert_eq!(found.len(), plan.len());
    for ((frame, sound), cue) in found.iter().zip(&plan) {
        assert_eq!(recognised(sound), Some(Count));
        let off = frame - stage.server.frame(cue.at);
        assert!(off.abs() <= MILLISECOND, "{off} frames off");
    }
}

fn signals_after_a_gap(kind: Kind, gap: u64) {
    let stage = Stage::new(kind);
    let start = monotonic();
    let plan: Vec<SoundCue> = (1..12).map(|i| cue(start + ms(300 * i), Count)).collect();
    stage.player.announce(plan.clone());
    sleep(ms(600));
    stage.server.stall(ms(gap));
    let heard = stage.drained();
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
    // The short one is caught up with, the long one takes a new stream.
    std::thread::scope(|scope| {
        for gap in [500, 2200] {
            scope.spawn(move || with_each(|kind| signals_after_a_gap(kind, gap)));
        }
    });
}

#[test]
fn draining_waits_for_the_end_of_the_last_sound_and_no_longer() {
    let stage = Stage::new(Kind::PulseAudio);
    stage.player.drain(Duration::from_secs(60));
    let start = monotonic() + ms(400);
    stage.player.announce(vec![cue(start, Faster)]);
    stage.player.drain(ms(50));
    assert!(monotonic() < start, "no longer than it may");
    stage.player.drain(Duration::from_secs(60));
    let end = start + Faster.length().to_duration();
    assert!(monotonic() >= end - ms(1));
    let over = monotonic().saturating_duration_since(end);
    assert!(over < ms(500), "{over:?} too long");
}

/// A plan of pips, and the one whose first is 300 ms from now.
fn pips(start: Instant, count: u64) -> Vec<SoundCue> {
    (1..=count).map(|i| cue(start + ms(300 * i), Count)).collect()
}

impl Stage {
    /// Every cue of `plan` after `from` is heard on its instant, and every sound of that time is one of them.
    fn all_on_time(&self, plan: &[SoundCue], from: Instant, what: &str) {
        let heard = self.drained();
        let due: Vec<i64> = plan.iter().filter(|c| c.at > from).map(|c| self.server.frame(c.at)).collect();
        let first = self.server.frame(from);
        let onsets: Vec<i64> = sounds(&heard).iter().map(|(f, _)| *f).filter(|f| *f > first).collect();
        assert!(due.len() >= 3, "{what}: there is something to hear");
        assert_eq!(onsets.len(), due.len(), "{what}: {onsets:?} instead of {due:?}");
        for (onset, due) in onsets.iter().zip(&due) {
            assert!((onset - due).abs() <= MILLISECOND, "{what}: {onsets:?} instead of {due:?}");
        }
    }

    fn notice(&self) -> PlayerNotice {
        self.notices.recv_timeout(Duration::from_secs(10)).unwrap()
    }
}

#[test]
fn a_server_that_dies_and_comes_back_is_said_once_each_and_the_next_signals_are_on_time() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 16);
    stage.player.announce(plan.clone());
    sleep(ms(500));
    stage.server.die();
    let lost = stage.notice();
    assert!(matches!(&lost, PlayerNotice::Lost(SoundError::ServerGone)), "{lost:?}");
    let before = monotonic();
    stage.player.drain(Duration::from_secs(60));
    assert!(monotonic() < before + ms(2000), "nothing is waited for that cannot be heard");
    sleep(ms(1200));
    stage.server.revive();
    let back = monotonic();
    assert_eq!(stage.notice(), PlayerNotice::Ready(SoundSystem::PulseAudio));
    assert!(monotonic() < back + ms(2000), "it was looked for all the time");
    stage.all_on_time(&plan, monotonic() + ms(500), "after a restart");
    assert!(stage.notices.try_recv().is_err(), "each is said once");
}

#[test]
fn a_server_that_says_nothing_any_more_is_left_for_one_that_does() {
    with_each(|kind| {
        let stage = Stage::new(kind);
        let start = monotonic();
        let plan = pips(start, 28);
        stage.player.announce(plan.clone());
        sleep(ms(500));
        stage.server.ignore_player();
        let lost = stage.notice();
        assert!(matches!(&lost, PlayerNotice::Lost(SoundError::ServerHung)), "{lost:?}");
        assert!(matches!(stage.notice(), PlayerNotice::Ready(_)));
        assert_eq!(stage.server.players(), 2);
        stage.all_on_time(&plan, monotonic() + ms(1000), "on the new connection");
    });
}

#[test]
fn a_stream_taken_away_is_made_anew_without_a_word() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 14);
    stage.player.announce(plan.clone());
    // A stream that is taken away at once would be no use.
    sleep(ms(2400));
    stage.server.kill_stream();
    stage.all_on_time(&plan, start + ms(2800), "on the new stream");
    assert!(stage.notices.try_recv().is_err(), "nothing was lost");
}

#[test]
fn on_another_device_the_next_signals_are_on_time() {
    with_each(|kind| {
        let stage = Stage::new(kind);
        let start = monotonic();
        let plan = pips(start, 9);
        stage.player.announce(plan.clone());
        sleep(ms(1000));
        stage.server.move_stream(7200);
        stage.all_on_time(&plan, start + ms(1550), "after a move");
        assert!(stage.notices.try_recv().is_err(), "nothing was lost");
    });
}

#[test]
fn a_device_that_sleeps_is_told_of_and_wakes_without_what_it_missed() {
    let stage = Stage::new(Kind::PulseAudio);
    let start = monotonic();
    let plan = pips(start, 20);
    stage.player.announce(plan.clone());
    sleep(ms(800));
    stage.server.suspend(true);
    let lost = stage.notice();
    assert!(matches!(&lost, PlayerNotice::Lost(SoundError::OutputStalled)), "{lost:?}");
    let woken = monotonic();
    stage.server.suspend(false);
    assert!(matches!(stage.notice(), PlayerNotice::Ready(_)));
    stage.all_on_time(&plan, woken + ms(330), "awake again");
}

#[test]
fn a_server_that_comes_later_is_found() {
    let stage = {
        let server = PulseServer::start(Kind::PulseAudio);
        server.die();
        let (sender, notices) = channel();
        let player = Player::open_at(server.socket(), PlayerSettings::BARE, move |notice| {
            let _ = sender.send(notice);
        });
        Stage { server, player, notices }
    };
    assert!(matches!(stage.notice(), PlayerNotice::Unavailable(_)));
    let plan = pips(monotonic(), 14);
    stage.player.announce(plan.clone());
    sleep(ms(1500));
    stage.server.revive();
    assert!(matches!(stage.notice(), PlayerNotice::Ready(_)), "found");
    stage.all_on_time(&plan, monotonic() + ms(500), "of a server that came later");
}

#[test]
fn headphones_are_kept_awake_while_a_session_runs_and_woken_before_a_cue() {
    for (keep_awake, lead_in) in [(true, false), (false, true), (false, false)] {
        let stage =
            Stage::with(Kind::PulseAudio, PlayerSettings { keep_awake, lead_in, ..PlayerSettings::BARE });
        let start = monotonic();
        stage.player.set_session_running(true);
        stage.player.announce(vec![cue(start + ms(3600), Count)]);
        let heard = stage.drained();
        let onset = stage.server.frame(start + ms(3600)) as usize;
        let is_tone = |from: usize| {
            let part = &heard[from..from + 4800];
            let peak = part.iter().map(|s| s.abs()).max().unwrap();
            assert!(peak < 400, "softer than anyone hears: {peak}");
            // Full scale is 32767.
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
        assert!(best.min().unwrap() < 400, "the cue is the cue, with the tone under it");
    }
}

#[test]
fn without_a_server_the_reason_is_told() {
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
fn a_player_that_is_dropped_hangs_up() {
    let stage = Stage::new(Kind::PulseAudio);
    assert!(!stage.server.left());
    drop(stage.player);
    let deadline = monotonic() + Duration::from_secs(10);
    while !stage.server.left() {
        assert!(monotonic() < deadline, "still connected");
        sleep(ms(5));
    }
}

/// What an ear has of a sound: taken from its samples alone.
#[derive(Debug)]
struct Impression {
    /// When it begins out of silence, in milliseconds.
    onsets: Vec<usize>,
    /// When it swells, be it out of silence or out of a dip: what can be counted without hearing pitch.
    beats: Vec<usize>,
    /// From the first that is heard of it to the last.
    length: usize,
    /// The loudest sample.
    peak: u16,
    /// The pitches of its steady parts, in hertz.
    contour: Vec<f64>,
}

impl Impression {
    fn of(sound: &[i16]) -> Self {
        let peak = sound.iter().map(|s| s.unsigned_abs()).max().unwrap();
        // The loudest of each 5 ms around a millisecond, as a share of the loudest of all.
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
            // With harmonics this weak there are two crossings in a period.
            let part = &sound[(i + 10) * 48..(i + 50) * 48];
            let hertz = part.windows(2).filter(|w| w[0] < 0 && w[1] >= 0).count() as f64 * 25.0;
            if contour.last().is_none_or(|last| (hertz / last - 1.0).abs() > 0.15) {
                contour.push(hertz);
            }
        }
        Impression { onsets, beats, length: last - heard.iter().position(|h| *h).unwrap(), peak, contour }
    }

    /// The width of its contour: 2 for an octave; below 1 where it falls.
    fn interval(&self) -> f64 {
        match (self.contour.first(), self.contour.last()) {
            (Some(first), Some(last)) => last / first,
            _ => 1.0,
        }
    }

    /// Whether their rhythms are told from each other: by how often they begin or swell, or by when, or by their
    /// length.
    fn has_another_rhythm(&self, other: &Impression) -> bool {
        let apart = |a: &[usize], b: &[usize]| {
            a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) >= 60)
        };
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        apart(&self.beats, &other.beats) || apart(&self.onsets, &other.onsets) || 4 * long >= 5 * short
    }
}

#[test]
fn signals_are_told_apart_by_what_is_heard() {
    for pitch in [NotePitch::Usual, NotePitch::Low] {
        let heard = Signal::ALL.map(|signal| (signal, Impression::of(samples_in(pitch, signal))));
        let near = |found: &[usize], meant: &[usize]| {
            found.len() == meant.len() && found.iter().zip(meant).all(|(f, m)| f.abs_diff(*m) <= 25)
        };
        for (signal, impression) in &heard {
            let (onsets, beats, interval): (&[usize], &[usize], f64) = match signal {
                Count => (&[0], &[0], 1.0),
                Faster => (&[0], &[0, 100, 200], 2.0),
                SlightlyFaster => (&[0], &[0, 90], 4.0 / 3.0),
                Easier => (&[0], &[0, 180, 270], 0.5),
                SlightlyEasier => (&[0], &[0, 190], 3.0 / 4.0),
                Same => (&[0, 230], &[0, 230], 1.0),
                Finish => (&[0, 550, 1100], &[0, 550, 1100], 1.0),
                Tick => (&[0], &[0], 1.0),
            };
            assert!(near(&impression.onsets, onsets), "{pitch:?} {signal:?}: {impression:?}");
            assert!(near(&impression.beats, beats), "{pitch:?} {signal:?}: {impression:?}");
            assert!(
                (impression.interval() / interval - 1.0).abs() < 0.1,
                "{pitch:?} {signal:?}: {impression:?}"
            );
        }
        for (i, (a, first)) in heard.iter().enumerate() {
            for (b, second) in &heard[i + 1..] {
                let what = format!("{pitch:?}: {a:?} and {b:?}: {first:?} {second:?}");
                assert!(first.has_another_rhythm(second), "{what}");
                let apart = (first.interval() / second.interval()).max(second.interval() / first.interval());
                let level = a == &Tick || b == &Tick;
                assert!(apart > 1.25 || first.onsets != second.onsets || level, "{what}");
            }
        }
    }
}

#[test]
fn the_low_set_lies_where_ears_without_heights_hear_and_speakers_still_sound() {
    for signal in Signal::ALL {
        let contour = |pitch| Impression::of(samples_in(pitch, signal)).contour;
        assert!(contour(NotePitch::Usual).iter().all(|hertz| (770.0..1600.0).contains(hertz)));
        assert!(contour(NotePitch::Low).iter().all(|hertz| (440.0..960.0).contains(hertz)));
        assert_eq!(samples_in(NotePitch::Low, signal).len(), samples(signal).len());
    }
}

#[test]
fn a_signal_leaves_room_for_a_voice_and_the_tone() {
    // 0.6 of full scale, and 0.35 for a voice, and 0.01 for the tone that keeps headphones awake.
    for pitch in [NotePitch::Usual, NotePitch::Low] {
        for signal in Signal::ALL {
            assert!(Impression::of(samples_in(pitch, signal)).peak <= 19_661, "{signal:?}");
        }
    }
}
