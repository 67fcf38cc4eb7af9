//! The minutes that the runner has, in large digits at the foot of a window.

use crate::frontend::MinutesChoice;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::fitting;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{Side, after, bottom, clear, inset, middle, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The words around the minutes.
#[derive(Clone, Copy, Debug)]
pub struct MinutesWords<'a> {
    /// The words after the number.
    pub after: &'static str,
    /// The hint for the key that accepts.
    pub accept: &'static str,
    /// The effect of the minutes as they stand.
    pub effect: &'a str,
}

/// The rows of the panel.
pub fn rows(window: Rect) -> u16 {
    let rows = if window.height >= 20 { 6 } else { 3 };
    rows.min(window.height)
}

/// Draws the minutes, their effect, and the keys at the foot of a window.
pub fn draw(buf: &mut Buffer, window: Rect, choice: MinutesChoice, words: MinutesWords<'_>, theme: Theme) {
    let mut whole = window;
    let mut rest = bottom(&mut whole, rows(window));
    clear(buf, rest, theme.ask());
    let foot = inset(bottom(&mut rest, 1), 1);
    let hints = MinutesChoice::hints(theme.keymap(), words.accept);
    put(buf, foot, &fitting(hints, foot.width), Side::Left, theme.ask());
    put(buf, inset(bottom(&mut rest, 1), 1), words.effect, Side::Left, theme.ask());
    let mut row = inset(rest, 1);
    let style = theme.ask_strong();
    let shown = choice.minutes().to_string();
    for (text, is_number) in [("I have", false), (&shown, true), (words.after, false)] {
        let taken = match is_number {
            true => large(buf, row, text, Side::Left, style).right(),
            false => row.x + put(buf, middle(row, row.width, 1), text, Side::Left, style),
        };
        row = after(row, (taken + 2).saturating_sub(row.x));
    }
}
