//! A program that works for this one, and ends with it.

use std::io;
use std::process::{Child, Command, ExitStatus};

/// A running program with a process group of its own: Ctrl-C and Ctrl-Z in the terminal do not reach it. Dropping this
/// ends the program and whatever it has started itself.
#[derive(Debug)]
pub struct Helper {
    /// The program itself.
    pub child: Child,
    has_ended: bool,
}

impl Helper {
    /// Starts a program.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn(command: &mut Command) -> io::Result<Helper> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command.spawn().map(|child| Helper { child, has_ended: false })
    }

    /// Limits the size of the files that the program writes, in bytes. Only Linux can.
    pub fn limit_file_size(&self, bytes: u64) {
        #[cfg(target_os = "linux")]
        if let Some(process) = self.process() {
            use rustix::process::{Resource, Rlimit, prlimit};
            let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
            // Fails if the program has just ended.
            let _ = prlimit(Some(process), Resource::Fsize, limit);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = bytes;
    }

    /// Ends the program and all that it has started. Returns the status with which it ended by itself, if it did.
    ///
    /// # Errors
    /// If the system does not tell the status.
    pub fn end(&mut self) -> io::Result<ExitStatus> {
        self.kill_all();
        self.has_ended = true;
        self.child.wait()
    }

    #[cfg(unix)]
    fn process(&self) -> Option<rustix::process::Pid> {
        rustix::process::Pid::from_raw(i32::try_from(self.child.id()).ok()?)
    }

    /// Kills the process group. It outlives its first process for as long as any other is in it.
    fn kill_all(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.process() {
            // Fails if all of them have ended.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // Once it was waited for, its number may belong to another program.
        if !self.has_ended {
            let _ = self.end();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    #[test]
    fn ends_along_with_all_that_it_has_started() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo started; sleep 600"]).stdout(Stdio::piped());
        let mut helper = Helper::spawn(&mut command).unwrap();
        let mut output = helper.child.stdout.take().unwrap();
        let mut started = [0; 8];
        output.read_exact(&mut started).unwrap();
        drop(helper);
        // The pipe ends when the last process that holds it has ended.
        assert_eq!(output.read(&mut started).unwrap(), 0);
    }
}
