//! How a change of the screen is told to the terminal in few bytes: it may be at the other end of a slow line.
//!
//! Of a blank only its ground is told, a swap of text and ground as such, and a long run of blanks as its length.
//! It takes for granted that the terminal wraps no lines, that nothing is set before, and leaves nothing set.

use crate::tui::widgets::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// What shows on a blank.
const SHOWS: Modifier = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT);
/// From so many blanks on their number is shorter than they are.
const MANY: usize = 12;
/// Up to so many cells that have not changed are written again: to pass over them takes as much.
const FEW: u16 = 4;

/// What is seen of a colour that is set, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellColour {
    Known(u8),
    /// The terminal's own for text, and for the ground.
    Text,
    Ground,
}

/// What is seen in a cell.
#[derive(Clone, Copy, Debug)]
struct ShownCell {
    /// Of no matter in a blank.
    text: Option<CellColour>,
    ground: CellColour,
    /// Bold and the like; of a blank what matters of it.
    modifier: Modifier,
}

/// What the terminal has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PenState {
    text: CellColour,
    ground: CellColour,
    turned: bool,
    modifier: Modifier,
}

impl PenState {
    const RESET: PenState = PenState {
        text: CellColour::Text,
        ground: CellColour::Ground,
        turned: false,
        modifier: Modifier::empty(),
    };

    /// The pen that shows this, turned or not, nearest to this one; nothing where there is none.
    fn for_seen(self, seen: ShownCell, turned: bool) -> Option<PenState> {
        let (text, ground) = match turned {
            false => (seen.text.unwrap_or(self.text), seen.ground),
            true => (seen.ground, seen.text.unwrap_or(self.ground)),
        };
        let modifier = match seen.text {
            Some(_) => seen.modifier,
            None => self.modifier.difference(SHOWS).union(seen.modifier),
        };
        let possible = text != CellColour::Ground && ground != CellColour::Text;
        possible.then_some(PenState { text, ground, turned, modifier })
    }

    /// The parameters that make this pen of another.
    fn after(self, before: PenState) -> String {
        const MODIFIERS: [(Modifier, u8, u8); 6] = [
            (Modifier::BOLD, 1, 22),
            (Modifier::DIM, 2, 22),
            (Modifier::ITALIC, 3, 23),
            (Modifier::UNDERLINED, 4, 24),
            (Modifier::SLOW_BLINK, 5, 25),
            (Modifier::CROSSED_OUT, 9, 29),
        ];
        let mut told = String::new();
        let mut tell = |what: &str| {
            let _ = write!(told, "{}{what}", if told.is_empty() { "" } else { ";" });
        };
        let weight = Modifier::BOLD | Modifier::DIM;
        let mut kept = before.modifier;
        for (modifier, _, off) in MODIFIERS {
            if kept.contains(modifier) && !self.modifier.contains(modifier) {
                kept.remove(if weight.contains(modifier) { weight } else { modifier });
                tell(&off.to_string());
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if self.modifier.contains(modifier) && !kept.contains(modifier) {
                tell(&on.to_string());
            }
        }
        if self.turned != before.turned {
            tell(if self.turned { "7" } else { "27" });
        }
        for (now, then, base) in [(self.text, before.text, 30), (self.ground, before.ground, 40)] {
            match now {
                _ if now == then => {}
                CellColour::Known(colour) => tell(&format!("{};5;{colour}", base + 8)),
                CellColour::Text | CellColour::Ground => tell(&(base + 9).to_string()),
            }
        }
        told
    }
}

/// What is seen in a cell.
fn seen(cell: &Cell) -> ShownCell {
    let ink = |colour, own| match colour {
        Color::Indexed(colour) => CellColour::Known(colour),
        _ => own,
    };
    let (mut text, mut ground) = (ink(cell.fg, CellColour::Text), ink(cell.bg, CellColour::Ground));
    if cell.modifier.contains(Modifier::REVERSED) {
        (text, ground) = (ground, text);
    }
    let blank = matches!(cell.symbol(), " " | "\u{a0}") && !cell.modifier.intersects(SHOWS);
    let modifier = cell.modifier.difference(Modifier::REVERSED);
    match blank {
        true => ShownCell { text: None, ground, modifier: modifier.intersection(SHOWS) },
        false => ShownCell { text: Some(text), ground, modifier },
    }
}

/// Whether two cells look the same.
fn alike(a: &Cell, b: &Cell) -> bool {
    let (left, right) = (seen(a), seen(b));
    a.symbol() == b.symbol()
        && (left.text, left.ground, left.modifier) == (right.text, right.ground, right.modifier)
}

/// The writer, and where the terminal's cursor is.
struct TerminalWriter<'a> {
    next: &'a Buffer,
    bytes: Vec<u8>,
    pen: PenState,
    at: Option<(u16, u16)>,
    /// Blanks that are not written yet.
    blanks: usize,
}

/// What turns `before` into `next`. Where `fills`, a part of a row that is cleared takes the ground that is set.
pub fn change(before: &Buffer, next: &Buffer, fills: bool) -> Vec<u8> {
    let mut wire = TerminalWriter { next, bytes: Vec::new(), pen: PenState::RESET, at: None, blanks: 0 };
    let wide = |buffer: &Buffer, at| {
        let cell: Option<&Cell> = buffer.cell(at);
        cell.is_some_and(|cell| !cell.symbol().is_ascii() && text::width(cell.symbol()) > 1)
    };
    for y in 0..next.area.height {
        for x in 0..next.area.width {
            let Some(cell) = next.cell((x, y)) else { continue };
            let left = x.checked_sub(1).map(|x| (x, y));
            if left.is_some_and(|left| wide(next, left)) {
                continue;
            }
            // What a wide letter covered is not what its cell says.
            let covered = left.is_some_and(|left| wide(before, left));
            if covered || !before.cell((x, y)).is_some_and(|before| alike(before, cell)) {
                wire.go(x, y, fills);
                wire.put(cell, (x, y), fills);
            }
        }
    }
    wire.flush(fills);
    if wire.pen != PenState::RESET {
        wire.bytes.extend_from_slice(b"\x1b[m");
    }
    wire.bytes
}

impl TerminalWriter<'_> {
    fn tell(&mut self, what: &str) {
        self.bytes.extend_from_slice(what.as_bytes());
    }

    /// Moves the cursor.
    fn go(&mut self, x: u16, y: u16, fills: bool) {
        if self.at == Some((x, y)) {
            return;
        }
        if let Some((column, row)) = self.at
            && row == y
            && column < x
        {
            let between = (column..x).filter_map(|column| self.next.cell((column, y)));
            let next = self.next;
            let cheap = |cell: &Cell| {
                cell.symbol().is_ascii() && Some(self.pen) == self.pen.for_seen(seen(cell), self.pen.turned)
            };
            if x - column <= FEW && between.clone().all(cheap) {
                for column in column..x {
                    if let Some(cell) = next.cell((column, y)) {
                        self.put(cell, (column, y), fills);
                    }
                }
                return;
            }
            self.flush(fills);
            self.tell(&format!("\x1b[{}C", x - column));
            return;
        }
        let before = self.at;
        self.flush(fills);
        match before {
            Some((_, row)) if x == 0 && row + 1 == y => self.tell("\r\n"),
            _ => self.tell(&format!("\x1b[{};{}H", y + 1, x + 1)),
        }
    }

    /// Writes a cell where the cursor is.
    fn put(&mut self, cell: &Cell, (x, y): (u16, u16), fills: bool) {
        let seen = seen(cell);
        let pens = [self.pen.turned, !self.pen.turned].map(|turned| self.pen.for_seen(seen, turned));
        let pens = pens.into_iter().flatten().map(|pen| (pen, pen.after(self.pen)));
        // A ground that is text turned over cannot be filled.
        let long = fills && seen.text.is_none() && self.is_long((x, y), seen.ground);
        let cost = |(pen, told): &(PenState, String)| told.len() + if pen.turned && long { MANY } else { 0 };
        if let Some((pen, told)) = pens.min_by_key(cost) {
            if !told.is_empty() {
                self.flush(fills);
                self.tell(&format!("\x1b[{told}m"));
            }
            self.pen = pen;
        }
        match cell.symbol() {
            " " => self.blanks += 1,
            symbol => {
                self.flush(fills);
                self.tell(symbol);
            }
        }
        // Behind a wide letter, and at a row's end, nothing is sure.
        let sure = cell.symbol().is_ascii() || text::width(cell.symbol()) == 1;
        self.at = (sure && x + 1 < self.next.area.width).then_some((x + 1, y));
        if self.at.is_none() && sure {
            // A line feed takes it to the next row from there as well.
            self.at = Some((u16::MAX, y));
        }
    }

    /// Whether many blanks of this ground begin here.
    fn is_long(&self, (x, y): (u16, u16), ground: CellColour) -> bool {
        let run = (x..).map_while(|x| self.next.cell((x, y)).map(seen));
        run.take_while(|seen| seen.text.is_none() && seen.ground == ground).take(2 * MANY).count() == 2 * MANY
    }

    /// Writes the blanks that are still to be written.
    fn flush(&mut self, fills: bool) {
        let blanks = std::mem::take(&mut self.blanks);
        let plain = !self.pen.turned && !self.pen.modifier.intersects(SHOWS);
        let at_the_end = matches!(self.at, Some((u16::MAX, _)));
        match (fills && plain, at_the_end) {
            (true, true) if blanks > 3 => self.tell("\x1b[K"),
            (true, false) if blanks >= MANY => self.tell(&format!("\x1b[{blanks}X\x1b[{blanks}C")),
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

    /// A screen of a few styled texts.
    fn painted(texts: &[(u16, u16, usize, usize)]) -> Buffer {
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
            // Half of a wide letter is on no screen.
            let (x, y) = if *text == 3 { (x / 4 * 4, SIZE.1 - 1) } else { (*x, y % (SIZE.1 - 1)) };
            buf.set_string(x, y, TEXTS[*text], styles[*style]);
        }
        buf
    }

    /// What is seen of each cell of a terminal: the sign, its colours as they are seen, and whether it is bold.
    fn shown(terminal: &vt100::Parser) -> Vec<String> {
        let cell = |row, column| {
            let cell = terminal.screen().cell(row, column).unwrap();
            let sign = if cell.has_contents() { cell.contents() } else { " " };
            let own = |colour, own| match colour {
                vt100::Color::Default => own,
                vt100::Color::Idx(colour) => CellColour::Known(colour),
                vt100::Color::Rgb(..) => panic!("{cell:?}"),
            };
            let (mut text, mut ground) =
                (own(cell.fgcolor(), CellColour::Text), own(cell.bgcolor(), CellColour::Ground));
            if cell.inverse() {
                (text, ground) = (ground, text);
            }
            let blank = matches!(sign, " " | "\u{a0}") && !cell.underline();
            // It knows no letter that is bold and dim.
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

    /// Every cell by itself, with nothing left out.
    fn at_length(buffer: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (y, row) in buffer.content.chunks(usize::from(SIZE.0)).enumerate() {
            for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.symbol().is_empty()) {
                let covered = x > 0 && crate::tui::widgets::text::width(row[x - 1].symbol()) > 1;
                let pen =
                    [false, true].into_iter().find_map(|turned| PenState::RESET.for_seen(seen(cell), turned));
                let told = pen.unwrap().after(PenState::RESET);
                if !covered {
                    let told = format!("\x1b[0;{told}m\x1b[{};{}H{}", y + 1, x + 1, cell.symbol());
                    bytes.extend(told.replace("0;m", "m").bytes());
                }
            }
        }
        bytes
    }

    fn texts() -> impl Strategy<Value = Vec<(u16, u16, usize, usize)>> {
        prop::collection::vec((0..SIZE.0, 0..SIZE.1, 0..6_usize, 0..7_usize), 0..12)
    }

    proptest! {
        #[test]
        fn every_change_shows_what_was_meant(pictures in prop::collection::vec(texts(), 1..5), fills: bool) {
            let mut terminal = terminal();
            let mut before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
            for picture in pictures {
                let next = painted(&picture);
                terminal.process(&change(&before, &next, fills));
                let mut anew = self::terminal();
                anew.process(&at_length(&next));
                let pairs = shown(&terminal).into_iter().zip(shown(&anew)).enumerate();
                let wrong: Vec<_> = pairs.filter(|(_, (shown, meant))| shown != meant).collect();
                prop_assert!(wrong.is_empty(), "{:?}", wrong);
                before = next;
            }
        }
    }

    #[test]
    fn blanks_cost_little_where_a_terminal_fills_them() {
        let (before, next) =
            (painted(&[]), painted(&[(0, 1, 0, 1), (22, 1, 0, 1), (0, 2, 0, 1), (22, 2, 0, 1)]));
        let told = change(&before, &next, true);
        assert_eq!(String::from_utf8(told).unwrap(), "\x1b[2;1H\x1b[48;5;203m\x1b[K\r\n\x1b[K\x1b[m");
    }

    #[test]
    fn a_ground_that_is_the_texts_colour_is_told_by_turning() {
        let (before, next) = (painted(&[]), painted(&[(0, 0, 1, 1), (4, 0, 5, 0), (10, 0, 1, 1)]));
        let told = change(&before, &next, false);
        let told = String::from_utf8(told).unwrap();
        assert!(told.starts_with("\x1b[1;1H\x1b[38;5;16;48;5;203m4:59"), "{told:?}");
    }
}
