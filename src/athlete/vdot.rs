//! The formulas of Daniels and Gilbert, *Oxygen Power* (1979): the oxygen cost of a speed, and the share of their
//! capacity that an athlete can sustain for a time.
//!
//! As published, speeds are in m/min and times in minutes.

use crate::units::{Distance, Millis, Speed};

/// The range of VDOTs of human runners.
pub const VDOTS: std::ops::RangeInclusive<f64> = 10.0..=95.0;

/// Returns the VDOT of a race over `distance` in `time`.
pub fn vdot(distance: Distance, time: Millis) -> f64 {
    let minutes = time.as_secs_f64() / 60.0;
    vdot_of(distance.metres() / minutes, minutes)
}

/// Returns the VDOT of running at `speed`, in m/min, for `minutes`.
fn vdot_of(speed: f64, minutes: f64) -> f64 {
    let oxygen = -4.60 + 0.182_258 * speed + 0.000_104 * speed * speed;
    let fraction =
        0.8 + 0.189_439_3 * (-0.012_778 * minutes).exp() + 0.298_955_8 * (-0.193_260_5 * minutes).exp();
    oxygen / fraction
}

/// Returns the speed that takes `oxygen`, in ml per kg and minute: the cost curve solved for the speed.
pub fn speed_taking(oxygen: f64) -> Speed {
    let (a, b, c) = (0.000_104, 0.182_258, -4.60 - oxygen);
    Speed::from_mps((-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a) / 60.0)
}

/// Predicts the time in which an athlete with this `vdot` races `distance`.
pub fn predicted(vdot: f64, distance: Distance) -> Millis {
    // The longer the time, the lower the VDOT. Search between an impossible sprint and a stroll.
    let (mut fast, mut slow) = (distance.metres() / 600.0, distance.metres() / 50.0);
    for _ in 0..80 {
        let middle = (fast + slow) / 2.0;
        if vdot_of(distance.metres() / middle, middle) > vdot {
            fast = middle;
        } else {
            slow = middle;
        }
    }
    Millis::from_secs_f64((fast + slow) / 2.0 * 60.0)
}
