//! A line that is being typed, on the screen.

use super::text::{Side, after, put, width};
use crate::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A line that is being typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedLine<'a> {
    /// What stands in front of it.
    pub label: &'a str,
    /// The text.
    pub text: &'a str,
    /// True if a cursor follows it.
    pub has_cursor: bool,
}

impl TypedLine<'_> {
    /// Draws the line, and if it is too long, its end.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let taken = put(buf, area, self.label, Side::Left, theme.quiet());
        let rest = after(area, taken);
        let room = rest.width.saturating_sub(1);
        let mut seen = self.text;
        while width(seen) > room {
            let mut characters = seen.chars();
            characters.next();
            seen = characters.as_str();
        }
        let taken = put(buf, rest, seen, Side::Left, theme.strong());
        if self.has_cursor {
            put(buf, after(rest, taken), "▏", Side::Left, theme.strong());
        }
    }
}
