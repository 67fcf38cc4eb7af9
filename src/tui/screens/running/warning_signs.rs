//! The warning signs on a page over the running screen. The time stays in sight.

use crate::coach::View;
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

/// The parts of the page.
struct SignsLayout {
    heading: Rect,
    signs: Rect,
    foot: Rect,
}

impl SignsLayout {
    fn of(area: Rect) -> SignsLayout {
        let mut rest = inset(area, 1);
        let heading = top(&mut rest, if area.height >= 28 { 3 } else { 1 });
        let foot = bottom(&mut rest, u16::from(area.height >= 6));
        top(&mut rest, u16::from(area.height >= 16));
        SignsLayout { heading, signs: rest, foot }
    }
}

impl WarningSigns {
    /// Handles a key. Returns true if the page is to be closed; every key does that but those that scroll.
    pub fn handle_action(&mut self, action: Action, area: Rect, view: &View<'_>) -> bool {
        let signs = SignsLayout::of(area).signs;
        let list = LargeList::of(&view.sequence.during_signs, signs).viewport(signs.height);
        let scrolls = list.last_first() > 0 && matches!(action, Action::Previous | Action::Next);
        !(scrolls && self.scroll.update(action, list))
    }

    /// Draws the page over the whole buffer, with the time in its heading.
    pub fn draw(&self, buf: &mut Buffer, view: &View<'_>, time: &str, theme: Theme) {
        let area = buf.area;
        buf.set_style(area, theme.ask());
        let SignsLayout { mut heading, signs, foot } = SignsLayout::of(area);
        let columns = match heading.height {
            3.. => letters::size(time, 1).map_or(0, |(columns, _)| columns),
            _ => width(time),
        };
        large(buf, beside(&mut heading, columns), time, Side::Right, theme.ask_strong());
        heading.width = heading.width.saturating_sub(2);
        let words = if width(HEADING) <= heading.width { HEADING } else { SHORT_HEADING };
        large(buf, heading, words, Side::Left, theme.ask_strong());
        let items = LargeList::of(&view.sequence.during_signs, signs);
        items.draw(buf, signs, self.scroll, theme.ask_strong());
        let lines = items.viewport(signs.height);
        let more = self.scroll.more_hint(lines, theme.keymap(), KeyContext::Signs);
        let ease = match view.sequence.during_ease.is_empty() {
            true => String::new(),
            false => format!("{} eases off   ", theme.keymap().label(KeyContext::Signs, Action::Ease)),
        };
        put(buf, foot, &format!("{more}{ease}any other key: back"), Side::Left, theme.ask());
    }
}
