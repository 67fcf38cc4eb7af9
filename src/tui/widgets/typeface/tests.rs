//! The pictures of large text, as they look from afar.

use super::{FaceSize, Typeface};
use crate::tui::widgets::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::sync::Arc;

const QUARTERS: &str = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█";

/// Returns, for each pixel of a row from the top, true if it is inked: two to a cell in both directions.
fn pixels(buf: &Buffer) -> Vec<Vec<bool>> {
    let mut rows = vec![vec![false; usize::from(buf.area.width) * 2]; usize::from(buf.area.height) * 2];
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            let sum = QUARTERS.chars().position(|c| buf[(x, y)].symbol() == c.to_string()).unwrap();
            for quarter in 0..4 {
                let (right, down) = (quarter % 2, quarter / 2);
                rows[usize::from(y) * 2 + down][usize::from(x) * 2 + right] = sum & (1 << quarter) > 0;
            }
        }
    }
    rows
}

/// Blurs a picture by half the height of a cell, in all directions: 1-2-1 upwards, where a pixel is half a cell, and the
/// same distances across, where it is a quarter.
fn blurred(rows: &[Vec<bool>]) -> Vec<Vec<f64>> {
    let ink = |x: usize, y: usize| f64::from(u8::from(rows.get(y).and_then(|row| row.get(x)) == Some(&true)));
    let width = rows.first().map_or(0, Vec::len);
    let across = [1.0, 1.0, 2.0, 2.0, 1.0, 1.0].into_iter().zip([-2, -1, 0, 1, 2, 3]);
    let row = |x: usize, y: usize| -> f64 {
        across.clone().map(|(weight, dx)| weight * ink(x.wrapping_add_signed(dx), y)).sum()
    };
    let mean = |x, y: usize| (row(x, y.wrapping_sub(1)) + 2.0 * row(x, y) + row(x, y + 1)) / 32.0;
    (0..rows.len()).map(|y| (0..width).map(|x| mean(x, y)).collect()).collect()
}

/// Returns the greatest difference between two blurred pictures, as a share of the contrast between ink and paper.
fn difference(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Draws a number as large as a field allows.
fn number(text: &str, field: Rect) -> Option<Buffer> {
    let scale = digits::largest(text, field.width, field.height)?;
    let mut buf = Buffer::empty(field);
    digits::draw(&mut buf, field, text, scale, Style::new());
    Some(buf)
}

/// Draws a word in letters of this many times three rows.
fn word(text: &str, scale: u16) -> Buffer {
    let (width, height) = letters::size(text, scale).unwrap();
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let area = buf.area;
    letters::draw(&mut buf, area, text, scale, Style::new());
    buf
}

/// Fields for one figure of many heights, each as narrow as can be, as drawn, and as wide as can be.
fn fields() -> impl Iterator<Item = Rect> {
    [4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24].into_iter().flat_map(|height| {
        let narrowest = (4..200).find(|width| digits::largest("8", *width, height).is_some()).unwrap();
        [narrowest, narrowest * 4 / 3, height * 3].map(move |width| Rect::new(0, 0, width, height))
    })
}

#[test]
fn every_pair_of_figures_is_told_apart_from_afar_at_every_size() {
    for field in fields() {
        let pictures: Vec<_> =
            "0123456789".chars().map(|c| blurred(&pixels(&number(&c.to_string(), field).unwrap()))).collect();
        for (n, a) in pictures.iter().enumerate() {
            for (m, b) in pictures.iter().enumerate().skip(n + 1) {
                assert!(difference(a, b) >= 0.2, "{n} and {m} in {field:?}");
            }
        }
    }
}

#[test]
fn every_pair_of_figures_in_a_line_of_words_is_told_apart_from_afar() {
    for scale in 1..=5 {
        let picture = |c: char| blurred(&pixels(&word(&format!("8{c}8"), scale)));
        for (n, a) in ('0'..='9').enumerate() {
            for b in ('0'..='9').skip(n + 1).filter(|b| a != '1' && *b != '1') {
                assert!(difference(&picture(a), &picture(b)) >= 0.2, "{a} and {b} at {scale}");
            }
        }
    }
}

#[test]
fn up_and_down_are_told_apart_from_afar() {
    for scale in 1..=5 {
        let picture = |text| blurred(&pixels(&word(text, scale)));
        assert!(difference(&picture("▲"), &picture("▼")) >= 0.2, "at {scale}");
    }
}

#[test]
fn large_text_leaves_an_empty_row_of_pixels_above_and_never_touches_the_next_line() {
    let is_empty = |row: &Vec<bool>| !row.contains(&true);
    for field in fields() {
        let rows = pixels(&number("8", field).unwrap());
        assert!(is_empty(&rows[0]) && is_empty(rows.last().unwrap()), "{field:?}");
        assert!(rows.iter().all(|row| !row[0]), "{field:?}");
    }
    for scale in 1..=8 {
        let rows = pixels(&word("▲QUICK, 8/9% JUMPS (A)▼", scale));
        assert!(is_empty(&rows[0]), "{scale}");
        // Five rows of pixels are the fewest for letters, so that those of three rows of cells end with the last.
        assert!(scale == 1 || is_empty(rows.last().unwrap()), "{scale}");
    }
}

#[test]
fn upright_strokes_of_all_figures_are_equally_thick() {
    for field in fields() {
        // The strokes of the 0 in the middle row, and the foot of the 4, the 1 and the 7.
        let middle = |c: &str, part: usize| -> Vec<usize> {
            let rows = pixels(&number(c, field).unwrap());
            let inked: Vec<_> = rows.iter().filter(|row| row.contains(&true)).collect();
            let row = inked[(inked.len() - 1) * part / 10];
            let runs = row.split(|ink| !ink).map(<[bool]>::len).filter(|length| *length > 0);
            runs.collect()
        };
        let zero = middle("0", 5);
        assert!(zero.len() == 2 && zero[0].abs_diff(zero[1]) <= 1, "{zero:?} in {field:?}");
        for (c, part) in [("4", 10), ("1", 5), ("7", 10)] {
            // In the font, the foot of a 4 is an eighth thinner.
            let (strokes, most) = (middle(c, part), (zero[0] / 3).max(1));
            let even = strokes.iter().all(|stroke| stroke.abs_diff(zero[0]) <= most);
            assert!(even, "{c}: {strokes:?} and {zero:?} in {field:?}");
        }
    }
}

#[test]
fn a_glyph_is_rasterised_once_for_each_size() {
    let mut typeface = Typeface::default();
    let (small, large) = (FaceSize::natural(10), FaceSize::natural(30));
    let first = typeface.bitmap('8', small).unwrap();
    typeface.canvas("18:08", large, 1).unwrap();
    typeface.canvas("18:08", small, 1).unwrap();
    assert!(Arc::ptr_eq(&first, &typeface.bitmap('8', small).unwrap()));
    assert_eq!(typeface.bitmaps.len(), 2 * 4, "four characters in two sizes");
}
