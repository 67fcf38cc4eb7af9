//! What a time trial came to, and the paces that would follow from it, offered for the profile.

use super::page::{Page, PageRequest};
use crate::frontend;
use crate::keymap;
use crate::keymap::Action;
use crate::runner::figures::ChangeRow;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{Side, inset, put, top, width};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The columns of a pace's name.
const NAME: u16 = 11;

/// The page.
#[derive(Clone, Debug)]
pub struct TimeTrialPage {
    trial: frontend::TrialOffer,
    ask: ChoicePrompt,
    theme: Theme,
}

impl TimeTrialPage {
    /// A page with the mark on taking it.
    pub fn new(trial: frontend::TrialOffer, theme: Theme) -> Self {
        TimeTrialPage { trial, ask: ChoicePrompt::TRIAL, theme }
    }

    /// As many of the changes as there is room for: the easy ones come first, of those that are left out the fast ones.
    fn changes(&self, buf: &mut Buffer, mut rest: Rect) {
        let widest = |of: fn(&ChangeRow) -> &String| {
            self.trial.changes.iter().map(|row| width(of(row))).max().unwrap_or(0)
        };
        let (was, is) = (widest(|r| &r.was), widest(|r| &r.is));
        for row in &self.trial.changes {
            let mut line = top(&mut rest, 1);
            let columns = [
                (format!(" {}", row.name), NAME, Side::Left, self.theme.patch(row.zone)),
                (row.was.clone(), was + 2, Side::Right, self.theme.quiet()),
                ("→".to_string(), 3, Side::Middle, self.theme.quiet()),
                (row.is.clone(), is, Side::Right, self.theme.strong()),
                (row.number.clone(), line.width, Side::Left, self.theme.quiet()),
            ];
            for (i, (text, columns, side, style)) in columns.into_iter().enumerate() {
                let at = Rect { width: columns.min(line.width), ..line };
                if i == 0 {
                    buf.set_style(at.intersection(buf.area), style);
                }
                put(buf, at, &text, side, style);
                let taken = (at.width + if i == 3 { 3 } else { 0 }).min(line.width);
                line = Rect { x: line.x + taken, width: line.width - taken, ..line };
            }
        }
    }
}

impl Page for TimeTrialPage {
    type Outcome = bool;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let note = if self.trial.changes.is_empty() { "No pace changes by it." } else { "" };
        let rows = self.ask.rows(area, ("", note));
        self.ask.draw(buf, area, ("", note), self.theme);
        let mut rest = inset(Rect { height: area.height - rows, ..area }, 1);
        let changes = self.trial.changes.len() as u16;
        let spare = rest.height.saturating_sub(changes + 1);
        let size = match spare {
            0..3 => 1,
            3..7 => 3,
            _ => 6,
        };
        large(buf, top(&mut rest, size), &self.trial.result, Side::Left, self.theme.strong());
        let spare = rest.height.saturating_sub(changes);
        top(&mut rest, u16::from(spare >= 3));
        if let Some(vdot) = self.trial.vdot.as_ref().filter(|_| spare >= 1) {
            put(buf, top(&mut rest, 1), vdot, Side::Left, self.theme.quiet());
        }
        top(&mut rest, u16::from(spare >= 2));
        self.changes(buf, rest);
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<bool>> {
        let Input::Key(key) = input else { return None };
        let given = match keymap::action(self.ask.context(), key)? {
            Action::Interrupt => return Some(PageRequest::Interrupt),
            Action::Suspend => return Some(PageRequest::Suspend),
            action => self.ask.update(action)?,
        };
        match given {
            Action::Take => Some(PageRequest::Done(true)),
            Action::Leave => Some(PageRequest::Done(false)),
            _ => None,
        }
    }
}
