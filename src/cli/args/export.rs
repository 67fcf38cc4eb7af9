//! The arguments of `export`.

use super::options::VoiceOption;
use super::workout::{WorkoutArguments, time};
use crate::audio::recording::RecordingFormat;
use crate::units::Millis;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// The file to write, ending in .wav or .flac; replaces an earlier recording
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The format of the file [default: what its name ends in]
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<RecordingFormat>,
    /// The time to allow for each step that waits for you
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub open: Millis,
    #[command(flatten)]
    pub voice: VoiceOption,
}
