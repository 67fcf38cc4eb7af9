//! What was done, once a session is over, and what becomes of it.

use super::offer::KEYS;
use super::{Run, SIZES, cells, control, drawn, hard, pictures, press, text};
use crate::fixture;
use crossterm::event::KeyCode;
use pacebell::frontend::{FinishedSession, LogStatus, Rehearsal, SessionFate};
use pacebell::session::Command;
use pacebell::tui::Theme;
use pacebell::tui::screens::ending::EndingPage;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::units::Millis;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

fn ended(run: &Run) -> FinishedSession {
    FinishedSession::of(run.coach.session(), 1.0, LogStatus::Written)
}

fn page(ended: FinishedSession) -> EndingPage {
    EndingPage::new(ended, Theme::new(true))
}

fn stopped() -> FinishedSession {
    let mut run = hard();
    run.tell(Command::Stop);
    ended(&run)
}

fn finished() -> FinishedSession {
    let mut run = Run::of(fixture::intervals()).to(1585.0);
    run.tell(Command::Stop);
    ended(&run)
}

fn rehearsed() -> FinishedSession {
    FinishedSession { rehearsal: Some(Rehearsal(20.0)), ..finished() }
}

fn waiting() -> LogStatus {
    LogStatus::Waiting {
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
    let page = page(FinishedSession { log: waiting(), ..rehearsed() });
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn planned_and_done_are_said() {
    // Stopped at 7:32, in the fourth step: 5 min and 1 min easy, 1 min and 32 s hard.
    let text_of = |ended: FinishedSession| text(&drawn(&page(ended), (60, 20)));
    let early = text_of(stopped());
    for said in ["3 of 17 steps", "7:32 of 25:00", "easy 6:00", "hard 1:32", "pacebell log undo"] {
        assert!(early.contains(said), "{said} in\n{early}");
    }
    let whole = text(&drawn(&page(finished()), (100, 30)));
    for said in ["17 of 17 steps", "25:00 of 25:00", "1:25 more after the workout", "hard 8:00"] {
        assert!(whole.contains(said), "{said} in\n{whole}");
    }
    assert!(!whole.contains("no zone"), "what came after is none of the plan's zones:\n{whole}");
    let mut open = Run::of(fixture::open()).to(663.0);
    open.tell(Command::Stop);
    assert!(text_of(ended(&open)).contains("2 of 24 steps"), "{}", text_of(ended(&open)));
}

#[test]
fn every_answer_is_reached_by_its_key_and_by_arrows() {
    use KeyCode::{Char, Down, Enter, Esc, Up};
    for (keys, kept) in [
        (&[Enter][..], SessionFate::Log),
        (&[Up, Enter], SessionFate::Log),
        (&[Char('l')], SessionFate::Log),
        (&[Char('g')], SessionFate::Later),
        (&[Esc], SessionFate::Later),
        (&[Char('q')], SessionFate::Later),
        (&[Down, Enter], SessionFate::Later),
        (&[Char('D')], SessionFate::Discard),
        (&[Down, Down, Enter], SessionFate::Discard),
    ] {
        assert_eq!(press(&mut page(stopped()), keys), Some(PageRequest::Done(kept)), "{keys:?}");
    }
    let mut page = page(finished());
    assert_eq!(press(&mut page, &[Char('d'), Char(' '), Char('x'), KeyCode::Delete]), None);
    assert_eq!(page.input(&control('c')), Some(PageRequest::Interrupt));
    assert_eq!(page.input(&control('z')), Some(PageRequest::Suspend));
}

#[test]
fn of_a_rehearsal_nothing_is_kept_unless_that_is_wanted() {
    use KeyCode::{Char, Enter, Up};
    assert!(text(&drawn(&page(rehearsed()), (60, 20))).contains("rehearsal 20×"));
    assert_eq!(press(&mut page(rehearsed()), &[Enter]), Some(PageRequest::Done(SessionFate::Discard)));
    assert_eq!(press(&mut page(rehearsed()), &[Up, Up, Enter]), Some(PageRequest::Done(SessionFate::Log)));
    assert_eq!(press(&mut page(rehearsed()), &[Char('l')]), Some(PageRequest::Done(SessionFate::Log)));
}

#[test]
fn a_log_that_cannot_be_written_is_said_until_it_can() {
    let mut page = page(stopped());
    let says =
        |page: &EndingPage, size| text(&drawn(page, size)).split_whitespace().collect::<Vec<_>>().join(" ");
    page.set_log(&waiting());
    for size in SIZES {
        let text = says(&page, size);
        assert!(text.contains("not saved yet: the disk is full – free some space"), "{size:?} in\n{text}");
    }
    let buffer = drawn(&page, (60, 20));
    let y = text(&buffer).lines().position(|l| l.contains("not saved")).unwrap() as u16;
    assert_eq!(buffer[(40, y)].bg, Color::Indexed(231), "it must not be overlooked");
    page.set_log(&LogStatus::Written);
    assert!(!says(&page, (60, 20)).contains("not saved"));
}

/// The two profiles of a page of 100 columns and 30 rows: for each the colours of its lowest row, nothing where
/// there is no bar.
fn profiles(ended: FinishedSession) -> [Vec<Option<Color>>; 2] {
    let buffer = drawn(&page(ended), (100, 30));
    let text = text(&buffer);
    ["planned", "done"].map(|label| {
        let y = text.lines().position(|l| l.trim_start().starts_with(label)).unwrap() as u16;
        let bar = |x: u16| (buffer[(x, y)].symbol() != " ").then_some(buffer[(x, y)].fg);
        (9..99).map(bar).collect()
    })
}

fn columns(bars: &[Option<Color>]) -> usize {
    bars.iter().filter(|bar| bar.is_some()).count()
}

#[test]
fn what_was_run_stands_below_what_was_planned_on_one_scale() {
    // 25:00 of plan are all 90 columns, 3.6 a minute: 7:32 of it are 27.
    let [planned, done] = profiles(stopped());
    assert_eq!((columns(&planned), columns(&done)), (90, 27));
    assert!(done[27..].iter().all(Option::is_none), "nothing after the end");
    let (easy, hard) = (Color::Indexed(114), Color::Indexed(203));
    assert_eq!(done[0], Some(easy));
    // The first hard minute is from 5:00 to 6:00, columns 18 to 21.6.
    assert!(done[18..21].iter().all(|c| *c == Some(hard)), "{done:?}");
    assert!(planned[18..21].iter().all(|c| c.is_some() && *c != Some(hard)), "the plan is dim");
}

#[test]
fn what_is_skipped_is_missing_and_what_is_added_makes_it_longer() {
    let mut run = Run::of(fixture::intervals()).to(60.0);
    // The rest of the warm-up.
    run.tell(Command::Skip);
    let mut run = run.to(2000.0);
    run.tell(Command::Stop);
    // 25:00 without 4:00, and 12:20 more after the end: 33:20 are all the columns.
    let [planned, done] = profiles(ended(&run));
    assert_eq!((columns(&planned), columns(&done)), (68, 90));
    let hard = |bars: &[Option<Color>]| bars.iter().position(|c| *c == Some(Color::Indexed(203)));
    // Hard from 1:00 on, at 2.7 columns a minute.
    assert_eq!(hard(&done), Some(3));
    let mut run = Run::of(fixture::intervals()).to(10.0);
    run.tell(Command::Extend(Millis::from_secs(300)));
    let mut run = run.to(1800.0);
    run.tell(Command::Stop);
    let [planned, done] = profiles(ended(&run));
    assert_eq!((columns(&planned), columns(&done)), (75, 90));
}

#[test]
fn reps_and_pauses_are_counted() {
    let mut run = Run::of(fixture::intervals()).to(400.0);
    // In the first easy minute after the first rep.
    run.tell(Command::Pause);
    run.at = run.at + Millis::from_secs(80);
    run.tell(Command::Resume);
    let mut run = run.to(520.0);
    // The second rep was from 7:00 to 8:00, 80 s later on the clock: this is the middle of it.
    run.tell(Command::Skip);
    run.tell(Command::Stop);
    let text = text(&drawn(&page(ended(&run)), (60, 20)));
    assert!(text.contains("1 of 8 reps"), "{text}");
    assert!(text.contains("1 pause, 1:20"), "{text}");
    let text = text_at(ended(&Run::of(fixture::ramp()).to(700.0)), (60, 20));
    assert!(!text.contains("reps") && !text.contains("pause"), "{text}");
}

fn text_at(ended: FinishedSession, size: (u16, u16)) -> String {
    text(&drawn(&page(ended), size))
}

#[test]
fn without_colour_there_is_none_and_the_mark_is_turned_inside_out() {
    for ended in [stopped(), FinishedSession { log: waiting(), ..rehearsed() }] {
        let buffer = drawn(&EndingPage::new(ended, Theme::new(false)), (60, 20));
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
            page.set_log(&if written { LogStatus::Written } else { waiting() });
            press(&mut page, &[KEYS[key]]);
            drawn(&page, (width, height));
        }
    }
}
