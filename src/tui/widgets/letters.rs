//! Large words that can be read from two metres: capitals as small bitmaps, three rows high, enlarged by whole numbers.
//!
//! A text with a letter that has no bitmap is not drawn; the caller writes it in ordinary letters.

use super::digits::{PixelPair, draw_pixels};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The height of a line in pixels, with one empty at the top so stacked words do not touch.
const HEIGHT: u16 = 6;
/// The rows of pixels in a bitmap.
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

/// The columns and rows a text takes, enlarged `scale` times; `None` if a letter has no bitmap.
pub fn size(text: &str, scale: u16) -> Option<(u16, u16)> {
    let mut width: u16 = 0;
    for c in text.chars() {
        let [row, ..] = glyph(c)?;
        width = width.saturating_add(row.len() as u16 + 1);
    }
    let width = width.checked_sub(1)?.saturating_mul(scale);
    Some((width, (HEIGHT * scale).div_ceil(2)))
}

/// The largest scale at which a text fits into `width` by `height` cells, if there is one.
pub fn largest(text: &str, width: u16, height: u16) -> Option<u16> {
    let (w, _) = size(text, 1)?;
    let scale = (width / w).min(height.saturating_mul(2) / HEIGHT);
    (scale > 0).then_some(scale)
}

/// Draws a text from the top left corner of `area`, and cuts off what does not fit.
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
                let at = Position { x: left.saturating_add(x), y: area.y + y };
                if at.x < area.right() {
                    draw_pixels(buf, at, PixelPair { upper: inked(0), lower: inked(1) }, style);
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
    fn all_rows_of_a_letter_have_the_same_width() {
        for (c, rows) in GLYPHS {
            assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{c}");
        }
    }

    #[test]
    fn no_two_letters_look_alike() {
        for (i, (a, rows)) in GLYPHS.iter().enumerate() {
            for (b, others) in &GLYPHS[i + 1..] {
                let same = rows == others;
                // O and 0 share a shape in most alphabets, and so do the dashes.
                let known = matches!((a, b), ('O', '0') | ('-', '–'));
                assert!(!same || known, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_text_with_an_unknown_letter_has_no_size() {
        assert_eq!(size("paused", 1), Some((29, 3)));
        assert_eq!(largest("跑步", 100, 100), None);
        assert_eq!(largest("paused", 28, 3), None);
        assert_eq!(largest("paused", 60, 6), Some(2));
    }
}
