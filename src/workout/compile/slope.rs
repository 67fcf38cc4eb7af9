//! Efforts on a slope: the speed of the belt that costs as much as the effort on the flat.
//!
//! The cost follows the ACSM's equations, as in [`crate::belt`]. With the speed S in m/min and the grade G as a fraction,
//! running takes 0.2 S + 0.9 S G above rest, and walking 0.1 S + 1.8 S G, in ml of oxygen per kg and minute. The two
//! equations do not meet at 134 m/min, where the ACSM changes from one to the other. Here, speeds up to 7 km/h are walks,
//! and everything above costs what running does, because nobody walks at 7.5 km/h.

use super::named_pace::zone_of;
use crate::athlete::Athlete;
use crate::belt::{CostEquation, flat_equivalent};
use crate::units::{Incline, Speed};
use crate::workout::language::document::{PaceLine, TargetLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::{Intensity, Target};

/// The fastest walk, in km/h.
const FASTEST_WALK_KMH: f64 = 7.0;
/// The lowest speed uphill, in km/h.
const SLOWEST_KMH: f64 = 2.0;

/// Returns the speed on `incline` that costs as much as `speed` on `flat`. It is never faster than on the flat, because the
/// equations do not hold for running downhill.
pub fn belt_speed(speed: Speed, incline: Incline, flat: Incline) -> Speed {
    let (grade, level) = (incline.percent() / 100.0, flat.percent() / 100.0);
    if grade <= level || speed.mps() <= 0.0 {
        return speed;
    }
    let metres = speed.mps() * 60.0;
    let (run, walk) = (CostEquation::RUN, CostEquation::WALK);
    let walks = speed.kmh() <= FASTEST_WALK_KMH;
    let cost = metres * if walks { walk.on(level) } else { run.on(level) };
    let (running, walking) = (cost / run.on(grade), cost / walk.on(grade));
    let walked = Speed::from_mps(walking / 60.0);
    let slower = match running > CostEquation::FASTEST_WALK || walked.kmh() > FASTEST_WALK_KMH {
        true => Speed::from_mps(running / 60.0),
        false => walked,
    };
    let floor = Speed::from_kmh(SLOWEST_KMH);
    let slower = if slower < floor { floor } else { slower };
    if slower < speed { slower } else { speed }
}

/// Slows the efforts of `target` down to their speeds on `incline`. Written paces and speeds, walks and the time of a
/// distance stay as they are. Returns true if something changed.
pub fn slow_down(target: &mut Target, lines: &[&TargetLine], incline: Incline, flat: Incline) -> bool {
    if incline.percent() <= flat.percent() {
        return false;
    }
    let on_slope = |speed: Speed| belt_speed(speed, incline, flat);
    let before = (target.start.speed, target.suggested);
    let pace = lines.iter().find_map(|line| match line {
        TargetLine::Pace(from, to) => Some((from, to.as_ref())),
        _ => None,
    });
    if let Some((from, to)) = pace {
        if is_effort(from) {
            target.start.speed = target.start.speed.map(on_slope);
            target.speed_range = target.speed_range.map(|(low, high)| (on_slope(low), on_slope(high)));
        }
        if let (true, Some(end)) = (to.is_some_and(is_effort), &mut target.ramp_to) {
            end.speed = end.speed.map(on_slope);
        }
    }
    target.suggested = target.suggested.map(on_slope);
    before != (target.start.speed, target.suggested)
}

/// Gives written paces and speeds uphill the zone of the speed on `flat` that costs as much. The step starts at
/// one incline and ends at the other.
pub fn zone_by_cost(
    target: &mut Target,
    lines: &[&TargetLine],
    start: Incline,
    end: Incline,
    athlete: &Athlete,
) {
    let flat = athlete.flat.unwrap_or(Incline::FLAT);
    let pace = lines.iter().find_map(|line| match line {
        TargetLine::Pace(from, to) => Some((from, to.as_ref().unwrap_or(from))),
        _ => None,
    });
    let Some((from, to)) = pace else { return };
    let zone_at = |at: &Intensity, incline: Incline| {
        let uphill = incline.percent() > flat.percent();
        at.speed.filter(|_| uphill).and_then(|speed| zone_of(flat_equivalent(speed, incline, flat), athlete))
    };
    if is_written(from) {
        target.start.zone = zone_at(&target.start, start).or(target.start.zone);
    }
    if let (true, Some(last)) = (is_written(to), &mut target.ramp_to) {
        last.zone = zone_at(last, end).or(last.zone);
    }
}

/// True for a pace or a speed as a number, which stays as it is on a slope.
fn is_written(line: &PaceLine) -> bool {
    matches!(line, PaceLine::Pace(..) | PaceLine::Speed(..))
}

/// True for a pace that stands for an effort, and so depends on the slope.
fn is_effort(line: &PaceLine) -> bool {
    match line {
        PaceLine::Named { base, .. } => {
            !matches!(base, NamedTarget::Rest | NamedTarget::Walk | NamedTarget::AllOut)
        }
        PaceLine::Between(..) => true,
        PaceLine::Pace(..) | PaceLine::Speed(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Zone;
    use crate::workout::{Options, SourceText, compile_notation};

    /// The speeds of a runner with a 5K of 22:30, calculated by hand from the ACSM's equations.
    #[test]
    fn an_effort_costs_as_much_on_a_slope_as_on_the_flat() {
        for (flat_kmh, percent, belt_kmh) in [
            (13.66, 0.0, 13.66),
            (13.66, 4.0, 11.58),
            (13.66, 6.0, 10.76),
            (13.66, 20.0, 5.94),
            (9.14, 10.0, 6.53),
            (10.11, 10.0, 6.97),
            (14.49, 15.0, 8.65),
            (13.66, -4.0, 13.66),
        ] {
            let speed = belt_speed(Speed::from_kmh(flat_kmh), Incline::from_percent(percent), Incline::FLAT);
            assert!((speed.kmh() - belt_kmh).abs() < 0.01, "{flat_kmh} on {percent} %: {}", speed.kmh());
        }
    }

    /// By the ACSM, 10.5 km/h on 6 % takes 44.5 ml/kg/min above rest, as 13.3 km/h on the flat, which is the pace of a 5K in
    /// 22:30. 5 km/h on 12 % takes 26.3, as 7.9 km/h, a slow jog.
    #[test]
    fn a_written_speed_uphill_has_the_zone_of_its_cost() {
        let zone = |notation: &str| {
            let source = SourceText::new("run", notation);
            let athlete = Athlete::with_vdot(43.4);
            let sequence = compile_notation(&source, Some(&athlete), &Options::default()).unwrap().sequence;
            sequence.steps[0].target.start.zone.map(Zone::number)
        };
        assert_eq!(zone("5min 10.5km/h"), Some(2));
        assert_eq!(zone("5min 10.5km/h ^6%"), Some(5));
        assert_eq!(zone("5min 5km/h ^12%"), Some(1));
    }

    #[test]
    fn nothing_changes_on_the_incline_that_the_runner_calls_flat() {
        let flat = Incline::from_percent(1.0);
        let hard = Speed::from_kmh(13.66);
        assert_eq!(belt_speed(hard, flat, flat), hard);
        assert!((belt_speed(hard, Incline::from_percent(4.0), flat).kmh() - 12.10).abs() < 0.01);
    }
}
