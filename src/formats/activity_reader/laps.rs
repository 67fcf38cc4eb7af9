//! Laps that add up to the totals of their activity.

use super::super::activity::LapPurpose;
use super::{HeartBeats, ImportedLap};
use crate::units::{Distance, Millis};

/// The totals that laps must add up to.
#[derive(Clone, Copy, Debug)]
pub struct LapTotals {
    /// The time without pauses.
    pub active: Millis,
    /// The distance, if it is known.
    pub distance: Option<Distance>,
}

/// Laps that add up.
#[derive(Debug, PartialEq)]
pub struct SettledLaps {
    /// The laps. Never empty.
    pub laps: Vec<ImportedLap>,
    /// A sentence about laps that could not be kept.
    pub remark: Option<String>,
}

/// The share of a total by which laps may miss it: rounding, and the last metres of a run.
const SLACK: f64 = 0.01;
/// The least slack in seconds.
const SLACK_SECONDS: f64 = 2.0;
/// The least slack in metres.
const SLACK_METRES: f64 = 20.0;

/// Makes laps add up to the totals. A small difference goes into the last lap. If the laps tell another story than the
/// totals, the whole activity becomes one lap.
pub fn settle(mut laps: Vec<ImportedLap>, totals: LapTotals) -> SettledLaps {
    laps.retain(|lap| lap.active > Millis::ZERO);
    let one = || ImportedLap {
        active: totals.active,
        distance: totals.distance,
        purpose: LapPurpose::Work,
        heart: HeartBeats::default(),
    };
    if laps.len() < 2 {
        return SettledLaps { laps: vec![one()], remark: None };
    }
    let sum: Millis = laps.iter().map(|lap| lap.active).sum();
    if !settle_times(&mut laps, sum, totals.active) {
        let [sum, whole] = [sum, totals.active].map(|time| crate::units::clock(time.whole_secs()));
        let remark = format!("its laps take {sum} and not {whole}, so it is one lap");
        return SettledLaps { laps: vec![one()], remark: Some(remark) };
    }
    if !totals.distance.is_none_or(|whole| settle_distances(&mut laps, whole.metres())) {
        let remark = "the distances of its laps do not add up, so it is one lap".to_string();
        return SettledLaps { laps: vec![one()], remark: Some(remark) };
    }
    SettledLaps { laps, remark: None }
}

/// Puts a small difference into the last lap. Returns false if the difference is not small.
fn settle_times(laps: &mut [ImportedLap], sum: Millis, whole: Millis) -> bool {
    let difference = sum.as_secs_f64() - whole.as_secs_f64();
    if difference.abs() > SLACK_SECONDS.max(SLACK * whole.as_secs_f64()) {
        return false;
    }
    let Some(last) = laps.last_mut() else { return false };
    let others = sum.saturating_sub(last.active);
    last.active = whole.saturating_sub(others);
    last.active > Millis::ZERO
}

/// Makes the distances add up. A single lap without a distance gets the rest, and several get none if there is no rest.
/// Returns false if the distances do not add up.
fn settle_distances(laps: &mut [ImportedLap], whole: f64) -> bool {
    let known: f64 = laps.iter().filter_map(|lap| lap.distance).map(Distance::metres).sum();
    let rest = whole - known;
    let slack = SLACK_METRES.max(SLACK * whole);
    let unknown = laps.iter().filter(|lap| lap.distance.is_none()).count();
    let is_settled = match unknown {
        1 => rest >= -slack,
        _ => rest.abs() <= slack,
    };
    if !is_settled {
        return false;
    }
    if unknown > 0 {
        let each = if unknown == 1 { rest.max(0.0) } else { 0.0 };
        for lap in laps.iter_mut().filter(|lap| lap.distance.is_none()) {
            lap.distance = Some(Distance::from_metres(each));
        }
    }
    let sum: f64 = laps.iter().filter_map(|lap| lap.distance).map(Distance::metres).sum();
    let rest = whole - sum;
    let takes_rest = |lap: &&mut ImportedLap| {
        lap.distance.is_some_and(|distance| distance.metres() > 0.0 && distance.metres() + rest >= 0.0)
    };
    if let Some(lap) = laps.iter_mut().rev().find(takes_rest) {
        lap.distance =
            lap.distance.map(|distance| Distance::from_metres((distance.metres() + rest).max(0.0)));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lap(seconds: f64, metres: Option<f64>) -> ImportedLap {
        ImportedLap {
            active: Millis::from_secs_f64(seconds),
            distance: metres.map(Distance::from_metres),
            purpose: LapPurpose::Work,
            heart: HeartBeats::default(),
        }
    }

    fn settled(laps: &[ImportedLap], seconds: f64, metres: Option<f64>) -> (Vec<(f64, Option<f64>)>, bool) {
        let totals =
            LapTotals { active: Millis::from_secs_f64(seconds), distance: metres.map(Distance::from_metres) };
        let settled = settle(laps.to_vec(), totals);
        let metres = |lap: &ImportedLap| lap.distance.map(|d| (d.metres() * 100.0).round() / 100.0);
        let laps = settled.laps.iter().map(|lap| (lap.active.as_secs_f64(), metres(lap))).collect();
        (laps, settled.remark.is_some())
    }

    #[test]
    fn a_small_difference_goes_into_the_last_lap() {
        let laps = [lap(300.0, Some(1000.0)), lap(0.0, Some(1.0)), lap(301.0, Some(998.0))];
        let expected = (vec![(300.0, Some(1000.0)), (300.5, Some(999.5))], false);
        assert_eq!(settled(&laps, 600.5, Some(1999.5)), expected);
    }

    #[test]
    fn the_only_lap_without_a_distance_gets_the_rest() {
        let laps = [lap(300.0, Some(1000.0)), lap(300.0, None), lap(60.0, Some(0.0))];
        let expected = vec![(300.0, Some(1000.0)), (300.0, Some(900.0)), (60.0, Some(0.0))];
        assert_eq!(settled(&laps, 660.0, Some(1900.0)), (expected, false));
    }

    #[test]
    fn laps_that_do_not_add_up_become_one() {
        let laps = [lap(300.0, Some(1000.0)), lap(300.0, Some(1000.0))];
        assert_eq!(settled(&laps, 900.0, Some(2000.0)), (vec![(900.0, Some(2000.0))], true));
        assert_eq!(settled(&laps, 600.0, Some(3000.0)), (vec![(600.0, Some(3000.0))], true));
        let unknown = [lap(300.0, None), lap(300.0, None)];
        assert_eq!(settled(&unknown, 600.0, Some(2000.0)), (vec![(600.0, Some(2000.0))], true));
        assert_eq!(settled(&unknown, 600.0, None), (vec![(300.0, None); 2], false));
    }
}
