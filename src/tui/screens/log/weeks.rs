//! The log by weeks: which there are, what they come to, and what they are called.

use crate::history::describe;
use crate::history::queries::LogEntry;
use crate::units::Millis;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A week in which something was run.
#[derive(Clone, Debug, PartialEq)]
pub struct LogWeek {
    /// Its first day.
    pub first: NaiveDate,
    /// How many sessions were run. What was only rehearsed counts nowhere.
    pub sessions: usize,
    /// How long in all.
    pub time: Millis,
    /// What they add up to; nothing where no session has a load.
    pub load: Option<f64>,
}

/// The first day of the week that a day is in.
pub fn week_of(day: NaiveDate, starts: Weekday) -> NaiveDate {
    let since = day.weekday().days_since(starts);
    day.checked_sub_days(Days::new(u64::from(since))).unwrap_or(day)
}

/// The week of a session, by the calendar of then and there.
pub fn of(entry: &LogEntry, starts: Weekday) -> NaiveDate {
    week_of(entry.started.date_naive(), starts)
}

impl LogWeek {
    /// A week without sessions.
    pub fn new(first: NaiveDate) -> Self {
        LogWeek { first, sessions: 0, time: Millis::ZERO, load: None }
    }

    /// Counts a session of it.
    pub fn add(&mut self, entry: &LogEntry) {
        if entry.rehearsed.is_some() {
            return;
        }
        self.sessions += 1;
        self.time += entry.active;
        if let Some(load) = entry.load() {
            self.load = Some(self.load.unwrap_or_default() + load);
        }
    }

    /// Its days: `16–22 Nov 2026`, and what it is today.
    pub fn name(&self, today: NaiveDate, starts: Weekday) -> String {
        let days = days(self.first);
        let this = week_of(today, starts);
        match (this - self.first).num_days() {
            0 => format!("This week, {days}"),
            7 => format!("Last week, {days}"),
            _ => days,
        }
    }

    /// What it comes to, the most important last: `3 sessions`, `2:15:00`, `load 412`.
    pub fn sums(&self) -> Vec<String> {
        let word = if self.sessions == 1 { "session" } else { "sessions" };
        let mut sums = vec![format!("{} {word}", self.sessions), describe::length(self.time)];
        sums.extend(self.load.map(|load| format!("load {}", describe::load(load))));
        sums
    }
}

/// The seven days from one on: `16–22 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`.
fn days(first: NaiveDate) -> String {
    let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => return format!("{}–{}", first.day(), last.format("%-d %b %Y")),
        (true, false) => first.format("%-d %b"),
        (false, _) => first.format("%-d %b %Y"),
    };
    format!("{from} – {}", last.format("%-d %b %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_the_day_that_it_is_told() {
        // 20 November 2026 is a Friday.
        for (starts, first) in [
            (Weekday::Mon, "2026-11-16"),
            (Weekday::Sun, "2026-11-15"),
            (Weekday::Sat, "2026-11-14"),
            (Weekday::Fri, "2026-11-20"),
        ] {
            assert_eq!(week_of(day("2026-11-20"), starts), day(first));
        }
        assert_eq!(week_of(day("2026-11-15"), Weekday::Mon), day("2026-11-09"), "Sunday ends it");
    }

    #[test]
    fn a_week_is_called_by_its_days() {
        assert_eq!(days(day("2026-11-16")), "16–22 Nov 2026");
        assert_eq!(days(day("2026-11-30")), "30 Nov – 6 Dec 2026");
        assert_eq!(days(day("2026-12-28")), "28 Dec 2026 – 3 Jan 2027");
        let name = |first| LogWeek::new(day(first)).name(day("2026-11-20"), Weekday::Mon);
        assert_eq!(name("2026-11-16"), "This week, 16–22 Nov 2026");
        assert_eq!(name("2026-11-09"), "Last week, 9–15 Nov 2026");
        assert_eq!(name("2026-11-02"), "2–8 Nov 2026");
    }
}
