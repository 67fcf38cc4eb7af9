//! What an athlete can run: race results and given paces → every pace, and heart-rate zones.
//!
//! After Daniels and Gilbert, *Oxygen Power* (1979): a result gives a VDOT, and a VDOT gives every other pace.
//! Predictions hold to about 0.2 % of the printed tables; they promise nothing about the day.

mod heart_zones;
mod named_paces;
mod vdot;

pub use heart_zones::{HeartRates, Zone, ZoneScheme};
pub use named_paces::NamedPace;
pub use vdot::{VDOTS, vdot};

use crate::units::{Distance, Incline, METRES_PER_MILE, Millis, Speed, Weight};
use chrono::{Days, NaiveDate};
use named_paces::PaceBasis;

/// A race whose result a profile may hold.
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
    /// Every race, by distance.
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

    /// Its key in the profile.
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

    /// How long it is.
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

/// What a race came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceResult {
    /// Which race.
    pub race: Race,
    /// How long it took.
    pub time: Millis,
    /// The day, where it is known.
    pub on: Option<NaiveDate>,
}

impl RaceResult {
    /// Its VDOT.
    pub fn vdot(&self) -> f64 {
        vdot(self.race.distance(), self.time)
    }
}

impl From<(Race, Millis)> for RaceResult {
    fn from((race, time): (Race, Millis)) -> Self {
        RaceResult { race, time, on: None }
    }
}

/// A result this much older than the newest says nothing of the athlete's form.
const STALE: Days = Days::new(365);

/// All that a profile says of the athlete. Every part may be missing: an athlete may have a heart rate and no result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Athlete {
    results: Vec<RaceResult>,
    vdot: Option<f64>,
    /// Paces that win over what is worked out, each once.
    pub paces: Vec<(NamedPace, Speed)>,
    /// What is known of the heart.
    pub heart: HeartRates,
    /// The weight.
    pub weight: Option<Weight>,
    /// A speed that no target passes unless the athlete says so.
    pub ceiling: Option<Speed>,
    /// The incline of a step whose workout says nothing of it.
    pub flat: Option<Incline>,
}

/// How much faster a 400 m repetition is than 400 m at interval pace.
const REPETITION_GAIN: f64 = 6.0;
/// Interval pace as a fraction of VDOT.
const INTERVAL: f64 = 0.975;

impl Athlete {
    /// An athlete with these results; nothing where one is beyond what a human runs.
    pub fn from_results(results: Vec<RaceResult>) -> Option<Self> {
        results.iter().all(|r| VDOTS.contains(&r.vdot())).then_some(())?;
        let newest = results.iter().filter_map(|r| r.on).max();
        let athlete = Athlete { results, ..Athlete::default() };
        let current = athlete.results.iter().filter(|r| !is_stale(r, newest)).map(RaceResult::vdot);
        let vdot = current.reduce(f64::max);
        Some(Athlete { vdot, ..athlete })
    }

    /// The results, those too that are set aside.
    pub fn results(&self) -> &[RaceResult] {
        &self.results
    }

    /// True for a result that is more than a year older than the newest: nothing is worked out from it. A result
    /// without a date is taken for a current one.
    pub fn is_set_aside(&self, result: &RaceResult) -> bool {
        is_stale(result, self.results.iter().filter_map(|r| r.on).max())
    }

    /// The best VDOT of the results; none without a result.
    pub fn vdot(&self) -> Option<f64> {
        self.vdot
    }

    /// The time this athlete would race `distance` in.
    pub fn predicted(&self, distance: Distance) -> Option<Millis> {
        self.vdot.map(|vdot| vdot::predicted(vdot, distance))
    }

    /// The speed of a named pace: given, else worked out; none where nothing is known that it follows from.
    pub fn speed(&self, pace: NamedPace) -> Option<Speed> {
        self.given(pace).or_else(|| self.worked_out(pace))
    }

    /// The speed that the profile itself gives to a pace.
    pub fn given(&self, pace: NamedPace) -> Option<Speed> {
        self.paces.iter().find(|(named, _)| *named == pace).map(|(_, speed)| *speed)
    }

    /// The speed of a named pace by the results, whatever the profile gives.
    pub fn worked_out(&self, pace: NamedPace) -> Option<Speed> {
        match pace.basis() {
            PaceBasis::Fraction(fraction) => self.training_speed(fraction),
            PaceBasis::Race(race) => self.race_speed(race),
            PaceBasis::Distance(distance) => self.predicted_speed(distance),
            PaceBasis::Repetition => self.repetition_speed(),
            PaceBasis::None => None,
        }
    }

    /// The speed of `race`: its own result where there is a current one, else predicted.
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

    /// The speed that takes `fraction` of the athlete's VDOT.
    fn training_speed(&self, fraction: f64) -> Option<Speed> {
        self.vdot.map(|vdot| vdot::speed_taking(vdot * fraction))
    }

    /// Repetition speed: 400 m in six seconds less than at interval pace.
    fn repetition_speed(&self) -> Option<Speed> {
        let interval = 400.0 / self.training_speed(INTERVAL)?.mps();
        Some(Speed::from_mps(400.0 / (interval - REPETITION_GAIN)))
    }

    /// A speed to start at for a heart-rate zone, 1 to 5: that of the effort in it.
    pub fn zone_speed(&self, zone: u8) -> Option<Speed> {
        self.speed(match zone {
            1 => NamedPace::Recovery,
            2 => NamedPace::Easy,
            3 => NamedPace::Steady,
            4 => NamedPace::Threshold,
            5 => NamedPace::Hard,
            _ => return None,
        })
    }

    /// A speed to start at for a perceived effort, 0 to 10: that of the word for it. All-out has none.
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
