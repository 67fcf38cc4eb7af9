//! Large numbers that can be read from two metres.
//!
//! A text with any other character in it than figures and the signs of a number is not drawn.

use super::typeface::{FaceSize, Typeface};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The characters of numbers, times and inclines.
const CHARACTERS: &str = "0123456789:.,+-−–/%°×≈′″▲▼ ";
/// The fewest rows. With fewer, three strokes of an 8 cannot be told apart.
const LEAST_ROWS: u16 = 4;

/// The fewest pixels for a figure: two strokes of two pixels, three between them, and one on each side.
const LEAST_FIGURE: u16 = 9;

/// The size of a large number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitScale {
    /// The rows of cells.
    rows: u16,
    /// The pixels from one figure to the next.
    figure: u16,
}

impl DigitScale {
    /// The size of the typeface: a row of pixels stays empty above the figures and one below.
    fn face(self) -> FaceSize {
        FaceSize { capital: capital(self.rows), figure: self.figure }
    }
}

fn capital(rows: u16) -> u16 {
    rows.saturating_mul(2).saturating_sub(2)
}

/// The columns a text takes; `None` if a character is missing.
fn columns(text: &str, scale: DigitScale) -> Option<u16> {
    if !text.chars().all(|c| CHARACTERS.contains(c)) {
        return None;
    }
    Some(Typeface::shared().width(text, scale.face())?.div_ceil(2))
}

/// The largest scale at which a text fits into `width` by `height` cells.
///
/// Height counts first: it is what the eye reads from afar. The figures are set up to a quarter narrower than they
/// are drawn to be as high as the room allows, or two fifths in a time with hours, and up to a third wider to fill it.
pub fn largest(text: &str, width: u16, height: u16) -> Option<DigitScale> {
    columns(text, DigitScale { rows: LEAST_ROWS, figure: LEAST_ROWS })?;
    let is_long = text.chars().count() > 5;
    (LEAST_ROWS..=height).rev().find_map(|rows| {
        let natural = FaceSize::natural(capital(rows)).figure;
        let narrowest = if is_long { natural * 3 / 5 } else { natural * 3 / 4 }.max(LEAST_FIGURE);
        let fits =
            |figure: &u16| columns(text, DigitScale { rows, figure: *figure }).is_some_and(|w| w <= width);
        let figure = (narrowest..=natural * 27 / 20).rev().find(fits)?;
        Some(DigitScale { rows, figure })
    })
}

/// The columns and rows a text takes at a scale.
pub fn size(text: &str, scale: DigitScale) -> (u16, u16) {
    (columns(text, scale).unwrap_or(0), scale.rows)
}

/// Draws a text from the top left corner of `area`, and cuts off what does not fit.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, scale: DigitScale, style: Style) {
    if let Some(canvas) = Typeface::shared().canvas(text, scale.face(), 1) {
        canvas.draw(buf, area, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_digits_have_the_same_width_so_a_countdown_does_not_wobble() {
        for rows in LEAST_ROWS..40 {
            let natural = FaceSize::natural(capital(rows)).figure;
            for figure in natural * 4 / 5..=natural * 27 / 20 {
                let scale = DigitScale { rows, figure };
                let mut typeface = Typeface::shared();
                let widths = "0123456789".chars().map(|c| typeface.advance(c, scale.face()));
                assert!(widths.into_iter().all(|w| w == Some(figure)), "{scale:?}");
            }
        }
    }

    #[test]
    fn the_largest_scale_fits_and_the_next_one_does_not() {
        for (width, height) in [(40, 5), (60, 10), (100, 15), (160, 30), (300, 90), (23, 5), (20, 4)] {
            let scale = largest("4:59", width, height).unwrap();
            let (w, h) = size("4:59", scale);
            assert!(w <= width && h <= height, "{width}x{height}");
            let natural = FaceSize::natural(capital(h)).figure;
            let more = DigitScale { figure: scale.figure + 1, ..scale };
            let (w, h) = size("4:59", more);
            assert!(w > width || h == height && more.figure > natural * 27 / 20, "{width}x{height}");
        }
    }

    #[test]
    fn a_text_that_fits_at_no_scale_has_none() {
        assert_eq!(largest("4:59", 12, 50), None);
        assert_eq!(largest("4:59", 80, 3), None);
        assert_eq!(largest("soon", 200, 50), None);
        assert_eq!(largest("", 200, 50), None);
    }
}
