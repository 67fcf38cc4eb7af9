//! The runner's own settings on disk: the profile, and how the program is to behave.

use crate::profile::{self, Parsed};
use crate::spanned_toml::{self, Value};
use crate::text::{certain, nearest, quoted};
use crate::workout::{Diagnostic, Source};
use chrono::{NaiveDate, Weekday};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};
use toml::de::DeValue;

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
    Some(folder()?.join("profile.toml"))
}

/// Where the settings are looked for: `config.toml` beside the profile.
pub fn settings_path() -> Option<PathBuf> {
    Some(folder()?.join("config.toml"))
}

fn folder() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let base = set.or_else(|| etcetera::choose_base_strategy().ok().map(|s| s.config_dir()))?;
    Some(base.join("pacebell"))
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

/// How the program is to behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The first day of a week.
    pub week_starts: Weekday,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { week_starts: Weekday::Mon }
    }
}

/// Why the settings cannot be used.
#[derive(Debug)]
pub enum Unusable {
    /// They have mistakes.
    Wrong(Source, Vec<Diagnostic>),
    /// They are there and cannot be read: why.
    Unreadable(String),
}

/// Reads the settings; where there are none, the usual ones.
///
/// # Errors
/// Where the file has mistakes, or cannot be read.
pub fn settings() -> Result<Settings, Unusable> {
    let Some(path) = settings_path().filter(|p| p.exists()) else {
        return Ok(Settings::default());
    };
    let source = crate::library::read_file(&path.display().to_string(), &path)
        .map_err(|why| Unusable::Unreadable(why.problem))?;
    Settings::parse(&source).map_err(|problems| Unusable::Wrong(source, problems))
}

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];
const KEYS: [&str; 1] = ["week_starts"];
const DAY_FORM: &str = "write a day of the week in quotes, like `week_starts = \"monday\"`";

impl Settings {
    /// Reads the settings; what is not there is as usual.
    ///
    /// # Errors
    /// All of their problems at once.
    pub fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let (table, mut problems) = spanned_toml::parse(source);
        let mut settings = Settings::default();
        for (table, (key, value)) in table.iter().flat_map(|t| t.iter().map(move |entry| (t, entry))) {
            match key.get_ref().as_ref() {
                "week_starts" => match weekday(value) {
                    Ok(day) => settings.week_starts = day,
                    Err(problem) => problems.push(problem),
                },
                _ => problems.push(spanned_toml::misspelt(table, key, &KEYS)),
            }
        }
        problems.sort_by_key(|p| p.span.start);
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }
}

fn weekday(value: &Value<'_>) -> Result<Weekday, Diagnostic> {
    let DeValue::String(text) = value.get_ref() else {
        return Err(spanned_toml::wrong_value("week_starts", value, DAY_FORM));
    };
    let word = text.trim().to_lowercase();
    if let Some((_, day)) = DAYS.iter().find(|(name, _)| *name == word) {
        return Ok(*day);
    }
    let names = || DAYS.iter().map(|(name, _)| *name);
    let problem =
        Diagnostic::error(value.span(), format!("unknown day {}", quoted(text)), "no day of the week");
    let problem = problem.with_help(match nearest(&word, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => DAY_FORM.to_string(),
    });
    Err(match certain(&word, names()) {
        Some(sure) => problem.with_fix(value.span(), format!("\"{sure}\"")),
        None => problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Settings, Vec<Diagnostic>> {
        Settings::parse(&Source::new("config.toml", text))
    }

    #[test]
    fn a_week_starts_on_monday_unless_told_otherwise() {
        assert_eq!(parsed("").unwrap().week_starts, Weekday::Mon);
        assert_eq!(parsed("# mine\nweek_starts = \"Sunday\"\n").unwrap().week_starts, Weekday::Sun);
    }

    #[test]
    fn mistakes_are_underlined_and_the_nearest_is_named() {
        for (text, underlined, help) in [
            ("week_start = \"monday\"", "week_start", "did you mean `week_starts`?"),
            ("week_starts = \"munday\"", "\"munday\"", "did you mean `monday`?"),
            ("week_starts = \"lundi\"", "\"lundi\"", DAY_FORM),
            ("week_starts = 1", "1", DAY_FORM),
            ("sound = \"off\"", "sound", "the keys are `week_starts`"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}");
            assert_eq!(&text[problems[0].span.clone()], underlined);
            assert_eq!(problems[0].help.as_deref(), Some(help), "{text}");
        }
    }

    #[test]
    fn a_correction_mends_it() {
        for text in ["week_start = \"sunday\"", "week_starts = \"sundy\""] {
            let mended = crate::diagnostic::apply_fixes(text, &parsed(text).unwrap_err());
            assert_eq!(parsed(&mended).unwrap().week_starts, Weekday::Sun, "{mended}");
        }
    }
}
