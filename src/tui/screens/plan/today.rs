//! The first screen while a plan is on: the sessions of the day, what may be run instead, and the rest of the week.

use super::PlanRequest;
use super::cut_session::{CutAnswer, SessionCut};
use super::day_choice::{self, DayAnswer, DayChoice};
use super::table::{PlanContext, draw_paragraphs, draw_title};
use super::view::{DayTab, OfferTarget, SessionMark, SessionOffer, TodayView};
use crate::display::chart::profile;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::help::{HelpOverlay, HelpPage};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::{self, hint};
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width};
use crate::tui::widgets::{bars, message, minutes_panel};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on, the parts stand apart.
const ROOMY: u16 = 18;
/// From this height on, the chart of the day's session is two rows high.
const TALL: u16 = 28;
/// The columns before a session.
const INDENT: u16 = 2;
/// The columns of a session's sign.
const MARK: u16 = 2;
/// The columns between two columns of a session.
const GAP: u16 = 3;
/// The widest column of titles that is made wider than its titles.
const WIDEST_TITLE: u16 = 52;
/// The widest chart.
const WIDEST_CHART: u16 = 60;
/// The space between two days of the week.
const DAY_GAP: &str = "   ";

/// Today.
#[derive(Clone, Debug)]
pub struct TodayPage {
    view: TodayView,
    cursor: ListCursor,
    moving: Option<DayChoice>,
    cutting: Option<SessionCut>,
    help: HelpOverlay,
    message: Option<String>,
    theme: Theme,
}

/// The widths of the columns of the sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct OfferColumns {
    title: u16,
    total: u16,
    /// True if the notes stand beside the totals, and not below their session.
    notes_beside: bool,
}

/// A row of the list.
enum TodayRow<'a> {
    Blank,
    Heading(&'a str),
    Offer(usize, &'a SessionOffer),
    /// A note below its session.
    Note(&'a str),
    /// The chart of the day's session, drawn down from this row.
    Chart(&'a SessionOffer),
}

impl TodayPage {
    /// The page, with the first session marked that is still ahead.
    pub fn new(view: TodayView, theme: Theme) -> Self {
        let first = view.offers().position(|offer| offer.mark == SessionMark::Ahead).unwrap_or(0);
        TodayPage {
            view,
            cursor: ListCursor::at(first),
            moving: None,
            cutting: None,
            help: HelpOverlay::closed(HelpPage::PLAN),
            message: None,
            theme,
        }
    }

    /// Shows another day, or the same one after a change. The mark stays on its row.
    pub fn replace(&mut self, view: TodayView) {
        self.view = view;
        self.cursor.clamp(self.view.offers().count());
        self.moving = None;
        self.cutting = None;
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Marks the session with this target, if it is offered.
    pub fn mark(&mut self, target: &OfferTarget) {
        if let Some(index) = self.view.offers().position(|offer| offer.target.as_ref() == Some(target)) {
            self.cursor = ListCursor::at(index);
        }
    }

    fn columns(&self, room: u16) -> OfferColumns {
        let widest = |text: fn(&SessionOffer) -> &str| {
            self.view.offers().map(|offer| width(text(offer))).max().unwrap_or(0)
        };
        let (title, total) = (widest(|offer| &offer.title), widest(|offer| &offer.total));
        let note = widest(|offer| &offer.note);
        let needed = title + total + note + 2 * GAP + MARK;
        // In a wide window, the totals stand nearer to the notes than to the edge.
        let wanted =
            if needed < room { (title + (room - needed) / 2).min(WIDEST_TITLE.max(title)) } else { title };
        OfferColumns {
            title: wanted.min(room.saturating_sub(total + GAP + MARK)),
            total,
            notes_beside: needed <= room,
        }
    }

    fn rows(&self, columns: OfferColumns, height: u16) -> Vec<TodayRow<'_>> {
        let mut rows = Vec::new();
        let mut index = 0;
        for group in &self.view.groups {
            if !rows.is_empty() && height >= ROOMY {
                rows.push(TodayRow::Blank);
            }
            if !group.heading.is_empty() {
                rows.push(TodayRow::Heading(&group.heading));
            }
            for offer in &group.offers {
                rows.push(TodayRow::Offer(index, offer));
                index += 1;
                if !columns.notes_beside && !offer.note.is_empty() {
                    rows.push(TodayRow::Note(&offer.note));
                }
                if group.heading.is_empty() && offer.sequence.is_some() && height >= ROOMY {
                    rows.push(TodayRow::Chart(offer));
                    if height >= TALL {
                        rows.push(TodayRow::Blank);
                    }
                }
            }
        }
        rows
    }

    fn draw_list(&self, buf: &mut Buffer, area: Rect, height: u16) {
        let columns = self.columns(area.width.saturating_sub(INDENT));
        let rows = self.rows(columns, height);
        let marked = self.cursor.index();
        let at = rows.iter().position(|row| matches!(row, TodayRow::Offer(index, _) if *index == marked));
        let view = Viewport { rows: rows.len(), shown: usize::from(area.height) };
        let mut rest = area;
        for row in rows.get(view.around(at.unwrap_or(0))).unwrap_or_default() {
            let chart = Rect { height: if height >= TALL { 2 } else { 1 }.min(rest.height), ..rest };
            let line = top(&mut rest, 1);
            match row {
                TodayRow::Blank => {}
                TodayRow::Heading(text) => drop(put(buf, line, text, Side::Left, self.theme.quiet())),
                TodayRow::Note(text) => {
                    put(buf, after(line, INDENT + MARK), text, Side::Left, self.theme.quiet());
                }
                TodayRow::Chart(offer) => self.draw_chart(buf, after(chart, INDENT + MARK), offer),
                TodayRow::Offer(index, offer) => {
                    if *index == marked {
                        buf.set_style(line.intersection(buf.area), self.theme.loud());
                    }
                    let style = match (*index == marked, offer.mark) {
                        (true, _) => self.theme.loud(),
                        (false, SessionMark::Ahead | SessionMark::Part) => Style::new(),
                        (false, _) => self.theme.quiet(),
                    };
                    draw_offer(buf, after(line, INDENT), offer, columns, style);
                }
            }
        }
    }

    /// Draws the chart of a session, and the belt's number on its right.
    fn draw_chart(&self, buf: &mut Buffer, area: Rect, offer: &SessionOffer) {
        let Some(sequence) = &offer.sequence else { return };
        let taken = if offer.speed.is_empty() { 0 } else { width(&offer.speed) + 2 };
        let columns = area.width.saturating_sub(taken + INDENT).min(WIDEST_CHART);
        let chart = Rect { width: columns, ..area };
        bars::draw(buf, chart, &profile(sequence, columns), |zone| self.theme.bar(zone));
        let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
        put(buf, after(foot, columns + 2), &offer.speed, Side::Left, self.theme.strong());
    }

    /// Returns the notes. The one about the long run names the key that takes a shorter one.
    fn notes(&self) -> Vec<String> {
        let mut notes = self.view.notes.clone();
        if let (Some(run), Some(first)) = (&self.view.shorter, notes.first_mut()) {
            let key = self.theme.keymap().label(KeyContext::Today, Action::Take);
            first.push_str(&format!(" {key} takes {}.", run.title));
        }
        notes
    }

    /// Returns the days of the week in as many rows as they need.
    fn day_rows(&self, columns: u16) -> Vec<Vec<&DayTab>> {
        let mut rows: Vec<Vec<&DayTab>> = Vec::new();
        let mut used = 0;
        for day in &self.view.days {
            let wide = width(&day_text(day)) + width(DAY_GAP);
            match rows.last_mut() {
                Some(row) if used + wide <= columns + width(DAY_GAP) => row.push(day),
                _ => {
                    rows.push(vec![day]);
                    used = 0;
                }
            }
            used += wide;
        }
        rows
    }

    fn draw_days(&self, buf: &mut Buffer, rest: &mut Rect) {
        for row in self.day_rows(rest.width) {
            let mut line = top(rest, 1);
            for day in row {
                let style = match day.is_today {
                    true => self.theme.strong(),
                    false if day.mark == SessionMark::Ahead => Style::new(),
                    false => self.theme.quiet(),
                };
                let taken = put(buf, line, &day_text(day), Side::Left, style);
                line = after(line, taken + width(DAY_GAP));
            }
        }
    }

    fn draw_foot(&self, buf: &mut Buffer, rest: &mut Rect) {
        if let Some(cutting) = &self.cutting {
            let area = bottom(rest, minutes_panel::rows(buf.area));
            return cutting.draw(buf, Rect { x: buf.area.x, width: buf.area.width, ..area }, self.theme);
        }
        if let Some(moving) = &self.moving {
            let area = bottom(rest, day_choice::ROWS);
            return moving.draw(buf, area, self.theme);
        }
        let foot = bottom(rest, 1);
        put(buf, foot, &self.hints(foot.width), Side::Left, self.theme.quiet());
        message::draw(buf, rest, self.message.as_deref(), 3.min(rest.height / 2), self.theme);
    }

    /// The key hints, without those that do nothing now.
    fn hints(&self, columns: u16) -> String {
        let marked = self.view.offers().nth(self.cursor.index());
        let works = |action: Action| match action {
            Action::Take => self.view.shorter.is_some(),
            Action::Move => marked.is_some_and(|offer| !offer.days.is_empty()),
            Action::Minutes => marked.is_some_and(|offer| SessionCut::of(offer).is_some()),
            Action::Choose => marked.is_some_and(|offer| offer.target.is_some()),
            Action::Skip => marked.and_then(|offer| offer.target.as_ref()?.item()).is_some(),
            _ => true,
        };
        let bindings = self.theme.keymap().of(KeyContext::Today);
        let shown = bindings.filter(|binding| !binding.hint.is_empty() && works(binding.action));
        key_hints::fitting(shown.map(hint).collect(), columns)
    }
}

/// Draws a session: its sign, its title, its total and its note.
fn draw_offer(buf: &mut Buffer, line: Rect, offer: &SessionOffer, columns: OfferColumns, style: Style) {
    put(buf, line, offer.mark.sign(), Side::Left, style);
    let line = after(line, MARK);
    put(buf, Rect { width: columns.title.min(line.width), ..line }, &offer.title, Side::Left, style);
    let line = after(line, columns.title + GAP);
    put(buf, Rect { width: columns.total.min(line.width), ..line }, &offer.total, Side::Right, style);
    if columns.notes_beside {
        put(buf, after(line, columns.total + GAP), &offer.note, Side::Left, style);
    }
}

/// Returns a day in words: `Mon ✓ recovery`, or `WED easy` for today.
fn day_text(day: &DayTab) -> String {
    let name = if day.is_today { day.day.to_uppercase() } else { day.day.clone() };
    match day.mark.sign() {
        "" => format!("{name} {}", day.word),
        sign => format!("{name} {sign} {}", day.word),
    }
}

impl Page for TodayPage {
    type Outcome = PlanRequest;

    fn draw(&self, buf: &mut Buffer) {
        if self.help.draw(buf, self.theme) {
            return;
        }
        let height = buf.area.height;
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        let roomy = height >= ROOMY;
        let context = PlanContext { plan: &self.view.plan, place: &self.view.place };
        draw_title(buf, top(&mut rest, 1), "Today", context, self.theme);
        self.draw_foot(buf, &mut rest);
        top(&mut rest, u16::from(roomy));
        bottom(&mut rest, u16::from(roomy));
        if height >= ROOMY {
            put(buf, top(&mut rest, 1), &self.view.date, Side::Left, self.theme.strong());
            top(&mut rest, 1);
        }
        // The sessions come first. Days and notes get what is left.
        let columns = self.columns(rest.width.saturating_sub(INDENT));
        let list = self.rows(columns, height).len() as u16;
        let mut list = top(&mut rest, list);
        list.width = rest.width;
        self.draw_list(buf, list, height);
        let days = self.day_rows(rest.width).len() as u16;
        let gap = u16::from(roomy);
        if rest.height >= days + gap {
            top(&mut rest, gap);
            self.draw_days(buf, &mut rest);
        }
        if rest.height > gap {
            top(&mut rest, gap);
            draw_paragraphs(buf, &mut rest, &self.notes(), Style::new());
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        match (&self.moving, &self.cutting) {
            (Some(_), _) => KeyContext::Moving,
            (None, Some(_)) => KeyContext::Minutes,
            (None, None) => KeyContext::Today,
        }
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
        if let Some(cutting) = &mut self.cutting {
            let answer = cutting.press(action);
            if answer != CutAnswer::Open {
                self.cutting = None;
            }
            return answer.request();
        }
        let offer = self.view.offers().nth(self.cursor.index());
        let target = offer.and_then(|offer| offer.target.clone());
        match action {
            Action::Choose => target.map(PlanRequest::Choose),
            Action::Skip => target.and_then(|target| target.item()).map(PlanRequest::Skip),
            Action::Take => {
                self.view.shorter.as_ref().map(|run| PlanRequest::TakeShorter(run.choice.clone()))
            }
            Action::Undo => Some(PlanRequest::Undo),
            Action::Checkin => Some(PlanRequest::Checkin),
            Action::Week => Some(PlanRequest::Week(None)),
            Action::Plan => Some(PlanRequest::Plan),
            Action::Library => Some(PlanRequest::Library),
            Action::Close => Some(PlanRequest::Leave),
            Action::Move => {
                self.moving = offer.and_then(DayChoice::of);
                if self.moving.is_none() {
                    self.message = Some("This cannot be moved.".to_string());
                }
                None
            }
            Action::Minutes => {
                self.cutting = offer.and_then(SessionCut::of);
                if self.cutting.is_none() {
                    self.message = Some("This cannot be cut.".to_string());
                }
                None
            }
            Action::Help => {
                self.help.open();
                None
            }
            _ => {
                self.cursor.update(action, self.view.offers().count(), 5);
                None
            }
        }
    }
}
