//! Type as large as the room allows: digits, else letters, else the terminal's own in bold.

use super::text::{self, Side, middle, put, top};
use super::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Writes a text as large as the area allows, in the middle of it, and returns where.
pub fn number(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> Rect {
    if let Some(scale) = digits::largest(text, area.width, area.height) {
        let (width, height) = digits::size(text, scale);
        let at = middle(area, width, height);
        digits::draw(buf, at, text, scale, style);
        return at;
    }
    let at = middle(area, area.width, area.height.min(3));
    large(buf, at, text, Side::Middle, style)
}

/// Writes a text in the largest letters that fit the area, else in ordinary bold ones, and returns where.
pub fn large(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> Rect {
    let size = letters::largest(text, area.width, area.height)
        .and_then(|scale| letters::size(text, scale).map(|size| (scale, size)));
    let (width, height) = size.map_or((text::width(text).min(area.width), 1), |(_, size)| size);
    let mut at = middle(area, width, height);
    match side {
        Side::Left => at.x = area.x,
        Side::Middle => {}
        Side::Right => at.x = area.right().saturating_sub(width),
    }
    match size {
        Some((scale, _)) => letters::draw(buf, at, text, scale, style),
        None => drop(put(buf, at, text, side, style.add_modifier(Modifier::BOLD))),
    }
    at
}

/// Writes lines one below the other: large where each has the rows for it, else in bold from the top.
pub fn stack(buf: &mut Buffer, area: Rect, lines: &[String], side: Side, style: Style) {
    let mut rest = area;
    let each = area.height / (lines.len() as u16).max(1);
    let fits = |line: &String| letters::largest(line, area.width, each).is_some();
    let rows = if each >= 3 && lines.iter().all(fits) { 3 } else { 1 };
    for line in lines {
        large(buf, top(&mut rest, rows), line, side, style);
    }
}
