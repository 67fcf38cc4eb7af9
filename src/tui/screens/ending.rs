//! What was done, once a session is over, and what is to become of it.
//!
//! What was planned and what was run of it stand one above the other on one scale of time: what was skipped or left
//! out makes the lower one shorter, what was added or run again makes it longer.

use super::page::{Page, PageRequest};
use super::unfinished::undo;
use crate::display::chart::{ChartBar, IntensityChart};
use crate::frontend::{FinishedSession, LogStatus, SessionFate};
use crate::keymap;
use crate::keymap::Action;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::large_text::{large, number, ranked};
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width, wrap};
use crate::tui::widgets::zone_times;
use crate::units::{Millis, clock};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Digits are five rows high at least.
const DIGITS: u16 = 5;
/// The columns of `planned` and the blank after it, and from which width on there is room for that.
const LABEL: u16 = 8;
const WITH_LABELS: u16 = 24;

/// The page.
#[derive(Clone, Debug)]
pub struct EndingPage {
    ended: FinishedSession,
    ask: ChoicePrompt,
    theme: Theme,
}

impl EndingPage {
    /// A page with the mark on what usually becomes of such a session.
    pub fn new(ended: FinishedSession, theme: Theme) -> Self {
        let usual = match ended.usual() {
            SessionFate::Log => Action::Log,
            SessionFate::Later => Action::Later,
            SessionFate::Discard => Action::Discard,
        };
        EndingPage { ended, ask: ChoicePrompt::ended(usual), theme }
    }

    /// Takes note of whether the session is written.
    pub fn set_log(&mut self, log: LogStatus) {
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
        if self.ended.log == LogStatus::Written {
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
        // What was planned is measured by what was run of it.
        let time = self.ended.summary.active.saturating_sub(self.after());
        let time = clock(time.whole_secs());
        number(buf, rest, &time, self.theme.bold(style));
    }
}

/// The rows below the field.
struct EndingFooter {
    facts: u16,
    /// Of each of the two profiles.
    profile: u16,
    words: u16,
    gaps: u16,
}

impl EndingFooter {
    fn of(height: u16, zones: bool) -> EndingFooter {
        let (facts, profile, words, gaps) = match height {
            0..3 => (0, 0, 0, 0),
            3..8 => (1, 0, 0, 0),
            8 => (1, 0, 1, 0),
            9 => (1, 1, 0, 0),
            10..16 => (1, 1, 1, 0),
            16..20 => (1, 2, 1, 1),
            20..23 => (1, 2, 1, 3),
            23..28 => (1, 3, 1, 3),
            28..40 => (6, 3, 3, 3),
            _ => (9, 4, 3, 3),
        };
        EndingFooter { facts, profile, words: if zones { words } else { 0 }, gaps }
    }

    /// The rows that both profiles take, with what is between them.
    fn picture(&self) -> u16 {
        2 * self.profile + u16::from(self.profile > 2)
    }
}

impl Page for EndingPage {
    type Outcome = SessionFate;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let note = undo(area.width);
        let rows = self.ask.rows(area, ("", note));
        self.ask.draw(buf, area, ("", note), self.theme);
        let mut rest = Rect { height: area.height - rows, ..area };
        self.unsaved(buf, &mut rest);
        let parts = self.zones();
        let below = EndingFooter::of(rest.height, !parts.is_empty());
        let spent = 1 + below.facts + below.picture() + below.words + below.gaps;
        let word = rest.height.saturating_sub(spent) >= DIGITS + 3;
        if rest.height >= 3 {
            self.header(buf, top(&mut rest, 1), !word);
        }
        bottom(&mut rest, u16::from(below.gaps > 0));
        zone_times::words(buf, inset(bottom(&mut rest, below.words), 1), &parts, self.theme);
        bottom(&mut rest, u16::from(below.gaps > 2));
        self.profiles(buf, inset(bottom(&mut rest, below.picture()), 1), below.profile);
        bottom(&mut rest, u16::from(below.gaps > 1));
        self.facts(buf, inset(bottom(&mut rest, below.facts), 1));
        self.field(buf, rest, word);
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<SessionFate>> {
        let Input::Key(key) = input else { return None };
        let given = match keymap::action(self.ask.context(), key)? {
            Action::Interrupt => return Some(PageRequest::Interrupt),
            Action::Suspend => return Some(PageRequest::Suspend),
            action => self.ask.update(action)?,
        };
        match given {
            Action::Log => Some(PageRequest::Done(SessionFate::Log)),
            Action::Later => Some(PageRequest::Done(SessionFate::Later)),
            Action::Discard => Some(PageRequest::Done(SessionFate::Discard)),
            _ => None,
        }
    }
}

impl EndingPage {
    /// How long it went on after the workout.
    fn after(&self) -> Millis {
        let laps = self.ended.summary.laps.iter();
        laps.filter(|lap| lap.step.is_none()).map(|lap| lap.length()).sum()
    }

    /// The time in each zone of what was planned.
    fn zones(&self) -> Vec<(Option<u8>, Millis)> {
        let parts = self.ended.summary.zones.parts().into_iter();
        let planned = |(zone, time): (Option<u8>, Millis)| match zone {
            None => (zone, time.saturating_sub(self.after())),
            Some(_) => (zone, time),
        };
        parts.map(planned).filter(|(_, time)| *time > Millis::ZERO).collect()
    }

    /// What was planned, dim, and below it what was run.
    fn profiles(&self, buf: &mut Buffer, area: Rect, rows: u16) {
        if rows == 0 {
            return;
        }
        let label = if area.width >= WITH_LABELS { LABEL } else { 0 };
        let columns = area.width - label;
        let FinishedSession { sequence, summary, .. } = &self.ended;
        let (planned, done) = IntensityChart::planned_and_done(sequence, &summary.laps, columns);
        let mut rest = area;
        let bars = |zone, planned| if planned { self.theme.bar_played(zone) } else { self.theme.bar(zone) };
        for (says, profile, is_plan) in [("planned", planned, true), ("done", done, false)] {
            let mut at = top(&mut rest, rows);
            let picture = beside(&mut at, columns);
            // On the line that the bars stand on.
            let style = if is_plan { self.theme.quiet() } else { self.theme.strong() };
            put(buf, bottom(&mut at, 1), says, Side::Left, style);
            draw_bars(buf, picture, &profile.bars, |zone| bars(zone, is_plan));
            top(&mut rest, u16::from(rows > 2));
        }
    }

    /// In one row as many as there is room for, the most important first; else one below the other, large where
    /// possible.
    fn facts(&self, buf: &mut Buffer, area: Rect) {
        let facts = self.ended.facts();
        let style = self.theme.strong();
        if area.height >= 3 {
            let rank = |(i, fact): (usize, &String)| (i as u8, fact.clone());
            return ranked(buf, area, &facts.iter().enumerate().map(rank).collect::<Vec<_>>(), style);
        }
        let mut line = String::new();
        for fact in &facts {
            let longer = if line.is_empty() { fact.clone() } else { format!("{line} · {fact}") };
            if width(&longer) <= area.width {
                line = longer;
            }
        }
        put(buf, area, &line, Side::Middle, style);
    }
}

fn draw_bars(buf: &mut Buffer, area: Rect, bars: &[ChartBar], style: impl Fn(Option<u8>) -> Style) {
    for (x, bar) in (area.x..area.right()).zip(bars) {
        for row in 0..area.height {
            if let Some(cell) = buf.cell_mut((x, area.bottom() - 1 - row)) {
                cell.set_char(bar.block(row, area.height)).set_style(style(bar.zone));
            }
        }
    }
}
