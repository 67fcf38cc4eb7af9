//! The signs that it is time to ease off, on one page over the running screen; the time stays in sight.

use super::labels;
use super::labels::Units;
use crate::coach::View;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::Theme;
use crate::tui::widgets::large_list::LargeList;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::letters;
use crate::tui::widgets::scroll::ScrollPosition;
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const HEADING: &str = "Any one of these: slow down, walk or stop";
const SHORT_HEADING: &str = "Any one: ease off";

/// The page, scrolled to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WarningSigns {
    scroll: ScrollPosition,
}

/// The heading, the signs and the foot.
fn parts(area: Rect) -> (Rect, Rect, Rect) {
    let mut rest = inset(area, 1);
    let heading = top(&mut rest, if area.height >= 28 { 3 } else { 1 });
    let foot = bottom(&mut rest, u16::from(area.height >= 6));
    top(&mut rest, u16::from(area.height >= 16));
    (heading, rest, foot)
}

impl WarningSigns {
    /// What a key does to it; true where it is to be closed. A key that scrolls closes it where all is in sight.
    pub fn update(&mut self, action: Action, area: Rect, view: &View<'_>) -> bool {
        let (_, body, _) = parts(area);
        let list = LargeList::of(&view.sequence.during_signs, body).viewport(body.height);
        let scrolls = list.last_first() > 0 && matches!(action, Action::Previous | Action::Next);
        !(scrolls && self.scroll.update(action, list))
    }

    /// Draws it over a whole area.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, view: &View<'_>, (units, theme): (Units, Theme)) {
        buf.set_style(area, theme.ask());
        let (mut heading, body, foot) = parts(area);
        let now = labels::big(view, units);
        let columns = letters::size(&now, 1).map_or(0, |(columns, _)| columns);
        let columns = if heading.height >= 3 { columns } else { width(&now) };
        large(buf, beside(&mut heading, columns), &now, Side::Right, theme.ask_strong());
        heading.width = heading.width.saturating_sub(2);
        let says = if width(HEADING) <= heading.width { HEADING } else { SHORT_HEADING };
        large(buf, heading, says, Side::Left, theme.ask_strong());
        let items = LargeList::of(&view.sequence.during_signs, body);
        items.draw(buf, body, self.scroll, theme.ask_strong());
        let more = self.scroll.more_hint(items.viewport(body.height));
        let ease = match view.sequence.during_ease.is_empty() {
            true => String::new(),
            false => format!("{} eases off   ", keymap::label(KeyContext::Signs, Action::Ease)),
        };
        put(buf, foot, &format!("{more}{ease}any other key: back"), Side::Left, theme.ask());
    }
}
