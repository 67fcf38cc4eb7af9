//! Everything a command needs to know about its surroundings: settings, flags and what the terminal can show.
//!
//! `main` builds it once and every command gets it.

use super::failure::Failure;
use super::render::ErrorStyle;
use super::report::Report;
use super::shell_word::shell_word;
use crate::audio::{Backend, PlayerSettings};
use crate::cues::Verbosity;
use crate::history::{self, Database, LogError};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::settings::{self, Appearance, Settings, SettingsError, SoundSettings};
use crate::text::clean;
use crate::tui::Theme;
use crate::tui::term::capabilities::TerminalCapabilities;
use crate::tui::term::window_size::window_size;
use anstream::{AutoStream, ColorChoice};
use std::io;
use std::path::PathBuf;

/// The values of options that several commands share; `None` if an option was not given.
#[derive(Clone, Debug, Default)]
pub struct CommonOptions {
    /// The log's file.
    pub log: Option<PathBuf>,
    /// The colours of the screen.
    pub theme: Option<Appearance>,
    /// A change lights up the whole screen.
    pub flash: Option<bool>,
    /// The way sound is played.
    pub audio: Option<Backend>,
    /// How much the voice says.
    pub voice: Option<Verbosity>,
}

impl CommonOptions {
    /// Fills in the options that were not given from `others`.
    pub fn or(self, others: CommonOptions) -> Self {
        CommonOptions {
            log: self.log.or(others.log),
            theme: self.theme.or(others.theme),
            flash: self.flash.or(others.flash),
            audio: self.audio.or(others.audio),
            voice: self.voice.or(others.voice),
        }
    }
}

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    /// The runner's settings; the usual ones for a command that has no use for them.
    pub settings: Settings,
    /// The runner's keys.
    pub keymap: &'static Keymap,
    /// What standard output can show.
    pub terminal: TerminalCapabilities,
    /// The theme of every screen.
    pub theme: Theme,
    /// A change lights up the whole screen.
    pub flash: bool,
    /// What `--audio` says.
    pub backend: Option<Backend>,
    /// How much the voice says; `None` if neither a flag nor the settings say.
    pub voice: Option<Verbosity>,
    /// The look of errors on standard error.
    pub error_style: ErrorStyle,
    log: Option<PathBuf>,
    /// True if `settings` are the runner's.
    has_settings: bool,
}

impl Context {
    /// Builds the context from flags and environment, and from the settings if `reads_settings` is set.
    ///
    /// # Errors
    /// If the settings are needed and have mistakes or cannot be read.
    pub fn new(
        options: CommonOptions,
        terminal: TerminalCapabilities,
        reads_settings: bool,
    ) -> Result<Self, Failure> {
        let settings = if reads_settings { read_settings()? } else { Settings::default() };
        if reads_settings {
            // crossterm obeys `NO_COLOR` on its own, but a theme asked for with a flag wins over it.
            crossterm::style::force_color_output(true);
        }
        // Every screen and line refers to the keys, until the program ends.
        let keymap: &'static Keymap = Box::leak(Box::new(settings.keymap.clone()));
        Ok(Context {
            terminal,
            theme: terminal.theme(options.theme, settings.theme).with_keymap(keymap),
            keymap,
            flash: options.flash.unwrap_or(settings.flash),
            backend: options.audio,
            voice: options.voice.or(settings.sound.voice),
            error_style: error_style(),
            log: options.log,
            settings,
            has_settings: reads_settings,
        })
    }

    /// Returns the key that ends an open step. A command that needs no settings names the usual key if they have mistakes.
    pub fn end_key(&self) -> &'static str {
        let keymap: &'static Keymap = match self.has_settings {
            true => self.keymap,
            false => read_settings().map_or(self.keymap, |settings| Box::leak(Box::new(settings.keymap))),
        };
        keymap.label(KeyContext::Running, Action::EndStep)
    }

    /// Returns how sound is played.
    pub fn player_settings(&self) -> PlayerSettings {
        player_settings(&self.settings.sound, self.backend)
    }

    /// Returns ` --log FILE` for commands in messages, if the log was chosen with that option; otherwise nothing.
    pub fn log_option(&self) -> String {
        self.given_log().map_or_else(String::new, |path| {
            format!(" --log {}", shell_word(&clean(&path.to_string_lossy())))
        })
    }

    /// Returns the file of `--log`, if it was given.
    pub fn given_log(&self) -> Option<PathBuf> {
        self.log.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()))
    }

    /// Returns the log: the file of `--log`, or the usual one. It need not exist.
    ///
    /// # Errors
    /// If there is no home directory.
    pub fn log(&self) -> Result<Database, LogError> {
        // Absolute, because SQLite gives some names, such as `:memory:`, a meaning of their own.
        self.given_log().or_else(history::default_path).map(Database::at).ok_or_else(|| {
            LogError::new(
                "there is no home directory to keep the log in",
                "set XDG_DATA_HOME to one of your folders, or name a file with `--log FILE`",
            )
        })
    }
}

/// Returns the width of standard output in columns, or 80 if it is not a terminal.
pub fn output_width() -> u16 {
    window_size(&io::stdout()).map_or(80, |size| size.width)
}

/// Returns how sound is played under these settings. `backend` wins over them.
pub fn player_settings(sound: &SoundSettings, backend: Option<Backend>) -> PlayerSettings {
    PlayerSettings {
        backend: backend.unwrap_or(sound.output),
        keep_awake: sound.keep_awake,
        lead_in: sound.lead_in,
    }
}

/// Returns the look of errors: the width is that of the terminal, or `COLUMNS`, or 80.
pub fn error_style() -> ErrorStyle {
    let color = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    let terminal = window_size(&io::stderr()).map(|size| usize::from(size.width));
    let given = || std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let columns = terminal.or_else(given).filter(|columns| *columns > 0);
    ErrorStyle { color, columns: columns.unwrap_or(80) }
}

fn read_settings() -> Result<Settings, Failure> {
    settings::settings().map_err(|error| match error {
        SettingsError::Wrong(source, problems) => Failure::mistakes(source, problems),
        SettingsError::Unreadable(problem) => Failure::Input(
            Report::new(problem).with_help("fix the file or move it away; pacebell runs without one"),
        ),
    })
}
