//! The runner's own settings on disk: for now the athlete's race results.

use crate::athlete::Athlete;
use crate::workout::{Diagnostic, Source};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// What the athlete's profile holds, if there is one.
#[derive(Debug)]
pub enum Profile {
    /// There is no file, or nothing in it; everything runs without one.
    Missing,
    /// It was read.
    Read(Athlete),
    /// It has mistakes.
    Wrong(Source, Vec<Diagnostic>),
    /// It is there and cannot be read: why.
    Unreadable(String),
}

/// Where the profile is looked for: `pacebell/profile.toml` under the system's configuration directory
/// (`$XDG_CONFIG_HOME`, else `~/.config`, on Linux and macOS). Nothing where there is no home directory.
pub fn profile_path() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let base = set.or_else(|| etcetera::choose_base_strategy().ok().map(|s| s.config_dir()))?;
    Some(base.join("pacebell").join("profile.toml"))
}

/// Reads the profile.
pub fn profile() -> Profile {
    profile_path().map_or(Profile::Missing, |path| read(&path))
}

fn read(path: &Path) -> Profile {
    if !path.exists() {
        return Profile::Missing;
    }
    let name = path.display().to_string();
    let text = match crate::library::read_file(&name, path) {
        Ok(source) => source,
        Err(why) => return Profile::Unreadable(why.problem),
    };
    match Athlete::parse(&text) {
        Ok(Some(athlete)) => Profile::Read(athlete),
        Ok(None) => Profile::Missing,
        Err(problems) => Profile::Wrong(text, problems),
    }
}
