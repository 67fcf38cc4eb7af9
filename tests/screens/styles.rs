//! The styles of less common states of the running screen and of its overlays.

use super::themes::styles;
use super::{Run, absent, drawn, hard, ways};
use crossterm::event::KeyCode::Char;

const SIZE: (u16, u16) = (100, 30);

#[test]
fn the_states_of_the_running_screen() {
    for (name, mut run) in [
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
fn the_checklist() {
    insta::assert_snapshot!("styles_checklist", styles(&drawn(&ways::checklist(), SIZE)));
}
