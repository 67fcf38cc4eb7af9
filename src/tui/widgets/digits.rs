//! Big digits, read from two metres: small bitmaps, enlarged and drawn with half blocks.
//!
//! A pixel is one cell wide and half a cell high, which is about square. A text with anything but its glyphs in
//! it is not drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Pixels from top to bottom.
const HEIGHT: u16 = 10;
/// Pixels between two glyphs, before they are enlarged.
const GAP: u16 = 1;

/// Strokes are two pixels thick: one pixel is a hairline from where the runner is.
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

/// How much a text is enlarged: strokes are two pixels thick, so that half of a whole number leaves them even.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitScale {
    /// Cells in the width of two pixels.
    x: u16,
    /// Half cells in the height of two.
    y: u16,
}

/// The smallest scale, a cell wide and half a cell high for each pixel.
const LEAST: u16 = 2;

fn glyph(c: char) -> Option<&'static [&'static str; HEIGHT as usize]> {
    GLYPHS.iter().find(|(g, _)| *g == c).map(|(_, rows)| rows)
}

/// The columns that a text takes with so many cells to two pixels; nothing where a glyph is missing.
fn columns(text: &str, x: u16) -> Option<u16> {
    let gap = gap(x);
    let mut width: u16 = 0;
    for c in text.chars() {
        let [row, ..] = glyph(c)?;
        width = width.saturating_add(wide(row, x) + gap);
    }
    width.checked_sub(gap)
}

/// The columns of a glyph, by one of its rows.
fn wide(row: &str, x: u16) -> u16 {
    (row.len() as u16 * x).div_ceil(2)
}

/// The columns between two.
fn gap(x: u16) -> u16 {
    (GAP * x).div_ceil(2)
}

/// The rows of a text with so many half cells to two pixels.
fn high(y: u16) -> u16 {
    (HEIGHT * y).div_ceil(4)
}

/// The largest scale at which a text fits a field of this many cells.
///
/// Where there is height to spare the digits grow up to half as tall again: that is easier to read from afar
/// than the same digits amid an empty field, and further than that they look like bars.
pub fn largest(text: &str, width: u16, height: u16) -> Option<DigitScale> {
    let least = columns(text, LEAST)?;
    let fits = |x: &u16| columns(text, *x).is_some_and(|w| w <= width);
    // Rounding up can only make it less than in proportion.
    let x = (LEAST..=(width / least.max(1) + 1) * LEAST).rev().find(fits)?;
    let y = height.saturating_mul(4) / HEIGHT;
    let even = x.min(y);
    (even >= LEAST).then_some(DigitScale { x: even, y: y.min(even * 3 / 2) })
}

/// The cells that a text takes at a scale: columns and rows.
pub fn size(text: &str, scale: DigitScale) -> (u16, u16) {
    (columns(text, scale.x).unwrap_or(0), high(scale.y))
}

/// Draws a text with its upper left corner in that of `area`; what does not fit is cut off.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: DigitScale, style: Style) {
    // The middle of a cell says which pixel it shows.
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
                let at = (left.saturating_add(x), area.y + y);
                if at.0 < area.right() {
                    block(buf, at, (inked(0), inked(1)), style);
                }
            }
        }
        left = left.saturating_add(width + gap(scale.x));
    }
}

/// Draws one cell of two pixels, upper and lower.
pub(crate) fn block(buf: &mut Buffer, at: (u16, u16), inked: (bool, bool), style: Style) {
    let symbol = match inked {
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
    fn every_row_of_a_glyph_is_as_wide_as_its_first() {
        for (c, rows) in GLYPHS {
            assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{c}");
        }
    }

    #[test]
    fn digits_are_all_as_wide_so_that_a_countdown_does_not_wobble() {
        for c in "0123456789".chars() {
            assert_eq!(glyph(c).unwrap()[0].len(), 6, "{c}");
        }
    }

    #[test]
    fn the_largest_scale_fits_and_the_next_does_not() {
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
    fn strokes_are_as_thick_at_half_a_scale() {
        let scale = DigitScale { x: 3, y: 3 };
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 8));
        let area = buf.area;
        draw(&mut buf, area, "0", scale, Style::new());
        let across: String = (0..9).map(|x| buf[(x, 3)].symbol()).collect();
        assert_eq!(across, "███   ███");
        assert_eq!(size("0", scale), (9, 8));
    }

    #[test]
    fn what_does_not_fit_at_all_has_no_scale() {
        assert_eq!(largest("4:59", 22, 50), None);
        assert_eq!(largest("4:59", 80, 4), None);
        assert_eq!(largest("soon", 200, 50), None);
        assert_eq!(largest("", 200, 50), None);
    }
}
