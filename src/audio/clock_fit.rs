//! When each frame of a stream is heard: a line fitted to what the sound server says of its device.
//!
//! A device counts its own seconds, some 20 millionths off ours: counting samples alone would be 72 ms late after
//! an hour. Here each answer of the server is one measurement of the instant at which frame 0 would have been
//! heard; through the last of them goes a straight line, whose slope is the device's drift.

use super::signal_synth::RATE;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Measurements the line is fitted to: half a minute of them at one a second.
const WINDOW: usize = 32;
/// The line has a slope only when it is fitted to at least this many seconds; before, the noise of single
/// measurements would tilt it.
const BASELINE: f64 = 10.0;
/// A measurement this far off the line, in seconds, is not noise.
const MISFIT: f64 = 0.001;
/// So many misfits in a row, and it is the device that changed.
const PATIENCE: u8 = 3;
/// No sound card is this far off: 500 millionths.
const STEEPEST: f64 = 500e-6;
/// A round trip is slow when longer than twice the fastest and this much.
const SLOW: Duration = Duration::from_micros(200);

/// One answer of the server.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// When it was asked.
    pub asked: Instant,
    /// When the answer came.
    pub answered: Instant,
    /// The frame the device takes next.
    pub frame: f64,
    /// How long until that frame is heard.
    pub delay: Duration,
}

/// The line.
#[derive(Debug)]
pub struct ClockFit {
    epoch: Instant,
    /// Seconds since the epoch, and the second at which frame 0 would have been heard.
    points: VecDeque<(f64, f64)>,
    line: Option<FittedLine>,
    misfits: u8,
    slow: u8,
    fastest: Duration,
}

/// At second `at`, frame 0 would have been heard at second `base`; that moves by `drift` a second.
#[derive(Clone, Copy, Debug)]
struct FittedLine {
    at: f64,
    base: f64,
    drift: f64,
}

impl FittedLine {
    fn base(&self, at: f64) -> f64 {
        self.base + self.drift * (at - self.at)
    }
}

impl ClockFit {
    /// An anchor that knows nothing yet.
    pub fn new(epoch: Instant) -> Self {
        ClockFit {
            epoch,
            points: VecDeque::with_capacity(WINDOW),
            line: None,
            misfits: 0,
            slow: 0,
            fastest: Duration::MAX,
        }
    }

    /// Forgets the device, which is about to be another one.
    pub fn clear(&mut self) {
        *self = ClockFit::new(self.epoch);
    }

    /// Takes a measurement into account, unless it is a bad one.
    pub fn feed(&mut self, m: &Measurement) {
        let trip = m.answered.saturating_duration_since(m.asked);
        self.fastest = self.fastest.min(trip);
        // Nobody knows where in a slow round trip the device was looked at. When all are slow, so be it.
        if trip > self.fastest * 2 + SLOW && self.slow < PATIENCE {
            self.slow += 1;
            return;
        }
        self.slow = 0;
        let at = self.second(m.asked + trip / 2);
        let base = at + m.delay.as_secs_f64() - m.frame / f64::from(RATE);
        if let Some(line) = self.line
            && (base - line.base(at)).abs() > MISFIT
        {
            self.misfits += 1;
            if self.misfits < PATIENCE {
                return;
            }
            self.points.clear();
        }
        self.misfits = 0;
        if self.points.len() == WINDOW {
            self.points.pop_front();
        }
        self.points.push_back((at, base));
        self.line = Some(self.fit());
    }

    /// How many measurements the line rests on.
    pub fn support(&self) -> usize {
        self.points.len()
    }

    /// The frame heard at `instant`, once there is a measurement.
    pub fn frame_at(&self, instant: Instant) -> Option<f64> {
        let at = self.second(instant);
        self.line.map(|line| (at - line.base(at)) * f64::from(RATE))
    }

    /// When `frame` is heard, once there is a measurement.
    pub fn instant_of(&self, frame: i64) -> Option<Instant> {
        let line = self.line?;
        let second = frame as f64 / f64::from(RATE);
        // The drift over the little that the base is off is nothing.
        let second = second + line.base(second + line.base);
        let whole = Duration::try_from_secs_f64(second.abs()).ok()?;
        if second >= 0.0 { self.epoch.checked_add(whole) } else { self.epoch.checked_sub(whole) }
    }

    fn second(&self, instant: Instant) -> f64 {
        match instant.checked_duration_since(self.epoch) {
            Some(after) => after.as_secs_f64(),
            None => -self.epoch.saturating_duration_since(instant).as_secs_f64(),
        }
    }

    /// Least squares.
    fn fit(&self) -> FittedLine {
        let n = self.points.len() as f64;
        let at = self.points.iter().map(|p| p.0).sum::<f64>() / n;
        let base = self.points.iter().map(|p| p.1).sum::<f64>() / n;
        let span = match (self.points.front(), self.points.back()) {
            (Some(first), Some(last)) => last.0 - first.0,
            _ => 0.0,
        };
        let drift = if span < BASELINE {
            0.0
        } else {
            let covariance: f64 = self.points.iter().map(|p| (p.0 - at) * (p.1 - base)).sum();
            let variance: f64 = self.points.iter().map(|p| (p.0 - at).powi(2)).sum();
            (covariance / variance).clamp(-STEEPEST, STEEPEST)
        };
        FittedLine { at, base, drift }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    /// A device that starts half a second after the epoch and runs `drift` slow.
    fn measured(epoch: Instant, second: f64, drift: f64, error: f64) -> Measurement {
        let delay = 0.04;
        let frame = (second + delay - 0.5) * (1.0 - drift) * 48_000.0;
        let asked = epoch + Duration::from_secs_f64(second + error) - Duration::from_micros(50);
        Measurement {
            asked,
            answered: asked + Duration::from_micros(100),
            frame,
            delay: Duration::from_secs_f64(delay),
        }
    }

    fn off_by(anchor: &ClockFit, epoch: Instant, second: f64, drift: f64) -> f64 {
        let right = (second - 0.5) * (1.0 - drift) * 48_000.0;
        let frame = anchor.frame_at(epoch + Duration::from_secs_f64(second)).unwrap();
        ((frame - right) / 48_000.0).abs()
    }

    #[test]
    fn one_measurement_is_enough_to_begin_with() {
        let epoch = monotonic();
        let mut anchor = ClockFit::new(epoch);
        assert!(anchor.frame_at(epoch).is_none());
        anchor.feed(&measured(epoch, 1.0, 0.0, 0.0));
        assert!(off_by(&anchor, epoch, 2.0, 0.0) < 1e-6);
    }

    #[test]
    fn a_device_that_drifts_is_followed_without_lagging_behind() {
        let epoch = monotonic();
        let mut anchor = ClockFit::new(epoch);
        for second in 1..=1200 {
            let noise = 20e-6 * f64::from(second * 7919 % 11 - 5) / 5.0;
            anchor.feed(&measured(epoch, f64::from(second), 50e-6, noise));
        }
        for ahead in [0.2, 0.5, 1.0] {
            assert!(off_by(&anchor, epoch, 1200.0 + ahead, 50e-6) < 20e-6);
        }
    }

    #[test]
    fn a_frame_and_its_instant_belong_together() {
        let epoch = monotonic();
        let mut anchor = ClockFit::new(epoch);
        for second in 1..=40 {
            anchor.feed(&measured(epoch, f64::from(second), 50e-6, 0.0));
        }
        let instant = anchor.instant_of(2_000_000).unwrap();
        assert!((anchor.frame_at(instant).unwrap() - 2e6).abs() < 0.1);
    }

    #[test]
    fn a_wild_or_slow_answer_moves_nothing() {
        let epoch = monotonic();
        let mut anchor = ClockFit::new(epoch);
        for second in 1..=20 {
            anchor.feed(&measured(epoch, f64::from(second), 0.0, 0.0));
        }
        anchor.feed(&measured(epoch, 21.0, 0.0, 0.3));
        let mut slow = measured(epoch, 22.0, 0.0, 0.0);
        slow.answered += Duration::from_micros(1500);
        anchor.feed(&slow);
        assert!(off_by(&anchor, epoch, 23.0, 0.0) < 1e-6);
    }

    #[test]
    fn a_device_that_jumps_is_followed_after_a_few_answers() {
        let epoch = monotonic();
        let mut anchor = ClockFit::new(epoch);
        for second in 1..=20 {
            anchor.feed(&measured(epoch, f64::from(second), 0.0, 0.0));
        }
        for second in 21..=24 {
            let mut m = measured(epoch, f64::from(second), 0.0, 0.0);
            m.frame -= 48_000.0;
            anchor.feed(&m);
        }
        let frame = anchor.frame_at(epoch + Duration::from_secs(25)).unwrap();
        assert!((frame - (24.5 - 1.0) * 48_000.0).abs() < 0.5, "{frame}");
    }
}
