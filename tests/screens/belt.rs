//! The belt on the screen: what to press and when, where it is on its way, and what keys do to it.

use super::*;
use pacebell::units::Speed;
use pacebell::workout::{Options, Source, compile_notation};

/// 2.5 s for each km/h, up to 16 km/h and 12 %.
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

/// A workout as it is written, begun on a treadmill.
fn run(notation: &str, treadmill: Treadmill) -> Run {
    Run::on(compiled(notation), treadmill)
}

fn compiled(notation: &str) -> Arc<Sequence> {
    let source = Source { name: "belt".into(), text: notation.into() };
    Arc::new(
        compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence,
    )
}

const C: KeyCode = KeyCode::Char('c');

#[test]
fn a_distance_that_was_not_taken_in_its_step_is_taken_in_no_other() {
    let mut run = run("60s 10km/h, 60s 14km/h", Treadmill::default()).to(55.0);
    assert_eq!(run.press(C), None);
    assert!(run.text((60, 20)).contains("a hundredth"));
    run.wait_until(Moment::new(61_000));
    let text = run.text((60, 20));
    assert!(text.contains("the step is over: the distance was not taken"), "{text}");
    assert!(!text.contains("a hundredth"));
    run.press(KeyCode::Enter);
    let covered = run.coach.view(run.at).position.covered.unwrap().metres();
    assert!((covered - 14.0 / 3.6).abs() < 0.01, "a second at 14 km/h, and nothing else: {covered}");
    run.wait_until(Moment::new(66_000));
    assert!(!run.text((60, 20)).contains("not taken"), "it has been said");
}

#[test]
fn after_the_last_step_there_is_no_distance_to_put_right() {
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
fn who_was_told_of_the_ceiling_in_one_step_is_told_again_in_the_next() {
    let mut run = run("60s 15km/h, 60s 15km/h incline 1%", held_at(15.0)).to(58.0);
    let faster = KeyCode::Char(']');
    run.draw((100, 30));
    assert_eq!(run.press(faster), None);
    run.wait_until(Moment::new(61_000));
    run.draw((100, 30));
    assert_eq!(run.press(faster), None, "it is another step");
    assert!(matches!(run.press(faster), Some(Request::Command(Command::Adjust(_)))));
}
