//! Steps that end on the heart rate, as a runner notices them.

use pacebell::athlete::HeartRates;
use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::cues::Signal;
use pacebell::sensors::Characteristic;
use pacebell::session::{Command, EventKind};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;

/// What happened, with the second of the session.
#[derive(Debug, Default)]
struct HeartRun {
    steps: Vec<(u64, u32)>,
    reached: Vec<(u64, u32)>,
    counts: Vec<u64>,
}

impl HeartRun {
    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Happened(event) => match event.what {
                    EventKind::StepBegan { step } => self.steps.push((event.elapsed.whole_secs(), step.0)),
                    EventKind::Reached { bpm, .. } => self.reached.push((event.elapsed.whole_secs(), bpm)),
                    _ => {}
                },
                Effect::Sounded(cue) if cue.signal == Signal::Count => self.counts.push(cue.at.whole_secs()),
                _ => {}
            }
        }
    }
}

/// Runs a workout for so many seconds with a strap that sends `bpm` at each second, or nothing. Does what the runtime does.
fn run_with(notation: &str, seconds: u64, bpm: impl Fn(u64) -> Option<u8>) -> HeartRun {
    let source = SourceText::new("run", notation);
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let coach = Coach::new(Arc::new(sequence), Treadmill::default(), Rehearsal::REAL_TIME);
    let mut coach = coach.with_heart_sensor(HeartRates::default());
    let mut run = HeartRun::default();
    run.note(coach.handle(Command::Start, Moment::new(0)));
    for second in 0..=seconds {
        let now = Moment::new(second * 1000);
        if let Some(bpm) = bpm(second) {
            coach.sense(Characteristic::HeartRate, &[0, bpm], now);
        }
        if let Some(command) = coach.heart_command(now) {
            run.note(coach.handle(command, now));
        }
        run.note(coach.tick(now));
        while let Some(deadline) = coach.next_deadline().filter(|at| *at < now + Millis::from_secs(1)) {
            run.note(coach.tick(deadline));
        }
    }
    run
}

#[test]
fn a_recovery_ends_five_seconds_after_the_heart_rate_is_low_three_times() {
    // 160 at first, and 119 from second 40 on.
    let run = run_with("30s-3min until HR < 120 walk, 10min easy", 70, |second| {
        Some(if second < 40 { 160 } else { 119 })
    });
    assert_eq!(run.reached, [(42, 119)]);
    assert_eq!(run.steps, [(0, 0), (47, 1)]);
    // The count-in sounds as before any other change.
    assert_eq!(run.counts, [44, 45, 46]);
}

#[test]
fn a_heart_rate_that_is_low_from_the_start_ends_the_step_at_its_lower_bound() {
    let run = run_with("30s-3min until HR < 120 walk, 10min easy", 70, |_| Some(100));
    assert_eq!((run.reached, run.steps), (vec![(25, 100)], vec![(0, 0), (30, 1)]));
}

#[test]
fn the_step_ends_although_the_heart_rate_goes_back() {
    let run = run_with("10s-3min until HR > 150 hard, 10min easy", 60, |second| {
        Some(if (20..23).contains(&second) { 151 } else { 140 })
    });
    assert_eq!(run.steps, [(0, 0), (27, 1)]);
}

#[test]
fn two_values_are_not_enough_and_a_zero_is_none() {
    let twice = |second| Some(if second % 10 < 2 { 110 } else { 130 });
    assert_eq!(run_with("10s-1min until HR < 120 walk, 10min easy", 70, twice).steps, [(0, 0), (60, 1)]);
    let zeros = |second| Some(if second % 5 == 4 { 0 } else { 130 });
    assert_eq!(run_with("10s-1min until HR < 120 walk, 10min easy", 70, zeros).steps, [(0, 0), (60, 1)]);
}

#[test]
fn without_a_strap_the_upper_bound_ends_the_step() {
    let run = run_with("30s-1min until HR < 120 walk, 10min easy", 70, |_| None);
    assert_eq!((run.reached, run.steps), (vec![], vec![(0, 0), (60, 1)]));
    // Lost at the wrong moment: two values, and then nothing.
    let lost = |second| (second == 40 || second == 41).then_some(110);
    assert_eq!(run_with("30s-1min until HR < 120 walk, 10min easy", 70, lost).steps, [(0, 0), (60, 1)]);
}

#[test]
fn an_unknown_zone_leaves_the_step_to_the_runner() {
    let run = run_with("30s-1min until Z2 walk, 10min easy", 70, |_| Some(90));
    assert_eq!((run.reached, run.steps), (vec![], vec![(0, 0), (60, 1)]));
}

#[test]
fn values_before_the_step_do_not_count() {
    let run = run_with("20s hard, 10s-1min until HR > 150 hard, 10min easy", 50, |_| Some(170));
    // The step begins at 20 s, and could end at 30 s at the earliest.
    assert_eq!(run.steps, [(0, 0), (20, 1), (30, 2)]);
    assert_eq!(run.reached, [(25, 170)]);
}
