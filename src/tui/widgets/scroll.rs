//! Scrolling: the rows of a long text or list that are in sight.

use super::list_cursor::ListCursor;
use crate::keymap::{Action, KeyContext, Keymap};
use std::ops::Range;

/// The rows of a text or list, and how many of them the window shows at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The rows in all.
    pub rows: usize,
    /// The rows in sight.
    pub shown: usize,
}

impl Viewport {
    /// The last row that can be at the top; 0 if all rows are in sight.
    pub fn last_first(self) -> usize {
        self.rows.saturating_sub(self.shown)
    }

    /// The rows that the page keys move: a window, less one row that stays in sight.
    pub fn page(self) -> usize {
        self.shown.saturating_sub(1).max(1)
    }

    /// The rows in sight with `row` in the middle, or as near to it as the ends of the list allow.
    pub fn around(self, row: usize) -> Range<usize> {
        self.from(row.saturating_sub(self.shown / 2))
    }

    /// The rows in sight with `row` among them, scrolled only as far as necessary.
    pub fn down_to(self, row: usize) -> Range<usize> {
        self.from((row + 1).saturating_sub(self.shown))
    }

    fn from(self, first: usize) -> Range<usize> {
        let first = first.min(self.last_first());
        first..(first + self.shown).min(self.rows)
    }
}

/// The scroll position of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScrollPosition {
    first: ListCursor,
}

impl ScrollPosition {
    /// The top of the text.
    pub const TOP: ScrollPosition = ScrollPosition { first: ListCursor::at(0) };

    /// Scrolls as `action` asks. Returns false for an action that does not scroll.
    pub fn update(&mut self, action: Action, view: Viewport) -> bool {
        self.first.update(action, view.last_first() + 1, view.page())
    }

    /// The rows in sight.
    pub fn visible(self, view: Viewport) -> Range<usize> {
        view.from(self.first.index())
    }

    /// True if there are rows above those in sight.
    pub fn has_more_above(self, view: Viewport) -> bool {
        self.visible(view).start > 0
    }

    /// True if there are rows below those in sight.
    pub fn has_more_below(self, view: Viewport) -> bool {
        self.visible(view).end < view.rows
    }

    /// The hint in front of the keys that there is more to read, with the blanks after it; empty if all is in sight.
    pub fn more_hint(self, view: Viewport, keymap: &Keymap, context: KeyContext) -> String {
        let action = match (self.has_more_below(view), self.has_more_above(view)) {
            (true, _) => Action::Next,
            (false, true) => Action::Previous,
            (false, false) => return String::new(),
        };
        match keymap.label(context, action) {
            "" => String::new(),
            key => format!("{key} more   "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(scroll: ScrollPosition, view: Viewport) -> String {
        scroll.more_hint(view, Keymap::defaults(), KeyContext::Session)
    }

    const TEN_IN_FOUR: Viewport = Viewport { rows: 10, shown: 4 };

    #[test]
    fn the_marked_row_stays_in_the_middle() {
        assert_eq!(TEN_IN_FOUR.around(0), 0..4);
        assert_eq!(TEN_IN_FOUR.around(5), 3..7);
        assert_eq!(TEN_IN_FOUR.around(9), 6..10);
        assert_eq!(Viewport { rows: 2, shown: 4 }.around(1), 0..2);
    }

    #[test]
    fn a_list_scrolls_only_as_far_as_it_must() {
        assert_eq!(TEN_IN_FOUR.down_to(3), 0..4);
        assert_eq!(TEN_IN_FOUR.down_to(4), 1..5);
        assert_eq!(TEN_IN_FOUR.down_to(9), 6..10);
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut scroll = ScrollPosition::default();
        assert_eq!(hint(scroll, TEN_IN_FOUR), "↓ more   ");
        for _ in 0..5 {
            scroll.update(Action::PageOn, TEN_IN_FOUR);
        }
        assert_eq!(scroll.visible(TEN_IN_FOUR), 6..10);
        assert_eq!(hint(scroll, TEN_IN_FOUR), "↑ more   ");
        scroll.update(Action::Previous, TEN_IN_FOUR);
        assert_eq!(scroll.visible(TEN_IN_FOUR), 5..9);
        assert!(!scroll.update(Action::Close, TEN_IN_FOUR));
    }

    #[test]
    fn a_window_that_grows_shows_all_there_is() {
        let mut scroll = ScrollPosition::default();
        scroll.update(Action::Last, TEN_IN_FOUR);
        let high = Viewport { rows: 10, shown: 20 };
        assert_eq!(scroll.visible(high), 0..10);
        assert_eq!(hint(scroll, high), "");
        assert_eq!(scroll.visible(Viewport { rows: 0, shown: 0 }), 0..0);
    }
}
