use super::*;
use crate::units::Incline;

fn kmh(number: f64) -> Speed {
    Speed::from_kmh(number)
}

/// 0.4 km/h a second.
fn slow_belt() -> Belt {
    Belt { lag: 2.5, ..Belt::default() }
}

/// Stretches one after the other: seconds, km/h at both ends, and whether it is a recovery.
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
    belt.presses(&BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::ZERO,
        shown: None,
        before: None,
    })
}

/// When it is pressed, when the belt arrives, and the number.
fn said(plan: &PressSchedule) -> Vec<(u64, u64, f64)> {
    plan.speeds.iter().map(|p| (p.press_at.get(), p.arrive_at.get(), p.setting.number)).collect()
}

#[test]
fn the_belt_arrives_on_the_second() {
    // 10 to 14 km/h and back take 10 s each.
    let plan =
        plan(&slow_belt(), &[(300, 10.0, 10.0, false), (180, 14.0, 14.0, false), (60, 10.0, 10.0, true)]);
    assert_eq!(said(&plan), [(0, 0, 10.0), (290_000, 300_000, 14.0), (470_000, 480_000, 10.0)]);
    let at = |seconds| plan.speed_at(Millis::from_secs(seconds)).unwrap().kmh();
    for (seconds, speed) in
        [(0, 10.0), (290, 10.0), (295, 12.0), (300, 14.0), (470, 14.0), (475, 12.0), (539, 10.0)]
    {
        assert!((at(seconds) - speed).abs() < 1e-9, "{seconds} s: {}", at(seconds));
    }
    assert!(plan.stretches.iter().all(|s| s.notes.is_empty() && !s.on_rails));
    // The trapezoid's area: 10 km/h for 540 s, and 4 km/h more for 170 s at the top and half of twice 10 s.
    let expected = (10.0 * 540.0 + 4.0 * (170.0 + 10.0)) / 3.6;
    let distance = plan.distance(Millis::ZERO, Millis::from_secs(540)).metres();
    assert!((distance - expected).abs() < 0.01, "{distance} for {expected}");
}

#[test]
fn without_a_lag_a_number_is_pressed_on_its_second() {
    let plan = plan(&Belt::default(), &[(60, 10.0, 10.0, false), (60, 14.0, 14.0, false)]);
    assert_eq!(said(&plan), [(0, 0, 10.0), (60_000, 60_000, 14.0)]);
}

#[test]
fn strides_too_short_for_the_belt_recover_on_the_rails() {
    // 10 to 18 km/h takes 20 s, and so does the way back: more than the 20 s of a stride.
    let mut parts = vec![(600, 10.0, 10.0, false)];
    parts.extend([(20, 18.0, 18.0, false), (60, 10.0, 10.0, true), (20, 18.0, 18.0, false)]);
    parts.push((300, 10.0, 10.0, false));
    let plan = plan(&slow_belt(), &parts);
    assert_eq!(
        said(&plan),
        [(0, 0, 10.0), (580_000, 600_000, 18.0), (700_000, 720_000, 10.0)],
        "up once, and down after the last stride"
    );
    let rails: Vec<bool> = plan.stretches.iter().map(|s| s.on_rails).collect();
    assert_eq!(rails, [false, false, true, false, false]);
    let notes: Vec<String> = plan.stretches[2].notes.iter().map(|n| n.sentence(&slow_belt())).collect();
    assert_eq!(
        notes,
        ["the belt takes 0:40 to slow down and speed up again, and the shorter step lasts 0:20: \
          it keeps its speed, the recovery is on the rails"]
    );
    // Behind the last stride no stride waits: the belt goes down after it, and is late.
    assert_eq!(plan.stretches[4].notes, [BeltNote::Late { by: Millis::from_secs(20) }]);
}

#[test]
fn a_lone_stride_is_held_to_its_end() {
    let plan =
        plan(&slow_belt(), &[(600, 10.0, 10.0, false), (20, 18.0, 18.0, false), (600, 10.0, 10.0, false)]);
    assert_eq!(said(&plan), [(0, 0, 10.0), (580_000, 600_000, 18.0), (620_000, 640_000, 10.0)]);
    assert_eq!(plan.stretches[2].notes, [BeltNote::Late { by: Millis::from_secs(20) }]);
}

#[test]
fn recoveries_that_are_long_enough_are_run() {
    let plan =
        plan(&slow_belt(), &[(60, 14.0, 14.0, false), (60, 10.0, 10.0, true), (60, 14.0, 14.0, false)]);
    assert_eq!(said(&plan), [(0, 0, 14.0), (50_000, 60_000, 10.0), (110_000, 120_000, 14.0)]);
    assert!(plan.stretches.iter().all(|s| !s.on_rails));
}

#[test]
fn a_ramps_change_has_half_its_way_behind_it_when_it_is_due() {
    let belt = Belt { ramp_every: Millis::from_secs(60), ..slow_belt() };
    let plan = plan(&belt, &[(180, 10.0, 12.0, false)]);
    // Two presses of 1.0 km/h, 2.5 s each, at 60 s and 120 s.
    assert_eq!(said(&plan), [(0, 0, 10.0), (58_750, 61_250, 11.0), (118_750, 121_250, 12.0)]);
    let run = plan.distance(Millis::ZERO, Millis::from_secs(180)).metres();
    assert!((run - 11.0 / 3.6 * 180.0).abs() < 0.01, "{run}");
}

#[test]
fn a_target_past_the_top_runs_uphill() {
    let belt = Belt { top: Some(16.0), ..Belt::default() };
    let plan = plan(&belt, &[(60, 10.0, 10.0, false), (60, 18.0, 18.0, false), (60, 10.0, 10.0, false)]);
    assert_eq!(said(&plan), [(0, 0, 10.0), (60_000, 60_000, 16.0), (120_000, 120_000, 10.0)]);
    let inclines: Vec<_> = plan.inclines.iter().map(|p| (p.at.get(), p.incline.percent())).collect();
    assert_eq!(inclines, [(60_000, 3.0), (120_000, 0.0)]);
}

#[test]
fn a_ramp_past_the_top_goes_on_uphill() {
    let belt = Belt { top: Some(16.0), ramp_every: Millis::ZERO, ..Belt::default() };
    let plan = plan(&belt, &[(400, 14.0, 18.0, false)]);
    assert_eq!(plan.speeds.last().unwrap().setting.number, 16.0);
    // From half-way on the incline rises to the 2.78 % of 18 km/h, set as 3 %.
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
    let plan = belt.presses(&course);
    assert!(plan.speeds.iter().all(|p| p.setting.number <= 15.0));
    assert_eq!(plan.speeds.last().unwrap().setting.number, 15.0);
    for (stretch, wanted) in plan.stretches.iter().zip([18.0, 17.0]) {
        assert_eq!(stretch.notes, [BeltNote::Ceiling { wanted: kmh(wanted), ceiling: kmh(15.0) }]);
    }
    // With the runner's word for it there is none.
    let plan = belt.presses(&BeltCourse { ceiling: None, ..course });
    assert_eq!(plan.speeds[0].setting.number, 18.0);
}

#[test]
fn a_course_may_be_planned_again_on_the_way() {
    let stretches = stretches(&[(300, 10.0, 10.0, false), (180, 14.0, 14.0, false), (60, 10.0, 10.0, true)]);
    let belt = slow_belt();
    let shown = |number, from| BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::from_secs(from),
        shown: Some(belt.setting_at(number)),
        before: None,
    };
    // In the first stretch, at its speed: the rest is as it was.
    assert_eq!(said(&belt.presses(&shown(10.0, 100))), [(290_000, 300_000, 14.0), (470_000, 480_000, 10.0)]);
    // Four seconds before the change: late by six.
    let late = belt.presses(&shown(10.0, 296));
    assert_eq!(said(&late)[0], (296_000, 306_000, 14.0));
    assert_eq!(late.stretches[1].notes, [BeltNote::Late { by: Millis::from_secs(6) }]);
    // In the middle of a change that was pressed ahead nothing is pressed again.
    assert_eq!(said(&belt.presses(&shown(14.0, 296))), [(470_000, 480_000, 10.0)]);
    // A belt that stands is to be started at once.
    assert_eq!(said(&belt.presses(&shown(0.0, 320)))[0], (320_000, 355_000, 14.0));
    // After a count-in it already runs.
    let counted = BeltCourse { shown: None, ..shown(0.0, 320) };
    assert_eq!(said(&belt.presses(&counted)), [(320_000, 320_000, 14.0), (470_000, 480_000, 10.0)]);
}

#[test]
fn a_stretch_of_unknown_speed_leaves_the_belt_alone() {
    let mut stretches =
        stretches(&[(60, 10.0, 10.0, false), (60, 10.0, 10.0, false), (60, 12.0, 12.0, false)]);
    stretches[1].speed = None;
    let planned = |stretches: &[BeltStretch]| {
        Belt::default().presses(&BeltCourse {
            stretches,
            ceiling: None,
            from: Millis::ZERO,
            shown: None,
            before: None,
        })
    };
    let plan = planned(&stretches);
    assert_eq!(said(&plan), [(0, 0, 10.0), (120_000, 120_000, 12.0)]);
    assert_eq!(plan.stretches[1].begins, None);
    // Where none is known there is nothing to press, and nobody knows how fast the belt runs.
    stretches.iter_mut().for_each(|s| s.speed = None);
    let plan = planned(&stretches);
    assert_eq!((plan.speeds.len(), plan.speed_at(Millis::ZERO)), (0, None));
    assert_eq!(plan.distance(Millis::ZERO, Millis::from_secs(60)).metres(), 0.0);
}

#[test]
fn inclines_are_pressed_where_they_change() {
    let mut stretches =
        stretches(&[(60, 10.0, 10.0, false), (60, 10.0, 10.0, false), (80, 10.0, 10.0, false)]);
    let percent = Incline::from_percent;
    stretches[0].incline = EvenLine::level(percent(1.0));
    stretches[1].incline = EvenLine::level(percent(1.0));
    stretches[2].incline = EvenLine { from: percent(0.0), to: percent(2.0) };
    let belt = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
    let plan = belt.presses(&BeltCourse {
        stretches: &stretches,
        ceiling: None,
        from: Millis::ZERO,
        shown: None,
        before: None,
    });
    let said: Vec<_> = plan.inclines.iter().map(|p| (p.at.get() / 1000, p.incline.percent())).collect();
    assert_eq!(said, [(0, 1.0), (120, 0.0), (130, 0.5), (150, 1.0), (170, 1.5), (190, 2.0)]);
}
