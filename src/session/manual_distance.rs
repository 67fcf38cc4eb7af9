//! The distance of a session that was not timed, as the runner gives it: as a whole, or as splits.

use super::{Lap, Summary};
use crate::units::{Distance, Millis};

/// The longest distance of a session, in metres: more is a slip of the finger.
const LONGEST: f64 = 500_000.0;

/// A distance that cannot be laid over a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnclearDistance {
    /// The session has several steps of unknown speed, so the share of each is not known.
    SeveralSteps,
    /// Splits are for a session of one step.
    SplitsOfSeveralSteps,
    /// The distance is 0 or longer than anyone runs.
    Impossible,
}

/// Lays a distance over the laps of a session. A single lap covers all of it. Where the plan gives each lap a distance, as on a
/// belt that was a little off, all are changed by the same factor.
///
/// # Errors
/// If the share of each lap is not known.
pub fn set_distance(summary: &mut Summary, whole: Distance) -> Result<(), UnclearDistance> {
    check(whole)?;
    let mut laps: Vec<&mut Lap> = summary.laps.iter_mut().filter(|lap| lap.step.is_some()).collect();
    if let [lap] = &mut laps[..] {
        lap.distance = Some(whole);
        return Ok(());
    }
    let known: Option<f64> = laps.iter().map(|lap| lap.distance.map(Distance::metres)).sum();
    let known = known.filter(|known| *known > 0.0).ok_or(UnclearDistance::SeveralSteps)?;
    for lap in laps {
        let metres = lap.distance.map_or(0.0, Distance::metres);
        lap.distance = Some(Distance::from_metres(metres * whole.metres() / known));
    }
    Ok(())
}

/// Divides the only lap of a session into splits of equal distance.
///
/// # Errors
/// If the session has several steps.
pub fn set_splits(summary: &mut Summary, splits: &[Millis], each: Distance) -> Result<(), UnclearDistance> {
    check(Distance::from_metres(each.metres() * splits.len() as f64))?;
    let [lap] = &summary.laps[..] else { return Err(UnclearDistance::SplitsOfSeveralSteps) };
    let lap = *lap;
    let mut from = lap.from;
    let mut laps = Vec::new();
    for (nth, split) in splits.iter().enumerate() {
        let to = from + *split;
        let complete = lap.complete && nth + 1 == splits.len();
        laps.push(Lap { from, to, complete, distance: Some(each), ..lap });
        from = to;
    }
    summary.laps = laps;
    Ok(())
}

fn check(whole: Distance) -> Result<(), UnclearDistance> {
    match whole.metres() > 0.0 && whole.metres() <= LONGEST {
        true => Ok(()),
        false => Err(UnclearDistance::Impossible),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::manual_entry::untimed;
    use crate::workout::{Options, SourceText, compile_notation};
    use std::sync::Arc;

    fn summary(notation: &str) -> Summary {
        let sequence = compile_notation(&SourceText::new("t", notation), None, &Options::default());
        untimed(&Arc::new(sequence.unwrap().sequence), None).unwrap().summary
    }

    fn metres(summary: &Summary) -> Vec<f64> {
        summary.laps.iter().map(|lap| lap.distance.unwrap().metres().round()).collect()
    }

    #[test]
    fn a_single_lap_covers_the_whole_distance() {
        let mut run = summary("45min easy");
        set_distance(&mut run, Distance::from_metres(8200.0)).unwrap();
        assert_eq!(metres(&run), [8200.0]);
    }

    #[test]
    fn planned_distances_change_by_the_same_factor() {
        // 10 min at 12 km/h and 5 min at 6 km/h are 2 km and 500 m.
        let mut run = summary("10min 12km/h, 5min 6km/h");
        set_distance(&mut run, Distance::from_metres(3000.0)).unwrap();
        assert_eq!(metres(&run), [2400.0, 600.0]);
    }

    #[test]
    fn a_distance_over_several_steps_of_unknown_speed_is_refused() {
        let mut run = summary("10min easy, 5min hard");
        let before = run.clone();
        let whole = Distance::from_metres(3000.0);
        assert_eq!(set_distance(&mut run, whole), Err(UnclearDistance::SeveralSteps));
        assert_eq!(set_distance(&mut run, Distance::default()), Err(UnclearDistance::Impossible));
        assert_eq!(run, before);
    }

    #[test]
    fn splits_are_laps_of_equal_distance() {
        let mut run = summary("16:20 easy");
        let splits = [330, 325, 325].map(Millis::from_secs);
        set_splits(&mut run, &splits, Distance::from_metres(1000.0)).unwrap();
        assert_eq!(metres(&run), [1000.0; 3]);
        let times: Vec<u64> = run.laps.iter().map(|lap| lap.length().whole_secs()).collect();
        assert_eq!(times, [330, 325, 325]);
        assert_eq!(run.laps.last().map(|lap| (lap.to, lap.complete)), Some((Millis::from_secs(980), true)));
        let mut two = summary("10min easy, 5min hard");
        assert_eq!(
            set_splits(&mut two, &splits, Distance::from_metres(1000.0)),
            Err(UnclearDistance::SplitsOfSeveralSteps)
        );
    }
}
