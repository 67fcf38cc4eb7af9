//! The distance of a session, and its average pace.

use super::Lap;
use crate::units::{Distance, Millis, Speed};
use crate::workout::sequence::Sequence;

/// The distance that a session covered on the belt, within the workout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoveredDistance {
    /// The distance.
    pub distance: Distance,
    /// The time it took, without standing.
    pub time: Millis,
    /// True if a part of it is estimated: a distance whose speed was only suggested.
    pub is_estimated: bool,
}

impl CoveredDistance {
    /// Adds up the laps of a run. `None` if the speed of a part is unknown: the sum would be too small.
    pub fn of(sequence: &Sequence, laps: &[Lap]) -> Option<Self> {
        let mut sum =
            CoveredDistance { distance: Distance::default(), time: Millis::ZERO, is_estimated: false };
        for lap in laps.iter().filter(|_| sequence.activity.is_run()) {
            let Some(id) = lap.step else { continue };
            let distance = lap.distance?;
            sum.distance = sum.distance + distance;
            if distance.metres() > 0.0 {
                sum.time += lap.length();
                sum.is_estimated |= sequence.step(id).is_some_and(|step| step.is_estimated());
            }
        }
        (sum.distance.metres() > 0.0 && sum.time > Millis::ZERO).then_some(sum)
    }

    /// Returns the average speed.
    pub fn speed(&self) -> Speed {
        Speed::from_mps(self.distance.metres() / self.time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    fn sequence(notation: &str) -> Sequence {
        compile_notation(&SourceText::new("t", notation), None, &Options::default()).unwrap().sequence
    }

    /// A lap of a step, from second to second.
    fn lap(sequence: &Sequence, index: usize, time: [u64; 2], metres: Option<f64>) -> Lap {
        Lap {
            step: sequence.steps.get(index).map(|step| step.id),
            from: Millis::from_secs(time[0]),
            to: Millis::from_secs(time[1]),
            complete: true,
            distance: metres.map(Distance::from_metres),
        }
    }

    #[test]
    fn standing_and_the_time_after_the_workout_change_neither_distance_nor_pace() {
        let sequence = sequence("60s 12km/h, 30s rest, 60s 12km/h");
        let laps = [
            lap(&sequence, 0, [0, 60], Some(200.0)),
            lap(&sequence, 1, [60, 90], Some(0.0)),
            lap(&sequence, 2, [90, 150], Some(200.0)),
            lap(&sequence, 9, [150, 400], None),
        ];
        let covered = CoveredDistance::of(&sequence, &laps).unwrap();
        // 400 m in 2 minutes are 12 km/h.
        assert_eq!((covered.distance.metres(), covered.time), (400.0, Millis::from_secs(120)));
        assert!((covered.speed().mps() * 3.6 - 12.0).abs() < 1e-9 && !covered.is_estimated);
    }

    #[test]
    fn a_distance_is_unknown_if_a_part_of_it_is() {
        let sequence = sequence("60s 12km/h, 60s easy");
        let laps = [lap(&sequence, 0, [0, 60], Some(200.0)), lap(&sequence, 1, [60, 120], None)];
        assert_eq!(CoveredDistance::of(&sequence, &laps), None);
        assert_eq!(CoveredDistance::of(&sequence, &[]), None);
    }
}
