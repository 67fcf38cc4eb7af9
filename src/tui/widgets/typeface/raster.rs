//! Rasterises an outline on whole pixels, so that all strokes of a text are equally thick.
//!
//! Ordinary rasterisers return shades of grey. Here a pixel is ink or not, and at ten pixels a stroke that is rounded
//! wherever it happens to lie is twice as thick as its neighbour. So level strokes are moved to whole pixels first, and
//! in each row of pixels, upright strokes get their thickness before their place.

use super::outline::{BAR, CAPITAL, FIGURE, GlyphOutline, InkSpan, STEM};

/// The size of a text, in pixels: four to a cell, two beside each other and two above each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaceSize {
    /// The height of a capital or a figure.
    pub capital: u16,
    /// The advance of a figure, which is how wide the text is set.
    pub figure: u16,
}

impl FaceSize {
    /// The size at which the shapes are those of the font, if a cell is twice as high as wide.
    pub fn natural(capital: u16) -> FaceSize {
        let figure = f32::from(capital) * 2.0 * FIGURE / CAPITAL;
        FaceSize { capital, figure: figure.round() as u16 }
    }

    /// The pixels to a unit of the font, from left to right.
    pub fn across(self) -> f32 {
        f32::from(self.figure) / FIGURE
    }

    /// The pixels to a unit of the font, upwards.
    fn upwards(self) -> f32 {
        f32::from(self.capital) / CAPITAL
    }

    /// The thickness of upright strokes. In a text set wider or narrower, strokes change by half as much.
    fn stem(self) -> f32 {
        let natural = f32::from(self.capital) * 2.0 / CAPITAL;
        (STEM * (natural * self.across()).sqrt()).round().max(2.0)
    }

    /// The thickness of level strokes.
    fn bar(self) -> f32 {
        (BAR * self.upwards() * 1.05).round().max(1.0)
    }
}

/// A character in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlyphBitmap {
    /// The pixels before the ink.
    pub left: u16,
    /// The pixels from this character to the next.
    pub advance: u16,
    /// The rows of pixels from the top of a capital to its foot.
    pub rows: Vec<Vec<bool>>,
}

/// The widths of a character in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlyphWidths {
    /// The pixels before the ink.
    left: u16,
    /// The pixels of the ink.
    ink: u16,
    /// The pixels from this character to the next.
    pub advance: u16,
}

impl GlyphWidths {
    /// Returns the widths of a character at a size. There is at least one empty pixel on each side of the ink.
    pub fn of(outline: &GlyphOutline, size: FaceSize) -> GlyphWidths {
        let pixels = |units: f32| (units * size.across()).round().max(1.0) as u16;
        let Some(across) = outline.across else {
            return GlyphWidths { left: 0, ink: 0, advance: pixels(outline.advance) };
        };
        // All figures have one advance, and are in the middle of it.
        if outline.advance == FIGURE {
            let ink = pixels(across.length()).min(size.figure.saturating_sub(2));
            return GlyphWidths { left: (size.figure - ink) / 2, ink, advance: size.figure };
        }
        let (left, ink) = (pixels(across.low), pixels(across.length()));
        GlyphWidths { left, ink, advance: left + ink + pixels(outline.advance - across.high) }
    }
}

/// The place of a height in pixels, upwards from the baseline.
struct Knot {
    units: f32,
    pixels: f32,
}

/// Rasterises an outline at a size.
pub fn rasterise(outline: &GlyphOutline, size: FaceSize) -> GlyphBitmap {
    let GlyphWidths { left, ink, advance } = GlyphWidths::of(outline, size);
    let (Some(across), Some(upwards)) = (outline.across, outline.upwards) else {
        return GlyphBitmap { left, advance, rows: Vec::new() };
    };
    let knots = knots(outline, upwards, size);
    let is_inside = |height: f32| {
        knots.first().is_some_and(|k| k.pixels < height) && knots.last().is_some_and(|k| height < k.pixels)
    };
    let row = |row: u16| {
        let height = f32::from(row) + 0.5;
        let spans = if is_inside(height) { outline.cut_level(units_at(&knots, height)) } else { Vec::new() };
        ink_row(&spans, RowFrame { across, width: ink, stem: size.stem() })
    };
    let mut rows: Vec<Vec<bool>> = (0..size.capital).rev().map(row).collect();
    remove_spikes(&mut rows);
    GlyphBitmap { left, advance, rows }
}

/// Smooths what is one pixel wide, half as wide as high: the notches that keep ink from filling corners in print.
fn remove_spikes(rows: &mut [Vec<bool>]) {
    let is_inked =
        |rows: &[Vec<bool>], x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)) == Some(&true);
    for y in 0..rows.len() {
        for x in 0..rows.get(y).map_or(0, Vec::len) {
            let inked = is_inked(rows, x, y);
            let differs = |x: usize, y: usize| is_inked(rows, x, y) != inked;
            let is_alone = differs(x.wrapping_sub(1), y) && differs(x + 1, y);
            if is_alone && (differs(x, y.wrapping_sub(1)) || differs(x, y + 1)) {
                rows[y][x] = !inked;
            }
        }
    }
}

/// Puts the level strokes and both ends of an outline on whole pixels, from the bottom to the top.
fn knots(outline: &GlyphOutline, upwards: InkSpan, size: FaceSize) -> Vec<Knot> {
    let scale = size.upwards();
    let mut bars = outline.bars.clone();
    // An end without a bar is a knot by itself.
    let end = |at: f32| InkSpan { low: at, high: at };
    if bars.first().is_none_or(|bar| bar.low > upwards.low + 40.0) {
        bars.insert(0, end(upwards.low));
    }
    if bars.last().is_none_or(|bar| bar.high < upwards.high - 40.0) {
        bars.push(end(upwards.high));
    }
    let mut knots: Vec<Knot> = Vec::new();
    for bar in bars {
        let usual = (0.7..1.35).contains(&(bar.length() / BAR));
        let thick = match bar.length() {
            0.0 => 0.0,
            _ if usual => size.bar(),
            length => (length * scale).round().max(1.0),
        };
        let low = match (aligned(bar.low, size), aligned(bar.high, size)) {
            (Some(low), _) => low,
            (None, Some(high)) => high - thick,
            // What goes deeper than a figure, such as a slash, ends with it.
            (None, None) if thick == 0.0 => (bar.low * scale).round().clamp(0.0, f32::from(size.capital)),
            (None, None) => (bar.middle() * scale - thick / 2.0).round(),
        };
        // A row of pixels stays empty between two strokes.
        let least = knots.last().map_or(f32::MIN, |below| below.pixels + if thick > 0.0 { 1.0 } else { 0.0 });
        let low = low.max(least);
        knots.push(Knot { units: bar.low, pixels: low });
        if thick > 0.0 {
            knots.push(Knot { units: bar.high, pixels: low + thick });
        }
    }
    knots
}

/// Returns the place of the baseline and of the top of capitals, for all that is meant to end there.
fn aligned(units: f32, size: FaceSize) -> Option<f32> {
    if units.abs() <= 30.0 {
        Some(0.0)
    } else if (units - CAPITAL).abs() <= 30.0 {
        Some(f32::from(size.capital))
    } else {
        None
    }
}

/// Returns the height in the font's units of a height in pixels.
fn units_at(knots: &[Knot], pixels: f32) -> f32 {
    let pairs = knots.windows(2).find(|pair| pixels < pair[1].pixels);
    let [below, above] = pairs.or(knots.windows(2).last()).unwrap_or(&[]) else { return 0.0 };
    let part = (pixels - below.pixels) / (above.pixels - below.pixels).max(f32::EPSILON);
    below.units + (above.units - below.units) * part
}

/// The place of a row of pixels in the font's units.
#[derive(Clone, Copy)]
struct RowFrame {
    across: InkSpan,
    width: u16,
    stem: f32,
}

/// Returns the pixels of a row.
fn ink_row(spans: &[InkSpan], frame: RowFrame) -> Vec<bool> {
    let mut row = vec![false; usize::from(frame.width)];
    let last = f32::from(frame.width);
    let scale = last / frame.across.length();
    let at = |x: f32| (x - frame.across.low) * scale;
    // A dot has no strokes.
    let has_stems = frame.across.length() > 1.5 * STEM;
    let mut free = 0.0;
    let mut before: Option<InkSpan> = None;
    for span in spans.iter().filter(|span| span.length() * scale >= 0.5) {
        let pixels = span.length() * scale;
        let is_usual = (0.88..1.12).contains(&(span.length() / STEM));
        let is_near = (pixels - frame.stem).abs() < (frame.stem / 5.0).clamp(1.0, 1.5);
        let is_stem = has_stems && (is_usual || is_near);
        let (start, end) = match is_stem {
            true => {
                let start = at(span.middle()) - frame.stem / 2.0;
                // Halves are rounded outwards, so that what is symmetrical stays so.
                let is_left = at(span.middle()) * 2.0 < last;
                let start = if is_left { round_low(start) } else { round_high(start) };
                (start, start + frame.stem)
            }
            false => {
                let start = round_low(at(span.low));
                (start, round_high(at(span.high)).max(start + 1.0))
            }
        };
        let start = start.clamp(0.0, (last - (end - start)).max(0.0));
        let end = (start + (end - start)).min(last);
        // A column stays empty between two strokes, unless they are about to meet.
        let gap = before.map_or(f32::MAX, |before| (span.low - before.high) * scale);
        let start = if before.is_none() {
            start
        } else if gap > 0.7 {
            start.max(free + 1.0)
        } else {
            free
        };
        row.iter_mut().take(end as usize).skip(start as usize).for_each(|pixel| *pixel = true);
        (free, before) = (end, Some(*span));
    }
    row
}

/// Rounds to the nearest whole number, and halves down.
fn round_low(x: f32) -> f32 {
    (x - 0.5).ceil()
}

/// Rounds to the nearest whole number, and halves up.
fn round_high(x: f32) -> f32 {
    (x + 0.5).floor()
}
