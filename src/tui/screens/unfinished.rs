//! An unfinished session, after a crash, a kill or a flat battery: how far it got, and what to do with it.

use super::page::{Page, PageKey};
use crate::display::ago;
use crate::frontend::{Resume, UnfinishedOffer};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::desk::{self, DeskFact, DeskLayout};
use crate::tui::widgets::text::{Side, put, top, width};
use ratatui::buffer::Buffer;

/// The columns of a fact's name.
const LABEL: u16 = 11;
/// Below this width, a window is narrow.
const NARROW: u16 = 50;
/// The columns of a fact's name in a narrow window.
const SHORT_LABEL: u16 = 8;

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

    /// The facts about the session, the most important first.
    fn facts(&self) -> Vec<DeskFact> {
        let offer = &self.unfinished;
        let mut facts = vec![
            DeskFact::new("Cut off", ago(offer.gap)),
            DeskFact::strong("Run", offer.progress()),
            DeskFact::new("At", offer.place.clone()),
            DeskFact::new("Started", offer.started.clone()),
        ];
        facts.retain(|fact| !fact.value.is_empty());
        facts
    }
}

impl Page for UnfinishedPage {
    type Outcome = Resume;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        let text = ChoiceText { question: "", note: undo_note(desk::column(area).width) };
        let facts = self.facts();
        let gap = u16::from(area.height >= desk::ROOMY);
        let layout = DeskLayout::of(area, facts.len() as u16 + 1 + gap, self.prompt.rows(area, text));
        let more = self.unfinished.others_text().unwrap_or_default();
        layout.draw_title(buf, "This session was cut off", &more, self.theme);
        let mut body = layout.body;
        put(buf, top(&mut body, 1), &self.unfinished.name, Side::Left, self.theme.strong());
        top(&mut body, gap);
        let label = if area.width < NARROW { SHORT_LABEL } else { LABEL };
        desk::draw_facts(buf, body, &facts, label, self.theme);
        self.prompt.draw_in(buf, layout.foot, text, self.theme);
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
