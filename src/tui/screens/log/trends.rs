//! The trends of the log: a chart of the weekly load with the other figures of each week below it.

use super::LogRequest;
use crate::display::trends as words;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::trends::{TrendWeek, Trends};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
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
/// The rows that a paragraph takes at most.
const PARAGRAPH: u16 = 6;
/// The columns between two columns of words.
const GAP: u16 = 2;

/// A line of the page.
#[derive(Clone, Debug)]
enum TrendLine {
    Blank,
    /// A row of the chart, counted from its top.
    Chart(u16),
    /// The name of a figure, and its value in each week.
    Figures(&'static str, Vec<String>),
    /// The names of the weeks.
    WeekNames,
    Heading(&'static str),
    Text(String),
    Quiet(String),
    /// A name and a value.
    Fact(String, String),
    /// Words in columns of these widths.
    Columns(Vec<(String, u16)>),
}

/// The weeks that fit, and the columns of each.
#[derive(Clone, Copy, Debug)]
struct TrendColumns {
    shown: usize,
    week: u16,
}

/// The trends.
#[derive(Clone, Debug)]
pub struct TrendsPage {
    trends: Trends,
    units: Units,
    scroll: ScrollPosition,
    /// The lines in sight when it was last drawn: the page keys scroll by them.
    view: Cell<Viewport>,
    help: HelpOverlay,
    theme: Theme,
}

impl TrendsPage {
    /// The page, at its top.
    pub fn new(trends: Trends, units: Units, theme: Theme) -> Self {
        let help = HelpOverlay::closed(HelpPage::LOG);
        TrendsPage { trends, units, scroll: ScrollPosition::TOP, view: Cell::default(), help, theme }
    }

    /// Returns the figures of each week, the most important first.
    fn figures(&self) -> Vec<(&'static str, Vec<String>)> {
        let of = |figure: &dyn Fn(&TrendWeek) -> String| self.trends.weeks.iter().map(figure).collect();
        let unit = self.units.distance;
        let distance = if unit.name() == "km" { "distance, km" } else { "distance, mi" };
        vec![
            ("load", of(&words::load)),
            (distance, of(&|week| words::distance(week, unit))),
            ("time run, h", of(&words::time)),
            ("easy", of(&words::easy)),
            ("longest run, h", of(&|week| words::longest(week, &self.trends.spikes))),
            ("monotony", of(&words::monotony)),
            ("strain", of(&words::strain)),
            ("42-day average", of(&words::long_average)),
            ("7-day average", of(&words::short_average)),
        ]
    }

    /// Returns the weeks that fit into this width.
    fn columns(&self, whole: u16) -> TrendColumns {
        let figures = self.figures();
        let widest = figures.iter().flat_map(|(_, cells)| cells).map(|cell| width(split_mark(cell).0)).max();
        let least = widest.unwrap_or(0).max(4) + 1;
        // The mark of the last week needs a column of its own.
        let room = whole.saturating_sub(NAME + 1);
        let weeks = self.trends.weeks.len();
        let shown = usize::from(room / least).clamp(1, weeks.max(1));
        let week = (room / u16::try_from(shown).unwrap_or(1)).clamp(least, WIDEST_WEEK.max(least));
        TrendColumns { shown, week }
    }

    /// Returns the lines of the page.
    fn lines(&self, columns: u16, window_height: u16) -> Vec<TrendLine> {
        let mut lines: Vec<TrendLine> = (0..chart_height(window_height)).map(TrendLine::Chart).collect();
        for (nth, (name, cells)) in self.figures().into_iter().enumerate() {
            lines.push(TrendLine::Figures(name, cells));
            if nth == 0 {
                lines.push(TrendLine::WeekNames);
            }
        }
        self.add_same(&mut lines);
        let results = words::results(&self.trends);
        if !results.is_empty() {
            lines.extend([TrendLine::Blank, TrendLine::Heading("Races and time trials")]);
            lines.extend(results.iter().flat_map(|r| wrap(r, columns, 3)).map(TrendLine::Text));
        }
        if !self.trends.spikes.is_empty() {
            lines.extend([TrendLine::Blank, TrendLine::Heading("Long runs")]);
            let spikes = self.trends.spikes.iter().map(|spike| words::spike(spike, self.units));
            lines.extend(spikes.flat_map(|text| wrap(&text, columns, PARAGRAPH)).map(TrendLine::Text));
            lines.extend(wrap(words::SPIKE_SOURCE, columns, PARAGRAPH).into_iter().map(TrendLine::Quiet));
        }
        let records = words::records(&self.trends, self.units);
        if !records.is_empty() {
            lines.extend([TrendLine::Blank, TrendLine::Heading("Records")]);
            lines.extend(records.into_iter().map(|(name, value)| TrendLine::Fact(name, value)));
        }
        lines.push(TrendLine::Blank);
        let unrated = words::unrated(&self.trends);
        lines.extend(unrated.iter().flat_map(|text| wrap(text, columns, PARAGRAPH)).map(TrendLine::Text));
        let notes = words::legend(&self.trends).into_iter().chain([words::EASY_ADVICE, words::AVERAGES]);
        lines.extend(notes.flat_map(|text| wrap(text, columns, PARAGRAPH)).map(TrendLine::Quiet));
        lines
    }

    /// Adds the workouts that are compared with themselves.
    fn add_same(&self, lines: &mut Vec<TrendLine>) {
        let all: Vec<words::SameInWords> =
            self.trends.same.iter().map(|same| words::same(same, self.units.pace)).collect();
        if all.is_empty() {
            return;
        }
        let heading = words::SameInWords {
            name: String::new(),
            before: "median of 3 before".to_string(),
            latest: "latest".to_string(),
            change: "",
            slope: "8 weeks".to_string(),
        };
        let cells = |same: &words::SameInWords| {
            let cell = str::to_string;
            [cell(&same.name), cell(&same.before), cell(&same.latest), cell(same.change), cell(&same.slope)]
        };
        let rows: Vec<[String; 5]> = std::iter::once(&heading).chain(&all).map(cells).collect();
        let widths: Vec<u16> =
            (0..5).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
        lines.extend([TrendLine::Blank, TrendLine::Heading("Same session, same effort")]);
        lines.extend(
            rows.into_iter().map(|row| TrendLine::Columns(row.into_iter().zip(widths.clone()).collect())),
        );
    }

    /// Draws the bars of the load over the whole height of an area.
    fn draw_chart(&self, buf: &mut Buffer, area: Rect, columns: TrendColumns) {
        let first = self.trends.weeks.len().saturating_sub(columns.shown);
        let weeks = self.trends.weeks.get(first..).unwrap_or_default();
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
        let first = cells.len().saturating_sub(columns.shown);
        for (cell, x) in cells.iter().skip(first).zip(0_u16..) {
            let rest = after(row, NAME + x * columns.week);
            let (number, mark) = split_mark(cell);
            put(buf, Rect { width: columns.week, ..rest }, number, Side::Right, Style::new());
            put(buf, after(rest, columns.week), mark, Side::Left, Style::new());
        }
    }

    /// Draws the names of the weeks: every second one, because a name is wider than a number.
    fn draw_week_names(&self, buf: &mut Buffer, row: Rect, columns: TrendColumns) {
        let weeks = &self.trends.weeks;
        let first = weeks.len().saturating_sub(columns.shown);
        let step = if columns.week > 6 { 1 } else { 2 };
        for (nth, week) in weeks.iter().skip(first).enumerate() {
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
        let title = if columns.shown < weeks { format!("last {} of {title}", columns.shown) } else { title };
        put(buf, head, &title, Side::Right, self.theme.quiet());
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
        let columns = self.columns(rest.width);
        self.draw_head(buf, &mut rest, columns);
        let keys = u16::from(rest.height > 2);
        let foot = bottom(&mut rest, keys);
        if rest.height > 10 {
            top(&mut rest, 1);
            bottom(&mut rest, 1);
        }
        if self.trends.weeks.is_empty() {
            self.draw_empty(buf, rest);
            put(
                buf,
                foot,
                &hints(self.theme.keymap(), KeyContext::Trends, foot.width),
                Side::Left,
                self.theme.quiet(),
            );
            return;
        }
        let lines = self.lines(rest.width, buf.area.height);
        let view = Viewport { rows: lines.len(), shown: usize::from(rest.height) };
        self.view.set(view);
        // The chart is drawn as a whole, and the rows in sight are taken from it.
        let height = chart_height(buf.area.height);
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
        let more = self.scroll.more_hint(view);
        let keys = hints(self.theme.keymap(), KeyContext::Trends, foot.width.saturating_sub(width(more)));
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
