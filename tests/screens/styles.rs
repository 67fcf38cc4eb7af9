//! The styles of the running screen, its overlays and the other pages, which the text snapshots do not show.

use super::themes::styles;
use super::{Run, absent, drawn, hard, ways};
use crate::fixture;
use crossterm::event::KeyCode::Char;
use pacebell::frontend::{FinishedSession, LogStatus};
use pacebell::session::Command;
use pacebell::session::answers::{Answers, SessionQuestion};
use pacebell::tui::Theme;
use pacebell::tui::screens::ending::EndingPage;
use pacebell::tui::screens::questions::QuestionsPage;
use pacebell::units::{Millis, Rehearsal};

const SIZE: (u16, u16) = (100, 30);

fn counted_in() -> Run {
    let mut run = Run::ready(fixture::intervals(), Default::default());
    run.tell(Command::CountIn(Millis::from_secs(5)));
    run.to(2.0)
}

#[test]
fn the_states_of_the_running_screen() {
    for (name, mut run) in [
        ("paused", hard().after(&[Char(' ')])),
        ("count_in", counted_in()),
        ("about_to_end", Run::of(fixture::intervals()).to(412.0)),
        ("locked", hard().after(&[Char('l')])),
        ("digits_only", hard().after(&[Char('d')])),
        ("asks", Run::of(ways::recovery()).to(61.0)),
    ] {
        insta::assert_snapshot!(format!("styles_{name}"), styles(&run.unlit(SIZE)));
    }
}

#[test]
fn what_lies_over_it() {
    for (name, mut run) in [
        ("stop_here", hard().after(&[Char('q')])),
        ("away", absent()),
        ("help", hard().after(&[Char('?')])),
        ("list", hard().after(&[Char('g')])),
        ("signs", Run::of(ways::recovery()).to(30.0).after(&[Char('s')])),
    ] {
        insta::assert_snapshot!(format!("styles_{name}"), styles(&run.unlit(SIZE)));
    }
}

#[test]
fn the_pages_before_and_after_it() {
    insta::assert_snapshot!("styles_checklist", styles(&drawn(&ways::checklist(), SIZE)));
    let question = QuestionsPage::new(
        vec![SessionQuestion::Effort, SessionQuestion::Note],
        Answers::default(),
        Theme::new(true),
    );
    insta::assert_snapshot!("styles_question", styles(&drawn(&question, SIZE)));
    let mut run = Run::of(fixture::intervals()).to(1585.0);
    run.tell(Command::Stop);
    let ending = EndingPage::new(
        FinishedSession::of(run.coach.session(), Rehearsal::REAL_TIME, LogStatus::Written),
        Theme::new(true),
    );
    insta::assert_snapshot!("styles_ending", styles(&drawn(&ending, SIZE)));
}
