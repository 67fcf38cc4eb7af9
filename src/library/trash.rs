//! Deleted workouts of the user's, which can be restored: a folder beside that of the workouts.
//!
//! A file in it is named after its number and the workout, such as `12.tuesday.toml`. The latest have the highest numbers.

use super::LibraryError;
use super::user_workouts::place;
use crate::atomic_file::move_file;
use crate::folders;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most deleted workouts that are kept.
pub const MOST_KEPT: usize = 50;

/// A deleted workout.
struct DeletedWorkout {
    number: u64,
    name: String,
    path: PathBuf,
}

/// Moves a workout file of the user's to the trash. The oldest files in it make room.
///
/// # Errors
/// If the file cannot be moved. It then stays where it is.
pub fn delete(trash: &Path, name: &str, file: &Path) -> Result<(), LibraryError> {
    let kept = list(trash);
    let number = kept.last().map_or(1, |last| last.number + 1);
    let move_away = || {
        folders::create_private(trash)?;
        move_file(file, &trash.join(format!("{number}.{name}.toml")))
    };
    move_away().map_err(|error| refused("delete", name, &error))?;
    for old in kept.iter().take((kept.len() + 1).saturating_sub(MOST_KEPT)) {
        // Room is a convenience; the next deletion tries again.
        let _ = fs::remove_file(&old.path);
    }
    Ok(())
}

/// Moves the latest deleted workout back to the user's workouts, and returns its name. Returns `None` if the trash is
/// empty.
///
/// # Errors
/// If the user has a workout of that name by now, or the file cannot be moved.
pub fn restore(trash: &Path, folder: &Path) -> Result<Option<String>, LibraryError> {
    let Some(last) = list(trash).pop() else { return Ok(None) };
    folders::create_private(folder).map_err(|error| refused("restore", &last.name, &error))?;
    place(folder, &last.name, |path| move_file(&last.path, path))?;
    Ok(Some(last.name))
}

fn refused(action: &str, name: &str, error: &io::Error) -> LibraryError {
    LibraryError::new(format!("cannot {action} `{name}`: {error}"), "check the folder's permissions")
}

/// Lists the deleted workouts, the latest last.
fn list(trash: &Path) -> Vec<DeletedWorkout> {
    let Ok(files) = fs::read_dir(trash) else { return Vec::new() };
    let deleted = |path: PathBuf| {
        let file = path.file_name()?.to_str()?.strip_suffix(".toml")?;
        let (number, name) = file.split_once('.')?;
        Some(DeletedWorkout { number: number.parse().ok()?, name: name.to_string(), path })
    };
    let mut all: Vec<DeletedWorkout> = files.filter_map(|file| deleted(file.ok()?.path())).collect();
    all.sort_by_key(|deleted| deleted.number);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_the_latest_first_and_overwrites_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (folder, trash) = (home.path().join("workouts"), home.path().join("trash"));
        fs::create_dir(&folder).unwrap();
        for (name, text) in [("a", "first"), ("b", "second"), ("a", "third")] {
            let file = folder.join(format!("{name}.toml"));
            fs::write(&file, text).unwrap();
            delete(&trash, name, &file).unwrap();
            assert!(!file.exists());
        }
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(restore(&trash, &folder).unwrap().as_deref(), Some("a"));
        assert_eq!(text("a.toml"), "third");
        assert_eq!(restore(&trash, &folder).unwrap().as_deref(), Some("b"));
        // The first `a` does not replace the third.
        assert!(restore(&trash, &folder).unwrap_err().problem.contains("already"));
        assert_eq!(text("a.toml"), "third");
        fs::remove_file(folder.join("a.toml")).unwrap();
        assert_eq!(restore(&trash, &folder).unwrap().as_deref(), Some("a"));
        assert_eq!(text("a.toml"), "first");
        assert_eq!(restore(&trash, &folder).unwrap(), None);
    }

    #[test]
    fn keeps_the_latest() {
        let home = tempfile::tempdir().unwrap();
        let trash = home.path().join("trash");
        for i in 0..MOST_KEPT + 7 {
            let file = home.path().join("w.toml");
            fs::write(&file, i.to_string()).unwrap();
            delete(&trash, "w", &file).unwrap();
        }
        let kept = list(&trash);
        assert_eq!(kept.len(), MOST_KEPT);
        assert_eq!(fs::read_to_string(&kept[0].path).unwrap(), "7");
    }
}
