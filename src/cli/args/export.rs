//! The arguments of `export`.

use super::options::VoiceOption;
use super::workout::{WorkoutArguments, time};
use crate::audio::recording::RecordingFormat;
use crate::formats::exchange::export::WorkoutExport;
use crate::units::Millis;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// The file to write, ending in .wav or .flac for the sound (replaces an
    /// earlier recording), or in .fit, .zwo, .xml, .json, .txt, .tcx or .toml
    /// for the workout itself; or a folder for all workouts of a plan
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The format of the file [default: what its name ends in]
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<ExportFormat>,
    /// Replace a workout file of the same name
    #[arg(long)]
    pub force: bool,
    /// The time to allow for each step that waits for you
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub open: Millis,
    #[command(flatten)]
    pub voice: VoiceOption,
}

/// A format to write a workout or its sound in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The sound, uncompressed: 5.8 MB a minute
    Wav,
    /// The sound, compressed without loss: about a tenth of that, or less
    Flac,
    /// A workout for watches
    Fit,
    /// A workout for Zwift
    Zwo,
    /// A workout for QZ, which drives treadmills
    Qz,
    /// A workout for Garmin Connect, as JSON
    Garmin,
    /// A workout for intervals.icu, as text
    Intervals,
    /// A TCX workout, for older watches
    Tcx,
    /// A workout file of pacebell
    Toml,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportContent {
    /// The sound.
    Sound(RecordingFormat),
    /// The workout for another program.
    Workout(WorkoutExport),
    /// The text of the workout.
    Text,
}

impl ExportFormat {
    /// All formats.
    const ALL: [Self; 9] = [
        Self::Wav,
        Self::Flac,
        Self::Fit,
        Self::Zwo,
        Self::Qz,
        Self::Garmin,
        Self::Intervals,
        Self::Tcx,
        Self::Toml,
    ];

    /// Returns the ending of the format's files, with its dot.
    pub const fn ending(self) -> &'static str {
        match self {
            ExportFormat::Wav => ".wav",
            ExportFormat::Flac => ".flac",
            ExportFormat::Fit => ".fit",
            ExportFormat::Zwo => ".zwo",
            ExportFormat::Qz => ".xml",
            ExportFormat::Garmin => ".json",
            ExportFormat::Intervals => ".txt",
            ExportFormat::Tcx => ".tcx",
            ExportFormat::Toml => ".toml",
        }
    }

    /// Returns the endings of all formats in a sentence.
    pub fn endings() -> String {
        let endings = Self::ALL.map(Self::ending);
        let (last, others) = endings.split_last().unwrap_or((&"", &[]));
        format!("{} or {last}", others.join(", "))
    }

    /// Returns the format that the ending of a file's name stands for.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.ending().trim_start_matches('.') == ending)
    }

    /// Returns what to write.
    pub const fn content(self) -> ExportContent {
        match self {
            ExportFormat::Wav => ExportContent::Sound(RecordingFormat::Wav),
            ExportFormat::Flac => ExportContent::Sound(RecordingFormat::Flac),
            ExportFormat::Fit => ExportContent::Workout(WorkoutExport::Fit),
            ExportFormat::Zwo => ExportContent::Workout(WorkoutExport::Zwo),
            ExportFormat::Qz => ExportContent::Workout(WorkoutExport::Qz),
            ExportFormat::Garmin => ExportContent::Workout(WorkoutExport::Garmin),
            ExportFormat::Intervals => ExportContent::Workout(WorkoutExport::Intervals),
            ExportFormat::Tcx => ExportContent::Workout(WorkoutExport::Tcx),
            ExportFormat::Toml => ExportContent::Text,
        }
    }
}
