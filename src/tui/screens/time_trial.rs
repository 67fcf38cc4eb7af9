//! The result of a time trial and the paces that follow from it, offered for the profile.

use super::page::{Page, PageKey};
use crate::frontend::TrialOffer;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::figures::ChangeRow;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::text::{Side, after, put, top, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of a pace's name.
const NAME: u16 = 11;

/// The page that offers a time trial's result.
#[derive(Clone, Debug)]
pub struct TimeTrialPage {
    trial: TrialOffer,
    prompt: ChoicePrompt,
    theme: Theme,
}

/// A cell of the table of paces.
struct PaceCell<'a> {
    text: &'a str,
    columns: u16,
    side: Side,
    style: Style,
    /// The columns between this cell and the next.
    gap: u16,
}

impl TimeTrialPage {
    /// A page with "Take the result" marked.
    pub fn new(trial: TrialOffer, theme: Theme) -> Self {
        TimeTrialPage { trial, prompt: ChoicePrompt::TRIAL, theme }
    }

    fn text(&self) -> ChoiceText<'static> {
        ChoiceText {
            question: "",
            note: if self.trial.changes.is_empty() { "Your paces stay the same." } else { "" },
        }
    }

    /// Draws as many of the changed paces as fit, the easy ones first.
    fn draw_changes(&self, buf: &mut Buffer, mut rest: Rect) {
        let widest = |column: fn(&ChangeRow) -> &String| {
            self.trial.changes.iter().map(|row| width(column(row))).max().unwrap_or(0)
        };
        let (was, is) = (widest(|r| &r.was), widest(|r| &r.is));
        for row in &self.trial.changes {
            let mut line = top(&mut rest, 1);
            let patch = Rect { width: NAME.min(line.width), ..line };
            buf.set_style(patch.intersection(buf.area), self.theme.patch(row.zone));
            let cell = |text, columns, side, style| PaceCell { text, columns, side, style, gap: 0 };
            let name = format!(" {}", row.name);
            for cell in [
                cell(&*name, NAME, Side::Left, self.theme.patch(row.zone)),
                cell(&row.was, was + 2, Side::Right, self.theme.quiet()),
                cell("→", 3, Side::Middle, self.theme.quiet()),
                PaceCell { gap: 3, ..cell(&row.is, is, Side::Right, self.theme.strong()) },
                cell(&row.number, line.width, Side::Left, self.theme.quiet()),
            ] {
                let area = Rect { width: cell.columns.min(line.width), ..line };
                put(buf, area, cell.text, cell.side, cell.style);
                line = after(line, area.width + cell.gap);
            }
        }
    }
}

impl Page for TimeTrialPage {
    /// True to save the result in the profile.
    type Outcome = bool;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let gap = u16::from(area.height >= desk::ROOMY);
        let lines = 1 + u16::from(self.trial.vdot.is_some()) + gap;
        let body = lines + self.trial.changes.len() as u16;
        let layout = DeskLayout::of(area, body, self.prompt.rows(area, self.text()));
        layout.draw_title(buf, "Time trial", "", self.theme);
        let mut body = layout.body;
        put(buf, top(&mut body, 1), &self.trial.result, Side::Left, self.theme.strong());
        if let Some(vdot) = &self.trial.vdot {
            put(buf, top(&mut body, 1), vdot, Side::Left, self.theme.quiet());
        }
        top(&mut body, gap);
        self.draw_changes(buf, body);
        self.prompt.draw_in(buf, layout.foot, self.text(), self.theme);
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        self.prompt.context()
    }

    fn press(&mut self, key: PageKey) -> Option<bool> {
        match self.prompt.update(key.action?)? {
            Action::Take => Some(true),
            Action::Leave => Some(false),
            _ => None,
        }
    }
}
