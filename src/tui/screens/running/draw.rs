//! A picture of the running screen, without what may lie over it.

use super::layout::{LayoutShape, RunningLayout};
use super::scene::RunningScene;
use super::{band, chrome, message, minimal, next_step};
use crate::tui::widgets::text::inset;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The columns of the workout's chart in a window of this width.
pub fn chart_columns(window: u16) -> u16 {
    window.saturating_sub(2)
}

/// Draws the scene on an area as wide as the window. A question may take the rows below it.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let layout = RunningLayout::of(area, scene);
    if layout.shape == LayoutShape::Bare {
        return minimal::draw(buf, area, &layout, scene);
    }
    chrome::header(buf, inset(layout.header, 1), scene);
    let mut hides_next = false;
    match scene.message() {
        // The workout's own words are large, even if they hide the next step.
        Some(message)
            if message.is_from_workout
                && message::draw_large(buf, area, &layout, &message, scene.theme.loud()) =>
        {
            hides_next = true;
        }
        // For a while, words to read matter more than the keys.
        Some(message) => {
            let height = layout.chart.height + layout.foot.height;
            message::draw_band(buf, Rect { height, ..layout.chart }, &message, scene.theme.loud());
        }
        None => {
            chrome::chart(buf, inset(layout.chart, 1), scene);
            chrome::foot(buf, layout.foot, scene);
        }
    }
    if !hides_next {
        next_step::draw(buf, layout.next, scene);
    }
    band::draw(buf, &layout, scene);
}
