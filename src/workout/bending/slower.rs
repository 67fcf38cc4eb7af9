//! Slower work: 5 % slower where a speed is known, else one row down the table of efforts, or an RPE of one less.

use super::easy_step::is_easy;
use super::settle::settle;
use super::{BendPoint, BendRefusal, BentSequence, SLOWER, slow};
use crate::athlete::Zone;
use crate::units::{HeartRateRange, Millis, trimmed};
use crate::workout::compile::{intensity, target::target};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::{
    End, Intensity, PlannedStep, Relative, Role, Sequence, Shift, Target, WrittenEnd,
};

/// The words beside a target that is slower than written.
const MARK: &str = "5% slower";

/// Makes the work that is left slower. Easy running stays, unless nothing harder is left.
pub fn slower_work(sequence: &Sequence, at: &BendPoint) -> Result<BentSequence, BendRefusal> {
    let is_work = |step: &PlannedStep| step.role == Role::Work && !stands(step);
    let mut rest = sequence.steps.iter().skip(at.index).filter(|step| is_work(step));
    let only_easy = rest.all(is_easy);
    let mut steps = sequence.steps.clone();
    let mut slows_by = None;
    let mut has_changed = false;
    for (index, step) in steps.iter_mut().enumerate().skip(at.index) {
        if !is_work(step) || is_easy(step) != only_easy {
            continue;
        }
        if !at.is_ahead(index) && step.target.start.speed.is_some() {
            // The belt's speed for the rest of the step changes, and what was run of it stays as it was.
            slows_by = Some(SLOWER);
            continue;
        }
        if let Some(slower) = slower_target(&step.target, sequence.activity.is_run()) {
            step.target = slower;
            step.on_belt = None;
            step.end = slower_end(step);
            has_changed = true;
        }
    }
    if !has_changed && slows_by.is_none() {
        return Err(BendRefusal::NoEffect);
    }
    let sequence = settle(Sequence { steps, ..sequence.clone() }, false);
    Ok(BentSequence { slows_by, ..BentSequence::new(sequence) })
}

fn stands(step: &PlannedStep) -> bool {
    step.target.start.zone == Some(Zone::STANDING)
}

/// Returns the end of a step that is run slower: a distance takes longer.
fn slower_end(step: &PlannedStep) -> End {
    let longer = |time: Millis| Millis::from_secs_f64(time.as_secs_f64() / SLOWER);
    match (step.end, step.written) {
        (End::Distance { time: Some(time), .. }, Some(WrittenEnd::First { time: most, .. }))
            if longer(time) > most =>
        {
            End::Time { upper: most, lower: None }
        }
        (End::Distance { upper, lower, time, lower_time }, _) => {
            End::Distance { upper, lower, time: time.map(longer), lower_time: lower_time.map(longer) }
        }
        (end, _) => end,
    }
}

/// Returns the target of slower work. `None` for one that cannot be slower, such as words alone.
fn slower_target(target: &Target, is_run: bool) -> Option<Target> {
    let mut slower = if target.start.speed.is_some() {
        slower_speed(target)
    } else if let Some((low, high)) = target.rpe {
        lower_rpe(target, low, high)?
    } else if let Some(rank) = target.start.rank.filter(|_| is_run) {
        lower_effort(target, rank)?
    } else if target.heart_rate.is_some() {
        Target { words: MARK.to_string(), ..target.clone() }
    } else {
        return None;
    };
    slower.suggested = target.suggested.map(slow);
    if let Some(heart_rate) = &target.heart_rate {
        let lower = lower_heart_rate(heart_rate);
        // The heart rate stands for itself, or beside a lower effort.
        slower.words = match target.start.speed.is_some() || slower.words == MARK {
            true if slower.words == MARK => lower.words.clone(),
            true => slower.words,
            false => format!("{} · {}", slower.words, lower.words),
        };
        slower.heart_rate = Some(lower);
    }
    Some(slower)
}

fn slower_speed(target: &Target) -> Target {
    let is_named = |relative: &Relative| matches!(relative.by, Shift::Seconds { each: 0.0, .. });
    let plain = target.ramp_to.is_none() && !target.words.contains('·');
    let words = match target.start.relative.as_ref().is_some_and(is_named) && plain {
        true => format!("{}% {}", trimmed(SLOWER * 100.0, 0), target.words),
        false => format!("{} · {MARK}", target.words),
    };
    Target {
        words,
        start: slower_intensity(&target.start),
        ramp_to: target.ramp_to.as_ref().map(slower_intensity),
        speed_range: target.speed_range.map(|(from, to)| (slow(from), slow(to))),
        ..target.clone()
    }
}

fn slower_intensity(intensity: &Intensity) -> Intensity {
    let relative = intensity.relative.as_ref().and_then(|relative| {
        let by = match relative.by {
            Shift::Seconds { each: 0.0, .. } => Shift::Fraction(SLOWER),
            Shift::Fraction(part) => Shift::Fraction(part * SLOWER),
            Shift::Seconds { .. } => return None,
        };
        Some(Relative { by, ..relative.clone() })
    });
    Intensity { speed: intensity.speed.map(slow), relative, ..intensity.clone() }
}

fn lower_rpe(before: &Target, low: f64, high: f64) -> Option<Target> {
    let lower = (low - 1.0, high - 1.0);
    if lower.0 < 1.0 {
        return None;
    }
    let words = match lower {
        (low, high) if low == high => format!("RPE {}", trimmed(low, 1)),
        (low, high) => format!("RPE {}–{}", trimmed(low, 1), trimmed(high, 1)),
    };
    let zone = Some(intensity::rpe_zone((lower.0 + lower.1) / 2.0));
    let start = Intensity { zone: zone.min(before.start.zone), rank: None, relative: None, speed: None };
    Some(Target { words, start, ramp_to: None, rpe: Some(lower), ..before.clone() })
}

/// Returns the effort one row down the table of efforts. An offset from an effort falls away.
fn lower_effort(before: &Target, rank: u8) -> Option<Target> {
    let row = match rank {
        11.. => NamedTarget::Fast,
        10 => NamedTarget::Hard,
        9 => NamedTarget::TenK,
        8 => NamedTarget::Tempo,
        7 => NamedTarget::Half,
        6 => NamedTarget::Marathon,
        5 => NamedTarget::Steady,
        4 => NamedTarget::Easy,
        3 => NamedTarget::Recovery,
        2 => NamedTarget::Walk,
        0..2 => return None,
    };
    let lower = target(&[&intensity::effort(row)], None, true, None);
    Some(Target { breathing: before.breathing, ..lower })
}

fn lower_heart_rate(range: &HeartRateRange) -> HeartRateRange {
    let lower = |beats: u32| {
        let lower = (f64::from(beats) * SLOWER).round() as u32;
        lower.max(HeartRateRange::LEAST.min(beats))
    };
    match range.bpm.map(|(from, to)| (lower(from), lower(to))) {
        Some((from, to)) if from == to => {
            HeartRateRange { words: format!("{from} bpm"), bpm: Some((from, to)) }
        }
        Some((from, to)) => HeartRateRange { words: format!("{from}–{to} bpm"), bpm: Some((from, to)) },
        None => HeartRateRange { words: format!("5% below {}", range.words), bpm: None },
    }
}
