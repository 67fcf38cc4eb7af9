//! Properties that hold for every workout and every action of the runner.

use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::cues::CueContext;
use pacebell::cues::{Signal, plan};
use pacebell::session::{Command, Event, Phase, Record, Session, SessionPlace, StepEnd};
use pacebell::units::{Distance, Millis, Moment, Rehearsal, Speed};
use pacebell::workout::sequence::{Sequence, StepId};
use pacebell::workout::{Options, SourceText, compile_notation};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;

fn step() -> impl Strategy<Value = String> {
    let end = prop_oneof![
        8 => (1u32..200).prop_map(|s| format!("{s}s")),
        1 => Just("open".to_string()),
        1 => (5u32..60, 1u32..60).prop_map(|(a, b)| format!("{a}-{}s", a + b)),
        1 => (1u32..9).prop_map(|n| format!("{n}00m")),
    ];
    let target = prop_oneof![
        Just("easy"),
        Just("hard"),
        Just("fast"),
        Just("walk"),
        Just("5:00/km"),
        Just("12km/h"),
        Just("Z3"),
        Just("8 -> 12 km/h"),
        Just("MP+20s/km"),
        Just("RPE 7"),
    ];
    (end, target).prop_map(|(e, t)| format!("{e} {t}"))
}

fn workout() -> impl Strategy<Value = Arc<Sequence>> {
    let item = prop_oneof![
        3 => step(),
        1 => Just("50s easy | every 7s: breathe | half: tall".to_string()),
        1 => (1u32..5, step(), step()).prop_map(|(n, a, b)| format!("{n}×({a}, {b})")),
    ];
    vec(item, 1..8).prop_map(|items| Arc::new(compiled(&items.join(", then "))))
}

fn compiled(notation: &str) -> Sequence {
    let source = SourceText { name: "property".into(), text: notation.into() };
    compile_notation(&source, None, &Options::default())
        .unwrap_or_else(|e| panic!("{notation}: {e:?}"))
        .sequence
}

/// A wait in milliseconds, and the runner's action after it.
fn doings() -> impl Strategy<Value = Vec<(u64, Option<Command>)>> {
    let command = prop_oneof![
        4 => Just(None),
        2 => Just(Some(Command::Pause)),
        4 => Just(Some(Command::Resume)),
        2 => Just(Some(Command::Skip)),
        2 => Just(Some(Command::Back)),
        2 => Just(Some(Command::Extend(Millis::from_secs(10)))),
        3 => Just(Some(Command::EndStep)),
        1 => Just(Some(Command::Absence { since: Moment::new(0) })),
        1 => Just(Some(Command::CatchUp)),
        1 => Just(Some(Command::Stop)),
        2 => Just(Some(Command::Reopen)),
        3 => Just(Some(Command::Undo)),
        1 => (0u32..8).prop_map(|step| Some(Command::GoTo(StepId(step)))),
        1 => Just(Some(Command::EaseOff)),
        2 => (0u64..8_000).prop_map(|length| Some(Command::CountIn(Millis::new(length)))),
        2 => (1.0f64..20.0).prop_map(|kmh| Some(Command::Adjust(Speed::from_kmh(kmh)))),
        2 => (0.0f64..20_000.0).prop_map(|metres| Some(Command::Correct(Distance::from_metres(metres)))),
    ];
    vec((0u64..100_000, command), 0..30)
}

/// Applies the runner's actions, with ticks at most `grain` apart.
fn live(
    sequence: &Arc<Sequence>,
    doings: &[(u64, Option<Command>)],
    grain: u64,
) -> (Session, Vec<Event>, Moment) {
    let mut session = Session::new(Arc::clone(sequence));
    let mut now = Moment::new(5);
    // Every other start has a count-in.
    let first = match doings.len() % 2 {
        0 => Command::Start,
        _ => Command::CountIn(Millis::from_secs(8)),
    };
    let mut events = session.apply(first, now);
    for (wait, command) in doings {
        let then = now + Millis::new(*wait);
        if let Some(Command::Absence { .. }) = command {
            events.extend(session.apply(Command::Absence { since: now }, then));
        } else {
            let mut tick = now;
            while tick + Millis::new(grain) < then {
                tick = tick + Millis::new(grain);
                events.extend(session.advance(tick));
            }
            events.extend(match command {
                Some(command) => session.apply(*command, then),
                None => session.advance(then),
            });
        }
        now = then;
    }
    (session, events, now)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_long_tick_equals_many_short_ones(sequence in workout(), doings in doings(), grain in 50u64..5_000) {
        let (one, events, now) = live(&sequence, &doings, u64::MAX / 2);
        let (many, more, _) = live(&sequence, &doings, grain);
        prop_assert_eq!(events, more);
        prop_assert_eq!(one.position(now), many.position(now));
    }

    #[test]
    fn replaying_the_events_rebuilds_the_session(sequence in workout(), doings in doings()) {
        let (session, events, now) = live(&sequence, &doings, 1_000);
        let stored = serde_json::to_string(&Record::new(events)).unwrap();
        let mut record: Record = serde_json::from_str(&stored).unwrap();
        let replayed = Session::replay(Arc::clone(&sequence), &record).unwrap();
        prop_assert_eq!(replayed.position(now), session.position(now));
        prop_assert_eq!(replayed.laps(), session.laps());
        prop_assert_eq!(replayed.forecast(now), session.forecast(now));
        record.version += 1;
        prop_assert!(Session::replay(Arc::clone(&sequence), &record).is_err());
    }

    #[test]
    fn active_time_is_the_sum_of_the_laps_and_at_most_the_wall_time(sequence in workout(), doings in doings()) {
        let (session, _, now) = live(&sequence, &doings, 1_000);
        let position = session.position(now);
        prop_assert!(position.elapsed <= now.since(Moment::new(5)));
        let mut end = Millis::ZERO;
        for lap in session.laps() {
            prop_assert_eq!(lap.from, end);
            prop_assert!(lap.to >= lap.from);
            end = lap.to;
        }
        // Once a session is over, its last stretch is a lap too.
        let into = if session.phase() == Phase::Stopped { Millis::ZERO } else { position.into };
        prop_assert_eq!(end + into, position.elapsed);
    }

    #[test]
    fn a_forecast_is_contiguous_and_comes_true(sequence in workout(), doings in doings()) {
        let (mut session, _, now) = live(&sequence, &doings, 1_000);
        let forecast = session.forecast(now);
        for pair in forecast.steps.windows(2) {
            prop_assert_eq!(StepEnd::At(pair[1].start), pair[0].end);
            prop_assert!(pair[0].step < pair[1].step);
        }
        if let (Some(anchor), Some(next)) = (forecast.anchor, forecast.steps.get(1)) {
            session.advance(anchor.moment_of(next.start).before(Millis::new(1)));
            prop_assert_ne!(session.position(now).place, SessionPlace::Step(next.index));
            session.advance(anchor.moment_of(next.start));
            prop_assert_eq!(session.position(now).place, SessionPlace::Step(next.index));
        }
    }

    #[test]
    fn signals_never_sound_on_top_of_each_other(sequence in workout(), doings in doings(), speed in 1.0f64..30.0) {
        let (session, _, now) = live(&sequence, &doings, 1_000);
        let forecast = session.forecast(now);
        let plan = plan(&sequence, &CueContext { treadmill: &Treadmill::default(), shown: None }, &forecast, Rehearsal::new(speed));
        for pair in plan.cues.windows(2) {
            let sounds = Millis::from_secs_f64(pair[0].signal.length().as_secs_f64() * speed);
            // Active time does not pass before the start.
            let apart = (pair[1].at + pair[0].lead).saturating_sub(pair[0].at + pair[1].lead);
            prop_assert!(sounds < apart, "{:?} then {:?}", pair[0], pair[1]);
        }
        prop_assert!(plan.cues.iter().all(|c| c.at >= forecast.from));
    }

    #[test]
    fn announced_cues_are_the_ones_that_sound(sequence in workout(), doings in doings()) {
        let mut coach = Coach::new(Arc::clone(&sequence), Treadmill::default(), Rehearsal::REAL_TIME);
        let mut now = Moment::new(0);
        let mut effects = coach.handle(Command::Start, now);
        let mut announced = Vec::new();
        let mut check = |effects: &mut Vec<Effect>| {
            for effect in effects.drain(..) {
                match effect {
                    Effect::Announce(a) => announced = a.cues.to_vec(),
                    Effect::Sounded(cue) => {
                        // Every sound was announced, and none is repeated.
                        let at = announced.iter().position(|c| *c == cue).expect("announced");
                        announced.drain(..=at);
                    }
                    Effect::Happened(_) | Effect::Said(_) | Effect::Changed(_) | Effect::Tilted(_) => {}
                }
            }
        };
        check(&mut effects);
        for (wait, command) in doings {
            let since = now;
            now = now + Millis::new(wait);
            let mut effects = match command {
                Some(Command::Absence { .. }) => coach.handle(Command::Absence { since }, now),
                Some(command) => coach.handle(command, now),
                None => coach.tick(now),
            };
            check(&mut effects);
        }
    }
}

/// Every step of at least three seconds is counted in, and every change between steps is heard on its second.
#[test]
fn every_change_is_counted_in_and_heard() {
    let sequence = Arc::new(compiled("12s hard, 7s easy, 4s fast, 2s easy, 30s easy"));
    let mut session = Session::new(Arc::clone(&sequence));
    session.apply(Command::Start, Moment::new(0));
    let plan = plan(
        &sequence,
        &CueContext { treadmill: &Treadmill::default(), shown: None },
        &session.forecast(Moment::new(0)),
        Rehearsal::REAL_TIME,
    );
    let heard: Vec<(u64, Signal)> = plan.cues.iter().map(|c| (c.at.get(), c.signal)).collect();
    use Signal::{Count, Easier, Faster, Finish, Same};
    let expected = [
        (9_000, Count),
        (10_000, Count),
        (11_000, Count),
        (12_000, Easier),
        (17_000, Count),
        (18_000, Count),
        (19_000, Faster),
        (22_000, Count),
        (23_000, Easier),
        (25_000, Same),
        (52_000, Count),
        (53_000, Count),
        (54_000, Count),
        (55_000, Finish),
    ];
    assert_eq!(heard, expected);
    assert_eq!(session.phase(), Phase::Running);
}
