//! A session on a slow treadmill: which numbers to press and when, and changes that the runner makes.

use pacebell::belt::Belt;
use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect, View};
use pacebell::cues::{BeltChange, PressReason, Signal};
use pacebell::session::{Command, Phase, SessionPlace};
use pacebell::units::{Distance, Millis, Moment, Rehearsal, Speed, SpeedUnit};
use pacebell::workout::on_belt;
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;

fn compiled(notation: &str) -> Sequence {
    let source = SourceText { name: "t".into(), text: notation.into() };
    compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence
}

fn at(seconds: f64) -> Moment {
    Moment::new((seconds * 1000.0).round() as u64)
}

/// Returns a belt that takes 2.5 s for each km/h, with steps of 0.1, up to 16 km/h.
fn slow_belt() -> Treadmill {
    let belt = Belt { lag: 2.5, top: Some(16.0), ramp_every: Millis::ZERO, ..Belt::default() };
    Treadmill { belt, ceiling: None }
}

struct Run {
    coach: Coach,
    now: Moment,
    effects: Vec<Effect>,
}

impl Run {
    fn on(treadmill: Treadmill, notation: &str) -> Run {
        let coach = Coach::new(Arc::new(compiled(notation)), treadmill, Rehearsal::REAL_TIME);
        let mut run = Run { coach, now: at(0.0), effects: Vec::new() };
        run.tell(Command::Start);
        run
    }

    fn tell(&mut self, command: Command) {
        self.effects.extend(self.coach.handle(command, self.now));
    }

    fn until(&mut self, second: f64) -> View<'_> {
        while let Some(next) = self.coach.next_deadline().filter(|next| *next <= at(second)) {
            self.now = self.now.max(next);
            self.effects.extend(self.coach.tick(self.now));
        }
        self.now = at(second);
        self.coach.view(self.now)
    }

    fn pressed(&self) -> Vec<(f64, f64, PressReason)> {
        let change = |c: &BeltChange| (c.at.as_secs_f64(), c.setting.number, c.why);
        let changes = self.effects.iter().filter_map(|e| match e {
            Effect::Changed(c) => Some(change(c)),
            _ => None,
        });
        changes.collect()
    }

    fn number(&mut self, second: f64) -> f64 {
        self.until(second).setting.unwrap().number
    }
}

#[test]
fn a_number_comes_early_enough_for_the_belt_to_arrive_on_the_second() {
    // The belt takes 10 s from 10 to 14 km/h.
    let mut run = Run::on(slow_belt(), "60s 10km/h, 60s 14km/h, 60s 10km/h");
    run.until(180.0);
    assert_eq!(
        run.pressed(),
        [
            (0.0, 10.0, PressReason::First),
            (50.0, 14.0, PressReason::Ahead),
            (110.0, 10.0, PressReason::Ahead)
        ]
    );
    // The signal marks the arrival; a tick says when to press.
    let heard: Vec<(f64, Signal)> = run
        .effects
        .iter()
        .filter_map(|e| match e {
            Effect::Sounded(cue) => Some((cue.at.as_secs_f64(), cue.signal)),
            _ => None,
        })
        .collect();
    for expected in
        [(50.0, Signal::Tick), (60.0, Signal::Faster), (110.0, Signal::Tick), (120.0, Signal::Easier)]
    {
        assert!(heard.contains(&expected), "{expected:?} in {heard:?}");
    }
}

#[test]
fn the_belts_speed_changes_linearly() {
    let mut run = Run::on(slow_belt(), "60s 10km/h, 60s 14km/h, 60s 10km/h");
    for (second, kmh) in
        [(49.0, 10.0), (55.0, 12.0), (60.0, 14.0), (90.0, 14.0), (115.0, 12.0), (121.0, 10.0)]
    {
        let running = run.until(second).running.unwrap().kmh();
        assert!((running - kmh).abs() < 1e-6, "{running} at {second}");
    }
}

#[test]
fn recoveries_too_short_for_the_belt_are_taken_on_the_rails() {
    // The belt takes 50 s for 10 km/h up and down again; a stride has 20 s.
    let mut run = Run::on(slow_belt(), "2min 6km/h, 4×(20s 16km/h, 20s 6km/h), 2min 6km/h");
    let view = run.until(125.0);
    assert!(!view.on_rails);
    let view = run.until(145.0);
    assert!(view.on_rails, "{:?}", view.notes);
    assert_eq!(view.setting.unwrap().number, 16.0, "the belt keeps its speed");
    assert_eq!(view.adjusted(1), None, "and there is nothing to change from the rails");
}

#[test]
fn past_the_top_speed_an_incline_replaces_the_missing_speed() {
    let mut run = Run::on(slow_belt(), "5min 18km/h");
    let view = run.until(10.0);
    assert_eq!(view.setting.unwrap().number, 16.0);
    // ACSM: 3.5 + 0.2·300 = 3.5 + 0.2·266.67 + 0.9·266.67·G, so G = 2.78 %, to the nearest half.
    assert_eq!(view.incline.percent(), 3.0);
    assert_eq!(view.notes.len(), 1);
}

#[test]
fn targets_stop_at_the_ceiling_and_keys_pass_it_only_when_pressed_twice() {
    let ceiling = Some(Speed::from_kmh(15.0));
    let mut run = Run::on(Treadmill { ceiling, ..slow_belt() }, "5min 18km/h, 5min ramp 10 -> 16 km/h");
    assert_eq!(run.number(10.0), 15.0);
    let (held, note) = run.until(10.0).adjusted(1).unwrap();
    assert_eq!((held.number, note.is_some()), (15.0, true));
    let (slower, note) = run.until(10.0).adjusted(-1).unwrap();
    assert_eq!((slower.number, note), (14.9, None));
    // A confirmation lasts for the rest of the step, and no longer.
    run.tell(Command::Adjust(Speed::from_kmh(15.1)));
    assert_eq!(run.number(20.0), 15.1);
    run.until(600.0);
    let fastest =
        run.pressed().iter().filter(|(at, ..)| *at > 300.0).map(|(_, number, _)| *number).fold(0.0, f64::max);
    assert_eq!(fastest, 15.0);
}

#[test]
fn keys_change_the_speed_for_the_rest_of_the_target() {
    let treadmill =
        Treadmill { belt: Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() }, ceiling: None };
    let mut run = Run::on(treadmill, "2×(60s 6.5mph, 60s 5mph)");
    let (faster, _) = run.until(20.0).adjusted(1).unwrap();
    assert_eq!(faster.number, 6.6);
    run.tell(Command::Adjust(faster.speed));
    assert_eq!(run.number(50.0), 6.6);
    assert_eq!(run.number(130.0), 6.5, "the next rep is as planned");
    // The log keeps the speeds that were run: 20 s at 6.5 mph, 40 s at 6.6 mph.
    let metres = (20.0 * 6.5 + 40.0 * 6.6) * 1609.344 / 3600.0;
    let lap = run.coach.session().laps()[0];
    assert!((lap.distance.unwrap().metres() - metres).abs() < 0.01, "{lap:?}");
}

#[test]
fn a_belt_at_rest_gets_a_count_in() {
    let mut run = Run::on(slow_belt(), "60s 10km/h, 60s 14km/h");
    run.until(20.0);
    run.tell(Command::Pause);
    run.until(40.0);
    // 3 s to press 10.0, and 25 s for the belt to get there.
    assert_eq!(run.coach.count_in(), Some(Millis::from_secs(28)));
    run.tell(Command::CountIn(Millis::from_secs(28)));
    let view = run.until(45.0);
    assert_eq!((view.setting.unwrap().number, view.count_in), (10.0, Some(Millis::from_secs(23))));
    let view = run.until(68.0);
    assert_eq!((view.phase, view.position.elapsed), (Phase::Running, Millis::from_secs(20)));
    assert_eq!(run.number(107.0), 14.0, "pressed ahead of the change at 108");
    let view = run.until(109.0);
    assert_eq!(view.position.place, SessionPlace::Step(1));
    // The count-in is 5 s if the lag is unknown, and 0 s if there is nothing to press.
    let plain = Run::on(Treadmill::default(), "60s 10km/h");
    assert_eq!(plain.coach.count_in(), Some(Millis::from_secs(5)));
    assert_eq!(Run::on(Treadmill::default(), "60s hard").coach.count_in(), None);
}

#[test]
fn a_distance_lasts_as_long_as_the_belts_number_takes() {
    // 9:00/mi is 6.667 mph, and the belt runs 6.7: 3 mi take 26:51.94 instead of 27:00.
    let belt = Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() };
    let sequence = on_belt::fit(compiled("3mi 9:00/mi, 60s walk"), &Treadmill { belt, ceiling: None });
    assert_eq!(sequence.steps[0].end.planned(), Some(Millis::new(1_611_940)));
    assert_eq!(sequence.steps[1].offset, Some(Millis::new(1_611_940)));
    // Held at a ceiling of 6 mph they take half an hour.
    let ceiling = Some(Speed::from_mph(6.0));
    let sequence = on_belt::fit(compiled("3mi 9:00/mi"), &Treadmill { belt, ceiling });
    assert_eq!(sequence.steps[0].end.planned(), Some(Millis::from_secs(1800)));
    let mut coach = Coach::new(Arc::new(sequence), Treadmill { belt, ceiling }, Rehearsal::REAL_TIME);
    coach.handle(Command::Start, at(0.0));
    let covered = coach.view(at(600.0)).position.covered.unwrap();
    assert!((covered.miles() - 1.0).abs() < 1e-6);
}

#[test]
fn a_console_distance_moves_the_end_but_never_too_close() {
    let mut run = Run::on(Treadmill::default(), "2km 12km/h, 60s easy");
    // 1 km by the clock, 1.05 km by the console: 950 m more take 285 s.
    run.until(300.0);
    run.tell(Command::Correct(Distance::from_metres(1050.0)));
    assert_eq!(run.until(300.0).position.remaining(), Some(Millis::from_secs(285)));
    // The console says that the step is over: leave time for the pips.
    run.until(400.0);
    run.tell(Command::Correct(Distance::from_metres(2010.0)));
    assert_eq!(run.until(400.0).position.remaining(), Some(Millis::from_secs(4)));
    // The end can always move further away.
    run.tell(Command::Correct(Distance::from_metres(1900.0)));
    assert_eq!(run.until(400.0).position.remaining(), Some(Millis::from_secs(30)));
}

#[test]
fn replanning_keeps_a_recovery_on_the_rails() {
    let notation = "2min 6km/h, 4×(20s 16km/h, 20s 6km/h), 2min 6km/h";
    for command in [Command::Extend(Millis::from_secs(60)), Command::Correct(Distance::from_metres(300.0))] {
        let mut run = Run::on(slow_belt(), notation);
        assert!(run.until(145.0).on_rails);
        run.tell(command);
        let view = run.until(150.0);
        assert!(view.on_rails, "{command:?}");
        assert_eq!(view.setting.unwrap().number, 16.0, "{command:?}");
        assert_eq!(run.pressed().iter().filter(|(at, ..)| *at > 130.0).count(), 0, "{command:?}");
    }
    // Skipping the rest of a stride leads there too.
    let mut run = Run::on(slow_belt(), notation);
    run.until(130.0);
    run.tell(Command::Skip);
    let view = run.until(131.0);
    assert_eq!((view.position.place, view.on_rails), (SessionPlace::Step(2), true));
    assert_eq!(view.setting.unwrap().number, 16.0);
    // A belt that stood still has no speed to keep, so it is started for the recovery.
    run.tell(Command::Pause);
    let view = run.until(132.0);
    assert_eq!((view.setting.unwrap().number, view.on_rails), (6.0, false));
}

fn ramped(seconds: u64, lag: f64) -> Treadmill {
    let belt = Belt { ramp_every: Millis::from_secs(seconds), lag, ..Belt::default() };
    Treadmill { belt, ceiling: None }
}

impl Run {
    /// Presses the key, as a frontend does.
    fn key(&mut self, by: i64) -> f64 {
        let now = self.now;
        let (setting, _) = self.coach.view(now).adjusted(by).unwrap();
        self.tell(Command::Adjust(setting.speed));
        setting.number
    }

    fn numbers(&mut self, from: u64, to: u64) -> Vec<f64> {
        (from..=to).map(|second| self.number(second as f64)).collect()
    }
}

#[test]
fn a_key_makes_the_rest_of_a_ramp_one_step_faster() {
    for (every, lag) in [(30, 0.0), (0, 0.0), (30, 2.5), (20, 6.0)] {
        let notation = "5min ramp 6 -> 10 km/h, 1min 8km/h";
        let planned = Run::on(ramped(every, lag), notation).numbers(0, 290);
        for second in [1, 29, 45, 89, 142, 149, 151, 239] {
            let mut run = Run::on(ramped(every, lag), notation);
            run.until(second as f64);
            let presses = run.pressed().len();
            let set = run.key(1);
            assert_eq!(run.number(second as f64), set);
            assert_eq!(run.pressed().len(), presses, "nothing to press at once");
            let faster = run.numbers(second, 250);
            for (i, (number, planned)) in faster.iter().zip(&planned[second as usize..]).enumerate() {
                let at = second + i as u64;
                assert!(
                    (number - planned - 0.1).abs() < 1e-9,
                    "{number} for {planned} at {at}, {second}, {every}"
                );
            }
            run.key(-1);
            assert_eq!(run.numbers(250, 290), planned[250..=290], "{second}, {every}");
        }
    }
}

#[test]
fn a_steady_step_runs_at_the_speed_set_by_key() {
    let mut run = Run::on(ramped(30, 0.0), "5min 8.37km/h");
    run.until(10.0);
    assert_eq!(run.key(1), 8.5);
    assert_eq!(run.number(200.0), 8.5);
    assert_eq!(run.pressed().len(), 1);
}

#[test]
fn an_extended_ramp_keeps_its_numbers_and_holds_the_last() {
    let planned = Run::on(ramped(30, 0.0), "5min ramp 6 -> 10 km/h").numbers(0, 299);
    let mut run = Run::on(ramped(30, 0.0), "5min ramp 6 -> 10 km/h");
    run.until(140.0);
    run.tell(Command::Extend(Millis::from_secs(60)));
    assert_eq!(run.numbers(140, 299), planned[140..]);
    assert_eq!(run.number(350.0), 10.0);
}

#[test]
fn only_a_speed_set_by_key_exceeds_the_ceiling() {
    let ceiling = Some(Speed::from_kmh(15.0));
    let fastest = |run: &Run| run.pressed().iter().map(|(_, number, _)| *number).fold(0.0, f64::max);
    // Slower by hand, then replanned while the ramp is above the ceiling.
    let mut run = Run::on(Treadmill { ceiling, ..slow_belt() }, "5min ramp 10 -> 16 km/h, 1min 10km/h");
    run.until(62.0);
    run.key(-1);
    run.until(280.0);
    run.tell(Command::Pause);
    run.tell(Command::Resume);
    run.until(350.0);
    assert!(fastest(&run) <= 15.0, "{}", fastest(&run));
    // Faster by hand, but below it.
    let mut run = Run::on(Treadmill { ceiling, ..slow_belt() }, "5min ramp 10 -> 16 km/h, 1min 10km/h");
    run.until(62.0);
    run.key(1);
    run.until(299.0);
    assert_eq!(fastest(&run), 15.0);
    // Exactly as far above the ceiling as the runner set it.
    let mut run = Run::on(Treadmill { ceiling, ..slow_belt() }, "5min ramp 10 -> 16 km/h, 1min 10km/h");
    run.until(270.0);
    run.tell(Command::Adjust(Speed::from_kmh(15.2)));
    run.until(275.0);
    run.tell(Command::Extend(Millis::from_secs(60)));
    assert_eq!(run.number(340.0), 15.2);
    run.key(-1);
    assert_eq!(run.number(342.0), 15.1);
}

#[test]
fn the_number_shown_in_a_pause_is_the_one_set_afterwards() {
    for second in [1.0, 29.5, 45.0, 142.7, 148.9, 239.0] {
        let mut run = Run::on(ramped(30, 2.5), "5min ramp 6 -> 10 km/h incline 0 -> 4%, 1min 8km/h");
        let (number, incline) = {
            let view = run.until(second);
            (view.setting, view.incline)
        };
        run.tell(Command::Pause);
        let paused = run.until(second + 10.0);
        assert_eq!((paused.setting, paused.incline), (number, incline), "{second}");
        run.tell(Command::CountIn(Millis::from_secs(5)));
        let counting = run.until(second + 12.0);
        assert_eq!((counting.setting, counting.incline), (number, incline), "{second}");
        let running = run.until(second + 15.0);
        assert_eq!((running.setting, running.incline), (number, incline), "{second}");
    }
}

#[test]
fn a_ramp_over_a_distance_covers_it_even_at_the_belts_limit() {
    for (notation, ceiling, top) in [
        ("2km ramp 10 -> 20 km/h", Some(15.0), 18.0),
        ("2km ramp 20 -> 10 km/h", Some(15.0), 18.0),
        ("2km ramp 10 -> 20 km/h", None, 16.0),
        ("2km ramp 6 -> 20 km/h", None, 9.0),
        ("2km ramp 17 -> 20 km/h", Some(15.0), 18.0),
        ("2km ramp 9.33 -> 6.21 km/h", None, 18.0),
    ] {
        let belt = Belt { top: Some(top), ramp_every: Millis::ZERO, ..Belt::default() };
        let treadmill = Treadmill { belt, ceiling: ceiling.map(Speed::from_kmh) };
        let sequence = on_belt::fit(compiled(notation), &treadmill);
        let end = sequence.steps[0].end.planned().unwrap().as_secs_f64();
        let mut run = Run {
            coach: Coach::new(Arc::new(sequence), treadmill, Rehearsal::REAL_TIME),
            now: at(0.0),
            effects: vec![],
        };
        run.tell(Command::Start);
        run.until(end - 0.001);
        let pressed = run.pressed();
        let ends = pressed.iter().skip(1).map(|(at, ..)| *at).chain([end]);
        let metres: f64 = pressed.iter().zip(ends).map(|((at, kmh, _), end)| kmh / 3.6 * (end - at)).sum();
        assert!((metres / 2000.0 - 1.0).abs() < 0.001, "{notation}: {metres} m in {end} s");
    }
    // The ramp rises to 15 km/h for half of the time, and stays there for the other half: 13.75 km/h.
    let ceiling = Some(Speed::from_kmh(15.0));
    let sequence =
        on_belt::fit(compiled("2km ramp 10 -> 20 km/h"), &Treadmill { ceiling, ..Treadmill::default() });
    assert_eq!(sequence.steps[0].end.planned(), Some(Millis::new(523_636)));
}

#[test]
fn the_belts_limits_are_reported_once_for_each_line() {
    let ceiling = Some(Speed::from_kmh(15.0));
    let sequence = compiled("3×(60s 18km/h, 60s 8km/h), 60s 17km/h, 60s 18km/h");
    let warnings = on_belt::warnings(&sequence, &Treadmill { ceiling, ..Treadmill::default() });
    let about: Vec<usize> = warnings.iter().map(|warning| warning.steps.len()).collect();
    assert_eq!(about, [3, 1, 1]);
}

#[test]
fn a_rest_stops_the_belt_only_when_it_starts() {
    let mut run = Run::on(slow_belt(), "60s 12km/h, 60s rest, 60s 8km/h");
    run.until(180.0);
    // The belt starts 20 s before the end of the rest, since 8 km/h take it 20 s.
    assert_eq!(
        run.pressed(),
        [(0.0, 12.0, PressReason::First), (60.0, 0.0, PressReason::Change), (100.0, 8.0, PressReason::Ahead)]
    );
    assert!(run.coach.view(at(100.0)).notes.is_empty());
}

#[test]
fn the_distance_covered_is_the_distance_the_belt_ran() {
    // Held at 15 km/h: 2.5 km in ten minutes, and not the 3 km of the target.
    let ceiling = Some(Speed::from_kmh(15.0));
    let treadmill = Treadmill { ceiling, ..slow_belt() };
    let sequence = on_belt::fit(compiled("10min 18km/h, 60s 9km/h"), &treadmill);
    let mut coach = Coach::new(Arc::new(sequence), treadmill, Rehearsal::REAL_TIME);
    coach.handle(Command::Start, at(0.0));
    coach.tick(at(610.0));
    let lap = coach.session().laps()[0].distance.unwrap();
    assert!((lap.metres() - 2500.0).abs() < 0.01, "{lap:?}");
}

#[test]
fn each_press_of_an_incline_ramp_has_a_tick() {
    let mut run = Run::on(slow_belt(), "300s 10km/h incline 0 -> 4%");
    run.until(300.0);
    let tilted: Vec<(f64, f64)> = run
        .effects
        .iter()
        .filter_map(|e| match e {
            Effect::Tilted(change) => Some((change.at.as_secs_f64(), change.incline.percent())),
            _ => None,
        })
        .collect();
    // Eight presses of half a percent, each when the smooth ramp is halfway to the next one.
    let expected: Vec<(f64, f64)> = (1..=8).map(|k| ((k as f64 - 0.5) * 37.5, k as f64 / 2.0)).collect();
    assert_eq!(tilted, expected);
    let ticks = run.effects.iter().filter(|e| matches!(e, Effect::Sounded(c) if c.signal == Signal::Tick));
    assert!(ticks.count() >= 8);
    let mut run = Run::on(slow_belt(), "300s 10km/h incline 0 -> 4%");
    assert_eq!(run.until(20.0).tilt.map(|i| i.percent()), Some(0.5));
    assert_eq!(run.until(30.0).tilt, None);
}

#[test]
fn a_step_by_feel_shows_no_number_of_the_step_before() {
    let mut run = Run::on(Treadmill::default(), "3×60s 12km/h / 60s easy");
    assert_eq!(run.number(30.0), 12.0);
    assert_eq!(run.until(30.0).next_signal, Some(Signal::Easier));
    assert_eq!(run.until(59.0).next_setting, None);
    let recovery = run.until(90.0);
    assert_eq!((recovery.setting, recovery.next_signal), (None, Some(Signal::Faster)));
    assert_eq!(recovery.next_setting.unwrap().number, 12.0);
    assert_eq!(run.number(125.0), 12.0, "the belt's number is the runner's again");
}

#[test]
fn a_number_pressed_ahead_shows_in_the_step_by_feel_before_it() {
    let mut run = Run::on(slow_belt(), "60s 10km/h, 60s easy, 60s 14km/h");
    assert_eq!(run.until(100.0).setting, None);
    // The belt takes 10 s from 10 to 14 km/h.
    assert_eq!(run.number(112.0), 14.0);
    assert_eq!(run.number(130.0), 14.0);
}
