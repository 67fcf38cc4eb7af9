//! The programs on this system that can speak: words in, samples out.
//!
//! Words are handed over on standard input, as letters only, and never through a shell. A program has a few seconds for
//! them and is killed after that. Its answer is not trusted, and read only up to a limit.

use super::errors::SpeechError;
use super::speech_wav;
use crate::atomic_file::HalfMade;
use crate::clock::monotonic;
use crate::folders;
use crate::programs::{self, Helper};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The time that a program has for one text.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The time between two looks at the flag that stops a program.
const STOP_CHECK: Duration = Duration::from_millis(50);
/// The most bytes that are read: twelve seconds at 96 kHz in stereo.
const MAX_BYTES: u64 = 12 * 96_000 * 4 + 4096;

/// The place where a program leaves the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OutputKind {
    /// Standard output.
    Stdout,
    /// A file, whose name follows the arguments.
    File,
}

/// A program that speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechProgram {
    path: PathBuf,
    arguments: &'static [&'static str],
    output: OutputKind,
}

/// A program that this module knows how to call.
struct KnownProgram {
    name: &'static str,
    arguments: &'static [&'static str],
    output: OutputKind,
    /// True on systems where a program of that name is the one meant here.
    is_on_this_system: bool,
}

/// The programs to look for. The one that sounds most like the built-in clips comes first.
const KNOWN: [KnownProgram; 5] = [
    KnownProgram {
        name: "flite",
        arguments: &["-voice", "slt", "-f", "/dev/stdin", "-o"],
        // It opens its output twice, and would wait forever on a pipe.
        output: OutputKind::File,
        is_on_this_system: true,
    },
    KnownProgram {
        name: "espeak-ng",
        arguments: &["-v", "en-us", "-s", "165", "--stdin", "--stdout"],
        output: OutputKind::Stdout,
        is_on_this_system: true,
    },
    KnownProgram {
        name: "espeak",
        arguments: &["-v", "en-us", "-s", "165", "--stdin", "--stdout"],
        output: OutputKind::Stdout,
        is_on_this_system: true,
    },
    KnownProgram {
        name: "say",
        arguments: &["-f", "-", "--file-format=WAVE", "--data-format=LEI16@22050", "-o"],
        output: OutputKind::File,
        is_on_this_system: cfg!(target_os = "macos"),
    },
    KnownProgram {
        name: "powershell.exe",
        arguments: &["-NoProfile", "-NonInteractive", "-Command", POWERSHELL_SCRIPT],
        output: OutputKind::Stdout,
        is_on_this_system: cfg!(windows),
    },
];

/// Reads the words and writes a WAV file. The script does not depend on the words.
const POWERSHELL_SCRIPT: &str = "Add-Type -AssemblyName System.Speech; \
    $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; \
    $memory = New-Object System.IO.MemoryStream; \
    $voice.SetOutputToWaveStream($memory); \
    $voice.Speak([Console]::In.ReadToEnd()); \
    $voice.Dispose(); \
    $bytes = $memory.ToArray(); \
    $out = [Console]::OpenStandardOutput(); \
    $out.Write($bytes, 0, $bytes.Length); \
    $out.Flush()";

/// Returns the known programs that are installed, best first.
pub fn installed_programs() -> Vec<SpeechProgram> {
    std::env::var_os("PATH").map_or(Vec::new(), |path| find_programs(&path))
}

/// Returns the known programs on a search path, best first. Relative folders in it are skipped.
pub fn find_programs(path: &OsStr) -> Vec<SpeechProgram> {
    let known = KNOWN.iter().filter(|known| known.is_on_this_system);
    known
        .filter_map(|known| {
            let path = programs::find_in(path, known.name)?;
            Some(SpeechProgram { path, arguments: known.arguments, output: known.output })
        })
        .collect()
}

impl SpeechProgram {
    /// Returns the name of the program, such as `flite`.
    pub fn name(&self) -> String {
        self.path.file_stem().map_or(String::new(), |name| name.to_string_lossy().into_owned())
    }

    /// Speaks `words`, which are in the form of [`crate::cues::Word::spoken`]. Returns samples at
    /// [`crate::audio::signal_synth::SAMPLE_RATE`].
    ///
    /// # Errors
    /// If the program cannot be run, fails, takes longer than five seconds, answers with anything but a 16-bit WAV file, or
    /// `stop` is set before it is done.
    pub fn speak(&self, words: &str, stop: &AtomicBool) -> Result<Vec<i16>, SpeechError> {
        let folder = match self.output {
            OutputKind::Stdout => None,
            OutputKind::File => Some(TempFolder::new()?),
        };
        let file = folder.as_ref().map(|folder| folder.path.join("words.wav"));
        let mut command = Command::new(&self.path);
        command
            .args(self.arguments)
            .args(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut helper = Helper::spawn(&mut command)?;
        helper.limit_file_size(MAX_BYTES);
        let output = exchange(&mut helper.child, words, stop);
        let status = helper.end();
        let wav = match file {
            None => output?,
            Some(file) => {
                output?;
                if !status.is_ok_and(|status| status.success()) {
                    return Err(SpeechError::Failed);
                }
                // Opening a pipe would wait until something writes to it.
                if !std::fs::symlink_metadata(&file)?.is_file() {
                    return Err(SpeechError::Failed);
                }
                let mut wav = Vec::new();
                File::open(file)?.take(MAX_BYTES).read_to_end(&mut wav)?;
                wav
            }
        };
        speech_wav::read_words(&wav)
    }
}

/// The programs that are asked to speak, one after the other.
#[derive(Debug)]
pub struct Speakers(Vec<SpeechProgram>);

impl Speakers {
    /// Asks these programs, the first one first.
    pub fn new(programs: Vec<SpeechProgram>) -> Self {
        Speakers(programs)
    }

    /// Returns the samples of the first program that speaks `words`. A program that takes too long is never asked again:
    /// it would take as long for every text.
    pub fn speak(&mut self, words: &str, stop: &AtomicBool) -> Option<Vec<i16>> {
        let mut samples = None;
        self.0.retain(|program| {
            if samples.is_some() {
                return true;
            }
            let spoken = program.speak(words, stop);
            let is_too_slow = matches!(spoken, Err(SpeechError::TimedOut));
            samples = spoken.ok();
            !is_too_slow
        });
        samples
    }
}

/// Gives a program its words, and returns what it writes to standard output until it closes it.
fn exchange(child: &mut Child, words: &str, stop: &AtomicBool) -> Result<Vec<u8>, SpeechError> {
    let (Some(mut output), Some(mut input)) = (child.stdout.take(), child.stdin.take()) else {
        return Err(SpeechError::Failed);
    };
    let words = format!("{words}\n").into_bytes();
    let (sender, receiver) = channel();
    std::thread::Builder::new().name("speech-output".to_string()).spawn(move || {
        // A program that does not read its words may still speak.
        let _ = input.write_all(&words);
        drop(input);
        let mut bytes = Vec::new();
        let read = output.by_ref().take(MAX_BYTES).read_to_end(&mut bytes);
        // Fails if the program took too long and nobody waits any more.
        let _ = sender.send(read.map(|_| bytes));
    })?;
    let deadline = monotonic() + TIMEOUT;
    while monotonic() < deadline {
        if stop.load(Ordering::Relaxed) {
            return Err(SpeechError::Stopped);
        }
        match receiver.recv_timeout(STOP_CHECK) {
            Ok(bytes) => return Ok(bytes?),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(SpeechError::Failed),
        }
    }
    Err(SpeechError::TimedOut)
}

/// A new temporary folder, removed when it is dropped.
struct TempFolder {
    path: PathBuf,
    _record: HalfMade,
}

impl TempFolder {
    fn new() -> std::io::Result<Self> {
        let name = format!("pacebell-voice-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // Fails if it exists: somebody else may have made it.
        folders::create_new_private(&path)?;
        let record = HalfMade::record(&path);
        Ok(TempFolder { path, _record: record })
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // If this fails, the system will clean up its temporary files some day.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
