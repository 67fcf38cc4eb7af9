//! Threads of the runtime.

use std::io;
use std::thread::Builder;

/// Starts a thread.
///
/// # Errors
/// If the system has no thread left.
pub fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let started = Builder::new().name(name.to_string()).spawn(work).map(drop);
    started.map_err(|e| io::Error::new(e.kind(), format!("the system cannot start another thread ({e})")))
}
