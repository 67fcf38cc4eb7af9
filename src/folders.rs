//! The user's folders for settings, data and state.
//!
//! They follow the XDG base directory specification on Linux and macOS, and the system's own folders on Windows.
//! `None` means that there is no home directory.

use etcetera::BaseStrategy;
use std::io;
use std::path::{Path, PathBuf};

/// The name of our folder in each of the system's folders.
const PACEBELL: &str = "pacebell";

/// The folder for settings: `$XDG_CONFIG_HOME/pacebell`, else `~/.config/pacebell`.
pub fn config() -> Option<PathBuf> {
    let base = from_environment("XDG_CONFIG_HOME").or_else(|| Some(strategy()?.config_dir()))?;
    Some(base.join(PACEBELL))
}

/// The folder for the log and the user's workouts: `$XDG_DATA_HOME/pacebell`, else `~/.local/share/pacebell`.
pub fn data() -> Option<PathBuf> {
    Some(data_home()?.join(PACEBELL))
}

/// The folder for what can be lost without harm: `$XDG_STATE_HOME/pacebell`, else `~/.local/state/pacebell`, else the
/// folder for data.
pub fn state() -> Option<PathBuf> {
    let base = from_environment("XDG_STATE_HOME").or_else(|| strategy()?.state_dir()).or_else(data_home)?;
    Some(base.join(PACEBELL))
}

/// Creates a folder and its parents that only their owner can read (mode 0700). Existing folders stay as they are.
///
/// # Errors
/// If the system refuses.
pub fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Creates a folder with mode 0700, in one that exists.
///
/// # Errors
/// If there is something at `folder` already, or the system refuses.
pub fn create_new_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The user's home directory.
pub fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

fn data_home() -> Option<PathBuf> {
    from_environment("XDG_DATA_HOME").or_else(|| Some(strategy()?.data_dir()))
}

fn strategy() -> Option<impl BaseStrategy> {
    etcetera::choose_base_strategy().ok()
}

/// An absolute path from a variable. The specification says to ignore relative ones.
fn from_environment(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
