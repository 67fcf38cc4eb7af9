//! What comes of a command, or of time that passes.

use crate::cues::{BeltChange, InclineChange, SignalCue, SpeechWindow, TextOnScreen};
use crate::session::{Anchor, Event};
use crate::units::Millis;
use std::sync::Arc;

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Forget every signal that has not sounded, and expect these.
    Announce(Announcement),
    /// This happened.
    Happened(Event),
    /// This signal's second has come. Sound does not wait for this: it was announced.
    Sounded(SignalCue),
    /// These words' second has come.
    Said(TextOnScreen),
    /// The belt's next number is due.
    Changed(BeltChange),
    /// Its next incline is, on the way of a ramp.
    Tilted(InclineChange),
}

/// The signals to come. It replaces all announcements of older revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    /// The forecast's revision.
    pub revision: u64,
    /// The active time from which it holds.
    pub from: Millis,
    /// Ties active time to the clock. Without one time stands still and there is nothing to announce.
    pub anchor: Option<Anchor>,
    /// Whether a signal that sounds at `from` has lost its meaning too: after a skip it has, after an extension not.
    pub cuts: bool,
    /// The signals, in order.
    pub cues: Arc<[SignalCue]>,
    /// What there is to say, in order; nothing where nobody listens.
    pub sayings: Arc<[SpeechWindow]>,
}

impl Effect {
    /// The active time that it belongs to.
    pub(super) fn elapsed(&self) -> Millis {
        match self {
            Effect::Announce(a) => a.from,
            Effect::Happened(e) => e.elapsed,
            Effect::Sounded(c) => c.at,
            Effect::Said(w) => w.at,
            Effect::Changed(c) => c.at,
            Effect::Tilted(c) => c.at,
        }
    }
}
