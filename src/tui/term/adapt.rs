//! Adapts a painted screen to the terminal: the page's own background, ASCII if there are no other characters, and
//! the escape sequences of terminals with sixteen colours.

use super::half_blocks;
use crate::tui::theme::{Signs, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Adapts a painted buffer to the colours and characters of the theme's terminal.
pub fn adapt(buf: &mut Buffer, theme: Theme) {
    let ground = theme.ground();
    let coloured = ground.fg.zip(ground.bg);
    for cell in &mut buf.content {
        if let Some((fg, bg)) = coloured {
            cell.fg = if cell.fg == Color::Reset { fg } else { cell.fg };
            cell.bg = if cell.bg == Color::Reset { bg } else { cell.bg };
        }
        // Terminals with few colours show bold as a light colour, and light black is grey on grey.
        if theme.has_few_colours() && cell.fg == Color::Indexed(0) {
            cell.modifier.remove(Modifier::BOLD);
        }
    }
    match theme.signs() {
        Signs::Ascii => replace_with_ascii(buf),
        Signs::Halves => half_blocks::replace(buf, console_form),
        Signs::All => {}
    }
    if theme.signs() != Signs::Ascii && !theme.has_few_colours() {
        // A blank takes a third of the bytes. With few colours, bold would make it another colour.
        buf.content.iter_mut().filter(|cell| cell.symbol() == "█").for_each(fill);
    }
    mark_row_ends(buf, theme.signs());
}

/// Replaces the last coloured blank of each row with something that looks the same. Multiplexers and recorders
/// drop plain blanks at the end of a row, and their colour with them. A flash is over before anybody looks at a record.
fn mark_row_ends(buf: &mut Buffer, signs: Signs) {
    if buf.content.windows(2).all(|pair| matches!(pair, [a, b] if a == b)) {
        return;
    }
    let columns = usize::from(buf.area.width).max(1);
    for row in buf.content.chunks_mut(columns) {
        let coloured = |cell: &Cell| cell.bg != Color::Reset || cell.modifier.contains(Modifier::REVERSED);
        let last = row.iter_mut().rev().find(|c| coloured(c) || c.symbol() != " ");
        let Some(cell) = last.filter(|c| c.symbol() == " ") else { continue };
        match signs {
            Signs::All | Signs::Halves => drop(cell.set_symbol("\u{a0}")),
            // ASCII has no other blank, so this is a dot in the colour of its background.
            Signs::Ascii if cell.bg != Color::Reset => {
                cell.fg = cell.bg;
                // Old terminals show bold as a light colour, which would make the dot visible.
                cell.modifier.remove(Modifier::BOLD);
                cell.set_char('.');
            }
            Signs::Ascii => {}
        }
    }
}

/// Replaces all characters that are not ASCII.
fn replace_with_ascii(buf: &mut Buffer) {
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
        match symbol.chars().next().map_or(AsciiForm::Char(' '), ascii_form) {
            AsciiForm::Char(c) => drop(cell.set_char(c)),
            AsciiForm::Filled => fill(cell),
        }
    }
}

/// Returns the form of a character that is no part of large type or of a chart, in the font of a console: its own if it is a
/// Latin letter or one of the signs of the old code page 437, and else the one in ASCII.
fn console_form(c: char) -> char {
    let is_in_font = matches!(c, '\u{a0}'..='\u{ff}' | '▀' | '▄' | '█' | '▌' | '▐' | '│' | '─')
        || matches!(c, '←' | '↑' | '→' | '↓' | '▲' | '▼' | '≈');
    match ascii_form(c) {
        _ if c.is_ascii() || is_in_font => c,
        AsciiForm::Char(form) => form,
        AsciiForm::Filled => '█',
    }
}

/// Spells a text in the characters of the terminal. A character without a form in ASCII becomes a question mark.
pub fn spell(text: &str, signs: Signs) -> String {
    let one = |c: char| match (c.is_ascii(), ascii_form(c)) {
        (true, _) => c,
        (false, AsciiForm::Char(c)) => c,
        (false, AsciiForm::Filled) => '#',
    };
    match signs {
        Signs::All => text.to_string(),
        Signs::Halves => text.chars().map(console_form).collect(),
        Signs::Ascii => text.chars().map(one).collect(),
    }
}

/// The replacement for a character that is not ASCII.
enum AsciiForm {
    Char(char),
    /// A cell filled with the text colour.
    Filled,
}

/// The nearest form in ASCII. The blocks of large text keep to their part of the cell.
fn ascii_form(c: char) -> AsciiForm {
    AsciiForm::Char(match c {
        '▅'..='▋' | '■' | '▙' | '▛' | '▜' | '▟' => return AsciiForm::Filled,
        // The edge of a chart's bar in less than half of the cell.
        '▍' | '▎' | '▕' => ' ',
        '▀' => '"',
        '▄' => 'm',
        '▌' | '▐' => '|',
        '▘' | '▝' => '\'',
        '▖' | '▗' => '.',
        '▚' => '\\',
        '▞' => '/',
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
        '✓' => '+',
        '◐' => '%',
        '▸' => '>',
        '…' | '≈' | '±' => '~',
        '½' => '+',
        '\u{a0}' => ' ',
        'ß' => 's',
        'Æ' => 'A',
        'æ' => 'a',
        c => Some(nucleo_matcher::chars::normalize(c)).filter(char::is_ascii_graphic).unwrap_or('?'),
    })
}

/// Fills a cell with its text colour.
fn fill(cell: &mut Cell) {
    cell.set_char(' ');
    match cell.fg == Color::Reset || cell.bg == Color::Reset {
        true => cell.modifier.toggle(Modifier::REVERSED),
        false => std::mem::swap(&mut cell.fg, &mut cell.bg),
    }
}

/// Rewrites the first sixteen colours in the escape sequences that are older than 256 colours: `38;5;1` becomes `31`.
/// Terminals that only know those take the 5 for blinking.
pub fn with_classic_colours(bytes: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|two| two == b"\x1b[") {
        let (before, from) = rest.split_at(at + 2);
        written.extend_from_slice(before);
        let length = from.iter().position(|b| !matches!(b, b'0'..=b'9' | b';')).unwrap_or(from.len());
        let (parameters, after) = from.split_at(length);
        match after.first() {
            Some(b'm') => written.extend(classic_colours(parameters)),
            _ => written.extend_from_slice(parameters),
        }
        rest = after;
    }
    written.extend_from_slice(rest);
    written
}

fn classic_colours(parameters: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(parameters);
    let mut parts = text.split(';');
    let mut written = Vec::new();
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
                written.push((base + n % 8 + if n < 8 { 0 } else { 60 }).to_string());
            }
            None => written.push(part.to_string()),
        }
    }
    written.join(";").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Zone;
    use crate::settings::Appearance;
    use crate::tui::theme::Palette;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn adapted(text: &str, style: Style, theme: Theme) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 1));
        buf.set_string(0, 0, text, style);
        adapt(&mut buf, theme);
        buf
    }

    fn text(buf: &Buffer) -> String {
        buf.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn without_utf_8_every_character_is_ascii() {
        for (painted, shown) in [
            ("8×60s → 5′ · ≈ 3½ – …", "8x60s > 5' . ~ 3+ - ~"),
            ("naïve Äpfel Ångström", "naive Apfel Angstrom"),
            ("e\u{301}te\u{301} 跑步 x", "ete ???? x"),
            ("↑ ↓ ← › ▲ ▼ │ ━ “a” ‘b’", "^ v < > ^ v | = \"a\" 'b'"),
        ] {
            let ascii = Theme::new(false).with(Signs::Ascii);
            assert_eq!(text(&adapted(painted, Style::new(), ascii)).trim_end(), shown);
        }
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|c| !c.is_control()) {
            let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
            buf.content[0].set_char(c);
            replace_with_ascii(&mut buf);
            assert!(text(&buf).is_ascii(), "{c:?}");
        }
    }

    #[test]
    fn a_console_keeps_arrows_and_letters() {
        let console = Theme::new(false).with(Signs::Halves);
        for (painted, shown) in [
            ("8×60s → 5′ · ≈ 3½ – …", "8×60s → 5' · ≈ 3½ - ~"),
            ("Äpfel ▲ 6% ✓ ━", "Äpfel ▲ 6% + ="),
            // Full cells become blanks in their colour.
            ("▟█▙ ▞▘", "▄   ▄▀"),
        ] {
            assert_eq!(text(&adapted(painted, Style::new(), console)).trim_end(), shown);
        }
    }

    #[test]
    fn a_chart_has_no_question_marks_without_utf_8() {
        let theme = Theme::new(true).with(Signs::Ascii);
        let blocks = adapted("▁▂▃▄▅▆▇█▏▎▍▌▋▊▉▕▐", theme.bar(Zone::new(2)), theme);
        assert!(!text(&blocks).contains('?'), "{}", text(&blocks));
    }

    #[test]
    fn a_full_block_becomes_a_blank_in_its_colour() {
        let zone = Theme::new(true).field(Zone::new(2));
        let cell = adapted("█", zone, Theme::new(true).with(Signs::Ascii)).content[0].clone();
        assert_eq!((cell.symbol(), Some(cell.bg), Some(cell.fg)), (" ", zone.fg, zone.bg));
        let plain = Theme::new(false).with(Signs::Ascii);
        assert!(adapted("█", Style::new(), plain).content[0].modifier.contains(Modifier::REVERSED));
        // The flash reverses the blank cells instead.
        let lit = adapted("█", plain.flash(), plain);
        assert!(!lit.content[0].modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn cells_without_a_colour_take_the_colours_of_the_page() {
        let theme = Theme::of(Appearance::Light, Palette::Full);
        let buf = adapted("word", theme.strong(), theme);
        for cell in &buf.content {
            assert_eq!((Some(cell.fg), Some(cell.bg)), (theme.ground().fg, theme.ground().bg));
        }
        let plain = adapted("word", Style::new(), Theme::new(false));
        assert!(plain.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    }

    #[test]
    fn rewrites_the_first_sixteen_colours_for_old_terminals() {
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
            assert_eq!(String::from_utf8(with_classic_colours(new.as_bytes())).unwrap(), old);
        }
    }
}
