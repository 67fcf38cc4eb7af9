//! The entries of a journal.

use crate::session::answers::Answers;
use crate::session::{Event, Summary};
use crate::units::{Millis, Moment};
use crate::workout::sequence::Sequence;
use std::sync::Arc;

/// A change to a session that must not be lost.
#[derive(Debug)]
pub(super) enum JournalEntry {
    /// An event, and when it happened in milliseconds since 1970.
    Event(Event, i64),
    /// The end of the session, and when it came in milliseconds since 1970.
    Outcome(SessionOutcome, i64),
    /// The runner's answers, in place of earlier ones.
    Answers(Answers),
}

/// The outcome of a session that is over.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionOutcome {
    /// Add it to the log.
    Logged(Arc<Sequence>, Box<Summary>),
    /// Throw it away. `log undo` brings it back.
    Discarded,
    /// Throw away a rehearsal that nobody decided about. `log undo` skips it.
    Dropped,
    /// Leave it unfinished, to be resumed.
    Later,
}

impl SessionOutcome {
    /// True if the session will not be resumed.
    pub(super) fn is_final(&self) -> bool {
        match self {
            SessionOutcome::Logged(..) | SessionOutcome::Discarded | SessionOutcome::Dropped => true,
            SessionOutcome::Later => false,
        }
    }
}

/// The progress of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionProgress {
    /// The moment on the session's own clock.
    pub at: Moment,
    /// Active time since the session's start.
    pub elapsed: Millis,
    /// The wall clock's time, in milliseconds since 1970.
    pub seen_ms: i64,
}
