//! The terminal's title.

use super::{Run, hard};
use crate::fixture;
use crate::paper::Paper;
use pacebell::belt::Treadmill;
use pacebell::frontend::Frontend;
use pacebell::runner::profile::Units;
use pacebell::session::Command;
use pacebell::tui::{Theme, Tui};
use pacebell::units::{Millis, Moment, Rehearsal};

/// Returns the titles that were set.
fn titles(paper: &Paper) -> Vec<String> {
    let text = String::from_utf8(paper.take()).unwrap();
    let title = |part: &str| part.split('\x1b').next().unwrap_or_default().to_string();
    text.split("\x1b]2;").skip(1).map(title).collect()
}

fn tui() -> (Tui<Paper>, Paper) {
    let paper = Paper::default();
    (Tui::on(paper.clone(), Theme::new(true), Units::default()), paper)
}

fn show(tui: &mut Tui<Paper>, run: &Run) {
    tui.show(&run.coach.view(run.at), &run.status, run.at).unwrap();
}

#[test]
fn the_title_shows_the_countdown_the_step_and_the_workout() {
    let (mut tui, paper) = tui();
    let mut run = hard();
    show(&mut tui, &run);
    run.wait_until(Moment::new(452_400));
    show(&mut tui, &run);
    run.wait_until(Moment::new(453_000));
    show(&mut tui, &run);
    run.tell(Command::Pause);
    show(&mut tui, &run);
    assert_eq!(titles(&paper), ["0:28 hard", "0:27 hard", "PAUSED 0:27 hard – Short intervals"]);
    run.tell(Command::CountIn(Millis::from_secs(5)));
    show(&mut tui, &run);
    assert_eq!(titles(&paper), ["starts in 5 hard – Short intervals"]);
    let run = Run::of(fixture::distance()).to(83.0);
    show(&mut tui, &run);
    assert_eq!(titles(&paper), ["3 mi marathon pace"]);
}

#[test]
fn the_title_says_ready_before_the_start() {
    let (mut tui, paper) = tui();
    let run = Run::ready(fixture::intervals(), Treadmill::default());
    show(&mut tui, &run);
    assert_eq!(titles(&paper), ["READY 5:00 easy – Short intervals"]);
}

#[test]
fn the_title_of_a_rehearsal_changes_once_a_second() {
    let (mut tui, paper) = tui();
    let mut run = hard();
    run.status.rehearsal = Rehearsal::new(60.0);
    for second in 452..632 {
        run.wait_until(Moment::new(second * 1000));
        show(&mut tui, &run);
    }
    assert_eq!(titles(&paper).len(), 3);
}
