//! What targets mean: speeds, zones, ranks, and the words a runner reads in half a second.

use crate::athlete::{Athlete, NamedPace, ZoneScheme};
use crate::units::{Distance, HeartRate, HeartRateRange, Millis, PaceUnit, Speed, clock, trimmed};
use crate::workout::language::document::{HeartBase, HeartLine, PaceLine, PaceOffset, TargetLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::{Intensity, Relative, Shift, Target, zone_word};

/// The speed of a walk, profile or not.
const WALK_KMH: f64 = 5.0;

/// What stands for a pace that is not shown and has no word.
const BY_FEEL: &str = "by feel";

/// A named effort as a target.
pub fn effort(base: NamedTarget) -> TargetLine {
    let line = PaceLine::Named { base, shown: base.base(), by: PaceOffset::None };
    TargetLine::Pace(line, None)
}

/// The pace of running `distance` in `time`.
pub fn pace_of(distance: Distance, time: Millis, unit: PaceUnit) -> PaceLine {
    let seconds = time.as_secs_f64() * unit.metres() / distance.metres();
    PaceLine::Pace(seconds, seconds, unit)
}

/// The speed of a named pace, where it is known.
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

/// Everything the targets of a step mean together. `timed` is the pace of a distance with its time: it gives the
/// speed, and an effort beside it the zone. Where paces are not `shown`, words stand for them.
pub fn target(
    lines: &[&TargetLine],
    timed: Option<PaceLine>,
    shown: bool,
    athlete: Option<&Athlete>,
) -> Target {
    let Some(pace) = timed else {
        return of_lines(lines, shown, athlete);
    };
    let line = TargetLine::Pace(pace, None);
    if !lines.iter().any(|line| matches!(line, TargetLine::Pace(..))) {
        // What is written comes first, and gives the zone.
        let all: Vec<&TargetLine> = lines.iter().copied().chain([&line]).collect();
        return of_lines(&all, shown, athlete);
    }
    let mut target = of_lines(lines, shown, athlete);
    if shown {
        target.words = format!("{} · {}", words(&line), target.words);
    }
    // The words say how hard, not how fast: two such steps are compared by their speeds.
    target.start.relative = None;
    target.start.speed = middle_speed(&pace, athlete);
    target.speed_range = speed_range(&pace, athlete);
    target
}

fn of_lines(lines: &[&TargetLine], shown: bool, athlete: Option<&Athlete>) -> Target {
    let mut target = Target {
        words: if shown { all_words(lines) } else { words_by_feel(lines, athlete) },
        start: Intensity::default(),
        ramp_to: None,
        speed_range: None,
        suggested: None,
        heart_rate: None,
        rpe: None,
        breathing: None,
    };
    for line in lines {
        match line {
            TargetLine::Pace(from, to) => {
                let zone = target.start.zone;
                target.start = intensity(from, athlete);
                target.start.zone = zone.or(target.start.zone);
                target.ramp_to = to.as_ref().map(|to| intensity(to, athlete));
                target.speed_range = speed_range(from, athlete);
            }
            TargetLine::HeartRate(heart) => {
                let bpm = heart_beats(heart, athlete);
                target.heart_rate = Some(HeartRateRange { words: heart_words(heart), bpm });
                let zone = heart_zone(heart, athlete);
                target.start.zone = target.start.zone.or(zone);
                let speed = athlete.and_then(|athlete| zone_speed(heart, zone?, athlete));
                target.suggested = target.suggested.or(speed);
            }
            TargetLine::Rpe(low, high) => {
                target.rpe = Some((*low, *high));
                let middle = (low + high) / 2.0;
                target.start.zone = target.start.zone.or(Some(rpe_zone(middle)));
                target.suggested = target.suggested.or(athlete.and_then(|a| a.effort_speed(middle)));
            }
            TargetLine::Breathe(breathing, _) => target.breathing = Some(*breathing),
            TargetLine::Words(_) => {}
        }
    }
    if target.start.speed.is_some() {
        target.suggested = None;
    }
    target
}

/// The speed that suits a heart-rate target in `zone`: of a range of zones the mean of both.
fn zone_speed(heart: &HeartLine, zone: u8, athlete: &Athlete) -> Option<Speed> {
    let HeartLine::Zones(low, high) = heart else { return athlete.zone_speed(zone) };
    let (low, high) = (athlete.zone_speed(*low)?, athlete.zone_speed(*high)?);
    Some(Speed::from_mps((low.mps() + high.mps()) / 2.0))
}

fn intensity(line: &PaceLine, athlete: Option<&Athlete>) -> Intensity {
    let range = speed_range(line, athlete);
    match line {
        PaceLine::Named { base, by, .. } => Intensity {
            speed: middle_speed(line, athlete),
            relative: Some(Relative { base: base.base().to_string(), by: shift(by) }),
            zone: Some(base.zone()),
            rank: Some(base.rank()),
        },
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

/// A range of paces is its middle in the unit written.
fn middle_speed(line: &PaceLine, athlete: Option<&Athlete>) -> Option<Speed> {
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

/// `speed`, slower by `seconds` for each `unit`; none where nothing is left of the pace.
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

/// True where a named pace is known, but nothing that can be run is left of it by its offset.
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

/// The slower and the faster end.
fn speed_range(line: &PaceLine, athlete: Option<&Athlete>) -> Option<(Speed, Speed)> {
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

/// The zone of an absolute speed: between the athlete's own paces, halfway from one zone's to the next one's. Standing
/// has one for everyone; beyond that all of the paces have to be known.
fn zone_of(speed: Speed, athlete: &Athlete) -> Option<u8> {
    let pairs = [
        (NamedTarget::Recovery, NamedTarget::Easy),
        (NamedTarget::Easy, NamedTarget::Steady),
        (NamedTarget::Marathon, NamedTarget::Half),
        (NamedTarget::TenK, NamedTarget::FiveK),
    ];
    if speed.mps() <= 0.0 {
        return Some(0);
    }
    let mut zone = 1;
    for (a, b) in pairs {
        let (a, b) = speed_of(a, Some(athlete)).zip(speed_of(b, Some(athlete)))?;
        zone += u8::from(speed.mps() >= (a.mps() + b.mps()) / 2.0);
    }
    Some(zone)
}

fn rpe_zone(rpe: f64) -> u8 {
    match rpe {
        r if r < 0.5 => 0,
        r if r < 2.75 => 1,
        r if r < 3.75 => 2,
        r if r < 5.75 => 3,
        r if r < 7.75 => 4,
        _ => 5,
    }
}

fn heart_zone(heart: &HeartLine, athlete: Option<&Athlete>) -> Option<u8> {
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
    Some(1 + u8::try_from(above).unwrap_or(4))
}

/// The beats a minute of a heart-rate target, where they are written or the athlete's heart is known.
fn heart_beats(heart: &HeartLine, athlete: Option<&Athlete>) -> Option<(u32, u32)> {
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

fn all_words(lines: &[&TargetLine]) -> String {
    lines.iter().map(|line| words(line)).collect::<Vec<_>>().join(" · ")
}

/// The words of `lines` without a pace or a speed in them.
fn words_by_feel(lines: &[&TargetLine], athlete: Option<&Athlete>) -> String {
    let without = |line: &&TargetLine| match line {
        TargetLine::Pace(from, to) => {
            let from = pace_by_feel(from, athlete);
            match to.as_ref().map(|to| pace_by_feel(to, athlete)) {
                Some(to) if to != from => match (from, to) {
                    (Some(from), Some(to)) => Some(format!("{from} → {to}")),
                    (from, to) => {
                        from.map(|from| format!("{from} → {BY_FEEL}")).or(to.map(|to| format!("→ {to}")))
                    }
                },
                _ => from,
            }
        }
        line => Some(words(line)),
    };
    let said: Vec<String> = lines.iter().filter_map(without).collect();
    if said.is_empty() { BY_FEEL.to_string() } else { said.join(" · ") }
}

/// The word for a pace that is not shown: its own, else its zone's.
fn pace_by_feel(line: &PaceLine, athlete: Option<&Athlete>) -> Option<String> {
    match line {
        PaceLine::Named { .. } | PaceLine::Between(..) => Some(pace_words(line)),
        _ => intensity(line, athlete).zone.map(|zone| zone_word(zone).to_string()),
    }
}

fn words(line: &TargetLine) -> String {
    match line {
        TargetLine::Pace(from, None) => pace_words(from),
        TargetLine::Pace(from, Some(to)) => ramp_words(from, to),
        TargetLine::HeartRate(heart) => heart_words(heart),
        TargetLine::Rpe(low, high) => format!("RPE {}", range(*low, *high)),
        TargetLine::Breathe(b, _) => format!(
            "breathe {}/min {}:{}",
            trimmed(b.per_minute, 1),
            trimmed(b.inhale, 1),
            trimmed(b.exhale, 1)
        ),
        TargetLine::Words(words) => words.clone(),
    }
}

fn pace_words(line: &PaceLine) -> String {
    match line {
        PaceLine::Named { shown, by, .. } => match *by {
            PaceOffset::None => shown.to_string(),
            PaceOffset::Seconds(a, b, unit) => {
                let sign = if a + b < 0.0 { '−' } else { '+' };
                format!("{shown} {sign}{} s/{}", range(a.abs(), b.abs()), unit.name())
            }
            PaceOffset::Percent(a, b) => format!("{}% {shown}", range(a, b)),
        },
        PaceLine::Between(a, b) => format!("{}–{}", a.shown, b.shown),
        PaceLine::Pace(a, b, unit) => format!("{}/{}", pace_range(*a, *b), unit.name()),
        PaceLine::Speed(a, b, unit) => format!("{} {}", range(*a, *b), unit.name()),
    }
}

fn ramp_words(from: &PaceLine, to: &PaceLine) -> String {
    match (from, to) {
        (PaceLine::Speed(a, b, unit), PaceLine::Speed(_, _, same)) if unit == same => {
            format!("{} → {}", range(*a, *b), pace_words(to))
        }
        (PaceLine::Pace(a, b, unit), PaceLine::Pace(_, _, same)) if unit == same => {
            format!("{} → {}", pace_range(*a, *b), pace_words(to))
        }
        _ => format!("{} → {}", pace_words(from), pace_words(to)),
    }
}

fn heart_words(heart: &HeartLine) -> String {
    match heart {
        HeartLine::Zone(zone) => format!("Z{zone}"),
        HeartLine::Zones(low, high) => format!("Z{low}–{high}"),
        HeartLine::Bpm(low, high) => format!("{} bpm", range(f64::from(*low), f64::from(*high))),
        HeartLine::Percent(low, high, base) => {
            let base = match base {
                HeartBase::Max => "HRmax",
                HeartBase::Reserve => "HRR",
                HeartBase::Threshold => "LTHR",
            };
            format!("{}% {base}", range(*low, *high))
        }
    }
}

/// `5`, or `5–10`.
fn range(a: f64, b: f64) -> String {
    let (a, b) = (trimmed(a, 2), trimmed(b, 2));
    if a == b { a } else { format!("{a}–{b}") }
}

fn pace_range(a: f64, b: f64) -> String {
    let (a, b) = (clock(a.round() as u64), clock(b.round() as u64));
    if a == b { a } else { format!("{a}–{b}") }
}
