//! The list of steps over the running screen, to go to one. The clock goes on above it.

use crate::coach::View;
use crate::display;
use crate::keymap::{Action, KeyContext};
use crate::session::{Lap, SessionPlace};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, beside, bottom, clear, inset, put, top};
use crate::workout::sequence::PlannedStep;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// So much of a high window is left to the running screen: what it needs to show all that matters.
const ABOVE: u16 = 12;
/// From this width on there is room for which rep a step is, and for what has become of it.
const WIDE: u16 = 50;

/// The list, with the mark on a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepList {
    cursor: ListCursor,
}

/// What comes of a key.
pub enum StepListOutcome {
    /// Nothing: the run goes on where it is.
    Stay,
    /// The step at this index.
    Step(usize),
}

impl StepList {
    /// The list with the mark on the step being run.
    pub fn at(view: &View<'_>) -> StepList {
        let last = view.sequence.steps.len().saturating_sub(1);
        let marked = match view.position.place {
            SessionPlace::Step(index) => index.min(last),
            SessionPlace::After => last,
        };
        StepList { cursor: ListCursor::at(marked) }
    }

    /// What a key does to it: nothing where it stays open.
    pub fn update(&mut self, action: Action, area: Rect, view: &View<'_>) -> Option<StepListOutcome> {
        match action {
            Action::Choose => return Some(self.chosen(view)),
            Action::Close => return Some(StepListOutcome::Stay),
            _ => {}
        }
        let list = viewport(list(area, view), view);
        self.cursor.update(action, list.rows, list.page());
        None
    }

    /// The step being run is not begun anew by a look at the list.
    fn chosen(&self, view: &View<'_>) -> StepListOutcome {
        match self.cursor.index() {
            here if view.position.place == SessionPlace::Step(here) => StepListOutcome::Stay,
            other => StepListOutcome::Step(other),
        }
    }

    /// What a click on a row does: it marks the step there. True where that was marked already, and is meant.
    pub fn point(&mut self, row: u16, area: Rect, view: &View<'_>) -> bool {
        let list = list(area, view);
        let Some(below) = row.checked_sub(list.y).filter(|below| *below < list.height) else {
            return false;
        };
        let index = viewport(list, view).around(self.cursor.index()).start + usize::from(below);
        if index < view.sequence.steps.len() && index != self.cursor.index() {
            self.cursor = ListCursor::at(index);
            return false;
        }
        index == self.cursor.index()
    }

    /// The rows it takes at the foot of a window.
    pub fn rows(window: Rect, view: &View<'_>) -> u16 {
        let room = match window.height {
            height @ 24.. => height - ABOVE,
            height => height - height * 2 / 5,
        };
        room.min(u16::try_from(view.sequence.steps.len()).unwrap_or(u16::MAX).saturating_add(1))
    }

    /// Draws it on that many rows.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, view: &View<'_>, theme: Theme) {
        let mut whole = window;
        let mut patch = bottom(&mut whole, Self::rows(window, view));
        clear(buf, patch, theme.ask());
        let mut head = inset(top(&mut patch, 1), 1);
        let keys = hints(KeyContext::Listing, head.width.saturating_sub(12));
        let taken = put(buf, head, &keys, Side::Right, theme.ask());
        head.width = head.width.saturating_sub(taken + 2);
        put(buf, head, "Go to", Side::Left, theme.ask_strong());
        let first = viewport(patch, view).around(self.cursor.index()).start;
        let steps = view.sequence.steps.iter().enumerate().skip(first);
        for (index, step) in steps.take(usize::from(patch.height)) {
            self.row(buf, top(&mut patch, 1), (index, step), (view, theme));
        }
    }

    fn row(
        &self,
        buf: &mut Buffer,
        row: Rect,
        (index, step): (usize, &PlannedStep),
        (view, theme): (&View<'_>, Theme),
    ) {
        let now = view.position.place == SessionPlace::Step(index);
        let (style, sign) = match index == self.cursor.index() {
            true => (theme.loud(), "›"),
            false if now => (theme.ask_strong(), " "),
            false => (theme.ask(), " "),
        };
        buf.set_style(row, style);
        let mut rest = inset(row, 1);
        let zone = step.target.start.zone;
        let tag = zone.map_or("–".to_string(), |zone| format!("Z{zone}"));
        let wide = row.width >= WIDE;
        if wide {
            let state = if now { "now" } else { became(step, view.laps) };
            put(buf, beside(&mut rest, 5), state, Side::Right, style);
        }
        let at = beside(&mut rest, 4);
        if index != self.cursor.index() {
            buf.set_style(at, theme.patch(zone));
        }
        put(buf, at, &tag, Side::Middle, style);
        let length = display::length(step);
        put(buf, beside(&mut rest, if wide { 13 } else { 10 }), &format!("{length} "), Side::Right, style);
        let reps = display::reps(view.sequence, step).join(" · ");
        if wide && !reps.is_empty() {
            let columns = text::width(&reps).min(rest.width / 2);
            put(buf, beside(&mut rest, columns), &reps, Side::Right, style);
            rest.width = rest.width.saturating_sub(2);
        }
        // So that all titles begin in one column.
        let digits = view.sequence.steps.len().to_string().len();
        put(buf, rest, &format!("{sign} {:>digits$}  {}", index + 1, step.title()), Side::Left, style);
    }
}

/// What has become of a step so far.
fn became(step: &PlannedStep, laps: &[Lap]) -> &'static str {
    let mut visits = laps.iter().filter(|lap| lap.step == Some(step.id)).peekable();
    match (visits.peek().is_some(), visits.any(|lap| lap.complete)) {
        (_, true) => "done",
        (true, false) => "left",
        (false, false) => "",
    }
}

/// The rows of the steps themselves.
fn list(window: Rect, view: &View<'_>) -> Rect {
    let mut whole = window;
    let mut patch = bottom(&mut whole, StepList::rows(window, view));
    top(&mut patch, 1);
    patch
}

/// The steps that fit the list.
fn viewport(list: Rect, view: &View<'_>) -> Viewport {
    Viewport { rows: view.sequence.steps.len(), shown: usize::from(list.height) }
}
