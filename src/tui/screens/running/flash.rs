//! The flash at a change: the whole screen for a moment, and never so often that it could harm.

use crate::coach::Effect;
use crate::frontend::Status;
use crate::session::EventKind;
use crate::units::{Millis, Moment};

/// How long the whole screen is lit.
const LENGTH: Millis = Millis::new(250);
/// From one flash to the next, at least: more than three in a second can cause a seizure.
const APART: Millis = Millis::new(500);
/// A change that comes later than this has passed unseen: after a gap there is one flash, not twenty.
pub const LATE: Millis = Millis::from_secs(1);

/// Whether there are flashes, and how the last one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Whether there are any.
    on: bool,
    until: Option<Moment>,
    /// Before this there is no other.
    again: Option<Moment>,
}

impl Flash {
    /// Ready to light up.
    pub const READY: Flash = Flash { on: true, until: None, again: None };

    /// The same, on or off.
    pub fn turned(self, on: bool) -> Flash {
        Flash { on, ..self }
    }

    /// Lights up where a step begins or the last one ends.
    pub fn effect(&mut self, effect: &Effect, elapsed: Millis, status: &Status, at: Moment) {
        let Effect::Happened(event) = effect else { return };
        let begins = matches!(
            event.what,
            EventKind::Started | EventKind::StepBegan { .. } | EventKind::Finished | EventKind::Undone
        );
        let late = elapsed.saturating_sub(event.elapsed) > LATE;
        if !begins || late || !self.on || self.again.is_some_and(|again| at < again) {
            return;
        }
        // The session's clock may run fast; eyes do not.
        let real = |time: Millis| {
            Millis::from_secs_f64(time.as_secs_f64() * status.speed.map_or(1.0, |speed| speed.0))
        };
        (self.until, self.again) = (Some(at + real(LENGTH)), Some(at + real(APART)));
    }

    /// How long the screen stays lit; nothing where it is not.
    pub fn left(&self, at: Moment) -> Option<Millis> {
        self.until.filter(|until| self.on && at < *until).map(|until| until.since(at))
    }
}
