//! Writes to the terminal without ever hanging in a write: a terminal may stop reading, for a moment or for good.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The limit on the time that a write waits for a terminal that does not read.
#[derive(Debug)]
pub(super) enum WriteLimit {
    /// Wait until the flag is set.
    Until(Arc<AtomicBool>),
    /// Wait this long for the next bytes to be taken.
    For(Duration),
}

/// The interval between two checks of the limit while the terminal does not read.
#[cfg(unix)]
const CHECK: Duration = Duration::from_millis(50);

/// The terminal on standard output.
#[derive(Debug)]
pub(super) struct TtyOutput {
    #[cfg(unix)]
    file: std::fs::File,
    limit: WriteLimit,
}

#[cfg(unix)]
impl TtyOutput {
    /// Opens the terminal on standard output.
    ///
    /// # Errors
    /// If standard output is closed.
    pub fn open(limit: WriteLimit) -> io::Result<Self> {
        let file = match open_again() {
            Some(file) => file,
            None => std::fs::File::from(std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?),
        };
        Ok(TtyOutput { file, limit })
    }

    /// Waits until the terminal takes more bytes.
    fn wait(&self, waited: Duration) -> io::Result<()> {
        let is_over = match &self.limit {
            WriteLimit::Until(flag) => flag.load(Ordering::Relaxed),
            WriteLimit::For(limit) => waited >= *limit,
        };
        if is_over {
            return Err(io::ErrorKind::TimedOut.into());
        }
        poll_writable(&self.file, CHECK).map(drop)
    }
}

/// Opens the terminal on standard output a second time. Only then can its writes be non-blocking without making those
/// of other programs on the same terminal so. Returns `None` if the system does not allow it.
#[cfg(unix)]
fn open_again() -> Option<std::fs::File> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::OpenOptionsExt;

    let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new()).ok();
    let name = name.map(|name| std::path::PathBuf::from(std::ffi::OsStr::from_bytes(name.as_bytes())));
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).ok()?;
    let paths = name.into_iter().chain([std::path::PathBuf::from("/proc/self/fd/1")]);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).custom_flags(flags);
    paths.filter_map(|path| options.open(path).ok()).find(io::IsTerminal::is_terminal)
}

/// Waits until the file can be written to, at most this long.
#[cfg(unix)]
fn poll_writable(file: &std::fs::File, limit: Duration) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec};

    let limit = Timespec::try_from(limit).map_err(io::Error::other)?;
    match rustix::event::poll(&mut [PollFd::new(file, PollFlags::OUT)], Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(unix)]
impl Write for TtyOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        /// Where the terminal could not be opened again, a write may hang. A short one is over soon.
        const CHUNK: usize = 4096;
        let chunk = &bytes[..bytes.len().min(CHUNK)];
        let mut waited = Duration::ZERO;
        loop {
            match self.file.write(chunk) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait(waited)?,
                result => return result,
            }
            waited += CHECK;
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Systems whose consoles always take what is written.
#[cfg(not(unix))]
impl TtyOutput {
    /// The terminal on standard output.
    ///
    /// # Errors
    /// Never.
    pub fn open(limit: WriteLimit) -> io::Result<Self> {
        Ok(TtyOutput { limit })
    }
}

#[cfg(not(unix))]
impl Write for TtyOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_over = match &self.limit {
            WriteLimit::Until(flag) => flag.load(Ordering::Relaxed),
            WriteLimit::For(_) => false,
        };
        if is_over { Err(io::ErrorKind::TimedOut.into()) } else { io::stdout().write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

/// Drops what the terminal has not read yet, so that it takes a few more bytes.
pub(super) fn discard_unread_output() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdout(), rustix::termios::QueueSelector::OFlush);
}
