//! The log as a list.

use super::LogRequest;
use super::row::{ColumnWidths, Columns};
use super::weeks::{self, LogWeek};
use crate::history::SessionId;
use crate::history::queries::LogEntry;
use crate::keymap;
use crate::keymap::{Action, KeyBinding, KeyContext};
use crate::text::clean;
use crate::tui::screens::help::HelpPage;
use crate::tui::screens::page::{Page, PageRequest};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width, wrap};
use chrono::{DateTime, FixedOffset, Weekday};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::cmp::Reverse;

/// From this height on there is room between the parts.
const ROOMY: u16 = 16;

/// A row of the list.
#[derive(Clone, Debug)]
enum LogRow {
    Week(LogWeek),
    Blank,
    Session(usize),
}

/// What was run, the latest first.
#[derive(Clone, Debug)]
pub struct LogListPage {
    entries: Vec<LogEntry>,
    rows: Vec<LogRow>,
    widest: ColumnWidths,
    /// Which of the entries is marked.
    marked: usize,
    week_starts: Weekday,
    now: DateTime<FixedOffset>,
    help: Option<HelpPage>,
    message: Option<String>,
    theme: Theme,
    /// Where it was last drawn: a page is as long as the window.
    area: Cell<Rect>,
}

impl LogListPage {
    /// A list with the mark on the latest session.
    pub fn new(
        entries: Vec<LogEntry>,
        week_starts: Weekday,
        now: DateTime<FixedOffset>,
        theme: Theme,
    ) -> Self {
        let mut list = LogListPage {
            entries: Vec::new(),
            rows: Vec::new(),
            widest: ColumnWidths::default(),
            marked: 0,
            week_starts,
            now,
            help: None,
            message: None,
            theme,
            area: Cell::new(Rect::default()),
        };
        list.replace(entries);
        list
    }

    /// Takes another log in its place. The mark stays on its session, or where that was.
    pub fn replace(&mut self, mut entries: Vec<LogEntry>) {
        let marked = self.marked().map(|e| e.id);
        // By the calendar of each: who flies west may run twice in the same hour, and once in yesterday's week.
        entries.sort_by_key(|e| Reverse(e.started.naive_local()));
        self.entries = entries;
        self.rows = rows(&self.entries, self.week_starts);
        self.widest = ColumnWidths::of(&self.entries);
        let last = self.entries.len().saturating_sub(1);
        let still = self.entries.iter().position(|e| Some(e.id) == marked);
        self.marked = still.unwrap_or(self.marked).min(last);
    }

    /// Puts the mark on a session, where it is there.
    pub fn mark(&mut self, id: SessionId) {
        if let Some(at) = self.entries.iter().position(|e| e.id == id) {
            self.marked = at;
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn marked(&self) -> Option<&LogEntry> {
        self.entries.get(self.marked)
    }

    fn go(&mut self, action: Action) {
        let page = usize::from(self.area.get().height.saturating_sub(6)).max(1);
        let last = self.entries.len().saturating_sub(1);
        let to = match action {
            Action::Previous => self.marked.saturating_sub(1),
            Action::Next => self.marked + 1,
            Action::PageBack => self.marked.saturating_sub(page),
            Action::PageOn => self.marked + page,
            Action::First => 0,
            Action::Last => last,
            _ => self.marked,
        };
        self.marked = to.min(last);
    }

    fn act(&mut self, action: Action) -> Option<LogRequest> {
        let id = self.marked().map(|e| e.id);
        match action {
            Action::Choose => return id.map(LogRequest::Open),
            Action::Edit => return id.map(LogRequest::Edit),
            Action::Delete => return id.map(LogRequest::Delete),
            Action::Undo => return Some(LogRequest::Undo),
            Action::Close => return Some(LogRequest::Leave),
            Action::Help => self.help = Some(HelpPage::LOG),
            _ => self.go(action),
        }
        None
    }

    /// Head, foot, and what there is to say.
    fn frame(&self, buf: &mut Buffer, rest: &mut Rect) {
        let roomy = rest.height >= ROOMY;
        let mut head = top(rest, 1);
        if !self.entries.is_empty() && head.width > 20 {
            let count = format!("{} of {}", self.marked + 1, self.entries.len());
            let taken = put(buf, head, &count, Side::Right, self.theme.quiet());
            beside(&mut head, taken + 1);
        }
        put(buf, head, "What was run", Side::Left, self.theme.strong());
        let foot = bottom(rest, 1);
        put(buf, foot, &self.hints(foot.width), Side::Left, self.theme.quiet());
        let message = self.message.as_deref().map(clean).unwrap_or_default();
        let lines = wrap(&message, rest.width, 3.min(rest.height / 2));
        let mut said = bottom(rest, lines.len() as u16);
        for line in &lines {
            put(buf, top(&mut said, 1), line, Side::Left, self.theme.strong());
        }
        if roomy {
            top(rest, 1);
            if lines.is_empty() {
                bottom(rest, 1);
            }
        }
    }

    /// The keys; of an empty log those that do anything.
    fn hints(&self, columns: u16) -> String {
        if !self.entries.is_empty() {
            return hints(KeyContext::Logged, "", columns);
        }
        let some = |b: &&KeyBinding| matches!(b.action, Action::Undo | Action::Close | Action::Help);
        let keys = keymap::of(KeyContext::Logged).filter(some).map(|b| format!("{} {}", b.label(), b.hint));
        keys.collect::<Vec<_>>().join("   ")
    }

    fn nothing(&self, buf: &mut Buffer, mut rest: Rect) {
        for text in [
            "The log is empty. What you run with pacebell comes here by itself.",
            "What you run without it: pacebell log add \"45min easy\" --on yesterday --rpe 3",
        ] {
            for line in wrap(text, rest.width, rest.height) {
                put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
            }
            top(&mut rest, 1);
        }
    }

    fn list(&self, buf: &mut Buffer, mut rest: Rect) {
        let heading = if rest.height >= 5 { Some(top(&mut rest, 1)) } else { None };
        let shown = usize::from(rest.height).max(1);
        let at = self.rows.iter().position(|r| matches!(r, LogRow::Session(i) if *i == self.marked));
        // The mark stays in the middle where the list is longer than the window.
        let first = at.unwrap_or(0).saturating_sub(shown / 2).min(self.rows.len().saturating_sub(shown));
        let columns = Columns::of(inset(rest, 1).width, self.widest);
        if let Some(heading) = heading {
            columns.heading(buf, inset(heading, 1), self.theme);
        }
        for row in self.rows.iter().skip(first).take(shown) {
            let line = top(&mut rest, 1);
            match row {
                LogRow::Blank => {}
                LogRow::Week(week) => self.week(buf, line, week),
                LogRow::Session(i) => {
                    let marked = *i == self.marked;
                    if marked {
                        buf.set_style(line.intersection(buf.area), self.theme.loud());
                    }
                    if let Some(entry) = self.entries.get(*i) {
                        columns.row(buf, inset(line, 1), entry, (marked, self.theme));
                    }
                }
            }
        }
    }

    fn week(&self, buf: &mut Buffer, line: Rect, week: &LogWeek) {
        let mut area = inset(line, 1);
        let name = week.name(self.now.date_naive(), self.week_starts);
        let mut sums = week.sums();
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

/// The rows of a list that is in order.
fn rows(entries: &[LogEntry], week_starts: Weekday) -> Vec<LogRow> {
    let mut weeks: Vec<(LogWeek, Vec<usize>)> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let first = weeks::of(entry, week_starts);
        match weeks.last_mut() {
            Some((week, sessions)) if week.first == first => {
                week.add(entry);
                sessions.push(i);
            }
            _ => {
                let mut week = LogWeek::new(first);
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
        self.area.set(buf.area);
        if let Some(help) = &self.help {
            return help.draw(buf, buf.area, "", self.theme);
        }
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        if rest.height >= 5 {
            self.frame(buf, &mut rest);
        }
        if self.entries.is_empty() {
            self.nothing(buf, rest);
        } else {
            self.list(buf, rest);
        }
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<LogRequest>> {
        let Input::Key(key) = input else { return None };
        let context = if self.help.is_some() { KeyContext::Reading } else { KeyContext::Logged };
        let action = keymap::action(context, key)?;
        self.message = None;
        match action {
            Action::Interrupt => return Some(PageRequest::Interrupt),
            Action::Suspend => return Some(PageRequest::Suspend),
            _ => {}
        }
        if let Some(help) = &mut self.help {
            if help.update(action, self.area.get()) {
                self.help = None;
            }
            return None;
        }
        self.act(action).map(PageRequest::Done)
    }
}
