//! Turns one screen into the next in few bytes, for slow connections.
//!
//! Only the background of a blank matters, swapped colours are sent as reverse video, and a long run of blanks is sent
//! as its length. The bytes assume that the terminal does not wrap lines and that no attribute is set. They leave none
//! set.

use crate::tui::widgets::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Attributes that show on a blank.
const SHOWS: Modifier = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT);
/// The number of blanks from which a count is shorter than the blanks themselves.
const MANY_BLANKS: usize = 12;
/// The most unchanged cells that are written again, because skipping them takes as many bytes.
const FEW_CELLS: u16 = 4;

/// A colour as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellColour {
    /// An index into the terminal's 256 colours.
    Known(u8),
    /// The terminal's default text colour.
    Text,
    /// The terminal's default background.
    Ground,
}

/// A cell as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ShownCell {
    /// `None` for a blank.
    text: Option<CellColour>,
    ground: CellColour,
    /// Bold and the like; for a blank only the attributes that show on it.
    modifier: Modifier,
}

/// The attributes that are set in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PenState {
    text: CellColour,
    ground: CellColour,
    is_reversed: bool,
    modifier: Modifier,
}

impl PenState {
    const RESET: PenState = PenState {
        text: CellColour::Text,
        ground: CellColour::Ground,
        is_reversed: false,
        modifier: Modifier::empty(),
    };

    /// The pen nearest to this one that shows a cell, in reverse video or not. The default text colour cannot be a
    /// background without reverse video, nor the other way round; then there is no such pen.
    fn for_cell(self, cell: ShownCell, is_reversed: bool) -> Option<PenState> {
        let (text, ground) = match is_reversed {
            false => (cell.text.unwrap_or(self.text), cell.ground),
            true => (cell.ground, cell.text.unwrap_or(self.ground)),
        };
        let modifier = match cell.text {
            Some(_) => cell.modifier,
            None => self.modifier.difference(SHOWS).union(cell.modifier),
        };
        let is_possible = text != CellColour::Ground && ground != CellColour::Text;
        is_possible.then_some(PenState { text, ground, is_reversed, modifier })
    }

    /// The parameters of the escape sequence that turns the pen `before` into this one.
    fn parameters_after(self, before: PenState) -> String {
        const MODIFIERS: [(Modifier, u8, u8); 6] = [
            (Modifier::BOLD, 1, 22),
            (Modifier::DIM, 2, 22),
            (Modifier::ITALIC, 3, 23),
            (Modifier::UNDERLINED, 4, 24),
            (Modifier::SLOW_BLINK, 5, 25),
            (Modifier::CROSSED_OUT, 9, 29),
        ];
        let mut parameters = String::new();
        let mut push = |parameter: &str| {
            let _ = write!(parameters, "{}{parameter}", if parameters.is_empty() { "" } else { ";" });
        };
        // The same parameter ends bold and dim.
        let weight = Modifier::BOLD | Modifier::DIM;
        let mut kept = before.modifier;
        for (modifier, _, off) in MODIFIERS {
            if kept.contains(modifier) && !self.modifier.contains(modifier) {
                kept.remove(if weight.contains(modifier) { weight } else { modifier });
                push(&off.to_string());
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if self.modifier.contains(modifier) && !kept.contains(modifier) {
                push(&on.to_string());
            }
        }
        if self.is_reversed != before.is_reversed {
            push(if self.is_reversed { "7" } else { "27" });
        }
        for (now, then, base) in [(self.text, before.text, 30), (self.ground, before.ground, 40)] {
            match now {
                _ if now == then => {}
                CellColour::Known(colour) => push(&format!("{};5;{colour}", base + 8)),
                CellColour::Text | CellColour::Ground => push(&(base + 9).to_string()),
            }
        }
        parameters
    }
}

impl ShownCell {
    fn of(cell: &Cell) -> ShownCell {
        let colour = |colour, default| match colour {
            Color::Indexed(colour) => CellColour::Known(colour),
            _ => default,
        };
        let (mut text, mut ground) = (colour(cell.fg, CellColour::Text), colour(cell.bg, CellColour::Ground));
        if cell.modifier.contains(Modifier::REVERSED) {
            (text, ground) = (ground, text);
        }
        let is_blank = matches!(cell.symbol(), " " | "\u{a0}") && !cell.modifier.intersects(SHOWS);
        let modifier = cell.modifier.difference(Modifier::REVERSED);
        match is_blank {
            true => ShownCell { text: None, ground, modifier: modifier.intersection(SHOWS) },
            false => ShownCell { text: Some(text), ground, modifier },
        }
    }
}

/// True if two cells look the same.
fn look_alike(a: &Cell, b: &Cell) -> bool {
    a.symbol() == b.symbol() && ShownCell::of(a) == ShownCell::of(b)
}

/// The place of the terminal's cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CursorPlace {
    At(Position),
    /// Behind the last column of this row, where terminals disagree about its column.
    RowEnd(u16),
    Unknown,
}

/// Writes cells as bytes for the terminal.
struct TerminalWriter<'a> {
    next: &'a Buffer,
    /// True if a cleared part of a row takes the current background.
    fills: bool,
    bytes: Vec<u8>,
    pen: PenState,
    cursor: CursorPlace,
    /// Blanks before the cursor that are not written yet.
    blanks: usize,
}

/// Returns the bytes that turn `before` into `next`. `fills` is true if cleared cells take the current background on
/// this terminal.
pub fn change(before: &Buffer, next: &Buffer, fills: bool) -> Vec<u8> {
    let (pen, cursor) = (PenState::RESET, CursorPlace::Unknown);
    let mut writer = TerminalWriter { next, fills, bytes: Vec::new(), pen, cursor, blanks: 0 };
    let is_wide = |buffer: &Buffer, at: Position| {
        let cell: Option<&Cell> = buffer.cell(at);
        cell.is_some_and(|cell| !cell.symbol().is_ascii() && text::width(cell.symbol()) > 1)
    };
    for y in 0..next.area.height {
        for x in 0..next.area.width {
            let Some(cell) = next.cell((x, y)) else { continue };
            let left = x.checked_sub(1).map(|x| Position::new(x, y));
            if left.is_some_and(|left| is_wide(next, left)) {
                continue;
            }
            // A cell that was covered by a wide letter did not show its own content.
            let was_covered = left.is_some_and(|left| is_wide(before, left));
            if was_covered || !before.cell((x, y)).is_some_and(|before| look_alike(before, cell)) {
                writer.move_to(Position::new(x, y));
                writer.put(cell, Position::new(x, y));
            }
        }
    }
    writer.flush_blanks();
    if writer.pen != PenState::RESET {
        writer.bytes.extend_from_slice(b"\x1b[m");
    }
    writer.bytes
}

impl TerminalWriter<'_> {
    fn write(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Moves the cursor.
    fn move_to(&mut self, to: Position) {
        match self.cursor {
            CursorPlace::At(from) if from == to => {}
            CursorPlace::At(from) if from.y == to.y && from.x < to.x => self.move_right(from, to),
            CursorPlace::At(Position { y, .. }) | CursorPlace::RowEnd(y) if to.x == 0 && y + 1 == to.y => {
                self.flush_blanks();
                self.write("\r\n");
            }
            _ => {
                self.flush_blanks();
                self.write(&format!("\x1b[{};{}H", to.y + 1, to.x + 1));
            }
        }
    }

    /// Moves the cursor to the right: over a few cells by writing them again, else by their number.
    fn move_right(&mut self, from: Position, to: Position) {
        let next = self.next;
        let between = (from.x..to.x).map(|x| Position::new(x, from.y));
        let is_cheap = |cell: &Cell| {
            let pen = self.pen.for_cell(ShownCell::of(cell), self.pen.is_reversed);
            cell.symbol().is_ascii() && pen == Some(self.pen)
        };
        if to.x - from.x <= FEW_CELLS && between.clone().filter_map(|at| next.cell(at)).all(is_cheap) {
            for at in between {
                if let Some(cell) = next.cell(at) {
                    self.put(cell, at);
                }
            }
            return;
        }
        self.flush_blanks();
        self.write(&format!("\x1b[{}C", to.x - from.x));
    }

    /// Writes a cell at the cursor, which is at `at`.
    fn put(&mut self, cell: &Cell, at: Position) {
        let shown = ShownCell::of(cell);
        let pens = [self.pen.is_reversed, !self.pen.is_reversed].map(|r| self.pen.for_cell(shown, r));
        let pens = pens.into_iter().flatten().map(|pen| (pen, pen.parameters_after(self.pen)));
        // In reverse video, clearing does not fill a long run of blanks.
        let is_long_run = self.fills && shown.text.is_none() && self.starts_long_run(at, shown.ground);
        let cost = |(pen, parameters): &(PenState, String)| {
            parameters.len() + if pen.is_reversed && is_long_run { MANY_BLANKS } else { 0 }
        };
        if let Some((pen, parameters)) = pens.min_by_key(cost) {
            if !parameters.is_empty() {
                self.flush_blanks();
                self.write(&format!("\x1b[{parameters}m"));
            }
            self.pen = pen;
        }
        match cell.symbol() {
            " " => self.blanks += 1,
            symbol => {
                self.flush_blanks();
                self.write(symbol);
            }
        }
        // Terminals disagree about the width of wide letters.
        let is_narrow = cell.symbol().is_ascii() || text::width(cell.symbol()) == 1;
        self.cursor = match is_narrow {
            true if at.x + 1 < self.next.area.width => CursorPlace::At(Position::new(at.x + 1, at.y)),
            true => CursorPlace::RowEnd(at.y),
            false => CursorPlace::Unknown,
        };
    }

    /// True if many blanks on this background start here.
    fn starts_long_run(&self, at: Position, ground: CellColour) -> bool {
        let cells = (at.x..).map_while(|x| self.next.cell((x, at.y)).map(ShownCell::of));
        let run = cells.take_while(|cell| cell.text.is_none() && cell.ground == ground);
        run.take(2 * MANY_BLANKS).count() == 2 * MANY_BLANKS
    }

    /// Writes the blanks that have not been written yet.
    fn flush_blanks(&mut self) {
        let blanks = std::mem::take(&mut self.blanks);
        let can_fill = self.fills && !self.pen.is_reversed && !self.pen.modifier.intersects(SHOWS);
        match (can_fill, matches!(self.cursor, CursorPlace::RowEnd(_))) {
            (true, true) if blanks > 3 => self.write("\x1b[K"),
            (true, false) if blanks >= MANY_BLANKS => {
                self.write(&format!("\x1b[{blanks}X\x1b[{blanks}C"));
            }
            _ => self.bytes.resize(self.bytes.len() + blanks, b' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use std::num::NonZero;

    const SIZE: (u16, u16) = (30, 4);

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
        const TEXTS: [&str; 6] = ["                      ", "4:59", "▄ █▀\u{a0}", "跑步", "e", "      "];
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        buf.set_style(buf.area, ground);
        for (x, y, text, style) in texts {
            // No screen shows half a wide letter.
            let (x, y) = if *text == 3 { (x / 4 * 4, SIZE.1 - 1) } else { (*x, y % (SIZE.1 - 1)) };
            buf.set_string(x, y, TEXTS[*text], styles[*style]);
        }
        buf
    }

    /// Each cell of a terminal as it is seen: its sign, colours and weight.
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
            let blank = matches!(sign, " " | "\u{a0}") && !cell.underline();
            // vt100 has no letter that is both bold and dim.
            let weight = cell.bold() || cell.dim();
            let text = if blank { String::new() } else { format!("{text:?} {weight}") };
            format!("{sign:?} {text} {ground:?} {}", cell.underline())
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
                let pen = [false, true]
                    .into_iter()
                    .find_map(|reversed| PenState::RESET.for_cell(ShownCell::of(cell), reversed));
                let parameters = pen.unwrap().parameters_after(PenState::RESET);
                if !covered {
                    let written = format!("\x1b[0;{parameters}m\x1b[{};{}H{}", y + 1, x + 1, cell.symbol());
                    bytes.extend(written.replace("0;m", "m").bytes());
                }
            }
        }
        bytes
    }

    fn texts() -> impl Strategy<Value = Vec<PaintedText>> {
        prop::collection::vec((0..SIZE.0, 0..SIZE.1, 0..6_usize, 0..7_usize), 0..12)
    }

    proptest! {
        #[test]
        fn every_change_shows_the_next_screen(pictures in prop::collection::vec(texts(), 1..5), fills: bool) {
            let mut terminal = terminal();
            let mut before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
            for picture in pictures {
                let next = painted(&picture);
                terminal.process(&change(&before, &next, fills));
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
        let bytes = change(&before, &next, true);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[2;1H\x1b[48;5;203m\x1b[K\r\n\x1b[K\x1b[m");
    }

    #[test]
    fn a_background_of_the_text_colour_uses_reverse_video() {
        let (before, next) = (painted(&[]), painted(&[(0, 0, 1, 1), (4, 0, 5, 0), (10, 0, 1, 1)]));
        let bytes = change(&before, &next, false);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\x1b[1;1H\x1b[38;5;16;48;5;203m4:59"), "{text:?}");
    }
}
