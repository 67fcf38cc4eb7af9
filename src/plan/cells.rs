//! The values of a plan's file that the reader hands on: the lines of days, and `[progress]`.

use super::day_line::{DayLine, SessionText, read_line};
use super::document::PlanDocument;
use super::messages::PlanProblem;
use super::progress::{ProgressLine, ProgressRule};
use super::quantity::{ValueRange, ValueUnit};
use super::reader::{PlanReader, whole_number};
use super::{MOST_ANY, MOST_ON_A_DAY, MOST_WEEKS};
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::workout::language::notation::is_name;
use toml::de::DeValue;

/// The keys of a rule.
pub(crate) const RULE_KEYS: [&str; 6] = ["from", "grow", "every", "down", "least", "most"];
/// The keys of a day that is written as a table.
pub(crate) const DAY_KEYS: [&str; 2] = ["do", "about"];
/// The most characters in the value of a list.
const LONGEST_VALUE: usize = 40;

impl PlanReader<'_> {
    /// Reads the line of a day, or of `any`.
    pub(super) fn day(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<DayLine> {
        let form =
            format!("write `{key} = \"30min easy\"` or `{key} = {{ do = \"30min easy\", about = \"…\" }}`");
        let (line, about) = match value.get_ref() {
            DeValue::String(_) => (value, None),
            DeValue::Table(table) => {
                let unknown = table.iter().filter(|(key, _)| !DAY_KEYS.contains(&key.get_ref().as_ref()));
                let before = self.problems.len();
                for (key, _) in unknown {
                    self.problems.push(misspelt(table, key, &DAY_KEYS));
                }
                let about = table.get("about").and_then(|about| self.text("about", about));
                let Some(line) = table.get("do") else {
                    if self.problems.len() == before {
                        self.report(value.span(), PlanProblem::MissingDo);
                    }
                    return None;
                };
                (line, about)
            }
            DeValue::Integer(number) => {
                let number = number.as_str();
                let is_short = number.parse::<u32>().is_ok_and(|number| number < 30);
                let [first, second] = if is_short { ["km", "min"] } else { ["min", "km"] };
                let written = |unit: &str| format!("`{key} = \"{number}{unit} easy\"`");
                self.wrong(key, value, &format!("write {} or {}", written(first), written(second)));
                return None;
            }
            _ => {
                self.wrong(key, value, &form);
                return None;
            }
        };
        if !matches!(line.get_ref(), DeValue::String(_)) {
            self.wrong("do", line, &form);
            return None;
        }
        let notation = self.notation(line);
        let items = read_line(&notation);
        let sessions = items.iter().flat_map(|item| &item.sessions);
        let missing: Vec<_> = sessions
            .filter_map(|session| match session {
                SessionText::Missing(span) => Some(span.clone()),
                _ => None,
            })
            .collect();
        for span in missing {
            let at_end = notation.text.trim().is_empty();
            self.report(span, PlanProblem::MissingSession { at_end });
        }
        let count = items.len();
        if key == "any" && count > MOST_ANY {
            self.report(line.span(), PlanProblem::TooManyAny { count });
        } else if key != "any" && count > MOST_ON_A_DAY {
            self.report(line.span(), PlanProblem::TooManyOnADay { count });
        }
        Some(DayLine { about, items, span: line.span() })
    }

    /// Reads `[progress]`.
    pub(super) fn progress(&mut self, value: &SpannedValue<'_>, document: &mut PlanDocument) {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("progress", value, "write `[progress]`, and below it `long = [\"10km\", \"12km\"]`");
            return;
        };
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            if !is_name(name) {
                self.report(key.span(), PlanProblem::InvalidPlanName { name });
                continue;
            }
            let before = self.problems.len();
            let line = match value.get_ref() {
                DeValue::Array(values) => {
                    let values = values.iter().map(|value| self.list_value(name, value));
                    Some(ProgressLine::List(values.collect()))
                }
                DeValue::Table(rule) => self.rule(name, value, rule).map(ProgressLine::Rule),
                _ => {
                    let form = "write a list, like `[\"10km\", \"12km\"]`, or a rule, like `{ from = \"10km\", grow = \"1km\" }`";
                    self.wrong(name, value, form);
                    None
                }
            };
            match line.filter(|_| self.problems.len() == before) {
                Some(line) => _ = document.progress.insert(name.to_string(), line),
                None => _ = document.broken.insert(name.to_string()),
            }
        }
    }

    /// Reads a value of a list: any text without marks that would change the structure of a workout.
    fn list_value(&mut self, name: &str, value: &SpannedValue<'_>) -> String {
        let marks = [',', '/', '(', ')', '|', '{', '}'];
        let Some(text) = number_or_text(value) else {
            self.wrong(
                name,
                value,
                "write counts, times or distances, like `[4, 5, 6]` or `[\"10km\", \"12km\"]`",
            );
            return String::new();
        };
        let is_short = text.chars().nth(LONGEST_VALUE).is_none();
        if text.is_empty() || text.contains(marks) || text.chars().any(char::is_control) || !is_short {
            self.report(value.span(), PlanProblem::InvalidValue { value: &text });
        }
        text
    }

    fn rule(
        &mut self,
        name: &str,
        value: &SpannedValue<'_>,
        table: &SpannedTable<'_>,
    ) -> Option<ProgressRule> {
        let before = self.problems.len();
        for (key, _) in table.iter().filter(|(key, _)| !RULE_KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(misspelt(table, key, &RULE_KEYS));
        }
        let Some(from) = table.get("from") else {
            if self.problems.len() == before {
                self.report(value.span(), PlanProblem::MissingFrom { name });
            }
            return None;
        };
        let from = self.quantity("from", from);
        let unit = from.map_or(ValueUnit::Count, |from| from.unit);
        // Without a readable `from`, the units of the other keys cannot be compared with it.
        let zero = ValueRange { lower: 0.0, upper: 0.0, unit: ValueUnit::Percent };
        let grow = table.get("grow").filter(|_| from.is_some());
        let grow = grow.map_or(Some(zero), |grow| self.growth(grow, unit));
        let every = table.get("every").map_or(1, |value| {
            let every = whole_number(value).filter(|every| (1..=MOST_WEEKS).contains(every));
            every.unwrap_or_else(|| {
                self.report(value.span(), PlanProblem::InvalidEvery);
                1
            })
        });
        let down = table.get("down").map_or(1.0, |value| {
            let factor = number_or_text(value).and_then(|text| text.parse::<f64>().ok());
            factor.filter(|factor| (0.0..=1.0).contains(factor) && !is_text(value)).unwrap_or_else(|| {
                self.report(value.span(), PlanProblem::InvalidFactor);
                1.0
            })
        });
        let bounds = ["least", "most"].map(|key| from.and_then(|_| self.bound(key, table, unit)));
        let [least, most] = bounds;
        Some(ProgressRule { from: from?, grow: grow?, every, down, least, most })
    }

    fn growth(&mut self, value: &SpannedValue<'_>, unit: ValueUnit) -> Option<ValueRange> {
        let text = number_or_text(value).unwrap_or_default();
        let grow = ValueRange::parse(&text).filter(|grow| {
            grow.unit == ValueUnit::Percent && grow.lower > -100.0 && grow.upper <= 100.0
                || grow.unit.is_like(unit)
        });
        if grow.is_none() {
            self.report(value.span(), PlanProblem::InvalidGrowth { value: &text });
        }
        grow
    }

    fn bound(&mut self, key: &str, table: &SpannedTable<'_>, unit: ValueUnit) -> Option<ValueRange> {
        let value = table.get(key)?;
        let bound = self.quantity(key, value)?;
        if bound.unit.is_like(unit) {
            return Some(bound);
        }
        self.report(value.span(), PlanProblem::OtherUnit { key });
        None
    }

    fn quantity(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<ValueRange> {
        let Some(text) = number_or_text(value) else {
            self.wrong(
                key,
                value,
                &format!("write `{key}` as a count, a time or a distance, like `\"15min\"`"),
            );
            return None;
        };
        let quantity =
            ValueRange::parse(&text).filter(|value| value.unit != ValueUnit::Percent && value.lower >= 0.0);
        if quantity.is_none() {
            self.report(value.span(), PlanProblem::InvalidValue { value: &text });
        }
        quantity
    }
}

fn is_text(value: &SpannedValue<'_>) -> bool {
    matches!(value.get_ref(), DeValue::String(_))
}

/// Returns a text, or a decimal number as text.
fn number_or_text(value: &SpannedValue<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.trim().to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_string()),
        DeValue::Float(number) => Some(number.as_str().to_string()),
        _ => None,
    }
}
