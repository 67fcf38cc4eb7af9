//! The library's workouts by their names, for the plans that name them.

use super::LibraryWorkout;
use crate::diagnostic::SourceText;
use crate::plan::WorkoutLookup;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

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

/// The library's workouts, with a record of those that were looked up: a plan that is started keeps them.
#[derive(Debug, Default)]
pub struct RecordedWorkouts {
    library: NamedWorkouts,
    found: RefCell<BTreeMap<String, String>>,
}

impl RecordedWorkouts {
    /// Returns the texts of the workouts that were looked up, by their names.
    pub fn into_found(self) -> BTreeMap<String, String> {
        self.found.into_inner()
    }
}

impl WorkoutLookup for RecordedWorkouts {
    fn workout(&self, name: &str) -> Option<SourceText> {
        let found = self.library.workout(name)?;
        self.found.borrow_mut().insert(name.to_string(), found.text.to_string());
        Some(found)
    }

    fn names(&self) -> Vec<String> {
        self.library.names()
    }
}

/// The workouts that a plan kept when it was started or last updated.
#[derive(Clone, Copy, Debug)]
pub struct KeptWorkouts<'a>(pub &'a BTreeMap<String, String>);

impl WorkoutLookup for KeptWorkouts<'_> {
    fn workout(&self, name: &str) -> Option<SourceText> {
        self.0.get(name).map(|text| SourceText::new(format!("{name}.toml"), text.as_str()))
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
