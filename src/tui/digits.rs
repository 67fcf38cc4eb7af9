//! Big digits, read from two metres: small bitmaps, enlarged by whole numbers and drawn with half blocks.
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

/// How much a text is enlarged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Cells in the width of one pixel.
    x: u16,
    /// Half cells in its height.
    y: u16,
}

fn glyph(c: char) -> Option<&'static [&'static str; HEIGHT as usize]> {
    GLYPHS.iter().find(|(g, _)| *g == c).map(|(_, rows)| rows)
}

/// The width of a text in pixels; nothing where a glyph is missing.
fn pixels(text: &str) -> Option<u16> {
    let mut width: u16 = 0;
    for c in text.chars() {
        let [row, ..] = glyph(c)?;
        width = width.saturating_add(row.len() as u16 + GAP);
    }
    width.checked_sub(GAP)
}

/// The largest scale at which a text fits a field of this many cells.
///
/// Where there is height to spare the digits grow up to half as tall again: that is easier to read from afar
/// than the same digits amid an empty field, and further than that they look like bars.
pub fn largest(text: &str, width: u16, height: u16) -> Option<Scale> {
    let x = width / pixels(text)?;
    let y = height.saturating_mul(2) / HEIGHT;
    let even = x.min(y);
    let taller = (even * 3 / 2).max(even + u16::from(even == 1));
    (even > 0).then_some(Scale { x: even, y: y.min(taller) })
}

/// The cells that a text takes at a scale: columns and rows.
pub fn size(text: &str, scale: Scale) -> (u16, u16) {
    let width = pixels(text).unwrap_or(0);
    (width * scale.x, (HEIGHT * scale.y).div_ceil(2))
}

/// Draws a text with its upper left corner in that of `area`; what does not fit is cut off.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: Scale, style: Style) {
    let mut left = area.x;
    for c in text.chars() {
        let Some(rows) = glyph(c) else { return };
        let width = rows[0].len() as u16 * scale.x;
        let (_, height) = size(text, scale);
        for y in 0..height.min(area.height) {
            for x in 0..width {
                let inked = |half: u16| {
                    let row = rows.get(usize::from((y * 2 + half) / scale.y));
                    row.and_then(|r| r.as_bytes().get(usize::from(x / scale.x))) == Some(&b'#')
                };
                let at = (left.saturating_add(x), area.y + y);
                if at.0 < area.right() {
                    block(buf, at, (inked(0), inked(1)), style);
                }
            }
        }
        left = left.saturating_add(width + GAP * scale.x);
    }
}

/// Draws one cell of two pixels, upper and lower.
pub(super) fn block(buf: &mut Buffer, at: (u16, u16), inked: (bool, bool), style: Style) {
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
            let more = Scale { x: scale.x + 1, y: scale.y + 1 };
            let (w, h) = size("4:59", more);
            assert!(w > width || h > height, "{width}x{height}");
        }
    }

    #[test]
    fn what_does_not_fit_at_all_has_no_scale() {
        assert_eq!(largest("4:59", 22, 50), None);
        assert_eq!(largest("4:59", 80, 4), None);
        assert_eq!(largest("soon", 200, 50), None);
        assert_eq!(largest("", 200, 50), None);
    }
}
