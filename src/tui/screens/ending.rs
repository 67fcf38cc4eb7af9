//! The summary of a session that is over, and what to do with it.
//!
//! The plan and the run stand one above the other on one time scale: a skipped step makes the run shorter, a repeated
//! one makes it longer.

use super::page::{Page, PageKey};
use super::unfinished::undo_note;
use crate::athlete::Zone;
use crate::display::chart::IntensityChart;
use crate::frontend::{FinishedSession, LogStatus, SessionFate};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::large_text::{RankedLine, large, number, ranked};
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width, wrap};
use crate::tui::widgets::{bars, zone_times};
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The fewest rows of the big digits.
const DIGITS: u16 = 5;
/// The columns of the labels `planned` and `done`, with the space after them.
const LABEL: u16 = 8;
/// The least width at which there is room for the labels.
const WITH_LABELS: u16 = 24;

/// The summary page.
#[derive(Clone, Debug)]
pub struct EndingPage {
    ended: FinishedSession,
    prompt: ChoicePrompt,
    theme: Theme,
}

impl EndingPage {
    /// A page with the usual answer for such a session marked.
    pub fn new(ended: FinishedSession, theme: Theme) -> Self {
        let usual = match ended.default_fate() {
            SessionFate::Log => Action::Log,
            SessionFate::Later => Action::Later,
            SessionFate::Discard => Action::Discard,
        };
        EndingPage { ended, prompt: ChoicePrompt::ended(usual), theme }
    }

    /// Draws the workout's name, and on the right whether it was a rehearsal and, with `word`, how it ended.
    fn draw_header(&self, buf: &mut Buffer, area: Rect, word: bool) {
        let row = inset(area, 1);
        let rehearsal = self.ended.rehearsal;
        let rehearsal = (!rehearsal.is_real_time()).then(|| format!("rehearsal {rehearsal}"));
        let word = word.then(|| self.ended.outcome().to_string());
        let right: Vec<String> = rehearsal.into_iter().chain(word).collect();
        let taken = put(buf, row, &right.join(" · "), Side::Right, self.theme.strong());
        let left = Rect { width: row.width.saturating_sub(taken + 2), ..row };
        put(buf, left, &clean(&self.ended.name), Side::Left, self.theme.quiet());
    }

    /// Draws a loud band that says why the session is not in the log yet.
    fn draw_log_problem(&self, buf: &mut Buffer, rest: &mut Rect) {
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

    /// Draws how long the workout took and, with `word`, how it ended.
    fn draw_time(&self, buf: &mut Buffer, area: Rect, word: bool) {
        let style = match self.ended.summary.finished {
            true => self.theme.field(Zone::new(2)),
            false => self.theme.still(),
        };
        buf.set_style(area, style);
        let mut rest = inset(area, 1);
        if word {
            let rows = if area.height >= 18 { 6 } else { 3 };
            top(&mut rest, u16::from(area.height >= 11));
            large(buf, top(&mut rest, rows), self.ended.outcome(), Side::Middle, self.theme.bold(style));
            let apart = u16::from(rest.height > DIGITS);
            top(&mut rest, apart);
            let apart = u16::from(rest.height > DIGITS);
            bottom(&mut rest, apart);
        }
        // Only the time inside the plan compares with the plan.
        let time = self.ended.summary.active.saturating_sub(self.time_after_workout());
        let time = clock(time.whole_secs());
        number(buf, rest, &time, self.theme.bold(style));
    }

    /// The time run after the last step of the workout.
    fn time_after_workout(&self) -> Millis {
        let laps = self.ended.summary.laps.iter();
        laps.filter(|lap| lap.step.is_none()).map(|lap| lap.length()).sum()
    }

    /// The time in each zone, without the time after the workout.
    fn planned_zones(&self) -> Vec<(Option<Zone>, Millis)> {
        let mut zones = self.ended.summary.zones.parts();
        if let Some((_, no_zone)) = zones.iter_mut().find(|(zone, _)| zone.is_none()) {
            *no_zone = no_zone.saturating_sub(self.time_after_workout());
        }
        zones.retain(|(_, time)| *time > Millis::ZERO);
        zones
    }

    /// Draws the plan, dimmed, and below it the run.
    fn draw_charts(&self, buf: &mut Buffer, area: Rect, rows: u16) {
        if rows == 0 {
            return;
        }
        let label = if area.width >= WITH_LABELS { LABEL } else { 0 };
        let columns = area.width - label;
        let FinishedSession { sequence, summary, .. } = &self.ended;
        let (planned, done) = IntensityChart::planned_and_done(sequence, &summary.laps, columns);
        let mut rest = area;
        for (name, chart, is_plan) in [("planned", planned, true), ("done", done, false)] {
            let mut left = top(&mut rest, rows);
            let right = beside(&mut left, columns);
            let style = if is_plan { self.theme.quiet() } else { self.theme.strong() };
            // The label stands on the base line of the bars.
            put(buf, bottom(&mut left, 1), name, Side::Left, style);
            bars::draw(buf, right, &chart.bars, |zone| match is_plan {
                true => self.theme.bar_played(zone),
                false => self.theme.bar(zone),
            });
            top(&mut rest, u16::from(rows > 2));
        }
    }

    /// Draws as many facts as fit: in a single row, else one a row, in large letters if they fit.
    fn draw_facts(&self, buf: &mut Buffer, area: Rect) {
        let facts = self.ended.facts();
        let style = self.theme.strong();
        if area.height >= 3 {
            let lines = facts.iter().enumerate().map(|(i, fact)| RankedLine::new(i as u8, fact.clone()));
            return ranked(buf, area, &lines.collect::<Vec<_>>(), style);
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

/// The heights of the parts below the time, in rows.
struct EndingFooter {
    facts: u16,
    /// The height of each of the two charts.
    chart: u16,
    zones: u16,
    gaps: u16,
}

impl EndingFooter {
    fn of(height: u16, has_zones: bool) -> EndingFooter {
        let (facts, chart, zones, gaps) = match height {
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
        EndingFooter { facts, chart, zones: if has_zones { zones } else { 0 }, gaps }
    }

    /// The rows of both charts, with the gap between them.
    fn charts(&self) -> u16 {
        2 * self.chart + u16::from(self.chart > 2)
    }
}

impl Page for EndingPage {
    type Outcome = SessionFate;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let text = ChoiceText { question: "", note: undo_note(area.width) };
        let mut rest = self.prompt.draw(buf, area, text, self.theme);
        self.draw_log_problem(buf, &mut rest);
        let zones = self.planned_zones();
        let footer = EndingFooter::of(rest.height, !zones.is_empty());
        let taken = 1 + footer.facts + footer.charts() + footer.zones + footer.gaps;
        let has_word = rest.height.saturating_sub(taken) >= DIGITS + 3;
        if rest.height >= 3 {
            self.draw_header(buf, top(&mut rest, 1), !has_word);
        }
        bottom(&mut rest, u16::from(footer.gaps > 0));
        zone_times::draw(buf, inset(bottom(&mut rest, footer.zones), 1), &zones, self.theme);
        bottom(&mut rest, u16::from(footer.gaps > 2));
        self.draw_charts(buf, inset(bottom(&mut rest, footer.charts()), 1), footer.chart);
        bottom(&mut rest, u16::from(footer.gaps > 1));
        self.draw_facts(buf, inset(bottom(&mut rest, footer.facts), 1));
        self.draw_time(buf, rest, has_word);
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        self.prompt.context()
    }

    fn press(&mut self, key: PageKey) -> Option<SessionFate> {
        match self.prompt.update(key.action?)? {
            Action::Log => Some(SessionFate::Log),
            Action::Later => Some(SessionFate::Later),
            Action::Discard => Some(SessionFate::Discard),
            _ => None,
        }
    }

    fn set_log(&mut self, log: &LogStatus) {
        self.ended.log = log.clone();
    }
}
