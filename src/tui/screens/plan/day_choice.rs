//! The question to which day a session moves, at the foot of a page.

use super::PlanRequest;
use super::view::{MoveTarget, SessionOffer};
use crate::keymap::{Action, KeyContext};
use crate::plan::ItemId;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::text::{Side, put, top};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rows of the question.
pub const ROWS: u16 = 3;

/// A session that is about to be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChoice {
    item: ItemId,
    title: String,
    days: Vec<MoveTarget>,
    marked: ListCursor,
}

/// The answer to the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayAnswer {
    /// None yet.
    Open,
    /// The session stays.
    Stay,
    /// The session moves.
    To {
        /// The item.
        item: ItemId,
        /// The day.
        to: NaiveDate,
    },
}

impl DayAnswer {
    /// Returns the request to move the session, if it is to be moved.
    pub fn request(self) -> Option<PlanRequest> {
        match self {
            DayAnswer::To { item, to } => Some(PlanRequest::Move { item, to }),
            DayAnswer::Open | DayAnswer::Stay => None,
        }
    }
}

impl DayChoice {
    /// Asks about a session, the first possible day marked. `None` if it cannot be moved.
    pub fn of(offer: &SessionOffer) -> Option<DayChoice> {
        let item = offer.target.as_ref()?.item()?;
        (!offer.days.is_empty()).then(|| DayChoice {
            item,
            title: offer.title.clone(),
            days: offer.days.clone(),
            marked: ListCursor::default(),
        })
    }

    /// Handles a key.
    pub fn press(&mut self, action: Action) -> DayAnswer {
        let action = match action {
            Action::Keep => {
                let target = self.days.get(self.marked.index());
                return target.map_or(DayAnswer::Stay, |day| DayAnswer::To { item: self.item, to: day.to });
            }
            Action::Cancel => return DayAnswer::Stay,
            Action::Less => Action::Previous,
            Action::More => Action::Next,
            other => other,
        };
        self.marked.update(action, self.days.len(), 1);
        DayAnswer::Open
    }

    /// Draws the question with the marked day, a note about it, and the keys.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let mut rest = area;
        let Some(target) = self.days.get(self.marked.index()) else { return };
        let row = top(&mut rest, 1);
        let question = format!("Move {} to ", self.title);
        let taken = put(buf, row, &question, Side::Left, theme.strong());
        let day = Rect { x: row.x + taken, width: row.width.saturating_sub(taken), ..row };
        put(buf, day, &format!(" ‹ {} › ", target.day), Side::Left, theme.loud());
        put(buf, top(&mut rest, 1), &target.note, Side::Left, Style::new());
        let keys = hints(theme.keymap(), KeyContext::Moving, rest.width);
        put(buf, top(&mut rest, 1), &keys, Side::Left, theme.quiet());
    }
}
