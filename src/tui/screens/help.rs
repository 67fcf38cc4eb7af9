//! Every key, from the table of keys. What does not fit is scrolled to.

use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::{Signs, Theme};
use crate::tui::widgets::text::{Side, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The columns of the keys' names, with the space after them.
const NAMES: u16 = 15;
/// Longer lines are hard to follow.
const WIDEST: u16 = 76;

type HelpSection = (KeyContext, &'static str);

const RUNNING: &[HelpSection] = &[
    (KeyContext::Running, "While it runs"),
    (KeyContext::Answering, "Asked something on the way"),
    (KeyContext::Anywhere, "At any time"),
    (KeyContext::Quitting, "Asked whether to stop"),
    (KeyContext::Correcting, "The distance on the console"),
    (KeyContext::Listing, "The list of steps"),
    (KeyContext::Signs, "The signs to ease off"),
    (KeyContext::Absence, "After the program was away"),
    (KeyContext::Ended, "When it is over"),
    (KeyContext::Rating, "Asked how it was"),
    (KeyContext::Writing, "Answering in words"),
    (KeyContext::Trial, "Offered a time trial's result"),
    (KeyContext::Unfinished, "Offered what was cut off"),
    (KeyContext::Checking, "The checklist before"),
    (KeyContext::Advised, "Advised not to run"),
    (KeyContext::Reading, "Reading this"),
];

const PICKING: &[HelpSection] = &[
    (KeyContext::Picking, "Choosing a workout"),
    (KeyContext::Searching, "While a search is typed"),
    (KeyContext::Filling, "In a field"),
    (KeyContext::Mistakes, "Reading what is wrong"),
    (KeyContext::Unit, "Asked what the treadmill shows"),
    (KeyContext::Race, "Asked for a race"),
    (KeyContext::Anywhere, "At any time"),
    (KeyContext::Reading, "Reading this"),
];

const LOG: &[HelpSection] = &[
    (KeyContext::Logged, "The log"),
    (KeyContext::Session, "One session"),
    (KeyContext::Anywhere, "At any time"),
    (KeyContext::Reading, "Reading this"),
];

const CALIBRATING: &[HelpSection] = &[
    (KeyContext::Lag, "How long the belt takes"),
    (KeyContext::Factor, "How fast it really runs"),
    (KeyContext::Anywhere, "At any time"),
    (KeyContext::Reading, "Reading this"),
];

/// The help, scrolled to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpPage {
    sections: &'static [HelpSection],
    first: usize,
}

enum HelpRow {
    Heading(&'static str),
    Key(String, String),
    Blank,
}

fn rows(sections: &[HelpSection], columns: u16) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for (context, heading) in sections.iter().copied() {
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Heading(heading));
        for binding in keymap::of(context).filter(|b| !b.keys.is_empty()) {
            let mut labels = binding.all_labels();
            for line in wrap(binding.description, columns.saturating_sub(NAMES), 3) {
                rows.push(HelpRow::Key(std::mem::take(&mut labels), line));
            }
        }
    }
    rows
}

/// The names of keys; those of arrows spelt where there are none to show: a `v` is a key of its own.
fn spelt(names: &str, theme: Theme) -> String {
    match theme.signs() {
        Signs::All => names.to_string(),
        Signs::Ascii => [("↑", "Up"), ("↓", "Down"), ("←", "<-"), ("→", "->")]
            .into_iter()
            .fold(names.to_string(), |names, (arrow, word)| names.replace(arrow, word)),
    }
}

/// The columns and rows that the text has in an area.
fn room(area: Rect) -> (u16, usize) {
    let columns = area.width.saturating_sub(2).min(WIDEST);
    (columns, usize::from(area.height.saturating_sub(2)))
}

impl HelpPage {
    /// The keys while a workout runs.
    pub const RUNNING: HelpPage = HelpPage { sections: RUNNING, first: 0 };
    /// The keys where one is chosen.
    pub const PICKING: HelpPage = HelpPage { sections: PICKING, first: 0 };
    /// The keys where the log is looked at.
    pub const LOG: HelpPage = HelpPage { sections: LOG, first: 0 };
    /// The keys where a belt is measured.
    pub const CALIBRATING: HelpPage = HelpPage { sections: CALIBRATING, first: 0 };

    /// What a key does to it; true where it is to be closed.
    pub fn update(&mut self, action: Action, area: Rect) -> bool {
        let (columns, shown) = room(area);
        let last = rows(self.sections, columns).len().saturating_sub(shown);
        let page = shown.saturating_sub(1).max(1);
        let to = match action {
            Action::Previous => self.first.saturating_sub(1),
            Action::Next => self.first + 1,
            Action::PageBack => self.first.saturating_sub(page),
            Action::PageOn => self.first + page,
            Action::Close => return true,
            _ => self.first,
        };
        self.first = to.min(last);
        false
    }

    /// Draws it over a whole area. `now` is what the clock shows, where one goes on.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, now: &str, theme: Theme) {
        let (columns, shown) = room(area);
        let mut rest = inset(area, 1);
        let head = top(&mut rest, 1);
        let taken = put(buf, head, now, Side::Right, theme.strong());
        let title = Rect { width: head.width.saturating_sub(taken + 1), ..head };
        put(buf, title, "Keys", Side::Left, theme.strong());
        let foot = bottom(&mut rest, 1);
        rest.width = rest.width.min(columns);
        let all = rows(self.sections, columns);
        let first = self.first.min(all.len().saturating_sub(shown));
        for row in all.iter().skip(first).take(shown) {
            let line = top(&mut rest, 1);
            match row {
                HelpRow::Blank => {}
                HelpRow::Heading(text) => drop(put(buf, line, text, Side::Left, theme.quiet())),
                HelpRow::Key(names, says) => {
                    put(buf, line, &spelt(names, theme), Side::Left, theme.strong());
                    let beside = Rect {
                        x: line.x + NAMES.min(line.width),
                        width: line.width.saturating_sub(NAMES),
                        ..line
                    };
                    put(buf, beside, says, Side::Left, ratatui::style::Style::new());
                }
            }
        }
        let below = all.len().saturating_sub(first + shown);
        let name = |action| spelt(keymap::label(KeyContext::Reading, action), theme);
        let closes = format!("{} closes", name(Action::Close));
        let more = match (first, below) {
            (0, 0) => closes,
            (_, 0) => format!("{} for more   {closes}", name(Action::Previous)),
            _ => format!("{} for more   {closes}", name(Action::Next)),
        };
        if width(&more) <= foot.width {
            put(buf, foot, &more, Side::Left, theme.quiet());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_keys_fit_their_column() {
        for theme in [Theme::new(true), Theme::new(true).with(Signs::Ascii)] {
            for binding in keymap::current().bindings() {
                let labels = binding.all_labels();
                assert!(width(&spelt(&labels, theme)) < NAMES, "{labels}");
            }
        }
    }

    #[test]
    fn every_context_has_its_section() {
        for binding in keymap::current().bindings() {
            assert!([RUNNING, PICKING, LOG, CALIBRATING].concat().iter().any(|(c, _)| *c == binding.context));
        }
    }

    #[test]
    fn scrolling_reaches_the_last_key_and_stops_there() {
        let area = Rect::new(0, 0, 40, 12);
        let mut help = HelpPage::RUNNING;
        for _ in 0..300 {
            help.update(Action::Next, area);
        }
        let mut buf = Buffer::empty(area);
        help.draw(&mut buf, area, "4:59", Theme::new(false));
        let last = keymap::of(KeyContext::Reading).last().unwrap();
        let shown: String = buf.content.iter().map(|c| c.symbol()).collect();
        assert!(shown.contains(last.description), "{shown}");
        help.update(Action::PageBack, area);
        assert!(help.first < rows(RUNNING, 38).len() - 10);
    }
}
