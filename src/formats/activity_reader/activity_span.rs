//! The same run in two files: recognised by its time, and joined.

use super::{ActivitySource, ImportedActivity, ImportedSport};
use chrono::TimeDelta;

/// The time from the start to the end of an activity, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivitySpan {
    /// The start.
    pub from_ms: i64,
    /// The end.
    pub to_ms: i64,
}

/// Starts that differ by at most this are the same: programs round to seconds, and some drop the first ones.
const SAME_START_MS: i64 = 5_000;

impl ActivitySpan {
    /// True if both began together.
    pub fn begins_with(self, other: ActivitySpan) -> bool {
        self.from_ms.abs_diff(other.from_ms) <= SAME_START_MS.unsigned_abs()
    }

    /// True if both are the same activity: they began together, or both were there for more than half of the longer one.
    /// Nobody runs twice at once, but a session that was paused for a night may have another run within it.
    pub fn is_same(self, other: ActivitySpan) -> bool {
        let shared = self.to_ms.min(other.to_ms).saturating_sub(self.from_ms.max(other.from_ms));
        self.begins_with(other) || shared > 0 && shared > self.length().max(other.length()) / 2
    }

    fn length(self) -> i64 {
        self.to_ms.saturating_sub(self.from_ms)
    }
}

impl ImportedActivity {
    /// Returns the time from start to end.
    pub fn span(&self) -> ActivitySpan {
        let from_ms = self.started.timestamp_millis();
        let elapsed = i64::try_from(self.elapsed.get()).unwrap_or(i64::MAX);
        ActivitySpan { from_ms, to_ms: from_ms.saturating_add(elapsed) }
    }

    /// Joins two records of the same activity. The one with more detail gives the times and the laps, the other what is
    /// missing. The name, the sport and the notes are those that the runner gave on a site, if there are any.
    #[must_use]
    pub fn joined(self, other: ImportedActivity) -> ImportedActivity {
        let (best, other) = if other.is_better_than(&self) { (other, self) } else { (self, other) };
        let by_runner = other.format == ActivitySource::Strava;
        let sport =
            if by_runner && other.sport != ImportedSport::Unknown { &other.sport } else { &best.sport };
        let name = if by_runner { other.name.or(best.name) } else { best.name.or(other.name) };
        let note = if by_runner { other.note.or(best.note) } else { best.note.or(other.note) };
        let misses_distance = best.distance.is_none() && other.distance.is_some();
        let mut joined = ImportedActivity {
            sport: sport.clone(),
            name,
            note,
            maker: best.maker.or(other.maker),
            offset: best.offset.or(other.offset),
            distance: best.distance.or(other.distance),
            heart: if best.heart.mean.is_some() { best.heart } else { other.heart },
            rpe: best.rpe.or(other.rpe),
            feel: best.feel.or(other.feel),
            ..best
        };
        if misses_distance {
            joined = joined.settled();
        }
        joined
    }

    /// True if this is the better record: longer by more than a tenth, as the other was cut short, or else of a format with
    /// more detail.
    fn is_better_than(&self, other: &ImportedActivity) -> bool {
        let (ours, theirs) = (self.elapsed.as_secs_f64(), other.elapsed.as_secs_f64());
        if ours > theirs * 1.1 || theirs > ours * 1.1 {
            return ours > theirs;
        }
        self.format < other.format || self.format == other.format && self.laps.len() > other.laps.len()
    }

    /// True if the file of this activity has more detail than the one that another record of it came from, and is not cut
    /// short.
    pub fn has_more_than(&self, other: &ImportedActivity) -> bool {
        self.format < other.format && self.is_better_than(other)
    }

    /// True if the activity begins more than a day after a moment, in milliseconds since 1970: a clock was wrong.
    pub fn is_later_than(&self, moment_ms: i64) -> bool {
        self.started.timestamp_millis() > moment_ms.saturating_add(TimeDelta::days(1).num_milliseconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from_s: i64, to_s: i64) -> ActivitySpan {
        ActivitySpan { from_ms: from_s * 1000, to_ms: to_s * 1000 }
    }

    #[test]
    fn the_same_activity_begins_together_or_overlaps() {
        let run = span(1000, 4000);
        // A file that was cut short, a watch that was started later, and an exact copy.
        assert!(run.is_same(span(1003, 1200)) && run.is_same(span(1060, 4010)) && run.is_same(run));
        assert!(span(1060, 4010).is_same(run));
        // A short run within a long pause, the next run of the day, and a cool-down that overlaps by a few seconds.
        assert!(!run.is_same(span(2000, 2600)));
        assert!(
            !run.is_same(span(4000, 5000)) && !run.is_same(span(3990, 4600)) && !run.is_same(span(0, 990))
        );
    }
}
