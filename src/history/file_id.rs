//! The identity of files: notices when one file takes another's place, or two paths lead to one file.
//!
//! Nothing here opens a file. On Unix, closing any handle of a file drops all locks that the process holds on it,
//! SQLite's among them.

use std::fs::{self, File, Metadata};
use std::path::Path;

/// A file's device and inode, whatever its current name. On Windows all files compare equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(u64, u64);

impl FileId {
    /// The file at `path` now.
    pub fn at(path: &Path) -> Option<FileId> {
        fs::metadata(path).ok().map(|data| FileId::from(&data))
    }

    /// The file that is open.
    pub fn of(file: &File) -> Option<FileId> {
        file.metadata().ok().map(|data| FileId::from(&data))
    }
}

#[cfg(unix)]
impl From<&Metadata> for FileId {
    fn from(data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        FileId(data.dev(), data.ino())
    }
}

#[cfg(not(unix))]
impl From<&Metadata> for FileId {
    fn from(_: &Metadata) -> Self {
        FileId(0, 0)
    }
}

/// True if two paths lead to one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let linked = cfg!(unix) && FileId::at(one).is_some() && FileId::at(one) == FileId::at(other);
    linked || real(one).is_some() && real(one) == real(other)
}
