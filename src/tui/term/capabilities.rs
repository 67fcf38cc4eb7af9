//! The terminal's capabilities: a screen, colours and characters.
//!
//! They are read from the environment. The terminal itself is never queried, so nothing waits for its answer.

use crate::settings::Appearance;
use crate::tui::theme::{Palette, Signs, Theme};
use std::env;
use std::io::{self, IsTerminal};

/// The capabilities of standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalCapabilities {
    /// True if the output is a terminal that can do more than print lines.
    pub has_screen: bool,
    /// The colours it has.
    pub palette: Palette,
    /// The characters it has.
    pub signs: Signs,
    /// True if `NO_COLOR` is set.
    pub no_color: bool,
    /// True for the Linux console, which has neither a title nor a mouse.
    pub is_console: bool,
}

impl TerminalCapabilities {
    /// Reads the capabilities from the environment.
    pub fn detect() -> Self {
        let environment = TerminalEnvironment::read();
        TerminalCapabilities {
            has_screen: io::stdout().is_terminal() && environment.term != "dumb",
            palette: environment.palette(),
            signs: environment.signs(),
            no_color: environment.no_color,
            is_console: environment.term.starts_with("linux"),
        }
    }

    /// The theme for this terminal. `flag` wins over `NO_COLOR`, and `NO_COLOR` over `setting`: the settings choose
    /// the colours, but not whether this terminal has any.
    pub fn theme(&self, flag: Option<Appearance>, setting: Option<Appearance>) -> Theme {
        let appearance = match flag {
            Some(appearance) => appearance,
            None if self.no_color => Appearance::Plain,
            None => setting.unwrap_or(Appearance::Dark),
        };
        Theme::of(appearance, self.palette).with(self.signs)
    }

    /// The theme for printed lines that are to be in colour, whatever the environment says.
    pub fn painted(&self, setting: Option<Appearance>) -> Theme {
        Theme::of(setting.unwrap_or(Appearance::Dark), self.palette).with(self.signs)
    }
}

/// The variables that describe the terminal.
#[derive(Debug, Default)]
struct TerminalEnvironment {
    term: String,
    colorterm: String,
    no_color: bool,
    /// The locale for characters; `None` on systems where it is always UTF-8.
    locale: Option<String>,
}

/// Parts of `TERM` that mean 256 colours or more.
const FULL_COLOR: [&str; 14] = [
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
/// Prefixes of `TERM` that mean no colours.
const NO_COLORS: [&str; 5] = ["vt1", "vt2", "vt3", "vt4", "vt5"];

impl TerminalEnvironment {
    fn read() -> Self {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        // The first that is set decides; if none is, the locale is C.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_default();
        let is_always_utf8 = cfg!(any(windows, target_os = "macos"));
        TerminalEnvironment {
            term: variable("TERM").unwrap_or_default(),
            colorterm: variable("COLORTERM").unwrap_or_default(),
            // no-color.org: set and not empty.
            no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            locale: (!is_always_utf8).then_some(locale),
        }
    }

    fn palette(&self) -> Palette {
        let term = self.term.to_lowercase();
        if cfg!(windows) || !self.colorterm.is_empty() || FULL_COLOR.iter().any(|part| term.contains(part)) {
            Palette::Full
        } else if NO_COLORS.iter().any(|start| term.starts_with(start)) || term.ends_with("-m") {
            Palette::Plain
        } else {
            Palette::Sixteen
        }
    }

    fn signs(&self) -> Signs {
        let Some(locale) = &self.locale else { return Signs::All };
        let charset = locale.to_lowercase().replace('-', "");
        match charset.contains("utf8") {
            true if self.term.starts_with("linux") => Signs::Halves,
            true => Signs::All,
            false => Signs::Ascii,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(term: &str) -> TerminalEnvironment {
        TerminalEnvironment { term: term.to_string(), ..TerminalEnvironment::default() }
    }

    #[test]
    fn reads_the_colours_from_the_name_of_the_terminal() {
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
        let full = TerminalEnvironment { colorterm: "truecolor".to_string(), ..on("xterm") };
        assert_eq!(full.palette(), Palette::Full);
    }

    #[test]
    fn reads_the_characters_from_the_locale() {
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
    fn the_linux_console_has_half_blocks() {
        let locale = |locale: &str| Some(locale.to_string());
        let console = TerminalEnvironment { locale: locale("C.UTF-8"), ..on("linux") };
        assert_eq!(console.signs(), Signs::Halves);
        assert_eq!(TerminalEnvironment { locale: locale("C"), ..on("linux") }.signs(), Signs::Ascii);
        assert_eq!(TerminalEnvironment { locale: locale("C.UTF-8"), ..on("xterm") }.signs(), Signs::All);
    }

    #[test]
    fn a_flag_wins_over_no_color_and_no_color_over_the_settings() {
        let full = |appearance| Theme::of(appearance, Palette::Full);
        let theme = |no_color, flag, setting| {
            let terminal = TerminalCapabilities {
                has_screen: true,
                palette: Palette::Full,
                signs: Signs::All,
                no_color,
                is_console: false,
            };
            terminal.theme(flag, setting)
        };
        let (light, contrast) = (Some(Appearance::Light), Some(Appearance::Contrast));
        assert_eq!(theme(false, None, None), full(Appearance::Dark));
        assert_eq!(theme(false, None, light), full(Appearance::Light));
        assert_eq!(theme(false, contrast, light), full(Appearance::Contrast));
        assert_eq!(theme(true, None, light), full(Appearance::Plain));
        assert_eq!(theme(true, contrast, light), full(Appearance::Contrast));
    }
}
