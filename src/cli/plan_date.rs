//! Reads days of a plan: `today`, `tomorrow`, `sat`, `18 april`, `2027-04-18`. A plan looks ahead, so a weekday or a date
//! without a year is the next one.

use super::failure::Failure;
use super::human_date::{self, HumanDate};
use super::report::Report;
use super::shell_word::shell_word;
use crate::agenda::AgendaWeek;
use crate::text::{certain, quoted};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Weekday};

/// The forms to suggest.
const FORMS: &str = "write a day: today, tomorrow, sat, \"18 april\", 2027-04-18";

/// The words for a day that a misspelt one may stand for.
const DAYS: [&str; 10] = [
    "today",
    "tomorrow",
    "yesterday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reads a day. `now` is the local time.
///
/// # Errors
/// If it cannot be understood.
pub fn read(text: &str, now: DateTime<FixedOffset>) -> Result<NaiveDate, Failure> {
    day(text, now).ok_or_else(|| {
        let help = match meant(text, now) {
            Some(day) => format!("did you mean {}?", shell_word(&day)),
            None => FORMS.to_string(),
        };
        Failure::Input(Report::new(format!("{} is not a day", quoted(text))).with_help(help))
    })
}

/// Returns the day that `text`, perhaps misspelt, names: `tuseday`.
pub fn meant(text: &str, now: DateTime<FixedOffset>) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let next = ["next", "last"].contains(&lower.as_str()).then(|| format!("{lower} week"));
    let word = next.or_else(|| certain(&lower, DAYS.into_iter()).map(str::to_string));
    let parts: Vec<&str> = lower.split(['/', '.', '-']).collect();
    let dotted = match parts[..] {
        [year, month, day] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [day, month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [_, _] => Some(lower.replace(['/', '-'], ".") + "."),
        _ => None,
    };
    word.or(dotted).filter(|day| self::day(day, now).is_some())
}

fn day(text: &str, now: DateTime<FixedOffset>) -> Option<NaiveDate> {
    let today = now.date_naive();
    let lower = text.trim().to_lowercase();
    match lower.as_str() {
        "tomorrow" => return today.succ_opt(),
        "next week" => return today.checked_add_days(Days::new(7)),
        _ => {}
    }
    if let Some(weekday) = weekday(&lower) {
        return next(today, weekday);
    }
    let with_year = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y"];
    let words = lower.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(found) = with_year.iter().find_map(|form| NaiveDate::parse_from_str(&words, form).ok()) {
        return Some(found);
    }
    let HumanDate::Day(found) = human_date::read(&lower, now).ok()? else { return None };
    let names_a_month = lower.contains(char::is_alphabetic) && lower.contains(|c: char| c.is_ascii_digit());
    let is_relative = ["ago", "last", "week"].iter().any(|word| lower.contains(word));
    if found < today && !is_relative && (names_a_month || lower.matches('/').count() == 1) {
        return found.with_year(found.year() + 1);
    }
    Some(found)
}

/// Returns a weekday from its name or at least three letters of it.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_prefix("next ").unwrap_or(word);
    (word.len() >= 3).then(|| word.parse().ok()).flatten()
}

/// Returns the next such weekday, which may be today.
fn next(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(u64::from(ahead)))
}

/// Returns the index of the week of a date, or of the nearest one. `None` without weeks.
pub fn week_near(weeks: &[&AgendaWeek<'_>], date: NaiveDate) -> Option<usize> {
    let starts = |week: &&AgendaWeek<'_>| week.days.first().is_some_and(|day| day.date <= date);
    weeks.iter().rposition(starts).or_else(|| (!weeks.is_empty()).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_lie_ahead() {
        // A Friday.
        let now = DateTime::parse_from_rfc3339("2026-11-20T18:00:00+01:00").unwrap();
        for (text, expected) in [
            ("today", Some("2026-11-20")),
            ("Tomorrow", Some("2026-11-21")),
            ("next week", Some("2026-11-27")),
            ("fri", Some("2026-11-20")),
            ("thursday", Some("2026-11-26")),
            ("next mon", Some("2026-11-23")),
            ("18 april", Some("2027-04-18")),
            ("18/4", Some("2027-04-18")),
            ("18 apr 2027", Some("2027-04-18")),
            ("April 18, 2028", Some("2028-04-18")),
            ("2026-12-07", Some("2026-12-07")),
            ("2026-11-01", Some("2026-11-01")),
            ("yesterday", Some("2026-11-19")),
            ("3 days ago", Some("2026-11-17")),
            ("soon", None),
            ("2026-02-30", None),
            ("7:30", None),
        ] {
            assert_eq!(day(text, now), expected.map(|day| day.parse().unwrap()), "{text}");
        }
    }
}
