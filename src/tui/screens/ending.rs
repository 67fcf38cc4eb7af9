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
use crate::tui::widgets::desk::{self, DeskFact, DeskLayout};
use crate::tui::widgets::text::{Side, after, bottom, put, top, wrap};
use crate::tui::widgets::{bars, zone_times};
use crate::units::Millis;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of the labels `planned` and `run`, with the space after them.
const LABEL: u16 = 8;
/// The least width at which there is room for the labels.
const WITH_LABELS: u16 = 24;
/// The columns of a fact's name.
const FACT: u16 = 14;
/// The least width at which facts stand in two columns.
const TWO_COLUMNS: u16 = 56;

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
        let prompt = ChoicePrompt::ended(usual);
        let prompt = if ended.can_be_resumed() { prompt } else { prompt.without(Action::Later) };
        EndingPage { ended, prompt, theme }
    }

    /// How the session ended, after whether it was a rehearsal: `rehearsal 20× · finished`.
    fn outcome(&self) -> String {
        let rehearsal = self.ended.rehearsal;
        let rehearsal = (!rehearsal.is_real_time()).then(|| format!("rehearsal {rehearsal}"));
        let words: Vec<String> = rehearsal.into_iter().chain([self.ended.outcome().to_string()]).collect();
        words.join(" · ")
    }

    /// Draws a loud band that says why the session is not in the log yet.
    fn draw_log_problem(&self, buf: &mut Buffer, rest: &mut Rect) {
        if self.ended.log == LogStatus::Written {
            return;
        }
        let says = clean(&self.ended.log.to_string());
        let columns = desk::column(*rest).width;
        let lines = wrap(&says, columns, 3.min(rest.height));
        let mut band = bottom(rest, lines.len() as u16);
        buf.set_style(band, self.theme.loud());
        for line in &lines {
            put(buf, desk::column(top(&mut band, 1)), line, Side::Left, self.theme.loud());
        }
    }

    /// The time in each zone, without the time after the workout.
    fn planned_zones(&self) -> Vec<(Option<Zone>, Millis)> {
        let mut zones = self.ended.summary.zones.parts();
        if let Some((_, no_zone)) = zones.iter_mut().find(|(zone, _)| zone.is_none()) {
            *no_zone = no_zone.saturating_sub(self.ended.time_after_workout());
        }
        zones.retain(|(_, time)| *time > Millis::ZERO);
        zones
    }

    /// Draws the plan, dimmed, and below it the run. With a single row, the run covers the plan.
    fn draw_charts(&self, buf: &mut Buffer, area: Rect) {
        if area.height == 0 {
            return;
        }
        let label = if area.width >= WITH_LABELS { LABEL } else { 0 };
        let columns = area.width - label;
        let FinishedSession { sequence, summary, .. } = &self.ended;
        let (planned, done) = IntensityChart::planned_and_done(sequence, &summary.laps, columns);
        let planned_style = |zone| self.theme.bar_played(zone);
        let done_style = |zone| self.theme.bar(zone);
        if area.height < 3 {
            put(buf, area, "run", Side::Left, self.theme.quiet());
            let row = after(area, label);
            bars::draw(buf, row, &planned.bars, planned_style);
            return bars::draw(buf, row, &done.bars, done_style);
        }
        let rows = (area.height - 1) / 2;
        let mut rest = area;
        let (mut above, _, mut below) = (top(&mut rest, rows), top(&mut rest, 1), top(&mut rest, rows));
        bars::draw(buf, after(above, label), &planned.bars, planned_style);
        bars::draw(buf, after(below, label), &done.bars, done_style);
        if label > 0 {
            // The labels stand on the base line of the bars.
            put(buf, bottom(&mut above, 1), "planned", Side::Left, self.theme.quiet());
            put(buf, bottom(&mut below, 1), "run", Side::Left, Style::new());
        }
    }

    /// Draws the facts in two columns if they fit, down the left one first.
    fn draw_facts(&self, buf: &mut Buffer, area: Rect, facts: &[DeskFact]) {
        let rows = usize::from(fact_rows(facts, area.width));
        let (left, right) = facts.split_at(rows.min(facts.len()));
        let half = if right.is_empty() { area.width } else { area.width / 2 };
        desk::draw_facts(buf, Rect { width: half, ..area }, left, FACT, self.theme);
        desk::draw_facts(buf, after(area, half), right, FACT, self.theme);
    }

    fn facts(&self) -> Vec<DeskFact> {
        let mut facts: Vec<DeskFact> =
            self.ended.facts().into_iter().map(|fact| DeskFact::new(fact.name, fact.value)).collect();
        facts.iter_mut().take(1).for_each(|fact| fact.strong = true);
        facts
    }
}

/// The rows of the facts: half as many if there is room for two columns.
fn fact_rows(facts: &[DeskFact], columns: u16) -> u16 {
    let rows = if columns >= TWO_COLUMNS { facts.len().div_ceil(2) } else { facts.len() };
    rows as u16
}

/// The heights of the parts of the page, in rows.
struct EndingRows {
    facts: u16,
    charts: u16,
    zones: u16,
    /// The blank rows between the parts.
    gap: u16,
}

impl EndingRows {
    /// The parts that fit into `height`: the facts first, then the zones, then the chart.
    fn of(height: u16, facts: u16, zones: u16) -> EndingRows {
        let gap = u16::from(height >= facts + zones + 2 + 3);
        let facts = facts.min(height);
        let zones = if height > facts + gap { zones } else { 0 };
        let taken = facts + gap + zones + gap;
        let charts = match height.saturating_sub(taken) {
            spare @ 0..3 => spare.min(1),
            3..5 => 3,
            5..10 => 5,
            _ => 7,
        };
        EndingRows { facts, charts, zones, gap }
    }

    fn total(&self) -> u16 {
        let gaps = [self.charts, self.zones].iter().filter(|rows| **rows > 0).count() as u16;
        self.facts + self.charts + self.zones + gaps * self.gap
    }
}

impl Page for EndingPage {
    type Outcome = SessionFate;

    fn draw(&self, buf: &mut Buffer) {
        let mut window = buf.area;
        self.draw_log_problem(buf, &mut window);
        let columns = desk::column(window).width;
        let text = ChoiceText { question: "", note: undo_note(columns) };
        let foot = self.prompt.rows(window, text);
        let (facts, zones) = (self.facts(), self.planned_zones());
        let head = if window.height >= desk::ROOMY { 4 } else { 1 };
        let room = window.height.saturating_sub(foot + head);
        let rows = EndingRows::of(room, fact_rows(&facts, columns), u16::from(!zones.is_empty()));
        let layout = DeskLayout::of(window, rows.total(), foot);
        layout.draw_title(buf, &clean(&self.ended.name), &self.outcome(), self.theme);
        let mut body = layout.body;
        self.draw_facts(buf, top(&mut body, rows.facts), &facts);
        top(&mut body, rows.gap);
        self.draw_charts(buf, top(&mut body, rows.charts));
        top(&mut body, if rows.charts > 0 { rows.gap } else { 0 });
        zone_times::draw(buf, top(&mut body, rows.zones), &zones, self.theme);
        self.prompt.draw_in(buf, layout.foot, text, self.theme);
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        self.prompt.context()
    }

    fn press(&mut self, key: PageKey) -> Option<SessionFate> {
        let action = match key.action? {
            // The key that leaves the page must not leave a finished run out of the log.
            Action::Later if !self.ended.can_be_resumed() => Action::Log,
            action => action,
        };
        match self.prompt.update(action)? {
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
