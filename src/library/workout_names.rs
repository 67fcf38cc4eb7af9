//! The library's workouts by their names, for the plans that name them.

use super::LibraryWorkout;
use crate::diagnostic::SourceText;
use crate::plan::WorkoutLookup;
use std::cell::OnceCell;

/// The workouts of the library. The user's folder is read once, when the first workout is looked up.
#[derive(Debug, Default)]
pub struct NamedWorkouts {
    all: OnceCell<Vec<LibraryWorkout>>,
}

impl NamedWorkouts {
    fn all(&self) -> &[LibraryWorkout] {
        self.all.get_or_init(super::all)
    }
}

impl WorkoutLookup for NamedWorkouts {
    fn workout(&self, name: &str) -> Option<SourceText> {
        self.all().iter().find(|workout| workout.name == name)?.source().ok()
    }

    fn names(&self) -> Vec<String> {
        self.all().iter().map(|workout| workout.name.clone()).collect()
    }
}
