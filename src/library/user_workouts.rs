//! The user's own workouts: a folder of files, one workout each. Nothing here ever writes over a file.

use super::{LibraryWorkout, NotFound, WorkoutOrigin, not_found};
use etcetera::BaseStrategy;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A name longer than this is no help in a list.
const LONGEST_NAME: usize = 60;

/// Where they are: `pacebell/workouts` under the system's folder for data (`$XDG_DATA_HOME`, else
/// `~/.local/share`, on Linux and macOS). Nothing where there is no home directory.
pub fn folder() -> Option<PathBuf> {
    Some(data_home()?.join("pacebell").join("workouts"))
}

/// Where programs keep what belongs to the user.
pub(super) fn data_home() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    set.or_else(|| etcetera::choose_base_strategy().ok().map(|s| s.data_dir()))
}

/// The workouts in a folder: its files that end in `.toml` and are not hidden. A folder that is not there has none.
pub fn list(folder: &Path) -> Vec<LibraryWorkout> {
    let Ok(files) = fs::read_dir(folder) else {
        return Vec::new();
    };
    files.filter_map(|file| item(file.ok()?.path())).collect()
}

fn item(path: PathBuf) -> Option<LibraryWorkout> {
    let file = path.file_name()?.to_string_lossy().into_owned();
    let name = file.strip_suffix(".toml").filter(|n| !n.is_empty() && !n.starts_with('.'))?;
    // What a link points to counts. A link to nowhere is listed, and reading it says what is wrong; a pipe would
    // have to be waited for.
    let stamp = match fs::metadata(&path) {
        Ok(data) if !data.is_file() => return None,
        Ok(data) => data.modified().ok().map(|at| (at, data.len())),
        Err(_) => None,
    };
    Some(LibraryWorkout {
        name: name.to_string(),
        origin: WorkoutOrigin::Mine { path, shadows: false, stamp },
    })
}

/// Writes a new workout with this text into the folder, and says where it is.
///
/// # Errors
/// Where the name is no name for a file, is taken, or the system will not have it.
pub fn create(folder: &Path, name: &str, text: &str) -> Result<PathBuf, NotFound> {
    let path = folder.join(format!("{}.toml", file_name(name)?));
    let write = || {
        fs::create_dir_all(folder)?;
        OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(text.as_bytes())
    };
    match write() {
        Ok(()) => Ok(path),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            Err(not_found(format!("you have a workout called `{name}` already"), "choose another name"))
        }
        Err(e) => Err(not_found(
            format!("`{}` cannot be written: {e}", path.display()),
            "check the folder's permissions",
        )),
    }
}

/// A name as its file has it: spaces become hyphens.
///
/// # Errors
/// Where it is no name that could be typed on the command line, and so no file's.
pub fn file_name(name: &str) -> Result<String, NotFound> {
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let odd = name.chars().find(|c| !c.is_alphanumeric() && !"-_".contains(*c));
    let complaint = match odd {
        Some(c) => format!("a name cannot hold `{}`", crate::text::shown(c)),
        None if !name.chars().any(char::is_alphabetic) => "a name needs a letter".to_string(),
        None if name.chars().count() > LONGEST_NAME => {
            format!("a name has at most {LONGEST_NAME} characters")
        }
        None => return Ok(name),
    };
    Err(not_found(complaint, "use letters, digits and hyphens, such as tuesday-hills"))
}

/// The text of a new workout: one that runs, and the language on a page.
pub fn template(name: &str) -> String {
    include_str!("template.toml").replace("NAME", &crate::text::clean(name).replace(['"', '\\'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_file};

    #[test]
    fn a_new_workout_runs_as_it_is() {
        let text = template("tuesday \"hills\"");
        let compiled = compile_file(&SourceText::new("new", text.as_str()), None, &Options::default());
        assert_eq!(compiled.unwrap().sequence.name, "tuesday hills");
        assert!(text.lines().all(|l| l.chars().count() <= 80), "it is read in a terminal");
    }

    #[test]
    fn every_example_on_the_page_is_the_language() {
        let text = template("x");
        let examples = text.lines().filter_map(|l| l.strip_prefix("#   "));
        let lines: Vec<&str> = examples.map(|l| l.split("   ").next().unwrap().trim()).collect();
        assert!(lines.len() >= 10);
        for line in lines {
            let compiled =
                crate::workout::compile_notation(&SourceText::new("page", line), None, &Options::default());
            assert!(compiled.is_ok(), "{line}: {:?}", compiled.err());
        }
    }

    #[test]
    fn a_name_is_one_that_can_be_typed() {
        assert_eq!(file_name(" Tuesday hills ").unwrap(), "Tuesday-hills");
        assert_eq!(file_name("Mårtens 5k_träning").unwrap(), "Mårtens-5k_träning");
        for bad in ["", "  ", "../up", "a/b", ".hidden", "a.toml", "60", "a\u{1b}b", &"x".repeat(61)] {
            assert!(file_name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn nothing_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/inside");
        let path = create(&folder, "mine", "first").unwrap();
        assert!(create(&folder, "mine", "second").unwrap_err().problem.contains("already"));
        assert_eq!(fs::read_to_string(path).unwrap(), "first");
    }

    #[test]
    fn only_workouts_are_listed_and_a_missing_folder_is_empty() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(list(&home.path().join("nowhere")), []);
        for file in ["b.toml", ".b.toml", "notes.txt", ".toml", "b.toml~"] {
            fs::write(home.path().join(file), "x").unwrap();
        }
        fs::create_dir(home.path().join("folder.toml")).unwrap();
        let names: Vec<String> = list(home.path()).into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["b"]);
    }

    #[test]
    fn a_file_that_changes_makes_another_item() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("b.toml");
        fs::write(&file, "one").unwrap();
        let before = list(home.path());
        assert_eq!(before, list(home.path()));
        fs::write(&file, "three").unwrap();
        assert_ne!(before, list(home.path()));
    }
}
