//! The help: every key of a screen, from the table of keys.

use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::theme::{Signs, Theme};
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// The columns of the key names, with the space after them.
const NAMES: u16 = 15;
/// The most columns of the text: longer lines are hard to follow.
const WIDEST: u16 = 76;

type HelpSection = (KeyContext, &'static str);

const RUNNING: &[HelpSection] = &[
    (KeyContext::Running, "Running"),
    (KeyContext::Answering, "When the workout asks"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Quitting, "Stopping"),
    (KeyContext::Correcting, "Treadmill distance"),
    (KeyContext::Minutes, "Minutes left"),
    (KeyContext::Listing, "List of steps"),
    (KeyContext::Signs, "Signs to ease off"),
    (KeyContext::Absence, "After an interruption"),
    (KeyContext::Ended, "After the workout"),
    (KeyContext::Rating, "Rating a session"),
    (KeyContext::Writing, "Typing an answer"),
    (KeyContext::Trial, "Time trial result"),
    (KeyContext::Unfinished, "Unfinished session"),
    (KeyContext::Starting, "Before a run, with an unfinished session"),
    (KeyContext::Checking, "Checklist before the workout"),
    (KeyContext::Advised, "Advised to rest"),
    (KeyContext::Reading, "On this screen"),
];

const PICKING: &[HelpSection] = &[
    (KeyContext::Picking, "Choosing a workout"),
    (KeyContext::Searching, "Searching"),
    (KeyContext::Filling, "Filling in a field"),
    (KeyContext::Mistakes, "Reading the mistakes"),
    (KeyContext::Checkin, "Check-in"),
    (KeyContext::Unit, "First run: your treadmill"),
    (KeyContext::Race, "First run: your race"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Reading, "On this screen"),
];

const LOG: &[HelpSection] = &[
    (KeyContext::Logged, "Log"),
    (KeyContext::Session, "Session"),
    (KeyContext::Trends, "Trends"),
    (KeyContext::Filtering, "Filter"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Reading, "On this screen"),
];

const PLAN: &[HelpSection] = &[
    (KeyContext::Today, "Today"),
    (KeyContext::Week, "Week"),
    (KeyContext::Plan, "Plan"),
    (KeyContext::Moving, "Moving a session"),
    (KeyContext::Minutes, "Minutes that you have"),
    (KeyContext::Checkin, "Check-in"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Reading, "On this screen"),
];

const DAY: &[HelpSection] = &[
    (KeyContext::Day, "The day"),
    (KeyContext::Breaks, "First run: your breaks"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Reading, "On this screen"),
];

const CALIBRATING: &[HelpSection] = &[
    (KeyContext::Lag, "Belt lag"),
    (KeyContext::Factor, "Belt speed"),
    (KeyContext::Anywhere, "Any time"),
    (KeyContext::Reading, "On this screen"),
];

/// The help of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpPage {
    sections: &'static [HelpSection],
    scroll: ScrollPosition,
}

enum HelpRow {
    Heading(&'static str),
    Key(String, String),
    Blank,
}

fn rows(sections: &[HelpSection], columns: u16, keymap: &Keymap) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for (context, heading) in sections.iter().copied() {
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Heading(heading));
        for binding in keymap.of(context).filter(|b| !b.keys.is_empty()) {
            let mut labels = binding.all_labels();
            for line in wrap(binding.description, columns.saturating_sub(NAMES), 3) {
                rows.push(HelpRow::Key(std::mem::take(&mut labels), line));
            }
        }
    }
    rows
}

/// Spells out arrows on a terminal that has none: a `v` for ↓ would look like a key of its own.
fn spelled(names: &str, theme: Theme) -> String {
    match theme.signs() {
        Signs::All | Signs::Halves => names.to_string(),
        Signs::Ascii => [("↑", "Up"), ("↓", "Down"), ("←", "<-"), ("→", "->")]
            .into_iter()
            .fold(names.to_string(), |names, (arrow, word)| names.replace(arrow, word)),
    }
}

/// The columns of the text in an area.
fn columns(area: Rect) -> u16 {
    area.width.saturating_sub(2).min(WIDEST)
}

impl HelpPage {
    /// The keys while a workout runs, and of the pages before and after it.
    pub const RUNNING: HelpPage = HelpPage::new(RUNNING);
    /// The keys of the picker.
    pub const PICKING: HelpPage = HelpPage::new(PICKING);
    /// The keys of the log.
    pub const LOG: HelpPage = HelpPage::new(LOG);
    /// The keys of the pages of a plan.
    pub const PLAN: HelpPage = HelpPage::new(PLAN);
    /// The keys of the day.
    pub const DAY: HelpPage = HelpPage::new(DAY);
    /// The keys of the calibration page.
    pub const CALIBRATING: HelpPage = HelpPage::new(CALIBRATING);

    const fn new(sections: &'static [HelpSection]) -> HelpPage {
        HelpPage { sections, scroll: ScrollPosition::TOP }
    }

    fn viewport(&self, area: Rect, keymap: &Keymap) -> Viewport {
        Viewport {
            rows: rows(self.sections, columns(area), keymap).len(),
            shown: usize::from(area.height.saturating_sub(2)),
        }
    }

    /// Scrolls as `action` asks. Returns true if the help is to be closed.
    pub fn update(&mut self, action: Action, area: Rect, keymap: &Keymap) -> bool {
        self.scroll.update(action, self.viewport(area, keymap));
        action == Action::Close
    }

    /// Draws the help over an area, with the running clock's reading `now` in the corner, if there is one.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, now: &str, theme: Theme) {
        let mut rest = inset(area, 1);
        let head = top(&mut rest, 1);
        let taken = put(buf, head, now, Side::Right, theme.strong());
        let title = Rect { width: head.width.saturating_sub(taken + 1), ..head };
        put(buf, title, "Keys", Side::Left, theme.strong());
        let foot = bottom(&mut rest, 1);
        rest.width = rest.width.min(columns(area));
        let all = rows(self.sections, columns(area), theme.keymap());
        let view = self.viewport(area, theme.keymap());
        let visible = self.scroll.visible(view);
        for row in all.get(visible).unwrap_or_default() {
            let line = top(&mut rest, 1);
            match row {
                HelpRow::Blank => {}
                HelpRow::Heading(text) => drop(put(buf, line, text, Side::Left, theme.quiet())),
                HelpRow::Key(names, text) => {
                    put(buf, line, &spelled(names, theme), Side::Left, theme.strong());
                    put(buf, after(line, NAMES), text, Side::Left, Style::new());
                }
            }
        }
        let foot_text = self.foot(view, theme);
        if width(&foot_text) <= foot.width {
            put(buf, foot, &foot_text, Side::Left, theme.quiet());
        }
    }

    fn foot(&self, view: Viewport, theme: Theme) -> String {
        let label = |action| spelled(theme.keymap().label(KeyContext::Reading, action), theme);
        let close = format!("{} to close", label(Action::Close));
        if self.scroll.has_more_below(view) {
            format!("{} for more   {close}", label(Action::Next))
        } else if self.scroll.has_more_above(view) {
            format!("{} for more   {close}", label(Action::Previous))
        } else {
            close
        }
    }
}

/// The help over a page, closed until it is asked for.
#[derive(Clone, Debug)]
pub struct HelpOverlay {
    page: HelpPage,
    open: Option<HelpPage>,
    /// The area it was last drawn on: the page keys scroll by its height.
    area: Cell<Rect>,
}

impl HelpOverlay {
    /// A help that is closed.
    pub fn closed(page: HelpPage) -> Self {
        HelpOverlay { page, open: None, area: Cell::default() }
    }

    /// Opens the help at its top.
    pub fn open(&mut self) {
        self.open = Some(self.page);
    }

    /// True while the help is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Scrolls or closes the help as `action` asks.
    pub fn update(&mut self, action: Action, keymap: &Keymap) {
        if self.open.as_mut().is_some_and(|help| help.update(action, self.area.get(), keymap)) {
            self.open = None;
        }
    }

    /// Draws the help over the whole screen if it is open. Returns false if it is closed.
    pub fn draw(&self, buf: &mut Buffer, theme: Theme) -> bool {
        self.area.set(buf.area);
        if let Some(help) = &self.open {
            help.draw(buf, buf.area, "", theme);
        }
        self.is_open()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_names_fit_their_column() {
        for theme in [Theme::new(true), Theme::new(true).with(Signs::Ascii)] {
            for binding in Keymap::defaults().bindings() {
                let labels = binding.all_labels();
                assert!(width(&spelled(&labels, theme)) < NAMES, "{labels}");
            }
        }
    }

    #[test]
    fn every_context_has_a_section() {
        for binding in Keymap::defaults().bindings() {
            let sections = [RUNNING, PICKING, LOG, PLAN, DAY, CALIBRATING].concat();
            assert!(sections.iter().any(|(c, _)| *c == binding.context), "{:?}", binding.context);
        }
    }

    #[test]
    fn scrolling_reaches_the_last_key_and_stops_there() {
        let area = Rect::new(0, 0, 40, 12);
        let mut help = HelpPage::RUNNING;
        for _ in 0..300 {
            help.update(Action::Next, area, Keymap::defaults());
        }
        let end = help.scroll;
        let mut buf = Buffer::empty(area);
        help.draw(&mut buf, area, "4:59", Theme::new(false));
        let last = Keymap::defaults().of(KeyContext::Reading).last().unwrap();
        let shown: String = buf.content.iter().map(|c| c.symbol()).collect();
        assert!(shown.contains(last.description), "{shown}");
        help.update(Action::PageBack, area, Keymap::defaults());
        assert_ne!(help.scroll, end);
    }
}
