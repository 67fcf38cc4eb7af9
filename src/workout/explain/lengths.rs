//! Lengths and totals in words, rounded as a runner would.

use crate::units::{Distance, Millis, clock, trimmed};
use crate::workout::sequence::{End, PlannedStep, Sequence, WrittenEnd};

/// Times up to this are told in seconds: `90 s`.
pub(super) const MOST_SECONDS: u64 = 100;
/// Times up to this are told in minutes: `90 min`.
pub(super) const MOST_MINUTES: u64 = 120;

/// Marks an estimate.
pub const ESTIMATE: &str = "≈ ";

/// Returns a time to the nearest second: `26:50`.
pub fn seconds(time: Millis) -> String {
    clock(time.as_secs_f64().round() as u64)
}

/// Returns a short time in seconds, with a tenth that the runner has written: `90`, `90.5`.
pub(super) fn short(time: Millis) -> String {
    let is_in_tenths = time.get().is_multiple_of(100);
    let seconds = time.as_secs_f64();
    trimmed(seconds, if is_in_tenths { 1 } else { 0 })
}

/// Returns how long a workout takes: `26:50`, `22:45–29:15`, `≈ 11:52`, `33:30 + open`, `open`. Distances whose time is not
/// known are added to the rest: `9 mi + 2:05 + open`.
pub fn total_time(sequence: &Sequence) -> String {
    let totals = sequence.totals();
    if totals.time == Millis::ZERO && totals.open {
        return "open".to_string();
    }
    let untimed = untimed_distance(sequence);
    let is_open = |step: &PlannedStep| step.is_endless() || step.end == End::Open;
    let is_open = totals.open && (untimed.is_none() || sequence.steps.iter().any(is_open));
    let untimed = untimed.map(|distance| format!("{distance} + ")).unwrap_or_default();
    let mark = if totals.estimated { ESTIMATE } else { "" };
    let mark = format!("{untimed}{mark}");
    let open = if is_open { " + open" } else { "" };
    let (least, most) = (seconds(totals.least), seconds(totals.time));
    match totals.least < totals.time && least != most {
        true => format!("{mark}{least}–{most}{open}"),
        false => format!("{mark}{most}{open}"),
    }
}

/// Returns the sum of the distances whose time is not known. `None` without any.
fn untimed_distance(sequence: &Sequence) -> Option<Distance> {
    let untimed = sequence.steps.iter().filter(|step| !step.is_endless()).filter_map(|step| match step.end {
        End::Distance { upper, time: None, .. } => Some(upper),
        _ => None,
    });
    untimed.reduce(|sum, distance| sum + distance)
}

/// Returns the length of a step as it was written: `90 s`, `75–90 min`, `400 m`, `10 min or 2 km`. `None` for a step
/// that only a key ends.
pub fn written(step: &PlannedStep) -> Option<String> {
    if let Some(WrittenEnd::First { time: upper, distance }) = step.written {
        return Some(format!("{} or {distance}", time(upper)));
    }
    match step.end {
        End::Open => None,
        End::Time { upper, lower: None } => Some(time(upper)),
        End::Time { upper, lower: Some(lower) } => Some(time_range(lower, upper)),
        End::Distance { upper, lower: None, .. } => Some(upper.to_string()),
        End::Distance { upper, lower: Some(lower), .. } => Some(distance_range(lower, upper)),
    }
}

/// Returns the heart rate that ends a step, as an addition: ` until HR < 120`. Empty for other steps.
pub fn until(step: &PlannedStep) -> String {
    step.until.as_ref().map_or_else(String::new, |limit| format!(" until {}", limit.words))
}

/// A number and its unit; a clock has none.
struct Measure {
    number: String,
    unit: &'static str,
}

impl Measure {
    fn text(&self) -> String {
        [self.number.as_str(), self.unit].join(" ").trim_end().to_string()
    }
}

/// Returns a time: `90 s`, `3 min`, `2:30`, `2 h`.
pub fn time(time: Millis) -> String {
    time_measure(time).text()
}

fn time_measure(time: Millis) -> Measure {
    let seconds = time.as_secs_f64().round() as u64;
    let of = |number: u64, unit| Measure { number: number.to_string(), unit };
    match seconds {
        s if s < MOST_SECONDS => Measure { number: short(time), unit: "s" },
        s if s.is_multiple_of(60) && s <= MOST_MINUTES * 60 && s != 3600 => of(s / 60, "min"),
        s if s.is_multiple_of(3600) => of(s / 3600, "h"),
        s => Measure { number: clock(s), unit: "" },
    }
}

fn time_range(lower: Millis, upper: Millis) -> String {
    range(&time_measure(lower), &time_measure(upper))
}

/// Returns a range of distances: `5–6 km`.
pub(super) fn distance_range(lower: Distance, upper: Distance) -> String {
    range(&distance_measure(lower), &distance_measure(upper))
}

fn distance_measure(distance: Distance) -> Measure {
    let written = distance.written();
    Measure { number: written.number, unit: written.unit.name() }
}

/// `75–90 min`; the first unit is left out where both are the same.
fn range(lower: &Measure, upper: &Measure) -> String {
    match lower.unit == upper.unit {
        true => format!("{}–{}", lower.number, upper.text()),
        false => format!("{}–{}", lower.text(), upper.text()),
    }
}

/// Returns the lengths of a ladder's rungs with one unit after the last: `1-2-3-2-1 min`, `400-800-400 m`. `None` if
/// they have no unit in common.
pub fn ladder(steps: &[&PlannedStep]) -> Option<String> {
    let numbers = ladder_of_times(steps).or_else(|| ladder_of_distances(steps))?;
    let joined: Vec<&str> = numbers.iter().map(|measure| measure.number.as_str()).collect();
    Some(format!("{} {}", joined.join("-"), numbers.first()?.unit))
}

fn ladder_of_times(steps: &[&PlannedStep]) -> Option<Vec<Measure>> {
    let seconds: Vec<u64> = steps
        .iter()
        .map(|step| match (step.end, step.written) {
            (End::Time { upper, lower: None }, None) => Some(upper.as_secs_f64().round() as u64),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let of = |divisor: u64, unit| {
        seconds.iter().map(|s| Measure { number: (s / divisor).to_string(), unit }).collect()
    };
    if seconds.iter().all(|s| s.is_multiple_of(60)) {
        return Some(of(60, "min"));
    }
    seconds.iter().all(|s| *s <= MOST_SECONDS * 2).then(|| of(1, "s"))
}

fn ladder_of_distances(steps: &[&PlannedStep]) -> Option<Vec<Measure>> {
    let distances: Vec<Distance> = steps
        .iter()
        .map(|step| match (step.end, step.written) {
            (End::Distance { upper, lower: None, .. }, None) => Some(upper),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let measures: Vec<Measure> = distances.iter().map(|distance| distance_measure(*distance)).collect();
    let unit = measures.first()?.unit;
    if measures.iter().all(|measure| measure.unit == unit) {
        return Some(measures);
    }
    let is_short = |d: &Distance| d.metres() <= 5000.0 && (d.metres() - d.metres().round()).abs() < 1e-6;
    let metres = |d: &Distance| Measure { number: format!("{:.0}", d.metres()), unit: "m" };
    distances.iter().all(is_short).then(|| distances.iter().map(metres).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    #[test]
    fn a_total_names_distances_without_a_time() {
        let total = |notation: &str| {
            let source = SourceText::new("x", notation);
            total_time(&compile_notation(&source, None, &Options::default()).unwrap().sequence)
        };
        assert_eq!(total("7-9mi easy, 5×25s fast / full"), "9 mi + 2:05 + open");
        assert_eq!(total("10km easy, 5×20s fast / 40s jog"), "10 km + 4:20");
        assert_eq!(total("10km easy, open easy"), "open");
    }
}
