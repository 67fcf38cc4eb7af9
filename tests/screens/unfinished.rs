//! The page that offers an unfinished session.

use super::{Run, SIZES, cells, control, drawn, hard, pictures, press, text};
use crate::fixture;
use crossterm::event::KeyCode;
use pacebell::frontend::{Resume, UnfinishedOffer};
use pacebell::tui::Theme;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::picker::Picker;
use pacebell::tui::screens::start::{StartAnswer, StartPage};
use pacebell::tui::screens::unfinished::UnfinishedPage;
use pacebell::units::Millis;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

/// A session that was cut off in its second rep, offered the next morning.
fn unfinished() -> UnfinishedOffer {
    let gap = Millis::from_secs(14 * 3600 + 3 * 60 + 20);
    UnfinishedOffer::of(hard().coach.session(), gap, "Tuesday 21 July, 18:02".to_string())
}

fn offer() -> UnfinishedPage {
    UnfinishedPage::new(unfinished(), Theme::new(true))
}

#[test]
fn an_unfinished_session() {
    insta::assert_snapshot!(pictures(|size| drawn(&offer(), size)));
}

#[test]
fn one_of_several() {
    let offer = UnfinishedPage::new(unfinished().with_others(2), Theme::new(true));
    insta::assert_snapshot!(pictures(|size| drawn(&offer, size)));
}

#[test]
fn describes_where_a_session_stopped() {
    let all = unfinished();
    // 7:32 into 5 min easy and 8×(60s hard, 60s easy), with 28 s of the second hard minute left.
    assert_eq!(all.place, "step 4 of 17: hard, 0:28 left, rep 2 of 8");
    assert_eq!(all.progress(), "7:32 of 25:00");
    let of = |run: &Run| UnfinishedOffer::of(run.coach.session(), Millis::ZERO, String::new());
    let cooling = of(&Run::of(fixture::intervals()).to(1585.0));
    assert_eq!(
        (cooling.place.as_str(), cooling.progress().as_str()),
        ("after the last step", "26:25 of 25:00")
    );
    let open = of(&Run::of(fixture::open()).to(663.0));
    assert_eq!(open.progress(), "11:03 run");
    let nested = of(&Run::of(fixture::nested()).to(130.0));
    assert!(
        nested.place.contains("快跑, ") && nested.place.ends_with(" left, Block 1 of 2, rep 3 of 4"),
        "{}",
        nested.place
    );
}

#[test]
fn every_window_shows_the_gap_the_progress_and_how_to_undo() {
    for size in [(100, 10), (60, 20), (40, 12)] {
        let text = text(&drawn(&offer(), size));
        for words in ["14 h 3 min ago", "step 4 of 17: hard, 0:28 left", "pacebell log undo"] {
            // What fits is in large letters.
            let is_large = words.ends_with("ago") && text.contains('█');
            assert!(text.contains(words) || is_large, "{words} at {size:?} in\n{text}");
        }
    }
}

#[test]
fn every_answer_has_a_key_and_is_reached_with_arrows() {
    use KeyCode::{BackTab, Char, Down, Enter, Esc, Tab, Up};
    for (keys, answer) in [
        (&[Char('r')][..], Resume::Now),
        (&[Char('g')], Resume::Now),
        (&[Enter], Resume::Now),
        (&[Up, Enter], Resume::Now),
        (&[Char('l')], Resume::Log),
        (&[Down, Enter], Resume::Log),
        (&[Esc], Resume::Later),
        (&[Char('q')], Resume::Later),
        (&[Down, Tab, Enter], Resume::Later),
        (&[Char('D')], Resume::Discard),
        (&[Down, Down, Down, Enter], Resume::Discard),
        (&[Down, Down, Down, BackTab, Enter], Resume::Later),
    ] {
        assert_eq!(press(&mut offer(), keys), Some(PageRequest::Done(answer)), "{keys:?}");
    }
    assert_eq!(
        press(&mut offer(), &[Char('d'), Char(' '), Char('y')]),
        None,
        "no other key decides anything"
    );
    assert_eq!(offer().input(&control('c')), Some(PageRequest::Interrupt));
    assert_eq!(offer().input(&control('z')), Some(PageRequest::Suspend));
}

#[test]
fn the_marked_answer_stands_out() {
    let row = |offer: &UnfinishedPage, colour: Option<Color>| {
        let buffer = drawn(offer, (60, 20));
        let marked = |y: &u16| match colour {
            Some(colour) => buffer[(30, *y)].bg == colour,
            None => buffer[(30, *y)].modifier.contains(Modifier::REVERSED),
        };
        let rows: Vec<String> = (0..20)
            .filter(marked)
            .map(|y| (0..60).map(|x| buffer[(x, y)].symbol()).collect::<String>())
            .collect();
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.concat()
    };
    for (theme, colour) in [(true, Some(Color::Indexed(231))), (false, None)] {
        let mut offer = UnfinishedPage::new(unfinished(), Theme::new(theme));
        assert!(row(&offer, colour).contains("› Resume from there"));
        press(&mut offer, &[KeyCode::Down]);
        assert!(row(&offer, colour).contains("› Log it as it is"));
    }
}

#[test]
fn escape_sequences_in_a_session_do_not_reach_the_terminal() {
    let mut evil = unfinished();
    for text in [&mut evil.name, &mut evil.place, &mut evil.started] {
        *text = "x\u{1b}[2J\u{202e}y".to_string();
    }
    for size in SIZES {
        let buffer = drawn(&UnfinishedPage::new(evil.clone(), Theme::new(true)), size);
        let hidden = |c: char| pacebell::text::is_hidden(c);
        assert!(cells(&buffer).all(|c| !c.symbol().chars().any(hidden)), "{size:?}");
    }
}

/// The page before another workout is run, while the session is unfinished.
fn start() -> StartPage {
    StartPage::new(fixture::ramp(), unfinished().on_day("21 Jul".to_string()), Theme::new(true))
}

#[test]
fn a_workout_with_an_unfinished_session() {
    insta::assert_snapshot!(pictures(|size| drawn(&start(), size)));
}

#[test]
fn the_workout_is_the_default_and_the_unfinished_session_is_one_line() {
    let shown = text(&drawn(&start(), (80, 24)));
    let line = shown.lines().find(|l| l.contains("unfinished")).unwrap();
    assert_eq!(line.trim(), "21 Jul, Short intervals, 7:32 of 25:00 is unfinished: r resumes it");
    assert!(shown.contains("Up, along and down") && shown.contains("› Run it"), "{shown}");
    for size in [(60, 20), (40, 12)] {
        let shown = text(&drawn(&start(), size)).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.contains("is unfinished: r resumes it") && shown.contains("› Run it"),
            "{size:?} {shown}"
        );
    }
    use KeyCode::{Char, Enter, Esc};
    for (key, answer) in [
        (Enter, StartAnswer::Run),
        (Char(' '), StartAnswer::Run),
        (Char('r'), StartAnswer::Resume),
        (Char('l'), StartAnswer::Log),
        (Char('D'), StartAnswer::Discard),
        (Esc, StartAnswer::Quit),
        (Char('q'), StartAnswer::Quit),
    ] {
        assert_eq!(press(&mut start(), &[key]), Some(PageRequest::Done(answer)), "{key:?}");
    }
}

#[test]
fn the_line_about_an_unfinished_session_counts_the_others() {
    let line = unfinished().with_others(2).line();
    assert_eq!(line, "Short intervals, 7:32 of 25:00 is unfinished (2 more)");
}

#[test]
fn the_pickers_line_about_an_unfinished_session_never_loses_its_key() {
    for others in [0, 14] {
        let mut picker = Picker::new(Vec::new(), Vec::new(), Theme::new(true));
        picker.set_unfinished(Some(unfinished().with_others(others)));
        for size in [(100, 30), (80, 24), (60, 20), (40, 12)] {
            let shown = text(&drawn(&picker, size));
            let line = shown.lines().find(|line| line.contains("unfinished")).unwrap_or_default();
            assert!(line.contains("r resumes"), "{size:?}: {shown}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_keys_and_windows_never_panic(
        walk in prop::collection::vec((0..KEYS.len(), 0..170_u16, 0..60_u16), 1..24),
        others in 0..5_usize,
        seconds in 0..10_000_000_u64,
        name in ".{0,60}",
    ) {
        let gap = Millis::from_secs(seconds);
        let unfinished = UnfinishedOffer { name, gap, others, ..unfinished() };
        let mut offer = UnfinishedPage::new(unfinished, Theme::new(true));
        for (key, width, height) in walk {
            press(&mut offer, &[KEYS[key]]);
            drawn(&offer, (width, height));
        }
    }
}

/// Keys with an action before or after a session, and some without one.
pub const KEYS: [KeyCode; 22] = [
    KeyCode::Char('r'),
    KeyCode::Char('l'),
    KeyCode::Char('D'),
    KeyCode::Char('q'),
    KeyCode::Char('s'),
    KeyCode::Char('p'),
    KeyCode::Char('1'),
    KeyCode::Char('0'),
    KeyCode::Char('5'),
    KeyCode::Char('.'),
    KeyCode::Char(' '),
    KeyCode::Char('跑'),
    KeyCode::Char('\u{301}'),
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::PageDown,
    KeyCode::Backspace,
];
