//! The attributes that a terminal writes with, and what a cell needs of them.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Attributes that show on a blank.
const SHOWS: Modifier = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT);
/// The first colour that is the same in every terminal, bold or not. The colours before it are the user's.
const FIRST_FIXED: u8 = 16;

/// The attributes, with the parameters that set and end them. The same parameter ends bold and dim.
const MODIFIERS: [(Modifier, &str, &str); 6] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// A colour as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellColour {
    /// An index into the terminal's 256 colours.
    Known(u8),
    /// The terminal's default text colour.
    Text,
    /// The terminal's default background.
    Ground,
}

impl CellColour {
    /// True if bold does not change the colour.
    fn is_fixed(self) -> bool {
        matches!(self, CellColour::Known(FIRST_FIXED..))
    }
}

/// The look of a cell: its colours and attributes, without its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellLook {
    /// The colour of the character; `None` if none is seen.
    pub text: Option<CellColour>,
    /// The colour behind the character; `None` if none is seen.
    pub ground: Option<CellColour>,
    /// The attributes that are seen.
    modifier: Modifier,
    /// The attributes that would not be seen.
    unseen: Modifier,
}

impl CellLook {
    /// Returns the look of a cell.
    pub fn of(cell: &Cell) -> CellLook {
        let colour = |colour, default| match colour {
            Color::Indexed(colour) => CellColour::Known(colour),
            _ => default,
        };
        let (mut text, mut ground) = (colour(cell.fg, CellColour::Text), colour(cell.bg, CellColour::Ground));
        if cell.modifier.contains(Modifier::REVERSED) {
            (text, ground) = (ground, text);
        }
        let is_blank = matches!(cell.symbol(), " " | "\u{a0}") && !cell.modifier.intersects(SHOWS);
        let unseen = match is_blank {
            true => SHOWS.complement(),
            // A block is not a letter that bold makes heavier.
            false if is_block(cell.symbol()) && text.is_fixed() => Modifier::BOLD,
            false => Modifier::empty(),
        };
        let modifier = cell.modifier.difference(Modifier::REVERSED).difference(unseen);
        CellLook { text: (!is_blank).then_some(text), ground: Some(ground), modifier, unseen }
    }

    /// True if the cell is blank.
    pub fn is_blank(self) -> bool {
        self.text.is_none()
    }

    /// Returns the look of the same cell when a block is written in its place that covers the other part of the cell:
    /// text and ground are swapped. Returns `None` if that would not look the same.
    pub fn complement(self) -> Option<CellLook> {
        let is_fixed = |colour: Option<CellColour>| colour.is_none_or(CellColour::is_fixed);
        let is_possible = self.modifier.is_empty() && is_fixed(self.text) && is_fixed(self.ground);
        is_possible.then_some(CellLook {
            text: self.ground,
            ground: self.text,
            modifier: Modifier::empty(),
            unseen: Modifier::BOLD,
        })
    }
}

/// True for a block that covers quarters of a cell.
fn is_block(symbol: &str) -> bool {
    symbol != " " && complement(symbol).is_some()
}

/// Returns the block that covers the other part of a cell.
pub fn complement(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        " " => "█",
        "█" => " ",
        "▘" => "▟",
        "▝" => "▙",
        "▖" => "▜",
        "▗" => "▛",
        "▀" => "▄",
        "▄" => "▀",
        "▌" => "▐",
        "▐" => "▌",
        "▞" => "▚",
        "▚" => "▞",
        "▛" => "▗",
        "▜" => "▖",
        "▙" => "▝",
        "▟" => "▘",
        _ => return None,
    })
}

/// The attributes that are set in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PenState {
    text: CellColour,
    ground: CellColour,
    is_reversed: bool,
    modifier: Modifier,
}

impl Default for PenState {
    fn default() -> PenState {
        PenState::RESET
    }
}

impl PenState {
    /// The pen without attributes.
    pub const RESET: PenState = PenState {
        text: CellColour::Text,
        ground: CellColour::Ground,
        is_reversed: false,
        modifier: Modifier::empty(),
    };

    /// Returns the nearest pen with which cleared cells take a colour.
    pub fn filling(self, colour: u8) -> PenState {
        let modifier = self.modifier.difference(SHOWS);
        PenState { ground: CellColour::Known(colour), is_reversed: false, modifier, ..self }
    }

    /// True if cleared cells take the ground of what is written with this pen.
    pub fn fills(self) -> bool {
        !self.is_reversed && !self.modifier.intersects(SHOWS)
    }

    /// Returns the pens nearest to this one that show a cell, with and without reverse video. The default text colour
    /// cannot be a background without reverse video, nor the other way round.
    pub fn for_look(self, look: CellLook) -> impl Iterator<Item = PenState> {
        [self.is_reversed, !self.is_reversed].into_iter().filter_map(move |is_reversed| {
            let (text, ground) = match is_reversed {
                false => (look.text, look.ground),
                true => (look.ground, look.text),
            };
            let (text, ground) = (text.unwrap_or(self.text), ground.unwrap_or(self.ground));
            let modifier = self.modifier.intersection(look.unseen).union(look.modifier);
            let is_possible = text != CellColour::Ground && ground != CellColour::Text;
            is_possible.then_some(PenState { text, ground, is_reversed, modifier })
        })
    }

    /// Returns the bytes that [`write_after`](Self::write_after) writes.
    pub fn length_after(self, before: PenState) -> u32 {
        if self == before {
            return 0;
        }
        let mut length = 0;
        self.parameters_after(before, |parameter, colour| {
            let digits = match colour {
                None => 0,
                Some(0..10) => 1,
                Some(10..100) => 2,
                Some(100..) => 3,
            };
            length += 1 + parameter.len() as u32 + digits;
        });
        // Each parameter but the first has a separator, and the sequence a beginning and an end.
        length + 2
    }

    /// Writes the escape sequence that turns the pen `before` into this one.
    pub fn write_after(self, before: PenState, bytes: &mut String) {
        if self == before {
            return;
        }
        let mut separator = "\x1b[";
        self.parameters_after(before, |parameter, colour| {
            bytes.push_str(separator);
            bytes.push_str(parameter);
            if let Some(colour) = colour {
                let _ = write!(bytes, "{colour}");
            }
            separator = ";";
        });
        bytes.push('m');
    }

    /// Calls `push` with each parameter, and with the colour that follows it.
    fn parameters_after(self, before: PenState, mut push: impl FnMut(&str, Option<u8>)) {
        let weight = Modifier::BOLD | Modifier::DIM;
        let mut kept = before.modifier;
        if kept != self.modifier {
            for (modifier, _, off) in MODIFIERS {
                if kept.contains(modifier) && !self.modifier.contains(modifier) {
                    kept.remove(if weight.contains(modifier) { weight } else { modifier });
                    push(off, None);
                }
            }
            for (modifier, on, _) in MODIFIERS {
                if self.modifier.contains(modifier) && !kept.contains(modifier) {
                    push(on, None);
                }
            }
        }
        if self.is_reversed != before.is_reversed {
            push(if self.is_reversed { "7" } else { "27" }, None);
        }
        if self.text != before.text {
            match self.text {
                CellColour::Known(colour) => push("38;5;", Some(colour)),
                CellColour::Text | CellColour::Ground => push("39", None),
            }
        }
        if self.ground != before.ground {
            match self.ground {
                CellColour::Known(colour) => push("48;5;", Some(colour)),
                CellColour::Text | CellColour::Ground => push("49", None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_change_is_that_of_its_bytes() {
        let colours = [CellColour::Known(7), CellColour::Known(16), CellColour::Known(214)];
        let texts = colours.into_iter().chain([CellColour::Text]);
        let mut pens = vec![PenState::RESET];
        for text in texts {
            for ground in colours.into_iter().chain([CellColour::Ground]) {
                for modifier in [Modifier::empty(), Modifier::BOLD, Modifier::DIM | Modifier::UNDERLINED] {
                    pens.push(PenState { text, ground, is_reversed: ground == colours[0], modifier });
                }
            }
        }
        for before in &pens {
            for after in &pens {
                let mut bytes = String::new();
                after.write_after(*before, &mut bytes);
                assert_eq!(after.length_after(*before) as usize, bytes.len(), "{bytes:?}");
            }
        }
    }
}
