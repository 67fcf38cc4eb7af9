//! The changes that a runner may make to the rest of a workout, and the record of those that were made.
//! [`super::sequence`] re-exports them.

use crate::units::{Millis, clock, trimmed};
use serde::{Deserialize, Serialize};

/// A change to the rest of a workout. None makes a rep or a recovery shorter, or a pace faster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bend {
    /// Too hard, first: longer recoveries.
    LongerRecoveries,
    /// Too hard, second: slower work.
    SlowerWork,
    /// Too hard, third: half of the reps that are left.
    FewerReps,
    /// Too hard, last: easy running to the end.
    EasyToTheEnd,
    /// One more recovery and one more rep.
    OneMore,
    /// At most this much active time for the whole session.
    Within(Millis),
    /// This many tenths of a breath a minute, where the breath is guided.
    BreathRate(u32),
}

impl Bend {
    /// The ways to make a session easier, in the order in which the key makes them.
    pub const EASINGS: [Bend; 4] =
        [Bend::LongerRecoveries, Bend::SlowerWork, Bend::FewerReps, Bend::EasyToTheEnd];

    /// Returns the mark in the log, such as `cut to 12:00`.
    pub fn mark(self) -> String {
        match self {
            Bend::LongerRecoveries => "longer recoveries".to_string(),
            Bend::SlowerWork => "slower work".to_string(),
            Bend::FewerReps => "fewer reps".to_string(),
            Bend::EasyToTheEnd => "easy to the end".to_string(),
            Bend::OneMore => "one more".to_string(),
            Bend::BreathRate(tenths) => {
                format!("{} breaths a minute", trimmed(f64::from(tenths) / 10.0, 1))
            }
            Bend::Within(total) => format!("cut to {}", clock(total.to_nearest_second().whole_secs())),
        }
    }
}

/// The bends of a sequence, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeBends {
    /// The planned time before the first bend, if it was known.
    pub planned: Option<Millis>,
    /// The bends.
    pub made: Vec<Bend>,
}

impl MadeBends {
    /// True if the sequence is as it was compiled.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// Returns the marks of all bends, separated by commas: `cut to 12:00, one more`. A bend that was made twice is
    /// counted: `one more (2)`.
    pub fn marks(&self) -> String {
        let mut counted: Vec<(Bend, usize)> = Vec::new();
        for bend in &self.made {
            match counted.iter_mut().find(|(other, _)| other == bend) {
                Some((_, count)) => *count += 1,
                None => counted.push((*bend, 1)),
            }
        }
        let mark = |(bend, count): &(Bend, usize)| match count {
            1 => bend.mark(),
            count => format!("{} ({count})", bend.mark()),
        };
        counted.iter().map(mark).collect::<Vec<_>>().join(", ")
    }
}
