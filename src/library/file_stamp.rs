//! Tells a changed file from the one that was read.

use super::{LibraryWorkout, WorkoutOrigin};
use std::fs;
use std::time::SystemTime;

/// The state of a workout's file: as long as it stays the same, so does the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// The time of the last change and the length in bytes. `None` for a built-in workout, and for a file that the system
    /// says nothing about.
    changed: Option<(SystemTime, u64)>,
}

impl FileStamp {
    /// Asks the system about a workout's file. Links are followed.
    pub fn of(workout: &LibraryWorkout) -> FileStamp {
        let WorkoutOrigin::Mine { path, .. } = &workout.origin else {
            return FileStamp { changed: None };
        };
        let data = fs::metadata(path).ok();
        FileStamp { changed: data.and_then(|data| data.modified().ok().map(|at| (at, data.len()))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_longer_file_from_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hills.toml");
        fs::write(&path, "steps = '10min easy'").unwrap();
        let origin = WorkoutOrigin::Mine { path: path.clone(), shadows: false };
        let workout = LibraryWorkout { name: "hills".to_string(), origin };
        let before = FileStamp::of(&workout);
        assert_eq!(FileStamp::of(&workout), before);
        fs::write(&path, "steps = '10min hard, 5min easy'").unwrap();
        assert_ne!(FileStamp::of(&workout), before);
        fs::remove_file(&path).unwrap();
        assert_ne!(FileStamp::of(&workout), before);
    }
}
