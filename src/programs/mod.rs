//! Other programs: where they are installed, and how they end.

mod helper;

pub use helper::Helper;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Returns the path of an installed program, or `None` if no absolute folder in `$PATH` has it. Relative folders are
/// skipped: with `.` in the path, any folder could pass off its files as programs.
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(&std::env::var_os("PATH")?, name)
}

/// Returns the path of a program on a search path, as [`find`] does.
pub fn find_in(path: &OsStr, name: &str) -> Option<PathBuf> {
    let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
