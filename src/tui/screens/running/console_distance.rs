//! The distance that the console shows, over the running screen: asked for with one key on the moment, said after.

use super::labels;
use crate::coach::View;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::runner::profile::Units;
use crate::session::Command;
use crate::tui::theme::Theme;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{Side, bottom, clear, inset, put, top};
use crate::units::{Distance, PaceUnit};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What a console's last digit counts.
const HUNDREDTHS: f64 = 100.0;
/// The distance that is offered is a whole one of these: who reads a console waits for a round number.
const ROUND: i64 = 10;

/// What the console showed when the key was pressed, as it is put right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConsoleDistance {
    /// In hundredths of the unit, as the console has it.
    shown: i64,
    unit: PaceUnit,
    /// What was thought to be covered then, in true metres.
    estimate: f64,
    /// True distance over shown distance.
    factor: f64,
}

impl ConsoleDistance {
    /// At this moment the console showed something. Nothing where nobody knows what the belt has covered.
    pub fn begin(view: &View<'_>, units: Units) -> Option<Self> {
        let estimate = view.position.distance.or(view.position.covered)?.metres();
        let factor = labels::true_over_shown(&view.treadmill.belt);
        let hundredths = estimate / factor / units.distance.metres() * HUNDREDTHS;
        let shown = (hundredths / ROUND as f64).round() as i64 * ROUND;
        Some(ConsoleDistance { shown, unit: units.distance, estimate, factor })
    }

    /// What a key does to it: done or not, and the command where there is one.
    pub fn update(&mut self, action: Action, view: &View<'_>) -> Option<Option<Command>> {
        let by = match action {
            Action::More => 1,
            Action::Less => -1,
            Action::PageBack => ROUND,
            Action::PageOn => -ROUND,
            Action::Choose => return Some(self.command(view)),
            Action::Cancel => return Some(None),
            _ => return None,
        };
        self.shown = self.shown.saturating_add(by).max(0);
        None
    }

    /// The clock has gone on since: what was run meanwhile is added.
    fn command(&self, view: &View<'_>) -> Option<Command> {
        let now = view.position.distance.or(view.position.covered)?.metres();
        let shown = self.shown as f64 / HUNDREDTHS * self.unit.metres() * self.factor;
        Some(Command::Correct(Distance::from_metres(shown + (now - self.estimate).max(0.0))))
    }

    /// The rows it takes at the foot of a window.
    pub fn rows(window: Rect) -> u16 {
        let rows = if window.height >= 20 { 5 } else { 2 };
        rows.min(window.height)
    }

    /// Draws it on that many rows.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, theme: Theme) {
        let mut whole = window;
        let mut patch = bottom(&mut whole, Self::rows(window));
        clear(buf, patch, theme.ask());
        let name = |action| keymap::label(KeyContext::Correcting, action);
        let hints = format!(
            "{} {} a hundredth   {} {} a tenth   {} take it   {} leave it",
            name(Action::Less),
            name(Action::More),
            name(Action::PageBack),
            name(Action::PageOn),
            name(Action::Choose),
            name(Action::Cancel),
        );
        put(buf, inset(bottom(&mut patch, 1), 1), &hints, Side::Left, theme.ask());
        let rows = patch.height;
        let says = format!("console shows {}.{:02} {}", self.shown / 100, self.shown % 100, self.unit.name());
        large(buf, inset(top(&mut patch, rows), 1), &says, Side::Left, theme.ask_strong());
    }
}
