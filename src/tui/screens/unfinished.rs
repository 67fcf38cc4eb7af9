//! A session that was cut off by a crash, a kill or a flat battery, offered again: how it stood, and what is to
//! become of it.

use super::page::{Page, PageRequest};
use crate::display::ago;
use crate::frontend::{Resume, UnfinishedOffer};
use crate::keymap;
use crate::keymap::Action;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::large_text::ranked;
use crate::tui::widgets::text::{Side, inset, put, top, width};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The offer.
#[derive(Clone, Debug)]
pub struct UnfinishedPage {
    unfinished: UnfinishedOffer,
    ask: ChoicePrompt,
    theme: Theme,
}

impl UnfinishedPage {
    /// An offer with the mark on going on.
    pub fn new(unfinished: UnfinishedOffer, theme: Theme) -> Self {
        UnfinishedPage { unfinished, ask: ChoicePrompt::UNFINISHED, theme }
    }

    /// How it stood. What matters most is when that was, and how far it had come.
    fn lines(&self) -> Vec<(u8, String)> {
        let it = &self.unfinished;
        let mut lines = vec![
            (3, it.name.clone()),
            (0, ago(it.gap)),
            (1, it.done()),
            (2, it.place.clone()),
            (4, format!("begun {}", it.started)),
        ];
        lines.retain(|(_, text)| !text.is_empty());
        lines
    }
}

impl Page for UnfinishedPage {
    type Outcome = Resume;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let note = undo(area.width);
        let rows = self.ask.rows(area, ("", note));
        self.ask.draw(buf, area, ("", note), self.theme);
        let mut rest = Rect { height: area.height - rows, ..area };
        let style = self.theme.still();
        buf.set_style(rest, style);
        rest = inset(rest, 1);
        if rest.height >= 4 {
            let head = top(&mut rest, 1);
            let more = self.unfinished.more().unwrap_or_default();
            let taken = put(buf, head, &more, Side::Right, style);
            let left = Rect { width: head.width.saturating_sub(taken + 2), ..head };
            put(buf, left, "This was cut off", Side::Left, style);
        }
        ranked(buf, rest, &self.lines(), style);
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<Resume>> {
        let Input::Key(key) = input else { return None };
        let given = match keymap::action(self.ask.context(), key)? {
            Action::Interrupt => return Some(PageRequest::Interrupt),
            Action::Suspend => return Some(PageRequest::Suspend),
            action => self.ask.update(action)?,
        };
        match given {
            Action::GoOn => Some(PageRequest::Done(Resume::GoOn)),
            Action::Log => Some(PageRequest::Done(Resume::Log)),
            Action::Discard => Some(PageRequest::Done(Resume::Discard)),
            Action::Later => Some(PageRequest::Done(Resume::Later)),
            _ => None,
        }
    }
}

/// A mistake is cheap.
pub fn undo(columns: u16) -> &'static str {
    const FORMS: [&str; 2] =
        ["What is discarded comes back with `pacebell log undo`.", "Undo: `pacebell log undo`"];
    let [long, short] = FORMS;
    if width(long) + 6 <= columns { long } else { short }
}
