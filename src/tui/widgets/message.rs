//! A message above the keys, until the next key is pressed.

use super::text::{Side, bottom, put, top, wrap};
use crate::text::clean;
use crate::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Writes a message at the foot of `area`, in at most `most` rows that it takes off the area. Returns the rows taken.
pub fn draw(buf: &mut Buffer, area: &mut Rect, message: Option<&str>, most: u16, theme: Theme) -> u16 {
    let message = message.map(clean).unwrap_or_default();
    let lines = wrap(&message, area.width, most);
    let mut rows = bottom(area, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut rows, 1), line, Side::Left, theme.strong());
    }
    lines.len() as u16
}
