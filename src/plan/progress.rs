//! `[progress]`: values that change from week to week, as a list or by a rule.

use super::quantity::{ValueRange, ValueUnit};

/// A value of `[progress]`.
#[derive(Clone, Debug)]
pub(super) enum ProgressLine {
    /// One value for each week.
    List(Vec<String>),
    /// A rule.
    Rule(ProgressRule),
}

/// A value that grows.
#[derive(Clone, Debug)]
pub(super) struct ProgressRule {
    /// The value of the first full week.
    pub(super) from: ValueRange,
    /// The growth of each step: in per cent, which compounds, or in the unit of `from`.
    pub(super) grow: ValueRange,
    /// The number of full weeks between two steps.
    pub(super) every: usize,
    /// The factor of an easier week.
    pub(super) down: f64,
    /// The lowest value.
    pub(super) least: Option<ValueRange>,
    /// The highest value.
    pub(super) most: Option<ValueRange>,
}

impl ProgressLine {
    /// Returns the value of each week as notation. `downs` says which weeks are easier ones. A list may be too short,
    /// and then has no value for the last weeks.
    pub(super) fn values(&self, downs: &[bool]) -> Vec<Option<String>> {
        match self {
            ProgressLine::List(values) => {
                downs.iter().enumerate().map(|(week, _)| values.get(week).cloned()).collect()
            }
            ProgressLine::Rule(rule) => {
                rule.values(downs).into_iter().map(|value| Some(value.to_string())).collect()
            }
        }
    }
}

impl ProgressRule {
    fn values(&self, downs: &[bool]) -> Vec<ValueRange> {
        let mut full_weeks = 0_usize;
        let mut last = self.full_week(0);
        let mut values = Vec::with_capacity(downs.len());
        for down in downs {
            let value = if *down {
                self.bounded(last.with(last, |number, _| number * self.down))
            } else {
                last = self.full_week(full_weeks);
                full_weeks += 1;
                last
            };
            values.push(value.rounded());
        }
        values
    }

    /// Returns the value of a full week, counted from 0, before it is rounded.
    fn full_week(&self, week: usize) -> ValueRange {
        let steps = i32::try_from(week / self.every.max(1)).unwrap_or(i32::MAX);
        let grown = if self.grow.unit == ValueUnit::Percent {
            self.from.with(self.grow, |from, percent| from * (1.0 + percent / 100.0).powi(steps))
        } else {
            let grow = self.grow.to_unit(self.from.unit);
            self.from.with(grow, |from, each| from + each * f64::from(steps))
        };
        self.bounded(grown)
    }

    fn bounded(&self, value: ValueRange) -> ValueRange {
        let mut bounded = value;
        if let Some(least) = self.least {
            bounded = bounded.with(least.to_unit(value.unit), f64::max);
        }
        if let Some(most) = self.most {
            bounded = bounded.with(most.to_unit(value.unit), f64::min);
        }
        bounded.with(bounded, |number, _| number.clamp(0.0, 1_000_000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(from: &str, grow: &str, down: f64) -> ProgressRule {
        let value = |text| ValueRange::parse(text).unwrap();
        ProgressRule { from: value(from), grow: value(grow), every: 1, down, least: None, most: None }
    }

    fn weeks(rule: &ProgressRule, downs: &[bool]) -> Vec<String> {
        rule.values(downs).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_range_grows_by_its_bounds() {
        let long = ProgressRule { every: 2, ..rule("75-90min", "5-10%", 0.8) };
        let values = weeks(&long, &[false, false, false, true]);
        assert_eq!(values, ["75-90min", "75-90min", "79-99min", "63-79min"]);
    }

    #[test]
    fn grows_on_from_the_week_before_an_easier_one() {
        let most = ValueRange::parse("30min");
        let mins = ProgressRule { most, ..rule("15min", "2min", 0.7) };
        let downs = [false, false, false, true, false, false, false, true, false, false, true];
        let values: Vec<String> =
            [15, 17, 19, 13, 21, 23, 25, 18, 27, 29, 20].map(|m| format!("{m}min")).into();
        assert_eq!(weeks(&mins, &downs), values);
    }

    #[test]
    fn keeps_its_bounds() {
        let least = ValueRange::parse("20min");
        let most = ValueRange::parse("0.5h");
        let rule = ProgressRule { least, most, ..rule("24min", "4min", 0.5) };
        assert_eq!(weeks(&rule, &[false, false, false, true]), ["24min", "28min", "30min", "20min"]);
    }

    #[test]
    fn shrinks_by_a_negative_growth() {
        assert_eq!(weeks(&rule("90s", "-10s", 1.0), &[false, false, true]), ["90s", "80s", "80s"]);
    }
}
