//! Messages in rows of their own, keys that do nothing, and keys that are held.

use super::*;
use crossterm::event::{KeyCode::Char, KeyEventKind};
use pacebell::session::SessionPlace;
use pacebell::workout::{Options, SourceText, compile_notation};

fn run(notation: &str) -> Run {
    let source = SourceText::new("run", notation);
    let compiled = compile_notation(&source, None, &Options::default());
    Run::of(Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence))
}

fn step(run: &Run) -> usize {
    match run.coach.session().position(run.at).place {
        SessionPlace::Step(index) => index,
        SessionPlace::After => usize::MAX,
    }
}

/// The row of the next step in ordinary letters, and the keys.
fn next_and_keys(text: &str) -> (Option<String>, Option<String>) {
    let next = text.lines().find(|line| line.contains("next")).map(str::to_string);
    (next, text.lines().last().map(str::to_string))
}

#[test]
fn a_message_covers_neither_the_next_step_nor_the_chart_nor_the_keys() {
    for size in SIZES.into_iter().filter(|size| size.1 >= 12) {
        let mut run = hard();
        let before = run.text(size);
        run.press(Char('-'));
        let after = run.text(size);
        assert!(after.contains("volume 90 %"), "{size:?}\n{after}");
        assert_eq!(next_and_keys(&before), next_and_keys(&after), "{size:?}");
        // The chart is just above the keys.
        let chart = |text: &str| text.lines().rev().nth(1).map(str::to_string);
        assert!(size.1 < 14 || chart(&before) == chart(&after), "{size:?}\n{after}");
    }
}

#[test]
fn the_words_of_the_workout_cover_nothing_either() {
    for size in SIZES.into_iter().filter(|size| size.1 >= 12) {
        let keys = |second: f64| {
            let mut run = run("60s easy | 10s: relax your shoulders and breathe out, 60s walk").to(second);
            next_and_keys(&run.text(size))
        };
        assert_eq!(keys(9.0), keys(12.0), "{size:?}");
    }
}

#[test]
fn in_the_smallest_window_a_message_leaves_the_number_and_the_next_step() {
    let mut run = hard().after(&[Char('-')]);
    let text = run.text((30, 8));
    for words in ["volume 90 %", "hard", "14.0", "next", "9.0"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn a_cue_leaves_with_its_step() {
    let mut run = run("60s easy | 45s: hold on, 60s walk").to(46.0);
    assert!(run.text((60, 20)).contains("hold on") || run.coach.view(run.at).words == Some("hold on"));
    let mut run = run.to(61.0);
    assert_eq!(run.coach.view(run.at).words, None);
    assert!(!run.text((60, 20)).contains("hold on"));
}

#[test]
fn a_cue_at_the_end_of_a_step_is_read_in_the_next() {
    let run = run("60s easy | end: well done, 60s walk").to(61.0);
    assert_eq!(run.coach.view(run.at).words, Some("well done"));
}

#[test]
fn an_undo_hint_leaves_with_its_step() {
    let mut run = run("60s 10km/h, 4s 8km/h, 60s 10km/h").to(10.0);
    run.press(KeyCode::Right);
    assert!(run.text((60, 20)).contains("u undoes it"));
    let mut run = run.to(14.5);
    assert!(!run.text((60, 20)).contains("u undoes it"), "the step it was about is over");
}

#[test]
fn a_key_that_does_nothing_says_so_once() {
    let mut run = hard();
    assert_eq!(run.press(Char('x')), None);
    assert!(run.text((60, 20)).contains("x does nothing here: ? shows the keys"));
    run.wait_until(run.at + Millis::from_secs(6));
    assert_eq!(run.press(Char('x')), None);
    assert!(!run.text((60, 20)).contains("does nothing"));
    run.press(Char('й'));
    assert!(run.text((100, 30)).contains("switch the keyboard layout, or set [keys]"));
}

/// Presses a key at these times after the present, in milliseconds, as a terminal repeats it.
fn hold(run: &mut Run, code: KeyCode, times: impl IntoIterator<Item = u64>) {
    let start = run.at;
    for time in times {
        run.wait_until(start + Millis::new(time));
        run.press(code);
    }
}

#[test]
fn a_held_key_skips_one_step() {
    for delay in [250, 400, 500, 660] {
        let mut run = hard();
        let before = step(&run);
        hold(&mut run, KeyCode::Right, std::iter::once(0).chain((0..12).map(|n| delay + 33 * n)));
        assert_eq!(step(&run), before + 1, "repeats start after {delay} ms");
    }
    let mut run = hard();
    let before = step(&run);
    hold(&mut run, KeyCode::Right, [0, 500, 1000]);
    assert_eq!(step(&run), before + 3, "pressed twice a second");
}

#[test]
fn marked_repeats_skip_nothing_but_make_the_belt_faster() {
    let repeated = |code| {
        let mut key = KeyEvent::new(code, KeyModifiers::NONE);
        key.kind = KeyEventKind::Repeat;
        Input::Key(key)
    };
    let mut run = hard();
    assert_eq!(run.input(&repeated(KeyCode::Right)), None);
    assert!(matches!(run.input(&repeated(Char(']'))), Some(Request::Command(Command::Adjust(_)))));
}

#[test]
fn the_state_of_the_sound_is_never_cut() {
    for size in [(200, 60), (120, 35), (100, 30), (80, 24), (60, 20), (40, 12)] {
        let text = hard().mute().text(size);
        let line = text.lines().find(|line| line.contains("no sound")).unwrap_or_default();
        assert!(!line.is_empty() && !line.contains('…'), "{size:?}\n{text}");
    }
}

#[test]
fn the_list_of_steps_shows_one_round_of_an_endless_repeat() {
    let mut run = run("60s easy, open×(40s 12km/h, 20s 6km/h), 5min 8km/h").to(190.0);
    run.press(Char('g'));
    let text = run.text((100, 30));
    assert_eq!(text.matches("0:40").count(), 1, "{text}");
    assert!(text.contains("round 3") && text.contains("5:00"), "{text}");
}
