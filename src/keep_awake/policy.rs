//! The rule that says when the machine is kept awake. Pure.

use crate::units::{Millis, Moment};

/// The time for which a pause keeps the machine awake. A runner away for longer has left the treadmill.
const PAUSE_LIMIT: Millis = Millis::from_secs(600);

/// Keeps the machine awake while time runs, and for ten minutes of a pause.
///
/// The rule goes by the clock of the session. In a rehearsal the ten minutes are as short as all others.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepAwakePolicy {
    /// The beginning of the current pause.
    paused_since: Option<Moment>,
}

impl KeepAwakePolicy {
    /// Records if time runs at `now`, and returns true if the machine is to be kept awake. Must be called whenever
    /// time stops or starts.
    pub fn update(&mut self, running: bool, now: Moment) -> bool {
        if running {
            self.paused_since = None;
            return true;
        }
        now < *self.paused_since.get_or_insert(now) + PAUSE_LIMIT
    }

    /// Returns the moment after `now` at which the machine is released, if the pause continues.
    pub fn release_at(&self, now: Moment) -> Option<Moment> {
        self.paused_since.map(|since| since + PAUSE_LIMIT).filter(|end| *end > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::default() + Millis::from_secs(seconds)
    }

    #[test]
    fn a_pause_keeps_the_machine_awake_for_ten_minutes() {
        let mut policy = KeepAwakePolicy::default();
        assert!(policy.update(true, at(0)) && policy.update(true, at(5000)));
        assert_eq!(policy.release_at(at(5000)), None, "a session may take any time");
        assert!(policy.update(false, at(5010)));
        assert_eq!(policy.release_at(at(5010)), Some(at(5610)));
        assert!(policy.update(false, at(5609)));
        assert!(!policy.update(false, at(5610)));
        assert_eq!(policy.release_at(at(5610)), None, "it is released already");
        assert!(policy.update(true, at(9000)));
        assert!(
            policy.update(false, at(9100)) && policy.update(false, at(9699)),
            "each pause has its own ten minutes"
        );
        assert!(!policy.update(false, at(9700)));
    }
}
