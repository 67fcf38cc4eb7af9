//! Distances on the running screen: what is left of a step, what has been run, and what the console will show.

use super::belt::true_over_shown;
use crate::coach::View;
use crate::runner::profile::Units;
use crate::units::{Distance, DistanceUnit, PaceUnit, trimmed};
use crate::workout::sequence::End;

/// Estimated metres are rounded to a multiple of this, so that a wrong digit is not shown.
const ROUND: f64 = 10.0;
/// Hides the error of a sum of floating-point numbers from rounding up.
const TINY: f64 = 1e-6;

/// A distance as a number and its unit.
pub struct DistanceLabel {
    /// The number: `640`, `2.36`.
    pub number: String,
    /// The unit: `m`, `km` or `mi`.
    pub unit: &'static str,
}

/// The distance left in the step, rounded up to ten metres or a hundredth of a mile.
pub fn left(view: &View<'_>, units: Units) -> Option<DistanceLabel> {
    let left = view.distance_left()?;
    let up = |by: f64| (left.metres() / by - TINY).ceil().max(0.0) * by;
    Some(match units.distance {
        PaceUnit::Km if up(ROUND) < 1000.0 => {
            DistanceLabel { number: format!("{:.0}", up(ROUND)), unit: "m" }
        }
        PaceUnit::Km => DistanceLabel { number: format!("{:.2}", up(ROUND) / 1000.0), unit: "km" },
        PaceUnit::Mi => {
            let mile = PaceUnit::Mi.metres();
            DistanceLabel { number: format!("{:.2}", up(mile / 100.0) / mile), unit: "mi" }
        }
    })
}

/// A distance as the console shows it: as written in the workout, or in miles for a console in miles.
pub fn written(distance: Distance, units: Units) -> DistanceLabel {
    match units.distance {
        PaceUnit::Km => {
            let written = distance.written();
            DistanceLabel { number: written.number, unit: written.unit.name() }
        }
        PaceUnit::Mi => {
            DistanceLabel { number: format!("{:.2}", distance.miles()), unit: DistanceUnit::Miles.name() }
        }
    }
}

/// The reading of the console at the end of a step with a distance: `console 2.40`.
pub fn console_at_end(view: &View<'_>, units: Units) -> Option<String> {
    let end = view.distance_at_end()?;
    let shown = end.metres() / true_over_shown(&view.treadmill.belt) / units.distance.metres();
    Some(format!("console {shown:.2}"))
}

/// The distance run in the step: `≈ 1.24 of 3 mi` in a step with a distance, `step ≈ 0.45 km` in any other.
pub fn of_step(view: &View<'_>, units: Units) -> Option<String> {
    let number = |d: Distance| d.metres() / units.distance.metres();
    let name = units.distance.name();
    let covered = number(view.position.covered?);
    match view.step()?.end {
        End::Distance { upper, time: Some(_), .. } => {
            Some(format!("≈ {covered:.2} of {} {name}", trimmed(number(upper), 2)))
        }
        End::Distance { time: None, .. } => None,
        End::Time { .. } | End::Open => (covered >= 0.01).then(|| format!("step ≈ {covered:.2} {name}")),
    }
}

/// The distance run in the session: `≈ 2.31 km`.
pub fn of_session(view: &View<'_>, units: Units) -> Option<String> {
    let run = view.position.distance.filter(|_| view.sequence.activity.is_run())?;
    let number = run.metres() / units.distance.metres();
    (number >= 0.01).then(|| format!("≈ {number:.2} {}", units.distance.name()))
}

/// The average pace of the session: `avg 5:12/km`.
pub fn average_pace(view: &View<'_>, units: Units) -> Option<String> {
    let shown = view.sequence.activity.is_run() && view.sequence.show_pace;
    view.average_speed().filter(|_| shown).map(|speed| format!("avg {}", speed.pace_text(units.pace)))
}
