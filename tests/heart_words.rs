//! The words about a measured heart rate: outside its target, and lost.

use pacebell::athlete::HeartRates;
use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::sensors::Characteristic;
use pacebell::session::Command;
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;

fn at(ms: u64) -> Moment {
    Moment::new(ms)
}

/// Runs a session of one step for so many seconds. `bpm` gives the strap's heart rate at each second, or none. Returns the
/// words with the second in which they came.
fn words_of(notation: &str, seconds: u64, bpm: impl Fn(u64) -> Option<u8>) -> Vec<(u64, String)> {
    let source = SourceText::new("run", notation);
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let coach = Coach::new(Arc::new(sequence), Treadmill::default(), Rehearsal::REAL_TIME);
    let mut coach = coach.with_heart_sensor(HeartRates::default());
    coach.handle(Command::Start, at(0));
    let mut words = Vec::new();
    for second in 0..=seconds {
        let now = at(second * 1_000);
        if let Some(bpm) = bpm(second) {
            coach.sense(Characteristic::HeartRate, &[0, bpm], now);
        }
        // As the runtime does: at each deadline, and at least twice a second.
        let mut ticks = 0;
        while let Some(deadline) = coach.next_deadline().filter(|deadline| *deadline < now + half_second()) {
            said(coach.tick(deadline.max(now)), second, &mut words);
            ticks += 1;
            assert!(ticks < 100, "a deadline at {second} s never passes");
        }
        said(coach.tick(now), second, &mut words);
    }
    words
}

fn half_second() -> Millis {
    Millis::new(500)
}

fn said(effects: Vec<Effect>, second: u64, words: &mut Vec<(u64, String)>) {
    words.extend(effects.into_iter().filter_map(|effect| match effect {
        Effect::Said(text) => Some((second, text.text)),
        _ => None,
    }));
}

#[test]
fn after_twenty_seconds_outside_the_target_there_are_words_once_a_minute() {
    let words = words_of("10min 140-150bpm", 150, |_| Some(162));
    let expected = [20, 80, 140].map(|second| (second, "heart rate 12 bpm above".to_string()));
    assert_eq!(words, expected);
    let below = words_of("10min 140-150bpm", 30, |_| Some(131));
    assert_eq!(below, [(20, "heart rate 9 bpm below".to_string())]);
}

#[test]
fn a_visit_outside_the_target_causes_no_words() {
    assert_eq!(
        words_of("10min 140-150bpm", 120, |second| Some(if second % 20 == 0 { 145 } else { 160 })),
        []
    );
    assert_eq!(words_of("10min 140-150bpm", 120, |_| Some(150)), []);
    // There is no target.
    assert_eq!(words_of("10min 10km/h", 120, |_| Some(190)), []);
}

#[test]
fn a_lost_heart_rate_is_said_once_after_ten_seconds() {
    let lost = |second| (second, "heart rate lost".to_string());
    assert_eq!(words_of("10min 10km/h", 120, |second| (second <= 30).then_some(140)), [lost(40)]);
    // It comes back, and is lost again.
    let words =
        words_of("10min 10km/h", 120, |second| (second <= 30 || (60..=70).contains(&second)).then_some(140));
    assert_eq!(words, [lost(40), lost(80)]);
    // Zeros are no heart rate.
    assert_eq!(words_of("10min 10km/h", 60, |second| Some(if second <= 30 { 140 } else { 0 })), [lost(40)]);
    // A strap that was never there is not lost.
    assert_eq!(words_of("10min 10km/h", 60, |_| None), []);
}

#[test]
fn after_the_last_step_nothing_is_said_and_nothing_is_due() {
    assert_eq!(words_of("20s 10km/h", 60, |second| (second <= 15).then_some(140)), []);
}
