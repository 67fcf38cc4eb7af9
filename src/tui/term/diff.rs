//! Turns one screen into the next in few bytes, for slow connections.
//!
//! The bytes assume that the terminal does not wrap lines.

use super::path::{self, RowSegment, ScreenChange, TerminalTraits};
use super::pen::{CellColour, CellLook, PenState};
use crate::tui::widgets::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;
use std::collections::BTreeMap;

/// The most bytes for which other orders are worth the time to try them.
const LONG: usize = 1500;

/// Returns the change from `before` to `next`, on a terminal with the attributes of `pen`.
///
/// The changed cells are written row by row, or one pair of colours after the other: the cursor moves in fewer bytes
/// than the colours change, if panels lie side by side. The pair that the last change ended with may come first.
pub fn change(before: &Buffer, next: &Buffer, traits: TerminalTraits, pen: PenState) -> ScreenChange {
    let changed = ChangedCells::between(before, next);
    let mut pairs = changed.by_colours(next);
    let by_colours = path::shortest(next, &pairs.concat(), traits, pen);
    if by_colours.bytes.len() > LONG {
        return by_colours;
    }
    let by_row = path::shortest(next, &changed.by_row(), traits, pen);
    pairs.reverse();
    let backwards = path::shortest(next, &pairs.concat(), traits, pen);
    let ways = [by_row, by_colours, backwards];
    ways.into_iter().min_by_key(|way| way.bytes.len()).unwrap_or_default()
}

/// Returns the change that first clears the whole screen in a colour, and then turns it into `next`.
pub fn fill_and_change(colour: u8, next: &Buffer, traits: TerminalTraits, pen: PenState) -> ScreenChange {
    let filled = pen.filling(colour);
    let mut bytes = String::new();
    filled.write_after(pen, &mut bytes);
    bytes.push_str("\x1b[2J");
    let change = change(&filled_with(colour, next), next, traits, filled);
    ScreenChange { bytes: bytes + &change.bytes, ..change }
}

/// Returns the screen after it was cleared to a background colour.
fn filled_with(colour: u8, next: &Buffer) -> Buffer {
    let mut blank = Cell::EMPTY;
    blank.set_bg(Color::Indexed(colour));
    Buffer::filled(next.area, blank)
}

/// The cells that have to be written.
struct ChangedCells {
    /// The marks of each row; none for a row that stays as it is.
    rows: Vec<Vec<bool>>,
    /// The cells with letters that are wider than a column.
    wide: Vec<Position>,
}

/// The colours of a cell and of the cells around it: the lower one first.
type CellColours = (CellColour, CellColour);

impl ChangedCells {
    fn between(before: &Buffer, next: &Buffer) -> ChangedCells {
        let is_wide = |buffer: &Buffer, at: Position| {
            let cell: Option<&Cell> = buffer.cell(at);
            cell.is_some_and(|cell| !cell.symbol().is_ascii() && text::width(cell.symbol()) > 1)
        };
        let mut wide = Vec::new();
        let mut is_changed = |x: u16, y: u16| {
            let at = Position::new(x, y);
            let Some(cell) = next.cell(at) else { return false };
            let left = x.checked_sub(1).map(|x| Position::new(x, y));
            if left.is_some_and(|left| is_wide(next, left)) {
                return false;
            }
            if is_wide(next, at) {
                wide.push(at);
            }
            // A cell that was covered by a wide letter did not show its own content.
            let was_covered = left.is_some_and(|left| is_wide(before, left));
            was_covered || !before.cell(at).is_some_and(|before| look_alike(before, cell))
        };
        let mut marks = |y: u16| match row(before, y) == row(next, y) {
            // Most rows stay as they are from one second to the next.
            true => Vec::new(),
            false => (0..next.area.width).map(|x| is_changed(x, y)).collect(),
        };
        let rows = (0..next.area.height).map(&mut marks).collect();
        ChangedCells { rows, wide }
    }

    /// Returns a segment for each row.
    fn by_row(&self) -> Vec<RowSegment> {
        let rows = (0..).zip(&self.rows);
        rows.flat_map(|(y, marks)| self.segments(y, marks)).collect()
    }

    /// Returns the segments of each pair of colours, from the top to the bottom. Blanks belong to the cells on their
    /// left if the ground is one of the two colours.
    fn by_colours(&self, next: &Buffer) -> Vec<Vec<RowSegment>> {
        let colours = self.cell_colours(next);
        let mut pairs: Vec<(CellColours, Vec<RowSegment>)> = Vec::new();
        for ((y, marks), colours) in (0..).zip(&self.rows).zip(&colours) {
            let marked = colours.iter().zip(marks).filter(|(_, marked)| **marked);
            let mut in_row: Vec<CellColours> = marked.map(|(pair, _)| *pair).collect();
            in_row.sort_unstable();
            in_row.dedup();
            for pair in in_row {
                let marks: Vec<bool> =
                    colours.iter().zip(marks).map(|(colours, marked)| *marked && *colours == pair).collect();
                let mut segments = self.segments(y, &marks);
                match pairs.iter_mut().find(|(known, _)| *known == pair) {
                    Some((_, known)) => known.append(&mut segments),
                    None => pairs.push((pair, segments)),
                }
            }
        }
        pairs.into_iter().map(|(_, segments)| segments).collect()
    }

    /// Returns the pair of colours that each cell belongs to, row by row; none for a row that stays as it is.
    fn cell_colours(&self, next: &Buffer) -> Vec<Vec<CellColours>> {
        let colours = |(y, marks): (u16, &Vec<bool>)| match marks.contains(&true) {
            true => row_colours(next, y),
            false => Vec::new(),
        };
        let mut rows: Vec<Vec<CellColours>> = (0..).zip(&self.rows).map(colours).collect();
        let mut counts: BTreeMap<CellColours, usize> = BTreeMap::new();
        for run in rows.iter().flat_map(|row| row.chunk_by(|a, b| a == b)) {
            run.first().into_iter().for_each(|pair| *counts.entry(*pair).or_default() += run.len());
        }
        // Rows of blanks belong to the panel that they are in, which has text in other rows.
        for run in rows.iter_mut().flat_map(|row| row.chunk_by_mut(|a, b| a == b)) {
            let Some(pair) = run.first().copied().filter(|(low, high)| low == high) else { continue };
            let is_panel = |(low, high): &CellColours| low != high && (*low == pair.0 || *high == pair.0);
            let panels = counts.iter().filter(|(pair, _)| is_panel(pair));
            let panel = panels.max_by_key(|(_, count)| **count).map_or(pair, |(panel, _)| *panel);
            run.fill(panel);
        }
        rows
    }

    /// Returns the segments of a row. One ends with each wide letter.
    fn segments(&self, y: u16, marks: &[bool]) -> Vec<RowSegment> {
        let mut segments: Vec<RowSegment> = Vec::new();
        let mut is_open = false;
        for x in (0..).zip(marks).filter(|(_, marked)| **marked).map(|(x, _)| x) {
            match segments.last_mut().filter(|_| is_open) {
                Some(segment) => {
                    segment.marks.resize(usize::from(x - segment.x), false);
                    segment.marks.push(true);
                }
                None => segments.push(RowSegment { y, x, marks: vec![true] }),
            }
            is_open = !self.wide.contains(&Position::new(x, y));
        }
        segments
    }
}

/// The cells of a row.
fn row(buffer: &Buffer, y: u16) -> Option<&[Cell]> {
    let columns = usize::from(buffer.area.width);
    let first = usize::from(y) * columns;
    buffer.content.get(first..first + columns)
}

/// Returns the pair of colours that each cell of a row belongs to.
fn row_colours(next: &Buffer, y: u16) -> Vec<CellColours> {
    let looks = (0..next.area.width).filter_map(|x| next.cell(Position::new(x, y))).map(CellLook::of);
    let mut pairs: Vec<CellColours> = Vec::new();
    for look in looks {
        let ground = look.ground.unwrap_or(CellColour::Ground);
        let pair = match (look.text, pairs.last()) {
            (Some(text), _) => (text.min(ground), text.max(ground)),
            (None, Some(&(low, high))) if low == ground || high == ground => (low, high),
            (None, _) => (ground, ground),
        };
        // Blanks before a text belong to it.
        for earlier in pairs.iter_mut().rev().take_while(|earlier| **earlier == (ground, ground)) {
            *earlier = pair;
        }
        pairs.push(pair);
    }
    pairs
}

/// True if two cells look the same.
fn look_alike(a: &Cell, b: &Cell) -> bool {
    a.symbol() == b.symbol() && CellLook::of(a) == CellLook::of(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};
    use std::num::NonZero;

    const SIZE: (u16, u16) = (30, 4);
    const FILLS: TerminalTraits = TerminalTraits { fills: true, blocks: false };

    /// Part of a picture: one of the texts in one of the styles.
    type PaintedText = (u16, u16, usize, usize);

    /// A screen of a few styled texts.
    fn painted(texts: &[PaintedText]) -> Buffer {
        let ground = Style::new().fg(Color::Indexed(253)).bg(Color::Indexed(16));
        let styles = [
            ground,
            Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(203)),
            Style::new().fg(Color::Indexed(203)).bg(Color::Indexed(16)).add_modifier(Modifier::BOLD),
            Style::new().add_modifier(Modifier::REVERSED),
            Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED | Modifier::DIM),
            Style::new().fg(Color::Reset).bg(Color::Reset),
            Style::new().add_modifier(Modifier::UNDERLINED),
        ];
        const TEXTS: [&str; 7] =
            ["                      ", "4:59", "▄ █▀\u{a0}", "跑步", "e", "      ", "▐████▌ ▟██▛▗▘"];
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        buf.set_style(buf.area, ground);
        for (x, y, text, style) in texts {
            // No screen shows half a wide letter.
            let (x, y) = if *text == 3 { (x / 4 * 4, SIZE.1 - 1) } else { (*x, y % (SIZE.1 - 1)) };
            buf.set_string(x, y, TEXTS[*text], styles[*style]);
        }
        buf
    }

    /// The parts of a cell that a block covers: upper left, upper right, lower left, lower right.
    fn quarters(sign: &str) -> Option<[bool; 4]> {
        let covered = match sign {
            " " | "\u{a0}" => "",
            "█" => "abcd",
            "▀" => "ab",
            "▄" => "cd",
            "▌" => "ac",
            "▐" => "bd",
            "▛" => "abc",
            "▗" => "d",
            "▟" => "bcd",
            "▘" => "a",
            _ => return None,
        };
        Some(["a", "b", "c", "d"].map(|quarter| covered.contains(quarter)))
    }

    /// Each cell of a terminal as it is seen: the colours of its quarters, or its sign, colours and weight.
    fn shown(terminal: &vt100::Parser) -> Vec<String> {
        let cell = |row, column| {
            let cell = terminal.screen().cell(row, column).unwrap();
            let sign = if cell.has_contents() { cell.contents() } else { " " };
            let seen = |colour, default| match colour {
                vt100::Color::Default => default,
                vt100::Color::Idx(colour) => CellColour::Known(colour),
                vt100::Color::Rgb(..) => panic!("{cell:?}"),
            };
            let (mut text, mut ground) =
                (seen(cell.fgcolor(), CellColour::Text), seen(cell.bgcolor(), CellColour::Ground));
            if cell.inverse() {
                (text, ground) = (ground, text);
            }
            // vt100 has no letter that is both bold and dim.
            let is_blank = matches!(sign, " " | "\u{a0}");
            let quarters = quarters(sign).filter(|_| is_blank || matches!(text, CellColour::Known(16..)));
            let weight = (cell.bold() || cell.dim()) && (is_blank || quarters.is_none());
            match quarters.filter(|_| !cell.underline()) {
                Some(quarters) => {
                    format!("{:?}", quarters.map(|covered| if covered { text } else { ground }))
                }
                None => format!("{sign:?} {text:?} {ground:?} {weight} {}", cell.underline()),
            }
        };
        (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| cell(row, column))).collect()
    }

    fn terminal() -> vt100::Parser {
        let mut terminal =
            vt100::Parser::new(NonZero::new(SIZE.1).unwrap(), NonZero::new(SIZE.0).unwrap(), 0);
        terminal.process(b"\x1b[?7l");
        terminal
    }

    /// The bytes that write every cell by itself.
    fn at_length(buffer: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (y, row) in buffer.content.chunks(usize::from(SIZE.0)).enumerate() {
            for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.symbol().is_empty()) {
                let covered = x > 0 && crate::tui::widgets::text::width(row[x - 1].symbol()) > 1;
                let pen = PenState::RESET.for_look(CellLook::of(cell)).next().unwrap();
                let mut parameters = String::new();
                pen.write_after(PenState::RESET, &mut parameters);
                if !covered {
                    let (row, column) = (y + 1, x + 1);
                    let written = format!("\x1b[m{parameters}\x1b[{row};{column}H{}", cell.symbol());
                    bytes.extend(written.bytes());
                }
            }
        }
        bytes
    }

    fn texts() -> impl Strategy<Value = Vec<PaintedText>> {
        prop::collection::vec((0..SIZE.0, 0..SIZE.1, 0..7_usize, 0..7_usize), 0..12)
    }

    proptest! {
        #[test]
        fn every_change_shows_the_next_screen(pictures in prop::collection::vec(texts(), 1..5), fills: bool, blocks: bool, fresh: bool) {
            let mut terminal = terminal();
            let mut pen = PenState::RESET;
            let mut before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
            for picture in pictures {
                let next = painted(&picture);
                let traits = TerminalTraits { fills, blocks };
                let change = if fills && fresh { fill_and_change(16, &next, traits, pen) } else { change(&before, &next, traits, pen) };
                terminal.process(change.bytes.as_bytes());
                pen = change.pen;
                let mut anew = self::terminal();
                anew.process(&at_length(&next));
                let pairs = shown(&terminal).into_iter().zip(shown(&anew)).enumerate();
                let wrong: Vec<_> = pairs.filter(|(_, (shown, expected))| shown != expected).collect();
                prop_assert!(wrong.is_empty(), "{:?}", wrong);
                before = next;
            }
        }
    }

    #[test]
    fn long_blanks_take_few_bytes_if_the_terminal_fills() {
        let (before, next) =
            (painted(&[]), painted(&[(0, 1, 0, 1), (22, 1, 0, 1), (0, 2, 0, 1), (22, 2, 0, 1)]));
        let text = change(&before, &next, FILLS, PenState::RESET).bytes;
        assert_eq!(text.replace('\r', ""), "\x1b[2;1H\x1b[48;5;203m\x1b[K\n\x1b[K");
    }

    #[test]
    fn a_background_of_the_text_colour_uses_reverse_video() {
        let (before, next) = (painted(&[]), painted(&[(0, 0, 1, 1), (4, 0, 5, 0), (10, 0, 1, 1)]));
        let text = change(&before, &next, TerminalTraits { fills: false, ..FILLS }, PenState::RESET).bytes;
        assert!(text.starts_with("\x1b[1;1H\x1b[38;5;16;48;5;203m4:59"), "{text:?}");
    }
}
