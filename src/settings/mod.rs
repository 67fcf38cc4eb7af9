//! The runner's settings: `config.toml`, and the profile next to it.

mod calendar;
mod choice;
mod day_file;
mod keys;
mod profile_file;
pub mod remembered_volume;
mod sound;

pub use day_file::{DayFile, day, day_path};
pub use profile_file::{ProfileFile, profile, profile_path};
pub use sound::SoundSettings;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::keymap::Keymap;
use crate::{folders, library, spanned_toml};
use choice::{Choice, read_switch};
use chrono::Weekday;
use clap::ValueEnum;
use std::path::PathBuf;

/// The path of the settings: `config.toml` in our folder for settings. `None` if there is no home directory.
pub fn settings_path() -> Option<PathBuf> {
    Some(folders::config()?.join("config.toml"))
}

/// The colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Appearance {
    /// Light on dark.
    Dark,
    /// Dark on light, for a bright room or the sun.
    Light,
    /// High contrast, with nothing faint.
    Contrast,
    /// Harder zones are brighter, so you don't need to tell hues apart.
    ColourBlind,
    /// No colours.
    #[value(name = "none")]
    Plain,
}

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The first day of the week in the log.
    pub week_starts: Weekday,
    /// The colours. `None` leaves the choice to the program.
    pub theme: Option<Appearance>,
    /// True if the whole screen lights up at each change.
    pub flash: bool,
    /// The sound.
    pub sound: SoundSettings,
    /// The keys.
    pub keymap: Keymap,
    /// The calendar file that is rewritten after each change to the plan.
    pub calendar_file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            week_starts: Weekday::Mon,
            theme: None,
            flash: true,
            sound: SoundSettings::default(),
            keymap: Keymap::default(),
            calendar_file: None,
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug)]
pub enum SettingsError {
    /// The file has mistakes.
    Wrong(SourceText, Vec<Diagnostic>),
    /// The file exists and cannot be read, for this reason.
    Unreadable(String),
}

/// Reads the settings. Without a file, returns the default ones.
///
/// # Errors
/// If the file has mistakes or cannot be read.
pub fn settings() -> Result<Settings, SettingsError> {
    let Some(path) = settings_path().filter(|p| p.exists()) else {
        return Ok(Settings::default());
    };
    let source = library::read_file(&path.display().to_string(), &path)
        .map_err(|error| SettingsError::Unreadable(error.problem))?;
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
const KEYS: [&str; 6] = ["week_starts", "theme", "flash", "sound", "keys", "calendar"];
const WEEK_STARTS: Choice = Choice {
    key: "week_starts",
    noun: "day",
    label: "not a day of the week",
    help: "write a day of the week in quotes, such as `week_starts = \"monday\"`",
};
const THEME: Choice = Choice {
    key: "theme",
    noun: "theme",
    label: "not a theme",
    help: "the themes are `dark`, `light`, `contrast`, `colour-blind` and `none`",
};

impl Settings {
    /// Parses the settings. Missing keys have their default values.
    ///
    /// # Errors
    /// If the settings have mistakes. Returns them in the order of the text.
    pub fn parse(source: &SourceText) -> Result<Self, Vec<Diagnostic>> {
        let (table, syntax) = spanned_toml::parse(source);
        let mut problems = Vec::new();
        let mut settings = Settings::default();
        for (table, (key, value)) in table.iter().flat_map(|t| t.iter().map(move |entry| (t, entry))) {
            let read = match key.get_ref().as_ref() {
                "week_starts" => WEEK_STARTS.read(value, &DAYS).map(|day| settings.week_starts = day),
                "theme" => THEME.read_enum(value).map(|theme| settings.theme = Some(theme)),
                "flash" => read_switch("flash", value).map(|on| settings.flash = on),
                "sound" => {
                    settings.sound = sound::read(value, &mut problems);
                    Ok(())
                }
                "keys" => {
                    settings.keymap = keys::read(value, &mut problems);
                    Ok(())
                }
                "calendar" => {
                    settings.calendar_file = calendar::read(value, &mut problems);
                    Ok(())
                }
                name if sound::KEYS.contains(&name) => Err(spanned_toml::misspelt(table, key, &KEYS)
                    .with_help("it belongs below a line that reads `[sound]`")),
                _ => Err(spanned_toml::misspelt(table, key, &KEYS)),
            };
            problems.extend(read.err());
        }
        let mut problems = spanned_toml::without_followers(source, syntax, problems);
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
    fn a_week_starts_on_monday_by_default() {
        assert_eq!(parsed("").unwrap().week_starts, Weekday::Mon);
        assert_eq!(parsed("# mine\nweek_starts = \"Sunday\"\n").unwrap().week_starts, Weekday::Sun);
    }

    #[test]
    fn the_screen_flashes_by_default() {
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
    fn underlines_mistakes_and_suggests_the_nearest_name() {
        for (text, underlined, help) in [
            ("week_start = \"monday\"", "week_start", "did you mean `week_starts`?"),
            ("week_starts = \"munday\"", "\"munday\"", "did you mean `monday`?"),
            ("week_starts = \"lundi\"", "\"lundi\"", WEEK_STARTS.help),
            ("week_starts = 1", "1", WEEK_STARTS.help),
            ("voice = \"off\"", "voice", "it belongs below a line that reads `[sound]`"),
            (
                "volumes = 80",
                "volumes",
                "the keys are `week_starts`, `theme`, `flash`, `sound`, `keys` and `calendar`",
            ),
            ("theme = \"color-blind\"", "\"color-blind\"", "did you mean `colour-blind`?"),
            ("theme = \"solarized\"", "\"solarized\"", THEME.help),
            ("theme = false", "false", THEME.help),
            ("flash = \"off\"", "\"off\"", "write `flash = true` or `flash = false`"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}");
            assert_eq!(&text[problems[0].span.clone()], underlined);
            assert_eq!(problems[0].help.as_deref(), Some(help), "{text}");
        }
    }

    #[test]
    fn fixes_misspellings() {
        for text in ["week_start = \"sunday\"", "week_starts = \"sundy\""] {
            let fixed = crate::diagnostic::apply_fixes(text, &parsed(text).unwrap_err());
            assert_eq!(parsed(&fixed).unwrap().week_starts, Weekday::Sun, "{fixed}");
        }
    }
}
