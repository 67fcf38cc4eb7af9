//! Opens the user's own copy of a workout in the user's own editor.

use crate::library::{LibraryError, LibraryWorkout, WorkoutOrigin, user_workouts};
use crate::programs;
use crate::runtime;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// The editors to look for if the user has chosen none. On Debian, the first is the system's own choice.
const COMMON_EDITORS: [&str; 5] = ["editor", "nano", "vim", "vi", "notepad.exe"];

/// The editor that the user has chosen: `$VISUAL`, else `$EDITOR`, else one that is installed.
pub struct Editor {
    command: String,
}

impl Editor {
    /// Finds the editor in the environment.
    ///
    /// # Errors
    /// A sentence that says what to set, if there is none.
    pub fn of_the_user() -> Result<Self, String> {
        let variable = |name| std::env::var(name).ok().filter(|command| !command.trim().is_empty());
        let installed =
            || COMMON_EDITORS.iter().find(|name| programs::find(name).is_some()).map(|name| name.to_string());
        match variable("VISUAL").or_else(|| variable("EDITOR")).or_else(installed) {
            Some(command) => Ok(Editor { command }),
            None => Err("no editor was found: put `export EDITOR=nano`, or any other editor, into your \
                         shell's profile"
                .to_string()),
        }
    }

    /// Waits until the user has left the editor. Give the terminal back first. Returns a message if the editor ended
    /// with an error of its own.
    ///
    /// # Errors
    /// A sentence that says so, if there is no such editor. A file that was created for it is removed again.
    pub fn open(&self, file: &OwnFile) -> Result<Option<String>, String> {
        let ended = self.run(&file.path);
        if ended.is_err() && file.is_new {
            // If this fails, a copy stays behind and nothing is lost.
            let _ = std::fs::remove_file(&file.path);
        }
        ended
    }

    /// Waits until the user has left the editor with a file that exists. Give the terminal back first. Returns a message if
    /// the editor ended with an error of its own.
    ///
    /// # Errors
    /// A sentence that says so, if there is no such editor.
    pub fn open_path(&self, file: &Path) -> Result<Option<String>, String> {
        self.run(file)
    }

    fn run(&self, file: &Path) -> Result<Option<String>, String> {
        let ended = runtime::lend_terminal(&mut self.command(file));
        let name = &self.command;
        match ended.as_ref().map(ExitStatus::code) {
            Ok(Some(0)) => Ok(None),
            // The shell's answer if it cannot find or run the program.
            Ok(Some(126 | 127)) | Err(_) => {
                Err(format!("`{name}` cannot be started: set EDITOR to an editor that is installed"))
            }
            Ok(Some(status)) => Ok(Some(format!("`{name}` ended with status {status}"))),
            Ok(None) => Ok(Some(format!("`{name}` was ended by a signal"))),
        }
    }

    /// Runs the command in a shell, because it may have arguments and quotes.
    #[cfg(unix)]
    fn command(&self, file: &Path) -> Command {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{} \"$@\"", self.command)).arg(&self.command).arg(file);
        shell
    }

    #[cfg(not(unix))]
    fn command(&self, file: &Path) -> Command {
        let mut words = self.command.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).arg(file);
        command
    }
}

/// A workout file in the user's folder.
pub struct OwnFile {
    /// The workout's name in the library.
    pub name: String,
    /// The path of the file.
    pub path: PathBuf,
    /// The file was created for the editor.
    is_new: bool,
}

/// Returns the user's file of this workout. A built-in one is copied first.
pub fn own_copy(workout: &LibraryWorkout) -> Result<OwnFile, LibraryError> {
    let name = &workout.name;
    let (path, is_new) = match &workout.origin {
        // An editor would wait for something to write to a pipe.
        WorkoutOrigin::Mine { path, .. } if std::fs::metadata(path).is_ok_and(|data| !data.is_file()) => {
            let problem = format!("{} is not a regular file", path.display());
            return Err(LibraryError::new(problem, "move it out of the way"));
        }
        WorkoutOrigin::Mine { path, .. } => (path.clone(), false),
        WorkoutOrigin::BuiltIn(entry) => (user_workouts::create(&folder()?, name, entry.text)?, true),
    };
    Ok(OwnFile { name: name.clone(), path, is_new })
}

/// Creates a file for a new workout with this name.
pub fn new_file(name: &str) -> Result<OwnFile, LibraryError> {
    new_file_with(name, &user_workouts::template(&user_workouts::file_name(name)?))
}

/// Creates a file with this text for a new workout.
pub fn new_file_with(name: &str, text: &str) -> Result<OwnFile, LibraryError> {
    let name = user_workouts::file_name(name)?;
    let path = user_workouts::create(&folder()?, &name, text)?;
    Ok(OwnFile { name, path, is_new: true })
}

/// Returns the folder of the user's workouts.
pub fn folder() -> Result<PathBuf, LibraryError> {
    user_workouts::folder().ok_or_else(no_home)
}

/// The error if there is no home directory.
pub fn no_home() -> LibraryError {
    LibraryError {
        problem: "there is no home directory to keep workouts in".to_string(),
        help: "set XDG_DATA_HOME to one of your folders".to_string(),
    }
}
