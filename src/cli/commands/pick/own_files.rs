//! Copies, renames and deletes the user's own workouts, and undoes it.

use crate::cli::editor::{self, OwnFile};
use crate::library::{LibraryError, LibraryWorkout, WorkoutOrigin, trash, user_workouts};
use std::path::Path;

/// A change of the user's workouts, with the names of workouts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FileChange {
    /// This copy was made.
    Copied(String),
    /// A workout was renamed.
    Renamed { from: String, to: String },
    /// A workout was deleted. The trash knows which.
    Deleted,
}

/// The result of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// The workout to mark, if there is one.
    pub name: Option<String>,
    /// A message for the runner.
    pub message: String,
}

/// The changes that can be undone.
#[derive(Default)]
pub struct FileChanges {
    done: Vec<FileChange>,
}

impl FileChanges {
    /// Copies a workout to one of the user's own.
    ///
    /// # Errors
    /// If the name is taken or not valid, or a file cannot be read or written.
    pub fn copy(&mut self, workout: &LibraryWorkout, to: &str) -> Result<ChangedFile, LibraryError> {
        let text = workout.source()?.text;
        let OwnFile { name, .. } = editor::new_file_with(to, &text)?;
        self.done.push(FileChange::Copied(name.clone()));
        let message = format!("copied `{}` to `{name}`", workout.name);
        Ok(ChangedFile { name: Some(name), message })
    }

    /// Renames a workout of the user's.
    ///
    /// # Errors
    /// If the name is taken or not valid, or the file cannot be renamed.
    pub fn rename(&mut self, workout: &LibraryWorkout, to: &str) -> Result<ChangedFile, LibraryError> {
        let from = workout.name.clone();
        let to = user_workouts::file_name(to)?;
        if from == to {
            return Ok(ChangedFile { name: Some(to), message: String::new() });
        }
        user_workouts::rename(&editor::folder()?, own_path(workout)?, &to)?;
        self.done.push(FileChange::Renamed { from: from.clone(), to: to.clone() });
        Ok(ChangedFile { message: format!("renamed `{from}` to `{to}`"), name: Some(to) })
    }

    /// Deletes a workout of the user's. `undo_key` undoes it.
    ///
    /// # Errors
    /// If the file cannot be moved.
    pub fn delete(&mut self, workout: &LibraryWorkout, undo_key: &str) -> Result<ChangedFile, LibraryError> {
        trash::delete(&trash_folder()?, &workout.name, own_path(workout)?)?;
        self.done.push(FileChange::Deleted);
        Ok(ChangedFile { name: None, message: format!("deleted `{}`: {undo_key} restores it", workout.name) })
    }

    /// Undoes the latest change, or restores the workout that was deleted last, perhaps days ago.
    ///
    /// # Errors
    /// If a name is taken by now, or a file cannot be moved. The change can still be undone later.
    pub fn undo(&mut self, workouts: &[LibraryWorkout]) -> Result<ChangedFile, LibraryError> {
        let find = |name: &str| {
            let own = workouts.iter().find(|workout| workout.name == name && workout.is_mine());
            own.ok_or_else(|| {
                LibraryError::new(format!("`{name}` no longer exists"), "there is nothing to undo")
            })
        };
        let change = self.done.pop();
        let undone = match change.as_ref().unwrap_or(&FileChange::Deleted) {
            FileChange::Copied(name) => find(name).and_then(|workout| {
                trash::delete(&trash_folder()?, name, own_path(workout)?)?;
                Ok(ChangedFile { name: None, message: format!("removed the copy `{name}`") })
            }),
            FileChange::Renamed { from, to } => find(to).and_then(|workout| {
                user_workouts::rename(&editor::folder()?, own_path(workout)?, from)?;
                Ok(ChangedFile { name: Some(from.clone()), message: format!("`{to}` is `{from}` again") })
            }),
            FileChange::Deleted => restore(),
        };
        if undone.is_err() {
            self.done.extend(change);
        }
        undone
    }
}

fn restore() -> Result<ChangedFile, LibraryError> {
    let name = trash::restore(&trash_folder()?, &editor::folder()?)?;
    let message = match &name {
        Some(name) => format!("restored `{name}`"),
        None => "there is nothing to undo".to_string(),
    };
    Ok(ChangedFile { name, message })
}

fn trash_folder() -> Result<std::path::PathBuf, LibraryError> {
    user_workouts::trash().ok_or_else(editor::no_home)
}

fn own_path(workout: &LibraryWorkout) -> Result<&Path, LibraryError> {
    match &workout.origin {
        WorkoutOrigin::Mine { path, .. } => Ok(path),
        WorkoutOrigin::BuiltIn(_) => {
            Err(LibraryError::new(format!("`{}` is built in", workout.name), "copy it first"))
        }
    }
}
