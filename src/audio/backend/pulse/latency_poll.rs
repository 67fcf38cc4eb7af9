//! Decides when to ask the server for its latency, and keeps track of the query on its way.

use std::time::{Duration, Instant};

/// The device is well known after this many queries.
const SETTLED: u32 = 24;
/// A server that leaves a query unanswered for this long has hung.
const HUNG: Duration = Duration::from_secs(3);
/// A query this long overdue is sent even if its answer will be of no use, to see if there is an answer.
const OVERDUE: Duration = Duration::from_secs(1);

/// The schedule of latency queries.
#[derive(Debug)]
pub struct LatencyPoll {
    pipewire: bool,
    pending: Option<LatencyQuery>,
    /// The number of queries since the device last changed.
    count: u32,
    next: Instant,
    /// True if the server has just asked for samples.
    just_requested: bool,
}

/// A query that is not answered yet.
#[derive(Debug)]
pub struct LatencyQuery {
    sequence: u32,
    /// The instant at which it was asked.
    pub asked: Instant,
    /// Frames written since, which the answer does not count.
    pub written_since: i64,
    /// True if the answer will describe the instant of the query.
    pub is_current: bool,
}

impl LatencyPoll {
    /// Returns a schedule without a query on its way.
    pub fn new(pipewire: bool, now: Instant) -> Self {
        LatencyPoll { pipewire, pending: None, count: 0, next: now, just_requested: false }
    }

    /// Begins to ask often again, because the device has changed.
    pub fn restart(&mut self, now: Instant) {
        self.count = 0;
        self.next = now + self.interval();
    }

    /// Drops the query on its way, because its stream is gone.
    pub fn drop_pending(&mut self) {
        self.pending = None;
    }

    /// Records that the server has asked for samples.
    pub fn server_requested(&mut self) {
        self.just_requested = true;
    }

    /// Records that the stream has grown by `frames`.
    pub fn wrote(&mut self, frames: i64) {
        if let Some(query) = &mut self.pending {
            query.written_since += frames;
        }
    }

    /// Brings the next query forward to `instant`, if it is later.
    pub fn ask_by(&mut self, instant: Instant) {
        self.next = self.next.min(instant);
    }

    /// Returns the instant by which something is to be done: send a query, or give up on one.
    pub fn deadline(&self) -> Instant {
        // Once the device is known there is no hurry, and a query goes out along with the next samples.
        let is_urgent = self.count < SETTLED && !self.pipewire;
        match &self.pending {
            Some(query) => query.asked + HUNG,
            None if is_urgent => self.next,
            None => self.next + OVERDUE,
        }
    }

    /// Returns true if the query on its way will not be answered any more.
    pub fn is_hung(&self, now: Instant) -> bool {
        self.pending.as_ref().is_some_and(|query| now >= query.asked + HUNG)
    }

    /// Returns whether a query is due, and if its answer will be current.
    pub fn due(&mut self, now: Instant) -> Option<AnswerAge> {
        // PipeWire answers with the state of its last request for samples, so it is asked right after one.
        let is_current = std::mem::take(&mut self.just_requested) || !self.pipewire;
        let (due, age) = match is_current {
            true => (self.next, AnswerAge::Current),
            false => (self.next + OVERDUE, AnswerAge::Outdated),
        };
        (self.pending.is_none() && now >= due).then_some(age)
    }

    /// Records that a query was sent.
    pub fn asked(&mut self, sequence: u32, age: AnswerAge, now: Instant) {
        let is_current = age == AnswerAge::Current;
        self.pending = Some(LatencyQuery { sequence, asked: now, written_since: 0, is_current });
        self.count = self.count.saturating_add(1);
        self.next = now + self.interval();
    }

    /// Returns true if the query on its way has this sequence number.
    pub fn is_pending(&self, sequence: u32) -> bool {
        self.pending.as_ref().is_some_and(|query| query.sequence == sequence)
    }

    /// Takes the query with this sequence number, which has been answered.
    pub fn take_answered(&mut self, sequence: u32) -> Option<LatencyQuery> {
        self.pending.take_if(|query| query.sequence == sequence)
    }

    /// Returns the time from one query to the next.
    fn interval(&self) -> Duration {
        Duration::from_millis(match self.count {
            0..8 => 20,
            8..SETTLED => 250,
            _ => 1000,
        })
    }
}

/// The instant that an answer describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerAge {
    /// The instant of the query.
    Current,
    /// An earlier one.
    Outdated,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    #[test]
    fn queries_become_rare_once_the_device_is_known() {
        let start = monotonic();
        let mut poll = LatencyPoll::new(false, start);
        let mut asked = 0;
        for ms in 0..10_000 {
            let now = start + Duration::from_millis(ms);
            if let Some(age) = poll.due(now) {
                asked += 1;
                poll.asked(asked, age, now);
                assert!(poll.take_answered(asked).is_some());
            }
        }
        assert_eq!(asked, 29, "8 every 20 ms, 16 every 250 ms, then one a second");
    }

    #[test]
    fn pipewire_is_asked_right_after_a_request_or_when_overdue() {
        let start = monotonic();
        let mut poll = LatencyPoll::new(true, start);
        assert_eq!(poll.due(start), None);
        poll.server_requested();
        assert_eq!(poll.due(start), Some(AnswerAge::Current));
        assert_eq!(poll.due(start + OVERDUE), Some(AnswerAge::Outdated));
    }

    #[test]
    fn an_unanswered_query_means_that_the_server_has_hung() {
        let start = monotonic();
        let mut poll = LatencyPoll::new(false, start);
        poll.asked(7, AnswerAge::Current, start);
        assert!(poll.is_pending(7) && !poll.is_hung(start));
        assert_eq!(poll.due(start + HUNG), None, "one query at a time");
        assert!(poll.is_hung(poll.deadline()));
    }
}
