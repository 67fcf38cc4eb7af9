//! The intensity chart of a workout, one bar a column.

use crate::athlete::Zone;
use crate::display::chart::{ChartBar, ChartInk};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

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
            draw_cell(cell, bar, part, &style);
        }
    }
}

/// Draws a cell of a bar.
pub fn draw_cell(cell: &mut Cell, bar: &ChartBar, part: BarRow, style: impl Fn(Option<Zone>) -> Style) {
    let chart = bar.cell(part.level, part.height);
    match (chart.ink, chart.ground) {
        (ChartInk::Zone(zone), ChartInk::Page) => cell.set_char(chart.block).set_style(style(zone)),
        (ChartInk::Page, ChartInk::Zone(zone)) => {
            cell.set_char(chart.block).set_style(style(zone).add_modifier(Modifier::REVERSED))
        }
        (ChartInk::Zone(zone), ChartInk::Zone(ground)) => match (style(zone).fg, style(ground).fg) {
            (Some(_), Some(colour)) => cell.set_char(chart.block).set_style(style(zone).bg(colour)),
            // Without colours, the two bars are one.
            _ => cell.set_char('█').set_style(style(zone)),
        },
        (ChartInk::Page, ChartInk::Page) => cell.set_char(' '),
    };
}
