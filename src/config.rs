//! The runner's own settings on disk: the profile.

use crate::profile::{self, Parsed};
use crate::workout::{Diagnostic, Source};
use chrono::NaiveDate;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// What the runner's profile holds, if there is one.
#[derive(Debug)]
pub enum Profile {
    /// There is no file; everything runs without one.
    Missing,
    /// It was read; with its text, which its warnings are about.
    Read(Source, Box<Parsed>),
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

/// Reads the profile; `today` tells which of its results are old.
pub fn profile(today: Option<NaiveDate>) -> Profile {
    profile_path().map_or(Profile::Missing, |path| read(&path, today))
}

fn read(path: &Path, today: Option<NaiveDate>) -> Profile {
    if !path.exists() {
        return Profile::Missing;
    }
    let name = path.display().to_string();
    let text = match crate::library::read_file(&name, path) {
        Ok(source) => source,
        Err(why) => return Profile::Unreadable(why.problem),
    };
    match profile::Profile::parse(&text, today) {
        Ok(parsed) => Profile::Read(text, Box::new(parsed)),
        Err(problems) => Profile::Wrong(text, problems),
    }
}
