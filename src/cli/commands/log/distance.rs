//! The distance of a session that is added: `--distance`, `--pace` and `--splits`.

use crate::cli::args::log::AddArguments;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::runner::profile::Units;
use crate::session::Summary;
use crate::session::manual_distance::{UnclearDistance, set_distance, set_splits};
use crate::text::quoted;
use crate::units::parse;
use crate::units::{Distance, METRES_PER_MILE, Millis};

/// The distance of a session, as the runner gave it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenDistance {
    /// The whole distance.
    whole: Option<Distance>,
    /// The time that one unit took.
    pace: Option<Millis>,
    /// The time of each unit, in order.
    splits: Vec<Millis>,
    unit: Distance,
}

impl GivenDistance {
    /// Reads the options. Numbers without a unit, paces and splits are in the units of the profile.
    pub fn read(arguments: &AddArguments, units: Units) -> Result<GivenDistance, Failure> {
        let pace_unit = Distance::from_metres(units.pace.metres());
        let whole = arguments.distance.as_deref().map(|text| distance(text, units)).transpose()?;
        let pace = arguments.pace.as_deref().map(|text| pace(text, "--pace")).transpose()?;
        let splits = arguments.splits.as_deref().unwrap_or_default();
        let splits = splits.split([' ', ',']).filter(|split| !split.is_empty());
        let splits: Vec<Millis> = splits.map(|split| pace_of(split, "--splits")).collect::<Result<_, _>>()?;
        let unit = match pace {
            Some((_, Some(unit))) => unit,
            _ => pace_unit,
        };
        Ok(GivenDistance { whole, pace: pace.map(|(time, _)| time), splits, unit })
    }

    /// Returns the total time, if it follows from what was given. `planned` is the distance of the workout.
    pub fn time(&self, planned: Option<Distance>) -> Option<Millis> {
        if !self.splits.is_empty() {
            return Some(self.splits.iter().copied().sum());
        }
        let whole = self.whole.or(planned)?;
        let pace = self.pace?;
        Some(Millis::from_secs_f64(pace.as_secs_f64() * whole.metres() / self.unit.metres()))
    }

    /// Lays the distance over a session.
    pub fn apply(&self, summary: &mut Summary) -> Result<(), Failure> {
        if !self.splits.is_empty() {
            return set_splits(summary, &self.splits, self.unit).map_err(unclear);
        }
        let from_pace = || {
            let pace = self.pace?.as_secs_f64();
            let units = summary.active.as_secs_f64() / pace;
            Some(Distance::from_metres(units * self.unit.metres()))
        };
        match self.whole.or_else(from_pace) {
            Some(whole) => set_distance(summary, whole).map_err(unclear),
            None => Ok(()),
        }
    }
}

fn distance(text: &str, units: Units) -> Result<Distance, Failure> {
    let lower = text.trim().to_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_alphabetic()).trim_end();
    let unit = lower.get(digits.len()..).unwrap_or_default().trim();
    let metres = match unit {
        "" => Some(units.distance.metres()),
        "m" => Some(1.0),
        "km" | "k" => Some(1000.0),
        "mi" | "mile" | "miles" => Some(METRES_PER_MILE),
        _ => None,
    };
    let number = parse::number(digits).filter(|number| *number > 0.0);
    match number.zip(metres) {
        Some((number, metres)) => Ok(Distance::from_metres(number * metres)),
        None => {
            let report = Report::new(format!("--distance: {} is not a distance", quoted(text)));
            Err(Failure::Input(
                report.with_help("write it with its unit, such as `--distance 8.2km` or `5mi`"),
            ))
        }
    }
}

fn pace_of(text: &str, option: &str) -> Result<Millis, Failure> {
    pace(text, option).map(|(time, _)| time)
}

/// Reads a pace: `5:30`, `5:30/km`, `8:45/mi`.
fn pace(text: &str, option: &str) -> Result<(Millis, Option<Distance>), Failure> {
    read_pace(text).ok_or_else(|| {
        let clock = text.to_lowercase().replace("min", "").replace(['.', ','], ":").replace([' ', '\''], "");
        let help = match read_pace(&clock) {
            Some(_) => format!("write {clock}"),
            None => "write minutes and seconds, such as 5:30".to_string(),
        };
        Failure::Input(Report::new(format!("{option}: {} is not a pace", quoted(text))).with_help(help))
    })
}

fn read_pace(text: &str) -> Option<(Millis, Option<Distance>)> {
    let (time, unit) = match text.split_once('/') {
        Some((time, unit)) => (time, Some(unit)),
        None => (text, None),
    };
    let unit = unit.map(parse::pace_unit);
    let time = parse::race_time(time).filter(|time| *time >= Millis::from_secs(60));
    match (time, unit) {
        (Some(time), None) => Some((time, None)),
        (Some(time), Some(Some(unit))) => Some((time, Some(Distance::from_metres(unit.metres())))),
        _ => None,
    }
}

fn unclear(problem: UnclearDistance) -> Failure {
    let report = match problem {
        UnclearDistance::SeveralSteps => Report::new(
            "cannot tell how far each step of this workout was, because their speeds are not known",
        )
        .with_help("write the run as one step, such as `pacebell log add \"45min easy\" --distance 8.2km`"),
        UnclearDistance::SplitsOfSeveralSteps => Report::new("--splits is for a workout of one step")
            .with_help(
                "write the run as one step, such as `pacebell log add \"45min easy\" --splits \"5:30 5:25\"`",
            ),
        UnclearDistance::Impossible => Report::new("nobody runs that far in one session")
            .with_help("write the distance with its unit, such as `--distance 8.2km`"),
    };
    Failure::Input(report)
}
