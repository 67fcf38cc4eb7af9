//! The minutes that the runner has left, over the running screen.

use crate::coach::View;
use crate::frontend::{MinutesChoice, MinutesKey, bends};
use crate::keymap::Action;
use crate::session::Command;
use crate::tui::theme::Theme;
use crate::tui::widgets::minutes_panel::{self, MinutesWords};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The minutes that are left, while they are being chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinutesLeft {
    choice: MinutesChoice,
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
        MinutesLeft { choice: MinutesChoice::below(view.position.left) }
    }

    /// Handles a key. Returns the outcome, or `None` while the minutes are still being chosen.
    pub fn handle_action(&mut self, action: Action, view: &View<'_>) -> Option<MinutesOutcome> {
        match self.choice.press(action) {
            // What is not possible stays on the screen, with the reason.
            MinutesKey::Chosen(left) => bends::within(view, left).ok().map(MinutesOutcome::Cut),
            MinutesKey::Cancel => Some(MinutesOutcome::Cancel),
            MinutesKey::Open => None,
        }
    }

    /// The rows that it takes at the foot of a window.
    pub fn rows(window: Rect) -> u16 {
        minutes_panel::rows(window)
    }

    /// Draws the minutes, what they make of the session, and the keys at the foot of a window.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, view: &View<'_>, theme: Theme) {
        let effect = bends::rest_within(view, self.choice.time());
        let after = if self.choice.minutes() == 1 { "minute left" } else { "minutes left" };
        let words = MinutesWords { after, accept: "cut", effect: &effect };
        minutes_panel::draw(buf, window, self.choice, words, theme);
    }
}
