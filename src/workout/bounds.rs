//! The bounds that every workout keeps.

use crate::units::Millis;

/// The maximum number of steps of a workout, and of cues.
pub const MOST_STEPS: u64 = 10_000;
/// The maximum number of rounds of a repeat that goes on until the runner ends it. Nobody runs as many.
pub const MOST_ROUNDS: u64 = 300;
/// The longest time that a workout, or anything in it, may last.
pub const LONGEST_WORKOUT: Millis = Millis::from_secs(24 * 3600);
/// The longest distance, in metres: further than anyone runs in the longest time.
pub const LONGEST_METRES: f64 = 1_000_000.0;
/// The longest distance of a workout as a whole, in metres: the most that anyone has run in 24 hours is 319.6 km (Aleksandr
/// Sorokin, 18 September 2022).
pub const LONGEST_WORKOUT_METRES: f64 = 320_000.0;
/// The deepest that brackets, tables and parts nest.
pub const DEEPEST_NESTING: usize = 8;
/// The longest label, and the longest words of a target, in characters.
pub const LONGEST_LABEL: usize = 80;
/// The longest text of a cue, in characters.
pub const LONGEST_CUE: usize = 200;
/// The longest value of a parameter, in characters.
pub const LONGEST_VALUE: usize = 80;
/// The maximum number of texts in a list that is asked or offered.
pub const MOST_TEXTS: usize = 20;
/// The longest text of such a list, in characters: it is read on a treadmill.
pub const LONGEST_TEXT: usize = 200;
/// The shortest time between two occurrences of a repeating cue.
pub const SHORTEST_CUE_INTERVAL: Millis = Millis::from_secs(1);
