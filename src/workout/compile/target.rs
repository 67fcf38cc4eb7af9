//! Combines the written targets of a step into one [`Target`].

use super::intensity::{
    heart_beats, heart_zone, intensity, middle_speed, rpe_zone, speed_range, suggested_speed,
};
use super::target_words::{all_words, heart_words, words, words_by_feel};
use crate::athlete::Athlete;
use crate::units::HeartRateRange;
use crate::workout::language::document::{PaceLine, TargetLine};
use crate::workout::sequence::{Intensity, Target};

/// Combines all targets of a step. `timed` is the pace of a distance that has a time: it sets the speed, and an effort
/// beside it sets the zone. Where paces are not `shown`, words replace them.
pub fn target(
    lines: &[&TargetLine],
    timed: Option<PaceLine>,
    shown: bool,
    athlete: Option<&Athlete>,
) -> Target {
    let Some(pace) = timed else {
        return combined(lines, shown, athlete);
    };
    let line = TargetLine::Pace(pace, None);
    if !lines.iter().any(|line| matches!(line, TargetLine::Pace(..))) {
        // The written targets come first: they set the zone.
        let all: Vec<&TargetLine> = lines.iter().copied().chain([&line]).collect();
        return combined(&all, shown, athlete);
    }
    let mut target = combined(lines, shown, athlete);
    if shown {
        target.words = format!("{} · {}", words(&line), target.words);
    }
    // The effort beside the time is not a pace. Such steps are compared by their speeds.
    target.start.relative = None;
    target.start.speed = middle_speed(&pace, athlete);
    target.speed_range = speed_range(&pace, athlete);
    target
}

fn combined(lines: &[&TargetLine], shown: bool, athlete: Option<&Athlete>) -> Target {
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
                let speed = athlete.and_then(|athlete| suggested_speed(heart, zone?, athlete));
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
