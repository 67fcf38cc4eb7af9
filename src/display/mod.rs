//! Workouts, steps and gaps of time in words, for the screen, for printed lines and for tables.

pub mod chart;
pub mod checkin;
pub mod day;
pub mod step_colour;
pub mod trends;

use crate::belt::Treadmill;
use crate::belt::{Belt, BeltNote, BeltSetting};
use crate::session::CoveredDistance;
use crate::units::{Distance, Millis, PaceUnit, SpeedUnit};
use crate::workout::lengths::{self, seconds};
use crate::workout::sequence;
use crate::workout::sequence::{Activity, End, PlannedStep, Sequence};

/// Returns what a workout adds up to: `15:00`, `1:15:00–1:30:00`, `10 mi`, `10 mi 1:12:30`, `2 km ≈ 11:52`,
/// `4:00 + open`. Every page and every command shows this.
pub fn total(sequence: &Sequence) -> String {
    let by_distance: Option<Distance> = sequence
        .steps
        .iter()
        .map(|step| written_distance(step).filter(|_| !step.is_endless()))
        .try_fold(Distance::default(), |sum, d| d.map(|d| sum + d));
    match by_distance {
        None => lengths::total_time(sequence),
        // The time of a part would look like that of the whole.
        Some(distance) if sequence.totals().open => distance.to_string(),
        Some(distance) => format!("{distance} {}", lengths::total_time(sequence)),
    }
}

/// Returns what a workout adds up to and how many steps it has: `15:00, 15 steps`, `10:00, 12 steps, strength`.
pub fn total_and_steps(sequence: &Sequence) -> String {
    format!("{}, {}", total(sequence), step_count(sequence))
}

/// Returns [`total_and_steps`] with the distance that the planned speeds give, if all of them are known and the total does
/// not say it already: `15:00, ≈ 2.6 km, 15 steps`.
pub fn total_distance_and_steps(sequence: &Sequence, unit: PaceUnit) -> String {
    let is_written = sequence.steps.iter().all(|step| written_distance(step).is_some());
    let planned = |step: &PlannedStep| step.distance().filter(|_| !step.is_endless());
    let distance: Option<Distance> =
        sequence.steps.iter().map(planned).try_fold(Distance::default(), |sum, d| d.map(|d| sum + d));
    match distance.filter(|distance| !is_written && distance.metres() > 0.0) {
        Some(distance) => {
            let length = distance.metres() / unit.metres();
            let distance = format!("{}{length:.1} {}", lengths::ESTIMATE, unit.name());
            format!("{}, {distance}, {}", total(sequence), step_count(sequence))
        }
        None => total_and_steps(sequence),
    }
}

/// Returns the distance of a session to a hundredth: `10.02 km`, `≈ 1.42 km` if it is estimated.
pub fn covered(covered: &CoveredDistance, unit: PaceUnit) -> String {
    let mark = if covered.is_estimated { lengths::ESTIMATE } else { "" };
    format!("{mark}{:.2} {}", covered.distance.metres() / unit.metres(), unit.name())
}

/// Returns the average pace of a session: `5:18/km`, `≈ 5:18/km` if its distance is estimated.
pub fn average_pace(covered: &CoveredDistance, unit: PaceUnit) -> String {
    let mark = if covered.is_estimated { lengths::ESTIMATE } else { "" };
    format!("{mark}{}", covered.speed().pace_text(unit))
}

/// Returns the distance of a session for a column of a table: `10.02`, `≈1.42`.
pub fn covered_number(covered: &CoveredDistance, unit: PaceUnit) -> String {
    format!("{}{:.2}", estimate_mark(covered), covered.distance.metres() / unit.metres())
}

/// Returns the average pace of a session for a column of a table: `5:18`, `≈5:18`.
pub fn pace_number(covered: &CoveredDistance, unit: PaceUnit) -> String {
    format!("{}{}", estimate_mark(covered), covered.speed().pace_clock(unit))
}

/// Returns the average speed of a session or a lap for a column of a table: `11.9`, `≈11.9`.
pub fn speed_number(covered: &CoveredDistance, unit: SpeedUnit) -> String {
    format!("{}{:.1}", estimate_mark(covered), unit.number(covered.speed()))
}

/// Returns the incline of a step for a column of a table: `2%`, `0% → 4%`.
pub fn incline_number(step: &PlannedStep) -> String {
    match (step.incline, step.incline_to) {
        (from, Some(to)) => format!("{from} → {to}"),
        (at, None) => at.to_string(),
    }
}

fn estimate_mark(covered: &CoveredDistance) -> &'static str {
    if covered.is_estimated { lengths::ESTIMATE.trim_end() } else { "" }
}

/// Returns how many steps a workout has, and its activity if it is not a run: `15 steps`, `12 steps, strength`.
pub fn step_count(sequence: &Sequence) -> String {
    let steps = match sequence.written_steps() {
        1 => "1 step".to_string(),
        n => format!("{n} steps"),
    };
    match sequence.activity {
        Activity::Run => steps,
        Activity::Strength => format!("{steps}, strength"),
        Activity::Other => format!("{steps}, no run"),
    }
}

fn written_distance(step: &PlannedStep) -> Option<Distance> {
    match step.end {
        End::Distance { upper, .. } => Some(upper),
        End::Time { .. } | End::Open => None,
    }
}

/// Returns the planned length of a step: `1:00`, `1:15:00–1:30:00`, `400 m`, `until Enter`.
pub fn length(step: &PlannedStep) -> String {
    length_until(step, "Enter")
}

/// Returns [`length`] where another key than Enter ends an open step.
pub fn length_until(step: &PlannedStep, key: &str) -> String {
    match step.end {
        End::Time { upper, lower: Some(lower) } => format!("{}–{}", seconds(lower), seconds(upper)),
        End::Time { upper, .. } => seconds(upper),
        End::Distance { upper, lower: Some(lower), .. } => format!("{lower}–{upper}"),
        End::Distance { upper, .. } => upper.to_string(),
        End::Open => format!("until {key}"),
    }
}

/// Returns the time left in a step that ends by time: `0:10 left`.
pub fn time_left(step: &PlannedStep, left: Option<Millis>) -> Option<String> {
    let ends_by_time = matches!(step.end, End::Time { .. });
    left.filter(|_| ends_by_time).map(|left| format!("{} left", seconds(left)))
}

/// Returns the length of a step with all there is to know of its end: `3 mi (24:00)`, `2 km (≈ 11:52)`,
/// `400 m on the console, then Enter`, `0:30–3:00 until HR < 120`. `key` ends the step.
pub fn length_in_full(step: &PlannedStep, key: &str) -> String {
    let length = length_until(step, key);
    match step.end {
        End::Distance { time: Some(time), .. } => {
            let mark = if step.is_estimated() { lengths::ESTIMATE } else { "" };
            format!("{length} ({mark}{})", seconds(time))
        }
        End::Distance { time: None, .. } => format!("{length} on the console, then {key}"),
        End::Time { .. } | End::Open => match &step.until {
            Some(limit) => format!("{length} until {}", limit.words),
            None => length,
        },
    }
}

/// Returns the target of a step with the belt's number and its true pace: `Rep: hard (11.2 km/h, 5:21/km), incline 2%`.
/// The number respects the ceiling. Above the top speed of the belt, the incline makes up for the difference.
pub fn intensity(sequence: &Sequence, step: &PlannedStep, treadmill: &Treadmill, unit: PaceUnit) -> String {
    let words = target(step);
    let Some(speed) = step.target.start.speed.filter(|s| sequence.show_pace && s.mps() > 0.0) else {
        return words + &incline(step);
    };
    let nearest = treadmill.belt.nearest_setting(speed, step.incline, treadmill.ceiling);
    let (number, pace) = number_and_pace(&treadmill.belt, nearest.setting, unit);
    let stands_in = |note: &BeltNote| matches!(note, BeltNote::PastTop { .. } | BeltNote::BeyondBelt { .. });
    let incline = match nearest.notes.iter().any(stands_in) {
        true => format!(", incline {}", nearest.incline),
        false => incline(step),
    };
    format!("{words} ({number}, {pace}){incline}")
}

/// Returns the belt's number with its unit, and the true pace at that number: `11.2 km/h` and `5:21/km`.
pub fn number_and_pace(belt: &Belt, setting: BeltSetting, unit: PaceUnit) -> (String, String) {
    (format!("{} {}", belt.text(setting.number), belt.unit.name()), setting.speed.pace_text(unit))
}

/// Returns the label and the target of a step: `Rep: hard`.
pub fn target(step: &PlannedStep) -> String {
    match &step.label {
        Some(label) if *label != step.target.words => format!("{label}: {}", step.target.words),
        _ => step.target.words.clone(),
    }
}

/// Returns the incline of a step as an addition: `, incline 2%`, `, incline 0% → 4%`. Empty on a level belt.
pub fn incline(step: &PlannedStep) -> String {
    match (step.incline, step.incline_to) {
        (from, Some(to)) => format!(", incline {from} → {to}"),
        (at, None) if at.percent() != 0.0 => format!(", incline {at}"),
        _ => String::new(),
    }
}

/// Returns the place of a step in each repeat around it: `rep 3 of 8`, `rep 6 of 6–8`, `round 7`. In nested repeats the
/// outer ones count sets.
pub fn reps(sequence: &Sequence, step: &PlannedStep) -> Vec<String> {
    let last = step.reps.len().saturating_sub(1);
    let one = |(i, rep): (usize, &sequence::Rep)| {
        let repeat = sequence.repeat(rep.id);
        let label = repeat.and_then(|repeat| repeat.label.as_deref());
        let word = label.unwrap_or(if i == last { "rep" } else { "set" });
        match (rep.of, repeat.and_then(|repeat| repeat.least)) {
            (Some(of), Some(least)) => format!("{word} {} of {least}–{of}", rep.n),
            (Some(of), None) => format!("{word} {} of {of}", rep.n),
            (None, _) => format!("{} {}", label.unwrap_or("round"), rep.n),
        }
    };
    step.reps.iter().enumerate().map(one).collect()
}

/// Formats the time since something happened, in at most two units: `40 s ago`, `14 h 3 min ago`, `3 days 2 h ago`.
pub fn ago(gap: Millis) -> String {
    let seconds = gap.whole_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let (whole, part) = match (days, hours, minutes) {
        (0, 0, 0) => (format!("{seconds} s"), (0, "")),
        (0, 0, minutes) => (format!("{minutes} min"), (0, "")),
        (0, hours, minutes) => (format!("{hours} h"), (minutes, "min")),
        (1, hours, _) => ("1 day".to_string(), (hours, "h")),
        (days, hours, _) => (format!("{days} days"), (hours, "h")),
    };
    match part {
        (0, _) => format!("{whole} ago"),
        (part, unit) => format!("{whole} {part} {unit} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_at_most_two_units() {
        for (seconds, words) in [
            (0, "0 s ago"),
            (59, "59 s ago"),
            (60, "1 min ago"),
            (3599, "59 min ago"),
            (3600, "1 h ago"),
            (14 * 3600 + 3 * 60 + 59, "14 h 3 min ago"),
            (86_400, "1 day ago"),
            (3 * 86_400 + 2 * 3600 + 1800, "3 days 2 h ago"),
        ] {
            assert_eq!(ago(Millis::from_secs(seconds)), words);
        }
    }
}
