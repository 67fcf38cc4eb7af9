//! The page of the day.

use crate::day::DayBoard;
use crate::display::day as words;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey, TitledPage};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::{large, number};
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, beside, bottom, inset, put, top, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on, the parts stand apart.
const ROOMY: u16 = 16;
/// From this height on, there is room for large digits.
const TALL: u16 = 18;
/// The rows of large digits.
const DIGITS: u16 = 5;
/// The columns before the name of an action: the mark and its letter.
const BEFORE: u16 = 4;
/// The widest row of an action.
const WIDEST_ROW: u16 = 84;
/// The widest page. Beyond it, a row's times would be far from its name.
const WIDEST: u16 = 98;

/// The columns between two columns of a row.
const GAP: u16 = 3;

/// The runner's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayRequest {
    /// Do the action with this place in the file.
    Do(usize),
    /// Count it as done.
    Done(usize),
    /// Remind of it again in ten minutes.
    Later(usize),
    /// Be quiet for an hour, or no longer.
    Quiet,
    /// Take back the last win of today.
    Undo,
    /// Edit the file.
    Edit,
    /// Leave the page.
    Leave,
}

/// A reminder that has come and was not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The action's place in the file.
    pub place: usize,
}

/// The day on the screen.
#[derive(Clone, Debug)]
pub struct DayPage {
    board: DayBoard,
    reminder: Option<Reminder>,
    rings: bool,
    /// What the desktop does with reminders, in a sentence.
    desktop: String,
    cursor: ListCursor,
    help: HelpOverlay,
    message: Option<String>,
    theme: Theme,
}

impl DayPage {
    /// The page, with the action marked that comes next.
    pub fn new(board: DayBoard, desktop: String, theme: Theme) -> Self {
        let cursor = ListCursor::at(board.next().unwrap_or(0));
        let help = HelpOverlay::closed(HelpPage::DAY);
        DayPage { board, reminder: None, rings: false, desktop, cursor, help, message: None, theme }
    }

    /// Shows the day of a later moment. Returns true if anything looks different.
    pub fn replace(&mut self, board: DayBoard) -> bool {
        let shown = |board: &DayBoard| {
            let times: Vec<Vec<String>> = board.rows.iter().map(|row| words::times(row, board)).collect();
            (words::headline(board), words::sitting(board), times, board.wins, board.now.date_naive())
        };
        let is_changed = shown(&self.board) != shown(&board);
        self.board = board;
        self.cursor.clamp(self.board.rows.len());
        is_changed
    }

    /// Says what the desktop does with reminders.
    pub fn set_desktop(&mut self, desktop: String) {
        self.desktop = desktop;
    }

    /// Shows a reminder and marks its action. `None` ends one that was answered.
    pub fn remind(&mut self, reminder: Option<Reminder>) {
        self.reminder = reminder;
        self.rings = reminder.is_some();
        if let Some(reminder) = reminder {
            self.cursor = ListCursor::at(reminder.place);
        }
    }

    /// Returns the reminder that was not answered yet.
    pub fn reminder(&self) -> Option<Reminder> {
        self.reminder
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn headline(&self) -> words::DayHeadline {
        match self.reminder.and_then(|reminder| Some((reminder, self.board.rows.get(reminder.place)?))) {
            Some((reminder, row)) => words::DayHeadline {
                title: format!("{} now", row.name),
                minutes: None,
                place: Some(reminder.place),
            },
            None => words::headline(&self.board),
        }
    }

    /// Returns a letter for each action: the first of its name that is free on this page.
    fn letters(&self) -> Vec<Option<char>> {
        let keymap = self.theme.keymap();
        let mut letters: Vec<Option<char>> = Vec::new();
        for row in &self.board.rows {
            let is_free = |letter: &char| {
                letter.is_alphabetic()
                    && !letters.contains(&Some(*letter))
                    && !keymap.has_character(KeyContext::Day, *letter)
            };
            let letter = row.name.chars().flat_map(char::to_lowercase).find(is_free);
            letters.push(letter);
        }
        letters
    }

    fn draw_headline(&self, buf: &mut Buffer, rest: &mut Rect, height: u16) {
        let headline = self.headline();
        let row = headline.place.and_then(|place| self.board.rows.get(place));
        let about: Vec<String> = [
            row.and_then(|row| row.workout.clone()),
            row.map(|row| row.when.clone()),
            words::sitting(&self.board),
        ]
        .into_iter()
        .flatten()
        .collect();
        let is_now = self.reminder.is_some();
        let tall = height >= TALL;
        if is_now && tall {
            let mut area = top(rest, DIGITS + 2);
            buf.set_style(area.intersection(buf.area), self.theme.loud());
            top(&mut area, 1);
            bottom(&mut area, 1);
            large(buf, inset(area, 2), &headline.title, Side::Left, self.theme.loud());
        } else {
            let style = if is_now { self.theme.loud() } else { self.theme.strong() };
            let mut line = top(rest, 1);
            if is_now {
                buf.set_style(line.intersection(buf.area), style);
            }
            let taken = put(buf, line, &headline.title, Side::Left, style);
            line = after(line, taken + GAP);
            if let Some(sitting) =
                words::sitting(&self.board).filter(|text| width(text) <= line.width && !tall)
            {
                put(buf, line, &sitting, Side::Left, self.theme.quiet());
            }
        }
        let Some(minutes) = headline.minutes.filter(|_| tall && !is_now) else {
            if tall && !about.is_empty() {
                put(buf, top(rest, 1), &about.join(" · "), Side::Left, self.theme.quiet());
            }
            return;
        };
        top(rest, 1);
        let mut area = top(rest, DIGITS);
        let text = minutes.to_string();
        let columns = (text.chars().count() as u16 * 8).min(area.width);
        let digits = Rect { width: columns, ..area };
        number(buf, digits, &text, self.theme.strong());
        area = after(area, columns + 1);
        put(
            buf,
            Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area },
            "min",
            Side::Left,
            self.theme.strong(),
        );
        area = after(area, 6);
        top(&mut area, 1);
        for line in about {
            put(buf, top(&mut area, 1), &line, Side::Left, Style::new());
        }
    }

    fn draw_rows(&self, buf: &mut Buffer, area: Rect) {
        let rows = &self.board.rows;
        let letters = self.letters();
        let name = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0).min(area.width / 3);
        let when = rows.iter().map(|row| width(&row.when)).max().unwrap_or(0);
        let has_when = BEFORE + name + when + 2 * GAP + 16 <= area.width;
        let marked = self.cursor.index();
        let view = Viewport { rows: rows.len(), shown: usize::from(area.height) };
        let mut rest = area;
        for place in view.around(marked) {
            let Some(row) = rows.get(place) else { continue };
            let line = top(&mut rest, 1);
            let style = if place == marked { self.theme.loud() } else { Style::new() };
            if place == marked {
                buf.set_style(line.intersection(buf.area), style);
                put(buf, line, "▸", Side::Left, style);
            }
            let letter = letters.get(place).copied().flatten().map(String::from).unwrap_or_default();
            put(buf, after(line, 2), &letter, Side::Left, style);
            let mut line = after(line, BEFORE);
            put(buf, Rect { width: name.min(line.width), ..line }, &row.name, Side::Left, style);
            line = after(line, name + GAP);
            if has_when {
                let quiet = if place == marked { style } else { self.theme.quiet() };
                put(buf, line, &row.when, Side::Left, quiet);
                line = after(line, when + GAP);
            }
            self.draw_times(buf, line, place, style);
        }
    }

    /// Draws the times of an action today, the next one at the edge. The earliest are left out where there is no room.
    fn draw_times(&self, buf: &mut Buffer, line: Rect, place: usize, style: Style) {
        let Some(row) = self.board.rows.get(place) else { return };
        let mut times = words::times(row, &self.board);
        let next = row.next.filter(|_| self.board.within_hours).and_then(|_| times.pop());
        let mut line = line;
        let taken = put(buf, line, &next.unwrap_or_default(), Side::Right, style);
        beside(&mut line, taken + GAP);
        let fitting = |times: &[String]| width(&times.join("  ")) <= line.width;
        let shown = (0..times.len()).map(|from| &times[from..]).find(|times| fitting(times));
        put(buf, line, &shown.unwrap_or_default().join("  "), Side::Left, style);
    }

    fn draw_wins(&self, buf: &mut Buffer, rest: &mut Rect) {
        let wins = words::wins_today(&self.board.wins);
        let bars = words::bars(&self.board);
        let sentence = self.board.wins.sentence();
        let line = top(rest, 1);
        let taken = put(buf, line, &wins, Side::Left, self.theme.strong());
        let right = after(line, taken + GAP);
        if width(&bars) + GAP + width(&sentence) <= right.width {
            let taken = put(buf, right, &bars, Side::Left, Style::new());
            put(buf, after(right, taken + GAP), &sentence, Side::Left, self.theme.quiet());
        } else if width(&sentence) <= right.width {
            put(buf, right, &sentence, Side::Left, self.theme.quiet());
        } else {
            put(buf, top(rest, 1), &sentence, Side::Left, self.theme.quiet());
        }
    }
}

impl TitledPage for DayPage {
    fn title(&self) -> String {
        self.headline().title
    }

    fn take_bell(&mut self) -> bool {
        std::mem::take(&mut self.rings)
    }
}

impl Page for DayPage {
    type Outcome = DayRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let height = buf.area.height;
        let roomy = height >= ROOMY;
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        rest.width = rest.width.min(WIDEST);
        let mut head = top(&mut rest, 1);
        let until = match self.board.within_hours {
            true => format!("{} · until {}", self.board.now.format("%a %-d %B"), self.board.until),
            false => self.board.now.format("%a %-d %B").to_string(),
        };
        let taken = put(buf, head, &until, Side::Right, self.theme.quiet());
        beside(&mut head, taken + 2);
        put(buf, head, "Micro-recovery", Side::Left, self.theme.strong());
        let foot = bottom(&mut rest, 1);
        let line = hints(self.theme.keymap(), KeyContext::Day, foot.width);
        put(buf, foot, &line, Side::Left, self.theme.quiet());
        let most = 3.min(rest.height / 2);
        message::draw(buf, &mut rest, self.message.as_deref(), most, self.theme);
        bottom(&mut rest, u16::from(roomy));
        top(&mut rest, u16::from(roomy));
        self.draw_headline(buf, &mut rest, height);
        top(&mut rest, u16::from(roomy));
        // The wins keep their rows; the actions get what is left.
        let below = if roomy { 4 } else { 2 };
        let count = self.board.rows.len() as u16;
        let actions = count.min(rest.height.saturating_sub(below).max(1));
        let rows = top(&mut rest, actions);
        self.draw_rows(buf, Rect { width: rows.width.min(WIDEST_ROW), ..rows });
        top(&mut rest, u16::from(roomy));
        self.draw_wins(buf, &mut rest);
        top(&mut rest, u16::from(roomy));
        put(buf, top(&mut rest, 1), &self.desktop, Side::Left, self.theme.quiet());
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Day
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<DayRequest> {
        self.message = None;
        let marked = self.cursor.index();
        let Some(action) = key.action else {
            let typed = key.typed?.to_lowercase().next()?;
            let place = self.letters().iter().position(|letter| *letter == Some(typed))?;
            return Some(DayRequest::Do(place));
        };
        match action {
            Action::Choose => Some(DayRequest::Do(marked)),
            Action::Done => Some(DayRequest::Done(marked)),
            Action::Later => Some(DayRequest::Later(marked)),
            Action::Quiet => Some(DayRequest::Quiet),
            Action::Undo => Some(DayRequest::Undo),
            Action::Edit => Some(DayRequest::Edit),
            Action::Close => Some(DayRequest::Leave),
            Action::Help => {
                self.help.open();
                None
            }
            _ => {
                self.cursor.update(action, self.board.rows.len(), 5);
                None
            }
        }
    }
}
