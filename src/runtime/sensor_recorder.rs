//! Records what a sensor sends to a file.

use super::threads::start_thread;
use crate::sensors::{RecordedNews, SensorRecord, recording_heading};
use crate::units::Moment;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// The longest wait for the last lines at the end.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Writes a recording. A thread of its own waits for the disk.
#[derive(Debug)]
pub struct SensorRecorder {
    lines: Sender<String>,
    outcome: Receiver<io::Error>,
    last: Moment,
}

impl SensorRecorder {
    /// Begins a recording in a new file.
    ///
    /// # Errors
    /// If the file exists or cannot be written, or the system has no thread left.
    pub fn create(path: &Path) -> io::Result<Self> {
        let named =
            |e: io::Error| io::Error::new(e.kind(), format!("cannot write `{}`: {e}", path.display()));
        let mut file = File::options().write(true).create_new(true).open(path).map_err(named)?;
        writeln!(file, "{}", recording_heading()).map_err(named)?;
        let (lines, received) = mpsc::channel::<String>();
        let (sender, outcome) = mpsc::channel();
        let name = path.display().to_string();
        start_thread("sensor recorder", move || {
            for line in received {
                // Each line is written at once: a recording of a session that was killed is whole so far.
                if let Err(e) = file.write_all(line.as_bytes()) {
                    let error = io::Error::new(e.kind(), format!("cannot write `{name}`: {e}"));
                    // A receiver that is gone means that the program is about to end.
                    let _ = sender.send(error);
                    return;
                }
            }
        })?;
        Ok(SensorRecorder { lines, outcome, last: Moment::default() })
    }

    /// Adds what a sensor did at a moment. Does not wait.
    pub fn add(&mut self, what: RecordedNews, at: Moment) {
        // The age of a value is measured, so that two values can change places by a millisecond.
        self.last = self.last.max(at);
        let record = SensorRecord { at: self.last, what };
        // A thread that has ended reports why in `finish`.
        let _ = self.lines.send(record.line() + "\n");
    }

    /// Ends the recording when all lines are written.
    ///
    /// # Errors
    /// If not all lines could be written.
    pub fn finish(self) -> io::Result<()> {
        drop(self.lines);
        match self.outcome.recv_timeout(LAST_LINES) {
            Ok(error) => Err(error),
            Err(RecvTimeoutError::Disconnected) => Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                Err(io::Error::new(io::ErrorKind::TimedOut, "the recording could not be written in time"))
            }
        }
    }
}
