//! A value of `[progress]`: a count, a time or a distance, or a range of one.

use crate::units::{METRES_PER_MILE, trimmed};
use std::fmt;

/// The unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueUnit {
    Count,
    Seconds,
    Minutes,
    Hours,
    Metres,
    Kilometres,
    Miles,
    /// Only for growth.
    Percent,
}

impl ValueUnit {
    const ALL: [(&'static str, ValueUnit); 8] = [
        ("", ValueUnit::Count),
        ("s", ValueUnit::Seconds),
        ("min", ValueUnit::Minutes),
        ("h", ValueUnit::Hours),
        ("m", ValueUnit::Metres),
        ("km", ValueUnit::Kilometres),
        ("mi", ValueUnit::Miles),
        ("%", ValueUnit::Percent),
    ];

    fn name(self) -> &'static str {
        ValueUnit::ALL.iter().find(|(_, unit)| *unit == self).map_or("", |(name, _)| name)
    }

    fn of_word(word: &str) -> Option<ValueUnit> {
        let lower = word.to_ascii_lowercase();
        let lower = match lower.as_str() {
            "sec" | "secs" | "second" | "seconds" => "s",
            "mins" | "minute" | "minutes" => "min",
            "hour" | "hours" => "h",
            "mile" | "miles" => "mi",
            "k" => "km",
            other => other,
        };
        ValueUnit::ALL.iter().find(|(name, _)| *name == lower).map(|(_, unit)| *unit)
    }

    /// Returns the size in seconds, in metres, or in counts.
    fn size(self) -> f64 {
        match self {
            ValueUnit::Minutes => 60.0,
            ValueUnit::Hours => 3600.0,
            ValueUnit::Kilometres => 1000.0,
            ValueUnit::Miles => METRES_PER_MILE,
            ValueUnit::Count | ValueUnit::Seconds | ValueUnit::Metres | ValueUnit::Percent => 1.0,
        }
    }

    /// True if both units measure the same thing.
    pub(crate) fn is_like(self, other: ValueUnit) -> bool {
        let measure = |unit| match unit {
            ValueUnit::Count => 0,
            ValueUnit::Seconds | ValueUnit::Minutes | ValueUnit::Hours => 1,
            ValueUnit::Metres | ValueUnit::Kilometres | ValueUnit::Miles => 2,
            ValueUnit::Percent => 3,
        };
        measure(self) == measure(other)
    }
}

/// A number, or a range, with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ValueRange {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) unit: ValueUnit,
}

impl ValueRange {
    /// Parses `75-90min`, `10km`, `5-10%`, `6` or `-5%`.
    pub(crate) fn parse(text: &str) -> Option<ValueRange> {
        let text = text.trim().replace(['–', '—'], "-");
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest.trim_start()),
            None => (1.0, text.as_str()),
        };
        let (first, rest) = number(text)?;
        let rest = rest.trim_start();
        let (second, unit) = match rest.strip_prefix('-') {
            Some(rest) => number(rest.trim_start())?,
            // `75min-90min`: each bound has the unit.
            None => match rest.split_once('-') {
                Some((unit, upper)) => {
                    let (second, again) = number(upper.trim_start())?;
                    (again.trim() == unit.trim()).then_some((second, again))?
                }
                None => (first, rest),
            },
        };
        let range = ValueRange {
            lower: first * negative,
            upper: second * negative,
            unit: ValueUnit::of_word(unit.trim())?,
        };
        let is_ordered = first <= second && (negative > 0.0 || first == second);
        (is_ordered && second <= 1_000_000.0).then_some(range)
    }

    /// True for two different bounds.
    fn is_range(&self) -> bool {
        self.lower < self.upper
    }

    /// Returns the bounds in another unit of the same kind.
    pub(crate) fn to_unit(self, unit: ValueUnit) -> ValueRange {
        let factor = self.unit.size() / unit.size();
        ValueRange { lower: self.lower * factor, upper: self.upper * factor, unit }
    }

    /// Applies `change` to both bounds, each with that bound of `by`.
    pub(crate) fn with(self, by: ValueRange, change: impl Fn(f64, f64) -> f64) -> ValueRange {
        ValueRange {
            lower: change(self.lower, by.lower),
            upper: change(self.upper, by.upper),
            unit: self.unit,
        }
    }

    /// Rounds as plans are written: whole minutes, seconds and counts, half a kilometre or mile, 100 m. Halves round
    /// up. Hours become minutes.
    pub(crate) fn rounded(self) -> ValueRange {
        let value = if self.unit == ValueUnit::Hours { self.to_unit(ValueUnit::Minutes) } else { self };
        let step = match value.unit {
            ValueUnit::Kilometres | ValueUnit::Miles => 0.5,
            ValueUnit::Metres => 100.0,
            _ => 1.0,
        };
        // A half on paper may come out slightly lower in binary fractions.
        let round = |number: f64| (number / step + 0.5 + 1e-9).floor() * step;
        ValueRange { lower: round(value.lower), upper: round(value.upper), unit: value.unit }
    }
}

/// Writes the value as notation: `79-99min`, `4`.
impl fmt::Display for ValueRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lower, upper) = (trimmed(self.lower, 2), trimmed(self.upper, 2));
        if self.is_range() && lower != upper {
            write!(f, "{lower}-{upper}{}", self.unit.name())
        } else {
            write!(f, "{upper}{}", self.unit.name())
        }
    }
}

/// Splits a decimal number off the start of a text.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let plain = !digits.is_empty() && digits.len() <= 10 && digits.starts_with(|c: char| c.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| plain)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_values_and_writes_them_as_notation() {
        for (text, written) in [
            ("75-90min", "75-90min"),
            ("75 – 90 min", "75-90min"),
            ("75min-90min", "75-90min"),
            ("10km", "10km"),
            ("17.5 km", "17.5km"),
            ("6", "6"),
            ("6-8", "6-8"),
            ("5-10%", "5-10%"),
            ("3 miles", "3mi"),
        ] {
            assert_eq!(ValueRange::parse(text).unwrap().to_string(), written, "{text}");
        }
        for text in ["", "km", "90-75min", "1:30", "10 parsecs", "1e9", "5min-6km", "..", "99999999999"] {
            assert_eq!(ValueRange::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_each_unit_as_plans_write_it() {
        for (text, factor, written) in [
            ("19min", 0.7, "13min"),
            ("25min", 0.7, "18min"),
            ("75-90min", 1.05, "79-95min"),
            ("10km", 1.13, "11.5km"),
            ("10km", 1.12, "11km"),
            ("850m", 1.0, "900m"),
            ("4", 1.1, "4"),
            ("1h", 1.1, "66min"),
        ] {
            let value = ValueRange::parse(text).unwrap();
            let grown = value.with(value, |number, _| number * factor);
            assert_eq!(grown.rounded().to_string(), written, "{text} × {factor}");
        }
    }
}
