//! Text in rows of cells, measured in the columns that a terminal shows, never in bytes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The number of columns a text takes.
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// Cuts a text to `columns`, with an ellipsis if something is missing.
pub fn fit(text: &str, columns: u16) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let room = usize::from(columns) - 1;
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    Cow::Owned(kept)
}

/// Breaks a text at its spaces into at most `rows` rows of `columns`; the last may end in an ellipsis.
pub fn wrap(text: &str, columns: u16, rows: u16) -> Vec<String> {
    uncut_rows(text, columns, rows).iter().map(|row| fit(row, columns).into_owned()).collect()
}

/// True if [`wrap`] cuts nothing off.
pub fn fits_wrapped(text: &str, columns: u16, rows: u16) -> bool {
    uncut_rows(text, columns, rows).iter().all(|row| width(row) <= columns)
}

/// The rows of [`wrap`] before they are cut. A long word, or the last row, may be too wide.
fn uncut_rows(text: &str, columns: u16, rows: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let rows_full = lines.len() >= usize::from(rows);
        match lines.last_mut() {
            // The last row takes all the rest, and is cut below.
            Some(line) if rows_full || width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ if rows == 0 => return lines,
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// Breaks a text into rows of `columns` and leaves nothing out: at spaces if it can, else where a row is full.
pub fn fold(text: &str, columns: u16) -> Vec<&str> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && columns > 0 {
        let mut used = 0;
        let mut space = None;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            used += c.width().unwrap_or(0);
            if used > usize::from(columns) && at > 0 {
                end = if c == ' ' { at + 1 } else { space.unwrap_or(at) };
                break;
            }
            if c == ' ' {
                space = Some(at + 1);
            }
        }
        let (row, after) = rest.split_at(end);
        rows.push(row);
        rest = after;
    }
    rows
}

/// The alignment of a text in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Starts at the left edge.
    Left,
    /// Centred.
    Middle,
    /// Ends at the right edge.
    Right,
}

/// Writes a text into the first row of an area and returns the number of columns it took.
pub fn put(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> u16 {
    let area = area.intersection(buf.area);
    if area.is_empty() || text.is_empty() {
        return 0;
    }
    let text = fit(text, area.width);
    let taken = width(&text);
    let x = match side {
        Side::Left => area.x,
        Side::Middle => area.x + area.width.saturating_sub(taken) / 2,
        Side::Right => area.right().saturating_sub(taken),
    };
    buf.set_stringn(x, area.y, text, usize::from(area.width), style);
    taken
}

/// Takes rows off the top of an area and returns them.
pub fn top(area: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    let taken = Rect { height: rows, ..*area };
    area.y += rows;
    area.height -= rows;
    taken
}

/// Takes rows off the bottom of an area and returns them.
pub fn bottom(area: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    area.height -= rows;
    Rect { y: area.bottom(), height: rows, ..*area }
}

/// Takes columns off the right of an area and returns them.
pub fn beside(area: &mut Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    area.width -= columns;
    Rect { x: area.right(), width: columns, ..*area }
}

/// The rest of an area to the right of its first `columns`.
pub fn after(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

/// An area with `columns` less on its left and on its right.
pub fn inset(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width / 2);
    Rect { x: area.x + columns, width: area.width - 2 * columns, ..area }
}

/// A box of `width` by `height` in the middle of an area.
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        // An odd row goes above the box: the box above may reach down to it, nothing below reaches up.
        y: area.y + (area.height - height).div_ceil(2),
        width,
        height,
    }
}

/// Clears an area and gives it a style.
pub fn clear(buf: &mut Buffer, area: Rect, style: Style) {
    for position in area.intersection(buf.area).positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_two_columns_and_are_never_split() {
        assert_eq!(width("跑步"), 4);
        assert_eq!(fit("跑步机", 6), "跑步机");
        assert_eq!(fit("跑步机", 5), "跑步…");
        assert_eq!(fit("跑步机", 4), "跑…");
        assert_eq!(fit("跑", 1), "…");
        assert_eq!(fit("naïve", 4), "naï…");
        assert_eq!(fit("anything", 0), "");
    }

    #[test]
    fn no_space_is_left_before_the_ellipsis() {
        assert_eq!(fit("easy does it", 6), "easy…");
    }

    #[test]
    fn wraps_at_spaces_and_cuts_the_last_row() {
        assert_eq!(wrap("relax your shoulders", 12, 3), ["relax your", "shoulders"]);
        assert_eq!(wrap("can you still say a full sentence", 12, 2), ["can you", "still say a…"]);
        assert_eq!(wrap("words", 12, 0), Vec::<String>::new());
        assert_eq!(wrap("", 12, 2), Vec::<String>::new());
    }

    #[test]
    fn folding_keeps_every_character() {
        assert_eq!(fold("relax your shoulders", 12), ["relax your ", "shoulders"]);
        assert_eq!(
            fold("relax your shoulders", 10),
            ["relax your ", "shoulders"],
            "a space may stand past the edge"
        );
        assert_eq!(fold("跑步跑步跑", 4), ["跑步", "跑步", "跑"]);
        assert_eq!(fold("跑步", 1), ["跑", "步"], "one letter a row, even if it is too wide");
        assert_eq!(fold("abc", 0), Vec::<&str>::new());
        for text in ["", " ", "  a   b c", "e\u{301}e\u{301}"] {
            for columns in 1..8 {
                assert_eq!(fold(text, columns).concat(), text);
            }
        }
    }
}
