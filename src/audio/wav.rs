//! Writes sound to a WAV file: mono, 48 kHz, 16 bits. Second 0 of the sound is the first sample.
//!
//! The file is written from start to end, one block at a time. Silent blocks are not written at all: unwritten parts of a
//! file read as zeros, which are silence.

use super::mixer::Mixer;
use super::signal_synth::{SAMPLE_RATE, frames};
use super::sound_cue::SoundContent;
use super::volume::VolumeMix;
use crate::units::Millis;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

/// Frames rendered at a time. This bounds the memory, however long the file is.
const BLOCK: i64 = 48_000;
/// Bytes in a sample.
const SAMPLE_BYTES: u32 = 2;
/// Bytes before the first sample.
const HEADER_BYTES: u32 = 44;
/// The longest sound that fits: 12 hours and 25 minutes. A WAV file counts its bytes in 32 bits.
pub const MAX_LENGTH: Millis =
    Millis::from_secs(((u32::MAX - HEADER_BYTES) / SAMPLE_BYTES / SAMPLE_RATE) as u64);

/// A sound to be written.
pub struct Recording<I> {
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
    /// If the sound is longer than [`MAX_LENGTH`], `progress` fails, or the system refuses.
    pub fn write(self, path: &Path, progress: impl FnMut(Millis) -> io::Result<()>) -> io::Result<()> {
        if self.length > MAX_LENGTH {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("a WAV file holds at most {MAX_LENGTH}, and this sound is {} long", self.length),
            ));
        }
        crate::atomic_file::write(path, |file| self.fill(file, progress))
    }

    fn fill(self, mut file: File, mut progress: impl FnMut(Millis) -> io::Result<()>) -> io::Result<()> {
        let end = frames(self.length) as i64;
        let bytes = end as u64 * u64::from(SAMPLE_BYTES);
        file.write_all(&header(bytes as u32))?;
        let mut sounds = self.sounds.into_iter().peekable();
        let (mut mixer, mut samples, mut block) = (Mixer::with_mix(self.mix), Vec::new(), Vec::new());
        let mut from = 0;
        while from < end {
            let count = (end - from).min(BLOCK);
            while let Some((at, content)) = sounds.next_if(|(at, _)| (frames(*at) as i64) < from + count) {
                mixer.place(frames(at) as i64, content);
            }
            if mixer.sounds_in(from, count) {
                samples.resize(count as usize, 0);
                mixer.render(from, &mut samples);
                block.clear();
                block.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
                let position = u64::from(HEADER_BYTES) + from as u64 * u64::from(SAMPLE_BYTES);
                file.seek(SeekFrom::Start(position))?;
                file.write_all(&block)?;
            }
            mixer.forget_before(from + count);
            from += count;
            progress(Millis::new(from as u64 * 1000 / u64::from(SAMPLE_RATE)))?;
        }
        file.set_len(u64::from(HEADER_BYTES) + bytes)
    }
}

/// Returns the header of a file with `bytes` bytes of samples.
fn header(bytes: u32) -> Vec<u8> {
    const PCM: u16 = 1;
    const CHANNELS: u16 = 1;
    let mut header = Vec::with_capacity(HEADER_BYTES as usize);
    let mut put = |part: &[u8]| header.extend_from_slice(part);
    put(b"RIFF");
    put(&(bytes + HEADER_BYTES - 8).to_le_bytes());
    put(b"WAVEfmt ");
    put(&16u32.to_le_bytes());
    put(&PCM.to_le_bytes());
    put(&CHANNELS.to_le_bytes());
    put(&SAMPLE_RATE.to_le_bytes());
    put(&(SAMPLE_RATE * SAMPLE_BYTES).to_le_bytes());
    put(&(SAMPLE_BYTES as u16).to_le_bytes());
    put(&(8 * SAMPLE_BYTES as u16).to_le_bytes());
    put(b"data");
    put(&bytes.to_le_bytes());
    header
}

/// The number of bytes that [`is_own_format`] looks at.
pub const FORMAT_BYTES: usize = 40;

/// Returns true if a file that begins with these bytes has the format written here. Music has another one: it is in stereo
/// or at another rate.
pub fn is_own_format(start: &[u8]) -> bool {
    let own = header(0);
    let same = |part: Range<usize>| start.get(part.clone()) == own.get(part);
    same(0..4) && same(8..FORMAT_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::signal_synth::samples;
    use crate::cues::Signal;

    fn write_wav(path: &Path, cues: &[(Millis, Signal)], length: Millis) -> io::Result<()> {
        let sounds = cues.iter().map(|(at, signal)| (*at, SoundContent::Signal(*signal)));
        Recording { sounds, length, mix: VolumeMix::default() }.write(path, |_| Ok(()))
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
        let recording = Recording { sounds, length: Millis::from_secs(400), mix: VolumeMix::default() };
        let written = recording.write(&dir.path().join("speech.wav"), |done| {
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
        let recording = Recording {
            sounds: [(Millis::ZERO, SoundContent::Signal(Signal::Finish))],
            length: Millis::from_secs(10),
            mix: VolumeMix::default(),
        };
        let ended = recording.write(&path, |done| {
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
        Recording { sounds, length: Millis::from_secs(1), mix: VolumeMix { pitch, ..VolumeMix::default() } }
            .write(&path, |_| Ok(()))
            .unwrap();
        let low = crate::audio::signal_synth::samples_in(pitch, Signal::Faster);
        assert_eq!(read(&path)[..low.len()], *low);
        assert!(
            is_own_format(&std::fs::read(&path).unwrap())
                && !is_own_format(b"RIFF")
                && !is_own_format(b"name = \"x\"")
        );
    }

    #[test]
    fn a_sound_too_long_for_the_format_is_refused() {
        let refused = write_wav(Path::new("/nowhere/x.wav"), &[], Millis::from_secs(24 * 3600));
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
