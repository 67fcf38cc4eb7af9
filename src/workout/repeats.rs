//! Repeats as the planned steps inside refer to them: a part of [`super::sequence`], which re-exports it.

use serde::{Deserialize, Serialize};

/// Names a repeat for as long as its sequence lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepeatId(pub u32);

/// A repeat, a ladder or an `alternate`, as the steps inside refer to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// Its name.
    pub id: RepeatId,
    /// The set's label, where it has one.
    pub label: Option<String>,
    /// How many reps (a ladder's items, an `alternate`'s pairs). `None` if the runner ends it.
    pub of: Option<u32>,
    /// In a range of reps: after how many the runner may end it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
}

/// A step's place in one repeat around it: rep `n`, counted from 1. Recoveries carry the rep they follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    /// The repeat.
    pub id: RepeatId,
    /// Which rep, from 1.
    pub n: u32,
    /// Of how many. `None` in a repeat that goes on until the runner ends it.
    pub of: Option<u32>,
    /// True if the runner may end the repeat in this step.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may_end: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Repeat {
    /// True if it goes on until the runner ends it.
    pub fn is_endless(&self) -> bool {
        self.of.is_none()
    }
}

impl Rep {
    /// True in a repeat that goes on until the runner ends it.
    pub fn is_endless(&self) -> bool {
        self.of.is_none()
    }

    /// True for the last rep of a repeat.
    pub fn is_last(&self) -> bool {
        self.of == Some(self.n)
    }
}
