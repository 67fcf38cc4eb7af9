//! A picture of the running screen, without what may lie over it.

use super::layout::{LayoutShape, RunningLayout};
use super::scene::RunningScene;
use super::{band, breath, chrome, dim, heart_rate, message, minimal, next_step};
use crate::tui::widgets::text::inset;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The columns of the workout's chart in a window of this width.
pub fn chart_columns(window: u16) -> u16 {
    window.saturating_sub(2)
}

/// Draws the scene on an area as wide as the window. A question may take the rows below it.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    if dim::is_dark(scene) {
        return dim::draw(buf, area, scene);
    }
    let layout = RunningLayout::of(area, scene);
    if layout.shape == LayoutShape::Bare {
        return minimal::draw(buf, area, &layout, scene);
    }
    if let Some(rhythm) = breath::rhythm(scene.view) {
        return breath::draw(buf, &layout, scene, &rhythm);
    }
    chrome::header(buf, inset(layout.header, 1), scene);
    match scene.message() {
        Some(message) => message::draw(buf, layout.words, &message, scene.theme.loud()),
        None => chrome::details(buf, &layout, scene),
    }
    chrome::chart(buf, inset(layout.chart, 1), scene);
    chrome::foot(buf, layout.foot, scene);
    next_step::draw(buf, layout.next, scene);
    band::draw(buf, &layout, scene);
    heart_rate::draw(buf, layout.heart, scene);
}
