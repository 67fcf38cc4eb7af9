//! Predicts when each frame of a stream is heard, from a line fitted to what the sound server reports.
//!
//! A device counts its own seconds, some 20 parts per million off ours. Counting samples alone would be 72 ms off after
//! an hour. Each answer of the server is one measurement of the instant at which frame 0 would have been heard. A
//! straight line goes through the latest of them, and its slope is the drift of the device.

use super::signal_synth::SAMPLE_RATE;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The number of measurements that the line is fitted to: half a minute of them at one a second.
const WINDOW: usize = 32;
/// The shortest span, in seconds, from which a slope is computed. Over less, the noise of single measurements would tilt
/// the line.
const MIN_SPAN: f64 = 10.0;
/// The largest distance from the line, in seconds, that counts as noise.
const MAX_NOISE: f64 = 0.001;
/// The number of misfits in a row after which the device has changed.
const MAX_MISFITS: u8 = 3;
/// The number of slow round trips in a row that are ignored.
const MAX_SLOW: u8 = 3;
/// The largest drift that a sound card can have: 500 parts per million.
const MAX_DRIFT: f64 = 500e-6;
/// A round trip is slow if it takes longer than twice the fastest one and this.
const SLOW_MARGIN: Duration = Duration::from_micros(200);

/// One answer of the server.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// The instant of the question.
    pub asked: Instant,
    /// The instant of the answer.
    pub answered: Instant,
    /// The frame that the device takes next.
    pub frame: f64,
    /// The time until that frame is heard.
    pub delay: Duration,
}

/// A line through the latest measurements.
#[derive(Debug)]
pub struct ClockFit {
    epoch: Instant,
    points: VecDeque<ClockPoint>,
    line: Option<FittedLine>,
    misfits: u8,
    slow_trips: u8,
    fastest_trip: Duration,
}

/// One measurement as a point. Both coordinates are seconds since the epoch.
#[derive(Clone, Copy, Debug)]
struct ClockPoint {
    /// The time of the measurement.
    at: f64,
    /// The time at which frame 0 would have been heard.
    base: f64,
}

/// A line: at second `at`, frame 0 would have been heard at second `base`, and that moves by `drift` every second.
#[derive(Clone, Copy, Debug)]
struct FittedLine {
    at: f64,
    base: f64,
    drift: f64,
}

impl FittedLine {
    fn base_at(&self, at: f64) -> f64 {
        self.base + self.drift * (at - self.at)
    }
}

impl ClockFit {
    /// Returns a fit without measurements. Times are kept relative to `epoch`.
    pub fn new(epoch: Instant) -> Self {
        ClockFit {
            epoch,
            points: VecDeque::with_capacity(WINDOW),
            line: None,
            misfits: 0,
            slow_trips: 0,
            fastest_trip: Duration::MAX,
        }
    }

    /// Drops all measurements, because the device is about to change.
    pub fn reset(&mut self) {
        *self = ClockFit::new(self.epoch);
    }

    /// Adds a measurement, unless it is unreliable.
    pub fn add(&mut self, m: &Measurement) {
        let trip = m.answered.saturating_duration_since(m.asked);
        self.fastest_trip = self.fastest_trip.min(trip);
        // Nobody knows at which point of a slow round trip the device was read. If all are slow, they must do.
        if trip > self.fastest_trip * 2 + SLOW_MARGIN && self.slow_trips < MAX_SLOW {
            self.slow_trips += 1;
            return;
        }
        self.slow_trips = 0;
        let at = self.seconds(m.asked + trip / 2);
        let base = at + m.delay.as_secs_f64() - m.frame / f64::from(SAMPLE_RATE);
        if let Some(line) = self.line
            && (base - line.base_at(at)).abs() > MAX_NOISE
        {
            self.misfits += 1;
            if self.misfits < MAX_MISFITS {
                return;
            }
            self.points.clear();
        }
        self.misfits = 0;
        if self.points.len() == WINDOW {
            self.points.pop_front();
        }
        self.points.push_back(ClockPoint { at, base });
        self.line = Some(self.fit());
    }

    /// Returns true once there is a measurement.
    #[cfg(target_os = "linux")]
    pub fn is_known(&self) -> bool {
        self.line.is_some()
    }

    /// Returns true if the latest measurement does not fit the line, so that another one soon would tell if it is wrong
    /// or the device has changed.
    #[cfg(target_os = "linux")]
    pub fn is_in_doubt(&self) -> bool {
        self.misfits > 0
    }

    /// Returns the frame heard at `instant`, if there is a measurement.
    pub fn frame_at(&self, instant: Instant) -> Option<f64> {
        let at = self.seconds(instant);
        self.line.map(|line| (at - line.base_at(at)) * f64::from(SAMPLE_RATE))
    }

    /// Returns the instant at which `frame` is heard, if there is a measurement.
    pub fn instant_of(&self, frame: i64) -> Option<Instant> {
        let line = self.line?;
        let second = frame as f64 / f64::from(SAMPLE_RATE);
        // An approximation: the base itself drifts while the frame is awaited, but far too little to matter.
        let second = second + line.base_at(second + line.base);
        let whole = Duration::try_from_secs_f64(second.abs()).ok()?;
        if second >= 0.0 { self.epoch.checked_add(whole) } else { self.epoch.checked_sub(whole) }
    }

    /// Returns the seconds from the epoch to `instant`, negative before it.
    fn seconds(&self, instant: Instant) -> f64 {
        match instant.checked_duration_since(self.epoch) {
            Some(after) => after.as_secs_f64(),
            None => -self.epoch.saturating_duration_since(instant).as_secs_f64(),
        }
    }

    /// Fits a line by least squares.
    fn fit(&self) -> FittedLine {
        let n = self.points.len() as f64;
        let at = self.points.iter().map(|p| p.at).sum::<f64>() / n;
        let base = self.points.iter().map(|p| p.base).sum::<f64>() / n;
        let span = match (self.points.front(), self.points.back()) {
            (Some(first), Some(last)) => last.at - first.at,
            _ => 0.0,
        };
        let drift = if span < MIN_SPAN {
            0.0
        } else {
            let covariance: f64 = self.points.iter().map(|p| (p.at - at) * (p.base - base)).sum();
            let variance: f64 = self.points.iter().map(|p| (p.at - at).powi(2)).sum();
            (covariance / variance).clamp(-MAX_DRIFT, MAX_DRIFT)
        };
        FittedLine { at, base, drift }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    /// A device that starts half a second after the epoch and runs slow by `drift`.
    struct DriftingDevice {
        epoch: Instant,
        drift: f64,
    }

    impl DriftingDevice {
        fn with_drift(drift: f64) -> Self {
            DriftingDevice { epoch: monotonic(), drift }
        }

        fn measure(&self, second: f64) -> Measurement {
            self.measure_with_error(second, 0.0)
        }

        fn measure_with_error(&self, second: f64, error: f64) -> Measurement {
            let delay = 0.04;
            let frame = (second + delay - 0.5) * (1.0 - self.drift) * 48_000.0;
            let asked = self.epoch + Duration::from_secs_f64(second + error) - Duration::from_micros(50);
            let answered = asked + Duration::from_micros(100);
            Measurement { asked, answered, frame, delay: Duration::from_secs_f64(delay) }
        }

        /// Returns the error of the fit at `second`, in seconds.
        fn error_of(&self, clock: &ClockFit, second: f64) -> f64 {
            let right = (second - 0.5) * (1.0 - self.drift) * 48_000.0;
            let frame = clock.frame_at(self.epoch + Duration::from_secs_f64(second)).unwrap();
            ((frame - right) / 48_000.0).abs()
        }
    }

    #[test]
    fn one_measurement_is_enough_to_begin_with() {
        let device = DriftingDevice::with_drift(0.0);
        let mut clock = ClockFit::new(device.epoch);
        assert!(clock.frame_at(device.epoch).is_none());
        clock.add(&device.measure(1.0));
        assert!(device.error_of(&clock, 2.0) < 1e-6);
    }

    #[test]
    fn the_fit_follows_a_drifting_device_without_lag() {
        let device = DriftingDevice::with_drift(50e-6);
        let mut clock = ClockFit::new(device.epoch);
        for second in 1..=1200 {
            let noise = 20e-6 * f64::from(second * 7919 % 11 - 5) / 5.0;
            clock.add(&device.measure_with_error(f64::from(second), noise));
        }
        for ahead in [0.2, 0.5, 1.0] {
            assert!(device.error_of(&clock, 1200.0 + ahead) < 20e-6);
        }
    }

    #[test]
    fn frames_and_instants_convert_back_and_forth() {
        let device = DriftingDevice::with_drift(50e-6);
        let mut clock = ClockFit::new(device.epoch);
        for second in 1..=40 {
            clock.add(&device.measure(f64::from(second)));
        }
        let instant = clock.instant_of(2_000_000).unwrap();
        assert!((clock.frame_at(instant).unwrap() - 2e6).abs() < 0.1);
    }

    #[test]
    fn an_outlier_or_a_slow_answer_is_ignored() {
        let device = DriftingDevice::with_drift(0.0);
        let mut clock = ClockFit::new(device.epoch);
        for second in 1..=20 {
            clock.add(&device.measure(f64::from(second)));
        }
        clock.add(&device.measure_with_error(21.0, 0.3));
        let mut slow = device.measure(22.0);
        slow.answered += Duration::from_micros(1500);
        clock.add(&slow);
        assert!(device.error_of(&clock, 23.0) < 1e-6);
    }

    #[test]
    fn a_jump_of_the_device_is_followed_after_a_few_answers() {
        let device = DriftingDevice::with_drift(0.0);
        let mut clock = ClockFit::new(device.epoch);
        for second in 1..=20 {
            clock.add(&device.measure(f64::from(second)));
        }
        for second in 21..=24 {
            let mut m = device.measure(f64::from(second));
            m.frame -= 48_000.0;
            assert!(!clock.is_in_doubt() || second > 21);
            clock.add(&m);
            // The first two ask for another measurement soon, and the third one is believed.
            assert_eq!(clock.is_in_doubt(), second < 23);
        }
        let frame = clock.frame_at(device.epoch + Duration::from_secs(25)).unwrap();
        assert!((frame - (24.5 - 1.0) * 48_000.0).abs() < 0.5, "{frame}");
    }
}
