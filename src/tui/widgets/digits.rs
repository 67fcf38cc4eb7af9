//! Big digits that can be read from two metres: small bitmaps, enlarged and drawn with half blocks.
//!
//! A pixel is one cell wide and half a cell high, which is about square. A text with any other character in it is not
//! drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The height of a glyph, in pixels.
const HEIGHT: u16 = 10;
/// The pixels between two glyphs, before they are enlarged.
const GAP: u16 = 1;

/// The bitmaps. Strokes are two pixels thick: from the treadmill, one pixel is a hairline.
#[rustfmt::skip]
const GLYPHS: [(char, [&str; HEIGHT as usize]); 13] = [
    ('0', [".####.", "######", "##..##", "##..##", "##..##", "##..##", "##..##", "##..##", "######", ".####."]),
    ('1', ["..##..", ".###..", "####..", "..##..", "..##..", "..##..", "..##..", "..##..", "######", "######"]),
    ('2', [".####.", "######", "##..##", "....##", "...###", "..###.", ".###..", "###...", "######", "######"]),
    ('3', [".####.", "######", "##..##", "....##", "..###.", "..####", "....##", "##..##", "######", ".####."]),
    ('4', ["##..##", "##..##", "##..##", "##..##", "######", "######", "....##", "....##", "....##", "....##"]),
    ('5', ["######", "######", "##....", "##....", "#####.", "######", "....##", "##..##", "######", ".####."]),
    ('6', [".####.", "######", "##....", "##....", "#####.", "######", "##..##", "##..##", "######", ".####."]),
    ('7', ["######", "######", "....##", "....##", "...##.", "...##.", "..##..", "..##..", ".##...", ".##..."]),
    ('8', [".####.", "######", "##..##", "##..##", ".####.", "######", "##..##", "##..##", "######", ".####."]),
    ('9', [".####.", "######", "##..##", "##..##", "######", ".#####", "....##", "....##", "######", ".####."]),
    (':', ["..", "..", "##", "##", "..", "..", "##", "##", "..", ".."]),
    ('.', ["..", "..", "..", "..", "..", "..", "..", "..", "##", "##"]),
    ('+', ["......", "......", "..##..", "..##..", "######", "######", "..##..", "..##..", "......", "......"]),
];

/// The enlargement of a text, in halves: strokes are two pixels thick and stay even at a scale of 1½.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitScale {
    /// The width of two pixels, in cells.
    x: u16,
    /// The height of two pixels, in half cells.
    y: u16,
}

/// The smallest scale: each pixel is one cell wide and half a cell high.
const LEAST: u16 = 2;

fn glyph(c: char) -> Option<&'static [&'static str; HEIGHT as usize]> {
    GLYPHS.iter().find(|(g, _)| *g == c).map(|(_, rows)| rows)
}

/// The columns a text takes with `x` cells to two pixels; `None` if a glyph is missing.
fn columns(text: &str, x: u16) -> Option<u16> {
    let gap = gap(x);
    let mut width: u16 = 0;
    for c in text.chars() {
        let [row, ..] = glyph(c)?;
        width = width.saturating_add(wide(row, x) + gap);
    }
    width.checked_sub(gap)
}

/// The columns a glyph takes, given one of its rows.
fn wide(row: &str, x: u16) -> u16 {
    (row.len() as u16 * x).div_ceil(2)
}

/// The columns between two glyphs.
fn gap(x: u16) -> u16 {
    (GAP * x).div_ceil(2)
}

/// The rows a text takes with `y` half cells to two pixels.
fn high(y: u16) -> u16 {
    (HEIGHT * y).div_ceil(4)
}

/// The largest scale at which a text fits into `width` by `height` cells.
///
/// If there is height to spare, the digits grow up to half as tall again. That is easier to read from afar than the
/// same digits in the middle of an empty field; any taller, and they look like bars.
pub fn largest(text: &str, width: u16, height: u16) -> Option<DigitScale> {
    let least = columns(text, LEAST)?;
    let fits = |x: &u16| columns(text, *x).is_some_and(|w| w <= width);
    // Rounding up never makes the text wider than `x / LEAST` times the least width.
    let x = (LEAST..=(width / least.max(1) + 1) * LEAST).rev().find(fits)?;
    let y = height.saturating_mul(4) / HEIGHT;
    let even = x.min(y);
    (even >= LEAST).then_some(DigitScale { x: even, y: y.min(even * 3 / 2) })
}

/// The columns and rows a text takes at a scale.
pub fn size(text: &str, scale: DigitScale) -> (u16, u16) {
    (columns(text, scale.x).unwrap_or(0), high(scale.y))
}

/// Draws a text from the top left corner of `area`, and cuts off what does not fit.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: DigitScale, style: Style) {
    // A cell shows the pixel at its middle.
    let pixel = |cell: u16, scale: u16| usize::from((2 * cell + 1) / scale);
    let mut left = area.x;
    for c in text.chars() {
        let Some(rows) = glyph(c) else { return };
        let width = wide(rows[0], scale.x);
        for y in 0..high(scale.y).min(area.height) {
            for x in 0..width {
                let inked = |half: u16| {
                    let row = rows.get(pixel(y * 2 + half, scale.y));
                    row.and_then(|r| r.as_bytes().get(pixel(x, scale.x))) == Some(&b'#')
                };
                let at = Position { x: left.saturating_add(x), y: area.y + y };
                if at.x < area.right() {
                    draw_pixels(buf, at, PixelPair { upper: inked(0), lower: inked(1) }, style);
                }
            }
        }
        left = left.saturating_add(width + gap(scale.x));
    }
}

/// The two pixels of a cell; true is ink.
pub struct PixelPair {
    /// The upper half.
    pub upper: bool,
    /// The lower half.
    pub lower: bool,
}

/// Draws the two pixels of a cell.
pub fn draw_pixels(buf: &mut Buffer, at: Position, pixels: PixelPair, style: Style) {
    let symbol = match (pixels.upper, pixels.lower) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => return,
    };
    if let Some(cell) = buf.cell_mut(at) {
        cell.set_char(symbol).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_of_a_glyph_have_the_same_width() {
        for (c, rows) in GLYPHS {
            assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{c}");
        }
    }

    #[test]
    fn all_digits_have_the_same_width_so_a_countdown_does_not_wobble() {
        for c in "0123456789".chars() {
            assert_eq!(glyph(c).unwrap()[0].len(), 6, "{c}");
        }
    }

    #[test]
    fn the_largest_scale_fits_and_the_next_one_does_not() {
        for (width, height) in [(40, 5), (60, 10), (100, 15), (160, 30), (300, 90), (23, 5)] {
            let scale = largest("4:59", width, height).unwrap();
            let (w, h) = size("4:59", scale);
            assert!(w <= width && h <= height, "{width}x{height}");
            let more = DigitScale { x: scale.x + 1, y: scale.y + 1 };
            let (w, h) = size("4:59", more);
            assert!(w > width || h > height, "{width}x{height}");
        }
    }

    #[test]
    fn all_strokes_are_equally_thick_at_one_and_a_half() {
        let scale = DigitScale { x: 3, y: 3 };
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 8));
        let area = buf.area;
        draw(&mut buf, area, "0", scale, Style::new());
        let across: String = (0..9).map(|x| buf[(x, 3)].symbol()).collect();
        assert_eq!(across, "███   ███");
        assert_eq!(size("0", scale), (9, 8));
    }

    #[test]
    fn a_text_that_fits_at_no_scale_has_none() {
        assert_eq!(largest("4:59", 22, 50), None);
        assert_eq!(largest("4:59", 80, 4), None);
        assert_eq!(largest("soon", 200, 50), None);
        assert_eq!(largest("", 200, 50), None);
    }
}
