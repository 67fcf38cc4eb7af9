//! Resolves written targets to speeds, zones and ranks.

pub use super::named_pace::speed_of;
use super::named_pace::{self, ZoneAndRank, zone_of};
use crate::athlete::{Athlete, Zone, ZoneScheme};
use crate::units::{Distance, HeartRate, Millis, PaceUnit, Speed};
use crate::workout::language::document::{HeartBase, HeartLine, PaceLine, PaceOffset, TargetLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::{Intensity, Relative, Shift};

/// Creates the target of a named effort.
pub fn effort(base: NamedTarget) -> TargetLine {
    let line = PaceLine::Named { base, shown: base.base(), by: PaceOffset::None };
    TargetLine::Pace(line, None)
}

/// Returns the pace that covers `distance` in `time`.
pub fn pace_of(distance: Distance, time: Millis, unit: PaceUnit) -> PaceLine {
    let seconds = time.as_secs_f64() * unit.metres() / distance.metres();
    PaceLine::Pace(seconds, seconds, unit)
}

/// Suggests a speed for a heart-rate target in `zone`. For a range of zones it is the mean of both.
pub(super) fn suggested_speed(heart: &HeartLine, zone: Zone, athlete: &Athlete) -> Option<Speed> {
    let HeartLine::Zones(low, high) = heart else { return athlete.zone_speed(zone) };
    let (low, high) = (athlete.zone_speed(*low)?, athlete.zone_speed(*high)?);
    Some(Speed::from_mps((low.mps() + high.mps()) / 2.0))
}

/// Returns the intensity of a pace.
pub(super) fn intensity(line: &PaceLine, athlete: Option<&Athlete>) -> Intensity {
    let range = speed_range(line, athlete);
    match line {
        PaceLine::Named { base, by, .. } => {
            let speed = middle_speed(line, athlete);
            let ZoneAndRank { zone, rank } = named_pace::of_named(*base, by, speed, athlete);
            let relative = Some(Relative { base: base.base().to_string(), by: shift(by) });
            Intensity { speed, relative, zone: Some(zone), rank: Some(rank) }
        }
        PaceLine::Between(a, b) => {
            let slower = if a.base.rank() <= b.base.rank() { a.base } else { b.base };
            Intensity {
                speed: middle_speed(line, athlete),
                relative: None,
                zone: Some(slower.zone()),
                rank: Some(slower.rank()),
            }
        }
        _ => {
            let speed = middle_speed(line, athlete).or(range.map(|r| r.0));
            Intensity {
                speed,
                relative: None,
                zone: speed.zip(athlete).and_then(|(speed, athlete)| zone_of(speed, athlete)),
                rank: None,
            }
        }
    }
}

fn shift(by: &PaceOffset) -> Shift {
    match *by {
        PaceOffset::None => Shift::Seconds { each: 0.0, unit: PaceUnit::Km },
        PaceOffset::Seconds(a, b, unit) => Shift::Seconds { each: (a + b) / 2.0, unit },
        PaceOffset::Percent(a, b) => Shift::Fraction((a + b) / 200.0),
    }
}

/// Returns the speed of a pace. A range of paces counts as its middle, in the unit that it is written in.
pub(super) fn middle_speed(line: &PaceLine, athlete: Option<&Athlete>) -> Option<Speed> {
    match *line {
        PaceLine::Pace(a, b, unit) => Some(Speed::from_pace((a + b) / 2.0, unit)),
        PaceLine::Speed(a, b, unit) => Some(unit.speed((a + b) / 2.0)),
        PaceLine::Between(a, b) => {
            let (a, b) = speed_of(a.base, athlete).zip(speed_of(b.base, athlete))?;
            let pace = (a.pace(PaceUnit::Km) + b.pace(PaceUnit::Km)) / 2.0;
            Some(Speed::from_pace(pace, PaceUnit::Km))
        }
        PaceLine::Named { base, by, .. } => {
            let speed = speed_of(base, athlete)?;
            match shift(&by) {
                Shift::Seconds { each, unit } => shifted(speed, each, unit),
                Shift::Fraction(fraction) => Some(Speed::from_mps(speed.mps() * fraction)),
            }
        }
    }
}

/// Slows `speed` down by `seconds` per `unit`. Returns `None` for an offset that no runner can run.
fn shifted(speed: Speed, seconds: f64, unit: PaceUnit) -> Option<Speed> {
    if seconds == 0.0 {
        return Some(speed);
    }
    if speed.mps() <= 0.0 {
        return None;
    }
    let pace = speed.pace(unit) + seconds;
    (pace > 0.0).then(|| Speed::from_pace(pace, unit)).filter(|s| s.kmh() <= 50.0)
}

/// True for a known named pace that its offset turns into a pace that nobody can run.
pub fn is_out_of_reach(line: &TargetLine, athlete: Option<&Athlete>) -> bool {
    let lost = |line: &PaceLine| match line {
        PaceLine::Named { base, .. } => {
            speed_of(*base, athlete).is_some() && middle_speed(line, athlete).is_none_or(|s| s.kmh() > 50.0)
        }
        _ => false,
    };
    match line {
        TargetLine::Pace(from, to) => lost(from) || to.as_ref().is_some_and(lost),
        _ => false,
    }
}

/// Returns the slower and the faster end of a pace.
pub(super) fn speed_range(line: &PaceLine, athlete: Option<&Athlete>) -> Option<(Speed, Speed)> {
    let ends = match *line {
        PaceLine::Pace(a, b, unit) => [Speed::from_pace(a, unit), Speed::from_pace(b, unit)],
        PaceLine::Speed(a, b, unit) => [unit.speed(a), unit.speed(b)],
        PaceLine::Between(a, b) => [speed_of(a.base, athlete)?, speed_of(b.base, athlete)?],
        PaceLine::Named { base, by, .. } => {
            let speed = speed_of(base, athlete)?;
            match by {
                PaceOffset::None => [speed, speed],
                PaceOffset::Seconds(a, b, unit) => [shifted(speed, a, unit)?, shifted(speed, b, unit)?],
                PaceOffset::Percent(a, b) => [a, b].map(|p| Speed::from_mps(speed.mps() * p / 100.0)),
            }
        }
    };
    let [a, b] = ends;
    Some(if a <= b { (a, b) } else { (b, a) })
}

/// Returns the zone of a perceived effort from 0 to 10.
pub fn rpe_zone(rpe: f64) -> Zone {
    Zone::clamped(match rpe {
        r if r < 0.5 => 0,
        r if r < 2.75 => 1,
        r if r < 3.75 => 2,
        r if r < 5.75 => 3,
        r if r < 7.75 => 4,
        _ => 5,
    })
}

/// Returns the zone of a heart-rate target. Beats per minute have one only if the athlete's zones are known.
pub(super) fn heart_zone(heart: &HeartLine, athlete: Option<&Athlete>) -> Option<Zone> {
    let (low, high, base) = match heart {
        HeartLine::Zone(zone) | HeartLine::Zones(zone, _) => return Some(*zone),
        HeartLine::Bpm(low, high) => {
            let middle = HeartRate::nearest(f64::from(low + high) / 2.0);
            return athlete?.heart.zone_of(middle);
        }
        HeartLine::Percent(low, high, base) => (low, high, base),
    };
    let middle = (low + high) / 2.0;
    let above = scheme(*base).cuts().iter().filter(|cut| middle >= **cut).count();
    Some(Zone::clamped(1 + u8::try_from(above).unwrap_or(4)))
}

/// Returns the lowest and the highest beats per minute of a heart-rate target, if they are written or can be worked out
/// from the athlete's heart rates.
pub(super) fn heart_beats(heart: &HeartLine, athlete: Option<&Athlete>) -> Option<(u32, u32)> {
    match heart {
        HeartLine::Bpm(low, high) => Some((*low, *high)),
        HeartLine::Zone(zone) => athlete?.heart.beats_in(*zone),
        HeartLine::Zones(low, high) => {
            let heart = &athlete?.heart;
            Some((heart.beats_in(*low)?.0, heart.beats_in(*high)?.1))
        }
        HeartLine::Percent(low, high, base) => {
            let share = |percent| athlete?.heart.share(percent, scheme(*base)).map(HeartRate::bpm);
            Some((share(*low)?, share(*high)?))
        }
    }
}

const fn scheme(base: HeartBase) -> ZoneScheme {
    match base {
        HeartBase::Max => ZoneScheme::Max,
        HeartBase::Reserve => ZoneScheme::Reserve,
        HeartBase::Threshold => ZoneScheme::Threshold,
    }
}
