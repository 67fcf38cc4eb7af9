//! Where blocks end, on the grid on which a sink takes samples.
//!
//! A sink without a device (PulseAudio's null sink) keeps its clock in whole microseconds and adds the length of
//! every piece that it takes, rounded down. Ten milliseconds at a time that is exact. But a piece ends where a block
//! of the client's ends: where that is in the middle of a piece, two odd lengths are rounded instead of one even one,
//! and what is taken next is as odd. One such end in each 40 ms makes 25 × 0.83 µs, so that the sink runs 21 µs a second
//! fast from the first disturbance on, and everything that is heard there with it. So blocks are whole pieces, and
//! where the sink is found between them the samples ahead of it are written again as one block that begins and ends
//! with its pieces. Devices count frames and need none of that.

use std::collections::VecDeque;

/// The frames that such a sink takes at a time, or a whole number of times: 10 ms.
pub const PIECE: i64 = 480;
/// What is as near to the sink as this may be gone before it is written over.
const NEAR: i64 = 2 * PIECE;

/// An end is too near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpcomingFrames;

/// The ends of the blocks that are on their way.
#[derive(Debug, Default)]
pub struct SinkGrid {
    ends: VecDeque<i64>,
}

impl SinkGrid {
    /// A block was written from one frame up to another, over whatever stood there.
    pub fn wrote(&mut self, from: i64, end: i64) {
        while self.ends.back().is_some_and(|last| *last > from) {
            self.ends.pop_back();
        }
        if self.ends.back() != Some(&from) {
            self.ends.push_back(from);
        }
        self.ends.push_back(end);
    }

    /// What to write again, as one block, where the sink has taken all up to frame `read`, between two pieces. Nothing
    /// where it is as it should be.
    ///
    /// # Errors
    /// Where an end comes so soon that the sink would be elsewhere by then: to be tried again.
    pub fn mend(&mut self, read: i64) -> Result<Option<(i64, i64)>, UpcomingFrames> {
        while self.ends.front().is_some_and(|end| *end <= read) {
            self.ends.pop_front();
        }
        let off = |end: &i64| (end - read) % PIECE != 0;
        let (Some(odd), Some(last)) = (self.ends.iter().copied().find(off), self.ends.back().copied()) else {
            return Ok(None);
        };
        let from = read + (odd - read) / PIECE * PIECE;
        let end = from + (last - from + PIECE - 1) / PIECE * PIECE;
        if from >= read + NEAR { Ok(Some((from, end))) } else { Err(UpcomingFrames) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a sink gains, in microseconds, while it takes `length` frames after the first block, 10 ms and what its
    /// lateness makes of it at a time; with blocks mended once a second or left as they are.
    fn gained(mends: bool) -> i64 {
        let mut grid = SinkGrid::default();
        let (mut written, mut read, mut gained, mut wakes) = (0, 137, 0, 0);
        let mut ends: Vec<i64> = Vec::new();
        while read < 100 * 48_000 {
            while written < read + 6720 {
                grid.wrote(written, written + 1920);
                written += 1920;
                ends.push(written);
            }
            // Half way through, once: the plan changes, and the sink goes back to an odd frame.
            wakes += 1;
            if wakes == 500 {
                read -= 205;
            }
            if mends
                && wakes % 7 == 0
                && let Ok(Some((from, end))) = grid.mend(read)
            {
                assert!(from >= read + NEAR && end >= written && end < written + PIECE);
                ends.retain(|e| *e < from);
                ends.extend([from, end]);
                grid.wrote(from, end);
                written = end;
            }
            let mut taken = 0;
            while taken < PIECE {
                let wants = if taken == 0 { PIECE } else { PIECE - taken + wakes % 4 };
                let piece = ends.iter().map(|end| end - read).find(|left| *left > 0).unwrap().min(wants);
                gained += i64::from(piece * 1_000_000 % 48_000 != 0);
                read += piece;
                taken += piece;
            }
        }
        gained
    }

    #[test]
    fn a_sink_that_counts_microseconds_keeps_its_time_where_blocks_are_whole_pieces() {
        let (left, mended) = (gained(false), gained(true));
        assert!(mended * 10 < left, "{mended} of {left}");
    }

    #[test]
    fn blocks_that_are_right_are_left_alone() {
        let mut grid = SinkGrid::default();
        grid.wrote(0, 6720);
        grid.wrote(6720, 8640);
        assert_eq!(grid.mend(480), Ok(None));
        assert_eq!(grid.mend(481), Ok(Some((481 + 12 * 480, 8641))));
        assert_eq!(grid.mend(6001), Err(UpcomingFrames));
    }
}
