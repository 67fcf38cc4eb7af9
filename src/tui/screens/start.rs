//! The page before a run while another session is unfinished: the workout to run, and in one line the other session.

use super::page::{Page, PageKey};
use crate::display::{self, chart::IntensityChart};
use crate::frontend::UnfinishedOffer;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::text::{Side, beside, put, top, width, wrap};
use crate::workout::sequence::Sequence;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// The rows of the chart in a tall window.
const CHART: u16 = 4;

/// The runner's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartAnswer {
    /// Run the workout. The other session stays unfinished.
    Run,
    /// Resume the unfinished session instead.
    Resume,
    /// Log the unfinished session as it is.
    Log,
    /// Discard the unfinished session.
    Discard,
    /// Run nothing.
    Quit,
}

/// The page before a run.
#[derive(Clone, Debug)]
pub struct StartPage {
    sequence: Arc<Sequence>,
    unfinished: UnfinishedOffer,
    theme: Theme,
}

impl StartPage {
    /// The page for a workout.
    pub fn new(sequence: Arc<Sequence>, unfinished: UnfinishedOffer, theme: Theme) -> Self {
        StartPage { sequence, unfinished, theme }
    }

    /// The line about the unfinished session, as long as fits into `columns`.
    fn offer(&self, columns: u16) -> String {
        let label = |action| self.theme.keymap().label(KeyContext::Starting, action);
        let (resume, log) = (label(Action::Resume), label(Action::Log));
        let session = clean(&self.unfinished.line());
        let keys = [
            format!("{session}: {resume} resumes it, {log} logs it"),
            format!("{session}: {resume} resumes it"),
        ];
        let fitting = keys.iter().find(|line| width(line) <= columns);
        fitting.cloned().unwrap_or_else(|| format!("{session}: {resume} resumes it"))
    }

    /// Draws the only answer, with its key.
    fn draw_answer(&self, buf: &mut Buffer, row: Rect) {
        let style = self.theme.loud();
        let mut row = row.intersection(buf.area);
        buf.set_style(row, style);
        let key = self.theme.keymap().label(KeyContext::Starting, Action::Choose);
        let right = Rect { width: row.width.saturating_sub(1), ..row };
        let taken = put(buf, right, key, Side::Right, style);
        beside(&mut row, taken + 3);
        put(buf, row, "› Run it", Side::Left, style);
    }
}

impl Page for StartPage {
    type Outcome = StartAnswer;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let columns = desk::column(area).width;
        let offer = wrap(&self.offer(columns), columns, 3);
        let gap = u16::from(area.height >= desk::ROOMY);
        let chart_rows = if gap > 0 { CHART } else { 1 };
        let layout = DeskLayout::of(area, chart_rows, 1 + gap + offer.len() as u16);
        let total = display::total_and_steps(&self.sequence);
        layout.draw_title(buf, &clean(&self.sequence.name), &total, self.theme);
        let chart = IntensityChart::new(&self.sequence, layout.body.width);
        bars::draw(buf, layout.body, &chart.bars, |zone| self.theme.bar(zone));
        let mut foot = layout.foot;
        self.draw_answer(buf, top(&mut foot, 1));
        top(&mut foot, gap);
        for line in &offer {
            put(buf, top(&mut foot, 1), line, Side::Left, self.theme.quiet());
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Starting
    }

    fn press(&mut self, key: PageKey) -> Option<StartAnswer> {
        match key.action? {
            Action::Choose => Some(StartAnswer::Run),
            Action::Resume => Some(StartAnswer::Resume),
            Action::Log => Some(StartAnswer::Log),
            Action::Discard => Some(StartAnswer::Discard),
            Action::Close => Some(StartAnswer::Quit),
            _ => None,
        }
    }
}
