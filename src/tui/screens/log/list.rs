//! The log as a list of sessions by week.

use super::LogRequest;
use super::row::{ColumnWidths, LogColumns, SessionRow};
use super::weeks::LogWeek;
use crate::day::WinMoment;
use crate::history::SessionId;
use crate::history::log_filter::has_words;
use crate::history::queries::LogEntry;
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::{self, hints};
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width, wrap};
use crate::tui::widgets::text_input::TextInput;
use crate::tui::widgets::typed_line::TypedLine;
use chrono::{DateTime, FixedOffset, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The least height at which the parts stand apart.
const ROOMY: u16 = 16;

/// A row of the list.
#[derive(Clone, Debug)]
enum LogRow {
    Week(LogWeek),
    Blank,
    /// A session, by its index in the entries.
    Session(usize),
}

/// The list of sessions, latest first.
#[derive(Clone, Debug)]
pub struct LogListPage {
    /// All sessions, with those that the filter hides.
    all: Vec<LogEntry>,
    /// The sessions that match the filter.
    entries: Vec<LogEntry>,
    /// The words that sessions must have.
    filter: TextInput,
    is_typing: bool,
    rows: Vec<LogRow>,
    widths: ColumnWidths,
    cursor: ListCursor,
    week_starts: Weekday,
    /// The small wins of each week, by its first day.
    wins: BTreeMap<NaiveDate, usize>,
    now: DateTime<FixedOffset>,
    units: Units,
    help: HelpOverlay,
    message: Option<String>,
    theme: Theme,
    /// The rows in sight when it was last drawn: the page keys move by them.
    view: Cell<Viewport>,
}

impl LogListPage {
    /// A list with the latest session marked.
    pub fn new(
        entries: Vec<LogEntry>,
        week_starts: Weekday,
        now: DateTime<FixedOffset>,
        theme: Theme,
    ) -> Self {
        let mut list = LogListPage {
            all: Vec::new(),
            entries: Vec::new(),
            filter: TextInput::default(),
            is_typing: false,
            rows: Vec::new(),
            widths: ColumnWidths::default(),
            cursor: ListCursor::default(),
            week_starts,
            wins: BTreeMap::new(),
            now,
            units: Units::default(),
            help: HelpOverlay::closed(HelpPage::LOG),
            message: None,
            theme,
            view: Cell::default(),
        };
        list.replace(entries);
        list
    }

    /// Counts these small wins beside the weeks.
    pub fn with_wins(mut self, wins: &[WinMoment]) -> Self {
        for win in wins {
            let week = LogWeek::first_day(win.at.local().date(), self.week_starts);
            *self.wins.entry(week).or_default() += 1;
        }
        self
    }

    /// Shows distances and paces in these units.
    pub fn in_units(mut self, units: Units) -> Self {
        self.units = units;
        self.widths = ColumnWidths::of(&self.entries, units);
        self
    }

    /// Replaces the sessions. The mark stays on its session, or on its row if that session is gone.
    pub fn replace(&mut self, mut entries: Vec<LogEntry>) {
        // By local time: after a flight west, the later of two sessions may have started at an earlier hour.
        entries.sort_by_key(|e| Reverse(e.started.naive_local()));
        self.all = entries;
        self.show_matching();
    }

    /// Shows the sessions that match the filter. The mark stays on its session if that is one of them.
    fn show_matching(&mut self) {
        let marked = self.marked().map(|e| e.id);
        let matches = |entry: &&LogEntry| has_words(entry, self.filter.text());
        self.entries = self.all.iter().filter(matches).cloned().collect();
        self.rows = rows(&self.entries, self.week_starts);
        self.widths = ColumnWidths::of(&self.entries, self.units);
        match marked {
            Some(id) if self.entries.iter().any(|e| e.id == id) => self.mark(id),
            _ => self.cursor.clamp(self.entries.len()),
        }
    }

    /// Marks a session, if it is in the list.
    pub fn mark(&mut self, id: SessionId) {
        if let Some(index) = self.entries.iter().position(|e| e.id == id) {
            self.cursor = ListCursor::at(index);
        }
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn marked(&self) -> Option<&LogEntry> {
        self.entries.get(self.cursor.index())
    }

    /// Handles a key while the filter is typed.
    fn type_filter(&mut self, key: PageKey) -> Option<LogRequest> {
        match key.action {
            Some(Action::Keep) => self.is_typing = false,
            Some(Action::Cancel) => self.show_all(),
            Some(action) if self.filter.erase(action) => self.show_matching(),
            Some(action) => _ = self.cursor.update(action, self.entries.len(), self.view.get().page()),
            None => {
                if key.typed.is_some_and(|c| self.filter.push(c)) {
                    self.show_matching();
                }
            }
        }
        None
    }

    /// Ends the filter. The mark stays on its session.
    fn show_all(&mut self) {
        self.is_typing = false;
        self.filter = TextInput::default();
        self.show_matching();
    }

    fn draw_frame(&self, buf: &mut Buffer, rest: &mut Rect) {
        let roomy = rest.height >= ROOMY;
        let mut head = top(rest, 1);
        if !self.entries.is_empty() && head.width > 20 {
            let found = if self.filter.is_blank() { "" } else { " found" };
            let count = format!("{} of {}{found}", self.cursor.index() + 1, self.entries.len());
            let taken = put(buf, head, &count, Side::Right, self.theme.quiet());
            beside(&mut head, taken + 1);
        }
        if self.is_typing || !self.filter.is_blank() {
            let line = TypedLine { label: "/ ", text: self.filter.text(), has_cursor: self.is_typing };
            line.draw(buf, head, self.theme);
        } else {
            put(buf, head, "Your log", Side::Left, self.theme.strong());
        }
        let foot = bottom(rest, 1);
        put(buf, foot, &self.hints(foot.width), Side::Left, self.theme.quiet());
        let most = 3.min(rest.height / 2);
        let message_rows = message::draw(buf, rest, self.message.as_deref(), most, self.theme);
        if roomy {
            top(rest, 1);
            if message_rows == 0 {
                bottom(rest, 1);
            }
        }
    }

    /// The key hints; for an empty log, only those that do anything there.
    fn hints(&self, columns: u16) -> String {
        if self.is_typing || !self.all.is_empty() {
            return hints(self.theme.keymap(), self.context(), columns);
        }
        let works = |b: &&KeyBinding| matches!(b.action, Action::Undo | Action::Close | Action::Help);
        let hints = self.theme.keymap().of(KeyContext::Logged).filter(works).map(key_hints::hint);
        key_hints::join(&hints.collect::<Vec<_>>())
    }

    fn draw_empty(&self, buf: &mut Buffer, mut rest: Rect) {
        for text in [
            "The log is empty. Sessions you run with pacebell appear here.",
            "To add one you ran without it: pacebell log add \"45min easy\" --on yesterday --rpe 3",
        ] {
            for line in wrap(text, rest.width, rest.height) {
                put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
            }
            top(&mut rest, 1);
        }
    }

    fn draw_list(&self, buf: &mut Buffer, mut rest: Rect) {
        let heading = if rest.height >= 5 { Some(top(&mut rest, 1)) } else { None };
        let marked = self.cursor.index();
        let at = self.rows.iter().position(|r| matches!(r, LogRow::Session(i) if *i == marked));
        let view = Viewport { rows: self.rows.len(), shown: usize::from(rest.height).max(1) };
        self.view.set(view);
        let columns = LogColumns::of(inset(rest, 1).width, self.widths);
        if let Some(heading) = heading {
            columns.draw_heading(buf, inset(heading, 1), self.units, self.theme);
        }
        let rows = self.rows.get(view.around(at.unwrap_or(0))).unwrap_or_default();
        let in_view = |row: &LogRow| match row {
            LogRow::Session(i) => self.entries.get(*i).map(|entry| entry.active),
            LogRow::Week(_) | LogRow::Blank => None,
        };
        let longest = rows.iter().filter_map(in_view).max().unwrap_or_default();
        for row in rows {
            let line = top(&mut rest, 1);
            match row {
                LogRow::Blank => {}
                LogRow::Week(week) => self.draw_week(buf, line, week),
                LogRow::Session(i) => {
                    if *i == marked {
                        buf.set_style(line.intersection(buf.area), self.theme.loud());
                    }
                    if let Some(entry) = self.entries.get(*i) {
                        let is_marked = *i == marked;
                        let row = SessionRow { entry, is_marked, longest, units: self.units };
                        columns.draw_session(buf, inset(line, 1), row, self.theme);
                    }
                }
            }
        }
    }

    /// Draws a week's name and as many of its sums as fit.
    fn draw_week(&self, buf: &mut Buffer, line: Rect, week: &LogWeek) {
        let mut area = inset(line, 1);
        let name = week.name(self.now.date_naive(), self.week_starts);
        let mut sums = week.sums(self.units);
        // The first to be left out.
        match self.wins.get(&week.first) {
            Some(1) => sums.insert(0, "1 small win".to_string()),
            Some(wins) => sums.insert(0, format!("{wins} small wins")),
            None => {}
        }
        let joined = |sums: &[String]| sums.join(" · ");
        while sums.len() > 1 && width(&name) + 2 + width(&joined(&sums)) > area.width {
            sums.remove(0);
        }
        let sums = joined(&sums);
        if width(&name) + 2 + width(&sums) <= area.width {
            let taken = put(buf, area, &sums, Side::Right, self.theme.quiet());
            beside(&mut area, taken + 2);
        }
        put(buf, area, &name, Side::Left, self.theme.strong());
    }
}

/// Groups sessions, latest first, into weeks.
fn rows(entries: &[LogEntry], week_starts: Weekday) -> Vec<LogRow> {
    let mut weeks: Vec<(LogWeek, Vec<usize>)> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let first_day = LogWeek::first_day(entry.started.date_naive(), week_starts);
        match weeks.last_mut() {
            Some((week, sessions)) if week.first == first_day => {
                week.add(entry);
                sessions.push(i);
            }
            _ => {
                let mut week = LogWeek::new(first_day);
                week.add(entry);
                weeks.push((week, vec![i]));
            }
        }
    }
    let mut rows = Vec::with_capacity(entries.len() + 2 * weeks.len());
    for (week, sessions) in weeks {
        if !rows.is_empty() {
            rows.push(LogRow::Blank);
        }
        rows.push(LogRow::Week(week));
        rows.extend(sessions.into_iter().map(LogRow::Session));
    }
    rows
}

impl Page for LogListPage {
    type Outcome = LogRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        if rest.height >= 5 {
            self.draw_frame(buf, &mut rest);
        }
        if self.all.is_empty() {
            self.draw_empty(buf, rest);
        } else if self.entries.is_empty() {
            let text =
                format!("No session has {} in its name, note, date or answers.", self.filter.text().trim());
            for line in wrap(&text, rest.width, rest.height) {
                put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
            }
        } else {
            self.draw_list(buf, rest);
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        if self.is_typing { KeyContext::Filtering } else { KeyContext::Logged }
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<LogRequest> {
        if self.is_typing {
            return self.type_filter(key);
        }
        let action = key.action?;
        self.message = None;
        let id = self.marked().map(|e| e.id);
        match action {
            Action::Choose => id.map(LogRequest::Open),
            Action::Edit => id.map(LogRequest::Edit),
            Action::Delete => id.map(LogRequest::Delete),
            Action::Undo => Some(LogRequest::Undo),
            Action::Trends => Some(LogRequest::Trends),
            Action::Search => {
                self.is_typing = true;
                None
            }
            // The first press shows all sessions again.
            Action::Cancel if !self.filter.is_blank() => {
                self.show_all();
                None
            }
            Action::Close | Action::Cancel => Some(LogRequest::Leave),
            Action::Help => {
                self.help.open();
                None
            }
            _ => {
                self.cursor.update(action, self.entries.len(), self.view.get().page());
                None
            }
        }
    }
}
