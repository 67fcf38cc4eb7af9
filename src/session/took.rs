//! The meaning of a total time that was typed without a unit, by what is possible for the workout.

use crate::units::{
    Distance, Millis, Speed,
    typed_time::{TimeReading, TypedTime, TypedUnit},
};
use crate::workout::possible_speed;
use crate::workout::sequence::{End, Sequence};

/// The speed that stands in for the unknown speed of a distance: between a walk and a race, in km/h.
const USUAL_KMH: f64 = 10.0;
/// The shortest and the longest likely total of a workout without lengths.
const LIKELY_IF_OPEN: (Millis, Millis) = (Millis::from_secs(5 * 60), Millis::from_secs(3 * 3600));

/// The longest total that is possible for a workout of less than a third of it.
const LONGEST_OFF_PLAN: Millis = Millis::from_secs(6 * 3600);

/// The most times its plan that a workout can take, with a time of more than [`LONGEST_OFF_PLAN`].
const MOST_OFF_PLAN: f64 = 6.0;
/// The longest total that is possible: six days.
const LONGEST_RUN: Millis = Millis::from_secs(6 * 24 * 3600);

/// The reason why a typed time has no meaning for a workout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnclearTime {
    /// Two meanings are possible, and neither is likely.
    Ambiguous,
    /// No meaning is possible.
    Impossible,
}

/// Returns what a typed total time means for `sequence`.
///
/// # Errors
/// If several meanings are possible, or none.
pub fn read_total(sequence: &Sequence, typed: &TypedTime) -> Result<TimeReading, UnclearTime> {
    let bounds = TotalBounds::of(sequence);
    if let Some(likely) = typed.first(|time| bounds.is_likely(time)) {
        let is_credible = likely.unit != TypedUnit::Written || bounds.is_credible(likely.time);
        return if is_credible { Ok(likely) } else { Err(UnclearTime::Impossible) };
    }
    let mut possible = typed.readings().iter().filter(|reading| bounds.is_possible(reading.time));
    match (possible.next(), possible.next()) {
        (Some(only), None) => Ok(*only),
        (Some(_), Some(_)) => Err(UnclearTime::Ambiguous),
        (None, _) => Err(UnclearTime::Impossible),
    }
}

/// How long a workout can take.
struct TotalBounds {
    /// The fastest human time for the distances in it.
    fastest: Millis,
    /// The planned time. `None` if no step has a length.
    usual: Option<Millis>,
}

impl TotalBounds {
    fn of(sequence: &Sequence) -> Self {
        let distance = |end: End| match end {
            End::Distance { upper, lower, .. } => Some(lower.unwrap_or(upper)),
            End::Time { .. } | End::Open => None,
        };
        let written: Distance = sequence
            .steps
            .iter()
            .filter_map(|step| distance(step.end))
            .fold(Distance::default(), |a, b| a + b);
        let usual_speed = Speed::from_kmh(USUAL_KMH);
        let usual: Millis = sequence
            .steps
            .iter()
            .filter_map(|step| step.end.planned().or(distance(step.end).map(|d| d.time_at(usual_speed))))
            .sum();
        TotalBounds {
            fastest: written.time_at(possible_speed(written)),
            usual: (usual > Millis::ZERO).then_some(usual),
        }
    }

    /// Returns the share of the planned time that `time` is.
    fn share(&self, time: Millis) -> Option<f64> {
        self.usual.map(|usual| time.as_secs_f64() / usual.as_secs_f64())
    }

    fn is_likely(&self, time: Millis) -> bool {
        let (least, most) = LIKELY_IF_OPEN;
        time >= self.fastest
            && self.share(time).map_or((least..=most).contains(&time), |share| (0.2..=3.0).contains(&share))
    }

    /// True for a time with its unit that may be no slip: `60h` for 45 minutes is one.
    fn is_credible(&self, time: Millis) -> bool {
        let is_near = |share: f64| share <= MOST_OFF_PLAN || time <= LONGEST_OFF_PLAN;
        time >= self.fastest && time <= LONGEST_RUN && self.share(time).is_none_or(is_near)
    }

    fn is_possible(&self, time: Millis) -> bool {
        let is_near =
            |share: f64| (0.05..=12.0).contains(&share) && (share <= 3.0 || time <= LONGEST_OFF_PLAN);
        time >= self.fastest && self.share(time).is_none_or(is_near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    fn read(notation: &str, typed: &str) -> Result<String, UnclearTime> {
        let source = SourceText::new("x", notation);
        let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        read_total(&sequence, &TypedTime::parse(typed).unwrap()).map(|reading| reading.time.to_string())
    }

    #[test]
    fn reads_a_time_by_what_is_possible_for_the_distance() {
        for (notation, typed, time) in [
            ("400m", "1:05", "1:05"),
            ("400m", "90", "1:30"),
            ("800m", "2:30", "2:30"),
            ("800m", "1:45", "1:45"),
            ("1mi", "6:30", "6:30"),
            ("3km", "13:00", "13:00"),
            ("5km", "22:30", "22:30"),
            ("5km", "25", "25:00"),
            ("5km", "1:05", "1:05:00"),
            ("10km", "55:00", "55:00"),
            ("10km", "1:02", "1:02:00"),
            ("8mi", "1:10", "1:10:00"),
            ("15km", "1:20", "1:20:00"),
            ("21.1km", "1:45", "1:45:00"),
            ("21.1km", "98:00", "1:38:00"),
            ("21.1km", "2", "2:00:00"),
            ("42.2km", "3:45", "3:45:00"),
            ("42.2km", "3:45:10", "3:45:10"),
            ("42.2km", "4", "4:00:00"),
            ("90min easy", "1:30", "1:30:00"),
            ("45min easy", "40:00", "40:00"),
            ("45min easy", "45", "45:00"),
            ("60min easy", "10:00", "10:00"),
            ("open easy", "1:10", "1:10:00"),
            ("open easy", "12:00", "12:00"),
            ("5x1km / 90s jog", "27:00", "27:00"),
        ] {
            assert_eq!(read(notation, typed).as_deref(), Ok(time), "{notation} {typed}");
        }
    }

    #[test]
    fn refuses_a_time_with_two_meanings_or_none() {
        assert_eq!(read("10min easy", "1:05"), Err(UnclearTime::Ambiguous));
        assert_eq!(read("20min easy", "2:30"), Err(UnclearTime::Ambiguous));
        assert_eq!(read("800m", "1:20"), Err(UnclearTime::Impossible));
        assert_eq!(read("5km", "0:09"), Err(UnclearTime::Impossible));
        assert_eq!(read("45min easy", "60h"), Err(UnclearTime::Impossible));
        assert_eq!(read("10km", "20min"), Err(UnclearTime::Impossible));
        assert_eq!(read("160km", "40h").as_deref(), Ok("40:00:00"));
    }
}
