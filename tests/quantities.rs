//! Properties of all quantities: printing and reading them, rounding them to a belt, and ramping them.

use pacebell::belt::{Belt, BeltCourse, BeltNote, BeltStretch, EvenLine};
use pacebell::runner::profile::Profile;
use pacebell::units::{HeartRate, Incline, Millis, PaceUnit, Speed, SpeedUnit, Weight, parse};
use pacebell::workout::sequence::{End, PlannedStep};
use pacebell::workout::{Options, SourceText, compile_file, compile_notation, format_file, parse_time};
use proptest::prelude::*;

fn speed_unit() -> impl Strategy<Value = SpeedUnit> {
    prop_oneof![Just(SpeedUnit::KmPerHour), Just(SpeedUnit::MilesPerHour)]
}

fn pace_unit() -> impl Strategy<Value = PaceUnit> {
    prop_oneof![Just(PaceUnit::Km), Just(PaceUnit::Mi)]
}

fn belt() -> impl Strategy<Value = Belt> {
    let step = prop_oneof![4 => Just(0.1), 1 => Just(0.2), 1 => Just(0.5), 1 => Just(0.05), 1 => Just(0.25)];
    let every = prop_oneof![2 => Just(0u64), 3 => Just(30_000), 2 => 1_000u64..120_000];
    (speed_unit(), step, 0.9f64..1.1, every).prop_map(|(unit, step, factor, every)| Belt {
        unit,
        step,
        factor,
        ramp_every: Millis::new(every),
        ..Belt::default()
    })
}

fn is_whole(number: f64, step: f64) -> bool {
    (number / step - (number / step).round()).abs() < 1e-6
}

/// Compiles notation, and returns the steps without their positions in the text.
fn steps(notation: &str) -> Vec<PlannedStep> {
    let source = SourceText { name: "quantity".into(), text: notation.into() };
    let compiled = compile_notation(&source, None, &Options::default());
    let mut steps = compiled.unwrap_or_else(|e| panic!("{notation}: {e:?}")).sequence.steps;
    steps.iter_mut().for_each(|step| step.source = Default::default());
    steps
}

/// Compiles a workout file with one line of notation. Such a line is read as part of a workout: `1:40 easy` alone on the
/// command line might be hours and minutes, and is asked about there.
fn steps_of_a_file(notation: &str) -> Vec<PlannedStep> {
    let source =
        SourceText { name: "quantity".into(), text: format!("name = \"x\"\nsteps = ['{notation}']\n") };
    let compiled = compile_file(&source, None, &Options::default());
    let mut steps = compiled.unwrap_or_else(|e| panic!("{notation}: {e:?}")).sequence.steps;
    steps.iter_mut().for_each(|step| step.source = Default::default());
    steps
}

/// Generates targets with a number, as a runner may write them.
fn target() -> impl Strategy<Value = String> {
    let pace = (150u32..900, prop_oneof![Just("km"), Just("mi")])
        .prop_map(|(s, unit)| format!("{}:{:02}/{unit}", s / 60, s % 60));
    let speed = (10u32..300, prop_oneof![Just("km/h"), Just("mph")])
        .prop_map(|(n, unit)| format!("{}.{}{unit}", n / 10, n % 10));
    let offset = (1u32..180, prop_oneof![Just('+'), Just('-')], prop_oneof![Just("km"), Just("mi")])
        .prop_map(|(s, sign, unit)| format!("10K{sign}{s}s/{unit}"));
    prop_oneof![
        3 => pace,
        3 => speed,
        1 => offset,
        1 => (30u32..=150).prop_map(|p| format!("{p}% 5K")),
        1 => (40u32..120, 0u32..100).prop_map(|(low, more)| format!("{low}-{}bpm", low + more)),
        1 => (50u32..100, prop_oneof![Just("HRmax"), Just("HRR"), Just("LTHR")])
            .prop_map(|(p, base)| format!("{p}%{base}")),
        1 => (0u32..=20).prop_map(|half| format!("RPE {}", f64::from(half) / 2.0)),
        1 => (2u32..20).prop_map(|n| format!("breathe {n}/min")),
    ]
}

fn end() -> impl Strategy<Value = String> {
    prop_oneof![
        (1u32..20_000).prop_map(|s| format!("{s}s")),
        (1u32..300).prop_map(|min| format!("{min}min")),
        (2u32..100).prop_map(|n| format!("{n}00m")),
        (1u32..200).prop_map(|n| format!("{}.{}km", n / 10, n % 10)),
        (1u32..120).prop_map(|n| format!("{}.{}mi", n / 10, n % 10)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn profile_quantities_survive_printing_and_reading(
        hundredths in 1u32..5000, seconds in 120u64..1200, beats in 25u32..250, speed in speed_unit(), pace in pace_unit(),
    ) {
        let number = f64::from(hundredths) / 100.0;
        let fast = speed.speed(number);
        prop_assert_eq!(parse::speed(&fast.text(speed)), Some(fast));
        let paced = Speed::from_pace(seconds as f64, pace);
        prop_assert_eq!(parse::speed(&paced.pace_text(pace)), Some(paced));
        let incline = Incline::from_percent(number - 10.0);
        let again = parse::incline(&incline.to_string()).unwrap();
        prop_assert!((again.percent() - incline.percent()).abs() < 1e-9);
        let weight = Weight::from_kilograms(number + 25.0);
        prop_assert!((parse::weight(&weight.to_string()).unwrap().kilograms() - weight.kilograms()).abs() < 1e-9);
        let rate = HeartRate::from_bpm(beats);
        prop_assert_eq!(parse::heart_rate(&rate.to_string()), Some(rate));
        prop_assert_eq!(parse::speed_unit(speed.name()), Some(speed));
        prop_assert_eq!(parse::pace_unit(pace.name()), Some(pace));
        let time = Millis::new(u64::from(hundredths) * 7919);
        prop_assert_eq!(parse::time(&time.to_string()), Some(time));
        prop_assert_eq!(parse::race_time(&time.to_string()), Some(time));
        let whole = Millis::from_secs(seconds);
        prop_assert_eq!(parse_time(&whole.to_string()), Some(whole));
    }

    #[test]
    fn parsing_a_profile_never_panics(cut in 0usize..900, length in 0usize..60, put in "[-\"\\[\\]{}=#.:/%a-z0-9 \n]{0,12}") {
        let whole = include_str!("profile/everything.toml");
        let start = cut.min(whole.len());
        let end = (cut + length).min(whole.len());
        let text = format!("{}{put}{}", &whole[..start], &whole[end..]);
        let source = SourceText::new("profile", text.as_str());
        let problems = match Profile::parse(&source, None) {
            Ok(parsed) => parsed.warnings,
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                problems
            }
        };
        for problem in problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
        }
    }

    #[test]
    fn workout_quantities_survive_printing_and_reading(end in end(), target in target(), incline in -20i32..80) {
        let notation = format!("{end} {target} incline {}%", f64::from(incline) / 2.0);
        let text = format!("name = \"x\"\nsteps = ['{notation}']\n");
        let printed = format_file(&text).unwrap();
        let line = printed.lines().find_map(|l| l.strip_prefix("steps = ")).unwrap();
        let line = line.trim_matches(|c| "[]\"' ".contains(c));
        prop_assert_eq!(steps_of_a_file(&notation), steps_of_a_file(line), "{} printed as {}", notation, line);
    }

    #[test]
    fn the_words_of_a_target_parse_to_the_same_target(target in target()) {
        let step = &steps(&format!("5min {target}"))[0];
        let again = &steps(&format!("5min {}", step.target.words))[0];
        prop_assert_eq!(&again.target, &step.target);
    }

    #[test]
    fn the_distance_shown_is_the_distance_run(hundreds in 1u32..400, miles in any::<bool>()) {
        let written = if miles {
            format!("{}mi easy", f64::from(hundreds) / 10.0)
        } else {
            format!("{}00m easy", hundreds)
        };
        let of = |notation: &str| match steps(notation)[0].end {
            End::Distance { upper, .. } => upper,
            other => panic!("{notation}: {other:?}"),
        };
        let distance = of(&written);
        let again = of(&format!("{distance} easy"));
        prop_assert!((again.metres() - distance.metres()).abs() < 1e-6, "{} as {}", written, distance);
    }

    #[test]
    fn rounding_moves_no_speed_by_more_than_half_a_step(belt in belt(), number in 0.0f64..30.0) {
        let speed = belt.unit.speed(number);
        let setting = belt.setting(speed);
        let half = belt.unit.speed(belt.step / 2.0).mps() * belt.factor;
        prop_assert!((setting.speed.mps() - speed.mps()).abs() <= half * (1.0 + 1e-6), "{:?}", setting);
        prop_assert!(is_whole(setting.number, belt.step));
        // A number that the belt can be set to stays as it is.
        prop_assert_eq!(belt.setting(setting.speed), setting);
        prop_assert_eq!(belt.setting_at(setting.number), setting);
    }

    #[test]
    fn settings_stay_within_the_belts_limits(
        belt in belt(), lowest in 0.1f64..3.0, top in 8.0f64..22.0, wanted in 0.01f64..50.0, ceiling in 5.0f64..25.0,
    ) {
        let belt = Belt { lowest: Some(lowest), top: Some(top), ..belt };
        let ceiling = belt.unit.speed(ceiling);
        let nearest = belt.nearest_setting(belt.unit.speed(wanted), Incline::FLAT, Some(ceiling));
        prop_assert!(nearest.setting.number <= top + 1e-9 && nearest.setting.number >= lowest - 1e-9);
        prop_assert!(nearest.setting.speed.mps() <= ceiling.mps() + 1e-9);
        prop_assert!(is_whole(nearest.setting.number, belt.step));
    }

    #[test]
    fn the_presses_of_a_ramp_reach_its_end_and_its_distance(
        belt in belt(), from in 3.0f64..20.0, to in 3.0f64..20.0, seconds in 10u64..3600,
    ) {
        let (start, end) = (belt.unit.speed(from), belt.unit.speed(to));
        let over = Millis::from_secs(seconds);
        let changes = belt.changes(start, end, over);
        let (mut at, mut setting, mut metres) = (Millis::ZERO, belt.setting(start), 0.0);
        let direction = (to - from).signum();
        for change in &changes {
            prop_assert!(change.at >= at && change.at <= over);
            metres += setting.speed.mps() * change.at.saturating_sub(at).as_secs_f64();
            prop_assert!((change.setting.number - setting.number) * direction > 0.0);
            prop_assert!(is_whole(change.setting.number, belt.step));
            (at, setting) = (change.at, change.setting);
        }
        metres += setting.speed.mps() * over.saturating_sub(at).as_secs_f64();
        prop_assert_eq!(setting, belt.setting(end));
        for pair in changes.windows(2) {
            let apart = pair[1].at.saturating_sub(pair[0].at);
            prop_assert!(apart + Millis::new(1) >= belt.ramp_every, "{:?}", changes);
        }
        if !changes.is_empty() {
            let line = (start.mps() + end.mps()) / 2.0 * seconds as f64;
            prop_assert!((metres / line - 1.0).abs() < 0.001, "{} for {}: {:?}", metres, line, changes);
        }
    }

    #[test]
    fn presses_add_up_to_the_target(
        belt in belt(), lag in 0.0f64..4.0, parts in prop::collection::vec((5u64..400, 3.0f64..20.0, 3.0f64..20.0, any::<bool>()), 1..12),
    ) {
        let belt = Belt { lag, ..belt };
        let mut start = Millis::ZERO;
        let stretches: Vec<BeltStretch> = parts.iter().map(|(seconds, from, to, recovery)| {
            let length = Millis::from_secs(*seconds);
            let (from, to) = (belt.unit.speed(*from), belt.unit.speed(*to));
            let line = if *recovery { EvenLine::level(from) } else { EvenLine { from, to } };
            let incline = EvenLine::level(Incline::FLAT);
            let stretch =
                BeltStretch { start, length: Some(length), speed: Some(line), incline, recovery: *recovery, planned: Some(length), by_hand: None };
            start += length;
            stretch
        }).collect();
        let plan = belt.plan_presses(&BeltCourse { stretches: &stretches, ceiling: None, from: Millis::ZERO, shown: None, before: None });
        // The presses come in order, and end at the last target.
        for pair in plan.speeds.windows(2) {
            prop_assert!(pair[0].press_at <= pair[1].press_at);
            prop_assert!(pair[0].setting != pair[1].setting);
        }
        // The belt is there on the second, or the plan says that it is late.
        for press in plan.speeds.iter().filter(|press| !press.ramp) {
            let late = press.arrive_at.get() as f64 - press.due.get() as f64;
            let said = plan.stretches[press.stretch].notes.iter().any(|note| matches!(note, BeltNote::Late { .. }));
            prop_assert!(late.abs() <= 2.0 || (late > 0.0 && (late < 500.0 || said)), "{:?}", press);
        }
        let (last, press) = (plan.stretches.last().unwrap(), plan.speeds.last().unwrap());
        if !last.on_rails {
            prop_assert_eq!(Some(press.setting), last.ends);
        }
        let settled = press.arrive_at.max(start) + Millis::from_secs(1);
        let speed = plan.speed_at(settled).unwrap();
        prop_assert!((speed.mps() - press.setting.speed.mps()).abs() < 1e-9);
        // The belt's distance is the area below its speed.
        let slices = 2000;
        let width = start.as_secs_f64() / f64::from(slices);
        let area: f64 = (0..slices)
            .map(|i| plan.speed_at(Millis::from_secs_f64((f64::from(i) + 0.5) * width)).unwrap().mps() * width)
            .sum();
        let distance = plan.distance(Millis::ZERO, start).metres();
        prop_assert!((distance / area - 1.0).abs() < 0.005, "{} for {}", distance, area);
    }
}
