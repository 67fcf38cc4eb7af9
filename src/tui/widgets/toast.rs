//! What is said for a few seconds in the place of the keys: what a key would not do, or what did not come about.

use crate::units::{Millis, Moment};

/// How long it is said.
const SAID: Millis = Millis::from_secs(5);

/// Words, and until when they stand.
#[derive(Clone, Debug)]
pub struct Toast {
    words: String,
    until: Moment,
    /// The same key again means it.
    asks: bool,
    /// The workout's own words come before these.
    gives_way: bool,
}

impl Toast {
    /// The key for faster would pass the ceiling, and does it where it is pressed again.
    pub fn asking(words: String, at: Moment) -> Self {
        Toast { words, until: at + SAID, asks: true, gives_way: false }
    }

    /// Only to be read.
    pub fn telling(words: &str, at: Moment) -> Self {
        Toast { words: words.to_string(), until: at + SAID, asks: false, gives_way: false }
    }

    /// Of use, and no more: what the workout has to say comes first.
    pub fn aside(words: String, at: Moment) -> Self {
        Toast { words, until: at + SAID, asks: false, gives_way: true }
    }

    /// True where the workout's own words come before these.
    pub fn gives_way(&self) -> bool {
        self.gives_way
    }

    /// The words, while they stand.
    pub fn words(&self, at: Moment) -> Option<&str> {
        (at < self.until).then_some(self.words.as_str())
    }

    /// True while the same key again means it.
    pub fn is_asking(&self, at: Moment) -> bool {
        self.asks && at < self.until
    }

    /// How long the words still stand.
    pub fn left(&self, at: Moment) -> Option<Millis> {
        (at < self.until).then(|| self.until.since(at))
    }
}
