//! A message to read, and the keys that answer it.

use super::layout::RunningLayout;
use super::scene::ScreenMessage;
use crate::tui::widgets::large_text::{broken, large};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, beside, bottom, inset, middle, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the words in several lines of large letters over the next step, with the keys that answer them behind the last
/// line. Returns false if they are large without that, or cannot be large at all; then nothing is drawn.
pub fn draw_large(
    buf: &mut Buffer,
    area: Rect,
    layout: &RunningLayout,
    message: &ScreenMessage<'_>,
    style: Style,
) -> bool {
    let answers = message.answers.join("  ");
    let answers = answers.as_str();
    let below = inset(Rect { height: layout.chart.height + layout.foot.height, ..layout.chart }, 1);
    let keys = if answers.is_empty() { 0 } else { 3 };
    if letters::largest(message.text, below.width, below.height.saturating_sub(keys)).is_some() {
        return false;
    }
    let whole = Rect { height: area.bottom().saturating_sub(layout.next.y), ..layout.next };
    let mut rest = inset(whole, 1);
    let Some(lines) = broken(message.text, rest.width) else { return false };
    let columns = |text: &str| letters::size(text, 1).map_or(0, |(columns, _)| columns);
    let last = lines.last().map_or(0, |line| columns(line));
    let fits_behind = last + columns(answers) + 3 <= rest.width;
    let rows = lines.len() as u16 * 3;
    let own_row = !answers.is_empty() && !fits_behind;
    if rows + u16::from(own_row) > rest.height {
        return false;
    }
    buf.set_style(whole, style);
    let at = bottom(&mut rest, if own_row { whole.height - rows } else { 0 });
    large(buf, at, answers, Side::Right, style);
    let mut at = rest;
    for line in &lines {
        at = top(&mut rest, 3);
        large(buf, at, line, Side::Left, style);
    }
    if !own_row {
        large(buf, at, answers, Side::Right, style);
    }
    true
}

/// Draws the words, and the keys that answer them, in a band.
pub fn draw_band(buf: &mut Buffer, area: Rect, message: &ScreenMessage<'_>, style: Style) {
    buf.set_style(area, style);
    let mut inner = inset(area, 1);
    let words = message.text;
    let answers = message.answers.join("   ");
    if !answers.is_empty() {
        let columns = letters::size(&answers, 1).map_or(u16::MAX, |(columns, _)| columns);

        let room = inner.width.saturating_sub(columns.saturating_add(3));
        let is_large = letters::largest(words, inner.width, inner.height.saturating_sub(3)).is_some();
        let at = match inner.height >= 3 && room >= 20 && text::fits_wrapped(words, room, inner.height) {
            _ if is_large => bottom(&mut inner, 3),
            true => beside(&mut inner, columns + 3),
            false => bottom(&mut inner, 1),
        };
        large(buf, at, &answers, Side::Right, style);
    }
    if letters::largest(words, inner.width, inner.height).is_some() {
        large(buf, inner, words, Side::Middle, style);
        return;
    }
    let lines = text::wrap(words, inner.width, inner.height);
    let mut rest = middle(inner, inner.width, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Middle, style);
    }
}
