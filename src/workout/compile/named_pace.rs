//! The speed of named paces, and the zone and the rank that they have with an offset or a percentage.

use crate::athlete::{Athlete, NamedPace, Zone};
use crate::units::Speed;
use crate::workout::language::document::PaceOffset;
use crate::workout::language::lexicon::NamedTarget;
use std::sync::LazyLock;

/// An average runner. Without a profile, a percentage of a pace has the zone that it has for this runner.
static REFERENCE: LazyLock<Athlete> = LazyLock::new(|| {
    let mut athlete = Athlete::with_vdot(45.0);
    athlete.paces =
        NamedPace::ALL.into_iter().filter_map(|pace| Some((pace, athlete.speed(pace)?))).collect();
    athlete
});

/// One pace of each rank from a walk to the fastest races.
const RANKS: [NamedTarget; 10] = [
    NamedTarget::Walk,
    NamedTarget::Recovery,
    NamedTarget::Easy,
    NamedTarget::Steady,
    NamedTarget::Marathon,
    NamedTarget::Half,
    NamedTarget::Tempo,
    NamedTarget::TenK,
    NamedTarget::FiveK,
    NamedTarget::ThreeK,
];

/// The walking speed of athletes whose profile does not give one.
const WALK_KMH: f64 = 5.0;

/// A zone and a rank in the order of efforts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ZoneAndRank {
    pub(super) zone: Zone,
    pub(super) rank: u8,
}

/// Returns the speed of a named pace, if it is known.
pub fn speed_of(base: NamedTarget, athlete: Option<&Athlete>) -> Option<Speed> {
    match base {
        NamedTarget::Rest => Some(Speed::from_mps(0.0)),
        NamedTarget::AllOut => None,
        NamedTarget::Walk => given(NamedPace::Walk, athlete).or_else(|| Some(Speed::from_kmh(WALK_KMH))),
        NamedTarget::Recovery => given(NamedPace::Recovery, athlete),
        NamedTarget::Easy => given(NamedPace::Easy, athlete),
        NamedTarget::Steady => given(NamedPace::Steady, athlete),
        NamedTarget::Tempo => given(NamedPace::Threshold, athlete),
        NamedTarget::Hard => given(NamedPace::Hard, athlete),
        NamedTarget::Marathon => given(NamedPace::Marathon, athlete),
        NamedTarget::Half => given(NamedPace::Half, athlete),
        NamedTarget::TenMile => given(NamedPace::TenMile, athlete),
        NamedTarget::FifteenK => given(NamedPace::FifteenK, athlete),
        NamedTarget::TenK => given(NamedPace::TenK, athlete),
        NamedTarget::FiveK => given(NamedPace::FiveK, athlete),
        NamedTarget::ThreeK => given(NamedPace::ThreeK, athlete),
        NamedTarget::Mile => given(NamedPace::Mile, athlete),
        NamedTarget::FifteenHundred => given(NamedPace::FifteenHundred, athlete),
        NamedTarget::EightHundred => given(NamedPace::EightHundred, athlete),
        NamedTarget::Fast => given(NamedPace::Fast, athlete),
    }
}

fn given(pace: NamedPace, athlete: Option<&Athlete>) -> Option<Speed> {
    athlete?.speed(pace)
}

/// Returns the zone of a speed. The zones meet halfway between the athlete's paces, all of which must be known. Standing
/// still needs no paces.
pub(super) fn zone_of(speed: Speed, athlete: &Athlete) -> Option<Zone> {
    let pairs = [
        (NamedTarget::Recovery, NamedTarget::Easy),
        (NamedTarget::Easy, NamedTarget::Steady),
        (NamedTarget::Marathon, NamedTarget::Half),
        (NamedTarget::TenK, NamedTarget::FiveK),
    ];
    if speed.mps() <= 0.0 {
        return Some(Zone::STANDING);
    }
    let mut zone = 1;
    for (a, b) in pairs {
        let (a, b) = speed_of(a, Some(athlete)).zip(speed_of(b, Some(athlete)))?;
        zone += u8::from(speed.mps() >= (a.mps() + b.mps()) / 2.0);
    }
    Some(Zone::clamped(zone))
}

/// Returns the zone and the rank of a named pace: those of its `speed`, or the base's own if nothing changes the
/// base. Without a known speed, a percentage has those that it has for an average runner.
pub(super) fn of_named(
    base: NamedTarget,
    by: &PaceOffset,
    speed: Option<Speed>,
    athlete: Option<&Athlete>,
) -> ZoneAndRank {
    let own = ZoneAndRank { zone: base.zone(), rank: base.rank() };
    let fraction = match *by {
        PaceOffset::None => return own,
        PaceOffset::Percent(a, b) if a + b == 200.0 => return own,
        PaceOffset::Percent(a, b) => Some((a + b) / 200.0),
        PaceOffset::Seconds(a, b, _) if a + b == 0.0 => return own,
        PaceOffset::Seconds(..) => None,
    };
    let by_speed = |speed: Speed, athlete: &Athlete| {
        Some(ZoneAndRank { zone: zone_of(speed, athlete)?, rank: nearest_rank(speed, athlete)? })
    };
    let known = speed.zip(athlete).and_then(|(speed, athlete)| by_speed(speed, athlete));
    known
        .or_else(|| {
            let base = speed_of(base, Some(&REFERENCE))?;
            by_speed(Speed::from_mps(base.mps() * fraction?), &REFERENCE)
        })
        .unwrap_or(own)
}

/// Returns the rank whose pace is nearest to `speed`.
fn nearest_rank(speed: Speed, athlete: &Athlete) -> Option<u8> {
    let away = |named: &NamedTarget| Some((speed_of(*named, Some(athlete))?.mps() - speed.mps()).abs());
    let known = RANKS.iter().filter_map(|named| Some((away(named)?, named.rank())));
    known.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rank)| rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(base: NamedTarget, by: PaceOffset, athlete: Option<&Athlete>) -> u8 {
        let speed = speed_of(base, athlete).map(|speed| match by {
            PaceOffset::Percent(a, b) => Speed::from_mps(speed.mps() * (a + b) / 200.0),
            PaceOffset::Seconds(a, _, unit) => Speed::from_pace(speed.pace(unit) + a, unit),
            PaceOffset::None => speed,
        });
        of_named(base, &by, speed, athlete).zone.number()
    }

    #[test]
    fn a_fraction_has_the_zone_of_its_speed() {
        let percent = |p| PaceOffset::Percent(p, p);
        let runner = Athlete::with_vdot(43.4);
        for athlete in [None, Some(&runner)] {
            assert_eq!(zone(NamedTarget::Tempo, percent(55.0), athlete), 1);
            assert_eq!(zone(NamedTarget::FiveK, percent(81.0), athlete), 3);
            assert_eq!(zone(NamedTarget::FiveK, percent(100.0), athlete), 5);
            assert_eq!(zone(NamedTarget::Marathon, percent(110.0), athlete), 4);
            assert_eq!(zone(NamedTarget::Rest, percent(90.0), athlete), 0);
        }
    }

    #[test]
    fn an_offset_has_the_zone_of_its_speed_only_with_a_profile() {
        let slower = PaceOffset::Seconds(60.0, 60.0, crate::units::PaceUnit::Km);
        let runner = Athlete::with_vdot(43.4);
        assert_eq!(zone(NamedTarget::Marathon, slower, None), 3);
        assert_eq!(zone(NamedTarget::Marathon, slower, Some(&runner)), 2);
    }
}
