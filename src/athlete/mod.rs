//! What an athlete can run: from race results and given paces to all paces, and heart-rate zones.
//!
//! The paces follow Daniels and Gilbert, *Oxygen Power* (1979): a race result gives a VDOT, and a VDOT gives every other
//! pace. Predictions agree with the printed tables to about 0.2 %. They promise nothing about race day.

mod heart_zones;
mod named_paces;
mod vdot;
mod world_best;
mod zone;

pub use heart_zones::{HeartRateZone, HeartRates, ZoneScheme};
pub use named_paces::NamedPace;
pub use vdot::{VDOTS, vdot};
pub use world_best::world_best;
pub use zone::Zone;

use crate::units::{Distance, Incline, METRES_PER_MILE, Millis, Speed, Weight};
use chrono::{Days, NaiveDate};
use named_paces::PaceBasis;

/// A race distance that a profile may hold a result for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Race {
    /// 1500 m.
    FifteenHundred,
    /// One mile.
    Mile,
    /// 3 km.
    ThreeK,
    /// 5 km.
    FiveK,
    /// 10 km.
    TenK,
    /// 15 km.
    FifteenK,
    /// 10 miles.
    TenMile,
    /// A half marathon.
    Half,
    /// A marathon.
    Marathon,
}

impl Race {
    /// All races, from the shortest.
    pub const ALL: [Race; 9] = [
        Race::FifteenHundred,
        Race::Mile,
        Race::ThreeK,
        Race::FiveK,
        Race::TenK,
        Race::FifteenK,
        Race::TenMile,
        Race::Half,
        Race::Marathon,
    ];

    /// Returns the key in the profile.
    pub const fn key(self) -> &'static str {
        match self {
            Race::FifteenHundred => "1500",
            Race::Mile => "mile",
            Race::ThreeK => "3K",
            Race::FiveK => "5K",
            Race::TenK => "10K",
            Race::FifteenK => "15K",
            Race::TenMile => "10 mile",
            Race::Half => "half",
            Race::Marathon => "marathon",
        }
    }

    /// Returns the distance.
    pub const fn distance(self) -> Distance {
        Distance::from_metres(match self {
            Race::FifteenHundred => 1500.0,
            Race::Mile => METRES_PER_MILE,
            Race::ThreeK => 3000.0,
            Race::FiveK => 5000.0,
            Race::TenK => 10_000.0,
            Race::FifteenK => 15_000.0,
            Race::TenMile => 10.0 * METRES_PER_MILE,
            Race::Half => 21_097.5,
            Race::Marathon => 42_195.0,
        })
    }
}

/// The result of a race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceResult {
    /// The race.
    pub race: Race,
    /// The time it took.
    pub time: Millis,
    /// The day of the race, if known.
    pub on: Option<NaiveDate>,
}

impl RaceResult {
    /// Creates a result without a date.
    pub const fn undated(race: Race, time: Millis) -> Self {
        RaceResult { race, time, on: None }
    }

    /// Returns the VDOT of the result.
    pub fn vdot(&self) -> f64 {
        vdot(self.race.distance(), self.time)
    }
}

/// The age relative to the newest result from which a result no longer tells anything about the athlete's form.
const STALE: Days = Days::new(365);

/// The athlete of a profile. Every part may be missing: an athlete may give a heart rate but no race result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Athlete {
    results: Vec<RaceResult>,
    vdot: Option<f64>,
    /// Given paces, each at most once. They override the calculated ones.
    pub paces: Vec<(NamedPace, Speed)>,
    /// The known heart rates.
    pub heart: HeartRates,
    /// The weight.
    pub weight: Option<Weight>,
    /// The speed that no target passes unless the athlete goes faster by hand.
    pub ceiling: Option<Speed>,
    /// The incline of steps that do not give one.
    pub flat: Option<Incline>,
}

/// The seconds by which a 400 m repetition is faster than 400 m at interval pace.
const REPETITION_GAIN: f64 = 6.0;
/// Interval pace as a fraction of VDOT.
const INTERVAL: f64 = 0.975;

impl Athlete {
    /// Creates an athlete from race results. Returns `None` if no human could have run one of them.
    pub fn from_results(results: Vec<RaceResult>) -> Option<Self> {
        results.iter().all(|r| VDOTS.contains(&r.vdot())).then_some(())?;
        let newest = results.iter().filter_map(|r| r.on).max();
        let athlete = Athlete { results, ..Athlete::default() };
        let current = athlete.results.iter().filter(|r| !is_stale(r, newest)).map(RaceResult::vdot);
        let vdot = current.reduce(f64::max);
        Some(Athlete { vdot, ..athlete })
    }

    /// Creates an athlete of this VDOT, without a result.
    pub fn with_vdot(vdot: f64) -> Self {
        Athlete { vdot: Some(vdot), ..Athlete::default() }
    }

    /// Returns all results, including those that are set aside.
    pub fn results(&self) -> &[RaceResult] {
        &self.results
    }

    /// True for a result that is more than a year older than the newest. No pace is calculated from it. A result without
    /// a date counts as current.
    pub fn is_set_aside(&self, result: &RaceResult) -> bool {
        is_stale(result, self.results.iter().filter_map(|r| r.on).max())
    }

    /// Returns the best VDOT of the current results.
    pub fn vdot(&self) -> Option<f64> {
        self.vdot
    }

    /// Predicts the time of a race over `distance`.
    pub fn predicted(&self, distance: Distance) -> Option<Millis> {
        self.vdot.map(|vdot| vdot::predicted(vdot, distance))
    }

    /// Returns the speed of a named pace: the given one, or else the calculated one.
    pub fn speed(&self, pace: NamedPace) -> Option<Speed> {
        self.given(pace).or_else(|| self.calculated(pace))
    }

    /// Returns the speed that the profile gives for a pace.
    pub fn given(&self, pace: NamedPace) -> Option<Speed> {
        self.paces.iter().find(|(named, _)| *named == pace).map(|(_, speed)| *speed)
    }

    /// Calculates the speed of a named pace from the race results.
    pub fn calculated(&self, pace: NamedPace) -> Option<Speed> {
        match pace.basis() {
            PaceBasis::Fraction(fraction) => self.training_speed(fraction),
            PaceBasis::Race(race) => self.race_speed(race),
            PaceBasis::Distance(distance) => self.predicted_speed(distance),
            PaceBasis::Repetition => self.repetition_speed(),
            PaceBasis::None => None,
        }
    }

    /// Returns the speed of `race`: that of its own current result, or else the predicted one.
    fn race_speed(&self, race: Race) -> Option<Speed> {
        let own = self.results.iter().find(|r| r.race == race && !self.is_set_aside(r)).map(|r| r.time);
        match own {
            Some(time) => Some(Speed::from_mps(race.distance().metres() / time.as_secs_f64())),
            None => self.predicted_speed(race.distance()),
        }
    }

    /// The mean speed of a race over `distance`, as the VDOT predicts it.
    fn predicted_speed(&self, distance: Distance) -> Option<Speed> {
        self.predicted(distance).map(|time| Speed::from_mps(distance.metres() / time.as_secs_f64()))
    }

    /// Returns the speed that takes `fraction` of the athlete's VDOT.
    fn training_speed(&self, fraction: f64) -> Option<Speed> {
        self.vdot.map(|vdot| vdot::speed_taking(vdot * fraction))
    }

    /// Returns the repetition speed: 400 m in six seconds less than at interval pace.
    fn repetition_speed(&self) -> Option<Speed> {
        let interval = 400.0 / self.training_speed(INTERVAL)?.mps();
        Some(Speed::from_mps(400.0 / (interval - REPETITION_GAIN)))
    }

    /// Returns a speed to start with in a heart-rate zone: that of the effort of the zone.
    pub fn zone_speed(&self, zone: Zone) -> Option<Speed> {
        self.speed(match zone.number() {
            1 => NamedPace::Recovery,
            2 => NamedPace::Easy,
            3 => NamedPace::Steady,
            4 => NamedPace::Threshold,
            5 => NamedPace::Hard,
            _ => return None,
        })
    }

    /// Returns a speed to start with at a perceived effort from 0 to 10: that of the matching named pace. Efforts below
    /// 0.5 and from 9.75 on have none.
    pub fn effort_speed(&self, rpe: f64) -> Option<Speed> {
        self.speed(match rpe {
            r if r < 0.5 => return None,
            r if r < 1.5 => NamedPace::Walk,
            r if r < 2.75 => NamedPace::Recovery,
            r if r < 3.75 => NamedPace::Easy,
            r if r < 5.75 => NamedPace::Steady,
            r if r < 7.75 => NamedPace::Threshold,
            r if r < 8.75 => NamedPace::Hard,
            r if r < 9.75 => NamedPace::Fast,
            _ => return None,
        })
    }
}

fn is_stale(result: &RaceResult, newest: Option<NaiveDate>) -> bool {
    let oldest = newest.and_then(|newest| newest.checked_sub_days(STALE));
    result.on.zip(oldest).is_some_and(|(on, oldest)| on < oldest)
}

#[cfg(test)]
mod tests;
