//! What is painted, made fit for the terminal: the page's ground below it, signs of ASCII where there are no
//! others, and sixteen colours told in the way that old terminals know.

use crate::tui::theme::{Signs, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Makes a painted buffer fit.
pub fn dress(buf: &mut Buffer, theme: Theme) {
    let ground = theme.ground();
    let coloured = ground.fg.zip(ground.bg);
    for cell in &mut buf.content {
        if let Some((fg, bg)) = coloured {
            cell.fg = if cell.fg == Color::Reset { fg } else { cell.fg };
            cell.bg = if cell.bg == Color::Reset { bg } else { cell.bg };
        }
        // There bold is light, and light black is grey on grey.
        if theme.has_few_colours() && cell.fg == Color::Indexed(0) {
            cell.modifier.remove(Modifier::BOLD);
        }
    }
    if theme.signs() == Signs::Ascii {
        ascii(buf);
    } else if !theme.has_few_colours() {
        // A blank is a third of the bytes; where bold lights up a colour it would be another one.
        buf.content.iter_mut().filter(|cell| cell.symbol() == "█").for_each(fill);
    }
    fasten_edges(buf, theme.signs());
}

/// Writes something into the last coloured blank of each row. It looks the same, but whatever copies a screen
/// (multiplexers, recorders) takes plain blanks at a row's end for nothing and drops their colour.
fn fasten_edges(buf: &mut Buffer, signs: Signs) {
    let columns = usize::from(buf.area.width).max(1);
    for row in buf.content.chunks_mut(columns) {
        let coloured = |cell: &Cell| cell.bg != Color::Reset || cell.modifier.contains(Modifier::REVERSED);
        let last = row.iter_mut().rev().find(|c| coloured(c) || c.symbol() != " ");
        let Some(cell) = last.filter(|c| c.symbol() == " ") else { continue };
        match signs {
            Signs::All => drop(cell.set_symbol("\u{a0}")),
            // The only blank of ASCII is the plain one: a dot in the colour of what is below it.
            Signs::Ascii if cell.bg != Color::Reset => {
                cell.fg = cell.bg;
                // Old terminals show bold as light, and the dot with it.
                cell.modifier.remove(Modifier::BOLD);
                cell.set_char('.');
            }
            Signs::Ascii => {}
        }
    }
}

/// Leaves no sign that is not ASCII.
fn ascii(buf: &mut Buffer) {
    // The style of a wide letter whose second cell is next.
    let mut covered = None;
    for cell in &mut buf.content {
        if let Some(style) = covered.take() {
            cell.set_char('?').set_style(style);
        }
        let symbol = cell.symbol();
        if symbol.is_ascii() {
            continue;
        }
        if symbol.width() > 1 {
            covered = Some(cell.style());
        }
        match symbol.chars().next().map_or(SignSet::Char(' '), sign) {
            SignSet::Char(c) => drop(cell.set_char(c)),
            SignSet::Full => fill(cell),
        }
    }
}

/// A text in signs that there are: what has none in ASCII is a question mark.
pub fn spelt(text: &str, signs: Signs) -> String {
    let one = |c: char| match (c.is_ascii(), sign(c)) {
        (true, _) => c,
        (false, SignSet::Char(c)) => c,
        (false, SignSet::Full) => '#',
    };
    match signs {
        Signs::All => text.to_string(),
        Signs::Ascii => text.chars().map(one).collect(),
    }
}

/// What stands for a sign.
enum SignSet {
    Char(char),
    /// The whole cell in the colour of what is written.
    Full,
}

/// The nearest that ASCII has. The half blocks of the large digits keep to their half of the cell.
fn sign(c: char) -> SignSet {
    SignSet::Char(match c {
        '▅'..='█' | '■' => return SignSet::Full,
        '▀' => '"',
        '▄' => 'm',
        '▁'..='▃' => '_',
        '×' | '✗' | '✕' | '⨯' => 'x',
        '→' | '›' => '>',
        '←' | '‹' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' => 'v',
        '–' | '—' | '−' | '─' => '-',
        '━' => '=',
        '│' | '▏' => '|',
        '′' | '‘' | '’' => '\'',
        '″' | '“' | '”' => '"',
        '·' | '•' => '.',
        '…' | '≈' => '~',
        '½' => '+',
        '\u{a0}' => ' ',
        'ß' => 's',
        'Æ' => 'A',
        'æ' => 'a',
        c => Some(nucleo_matcher::chars::normalize(c)).filter(char::is_ascii_graphic).unwrap_or('?'),
    })
}

fn fill(cell: &mut Cell) {
    cell.set_char(' ');
    match cell.fg == Color::Reset || cell.bg == Color::Reset {
        true => cell.modifier.toggle(Modifier::REVERSED),
        false => std::mem::swap(&mut cell.fg, &mut cell.bg),
    }
}

/// The first sixteen colours as they were told before there were 256: `38;5;1` becomes `31`. A terminal that knows
/// no better takes the 5 for blinking.
pub fn in_the_old_way(bytes: &[u8]) -> Vec<u8> {
    let mut told = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|two| two == b"\x1b[") {
        let (before, from) = rest.split_at(at + 2);
        told.extend_from_slice(before);
        let length = from.iter().position(|b| !matches!(b, b'0'..=b'9' | b';')).unwrap_or(from.len());
        let (parameters, after) = from.split_at(length);
        match after.first() {
            Some(b'm') => told.extend(old_colours(parameters)),
            _ => told.extend_from_slice(parameters),
        }
        rest = after;
    }
    told.extend_from_slice(rest);
    told
}

fn old_colours(parameters: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(parameters);
    let mut parts = text.split(';');
    let mut told = Vec::new();
    while let Some(part) = parts.next() {
        let mut ahead = parts.clone();
        let colour = (ahead.next() == Some("5")).then(|| ahead.next()?.parse::<u8>().ok()).flatten();
        let base = match part {
            "38" => 30,
            "48" => 40,
            _ => 0,
        };
        match colour.filter(|n| base > 0 && *n < 16) {
            Some(n) => {
                parts = ahead;
                told.push((base + n % 8 + if n < 8 { 0 } else { 60 }).to_string());
            }
            None => told.push(part.to_string()),
        }
    }
    told.join(";").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Appearance;
    use crate::tui::theme::Palette;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn dressed(text: &str, style: Style, theme: Theme) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 1));
        buf.set_string(0, 0, text, style);
        dress(&mut buf, theme);
        buf
    }

    fn text(buf: &Buffer) -> String {
        buf.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn without_utf_8_every_sign_is_ascii() {
        for (painted, shown) in [
            ("8×60s → 5′ · ≈ 3½ – …", "8x60s > 5' . ~ 3+ - ~"),
            ("naïve Äpfel Ångström", "naive Apfel Angstrom"),
            ("e\u{301}te\u{301} 跑步 x", "ete ???? x"),
            ("↑ ↓ ← › ▲ ▼ │ ━ “a” ‘b’", "^ v < > ^ v | = \"a\" 'b'"),
        ] {
            let ascii = Theme::new(false).with(Signs::Ascii);
            assert_eq!(text(&dressed(painted, Style::new(), ascii)).trim_end(), shown);
        }
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|c| !c.is_control()) {
            let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
            buf.content[0].set_char(c);
            super::ascii(&mut buf);
            assert!(text(&buf).is_ascii(), "{c:?}");
        }
    }

    #[test]
    fn a_full_block_becomes_a_blank_in_its_colour() {
        let zone = Theme::new(true).field(Some(2));
        let cell = dressed("█", zone, Theme::new(true).with(Signs::Ascii)).content[0].clone();
        assert_eq!((cell.symbol(), Some(cell.bg), Some(cell.fg)), (" ", zone.fg, zone.bg));
        let plain = Theme::new(false).with(Signs::Ascii);
        assert!(dressed("█", Style::new(), plain).content[0].modifier.contains(Modifier::REVERSED));
        // In the flash it is the blank cells that are reversed.
        let lit = dressed("█", plain.flash(), plain);
        assert!(!lit.content[0].modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn what_has_no_colour_of_its_own_has_the_pages() {
        let theme = Theme::of(Appearance::Light, Palette::Full);
        let buf = dressed("word", theme.strong(), theme);
        for cell in &buf.content {
            assert_eq!((Some(cell.fg), Some(cell.bg)), (theme.ground().fg, theme.ground().bg));
        }
        let plain = dressed("word", Style::new(), Theme::new(false));
        assert!(plain.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    }

    #[test]
    fn old_terminals_are_told_colours_in_the_old_way() {
        for (new, old) in [
            ("\x1b[38;5;1m", "\x1b[31m"),
            ("\x1b[38;5;15;48;5;4mx\x1b[0m", "\x1b[97;44mx\x1b[0m"),
            ("\x1b[1;38;5;9mx", "\x1b[1;91mx"),
            ("\x1b[38;5;200m", "\x1b[38;5;200m"),
            ("\x1b[5;38Hat 38;5;1", "\x1b[5;38Hat 38;5;1"),
            ("\x1b[38;5", "\x1b[38;5"),
            ("\x1b[", "\x1b["),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8(in_the_old_way(new.as_bytes())).unwrap(), old);
        }
    }
}
