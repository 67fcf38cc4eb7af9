//! The summary of a session that is over, and what to do with it.

use super::unfinished::KEYS;
use super::{Run, SIZES, cells, control, drawn, hard, pictures, press, text};
use crate::fixture;
use crossterm::event::KeyCode;
use pacebell::frontend::{FinishedSession, LogStatus, SessionFate};
use pacebell::session::Command;
use pacebell::tui::Theme;
use pacebell::tui::screens::ending::EndingPage;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::units::{Millis, Rehearsal};
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

fn ended(run: &Run) -> FinishedSession {
    FinishedSession::of(run.coach.session(), Rehearsal::REAL_TIME, LogStatus::Written)
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
    FinishedSession { rehearsal: Rehearsal::new(20.0), ..finished() }
}

fn waiting() -> LogStatus {
    LogStatus::Waiting {
        problem: "the disk is full".to_string(),
        help: "free some space; it is written as soon as there is some".to_string(),
    }
}

#[test]
fn a_finished_workout() {
    insta::assert_snapshot!(pictures(|size| drawn(&page(finished()), size)));
}

#[test]
fn stopped_early() {
    insta::assert_snapshot!(pictures(|size| drawn(&page(stopped()), size)));
}

#[test]
fn a_rehearsal_that_is_not_saved_yet() {
    let page = page(FinishedSession { log: waiting(), ..rehearsed() });
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn shows_the_plan_and_the_run() {
    // Stopped at 7:32, in the fourth step: 5 min and 1 min easy, 1 min and 32 s hard.
    let text_of = |ended: FinishedSession| text(&drawn(&page(ended), (60, 20)));
    let stopped_text = text_of(stopped());
    for words in ["3 of 17 steps", "7:32 of 25:00", "easy 6:00", "hard 1:32", "pacebell log undo"] {
        assert!(stopped_text.contains(words), "{words} in\n{stopped_text}");
    }
    let finished_text = text(&drawn(&page(finished()), (100, 30)));
    for words in ["17 of 17 steps", "25:00 of 25:00", "1:25 more after the workout", "hard 8:00"] {
        assert!(finished_text.contains(words), "{words} in\n{finished_text}");
    }
    assert!(!finished_text.contains("no zone"), "time after the workout has no zone:\n{finished_text}");
    let mut open = Run::of(fixture::open()).to(663.0);
    open.tell(Command::Stop);
    assert!(text_of(ended(&open)).contains("2 of 24 steps"), "{}", text_of(ended(&open)));
}

#[test]
fn every_answer_has_a_key_and_is_reached_with_arrows() {
    use KeyCode::{Char, Down, Enter, Esc, Up};
    for (keys, kept) in [
        (&[Enter][..], SessionFate::Log),
        (&[Up, Enter], SessionFate::Log),
        (&[Char('l')], SessionFate::Log),
        (&[Char('r')], SessionFate::Later),
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
fn a_rehearsal_is_discarded_by_default() {
    use KeyCode::{Char, Enter, Up};
    assert!(text(&drawn(&page(rehearsed()), (60, 20))).contains("rehearsal 20×"));
    assert_eq!(press(&mut page(rehearsed()), &[Enter]), Some(PageRequest::Done(SessionFate::Discard)));
    assert_eq!(press(&mut page(rehearsed()), &[Up, Up, Enter]), Some(PageRequest::Done(SessionFate::Log)));
    assert_eq!(press(&mut page(rehearsed()), &[Char('l')]), Some(PageRequest::Done(SessionFate::Log)));
}

#[test]
fn warns_while_the_log_cannot_be_written() {
    let mut page = page(stopped());
    let words =
        |page: &EndingPage, size| text(&drawn(page, size)).split_whitespace().collect::<Vec<_>>().join(" ");
    page.set_log(&waiting());
    for size in SIZES {
        let text = words(&page, size);
        assert!(text.contains("not saved yet: the disk is full – free some space"), "{size:?} in\n{text}");
    }
    let buffer = drawn(&page, (60, 20));
    let y = text(&buffer).lines().position(|l| l.contains("not saved")).unwrap() as u16;
    assert_eq!(buffer[(40, y)].bg, Color::Indexed(231), "the band is loud");
    page.set_log(&LogStatus::Written);
    assert!(!words(&page, (60, 20)).contains("not saved"));
}

/// The plan and the run of a page of 100 by 30: the colours of each chart's lowest row, `None` without a bar.
fn charts(ended: FinishedSession) -> [Vec<Option<Color>>; 2] {
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
fn the_run_is_below_the_plan_on_the_same_scale() {
    // The plan of 25:00 takes all 90 columns, 3.6 a minute; the run of 7:32 takes 27.
    let [planned, done] = charts(stopped());
    assert_eq!((columns(&planned), columns(&done)), (90, 27));
    assert!(done[27..].iter().all(Option::is_none), "no bars after the end");
    let (easy, hard) = (Color::Indexed(114), Color::Indexed(203));
    assert_eq!(done[0], Some(easy));
    // The first hard minute, from 5:00 to 6:00, is columns 18 to 21.6.
    assert!(done[18..21].iter().all(|c| *c == Some(hard)), "{done:?}");
    assert!(planned[18..21].iter().all(|c| c.is_some() && *c != Some(hard)), "the plan is dimmed");
}

#[test]
fn skipped_time_shortens_the_chart_and_added_time_lengthens_it() {
    let mut run = Run::of(fixture::intervals()).to(60.0);
    // The rest of the warm-up.
    run.tell(Command::Skip);
    let mut run = run.to(2000.0);
    run.tell(Command::Stop);
    // 25:00 less 4:00 plus 12:20 after the end: the columns stand for 33:20.
    let [planned, done] = charts(ended(&run));
    assert_eq!((columns(&planned), columns(&done)), (68, 90));
    let hard = |bars: &[Option<Color>]| bars.iter().position(|c| *c == Some(Color::Indexed(203)));
    // The first hard step starts at 1:00, at 2.7 columns a minute.
    assert_eq!(hard(&done), Some(3));
    let mut run = Run::of(fixture::intervals()).to(10.0);
    run.tell(Command::Extend(Millis::from_secs(300)));
    let mut run = run.to(1800.0);
    run.tell(Command::Stop);
    let [planned, done] = charts(ended(&run));
    assert_eq!((columns(&planned), columns(&done)), (75, 90));
}

#[test]
fn counts_reps_and_pauses() {
    let mut run = Run::of(fixture::intervals()).to(400.0);
    // In the easy minute after the first rep.
    run.tell(Command::Pause);
    run.at = run.at + Millis::from_secs(80);
    run.tell(Command::Resume);
    let mut run = run.to(520.0);
    // The middle of the second rep: 7:00 to 8:00, and 80 s of pause.
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
fn without_colour_the_mark_is_reversed() {
    for ended in [stopped(), FinishedSession { log: waiting(), ..rehearsed() }] {
        let buffer = drawn(&EndingPage::new(ended, Theme::new(false)), (60, 20));
        assert!(cells(&buffer).all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
        assert!(cells(&buffer).any(|c| c.modifier.contains(Modifier::REVERSED)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_keys_and_windows_never_panic(
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
