//! The user's own copy of a workout in the user's own editor.

use crate::library::{LibraryError, LibraryWorkout, WorkoutOrigin, user_workouts};
use crate::runtime;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// The editor that the user has chosen: `$VISUAL`, else `$EDITOR`.
pub struct Editor {
    command: String,
}

impl Editor {
    /// The one that is set; what to set, where none is.
    pub fn of_the_user() -> Result<Self, String> {
        let set = |name| std::env::var(name).ok().filter(|command| !command.trim().is_empty());
        match set("VISUAL").or_else(|| set("EDITOR")) {
            Some(command) => Ok(Editor { command }),
            None => Err("no editor is set: put `export EDITOR=nano` into your shell's profile, \
                         or any editor you like"
                .to_string()),
        }
    }

    /// Waits until the user has left the editor. It has the terminal meanwhile, which must have been given back.
    /// What became of it, where there is something to say.
    ///
    /// # Errors
    /// Where there is no such editor. A file that was made for it is taken away again.
    pub fn open(&self, file: &OwnFile) -> Result<Option<String>, String> {
        let ended = self.run(&file.path);
        if ended.is_err() && file.is_new {
            // What stays is a copy that nobody asked to keep, and nothing is lost.
            let _ = std::fs::remove_file(&file.path);
        }
        ended
    }

    fn run(&self, file: &Path) -> Result<Option<String>, String> {
        let ended = runtime::lend_terminal(|| self.command(file).status());
        let name = &self.command;
        match ended.as_ref().map(ExitStatus::code) {
            Ok(Some(0)) => Ok(None),
            // What a shell answers that finds no such program.
            Ok(Some(126 | 127)) | Err(_) => {
                Err(format!("`{name}` cannot be started: set EDITOR to an editor that is there"))
            }
            Ok(Some(status)) => Ok(Some(format!("`{name}` ended with status {status}"))),
            Ok(None) => Ok(Some(format!("`{name}` was ended by a signal"))),
        }
    }

    /// A shell reads the command: it may have arguments of its own, and quotes.
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

/// A file in the user's folder.
pub struct OwnFile {
    /// What the list calls it.
    pub name: String,
    path: PathBuf,
    /// It was made for the editor.
    is_new: bool,
}

/// The user's file of this workout; of a built-in one a copy is made.
pub fn own_copy(workout: &LibraryWorkout) -> Result<OwnFile, LibraryError> {
    let name = &workout.name;
    let (path, is_new) = match &workout.origin {
        WorkoutOrigin::Mine { path, .. } => (path.clone(), false),
        WorkoutOrigin::BuiltIn(entry) => (user_workouts::create(&folder()?, name, entry.text)?, true),
    };
    Ok(OwnFile { name: name.clone(), path, is_new })
}

/// A new file for a workout of this name.
pub fn new_file(name: &str) -> Result<OwnFile, LibraryError> {
    let name = user_workouts::file_name(name)?;
    let path = user_workouts::create(&folder()?, &name, &user_workouts::template(&name))?;
    Ok(OwnFile { name, path, is_new: true })
}

fn folder() -> Result<PathBuf, LibraryError> {
    user_workouts::folder().ok_or_else(|| LibraryError {
        problem: "there is no home directory to keep workouts in".to_string(),
        help: "set XDG_DATA_HOME to a folder of yours".to_string(),
    })
}
