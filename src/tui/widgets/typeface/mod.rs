//! The typeface of large text: B612, drawn for the displays of cockpits.
//!
//! A character is rasterised once for each size and kept. [`PixelCanvas`] shows pixels as quarters of cells.

mod canvas;
mod outline;
mod raster;
#[cfg(test)]
mod tests;

pub use canvas::PixelCanvas;
pub use raster::{FaceSize, GlyphBitmap};

use outline::GlyphOutline;
use raster::{GlyphWidths, rasterise};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

/// The glyphs that this run of the program has used.
static TYPEFACE: LazyLock<Mutex<Typeface>> = LazyLock::new(Mutex::default);

/// The outlines and bitmaps that have been needed so far.
#[derive(Debug, Default)]
pub struct Typeface {
    outlines: HashMap<char, Option<GlyphOutline>>,
    bitmaps: HashMap<(char, FaceSize), Arc<GlyphBitmap>>,
}

impl Typeface {
    /// Returns the typeface that the whole program shares.
    pub fn shared() -> MutexGuard<'static, Typeface> {
        TYPEFACE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the pixels from a character to the next; `None` if the font lacks it.
    pub fn advance(&mut self, c: char, size: FaceSize) -> Option<u16> {
        self.outline(c).map(|outline| GlyphWidths::of(outline, size).advance)
    }

    /// Returns the pixels that a text takes from left to right; `None` if it is empty, or the font lacks a character.
    pub fn width(&mut self, text: &str, size: FaceSize) -> Option<u16> {
        let widths = text.chars().map(|c| self.advance(c, size));
        widths.reduce(|a, b| Some(a?.saturating_add(b?)))?
    }

    /// Returns the bitmap of a character; `None` if the font lacks it.
    pub fn bitmap(&mut self, c: char, size: FaceSize) -> Option<Arc<GlyphBitmap>> {
        if let Some(bitmap) = self.bitmaps.get(&(c, size)) {
            return Some(Arc::clone(bitmap));
        }
        let bitmap = Arc::new(rasterise(self.outline(c)?, size));
        self.bitmaps.insert((c, size), Arc::clone(&bitmap));
        Some(bitmap)
    }

    /// Draws a text into pixels, with `above` empty rows over it and one below.
    pub fn canvas(&mut self, text: &str, size: FaceSize, above: u16) -> Option<PixelCanvas> {
        let mut canvas = PixelCanvas::new(self.width(text, size)?, above + size.capital + 1);
        let mut left = 0;
        for c in text.chars() {
            let bitmap = self.bitmap(c, size)?;
            for (row, y) in bitmap.rows.iter().zip(above..) {
                for (_, x) in row.iter().zip(left + bitmap.left..).filter(|(inked, _)| **inked) {
                    canvas.ink(x, y);
                }
            }
            left += bitmap.advance;
        }
        Some(canvas)
    }

    fn outline(&mut self, c: char) -> Option<&GlyphOutline> {
        self.outlines.entry(c).or_insert_with(|| GlyphOutline::of(c)).as_ref()
    }
}
