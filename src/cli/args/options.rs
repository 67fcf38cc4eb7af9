//! Options that several commands share.

use crate::audio::Backend;
use crate::cli::context::CommonOptions;
use crate::cli::session::sensor_choice::SensorChoice;
use crate::cues::Verbosity;
use crate::settings::Appearance;
use anstream::ColorChoice;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Everything that changes how a session is run and kept.
#[derive(Debug, Default, Args)]
pub struct SessionOptions {
    #[command(flatten)]
    log: LogOption,
    #[command(flatten)]
    theme: ThemeOption,
    #[command(flatten)]
    flash: FlashOption,
    #[command(flatten)]
    audio: AudioOption,
    #[command(flatten)]
    voice: VoiceOption,
}

impl SessionOptions {
    pub fn to_common(&self) -> CommonOptions {
        CommonOptions {
            log: self.log.log.clone(),
            theme: self.theme.theme,
            flash: self.flash.flash.map(|flash| flash == FlashSwitch::On),
            audio: self.audio.audio,
            voice: self.voice.voice,
        }
    }
}

/// The sensor of a session.
#[derive(Debug, Args)]
pub struct SensorOptions {
    /// Use a virtual heart rate strap, a recording, or no sensor
    ///
    /// `virtual` is a strap whose heart rate follows the planned speed, to try
    /// out a workout. Add what goes wrong with it, separated by commas:
    /// `virtual:drops,zeros,no-contact,stuck`. With `off`, the strap that
    /// `pacebell sensors choose` has chosen is not used. A file of
    /// `--record-sensors` is played back.
    #[arg(long, value_name = "SENSOR", default_value = "chosen", hide_default_value = true)]
    pub sensor: SensorChoice,
    /// Write everything that the sensor sends to a new file
    #[arg(long, value_name = "FILE")]
    pub record_sensors: Option<PathBuf>,
}

#[derive(Debug, Default, Args)]
pub struct LogOption {
    /// Use this log file instead of the default one
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Screen options")]
pub struct ThemeOption {
    /// The screen's colours
    #[arg(long, value_name = "THEME")]
    pub theme: Option<Appearance>,
}

impl ThemeOption {
    pub fn to_common(&self) -> CommonOptions {
        CommonOptions { theme: self.theme, ..CommonOptions::default() }
    }
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Screen options")]
pub struct FlashOption {
    /// Light up the whole screen at each change
    #[arg(long, value_name = "SWITCH")]
    flash: Option<FlashSwitch>,
}

/// The values of `--flash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FlashSwitch {
    On,
    Off,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Sound options")]
pub struct AudioOption {
    /// How to play sound
    #[arg(long, value_name = "OUTPUT")]
    pub audio: Option<Backend>,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Sound options")]
pub struct VoiceOption {
    /// How much the voice says
    #[arg(long, value_name = "AMOUNT")]
    pub voice: Option<Verbosity>,
}

#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "Screen options")]
pub struct ColorOption {
    /// When to print in colour
    #[arg(long, value_name = "WHEN", alias = "colour", global = true)]
    color: Option<ColorWhen>,
}

/// `--color` in front of a command, which has to take it.
#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "Screen options")]
pub struct LeadingColorOption {
    /// When to print in colour
    #[arg(long, value_name = "WHEN", alias = "colour")]
    color: Option<ColorWhen>,
}

impl LeadingColorOption {
    /// Returns when to print in colour: on a terminal unless an option or the environment says otherwise. The option
    /// after the command wins.
    pub fn choice(self, behind: Option<ColorOption>) -> ColorChoice {
        match behind.and_then(|option| option.color).or(self.color) {
            None | Some(ColorWhen::Auto) => ColorChoice::Auto,
            Some(ColorWhen::Always) => ColorChoice::Always,
            Some(ColorWhen::Never) => ColorChoice::Never,
        }
    }
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorWhen {
    Auto,
    Always,
    Never,
}
