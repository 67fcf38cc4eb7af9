use super::*;
use crate::units::Incline;

fn kmh(number: f64) -> Speed {
    Speed::from_kmh(number)
}

/// A belt that changes by 0.4 km/h per second.
fn slow_belt() -> Belt {
    Belt { lag: 2.5, ..Belt::default() }
}

/// Consecutive stretches, each given as seconds, km/h at both ends, and true for a recovery.
fn stretches(parts: &[(u64, f64, f64, bool)]) -> Vec<BeltStretch> {
    let mut start = Millis::ZERO;
    let each = parts.iter().map(|(seconds, from, to, recovery)| {
        let length = Millis::from_secs(*seconds);
        let speed = Some(EvenLine { from: kmh(*from), to: kmh(*to) });
        let incline = EvenLine::level(Incline::FLAT);
        let stretch = BeltStretch {
            start,
            length: Some(length),
            speed,
            incline,
            recovery: *recovery,
            planned: Some(length),
            by_hand: None,
        };
        start += length;
        stretch
    });
    each.collect()
}

fn plan(belt: &Belt, parts: &[(u64, f64, f64, bool)]) -> PressSchedule {
    let stretches = stretches(parts);
    belt.plan_presses(&BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::ZERO,
        shown: None,
        before: None,
    })
}

/// Each press as its time, the time of arrival and the number.
fn pressed(plan: &PressSchedule) -> Vec<(u64, u64, f64)> {
    plan.speeds.iter().map(|p| (p.press_at.get(), p.arrive_at.get(), p.setting.number)).collect()
}

#[test]
fn the_belt_arrives_as_each_stretch_starts() {
    // 10 to 14 km/h and back take 10 s each.
    let plan =
        plan(&slow_belt(), &[(300, 10.0, 10.0, false), (180, 14.0, 14.0, false), (60, 10.0, 10.0, true)]);
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (290_000, 300_000, 14.0), (470_000, 480_000, 10.0)]);
    let at = |seconds| plan.speed_at(Millis::from_secs(seconds)).unwrap().kmh();
    for (seconds, speed) in
        [(0, 10.0), (290, 10.0), (295, 12.0), (300, 14.0), (470, 14.0), (475, 12.0), (539, 10.0)]
    {
        assert!((at(seconds) - speed).abs() < 1e-9, "{seconds} s: {}", at(seconds));
    }
    assert!(plan.stretches.iter().all(|s| s.notes.is_empty() && !s.on_rails));
    // The area of the trapezoid: 10 km/h for 540 s, plus 4 km/h for 170 s at the top and 2 × 5 s on the slopes.
    let expected = (10.0 * 540.0 + 4.0 * (170.0 + 10.0)) / 3.6;
    let distance = plan.distance(Millis::ZERO, Millis::from_secs(540)).metres();
    assert!((distance - expected).abs() < 0.01, "{distance} for {expected}");
}

#[test]
fn without_a_lag_a_number_is_pressed_when_it_is_due() {
    let plan = plan(&Belt::default(), &[(60, 10.0, 10.0, false), (60, 14.0, 14.0, false)]);
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (60_000, 60_000, 14.0)]);
}

#[test]
fn recoveries_between_strides_too_short_for_the_belt_are_on_the_rails() {
    // From 10 to 18 km/h takes 20 s, and so does the way back: together more than the 20 s of a stride.
    let mut parts = vec![(600, 10.0, 10.0, false)];
    parts.extend([(20, 18.0, 18.0, false), (60, 10.0, 10.0, true), (20, 18.0, 18.0, false)]);
    parts.push((300, 10.0, 10.0, false));
    let plan = plan(&slow_belt(), &parts);
    assert_eq!(
        pressed(&plan),
        [(0, 0, 10.0), (580_000, 600_000, 18.0), (700_000, 720_000, 10.0)],
        "up once, and down after the last stride"
    );
    let rails: Vec<bool> = plan.stretches.iter().map(|s| s.on_rails).collect();
    assert_eq!(rails, [false, false, true, false, false]);
    let notes: Vec<String> = plan.stretches[2].notes.iter().map(|n| n.sentence(&slow_belt())).collect();
    assert_eq!(
        notes,
        ["the belt needs 0:40 to slow down and speed up again, but the shorter step lasts 0:20: \
          keep the belt running and stand on the rails for the recovery"]
    );
    // No stride follows the last one: the belt slows down after it, and is late.
    assert_eq!(plan.stretches[4].notes, [BeltNote::Late { by: Millis::from_secs(20) }]);
}

#[test]
fn the_belt_keeps_its_speed_to_the_end_of_a_single_stride() {
    let plan =
        plan(&slow_belt(), &[(600, 10.0, 10.0, false), (20, 18.0, 18.0, false), (600, 10.0, 10.0, false)]);
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (580_000, 600_000, 18.0), (620_000, 640_000, 10.0)]);
    assert_eq!(plan.stretches[2].notes, [BeltNote::Late { by: Millis::from_secs(20) }]);
}

#[test]
fn the_belt_slows_down_for_recoveries_that_are_long_enough() {
    let plan =
        plan(&slow_belt(), &[(60, 14.0, 14.0, false), (60, 10.0, 10.0, true), (60, 14.0, 14.0, false)]);
    assert_eq!(pressed(&plan), [(0, 0, 14.0), (50_000, 60_000, 10.0), (110_000, 120_000, 14.0)]);
    assert!(plan.stretches.iter().all(|s| !s.on_rails));
}

#[test]
fn a_change_within_a_ramp_is_half_complete_when_it_is_due() {
    let belt = Belt { ramp_every: Millis::from_secs(60), ..slow_belt() };
    let plan = plan(&belt, &[(180, 10.0, 12.0, false)]);
    // Two presses of 1.0 km/h, 2.5 s each, at 60 s and 120 s.
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (58_750, 61_250, 11.0), (118_750, 121_250, 12.0)]);
    let run = plan.distance(Millis::ZERO, Millis::from_secs(180)).metres();
    assert!((run - 11.0 / 3.6 * 180.0).abs() < 0.01, "{run}");
}

#[test]
fn a_target_above_the_top_is_run_uphill() {
    let belt = Belt { top: Some(16.0), ..Belt::default() };
    let plan = plan(&belt, &[(60, 10.0, 10.0, false), (60, 18.0, 18.0, false), (60, 10.0, 10.0, false)]);
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (60_000, 60_000, 16.0), (120_000, 120_000, 10.0)]);
    let inclines: Vec<_> = plan.inclines.iter().map(|p| (p.at.get(), p.incline.percent())).collect();
    assert_eq!(inclines, [(60_000, 3.0), (120_000, 0.0)]);
}

#[test]
fn a_ramp_above_the_top_continues_uphill() {
    let belt = Belt { top: Some(16.0), ramp_every: Millis::ZERO, ..Belt::default() };
    let plan = plan(&belt, &[(400, 14.0, 18.0, false)]);
    assert_eq!(plan.speeds.last().unwrap().setting.number, 16.0);
    // From halfway on, the incline rises to the 2.78 % that 18 km/h needs, which is set as 3 %.
    let inclines: Vec<_> = plan.inclines.iter().map(|p| p.incline.percent()).collect();
    assert_eq!(inclines, [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]);
    assert!(plan.inclines[0].at > Millis::from_secs(200));
    assert_eq!(plan.stretches[0].incline_ends.percent(), 3.0);
    assert_eq!(plan.stretches[0].notes.len(), 1);
}

#[test]
fn nothing_passes_the_ceiling() {
    let belt = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
    let stretches = stretches(&[(60, 18.0, 18.0, false), (100, 13.0, 17.0, false)]);
    let course = BeltCourse {
        stretches: &stretches,
        ceiling: Some(kmh(15.0)),
        from: Millis::ZERO,
        shown: None,
        before: None,
    };
    let plan = belt.plan_presses(&course);
    assert!(plan.speeds.iter().all(|p| p.setting.number <= 15.0));
    assert_eq!(plan.speeds.last().unwrap().setting.number, 15.0);
    for (stretch, wanted) in plan.stretches.iter().zip([18.0, 17.0]) {
        assert_eq!(stretch.notes, [BeltNote::Ceiling { wanted: kmh(wanted), ceiling: kmh(15.0) }]);
    }
    // Without a ceiling, nothing is held back.
    let plan = belt.plan_presses(&BeltCourse { ceiling: None, ..course });
    assert_eq!(plan.speeds[0].setting.number, 18.0);
}

#[test]
fn a_course_can_be_planned_again_at_any_moment() {
    let stretches = stretches(&[(300, 10.0, 10.0, false), (180, 14.0, 14.0, false), (60, 10.0, 10.0, true)]);
    let belt = slow_belt();
    let shown = |number, from| BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::from_secs(from),
        shown: Some(belt.setting_at(number)),
        before: None,
    };
    // Within the first stretch, at its speed, the rest stays the same.
    assert_eq!(
        pressed(&belt.plan_presses(&shown(10.0, 100))),
        [(290_000, 300_000, 14.0), (470_000, 480_000, 10.0)]
    );
    // Four seconds before the change, the belt will be six seconds late.
    let late = belt.plan_presses(&shown(10.0, 296));
    assert_eq!(pressed(&late)[0], (296_000, 306_000, 14.0));
    assert_eq!(late.stretches[1].notes, [BeltNote::Late { by: Millis::from_secs(6) }]);
    // During a change that was pressed ahead, nothing is pressed again.
    assert_eq!(pressed(&belt.plan_presses(&shown(14.0, 296))), [(470_000, 480_000, 10.0)]);
    // A stopped belt is started at once.
    assert_eq!(pressed(&belt.plan_presses(&shown(0.0, 320)))[0], (320_000, 355_000, 14.0));
    // After a count-in the belt is already running.
    let counted = BeltCourse { shown: None, ..shown(0.0, 320) };
    assert_eq!(pressed(&belt.plan_presses(&counted)), [(320_000, 320_000, 14.0), (470_000, 480_000, 10.0)]);
}

#[test]
fn the_belt_keeps_its_setting_in_a_stretch_of_unknown_speed() {
    let mut stretches =
        stretches(&[(60, 10.0, 10.0, false), (60, 10.0, 10.0, false), (60, 12.0, 12.0, false)]);
    stretches[1].speed = None;
    let planned = |stretches: &[BeltStretch]| {
        Belt::default().plan_presses(&BeltCourse {
            stretches,
            ceiling: None,
            from: Millis::ZERO,
            shown: None,
            before: None,
        })
    };
    let plan = planned(&stretches);
    assert_eq!(pressed(&plan), [(0, 0, 10.0), (120_000, 120_000, 12.0)]);
    assert_eq!(plan.stretches[1].begins, None);
    // Without any known speed there is nothing to press, and the speed of the belt is unknown.
    stretches.iter_mut().for_each(|s| s.speed = None);
    let plan = planned(&stretches);
    assert_eq!((plan.speeds.len(), plan.speed_at(Millis::ZERO)), (0, None));
    assert_eq!(plan.distance(Millis::ZERO, Millis::from_secs(60)).metres(), 0.0);
}

#[test]
fn an_incline_is_pressed_where_it_changes() {
    let mut stretches =
        stretches(&[(60, 10.0, 10.0, false), (60, 10.0, 10.0, false), (80, 10.0, 10.0, false)]);
    let percent = Incline::from_percent;
    stretches[0].incline = EvenLine::level(percent(1.0));
    stretches[1].incline = EvenLine::level(percent(1.0));
    stretches[2].incline = EvenLine { from: percent(0.0), to: percent(2.0) };
    let belt = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
    let plan = belt.plan_presses(&BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::ZERO,
        shown: None,
        before: None,
    });
    let presses: Vec<_> = plan.inclines.iter().map(|p| (p.at.get() / 1000, p.incline.percent())).collect();
    assert_eq!(presses, [(0, 1.0), (120, 0.0), (130, 0.5), (150, 1.0), (170, 1.5), (190, 2.0)]);
}
