//! Keeps track of the server's buffer, and decides which frames to write next. All positions and lengths are in frames.

use super::sink_grid::{CHUNK, EndTooNear, SinkGrid};
use super::stream_parameters::FRAME_BYTES;
use crate::audio::signal_synth::SAMPLE_RATE;
use pulseaudio::protocol::stream::BufferAttr;
use std::ops::Range;
use std::time::Duration;

/// When this many frames are missing, two seconds of them, a new stream is cheaper than catching up.
const HOPELESS: i64 = 2 * SAMPLE_RATE as i64;
/// The distance from the frame being heard within which a server cannot change what it plays: 10 ms.
const REACH: i64 = 480;

/// The state of the server's buffer.
#[derive(Debug)]
pub struct ServerBuffer {
    pipewire: bool,
    /// The fill level that the server aims at.
    target: i64,
    /// The fewest frames that the server asks for.
    request: i64,
    /// The next frame to write.
    written: i64,
    /// The frames asked for and not written yet. Negative when more was written than asked for.
    wanted: i64,
    /// The frames that the device holds.
    held: i64,
    /// True if the server can take back frames from the device.
    can_rewind: bool,
    /// The ends of blocks, for a sink without a device.
    grid: Option<SinkGrid>,
}

impl ServerBuffer {
    /// Returns the state before a stream is created.
    pub fn new(pipewire: bool) -> Self {
        ServerBuffer {
            pipewire,
            target: 0,
            request: 0,
            written: 0,
            wanted: 0,
            held: 0,
            can_rewind: false,
            grid: None,
        }
    }

    /// Starts over at frame 0 of a new stream, for which the server asks for `requested` bytes.
    pub fn restart(&mut self, buffer: &BufferAttr, requested: u32) {
        self.resize(buffer);
        self.written = 0;
        self.wanted = in_frames(requested);
    }

    /// Takes in a new size of the buffer.
    pub fn resize(&mut self, buffer: &BufferAttr) {
        self.target = in_frames(buffer.target_length);
        self.request = in_frames(buffer.minimum_request_length);
    }

    /// Forgets the properties of the sink, which is about to be another one.
    pub fn forget_sink(&mut self) {
        self.can_rewind = false;
        self.grid = None;
    }

    /// Takes in the properties of the sink.
    pub fn set_sink(&mut self, can_rewind: bool, has_device: bool) {
        self.can_rewind = can_rewind;
        self.grid = (!has_device).then(SinkGrid::default);
    }

    /// Forgets how much the device holds.
    pub fn forget_device(&mut self) {
        self.held = 0;
    }

    /// Adds a request of the server for `bytes`.
    pub fn add_request(&mut self, bytes: u32) {
        self.wanted += in_frames(bytes);
    }

    /// Returns true if so much is missing that the stream must be made anew.
    pub fn is_hopeless(&self) -> bool {
        self.wanted > HOPELESS
    }

    /// Returns the next frame to write.
    pub fn written(&self) -> i64 {
        self.written
    }

    /// Returns the first frame that can still be changed while frame `heard` is heard.
    pub fn first_changeable(&self, heard: Option<f64>) -> i64 {
        let Some(heard) = heard else {
            return self.written;
        };
        let beyond = if self.can_rewind { REACH } else { REACH.max(self.held + self.request) };
        let first = heard.ceil() as i64 + beyond;
        let step = self.step();
        // Blocks must end where those before them did.
        (self.written - (self.written - first).max(0) / step * step).min(self.written)
    }

    /// Returns the number of frames to write now, while frame `heard` is heard.
    pub fn take_wanted(&mut self, heard: Option<f64>) -> i64 {
        let mut length = self.wanted;
        if let Some(heard) = heard.filter(|_| self.pipewire) {
            // After a rewrite PipeWire may ask for more than it needs.
            let full = heard as i64 + self.held + self.target + self.request;
            length = length.min(full - self.written);
        }
        // Frames written beyond a request count towards the next one.
        self.wanted = self.wanted.min(0);
        if length <= 0 {
            return 0;
        }
        let odd = length % self.step();
        self.wanted = odd;
        length - odd
    }

    /// Records a block that replaces everything from frame `from` on.
    pub fn wrote(&mut self, from: i64, length: i64) {
        self.written = from + length;
        if let Some(grid) = &mut self.grid {
            grid.wrote(from, self.written);
        }
    }

    /// Returns the frames to write again because the sink, which has taken all up to `read`, would take them in odd
    /// chunks. They may reach beyond the frames written so far, and count as asked for.
    ///
    /// # Errors
    /// If the end of a block is too near to be changed in time.
    pub fn frames_to_realign(&mut self, read: i64) -> Result<Option<Range<i64>>, EndTooNear> {
        let Some(grid) = &mut self.grid else { return Ok(None) };
        let frames = grid.misaligned(read)?;
        if let Some(frames) = &frames {
            self.wanted -= frames.end - self.written;
        }
        Ok(frames)
    }

    /// Takes in an answer of the server: it has taken all up to frame `read`, `end` frames have been written, and the
    /// device delays them by `delay`. Returns the number of frames that wait in the server.
    pub fn update(&mut self, read: i64, end: i64, delay: Duration) -> i64 {
        let filled = end - read;
        self.written = end;
        let missing = self.target - filled;
        if missing > self.wanted + 2 * self.request {
            self.wanted = missing;
        }
        // A device that takes many frames at a time holds many now and few then. Stay close to the most of late.
        let held = (delay.as_secs_f64() * f64::from(SAMPLE_RATE)) as i64;
        self.held = held.max(self.held - self.held / 16);
        filled
    }

    /// Returns the number of frames of which every block must be a multiple.
    fn step(&self) -> i64 {
        if self.grid.is_some() { CHUNK } else { 1 }
    }
}

fn in_frames(bytes: u32) -> i64 {
    i64::from(bytes / FRAME_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(pipewire: bool) -> ServerBuffer {
        let mut buffer = ServerBuffer::new(pipewire);
        let size = BufferAttr { target_length: 19_200, minimum_request_length: 3840, ..Default::default() };
        buffer.restart(&size, 19_200);
        buffer
    }

    #[test]
    fn the_server_gets_what_it_asks_for() {
        let mut buffer = buffer(false);
        assert_eq!(buffer.take_wanted(None), 9600);
        buffer.wrote(0, 9600);
        assert_eq!(buffer.take_wanted(None), 0);
        buffer.add_request(3840);
        assert_eq!((buffer.written(), buffer.take_wanted(None)), (9600, 1920));
    }

    #[test]
    fn a_sink_without_a_device_gets_whole_chunks() {
        let mut buffer = buffer(false);
        buffer.set_sink(true, false);
        buffer.add_request(2000);
        assert_eq!(buffer.take_wanted(None), 10_560, "9600 and 1000 are asked for; 40 must wait");
        buffer.wrote(0, 10_560);
        assert_eq!((10_560 - buffer.first_changeable(Some(1000.0))) % CHUNK, 0);
    }

    #[test]
    fn frames_near_the_one_heard_cannot_be_changed() {
        let mut buffer = buffer(false);
        buffer.wrote(0, 9600);
        assert_eq!(buffer.first_changeable(None), 9600, "nobody knows which frame is heard");
        assert_eq!(buffer.first_changeable(Some(1000.0)), 1000 + 1920);
        buffer.set_sink(true, true);
        assert_eq!(buffer.first_changeable(Some(1000.0)), 1000 + REACH);
        assert_eq!(buffer.first_changeable(Some(9500.0)), 9600);
    }

    #[test]
    fn pipewire_never_gets_more_than_it_can_hold() {
        let mut buffer = buffer(true);
        buffer.wrote(0, 9600);
        buffer.add_request(40_000);
        assert_eq!(buffer.take_wanted(Some(0.0)), 1920);
    }

    #[test]
    fn a_large_gap_is_filled_unasked_and_a_huge_one_is_hopeless() {
        let mut buffer = buffer(false);
        buffer.take_wanted(None);
        assert_eq!(buffer.update(20_000, 9600, Duration::ZERO), -10_400);
        assert!(!buffer.is_hopeless());
        assert_eq!(buffer.take_wanted(None), 20_000);
        buffer.update(200_000, 9600, Duration::ZERO);
        assert!(buffer.is_hopeless());
    }
}
