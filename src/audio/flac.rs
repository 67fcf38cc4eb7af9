//! FLAC files: mono, 48 kHz, 16 bits, compressed without loss. Silence takes hardly any room.

use super::sample_writer::SampleWriter;
use super::signal_synth::SAMPLE_RATE;
use flac_codec::Error;
use flac_codec::encode::{FlacSampleWriter, Options};
use flac_codec::metadata::{self, VorbisComment};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// The tag that names the program which wrote a file.
const ENCODER: &str = "ENCODER";
/// Bits in a sample.
const SAMPLE_BITS: u32 = 16;

/// A FLAC file being written.
pub struct FlacWriter<'a> {
    /// The encoder; `None` once the file is finished.
    encoder: Option<FlacSampleWriter<&'a mut BufWriter<File>>>,
    block: Vec<i32>,
}

impl<'a> FlacWriter<'a> {
    /// Begins a file of `frames` samples, with a title that players show. Flush `out` once the writer is finished.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new(out: &'a mut BufWriter<File>, frames: u64, title: &str) -> io::Result<Self> {
        // More partitions would hold the ones that are silent without any bits, which not every decoder can read.
        let options = Options::default().no_padding().max_partition_order(0).map_err(io::Error::other)?;
        let options = options.tag("TITLE", title).tag(ENCODER, env!("CARGO_PKG_NAME"));
        let encoder = FlacSampleWriter::new(out, options, SAMPLE_RATE, SAMPLE_BITS, 1, Some(frames));
        Ok(FlacWriter { encoder: Some(encoder.map_err(io_error)?), block: Vec::new() })
    }

    fn encode(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            Some(encoder) => encoder.write(&self.block).map_err(io_error),
            None => Ok(()),
        }
    }
}

impl SampleWriter for FlacWriter<'_> {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.block.clear();
        self.block.extend(samples.iter().copied().map(i32::from));
        self.encode()
    }

    fn write_silence(&mut self, frames: usize) -> io::Result<()> {
        self.block.clear();
        self.block.resize(frames, 0);
        self.encode()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.encoder.take().map_or(Ok(()), |encoder| encoder.finalize().map_err(io_error))
    }
}

fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        error => io::Error::other(error.to_string()),
    }
}

/// Returns true if this program wrote the file.
pub fn is_own_file(path: &Path) -> bool {
    let comment = metadata::block::<_, VorbisComment>(path);
    comment.is_ok_and(|comment| comment.is_some_and(|c| c.get(ENCODER) == Some(env!("CARGO_PKG_NAME"))))
}
