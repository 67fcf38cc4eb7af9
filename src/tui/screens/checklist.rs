//! The checklist before a workout that has one. A yes shows the advice, and asks whether to run anyway.

use super::page::{Page, PageKey};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::large_list::LargeList;
use crate::tui::widgets::large_text::{RankedLine, broken, large, ranked};
use crate::tui::widgets::scroll::ScrollPosition;
use crate::tui::widgets::text::{Side, bottom, inset, put, top};
use crate::workout::sequence::Checklist;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;

const QUESTION: &str = "Any of these today?";
/// The advice if the workout gives none.
const ADVICE: &str = "Rest today.";

/// The checklist, and after a yes, the advice.
#[derive(Clone, Debug)]
pub struct ChecklistPage {
    /// The name of the workout to be run.
    name: String,
    checklist: Checklist,
    theme: Theme,
    prompt: ChoicePrompt,
    /// True once something on the list applies.
    advised: bool,
    scroll: ScrollPosition,
    /// The area it was last drawn on: the page keys scroll by its height.
    area: Cell<Rect>,
}

/// The rows above the answers.
struct ChecklistLayout {
    /// The workout's name, if there is a row to spare.
    head: Rect,
    body: Rect,
}

impl ChecklistPage {
    /// A page with "No, none of these" marked.
    pub fn new(name: &str, checklist: Checklist, theme: Theme) -> Self {
        ChecklistPage {
            name: clean(name),
            checklist,
            theme,
            prompt: ChoicePrompt::CHECKING,
            advised: false,
            scroll: ScrollPosition::TOP,
            area: Cell::default(),
        }
    }

    fn advice(&self) -> &str {
        self.checklist.advice.as_deref().unwrap_or(ADVICE)
    }

    fn text(&self) -> ChoiceText<'static> {
        ChoiceText { question: if self.advised { "" } else { QUESTION }, note: "" }
    }

    fn layout(&self, area: Rect) -> ChecklistLayout {
        let rows = self.prompt.rows(area, self.text());
        let mut body = inset(Rect { height: area.height - rows, ..area }, 1);
        let spare = u16::from(body.height >= 8);
        let head = top(&mut body, spare);
        ChecklistLayout { head, body }
    }

    fn scroll(&mut self, action: Action) {
        let body = self.layout(self.area.get()).body;
        let list = LargeList::of(&self.checklist.stop_if_any, body);
        self.scroll.update(action, list.viewport(body.height));
    }

    fn act(&mut self, action: Action) -> Option<bool> {
        match action {
            Action::Close => return Some(false),
            Action::PageBack | Action::PageOn => self.scroll(action),
            _ => {}
        }
        match self.prompt.update(action)? {
            Action::No | Action::Resume => Some(true),
            Action::Stop => Some(false),
            Action::Yes => {
                (self.prompt, self.advised) = (ChoicePrompt::ADVISED, true);
                None
            }
            _ => None,
        }
    }

    /// Draws the advice in large letters if it fits, else as a list item.
    fn draw_advice(&self, buf: &mut Buffer, area: Rect) {
        let style = self.theme.still();
        match broken(self.advice(), area.width) {
            Some(lines) if lines.len() * 3 <= usize::from(area.height) => {
                let lines: Vec<_> = lines.into_iter().map(|line| RankedLine::new(0, line)).collect();
                ranked(buf, area, &lines, style);
            }
            _ => {
                let advice = [self.advice().to_string()];
                LargeList::of(&advice, area).draw(buf, area, ScrollPosition::TOP, style);
            }
        }
    }

    fn draw_list(&self, buf: &mut Buffer, mut area: Rect) {
        let list = LargeList::of(&self.checklist.stop_if_any, area);
        list.draw(buf, area, self.scroll, self.theme.bold(self.theme.still()));
        let view = list.viewport(area.height);
        if view.last_first() > 0 && area.height > 1 {
            let more = if self.scroll.has_more_below(view) { "PageDown: more" } else { "PageUp: more" };
            let foot = bottom(&mut area, 1);
            large(buf, foot, more, Side::Right, self.theme.loud());
        }
    }
}

impl Page for ChecklistPage {
    /// True to run the workout.
    type Outcome = bool;

    const CLICKS: bool = true;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        self.area.set(area);
        let style = self.theme.still();
        buf.set_style(area, style);
        self.prompt.draw(buf, area, self.text(), self.theme);
        let layout = self.layout(area);
        put(buf, layout.head, &self.name, Side::Left, style);
        match self.advised {
            true => self.draw_advice(buf, layout.body),
            false => self.draw_list(buf, layout.body),
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        self.prompt.context()
    }

    fn press(&mut self, key: PageKey) -> Option<bool> {
        self.act(key.action?)
    }

    fn click(&mut self, mouse: &MouseEvent) -> Option<bool> {
        let action = match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let at = Position { x: mouse.column, y: mouse.row };
                self.prompt.answer_at(self.area.get(), self.text(), at)?
            }
            MouseEventKind::ScrollUp if !self.advised => Action::PageBack,
            MouseEventKind::ScrollDown if !self.advised => Action::PageOn,
            _ => return None,
        };
        self.act(action)
    }
}
