//! Groups of workouts by their purpose, for lists.

use crate::workout::sequence::{Activity, Sequence};

/// The purpose of a workout, in the order in which lists show the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkoutGroup {
    /// Short and fast, with recoveries.
    Intervals,
    /// Comfortably hard, or faster and faster.
    Tempo,
    /// Easy running and recovery.
    Easy,
    /// Long runs.
    Long,
    /// Hills.
    Hills,
    /// First runs, with walks between.
    Beginner,
    /// Strength, which is not a run.
    Strength,
    /// Small breaks of the day, which are no runs.
    Breaks,
    /// Time trials and races.
    Race,
    /// Everything else.
    Other,
}

/// The tags of each group, the most telling group first: a long run with a fast finish is a long run.
const TAGS: [(WorkoutGroup, &[&str]); 7] = [
    (WorkoutGroup::Race, &["time-trial", "test", "race"]),
    (WorkoutGroup::Beginner, &["beginner", "walk-run"]),
    (WorkoutGroup::Hills, &["hills", "hill"]),
    (WorkoutGroup::Long, &["long"]),
    (WorkoutGroup::Tempo, &["tempo", "threshold", "progression", "ramp", "fast-finish", "steady"]),
    (WorkoutGroup::Intervals, &["intervals", "vo2max", "fartlek", "speed", "strides", "ladder"]),
    (WorkoutGroup::Easy, &["easy", "recovery", "mobility", "aerobic"]),
];

impl WorkoutGroup {
    /// Returns the group of a workout, from its activity and its tags.
    pub fn of(sequence: &Sequence) -> WorkoutGroup {
        match sequence.activity {
            Activity::Strength => WorkoutGroup::Strength,
            Activity::Other => WorkoutGroup::Breaks,
            Activity::Run => WorkoutGroup::of_tags(&sequence.tags),
        }
    }

    /// Returns the group that tags give a run.
    pub(super) fn of_tags(tags: &[impl AsRef<str>]) -> WorkoutGroup {
        let has =
            |known: &[&str]| tags.iter().any(|tag| known.contains(&tag.as_ref().to_lowercase().as_str()));
        TAGS.iter().find(|(_, known)| has(known)).map_or(WorkoutGroup::Other, |(group, _)| *group)
    }

    /// The name of the group for other programs, which never changes.
    pub const fn key(self) -> &'static str {
        match self {
            WorkoutGroup::Intervals => "intervals",
            WorkoutGroup::Tempo => "tempo",
            WorkoutGroup::Easy => "easy",
            WorkoutGroup::Long => "long",
            WorkoutGroup::Hills => "hills",
            WorkoutGroup::Beginner => "beginner",
            WorkoutGroup::Strength => "strength",
            WorkoutGroup::Breaks => "breaks",
            WorkoutGroup::Race => "race",
            WorkoutGroup::Other => "other",
        }
    }

    /// The heading of the group in a list.
    pub const fn heading(self) -> &'static str {
        match self {
            WorkoutGroup::Intervals => "Intervals and speed",
            WorkoutGroup::Tempo => "Tempo and progression",
            WorkoutGroup::Easy => "Easy",
            WorkoutGroup::Long => "Long",
            WorkoutGroup::Hills => "Hills",
            WorkoutGroup::Beginner => "Beginner",
            WorkoutGroup::Strength => "Strength",
            WorkoutGroup::Breaks => "Small breaks",
            WorkoutGroup::Race => "Races and tests",
            WorkoutGroup::Other => "Other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, compile_file};

    fn group(name: &str) -> WorkoutGroup {
        let workout = crate::library::built_in().into_iter().find(|w| w.name == name).unwrap();
        WorkoutGroup::of(&compile_file(&workout.source(), None, &Options::default()).unwrap().sequence)
    }

    #[test]
    fn a_runner_finds_each_kind_of_workout_in_its_group() {
        for (name, expected) in [
            ("10x400", WorkoutGroup::Intervals),
            ("strides-4x20", WorkoutGroup::Intervals),
            ("mona-fartlek", WorkoutGroup::Intervals),
            ("cruise-intervals", WorkoutGroup::Tempo),
            ("out-and-back", WorkoutGroup::Tempo),
            ("recovery-jog", WorkoutGroup::Easy),
            ("long-run-fast-finish", WorkoutGroup::Long),
            ("hill-repeats", WorkoutGroup::Hills),
            ("couch-to-5k-week-1", WorkoutGroup::Beginner),
            ("5k-time-trial", WorkoutGroup::Race),
            ("strength-a", WorkoutGroup::Strength),
            ("walk-2min", WorkoutGroup::Breaks),
        ] {
            assert_eq!(group(name), expected, "{name}");
        }
    }

    #[test]
    fn every_built_in_workout_has_a_group_and_a_title() {
        for workout in crate::library::built_in() {
            assert_ne!(workout.group(), WorkoutGroup::Other, "{}", workout.name);
            assert_eq!(workout.group(), group(workout.name), "{}", workout.name);
            let compiled = compile_file(&workout.source(), None, &Options::default()).unwrap();
            assert_eq!(workout.title(), compiled.sequence.name);
        }
    }

    #[test]
    fn unknown_tags_and_strength_have_their_groups() {
        assert_eq!(WorkoutGroup::of_tags(&["tuesday".to_string()]), WorkoutGroup::Other);
        assert_eq!(WorkoutGroup::of_tags(&["Hills".to_string()]), WorkoutGroup::Hills);
        let strength = crate::workout::compile_file(
            &crate::workout::SourceText::new(
                "s",
                "name = \"A\"\nactivity = \"strength\"\nsteps = \"3×(40s 'plank', 20s rest)\"\n",
            ),
            None,
            &Options::default(),
        );
        assert_eq!(WorkoutGroup::of(&strength.unwrap().sequence), WorkoutGroup::Strength);
    }
}
