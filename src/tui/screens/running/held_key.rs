//! Tells a key that is held down from one that is pressed again, so that a held `→` skips one step, not twelve.
//!
//! Few terminals say which presses are repeats. The others repeat a held key after a delay of 250 to 660 ms, and then 25 to
//! 50 times a second. A press that follows another within 300 ms therefore counts as a repeat. The very first repeat may
//! come later than that, when it looks like a deliberate second press. It is known for what it was as soon as the next one
//! follows at a speed that no finger reaches, and is taken back.

use crate::units::{Moment, Rehearsal};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use std::time::Duration;

/// A press of the same key within this time is a repeat.
const CHAIN: Duration = Duration::from_millis(300);
/// The longest delay before a held key repeats.
const DELAY: Duration = Duration::from_millis(700);
/// The longest time between two repeats. No finger is as fast.
const REPEAT: Duration = Duration::from_millis(70);

/// The meaning of a key press for an action that a held key must not do again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyVerdict {
    /// It is a press of its own.
    Act,
    /// It is a repeat.
    Ignore,
    /// It is a repeat, and so was the press before it, which has acted.
    TakeBack,
}

/// The latest key, and how it has been pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeldKey {
    latest: Option<LatestPress>,
}

#[derive(Clone, Copy, Debug)]
struct LatestPress {
    code: KeyCode,
    at: Moment,
    /// True if the press has acted although it may have been the first repeat of the one before it.
    is_doubtful: bool,
}

impl HeldKey {
    /// Judges a key press at a moment of the session, whose clock may run fast in a rehearsal.
    pub fn judge(&mut self, key: &KeyEvent, at: Moment, rehearsal: Rehearsal) -> KeyVerdict {
        let before = self.latest.filter(|latest| latest.code == key.code);
        let gap = before.map(|before| rehearsal.real_time(at.since(before.at)));
        let was_doubtful = before.is_some_and(|before| before.is_doubtful);
        let (verdict, is_doubtful) = match gap {
            _ if key.kind == KeyEventKind::Repeat => (KeyVerdict::Ignore, false),
            Some(gap) if gap < REPEAT && was_doubtful => (KeyVerdict::TakeBack, false),
            Some(gap) if gap < CHAIN => (KeyVerdict::Ignore, false),
            Some(gap) => (KeyVerdict::Act, gap < DELAY),
            None => (KeyVerdict::Act, false),
        };
        self.latest = Some(LatestPress { code: key.code, at, is_doubtful });
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyModifiers;

    /// Judges presses of one key at these times, in milliseconds.
    fn verdicts(times: &[u64], rehearsal: Rehearsal) -> Vec<KeyVerdict> {
        let key = KeyEvent::new(KeyCode::Right, KeyModifiers::NONE);
        let mut held = HeldKey::default();
        times.iter().map(|at| held.judge(&key, Moment::new(*at), rehearsal)).collect()
    }

    #[test]
    fn a_held_key_acts_once() {
        use KeyVerdict::{Act, Ignore, TakeBack};
        let real = Rehearsal::REAL_TIME;
        assert_eq!(verdicts(&[0, 250, 283, 316, 349], real), [Act, Ignore, Ignore, Ignore, Ignore]);
        // The first repeat comes so late that it has acted; the second one takes that back.
        assert_eq!(verdicts(&[0, 500, 533, 566, 599], real), [Act, Act, TakeBack, Ignore, Ignore]);
        assert_eq!(verdicts(&[0, 660, 700, 740], real), [Act, Act, TakeBack, Ignore]);
    }

    #[test]
    fn two_presses_a_second_both_act() {
        let real = Rehearsal::REAL_TIME;
        assert_eq!(verdicts(&[0, 500, 1000, 1500], real), [KeyVerdict::Act; 4]);
        // In a rehearsal at twenty times the speed, half a second is ten seconds of the session.
        assert_eq!(verdicts(&[0, 10_000, 20_000], Rehearsal::new(20.0)), [KeyVerdict::Act; 3]);
    }

    #[test]
    fn a_terminal_that_marks_repeats_is_believed() {
        let mut held = HeldKey::default();
        let mut key = KeyEvent::new(KeyCode::Right, KeyModifiers::NONE);
        assert_eq!(held.judge(&key, Moment::new(0), Rehearsal::REAL_TIME), KeyVerdict::Act);
        key.kind = KeyEventKind::Repeat;
        assert_eq!(held.judge(&key, Moment::new(500), Rehearsal::REAL_TIME), KeyVerdict::Ignore);
    }
}
