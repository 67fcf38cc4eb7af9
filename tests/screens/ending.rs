//! The summary of a session that is over, and what to do with it.

use super::unfinished::KEYS;
use super::{Run, SIZES, cells, control, drawn, hard, pictures, press, text};
use crate::fixture;
use crossterm::event::KeyCode;
use pacebell::frontend::{FinishedSession, LogStatus, SessionFate};
use pacebell::runner::profile::Units;
use pacebell::session::Command;
use pacebell::tui::Theme;
use pacebell::tui::screens::ending::EndingPage;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::units::{Millis, Rehearsal, SpeedUnit};
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
    let text_of = |ended: FinishedSession| words_of(ended, (60, 20));
    let stopped_text = text_of(stopped());
    // 6 minutes at 9 km/h and 1:32 at 14 km/h are 1.26 km: 7:32 for 1.26 km is 5:59 for 1 km.
    for words in [
        "Steps 3 of 17",
        "Reps 1 of 8",
        "Time 7:32 of 25:00",
        "Distance 1.26 km",
        "Average pace 5:59/km",
        "easy 6:00",
        "hard 1:32",
        "pacebell log undo",
    ] {
        assert!(stopped_text.contains(words), "{words} in\n{stopped_text}");
    }
    let finished_text = words_of(finished(), (100, 30));
    for words in ["Steps 17 of 17", "Time 25:00 of 25:00", "Afterwards 1:25 more", "hard 8:00"] {
        assert!(finished_text.contains(words), "{words} in\n{finished_text}");
    }
    assert!(!finished_text.contains("no zone"), "time after the workout has no zone:\n{finished_text}");
    let mut open = Run::of(fixture::open()).to(663.0);
    open.tell(Command::Stop);
    assert!(text_of(ended(&open)).contains("Steps 2 of 24"), "{}", text_of(ended(&open)));
}

/// The text of a page with single spaces.
fn words_of(ended: FinishedSession, size: (u16, u16)) -> String {
    text(&drawn(&page(ended), size)).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_distance_that_is_not_known_is_not_shown() {
    // Most steps of this workout have no speed.
    let mut run = Run::of(fixture::open()).to(663.0);
    run.tell(Command::Stop);
    let text = words_of(ended(&run), (100, 30));
    assert!(!text.contains("Distance") && !text.contains("Average pace"), "{text}");
}

#[test]
fn distance_and_pace_are_in_the_units_of_the_profile() {
    let miles = stopped().in_units(Units::of(SpeedUnit::MilesPerHour));
    let text = words_of(miles, (100, 30));
    // 1.258 km are 0.78 miles, and 5:59/km is 9:38/mi.
    assert!(text.contains("Distance 0.78 mi") && text.contains("Average pace 9:38/mi"), "{text}");
}

#[test]
fn the_plan_and_the_run_never_touch() {
    for size in [(100, 30), (80, 24), (60, 20)] {
        let shown = text(&drawn(&page(stopped()), size));
        let line = |label: &str| shown.lines().position(|l| l.trim_start().starts_with(label)).unwrap();
        let below = shown.lines().nth(line("planned") + 1).unwrap();
        assert!(below.trim().is_empty() && line("run") > line("planned") + 1, "{size:?}\n{shown}");
    }
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
    ["planned", "run"].map(|label| {
        let y = text.lines().position(|l| l.trim_start().starts_with(label)).unwrap() as u16;
        let bar = |x: u16| (buffer[(x, y)].symbol() != " ").then_some(buffer[(x, y)].fg);
        (22..86).map(bar).collect()
    })
}

fn columns(bars: &[Option<Color>]) -> usize {
    bars.iter().filter(|bar| bar.is_some()).count()
}

#[test]
fn the_run_is_below_the_plan_on_the_same_scale() {
    // The plan of 25:00 takes all 64 columns, 2.56 a minute; the run of 7:32 takes 19.
    let [planned, done] = charts(stopped());
    assert_eq!((columns(&planned), columns(&done)), (64, 19));
    assert!(done[19..].iter().all(Option::is_none), "no bars after the end");
    let (easy, hard) = (Color::Indexed(114), Color::Indexed(203));
    assert_eq!(done[0], Some(easy));
    // The first hard minute, from 5:00 to 6:00, is columns 12.8 to 15.4.
    assert!(done[13..15].iter().all(|c| *c == Some(hard)), "{done:?}");
    assert!(planned[13..15].iter().all(|c| c.is_some() && *c != Some(hard)), "the plan is dimmed");
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
    assert_eq!((columns(&planned), columns(&done)), (48, 64));
    let hard = |bars: &[Option<Color>]| bars.iter().position(|c| *c == Some(Color::Indexed(203)));
    // The first hard step starts at 1:00, at 1.92 columns a minute.
    assert_eq!(hard(&done), Some(2));
    let mut run = Run::of(fixture::intervals()).to(10.0);
    run.tell(Command::Extend(Millis::from_secs(300)));
    let mut run = run.to(1800.0);
    run.tell(Command::Stop);
    let [planned, done] = charts(ended(&run));
    assert_eq!((columns(&planned), columns(&done)), (53, 64));
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
    let text = words_of(ended(&run), (60, 20));
    assert!(text.contains("Reps 1 of 8"), "{text}");
    assert!(text.contains("Paused 1 pause, 1:20"), "{text}");
    let text = text_at(ended(&Run::of(fixture::ramp()).to(700.0)), (60, 20));
    assert!(!text.contains("Reps") && !text.contains("pause"), "{text}");
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
