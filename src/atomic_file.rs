//! Writes files as a whole or not at all.

mod half_made;

pub use half_made::{HalfMade, sweep as sweep_half_made};

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The ending of the names of temporary files.
const ENDING: &str = ".new";

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
    sweep(&path);
    let temporary = temporary_path(&path);
    let _record = HalfMade::record(&temporary);
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

/// [`replace`] for a text that concerns nobody else: only the owner can read a new file (mode 0600).
///
/// # Errors
/// As [`write`].
pub fn replace_private(path: &Path, text: &str) -> io::Result<()> {
    put(path, |temporary| {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })
}

/// Writes a text to a new file, as a whole or not at all.
///
/// # Errors
/// If there is anything at `path` already, or the system refuses.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    sweep(path);
    let temporary = temporary_path(path);
    let _record = HalfMade::record(&temporary);
    let created = File::create_new(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| move_file(&temporary, path));
    if created.is_err() {
        // The error above matters more than one from cleaning up.
        let _ = fs::remove_file(&temporary);
    }
    created
}

/// Moves a file without ever overwriting another. A crash leaves the file in at least one of both places.
///
/// # Errors
/// If there is anything at `to` already, or the system refuses.
pub fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
        // Some file systems have no second names for a file.
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
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
    name.push(format!(".{}{ENDING}", std::process::id()));
    path.with_file_name(name)
}

/// Removes the temporary files that earlier processes left next to `path` because they were killed. Those of processes
/// that still run stay.
fn sweep(path: &Path) {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()).or(Some(Path::new(".")))
    else {
        return;
    };
    let start = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(&start)?.strip_suffix(ENDING));
        if process.and_then(|number| number.parse().ok()).is_some_and(|number| !is_running(number)) {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(unix)]
fn is_running(process: i32) -> bool {
    use rustix::io::Errno;
    let found = rustix::process::Pid::from_raw(process).map(rustix::process::test_kill_process);
    !matches!(found, None | Some(Err(Errno::SRCH)))
}

/// Systems on which this cannot be told: such a file may be in use.
#[cfg(not(unix))]
fn is_running(_: i32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn files_of_killed_processes_are_swept_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let ended = child.id();
        child.wait().unwrap();
        let name = |text: String| folder.path().join(text);
        let stays =
            [name(".a.wav.1.new".into()), name(format!(".b.wav.{ended}.new")), name(".a.wav.x.new".into())];
        let left = name(format!(".a.wav.{ended}.new"));
        for file in stays.iter().chain([&left]) {
            fs::write(file, "half").unwrap();
        }
        replace(&name("a.wav".into()), "whole").unwrap();
        assert!(!left.exists());
        assert!(stays.iter().all(|file| file.exists()));
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("profile.toml");
        replace_private(&file, "weight").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

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
