//! Standard output for lines, written by a thread of its own.
//!
//! A session must not wait for whoever reads its lines, and must not end with them: `| head -1` closes the pipe after a
//! line, a pager may stop reading, and a disk may be full. Lines that cannot be written are dropped.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// The most lines that wait for a reader. More than a long session prints.
const MOST_WAITING: usize = 10_000;
/// The time that the reader has for the last lines.
const LAST_LINES: Duration = Duration::from_secs(1);

/// A writer whose writes never wait and never fail. Dropping it waits a moment until all is written.
#[derive(Debug)]
pub struct LineOutput {
    unsent: Vec<u8>,
    /// `None` if the system has no thread left: lines then go to standard output at once.
    lines: Option<SyncSender<Vec<u8>>>,
    /// Disconnected when the thread has ended.
    done: Receiver<()>,
}

impl LineOutput {
    /// Lines for standard output.
    pub fn stdout() -> Self {
        LineOutput::to(io::stdout())
    }

    /// Lines for `out`.
    pub fn to(mut out: impl Write + Send + 'static) -> Self {
        let (lines, received) = sync_channel::<Vec<u8>>(MOST_WAITING);
        let (done_sender, done) = sync_channel(0);
        let write_all = move || {
            let _done: SyncSender<()> = done_sender;
            for line in received {
                if out.write_all(&line).and_then(|()| out.flush()).is_err() {
                    return;
                }
            }
        };
        let started = thread::Builder::new().name("lines".to_string()).spawn(write_all);
        LineOutput { unsent: Vec::new(), lines: started.is_ok().then_some(lines), done }
    }
}

impl Write for LineOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unsent.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let unsent = std::mem::take(&mut self.unsent);
        // Either fails if nobody reads any more.
        match &self.lines {
            _ if unsent.is_empty() => {}
            Some(lines) => drop(lines.try_send(unsent)),
            None => {
                let mut out = io::stdout().lock();
                let _ = out.write_all(&unsent).and_then(|()| out.flush());
            }
        }
        Ok(())
    }
}

impl Drop for LineOutput {
    fn drop(&mut self) {
        let _ = self.flush();
        self.lines = None;
        // Nothing is ever sent: this returns once the thread has ended, or when the time is up.
        let _ = self.done.recv_timeout(LAST_LINES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct SharedBytes(Arc<Mutex<Vec<u8>>>);

    impl Write for SharedBytes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A pipe that nobody reads.
    struct StalledPipe;

    impl Write for StalledPipe {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            loop {
                thread::park();
            }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A full disk.
    struct FullDisk;

    impl Write for FullDisk {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_line_is_written_in_order_before_the_end() {
        let bytes = SharedBytes::default();
        let mut out = LineOutput::to(bytes.clone());
        for n in 0..1000 {
            writeln!(out, "{n}").unwrap();
            out.flush().unwrap();
        }
        drop(out);
        let expected: String = (0..1000).map(|n| format!("{n}\n")).collect();
        assert_eq!(String::from_utf8(bytes.0.lock().unwrap().clone()).unwrap(), expected);
    }

    #[test]
    fn nobody_waits_for_a_stalled_pipe_or_hears_of_a_full_disk() {
        for mut out in [LineOutput::to(StalledPipe), LineOutput::to(FullDisk)] {
            let begun = crate::clock::monotonic();
            for n in 0..2 * MOST_WAITING {
                writeln!(out, "{n}").unwrap();
                out.flush().unwrap();
            }
            drop(out);
            assert!(crate::clock::monotonic().duration_since(begun) < Duration::from_secs(3));
        }
    }
}
