//! The checklist before a workout that has one. Any yes shows the advice, and asks again.

use super::page::{Page, PageRequest};
use crate::keymap;
use crate::keymap::Action;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::large_list::LargeList;
use crate::tui::widgets::large_text::{broken, large, ranked};
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, inset, put, top};
use crate::workout::sequence::Checklist;
use crossterm::event::{Event as Input, MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;

const QUESTION: &str = "Any of these today?";
/// What is advised where the workout says nothing of it.
const ADVICE: &str = "Rest today.";

/// The checklist; once something in it is so, the advice. Its outcome: whether to run.
#[derive(Clone, Debug)]
pub struct ChecklistPage {
    /// What is about to be run.
    name: String,
    before: Checklist,
    theme: Theme,
    ask: ChoicePrompt,
    advised: bool,
    /// The first row of the list in sight, where it is too long.
    first: usize,
    /// What was last drawn on; keys that scroll need it.
    area: Cell<Rect>,
}

impl ChecklistPage {
    /// A checklist with the mark on none of it.
    pub fn new(name: &str, before: Checklist, theme: Theme) -> Self {
        let area = Cell::new(Rect::default());
        ChecklistPage {
            name: clean(name),
            before,
            theme,
            ask: ChoicePrompt::CHECKING,
            advised: false,
            first: 0,
            area,
        }
    }

    fn advice(&self) -> &str {
        self.before.advice.as_deref().unwrap_or(ADVICE)
    }

    /// The rows above the answers: for what is about to be run, where there is one to spare, and the rest.
    fn above(&self, area: Rect) -> (Rect, Rect) {
        let rows = self.ask.rows(area, (self.question(), ""));
        let mut above = inset(Rect { height: area.height - rows, ..area }, 1);
        let spare = u16::from(above.height >= 8);
        let head = top(&mut above, spare);
        (head, above)
    }

    fn question(&self) -> &'static str {
        if self.advised { "" } else { QUESTION }
    }

    fn scroll(&mut self, action: Action) {
        let (_, above) = self.above(self.area.get());
        let last = LargeList::of(&self.before.stop_if_any, above).last_first(above.height);
        let page = usize::from(above.height).saturating_sub(1).max(1);
        self.first = match action {
            Action::PageBack => self.first.saturating_sub(page),
            _ => (self.first + page).min(last),
        };
    }

    fn act(&mut self, action: Action) -> Option<PageRequest<bool>> {
        match action {
            Action::Interrupt => return Some(PageRequest::Interrupt),
            Action::Suspend => return Some(PageRequest::Suspend),
            Action::Close => return Some(PageRequest::Done(false)),
            Action::PageBack | Action::PageOn => self.scroll(action),
            _ => {}
        }
        match self.ask.update(action)? {
            Action::No | Action::GoOn => Some(PageRequest::Done(true)),
            Action::Stop => Some(PageRequest::Done(false)),
            Action::Yes => {
                (self.ask, self.advised) = (ChoicePrompt::ADVISED, true);
                None
            }
            _ => None,
        }
    }
}

impl Page for ChecklistPage {
    type Outcome = bool;

    const CLICKS: bool = true;

    fn draw(&self, buf: &mut Buffer) {
        let area = buf.area;
        self.area.set(area);
        let style = self.theme.still();
        buf.set_style(area, style);
        self.ask.draw(buf, area, (self.question(), ""), self.theme);
        let (head, mut rest) = self.above(area);
        put(buf, head, &self.name, Side::Left, style);
        if self.advised {
            return match broken(self.advice(), rest.width) {
                Some(lines) if lines.len() * 3 <= usize::from(rest.height) => {
                    let lines: Vec<(u8, String)> = lines.into_iter().map(|line| (0, line)).collect();
                    ranked(buf, rest, &lines, style);
                }
                _ => {
                    let advice = [self.advice().to_string()];
                    LargeList::of(&advice, rest).draw(buf, rest, 0, style);
                }
            };
        }
        let items = LargeList::of(&self.before.stop_if_any, rest);
        items.draw(buf, rest, self.first, self.theme.bold(style));
        let last = items.last_first(rest.height);
        if last > 0 && rest.height > 1 {
            let more = if self.first < last { "PageDown: more" } else { "PageUp: more" };
            let foot = text::bottom(&mut rest, 1);
            large(buf, foot, more, Side::Right, self.theme.loud());
        }
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<bool>> {
        let action = match input {
            Input::Key(key) => keymap::action(self.ask.context(), key)?,
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => {
                    self.ask.pointed(self.area.get(), (self.question(), ""), (mouse.column, mouse.row))?
                }
                MouseEventKind::ScrollUp if !self.advised => Action::PageBack,
                MouseEventKind::ScrollDown if !self.advised => Action::PageOn,
                _ => return None,
            },
            _ => return None,
        };
        self.act(action)
    }
}
