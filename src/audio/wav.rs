//! A cue track as a WAV file: what would be heard, second 0 being the first sample.

use super::sound::{RATE, frames};
use super::track::Track;
use crate::cues::Signal;
use crate::units::Millis;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// Frames rendered at a time: what is held in memory, however long the file.
const PIECE: usize = 9600;
/// A WAV file counts its bytes in 32 bits; the header takes a few of them.
const LONGEST: Millis = Millis::from_secs((u32::MAX as u64 - 1000) / 2 / RATE as u64);

/// Writes `cues`, each at its time after the start, as a mono 48 kHz 16-bit WAV file of exactly `length`.
///
/// A sound that has not ended by then is cut off. The file appears under its name only once it is whole.
pub fn write_wav(path: &Path, cues: &[(Millis, Signal)], length: Millis) -> io::Result<()> {
    if length > LONGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("a WAV file holds {LONGEST} at most, and this is {length} long"),
        ));
    }
    crate::files::write(path, |file| write(file, cues, length))
}

fn write(file: File, cues: &[(Millis, Signal)], length: Millis) -> io::Result<()> {
    let spec =
        WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::new(BufWriter::new(file), spec).map_err(plain)?;
    let mut cues = cues.to_vec();
    cues.sort_by_key(|(at, _)| *at);
    let mut cues = cues.into_iter().peekable();
    let (mut track, mut piece) = (Track::default(), vec![0; PIECE]);
    let end = frames(length) as i64;
    let mut from = 0;
    while from < end {
        let count = (end - from).min(PIECE as i64);
        while let Some((at, signal)) = cues.next_if(|(at, _)| (frames(*at) as i64) < from + count) {
            track.place(frames(at) as i64, signal);
        }
        piece.truncate(count as usize);
        track.render(from, &mut piece);
        track.forget(from + count);
        let mut samples = writer.get_i16_writer(count as u32);
        for sample in &piece {
            samples.write_sample(*sample);
        }
        samples.flush().map_err(plain)?;
        from += count;
    }
    writer.finalize().map_err(plain)
}

fn plain(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sound::samples;
    use super::*;

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
    fn a_file_too_long_for_its_format_is_refused() {
        let refused = write_wav(Path::new("/nowhere/x.wav"), &[], Millis::from_secs(24 * 3600));
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
