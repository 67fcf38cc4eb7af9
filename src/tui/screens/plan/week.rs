//! A week of the plan: what is planned, what was run, and the figures of both.

use super::PlanRequest;
use super::day_choice::{self, DayAnswer, DayChoice};
use super::table::{PlanContext, draw_paragraphs, draw_title};
use super::view::{SessionMark, WeekFigure, WeekSession, WeekTable};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on, the parts stand apart.
const ROOMY: u16 = 18;
/// The columns between two columns.
const GAP: u16 = 2;
/// The least width of the sessions' titles.
const TITLE: u16 = 14;
/// The widest title: more would take it too far from its figures.
const WIDEST_TITLE: u16 = 30;
/// The columns that are kept for a note on what is optional, and on alternatives.
const CHOICE: u16 = 20;
/// The columns of a number.
const NUMBER: u16 = 4;
/// The columns of the names of the figures.
const NAME: u16 = 13;
/// The columns of a figure's value.
const VALUE: u16 = 9;
/// The columns of a bar.
const BAR: u16 = 20;

/// A week.
#[derive(Clone, Debug)]
pub struct WeekPage {
    table: WeekTable,
    cursor: ListCursor,
    moving: Option<DayChoice>,
    help: HelpOverlay,
    message: Option<String>,
    theme: Theme,
}

/// A column of numbers: its heading, and its values.
type NumberColumn = (&'static str, fn(&WeekSession) -> &str);

/// The columns of numbers, the most important first.
const NUMBERS: [NumberColumn; 4] = [
    ("easy", |line| &line.easy),
    ("hard", |line| &line.hard),
    ("RPE", |line| &line.rpe),
    ("load", |line| &line.load),
];

/// The widths of the columns; 0 for one that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WeekColumns {
    day: u16,
    title: u16,
    total: u16,
    run: u16,
    /// The number of columns from [`NUMBERS`].
    numbers: usize,
    note: u16,
}

impl WeekColumns {
    fn of(table: &WeekTable, room: u16) -> Self {
        let widest = |text: fn(&WeekSession) -> &str| {
            table.lines.iter().map(|line| width(text(line))).max().unwrap_or(0)
        };
        let day = widest(|line| &line.day);
        let total = widest(|line| &line.offer.total).max(7);
        let run = widest(|line| &line.run).max(3) + 2;
        let title = widest(|line| &line.offer.title);
        let note = widest(|line| &line.offer.note);
        let mut free = room.saturating_sub(day + GAP + TITLE + GAP + total);
        let mut take = |columns: u16| {
            let fits = columns > 0 && columns + GAP <= free;
            free -= if fits { columns + GAP } else { 0 };
            if fits { columns } else { 0 }
        };
        let run = take(run);
        // What is optional, and what else may be run, matters more than figures.
        let widest_choice = |text: fn(&WeekSession) -> &str| {
            let choices = table.lines.iter().filter(|line| !line.short_note.is_empty());
            choices.map(|line| width(text(line))).max().unwrap_or(0)
        };
        let wanted =
            [widest_choice(|line| &line.offer.note).min(CHOICE), widest_choice(|line| &line.short_note)];
        let choice = wanted.into_iter().map(&mut take).find(|columns| *columns > 0).unwrap_or(0);
        let has_values = |(_, text): &&NumberColumn| table.lines.iter().any(|line| !text(line).is_empty());
        let known = NUMBERS.iter().take_while(has_values).count();
        let numbers = (0..known).take_while(|_| take(NUMBER) > 0).count();
        let longer = title.clamp(TITLE, WIDEST_TITLE).min(TITLE + free) - TITLE;
        free -= longer;
        let note = match choice {
            0 if note > 0 && free > GAP + 6 => free - GAP,
            0 => 0,
            choice => choice + free,
        };
        WeekColumns { day, title: TITLE + longer, total, run, numbers, note }
    }

    fn draw_heading(self, buf: &mut Buffer, line: Rect, style: Style) {
        let mut rest = line;
        put(buf, cut(&mut rest, self.day), "day", Side::Left, style);
        put(buf, cut(&mut rest, self.title), "planned", Side::Left, style);
        cut(&mut rest, self.total);
        put(buf, cut(&mut rest, self.run), "run", Side::Right, style);
        for (name, _) in NUMBERS.iter().take(self.numbers) {
            put(buf, cut(&mut rest, NUMBER), name, Side::Right, style);
        }
    }

    fn draw(self, buf: &mut Buffer, row: Rect, line: &WeekSession, style: Style) {
        let mut rest = row;
        put(buf, cut(&mut rest, self.day), &line.day, Side::Left, style);
        put(buf, cut(&mut rest, self.title), &line.offer.title, Side::Left, style);
        put(buf, cut(&mut rest, self.total), &line.offer.total, Side::Right, style);
        let sign = line.offer.mark.sign();
        let run = if line.run.is_empty() { sign.to_string() } else { format!("{} {sign}", line.run) };
        put(buf, cut(&mut rest, self.run), &run, Side::Right, style);
        for (_, text) in NUMBERS.iter().take(self.numbers) {
            put(buf, cut(&mut rest, NUMBER), text(line), Side::Right, style);
        }
        let note = Rect { width: self.note.min(rest.width), ..rest };
        let is_cut = width(&line.offer.note) > note.width && !line.short_note.is_empty();
        let text = if is_cut && self.note < CHOICE { &line.short_note } else { &line.offer.note };
        put(buf, note, text, Side::Left, style);
    }
}

/// Takes a column and the gap after it off a row. A column without a width takes nothing.
fn cut(rest: &mut Rect, columns: u16) -> Rect {
    if columns == 0 {
        return Rect { width: 0, ..*rest };
    }
    let column = Rect { width: columns.min(rest.width), ..*rest };
    *rest = after(*rest, columns + GAP);
    column
}

impl WeekPage {
    /// The page, with today's first session marked.
    pub fn new(table: WeekTable, theme: Theme) -> Self {
        let today = table.lines.iter().position(|line| line.is_today).unwrap_or(0);
        WeekPage {
            table,
            cursor: ListCursor::at(today),
            moving: None,
            help: HelpOverlay::closed(HelpPage::PLAN),
            message: None,
            theme,
        }
    }

    /// Shows the week after a change, or another one. The mark stays on its row.
    pub fn replace(&mut self, table: WeekTable) {
        self.table = table;
        self.cursor.clamp(self.table.lines.len());
        self.moving = None;
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn draw_lines(&self, buf: &mut Buffer, rest: &mut Rect) {
        let columns = WeekColumns::of(&self.table, rest.width.saturating_sub(2));
        if usize::from(rest.height) > self.table.lines.len() {
            columns.draw_heading(buf, after(top(rest, 1), 1), self.theme.quiet());
        }
        let rows = self.table.lines.len();
        let view = Viewport { rows, shown: usize::from(rest.height) };
        let visible = view.around(self.cursor.index());
        for index in visible {
            let Some(line) = self.table.lines.get(index) else { continue };
            let row = top(rest, 1);
            let is_marked = index == self.cursor.index();
            if is_marked {
                buf.set_style(row.intersection(buf.area), self.theme.loud());
            }
            let style = match (is_marked, line.offer.mark) {
                (true, _) => self.theme.loud(),
                (false, SessionMark::LetGo | SessionMark::Moved) => self.theme.quiet(),
                (false, _) if line.is_today => self.theme.strong(),
                (false, _) => Style::new(),
            };
            columns.draw(buf, after(row, 1), line, style);
        }
    }

    fn draw_figures(&self, buf: &mut Buffer, rest: &mut Rect) {
        if rest.height > 3 {
            let row = top(rest, 1);
            let mut values = after(row, NAME);
            put(buf, cut(&mut values, VALUE), "planned", Side::Right, self.theme.quiet());
            put(buf, cut(&mut values, VALUE), "so far", Side::Right, self.theme.quiet());
        }
        for figure in &self.table.figures {
            self.draw_figure(buf, top(rest, 1), figure);
        }
    }

    fn draw_figure(&self, buf: &mut Buffer, row: Rect, figure: &WeekFigure) {
        put(buf, row, &figure.name, Side::Left, self.theme.quiet());
        let mut values = after(row, NAME);
        put(buf, cut(&mut values, VALUE), &figure.planned, Side::Right, Style::new());
        put(buf, cut(&mut values, VALUE), &figure.so_far, Side::Right, Style::new());
        let note = after(values, 1);
        if let Some(share) = figure.share
            && note.width >= width(&figure.note) + 1 + BAR
        {
            let bar = Rect { width: BAR, ..after(note, width(&figure.note) + 1) };
            let filled = (share.clamp(0.0, 1.0) * f64::from(BAR)).round() as usize;
            put(buf, bar, &"░".repeat(usize::from(BAR)), Side::Left, self.theme.quiet());
            put(buf, bar, &"█".repeat(filled), Side::Left, Style::new());
        }
        // A note that is cut off explains nothing.
        if width(&figure.note) <= note.width {
            put(buf, note, &figure.note, Side::Left, self.theme.quiet());
        }
    }

    fn draw_foot(&self, buf: &mut Buffer, rest: &mut Rect) {
        if let Some(moving) = &self.moving {
            let area = bottom(rest, day_choice::ROWS);
            return moving.draw(buf, area, self.theme);
        }
        let foot = bottom(rest, 1);
        put(
            buf,
            foot,
            &hints(self.theme.keymap(), KeyContext::Week, foot.width),
            Side::Left,
            self.theme.quiet(),
        );
        message::draw(buf, rest, self.message.as_deref(), 3.min(rest.height / 2), self.theme);
    }
}

impl Page for WeekPage {
    type Outcome = PlanRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let gap = u16::from(buf.area.height >= ROOMY);
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        let context = PlanContext { plan: &self.table.plan, place: &self.table.place };
        draw_title(buf, top(&mut rest, 1), &self.table.title, context, self.theme);
        self.draw_foot(buf, &mut rest);
        top(&mut rest, gap);
        bottom(&mut rest, gap);
        let heading = 1;
        let wanted = self.table.lines.len() as u16 + heading;
        let mut lines = top(&mut rest, wanted);
        self.draw_lines(buf, &mut lines);
        if rest.height > self.table.figures.len() as u16 {
            top(&mut rest, gap);
            self.draw_figures(buf, &mut rest);
        }
        if rest.height > gap {
            top(&mut rest, gap);
            draw_paragraphs(buf, &mut rest, &self.table.notes, Style::new());
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        if self.moving.is_some() { KeyContext::Moving } else { KeyContext::Week }
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<PlanRequest> {
        let action = key.action?;
        self.message = None;
        if let Some(moving) = &mut self.moving {
            let answer = moving.press(action);
            if answer != DayAnswer::Open {
                self.moving = None;
            }
            return answer.request();
        }
        let line = self.table.lines.get(self.cursor.index());
        let target = line.and_then(|line| line.offer.target.clone());
        match action {
            Action::Choose => target.map(PlanRequest::Choose),
            Action::Skip => target.and_then(|target| target.item()).map(PlanRequest::Skip),
            Action::Undo => Some(PlanRequest::Undo),
            Action::PageBack => Some(PlanRequest::EarlierWeek),
            Action::PageOn => Some(PlanRequest::LaterWeek),
            Action::Plan => Some(PlanRequest::Plan),
            Action::Today => Some(PlanRequest::Today),
            Action::Close => Some(PlanRequest::Leave),
            Action::Move => {
                self.moving = line.and_then(|line| DayChoice::of(&line.offer));
                if self.moving.is_none() {
                    self.message = Some("This cannot be moved.".to_string());
                }
                None
            }
            Action::Help => {
                self.help.open();
                None
            }
            _ => {
                self.cursor.update(action, self.table.lines.len(), 1);
                None
            }
        }
    }
}
