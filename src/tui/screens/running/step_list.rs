//! The list of steps over the running screen, to go to one of them. The clock keeps running above it.

use super::labels::{self, title};
use crate::athlete::Zone;
use crate::coach::View;
use crate::display;
use crate::keymap::{Action, KeyContext};
use crate::session::{Lap, SessionPlace};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{self, Side, beside, bottom, clear, inset, put, top};
use crate::workout::sequence::{Activity, PlannedStep};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The rows of a high window that are left to the running screen: enough for everything that matters.
const ROWS_ABOVE: u16 = 12;
/// The width from which a row shows the rep, and what happened to the step.
const WIDE: u16 = 50;

/// The list, with one step selected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepList {
    cursor: ListCursor,
}

/// The end of the list.
pub enum StepListOutcome {
    /// The list is closed, and the run stays where it is.
    Stay,
    /// The run goes to the step at this index.
    GoTo(usize),
}

/// A step as the list shows it.
struct StepRow {
    /// The number and the title: ` 3  hard`.
    title: String,
    zone: Option<Zone>,
    activity: Activity,
    length: String,
    /// `rep 3 of 8`, empty outside repeats.
    reps: String,
    /// `now`, `done`, `part` or empty.
    state: &'static str,
    is_now: bool,
    is_selected: bool,
}

impl StepList {
    /// The list with the current step selected.
    pub fn at_current_step(view: &View<'_>) -> StepList {
        let listed = listed(view);
        let current = match view.position.place {
            SessionPlace::Step(index) => listed.iter().position(|listed| *listed == index),
            SessionPlace::After => None,
        };
        StepList { cursor: ListCursor::at(current.unwrap_or(listed.len().saturating_sub(1))) }
    }

    /// Handles a key. Returns how the list ended, or `None` while it stays open.
    pub fn handle_action(&mut self, action: Action, area: Rect, view: &View<'_>) -> Option<StepListOutcome> {
        let list = viewport(list_area(area, view), view);
        match action {
            Action::Choose => Some(self.chosen(view)),
            Action::Close => Some(StepListOutcome::Stay),
            _ => {
                self.cursor.update(action, list.rows, list.page());
                None
            }
        }
    }

    /// Choosing the current step does not restart it.
    fn chosen(&self, view: &View<'_>) -> StepListOutcome {
        match listed(view).get(self.cursor.index()) {
            Some(index) if view.position.place != SessionPlace::Step(*index) => StepListOutcome::GoTo(*index),
            _ => StepListOutcome::Stay,
        }
    }

    /// Handles a click on a row: it selects the step there. Returns true if that step was selected before, which chooses
    /// it.
    pub fn handle_click(&mut self, row: u16, area: Rect, view: &View<'_>) -> bool {
        let list = list_area(area, view);
        let Some(below) = row.checked_sub(list.y).filter(|below| *below < list.height) else {
            return false;
        };
        let index = viewport(list, view).around(self.cursor.index()).start + usize::from(below);
        if index < listed(view).len() && index != self.cursor.index() {
            self.cursor = ListCursor::at(index);
            return false;
        }
        index == self.cursor.index()
    }

    /// The rows that the list takes at the foot of a window.
    pub fn rows(window: Rect, view: &View<'_>) -> u16 {
        let room = match window.height {
            height @ 24.. => height - ROWS_ABOVE,
            height => height - height * 2 / 5,
        };
        room.min(u16::try_from(listed(view).len()).unwrap_or(u16::MAX).saturating_add(1))
    }

    /// Draws the list at the foot of a window.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, view: &View<'_>, theme: Theme) {
        let mut whole = window;
        let mut rest = bottom(&mut whole, Self::rows(window, view));
        clear(buf, rest, theme.ask());
        let mut head = inset(top(&mut rest, 1), 1);
        let keys = hints(theme.keymap(), KeyContext::Listing, head.width.saturating_sub(12));
        let taken = put(buf, head, &keys, Side::Right, theme.ask());
        head.width = head.width.saturating_sub(taken + 2);
        put(buf, head, "Go to", Side::Left, theme.ask_strong());
        let end_key = theme.keymap().label(KeyContext::Running, Action::EndStep);
        let listed = listed(view);
        for row in viewport(rest, view).around(self.cursor.index()) {
            if let Some(row) = listed.get(row).and_then(|index| self.row(*index, row, view, end_key)) {
                row.draw(buf, top(&mut rest, 1), theme);
            }
        }
    }

    /// The row of the step at `index`, which is the `row`th of the list.
    fn row(&self, index: usize, row: usize, view: &View<'_>, end_key: &str) -> Option<StepRow> {
        let step = view.sequence.steps.get(index)?;
        let is_now = view.position.place == SessionPlace::Step(index);
        // All titles start in the same column.
        let digits = view.sequence.written_steps().to_string().len();
        Some(StepRow {
            title: format!("{:>digits$}  {}", view.sequence.step_number(index), title::of_step(step)),
            zone: step.target.start.zone,
            activity: view.sequence.activity,
            length: display::length_until(step, end_key),
            reps: display::reps(view.sequence, step).join(" · "),
            state: if is_now { "now" } else { state_so_far(step, view.laps) },
            is_now,
            is_selected: row == self.cursor.index(),
        })
    }
}

impl StepRow {
    fn draw(&self, buf: &mut Buffer, row: Rect, theme: Theme) {
        let (style, sign) = match self.is_selected {
            true => (theme.loud(), "›"),
            false if self.is_now => (theme.ask_strong(), " "),
            false => (theme.ask(), " "),
        };
        buf.set_style(row, style);
        let mut rest = inset(row, 1);
        let is_wide = row.width >= WIDE;
        if is_wide {
            put(buf, beside(&mut rest, 5), self.state, Side::Right, style);
        }
        let at = beside(&mut rest, 4);
        if !self.is_selected {
            buf.set_style(at, theme.patch(self.zone));
        }
        let tag = labels::zone_or_dash(self.zone, self.activity);
        put(buf, at, &tag, Side::Middle, style);
        let columns = if is_wide { 13 } else { 10 };
        put(buf, beside(&mut rest, columns), &format!("{} ", self.length), Side::Right, style);
        if is_wide && !self.reps.is_empty() {
            let columns = text::width(&self.reps).min(rest.width / 2);
            put(buf, beside(&mut rest, columns), &self.reps, Side::Right, style);
            rest.width = rest.width.saturating_sub(2);
        }
        put(buf, rest, &format!("{sign} {}", self.title), Side::Left, style);
    }
}

/// Says if a step was run to its end, in part, or not at all.
fn state_so_far(step: &PlannedStep, laps: &[Lap]) -> &'static str {
    let mut visits = laps.iter().filter(|lap| lap.step == Some(step.id)).peekable();
    match (visits.peek().is_some(), visits.any(|lap| lap.complete)) {
        (_, true) => "done",
        (true, false) => "part",
        (false, false) => "",
    }
}

/// The indices of the steps in the list. An endless repeat is there once: its current round, or else its first.
fn listed(view: &View<'_>) -> Vec<usize> {
    let here = view.step().map_or(&[][..], |step| &step.reps);
    let is_listed = |step: &PlannedStep| {
        step.reps.iter().filter(|rep| rep.is_endless()).all(|rep| {
            let current = here.iter().find(|current| current.id == rep.id);
            rep.n == current.map_or(1, |current| current.n)
        })
    };
    view.sequence.steps.iter().enumerate().filter(|(_, step)| is_listed(step)).map(|(i, _)| i).collect()
}

/// The rows of the steps themselves.
fn list_area(window: Rect, view: &View<'_>) -> Rect {
    let mut whole = window;
    let mut rest = bottom(&mut whole, StepList::rows(window, view));
    top(&mut rest, 1);
    rest
}

/// The part of the list that is in sight.
fn viewport(list: Rect, view: &View<'_>) -> Viewport {
    Viewport { rows: listed(view).len(), shown: usize::from(list.height) }
}
