//! What an athlete can run, from race results: predicted races and training speeds.
//!
//! After Daniels and Gilbert, *Oxygen Power* (1979): a result gives a VDOT, and a VDOT gives every other pace.
//! Predictions hold to about 0.2 % of the printed tables; they promise nothing about the day.

use crate::diagnostic::{Diagnostic, Source};
use crate::spanned_toml::{self, Value};
use crate::text::quoted;
use crate::units::{Distance, METRES_PER_MILE, Millis, Speed};
use toml::de::DeValue;

/// A race whose result a profile may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Race {
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
    /// A half marathon.
    Half,
    /// A marathon.
    Marathon,
}

impl Race {
    /// Every race, by distance.
    pub const ALL: [Race; 7] =
        [Race::Mile, Race::ThreeK, Race::FiveK, Race::TenK, Race::FifteenK, Race::Half, Race::Marathon];

    /// Its key in the profile.
    pub const fn key(self) -> &'static str {
        match self {
            Race::Mile => "mile",
            Race::ThreeK => "3K",
            Race::FiveK => "5K",
            Race::TenK => "10K",
            Race::FifteenK => "15K",
            Race::Half => "half",
            Race::Marathon => "marathon",
        }
    }

    /// How long it is.
    pub const fn distance(self) -> Distance {
        Distance::from_metres(match self {
            Race::Mile => METRES_PER_MILE,
            Race::ThreeK => 3000.0,
            Race::FiveK => 5000.0,
            Race::TenK => 10_000.0,
            Race::FifteenK => 15_000.0,
            Race::Half => 21_097.5,
            Race::Marathon => 42_195.0,
        })
    }
}

/// Race results, and the best VDOT among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Athlete {
    results: Vec<(Race, Millis)>,
    vdot: f64,
}

/// No runner is outside of these.
const VDOTS: std::ops::RangeInclusive<f64> = 10.0..=95.0;
/// How much faster a 400 m repetition is than 400 m at interval pace.
const REPETITION_GAIN: f64 = 6.0;
/// Interval pace as a fraction of VDOT.
const INTERVAL: f64 = 0.975;

impl Athlete {
    /// An athlete with these results; nothing without a result, or where one is beyond what a human runs.
    pub fn from_results(results: &[(Race, Millis)]) -> Option<Self> {
        let vdots = results.iter().map(|(race, time)| vdot(race.distance(), *time));
        let best = vdots.clone().fold(f64::NEG_INFINITY, f64::max);
        vdots.into_iter().all(|v| VDOTS.contains(&v)).then_some(())?;
        VDOTS.contains(&best).then(|| Athlete { results: results.to_vec(), vdot: best })
    }

    /// Reads the `[athlete]` table of a profile; nothing where it has no race result.
    ///
    /// # Errors
    /// All of its problems at once.
    pub fn parse(source: &Source) -> Result<Option<Self>, Vec<Diagnostic>> {
        let (table, mut problems) = spanned_toml::parse(source);
        let mut results = Vec::new();
        for (key, value) in table.iter().flat_map(|t| t.iter()) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("athlete", DeValue::Table(races)) => {
                    for (key, value) in races.iter() {
                        match read_result(key, value) {
                            Ok(result) => results.push(result),
                            Err(problem) => problems.push(problem),
                        }
                    }
                }
                ("athlete", _) => problems.push(spanned_toml::wrong_value("athlete", value, PROFILE_FORM)),
                _ => problems.push(spanned_toml::unknown_key(key, &["athlete"])),
            }
        }
        if !problems.is_empty() {
            problems.sort_by_key(|p| p.span.start);
            return Err(problems);
        }
        Ok(Athlete::from_results(&results))
    }

    /// The best VDOT of the results.
    pub fn vdot(&self) -> f64 {
        self.vdot
    }

    /// The time this athlete would race `distance` in.
    pub fn predicted(&self, distance: Distance) -> Millis {
        // VDOT falls as the time grows, between a sprint that no one can hold and a stroll.
        let (mut fast, mut slow) = (distance.metres() / 600.0, distance.metres() / 50.0);
        for _ in 0..80 {
            let middle = (fast + slow) / 2.0;
            if vdot_of(distance.metres() / middle, middle) > self.vdot {
                fast = middle;
            } else {
                slow = middle;
            }
        }
        Millis::from_secs_f64((fast + slow) / 2.0 * 60.0)
    }

    /// The speed of `race`: its own result where there is one, else predicted.
    pub fn race_speed(&self, race: Race) -> Speed {
        let own = self.results.iter().find(|(r, _)| *r == race).map(|(_, time)| *time);
        let time = own.unwrap_or_else(|| self.predicted(race.distance()));
        Speed::from_mps(race.distance().metres() / time.as_secs_f64())
    }

    /// The speed that takes `fraction` of the athlete's VDOT.
    pub fn training_speed(&self, fraction: f64) -> Speed {
        Speed::from_mps(speed_taking(self.vdot * fraction) / 60.0)
    }

    /// Repetition speed: 400 m in six seconds less than at interval pace.
    pub fn repetition_speed(&self) -> Speed {
        let interval = 400.0 / self.training_speed(INTERVAL).mps();
        Speed::from_mps(400.0 / (interval - REPETITION_GAIN))
    }
}

const PROFILE_FORM: &str =
    "write at least one result: `[athlete]`, then `\"5K\" = \"22:30\"` on the next line";

/// The VDOT of a race over `distance` in `time`.
pub fn vdot(distance: Distance, time: Millis) -> f64 {
    let minutes = time.as_secs_f64() / 60.0;
    vdot_of(distance.metres() / minutes, minutes)
}

/// The VDOT of holding `speed` (metres a minute) for `minutes`.
fn vdot_of(speed: f64, minutes: f64) -> f64 {
    let oxygen = -4.60 + 0.182_258 * speed + 0.000_104 * speed * speed;
    let fraction =
        0.8 + 0.189_439_3 * (-0.012_778 * minutes).exp() + 0.298_955_8 * (-0.193_260_5 * minutes).exp();
    oxygen / fraction
}

/// The speed in metres a minute that takes `oxygen`: the cost curve solved for speed.
fn speed_taking(oxygen: f64) -> f64 {
    let (a, b, c) = (0.000_104, 0.182_258, -4.60 - oxygen);
    (-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a)
}

fn read_result(
    key: &toml::Spanned<std::borrow::Cow<'_, str>>,
    value: &Value<'_>,
) -> Result<(Race, Millis), Diagnostic> {
    let name = key.get_ref();
    let race = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(name));
    let Some(race) = race else {
        return Err(spanned_toml::unknown_key(key, &Race::ALL.map(Race::key)));
    };
    let form = format!("write the time in quotes, like `\"{}\" = \"{}\"`", race.key(), example(race));
    let DeValue::String(text) = value.get_ref() else {
        return Err(spanned_toml::wrong_value(race.key(), value, &form));
    };
    let Some(time) = race_time(text) else {
        let message = format!("{} is not a time", quoted(text));
        return Err(Diagnostic::error(value.span(), message, "hours, minutes, seconds").with_help(form));
    };
    if VDOTS.contains(&vdot(race.distance(), time)) {
        return Ok((race, time));
    }
    let message = format!("no one runs {} in {time}", name_of(race));
    let label = if vdot(race.distance(), time) > *VDOTS.end() {
        "faster than any record"
    } else {
        "slower than a walk"
    };
    Err(Diagnostic::error(value.span(), message, label).with_help(form))
}

fn name_of(race: Race) -> String {
    match race {
        Race::Mile | Race::Half | Race::Marathon => format!("a {}", race.key()),
        _ => race.key().to_string(),
    }
}

fn example(race: Race) -> &'static str {
    match race {
        Race::Mile => "6:30",
        Race::ThreeK => "13:00",
        Race::FiveK => "22:30",
        Race::TenK => "46:40",
        Race::FifteenK => "1:12:00",
        Race::Half => "1:43:20",
        Race::Marathon => "3:34:00",
    }
}

/// A result as race clocks show it: `22:30`, `1:31:35`, `14:55.3`.
fn race_time(text: &str) -> Option<Millis> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let well_formed = |part: &str| {
        !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| well_formed(part)) {
        return None;
    }
    let mut seconds = 0.0;
    for (i, part) in parts.iter().enumerate() {
        let number: f64 = part.parse().ok()?;
        let whole = i + 1 < parts.len();
        if (whole && part.contains('.')) || (i > 0 && number >= 60.0) {
            return None;
        }
        seconds = seconds * 60.0 + number;
    }
    (seconds > 0.0).then(|| Millis::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> f64 {
        race_time(text).unwrap().as_secs_f64()
    }

    fn athlete_of(race: Race, time: &str) -> Athlete {
        Athlete::from_results(&[(race, race_time(time).unwrap())]).unwrap()
    }

    /// VDOT, 5K, 10K, 15K, half, marathon: Daniels' printed tables.
    const RACES: [(f64, [&str; 5]); 5] = [
        (30.0, ["30:40", "1:03:46", "1:38:14", "2:21:04", "4:49:17"]),
        (40.0, ["24:08", "50:03", "1:17:06", "1:50:59", "3:49:45"]),
        (50.0, ["19:57", "41:21", "1:03:36", "1:31:35", "3:10:49"]),
        (60.0, ["17:03", "35:22", "54:18", "1:18:09", "2:43:25"]),
        (70.0, ["14:55", "31:00", "47:32", "1:08:21", "2:23:10"]),
    ];

    #[test]
    fn results_give_the_printed_vdot() {
        let known = vdot(Distance::from_metres(5000.0), Millis::from_secs(1200));
        assert!((known - 49.81).abs() < 0.01, "{known}");
        for (expected, times) in RACES {
            let races = [Race::FiveK, Race::TenK, Race::FifteenK, Race::Half, Race::Marathon];
            for (race, time) in races.into_iter().zip(times) {
                let got = vdot(race.distance(), race_time(time).unwrap());
                assert!((got - expected).abs() < 0.1, "{race:?} {time}: {got}");
            }
        }
    }

    #[test]
    fn predictions_agree_with_the_printed_tables() {
        for (expected, times) in RACES {
            let athlete = Athlete { results: vec![], vdot: expected };
            let races = [Race::FiveK, Race::TenK, Race::FifteenK, Race::Half, Race::Marathon];
            for (race, time) in races.into_iter().zip(times) {
                let got = athlete.predicted(race.distance()).as_secs_f64();
                let off = (got / seconds(time) - 1.0).abs();
                assert!(off < 0.002, "{expected} {race:?}: {got} against {time}");
            }
        }
    }

    #[test]
    fn training_paces_agree_with_the_printed_tables() {
        let table = [
            (40.0, "6:19", "5:06", "4:42", "1:46"),
            (50.0, "5:18", "4:15", "3:55", "1:27"),
            (60.0, "4:35", "3:40", "3:23", "1:15"),
            (70.0, "4:02", "3:14", "2:59", "1:05"),
        ];
        for (vdot, easy, threshold, interval, repetition) in table {
            let athlete = Athlete { results: vec![], vdot };
            let pace = |speed: Speed| 1000.0 / speed.mps();
            let near = |what: &str, got: f64, printed: f64| {
                assert!((got - printed).abs() <= 3.0, "{vdot} {what}: {got} against {printed}");
            };
            near("T", pace(athlete.training_speed(0.88)), seconds(threshold));
            near("I", pace(athlete.training_speed(0.975)), seconds(interval));
            near("R", pace(athlete.repetition_speed()), seconds(repetition) * 2.5);
            near("E", pace(athlete.training_speed(0.67)), seconds(easy));
        }
    }

    #[test]
    fn a_given_race_pace_is_that_results_own() {
        let athlete =
            Athlete::parse(&Source::new("p", "[athlete]\n\"10K\" = \"50:00\"\n\"5K\" = \"22:30\"\n"));
        let athlete = athlete.unwrap().unwrap();
        assert!((1000.0 / athlete.race_speed(Race::TenK).mps() - 300.0).abs() < 1e-6);
        // The 5K is the better result, so everything else is predicted from it.
        let alone = athlete_of(Race::FiveK, "22:30");
        assert_eq!(athlete.vdot(), alone.vdot());
        assert_eq!(athlete.race_speed(Race::Marathon), alone.race_speed(Race::Marathon));
    }

    #[test]
    fn every_problem_of_a_profile_is_reported() {
        let text = "[athlete]\n\"5K\" = \"3:00\"\n\"10 K\" = \"50:00\"\nmarathon = 3\nhalf = \"1h\"\n";
        let problems = Athlete::parse(&Source::new("p", text)).unwrap_err();
        let said: Vec<_> = problems.iter().map(|p| (p.message.as_str(), &text[p.span.clone()])).collect();
        assert_eq!(
            said,
            [
                ("no one runs 5K in 3:00", "\"3:00\""),
                ("unknown key `10 K`", "\"10 K\""),
                ("`marathon` is a bare number", "3"),
                ("`1h` is not a time", "\"1h\""),
            ]
        );
        assert_eq!(problems[1].help.as_deref(), Some("did you mean `10K`?"));
    }

    #[test]
    fn a_profile_without_a_result_is_no_athlete() {
        for text in ["", "[athlete]\n"] {
            assert_eq!(Athlete::parse(&Source::new("p", text)), Ok(None));
        }
    }
}
