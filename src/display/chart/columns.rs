//! Lays steps out on columns, to an eighth of a column.

use super::bar::{BarEdge, ChartBar, EIGHTHS};
use std::ops::Range;

/// The widest short step, in eighths of a column. Among short steps, all heights are rounded to whole rows.
const WIDEST_SHORT: u32 = 8 * EIGHTHS as u32;
/// The eighths of a column, as counts of them.
const COLUMN: u32 = EIGHTHS as u32;

/// The columns from which a chart is wide.
const WIDE: u32 = 40;

/// The places at which the chart may rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RisingEdge {
    /// At every eighth of a column: a screen shows the space before it in the colour of the page.
    AtEighths,
    /// At halves: plain text has only these blocks. Falling edges and widths are still exact to an eighth.
    AtHalves,
}

/// The eighths that a step covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StepSpan {
    step: usize,
    eighths: Range<u32>,
    is_rounded: bool,
}

/// A step within a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ColumnPart {
    /// The step, by its index.
    pub step: usize,
    /// The part of the step at the middle of what is in this column: 0 to 1.
    pub middle: f32,
    /// True if the step's height is rounded to whole rows.
    pub is_rounded: bool,
}

/// Places steps between their edges, given in columns. A step that is higher than its neighbours and narrower than a
/// column starts with a column and has at least half of it, because no character has a gap on both sides. Such spans
/// come last, and cover others. Where a column of a wide chart has room for more than one of them, two columns of
/// three show them.
pub(super) fn spans(edges: &[f32], heights: impl Iterator<Item = f32>, rises: RisingEdge) -> Vec<StepSpan> {
    let heights: Vec<f32> = heights.collect();
    let end = eighths(edges.last().copied().unwrap_or(0.0));
    let mut spans: Vec<StepSpan> = Vec::new();
    let mut narrow: Vec<StepSpan> = Vec::new();
    let mut from = 0;
    let short =
        edges.windows(2).filter(|span| matches!(span, [a, b] if eighths(b - a) <= WIDEST_SHORT)).count();
    let is_rounded = short > 1;
    for (step, span) in edges.windows(2).enumerate() {
        let &[left, right] = span else { continue };
        let height = |index: Option<usize>| index.and_then(|i| heights.get(i)).copied().unwrap_or(0.0);
        let (before, this, after) = (height(step.checked_sub(1)), height(Some(step)), height(Some(step + 1)));
        let mut to = eighths(right);
        if rises == RisingEdge::AtHalves {
            if this > before {
                from = (from + COLUMN / 4) / (COLUMN / 2) * (COLUMN / 2);
            }
            to = if this > after { from + eighths(right - left) } else { to };
        }
        if right > left && right - left < 1.0 && this >= before.max(after) {
            let column = ((left + right) / 2.0) as u32;
            let first = column * COLUMN;
            // With the recovery before it, or that after the first rep.
            let pair = step.saturating_sub(1)..step.max(1) + 1;
            let length = edges.get(pair.end).zip(edges.get(pair.start)).map(|(to, from)| eighths(to - from));
            let is_crowded = length.is_some_and(|pair| pair < COLUMN) && end >= WIDE * COLUMN;
            let length = match is_crowded {
                true => {
                    if column % 3 < 2 {
                        COLUMN
                    } else {
                        0
                    }
                }
                false => eighths(right - left).clamp(COLUMN / 2, COLUMN),
            };
            narrow.push(StepSpan { step, eighths: first..(first + length).min(end), is_rounded });
            // The step before has the room, or else the step after.
            if let Some(before) = spans.last_mut() {
                before.eighths.end = to.clamp(from.min(end), end);
                from = before.eighths.end;
            }
            continue;
        }
        let to = to.clamp(from.min(end), end);
        spans.push(StepSpan { step, eighths: from..to, is_rounded });
        from = to;
    }
    narrow.sort_by(|a, b| {
        let height = |span: &StepSpan| heights.get(span.step).copied().unwrap_or(0.0);
        height(a).total_cmp(&height(b))
    });
    spans.extend(narrow);
    spans
}

fn eighths(columns: f32) -> u32 {
    (columns * f32::from(EIGHTHS)).round() as u32
}

/// Draws the columns of a chart. Later spans cover earlier ones.
pub(super) fn bars(spans: &[StepSpan], width: u16, bar: impl Fn(ColumnPart) -> ChartBar) -> Vec<ChartBar> {
    let mut owners: Vec<Option<usize>> = vec![None; usize::from(width) * usize::from(EIGHTHS)];
    for (index, span) in spans.iter().enumerate() {
        let covered = owners.iter_mut().skip(span.eighths.start as usize).take(span.eighths.len());
        covered.for_each(|owner| *owner = Some(index));
    }
    let columns = owners.chunks(usize::from(EIGHTHS)).enumerate();
    columns.map(|(column, owners)| column_bar(spans, column as u32 * COLUMN, owners, &bar)).collect()
}

/// A run of eighths in a column that belong to one step.
struct ColumnRun {
    span: usize,
    /// The eighths from the start of the column.
    eighths: Range<u16>,
}

fn column_bar(
    spans: &[StepSpan],
    start: u32,
    owners: &[Option<usize>],
    bar: &impl Fn(ColumnPart) -> ChartBar,
) -> ChartBar {
    let mut runs: Vec<ColumnRun> = Vec::new();
    for (at, owner) in (0..).zip(owners) {
        match (runs.last_mut(), owner) {
            (Some(run), Some(span)) if run.span == *span => run.eighths.end = at + 1,
            (_, Some(span)) => runs.push(ColumnRun { span: *span, eighths: at..at + 1 }),
            (_, None) => {}
        }
    }
    let drawn = |run: &ColumnRun| {
        let middle = start as f32 + f32::from(run.eighths.start + run.eighths.end) / 2.0;
        spans.get(run.span).map_or(super::EMPTY_BAR, |span| {
            let length = (span.eighths.len() as f32).max(1.0);
            let middle = ((middle - span.eighths.start as f32) / length).clamp(0.0, 1.0);
            bar(ColumnPart { step: span.step, middle, is_rounded: span.is_rounded })
        })
    };
    let mut bars: Vec<(ChartBar, &ColumnRun)> = runs.iter().map(|run| (drawn(run), run)).collect();
    // The largest part stands for the column, and of equal ones the hardest.
    let rank = |(bar, run): &(ChartBar, &ColumnRun)| (run.eighths.len(), bar.height);
    bars.sort_by(|a, b| {
        let ((a_length, a_height), (b_length, b_height)) = (rank(a), rank(b));
        b_length.cmp(&a_length).then(b_height.total_cmp(&a_height))
    });
    let Some((mut main, run)) = bars.first().copied() else { return super::EMPTY_BAR };
    let Some((other, _)) = bars.get(1) else { return main };
    let is_left = run.eighths.start > 0;
    if is_left && run.eighths.end < EIGHTHS {
        // The largest part is in the middle, which no character shows.
        return main;
    }
    let at = if is_left { run.eighths.start } else { run.eighths.end };
    main.edge =
        Some(BarEdge { at, is_left, height: other.height, zone: other.zone, is_rounded: other.is_rounded });
    main
}
