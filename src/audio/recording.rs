//! Renders sound into a file, from start to end and one block at a time. Second 0 of the sound is the first sample.

use super::flac::{self, FlacWriter};
use super::mixer::Mixer;
use super::sample_writer::SampleWriter;
use super::signal_synth::{SAMPLE_RATE, frames};
use super::sound_cue::SoundContent;
use super::volume::VolumeMix;
use super::wav::{self, WavWriter};
use crate::units::Millis;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

/// Frames rendered at a time. This bounds the memory, however long the file is.
const BLOCK: i64 = 48_000;

/// The format of a recording. All are mono, 48 kHz, 16 bits, and hold the same samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RecordingFormat {
    /// Uncompressed: 5.8 MB a minute
    Wav,
    /// Compressed without loss: about a tenth of that, or less
    Flac,
}

impl RecordingFormat {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Wav, Self::Flac];

    /// Returns the ending of the format's files, with its dot.
    pub fn ending(self) -> &'static str {
        match self {
            RecordingFormat::Wav => ".wav",
            RecordingFormat::Flac => ".flac",
        }
    }

    /// Returns the format that the ending of a file's name stands for.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.ending().trim_start_matches('.') == ending)
    }

    /// Returns the longest sound that fits, or `None` if all do.
    pub fn max_length(self) -> Option<Millis> {
        match self {
            RecordingFormat::Wav => Some(wav::MAX_LENGTH),
            RecordingFormat::Flac => None,
        }
    }
}

/// A sound to be written.
pub struct Recording<I> {
    /// The title that players show, in formats that have one.
    pub title: String,
    /// Each sound with its time from the start, in order of time. They are asked for as the file gets to them.
    pub sounds: I,
    /// The exact length. A sound that has not ended by then is cut off.
    pub length: Millis,
    /// The levels.
    pub mix: VolumeMix,
}

impl<I: IntoIterator<Item = (Millis, SoundContent)>> Recording<I> {
    /// Writes the file, which appears under its name only once it is complete. Calls `progress` with the time written so
    /// far; an error returned from there stops the writing.
    ///
    /// # Errors
    /// If the sound is too long for the format, `progress` fails, or the system refuses.
    pub fn write(
        self,
        path: &Path,
        format: RecordingFormat,
        progress: impl FnMut(Millis) -> io::Result<()>,
    ) -> io::Result<()> {
        crate::atomic_file::write(path, |file| {
            let frames = frames(self.length);
            match format {
                RecordingFormat::Wav => self.render(&mut WavWriter::new(file, frames)?, progress),
                RecordingFormat::Flac => {
                    let mut out = BufWriter::new(file);
                    let mut writer = FlacWriter::new(&mut out, frames, &self.title)?;
                    self.render(&mut writer, progress)?;
                    drop(writer);
                    out.flush()
                }
            }
        })
    }

    fn render(
        self,
        writer: &mut impl SampleWriter,
        mut progress: impl FnMut(Millis) -> io::Result<()>,
    ) -> io::Result<()> {
        let end = frames(self.length) as i64;
        let mut sounds = self.sounds.into_iter().peekable();
        let (mut mixer, mut samples) = (Mixer::with_mix(self.mix), Vec::new());
        let mut from = 0;
        while from < end {
            let count = (end - from).min(BLOCK);
            while let Some((at, content)) = sounds.next_if(|(at, _)| (frames(*at) as i64) < from + count) {
                mixer.place(frames(at) as i64, content);
            }
            if mixer.sounds_in(from, count) {
                samples.resize(count as usize, 0);
                mixer.render(from, &mut samples);
                writer.write(&samples)?;
            } else {
                writer.write_silence(count as usize)?;
            }
            mixer.forget_before(from + count);
            from += count;
            progress(Millis::new(from as u64 * 1000 / u64::from(SAMPLE_RATE)))?;
        }
        writer.finish()
    }
}

/// Returns true if the file is a recording written here, of any format. Music is not: it is in stereo, at another rate or
/// from another program.
pub fn is_own_recording(path: &Path) -> bool {
    let mut start = [0; wav::FORMAT_BYTES];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && (wav::is_own_format(&start) || flac::is_own_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::signal_synth::samples;
    use crate::cues::Signal;

    fn write_wav(path: &Path, cues: &[(Millis, Signal)], length: Millis) -> io::Result<()> {
        let sounds = cues.iter().map(|(at, signal)| (*at, SoundContent::Signal(*signal)));
        recording(sounds, length).write(path, RecordingFormat::Wav, |_| Ok(()))
    }

    fn recording<I>(sounds: I, length: Millis) -> Recording<I> {
        Recording { title: "Test".to_string(), sounds, length, mix: VolumeMix::default() }
    }

    fn read(path: &Path) -> Vec<i16> {
        let reader = hound::WavReader::open(path).unwrap();
        let spec = reader.spec();
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 48_000, 16));
        reader.into_samples().map(Result::unwrap).collect()
    }

    #[test]
    fn every_cue_begins_at_its_exact_sample() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        let cues: Vec<_> = (0..50).map(|i| (Millis::new(777 * i), Signal::ALL[i as usize % 3])).collect();
        write_wav(&path, &cues, Millis::new(40_123)).unwrap();
        let sound = read(&path);
        assert_eq!(sound.len(), 40_123 * 48);
        let mut rest = sound.clone();
        for (at, signal) in cues {
            let from = at.get() as usize * 48;
            let table = samples(signal);
            assert_eq!(sound[from..from + table.len()], *table, "{signal:?} at {at}");
            rest[from..from + table.len()].fill(0);
        }
        assert!(rest.iter().all(|s| *s == 0), "silence between the cues");
    }

    #[test]
    fn a_complete_file_replaces_an_older_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        std::fs::write(&path, "an older one").unwrap();
        write_wav(&path, &[(Millis::ZERO, Signal::Finish)], Millis::new(100)).unwrap();
        assert_eq!(read(&path), samples(Signal::Finish)[..4800]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_leaves_no_file_behind() {
        let dir = tempfile::tempdir().unwrap();
        let directory = dir.path().join("taken");
        std::fs::create_dir(&directory).unwrap();
        assert!(write_wav(&directory, &[], Millis::new(10)).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn sounds_are_asked_for_late_and_dropped_early() {
        let dir = tempfile::tempdir().unwrap();
        let (now, asked) = (std::cell::Cell::new(Millis::ZERO), std::cell::Cell::new(0));
        let speech = crate::audio::SpokenSamples::new(vec![1000; 48_000]);
        let sounds = (0..200).map(|i| {
            let at = Millis::from_secs(2 * i);
            assert!(at <= now.get() + Millis::from_secs(4), "{at} asked for at {}", now.get());
            asked.set(asked.get() + 1);
            (at, SoundContent::Speech(speech.clone()))
        });
        let recording = recording(sounds, Millis::from_secs(400));
        let written = recording.write(&dir.path().join("speech.wav"), RecordingFormat::Wav, |done| {
            now.set(done);
            // The original, the sound in progress, the next one, and one more that is peeked at.
            assert!(speech.owners() <= 4);
            Ok(())
        });
        written.unwrap();
        assert_eq!(asked.get(), 200);
    }

    #[test]
    fn a_cancelled_write_leaves_no_file_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        let mut reported = Vec::new();
        let sounds = [(Millis::ZERO, SoundContent::Signal(Signal::Finish))];
        let ended = recording(sounds, Millis::from_secs(10)).write(&path, RecordingFormat::Wav, |done| {
            reported.push(done);
            if reported.len() < 3 { Ok(()) } else { Err(io::ErrorKind::Interrupted.into()) }
        });
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::Interrupted);
        assert_eq!(reported, [1, 2, 3].map(Millis::from_secs));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_mix_applies_to_a_file_too() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        let pitch = crate::cues::NotePitch::Low;
        let sounds = [(Millis::ZERO, SoundContent::Signal(Signal::Faster))];
        let mix = VolumeMix { pitch, ..VolumeMix::default() };
        Recording { mix, ..recording(sounds, Millis::from_secs(1)) }
            .write(&path, RecordingFormat::Wav, |_| Ok(()))
            .unwrap();
        let low = crate::audio::signal_synth::samples_in(pitch, Signal::Faster);
        assert_eq!(read(&path)[..low.len()], *low);
    }

    #[test]
    fn a_flac_file_holds_the_samples_of_the_wav_file() {
        let dir = tempfile::tempdir().unwrap();
        let (wav, flac) = (dir.path().join("cues.wav"), dir.path().join("cues.flac"));
        // Noise does not compress, and the last block is a short one.
        let noise = (0..30_011u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 18) as i16).collect();
        let speech = crate::audio::SpokenSamples::new(noise);
        let sounds = || {
            let signals = (0..20).map(|i| {
                (Millis::new(7777 * i), SoundContent::Signal(Signal::ALL[i as usize % Signal::ALL.len()]))
            });
            signals.chain([(Millis::new(160_001), SoundContent::Speech(speech.clone()))])
        };
        let length = Millis::new(161_003);
        recording(sounds(), length).write(&wav, RecordingFormat::Wav, |_| Ok(())).unwrap();
        recording(sounds(), length).write(&flac, RecordingFormat::Flac, |_| Ok(())).unwrap();
        let mut reader = claxon::FlacReader::open(&flac).unwrap();
        let info = reader.streaminfo();
        assert_eq!((info.channels, info.sample_rate, info.bits_per_sample), (1, 48_000, 16));
        assert_eq!(info.samples, Some(161_003 * 48));
        assert_eq!(reader.get_tag("TITLE").next(), Some("Test"));
        let heard: Vec<i16> = reader.samples().map(|sample| sample.unwrap() as i16).collect();
        assert!(heard == read(&wav), "the samples differ");
        assert!(is_own_recording(&flac) && is_own_recording(&wav));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn silence_takes_hardly_any_room_in_a_flac_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("silence.flac");
        let nothing: [(Millis, SoundContent); 0] = [];
        let recording = recording(nothing, Millis::from_secs(600));
        recording.write(&path, RecordingFormat::Flac, |_| Ok(())).unwrap();
        // The WAV file has 57.6 MB.
        assert!(std::fs::metadata(&path).unwrap().len() < 150_000);
    }

    #[test]
    fn the_ending_of_a_file_names_its_format() {
        for (file, format) in [
            ("a.wav", Some(RecordingFormat::Wav)),
            ("a.b.FLAC", Some(RecordingFormat::Flac)),
            ("a.fit", None),
            ("a", None),
            ("flac", None),
        ] {
            assert_eq!(RecordingFormat::of_file(Path::new(file)), format, "{file}");
        }
    }
}
