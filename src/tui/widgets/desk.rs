//! The layout of a page that is read at the desk: ordinary text in a column in the middle of the window.

use super::text::{Side, after, beside, bottom, inset, middle, put, top};
use crate::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The widest column of text.
pub const COLUMN: u16 = 72;
/// From this height on, the parts of a page stand apart.
pub const ROOMY: u16 = 16;
/// The rows of a title with its rule and the blank row below.
const HEAD: u16 = 3;
/// The most blank rows above a page.
const MOST_ABOVE: u16 = 6;

/// The parts of a page, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskLayout {
    /// The title: three rows with its rule, one row, or none.
    pub head: Rect,
    /// The text.
    pub body: Rect,
    /// The answers.
    pub foot: Rect,
}

/// The column of text in a window, over its whole height.
pub fn column(window: Rect) -> Rect {
    let inner = inset(window, u16::from(window.width > 20));
    middle(inner, COLUMN, inner.height)
}

impl DeskLayout {
    /// Places a text of `body` rows and answers of `foot` rows. If they do not fit, the text gets fewer rows first.
    pub fn of(window: Rect, body: u16, foot: u16) -> DeskLayout {
        let mut rest = column(window);
        let roomy = window.height >= ROOMY;
        let spare = rest.height.saturating_sub(body.saturating_add(foot));
        let (head, gap) = match spare {
            0 => (0, 0),
            spare if roomy && spare >= HEAD => (HEAD, 1),
            _ => (1, 0),
        };
        let above = spare.saturating_sub(head + gap) / 3;
        top(&mut rest, above.min(MOST_ABOVE));
        let head = top(&mut rest, head);
        let least = u16::from(body > 0 && rest.height > 1);
        let foot = foot.min(rest.height - least);
        let body = body.min(rest.height - foot);
        let gap = gap.min(rest.height - foot - body);
        let body = top(&mut rest, body);
        top(&mut rest, gap);
        DeskLayout { head, body, foot: top(&mut rest, foot) }
    }

    /// Draws the title, and a quiet text on its right.
    pub fn draw_title(&self, buf: &mut Buffer, title: &str, right: &str, theme: Theme) {
        draw_title(buf, self.head, title, right, theme);
    }
}

/// Draws a title with a quiet text on its right into the first row of an area, and a rule below it if there is room.
pub fn draw_title(buf: &mut Buffer, area: Rect, title: &str, right: &str, theme: Theme) {
    let mut rest = area;
    let mut row = top(&mut rest, 1);
    let taken = put(buf, row, right, Side::Right, theme.quiet());
    if taken > 0 {
        beside(&mut row, taken + 2);
    }
    put(buf, row, title, Side::Left, theme.strong());
    put(buf, rest, &"─".repeat(usize::from(rest.width)), Side::Left, theme.quiet());
}

/// Takes the last row of a window off for the keys, with a blank row above it if there is room, and returns its column.
pub fn take_foot(rest: &mut Rect) -> Rect {
    let roomy = rest.height >= ROOMY;
    let rows = u16::from(rest.height >= 5);
    let foot = bottom(rest, rows);
    bottom(rest, u16::from(roomy));
    column(foot)
}

/// Writes facts one below the other, each after its name in a column of `label` columns.
pub fn draw_facts(buf: &mut Buffer, area: Rect, facts: &[DeskFact], label: u16, theme: Theme) {
    let mut rest = area;
    for fact in facts {
        let row = top(&mut rest, 1);
        put(buf, Rect { width: label.min(row.width), ..row }, fact.name, Side::Left, theme.quiet());
        put(
            buf,
            after(row, label),
            &fact.value,
            Side::Left,
            if fact.strong { theme.strong() } else { Style::new() },
        );
    }
}

/// A fact on a page, after its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskFact {
    /// The name, without a colon.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// True for a fact that the eye should find first.
    pub strong: bool,
}

impl DeskFact {
    /// A fact like the others.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        DeskFact { name, value: value.into(), strong: false }
    }

    /// A fact that the eye should find first.
    pub fn strong(name: &'static str, value: impl Into<String>) -> Self {
        DeskFact { strong: true, ..DeskFact::new(name, value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_page_never_overlap_and_stay_in_the_window() {
        for (width, height) in [(160, 50), (100, 30), (80, 24), (60, 20), (40, 12), (20, 4), (3, 1), (0, 0)] {
            for (body, foot) in [(0, 3), (5, 4), (12, 5), (100, 4), (4, 100)] {
                let window = Rect::new(0, 0, width, height);
                let parts = DeskLayout::of(window, body, foot);
                let all = [parts.head, parts.body, parts.foot];
                for pair in all.windows(2) {
                    assert!(pair[0].bottom() <= pair[1].y, "{window} {body} {foot}: {parts:?}");
                }
                assert!(all.iter().all(|part| part.bottom() <= height && part.width <= COLUMN), "{parts:?}");
            }
        }
    }

    #[test]
    fn the_answers_are_in_sight_if_the_text_is_too_long() {
        let parts = DeskLayout::of(Rect::new(0, 0, 80, 24), 100, 4);
        assert_eq!((parts.foot.height, parts.foot.bottom()), (4, 24));
        assert_eq!(parts.body.height, 20);
    }

    #[test]
    fn the_column_is_in_the_middle_of_a_wide_window() {
        assert_eq!(column(Rect::new(0, 0, 160, 50)), Rect::new(44, 0, 72, 50));
        assert_eq!(column(Rect::new(0, 0, 60, 20)), Rect::new(1, 0, 58, 20));
    }
}
