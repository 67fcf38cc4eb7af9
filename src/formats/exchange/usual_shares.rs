//! The usual shares of threshold pace of efforts, for programs that have no words for them.

use super::model::ForeignTarget;

/// The usual share of threshold pace of efforts. Those of Daniels' tables at a VDOT of 50.
const EFFORTS: [(&str, f64); 11] = [
    ("rest", 0.3),
    ("walk", 0.4),
    ("recovery", 0.7),
    ("easy", 0.8),
    ("steady", 0.87),
    ("threshold", 1.0),
    ("hard", 1.08),
    ("fast", 1.17),
    ("strides", 1.17),
    ("3K", 1.12),
    ("all-out", 1.25),
];
/// The usual share of threshold pace of the zones 1 to 5.
const ZONES: [f64; 5] = [0.7, 0.8, 0.87, 1.0, 1.08];

/// Returns the usual share of threshold pace of a target. `None` if there is none, or if it is a ramp.
pub fn usual_share(target: &ForeignTarget) -> Option<f64> {
    let effort = |name: &str| EFFORTS.into_iter().find(|(known, _)| *known == name).map(|(_, share)| share);
    match target {
        ForeignTarget::Effort(name) => effort(name),
        ForeignTarget::Fraction { low, high, of } => Some(effort(of)? * (low + high) / 2.0),
        ForeignTarget::Zone(low, _) => ZONES.get(usize::from(low.saturating_sub(1))).copied(),
        ForeignTarget::Rpe(low, high) => Some(match (low + high) / 2.0 {
            rpe if rpe < 2.5 => 0.7,
            rpe if rpe < 3.5 => 0.8,
            rpe if rpe < 5.5 => 0.87,
            rpe if rpe < 7.5 => 1.0,
            rpe if rpe < 8.5 => 1.08,
            _ => 1.17,
        }),
        ForeignTarget::Speed { .. }
        | ForeignTarget::Beats(..)
        | ForeignTarget::HeartShare { .. }
        | ForeignTarget::Ramp(..)
        | ForeignTarget::Words(_) => None,
    }
}
