//! Keeps the ends of blocks on the grid on which a sink takes samples.
//!
//! A sink without a device (PulseAudio's null sink) keeps its clock in whole microseconds. For every chunk that it takes it
//! adds the length, rounded down. A chunk of 10 ms is exact. But a chunk ends where a block of the client ends; if that
//! is in its middle, two odd lengths are rounded instead of one even one, and all later chunks are odd too. One such end
//! every 40 ms makes 25 × 0.83 µs: from the first disturbance on, the sink and everything heard there run 21 µs a second
//! fast.
//!
//! So blocks are made of whole chunks, and when the sink stands in the middle of one, the samples ahead of it are written
//! again as one block that begins and ends with its chunks. Devices count frames and need none of that.

use std::collections::VecDeque;
use std::ops::Range;

/// The frames that such a sink takes at a time, or a divisor of them: 10 ms.
pub const CHUNK: i64 = 480;
/// Frames this near to the sink may be taken before they are overwritten.
const NEAR: i64 = 2 * CHUNK;

/// The error that the end of a block is too near to the sink to be changed in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndTooNear;

/// The ends of the blocks that are on their way.
#[derive(Debug, Default)]
pub struct SinkGrid {
    ends: VecDeque<i64>,
}

impl SinkGrid {
    /// Records a block from frame `from` to frame `end`, which replaces everything from `from` on.
    pub fn wrote(&mut self, from: i64, end: i64) {
        while self.ends.back().is_some_and(|last| *last > from) {
            self.ends.pop_back();
        }
        if self.ends.back() != Some(&from) {
            self.ends.push_back(from);
        }
        self.ends.push_back(end);
    }

    /// Returns the frames to write again as one block. The sink has taken all up to frame `read` and stands between two
    /// chunks. Returns `None` if all blocks end with its chunks.
    ///
    /// # Errors
    /// If an end is so near that the sink would have passed it by then. To be tried again.
    pub fn misaligned(&mut self, read: i64) -> Result<Option<Range<i64>>, EndTooNear> {
        while self.ends.front().is_some_and(|end| *end <= read) {
            self.ends.pop_front();
        }
        let off_grid = |end: &i64| (end - read) % CHUNK != 0;
        let (Some(first), Some(last)) = (self.ends.iter().copied().find(off_grid), self.ends.back().copied())
        else {
            return Ok(None);
        };
        let from = read + (first - read) / CHUNK * CHUNK;
        let end = from + (last - from + CHUNK - 1) / CHUNK * CHUNK;
        if from >= read + NEAR { Ok(Some(from..end)) } else { Err(EndTooNear) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the microseconds that a sink gains in 100 s. It wakes up slightly late and then takes 10 ms and as much
    /// more as it is late. With `realign`, blocks are moved back onto its grid at every seventh wake-up.
    fn gained_microseconds(realign: bool) -> i64 {
        let mut grid = SinkGrid::default();
        let (mut written, mut read, mut gained, mut wakes) = (0, 137, 0, 0);
        let mut ends: Vec<i64> = Vec::new();
        while read < 100 * 48_000 {
            while written < read + 6720 {
                grid.wrote(written, written + 1920);
                written += 1920;
                ends.push(written);
            }
            // Once, the cues change and the sink goes back to an odd frame.
            wakes += 1;
            if wakes == 500 {
                read -= 205;
            }
            if realign
                && wakes % 7 == 0
                && let Ok(Some(block)) = grid.misaligned(read)
            {
                assert!(block.start >= read + NEAR && block.end >= written && block.end < written + CHUNK);
                ends.retain(|e| *e < block.start);
                ends.extend([block.start, block.end]);
                grid.wrote(block.start, block.end);
                written = block.end;
            }
            let mut taken = 0;
            while taken < CHUNK {
                let wants = if taken == 0 { CHUNK } else { CHUNK - taken + wakes % 4 };
                let chunk = ends.iter().map(|end| end - read).find(|left| *left > 0).unwrap().min(wants);
                gained += i64::from(chunk * 1_000_000 % 48_000 != 0);
                read += chunk;
                taken += chunk;
            }
        }
        gained
    }

    #[test]
    fn realigned_blocks_keep_a_microsecond_clock_from_running_fast() {
        let (unaligned, realigned) = (gained_microseconds(false), gained_microseconds(true));
        assert!(realigned * 10 < unaligned, "{realigned} of {unaligned}");
    }

    #[test]
    fn aligned_blocks_are_left_alone() {
        let mut grid = SinkGrid::default();
        grid.wrote(0, 6720);
        grid.wrote(6720, 8640);
        assert_eq!(grid.misaligned(480), Ok(None));
        assert_eq!(grid.misaligned(481), Ok(Some(481 + 12 * 480..8641)));
        assert_eq!(grid.misaligned(6001), Err(EndTooNear));
    }
}
