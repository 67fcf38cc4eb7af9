//! A long rest that is no part of a run, such as a nap: a dark screen with little on it.

use super::scene::RunningScene;
use crate::keymap::{Action, KeyContext};
use crate::session::Phase;
use crate::tui::widgets::text::{Side, middle, put};
use crate::units::Millis;
use crate::workout::sequence::{Activity, Kind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The shortest rest in which the screen goes dark.
const SHORTEST: Millis = Millis::from_secs(5 * 60);
/// The time at the start in which the screen is as usual, so that it can be read.
const READING: Millis = Millis::from_secs(15);

/// True while the screen is dark. A message lights it again.
pub fn is_dark(scene: &RunningScene<'_>) -> bool {
    let view = scene.view;
    let Some(step) = view.step() else { return false };
    let is_long = view.position.length.is_some_and(|length| length >= SHORTEST);
    let rests = view.sequence.activity == Activity::Other && step.kind == Kind::Rest;
    let is_quiet = view.phase == Phase::Running && scene.message().is_none();
    rests && is_long && is_quiet && step.target.breathing.is_none() && view.position.into >= READING
}

/// Draws the minutes that are left and the key that ends the rest.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    buf.set_style(area, scene.theme.ground());
    let view = scene.view;
    let left = view.position.length.unwrap_or_default().saturating_sub(view.position.into);
    let minutes = left.whole_secs().div_ceil(60);
    let mut lines = vec![format!("{minutes} min")];
    let key = scene.theme.keymap().label(KeyContext::Running, Action::EndStep);
    let may_end = view.step().and_then(|step| step.end.may_end_from());
    if may_end.is_some_and(|from| view.position.into >= from) && !key.is_empty() {
        lines.push(format!("{key} ends it"));
    }
    let mut rest = middle(area, area.width, lines.len() as u16);
    for line in lines {
        put(buf, Rect { height: 1, ..rest }, &line, Side::Middle, scene.theme.quiet());
        rest = Rect { y: rest.y + 1, height: rest.height.saturating_sub(1), ..rest };
    }
}
