//! The signals around a count-in, and around an undone skip.

use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::cues::Signal;
use pacebell::session::Command;
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;

struct Run {
    coach: Coach,
    now: Moment,
    /// Every signal, with the second it was played at.
    heard: Vec<(f64, Signal)>,
}

impl Run {
    fn of(notation: &str) -> Run {
        let source = SourceText { name: "t".into(), text: notation.into() };
        let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        let coach = Coach::new(Arc::new(sequence), Treadmill::default(), Rehearsal::REAL_TIME);
        Run { coach, now: Moment::default(), heard: Vec::new() }
    }

    fn record(&mut self, effects: &[Effect]) {
        let second = self.now.since(Moment::default()).as_secs_f64();
        let signals = effects.iter().filter_map(|e| match e {
            Effect::Sounded(cue) => Some((second, cue.signal)),
            _ => None,
        });
        self.heard.extend(signals);
    }

    fn send(&mut self, command: Command) {
        let effects = self.coach.handle(command, self.now);
        self.record(&effects);
    }

    fn until(&mut self, second: u64) {
        let end = Moment::new(second * 1000);
        while let Some(next) = self.coach.next_deadline().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            let effects = self.coach.tick(self.now);
            self.record(&effects);
        }
        self.now = end;
    }
}

const FIVE: Command = Command::CountIn(Millis::from_secs(5));

#[test]
fn a_count_in_plays_three_pips_and_ends_on_its_second() {
    let mut run = Run::of("60s hard, 60s easy");
    run.send(FIVE);
    run.until(6);
    use Signal::{Count, Faster};
    assert_eq!(run.heard, [(2.0, Count), (3.0, Count), (4.0, Count), (5.0, Faster)]);
    assert_eq!(run.coach.session().position(run.now).elapsed, Millis::from_secs(1));
}

#[test]
fn a_skipped_or_cancelled_count_in_plays_no_more_pips() {
    let mut run = Run::of("60s hard, 60s easy");
    run.send(FIVE);
    run.until(3);
    run.send(Command::Resume);
    run.until(8);
    assert_eq!(run.heard.len(), 2, "{:?}", run.heard);
    let mut run = Run::of("60s hard, 60s easy");
    run.send(FIVE);
    run.until(3);
    run.send(Command::Pause);
    run.until(20);
    assert_eq!(run.heard, [(2.0, Signal::Count), (3.0, Signal::Count)]);
}

#[test]
fn a_cancelled_count_in_does_not_count_as_a_pause() {
    let mut run = Run::of("60s hard, 60s easy");
    run.send(FIVE);
    run.until(3);
    run.send(Command::Pause);
    run.until(60);
    run.send(Command::Start);
    run.until(70);
    run.send(Command::Pause);
    run.until(80);
    run.send(Command::Resume);
    let pauses = run.coach.session().pauses();
    assert_eq!((pauses.count, pauses.time), (1, Millis::from_secs(10)));
}

#[test]
fn an_undo_plays_the_change_back_to_the_earlier_step() {
    let mut run = Run::of("60s hard, 60s easy");
    run.send(Command::Start);
    run.until(20);
    run.send(Command::Skip);
    run.until(25);
    run.send(Command::Undo);
    assert_eq!(run.heard, [(20.0, Signal::Easier), (25.0, Signal::Faster)]);
    // The step still ends on its planned second.
    run.until(60);
    assert_eq!(run.heard.last(), Some(&(60.0, Signal::Easier)));
}

#[test]
fn a_skip_undone_before_the_clock_resumes_is_silent() {
    let mut run = Run::of("60s hard, 60s easy, 60s walk");
    run.send(Command::Start);
    run.until(20);
    run.send(Command::Pause);
    run.until(21);
    run.send(Command::Skip);
    run.send(Command::Undo);
    run.until(25);
    run.send(Command::Resume);
    run.until(26);
    assert_eq!(run.heard, []);
    // The next skip leaves from the step that is being run.
    run.send(Command::Pause);
    run.send(Command::Skip);
    run.send(Command::Resume);
    run.until(27);
    assert_eq!(run.heard, [(26.0, Signal::Easier)]);
}
