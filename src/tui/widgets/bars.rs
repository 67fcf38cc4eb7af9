//! The intensity chart of a workout, one bar a column.

use crate::athlete::Zone;
use crate::display::chart::ChartBar;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws bars over the whole height of an area, each in its zone's style.
pub fn draw(buf: &mut Buffer, area: Rect, bars: &[ChartBar], style: impl Fn(Option<Zone>) -> Style) {
    for level in 0..area.height {
        let row = Rect { y: area.bottom() - 1 - level, height: 1, ..area };
        draw_row(buf, row, bars, BarRow { level, height: area.height }, &style);
    }
}

/// A row of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarRow {
    /// The row, counted from the bottom.
    pub level: u16,
    /// The rows of the whole chart.
    pub height: u16,
}

/// Draws a single row of the bars.
pub fn draw_row(
    buf: &mut Buffer,
    row: Rect,
    bars: &[ChartBar],
    part: BarRow,
    style: impl Fn(Option<Zone>) -> Style,
) {
    for (x, bar) in (row.x..row.right()).zip(bars) {
        if let Some(cell) = buf.cell_mut((x, row.y)) {
            cell.set_char(bar.block(part.level, part.height)).set_style(style(bar.zone));
        }
    }
}
