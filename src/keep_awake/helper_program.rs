//! A program that keeps the machine awake for as long as it runs.

use super::KeepAwakeError;
use crate::programs::{self, Helper};
use std::process::{Command, Stdio};

/// Starts `caffeinate`, which is part of macOS. It keeps both the system and the display awake, and ends along with this
/// process.
///
/// # Errors
/// If it cannot be started.
pub fn start() -> Result<Helper, KeepAwakeError> {
    let program = programs::find("caffeinate").unwrap_or_else(|| "/usr/bin/caffeinate".into());
    run(Command::new(program).args(["-di", "-w", &std::process::id().to_string()]))
}

fn run(command: &mut Command) -> Result<Helper, KeepAwakeError> {
    // The program must not touch the terminal.
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Helper::spawn(command).map_err(|error| KeepAwakeError::HelperFailed {
        program: command.get_program().display().to_string(),
        words: error.to_string(),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_program_runs_until_it_is_dropped() {
        let helper = run(Command::new("sleep").arg("600")).unwrap();
        let id = helper.child.id().to_string();
        let is_running =
            || Command::new("kill").args(["-0", &id]).stderr(Stdio::null()).status().unwrap().success();
        assert!(is_running());
        drop(helper);
        assert!(!is_running());
    }

    #[test]
    fn the_error_names_a_program_that_is_missing() {
        let error = run(&mut Command::new("pacebell-no-such-program")).unwrap_err();
        assert!(error.to_string().starts_with("pacebell-no-such-program does not run"), "{error}");
    }
}
