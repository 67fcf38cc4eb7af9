//! The activity that a workout trains: a part of [`super::sequence`], which re-exports it.

use serde::{Deserialize, Serialize};

/// The words of a warm-up in a strength workout that says nothing else.
pub const WARM_UP: &str = "warm up";
/// The words of a cool-down in a strength workout that says nothing else.
pub const COOL_DOWN: &str = "cool down";

/// What a workout is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activity {
    /// A run, on a belt or outside.
    #[default]
    Run,
    /// Strength training: no belt, no pace, no distance and no running zones.
    Strength,
    /// Anything else that is no run: walking about, mobility, breathing, rest.
    Other,
}

impl Activity {
    /// Every activity, the default first.
    pub const ALL: [Activity; 3] = [Activity::Run, Activity::Strength, Activity::Other];

    /// Returns the word for the activity in files and in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Activity::Run => "run",
            Activity::Strength => "strength",
            Activity::Other => "other",
        }
    }

    /// Returns a workout of the activity in words: `a strength workout`.
    pub(crate) const fn workout_words(self) -> &'static str {
        match self {
            Activity::Run => "a run",
            Activity::Strength => "a strength workout",
            Activity::Other => "a workout that is no run",
        }
    }

    /// Returns the activity with this word.
    pub fn from_word(word: &str) -> Option<Activity> {
        Activity::ALL.into_iter().find(|activity| activity.word() == word)
    }

    /// True for a run.
    pub const fn is_run(self) -> bool {
        matches!(self, Activity::Run)
    }

    pub(crate) fn is_default(&self) -> bool {
        self.is_run()
    }
}
