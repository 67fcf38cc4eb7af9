//! The runner's own settings on disk: the profile, and how the program is to behave.

mod choice;
mod keys;
pub mod remembered_volume;
mod sound;

pub use sound::SoundSettings;

use crate::folders;
use crate::keymap::Keymap;
use crate::runner::profile;
use crate::runner::profile::ParsedProfile;
use crate::spanned_toml;
use crate::workout::{Diagnostic, SourceText};
use choice::Choice;
use chrono::{NaiveDate, Weekday};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use toml::de::DeValue;

/// What the runner's profile holds, if there is one.
#[derive(Debug)]
pub enum ProfileFile {
    /// There is no file; everything runs without one.
    Missing,
    /// It was read; with its text, which its warnings are about.
    Read(SourceText, Box<ParsedProfile>),
    /// It has mistakes.
    Wrong(SourceText, Vec<Diagnostic>),
    /// It is there and cannot be read: why.
    Unreadable(String),
}

/// Where the profile is looked for: `pacebell/profile.toml` under the system's configuration directory
/// (`$XDG_CONFIG_HOME`, else `~/.config`, on Linux and macOS). Nothing where there is no home directory.
pub fn profile_path() -> Option<PathBuf> {
    Some(folders::config()?.join("profile.toml"))
}

/// Where the settings are looked for: `config.toml` beside the profile.
pub fn settings_path() -> Option<PathBuf> {
    Some(folders::config()?.join("config.toml"))
}

/// Reads the profile; `today` tells which of its results are old.
pub fn profile(today: Option<NaiveDate>) -> ProfileFile {
    profile_path().map_or(ProfileFile::Missing, |path| read(&path, today))
}

fn read(path: &Path, today: Option<NaiveDate>) -> ProfileFile {
    if !path.exists() {
        return ProfileFile::Missing;
    }
    let name = path.display().to_string();
    let text = match crate::library::read_file(&name, path) {
        Ok(source) => source,
        Err(why) => return ProfileFile::Unreadable(why.problem),
    };
    match profile::Profile::parse(&text, today) {
        Ok(parsed) => ProfileFile::Read(text, Box::new(parsed)),
        Err(problems) => ProfileFile::Wrong(text, problems),
    }
}

/// The colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Appearance {
    /// Light on dark.
    Dark,
    /// Dark on light, for a bright room or the sun.
    Light,
    /// High contrast: nothing is faint.
    Contrast,
    /// Harder zones are brighter, so hue does not matter.
    ColourBlind,
    /// No colours.
    #[value(name = "none")]
    Plain,
}

/// How the program is to behave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The first day of a week.
    pub week_starts: Weekday,
    /// The colours, where they were chosen.
    pub theme: Option<Appearance>,
    /// Whether a change lights the whole screen.
    pub flash: bool,
    /// How sound is.
    pub sound: SoundSettings,
    /// The keys.
    pub keymap: Keymap,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            week_starts: Weekday::Mon,
            theme: None,
            flash: true,
            sound: SoundSettings::default(),
            keymap: Keymap::default(),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug)]
pub enum SettingsError {
    /// They have mistakes.
    Wrong(SourceText, Vec<Diagnostic>),
    /// They are there and cannot be read: why.
    Unreadable(String),
}

/// Reads the settings; where there are none, the usual ones.
///
/// # Errors
/// Where the file has mistakes, or cannot be read.
pub fn settings() -> Result<Settings, SettingsError> {
    let Some(path) = settings_path().filter(|p| p.exists()) else {
        return Ok(Settings::default());
    };
    let source = crate::library::read_file(&path.display().to_string(), &path)
        .map_err(|why| SettingsError::Unreadable(why.problem))?;
    Settings::parse(&source).map_err(|problems| SettingsError::Wrong(source, problems))
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
const KEYS: [&str; 5] = ["week_starts", "theme", "flash", "sound", "keys"];
const WEEK_STARTS: Choice = Choice {
    key: "week_starts",
    noun: "day",
    label: "no day of the week",
    help: "write a day of the week in quotes, like `week_starts = \"monday\"`",
};
const THEME: Choice = Choice {
    key: "theme",
    noun: "theme",
    label: "no theme",
    help: "the themes are `dark`, `light`, `contrast`, `colour-blind` and `none`",
};
const FLASH_FORM: &str = "write `flash = true` or `flash = false`";

impl Settings {
    /// Reads the settings; what is not there is as usual.
    ///
    /// # Errors
    /// All of their problems at once.
    pub fn parse(source: &SourceText) -> Result<Self, Vec<Diagnostic>> {
        let (table, mut problems) = spanned_toml::parse(source);
        let mut settings = Settings::default();
        for (table, (key, value)) in table.iter().flat_map(|t| t.iter().map(move |entry| (t, entry))) {
            let read = match key.get_ref().as_ref() {
                "week_starts" => WEEK_STARTS.read(value, &DAYS).map(|day| settings.week_starts = day),
                "theme" => THEME.read_enum(value).map(|theme| settings.theme = Some(theme)),
                "flash" => match value.get_ref() {
                    DeValue::Boolean(on) => {
                        settings.flash = *on;
                        Ok(())
                    }
                    _ => Err(spanned_toml::wrong_value("flash", value, FLASH_FORM)),
                },
                "sound" => {
                    settings.sound = sound::read(value, &mut problems);
                    Ok(())
                }
                "keys" => {
                    settings.keymap = keys::read(value, &mut problems);
                    Ok(())
                }
                _ => Err(spanned_toml::misspelt(table, key, &KEYS)),
            };
            problems.extend(read.err());
        }
        problems.sort_by_key(|p| p.span.start);
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Settings, Vec<Diagnostic>> {
        Settings::parse(&SourceText::new("config.toml", text))
    }

    #[test]
    fn a_week_starts_on_monday_unless_told_otherwise() {
        assert_eq!(parsed("").unwrap().week_starts, Weekday::Mon);
        assert_eq!(parsed("# mine\nweek_starts = \"Sunday\"\n").unwrap().week_starts, Weekday::Sun);
    }

    #[test]
    fn the_screen_is_dark_and_flashes_unless_told_otherwise() {
        assert_eq!((parsed("").unwrap().theme, parsed("").unwrap().flash), (None, true));
        let settings = parsed("theme = \"light\"\nflash = false").unwrap();
        assert_eq!((settings.theme, settings.flash), (Some(Appearance::Light), false));
        for theme in Appearance::value_variants() {
            let name = choice::name(theme);
            assert_eq!(parsed(&format!("theme = \"{name}\"")).unwrap().theme, Some(*theme));
            assert!(THEME.help.contains(&format!("`{name}`")));
        }
    }

    #[test]
    fn mistakes_are_underlined_and_the_nearest_is_named() {
        for (text, underlined, help) in [
            ("week_start = \"monday\"", "week_start", "did you mean `week_starts`?"),
            ("week_starts = \"munday\"", "\"munday\"", "did you mean `monday`?"),
            ("week_starts = \"lundi\"", "\"lundi\"", WEEK_STARTS.help),
            ("week_starts = 1", "1", WEEK_STARTS.help),
            ("voice = \"off\"", "voice", "the keys are `week_starts`, `theme`, `flash`, `sound` and `keys`"),
            ("theme = \"color-blind\"", "\"color-blind\"", "did you mean `colour-blind`?"),
            ("theme = \"solarized\"", "\"solarized\"", THEME.help),
            ("theme = false", "false", THEME.help),
            ("flash = \"off\"", "\"off\"", FLASH_FORM),
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
