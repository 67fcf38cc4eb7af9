//! Less common actions in a run: undo, the list of steps, easing off, signs, the lock, the mouse and clickers; and the
//! checklist before it.

use super::{Run, absent, control, drawn, hard, press, text};
use crate::fixture;
use crossterm::event::KeyCode::{Char, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Up};
use crossterm::event::{Event as Input, KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use pacebell::frontend::Request;
use pacebell::keymap::{Action, KeyContext, KeyPress, Keymap};
use pacebell::runner::profile::{Profile, Units};
use pacebell::session::{Command, Phase, SessionPlace};
use pacebell::tui::screens::checklist::ChecklistPage;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::{ClickTarget, RunningScreen, Theme};
use pacebell::units::{Millis, Moment};
use pacebell::workout::sequence::{Bend, Checklist, Sequence, StepId};
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;

/// The window sizes to support, the smallest last.
const SIZES: [(u16, u16); 6] = [(200, 60), (120, 35), (80, 24), (60, 20), (40, 12), (30, 8)];
const SIGNS: [&str; 3] = ["No full sentences", "Soreness increases", "Heart rate elevated"];

/// A workout with ways to ease off, signs, and a question after 60 s.
pub fn recovery() -> Arc<Sequence> {
    let source = SourceText::new("x", "30min easy | 60s: can you say a full sentence?, 10min walk");
    let mut sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    sequence.during_ease = ["Slow down", "Walk", "Stop"].map(String::from).to_vec();
    sequence.during_signs = SIGNS.map(String::from).to_vec();
    Arc::new(sequence)
}

fn command(command: Command) -> Option<Request> {
    Some(Request::Command(command))
}

pub fn mouse(kind: MouseEventKind, (column, row): (u16, u16)) -> Input {
    Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

fn click(at: (u16, u16)) -> Input {
    mouse(MouseEventKind::Down(MouseButton::Left), at)
}

/// Clicks on a text in a window of this size.
fn click_on(run: &mut Run, what: &str, size: (u16, u16)) -> Option<Request> {
    let at = place(&run.text(size), what);
    run.input(&click(at))
}

/// Clicks in the middle of a target.
fn click_at(run: &mut Run, target: ClickTarget, size: (u16, u16)) -> Option<Request> {
    run.draw(size);
    let all = (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y)));
    let there: Vec<(u16, u16)> =
        all.filter(|at| run.screen.target_at((*at).into()) == Some(target)).collect();
    assert!(there.len() >= usize::from(size.0) / 2, "{target:?} is large enough to be hit: {}", there.len());
    let at = there[there.len() / 2];
    run.input(&click(at))
}

fn place(picture: &str, what: &str) -> (u16, u16) {
    let found = picture.lines().enumerate().find_map(|(y, line)| Some((line.find(what)?, y, line)));
    let (byte, y, line) = found.unwrap_or_else(|| panic!("no {what:?} in\n{picture}"));
    (line[..byte].chars().count() as u16, y as u16)
}

fn step(run: &Run) -> usize {
    match run.coach.session().position(run.at).place {
        SessionPlace::Step(index) => index + 1,
        SessionPlace::After => 0,
    }
}

#[test]
fn a_clicker_with_two_keys_pauses_resumes_and_skips() {
    let mut run = hard();
    assert_eq!(run.press(PageUp), command(Command::Pause));
    assert_eq!(run.press(PageUp), command(Command::Resume));
    assert_eq!(step(&run), 4);
    run.press(PageDown);
    assert_eq!((step(&run), run.phase()), (5, Phase::Running));
    assert_eq!(absent().press(PageUp), command(Command::Resume), "after an absence, too");
    // Other keys that a clicker may have.
    assert_eq!(run.press(F(5)), command(Command::Pause));
    run.press(F(5));
    assert_eq!(run.press(Esc), None);
    assert!(run.text((60, 20)).contains("Stop here"));
    assert_eq!(run.press(F(5)), None);
    assert!(!run.text((60, 20)).contains("Stop here"));
}

#[test]
fn n_does_not_skip() {
    assert_eq!(hard().press(Char('n')), None);
    assert_eq!(hard().press(Char('y')), None);
}

#[test]
fn u_undoes_and_a_toast_says_so_for_some_seconds() {
    for (key, back_at) in [(Right, 4), (Left, 4), (Up, 4)] {
        let mut run = hard();
        let remaining = run.coach.view(run.at).position.remaining();
        run.press(key);
        assert!(run.text((60, 20)).contains("u undoes it"), "{key:?}");
        assert_eq!(run.press(Char('u')), command(Command::Undo), "{key:?}");
        assert_eq!(step(&run), back_at);
        assert_eq!(run.coach.view(run.at).position.remaining(), remaining, "{key:?}");
        assert!(!run.text((60, 20)).contains("undoes"));
    }
    let mut run = hard().after(&[Right]);
    run.wait_until(run.at + Millis::from_secs(6));
    assert!(!run.text((60, 20)).contains("u undoes it"), "then the keys are back");
}

#[test]
fn u_says_if_there_is_nothing_to_undo() {
    let mut run = hard();
    assert_eq!(run.press(Char('u')), None);
    assert!(run.text((80, 24)).contains("nothing to undo: "));
}

#[test]
fn the_workouts_cues_come_before_the_undo_hint() {
    // A cue shows at 433 s: making the step longer at that time must not hide it.
    let mut run = Run::of(fixture::intervals()).to(433.0);
    let foot = |shown: &str| shown.lines().rev().take(3).map(String::from).collect::<Vec<_>>();
    let words = foot(&run.text((100, 30)));
    assert!(words.concat().contains('█'));
    run.press(Up);
    assert_eq!(foot(&run.text((100, 30))), words);
}

/// A run of a workout for a 5K of 22:30 and a highest heart rate of 185.
fn written(text: &str) -> Run {
    let profile = "[athlete]\n5K = \"22:30\"\nhr_max = 185\n";
    let profile = Profile::parse(&SourceText::new("profile", profile), None).unwrap().profile;
    let source = SourceText::new("x", text);
    let compiled = compile_notation(&source, Some(&profile.athlete), &Options::default()).unwrap();
    Run::of(Arc::new(compiled.sequence))
}

#[test]
fn an_undone_skip_takes_the_words_of_the_later_step_along() {
    let mut run = written("1min easy, 1min easy | 0s: look ahead, 1min walk").to(10.0);
    run.press(Right);
    assert_eq!(run.coach.view(run.at).words, Some("look ahead"));
    run.press(Char('u'));
    assert_eq!(run.coach.view(run.at).words, None);
    assert!(run.text((80, 24)).contains("undone"));
}

#[test]
fn a_heart_rate_beside_an_effort_is_in_beats() {
    // 90 and 95 % of 185 are 166.5 and 175.75.
    let shown = written("3min easy, 4min hard 90-95% HRmax").to(10.0).text((40, 12));
    assert!(shown.contains("167–176 bpm") && !shown.contains("HRmax"), "{shown}");
}

#[test]
fn a_number_that_has_to_be_pressed_is_never_called_the_same() {
    let mut run = written("400m 5K incline 1%, 2min 90-95% HRmax").to(10.0);
    let next = run.coach.view(run.at);
    let (now, then) = (next.setting.unwrap().number, next.next_setting.unwrap().number);
    assert!((now - then).abs() > 0.05, "{now} and {then}");
    for size in [(40, 12), (30, 8)] {
        let shown = run.text(size);
        assert!(!shown.contains("= ") && !shown.contains("the same"), "{shown}");
    }
}

#[test]
fn e_shows_ways_to_ease_off_in_order_and_stops_nothing() {
    let mut run = Run::of(recovery()).to(10.0);
    for way in ["Slow down", "Walk", "Stop", "Stop"] {
        assert_eq!(run.press(Char('e')), command(Command::EaseOff));
        assert_eq!(run.coach.view(run.at).words, Some(way));
        assert_eq!(run.phase(), Phase::Running);
    }
    // The toast disappears, and the latest suggestion stays in view.
    run.wait_until(Moment::new(40_000));
    for size in [(60, 20), (40, 12)] {
        assert!(run.text(size).contains("eased: Stop"), "{size:?}");
    }
}

#[test]
fn e_without_ways_of_the_workout_makes_the_session_easier() {
    let mut run = hard();
    assert!(run.text((80, 24)).contains("too much? e: a little slower"));
    assert_eq!(run.press(Char('e')), command(Command::Bend(Bend::SlowerWork)));
    let shown = run.text((80, 24));
    assert!(shown.contains("a little slower · ends ") && shown.contains(" · u undoes"), "{shown}");
    assert_eq!(run.press(Char('u')), command(Command::Undo));
    assert!(run.text((80, 24)).contains("undone"));
}

#[test]
fn t_cuts_the_session_to_the_minutes_that_are_left() {
    let mut run = Run::of(fixture::intervals()).to(310.0);
    let whole = run.text((100, 30));
    assert_eq!(run.press(Char('t')), None);
    for size in [(100, 30), (80, 24), (60, 20)] {
        let shown = run.text(size);
        assert!(shown.contains("I have") && shown.contains("minutes left"), "{shown}");
    }
    assert_eq!(run.press(Esc), None);
    assert_eq!(run.text((100, 30)), whole);
    run.press(Char('t'));
    let Some(Request::Command(Command::Bend(Bend::Within(_)))) = run.press(Enter) else {
        panic!("it is cut");
    };
    assert!(run.text((80, 24)).contains("cut to "), "{}", run.text((80, 24)));
}

#[test]
fn o_outside_the_last_rep_says_when_it_works() {
    let mut run = Run::of(fixture::intervals()).to(310.0);
    assert_eq!(run.press(Char('o')), None);
    assert!(run.text((80, 24)).contains("in the last rep"));
}

#[test]
fn one_key_answers_a_question_and_every_other_key_still_works() {
    let asked = || Run::of(recovery()).to(61.0);
    for size in SIZES.into_iter().filter(|(width, _)| *width >= 40) {
        let shown = asked().text(size);
        let large = shown.lines().rev().take(12).any(|line| line.contains('█'));
        assert!(
            large || (shown.contains("y yes   n no") && shown.contains("full sentence?")),
            "{size:?}\n{shown}"
        );
    }
    let mut yes = asked();
    assert_eq!(yes.press(Char('y')), command(Command::Answer { yes: true }));
    assert_eq!(yes.coach.view(yes.at).words, None, "it is answered");
    assert_eq!(yes.press(Char('y')), None, "and asked no more");
    let mut no = asked();
    assert_eq!(no.press(Char('n')), command(Command::Answer { yes: false }));
    assert_eq!(no.coach.view(no.at).words, Some("Slow down"));
    assert!(!no.text((60, 20)).contains("y yes"), "that is no question");
    assert_eq!(no.press(Char('n')), None);
    assert_eq!(asked().press(Char(' ')), command(Command::Pause));
    assert_eq!(asked().press(Right), command(Command::Skip));
    assert_eq!(asked().press(Char('e')), command(Command::EaseOff));
}

#[test]
fn the_page_of_signs_shows_the_time_and_any_key_closes_it() {
    for size in SIZES {
        let mut run = Run::of(recovery()).to(10.0).after(&[Char('s')]);
        let first = run.text(size);
        run.wait_until(Moment::new(11_000));
        assert_ne!(run.text(size), first, "the time goes on at {size:?}");
        let mut seen = String::new();
        for _ in 0..9 {
            seen.push_str(&run.text(size));
            run.press(Down);
        }
        let said = |sign: &str| sign.split(' ').all(|word| seen.contains(word));
        assert!(first.contains('█') || SIGNS.iter().all(|sign| said(sign)), "{size:?}\n{seen}");
    }
    for key in [Char('s'), Char(' '), Esc, Enter, Right, Char('q'), Char('x')] {
        let mut run = Run::of(recovery()).to(10.0);
        let before = run.text((80, 24));
        run.press(Char('s'));
        assert_ne!(run.text((80, 24)), before);
        assert_eq!(run.press(key), None, "{key:?} does no more than close it");
        assert_eq!(run.text((80, 24)), before, "{key:?}");
    }
    let mut run = Run::of(recovery()).to(10.0).after(&[Char('s')]);
    assert_eq!(run.press(Char('e')), command(Command::EaseOff));
    assert_eq!(run.coach.view(run.at).words, Some("Slow down"));
    assert!(!run.text((80, 24)).contains("No full sentences"));
    assert_eq!(run.after(&[Char('s')]).input(&control('c')), Some(Request::Interrupt));
}

#[test]
fn s_says_if_there_are_no_signs() {
    let mut run = hard().after(&[Char('s')]);
    assert!(run.text((80, 24)).contains("lists no warning signs"));
    assert_eq!(run.press(Char(' ')), command(Command::Pause));
}

#[test]
fn the_step_list_opens_at_the_current_step_and_the_clock_keeps_running() {
    for size in SIZES {
        let mut run = hard().after(&[Char('g')]);
        let shown = run.text(size);
        let now =
            shown.lines().find(|line| line.contains('›')).unwrap_or_else(|| panic!("{size:?}\n{shown}"));
        assert!(now.contains(" 4  hard") && now.contains("1:00") && now.contains("Z5"), "{now}");
        if size.0 >= 60 {
            assert!(now.contains("rep 2 of 8") && now.contains("now"), "{now}");
            assert!(shown.lines().any(|l| l.contains(" 3  easy") && l.contains("done")), "{shown}");
        }
        assert_eq!(run.phase(), Phase::Running);
        run.wait_until(run.at + Millis::from_secs(1));
        assert_ne!(run.text(size), shown, "{size:?}");
    }
}

#[test]
fn a_jump_to_a_step_can_be_undone() {
    let mut run = hard().after(&[Char('g'), Down, Down, Down]);
    assert_eq!(run.press(Enter), command(Command::GoTo(StepId(6))));
    assert_eq!(step(&run), 7);
    assert!(run.text((60, 20)).contains("u undoes it"));
    run.press(Char('u'));
    assert_eq!(step(&run), 4);
    for (keys, reached) in [(&[End][..], 17), (&[Home], 1), (&[End, Up], 16), (&[PageUp, PageUp, PageUp], 1)]
    {
        let mut run = hard();
        run.draw((100, 30));
        assert_eq!(step(&run.after(&[Char('g')]).after(keys).after(&[Enter])), reached, "{keys:?}");
    }
    let mut run = hard().after(&[Char('g')]);
    assert_eq!(run.press(Enter), None, "a look at the list does not begin the step anew");
    assert!(!run.text((60, 20)).contains('›'));
    assert_eq!(hard().after(&[Char('g'), Down]).press(Esc), None);
}

#[test]
fn the_last_of_ten_thousand_steps_can_be_reached() {
    let source = SourceText::new("x", "5000×(8s hard, 8s easy)");
    let sequence = Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence);
    let mut run = Run::of(sequence).to(3.0).after(&[Char('g'), End]);
    let shown = run.text((80, 24));
    assert!(shown.contains("› 10000  easy") && shown.contains("rep 5000 of 5000"), "{shown}");
    assert_eq!(run.press(Enter), command(Command::GoTo(StepId(9999))));
}

#[test]
fn while_locked_only_the_lock_key_works() {
    let mut run = hard().after(&[Char('l')]);
    let all = Keymap::defaults().of(KeyContext::Running).flat_map(|b| &b.keys).map(|key| key.code);
    for code in all.filter(|code| *code != Char('l')) {
        assert_eq!(run.press(code), None, "{code:?}");
        let shown = run.text((80, 24));
        assert!(shown.contains("keys are locked: l unlocks"), "{code:?}\n{shown}");
    }
    assert_eq!(run.input(&click((50, 15))), None);
    assert_eq!(run.input(&Input::Paste("l q".to_string())), None);
    assert_eq!(run.phase(), Phase::Running);
    // The lock outlasts steps and cues, and is still shown.
    run.wait_until(Moment::new(490_000));
    let shown = run.text((80, 24));
    assert!(step(&run) == 5 && shown.contains("l unlocks"), "{shown}");
    assert_eq!(run.input(&control('c')), Some(Request::Interrupt));
    assert_eq!(run.input(&control('z')), Some(Request::Suspend));
    run.press(Char('l'));
    assert_eq!(run.press(Char(' ')), command(Command::Pause));
}

/// A theme for a runner who pauses with F6, locks with F7 and chooses an answer with F8.
fn with_own_keys() -> Theme {
    let mut keymap = Keymap::default();
    for (context, action, code) in [
        (KeyContext::Running, Action::Pause, F(6)),
        (KeyContext::Running, Action::Lock, F(7)),
        (KeyContext::Advised, Action::Choose, F(8)),
        (KeyContext::Checking, Action::Choose, F(8)),
    ] {
        keymap.rebind(context, action, &[KeyPress::plain(code)]);
    }
    Theme::new(true).with_keymap(Box::leak(Box::new(keymap)))
}

#[test]
fn the_runners_own_keys_work_and_are_named_while_a_workout_runs() {
    let mut run = hard();
    run.screen = RunningScreen::new(with_own_keys(), Units::default());
    assert_eq!(run.press(Char(' ')), None);
    assert!(run.text((100, 30)).contains("F6 pause"), "{}", run.text((100, 30)));
    assert_eq!(run.press(F(6)), command(Command::Pause));
    assert!(run.text((100, 30)).contains("F6 resume"), "{}", run.text((100, 30)));
    run.press(F(7));
    assert!(run.text((100, 30)).contains("F7 unlocks"), "{}", run.text((100, 30)));
}

#[test]
fn the_runners_own_keys_work_and_are_named_on_a_page() {
    let before = Checklist { stop_if_any: vec!["ill".to_string()], advice: None };
    let mut page = ChecklistPage::new("Recovery run", before, with_own_keys());
    let shown = text(&drawn(&page, (80, 24)));
    assert!(shown.contains("F8") && !shown.contains("Enter"), "{shown}");
    assert_eq!(press(&mut page, &[Enter]), None);
    assert!(press(&mut page, &[F(8)]).is_some());
}

#[test]
fn a_question_after_an_interruption_unlocks_the_keys() {
    let mut run = hard().after(&[Char('l')]);
    let since = run.at;
    run.at = since + Millis::from_secs(90);
    run.tell(Command::Absence { since });
    assert_eq!(run.press(Char('r')), command(Command::Resume));
    assert_eq!(run.press(Right), command(Command::Skip), "it is unlocked");
}

#[test]
fn one_key_shows_only_the_number() {
    for key in [Char('d'), Char('.'), Char('b')] {
        let mut run = hard();
        let all = run.text((100, 30));
        run.press(key);
        let bare = run.text((100, 30));
        assert!(bare.contains('█') && !bare.contains("Z2") && !bare.contains("sound:"), "{bare}");
        run.press(key);
        assert_eq!(run.text((100, 30)), all);
    }
}

#[test]
fn large_areas_accept_clicks() {
    let size = (100, 30);
    let mut run = hard();
    assert_eq!(click_at(&mut run, ClickTarget::Number, size), command(Command::Pause));
    assert_eq!(click_at(&mut run, ClickTarget::Number, size), command(Command::Resume));
    assert_eq!(click_at(&mut run, ClickTarget::Next, size), command(Command::Skip));
    run.wait_until(run.at + Millis::from_secs(6));
    assert_eq!(click_at(&mut run, ClickTarget::Heading, size), command(Command::Back));
    run.wait_until(run.at + Millis::from_secs(6));
    assert_eq!(click_at(&mut run, ClickTarget::Foot, size), None);
    assert!(run.text(size).contains("Esc to close"), "the foot leads to the keys");
    assert_eq!(run.input(&click((5, 5))), None);
    assert!(!run.text(size).contains("Esc to close"));
}

#[test]
fn a_click_is_one_action_and_a_mouse_move_is_none() {
    let mut run = hard();
    run.draw((100, 30));
    for kind in [
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Moved,
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
    ] {
        assert_eq!(run.input(&mouse(kind, (50, 12))), None, "{kind:?}");
    }
    assert_eq!(run.input(&click((500, 500))), None, "outside of the window");
}

#[test]
fn answers_and_lists_accept_clicks_and_the_wheel() {
    let size = (100, 30);
    let mut run = hard().after(&[Char('q')]);
    assert_eq!(click_on(&mut run, "Keep running", size), None);
    assert!(!run.text(size).contains("Keep running"));
    run.press(Char('q'));
    assert_eq!(click_on(&mut run, "› Stop here", size), command(Command::Stop));

    let mut run = absent();
    assert_eq!(click_on(&mut run, "Catch up", size), command(Command::CatchUp));

    let mut run = hard().after(&[Char('g')]);
    assert_eq!(click_on(&mut run, " 6  hard", size), None, "the first click marks");
    assert!(run.text(size).contains("›  6  hard"), "{}", run.text(size));
    run.input(&mouse(MouseEventKind::ScrollDown, (50, 20)));
    run.input(&mouse(MouseEventKind::ScrollUp, (50, 20)));
    assert_eq!(click_on(&mut run, " 6  hard", size), command(Command::GoTo(StepId(5))));
}

#[test]
fn pasted_text_is_never_read_as_keys() {
    for open in [&[][..], &[Char('q')], &[Char('g')], &[Char('?')]] {
        let mut run = hard().after(open);
        let before = run.text((80, 24));
        assert_eq!(run.input(&Input::Paste("s y q\r\u{1b}".to_string())), None);
        assert_eq!(run.text((80, 24)), before, "{open:?}");
    }
}

pub(super) fn checklist() -> ChecklistPage {
    let stop_if_any = ["Sharp pain", "A race just behind you", "Too little sleep or food"].map(String::from);
    let before = Checklist { stop_if_any: stop_if_any.to_vec(), advice: Some("Rest today.".to_string()) };
    ChecklistPage::new("Recovery run", before, Theme::new(true))
}

#[test]
fn no_reason_starts_the_run_and_any_reason_asks_again() {
    for (keys, runs) in [
        (&[Char('n')][..], true),
        (&[Enter], true),
        (&[Esc], false),
        (&[Char('q')], false),
        // After a yes, the workout only runs if the runner insists.
        (&[Char('y'), Enter], false),
        (&[Char('y'), Esc], false),
        (&[Char('y'), Char('r')], false),
        (&[Char('y'), Char('a')], true),
        (&[Char('y'), Down, Enter], true),
        (&[Down, Enter, Down, Enter], true),
    ] {
        assert_eq!(press(&mut checklist(), keys), Some(PageRequest::Done(runs)), "{keys:?}");
    }
    let slips: &[KeyCode] = &[Char('y'), Char('y'), Char('n'), Char(' ')];
    assert_eq!(press(&mut checklist(), slips), None, "nobody runs by a slip");
    assert_eq!(checklist().input(&control('c')), Some(PageRequest::Interrupt));
    assert_eq!(checklist().input(&control('z')), Some(PageRequest::Suspend));
    assert_eq!(checklist().input(&Input::Paste("n".to_string())), None);
}

#[test]
fn the_checklist_and_its_advice_fit_every_window() {
    for size in SIZES {
        let mut list = checklist();
        let mut seen = String::new();
        for _ in 0..9 {
            seen.push_str(&text(&drawn(&list, size)));
            press(&mut list, &[PageDown]);
        }
        let large = seen.lines().take(usize::from(size.1) / 2).any(|line| line.contains('█'));
        for word in ["Sharp", "race", "behind", "sleep", "food"] {
            assert!(large || seen.contains(word), "{word} at {size:?} in\n{seen}");
        }
        press(&mut list, &[Char('y')]);
        let advised = text(&drawn(&list, size));
        assert!(advised.contains('█') || advised.contains("Rest today."), "{size:?}\n{advised}");
    }
    for size in [(0, 0), (1, 1), (5, 2)] {
        drawn(&checklist(), size);
    }
}

#[test]
fn the_checklists_answers_accept_clicks() {
    let mut list = checklist();
    let at = place(&text(&drawn(&list, (80, 24))), "Yes");
    assert_eq!(list.input(&click(at)), None);
    let at = place(&text(&drawn(&list, (40, 12))), "Run anyway");
    assert_eq!(list.input(&click(at)), Some(PageRequest::Done(true)));
}

#[test]
fn the_checklist() {
    insta::assert_snapshot!(super::pictures(|size| drawn(&checklist(), size)));
}

#[test]
fn the_list_of_steps() {
    insta::assert_snapshot!(hard().after(&[Char('g')]).pictures());
}

#[test]
fn the_signs() {
    insta::assert_snapshot!(Run::of(recovery()).to(10.0).after(&[Char('s')]).pictures());
}

#[test]
fn a_question_on_the_way() {
    insta::assert_snapshot!(Run::of(recovery()).to(61.0).pictures());
}

#[test]
fn a_click_beside_the_answers_does_nothing() {
    for mut run in [hard().after(&[KeyCode::Char('q')]), super::absent()] {
        for size in [(100, 30), (80, 24), (60, 20)] {
            let shown = run.text(size);
            let is_answer = |line: &str| {
                ["Stop here ", "Keep running", "Resume from", "Catch up"].iter().any(|a| line.contains(a))
            };
            for (row, _) in (0..).zip(shown.lines()).filter(|(_, line)| !is_answer(line)) {
                for column in [0, 5, size.0 / 2, size.0 - 1] {
                    assert_eq!(run.input(&click((column, row))), None, "{column} {row} on\n{shown}");
                    assert_eq!(run.text(size), shown, "{column} {row}");
                }
            }
        }
    }
}
