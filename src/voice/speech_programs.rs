//! What can speak on this system, where there is anything: words in, samples out.
//!
//! Words are handed over on standard input only, in letters, and never through a shell; a program has a few seconds for
//! them and is ended after that. Nothing that it answers is believed further than its length.

use super::resample::resampled;
use crate::audio::SpokenSamples;
use crate::clock::monotonic;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long a program may take for one text.
const PATIENCE: Duration = Duration::from_secs(5);
/// How soon one is ended that nobody waits for any more.
const GLANCE: Duration = Duration::from_millis(50);
/// The longest sound that is taken: twelve seconds at 96 kHz in stereo.
const MOST_BYTES: u64 = 12 * 96_000 * 4 + 4096;
/// Of a spoken word, the highest sample; the loudest of the program's own clips are like it.
const LOUD: f64 = 0.31;

/// Where a program leaves the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OutputKind {
    /// On standard output.
    Output,
    /// In a file that is named after these arguments.
    File,
}

/// A program that speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechProgram {
    path: PathBuf,
    arguments: &'static [&'static str],
    leaves: OutputKind,
}

impl SpeechProgram {
    /// What it is called: `flite`.
    pub fn name(&self) -> String {
        self.path.file_stem().map_or(String::new(), |name| name.to_string_lossy().into_owned())
    }
}

/// Reads what to say and writes a WAV file. It is the same for every text.
const POWERSHELL: &str = "Add-Type -AssemblyName System.Speech; \
    $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; \
    $memory = New-Object System.IO.MemoryStream; \
    $voice.SetOutputToWaveStream($memory); \
    $voice.Speak([Console]::In.ReadToEnd()); \
    $voice.Dispose(); \
    $bytes = $memory.ToArray(); \
    $out = [Console]::OpenStandardOutput(); \
    $out.Write($bytes, 0, $bytes.Length); \
    $out.Flush()";

/// The programs that are known, the one most like the clips first.
const KNOWN: [(&str, &[&str], OutputKind); 5] = [
    // It opens what it writes twice: on a pipe it would wait for ever.
    ("flite", &["-voice", "slt", "-f", "/dev/stdin", "-o"], OutputKind::File),
    ("espeak-ng", &["-v", "en-us", "-s", "165", "--stdin", "--stdout"], OutputKind::Output),
    ("espeak", &["-v", "en-us", "-s", "165", "--stdin", "--stdout"], OutputKind::Output),
    ("say", &["-f", "-", "--file-format=WAVE", "--data-format=LEI16@22050", "-o"], OutputKind::File),
    ("powershell.exe", &["-NoProfile", "-NonInteractive", "-Command", POWERSHELL], OutputKind::Output),
];

/// Those of the known programs that are there, on a search path.
pub fn found(path: &OsStr) -> Vec<SpeechProgram> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
    let find = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|file| is_program(file));
    let here = |name: &str| match name {
        // Elsewhere something else may be called that.
        "say" => cfg!(target_os = "macos"),
        "powershell.exe" => cfg!(windows),
        _ => true,
    };
    KNOWN
        .iter()
        .filter(|(name, ..)| here(name))
        .filter_map(|(name, arguments, leaves)| {
            Some(SpeechProgram { path: find(name)?, arguments, leaves: *leaves })
        })
        .collect()
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

impl SpeechProgram {
    /// What the words sound like. They are in letters already: see [`crate::cues::Word::spoken`].
    /// Given up once `stop` is set.
    pub fn speak(&self, words: &str, stop: &AtomicBool) -> Option<Vec<i16>> {
        let folder = match self.leaves {
            OutputKind::Output => None,
            OutputKind::File => Some(TempFolder::new()?),
        };
        let file = folder.as_ref().map(|folder| folder.0.join("words.wav"));
        let mut child = Command::new(&self.path)
            .args(self.arguments)
            .args(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let heard = listen(&mut child, words, stop);
        // One that is over is not there to be ended.
        let _ = child.kill();
        let ended = child.wait().ok();
        let bytes = match file {
            None => heard?,
            Some(file) => {
                ended.filter(|status| status.success())?;
                let mut bytes = Vec::new();
                std::fs::File::open(file).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
                bytes
            }
        };
        let (mut samples, rate) = samples(&bytes)?;
        samples.truncate(SpokenSamples::MAX_SECONDS * rate as usize);
        level(&trimmed(&resampled(&samples, rate)))
    }
}

/// Gives a program its words, and takes what it says until it is silent.
fn listen(child: &mut Child, words: &str, stop: &AtomicBool) -> Option<Vec<u8>> {
    let mut output = child.stdout.take()?;
    let (done, heard) = channel();
    let reads = std::thread::Builder::new().name("speech".to_string()).spawn(move || {
        let mut bytes = Vec::new();
        let read = output.by_ref().take(MOST_BYTES).read_to_end(&mut bytes);
        // Whoever has lost patience is gone.
        let _ = done.send(read.is_ok().then_some(bytes));
    });
    reads.ok()?;
    // So little fits into a pipe that nobody reads. One that is not read is no reason to give up: it may be said all
    // the same.
    let _ = child.stdin.take()?.write_all(format!("{words}\n").as_bytes());
    let end = monotonic() + PATIENCE;
    while monotonic() < end && !stop.load(Ordering::Relaxed) {
        match heard.recv_timeout(GLANCE) {
            Ok(bytes) => return bytes,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    None
}

/// A folder that nobody else can write to, for as long as it is held.
struct TempFolder(PathBuf);

impl TempFolder {
    fn new() -> Option<Self> {
        let of_this = format!("pacebell-voice-{}", std::process::id());
        let path = std::env::temp_dir().join(of_this);
        // Fails where there is one already, whoever made it.
        std::fs::create_dir(&path).ok()?;
        Some(TempFolder(path))
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // What cannot be removed is in a folder for what may be lost.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The samples of a 16-bit WAV file and their rate: the first channel. A length that is not true, as where it was not
/// known when the head was written, is what is there.
fn samples(wav: &[u8]) -> Option<(Vec<i16>, u32)> {
    let short = |bytes: &[u8], at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let long = |bytes: &[u8], at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if wav.get(..4)? != b"RIFF" || wav.get(8..12)? != b"WAVE" {
        return None;
    }
    let (mut rest, mut form) = (wav.get(12..)?, None);
    loop {
        let (name, length) = (rest.get(..4)?, long(rest, 4)? as usize);
        let body = rest.get(8..)?;
        let body_end = length.min(body.len());
        let (body, after) = body.split_at(body_end);
        match name {
            b"fmt " if short(body, 0)? != 1 || short(body, 14)? != 16 => return None,
            b"fmt " => form = Some((usize::from(short(body, 2)?), long(body, 4)?)),
            b"data" => {
                let (channels, rate) =
                    form.filter(|(c, r)| (1..=8).contains(c) && (4_000..=192_000).contains(r))?;
                let first = |frame: &[u8]| short(frame, 0).map(|s| s as i16);
                return Some((body.chunks_exact(2 * channels).filter_map(first).collect(), rate));
            }
            _ => {}
        }
        rest = after.get(length % 2..)?;
    }
}

/// Without the silence around it.
fn trimmed(samples: &[i16]) -> Vec<i16> {
    let highest = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
    let heard = |s: &i16| s.unsigned_abs() > highest / 50;
    let (Some(first), Some(last)) = (samples.iter().position(heard), samples.iter().rposition(heard)) else {
        return Vec::new();
    };
    const AROUND: usize = 480;
    samples.get(first.saturating_sub(AROUND)..(last + AROUND).min(samples.len())).unwrap_or_default().to_vec()
}

/// As loud as the clips, with soft edges; nothing where nothing is heard, or for too long.
fn level(samples: &[i16]) -> Option<Vec<i16>> {
    const EDGE: f64 = 240.0;
    let highest = samples.iter().map(|s| s.unsigned_abs()).max().filter(|high| *high > 100)?;
    if samples.len() > SpokenSamples::MAX_SAMPLES {
        return None;
    }
    let gain = LOUD * f64::from(i16::MAX) / f64::from(highest);
    let last = samples.len() - 1;
    let each = samples.iter().enumerate().map(|(i, s)| {
        let edge = (i.min(last - i) as f64 / EDGE).min(1.0);
        (f64::from(*s) * gain * edge) as i16
    });
    Some(each.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(length: u32, body: &[u8]) -> Vec<u8> {
        let mut all =
            b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x22\x56\0\0\x44\xac\0\0\x02\0\x10\0".to_vec();
        all.extend(b"LIST\x03\0\0\0abc\0data");
        all.extend(length.to_le_bytes());
        all.extend(body);
        all
    }

    #[test]
    fn a_file_that_did_not_know_its_length_is_read_to_its_end() {
        let body = [1, 0, 2, 0, 0xff, 0xff];
        for length in [6, 0x7fff_f000, u32::MAX] {
            assert_eq!(samples(&wav(length, &body)), Some((vec![1, 2, -1], 22_050)));
        }
    }

    #[test]
    fn what_is_no_sound_is_nothing() {
        let whole = wav(6, &[1, 0, 2, 0, 3, 0]);
        for cut in 0..whole.len() - 6 {
            assert_eq!(samples(&whole[..cut]), None, "{cut}");
        }
        assert_eq!(samples(b"<html>not found</html>, and some more of it"), None);
        assert_eq!(level(&[0; 1000]), None);
    }
}
