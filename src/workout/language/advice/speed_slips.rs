//! A speed that nobody runs: a figure, a point or a unit is missing.

use super::words::leading_number;

/// The speeds that a run may have, in km/h.
const USUAL: std::ops::RangeInclusive<f64> = 6.0..=27.0;

/// The speeds of a walk or a run on a belt, in km/h.
const BELT: std::ops::RangeInclusive<f64> = 4.0..=24.0;

/// Returns what `text`, a speed that nobody runs, may have been meant to be, the likeliest first.
pub(super) fn likely(text: &str) -> Vec<String> {
    if let Some((distance, time)) = text.split_once(" in ") {
        return times(distance, time.trim())
            .into_iter()
            .map(|time| format!("{distance} in {time}"))
            .collect();
    }
    if let Some((clock, unit)) = text.split_once('/').filter(|(clock, _)| clock.contains(':')) {
        return paces(clock).into_iter().map(|pace| format!("{pace}/{unit}")).collect();
    }
    let Some((speed, unit)) = leading_number(text) else { return Vec::new() };
    // `105km/h` and `35mph` without their point.
    let tenth = speed / 10.0;
    let factor = if unit.trim().starts_with("mp") || unit.trim().starts_with("mi") { 1.609 } else { 1.0 };
    let is_belt = |speed: f64| BELT.contains(&(speed * factor));
    // `1200km/h` has a zero too many.
    let choices =
        [tenth, speed / 100.0].into_iter().filter(|choice| speed.fract() == 0.0 && is_belt(*choice));
    choices.map(|speed| format!("{speed}{}", unit.trim())).collect()
}

/// `9s` for 400 m: a zero or another unit.
fn times(distance: &str, time: &str) -> Vec<String> {
    let metres = leading_number(distance).and_then(|(number, unit)| {
        Some(
            number
                * match unit.trim() {
                    "m" => 1.0,
                    "km" | "k" => 1000.0,
                    "mi" | "mile" | "miles" => 1609.344,
                    _ => return None,
                },
        )
    });
    let (Some(metres), Some((number, unit))) = (metres, leading_number(time)) else { return Vec::new() };
    let seconds = |unit: &str| match unit {
        "s" | "sec" => Some(1.0),
        "min" => Some(60.0),
        _ => None,
    };
    let choices =
        [(number * 10.0, unit.trim()), (number, "min"), (number, "s"), (number / 10.0, unit.trim())];
    let is_usual = |(number, unit): &(f64, &str)| {
        seconds(unit).is_some_and(|seconds| USUAL.contains(&(metres / (number * seconds) * 3.6)))
    };
    choices.into_iter().filter(is_usual).map(|(number, unit)| format!("{number}{unit}")).collect()
}

/// `45:00`: the colon is one figure too far. `0:45`: the zero is in the wrong place.
fn paces(clock: &str) -> Option<String> {
    let figures: String = clock.chars().filter(char::is_ascii_digit).collect();
    let figures = figures.trim_start_matches('0');
    let (minutes, rest) = figures.split_at_checked(1)?;
    let seconds = format!("{:0<2}", rest.get(..2).unwrap_or(rest));
    let is_usual = ("2".."9").contains(&minutes) && seconds.as_str() < "60";
    is_usual.then(|| format!("{minutes}:{seconds}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_figure_back() {
        for (text, meant) in [
            ("400m in 9s", "400m in 90s"),
            ("5km in 25s", "5km in 25min"),
            ("80km/h", "8km/h"),
            ("105km/h", "10.5km/h"),
            ("35mph", "3.5mph"),
            ("72mph", "7.2mph"),
            ("45:00/km", "4:50/km"),
            ("0:45/km", "4:50/km"),
            ("53:0/mi", "5:30/mi"),
        ] {
            assert_eq!(likely(text).first().map(String::as_str), Some(meant), "{text}");
        }
    }
}
