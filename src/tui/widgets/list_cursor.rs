//! The marked row of a list, moved by keys.

use crate::keymap::Action;

/// The marked row of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    index: usize,
}

impl ListCursor {
    /// A cursor on a row, counted from 0.
    pub const fn at(index: usize) -> Self {
        ListCursor { index }
    }

    /// The marked row, counted from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// Moves the cursor as `action` asks in a list of `rows` rows, `page` rows at a time for the page keys. Returns
    /// false for an action that moves no cursor.
    pub fn update(&mut self, action: Action, rows: usize, page: usize) -> bool {
        let page = page.max(1);
        self.index = match action {
            Action::Previous => self.index.saturating_sub(1),
            Action::Next => self.index.saturating_add(1),
            Action::PageBack => self.index.saturating_sub(page),
            Action::PageOn => self.index.saturating_add(page),
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.clamp(rows);
        true
    }

    /// Keeps the cursor inside a list that now has `rows` rows.
    pub fn clamp(&mut self, rows: usize) {
        self.index = self.index.min(rows.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_the_cursor_within_the_list() {
        let mut cursor = ListCursor::default();
        for (action, index) in [
            (Action::Previous, 0),
            (Action::Next, 1),
            (Action::PageOn, 5),
            (Action::PageOn, 9),
            (Action::PageOn, 9),
            (Action::Next, 9),
            (Action::PageBack, 5),
            (Action::First, 0),
            (Action::Last, 9),
        ] {
            assert!(cursor.update(action, 10, 4));
            assert_eq!(cursor.index(), index, "{action:?}");
        }
        assert!(!cursor.update(Action::Choose, 10, 4));
    }

    #[test]
    fn a_list_that_shrinks_takes_the_cursor_along() {
        let mut cursor = ListCursor::at(7);
        cursor.clamp(3);
        assert_eq!(cursor.index(), 2);
        cursor.clamp(0);
        assert_eq!(cursor.index(), 0);
        assert!(cursor.update(Action::Last, 0, 0));
        assert_eq!(cursor.index(), 0);
    }
}
