//! Reads dates as people write them: `yesterday`, `last friday 7:30`, `2026-11-20 07:30`, `3 days ago`.
//!
//! A log is about the past, so a weekday or a date without a year is the latest one that has begun.

mod corrections;

use crate::text::quoted;
use chrono::{
    DateTime, Datelike, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday,
};
use interim::{Dialect, Interval, parse_date_string, parse_duration};

/// A day, or a moment of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HumanDate {
    /// A day without a time.
    Day(NaiveDate),
    /// A time without a day.
    Time(NaiveTime),
    /// A day and a time, in local time.
    Local(NaiveDateTime),
    /// A moment with its offset from UTC.
    Moment(DateTime<FixedOffset>),
}

/// A date that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateRefused {
    /// The problem.
    pub problem: String,
    /// The form to write instead.
    pub help: String,
}

const FORMS: &str = "write a day, with or without a time: yesterday, \"friday 7:30\", \"20 nov\", 2026-11-20, \"2026-11-20 07:30\"";
const TIMES: &str = "write a time like 7:30, 19:05 or 7pm";

/// Reads a date. `now` is the local time.
///
/// # Errors
/// If it cannot be understood.
pub fn read(text: &str, now: DateTime<FixedOffset>) -> Result<HumanDate, DateRefused> {
    let unknown = || DateRefused {
        problem: format!("{} is not a date", quoted(text)),
        help: corrections::help_for(text, now),
    };
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(HumanDate::Moment(moment));
    }
    let lower = text.to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = lower.split_whitespace().filter(|w| !matches!(*w, "on" | "at")).collect();
    // 2026-11-20T07:30
    if let [one] = words[..]
        && let Some((day, time)) = one.split_once('t')
        && iso_date(day).is_some()
    {
        words = vec![day, time];
    }
    if let [one] = words[..]
        && let Some(day) = dotted_date(one, now.date_naive())
    {
        return Ok(HumanDate::Day(day));
    }
    let time = time_at_the_end(&mut words)?;
    if let [one] = words[..]
        && let Some(refusal) = either_order(one, now)
    {
        return Err(refusal);
    }
    let day = match words[..] {
        [] => return time.map(HumanDate::Time).ok_or_else(unknown),
        [one] if iso_date(one).is_some() => iso_date(one).ok_or_else(unknown)?,
        _ => match read_day(&words, now) {
            Some(HumanDate::Day(day)) => day,
            Some(moment) if time.is_none() => return Ok(moment),
            _ => return Err(unknown()),
        },
    };
    Ok(time.map_or(HumanDate::Day(day), |time| HumanDate::Local(day.and_time(time))))
}

/// Reads `2026-11-20`, with all its digits.
fn iso_date(word: &str) -> Option<NaiveDate> {
    (word.len() == 10).then(|| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()).flatten()
}

/// Refuses `11/01/2026`, which is 11 January to some and 1 November to others. Without a year, both are the latest such
/// day.
fn either_order(word: &str, now: DateTime<FixedOffset>) -> Option<DateRefused> {
    let parts: Vec<u32> = word.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (first, second, year) = match parts[..] {
        [first, second] => (first, second, None),
        [first, second, year] => (first, second, i32::try_from(year).ok()),
        _ => return None,
    };
    let today = now.date_naive();
    let day = |day: u32, month: u32| match year {
        Some(year) => NaiveDate::from_ymd_opt(if year < 100 { year + 2000 } else { year }, month, day),
        None => {
            let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
            if this_year <= today { Some(this_year) } else { this_year.with_year(today.year() - 1) }
        }
    };
    let (by_day, by_month) = (day(first, second)?, day(second, first)?);
    (by_day != by_month).then(|| DateRefused {
        problem: format!(
            "{} is {} to some and {} to others",
            quoted(word),
            by_day.format("%-d %B"),
            by_month.format("%-d %B")
        ),
        help: format!("write {by_day} or {by_month}"),
    })
}

/// Takes a time off the end: `7:30`, `19:05`, `7.30 pm`, `7 am`, `noon`.
fn time_at_the_end(words: &mut Vec<&str>) -> Result<Option<NaiveTime>, DateRefused> {
    let (text, taken) = match words[..] {
        [.., hour, half @ ("am" | "pm")] => (format!("{hour}{half}"), 2),
        [.., one] => (one.to_string(), 1),
        [] => return Ok(None),
    };
    let (clock, half) = match text.strip_suffix("am").or(text.strip_suffix("pm")) {
        Some(clock) => (clock, Some(text.ends_with("pm"))),
        None => (text.as_str(), None),
    };
    let is_clock = clock.contains(':') || (half.is_some() && clock.starts_with(|c: char| c.is_ascii_digit()));
    let time = match text.as_str() {
        "noon" => NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => NaiveTime::from_hms_opt(0, 0, 0),
        _ if !is_clock => return Ok(None),
        _ => time_of_day(clock, half),
    };
    words.truncate(words.len() - taken);
    match time {
        Some(time) => Ok(Some(time)),
        None => Err(DateRefused {
            problem: format!("{} is not a time of day", quoted(&text)),
            help: TIMES.to_string(),
        }),
    }
}

/// Reads `7:30`, `19:05:30`, `7.30`, and `7` before `am` or `pm`.
fn time_of_day(clock: &str, afternoon: Option<bool>) -> Option<NaiveTime> {
    let parts: Vec<&str> = clock.split([':', '.']).collect();
    let number = |part: &&str| match part.len() {
        1 | 2 if part.chars().all(|c| c.is_ascii_digit()) => part.parse::<u32>().ok(),
        _ => None,
    };
    let numbers: Option<Vec<u32>> = parts.iter().map(number).collect();
    let (hour, minute, second) = match numbers?[..] {
        [hour] if afternoon.is_some() => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let hour = match (afternoon, hour) {
        (None, hour) => hour,
        (Some(_), 0 | 13..) => return None,
        (Some(false), 12) => 0,
        (Some(true), 12) => 12,
        (Some(false), hour) => hour,
        (Some(true), hour) => hour + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Reads the words for a day.
fn read_day(words: &[&str], now: DateTime<FixedOffset>) -> Option<HumanDate> {
    if let [one] = words
        && let Some(day) = dotted_date(one, now.date_naive())
    {
        return Some(HumanDate::Day(day));
    }
    let words = normalized(words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if !is_a_day(&words) {
        return None;
    }
    let text = words.join(" ");
    match parse_duration(&text) {
        Ok(Interval::Seconds(seconds)) => {
            return now.checked_add_signed(Duration::seconds(i64::from(seconds))).map(HumanDate::Moment);
        }
        Ok(Interval::Days(days)) => {
            return now.date_naive().checked_add_signed(Duration::days(i64::from(days))).map(HumanDate::Day);
        }
        _ => {}
    }
    // A day has no offset. `start` finds out if an hour is missing in it.
    let here = now.naive_local().and_utc();
    let today = here.date_naive();
    let day =
        |text: &str| parse_date_string::<DateTime<Utc>>(text, here, Dialect::Uk).ok().map(|d| d.date_naive());
    let found = day(&text)?;
    if words.len() == 2 && words.first() == Some(&"last") && found == today && is_weekday(words.get(1)?) {
        return found.checked_sub_signed(Duration::days(7)).map(HumanDate::Day);
    }
    // A day in the future means the last such day.
    let before = || day(&format!("last {text}")).filter(|d| *d <= today);
    Some(HumanDate::Day(if found > today { before().unwrap_or(found) } else { found }))
}

/// Reads `28.11.`, `28.11.26` and `28.11.2026`: with points the day comes first. Without a year it is the latest such day.
fn dotted_date(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut parts = word.split('.');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if !year.is_empty() {
        let year: i32 = year.parse().ok()?;
        return NaiveDate::from_ymd_opt(if year < 100 { year + 2000 } else { year }, month, day);
    }
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
    if this_year <= today { Some(this_year) } else { this_year.with_year(today.year() - 1) }
}

/// Puts the words into the order in which `interim` reads them: `nov 18th 2025` becomes `18 nov 2025`.
fn normalized(words: &[&str]) -> Vec<String> {
    let cardinal = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        if !digits.is_empty() && matches!(ending, "st" | "nd" | "rd" | "th") { digits } else { word }
            .to_string()
    };
    let mut words: Vec<String> = words.iter().map(cardinal).collect();
    if let [month, _, year] = &words[..]
        && is_month(month)
        && year.len() == 4
    {
        words.swap(0, 1);
    }
    words
}

fn is_month(word: &str) -> bool {
    word.len() >= 3 && MONTHS.iter().any(|m| m.starts_with(word))
}

fn is_weekday(word: &str) -> bool {
    word.parse::<Weekday>().is_ok() || matches!(word, "tues" | "thur" | "thurs" | "wednes")
}

/// True if the words can name a day. `interim` skips what it does not understand, takes a bare number for a year, and
/// a bare month for its first day.
fn is_a_day(words: &[&str]) -> bool {
    let is_plain = |w: &&str| {
        let is_word = w.len() < 16 && w.chars().all(|c| c.is_ascii_alphabetic());
        is_word || w.chars().all(|c| c.is_ascii_digit() || c == '/')
    };
    // This comes first, because `interim` panics on words of sixteen letters.
    if !words.iter().all(is_plain) {
        return false;
    }
    let has_digit = |w: &&&str| w.starts_with(|c: char| c.is_ascii_digit());
    let numbers = words.iter().filter(has_digit).count();
    let slashes: usize = words.iter().map(|w| w.matches('/').count()).sum();
    let named: Vec<&&str> =
        words.iter().filter(|w| !has_digit(w) && !matches!(**w, "last" | "next" | "this" | "ago")).collect();
    match named[..] {
        [] => numbers == 1 && matches!(slashes, 1 | 2),
        [month] if is_month(month) => matches!(numbers, 1 | 2),
        // A number counts something only if a unit and `ago` follow.
        [unit] if numbers == 1 => words.last() == Some(&"ago") || unit.starts_with("da") && words.len() == 2,
        [word] => numbers == 0 && is_word_for_a_day(word),
        _ => false,
    }
}

/// True for a weekday, `yesterday`, and `week` as in `last week`. `interim` reads the beginning of a word alone, so it
/// takes `yesteday` for a unit.
fn is_word_for_a_day(word: &str) -> bool {
    let is_unit = matches!(word, "week" | "month" | "year" | "day");
    is_weekday(word) || is_unit || DAYS.contains(&word)
}

/// Words for a day.
const DAYS: [&str; 4] = ["today", "yesterday", "tomorrow", "now"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The start of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMatch {
    /// The moment.
    pub start: DateTime<FixedOffset>,
    /// True if no time of day was given.
    pub guessed: bool,
}

/// Returns when a session of this length began. Without a time of day, it began at `usual`, or `length` ago if it would
/// not be over by `now` otherwise. `zone` gives local times their offset.
///
/// # Errors
/// If the clocks skipped that time, or the session would end in the future.
pub fn start(
    when: HumanDate,
    usual: NaiveTime,
    length: Duration,
    now: DateTime<FixedOffset>,
    zone: impl Fn(NaiveDateTime) -> LocalResult<DateTime<FixedOffset>>,
) -> Result<DateMatch, DateRefused> {
    let (start, guessed) = match when {
        HumanDate::Moment(moment) => (moment, false),
        HumanDate::Local(local) => (resolved(local, zone)?, false),
        HumanDate::Time(time) => (resolved(now.date_naive().and_time(time), zone)?, false),
        HumanDate::Day(day) if day == now.date_naive() => {
            let at_noon = resolved(day.and_time(usual), &zone)?;
            let just_ended = now - length;
            let midnight = day.and_time(NaiveTime::MIN);
            let earliest =
                if just_ended.date_naive() < day { resolved(midnight, &zone)? } else { just_ended };
            (if at_noon + length <= now { at_noon } else { earliest }, true)
        }
        HumanDate::Day(day) => (resolved(day.and_time(usual), zone)?, true),
    };
    if start > now {
        let text = start.format("%a %-d %b %Y, %H:%M");
        let help = "write a day in the past".to_string();
        return Err(DateRefused { problem: format!("{text} is in the future"), help });
    }
    if start + length > now && !guessed {
        let end = (start + length).format("%H:%M");
        let problem = format!("the session would end at {end}, which is in the future");
        return Err(DateRefused { problem, help: "write an earlier time".to_string() });
    }
    Ok(DateMatch { start, guessed })
}

fn resolved(
    local: NaiveDateTime,
    zone: impl Fn(NaiveDateTime) -> LocalResult<DateTime<FixedOffset>>,
) -> Result<DateTime<FixedOffset>, DateRefused> {
    match zone(local) {
        LocalResult::Single(one) => Ok(one),
        // The hour came twice. Take the first.
        LocalResult::Ambiguous(first, _) => Ok(first),
        LocalResult::None => Err(DateRefused {
            problem: format!(
                "there was no {} on {}: the clocks went forward",
                local.format("%H:%M"),
                local.format("%a %-d %b %Y")
            ),
            help: "write an earlier or a later time".to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use proptest::prelude::*;

    /// Friday, 20 November 2026, 18:00 in Berlin.
    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-20T18:00:00+01:00").unwrap()
    }

    fn day(text: &str) -> String {
        match read(text, now()) {
            Ok(HumanDate::Day(day)) => day.to_string(),
            Ok(HumanDate::Local(local)) => local.format("%Y-%m-%d %H:%M").to_string(),
            Ok(HumanDate::Moment(moment)) => moment.to_rfc3339(),
            Ok(HumanDate::Time(time)) => time.to_string(),
            Err(_) => "?".to_string(),
        }
    }

    #[test]
    fn reads_days_as_people_write_them() {
        for (text, expected) in [
            ("today", "2026-11-20"),
            ("yesterday", "2026-11-19"),
            ("Yesterday", "2026-11-19"),
            ("3 days ago", "2026-11-17"),
            ("2 weeks ago", "2026-11-06"),
            ("last week", "2026-11-13"),
            ("2026-11-18", "2026-11-18"),
            ("18 Nov", "2026-11-18"),
            ("18 november 2025", "2025-11-18"),
            ("Nov 18, 2025", "2025-11-18"),
            ("18th of november", "?"),
            ("the 18th", "?"),
            ("18th November", "2026-11-18"),
            ("november 18", "2026-11-18"),
            ("18/11", "2026-11-18"),
            ("18.11.", "2026-11-18"),
            ("28.11.", "2025-11-28"),
            ("18.11.2025", "2025-11-18"),
            ("31/4/26", "?"),
            ("30/4/26", "2026-04-30"),
            ("4/4/26", "2026-04-04"),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn suggests_the_day_that_was_meant() {
        for (text, help) in [
            ("yesteday", "did you mean yesterday?"),
            ("tomorow", "did you mean tomorrow?"),
            ("frday 7:30", "did you mean \"friday 7:30\"?"),
            ("18.11", "did you mean 18.11.?"),
        ] {
            assert_eq!(read(text, now()).unwrap_err().help, help, "{text}");
        }
    }

    #[test]
    fn refuses_a_date_that_is_another_day_in_another_country() {
        for (text, help) in [
            ("11/01/2026", "write 2026-01-11 or 2026-11-01"),
            ("1/4/26", "write 2026-04-01 or 2026-01-04"),
            ("11/12 7:30", "write 2025-12-11 or 2026-11-12"),
        ] {
            assert_eq!(read(text, now()).unwrap_err().help, help, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_latest_one() {
        for (text, expected) in [
            ("monday", "2026-11-16"),
            ("sat", "2026-11-14"),
            ("friday", "2026-11-20"),
            ("last friday", "2026-11-13"),
            ("last saturday", "2026-11-14"),
            ("24 december", "2025-12-24"),
            ("24/12", "2025-12-24"),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_a_time_with_the_day() {
        for (text, expected) in [
            ("yesterday 7:30", "2026-11-19 07:30"),
            ("yesterday at 7:30", "2026-11-19 07:30"),
            ("yesterday 9AM", "2026-11-19 09:00"),
            ("yesterday 12pm", "2026-11-19 12:00"),
            ("yesterday 12 am", "2026-11-19 00:00"),
            ("yesterday 7.30pm", "2026-11-19 19:30"),
            ("monday noon", "2026-11-16 12:00"),
            ("4 july 7:30", "2026-07-04 07:30"),
            ("2026-11-20 07:30", "2026-11-20 07:30"),
            ("2026-11-20T07:30", "2026-11-20 07:30"),
            ("17:15", "17:15:00"),
            ("2026-11-20T07:30:00+09:00", "2026-11-20T07:30:00+09:00"),
            ("2 hours ago", "2026-11-20T16:00:00+01:00"),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn refuses_other_words_and_says_what_to_write() {
        for text in [
            "",
            "soon",
            "2026",
            "7",
            "march",
            "yesterday foo",
            "4 july foo",
            "4 july monday",
            "yesterday 25:00",
            "yesterday 7:60",
            "yesterday 13pm",
            "2026-02-30",
            "31 feb",
            "2026-13-01",
            "yesterday 9 abcdefghijklmnopqrst",
            "3 days",
            "3 hours ago 7:30",
            "-3 days",
        ] {
            let refused = read(text, now());
            let says = matches!(&refused, Err(why) if why.help.contains("write") || why.help.contains("did you mean"));
            let later = matches!(refused, Ok(HumanDate::Day(d)) if d > now().date_naive());
            assert!(says || later, "{text}: {refused:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_input_makes_it_panic(text in "\\PC{0,30}", words in "(yesterday|last|next|4|july|monday|9|am|PM|AM|:|30|/|-|\\+|T|ago|days|[a-z]{1,20}| ){0,8}") {
            let _ = read(&text, now());
            let _ = read(&words, now());
            let _ = read(&words.replace(' ', ""), now());
        }
    }

    /// Berlin around the last Sunday of March 2026, when 2:00 became 3:00, and of October, when 3:00 became 2:00.
    fn berlin(local: NaiveDateTime) -> LocalResult<DateTime<FixedOffset>> {
        let (winter, summer) = (FixedOffset::east_opt(3600).unwrap(), FixedOffset::east_opt(7200).unwrap());
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let (spring, autumn) = (at("2026-03-29 02:00"), at("2026-10-25 02:00"));
        let hour = Duration::hours(1);
        if local >= spring && local < spring + hour {
            LocalResult::None
        } else if local >= autumn && local < autumn + hour {
            LocalResult::Ambiguous(
                summer.from_local_datetime(&local).unwrap(),
                winter.from_local_datetime(&local).unwrap(),
            )
        } else if local >= spring && local < autumn {
            summer.from_local_datetime(&local)
        } else {
            winter.from_local_datetime(&local)
        }
    }

    fn started(text: &str, minutes: i64) -> Result<DateMatch, DateRefused> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        start(read(text, now()).unwrap(), noon, Duration::minutes(minutes), now(), berlin)
    }

    fn at(text: &str) -> String {
        started(text, 45).map_or_else(|refusal| refusal.problem, |found| found.start.to_rfc3339())
    }

    #[test]
    fn the_offset_is_the_one_of_that_day() {
        assert_eq!(at("2026-11-18 07:30"), "2026-11-18T07:30:00+01:00");
        assert_eq!(at("2026-07-18 07:30"), "2026-07-18T07:30:00+02:00");
        assert_eq!(at("2026-10-25 02:30"), "2026-10-25T02:30:00+02:00", "the first of the two hours");
        assert!(at("2026-03-29 02:30").contains("the clocks went forward"), "{}", at("2026-03-29 02:30"));
    }

    #[test]
    fn a_day_without_a_time_starts_at_noon_or_has_just_ended() {
        assert_eq!(
            started("yesterday", 45).unwrap(),
            DateMatch {
                start: DateTime::parse_from_rfc3339("2026-11-19T12:00:00+01:00").unwrap(),
                guessed: true
            }
        );
        assert_eq!(at("today"), "2026-11-20T12:00:00+01:00");
        assert_eq!(started("today", 400).unwrap().start.to_rfc3339(), "2026-11-20T11:20:00+01:00");
    }

    #[test]
    fn refuses_the_future() {
        for text in ["tomorrow", "19:00", "2027-01-01", "next friday", "17:30"] {
            assert!(at(text).contains("in the future"), "{text}: {}", at(text));
        }
    }
}
