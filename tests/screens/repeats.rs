//! The running screen in repeats that the runner ends, and in strength workouts.

use super::*;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};

fn notation(notation: &str) -> Run {
    let source = SourceText { name: "run".into(), text: notation.into() };
    let compiled = compile_notation(&source, None, &Options::default());
    Run::of(Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence))
}

fn circuit() -> Run {
    let text = "name = \"Circuit\"\nactivity = \"strength\"\n\
                steps = \"2×(40s 'plank', 20s rest, 12 reps 'squats', 30s hard) / 60s\"\n";
    let source = SourceText { name: "circuit.toml".into(), text: text.into() };
    let compiled = compile_file(&source, None, &Options::default());
    Run::of(Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence))
}

const ENDLESS: &str = "60s easy, open×(40s 12km/h, 20s walk), cooldown 5min easy";

#[test]
fn an_endless_repeat() {
    insta::assert_snapshot!(notation(ENDLESS).to(190.0).pictures());
}

#[test]
fn a_range_of_reps_that_may_end() {
    insta::assert_snapshot!(notation("2-4×60s hard / 30s easy, 5min walk").to(155.0).pictures());
}

#[test]
fn a_strength_workout() {
    insta::assert_snapshot!(circuit().to(10.0).pictures());
}

#[test]
fn counted_reps_of_a_strength_workout() {
    insta::assert_snapshot!(circuit().to(70.0).pictures());
}

#[test]
fn enter_ends_an_endless_repeat_and_undo_goes_back() {
    let mut run = notation(ENDLESS).to(190.0);
    let text = run.text((100, 30));
    assert!(text.contains("step 2 of 4") && text.contains("Enter end repeat"), "{text}");
    assert!(run.after_keys(&[KeyCode::Enter]).contains("step 4 of 4"));
    let text = run.after_keys(&[KeyCode::Char('u')]);
    assert!(text.contains("step 2 of 4"), "{text}");
    assert!(run.after_keys(&[KeyCode::End]).contains("step 4 of 4"));
}

#[test]
fn enter_ends_a_range_of_reps_once_the_least_are_done() {
    let mut run = notation("2-4×60s hard / 30s easy, 5min walk").to(100.0);
    let text = run.after_keys(&[KeyCode::Enter]);
    assert!(text.contains("step 3 of 8") && !text.contains("Enter end"), "{text}");
    let mut run = run.to(155.0);
    let text = run.text((100, 30));
    assert!(text.contains("step 4 of 8") && text.contains("Enter end repeat"), "{text}");
    let text = run.after_keys(&[KeyCode::Enter]);
    assert!(text.contains("step 8 of 8"), "{text}");
}

#[test]
fn nothing_of_a_strength_workout_is_about_a_belt() {
    let mut run = circuit();
    for seconds in [5.0, 50.0, 70.0] {
        run = run.to(seconds);
        for size in SIZES {
            let text = run.text(size);
            for word in ["km/h", "km", "incline", "Z5", "stop the belt", "faster"] {
                assert!(!text.contains(word), "{seconds} s at {size:?}: {word}\n{text}");
            }
        }
    }
}

impl Run {
    /// Presses keys and returns the screen after them.
    fn after_keys(&mut self, codes: &[KeyCode]) -> String {
        for code in codes {
            self.press(*code);
        }
        self.text((100, 30))
    }
}
