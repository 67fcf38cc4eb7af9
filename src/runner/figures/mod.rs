//! The figures that follow from a profile: every pace with the belt's number for it, predicted race times, and the
//! origin of each.

mod tables;

pub use tables::{
    ChangeRow, FigureTables, PaceRow, ProfileFact, RaceRow, ZoneRow, change_rows, example, factor_words,
    lag_words, name, sheet, vdot_change,
};

use super::profile::Profile;
use crate::athlete::{Athlete, NamedPace, Race, RaceResult, Zone};
use crate::belt::NearestSetting;
use crate::units::{Incline, Millis, Speed, clock};
use crate::workout;
use crate::workout::language::lexicon;

/// The origin of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureOrigin {
    /// Given in the profile.
    Given,
    /// Run in this race.
    Run(RaceResult),
    /// Calculated from the best result.
    From(RaceResult),
    /// A default that is the same for everyone.
    Default,
}

impl FigureOrigin {
    /// The origin in words: `given`, `5K 22:30 of 2026-09-13`, `from 5K 22:30` or `for everyone`.
    pub fn words(&self) -> String {
        match self {
            FigureOrigin::Given => "given".to_string(),
            FigureOrigin::Run(result) => result_words(result),
            FigureOrigin::From(result) => format!("from {}", short_result(result)),
            FigureOrigin::Default => "for everyone".to_string(),
        }
    }
}

/// A result in words: `5K 22:30`.
fn short_result(result: &RaceResult) -> String {
    format!("{} {}", result.race.key(), time(result.time))
}

/// A result with its date, if that is known: `5K 22:30 of 2026-09-13`.
pub fn result_words(result: &RaceResult) -> String {
    let on = result.on.map(|on| format!(" of {on}")).unwrap_or_default();
    short_result(result) + &on
}

/// A race's time, rounded to the second.
pub fn time(time: Millis) -> String {
    clock(time.as_secs_f64().round() as u64)
}

/// A pace, and the belt's setting for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PaceFigure {
    /// The pace.
    pub pace: NamedPace,
    /// The speed.
    pub speed: Speed,
    /// The nearest setting of the belt.
    pub nearest: NearestSetting,
    /// The origin of the speed.
    pub origin: FigureOrigin,
}

impl PaceFigure {
    /// The zone of the pace in workouts.
    pub fn zone(&self) -> Option<Zone> {
        lexicon::pace(self.pace.key()).map(|(named, _)| named.zone())
    }
}

/// The result from which paces are calculated.
pub fn best(athlete: &Athlete) -> Option<RaceResult> {
    let current = athlete.results().iter().filter(|result| !athlete.is_set_aside(result));
    current.max_by(|a, b| a.vdot().total_cmp(&b.vdot())).copied()
}

/// The speed of a pace in workouts, with or without a profile.
fn speed(athlete: &Athlete, pace: NamedPace) -> Option<Speed> {
    let (named, _) = lexicon::pace(pace.key())?;
    workout::speed_of(named, Some(athlete))
}

/// All known paces, from the slowest to the fastest.
pub fn paces(profile: &Profile) -> Vec<PaceFigure> {
    let athlete = &profile.athlete;
    let belt = profile.belt();
    let figure = |pace: NamedPace| {
        let speed = speed(athlete, pace)?;
        let nearest = belt.nearest_setting(speed, athlete.flat.unwrap_or(Incline::FLAT), athlete.ceiling);
        Some(PaceFigure { pace, speed, nearest, origin: origin(athlete, pace) })
    };
    NamedPace::ALL.into_iter().filter_map(figure).collect()
}

/// True for a pace that tables show: a common one, one that the profile gives, one of a race that was run.
pub fn is_shown(athlete: &Athlete, pace: NamedPace) -> bool {
    pace.is_common() || matches!(origin(athlete, pace), FigureOrigin::Given | FigureOrigin::Run(_))
}

fn origin(athlete: &Athlete, pace: NamedPace) -> FigureOrigin {
    if athlete.given(pace).is_some() {
        return FigureOrigin::Given;
    }
    let own = race(pace).and_then(|race| result(athlete, race));
    own.map(FigureOrigin::Run)
        .or_else(|| best(athlete).map(FigureOrigin::From))
        .filter(|_| pace != NamedPace::Walk)
        .unwrap_or(FigureOrigin::Default)
}

/// The race that a pace is named after.
fn race(pace: NamedPace) -> Option<Race> {
    Race::ALL.into_iter().find(|race| NamedPace::named(race.key()) == Some(pace))
}

/// The current result of a race.
fn result(athlete: &Athlete, race: Race) -> Option<RaceResult> {
    athlete.results().iter().find(|r| r.race == race && !athlete.is_set_aside(r)).copied()
}

/// The predicted time of a race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceEquivalent {
    /// The race.
    pub race: Race,
    /// The time that the best result predicts.
    pub time: Millis,
    /// The runner's current result, if there is one.
    pub own: Option<RaceResult>,
}

/// Every race with the time that the best result predicts. Empty without a result.
pub fn equivalents(athlete: &Athlete) -> Vec<RaceEquivalent> {
    let equivalent = |race: Race| {
        Some(RaceEquivalent { race, time: athlete.predicted(race.distance())?, own: result(athlete, race) })
    };
    Race::ALL.into_iter().filter_map(equivalent).collect()
}

/// A pace before and after a change of the profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaceChange {
    /// The pace.
    pub pace: NamedPace,
    /// The speed before, if it was known.
    pub before: Option<Speed>,
    /// The speed after, if it is known.
    pub after: Option<Speed>,
}

/// The smallest relative change of a pace that counts as one.
const LEAST_CHANGE: f64 = 1e-4;

/// The paces that differ between two versions of a profile.
pub fn changes(before: &Profile, after: &Profile) -> Vec<PaceChange> {
    let change = |pace: NamedPace| {
        let changed =
            PaceChange { pace, before: speed(&before.athlete, pace), after: speed(&after.athlete, pace) };
        match (changed.before, changed.after) {
            (None, None) => None,
            (Some(a), Some(b)) if (a.mps() / b.mps() - 1.0).abs() < LEAST_CHANGE => None,
            _ => Some(changed),
        }
    };
    let shown = |pace: &NamedPace| is_shown(&before.athlete, *pace) || is_shown(&after.athlete, *pace);
    NamedPace::ALL.into_iter().filter(shown).filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn profile(text: &str) -> Profile {
        Profile::parse(&SourceText::new("profile", text), None).unwrap().profile
    }

    fn origins(text: &str) -> Vec<(&'static str, String)> {
        paces(&profile(text)).iter().map(|p| (p.pace.key(), p.origin.words())).collect()
    }

    #[test]
    fn every_pace_names_its_origin() {
        let text = "[athlete]\n5K = { time = \"22:30\", on = 2026-09-13 }\n10K = \"50:00\"\n[athlete.paces]\ntempo = \"4:40/km\"";
        let all = origins(text);
        assert_eq!(all.len(), NamedPace::ALL.len());
        let of = |key: &str| all.iter().find(|(k, _)| *k == key).unwrap().1.clone();
        assert_eq!(of("walk"), "for everyone");
        assert_eq!(of("easy"), "from 5K 22:30");
        assert_eq!(of("threshold"), "given");
        assert_eq!(of("5K"), "5K 22:30 of 2026-09-13");
        assert_eq!(of("10K"), "10K 50:00");
        assert_eq!(of("HMP"), "from 5K 22:30");
        assert_eq!(origins(""), [("walk", "for everyone".to_string())]);
        assert_eq!(origins("[athlete.paces]\nwalk = \"6km/h\"")[0].1, "given");
    }

    #[test]
    fn lists_only_the_paces_that_change() {
        let before = profile("[athlete]\n5K = \"25:00\"\n[athlete.paces]\neasy = \"6:00/km\"");
        let after = profile("[athlete]\n5K = \"24:00\"\n[athlete.paces]\neasy = \"6:00/km\"");
        let changed: Vec<&str> = changes(&before, &after).iter().map(|c| c.pace.key()).collect();
        let same = ["walk", "easy"];
        let others: Vec<&str> = NamedPace::ALL
            .iter()
            .filter(|p| p.is_common())
            .map(|p| p.key())
            .filter(|k| !same.contains(k))
            .collect();
        assert_eq!(changed, others);
        let miler = profile("[athlete]\n1500 = \"5:00\"\n[athlete.paces]\n800 = \"3:10/km\"");
        let shown: Vec<&str> = changes(&before, &miler).iter().map(|c| c.pace.key()).collect();
        assert!(shown.contains(&"1500") && shown.contains(&"800") && !shown.contains(&"15K"), "{shown:?}");
        assert_eq!(changes(&after, &after), []);
        let first = changes(&Profile::default(), &after);
        assert!(first.iter().all(|c| c.before.is_none() && c.after.is_some()) && first.len() == 12);
    }

    #[test]
    fn predicts_races_from_the_best_result() {
        let profile = profile("[athlete]\n5K = \"20:00\"\n10K = \"45:00\"");
        let ten = equivalents(&profile.athlete).into_iter().find(|e| e.race == Race::TenK).unwrap();
        // VDOT 49.81 is close to the table's row for 50, 41:21.
        assert!((ten.time.as_secs_f64() - 2488.0).abs() < 6.0, "{}", ten.time);
        assert_eq!(ten.own.unwrap().time, Millis::from_secs(2700));
        assert_eq!(equivalents(&Profile::default().athlete), []);
    }
}
