//! Parts that the pages of a plan share: the title, paragraphs and columns.

use crate::tui::theme::Theme;
use crate::tui::widgets::text::{Side, beside, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws a title, and on the right the plan with the place in it, or only the place if there is less room.
pub fn draw_title(buf: &mut Buffer, row: Rect, title: &str, context: PlanContext<'_>, theme: Theme) {
    let mut row = row;
    let full = match context.plan {
        "" => context.place.to_string(),
        plan => format!("{plan} · {}", context.place),
    };
    let room = row.width.saturating_sub(width(title) + 2);
    let right = [full.as_str(), context.place].into_iter().find(|text| width(text) <= room);
    if let Some(right) = right {
        let taken = put(buf, row, right, Side::Right, theme.quiet());
        beside(&mut row, taken + 2);
    }
    put(buf, row, title, Side::Left, theme.strong());
}

/// The plan that a page is about, and the place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanContext<'a> {
    /// The plan's name.
    pub plan: &'a str,
    /// The place: `week 3 of 4`.
    pub place: &'a str,
}

/// Draws paragraphs with a blank row between them, as many as fit.
pub fn draw_paragraphs(buf: &mut Buffer, rest: &mut Rect, paragraphs: &[String], style: Style) {
    for (number, paragraph) in paragraphs.iter().enumerate() {
        if number > 0 && rest.height > 2 {
            top(rest, 1);
        }
        for line in wrap(paragraph, rest.width, rest.height) {
            put(buf, top(rest, 1), &line, Side::Left, style);
        }
    }
}
