//! The checklist before a workout that has one. A yes shows the advice, and asks whether to run anyway.

use super::page::{Page, PageKey};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, ChoiceText};
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::large_list::LargeList;
use crate::tui::widgets::scroll::ScrollPosition;
use crate::tui::widgets::text::{Side, bottom, put, top, wrap};
use crate::workout::sequence::Checklist;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
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

    fn layout(&self, area: Rect) -> ChecklistLayout {
        let column = desk::column(area);
        let heading = 1 + u16::from(area.height >= desk::ROOMY);
        let rows = match self.advised {
            true => wrap(self.advice(), column.width, u16::MAX).len(),
            false => LargeList::plain(&self.checklist.stop_if_any, column).rows() + usize::from(heading),
        };
        let foot = self.prompt.rows(area, ChoiceText::default());
        let desk = DeskLayout::of(area, u16::try_from(rows).unwrap_or(u16::MAX), foot);
        let mut list = desk.body;
        let question_rows = if self.advised || list.height < 3 { 0 } else { heading };
        let question = top(&mut list, question_rows);
        ChecklistLayout { desk, question, list }
    }

    fn list(&self, area: Rect) -> LargeList {
        LargeList::plain(&self.checklist.stop_if_any, area)
    }

    fn scroll(&mut self, action: Action) {
        let area = self.layout(self.area.get()).list;
        self.scroll.update(action, self.list(area).viewport(area.height));
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

    fn draw_advice(&self, buf: &mut Buffer, mut area: Rect) {
        for line in wrap(self.advice(), area.width, area.height) {
            put(buf, top(&mut area, 1), &line, Side::Left, self.theme.strong());
        }
    }

    fn draw_list(&self, buf: &mut Buffer, layout: &ChecklistLayout) {
        put(buf, layout.question, QUESTION, Side::Left, self.theme.strong());
        let mut area = layout.list;
        let list = self.list(area);
        list.draw(buf, area, self.scroll, Style::new());
        let view = list.viewport(area.height);
        if view.last_first() > 0 && area.height > 1 {
            let (action, word) = match self.scroll.has_more_below(view) {
                true => (Action::PageOn, "more"),
                false => (Action::PageBack, "back"),
            };
            let key = self.theme.keymap().label(self.context(), action);
            let foot = bottom(&mut area, 1);
            put(buf, foot, &format!(" {key}: {word} "), Side::Right, self.theme.loud());
        }
    }
}

/// The areas of the page.
struct ChecklistLayout {
    desk: DeskLayout,
    question: Rect,
    list: Rect,
}

impl Page for ChecklistPage {
    /// True to run the workout.
    type Outcome = bool;

    const CLICKS: bool = true;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        self.area.set(area);
        let layout = self.layout(area);
        layout.desk.draw_title(buf, &self.name, "before the run", self.theme);
        match self.advised {
            true => self.draw_advice(buf, layout.list),
            false => self.draw_list(buf, &layout),
        }
        self.prompt.draw_in(buf, layout.desk.foot, ChoiceText::default(), self.theme);
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
                self.prompt.answer_in(self.layout(self.area.get()).desk.foot, ChoiceText::default(), at)?
            }
            MouseEventKind::ScrollUp if !self.advised => Action::PageBack,
            MouseEventKind::ScrollDown if !self.advised => Action::PageOn,
            _ => return None,
        };
        self.act(action)
    }
}
