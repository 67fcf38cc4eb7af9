//! Writes files as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file with `fill`: to a temporary file in the same folder, which then replaces the old one. Readers find the
/// old file or the new one, never half of either. Links are followed and permissions are kept.
///
/// # Errors
/// If `path` is not a regular file (a device, a pipe, a folder), or the system refuses. The old file then stays.
pub fn write(path: &Path, fill: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    put(path, |temporary| File::create_new(temporary).and_then(fill))
}

/// [`write`] with a `create` that creates the temporary file itself, at the path that it is given.
///
/// # Errors
/// As [`write`].
pub fn put(path: &Path, create: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let (path, before) = match fs::metadata(path) {
        Ok(data) if !data.is_file() => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(data) => (fs::canonicalize(path)?, Some(data.permissions())),
        Err(_) => (path.to_path_buf(), None),
    };
    let temporary = temporary_path(&path);
    let written = create(&temporary)
        .and_then(|()| before.map_or(Ok(()), |permissions| fs::set_permissions(&temporary, permissions)))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        // The error above matters more than one from cleaning up.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Writes a text and flushes it to the disk.
///
/// # Errors
/// As [`write`].
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    write(path, |mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })
}

/// True if permissions allow this process to write to `path`. Nothing is written to find out.
#[cfg(unix)]
pub fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

/// True if permissions allow this process to write to `path`. Nothing is written to find out.
#[cfg(not(unix))]
pub fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.permissions().readonly())
}

/// An unused path in the same folder, since a rename cannot cross file systems.
fn temporary_path(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_a_file_and_leaves_no_temporary_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        fs::write(&file, "old").unwrap();
        replace(&file, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn rejects_devices_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(Path::new("/dev/null"), "x").is_err());
        assert!(replace(folder.path(), "x").is_err());
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_links_and_permissions() {
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
