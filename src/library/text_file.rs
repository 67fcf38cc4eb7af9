//! Reads text files of bounded size.

use crate::diagnostic::SourceText;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The longest text that is read, in bytes.
pub const LONGEST: u64 = 1024 * 1024;

/// An error about a workout or its file, with a way out.
#[derive(Debug, PartialEq, Eq)]
pub struct LibraryError {
    /// The problem.
    pub problem: String,
    /// The way out.
    pub help: String,
}

impl LibraryError {
    /// An error with this problem and this way out.
    pub fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        LibraryError { problem: problem.into(), help: help.into() }
    }
}

/// Reads a file of at most [`LONGEST`] bytes as text. Errors call it `name`.
///
/// # Errors
/// If the file cannot be read, is too long, or is not UTF-8.
pub fn read_file(name: &str, path: &Path) -> Result<SourceText, LibraryError> {
    // Opening a pipe would wait until something writes to it.
    if std::fs::metadata(path).is_ok_and(|data| !data.is_file()) && !is_handed_over(path) {
        return Err(LibraryError::new(
            format!("`{name}` is not a regular file"),
            "name a file with text in it",
        ));
    }
    let file = File::open(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => LibraryError::new(format!("there is no file `{name}`"), "check the path"),
        _ => LibraryError::new(format!("cannot read `{name}`: {e}"), "check the file's permissions"),
    })?;
    read(name, file)
}

/// True for a file that the shell has opened for this process, as `<(command)` does. Something writes to such a pipe.
fn is_handed_over(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.starts_with("/dev/fd")
}

/// Reads at most [`LONGEST`] bytes as text. Errors call it `name`.
pub(super) fn read(name: &str, from: impl Read) -> Result<SourceText, LibraryError> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|e| {
        LibraryError::new(format!("cannot read `{name}`: {e}"), "check that it is a file you may read")
    })?;
    if bytes.len() as u64 > LONGEST {
        let help = "a workout is a few lines of text; is this the right file?";
        return Err(LibraryError::new(format!("`{name}` is longer than 1 MiB"), help));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        LibraryError::new(format!("`{name}` is not text: byte {at} is not UTF-8"), "save it as UTF-8 text")
    })?;
    Ok(SourceText::new(name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_endless_input_after_a_megabyte() {
        let error = read("zeros", io::repeat(b'a')).unwrap_err();
        assert!(error.problem.contains("longer than 1 MiB"));
    }

    #[cfg(unix)]
    #[test]
    fn rejects_devices_and_folders_without_opening_them() {
        for path in ["/dev/zero", "/"] {
            let error = read_file(path, Path::new(path)).unwrap_err();
            assert!(error.problem.contains("not a regular file"), "{error:?}");
        }
    }

    #[test]
    fn says_which_byte_is_not_text() {
        let error = read("x", &b"name\xff"[..]).unwrap_err();
        assert!(error.problem.contains("byte 4"), "{error:?}");
    }
}
