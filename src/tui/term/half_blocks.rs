//! Large type and charts for terminals whose only block elements are halves of cells, such as the Linux console.
//!
//! Quarters of cells are rounded to halves in whole strokes, not cell by cell, so that equal strokes stay equally thick and
//! the gaps between them stay open.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The pixels of a cell: the left and the right half of the upper row, and of the lower row.
type CellPixels = [[bool; 2]; 2];

/// Replaces the characters that the terminal lacks. `other` names the form of those that are no block elements.
pub fn replace(buf: &mut Buffer, other: impl Fn(char) -> char) {
    let columns = usize::from(buf.area.width).max(1);
    for row in buf.content.chunks_mut(columns) {
        row.iter_mut().for_each(round_eighths);
        round_quarters(row);
        for cell in row {
            let symbol = cell.symbol();
            if let Some(c) = symbol.chars().next().filter(|c| !c.is_ascii()) {
                let form = other(c);
                if form != c {
                    cell.set_char(form);
                }
            }
        }
    }
}

/// Rounds the blocks of charts to halves.
fn round_eighths(cell: &mut Cell) {
    let rounded = match cell.symbol() {
        "▁" | "▂" => '_',
        "▃" | "▅" => '▄',
        "▆" | "▇" | "▊" | "▉" | "■" => '█',
        "▍" | "▋" => '▌',
        "▎" | "▕" => ' ',
        _ => return,
    };
    cell.set_char(rounded);
}

/// Returns the pixels of a block element; `None` for any other character.
fn pixels(cell: &Cell) -> Option<CellPixels> {
    Some(match cell.symbol() {
        "▘" => [[true, false], [false, false]],
        "▝" => [[false, true], [false, false]],
        "▖" => [[false, false], [true, false]],
        "▗" => [[false, false], [false, true]],
        "▀" => [[true, true], [false, false]],
        "▄" => [[false, false], [true, true]],
        "▌" => [[true, false], [true, false]],
        "▐" => [[false, true], [false, true]],
        "▚" => [[true, false], [false, true]],
        "▞" => [[false, true], [true, false]],
        "▛" => [[true, true], [true, false]],
        "▜" => [[true, true], [false, true]],
        "▙" => [[true, false], [true, true]],
        "▟" => [[false, true], [true, true]],
        "█" => [[true, true], [true, true]],
        _ => return None,
    })
}

/// The colours of a stroke, which end where others begin.
type StrokeLook = (Color, Color, Modifier);

/// Rounds the quarters of a row of cells. A row of charts has no quarters and stays as it is.
fn round_quarters(row: &mut [Cell]) {
    let shapes: Vec<Option<CellPixels>> = row.iter().map(pixels).collect();
    let looks: Vec<StrokeLook> = row.iter().map(|cell| (cell.fg, cell.bg, cell.modifier)).collect();
    let halves = [0, 1].map(|half| {
        let inked: Vec<bool> =
            shapes.iter().flat_map(|shape| shape.map_or([false; 2], |shape| shape[half])).collect();
        rounded(&inked, &looks)
    });
    for (x, cell) in row.iter_mut().enumerate().filter(|(x, _)| shapes[*x].is_some()) {
        cell.set_char(match [halves[0][x], halves[1][x]] {
            [true, true] => '█',
            [true, false] => '▀',
            [false, true] => '▄',
            [false, false] => ' ',
        });
    }
}

/// Returns the cells that the strokes of a row of pixels fill. A stroke never leaves the cells it was in.
fn rounded(inked: &[bool], looks: &[StrokeLook]) -> Vec<bool> {
    let is_inked = |x: usize| inked.get(x) == Some(&true);
    let mut filled = vec![false; looks.len()];
    let mut x = 0;
    while x < inked.len() {
        if !is_inked(x) {
            x += 1;
            continue;
        }
        let start = x;
        let is_same = |x: usize| looks.get(x / 2) == looks.get(start / 2);
        while is_inked(x) && is_same(x) {
            x += 1;
        }
        let (first, last) = (start / 2, (x - 1) / 2);
        let (is_half_first, is_half_last) = (start % 2 == 1, x % 2 == 1);
        // A gap would close if the half cells on both sides of it were filled.
        let is_tight_before = first > 0 && filled[first - 1];
        let is_tight_after = is_inked(x + 1) && !is_inked(x);
        let cells = match (is_half_first, is_half_last) {
            // Both ends are in the middle of a cell: the stroke moves by half a cell.
            (true, true) => first + 1..last + 1,
            (true, false) if is_tight_before && first < last => first + 1..last + 1,
            (false, true) if is_tight_after && first < last => first..last,
            _ => first..last + 1,
        };
        filled.iter_mut().take(cells.end).skip(cells.start).for_each(|cell| *cell = true);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::typeface::{FaceSize, Typeface};
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn rounded_row(text: &str) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, text.chars().count() as u16, 1));
        buf.set_string(0, 0, text, Style::new());
        replace(&mut buf, |c| c);
        buf.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn equal_strokes_stay_equally_thick_wherever_they_lie() {
        assert_eq!(rounded_row(" █ ▐▌ "), " █  █ ");
        assert_eq!(rounded_row("█▌ ▐█"), "██ ██");
    }

    #[test]
    fn a_gap_of_one_pixel_stays_open() {
        assert_eq!(rounded_row("█▌█"), "█ █");
        assert_eq!(rounded_row("█▐█"), "█ █");
    }

    #[test]
    fn a_gap_between_two_halves_stays_open() {
        assert_eq!(rounded_row("█▌▐█"), "██ █");
    }

    #[test]
    fn a_thin_stroke_stays() {
        assert_eq!(rounded_row(" ▘ ▗ "), " ▀ ▄ ");
    }

    #[test]
    fn charts_keep_their_heights_to_half_a_row() {
        assert_eq!(rounded_row("▂▄▆█▁"), "_▄██_");
    }

    #[test]
    fn colours_end_a_stroke() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 2, 1));
        buf.set_string(0, 0, "▐", Style::new().fg(Color::Red));
        buf.set_string(1, 0, "▌", Style::new().fg(Color::Green));
        replace(&mut buf, |c| c);
        assert_eq!(buf.content.iter().map(Cell::symbol).collect::<String>(), "██");
    }

    /// From this height on, the typeface is used.
    #[test]
    fn no_two_digits_look_alike_in_halves() {
        for capital in [9, 12, 15, 20, 27] {
            let size = FaceSize::natural(capital);
            let pictures: Vec<Buffer> = ('0'..='9')
                .map(|digit| {
                    let canvas = Typeface::shared().canvas(&digit.to_string(), size, 1).unwrap();
                    let mut buf =
                        Buffer::empty(Rect::new(0, 0, size.figure.div_ceil(2), capital.div_ceil(2) + 1));
                    canvas.draw(&mut buf, Rect::new(0, 0, 100, 100), Style::new());
                    replace(&mut buf, |c| c);
                    buf
                })
                .collect();
            for (n, a) in pictures.iter().enumerate() {
                for (m, b) in pictures.iter().enumerate().skip(n + 1) {
                    let differ = a.content.iter().zip(&b.content).filter(|(a, b)| a.symbol() != b.symbol());
                    assert!(differ.count() >= 2, "{n} and {m} at {capital}");
                }
            }
        }
    }
}
