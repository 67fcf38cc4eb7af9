//! An unfinished session, after a crash, a kill or a flat battery: how far it got, and what to do with it.

use super::page::{Page, PageKey};
use crate::display::ago;
use crate::frontend::{Resume, UnfinishedOffer};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::large_text::{RankedLine, ranked};
use crate::tui::widgets::text::{Side, inset, put, top, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The page that offers an unfinished session.
#[derive(Clone, Debug)]
pub struct UnfinishedPage {
    unfinished: UnfinishedOffer,
    prompt: ChoicePrompt,
    theme: Theme,
}

impl UnfinishedPage {
    /// A page with "Go on from there" marked.
    pub fn new(unfinished: UnfinishedOffer, theme: Theme) -> Self {
        UnfinishedPage { unfinished, prompt: ChoicePrompt::UNFINISHED, theme }
    }

    /// The session in a few lines. When it was cut off and how far it got matter most.
    fn lines(&self) -> Vec<RankedLine> {
        let offer = &self.unfinished;
        let mut lines = vec![
            RankedLine::new(3, offer.name.clone()),
            RankedLine::new(0, ago(offer.gap)),
            RankedLine::new(1, offer.progress()),
            RankedLine::new(2, offer.place.clone()),
            RankedLine::new(4, format!("started {}", offer.started)),
        ];
        lines.retain(|line| !line.text.is_empty());
        lines
    }
}

impl Page for UnfinishedPage {
    type Outcome = Resume;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let text = ChoiceText { question: "", note: undo_note(area.width) };
        let mut rest = self.prompt.draw(buf, area, text, self.theme);
        let style = self.theme.still();
        buf.set_style(rest, style);
        rest = inset(rest, 1);
        if rest.height >= 4 {
            let head = top(&mut rest, 1);
            let more = self.unfinished.others_text().unwrap_or_default();
            let taken = put(buf, head, &more, Side::Right, style);
            let left = Rect { width: head.width.saturating_sub(taken + 2), ..head };
            put(buf, left, "This session was cut off", Side::Left, style);
        }
        ranked(buf, rest, &self.lines(), style);
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        self.prompt.context()
    }

    fn press(&mut self, key: PageKey) -> Option<Resume> {
        match self.prompt.update(key.action?)? {
            Action::Resume => Some(Resume::Now),
            Action::Log => Some(Resume::Log),
            Action::Discard => Some(Resume::Discard),
            Action::Later => Some(Resume::Later),
            _ => None,
        }
    }
}

/// The note that a discarded session can be restored, as long as `columns` allow.
pub fn undo_note(columns: u16) -> &'static str {
    const LONG: &str = "`pacebell log undo` brings back a discarded session.";
    const SHORT: &str = "Undo: `pacebell log undo`";
    if width(LONG) + 6 <= columns { LONG } else { SHORT }
}
