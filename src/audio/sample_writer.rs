//! What every file format of a recording can do.

use std::io;

/// Takes the samples of a recording in order.
pub trait SampleWriter {
    /// Writes samples.
    fn write(&mut self, samples: &[i16]) -> io::Result<()>;

    /// Writes as many samples of silence.
    fn write_silence(&mut self, frames: usize) -> io::Result<()>;

    /// Writes what is still missing from the file.
    fn finish(&mut self) -> io::Result<()>;
}
