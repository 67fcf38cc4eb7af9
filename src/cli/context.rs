//! How the screen is dressed, what keys do on it, and what plays the sound: from the flags, the settings and what the terminal says of
//! itself. It is found out once, before the first screen.

use super::render;
use crate::audio::{self, Backend};
use crate::cli::failure::Failure;
use crate::cues::Verbosity;
use crate::keymap;
use crate::settings;
use crate::settings::{Appearance, Settings, SettingsError};
use crate::text::clean;
use crate::tui::{Palette, Signs, Theme};
use clap::{Args, ValueEnum};
use std::env;
use std::io::{self, IsTerminal};
use std::sync::OnceLock;

/// What the command line says of it.
#[derive(Debug, Args)]
pub struct ScreenOptions {
    /// The colours of the screen
    #[arg(long, global = true, value_name = "NAME")]
    theme: Option<Appearance>,
    /// Light up the whole screen at each change
    #[arg(long, global = true, value_name = "WHEN")]
    flash: Option<FlashSwitch>,
    /// How sound is played
    #[arg(long, global = true, value_name = "WHAT")]
    pub audio: Option<Backend>,
}

/// The values of `--flash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FlashSwitch {
    On,
    Off,
}

#[derive(Debug)]
struct Context {
    theme: Theme,
    flash: bool,
    sound: settings::SoundSettings,
    backend: Option<audio::Backend>,
}

/// The same for every screen that a start of the program shows.
static DRESS: OnceLock<Context> = OnceLock::new();

/// Reads the settings and has them hold from here on.
pub fn up(asked: &ScreenOptions) -> Result<(), Failure> {
    let settings = settings()?;
    let terminal = TerminalEnvironment::here();
    let theme = terminal.theme(asked.theme, settings.theme);
    let flash = asked.flash.map_or(settings.flash, |flash| flash == FlashSwitch::On);
    _ = DRESS.set(Context { theme, flash, sound: settings.sound, backend: asked.audio });
    // What writes colours looks at `NO_COLOR` by itself, and what was asked for wins over that.
    crossterm::style::force_color_output(true);
    keymap::install(settings.keymap);
    Ok(())
}

/// The theme of every screen.
pub fn theme() -> Theme {
    DRESS.get().map_or_else(|| TerminalEnvironment::here().theme(None, None), |dress| dress.theme)
}

/// Whether a change lights the whole screen.
pub fn flashes() -> bool {
    DRESS.get().is_none_or(|dress| dress.flash)
}

/// How sound is played: as was asked for, else as the settings say.
pub fn sound() -> audio::PlayerSettings {
    playing(&sound_settings(), DRESS.get().and_then(|dress| dress.backend))
}

/// How sound is played by these settings, unless another way was asked for.
pub fn playing(set: &settings::SoundSettings, asked: Option<Backend>) -> audio::PlayerSettings {
    let backend = asked.unwrap_or(set.output);
    audio::PlayerSettings { backend, keep_awake: set.keep_awake, lead_in: set.lead_in }
}

/// How much is said, where the settings say so.
pub fn voice() -> Option<Verbosity> {
    sound_settings().voice
}

/// What the settings say of sound.
pub fn sound_settings() -> settings::SoundSettings {
    DRESS.get().map_or_else(settings::SoundSettings::default, |dress| dress.sound)
}

/// Whether the output is a terminal that does more than print one line after the other.
pub fn has_a_screen() -> bool {
    io::stdout().is_terminal() && env::var("TERM").map_or(true, |term| term != "dumb")
}

/// Whether complaints are in colour.
pub fn colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// How the program is to behave.
pub fn settings() -> Result<Settings, Failure> {
    settings::settings().map_err(|why| match why {
        SettingsError::Wrong(source, problems) => {
            Failure::Input(render::render(&problems, &source, colour()))
        }
        SettingsError::Unreadable(why) => {
            let help = "mend or move the file; it need not be there";
            Failure::Input(format!("error: {}\n  = help: {help}\n", clean(&why)))
        }
    })
}

/// What colours the terminal has, in words; and whether it has more than ASCII.
pub fn abilities() -> (&'static str, bool) {
    let terminal = TerminalEnvironment::here();
    let colours = match terminal.palette() {
        _ if terminal.no_color => "no colours, as NO_COLOR asks for",
        Palette::Full => "256 colours or more",
        Palette::Sixteen => "16 colours",
        Palette::Plain => "no colours",
    };
    (colours, terminal.signs() == Signs::All)
}

/// What the environment says of the terminal.
#[derive(Debug, Default)]
struct TerminalEnvironment {
    term: String,
    colorterm: String,
    no_color: bool,
    /// The locale of characters, as far as it is told; nothing where there is always UTF-8.
    locale: Option<String>,
}

/// Parts of the names of terminals that have 256 colours.
const FULL: [&str; 14] = [
    "256color",
    "direct",
    "truecolor",
    "kitty",
    "alacritty",
    "foot",
    "ghostty",
    "wezterm",
    "contour",
    "konsole",
    "iterm",
    "mlterm",
    "rio",
    "tmux",
];
/// How the names of those begin that have none.
const PLAIN: [&str; 5] = ["vt1", "vt2", "vt3", "vt4", "vt5"];

impl TerminalEnvironment {
    fn here() -> TerminalEnvironment {
        let told = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        // The first that is set decides; without any the locale is C.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(told).unwrap_or_default();
        let always = cfg!(any(windows, target_os = "macos"));
        TerminalEnvironment {
            term: told("TERM").unwrap_or_default(),
            colorterm: told("COLORTERM").unwrap_or_default(),
            // no-color.org: set and not empty.
            no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            locale: (!always).then_some(locale),
        }
    }

    /// What was asked for wins over `NO_COLOR`, and that over what the settings say: they say which colours, not
    /// whether this terminal is to have any.
    fn theme(&self, asked: Option<Appearance>, set: Option<Appearance>) -> Theme {
        let look = match asked {
            Some(look) => look,
            None if self.no_color => Appearance::Plain,
            None => set.unwrap_or(Appearance::Dark),
        };
        Theme::of(look, self.palette()).with(self.signs())
    }

    fn palette(&self) -> Palette {
        let term = self.term.to_lowercase();
        if cfg!(windows) || !self.colorterm.is_empty() || FULL.iter().any(|part| term.contains(part)) {
            Palette::Full
        } else if PLAIN.iter().any(|begin| term.starts_with(begin)) || term.ends_with("-m") {
            Palette::Plain
        } else {
            Palette::Sixteen
        }
    }

    fn signs(&self) -> Signs {
        let Some(locale) = &self.locale else { return Signs::All };
        let charset = locale.to_lowercase().replace('-', "");
        if charset.contains("utf8") { Signs::All } else { Signs::Ascii }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(term: &str) -> TerminalEnvironment {
        TerminalEnvironment { term: term.to_string(), ..TerminalEnvironment::default() }
    }

    #[test]
    fn a_terminal_has_the_colours_that_its_name_says() {
        for (term, palette) in [
            ("xterm-256color", Palette::Full),
            ("screen-256color", Palette::Full),
            ("xterm-kitty", Palette::Full),
            ("foot", Palette::Full),
            ("xterm", Palette::Sixteen),
            ("screen", Palette::Sixteen),
            ("linux", Palette::Sixteen),
            ("", Palette::Sixteen),
            ("vt220", Palette::Plain),
            ("vt100", Palette::Plain),
            ("linux-m", Palette::Plain),
        ] {
            assert_eq!(on(term).palette(), palette, "{term}");
        }
        let told = TerminalEnvironment { colorterm: "truecolor".to_string(), ..on("xterm") };
        assert_eq!(told.palette(), Palette::Full);
    }

    #[test]
    fn signs_are_those_of_the_locale() {
        for (locale, signs) in [
            (Some("en_GB.UTF-8"), Signs::All),
            (Some("C.utf8"), Signs::All),
            (Some("de_DE@euro"), Signs::Ascii),
            (Some("POSIX"), Signs::Ascii),
            (Some(""), Signs::Ascii),
            (None, Signs::All),
        ] {
            let terminal =
                TerminalEnvironment { locale: locale.map(str::to_string), ..TerminalEnvironment::default() };
            assert_eq!(terminal.signs(), signs, "{locale:?}");
        }
    }

    #[test]
    fn a_flag_wins_over_no_color_and_that_over_the_settings() {
        let full = |look| Theme::of(look, Palette::Full);
        let terminal = |no_color| TerminalEnvironment { no_color, ..on("xterm-256color") };
        let with = |no_color, asked, set| terminal(no_color).theme(asked, set).with(Signs::All);
        let (light, contrast) = (Some(Appearance::Light), Some(Appearance::Contrast));
        assert_eq!(with(false, None, None), full(Appearance::Dark));
        assert_eq!(with(false, None, light), full(Appearance::Light));
        assert_eq!(with(false, contrast, light), full(Appearance::Contrast));
        assert_eq!(with(true, None, light), full(Appearance::Plain));
        assert_eq!(with(true, contrast, light), full(Appearance::Contrast));
    }
}
