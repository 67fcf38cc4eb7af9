//! A message to read, and the keys that answer it, in rows of their own.

use super::scene::ScreenMessage;
use crate::tui::widgets::large_text::{broken, large};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, beside, bottom, inset, middle, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rows of a line of large letters.
const LARGE: u16 = 3;
/// The most rows of a message in ordinary letters.
const MOST_SMALL: u16 = 3;
/// The columns between the words and the keys that answer them.
const GAP: u16 = 3;

/// The form of a message.
enum MessageForm {
    /// Lines of large letters, with the keys after the last one or below it.
    Large { lines: Vec<String>, has_key_row: bool },
    /// Ordinary letters, in this many rows.
    Small(u16),
}

impl MessageForm {
    /// The workout's own words are large if there is room. The screen's own are ordinary text.
    fn of(message: &ScreenMessage<'_>, columns: u16, rows: u16) -> MessageForm {
        let answers = answers(message);
        let lines = broken(message.text, columns).filter(|_| message.is_from_workout);
        if let Some(lines) = lines {
            let last = lines.last().map_or(0, |line| large_columns(line));
            let fits_behind = last.saturating_add(large_columns(&answers) + GAP) <= columns;
            let has_key_row = !answers.is_empty() && !fits_behind;
            if (lines.len() as u16 + u16::from(has_key_row)) * LARGE <= rows {
                return MessageForm::Large { lines, has_key_row };
            }
        }
        let room = columns.saturating_sub(text::width(&answers) + GAP * u16::from(!answers.is_empty()));
        let needed = (1..MOST_SMALL).find(|rows| text::fits_wrapped(message.text, room, *rows));
        MessageForm::Small(needed.unwrap_or(MOST_SMALL).min(rows))
    }

    fn rows(&self) -> u16 {
        match self {
            MessageForm::Large { lines, has_key_row } => {
                (lines.len() as u16 + u16::from(*has_key_row)) * LARGE
            }
            MessageForm::Small(rows) => *rows,
        }
    }
}

/// The rows that a message takes in a window of `columns`, at most `most`.
pub fn rows(message: &ScreenMessage<'_>, columns: u16, most: u16) -> u16 {
    MessageForm::of(message, columns.saturating_sub(2), most).rows()
}

/// Draws the words, and the keys that answer them.
pub fn draw(buf: &mut Buffer, area: Rect, message: &ScreenMessage<'_>, style: Style) {
    if area.is_empty() {
        return;
    }
    buf.set_style(area, style);
    let mut rest = inset(area, 1);
    let answers = answers(message);
    match MessageForm::of(message, rest.width, rest.height) {
        MessageForm::Large { lines, has_key_row } => {
            let rows = (lines.len() as u16 + u16::from(has_key_row)) * LARGE;
            rest = middle(rest, rest.width, rows);
            if has_key_row {
                large(buf, bottom(&mut rest, LARGE), &answers, Side::Right, style);
            }
            let is_centred = answers.is_empty();
            let last = lines.len().saturating_sub(1);
            for (i, line) in lines.iter().enumerate() {
                let at = top(&mut rest, LARGE);
                large(buf, at, line, if is_centred { Side::Middle } else { Side::Left }, style);
                if i == last && !has_key_row {
                    large(buf, at, &answers, Side::Right, style);
                }
            }
        }
        MessageForm::Small(_) => {
            let keys = text::width(&answers);
            if keys > 0 {
                let columns = (keys + GAP).min(rest.width / 2 + GAP);
                let at = beside(&mut rest, columns);
                put(buf, middle(at, at.width, 1), &answers, Side::Right, style);
            }
            let lines = text::wrap(message.text, rest.width, rest.height);
            let mut at = middle(rest, rest.width, lines.len() as u16);
            for line in &lines {
                put(buf, top(&mut at, 1), line, Side::Middle, style);
            }
        }
    }
}

/// The keys that answer a message.
fn answers(message: &ScreenMessage<'_>) -> String {
    message.answers.join("  ")
}

fn large_columns(text: &str) -> u16 {
    if text.is_empty() { 0 } else { letters::size(text, 1).map_or(u16::MAX / 2, |(columns, _)| columns) }
}
