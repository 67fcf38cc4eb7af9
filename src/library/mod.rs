//! The library: the built-in workouts and the user's own.

mod built_in_plans;
mod file_stamp;
mod find_workout;
pub mod foreign_file;
mod group;
pub mod recent;
mod text_file;
pub mod trash;
pub mod user_plans;
pub mod user_workouts;
mod workout_names;

pub use built_in_plans::{BUILT_IN_PLANS, BuiltInPlan};
pub use file_stamp::FileStamp;
pub use find_workout::{NOTATION, WorkoutSource, find, meant_name, name_of};
pub use group::WorkoutGroup;
pub use text_file::{LONGEST, LibraryError, read_file};
pub use workout_names::{KeptWorkouts, NamedWorkouts, RecordedWorkouts};

use crate::diagnostic::SourceText;
use include_dir::{Dir, File, include_dir};
use std::collections::BTreeMap;
use std::path::PathBuf;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/workouts");

/// A workout that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInWorkout {
    /// The name to run it by: its file's name without `.toml`.
    pub name: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

impl BuiltInWorkout {
    /// The text of the file, with the file's name for errors.
    pub fn source(&self) -> SourceText {
        SourceText::new(format!("{}.toml", self.name), self.text)
    }

    /// The title in the file. It is read without the rest of the file, so that a list can be drawn at once.
    pub fn title(&self) -> &'static str {
        quoted(self.line_of("name")).next().unwrap_or(self.name)
    }

    /// The group that the activity and the tags in the file give. They are read without the rest of the file.
    pub fn group(&self) -> WorkoutGroup {
        match quoted(self.line_of("activity")).next() {
            Some("strength") => return WorkoutGroup::Strength,
            Some("other") => return WorkoutGroup::Breaks,
            _ => {}
        }
        let tags: Vec<&str> = quoted(self.line_of("tags")).collect();
        WorkoutGroup::of_tags(&tags)
    }

    /// The value of a key that has a line of its own.
    fn line_of(&self, key: &str) -> &'static str {
        let value = |line: &'static str| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then_some(value)
        };
        self.text.lines().find_map(value).unwrap_or_default()
    }
}

/// A workout of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryWorkout {
    /// The name to run it by: its file's name without `.toml`.
    pub name: String,
    /// The place that it comes from.
    pub origin: WorkoutOrigin,
}

/// The place that a workout comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkoutOrigin {
    /// The program.
    BuiltIn(BuiltInWorkout),
    /// A file in the user's folder.
    Mine {
        /// The path of the file.
        path: PathBuf,
        /// True if it replaces a built-in workout of the same name.
        shadows: bool,
    },
}

impl LibraryWorkout {
    /// The text of the file, with the file's name for errors.
    ///
    /// # Errors
    /// If the user's file cannot be read as text.
    pub fn source(&self) -> Result<SourceText, LibraryError> {
        match &self.origin {
            WorkoutOrigin::BuiltIn(workout) => Ok(workout.source()),
            WorkoutOrigin::Mine { path, .. } => read_file(&path.display().to_string(), path),
        }
    }

    /// True for the user's own workout.
    pub fn is_mine(&self) -> bool {
        matches!(self.origin, WorkoutOrigin::Mine { .. })
    }

    /// True for the user's own workout that replaces a built-in one.
    pub fn shadows(&self) -> bool {
        matches!(self.origin, WorkoutOrigin::Mine { shadows: true, .. })
    }
}

/// The texts between quotation marks.
fn quoted(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split('"').skip(1).step_by(2)
}

/// The built-in workouts, sorted by name.
pub fn built_in() -> Vec<BuiltInWorkout> {
    let workout = |file: &'static File<'static>| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".toml")?;
        Some(BuiltInWorkout { name, text: file.contents_utf8()? })
    };
    let mut all: Vec<BuiltInWorkout> = BUILT_IN.files().filter_map(workout).collect();
    all.sort_by_key(|workout| workout.name);
    all
}

/// The whole library, sorted by name. The user's workouts replace built-in ones of the same name.
pub fn all() -> Vec<LibraryWorkout> {
    merge(user_workouts::folder().map(|folder| user_workouts::list(&folder)).unwrap_or_default())
}

/// Merges the user's workouts with the built-in ones.
fn merge(mine: Vec<LibraryWorkout>) -> Vec<LibraryWorkout> {
    let built_in = built_in().into_iter().map(|workout| {
        let name = workout.name.to_string();
        (name.clone(), LibraryWorkout { name, origin: WorkoutOrigin::BuiltIn(workout) })
    });
    let mut all: BTreeMap<String, LibraryWorkout> = built_in.collect();
    for mut workout in mine {
        if let WorkoutOrigin::Mine { shadows, .. } = &mut workout.origin {
            *shadows = all.contains_key(&workout.name);
        }
        all.insert(workout.name.clone(), workout);
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workout in the user's folder.
    pub(super) fn mine(name: &str) -> LibraryWorkout {
        let origin = WorkoutOrigin::Mine { path: PathBuf::from(name), shadows: false };
        LibraryWorkout { name: name.to_string(), origin }
    }

    #[test]
    fn a_users_workout_replaces_the_built_in_one() {
        let library = merge(vec![mine("fifths"), mine("tuesday")]);
        let named = |name: &str| library.iter().filter(|workout| workout.name == name).collect::<Vec<_>>();
        assert_eq!(named("fifths").len(), 1);
        assert!(named("fifths")[0].is_mine() && named("fifths")[0].shadows());
        assert!(named("tuesday")[0].is_mine() && !named("tuesday")[0].shadows());
        assert!(!named("short-intervals")[0].is_mine());
    }
}
