//! The minutes that the runner has left, over the running screen.

use crate::coach::View;
use crate::frontend::bends;
use crate::keymap::{Action, KeyContext};
use crate::session::Command;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::fitting;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{Side, after, bottom, clear, inset, middle, put};
use crate::units::Millis;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A step of the keys for more minutes at a time, and of the first suggestion.
const MANY: u64 = 5;

/// The minutes that are left, while they are being chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinutesLeft {
    minutes: u64,
}

/// The end of choosing the minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MinutesOutcome {
    /// This command cuts the session.
    Cut(Command),
    /// Nothing changes.
    Cancel,
}

impl MinutesLeft {
    /// Suggests the last five minutes before the planned end.
    pub fn begin(view: &View<'_>) -> Self {
        let left = view.position.left.whole_secs() / 60;
        let fives = left.saturating_sub(1) / MANY * MANY;
        MinutesLeft { minutes: if fives > 0 { fives } else { left.saturating_sub(1).max(1) } }
    }

    fn time(self) -> Millis {
        Millis::from_secs(self.minutes * 60)
    }

    /// Handles a key. Returns the outcome, or `None` while the minutes are still being chosen.
    pub fn handle_action(&mut self, action: Action, view: &View<'_>) -> Option<MinutesOutcome> {
        self.minutes = match action {
            Action::More => self.minutes + 1,
            Action::Less => self.minutes.saturating_sub(1).max(1),
            Action::PageBack => self.minutes + MANY,
            Action::PageOn => self.minutes.saturating_sub(MANY).max(1),
            // What is not possible stays on the screen, with the reason.
            Action::Choose => return bends::within(view, self.time()).ok().map(MinutesOutcome::Cut),
            Action::Cancel => return Some(MinutesOutcome::Cancel),
            _ => return None,
        };
        self.minutes = self.minutes.min(24 * 60);
        None
    }

    /// The rows that it takes at the foot of a window.
    pub fn rows(window: Rect) -> u16 {
        let rows = if window.height >= 20 { 6 } else { 3 };
        rows.min(window.height)
    }

    /// Draws the minutes, what they make of the session, and the keys at the foot of a window.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, view: &View<'_>, theme: Theme) {
        let mut whole = window;
        let mut rest = bottom(&mut whole, Self::rows(window));
        clear(buf, rest, theme.ask());
        let name = |action| theme.keymap().label(KeyContext::Minutes, action);
        let foot = inset(bottom(&mut rest, 1), 1);
        let hints = vec![
            format!("{} cut", name(Action::Choose)),
            format!("{} {} a minute", name(Action::Less), name(Action::More)),
            format!("{} {} five", name(Action::PageOn), name(Action::PageBack)),
            format!("{} cancel", name(Action::Cancel)),
        ];
        put(buf, foot, &fitting(hints, foot.width), Side::Left, theme.ask());
        let effect = bends::rest_within(view, self.time());
        put(buf, inset(bottom(&mut rest, 1), 1), &effect, Side::Left, theme.ask());
        let mut row = inset(rest, 1);
        let style = theme.ask_strong();
        let shown = self.minutes.to_string();
        for (text, is_number) in [("I have", false), (&shown, true), ("minutes left", false)] {
            let taken = match is_number {
                true => large(buf, row, text, Side::Left, style).right(),
                false => row.x + put(buf, middle(row, row.width, 1), text, Side::Left, style),
            };
            row = after(row, (taken + 2).saturating_sub(row.x));
        }
    }
}
