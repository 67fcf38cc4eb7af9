//! `day.toml` → [`DayConfig`].

use super::USUAL_ACTIONS;
use super::clock_span::{ClockSpan, ClockTime};
use super::config::{ActionSchedule, ActionWorkout, DayAction, DayConfig};
use super::messages::{DayProblem, DayRemark};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Severity, SourceText};
use crate::spanned_toml::{self, SpannedTable, SpannedValue, misspelt, wrong_value};
use crate::text::{clean, cut};
use crate::units::Millis;
use crate::workout;
use std::ops::Range;
use toml::de::DeValue;

/// Every key of the file.
const KEYS: [&str; 4] = ["hours", "days", "quiet", "action"];
/// The keys of an `[[action]]`.
const ACTION_KEYS: [&str; 3] = ["name", "do", "when"];
/// The days of the week.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The longest name, in characters. Longer names are cut.
const LONGEST_NAME: usize = 40;
/// The shortest and the longest time of sitting between two reminders.
const EVERY: std::ops::RangeInclusive<Millis> = Millis::from_secs(600)..=Millis::from_secs(12 * 3600);

/// A day's file after reading.
#[derive(Clone, Debug)]
pub struct ReadDay {
    /// The day. `None` if the file has errors.
    pub config: Option<DayConfig>,
    /// Errors, or remarks about a file without errors, in the order of the text.
    pub problems: Vec<Diagnostic>,
}

/// Reads `day.toml`. The workouts of its actions are checked by [`check_workouts`](super::check_workouts).
pub fn read_day(source: &SourceText) -> ReadDay {
    let (table, syntax) = spanned_toml::parse(source);
    let has_syntax_errors = !syntax.is_empty();
    let mut reader = DayReader { source, problems: syntax };
    let config = table.as_ref().map(|table| reader.file(table, has_syntax_errors));
    reader.problems.sort_by_key(|problem| problem.span.start);
    let has_errors = reader.problems.iter().any(|problem| problem.severity == Severity::Error);
    ReadDay { config: config.filter(|_| !has_errors), problems: reader.problems }
}

struct DayReader<'a> {
    source: &'a SourceText,
    problems: Vec<Diagnostic>,
}

impl DayReader<'_> {
    fn report(&mut self, span: Range<usize>, kind: impl DiagnosticKind) {
        self.problems.push(Diagnostic::new(span, kind));
    }

    fn wrong(&mut self, key: &str, value: &SpannedValue<'_>, expected: &str) {
        self.problems.push(wrong_value(key, value, expected));
    }

    fn file(&mut self, table: &SpannedTable<'_>, has_syntax_errors: bool) -> DayConfig {
        let mut config =
            DayConfig { hours: ClockSpan::ALL_DAY, days: [true; 7], quiet: Vec::new(), actions: Vec::new() };
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "hours" => config.hours = self.span("hours", value).unwrap_or(ClockSpan::ALL_DAY),
                "days" => config.days = self.days(value),
                "quiet" => config.quiet = self.quiet(value),
                "action" => {}
                _ => self.problems.push(misspelt(table, key, &KEYS)),
            }
        }
        let end = self.source.text.trim_end().len();
        match table.get_key_value("action") {
            Some((key, value)) => {
                config.actions = self.actions(value, config.hours);
                let count = config.actions.len();
                if count > USUAL_ACTIONS {
                    self.report(key.span(), DayRemark::ManyActions { count });
                }
            }
            None if has_syntax_errors => {}
            None => self.report(end..end, DayProblem::NoActions),
        }
        config
    }

    /// Reads text and cleans it. Empty text is no text.
    fn text(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, &format!("write `{key}` as text in quotes"));
            return None;
        };
        Some(clean(text.trim())).filter(|text| !text.is_empty())
    }

    fn span(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<ClockSpan> {
        let DeValue::String(text) = value.get_ref() else {
            let form = if key == "quiet" { "[\"12:00-13:00\"]" } else { "\"08:30-18:30\"" };
            self.wrong(key, value, &format!("write two times of day, like `{key} = {form}`"));
            return None;
        };
        let span = ClockSpan::parse(text);
        if span.is_none() {
            self.report(value.span(), DayProblem::InvalidSpan { key, text });
        }
        span
    }

    fn days(&mut self, value: &SpannedValue<'_>) -> [bool; 7] {
        let DeValue::Array(names) = value.get_ref() else {
            self.wrong("days", value, "write a list, like `days = [\"mon\", \"tue\"]`");
            return [true; 7];
        };
        if names.is_empty() {
            self.report(value.span(), DayProblem::NoDays);
        }
        let mut days = [false; 7];
        for name in names.iter() {
            let Some(text) = self.text("days", name) else { continue };
            let found = days.iter_mut().zip(DAYS).find(|(_, day)| day.eq_ignore_ascii_case(&text));
            match found {
                Some((day, _)) => *day = true,
                None => {
                    let lower = text.to_ascii_lowercase();
                    let short = DAYS.iter().find(|day| lower.starts_with(*day));
                    let problem = Diagnostic::new(name.span(), DayProblem::InvalidDay { text: &text });
                    self.problems.push(match short {
                        Some(short) => problem.with_fix(name.span(), format!("\"{short}\"")),
                        None => problem,
                    });
                }
            }
        }
        days
    }

    fn quiet(&mut self, value: &SpannedValue<'_>) -> Vec<ClockSpan> {
        match value.get_ref() {
            DeValue::Array(spans) => spans.iter().filter_map(|span| self.span("quiet", span)).collect(),
            _ => self.span("quiet", value).into_iter().collect(),
        }
    }

    fn actions(&mut self, value: &SpannedValue<'_>, hours: ClockSpan) -> Vec<DayAction> {
        let form = "write `[[action]]` in double brackets, and below it `name = \"Walk\"`";
        let DeValue::Array(tables) = value.get_ref() else {
            self.wrong("action", value, form);
            return Vec::new();
        };
        let mut actions: Vec<DayAction> = Vec::new();
        for table in tables.iter() {
            let DeValue::Table(inner) = table.get_ref() else {
                self.wrong("action", table, form);
                continue;
            };
            let Some(action) = self.action(inner, table.span(), hours) else { continue };
            if actions.iter().any(|known| known.key() == action.key()) {
                let place = inner.get("name").map_or(table.span(), |name| name.span());
                self.report(place, DayProblem::TwoActions { name: &action.name });
            }
            actions.push(action);
        }
        actions
    }

    fn action(
        &mut self,
        table: &SpannedTable<'_>,
        place: Range<usize>,
        hours: ClockSpan,
    ) -> Option<DayAction> {
        let (mut name, mut workout, mut when) = (None, None, None);
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "name" => name = self.text("name", value).map(|name| cut(&name, LONGEST_NAME)),
                "do" => {
                    let text = self.text("do", value);
                    workout = text.map(|text| ActionWorkout { text, span: value.span() });
                }
                "when" => when = self.when(value, hours),
                _ => self.problems.push(misspelt(table, key, &ACTION_KEYS)),
            }
        }
        let is_wrong =
            |key: &str| table.get(key).is_some_and(|value| !matches!(value.get_ref(), DeValue::String(_)));
        if name.is_none() && !is_wrong("name") {
            let span = table.get("name").map_or(place.clone(), |name| name.span());
            self.report(span, DayProblem::ActionWithoutName);
        }
        if table.get("when").is_none() {
            let name = name.as_deref().unwrap_or("the action");
            self.report(place, DayProblem::ActionWithoutTime { name });
        }
        Some(DayAction { name: name?, workout, when: when? })
    }

    fn when(&mut self, value: &SpannedValue<'_>, hours: ClockSpan) -> Option<ActionSchedule> {
        match value.get_ref() {
            DeValue::String(text) => match every(text) {
                Some(length) => self.sitting(length, text, value.span()),
                None => self.time(value, hours).map(|time| ActionSchedule::Times(vec![time])),
            },
            DeValue::Array(times) => {
                if times.is_empty() {
                    self.report(value.span(), DayProblem::NoTimes);
                }
                let mut times: Vec<ClockTime> =
                    times.iter().filter_map(|time| self.time(time, hours)).collect();
                times.sort_unstable();
                times.dedup();
                (!times.is_empty()).then_some(ActionSchedule::Times(times))
            }
            _ => {
                let expected =
                    "write `\"every 60min\"` of sitting, or times of day: `[\"10:30\", \"16:00\"]`";
                self.wrong("when", value, expected);
                None
            }
        }
    }

    fn sitting(&mut self, length: &str, text: &str, span: Range<usize>) -> Option<ActionSchedule> {
        let Some(length) = workout::parse_time(length) else {
            self.report(span, DayProblem::InvalidEvery { text });
            return None;
        };
        if !EVERY.contains(&length) {
            self.report(span, DayProblem::EveryOutOfRange { text });
            return None;
        }
        Some(ActionSchedule::Sitting(length))
    }

    fn time(&mut self, value: &SpannedValue<'_>, hours: ClockSpan) -> Option<ClockTime> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong("when", value, "write times of day in quotes: `[\"10:30\", \"16:00\"]`");
            return None;
        };
        let Some(time) = ClockTime::parse(text).filter(|time| time.minutes() < 24 * 60) else {
            self.report(value.span(), DayProblem::InvalidTime { text });
            return None;
        };
        if !hours.contains(time.on_the_clock()) {
            let (time, hours) = (time.to_string(), hours.to_string());
            self.report(value.span(), DayRemark::OutsideHours { time: &time, hours: &hours });
        }
        Some(time)
    }
}

/// Returns the time in `every 60min`.
fn every(text: &str) -> Option<&str> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace)?;
    word.eq_ignore_ascii_case("every").then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ReadDay {
        read_day(&SourceText::new("day.toml", text))
    }

    #[test]
    fn reads_hours_days_quiet_times_and_actions() {
        let text = "hours = \"08:30-18:30\"\ndays = [\"mon\", \"Fri\"]\nquiet = [\"12:00-13:00\"]\n\
                    [[action]]\nname = \"Walk\"\ndo = \"2min walk\"\nwhen = \"every 60min\"\n\
                    [[action]]\nname = \"Snack\"\nwhen = [\"16:00\", \"10:30\"]\n";
        let day = read(text);
        assert_eq!(day.problems, []);
        let config = day.config.unwrap();
        assert_eq!(config.days, [true, false, false, false, true, false, false]);
        assert_eq!((config.hours.to_string().as_str(), config.quiet.len()), ("08:30-18:30", 1));
        let [walk, snack] = &config.actions[..] else { panic!("{config:?}") };
        assert_eq!(walk.when, ActionSchedule::Sitting(Millis::from_secs(3600)));
        assert_eq!(walk.workout.as_ref().map(|workout| workout.text.as_str()), Some("2min walk"));
        assert_eq!((snack.when.words().as_str(), &snack.workout), ("10:30, 16:00", &None));
    }

    #[test]
    fn reports_all_mistakes_at_once_with_what_to_write() {
        let text = "hours = \"8-18\"\ndays = [\"monday\"]\nqiet = []\n\
                    [[action]]\nname = \"Walk\"\nwhen = \"every 60\"\n\
                    [[action]]\nname = \"walk\"\nwhen = \"3pm\"\n\
                    [[action]]\nname = \"Snack\"\n\
                    [[action]]\nwhen = \"every 5min\"\n";
        let day = read(text);
        assert!(day.config.is_none());
        let found: Vec<(&str, &str)> =
            day.problems.iter().map(|problem| (problem.code(), &text[problem.span.clone()])).collect();
        let place = |code: &str| found.iter().find(|(known, _)| *known == code).map(|(_, place)| *place);
        for (code, span) in [
            ("invalid-span", "\"8-18\""),
            ("invalid-weekday", "\"monday\""),
            ("unknown-key", "qiet"),
            ("invalid-every-time", "\"every 60\""),
            ("invalid-time-of-day", "\"3pm\""),
            ("every-out-of-range", "\"every 5min\""),
        ] {
            assert_eq!(place(code), Some(span), "{found:?}");
        }
        assert!(
            place("action-without-time").is_some() && place("action-without-name").is_some(),
            "{found:?}"
        );
        assert!(day.problems.iter().all(|problem| problem.help.is_some()));
    }

    #[test]
    fn many_actions_and_times_outside_the_hours_are_remarks() {
        let action = |n: usize| format!("[[action]]\nname = \"A{n}\"\nwhen = \"07:00\"\n");
        let text = format!("hours = \"08:00-18:00\"\n{}", (0..6).map(action).collect::<String>());
        let day = read(&text);
        assert_eq!(day.config.map(|config| config.actions.len()), Some(6));
        let codes: Vec<&str> = day.problems.iter().map(Diagnostic::code).collect();
        assert_eq!(codes.iter().filter(|code| **code == "many-actions").count(), 1);
        assert_eq!(codes.iter().filter(|code| **code == "outside-hours").count(), 6);
    }

    #[test]
    fn two_actions_have_two_names() {
        let action = "[[action]]\nname = \"Walk\"\nwhen = \"10:00\"\n";
        assert_eq!(read(&format!("{action}{action}")).problems[0].code(), "two-actions");
        assert_eq!(read("").problems[0].code(), "no-actions");
    }
}
