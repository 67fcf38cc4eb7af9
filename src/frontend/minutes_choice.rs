//! A choice of the minutes that the runner has, in steps of one and of five.

use crate::keymap::{Action, KeyContext, Keymap};
use crate::units::Millis;

/// A step of the keys for more minutes at a time, and of the first suggestion.
const MANY: u64 = 5;
/// The most minutes.
const MOST: u64 = 24 * 60;

/// The minutes, while they are being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinutesChoice {
    minutes: u64,
}

/// The effect of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinutesKey {
    /// The choice goes on.
    Open,
    /// The runner has this time.
    Chosen(Millis),
    /// Nothing changes.
    Cancel,
}

/// Returns the minutes to suggest for a session of this length: the last five before its end.
pub fn suggestion(length: Millis) -> u64 {
    let whole = length.whole_secs() / 60;
    let fives = whole.saturating_sub(1) / MANY * MANY;
    if fives > 0 { fives } else { whole.saturating_sub(1).max(1) }
}

impl MinutesChoice {
    /// Suggests the last five minutes before the end of a session of this length.
    pub fn below(length: Millis) -> Self {
        MinutesChoice { minutes: suggestion(length).min(MOST) }
    }

    /// The time as it stands.
    pub fn time(self) -> Millis {
        Millis::from_secs(self.minutes * 60)
    }

    /// Handles a key.
    pub fn press(&mut self, action: Action) -> MinutesKey {
        self.minutes = match action {
            Action::More => self.minutes + 1,
            Action::Less => self.minutes.saturating_sub(1).max(1),
            Action::PageBack => self.minutes + MANY,
            Action::PageOn => self.minutes.saturating_sub(MANY).max(1),
            Action::Choose => return MinutesKey::Chosen(self.time()),
            Action::Cancel => return MinutesKey::Cancel,
            _ => return MinutesKey::Open,
        };
        self.minutes = self.minutes.min(MOST);
        MinutesKey::Open
    }

    /// The minutes as they stand.
    pub fn minutes(self) -> u64 {
        self.minutes
    }

    /// Returns a hint for each key. `accept` says what accepting does.
    pub fn hints(keymap: &Keymap, accept: &str) -> Vec<String> {
        let name = |action| keymap.label(KeyContext::Minutes, action);
        vec![
            format!("{} {accept}", name(Action::Choose)),
            format!("{} {} a minute", name(Action::Less), name(Action::More)),
            format!("{} {} five", name(Action::PageOn), name(Action::PageBack)),
            format!("{} cancel", name(Action::Cancel)),
        ]
    }
}
