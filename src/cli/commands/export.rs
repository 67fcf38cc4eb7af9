//! `pacebell export`: a workout's sound as a file, for any player, to run by outdoors.
//!
//! Its second 0 is the session's, as in `simulate --cues`: there is no count-in, whoever presses play runs. The tone that
//! keeps headphones awake is not in it: while a file plays they have something to play. Neither is the volume that the
//! keys have set, for a player has one of its own; the parts of the sound stand to each other as the settings say.

use super::simulate::{self, TAIL};
use crate::audio::SoundContent;
use crate::audio::volume::Volume;
use crate::audio::wav::{self, Recording};
use crate::cli::args::{ExportArguments, ExportFormat};
use crate::cli::failure::Failure;
use crate::cli::{context, load_workout};
use crate::coach::Effect;
use crate::cues::{Phrase, Signal, Verbosity};
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crate::text::clean;
use crate::units::{Millis, clock};
use crate::voice::{self, Synthesizer, default_voice};
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};

/// How long the file goes on after the last word.
const AFTER: Millis = Millis::new(500);
/// Columns of the bar.
const BAR: u64 = 40;

/// What is heard in the file.
enum ExportedSound {
    Signal(Signal),
    Speech(Phrase),
}

/// Runs the command.
pub fn export(arguments: &ExportArguments, voice: Option<Verbosity>) -> Result<ExitCode, Failure> {
    let ExportFormat::Wav = arguments.to;
    let path = &arguments.output;
    let shown = clean(&path.display().to_string());
    let load_workout::LoadedWorkout { sequence, profile, .. } = load_workout::choose(&arguments.workout)?;
    let mix = context::settings()?.sound.mix(Volume::default());
    check_place(path, &shown)?;
    let mut sounds: Vec<(Millis, ExportedSound)> = Vec::new();
    let mut announced = Vec::new();
    let treadmill = profile.treadmill();
    let verbosity = voice.or(context::voice()).unwrap_or(default_voice::IN_EXPORT);
    let end = simulate::session(&sequence, (treadmill, arguments.open, verbosity), |effect| match effect {
        Effect::Sounded(cue) => sounds.push((cue.at, ExportedSound::Signal(cue.signal))),
        Effect::Announce(announcement) => announced.push(announcement),
        _ => {}
    });
    let signals = sounds.len();
    let speaker = match verbosity {
        Verbosity::Off => Synthesizer::default(),
        _ => Synthesizer::for_workout(&sequence, &voice::installed_programs()),
    };
    let says = voice::spoken_phrases(&announced, &speaker);
    let silent = says.iter().filter_map(|(at, phrase)| Some(*at + speaker.length(phrase)?)).max();
    sounds.extend(says.into_iter().map(|(at, says)| (at, ExportedSound::Speech(says))));
    sounds.sort_by_key(|(at, _)| *at);
    // Speech is made when its turn comes: all of it at once would fill the memory.
    let sounds = sounds.into_iter().filter_map(|(at, sound)| match sound {
        ExportedSound::Signal(signal) => Some((at, SoundContent::Signal(signal))),
        ExportedSound::Speech(phrase) => Some((at, SoundContent::Speech(speaker.say(&phrase)?))),
    });
    let length = (end + TAIL).max(silent.unwrap_or_default() + AFTER);
    if length > wav::MAX_LENGTH {
        let (holds, is) = (clock(wav::MAX_LENGTH.whole_secs()), clock(length.whole_secs()));
        let help = "take fewer steps: export the parts of it one after the other";
        return Err(Failure::Input(format!(
            "error: a WAV file holds {holds} at most, and this is {is} long\n  = help: {help}\n"
        )));
    }
    let (sender, notices) = channel();
    runtime::listen_to_signals(sender)?;
    let mut bar = ProgressBar::of(length);
    let mut ended = None;
    let written = Recording { sounds, length, mix }.write(path, |done| {
        bar.show(done);
        ended = signal(&notices);
        if ended.is_some() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    });
    bar.clear();
    if let Some(signal) = ended {
        return Ok(signal.into());
    }
    written.map_err(|e| {
        let help = "name a file in a folder that is there, that you may write to, and that has room";
        Failure::System(format!("{shown} cannot be written: {e}\n  = help: {help}"))
    })?;
    let size = fs::metadata(path).map_or(0, |data| data.len()).div_ceil(1_000_000);
    let word = if signals == 1 { "signal" } else { "signals" };
    writeln!(io::stdout().lock(), "{shown}: {}, {signals} {word}, {size} MB", clock(length.whole_secs()))?;
    Ok(ExitCode::SUCCESS)
}

/// A signal that ends the program, if one has come.
fn signal(notices: &Receiver<RuntimeNotice>) -> Option<ProcessSignal> {
    notices.try_iter().find_map(|notice| match notice {
        RuntimeNotice::Signal(signal) if signal.ends_program() => Some(signal),
        _ => None,
    })
}

/// Whether a recording may stand there: where nothing is, or an earlier one.
fn check_place(path: &Path, shown: &str) -> Result<(), Failure> {
    let Ok(data) = fs::metadata(path) else { return Ok(()) };
    let refused = |what: &str, help: &str| Err(Failure::System(format!("{shown} {what}\n  = help: {help}")));
    if data.is_dir() {
        return refused("is a folder", "name a file in it");
    }
    if !data.is_file() {
        return refused("is not a regular file", "name a file");
    }
    let mut first = [0; wav::FORMAT_BYTES];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    if data.len() > 0 && (read.is_err() || !wav::is_own_format(&first)) {
        return refused(
            "is there already, and is no recording of this program",
            "name a new file, or an earlier recording",
        );
    }
    Ok(())
}

/// How far it has come, in one line on standard error where that is a terminal.
struct ProgressBar {
    length: Millis,
    shown: bool,
    /// What was last shown of it.
    columns: Option<u64>,
}

impl ProgressBar {
    fn of(length: Millis) -> ProgressBar {
        ProgressBar { length, shown: io::stderr().is_terminal(), columns: None }
    }

    fn show(&mut self, done: Millis) {
        let columns = done.get() * BAR / self.length.get().max(1);
        if self.shown && self.columns.replace(columns) != Some(columns) {
            let bar: String = (0..BAR).map(|i| if i < columns { '#' } else { '.' }).collect();
            let (done, length) = (clock(done.whole_secs()), clock(self.length.whole_secs()));
            // A line that nobody sees is no reason not to write the file.
            let _ = write!(io::stderr(), "\r{bar} {done} of {length}");
        }
    }

    fn clear(&self) {
        if self.columns.is_some() && self.shown {
            let _ = write!(io::stderr(), "\r{:60}\r", "");
        }
    }
}
