//! Daniels and Gilbert's formulas, *Oxygen Power* (1979): what a run costs, and what an athlete can give for how long.
//!
//! Speeds are in metres a minute and times in minutes, as published.

use crate::units::{Distance, Millis, Speed};

/// No runner is outside of these.
pub const VDOTS: std::ops::RangeInclusive<f64> = 10.0..=95.0;

/// The VDOT of a race over `distance` in `time`.
pub fn vdot(distance: Distance, time: Millis) -> f64 {
    let minutes = time.as_secs_f64() / 60.0;
    vdot_of(distance.metres() / minutes, minutes)
}

/// The VDOT of holding `speed` for `minutes`.
fn vdot_of(speed: f64, minutes: f64) -> f64 {
    let oxygen = -4.60 + 0.182_258 * speed + 0.000_104 * speed * speed;
    let fraction =
        0.8 + 0.189_439_3 * (-0.012_778 * minutes).exp() + 0.298_955_8 * (-0.193_260_5 * minutes).exp();
    oxygen / fraction
}

/// The speed that takes `oxygen`: the cost curve solved for speed.
pub fn speed_taking(oxygen: f64) -> Speed {
    let (a, b, c) = (0.000_104, 0.182_258, -4.60 - oxygen);
    Speed::from_mps((-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a) / 60.0)
}

/// The time in which an athlete of this `vdot` would race `distance`.
pub fn predicted(vdot: f64, distance: Distance) -> Millis {
    // VDOT falls as the time grows, between a sprint that no one can hold and a stroll.
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
