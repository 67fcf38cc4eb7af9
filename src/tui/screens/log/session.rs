//! A single session of the log.

use super::laps::LapTable;
use super::{LogRequest, zone_bar};
use crate::athlete::Zone;
use crate::display::chart::{ChartBar, IntensityChart};
use crate::history::describe;
use crate::history::describe::LapInWords;
use crate::history::queries::SessionDetails;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::text::clean;
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::bars::{self, BarRow};
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width, wrap};
use crate::units::Millis;
use chrono::FixedOffset;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// The least width at which facts and zones stand side by side.
const SIDE_BY_SIDE: u16 = 76;
/// The least height of the window for a chart of five rows instead of three.
const TALL: u16 = 24;
/// The columns of a fact's name, with the space after it.
const ABOUT: u16 = 16;
/// The columns of a zone with its word and its time.
const ZONE: u16 = 26;

/// A line of the page.
#[derive(Clone, Debug)]
enum SessionLine {
    Blank,
    Text(String),
    /// A fact's name and value.
    Fact(String, String),
    /// A zone and the time in it.
    Zone(Option<Zone>, Millis),
    SideBySide(Box<SessionLine>, Box<SessionLine>),
    Chart(BarRow),
    LapHeading,
    /// A lap, by its index.
    Lap(usize),
}

/// A session with its facts, its chart and its laps.
#[derive(Clone, Debug)]
pub struct SessionPage {
    details: SessionDetails,
    /// The names and values of the facts.
    facts: Vec<(String, String)>,
    laps: Vec<LapInWords>,
    units: Units,
    here: FixedOffset,
    scroll: ScrollPosition,
    /// The lines in sight when it was last drawn: the page keys scroll by them.
    view: Cell<Viewport>,
    help: HelpOverlay,
    message: Option<String>,
    theme: Theme,
}

impl SessionPage {
    /// The page, at its top. `here` is the reader's offset from UTC.
    pub fn new(details: SessionDetails, here: FixedOffset, theme: Theme) -> Self {
        let page = SessionPage {
            details,
            facts: Vec::new(),
            laps: Vec::new(),
            units: Units::default(),
            here,
            scroll: ScrollPosition::TOP,
            view: Cell::default(),
            help: HelpOverlay::closed(HelpPage::LOG),
            message: None,
            theme,
        };
        page.in_units(Units::default())
    }

    /// Shows distances and paces in these units.
    pub fn in_units(self, units: Units) -> Self {
        let facts = describe::facts_without_zones(&self.details, units);
        let laps = self.details.laps.iter().map(|l| describe::lap(&self.details, l, units)).collect();
        SessionPage { facts, laps, units, ..self }
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    /// The lines of the page, for a window of this height and lines of this width.
    fn lines(&self, columns: u16, window_height: u16) -> Vec<SessionLine> {
        let mut lines = self.summary(columns);
        lines.push(SessionLine::Blank);
        if self.laps.is_empty() {
            lines.push(SessionLine::Text("No laps: the time of each step was not recorded.".to_string()));
            return lines;
        }
        // Nobody planned a zone for a run that came from a file.
        if self.details.entry.imported.is_none() {
            let height = if window_height >= TALL { 5 } else { 3 };
            lines.extend((0..height).rev().map(|level| SessionLine::Chart(BarRow { level, height })));
            lines.push(SessionLine::Blank);
        }
        lines.push(SessionLine::LapHeading);
        lines.extend((0..self.laps.len()).map(SessionLine::Lap));
        lines
    }

    /// The facts and the time in each zone, side by side if there is room.
    fn summary(&self, columns: u16) -> Vec<SessionLine> {
        let entry = &self.details.entry;
        let zones = entry.zones.parts().into_iter().filter(|_| entry.imported.is_none());
        let zones: Vec<SessionLine> = zones.map(|(zone, time)| SessionLine::Zone(zone, time)).collect();
        let side_by_side = columns >= SIDE_BY_SIDE && !zones.is_empty();
        let mut facts = self.fact_lines(if side_by_side { columns / 2 } else { columns });
        if !side_by_side {
            if !zones.is_empty() {
                facts.push(SessionLine::Blank);
            }
            facts.extend(zones);
            return facts;
        }
        let rows = facts.len().max(zones.len());
        let padded = |lines: Vec<SessionLine>| lines.into_iter().chain(std::iter::repeat(SessionLine::Blank));
        let pairs = padded(facts).zip(padded(zones)).take(rows);
        pairs.map(|(left, right)| SessionLine::SideBySide(Box::new(left), Box::new(right))).collect()
    }

    fn fact_lines(&self, columns: u16) -> Vec<SessionLine> {
        let room = columns.saturating_sub(ABOUT + 2);
        let mut lines = Vec::new();
        for (name, value) in &self.facts {
            let mut name = name.clone();
            // A long name, such as a question of the workout's, stands above its value.
            if width(&name) + 2 > ABOUT {
                lines.extend(wrap(&name, room + ABOUT, 3).into_iter().map(SessionLine::Text));
                name = String::new();
            }
            for line in wrap(value, room.max(1), 12) {
                lines.push(SessionLine::Fact(std::mem::take(&mut name), line));
            }
        }
        lines
    }

    fn draw_line(&self, buf: &mut Buffer, row: Rect, line: &SessionLine, chart: &[ChartBar]) {
        match line {
            SessionLine::Blank => {}
            SessionLine::Text(text) => drop(put(buf, row, text, Side::Left, self.theme.quiet())),
            SessionLine::Fact(name, value) => {
                put(buf, row, name, Side::Left, self.theme.quiet());
                put(buf, after(row, ABOUT), value, Side::Left, Style::new());
            }
            SessionLine::Zone(zone, time) => self.draw_zone(buf, row, *zone, *time),
            SessionLine::SideBySide(left, right) => {
                let half = row.width / 2;
                self.draw_line(buf, Rect { width: half.saturating_sub(2), ..row }, left, chart);
                self.draw_line(buf, after(row, half), right, chart);
            }
            SessionLine::Chart(part) => {
                bars::draw_row(buf, row, chart, *part, |zone| self.theme.bar(zone));
            }
            SessionLine::LapHeading | SessionLine::Lap(_) => {}
        }
    }

    /// Draws the lines that belong to the table of laps.
    fn draw_laps(&self, buf: &mut Buffer, area: Rect, lines: &[SessionLine]) {
        let index = |line: &SessionLine| match line {
            SessionLine::Lap(i) => Some(*i),
            _ => None,
        };
        let mut indices = lines.iter().filter_map(index);
        let first = indices.next().unwrap_or(self.laps.len());
        let shown = self.laps.get(first..=indices.next_back().unwrap_or(first)).unwrap_or_default();
        let has_heading = matches!(lines.first(), Some(SessionLine::LapHeading));
        LapTable { all: &self.laps, shown, has_heading, units: self.units }.draw(buf, area, self.theme);
    }

    /// Draws a zone with its word and its time, and its share as a bar.
    fn draw_zone(&self, buf: &mut Buffer, row: Rect, zone: Option<Zone>, time: Millis) {
        let patch = format!(" {} ", describe::zone(zone));
        let taken = put(buf, row, &patch, Side::Left, self.theme.field(zone)).max(4);
        let text = after(row, taken + 1);
        let word = zone.map_or("no zone planned", Zone::effort);
        put(buf, text, word, Side::Left, Style::new());
        let columns = ZONE.saturating_sub(taken + 1).min(text.width);
        let time = describe::length(time);
        put(buf, Rect { width: columns, ..text }, &time, Side::Right, self.theme.strong());
        let room = after(row, ZONE + 2);
        let parts = self.details.entry.zones.parts();
        let index = parts.iter().position(|(z, _)| *z == zone);
        let share = index.and_then(|i| zone_bar::columns(&parts, room.width).get(i).copied());
        let bar = "█".repeat(usize::from(share.unwrap_or(0)));
        put(buf, room, &bar, Side::Left, self.theme.bar(zone));
    }

    /// Draws the workout's name and the day, in a single row if they fit.
    fn draw_head(&self, buf: &mut Buffer, rest: &mut Rect) {
        let entry = &self.details.entry;
        let (name, start) = (clean(&entry.name), describe::start(entry.started, self.here));
        let row = top(rest, 1);
        if width(&name) + 2 + width(&start) <= row.width {
            put(buf, row, &start, Side::Right, Style::new());
            put(buf, row, &name, Side::Left, self.theme.strong());
            return;
        }
        put(buf, row, &name, Side::Left, self.theme.strong());
        put(buf, top(rest, 1), &start, Side::Left, Style::new());
    }
}

impl Page for SessionPage {
    type Outcome = LogRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        self.draw_head(buf, &mut rest);
        let keys = u16::from(rest.height > 2);
        let foot = bottom(&mut rest, keys);
        let most = 3.min(rest.height / 2);
        message::draw(buf, &mut rest, self.message.as_deref(), most, self.theme);
        if rest.height > 8 {
            top(&mut rest, 1);
            bottom(&mut rest, 1);
        }
        let chart = IntensityChart::of_laps(&self.details.sequence, &self.details.laps, rest.width).bars;
        let lines = self.lines(rest.width, buf.area.height);
        let view = Viewport { rows: lines.len(), shown: usize::from(rest.height) };
        self.view.set(view);
        let visible = lines.get(self.scroll.visible(view)).unwrap_or_default();
        let is_lap = |line: &SessionLine| matches!(line, SessionLine::LapHeading | SessionLine::Lap(_));
        let (above, laps) = visible.split_at(visible.iter().position(is_lap).unwrap_or(visible.len()));
        for line in above {
            self.draw_line(buf, top(&mut rest, 1), line, &chart);
        }
        self.draw_laps(buf, rest, laps);
        let more = self.scroll.more_hint(view, self.theme.keymap(), KeyContext::Session);
        let keys = hints(self.theme.keymap(), KeyContext::Session, foot.width.saturating_sub(width(&more)));
        put(buf, foot, &format!("{more}{keys}"), Side::Left, self.theme.quiet());
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Session
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<LogRequest> {
        let action = key.action?;
        self.message = None;
        let id = self.details.entry.id;
        match action {
            Action::Edit => Some(LogRequest::Edit(id)),
            Action::Delete => Some(LogRequest::Delete(id)),
            Action::Close => Some(LogRequest::Leave),
            Action::Help => {
                self.help.open();
                None
            }
            _ => {
                self.scroll.update(action, self.view.get());
                None
            }
        }
    }
}
