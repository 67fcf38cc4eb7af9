//! The records of a FIT file, from which an activity without a summary is added up.

use super::HeartBeats;
use super::fit_messages::{FitFields, TIMESTAMP};
use super::heart_rate;
use std::ops::RangeInclusive;

/// The number of record messages.
pub const RECORD: u16 = 20;
/// The number of event messages.
pub const EVENT: u16 = 21;

/// The records and the timer of a file.
#[derive(Debug, Default)]
pub struct RecordTrack {
    points: Vec<RecordPoint>,
    /// The seconds at which the timer started (true) and stopped.
    timer: Vec<(u64, bool)>,
}

#[derive(Clone, Copy, Debug)]
struct RecordPoint {
    second: u64,
    metres: Option<f64>,
    beats: Option<f64>,
}

/// The totals of the records within a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordTotals {
    /// The first and the last second.
    pub first: u64,
    /// The last second.
    pub last: u64,
    /// The seconds in which the timer ran.
    pub active: u64,
    /// The distance in metres.
    pub metres: Option<f64>,
    /// The heart rate.
    pub heart: HeartBeats,
}

impl RecordTrack {
    /// Collects the records and the events of the timer.
    pub fn of(messages: &[FitFields]) -> RecordTrack {
        let mut track = RecordTrack::default();
        for message in messages {
            let Some(second) = message.number(TIMESTAMP) else { continue };
            match (message.kind, message.number(0), message.number(1)) {
                (RECORD, ..) => track.points.push(RecordPoint {
                    second,
                    metres: message.scaled(5, 100.0),
                    beats: message.scaled(3, 1.0),
                }),
                // Event 0 is the timer: 0 starts it, and 1, 4, 8 and 9 stop it in their ways.
                (EVENT, Some(0), Some(0)) => track.timer.push((second, true)),
                (EVENT, Some(0), Some(1 | 4 | 8 | 9)) => track.timer.push((second, false)),
                _ => {}
            }
        }
        track.points.sort_by_key(|point| point.second);
        track
    }

    /// Adds up the records within a time. `None` if there are none.
    pub fn totals(&self, within: RangeInclusive<u64>) -> Option<RecordTotals> {
        let points: Vec<&RecordPoint> = self.points.iter().filter(|p| within.contains(&p.second)).collect();
        let (first, last) = (points.first()?.second, points.last()?.second);
        let metres: Vec<f64> = points.iter().filter_map(|point| point.metres).collect();
        // A file that begins in the middle of a multisport activity does not begin at zero.
        let before = self.points.iter().take_while(|p| p.second < first).filter_map(|p| p.metres).last();
        let covered = metres.last().map(|last| last - before.unwrap_or(0.0)).filter(|metres| *metres > 0.0);
        let beats: Vec<f64> =
            points.iter().filter_map(|p| p.beats).filter(|b| heart_rate(*b).is_some()).collect();
        let mean = (!beats.is_empty()).then(|| beats.iter().sum::<f64>() / beats.len() as f64);
        Some(RecordTotals {
            first,
            last,
            active: self.running(first, last),
            metres: covered,
            heart: HeartBeats {
                mean: mean.and_then(heart_rate),
                highest: beats.iter().copied().reduce(f64::max).and_then(heart_rate),
            },
        })
    }

    /// Returns the seconds between two moments in which the timer ran. Without events of the timer, it ran all the time.
    fn running(&self, first: u64, last: u64) -> u64 {
        let (mut sum, mut since) = (0, Some(first));
        for (second, starts) in self.timer.iter().filter(|(second, _)| (first..=last).contains(second)) {
            match (starts, since) {
                (true, None) => since = Some(*second),
                (false, Some(from)) => {
                    sum += second.saturating_sub(from);
                    since = None;
                }
                _ => {}
            }
        }
        sum + since.map_or(0, |from| last.saturating_sub(from))
    }
}
