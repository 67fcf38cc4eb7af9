//! Which heart rate counts, and for how long.

use super::{HeartBeat, SkinContact};
use crate::units::{HeartRate, HeartRateRange, Millis, Moment};

/// The age from which a heart rate is shown dimmed.
const STALE: Millis = Millis::from_secs(3);
/// The age from which a heart rate is not shown any more.
const GONE: Millis = Millis::from_secs(5);

/// The heart rate at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartReading {
    /// No sensor has sent a heart rate in the last five seconds.
    Missing,
    /// The strap is there, but does not touch the skin.
    NoContact,
    /// A heart rate.
    Rate {
        /// The heart rate.
        rate: HeartRate,
        /// True if it is three seconds old or older.
        is_stale: bool,
    },
}

impl HeartReading {
    /// The heart rate, if there is one and it is not stale.
    pub fn fresh(self) -> Option<HeartRate> {
        match self {
            HeartReading::Rate { rate, is_stale: false } => Some(rate),
            _ => None,
        }
    }
}

/// A heart rate and the moment it came.
#[derive(Clone, Copy, Debug, PartialEq)]
struct TimedRate {
    rate: HeartRate,
    at: Moment,
}

/// Follows the heart rate of a strap and of the treadmill. The strap's counts as long as there is one: a treadmill measures
/// at its handles, and many repeat what a strap sends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeartMonitor {
    strap: Option<TimedRate>,
    belt: Option<TimedRate>,
    /// The moment at which the strap last said that it does not touch the skin, if nothing has come since.
    no_contact: Option<Moment>,
}

impl HeartMonitor {
    /// Takes a measurement of the strap. Returns the heart rate if it counts.
    pub fn take_strap(&mut self, beat: &HeartBeat, at: Moment) -> Option<HeartRate> {
        if beat.contact == SkinContact::Missing {
            self.no_contact = Some(at);
            return None;
        }
        self.no_contact = None;
        let rate = credible(u32::from(beat.bpm))?;
        self.strap = Some(TimedRate { rate, at });
        Some(rate)
    }

    /// Takes the heart rate that the treadmill reports. Returns it if it counts.
    pub fn take_belt(&mut self, bpm: u8, at: Moment) -> Option<HeartRate> {
        let rate = credible(u32::from(bpm))?;
        self.belt = Some(TimedRate { rate, at });
        self.strap.is_none_or(|strap| at.since(strap.at) >= GONE).then_some(rate)
    }

    /// Returns the heart rate at `now`.
    pub fn reading(&self, now: Moment) -> HeartReading {
        let recent = |timed: &TimedRate| now.since(timed.at) < GONE;
        match self.strap.filter(recent).or(self.belt.filter(recent)) {
            Some(TimedRate { rate, at }) => HeartReading::Rate { rate, is_stale: now.since(at) >= STALE },
            None if self.no_contact.is_some_and(|at| now.since(at) < GONE) => HeartReading::NoContact,
            None => HeartReading::Missing,
        }
    }

    /// Returns the moment after `now` at which the reading changes by itself.
    pub fn next_change(&self, now: Moment) -> Option<Moment> {
        let rates = [self.strap, self.belt].into_iter().flatten();
        let edges = rates.flat_map(|timed| [timed.at + STALE, timed.at + GONE]);
        edges.chain(self.no_contact.map(|at| at + GONE)).filter(|edge| *edge > now).min()
    }

    /// Returns the moment of the last heart rate of any sensor.
    pub fn last(&self) -> Option<Moment> {
        [self.strap, self.belt].into_iter().flatten().map(|timed| timed.at).max()
    }
}

/// Returns a heart rate that a runner can have. Sensors send 0 for "no value", also between good ones.
pub fn credible(bpm: u32) -> Option<HeartRate> {
    (HeartRateRange::LEAST..=HeartRateRange::MOST).contains(&bpm).then(|| HeartRate::from_bpm(bpm))
}
