//! A short message that stays for a few seconds.

use crate::units::{Millis, Moment};

/// The time for which a message stays.
const LIFETIME: Millis = Millis::from_secs(5);

/// A message, and the moment at which it goes.
#[derive(Clone, Debug)]
pub struct Toast {
    words: String,
    until: Moment,
    /// True if pressing the key again confirms it.
    asks: bool,
    /// True if the workout's own words replace it.
    gives_way: bool,
}

impl Toast {
    /// A message that asks for the key to be pressed again before anything is done.
    pub fn asking(words: String, at: Moment) -> Self {
        Toast { words, until: at + LIFETIME, asks: true, gives_way: false }
    }

    /// A message that only informs.
    pub fn telling(words: &str, at: Moment) -> Self {
        Toast { words: words.to_string(), until: at + LIFETIME, asks: false, gives_way: false }
    }

    /// A message that is useful but gives way to the workout's own words.
    pub fn aside(words: String, at: Moment) -> Self {
        Toast { words, until: at + LIFETIME, asks: false, gives_way: true }
    }

    /// True if the workout's own words replace the message.
    pub fn gives_way(&self) -> bool {
        self.gives_way
    }

    /// True if the message began before `at`.
    pub fn is_older_than(&self, at: Moment) -> bool {
        self.until < at + LIFETIME
    }

    /// The message, until it goes.
    pub fn words(&self, at: Moment) -> Option<&str> {
        (at < self.until).then_some(self.words.as_str())
    }

    /// True while pressing the key again confirms it.
    pub fn is_asking(&self, at: Moment) -> bool {
        self.asks && at < self.until
    }

    /// The time until the message goes.
    pub fn left(&self, at: Moment) -> Option<Millis> {
        (at < self.until).then(|| self.until.since(at))
    }
}
