//! The log's files in the file system: made for their owner alone, and told apart when one stands in for another.
//!
//! Nothing here opens a file that a database may be in: on Unix, closing any handle of a file lets go of all locks
//! that the process has on it, SQLite's among them.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Which file it is, whatever its name is now. Where the system does not tell, all are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(u64, u64);

impl FileId {
    /// The file that is at a path now; nothing where there is none.
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

/// Whether two paths lead to one file.
pub fn are_one(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let linked = cfg!(unix) && FileId::at(one).is_some() && FileId::at(one) == FileId::at(other);
    linked || real(one).is_some() && real(one) == real(other)
}

/// Makes a folder with those above it, for nobody else to look into. What is there stays as it is.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How a file is opened that nobody else is to read where it is made thereby.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes an empty file that nobody else may read, unless there is one. SQLite gives the files beside it the same
/// rights.
pub fn make_file(path: &Path) -> io::Result<()> {
    /// Until the new file is closed again nobody in this process may lock it: the closing would undo that.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    // A link may lead to where there is nothing yet.
    let end = fs::read_link(path).map_or(path.to_path_buf(), |to| path.with_file_name("").join(to));
    match private().create_new(true).open(end) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Whether this process may write to a file, and beside it where the system asks for that.
pub fn is_writable(path: &Path) -> bool {
    let may = crate::atomic_file::may_write;
    may(path) && (cfg!(not(unix)) || path.parent().is_none_or(may))
}
