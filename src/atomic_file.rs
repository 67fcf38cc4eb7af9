//! Writing files whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file with `fill`, beside its place first, then renamed into it, so that whoever looks finds the old
/// file or the new one and never half of either. Links are followed, permissions kept.
///
/// # Errors
/// Where the place is no regular file (a device, a pipe, a folder), or the system refuses. What was there stays.
pub fn write(path: &Path, fill: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    put(path, |beside| File::create_new(beside).and_then(fill))
}

/// The same with `make`, which makes the file under the name that it is given.
///
/// # Errors
/// As [`write`].
pub fn put(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let (path, before) = match fs::metadata(path) {
        Ok(data) if !data.is_file() => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        Ok(data) => (fs::canonicalize(path)?, Some(data.permissions())),
        Err(_) => (path.to_path_buf(), None),
    };
    let beside = beside(&path);
    let written = make(&beside)
        .and_then(|()| before.map_or(Ok(()), |permissions| fs::set_permissions(&beside, permissions)))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // What could not be finished is of no use to anyone; the first error is the one worth telling.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The same for a text.
///
/// # Errors
/// As [`write`].
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    write(path, |mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })
}

/// Whether this process may write to what is at a path, by its permissions; nothing is tried.
#[cfg(unix)]
pub fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Whether this process may write to what is at a path, by its permissions; nothing is tried.
#[cfg(not(unix))]
pub fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.permissions().readonly())
}

/// A name in the same folder that nothing else has: a rename must not cross file systems.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        fs::write(&file, "old").unwrap();
        replace(&file, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_and_a_folder_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(Path::new("/dev/null"), "x").is_err());
        assert!(replace(folder.path(), "x").is_err());
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
