//! The trends of the log: a chart of the weekly load with the other figures of each week below it.

use super::LogRequest;
use super::trend_lines::{self, TrendLine};
use crate::display::trends as words;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::trends::{TrendWeek, Trends};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::{self, hint};
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::bar;
use ratatui::widgets::{Bar, BarChart, BarGroup, Widget};
use std::cell::Cell;

/// The columns of the names of the figures.
const NAME: u16 = 16;
/// The most columns of a week: wider bars say no more.
const WIDEST_WEEK: u16 = 8;
/// The least height of the window for a chart of five rows instead of three.
const TALL: u16 = 24;
/// The columns between two columns of words.
const GAP: u16 = 2;

/// The weeks in sight, and the columns of each.
#[derive(Clone, Copy, Debug, Default)]
struct TrendColumns {
    first: usize,
    shown: usize,
    week: u16,
}

impl TrendColumns {
    fn end(self) -> usize {
        self.first + self.shown
    }
}

/// The trends.
#[derive(Clone, Debug)]
pub struct TrendsPage {
    trends: Trends,
    units: Units,
    scroll: ScrollPosition,
    /// The weeks to the right of those in sight, at the most.
    hidden: usize,
    /// The weeks in sight when it was last drawn.
    columns: Cell<TrendColumns>,
    /// The lines in sight when it was last drawn: the page keys scroll by them.
    view: Cell<Viewport>,
    help: HelpOverlay,
    theme: Theme,
}

impl TrendsPage {
    /// The page, at its top.
    pub fn new(trends: Trends, units: Units, theme: Theme) -> Self {
        let help = HelpOverlay::closed(HelpPage::LOG);
        TrendsPage {
            trends,
            units,
            scroll: ScrollPosition::TOP,
            hidden: 0,
            columns: Cell::default(),
            view: Cell::default(),
            help,
            theme,
        }
    }

    /// Shows the trends of other weeks.
    pub fn replace(&mut self, trends: Trends) {
        self.trends = trends;
        self.hidden = 0;
    }

    /// Returns the weeks that fit into this width, and that the runner looks at.
    fn columns_in(&self, whole: u16) -> TrendColumns {
        let figures = trend_lines::figures(&self.trends, self.units);
        let widest = figures.iter().flat_map(|(_, cells)| cells).map(|cell| width(split_mark(cell).0)).max();
        let least = widest.unwrap_or(0).max(4) + 1;
        // The mark of the last week needs a column of its own.
        let room = whole.saturating_sub(NAME + 1);
        let weeks = self.trends.weeks.len();
        let shown = usize::from(room / least).clamp(1, weeks.max(1));
        let week = (room / u16::try_from(shown).unwrap_or(1)).clamp(least, WIDEST_WEEK.max(least));
        TrendColumns { first: weeks.saturating_sub(shown + self.hidden), shown: shown.min(weeks), week }
    }

    /// Draws the bars of the load over the whole height of an area.
    fn draw_chart(&self, buf: &mut Buffer, area: Rect, columns: TrendColumns) {
        let weeks = self.trends.weeks.get(columns.first..columns.end()).unwrap_or_default();
        let height = |week: &TrendWeek| week.load.map_or(0, |load| (load * 8.0).round() as u64);
        let bar = |week: &TrendWeek| Bar::default().value(height(week)).text_value(String::new());
        let bars: Vec<Bar<'_>> = weeks.iter().map(bar).collect();
        // The bars stand above the numbers, which end at the right of each week.
        let bar_width = columns.week.saturating_sub(2).max(1);
        let gap = columns.week - bar_width;
        BarChart::default()
            .data(BarGroup::default().bars(&bars))
            .bar_width(bar_width)
            .bar_gap(gap)
            .bar_set(bar::NINE_LEVELS)
            .bar_style(self.theme.bar(crate::athlete::Zone::new(2)))
            .render(after(area, NAME + gap).intersection(buf.area), buf);
    }

    /// Draws what stands to the left of a row of the chart.
    fn draw_beside_chart(&self, buf: &mut Buffer, row: Rect, nth: u16) {
        let name = Rect { width: NAME.min(row.width), ..row };
        let week = self.trends.weeks.last();
        let (text, style) = match (nth, week.and_then(|w| w.load), self.trends.mean_load_before) {
            (0, _, _) => ("load a week".to_string(), self.theme.strong()),
            (1, Some(load), _) => (format!("{load:.0} this week"), Style::new()),
            (2, _, Some(mean)) => (format!("{mean:.0} mean before"), self.theme.quiet()),
            _ => return,
        };
        put(buf, name, &text, Side::Left, style);
    }

    fn draw_cells(&self, buf: &mut Buffer, row: Rect, cells: &[String], columns: TrendColumns) {
        for (cell, x) in cells.iter().skip(columns.first).take(columns.shown).zip(0_u16..) {
            let rest = after(row, NAME + x * columns.week);
            let (number, mark) = split_mark(cell);
            put(buf, Rect { width: columns.week, ..rest }, number, Side::Right, Style::new());
            put(buf, after(rest, columns.week), mark, Side::Left, Style::new());
        }
    }

    /// Draws the names of the weeks: every second one, because a name is wider than a number.
    fn draw_week_names(&self, buf: &mut Buffer, row: Rect, columns: TrendColumns) {
        let weeks = self.trends.weeks.iter().skip(columns.first).take(columns.shown);
        let step = if columns.week > 6 { 1 } else { 2 };
        for (nth, week) in weeks.enumerate() {
            if !(columns.shown - 1 - nth.min(columns.shown - 1)).is_multiple_of(step) {
                continue;
            }
            let end = NAME + u16::try_from(nth + 1).unwrap_or(0) * columns.week;
            let name = words::week_name(week);
            let area = Rect { width: end.min(row.width), ..row };
            put(buf, area, &name, Side::Right, self.theme.quiet());
        }
    }

    fn draw_line(&self, buf: &mut Buffer, row: Rect, line: &TrendLine, columns: TrendColumns) {
        let quiet = self.theme.quiet();
        match line {
            TrendLine::Blank => {}
            TrendLine::Chart(nth) => self.draw_beside_chart(buf, row, *nth),
            TrendLine::Figures(name, cells) => {
                put(buf, Rect { width: NAME.min(row.width), ..row }, name, Side::Left, quiet);
                self.draw_cells(buf, row, cells, columns);
            }
            TrendLine::WeekNames => self.draw_week_names(buf, row, columns),
            TrendLine::Heading(text) => drop(put(buf, row, text, Side::Left, self.theme.strong())),
            TrendLine::Text(text) => drop(put(buf, row, text, Side::Left, Style::new())),
            TrendLine::Quiet(text) => drop(put(buf, row, text, Side::Left, quiet)),
            TrendLine::Fact(name, value) => {
                put(buf, Rect { width: NAME.min(row.width), ..row }, name, Side::Left, quiet);
                put(buf, after(row, NAME), value, Side::Left, Style::new());
            }
            TrendLine::Columns(cells) => {
                let mut rest = row;
                for (text, columns) in cells {
                    // A column that would be cut is left out.
                    if *columns <= rest.width {
                        put(buf, rest, text, Side::Left, Style::new());
                        rest = after(rest, columns + GAP);
                    }
                }
            }
        }
    }

    fn draw_head(&self, buf: &mut Buffer, rest: &mut Rect, columns: TrendColumns) {
        let mut head = top(rest, 1);
        let taken = put(buf, head, "Trends", Side::Left, self.theme.strong());
        head = after(head, taken + GAP);
        let title = words::title(&self.trends);
        let weeks = self.trends.weeks.len();
        let title = match (columns.shown < weeks, columns.end() < weeks) {
            (false, _) => title,
            (true, false) => format!("last {} of {title}", columns.shown),
            (true, true) => format!("{} to {} of {title}", columns.first + 1, columns.end()),
        };
        put(buf, head, &title, Side::Right, self.theme.quiet());
    }

    /// The key hints, without those that do nothing now.
    fn hints(&self, columns: TrendColumns, room: u16) -> String {
        let works = |action: Action| match action {
            Action::Earlier => columns.first > 0,
            Action::Recent => columns.end() < self.trends.weeks.len(),
            Action::More | Action::Less => !self.trends.weeks.is_empty(),
            _ => true,
        };
        let bindings = self.theme.keymap().of(KeyContext::Trends);
        let shown = bindings.filter(|binding| !binding.hint.is_empty() && works(binding.action));
        key_hints::fitting(shown.map(hint).collect(), room)
    }

    fn draw_empty(&self, buf: &mut Buffer, mut rest: Rect) {
        let text = "There are no trends yet: the log is empty. Sessions you run with pacebell appear here.";
        for line in wrap(text, rest.width, rest.height) {
            put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
        }
    }
}

/// Splits a value from the mark behind it, which stands in the gap before the next week.
fn split_mark(cell: &str) -> (&str, &str) {
    cell.split_at(cell.trim_end_matches(['+', '!']).len())
}

fn chart_height(window_height: u16) -> u16 {
    if window_height >= TALL { 5 } else { 3 }
}

impl Page for TrendsPage {
    type Outcome = LogRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        let columns = self.columns_in(rest.width);
        self.columns.set(columns);
        self.draw_head(buf, &mut rest, columns);
        let keys = u16::from(rest.height > 2);
        let foot = bottom(&mut rest, keys);
        if rest.height > 10 {
            top(&mut rest, 1);
            bottom(&mut rest, 1);
        }
        if self.trends.weeks.is_empty() {
            self.draw_empty(buf, rest);
            put(buf, foot, &self.hints(columns, foot.width), Side::Left, self.theme.quiet());
            return;
        }
        let height = chart_height(buf.area.height);
        let lines = trend_lines::lines(&self.trends, self.units, rest.width, height);
        let view = Viewport { rows: lines.len(), shown: usize::from(rest.height) };
        self.view.set(view);
        // The chart is drawn as a whole, and the rows in sight are taken from it.
        let whole = Rect { x: rest.x, y: 0, width: rest.width, height };
        let mut chart = Buffer::empty(whole);
        self.draw_chart(&mut chart, whole, columns);
        for line in lines.get(self.scroll.visible(view)).unwrap_or_default() {
            let row = top(&mut rest, 1);
            if let TrendLine::Chart(nth) = line {
                copy_row(&chart, *nth, buf, row);
            }
            self.draw_line(buf, row, line, columns);
        }
        let more = self.scroll.more_hint(view, self.theme.keymap(), KeyContext::Trends);
        let keys = self.hints(columns, foot.width.saturating_sub(width(&more)));
        put(buf, foot, &format!("{more}{keys}"), Side::Left, self.theme.quiet());
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Trends
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<LogRequest> {
        match key.action? {
            Action::Close => Some(LogRequest::Leave),
            Action::More => Some(LogRequest::MoreWeeks),
            Action::Less => Some(LogRequest::FewerWeeks),
            Action::Earlier => {
                // Half of the weeks stay in sight.
                let columns = self.columns.get();
                let by = (columns.shown / 2).max(1).min(columns.first);
                self.hidden += by;
                None
            }
            Action::Recent => {
                self.hidden = self.hidden.saturating_sub((self.columns.get().shown / 2).max(1));
                None
            }
            Action::Help => {
                self.help.open();
                None
            }
            action => {
                self.scroll.update(action, self.view.get());
                None
            }
        }
    }
}

/// Copies a row of one buffer to a row of another.
fn copy_row(from: &Buffer, nth: u16, to: &mut Buffer, row: Rect) {
    for x in row.left()..row.right() {
        if let (Some(source), Some(cell)) = (from.cell((x, nth)), to.cell_mut((x, row.y))) {
            *cell = source.clone();
        }
    }
}
