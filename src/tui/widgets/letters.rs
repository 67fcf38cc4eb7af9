//! Large words that can be read from two metres, in capitals.
//!
//! Three rows of cells are too few for the typeface: five pixels do not hold the three bars of an E and the curves of an
//! S. So words of three rows have letters of their own, made by hand. A text with a letter that they lack is not drawn;
//! the caller writes it in ordinary letters.

use super::typeface::{FaceSize, PixelCanvas, Typeface};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rows of cells at the smallest scale.
const LEAST_ROWS: u16 = 3;
/// The rows of pixels in a letter made by hand.
const ROWS: usize = 5;
/// The pixels between two of these letters.
const SMALL_GAP: u16 = 2;

/// The letters made by hand, in pixels half as wide as high. Their strokes are two pixels wide and one high.
#[rustfmt::skip]
const GLYPHS: &[(char, [&str; ROWS])] = &[
    ('A', [".#####.", "##...##", "#######", "##...##", "##...##"]),
    ('B', ["######.", "##...##", "######.", "##...##", "######."]),
    ('C', [".######", "##.....", "##.....", "##.....", ".######"]),
    ('D', ["######.", "##...##", "##...##", "##...##", "######."]),
    ('E', ["#######", "##.....", "#####..", "##.....", "#######"]),
    ('F', ["#######", "##.....", "#####..", "##.....", "##....."]),
    ('G', [".######", "##.....", "##..###", "##...##", ".######"]),
    ('H', ["##...##", "##...##", "#######", "##...##", "##...##"]),
    ('I', ["##", "##", "##", "##", "##"]),
    ('J', ["....###", ".....##", ".....##", "##...##", ".#####."]),
    ('K', ["##...##", "##.##..", "####...", "##.##..", "##...##"]),
    ('L', ["##....", "##....", "##....", "##....", "######"]),
    ('M', ["###...###", "####.####", "##.###.##", "##..#..##", "##.....##"]),
    ('N', ["###...##", "####..##", "##.##.##", "##..####", "##...###"]),
    ('O', [".#####.", "##...##", "##...##", "##...##", ".#####."]),
    ('P', ["######.", "##...##", "######.", "##.....", "##....."]),
    ('Q', [".#####.", "##...##", "##...##", "##..##.", ".###.##"]),
    ('R', ["######.", "##...##", "######.", "##.##..", "##...##"]),
    ('S', [".######", "##.....", ".#####.", ".....##", "######."]),
    ('T', ["########", "...##...", "...##...", "...##...", "...##..."]),
    ('U', ["##...##", "##...##", "##...##", "##...##", ".#####."]),
    ('V', ["##....##", "##....##", ".##..##.", "..####..", "...##..."]),
    ('W', ["##.....##", "##..#..##", "##.###.##", "####.####", ".##...##."]),
    ('X', ["##....##", ".##..##.", "...##...", ".##..##.", "##....##"]),
    ('Y', ["##....##", ".##..##.", "..####..", "...##...", "...##..."]),
    ('Z', ["#######", "....##.", "..##...", ".##....", "#######"]),
    ('0', [".#####.", "##...##", "##...##", "##...##", ".#####."]),
    ('1', ["..##..", "####..", "..##..", "..##..", "######"]),
    ('2', [".#####.", ".....##", "..####.", "###....", "#######"]),
    ('3', [".#####.", "....###", "..####.", "....###", "######."]),
    ('4', ["##.....", "##.....", "##..##.", "#######", "....##."]),
    ('5', ["######.", "##.....", "######.", "...####", "#####.."]),
    ('6', ["...###.", ".##....", "######.", "##..###", ".#####."]),
    ('7', ["#######", "....###", "...##..", "..##...", "..##..."]),
    ('8', [".#####.", "##...##", "#######", "##...##", ".#####."]),
    ('9', [".#####.", "##...##", ".######", "....###", ".####.."]),
    (':', ["..", "##", "..", "##", ".."]),
    ('.', ["..", "..", "..", "..", "##"]),
    (',', ["...", "...", "...", ".##", "##."]),
    ('-', ["....", "....", "####", "....", "...."]),
    ('–', [".....", ".....", "#####", ".....", "....."]),
    ('−', ["......", "......", "######", "......", "......"]),
    ('+', ["......", "..##..", "######", "..##..", "......"]),
    ('/', [".....##", "....##.", "...##..", "..##...", ".##...."]),
    ('%', ["##....##", "##...##.", "...##...", ".##...##", "##....##"]),
    ('→', ["....##...", "......##.", "#########", "......##.", "....##..."]),
    ('▲', ["....##....", "...####...", "..######..", ".########.", "##########"]),
    ('▼', ["##########", ".########.", "..######..", "...####...", "....##...."]),
    ('♥', [".###...###.", "###########", ".#########.", "...#####...", ".....#....."]),
    ('=', ["......", "######", "......", "######", "......"]),
    ('·', ["..", "..", "##", "..", ".."]),
    ('≈', ["......", ".##..#", "##.##.", ".##..#", "##.##."]),
    ('×', ["......", "##..##", "..##..", "##..##", "......"]),
    ('°', [".##.", "#..#", ".##.", "....", "...."]),
    ('′', ["##", "##", "..", "..", ".."]),
    ('″', ["##.##", "##.##", ".....", ".....", "....."]),
    ('\'', ["##", "##", "..", "..", ".."]),
    ('!', ["##", "##", "##", "..", "##"]),
    ('?', ["######.", ".....##", "..####.", ".......", "..##..."]),
    ('(', [".##", "##.", "##.", "##.", ".##"]),
    (')', ["##.", ".##", ".##", ".##", "##."]),
    ('&', [".###...", "##.##..", ".###.##", "##.###.", ".###.##"]),
    (' ', ["..", "..", "..", "..", ".."]),
];

fn glyph(c: char) -> Option<&'static [&'static str; ROWS]> {
    let c = c.to_ascii_uppercase();
    GLYPHS.iter().find(|(g, _)| *g == c).map(|(_, rows)| rows)
}

/// The size of the typeface at a scale: a row of pixels stays empty above the letters and one below. The letters are set a
/// little narrower than they are drawn, for longer words.
fn face(scale: u16) -> FaceSize {
    let natural = FaceSize::natural((LEAST_ROWS * scale).saturating_mul(2).saturating_sub(2));
    FaceSize { figure: natural.figure * 4 / 5, ..natural }
}

/// The pixels that a text takes in the letters made by hand.
fn small_width(text: &str) -> Option<u16> {
    let widths = text.chars().map(|c| glyph(c).map(|[row, ..]| row.len() as u16 + SMALL_GAP));
    widths.reduce(|a, b| Some(a?.saturating_add(b?)))?.map(|width| width - SMALL_GAP)
}

/// The columns and rows a text takes, enlarged `scale` times; `None` if a letter has no bitmap.
pub fn size(text: &str, scale: u16) -> Option<(u16, u16)> {
    let small = small_width(text)?;
    let width = match scale {
        ..=1 => small,
        _ => Typeface::shared().width(&text.to_ascii_uppercase(), face(scale))?,
    };
    Some((width.div_ceil(2), LEAST_ROWS * scale))
}

/// The largest scale at which a text fits into `width` by `height` cells, if there is one.
pub fn largest(text: &str, width: u16, height: u16) -> Option<u16> {
    let fits = |scale: &u16| size(text, *scale).is_some_and(|(w, _)| w <= width);
    (1..=height / LEAST_ROWS).rev().find(fits)
}

/// Draws a text from the top left corner of `area`, and cuts off what does not fit.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: u16, style: Style) {
    let canvas = match scale {
        ..=1 => small_canvas(text, 1),
        _ => Typeface::shared().canvas(&text.to_ascii_uppercase(), face(scale), 1),
    };
    if let Some(canvas) = canvas {
        canvas.draw(buf, area, style);
    }
}

/// Draws a text as [`draw`] does. At the smallest scale, the empty row of pixels is below the letters instead of above
/// them: for a line with ordinary text right below it.
pub fn draw_raised(buf: &mut Buffer, area: Rect, text: &str, scale: u16, style: Style) {
    match small_canvas(text, 0).filter(|_| scale <= 1) {
        Some(canvas) => canvas.draw(buf, area, style),
        None => draw(buf, area, text, scale, style),
    }
}

/// Draws a text in the letters made by hand, with some empty rows of pixels above them.
fn small_canvas(text: &str, above: u16) -> Option<PixelCanvas> {
    let mut canvas = PixelCanvas::new(small_width(text)?, 2 * LEAST_ROWS);
    let mut left = 0;
    for c in text.chars() {
        let rows = glyph(c)?;
        for (row, y) in rows.iter().zip(above..) {
            for (_, x) in row.bytes().zip(left..).filter(|(pixel, _)| *pixel == b'#') {
                canvas.ink(x, y);
            }
        }
        left += rows[0].len() as u16 + SMALL_GAP;
    }
    Some(canvas)
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
                let known = matches!((a, b), ('O', '0') | ('′', '\''));
                assert!(!same || known, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_text_with_an_unknown_letter_has_no_size() {
        assert_eq!(size("paused", 1), Some((26, 3)));
        assert_eq!(largest("跑步", 100, 100), None);
        assert_eq!(largest("paused", 25, 3), None);
        assert_eq!(largest("paused", 60, 6), Some(2));
    }
}
