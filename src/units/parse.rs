//! Parses quantities as runners write them in their profile and settings.
//!
//! Workouts have a parser of their own that knows more forms. Every form that both know has the same meaning.

use super::{HeartRate, Incline, Millis, PaceUnit, Speed, SpeedUnit, Weight};

/// The longest number, in characters.
const LONGEST_NUMBER: usize = 10;

/// Parses a decimal number: `14`, `0.4`, `-2`. A plus sign or an exponent is not allowed.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !plain || !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.len() > LONGEST_NUMBER {
        return None;
    }
    text.parse().ok()
}

/// Splits a quantity into its number and its unit, which is in lower case.
fn measured(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(text.len());
    let (front, unit) = text.split_at_checked(end)?;
    Some((number(front)?, unit.trim().to_lowercase()))
}

/// Parses a speed or a pace: `15km/h`, `9.5mph`, `4:40/km`, `8:15/mi`.
pub fn speed(text: &str) -> Option<Speed> {
    if let Some((time, unit)) = text.rsplit_once('/')
        && let Some(seconds) = clock_seconds(time.trim()).filter(|s| *s > 0.0)
    {
        return Some(Speed::from_pace(seconds, pace_unit(unit)?));
    }
    let (number, unit) = measured(text)?;
    Some(speed_unit(&unit)?.speed(number))
}

/// Parses the unit of a speed: `km/h`, `kmh`, `kph`, `mph`.
pub fn speed_unit(text: &str) -> Option<SpeedUnit> {
    match text.trim().to_lowercase().as_str() {
        "km/h" | "kmh" | "kph" => Some(SpeedUnit::KmPerHour),
        "mph" | "mi/h" => Some(SpeedUnit::MilesPerHour),
        _ => None,
    }
}

/// Parses the unit of a pace or a distance: `km`, `mi`, `/km`, `min/mi`.
pub fn pace_unit(text: &str) -> Option<PaceUnit> {
    let text = text.trim().to_lowercase();
    match text.rsplit('/').next().unwrap_or_default().trim() {
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => Some(PaceUnit::Km),
        "mi" | "mile" | "miles" => Some(PaceUnit::Mi),
        _ => None,
    }
}

/// Parses a weight: `70kg`, `154lb`.
pub fn weight(text: &str) -> Option<Weight> {
    let (number, unit) = measured(text)?;
    match unit.as_str() {
        "kg" => Some(Weight::from_kilograms(number)),
        "lb" | "lbs" => Some(Weight::from_pounds(number)),
        _ => None,
    }
}

/// Parses an incline: `1%`, `-2.5 %`.
pub fn incline(text: &str) -> Option<Incline> {
    let (number, unit) = measured(text)?;
    (unit == "%").then(|| Incline::from_percent(number))
}

/// Parses a heart rate: `150bpm`, `150`.
pub fn heart_rate(text: &str) -> Option<HeartRate> {
    let (number, unit) = measured(text)?;
    let whole = number.fract() == 0.0 && (0.0..=1000.0).contains(&number);
    (whole && matches!(unit.as_str(), "" | "bpm")).then(|| HeartRate::nearest(number))
}

/// Parses a length of time: `30s`, `1.5min`, `1h`, `1:30`, `1:02:30`.
pub fn time(text: &str) -> Option<Millis> {
    if let Some(seconds) = clock_seconds(text.trim()) {
        return Some(Millis::from_secs_f64(seconds));
    }
    let (number, unit) = measured(text)?;
    let each = match unit.as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        _ => return None,
    };
    (number >= 0.0).then(|| Millis::from_secs_f64(number * each))
}

/// Parses the time of a race as clocks show it: `22:30`, `1:31:35`, `14:55.3`.
pub fn race_time(text: &str) -> Option<Millis> {
    clock_seconds(text.trim()).filter(|s| *s > 0.0).map(Millis::from_secs_f64)
}

/// Parses `m:ss` or `h:mm:ss` to seconds. Only the last part may have a fraction.
fn clock_seconds(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut seconds = 0.0;
    for (i, part) in parts.iter().enumerate() {
        let number = number(part).filter(|n| *n >= 0.0)?;
        let last = i + 1 == parts.len();
        if (!last && part.contains('.')) || (i > 0 && number >= 60.0) {
            return None;
        }
        seconds = seconds * 60.0 + number;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_speeds_and_paces_in_their_units() {
        for (text, kmh) in [
            ("15km/h", 15.0),
            ("15 km/h", 15.0),
            ("12.5kph", 12.5),
            ("5:00/km", 12.0),
            (" 4:00 / km ", 15.0),
            ("10mph", 16.09344),
            ("6:00/mi", 16.09344),
        ] {
            let read = speed(text).unwrap().kmh();
            assert!((read - kmh).abs() < 1e-9, "{text}: {read}");
        }
        for text in ["15", "5:60/km", "5:00", "0:00/km", "km/h", "1,5km/h", "1e3km/h", "5:00/h", "", "/", "é"]
        {
            assert_eq!(speed(text), None, "{text}");
        }
    }

    #[test]
    fn parses_weights_inclines_and_heart_rates() {
        assert_eq!(weight("70kg").unwrap().kilograms(), 70.0);
        assert!((weight("154 lb").unwrap().kilograms() - 69.853).abs() < 0.001);
        assert_eq!(weight("70"), None);
        assert_eq!(incline("-2.5 %").unwrap().percent(), -2.5);
        assert_eq!(incline("15"), None);
        assert_eq!(heart_rate("150bpm").unwrap().bpm(), 150);
        assert_eq!(heart_rate("150").unwrap().bpm(), 150);
        assert_eq!((heart_rate("150.5"), heart_rate("-3"), heart_rate("9999999")), (None, None, None));
    }

    #[test]
    fn parses_times_with_units_and_as_clocks() {
        for (text, ms) in [
            ("30s", 30_000),
            ("0s", 0),
            ("1.5min", 90_000),
            ("1:30", 90_000),
            ("1:02:30", 3_750_000),
            ("14:55.3", 895_300),
        ] {
            assert_eq!(time(text), Some(Millis::new(ms)), "{text}");
        }
        for text in ["30", "-3s", "1:60", "1.5:00", "1:2:3:4", "999999999999s", "."] {
            assert_eq!(time(text), None, "{text}");
        }
        assert_eq!(race_time("0:00"), None);
        assert_eq!(race_time("-5:00"), None);
    }
}
