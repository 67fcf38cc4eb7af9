//! Sound as a WAV file: what would be heard, second 0 being the first sample.
//!
//! The file is written from its beginning to its end, a piece at a time, and what is silent is not written at all: where
//! nothing was written a file reads as zeros, which are silence.

use super::SoundContent;
use super::mixer::Mixer;
use super::signal_synth::{RATE, frames};
use super::volume::VolumeMix;
use crate::units::Millis;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// Frames rendered at a time: what is held in memory, however long the file.
const PIECE: i64 = 48_000;
/// Bytes in a sample.
const SAMPLE: u32 = 2;
/// Bytes before the first sample.
const HEADER: u32 = 44;
/// A WAV file counts its bytes in 32 bits: 12 hours and 25 minutes.
pub const LONGEST: Millis = Millis::from_secs(((u32::MAX - HEADER) / SAMPLE / RATE) as u64);

/// What is to be written.
pub struct Recording<I> {
    /// Each sound at its time after the start, in the order of time. They are asked for as the file comes to them.
    pub sounds: I,
    /// How long it is, exactly. What has not ended by then is cut off.
    pub length: Millis,
    /// How loud its parts are.
    pub mix: VolumeMix,
}

impl<I: IntoIterator<Item = (Millis, SoundContent)>> Recording<I> {
    /// Writes it as a mono 48 kHz 16-bit file, which appears under its name only once it is whole. On the way it tells how
    /// far it has come; an error returned there ends it.
    ///
    /// # Errors
    /// Where it is longer than [`LONGEST`], or the system would not.
    pub fn write(self, path: &Path, progress: impl FnMut(Millis) -> io::Result<()>) -> io::Result<()> {
        if self.length > LONGEST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("a WAV file holds {LONGEST} at most, and this is {} long", self.length),
            ));
        }
        crate::atomic_file::write(path, |file| self.fill(file, progress))
    }

    fn fill(self, mut file: File, mut progress: impl FnMut(Millis) -> io::Result<()>) -> io::Result<()> {
        let end = frames(self.length) as i64;
        let bytes = end as u64 * u64::from(SAMPLE);
        file.write_all(&header(bytes as u32))?;
        let mut sounds = self.sounds.into_iter().peekable();
        let (mut track, mut samples, mut piece) = (Mixer::of(self.mix), Vec::new(), Vec::new());
        let mut from = 0;
        while from < end {
            let count = (end - from).min(PIECE);
            while let Some((at, what)) = sounds.next_if(|(at, _)| (frames(*at) as i64) < from + count) {
                track.place(frames(at) as i64, what);
            }
            if track.sounds_in(from, count) {
                samples.resize(count as usize, 0);
                track.render(from, &mut samples);
                piece.clear();
                piece.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
                file.seek(SeekFrom::Start(u64::from(HEADER) + from as u64 * u64::from(SAMPLE)))?;
                file.write_all(&piece)?;
            }
            track.forget(from + count);
            from += count;
            progress(Millis::new(from as u64 * 1000 / u64::from(RATE)))?;
        }
        file.set_len(u64::from(HEADER) + bytes)
    }
}

/// The beginning of a file with so many bytes of samples: RIFF, its format, and where the samples begin.
fn header(bytes: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER as usize);
    let mut part = |part: &[u8]| header.extend_from_slice(part);
    part(b"RIFF");
    part(&(bytes + HEADER - 8).to_le_bytes());
    part(b"WAVEfmt ");
    part(&16u32.to_le_bytes());
    // Linear samples, one channel.
    part(&1u16.to_le_bytes());
    part(&1u16.to_le_bytes());
    part(&RATE.to_le_bytes());
    part(&(RATE * SAMPLE).to_le_bytes());
    part(&(SAMPLE as u16).to_le_bytes());
    part(&(8 * SAMPLE as u16).to_le_bytes());
    part(b"data");
    part(&bytes.to_le_bytes());
    header
}

/// How much of a file [`is_one`] has to see.
pub const FIRST: usize = 40;

/// Whether a file begins like one of these: in one channel of that many samples a second, as music is not.
pub fn is_one(first: &[u8]) -> bool {
    let ours = header(0);
    let same = |part: std::ops::Range<usize>| first.get(part.clone()) == ours.get(part);
    same(0..4) && same(8..FIRST)
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
    fn every_cue_is_at_its_sample() {
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
    fn only_the_whole_file_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        std::fs::write(&path, "an older one").unwrap();
        write_wav(&path, &[(Millis::ZERO, Signal::Finish)], Millis::new(100)).unwrap();
        assert_eq!(read(&path), samples(Signal::Finish)[..4800]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let directory = dir.path().join("taken");
        std::fs::create_dir(&directory).unwrap();
        assert!(write_wav(&directory, &[], Millis::new(10)).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn sounds_are_asked_for_as_the_file_comes_to_them_and_none_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (now, asked) = (std::cell::Cell::new(Millis::ZERO), std::cell::Cell::new(0));
        let speech = crate::audio::SpokenSamples::new(vec![1000; 48_000]);
        let said = (0..200).map(|i| {
            let at = Millis::from_secs(2 * i);
            assert!(at <= now.get() + Millis::from_secs(4), "{at} asked for at {}", now.get());
            asked.set(asked.get() + 1);
            (at, SoundContent::Speech(speech.clone()))
        });
        let recording = Recording { sounds: said, length: Millis::from_secs(400), mix: VolumeMix::default() };
        let written = recording.write(&dir.path().join("said.wav"), |done| {
            now.set(done);
            // The one that the next is waiting behind, the one that sounds, and the one that is asked for.
            let crate::audio::SpokenSamples(samples) = &speech;
            assert!(std::sync::Arc::strong_count(samples) <= 4);
            Ok(())
        });
        written.unwrap();
        assert_eq!(asked.get(), 200);
    }

    #[test]
    fn one_that_is_ended_on_the_way_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        let mut told = Vec::new();
        let recording = Recording {
            sounds: [(Millis::ZERO, SoundContent::Signal(Signal::Finish))],
            length: Millis::from_secs(10),
            mix: VolumeMix::default(),
        };
        let ended = recording.write(&path, |done| {
            told.push(done);
            if told.len() < 3 { Ok(()) } else { Err(io::ErrorKind::Interrupted.into()) }
        });
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::Interrupted);
        assert_eq!(told, [1, 2, 3].map(Millis::from_secs));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_mix_holds_for_the_file_too() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cues.wav");
        let pitch = crate::cues::NotePitch::Low;
        let sounds = [(Millis::ZERO, SoundContent::Signal(Signal::Faster))];
        Recording { sounds, length: Millis::from_secs(1), mix: VolumeMix { pitch, ..VolumeMix::default() } }
            .write(&path, |_| Ok(()))
            .unwrap();
        let low = crate::audio::signal_synth::samples_in(pitch, Signal::Faster);
        assert_eq!(read(&path)[..low.len()], *low);
        assert!(is_one(&std::fs::read(&path).unwrap()) && !is_one(b"RIFF") && !is_one(b"name = \"x\""));
    }

    #[test]
    fn a_file_too_long_for_its_format_is_refused() {
        let refused = write_wav(Path::new("/nowhere/x.wav"), &[], Millis::from_secs(24 * 3600));
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
