//! `pacebell export`: writes a workout's sound into a file, to run by outdoors with any player, or the workout itself for
//! another program.
//!
//! Second 0 of the file is second 0 of the session, as in `simulate --cues`. There is no count-in, because the runner
//! starts when the player does, and no tone to keep headphones awake, because a file that plays does that itself. The
//! volume keys have no effect on the file, for a player has its own; the settings' balance of the sounds has.

use super::export_plan;
use super::export_workout::{self, WorkoutTarget};
use super::simulate::{self, SimulationSettings, TAIL};
use crate::audio::SoundContent;
use crate::audio::recording::{self, Recording, RecordingFormat};
use crate::audio::volume::{Volume, VolumeMix};
use crate::cli::args::export::{ExportArguments, ExportContent, ExportFormat};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::progress_bar::{ProgressBar, ending_signal};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::coach::Effect;
use crate::cues::{Phrase, Signal, Verbosity};
use crate::runtime;
use crate::text::clean;
use crate::units::{Millis, clock};
use crate::voice::{self, Synthesizer, default_voice};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::channel;

/// How long the file continues after the last word.
const AFTER_LAST_WORD: Millis = Millis::new(500);

/// Runs the command.
pub fn export(context: &Context, arguments: &ExportArguments) -> Result<(), Failure> {
    let path = &arguments.output;
    let display_path = clean(&path.display().to_string());
    if export_plan::is_folder(path) {
        return export_plan::export(path, arguments);
    }
    let format = format_of(path, &display_path, arguments.to)?;
    let workout = load_workout::load(context, &arguments.workout)?;
    let ExportContent::Sound(format) = format.content() else {
        let target = WorkoutTarget { path, display_path: &display_path, content: format.content() };
        return export_workout::export(&target, &workout, arguments);
    };
    check_target(path, &display_path)?;
    let verbosity = context.voice.unwrap_or(default_voice::IN_EXPORT);
    let soundtrack = Soundtrack::of(&workout, arguments.open, verbosity);
    check_length(soundtrack.length, format)?;
    let (length, signals) = (soundtrack.length, soundtrack.signals);
    let target = ExportTarget { path, display_path: &display_path, format };
    soundtrack.write(&target, context.settings.sound.mix(Volume::default()))?;
    let size = size_words(fs::metadata(path).map_or(0, |data| data.len()));
    let word = if signals == 1 { "signal" } else { "signals" };
    let length = clock(length.whole_secs());
    Ok(writeln!(SpelledOutput::stdout(), "{display_path}: {length}, {signals} {word}, {size}")?)
}

/// Endings of sound files that pacebell does not write.
const LOSSY: [&str; 5] = ["ogg", "opus", "mp3", "m4a", "aac"];

/// The file to write.
struct ExportTarget<'a> {
    path: &'a Path,
    display_path: &'a str,
    format: RecordingFormat,
}

/// Returns the format to write: that of `--to`, or what the name ends in.
fn format_of(path: &Path, display_path: &str, to: Option<ExportFormat>) -> Result<ExportFormat, Failure> {
    let refuse = |problem: String, help: String| Err(Failure::Input(Report::new(problem).with_help(help)));
    if path == Path::new("-") {
        let help = format!("write a name that ends in {}", ExportFormat::endings());
        return refuse("export writes a file, and not to standard output".to_string(), help);
    }
    match (ExportFormat::of_file(path), to) {
        (Some(named), Some(to)) if named != to => {
            let problem = format!("--to asks for another format than {display_path} ends in");
            refuse(problem, format!("leave out `--to`, or write a name that ends in {}", to.ending()))
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => {
            let problem = format!("{display_path} does not end in a format that pacebell can write");
            let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
            if ending.is_some_and(|ending| LOSSY.iter().any(|lossy| ending == *lossy)) {
                let help =
                    "write a name that ends in .flac; no encoder for Ogg or MP3 in Rust is mature enough yet";
                return refuse(problem, help.to_string());
            }
            let help = format!("write a name that ends in {}, or add --to", ExportFormat::endings());
            refuse(problem, help)
        }
    }
}

/// Refuses a sound that is too long for its format.
fn check_length(length: Millis, format: RecordingFormat) -> Result<(), Failure> {
    let Some(longest) = format.max_length().filter(|longest| length > *longest) else { return Ok(()) };
    let (longest, length) = (longest.whole_secs(), length.whole_secs());
    let problem =
        format!("a WAV file holds at most {}, and this workout takes {}", clock(longest), clock(length));
    let help = "write a file that ends in .flac, or split the workout and export each part";
    Err(Failure::Input(Report::new(problem).with_help(help)))
}

/// Returns a number of bytes in words: `86.6 MB`, `412 kB`.
fn size_words(bytes: u64) -> String {
    match bytes as f64 {
        bytes if bytes < 999_500.0 => format!("{:.0} kB", (bytes / 1e3).ceil()),
        bytes if bytes < 999.95e6 => format!("{:.1} MB", bytes / 1e6),
        bytes => format!("{:.2} GB", bytes / 1e9),
    }
}

/// A sound of the file.
enum ExportedSound {
    Signal(Signal),
    Speech(Phrase),
}

/// Everything that is heard in the file.
struct Soundtrack {
    title: String,
    sounds: Vec<(Millis, ExportedSound)>,
    synthesizer: Synthesizer,
    length: Millis,
    /// The number of signals among the sounds.
    signals: usize,
}

impl Soundtrack {
    fn of(workout: &LoadedWorkout, open: Millis, verbosity: Verbosity) -> Self {
        let LoadedWorkout { sequence, profile, .. } = workout;
        let mut sounds: Vec<(Millis, ExportedSound)> = Vec::new();
        let mut announced = Vec::new();
        let settings = SimulationSettings { treadmill: profile.treadmill(), open, voice: verbosity };
        let end = simulate::simulate_session(sequence, &settings, |effect| match effect {
            Effect::Sounded(cue) => sounds.push((cue.at, ExportedSound::Signal(cue.signal))),
            Effect::Announce(announcement) => announced.push(announcement),
            _ => {}
        });
        let signals = sounds.len();
        let synthesizer = match verbosity {
            Verbosity::Off => Synthesizer::default(),
            _ => Synthesizer::for_workout(sequence, &voice::installed_programs()),
        };
        let phrases = voice::spoken_phrases(&announced, &synthesizer);
        let last_word =
            phrases.iter().filter_map(|(at, phrase)| Some(*at + synthesizer.length(phrase)?)).max();
        sounds.extend(phrases.into_iter().map(|(at, phrase)| (at, ExportedSound::Speech(phrase))));
        sounds.sort_by_key(|(at, _)| *at);
        let length = (end + TAIL).max(last_word.unwrap_or_default() + AFTER_LAST_WORD);
        Soundtrack { title: clean(&sequence.name), sounds, synthesizer, length, signals }
    }

    /// Writes the file, showing the progress. A signal that ends the program stops it.
    fn write(self, target: &ExportTarget<'_>, mix: VolumeMix) -> Result<(), Failure> {
        let Soundtrack { title, sounds, synthesizer, length, .. } = self;
        // Speech is made one phrase at a time; all at once it would fill the memory.
        let sounds = sounds.into_iter().filter_map(|(at, sound)| match sound {
            ExportedSound::Signal(signal) => Some((at, SoundContent::Signal(signal))),
            ExportedSound::Speech(phrase) => Some((at, SoundContent::Speech(synthesizer.say(&phrase)?))),
        });
        let (sender, notices) = channel();
        runtime::listen_to_signals(sender)?;
        let mut bar = ProgressBar::new();
        let mut interrupted = None;
        let recording = Recording { title, sounds, length, mix };
        let written = recording.write(target.path, target.format, |done| {
            let words = || format!("{} of {}", clock(done.whole_secs()), clock(length.whole_secs()));
            bar.show(done.get(), length.get(), words);
            interrupted = ending_signal(&notices);
            if interrupted.is_some() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        });
        bar.clear();
        if let Some(signal) = interrupted {
            return Err(Failure::Interrupted(signal));
        }
        written.map_err(|error| {
            let report = Report::new(format!("{} cannot be written: {error}", target.display_path));
            let help = "choose a file in an existing folder that you may write to, on a disk with room";
            Failure::System(report.with_help(help))
        })
    }
}

/// Refuses a path that holds anything but an earlier recording.
fn check_target(path: &Path, display_path: &str) -> Result<(), Failure> {
    let Ok(data) = fs::metadata(path) else { return Ok(()) };
    let refuse = |problem: &str, help: &str| {
        Err(Failure::System(Report::new(format!("{display_path} {problem}")).with_help(help)))
    };
    if data.is_dir() {
        return refuse("is a folder", "choose a file in it");
    }
    if !data.is_file() {
        return refuse("is not a regular file", "choose a file");
    }
    if data.len() > 0 && !recording::is_own_recording(path) {
        return refuse(
            "already exists and is not a recording made by pacebell",
            "choose a new file, or an earlier recording to replace",
        );
    }
    Ok(())
}
