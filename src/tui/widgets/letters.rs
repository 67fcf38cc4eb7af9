//! Large words: a capital alphabet of small bitmaps, three rows high, enlarged by whole numbers.
//!
//! For the few words that are to be read from two metres. A text with a letter that is not in it is not drawn:
//! the caller writes it in ordinary letters.

use super::digits::block;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Pixels from top to bottom, with one left empty at the top: words stand one below the other without touching.
const HEIGHT: u16 = 6;
/// Rows of pixels in a bitmap.
const ROWS: usize = 5;

#[rustfmt::skip]
const GLYPHS: &[(char, [&str; ROWS])] = &[
    ('A', [".##.", "#..#", "####", "#..#", "#..#"]),
    ('B', ["###.", "#..#", "###.", "#..#", "###."]),
    ('C', [".###", "#...", "#...", "#...", ".###"]),
    ('D', ["###.", "#..#", "#..#", "#..#", "###."]),
    ('E', ["####", "#...", "###.", "#...", "####"]),
    ('F', ["####", "#...", "###.", "#...", "#..."]),
    ('G', [".###", "#...", "#.##", "#..#", ".###"]),
    ('H', ["#..#", "#..#", "####", "#..#", "#..#"]),
    ('I', ["###", ".#.", ".#.", ".#.", "###"]),
    ('J', ["..##", "...#", "...#", "#..#", ".##."]),
    ('K', ["#..#", "#.#.", "##..", "#.#.", "#..#"]),
    ('L', ["#...", "#...", "#...", "#...", "####"]),
    ('M', ["#...#", "##.##", "#.#.#", "#...#", "#...#"]),
    ('N', ["#..#", "##.#", "#.##", "#..#", "#..#"]),
    ('O', [".##.", "#..#", "#..#", "#..#", ".##."]),
    ('P', ["###.", "#..#", "###.", "#...", "#..."]),
    ('Q', [".##.", "#..#", "#..#", "#.##", ".###"]),
    ('R', ["###.", "#..#", "###.", "#.#.", "#..#"]),
    ('S', [".###", "#...", ".##.", "...#", "###."]),
    ('T', ["#####", "..#..", "..#..", "..#..", "..#.."]),
    ('U', ["#..#", "#..#", "#..#", "#..#", ".##."]),
    ('V', ["#...#", "#...#", ".#.#.", ".#.#.", "..#.."]),
    ('W', ["#...#", "#...#", "#.#.#", "##.##", "#...#"]),
    ('X', ["#...#", ".#.#.", "..#..", ".#.#.", "#...#"]),
    ('Y', ["#...#", ".#.#.", "..#..", "..#..", "..#.."]),
    ('Z', ["#####", "...#.", "..#..", ".#...", "#####"]),
    ('0', [".##.", "#..#", "#..#", "#..#", ".##."]),
    ('1', [".#.", "##.", ".#.", ".#.", "###"]),
    ('2', ["###.", "...#", ".##.", "#...", "####"]),
    ('3', ["###.", "...#", ".##.", "...#", "###."]),
    ('4', ["#..#", "#..#", "####", "...#", "...#"]),
    ('5', ["####", "#...", "###.", "...#", "###."]),
    ('6', [".##.", "#...", "###.", "#..#", ".##."]),
    ('7', ["####", "...#", "..#.", ".#..", ".#.."]),
    ('8', [".##.", "#..#", ".##.", "#..#", ".##."]),
    ('9', [".##.", "#..#", ".###", "...#", ".##."]),
    (':', [".", "#", ".", "#", "."]),
    ('.', [".", ".", ".", ".", "#"]),
    (',', ["..", "..", "..", ".#", "#."]),
    ('-', ["...", "...", "###", "...", "..."]),
    ('–', ["...", "...", "###", "...", "..."]),
    ('+', ["...", ".#.", "###", ".#.", "..."]),
    ('/', ["...#", "..#.", "..#.", ".#..", "#..."]),
    ('%', ["#..#", "..#.", ".##.", ".#..", "#..#"]),
    ('→', ["..#..", "...#.", "#####", "...#.", "..#.."]),
    ('▲', ["..#..", ".###.", ".###.", "#####", "#####"]),
    ('▼', ["#####", "#####", ".###.", ".###.", "..#.."]),
    ('=', ["....", "####", "....", "####", "...."]),
    ('·', [".", ".", "#", ".", "."]),
    ('\'', ["#", "#", ".", ".", "."]),
    ('?', [".##.", "#..#", "..#.", "....", "..#."]),
    (' ', ["..", "..", "..", "..", ".."]),
];

fn glyph(c: char) -> Option<&'static [&'static str; ROWS]> {
    let c = c.to_ascii_uppercase();
    GLYPHS.iter().find(|(g, _)| *g == c).map(|(_, rows)| rows)
}

/// The cells that a text takes, enlarged `scale` times: columns and rows. Nothing where a letter is missing.
pub fn size(text: &str, scale: u16) -> Option<(u16, u16)> {
    let mut width: u16 = 0;
    for c in text.chars() {
        let [row, ..] = glyph(c)?;
        width = width.saturating_add(row.len() as u16 + 1);
    }
    let width = width.checked_sub(1)?.saturating_mul(scale);
    Some((width, (HEIGHT * scale).div_ceil(2)))
}

/// The largest scale at which a text fits a field of this many cells, if any does.
pub fn largest(text: &str, width: u16, height: u16) -> Option<u16> {
    let (w, _) = size(text, 1)?;
    let scale = (width / w).min(height.saturating_mul(2) / HEIGHT);
    (scale > 0).then_some(scale)
}

/// Draws a text with its upper left corner in that of `area`; what does not fit is cut off.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: u16, style: Style) {
    let rows = (HEIGHT * scale).div_ceil(2);
    let mut left = area.x;
    for c in text.chars() {
        let Some(bitmap) = glyph(c) else { return };
        let width = bitmap[0].len() as u16 * scale;
        for y in 0..rows.min(area.height) {
            for x in 0..width {
                let inked = |half: u16| {
                    let row = usize::from((y * 2 + half) / scale).checked_sub(1);
                    let row = row.and_then(|r| bitmap.get(r));
                    row.and_then(|r| r.as_bytes().get(usize::from(x / scale))) == Some(&b'#')
                };
                let at = (left.saturating_add(x), area.y + y);
                if at.0 < area.right() {
                    block(buf, at, (inked(0), inked(1)), style);
                }
            }
        }
        left = left.saturating_add(width + scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_letter_is_as_wide_as_its_first() {
        for (c, rows) in GLYPHS {
            assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{c}");
        }
    }

    #[test]
    fn no_two_letters_look_alike() {
        for (i, (a, rows)) in GLYPHS.iter().enumerate() {
            for (b, others) in &GLYPHS[i + 1..] {
                let same = rows == others;
                // An O is a zero, and a dash a dash: they look alike in most alphabets.
                let known = matches!((a, b), ('O', '0') | ('-', '–'));
                assert!(!same || known, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_text_with_an_unknown_letter_is_not_drawn() {
        assert_eq!(size("paused", 1), Some((29, 3)));
        assert_eq!(largest("跑步", 100, 100), None);
        assert_eq!(largest("paused", 28, 3), None);
        assert_eq!(largest("paused", 60, 6), Some(2));
    }
}
