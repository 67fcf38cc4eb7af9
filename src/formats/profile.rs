//! A profile as JSON, version 1: the output of `pacebell profile --json`.
//!
//! ```text
//! version       1. It rises if a field changes its meaning. Within a version, fields are only added.
//! vdot          the best result's VDOT; null without a result
//! equivalents   race → the predicted time in seconds; null without a result
//! paces         name → seconds per km, for every name of a pace in workouts; null if the pace is unknown
//! zones         n (1 to 5), low_bpm, high_bpm; empty if no heart rate is known
//! zone_scheme   "max", "reserve" (Karvonen) or "lthr" (Friel)
//! friel_zones   Friel's seven zones, n from "1" to "5c"; empty if the threshold is unknown
//! results       race, seconds, on (the date), set_aside (true if the result is too old to count)
//! heart         max_bpm, rest_bpm, lthr_bpm
//! belt          the belt in use: its name, and its limits in its own unit
//! belts         the names of all belts
//! belt_numbers  name → the belt's number for the pace
//! belt_inclines name → the incline in percent, steeper than usual if it makes up for a lack of speed
//! units         pace, speed, distance
//! ```
//!
//! Zones are half-open: `low_bpm` is in the zone, and `high_bpm` is the lowest heart rate of the next. For the highest
//! zone, `high_bpm` is null. The lowest zone begins at the resting heart rate, or at null if that is unknown.
//! A field that does not apply is `null`, never missing.

use crate::athlete::{Athlete, HeartRateZone, NamedPace, Race, RaceResult};
use crate::belt::Belt;
use crate::runner::figures;
use crate::runner::profile::{Profile, Units};
use crate::units::{HeartRate, Incline};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The number of this version.
pub const VERSION: u32 = 1;

/// Returns a profile and its figures as indented JSON that ends with a newline.
pub fn text(profile: &Profile) -> String {
    // Plain data with texts as keys always serialises.
    serde_json::to_string_pretty(&ProfileJson::of(profile)).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct ProfileJson {
    version: u32,
    vdot: Option<f64>,
    equivalents: Map<String, Value>,
    paces: Map<String, Value>,
    zones: Vec<Value>,
    zone_scheme: Option<&'static str>,
    friel_zones: Vec<Value>,
    results: Vec<Value>,
    heart: Value,
    belt: Value,
    belts: Vec<String>,
    belt_numbers: Map<String, Value>,
    belt_inclines: Map<String, Value>,
    units: Value,
}

impl ProfileJson {
    fn of(profile: &Profile) -> Self {
        let athlete = &profile.athlete;
        let heart = &athlete.heart;
        let bpm = |rate: Option<HeartRate>| rate.map(HeartRate::bpm);
        let paces = figures::paces(profile);
        let by_name = |figure: &dyn Fn(&figures::PaceFigure) -> f64| {
            let value = |pace: NamedPace| {
                paces.iter().find(|p| p.pace == pace).map_or(Value::Null, |p| rounded(figure(p)))
            };
            let names = NamedPace::ALL
                .into_iter()
                .flat_map(|pace| pace.spellings().iter().map(move |name| ((*name).to_string(), pace)));
            names.map(|(name, pace)| (name, value(pace))).collect()
        };
        ProfileJson {
            version: VERSION,
            vdot: athlete.vdot(),
            equivalents: equivalents(athlete),
            paces: by_name(&|pace| 1000.0 / pace.speed.mps()),
            zones: heart.zones().map(|zones| numbered(&zones)).unwrap_or_default(),
            zone_scheme: heart.scheme().map(|scheme| scheme.key()),
            friel_zones: heart.friel().map(|zones| named(&zones)).unwrap_or_default(),
            results: athlete.results().iter().map(|result| of_result(athlete, result)).collect(),
            heart: json!({
                "max_bpm": bpm(heart.max), "rest_bpm": bpm(heart.rest), "lthr_bpm": bpm(heart.threshold),
            }),
            belt: of_belt(profile),
            belts: profile.belts.iter().map(|belt| belt.name.clone()).collect(),
            belt_numbers: by_name(&|pace| pace.nearest.setting.number),
            belt_inclines: by_name(&|pace| pace.nearest.incline.percent()),
            units: of_units(profile.units),
        }
    }
}

/// A number rounded to a millionth. More digits would be noise.
fn rounded(number: f64) -> Value {
    json!((number * 1e6).round() / 1e6)
}

fn equivalents(athlete: &Athlete) -> Map<String, Value> {
    let one = |race: Race| {
        let time = athlete.predicted(race.distance()).map(|time| time.as_secs_f64());
        (race.key().to_string(), json!(time))
    };
    Race::ALL.into_iter().map(one).collect()
}

/// The lower and upper bounds of zones. The highest zone has no upper bound.
fn edges(zones: &[HeartRateZone]) -> impl Iterator<Item = (Option<u32>, Option<u32>)> {
    let last = zones.len().saturating_sub(1);
    let bpm = |rate: Option<HeartRate>| rate.map(HeartRate::bpm);
    zones.iter().enumerate().map(move |(i, zone)| (bpm(zone.low), bpm(zone.high).filter(|_| i < last)))
}

fn numbered(zones: &[HeartRateZone]) -> Vec<Value> {
    let one = |(n, (low, high))| json!({ "n": n, "low_bpm": low, "high_bpm": high });
    (1..=zones.len()).zip(edges(zones)).map(one).collect()
}

fn named(zones: &[HeartRateZone]) -> Vec<Value> {
    let one = |(zone, (low, high)): (&HeartRateZone, _)| json!({ "n": zone.name, "low_bpm": low, "high_bpm": high });
    zones.iter().zip(edges(zones)).map(one).collect()
}

fn of_result(athlete: &Athlete, result: &RaceResult) -> Value {
    json!({
        "race": result.race.key(),
        "seconds": result.time.as_secs_f64(),
        "on": result.on.map(|on| on.to_string()),
        "set_aside": athlete.is_set_aside(result),
    })
}

fn of_belt(profile: &Profile) -> Value {
    let Belt { unit, step, lowest, top, incline_lowest, incline_top, incline_step, lag, factor, ramp_every } =
        profile.belt();
    let percent = |incline: Option<Incline>| incline.map(Incline::percent);
    json!({
        "name": profile.belt_name(),
        "unit": unit.name(),
        "step": step,
        "lowest": lowest,
        "top": top,
        "incline_lowest": percent(incline_lowest),
        "incline_top": percent(incline_top),
        "incline_step": incline_step.percent(),
        "lag_s": lag,
        "factor": factor,
        "ramp_every_s": ramp_every.as_secs_f64(),
    })
}

fn of_units(units: Units) -> Value {
    json!({ "pace": units.pace.name(), "speed": units.speed.name(), "distance": units.distance.name() })
}
