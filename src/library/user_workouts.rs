//! The user's own workouts: a folder with one file for each. Nothing here overwrites a file.

use super::{LibraryError, LibraryWorkout, WorkoutOrigin};
use crate::atomic_file::{self, move_file};
use crate::folders;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

/// The most characters in a name, so that it fits in a list.
const LONGEST_NAME: usize = 60;

/// The folder: `workouts` in our folder for data. `None` if there is no home directory.
pub fn folder() -> Option<PathBuf> {
    Some(folders::data()?.join("workouts"))
}

/// Lists the workouts in a folder: its `.toml` files, except hidden ones, and whatever else has such a name. A missing folder has none.
pub fn list(folder: &Path) -> Vec<LibraryWorkout> {
    let Ok(files) = fs::read_dir(folder) else {
        return Vec::new();
    };
    files.filter_map(|file| workout(&file.ok()?)).collect()
}

fn workout(file: &DirEntry) -> Option<LibraryWorkout> {
    let name = file.file_name();
    let name = name.to_string_lossy();
    let name = name.strip_suffix(".toml").filter(|n| !n.is_empty() && !n.starts_with('.'))?;
    let path = file.path();
    // The folder itself says what a file is, so that a thousand of them are not looked at one by one. Links are followed.
    let is_folder = match file.file_type() {
        Ok(kind) if !kind.is_symlink() => kind.is_dir(),
        _ => path.is_dir(),
    };
    // A broken link or a pipe is listed, and reading it reports the problem.
    let workout =
        || LibraryWorkout { name: name.to_string(), origin: WorkoutOrigin::Mine { path, shadows: false } };
    (!is_folder).then(workout)
}

/// The folder of deleted workouts: `trash` in our folder for data.
pub fn trash() -> Option<PathBuf> {
    Some(folders::data()?.join("trash"))
}

/// Writes a new workout file and returns its path.
///
/// # Errors
/// If the name is taken or not valid, or the file cannot be written.
pub fn create(folder: &Path, name: &str, text: &str) -> Result<PathBuf, LibraryError> {
    place(folder, &file_name(name)?, |path| {
        folders::create_private(folder)?;
        atomic_file::create(path, text)
    })
}

/// Renames a workout file in `folder` and returns its new path.
///
/// # Errors
/// If the name is taken or not valid, or the file cannot be renamed.
pub fn rename(folder: &Path, file: &Path, to: &str) -> Result<PathBuf, LibraryError> {
    place(folder, &file_name(to)?, |path| move_file(file, path))
}

/// Lets `put` put a file into a folder, under a workout's name.
pub(super) fn place(
    folder: &Path,
    name: &str,
    put: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<PathBuf, LibraryError> {
    let path = folder.join(format!("{name}.toml"));
    match put(&path) {
        Ok(()) => Ok(path),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            let problem = format!("you already have a workout called `{name}`");
            Err(LibraryError::new(problem, "choose another name"))
        }
        Err(e) => {
            let problem = format!("cannot write `{}`: {e}", path.display());
            Err(LibraryError::new(problem, "check the folder's permissions"))
        }
    }
}

/// Converts a name to the name of its file: spaces become hyphens.
///
/// # Errors
/// If the name could not be typed on the command line.
pub fn file_name(name: &str) -> Result<String, LibraryError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let invalid = name.chars().find(|c| !c.is_alphanumeric() && !"-_".contains(*c));
    let problem = match invalid {
        Some(c) => format!("a name cannot contain `{}`", crate::text::shown(c)),
        None if !name.chars().any(char::is_alphabetic) => "a name needs a letter".to_string(),
        None if name.chars().count() > LONGEST_NAME => {
            format!("a name has at most {LONGEST_NAME} characters")
        }
        None => return Ok(name),
    };
    if let Some(plain) = name.strip_suffix(".toml").filter(|plain| file_name(plain).is_ok()) {
        return Err(LibraryError::new(
            problem,
            format!("write `{plain}`: the file gets its ending by itself"),
        ));
    }
    Err(LibraryError::new(problem, "use letters, digits and hyphens, such as tuesday-hills"))
}

/// The text of a new workout: one that runs, with a summary of the language.
pub fn template(name: &str) -> String {
    include_str!("template.toml").replace("NAME", &crate::text::clean(name).replace(['"', '\\'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_file};

    #[test]
    fn the_template_compiles() {
        let text = template("tuesday \"hills\"");
        let compiled = compile_file(&SourceText::new("new", text.as_str()), None, &Options::default());
        assert_eq!(compiled.unwrap().sequence.name, "tuesday hills");
        assert!(text.lines().all(|l| l.chars().count() <= 80), "fits a terminal");
    }

    #[test]
    fn every_example_in_the_template_compiles() {
        let text = template("x");
        let examples = text.lines().filter_map(|l| l.strip_prefix("#   "));
        let lines: Vec<&str> = examples.map(|l| l.split("   ").next().unwrap().trim()).collect();
        assert!(lines.len() >= 10);
        for line in lines {
            let compiled = crate::workout::compile_notation(
                &SourceText::new("template", line),
                None,
                &Options::default(),
            );
            assert!(compiled.is_ok(), "{line}: {:?}", compiled.err());
        }
    }

    #[test]
    fn accepts_names_that_can_be_typed() {
        assert_eq!(file_name(" Tuesday hills ").unwrap(), "Tuesday-hills");
        assert_eq!(file_name("Mårtens 5k_träning").unwrap(), "Mårtens-5k_träning");
        for invalid in ["", "  ", "../up", "a/b", ".hidden", "a.toml", "60", "a\u{1b}b", &"x".repeat(61)] {
            assert!(file_name(invalid).is_err(), "{invalid:?}");
        }
    }

    #[test]
    fn does_not_overwrite_a_workout() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/inside");
        let path = create(&folder, "mine", "first").unwrap();
        assert!(create(&folder, "mine", "second").unwrap_err().problem.contains("already"));
        assert_eq!(fs::read_to_string(path).unwrap(), "first");
    }

    #[test]
    fn renames_a_workout_and_overwrites_none() {
        let home = tempfile::tempdir().unwrap();
        let a = create(home.path(), "a", "first").unwrap();
        create(home.path(), "b", "second").unwrap();
        assert!(rename(home.path(), &a, "b").unwrap_err().problem.contains("already"));
        assert!(rename(home.path(), &a, "../c").is_err());
        let c = rename(home.path(), &a, "hill day").unwrap();
        assert_eq!(fs::read_to_string(c).unwrap(), "first");
        let names: Vec<String> = list(home.path()).into_iter().map(|e| e.name).collect();
        assert!(names.contains(&"hill-day".to_string()) && names.contains(&"b".to_string()));
        assert_eq!(names.len(), 2);
    }

    #[test]
    fn lists_only_workouts() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(list(&home.path().join("nowhere")), []);
        for file in ["b.toml", ".b.toml", "notes.txt", ".toml", "b.toml~"] {
            fs::write(home.path().join(file), "x").unwrap();
        }
        fs::create_dir(home.path().join("folder.toml")).unwrap();
        let names: Vec<String> = list(home.path()).into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["b"]);
    }
}
