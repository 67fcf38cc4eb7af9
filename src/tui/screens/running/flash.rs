//! The flash at a change of step: the whole screen for a moment, never often enough to be harmful.

use crate::coach::Effect;
use crate::frontend::Status;
use crate::session::EventKind;
use crate::units::{Millis, Moment};

/// The length of a flash, in real time.
const LENGTH: Millis = Millis::new(250);
/// The least real time between the starts of two flashes. More than three flashes per second can trigger seizures
/// (WCAG 2.2, success criterion 2.3.1).
const INTERVAL: Millis = Millis::new(500);
/// A change that comes later than this has gone unseen. After a gap there is one flash, not twenty.
pub const LATE: Millis = Millis::from_secs(1);

/// The state of the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flash {
    is_enabled: bool,
    /// The end of the latest flash.
    until: Option<Moment>,
    /// The earliest start of the next flash.
    not_before: Option<Moment>,
}

impl Flash {
    /// An enabled flash that has not flashed yet.
    pub const READY: Flash = Flash { is_enabled: true, until: None, not_before: None };

    /// Enables or disables the flash.
    pub fn enabled(self, is_enabled: bool) -> Flash {
        Flash { is_enabled, ..self }
    }

    /// Flashes if a step starts or the last one ends. `elapsed` is the session's active time now.
    pub fn handle_effect(&mut self, effect: &Effect, elapsed: Millis, status: &Status, at: Moment) {
        let Effect::Happened(event) = effect else { return };
        let is_change = matches!(
            event.what,
            EventKind::Started | EventKind::StepBegan { .. } | EventKind::Finished | EventKind::Undone
        );
        let is_late = elapsed.saturating_sub(event.elapsed) > LATE;
        let is_too_soon = self.not_before.is_some_and(|moment| at < moment);
        if !is_change || is_late || !self.is_enabled || is_too_soon {
            return;
        }
        // The session's clock may run fast in a rehearsal; eyes do not.
        self.until = Some(at + status.rehearsal.session_time(LENGTH));
        self.not_before = Some(at + status.rehearsal.session_time(INTERVAL));
    }

    /// The session time until the flash ends; `None` without one.
    pub fn left(&self, at: Moment) -> Option<Millis> {
        self.until.filter(|until| self.is_enabled && at < *until).map(|until| until.since(at))
    }
}
