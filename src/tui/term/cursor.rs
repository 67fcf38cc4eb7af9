//! The terminal's cursor, and the shortest way to move it.

use ratatui::layout::Position;
use std::fmt::Write;

/// True if a line feed keeps the column. The Windows console may also return to the first column.
const LINE_FEED_KEEPS_COLUMN: bool = cfg!(unix);
/// The longest way down for which line feeds are tried.
const FEW_ROWS: u16 = 4;

/// The place of the terminal's cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorPlace {
    /// In this cell.
    At(Position),
    /// Behind the last column of this row, where terminals disagree about its column.
    RowEnd(u16),
    /// Anywhere.
    Unknown,
}

/// A way to move the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CursorMove {
    Nowhere,
    /// To a row and column.
    Absolute(Position),
    /// To the start of the row `down` rows below, and `right` from there.
    NewLine {
        down: u16,
        right: u16,
    },
    /// Down in the same column, and right or left from there.
    Straight {
        down: u16,
        right: i32,
    },
}

impl CursorMove {
    /// Returns the shortest way between two places.
    fn between(from: CursorPlace, to: Position) -> CursorMove {
        if from == CursorPlace::At(to) {
            return CursorMove::Nowhere;
        }
        let absolute = CursorMove::Absolute(to);
        let (column, row) = match from {
            CursorPlace::At(at) => (Some(at.x), at.y),
            CursorPlace::RowEnd(row) => (None, row),
            CursorPlace::Unknown => return absolute,
        };
        let Some(down) = to.y.checked_sub(row).filter(|down| *down <= FEW_ROWS) else { return absolute };
        let new_line = CursorMove::NewLine { down, right: to.x };
        let is_straight = |_: &u16| down == 0 || LINE_FEED_KEEPS_COLUMN;
        let straight = column
            .filter(is_straight)
            .map(|column| CursorMove::Straight { down, right: i32::from(to.x) - i32::from(column) });
        // Of equal ways, the plainest.
        let ways = [Some(absolute), Some(new_line), straight];
        ways.into_iter().flatten().min_by_key(|way| way.length()).unwrap_or(absolute)
    }

    /// Returns the bytes that [`write`](Self::write) writes.
    fn length(self) -> u32 {
        match self {
            CursorMove::Nowhere => 0,
            CursorMove::Absolute(to) => 4 + digits(to.y + 1) + digits(to.x + 1),
            CursorMove::NewLine { down, right } => 1 + u32::from(down) + sideways(i32::from(right)),
            CursorMove::Straight { down, right } => u32::from(down) + sideways(right),
        }
    }

    fn write(self, bytes: &mut String) {
        match self {
            CursorMove::Nowhere => {}
            CursorMove::Absolute(to) => _ = write!(bytes, "\x1b[{};{}H", to.y + 1, to.x + 1),
            CursorMove::NewLine { down, right } => {
                bytes.push('\r');
                CursorMove::Straight { down, right: i32::from(right) }.write(bytes);
            }
            CursorMove::Straight { down, right } => {
                (0..down).for_each(|_| bytes.push('\n'));
                match right {
                    0 => {}
                    1.. => _ = write!(bytes, "\x1b[{right}C"),
                    -4..0 => (right..0).for_each(|_| bytes.push('\x08')),
                    _ => _ = write!(bytes, "\x1b[{}D", -right),
                }
            }
        }
    }
}

/// Returns the bytes of a move within a row.
fn sideways(right: i32) -> u32 {
    match right {
        0 => 0,
        -4..0 => right.unsigned_abs(),
        _ => 3 + digits(right.unsigned_abs() as u16),
    }
}

/// Returns the digits of a number.
pub fn digits(number: u16) -> u32 {
    number.max(1).ilog10() + 1
}

/// Returns the bytes that [`write_move`] writes.
pub fn move_length(from: CursorPlace, to: Position) -> u32 {
    CursorMove::between(from, to).length()
}

/// Writes the shortest way to a cell.
pub fn write_move(from: CursorPlace, to: Position, bytes: &mut String) {
    CursorMove::between(from, to).write(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(from: CursorPlace, to: (u16, u16)) -> String {
        let mut bytes = String::new();
        let to = Position::new(to.0, to.1);
        write_move(from, to, &mut bytes);
        assert_eq!(move_length(from, to) as usize, bytes.len(), "{bytes:?}");
        bytes
    }

    #[test]
    fn takes_the_shortest_way() {
        let at = |x, y| CursorPlace::At(Position::new(x, y));
        assert_eq!(moved(at(4, 2), (4, 2)), "");
        assert_eq!(moved(at(4, 2), (14, 2)), "\x1b[10C");
        assert_eq!(moved(at(4, 2), (2, 2)), "\x08\x08");
        assert_eq!(moved(at(40, 2), (0, 2)), "\r");
        assert_eq!(moved(at(40, 2), (0, 3)), "\r\n");
        assert_eq!(moved(at(4, 2), (14, 1)), "\x1b[2;15H");
        assert_eq!(moved(CursorPlace::RowEnd(2), (9, 3)), "\r\n\x1b[9C");
        assert_eq!(moved(CursorPlace::Unknown, (0, 0)), "\x1b[1;1H");
    }

    #[cfg(unix)]
    #[test]
    fn goes_straight_down_where_a_line_feed_keeps_the_column() {
        assert_eq!(moved(CursorPlace::At(Position::new(60, 9)), (51, 10)), "\n\x1b[9D");
        assert_eq!(moved(CursorPlace::At(Position::new(60, 9)), (60, 11)), "\n\n");
    }
}
