//! WAV files: mono, 48 kHz, 16 bits. Second 0 of the sound is the first sample.
//!
//! Silent blocks are not written at all: unwritten parts of a file read as zeros, which are silence.

use super::sample_writer::SampleWriter;
use super::signal_synth::SAMPLE_RATE;
use crate::units::Millis;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::ops::Range;

/// Bytes in a sample.
const SAMPLE_BYTES: u32 = 2;
/// Bytes before the first sample.
const HEADER_BYTES: u32 = 44;
/// The longest sound that fits: 12 hours and 25 minutes. A WAV file counts its bytes in 32 bits.
pub const MAX_LENGTH: Millis =
    Millis::from_secs(((u32::MAX - HEADER_BYTES) / SAMPLE_BYTES / SAMPLE_RATE) as u64);

/// A WAV file being written.
pub struct WavWriter {
    file: File,
    /// Bytes of the file so far.
    length: u64,
    block: Vec<u8>,
}

impl WavWriter {
    /// Begins a file of `frames` samples.
    ///
    /// # Errors
    /// If that is more than a WAV file holds, or the system refuses.
    pub fn new(mut file: File, frames: u64) -> io::Result<Self> {
        let bytes = frames * u64::from(SAMPLE_BYTES);
        let Some(bytes) = u32::try_from(bytes).ok().filter(|bytes| *bytes <= u32::MAX - HEADER_BYTES) else {
            let problem = format!("a WAV file holds at most {MAX_LENGTH}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        };
        file.write_all(&header(bytes))?;
        Ok(WavWriter { file, length: u64::from(HEADER_BYTES), block: Vec::new() })
    }
}

impl SampleWriter for WavWriter {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.block.clear();
        self.block.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        self.file.seek(SeekFrom::Start(self.length))?;
        self.length += self.block.len() as u64;
        self.file.write_all(&self.block)
    }

    fn write_silence(&mut self, frames: usize) -> io::Result<()> {
        self.length += frames as u64 * u64::from(SAMPLE_BYTES);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)
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

    #[test]
    fn music_has_another_header() {
        let own = header(4800);
        let mut stereo = own.clone();
        stereo[22] = 2;
        assert!(is_own_format(&own) && !is_own_format(&stereo));
        assert!(!is_own_format(b"RIFF") && !is_own_format(b"name = \"x\""));
    }

    #[test]
    fn rejects_a_sound_that_is_too_long() {
        let refused = WavWriter::new(tempfile::tempfile().unwrap(), 24 * 3600 * 48_000).err();
        assert_eq!(refused.unwrap().kind(), io::ErrorKind::InvalidInput);
    }
}
