//! Pixels that are shown as quarters of cells.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The characters for the quarters of a cell, by the sum of 1 for the upper left, 2 for the upper right, 4 for the lower
/// left and 8 for the lower right.
const QUARTERS: [char; 16] = [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];

/// A picture whose pixels are quarters of cells: half as wide as high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PixelCanvas {
    width: u16,
    height: u16,
    pixels: Vec<bool>,
}

impl PixelCanvas {
    /// Returns an empty picture of a size in pixels.
    pub fn new(width: u16, height: u16) -> Self {
        PixelCanvas { width, height, pixels: vec![false; usize::from(width) * usize::from(height)] }
    }

    /// Inks a pixel. Nothing happens outside of the picture.
    pub fn ink(&mut self, x: u16, y: u16) {
        if x < self.width
            && let Some(pixel) =
                self.pixels.get_mut(usize::from(y) * usize::from(self.width) + usize::from(x))
        {
            *pixel = true;
        }
    }

    /// Returns true if a pixel is inked.
    pub fn is_inked(&self, x: u16, y: u16) -> bool {
        let at = usize::from(y) * usize::from(self.width) + usize::from(x);
        x < self.width && self.pixels.get(at) == Some(&true)
    }

    /// Draws the picture from the top left corner of `area`, and cuts off what does not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, style: Style) {
        for y in 0..self.height.div_ceil(2).min(area.height) {
            for x in 0..self.width.div_ceil(2).min(area.width) {
                let at = Position { x: area.x + x, y: area.y + y };
                let (symbol, cell) = (self.symbol(x, y), buf.cell_mut(at));
                if let (true, Some(cell)) = (symbol != ' ', cell) {
                    cell.set_char(symbol).set_style(style);
                }
            }
        }
    }

    /// Returns the character that shows a cell.
    fn symbol(&self, x: u16, y: u16) -> char {
        let quarters = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let inked = quarters.map(|(right, down)| self.is_inked(x * 2 + right, y * 2 + down));
        let sum: usize =
            inked.into_iter().zip([1, 2, 4, 8]).filter(|(inked, _)| *inked).map(|(_, n)| n).sum();
        QUARTERS.get(sum).copied().unwrap_or(' ')
    }
}
