//! Another program that keeps the machine awake as long as it runs.

use std::process::{Child, Command, Stdio};

/// That program, running; it ends when this is dropped.
#[derive(Debug)]
pub struct RunningHelper(Child);

impl Drop for RunningHelper {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `caffeinate`, which is there on every Mac: neither the system nor the display falls asleep. Should this
/// process end without a word, it ends too.
///
/// # Errors
/// Why it does not run.
pub fn hold() -> Result<Option<RunningHelper>, String> {
    run(Command::new("caffeinate").args(["-di", "-w", &std::process::id().to_string()]))
}

fn run(command: &mut Command) -> Result<Option<RunningHelper>, String> {
    // The terminal is not for it.
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(child) => Ok(Some(RunningHelper(child))),
        Err(e) => Err(format!("{} does not run: {e}", command.get_program().display())),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn it_runs_until_it_is_dropped() {
        let running = run(Command::new("sleep").arg("600")).unwrap().unwrap();
        let id = running.0.id().to_string();
        let runs =
            || Command::new("kill").args(["-0", &id]).stderr(Stdio::null()).status().unwrap().success();
        assert!(runs());
        drop(running);
        assert!(!runs());
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let why = run(&mut Command::new("pacebell-no-such-program")).unwrap_err();
        assert!(why.starts_with("pacebell-no-such-program does not run"), "{why}");
    }
}
