//! The effects of commands and of time.

use crate::cues::{BeltChange, InclineChange, SignalCue, SpeechWindow, TextOnScreen};
use crate::session::{Anchor, Event};
use crate::units::Millis;
use std::sync::Arc;

/// Something that happens, sounds or appears.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Signals and speech to come. They replace all that have not sounded yet.
    Announce(Announcement),
    /// Something happened in the session.
    Happened(Event),
    /// A signal is due. The sound does not wait for this effect: it was announced before.
    Sounded(SignalCue),
    /// A text appears.
    Said(TextOnScreen),
    /// A new number of the belt is due.
    Changed(BeltChange),
    /// A new incline of the belt is due, during a ramp.
    Tilted(InclineChange),
}

/// The signals and the speech to come. An announcement replaces all those of older revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    /// The revision of the forecast.
    pub revision: u64,
    /// The active time from which it holds.
    pub from: Millis,
    /// The relation between active time and the clock. Without one, the clock stands still and there are no signals.
    pub anchor: Option<Anchor>,
    /// True if the announcement also cuts off a signal that sounds at `from`, as a skip does and an extension does not.
    pub cuts: bool,
    /// The signals, in order.
    pub cues: Arc<[SignalCue]>,
    /// The speech, in order. Empty without a voice.
    pub sayings: Arc<[SpeechWindow]>,
}

impl Effect {
    /// Returns the active time of the effect.
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
