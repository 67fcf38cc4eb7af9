//! The distance that the console shows, over the running screen. One key marks the moment, and the distance is entered
//! after it.

use super::labels::belt::true_over_shown;
use crate::coach::View;
use crate::keymap::{Action, KeyContext};
use crate::runner::profile::Units;
use crate::session::Command;
use crate::tui::theme::Theme;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{Side, after, bottom, clear, inset, middle, put};
use crate::units::{Distance, PaceUnit};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Consoles show hundredths of a kilometre or mile.
const HUNDREDTHS: f64 = 100.0;
/// The suggested distance is a multiple of this many hundredths: runners wait for a round number on the console.
const ROUND: i64 = 10;

/// The distance on the console when the key was pressed, while it is being entered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConsoleDistance {
    /// The distance on the console, in hundredths of its unit.
    shown: i64,
    unit: PaceUnit,
    /// The estimated true distance at that moment, in metres.
    estimate: f64,
    /// True distance over shown distance.
    factor: f64,
}

/// The end of entering a distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConsoleOutcome {
    /// This command corrects the session's distance.
    Correct(Command),
    /// Nothing changes.
    Cancel,
}

impl ConsoleDistance {
    /// Marks the moment, and suggests a distance. Returns `None` if the belt's distance is unknown.
    pub fn begin(view: &View<'_>, units: Units) -> Option<Self> {
        let estimate = view.position.distance.or(view.position.covered)?.metres();
        let factor = true_over_shown(&view.treadmill.belt);
        let hundredths = estimate / factor / units.distance.metres() * HUNDREDTHS;
        let shown = (hundredths / ROUND as f64).round() as i64 * ROUND;
        Some(ConsoleDistance { shown, unit: units.distance, estimate, factor })
    }

    /// Handles a key. Returns the outcome, or `None` while the distance is still being entered.
    pub fn handle_action(&mut self, action: Action, view: &View<'_>) -> Option<ConsoleOutcome> {
        let by = match action {
            Action::More => 1,
            Action::Less => -1,
            Action::PageBack => ROUND,
            Action::PageOn => -ROUND,
            Action::Choose => {
                return Some(self.command(view).map_or(ConsoleOutcome::Cancel, ConsoleOutcome::Correct));
            }
            Action::Cancel => return Some(ConsoleOutcome::Cancel),
            _ => return None,
        };
        self.shown = self.shown.saturating_add(by).max(0);
        None
    }

    /// The correction. It adds the distance run since the key was pressed.
    fn command(&self, view: &View<'_>) -> Option<Command> {
        let now = view.position.distance.or(view.position.covered)?.metres();
        let shown = self.shown as f64 / HUNDREDTHS * self.unit.metres() * self.factor;
        Some(Command::Correct(Distance::from_metres(shown + (now - self.estimate).max(0.0))))
    }

    /// The rows that it takes at the foot of a window.
    pub fn rows(window: Rect) -> u16 {
        let rows = if window.height >= 20 { 5 } else { 2 };
        rows.min(window.height)
    }

    /// Draws the distance and the keys at the foot of a window.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, theme: Theme) {
        let mut whole = window;
        let mut rest = bottom(&mut whole, Self::rows(window));
        clear(buf, rest, theme.ask());
        let name = |action| theme.keymap().label(KeyContext::Correcting, action);
        let hints = format!(
            "{} {} a hundredth   {} {} a tenth   {} save   {} cancel",
            name(Action::Less),
            name(Action::More),
            name(Action::PageBack),
            name(Action::PageOn),
            name(Action::Choose),
            name(Action::Cancel),
        );
        put(buf, inset(bottom(&mut rest, 1), 1), &hints, Side::Left, theme.ask());
        let mut row = inset(rest, 1);
        let style = theme.ask_strong();
        let shown = format!("{}.{:02}", self.shown / 100, self.shown % 100);
        for (text, is_number) in [("console shows", false), (&shown, true), (self.unit.name(), false)] {
            // Only the number changes with the keys, and only it is large. The words stand beside its middle.
            let taken = match is_number {
                true => large(buf, row, text, Side::Left, style).right(),
                false => row.x + put(buf, middle(row, row.width, 1), text, Side::Left, style),
            };
            row = after(row, (taken + 2).saturating_sub(row.x));
        }
    }
}
