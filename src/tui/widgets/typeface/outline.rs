//! The outlines of the font, cut into lines, and the strokes in them.

use ttf_parser::{Face, OutlineBuilder};

/// The subset of B612 Bold; `assets/fonts` has its licence and the script that makes it.
const FONT: &[u8] = include_bytes!("../../../../assets/fonts/large.otf");
/// The height of a capital in the font's units.
pub const CAPITAL: f32 = 1500.0;
/// The advance of a figure, the same for all of them.
pub const FIGURE: f32 = 1300.0;
/// The thickness of upright strokes.
pub const STEM: f32 = 300.0;
/// The thickness of level strokes.
pub const BAR: f32 = 224.0;
/// The lines that a curve is cut into.
const PIECES: u8 = 12;
/// The distance between two cuts through an outline, when looking for level strokes.
const CUT: f32 = 20.0;
/// The room on each side of a triangle, so that a figure beside it stays apart.
const SIDE: f32 = 260.0;

/// A point in the font's units, upwards from the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OutlinePoint {
    /// To the right.
    pub x: f32,
    /// Upwards.
    pub y: f32,
}

/// A stretch along an axis, in the font's units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkSpan {
    /// Where it begins.
    pub low: f32,
    /// Where it ends.
    pub high: f32,
}

impl InkSpan {
    /// The distance between both ends.
    pub fn length(self) -> f32 {
        self.high - self.low
    }

    /// The point between both ends.
    pub fn middle(self) -> f32 {
        (self.low + self.high) / 2.0
    }
}

/// The outline of a character.
#[derive(Clone, Debug, Default)]
pub struct GlyphOutline {
    /// The advance to the next character.
    pub advance: f32,
    /// The extent of the ink from left to right; `None` for a space.
    pub across: Option<InkSpan>,
    /// The extent of the ink from bottom to top; `None` for a space.
    pub upwards: Option<InkSpan>,
    /// The level strokes from bottom to top: the bars of an E, and the top and the bottom of an O.
    pub bars: Vec<InkSpan>,
    /// The lines between points. Ink is where a line to infinity crosses an odd number of them.
    lines: Vec<[OutlinePoint; 2]>,
}

impl GlyphOutline {
    /// Reads a character from the font; `None` if the font lacks it.
    pub fn of(c: char) -> Option<GlyphOutline> {
        let face = Face::parse(FONT, 0).ok()?;
        // The font has only one of the two triangles, and it is smaller than a figure.
        let is_triangle = matches!(c, '▲' | '▼');
        let id = face.glyph_index(if is_triangle { '▼' } else { c })?;
        let mut pen = Pen::default();
        // A space has no outline.
        let _ = face.outline_glyph(id, &mut pen);
        let mut advance = f32::from(face.glyph_hor_advance(id)?);
        let points = || pen.lines.iter().flatten();
        let extents = (extent(points().map(|point| point.x)), extent(points().map(|point| point.y)));
        if let (true, (Some(across), Some(upwards))) = (is_triangle, extents) {
            // As wide as high, also where the text is set narrower.
            let width = CAPITAL * 1.3;
            for point in pen.lines.iter_mut().flatten() {
                let part = (point.y - upwards.low) / upwards.length();
                point.x = SIDE + width * (point.x - across.low) / across.length();
                point.y = CAPITAL * if c == '▲' { 1.0 - part } else { part };
            }
            advance = width + 2.0 * SIDE;
        }
        let mut outline = GlyphOutline {
            advance,
            across: extent(pen.lines.iter().flatten().map(|point| point.x)),
            upwards: extent(pen.lines.iter().flatten().map(|point| point.y)),
            bars: Vec::new(),
            lines: pen.lines,
        };
        outline.bars = outline.find_bars();
        Some(outline)
    }

    /// Returns the inked parts of a level line at a height, from left to right.
    pub fn cut_level(&self, y: f32) -> Vec<InkSpan> {
        cut(self.lines.iter().map(|[a, b]| [[a.y, a.x], [b.y, b.x]]), y)
    }

    /// Returns the inked parts of an upright line, from bottom to top.
    fn cut_upright(&self, x: f32) -> Vec<InkSpan> {
        cut(self.lines.iter().map(|[a, b]| [[a.x, a.y], [b.x, b.y]]), x)
    }

    fn find_bars(&self) -> Vec<InkSpan> {
        let Some(across) = self.across else { return Vec::new() };
        let mut cuts = Vec::new();
        let mut x = across.low + CUT / 2.0;
        while x < across.high {
            cuts.extend(self.cut_upright(x).into_iter().filter(|span| span.length() < 2.0 * BAR));
            x += CUT;
        }
        let near =
            |a: &InkSpan, b: &InkSpan| (a.low - b.low).abs() <= 22.0 && (a.high - b.high).abs() <= 22.0;
        let mut found: Vec<(usize, InkSpan)> =
            cuts.iter().map(|span| (cuts.iter().filter(|other| near(span, other)).count(), *span)).collect();
        found.sort_by_key(|(seen, _)| std::cmp::Reverse(*seen));
        let mut bars: Vec<InkSpan> = Vec::new();
        for (seen, span) in found {
            let apart = |bar: &InkSpan| span.low > bar.high || span.high < bar.low;
            if seen as f32 * CUT >= 120.0 && bars.iter().all(apart) {
                bars.push(span);
            }
        }
        bars.sort_by(|a, b| a.low.total_cmp(&b.low));
        bars
    }
}

fn extent(values: impl Iterator<Item = f32>) -> Option<InkSpan> {
    values.fold(None, |span, value| {
        let InkSpan { low, high } = span.unwrap_or(InkSpan { low: value, high: value });
        Some(InkSpan { low: low.min(value), high: high.max(value) })
    })
}

/// Cuts lines at a place along their first axis, and returns the ink along their second.
fn cut(lines: impl Iterator<Item = [[f32; 2]; 2]>, at: f32) -> Vec<InkSpan> {
    let mut crossings: Vec<f32> = lines
        .filter(|[a, b]| (a[0] <= at) != (b[0] <= at))
        .map(|[a, b]| a[1] + (b[1] - a[1]) * (at - a[0]) / (b[0] - a[0]))
        .collect();
    crossings.sort_by(f32::total_cmp);
    crossings.chunks_exact(2).map(|pair| InkSpan { low: pair[0], high: pair[1] }).collect()
}

/// Follows an outline and writes down its lines.
#[derive(Default)]
struct Pen {
    lines: Vec<[OutlinePoint; 2]>,
    start: OutlinePoint,
    at: OutlinePoint,
}

impl Pen {
    fn line(&mut self, to: OutlinePoint) {
        self.lines.push([self.at, to]);
        self.at = to;
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = OutlinePoint { x, y };
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line(OutlinePoint { x, y });
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let from = self.at;
        let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
        self.curve_to(third(from.x, x1), third(from.y, y1), third(x, x1), third(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let from = self.at;
        for piece in 1..=PIECES {
            let t = f32::from(piece) / f32::from(PIECES);
            let u = 1.0 - t;
            let bezier = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.line(OutlinePoint { x: bezier(from.x, x1, x2, x), y: bezier(from.y, y1, y2, y) });
        }
    }

    fn close(&mut self) {
        let start = self.start;
        if self.at != start {
            self.line(start);
        }
    }
}
