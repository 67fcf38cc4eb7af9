//! The belt on the screen: the number to press, a changing belt, and the keys that adjust it.

use super::*;
use pacebell::units::Speed;
use pacebell::workout::{Options, SourceText, compile_notation};

/// Returns a belt that takes 2.5 s for each km/h, up to 16 km/h and 12 %.
fn slow() -> Treadmill {
    let belt = Belt {
        lag: 2.5,
        top: Some(16.0),
        incline_lowest: Some(Incline::FLAT),
        incline_top: Some(Incline::from_percent(12.0)),
        ramp_every: Millis::ZERO,
        ..Belt::default()
    };
    Treadmill { belt, ceiling: None }
}

fn held_at(kmh: f64) -> Treadmill {
    Treadmill { ceiling: Some(Speed::from_kmh(kmh)), ..slow() }
}

/// Starts a workout from notation on a treadmill.
fn run(notation: &str, treadmill: Treadmill) -> Run {
    Run::on(compiled(notation), treadmill)
}

fn compiled(notation: &str) -> Arc<Sequence> {
    let source = SourceText { name: "belt".into(), text: notation.into() };
    Arc::new(
        compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence,
    )
}

/// Returns the screen at one moment in the windows where it differs.
fn shots(run: &mut Run) -> String {
    let one = |size: (u16, u16)| format!("── {}x{} ──\n{}", size.0, size.1, text(&run.draw(size)));
    [(160, 50), (100, 30), (60, 20), (50, 60)].map(one).concat()
}

const C: KeyCode = KeyCode::Char('c');

#[test]
fn an_unfinished_distance_correction_ends_with_its_step() {
    let mut run = run("60s 10km/h, 60s 14km/h", Treadmill::default()).to(55.0);
    assert_eq!(run.press(C), None);
    assert!(run.text((60, 20)).contains("a hundredth"));
    run.wait_until(Moment::new(61_000));
    let text = run.text((60, 20));
    assert!(text.contains("the step is over: distance not set"), "{text}");
    assert!(!text.contains("a hundredth"));
    run.press(KeyCode::Enter);
    let covered = run.coach.view(run.at).position.covered.unwrap().metres();
    assert!((covered - 14.0 / 3.6).abs() < 0.01, "a second at 14 km/h, and nothing else: {covered}");
    run.wait_until(Moment::new(66_000));
    assert!(!run.text((60, 20)).contains("not set"), "it has been said");
}

#[test]
fn after_the_last_step_there_is_no_distance_to_correct() {
    for late in [false, true] {
        let mut run = run("60s 10km/h", Treadmill::default()).to(59.0);
        if !late {
            run.press(C);
        }
        run.wait_until(Moment::new(61_000));
        if late {
            run.press(C);
        }
        assert!(!run.text((60, 20)).contains("a hundredth"));
    }
}

#[test]
fn the_ceiling_warning_is_repeated_in_the_next_step() {
    let mut run = run("60s 15km/h, 60s 15km/h incline 1%", held_at(15.0)).to(58.0);
    let faster = KeyCode::Char(']');
    run.draw((100, 30));
    assert_eq!(run.press(faster), None);
    run.wait_until(Moment::new(61_000));
    run.draw((100, 30));
    assert_eq!(run.press(faster), None, "it is another step");
    assert!(matches!(run.press(faster), Some(Request::Command(Command::Adjust(_)))));
}

#[test]
fn a_ramp_stops_at_the_ceiling_and_the_belts_limit() {
    // The presses of a ramp are half a minute apart: between them, the screen shows where it ends.
    let text = |notation: &str, treadmill: Treadmill| {
        let belt = Belt { ramp_every: Millis::from_secs(30), ..treadmill.belt };
        run(notation, Treadmill { belt, ..treadmill }).to(5.0).text((60, 20))
    };
    let held = text("5min ramp 10 -> 18 km/h", held_at(15.0));
    assert!(held.contains("km/h → 15.0") && !held.contains("18.0"), "{held}");
    let at_top = text("5min ramp 10 -> 18 km/h", slow());
    assert!(at_top.contains("km/h → 16.0"), "{at_top}");
    // 18 km/h is as hard as 16 km/h at 2.78 %, rounded to the nearest half.
    assert!(at_top.contains("incline 0% → 3%"), "{at_top}");
    let steep = text("5min 10km/h incline 5% -> 20%", slow());
    assert!(steep.contains("→ 12%") && !steep.contains("→ 20%"), "{steep}");
}

#[test]
fn a_ramp_held_at_its_limit_shows_no_further_number() {
    let mut run = run("5min ramp 10 -> 18 km/h, 5min 9km/h", held_at(15.0)).to(240.0);
    let text = run.text((60, 20));
    assert!(text.contains("km/h") && !text.contains("km/h →"), "{text}");
}

#[test]
fn a_ramp_made_faster_by_key_ends_faster() {
    let mut run = run("5min ramp 10 -> 12 km/h", Treadmill::default()).to(5.0);
    assert!(run.text((60, 20)).contains("km/h → 12.0"));
    for _ in 0..10 {
        run.press(KeyCode::Char(']'));
    }
    assert!(run.text((60, 20)).contains("km/h → 13.0"), "{}", run.text((60, 20)));
}

#[test]
fn a_range_ends_at_the_ceiling() {
    let text = |treadmill| run("5min 13-17km/h", treadmill).to(5.0).text((60, 20));
    let (held, at_top) = (text(held_at(15.0)), text(slow()));
    assert!(held.contains("km/h, 13.0–15.0"), "{held}");
    assert!(at_top.contains("km/h, 13.0–16.0"), "{at_top}");
}

#[test]
fn a_changing_belt_shows_its_current_speed() {
    // The belt takes 10 s from 10 to 14 km/h: it is set at 50 s and halfway there at 55 s.
    let mut slowly = run("60s 10km/h, 60s 14km/h", slow());
    for (second, shown) in
        [(49.0, None), (50.0, Some("at 10.0 now")), (55.0, Some("at 12.0 now")), (61.0, None)]
    {
        slowly = slowly.to(second);
        let text = slowly.text((100, 30));
        assert_eq!(text.contains("at 1") && text.contains(" now"), shown.is_some(), "{second}: {text}");
        assert!(shown.is_none_or(|shown| text.contains(shown)), "{second}: {text}");
    }
}

#[test]
fn a_changing_belt_in_mph_shows_what_its_console_shows() {
    // It shows 6.0 for true 6.3 mph, and takes 10 s to 8.0, which is true 8.4.
    let belt = Belt { unit: SpeedUnit::MilesPerHour, lag: 5.0, factor: 1.05, ..Belt::default() };
    let mut run = run("60s 6.3mph, 60s 8.4mph", Treadmill { belt, ceiling: None }).to(55.0);
    assert!(run.text((100, 30)).contains("at 7.0 now"), "{}", run.text((100, 30)));
}

#[test]
fn an_incline_shows_the_equally_hard_pace_on_the_flat() {
    // Running: 0.2 a metre along and 0.9 up. 12 km/h at 4 % are 12 × (1 + 4.5 × 0.04) = 14.16 km/h, 4:14 a km.
    let mut hill = run("5min 12km/h incline 4%, 5min 12km/h", slow()).to(20.0);
    for size in [(160, 50), (100, 30), (60, 20)] {
        assert!(hill.text(size).contains("like 4:14/km flat"), "{}", hill.text(size));
    }
    assert!(!hill.to(400.0).text((160, 50)).contains("flat"));
}

#[test]
fn a_number_to_press_ahead() {
    insta::assert_snapshot!(shots(&mut run("60s 10km/h, 60s 14km/h", slow()).to(54.0)));
}

#[test]
fn a_number_to_press_on_a_ramp() {
    insta::assert_snapshot!(shots(&mut on_a_ramp()));
}

#[test]
fn a_count_in_with_its_number() {
    insta::assert_snapshot!(shots(&mut counted_in()));
}

#[test]
fn a_recovery_on_the_rails() {
    insta::assert_snapshot!(shots(&mut rails()));
}

#[test]
fn an_incline_that_stands_in_for_speed() {
    insta::assert_snapshot!(shots(&mut run("5min 18km/h, 5min easy", slow()).to(20.0)));
}

#[test]
fn a_key_that_would_pass_the_ceiling() {
    let mut run = run("5min 18km/h, 5min 9km/h", held_at(15.0)).to(20.0);
    run.draw((100, 30));
    assert_eq!(run.press(KeyCode::Char(']')), None);
    insta::assert_snapshot!(shots(&mut run));
}

#[test]
fn a_distance_read_off_the_console() {
    let keys = [C, KeyCode::Right, KeyCode::Right, KeyCode::PageUp];
    let mut run = run("2km 12km/h, 60s 8km/h", Treadmill::default()).to(300.0).after(&keys);
    insta::assert_snapshot!(shots(&mut run));
}

/// Strides with recoveries too short for the belt to slow down.
pub(super) fn rails() -> Run {
    run("2min 6km/h, 4×(20s 16km/h, 20s 6km/h), 2min 6km/h", slow()).to(145.0)
}

/// A ramp with presses half a minute apart, 2 s after one of them.
pub(super) fn on_a_ramp() -> Run {
    let belt = Belt { ramp_every: Millis::from_secs(30), ..slow().belt };
    let mut run = run("5min ramp 10 -> 15 km/h, 60s 9km/h", Treadmill { belt, ceiling: None }).to(20.0);
    let next = run.coach.view(run.at).next_press.unwrap();
    run.wait_until(Moment::new((next.at + Millis::from_secs(2)).get()));
    run
}

pub(super) fn counted_in() -> Run {
    let mut run = Run::ready(compiled("60s 10km/h, 60s 14km/h"), slow());
    run.tell(Command::CountIn(run.coach.count_in().unwrap()));
    run.to(15.0)
}

#[test]
fn the_number_to_press_has_its_own_background() {
    let white = |run: &mut Run, size| cells(&run.draw(size)).filter(|c| c.bg == Color::Indexed(231)).count();
    for size in [(160, 50), (100, 30), (60, 20), (50, 60)] {
        let on = |second: f64| white(&mut run("60s 10km/h Z2, 60s 14km/h", slow()).to(second), size);
        let (before, ahead, after) = (on(48.0), on(54.0), on(61.0));
        assert_eq!((before, after), (0, 0), "{size:?}");
        assert!(ahead >= usize::from(size.0), "{size:?}: {ahead}");
        assert!(white(&mut on_a_ramp(), size) >= usize::from(size.0), "{size:?}");
        assert!(white(&mut counted_in(), size) >= usize::from(size.0), "{size:?}");
        assert_eq!(white(&mut rails(), size), 0, "nothing is to be pressed");
    }
}

#[test]
fn the_end_of_a_ramp_is_shown_while_the_clock_stands_still() {
    let ramp = || compiled("5min ramp 10 -> 18 km/h");
    let mut run = Run::ready(ramp(), held_at(15.0));
    run.tell(Command::CountIn(run.coach.count_in().unwrap()));
    let text = run.to(5.0).text((60, 20));
    assert!(text.contains("km/h → 15.0"), "{text}");
    let text = Run::on(ramp(), held_at(15.0)).to(100.0).after(&[KeyCode::Char(' ')]).text((60, 20));
    assert!(text.contains("Space resumes"), "{text}");
    assert!(text.contains("km/h → 15.0"), "{text}");
}
