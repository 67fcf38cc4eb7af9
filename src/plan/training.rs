//! The figures of a planned workout that training is judged by: time, distance, zones and the kind of session.

use crate::athlete::Zone;
use crate::units::{Distance, METRES_PER_MILE, Millis};
use crate::workout::sequence::{Activity, End, Kind, PlannedStep, Role, Sequence};

/// The shortest step of zones 4 and 5 that counts as hard running. Strides are shorter.
const SHORTEST_HARD: Millis = Millis::from_secs(30);
/// The hard running that makes a session hard.
const HARD_SESSION: Millis = Millis::from_secs(5 * 60);
/// The running in zone 3 or above that makes a session a steady one.
const STEADY_SESSION: Millis = Millis::from_secs(10 * 60);

/// The kind of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionKind {
    /// A race.
    Race,
    /// At least 5 minutes in zones 4 and 5, in steps of 30 seconds or more.
    Hard,
    /// At least 10 minutes in zone 3 or above.
    Steady,
    /// Other running.
    Easy,
    /// Running to recover: tagged `recovery`, or all of it in zone 1.
    Recovery,
    /// Strength training.
    Strength,
    /// Anything that is neither running nor strength training.
    Other,
}

impl SessionKind {
    /// Returns the word for the kind.
    pub const fn word(self) -> &'static str {
        match self {
            SessionKind::Race => "race",
            SessionKind::Hard => "hard",
            SessionKind::Steady => "steady",
            SessionKind::Easy => "easy",
            SessionKind::Recovery => "recovery",
            SessionKind::Strength => "strength",
            SessionKind::Other => "other",
        }
    }

    /// True for a race and for hard running.
    pub const fn is_hard(self) -> bool {
        matches!(self, SessionKind::Race | SessionKind::Hard)
    }

    /// True for any running.
    pub const fn is_run(self) -> bool {
        !matches!(self, SessionKind::Strength | SessionKind::Other)
    }
}

/// The time, the distance and the intensity of a planned workout. Ranges count with their upper bound.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingFigures {
    /// The whole time. Open steps count nothing.
    pub time: Millis,
    /// The whole time with ranges at their lower bound.
    pub least: Millis,
    /// True if the end of a step is not known in advance.
    pub open: bool,
    /// True if `time` and the zones contain an estimate, because the runner's pace is not known.
    pub estimated: bool,
    /// The distance, if that of every running step is known.
    pub distance: Option<Distance>,
    /// The time in zones 1 to 5.
    pub running: Millis,
    /// The time in each zone, from 0 to 5.
    pub zones: [Millis; 6],
    /// The time in zones 4 and 5, in steps of 30 seconds or more.
    pub hard: Millis,
    /// True for three stages or more that never get easier, not counting the cool-down.
    pub progression: bool,
    /// The kind.
    pub kind: SessionKind,
}

impl TrainingFigures {
    /// Calculates the figures of a sequence.
    pub fn of(sequence: &Sequence) -> Self {
        let totals = sequence.totals();
        let mut figures = TrainingFigures {
            time: Millis::ZERO,
            least: totals.least,
            open: totals.open,
            estimated: totals.estimated,
            distance: Some(totals.distance)
                .filter(|distance| distance.metres() > 0.0 && is_measured(sequence)),
            running: Millis::ZERO,
            zones: [Millis::ZERO; 6],
            hard: Millis::ZERO,
            progression: is_progression(sequence),
            kind: SessionKind::Other,
        };
        let mut steady = Millis::ZERO;
        for step in sequence.steps.iter().filter(|step| !step.is_endless()) {
            let Some(time) = step.end.planned().or_else(|| estimated_time(step)) else { continue };
            figures.estimated |= step.end.planned().is_none();
            figures.time += time;
            let Some(zone) = step.target.start.zone else { continue };
            let end = step.target.end().zone.unwrap_or(zone);
            // A ramp is half in the zone of its start and half in the zone of its end.
            for (zone, time) in [(zone, time.half()), (end, time.saturating_sub(time.half()))] {
                figures.zones[usize::from(zone.number())] += time;
                figures.running += if zone == Zone::STANDING { Millis::ZERO } else { time };
            }
            if time >= SHORTEST_HARD {
                for (zone, time) in [(zone, time.half()), (end, time.saturating_sub(time.half()))] {
                    figures.hard += if zone.number() >= 4 { time } else { Millis::ZERO };
                    steady += if zone.number() >= 3 { time } else { Millis::ZERO };
                }
            }
        }
        figures.kind = figures.kind_of(sequence, steady);
        figures
    }

    fn kind_of(&self, sequence: &Sequence, steady: Millis) -> SessionKind {
        let is_recovery = || sequence.tags.iter().any(|tag| tag.eq_ignore_ascii_case("recovery"));
        match sequence.activity {
            Activity::Strength => SessionKind::Strength,
            Activity::Other => SessionKind::Other,
            Activity::Run if self.hard >= HARD_SESSION => SessionKind::Hard,
            Activity::Run if steady >= STEADY_SESSION => SessionKind::Steady,
            Activity::Run if !sequence.steps.iter().any(is_running) => SessionKind::Other,
            Activity::Run if is_recovery() || self.running == self.zones[1] => SessionKind::Recovery,
            Activity::Run => SessionKind::Easy,
        }
    }

    /// Returns the share of the running time in zones 1 and 2, from 0 to 1. `None` without running.
    pub fn easy_share(&self) -> Option<f64> {
        let easy = self.zones[1] + self.zones[2];
        (self.running > Millis::ZERO).then(|| easy.as_secs_f64() / self.running.as_secs_f64())
    }
}

/// True if the distance of every running step is known.
fn is_measured(sequence: &Sequence) -> bool {
    sequence.steps.iter().filter(|step| is_running(step)).all(|step| step.distance().is_some())
}

fn is_running(step: &PlannedStep) -> bool {
    let target = &step.target;
    target.start.zone.is_some_and(|zone| zone != Zone::STANDING)
        || target.start.speed.is_some_and(|speed| speed.mps() > 0.0)
        || target.heart_rate.is_some()
        || target.rpe.is_some()
        || matches!(step.end, End::Distance { .. })
}

/// Estimates the time of a distance that a runner without a profile runs. The paces are ours: an average runner's, from
/// 6:30/km in zone 1 to 4:30/km in zone 5.
fn estimated_time(step: &PlannedStep) -> Option<Millis> {
    let End::Distance { upper, .. } = step.end else { return None };
    let pace = match step.target.start.zone.map(Zone::number) {
        Some(0 | 1) => 390.0,
        Some(3) => 330.0,
        Some(4) => 300.0,
        Some(5) => 270.0,
        _ => 360.0,
    };
    Some(Millis::from_secs_f64(upper.metres() / 1000.0 * pace))
}

/// True for three stages or more, each harder than the one before, if the cool-down is left out. Steps of the same
/// intensity are one stage, and a ramp is two.
fn is_progression(sequence: &Sequence) -> bool {
    let mut stages: Vec<f64> = Vec::new();
    for step in sequence.steps.iter().filter(|s| s.role != Role::Cooldown && s.kind != Kind::Cooldown) {
        for intensity in [&step.target.start, step.target.end()] {
            let by_zone = intensity.zone.map(|zone| f64::from(zone.number()));
            let by_rank = intensity.rank.map(f64::from);
            let speed = intensity.speed.map(|speed| speed.mps() * METRES_PER_MILE);
            let Some(level) = speed.or(by_rank).or(by_zone) else { return false };
            match stages.last() {
                Some(last) if level < *last => return false,
                Some(last) if (level - last).abs() < f64::EPSILON => {}
                _ => stages.push(level),
            }
        }
    }
    stages.len() >= 3
}
