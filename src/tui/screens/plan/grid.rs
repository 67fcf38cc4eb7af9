//! The whole plan: a row for each week, a column for each day.

use super::PlanRequest;
use super::table::{PlanContext, draw_paragraphs, draw_title};
use super::view::SessionMark;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width, wrap};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// From this height on, the parts stand apart.
const ROOMY: u16 = 18;
/// The columns of a week's number, with the space after it.
const NUMBER: u16 = 4;
/// The columns of a day, with the space after it.
const DAY: u16 = 7;
/// The columns of the figures of a week, each with the space before it.
const RUN: u16 = 8;
const EASY: u16 = 6;
const LONGEST: u16 = 9;
/// The columns of a week's bar, with the space before it.
const BAR: u16 = 10;
/// The rows for the selected day.
const DETAIL: u16 = 4;

/// A day of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanGridCell {
    /// The session in a word: `VO2`, `easy`, `16`, `RACE`. Empty for a day before the plan begins.
    pub word: String,
    /// The date. `None` for a day that is not in the calendar.
    pub date: Option<NaiveDate>,
    /// The state.
    pub mark: SessionMark,
    /// The day and its sessions in full, line by line.
    pub details: Vec<String>,
}

/// A week of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanGridWeek {
    /// The number.
    pub number: String,
    /// The name, such as `Taper`, or `lighter` for an easier week.
    pub name: String,
    /// The days.
    pub days: Vec<PlanGridCell>,
    /// The time of running.
    pub run: String,
    /// The time of running as a share of the longest week's, from 0 to 1.
    pub share: f64,
    /// The share of easy running, in per cent.
    pub easy: String,
    /// The longest run.
    pub longest: String,
    /// True for the week of today.
    pub is_now: bool,
}

/// A plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanGrid {
    /// The plan's name.
    pub plan: String,
    /// The race and the days to go, or the place in the plan.
    pub place: String,
    /// The names of the days, in the order of the plan's weeks.
    pub day_names: Vec<String>,
    /// The weeks.
    pub weeks: Vec<PlanGridWeek>,
    /// The day of today, as an index into its week.
    pub today: Option<usize>,
    /// Notes, each a paragraph.
    pub notes: Vec<String>,
}

/// The whole plan.
#[derive(Clone, Debug)]
pub struct PlanGridPage {
    grid: PlanGrid,
    week: ListCursor,
    day: ListCursor,
    view: Cell<Viewport>,
    help: HelpOverlay,
    theme: Theme,
}

/// The columns that fit; 0 for one that does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct GridColumns {
    day: u16,
    run: u16,
    easy: u16,
    longest: u16,
    bar: u16,
}

impl GridColumns {
    fn of(days: u16, room: u16) -> Self {
        let mut free = room.saturating_sub(NUMBER + days * DAY);
        let mut take = |columns: u16| {
            let fits = columns <= free;
            free -= if fits { columns } else { 0 };
            if fits { columns } else { 0 }
        };
        let (run, easy, longest) = (take(RUN), take(EASY), take(LONGEST));
        let bar = take(BAR);
        let day = if room < NUMBER + days * DAY { room.saturating_sub(NUMBER) / days.max(1) } else { DAY };
        GridColumns { day, run, easy, longest, bar }
    }
}

impl PlanGridPage {
    /// The page, with today marked.
    pub fn new(grid: PlanGrid, theme: Theme) -> Self {
        let week = grid.weeks.iter().position(|week| week.is_now).unwrap_or(0);
        PlanGridPage {
            week: ListCursor::at(week),
            day: ListCursor::at(grid.today.unwrap_or(0)),
            grid,
            view: Cell::default(),
            help: HelpOverlay::closed(HelpPage::PLAN),
            theme,
        }
    }

    fn selected(&self) -> Option<&PlanGridCell> {
        self.grid.weeks.get(self.week.index())?.days.get(self.day.index())
    }

    fn days(&self) -> u16 {
        self.grid.day_names.len().max(1) as u16
    }

    fn draw_heading(&self, buf: &mut Buffer, row: Rect, columns: GridColumns) {
        let style = self.theme.quiet();
        let mut rest = after(row, NUMBER);
        for name in &self.grid.day_names {
            put(
                buf,
                Rect { width: columns.day.saturating_sub(1).min(rest.width), ..rest },
                name,
                Side::Left,
                style,
            );
            rest = after(rest, columns.day);
        }
        for (room, name) in [(columns.run, "run"), (columns.easy, "easy"), (columns.longest, "longest")] {
            put(buf, Rect { width: room.min(rest.width), ..rest }, name, Side::Right, style);
            rest = after(rest, room);
        }
    }

    fn draw_week(&self, buf: &mut Buffer, row: Rect, index: usize, columns: GridColumns) {
        let Some(week) = self.grid.weeks.get(index) else { return };
        let style = if week.is_now { self.theme.strong() } else { Style::new() };
        let number = Rect { width: NUMBER - 1, ..row };
        put(buf, number, &week.number, Side::Right, style);
        if week.is_now {
            put(buf, row, "▸", Side::Left, style);
        }
        let mut rest = after(row, NUMBER);
        for (day, cell) in week.days.iter().enumerate() {
            let area = Rect { width: columns.day.saturating_sub(1).min(rest.width), ..rest };
            let is_marked = index == self.week.index() && day == self.day.index();
            let is_today = week.is_now && self.grid.today == Some(day);
            let style = match cell.mark {
                _ if is_marked => self.theme.loud(),
                _ if is_today => self.theme.strong(),
                SessionMark::LetGo | SessionMark::Moved => self.theme.quiet(),
                _ if cell.word == "–" => self.theme.quiet(),
                _ => Style::new(),
            };
            if is_marked {
                buf.set_style(area.intersection(buf.area), style);
            }
            let sign = cell.mark.sign();
            let room = area.width.saturating_sub(width(sign));
            let word: String = cell.word.chars().take(usize::from(room)).collect();
            let taken = put(buf, area, &word, Side::Left, style);
            put(buf, after(area, taken), sign, Side::Left, style);
            rest = after(rest, columns.day);
        }
        for (room, text) in
            [(columns.run, &week.run), (columns.easy, &week.easy), (columns.longest, &week.longest)]
        {
            put(buf, Rect { width: room.min(rest.width), ..rest }, text, Side::Right, Style::new());
            rest = after(rest, room);
        }
        self.draw_bar(buf, after(rest, 2), week, columns);
    }

    /// Draws the length of a week as a bar, and the week's name after it.
    fn draw_bar(&self, buf: &mut Buffer, area: Rect, week: &PlanGridWeek, columns: GridColumns) {
        let mut rest = area;
        if columns.bar > 0 {
            let most = columns.bar - 2;
            let filled = (week.share.clamp(0.0, 1.0) * f64::from(most)).round() as usize;
            put(buf, rest, &"▇".repeat(filled), Side::Left, self.theme.quiet());
            rest = after(rest, most + 1);
        }
        if width(&week.name) <= rest.width {
            put(buf, rest, &week.name, Side::Left, self.theme.quiet());
        }
    }

    fn draw_details(&self, buf: &mut Buffer, area: Rect) {
        let mut rest = area;
        for (number, line) in self.selected().into_iter().flat_map(|cell| &cell.details).enumerate() {
            let style = if number == 0 { self.theme.strong() } else { Style::new() };
            for line in wrap(line, rest.width, rest.height.min(2)) {
                put(buf, top(&mut rest, 1), &line, Side::Left, style);
            }
        }
    }
}

impl Page for PlanGridPage {
    type Outcome = PlanRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let gap = u16::from(buf.area.height >= ROOMY);
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        // The plan's name is the title.
        let context = PlanContext { plan: "", place: &self.grid.place };
        draw_title(buf, top(&mut rest, 1), &self.grid.plan, context, self.theme);
        let foot = bottom(&mut rest, 1);
        let keys = hints(self.theme.keymap(), KeyContext::Plan, foot.width);
        put(buf, foot, &keys, Side::Left, self.theme.quiet());
        top(&mut rest, gap);
        bottom(&mut rest, gap);
        let details = if rest.height > DETAIL + 6 { DETAIL + gap } else { 0 };
        let columns = GridColumns::of(self.days(), rest.width);
        self.draw_heading(buf, top(&mut rest, 1), columns);
        let shown = rest.height.saturating_sub(details).min(self.grid.weeks.len() as u16);
        let view = Viewport { rows: self.grid.weeks.len(), shown: usize::from(shown) };
        self.view.set(view);
        for week in view.around(self.week.index()) {
            self.draw_week(buf, top(&mut rest, 1), week, columns);
        }
        if details > 0 {
            top(&mut rest, gap);
            self.draw_details(buf, top(&mut rest, DETAIL));
        }
        if rest.height > gap {
            top(&mut rest, gap);
            draw_paragraphs(buf, &mut rest, &self.grid.notes, self.theme.quiet());
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Plan
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<PlanRequest> {
        match key.action? {
            Action::Choose => Some(PlanRequest::Week(self.selected().and_then(|cell| cell.date))),
            Action::Today => Some(PlanRequest::Today),
            Action::Close => Some(PlanRequest::Leave),
            Action::Help => {
                self.help.open();
                None
            }
            Action::Less => {
                self.day.update(Action::Previous, usize::from(self.days()), 1);
                None
            }
            Action::More => {
                self.day.update(Action::Next, usize::from(self.days()), 1);
                None
            }
            action => {
                self.week.update(action, self.grid.weeks.len(), self.view.get().page());
                None
            }
        }
    }
}
