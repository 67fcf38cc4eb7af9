//! The clock rate of a rehearsal.

use super::time::Millis;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

/// The rate of a session's clock: session seconds per real second. The rate is 1 except in a rehearsal, where a workout
/// is tried out faster than it will be run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rehearsal(f64);

impl Rehearsal {
    /// A session in real time.
    pub const REAL_TIME: Rehearsal = Rehearsal(1.0);

    /// The factors that a session can run at.
    pub const FACTORS: RangeInclusive<f64> = 1.0..=1000.0;

    /// Creates a rehearsal that runs `factor` times as fast as real time.
    pub const fn new(factor: f64) -> Self {
        Rehearsal(factor)
    }

    /// Creates a rehearsal, or returns `None` for a factor outside [`Self::FACTORS`].
    pub fn checked(factor: f64) -> Option<Self> {
        Self::FACTORS.contains(&factor).then_some(Rehearsal(factor))
    }

    /// Returns how many times as fast as real time the session runs.
    pub const fn factor(self) -> f64 {
        self.0
    }

    /// True for a session that is run rather than rehearsed.
    pub fn is_real_time(self) -> bool {
        self == Self::REAL_TIME
    }

    /// Converts real time to session time. A sound that lasts two real seconds takes up two minutes of a session that
    /// runs 60 times as fast.
    pub fn session_time(self, real: Millis) -> Millis {
        Millis::from_secs_f64(real.as_secs_f64() * self.0)
    }

    /// Converts session time to real time.
    pub fn real_time(self, session: Millis) -> Duration {
        Duration::try_from_secs_f64(session.as_secs_f64() / self.0).unwrap_or_default()
    }
}

/// Prints as `60×`.
impl fmt::Display for Rehearsal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×", self.0)
    }
}
