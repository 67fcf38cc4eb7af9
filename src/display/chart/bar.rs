//! A column of a chart, and the character for each of its cells.

use crate::athlete::Zone;

/// The eighths of a cell.
pub const EIGHTHS: u16 = 8;
/// The fewest rows at which bars among short steps have a whole number of rows. Their edges then stay exact all the
/// way up, because a character cannot show a part of a row and a part of a column at once.
const ROWS_TO_ROUND: u16 = 2;
/// The share of a row that the bars of a list have at most, so that those of two rows do not touch.
const IN_A_LIST: f32 = 7.0 / 8.0;

/// Blocks that fill a cell from below.
const LOWER: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Blocks that fill a cell from the left.
const LEFT: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
/// The nearest blocks that fill a cell from the right.
const RIGHT: [char; 9] = [' ', '▕', '▕', '▐', '▐', '▐', '▐', '█', '█'];

/// One column of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartBar {
    /// The height, as a share of the full height: above 0 and at most 1.
    pub height: f32,
    /// The zone, if it is known.
    pub zone: Option<Zone>,
    /// True if the height is rounded to whole rows.
    pub(super) is_rounded: bool,
    /// The step beside it in the same column. The bar itself has the larger part.
    pub(super) edge: Option<BarEdge>,
}

/// The edge between two steps within a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BarEdge {
    /// The eighths of the column left of the edge: 1 to 7.
    pub at: u16,
    /// True if the other step is left of the edge.
    pub is_left: bool,
    /// The height of the other step.
    pub height: f32,
    /// The zone of the other step.
    pub zone: Option<Zone>,
    /// True if the height of the other step is rounded.
    pub is_rounded: bool,
}

/// A colour in a cell of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartInk {
    /// The page behind the chart.
    Page,
    /// The colour of a zone.
    Zone(Option<Zone>),
}

/// A cell of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartCell {
    /// A space, or a block that fills the cell from below or from the left.
    pub block: char,
    /// The colour of the block.
    pub ink: ChartInk,
    /// The colour behind the block.
    pub ground: ChartInk,
}

/// One side of an edge, within one row.
#[derive(Clone, Copy)]
struct EdgeSide {
    /// The eighths of the row that it fills: 0 to 8.
    fill: u16,
    /// The eighths of the column that it has.
    columns: u16,
    zone: Option<Zone>,
}

impl ChartBar {
    /// A bar over the whole column.
    pub(super) const fn new(height: f32, zone: Option<Zone>) -> Self {
        ChartBar { height, zone, is_rounded: false, edge: None }
    }

    /// Returns the bar for a chart of a single row in a list, without an edge. Where two steps share most columns, every
    /// other column shows the one, and the columns between show the other.
    pub(super) fn in_a_list(self, column: usize) -> Self {
        let shared = self.edge.filter(|edge| edge.at.min(EIGHTHS - edge.at) > EIGHTHS / 4);
        let (height, zone) = match shared {
            Some(edge) if (edge.height > self.height) == column.is_multiple_of(2) => (edge.height, edge.zone),
            _ => (self.height, self.zone),
        };
        ChartBar::new(height * IN_A_LIST, zone)
    }

    /// Returns the height in eighths of a row, at least 1. The full height is `rows`.
    pub fn eighths(&self, rows: u16) -> u16 {
        eighths(self.height, self.is_rounded, rows)
    }

    /// Returns the block in a row, counted from the bottom, as if the bar had the whole column: a space, or `▁` to `█`.
    pub fn block(&self, row: u16, rows: u16) -> char {
        lower_block(fill(self.eighths(rows), row))
    }

    /// Returns the cell in a row, counted from the bottom, with the edge in its place.
    pub fn cell(&self, row: u16, rows: u16) -> ChartCell {
        let this = fill(self.eighths(rows), row);
        let whole =
            ChartCell { block: lower_block(this), ink: ChartInk::Zone(self.zone), ground: ChartInk::Page };
        let Some(edge) = self.edge else { return whole };
        let other = fill(eighths(edge.height, edge.is_rounded, rows), row);
        let (mine, others) =
            if edge.is_left { (EIGHTHS - edge.at, edge.at) } else { (edge.at, EIGHTHS - edge.at) };
        let this = EdgeSide { fill: this, columns: mine, zone: self.zone };
        let other = EdgeSide { fill: other, columns: others, zone: edge.zone };
        let (left, right) = if edge.is_left { (other, this) } else { (this, other) };
        edge_cell(left, right).unwrap_or(whole)
    }

    /// Returns the nearest character for a row on paper, where no cell has a colour.
    pub(super) fn printed(&self, row: u16, rows: u16) -> char {
        let cell = self.cell(row, rows);
        match (cell.ink, cell.ground) {
            (_, ChartInk::Page) => cell.block,
            (ChartInk::Page, ChartInk::Zone(_)) => {
                let empty = LEFT.iter().position(|block| *block == cell.block).unwrap_or(0);
                RIGHT.get(usize::from(EIGHTHS).saturating_sub(empty)).copied().unwrap_or('█')
            }
            (ChartInk::Zone(_), ChartInk::Zone(_)) => '█',
        }
    }
}

/// Returns the cell with an edge between two sides. Returns `None` if the larger side stands for both.
fn edge_cell(left: EdgeSide, right: EdgeSide) -> Option<ChartCell> {
    if left.fill == right.fill && left.zone == right.zone {
        return None;
    }
    let ink =
        |side: EdgeSide, is_filled: bool| if is_filled { ChartInk::Zone(side.zone) } else { ChartInk::Page };
    let split = |left_is_filled: bool, right_is_filled: bool| {
        let (ink, ground) = (ink(left, left_is_filled), ink(right, right_is_filled));
        let block = LEFT.get(usize::from(left.columns)).copied().unwrap_or('█');
        match ink == ground {
            true => ChartCell { block: '█', ink, ground: ChartInk::Page },
            false => ChartCell { block, ink, ground },
        }
    };
    // The wall of a full bar is exact. A part of a row beside it is rounded to all or nothing.
    let half = EIGHTHS / 2;
    let (full_left, full_right) = (left.fill == EIGHTHS, right.fill == EIGHTHS);
    if full_left || full_right {
        return Some(split(full_left || left.fill >= half, full_right || right.fill >= half));
    }
    if left.fill == 0 || right.fill == 0 {
        let (is_left, is_right) = (left.fill >= half, right.fill >= half);
        return (is_left || is_right).then(|| split(is_left, is_right));
    }
    // Two parts of a row: the larger side stands for both.
    None
}

fn eighths(height: f32, is_rounded: bool, rows: u16) -> u16 {
    let full = rows.saturating_mul(EIGHTHS).max(1);
    match is_rounded && rows >= ROWS_TO_ROUND {
        true => ((height * f32::from(rows)).round() as u16).clamp(1, rows) * EIGHTHS,
        false => ((height * f32::from(full)).round() as u16).clamp(1, full),
    }
}

/// Returns the eighths of a row, counted from the bottom, that a bar fills.
fn fill(eighths: u16, row: u16) -> u16 {
    eighths.saturating_sub(row.saturating_mul(EIGHTHS)).min(EIGHTHS)
}

fn lower_block(fill: u16) -> char {
    LOWER.get(usize::from(fill)).copied().unwrap_or('█')
}
