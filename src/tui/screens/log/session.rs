//! One session of the log, with all there is to know of it.

use super::{LogRequest, zone_bar};
use crate::display::chart::{ChartBar, IntensityChart};
use crate::display::zone_word;
use crate::history::describe;
use crate::history::describe::LapInWords;
use crate::history::queries::SessionDetails;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::text::clean;
use crate::tui::screens::help::HelpPage;
use crate::tui::screens::page::{Page, PageRequest};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::text::{Side, bottom, inset, put, top, width, wrap};
use crate::units::Millis;
use chrono::FixedOffset;
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// From this width on the facts and the zones stand side by side.
const SIDE_BY_SIDE: u16 = 76;
/// From this height on the picture has five rows, else three.
const TALL: u16 = 24;
/// The columns of what a fact is about, with the space after it.
const ABOUT: u16 = 16;
/// The columns of a zone with its word and its time.
const ZONE: u16 = 26;

/// A line to be read.
#[derive(Clone, Debug)]
enum SessionLine {
    Blank,
    Said(String),
    Fact(String, String),
    Zone(Option<u8>, Millis),
    Both(Box<SessionLine>, Box<SessionLine>),
    /// A row of the picture, counted from the bottom.
    Picture(u16),
    Laps,
    Lap(usize),
}

/// A session with its picture as it was run.
#[derive(Clone, Debug)]
pub struct SessionPage {
    details: SessionDetails,
    facts: Vec<(String, String)>,
    laps: Vec<LapInWords>,
    here: FixedOffset,
    /// The first line that is shown, and the last that may be first.
    first: usize,
    most: Cell<usize>,
    area: Cell<Rect>,
    help: Option<HelpPage>,
    message: Option<String>,
    theme: Theme,
}

impl SessionPage {
    /// A page from its top; `here` is the offset from UTC of where it is read.
    pub fn new(details: SessionDetails, here: FixedOffset, theme: Theme) -> Self {
        // The zones have rows of their own.
        let facts = describe::facts(&details).into_iter().filter(|(about, _)| about != "By zone").collect();
        let laps = details.laps.iter().map(|l| describe::lap(&details, l)).collect();
        SessionPage {
            details,
            facts,
            laps,
            here,
            first: 0,
            most: Cell::new(0),
            area: Cell::new(Rect::default()),
            help: None,
            message: None,
            theme,
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn lines(&self, area: Rect) -> Vec<SessionLine> {
        let mut lines = self.summary(area.width);
        lines.push(SessionLine::Blank);
        if self.laps.is_empty() {
            lines.push(SessionLine::Said(
                "There are no laps: nobody knows how long each step was.".to_string(),
            ));
            return lines;
        }
        let rows = picture_rows(area.height);
        lines.extend((0..rows).rev().map(SessionLine::Picture));
        lines.push(SessionLine::Blank);
        lines.push(SessionLine::Laps);
        lines.extend((0..self.laps.len()).map(SessionLine::Lap));
        lines
    }

    /// The facts and the time by zone, side by side where there is room.
    fn summary(&self, columns: u16) -> Vec<SessionLine> {
        let zones: Vec<SessionLine> = self
            .details
            .entry
            .zones
            .parts()
            .into_iter()
            .map(|(zone, time)| SessionLine::Zone(zone, time))
            .collect();
        let beside = columns >= SIDE_BY_SIDE && !zones.is_empty();
        let room = if beside { columns / 2 } else { columns }.saturating_sub(ABOUT + 2);
        let mut facts = Vec::new();
        for (about, is) in &self.facts {
            let mut about = about.clone();
            if width(&about) + 2 > ABOUT {
                facts.extend(wrap(&about, room + ABOUT, 3).into_iter().map(SessionLine::Said));
                about = String::new();
            }
            for line in wrap(is, room.max(1), 12) {
                facts.push(SessionLine::Fact(std::mem::take(&mut about), line));
            }
        }
        if !beside {
            if !zones.is_empty() {
                facts.push(SessionLine::Blank);
            }
            facts.extend(zones);
            return facts;
        }
        let rows = facts.len().max(zones.len());
        let mut facts = facts.into_iter();
        let mut zones = zones.into_iter();
        (0..rows)
            .map(|_| {
                let next =
                    (facts.next().unwrap_or(SessionLine::Blank), zones.next().unwrap_or(SessionLine::Blank));
                SessionLine::Both(Box::new(next.0), Box::new(next.1))
            })
            .collect()
    }

    fn draw_line(&self, buf: &mut Buffer, row: Rect, line: &SessionLine, bars: &[ChartBar]) {
        match line {
            SessionLine::Blank => {}
            SessionLine::Said(text) => drop(put(buf, row, text, Side::Left, self.theme.quiet())),
            SessionLine::Fact(about, is) => {
                put(buf, row, about, Side::Left, self.theme.quiet());
                put(buf, after(row, ABOUT), is, Side::Left, Style::new());
            }
            SessionLine::Zone(zone, time) => self.zone(buf, row, (*zone, *time)),
            SessionLine::Both(left, right) => {
                let half = row.width / 2;
                self.draw_line(buf, Rect { width: half.saturating_sub(2), ..row }, left, bars);
                self.draw_line(buf, after(row, half), right, bars);
            }
            SessionLine::Picture(from_below) => {
                let rows = picture_rows(self.area.get().height);
                for (x, bar) in (row.x..row.right()).zip(bars) {
                    let block = bar.block(*from_below, rows);
                    let at = Rect { x, width: 1, ..row };
                    put(buf, at, block.encode_utf8(&mut [0; 4]), Side::Left, self.theme.bar(bar.zone));
                }
            }
            SessionLine::Laps => {
                let columns = self.columns();
                let at = |text: &str, wide: u16| format!("{text:>wide$}", wide = usize::from(wide));
                let text = format!("{}  {}", at("from", columns.0), at("run", columns.1));
                put(buf, row, &text, Side::Left, self.theme.quiet());
            }
            SessionLine::Lap(i) => {
                if let Some(lap) = self.laps.get(*i) {
                    self.lap(buf, row, lap);
                }
            }
        }
    }

    /// How wide the starts and the lengths of the laps are.
    fn columns(&self) -> (u16, u16) {
        let widest =
            |of: fn(&LapInWords) -> &String| self.laps.iter().map(|l| width(of(l))).max().unwrap_or(0);
        (widest(|l| &l.from).max(4), widest(|l| &l.length).max(3))
    }

    fn lap(&self, buf: &mut Buffer, mut row: Rect, lap: &LapInWords) {
        let (from, length) = self.columns();
        put(buf, Rect { width: from.min(row.width), ..row }, &lap.from, Side::Right, self.theme.quiet());
        row = after(row, from + 2);
        put(buf, Rect { width: length.min(row.width), ..row }, &lap.length, Side::Right, Style::new());
        row = after(row, length + 2);
        let patch = format!(" {} ", describe::zone(lap.zone));
        let taken = put(buf, row, &patch, Side::Left, self.theme.field(lap.zone));
        row = after(row, taken.max(4) + 1);
        let taken = put(buf, row, &lap.what, Side::Left, Style::new());
        let widest = self.laps.iter().map(|l| width(&l.what)).max().unwrap_or(0);
        let aside = after(row, widest.max(taken) + 3);
        if width(&lap.reps) <= aside.width {
            put(buf, aside, &lap.reps, Side::Left, self.theme.quiet());
        }
    }

    /// A zone with its word, its time, and its share as a bar.
    fn zone(&self, buf: &mut Buffer, row: Rect, (zone, time): (Option<u8>, Millis)) {
        let patch = format!(" {} ", describe::zone(zone));
        let taken = put(buf, row, &patch, Side::Left, self.theme.field(zone)).max(4);
        let text = after(row, taken + 1);
        let word = zone.map_or("no zone planned", zone_word);
        put(buf, text, word, Side::Left, Style::new());
        let clock = describe::length(time);
        let columns = ZONE.saturating_sub(taken + 1).min(text.width);
        put(buf, Rect { width: columns, ..text }, &clock, Side::Right, self.theme.strong());
        let room = after(row, ZONE + 2);
        let parts = self.details.entry.zones.parts();
        let mine = parts.iter().position(|(z, _)| *z == zone);
        let share = mine.and_then(|i| zone_bar::columns(&parts, room.width).get(i).copied());
        let bar = "█".repeat(usize::from(share.unwrap_or(0)));
        put(buf, room, &bar, Side::Left, self.theme.bar(zone));
    }

    /// The workout's name and the day, in one row or two.
    fn head(&self, buf: &mut Buffer, rest: &mut Rect) {
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

    fn go(&mut self, action: Action) {
        let page = usize::from(self.area.get().height.saturating_sub(5)).max(1);
        let to = match action {
            Action::Previous => self.first.saturating_sub(1),
            Action::Next => self.first + 1,
            Action::PageBack => self.first.saturating_sub(page),
            Action::PageOn => self.first + page,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => self.first,
        };
        self.first = to.min(self.most.get());
    }

    fn act(&mut self, action: Action) -> Option<LogRequest> {
        let id = self.details.entry.id;
        match action {
            Action::Edit => return Some(LogRequest::Edit(id)),
            Action::Delete => return Some(LogRequest::Delete(id)),
            Action::Close => return Some(LogRequest::Leave),
            Action::Help => self.help = Some(HelpPage::LOG),
            _ => self.go(action),
        }
        None
    }
}

fn picture_rows(height: u16) -> u16 {
    if height >= TALL { 5 } else { 3 }
}

/// What is left of a row behind so many columns.
fn after(row: Rect, columns: u16) -> Rect {
    let columns = columns.min(row.width);
    Rect { x: row.x + columns, width: row.width - columns, ..row }
}

impl Page for SessionPage {
    type Outcome = LogRequest;

    fn draw(&self, buf: &mut Buffer) {
        self.area.set(buf.area);
        if let Some(help) = &self.help {
            return help.draw(buf, buf.area, "", self.theme);
        }
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        self.head(buf, &mut rest);
        let keys = u16::from(rest.height > 2);
        let foot = bottom(&mut rest, keys);
        let message = self.message.as_deref().map(clean).unwrap_or_default();
        let lines = wrap(&message, rest.width, 3.min(rest.height / 2));
        let mut said = bottom(&mut rest, lines.len() as u16);
        for line in &lines {
            put(buf, top(&mut said, 1), line, Side::Left, self.theme.strong());
        }
        if rest.height > 8 {
            top(&mut rest, 1);
            bottom(&mut rest, 1);
        }
        let bars = IntensityChart::of_laps(&self.details.sequence, &self.details.laps, rest.width).bars;
        let all = self.lines(Rect { height: buf.area.height, ..rest });
        let shown = usize::from(rest.height);
        self.most.set(all.len().saturating_sub(shown));
        let first = self.first.min(self.most.get());
        for line in all.iter().skip(first).take(shown) {
            self.draw_line(buf, top(&mut rest, 1), line, &bars);
        }
        let more = match (first, first < self.most.get()) {
            (_, true) => "↓ more   ",
            (0, false) => "",
            _ => "↑ more   ",
        };
        let keys = hints(KeyContext::Session, "", foot.width.saturating_sub(width(more)));
        put(buf, foot, &format!("{more}{keys}"), Side::Left, self.theme.quiet());
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<LogRequest>> {
        let Input::Key(key) = input else { return None };
        let context = if self.help.is_some() { KeyContext::Reading } else { KeyContext::Session };
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
