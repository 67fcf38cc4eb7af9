//! The race results of a profile: `"22:30"`, or a table with a time and a date.

use super::ProfileReader;
use super::value::{ValueForm, entries};
use crate::athlete::{Athlete, Race, RaceResult, VDOTS, vdot, world_best};
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt, wrong_value};
use crate::text::quoted;
use crate::units::Millis;
use crate::units::typed_time::{TimeReading, TypedTime, TypedUnit};
use chrono::{Days, NaiveDate};
use std::ops::Range;
use toml::de::DeValue;

/// Two results contradict each other if the VDOT of one is less than this fraction of the other's.
const CONTRADICTION: f64 = 0.85;
/// A result older than this says little about the runner's form today.
const OLD: Days = Days::new(365);

/// Returns the fastest time that anyone has run.
pub fn fastest(race: Race) -> Millis {
    Millis::from_secs_f64(world_best(race.distance().metres()))
}

/// A result and its place in the text.
pub type SpannedResult = (RaceResult, Range<usize>);

/// The race with this key.
pub fn race_of_key(key: &str) -> Option<Race> {
    Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(key))
}

impl ProfileReader {
    /// Reads one result.
    pub(crate) fn result(&mut self, race: Race, value: &SpannedValue<'_>) -> Option<SpannedResult> {
        let (time, on, span) = match value.get_ref() {
            DeValue::Table(table) => {
                let (time, on) = self.dated(race, table);
                let Some(time) = time else {
                    let message = format!("the result of {} has no time", name_of(race));
                    self.error(value.span(), message, "`time` is missing", form(race, None));
                    return None;
                };
                (time, on, time.span())
            }
            _ => (value, None, value.span()),
        };
        let time = self.accept(read_time(race, time))?;
        Some((RaceResult { race, time, on }, span))
    }

    /// Reads the time and the date of `{ time = …, on = … }`.
    fn dated<'a, 'i>(
        &mut self,
        race: Race,
        table: &'a SpannedTable<'i>,
    ) -> (Option<&'a SpannedValue<'i>>, Option<NaiveDate>) {
        let (mut time, mut on) = (None, None);
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "time" => time = Some(value),
                "on" => on = self.day(race, value),
                _ => self.problems.push(misspelt(table, key, &["time", "on"])),
            }
        }
        (time, on)
    }

    fn day(&mut self, race: Race, value: &SpannedValue<'_>) -> Option<NaiveDate> {
        let form = ValueForm { what: "a date", example: "on = 2026-09-13" };
        let day = match value.get_ref() {
            DeValue::Datetime(time) => {
                time.date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
            }
            DeValue::String(text) => NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok(),
            _ => {
                self.problems.push(wrong_value("on", value, &form.help()));
                return None;
            }
        };
        match (day, self.today) {
            (None, _) => self.error(value.span(), "this is not a date", "year, month, day", form.help()),
            (Some(day), Some(today)) if day > today => {
                let message = format!("the date of {} is in the future", name_of(race));
                self.error(value.span(), message, "after today", "write the date of the race");
            }
            _ => {}
        }
        day
    }

    /// Returns an athlete with these results, and warns about contradictions.
    pub(crate) fn athlete_from_results(&mut self, written: &[SpannedResult]) -> Athlete {
        let athlete =
            Athlete::from_results(written.iter().map(|(result, _)| *result).collect()).unwrap_or_default();
        self.warn_of_contradictions(&athlete, written);
        self.warn_of_old_results(&athlete, written);
        athlete
    }

    fn warn_of_contradictions(&mut self, athlete: &Athlete, written: &[SpannedResult]) {
        let current = || written.iter().filter(|(result, _)| !athlete.is_set_aside(result));
        let Some((best, _)) = current().max_by(|(a, _), (b, _)| a.vdot().total_cmp(&b.vdot())) else {
            return;
        };
        for (result, span) in current().filter(|(r, _)| r.vdot() < best.vdot() * CONTRADICTION) {
            let message = format!(
                "{} in {} and {} in {} contradict each other",
                name_of(result.race),
                result.time,
                name_of(best.race),
                best.time
            );
            let label = format!("VDOT {:.1}, but {:.1} for the other", result.vdot(), best.vdot());
            let help = format!(
                "check both times; training paces follow from the better one, {}, and this one only sets the pace of \
                 its own race",
                name_of(best.race)
            );
            self.warn(span.clone(), message, &label, help);
        }
    }

    fn warn_of_old_results(&mut self, athlete: &Athlete, written: &[SpannedResult]) {
        for (result, span) in written.iter().filter(|(result, _)| athlete.is_set_aside(result)) {
            let message =
                format!("{} is more than a year older than the newest result", name_of(result.race));
            let help = "it is set aside and its pace is predicted; remove it or add a newer one";
            self.warn(span.clone(), message, "set aside", help);
        }
        let newest = written.iter().filter(|(r, _)| r.on.is_some()).max_by_key(|(r, _)| r.on);
        let all_dated = written.iter().all(|(r, _)| r.on.is_some());
        let oldest = self.today.and_then(|today| today.checked_sub_days(OLD));
        if let (Some((result, span)), Some(oldest), true) = (newest, oldest, all_dated)
            && result.on.is_some_and(|on| on < oldest)
        {
            let message = format!("the newest result, {}, is more than a year old", name_of(result.race));
            let help = "all paces follow from it; run a 5K time trial and add its time";
            self.warn(span.clone(), message, "fitness changes in a year", help);
        }
    }
}

/// Returns what a typed time means as the result of a race: the first meaning that a human can have run. A bare number is
/// never seconds, because `2230` is rather 22:30 without its colon.
pub fn read_result(race: Race, typed: &TypedTime) -> Option<TimeReading> {
    let is_human = |time: Millis| VDOTS.contains(&vdot(race.distance(), time)) && time >= fastest(race);
    typed
        .first(is_human)
        .filter(|reading| is_human(reading.time) && !matches!(reading.unit, TypedUnit::Seconds))
}

/// Returns the other race whose distance fits `time` best: of a runner neither slow nor fast.
pub fn likelier_race(race: Race, time: Millis) -> Option<Race> {
    /// The VDOT of a usual runner.
    const USUAL: f64 = 42.0;
    let gap = |race: &Race| (vdot(race.distance(), time) - USUAL).abs();
    let others = Race::ALL.into_iter().filter(|other| *other != race && time >= fastest(*other));
    others.min_by(|a, b| gap(a).total_cmp(&gap(b))).filter(|race| gap(race) < 20.0)
}

fn read_time(race: Race, value: &SpannedValue<'_>) -> Result<Millis, Diagnostic> {
    let DeValue::String(text) = value.get_ref() else {
        return Err(wrong_value(race.key(), value, &form(race, Some(value))));
    };
    let Some(typed) = TypedTime::parse(text).filter(|_| text.contains(':')) else {
        let message = format!("{} is not a time", quoted(text));
        return Err(
            Diagnostic::error(value.span(), message, "hours, minutes, seconds").with_help(form(race, None))
        );
    };
    if let Some(reading) = read_result(race, &typed) {
        return Ok(reading.time);
    }
    let time = typed.readings().first().map(|reading| reading.time).unwrap_or_default();
    let message = format!("no one runs {} in {time}", name_of(race));
    let label = if time < fastest(race) { "faster than any record" } else { "slower than a walk" };
    Err(Diagnostic::error(value.span(), message, label).with_help(form(race, None)))
}

/// Returns the line to write for a result: with the time that `value` means, or with an example.
pub fn form(race: Race, value: Option<&SpannedValue<'_>>) -> String {
    let meant = value.and_then(|value| meant_time(race, value.get_ref()));
    match meant {
        Some(time) => format!("write the time in quotes: `\"{}\" = \"{time}\"`", race.key()),
        None => format!("write the time in quotes, like `\"{}\" = \"{}\"`", race.key(), example(race)),
    }
}

/// Returns the time that a value without quotes means: `22:30`, `22.30`, `22.5` minutes.
fn meant_time(race: Race, value: &DeValue<'_>) -> Option<String> {
    let text = match value {
        DeValue::String(text) => text.trim().to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Float(number) => match number.as_str().split_once('.')? {
            (minutes, half) if half.len() == 1 => {
                format!("{minutes}:{:02}", half.parse::<u32>().ok()? * 6)
            }
            _ => number.as_str().replace('.', ":"),
        },
        _ => return None,
    };
    let short = text.strip_suffix(":00").filter(|short| short.contains(':'));
    let mut forms = short.into_iter().chain([text.as_str()]);
    let reading = forms.find_map(|form| read_result(race, &TypedTime::parse(form)?))?;
    Some(reading.time.to_string())
}

/// The name of a race in a sentence: `5K`, `a marathon`.
fn name_of(race: Race) -> String {
    match race {
        Race::Mile | Race::Half | Race::Marathon => format!("a {}", race.key()),
        _ => race.key().to_string(),
    }
}

fn example(race: Race) -> &'static str {
    match race {
        Race::FifteenHundred => "6:00",
        Race::Mile => "6:30",
        Race::ThreeK => "13:00",
        Race::FiveK => "22:30",
        Race::TenK => "46:40",
        Race::FifteenK => "1:12:00",
        Race::TenMile => "1:17:30",
        Race::Half => "1:43:20",
        Race::Marathon => "3:34:00",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(race: Race, text: &str) -> String {
        let typed = TypedTime::parse(text).unwrap();
        read_result(race, &typed).map_or("refused".to_string(), |reading| reading.time.to_string())
    }

    #[test]
    fn refuses_a_result_that_is_faster_than_any_record() {
        // The records of 5000 m (Cheptegei, 12:35.36) and of the mile (El Guerrouj, 3:43.13).
        for (race, text, meant) in [
            (Race::FiveK, "12:30", "refused"),
            (Race::FiveK, "12:36", "12:36"),
            (Race::Mile, "3:43", "refused"),
            (Race::Mile, "3:44", "3:44"),
            (Race::Marathon, "1:59:00", "refused"),
            (Race::Marathon, "2:01:00", "2:01:00"),
        ] {
            assert_eq!(read(race, text), meant, "{race:?} {text}");
        }
    }

    #[test]
    fn refuses_a_bare_number_of_seconds() {
        assert_eq!(read(Race::FiveK, "2230"), "refused");
        assert_eq!(read(Race::FiveK, "22"), "22:00");
    }

    #[test]
    fn every_race_has_a_fastest_time_and_longer_races_take_longer() {
        let times: Vec<Millis> = Race::ALL.into_iter().map(fastest).collect();
        assert!(times.iter().all(|time| *time > Millis::from_secs(200)));
        assert!(times.is_sorted(), "{times:?}");
    }

    #[test]
    fn names_the_race_that_a_time_fits() {
        assert_eq!(likelier_race(Race::FiveK, Millis::from_secs(750)), Some(Race::ThreeK));
        assert_eq!(likelier_race(Race::FiveK, Millis::from_secs(100 * 60)), Some(Race::Half));
        assert_eq!(likelier_race(Race::FiveK, Millis::from_secs(20)), None);
    }
}
