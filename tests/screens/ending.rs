//! What was done, once a session is over, and what becomes of it.

use super::offer::KEYS;
use super::{Run, SIZES, cells, control, drawn, hard, pictures, press, text};
use crate::fixture;
use crossterm::event::KeyCode;
use pacebell::front::{Ended, Kept, Log};
use pacebell::session::{Command, Summary};
use pacebell::tui::Theme;
use pacebell::tui::ending::Ending;
use pacebell::tui::page::{Page, Wish};
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

fn ended(run: &Run) -> Ended {
    let session = run.coach.session();
    Ended {
        name: session.sequence().name.clone(),
        summary: Summary::of(session),
        rehearsed: None,
        log: Log::Written,
    }
}

fn page(ended: Ended) -> Ending {
    Ending::new(ended, Theme::new(true))
}

fn stopped() -> Ended {
    let mut run = hard();
    run.tell(Command::Stop);
    ended(&run)
}

fn finished() -> Ended {
    let mut run = Run::of(fixture::intervals()).to(1585.0);
    run.tell(Command::Stop);
    ended(&run)
}

fn rehearsed() -> Ended {
    Ended { rehearsed: Some("20×".to_string()), ..finished() }
}

fn waiting() -> Log {
    Log::Waiting {
        problem: "the disk is full".to_string(),
        help: "free some space; it is written as soon as there is some".to_string(),
    }
}

#[test]
fn the_end_of_all() {
    insta::assert_snapshot!(pictures(|size| drawn(&page(finished()), size)));
}

#[test]
fn stopped_early() {
    insta::assert_snapshot!(pictures(|size| drawn(&page(stopped()), size)));
}

#[test]
fn a_rehearsal_that_could_not_be_written() {
    let page = page(Ended { log: waiting(), ..rehearsed() });
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn planned_and_done_are_said() {
    // Stopped at 7:32, in the fourth step: 5 min and 1 min easy, 1 min and 32 s hard.
    let text_of = |ended: Ended| text(&drawn(&page(ended), (60, 20)));
    let early = text_of(stopped());
    for said in ["3 of 17 steps", "7:32 of 25:00", "easy 6:00", "hard 1:32", "pacebell log undo"] {
        assert!(early.contains(said), "{said} in\n{early}");
    }
    let whole = text(&drawn(&page(finished()), (100, 30)));
    for said in
        ["17 of 17 steps", "26:25 of 25:00", "1:25 of it after the workout", "hard 8:00", "no zone 1:25"]
    {
        assert!(whole.contains(said), "{said} in\n{whole}");
    }
    let mut open = Run::of(fixture::open()).to(663.0);
    open.tell(Command::Stop);
    assert!(text_of(ended(&open)).contains("2 of 24 steps"), "{}", text_of(ended(&open)));
}

#[test]
fn every_answer_is_reached_by_its_key_and_by_arrows() {
    use KeyCode::{Char, Down, Enter, Esc, Up};
    for (keys, kept) in [
        (&[Enter][..], Kept::Log),
        (&[Up, Enter], Kept::Log),
        (&[Char('l')], Kept::Log),
        (&[Char('g')], Kept::Later),
        (&[Esc], Kept::Later),
        (&[Char('q')], Kept::Later),
        (&[Down, Enter], Kept::Later),
        (&[Char('D')], Kept::Discard),
        (&[Down, Down, Enter], Kept::Discard),
    ] {
        assert_eq!(press(&mut page(stopped()), keys), Some(Wish::Done(kept)), "{keys:?}");
    }
    let mut page = page(finished());
    assert_eq!(press(&mut page, &[Char('d'), Char(' '), Char('x'), KeyCode::Delete]), None);
    assert_eq!(page.input(&control('c')), Some(Wish::Interrupt));
    assert_eq!(page.input(&control('z')), Some(Wish::Suspend));
}

#[test]
fn of_a_rehearsal_nothing_is_kept_unless_that_is_wanted() {
    use KeyCode::{Char, Enter, Up};
    assert!(text(&drawn(&page(rehearsed()), (60, 20))).contains("rehearsal 20×"));
    assert_eq!(press(&mut page(rehearsed()), &[Enter]), Some(Wish::Done(Kept::Discard)));
    assert_eq!(press(&mut page(rehearsed()), &[Up, Up, Enter]), Some(Wish::Done(Kept::Log)));
    assert_eq!(press(&mut page(rehearsed()), &[Char('l')]), Some(Wish::Done(Kept::Log)));
}

#[test]
fn a_log_that_cannot_be_written_is_said_until_it_can() {
    let mut page = page(stopped());
    let says =
        |page: &Ending, size| text(&drawn(page, size)).split_whitespace().collect::<Vec<_>>().join(" ");
    page.set_log(waiting());
    for size in SIZES {
        let text = says(&page, size);
        assert!(text.contains("not saved yet: the disk is full – free some space"), "{size:?} in\n{text}");
    }
    let buffer = drawn(&page, (60, 20));
    let y = text(&buffer).lines().position(|l| l.contains("not saved")).unwrap() as u16;
    assert_eq!(buffer[(40, y)].bg, Color::Indexed(231), "it must not be overlooked");
    page.set_log(Log::Written);
    assert!(!says(&page, (60, 20)).contains("not saved"));
}

#[test]
fn zones_have_their_colours_and_their_share_of_the_bar() {
    let buffer = drawn(&page(stopped()), (100, 30));
    let y = text(&buffer).lines().position(|l| l.contains("easy 6:00")).unwrap() as u16;
    let colours: Vec<Color> = (1..99).map(|x| buffer[(x, y - 1)].fg).collect();
    let (easy, hard) = (Color::Indexed(114), Color::Indexed(203));
    // 6:00 of 7:32 were easy: 360 of 452 seconds, of 98 columns.
    assert_eq!(colours.iter().filter(|c| **c == easy).count(), 78);
    assert_eq!(colours.iter().filter(|c| **c == hard).count(), 20);
    let tag = text(&buffer).lines().nth(usize::from(y)).unwrap().find("Z5").unwrap() as u16;
    assert_eq!(buffer[(tag, y)].bg, hard);
    // Harder is higher, so that it can be told without colours.
    assert_eq!(buffer[(1, y - 2)].symbol(), " ");
    assert_ne!(buffer[(98, y - 2)].symbol(), " ");
}

#[test]
fn without_colour_there_is_none_and_the_mark_is_turned_inside_out() {
    for ended in [stopped(), Ended { log: waiting(), ..rehearsed() }] {
        let buffer = drawn(&Ending::new(ended, Theme::new(false)), (60, 20));
        assert!(cells(&buffer).all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
        assert!(cells(&buffer).any(|c| c.modifier.contains(Modifier::REVERSED)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_key_and_no_window_breaks_it(
        walk in prop::collection::vec((0..KEYS.len(), 0..170_u16, 0..60_u16, any::<bool>()), 1..24),
        at in 0..2000_u64,
        which in 0..4_usize,
    ) {
        let sequences = [fixture::intervals, fixture::ramp, fixture::open, fixture::nested];
        let mut run = Run::of(sequences[which]()).to(at as f64);
        run.tell(Command::Stop);
        let mut page = page(ended(&run));
        for (key, width, height, written) in walk {
            page.set_log(if written { Log::Written } else { waiting() });
            press(&mut page, &[KEYS[key]]);
            drawn(&page, (width, height));
        }
    }
}
