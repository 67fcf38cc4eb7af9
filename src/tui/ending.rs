//! What was done, once a session is over, and what is to become of it.

use super::ask::Ask;
use super::large::{large, number, ranked};
use super::offer::undo;
use super::page::{Page, Wish};
use super::text::{Side, bottom, inset, put, top, width, wrap};
use super::theme::Theme;
use super::zones;
use crate::front::{Ended, Kept, Log};
use crate::keys::{self, Action};
use crate::text::clean;
use crate::units::clock;
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Digits are five rows high at least.
const DIGITS: u16 = 5;

/// The page.
#[derive(Clone, Debug)]
pub struct Ending {
    ended: Ended,
    ask: Ask,
    theme: Theme,
}

impl Ending {
    /// A page with the mark on what usually becomes of such a session.
    pub fn new(ended: Ended, theme: Theme) -> Self {
        let usual = match ended.usual() {
            Kept::Log => Action::Log,
            Kept::Later => Action::Later,
            Kept::Discard => Action::Discard,
        };
        Ending { ended, ask: Ask::ended(usual), theme }
    }

    /// Takes note of whether the session is written.
    pub fn set_log(&mut self, log: Log) {
        self.ended.log = log;
    }

    /// The workout's name, what became of it, and, on the right of both, that it was no real run.
    fn header(&self, buf: &mut Buffer, area: Rect, word: bool) {
        let row = inset(area, 1);
        let rehearsed = self.ended.rehearsed.as_ref().map(|speed| format!("rehearsal {}", clean(speed)));
        let word = word.then(|| self.ended.word().to_string());
        let right: Vec<String> = rehearsed.into_iter().chain(word).collect();
        let taken = put(buf, row, &right.join(" · "), Side::Right, self.theme.strong());
        let left = Rect { width: row.width.saturating_sub(taken + 2), ..row };
        put(buf, left, &clean(&self.ended.name), Side::Left, self.theme.quiet());
    }

    /// That it is not in the log, and why, in a band that must not be overlooked.
    fn unsaved(&self, buf: &mut Buffer, rest: &mut Rect) {
        if self.ended.log == Log::Written {
            return;
        }
        let says = clean(&self.ended.log.to_string());
        let columns = inset(*rest, 1).width;
        let lines = wrap(&says, columns, 3.min(rest.height));
        let mut band = bottom(rest, lines.len() as u16);
        buf.set_style(band, self.theme.loud());
        for line in &lines {
            put(buf, inset(top(&mut band, 1), 1), line, Side::Left, self.theme.loud());
        }
    }

    /// How it went, and how long it took.
    fn field(&self, buf: &mut Buffer, area: Rect, word: bool) {
        let style = match self.ended.summary.finished {
            true => self.theme.field(Some(2)),
            false => self.theme.still(),
        };
        buf.set_style(area, style);
        let mut rest = inset(area, 1);
        if word {
            let rows = if area.height >= 18 { 6 } else { 3 };
            top(&mut rest, u16::from(area.height >= 11));
            large(buf, top(&mut rest, rows), self.ended.word(), Side::Middle, self.theme.bold(style));
            let apart = u16::from(rest.height > DIGITS);
            top(&mut rest, apart);
            let apart = u16::from(rest.height > DIGITS);
            bottom(&mut rest, apart);
        }
        let time = clock(self.ended.summary.active.whole_secs());
        number(buf, rest, &time, self.theme.bold(style));
    }
}

/// The rows below the field.
struct Below {
    facts: u16,
    bar: u16,
    words: u16,
    gaps: u16,
}

impl Below {
    fn of(height: u16, with_bar: bool) -> Below {
        let (facts, bar, words, gaps) = match height {
            0..3 => (0, 0, 0, 0),
            3..8 => (1, 0, 0, 0),
            8 => (1, 0, 1, 0),
            9..16 => (1, 1, 1, 0),
            16..28 => (1, 2, 1, 1),
            _ => (9, 3, 3, 2),
        };
        let none = if with_bar { 1 } else { 0 };
        Below { facts, bar: bar * none, words: words * none, gaps }
    }
}

impl Page for Ending {
    type Outcome = Kept;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let note = undo(area.width);
        let rows = self.ask.rows(area, ("", note));
        self.ask.draw(buf, area, ("", note), self.theme);
        let mut rest = Rect { height: area.height - rows, ..area };
        self.unsaved(buf, &mut rest);
        let parts = self.ended.summary.zones.parts();
        let below = Below::of(rest.height, !parts.is_empty());
        let spent = 1 + below.facts + below.bar + below.words + below.gaps;
        let word = rest.height.saturating_sub(spent) >= DIGITS + 4;
        if rest.height >= 3 {
            self.header(buf, top(&mut rest, 1), !word);
        }
        bottom(&mut rest, below.gaps.saturating_sub(1));
        zones::words(buf, inset(bottom(&mut rest, below.words), 1), &parts, self.theme);
        zones::bar(buf, inset(bottom(&mut rest, below.bar), 1), &parts, self.theme);
        bottom(&mut rest, below.gaps.min(1));
        self.facts(buf, inset(bottom(&mut rest, below.facts), 1));
        self.field(buf, rest, word);
    }

    fn input(&mut self, input: &Input) -> Option<Wish<Kept>> {
        let Input::Key(key) = input else { return None };
        let given = match keys::action(self.ask.context(), key)? {
            Action::Interrupt => return Some(Wish::Interrupt),
            Action::Suspend => return Some(Wish::Suspend),
            action => self.ask.update(action)?,
        };
        match given {
            Action::Log => Some(Wish::Done(Kept::Log)),
            Action::Later => Some(Wish::Done(Kept::Later)),
            Action::Discard => Some(Wish::Done(Kept::Discard)),
            _ => None,
        }
    }
}

impl Ending {
    /// In one row as many as fit, the most important first; else one below the other, large where possible.
    fn facts(&self, buf: &mut Buffer, area: Rect) {
        let facts = self.ended.facts();
        let mut line = String::new();
        for fact in &facts {
            let longer = if line.is_empty() { fact.clone() } else { format!("{line} · {fact}") };
            if width(&longer) > area.width {
                break;
            }
            line = longer;
        }
        let style = self.theme.strong();
        match area.height {
            0..3 => drop(put(buf, area, &line, Side::Middle, style)),
            _ => {
                let rank = |(i, fact): (usize, &String)| (i as u8, fact.clone());
                ranked(buf, area, &facts.iter().enumerate().map(rank).collect::<Vec<_>>(), style);
            }
        }
    }
}
