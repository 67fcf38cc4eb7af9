//! The weeks of the log: their names and sums.

use crate::display;
use crate::history::describe;
use crate::history::queries::LogEntry;
use crate::runner::profile::Units;
use crate::session::CoveredDistance;
use crate::units::Millis;
use crate::workout::sequence::Activity;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A week with at least one session.
#[derive(Clone, Debug, PartialEq)]
pub struct LogWeek {
    /// The first day.
    pub first: NaiveDate,
    /// The number of runs, without rehearsals.
    pub runs: usize,
    /// The number of strength sessions, without rehearsals.
    pub strength: usize,
    /// The time run.
    pub time: Millis,
    /// The sum of the loads; `None` if no session has one.
    pub load: Option<f64>,
    /// The sum of the distances; `None` if that of a run is unknown, because the sum would be too small.
    pub covered: Option<CoveredDistance>,
}

impl LogWeek {
    /// The first day of the week that `day` is in, for weeks that start on `starts`.
    pub fn first_day(day: NaiveDate, starts: Weekday) -> NaiveDate {
        let since = day.weekday().days_since(starts);
        day.checked_sub_days(Days::new(u64::from(since))).unwrap_or(day)
    }

    /// A week without sessions.
    pub fn new(first: NaiveDate) -> Self {
        LogWeek { first, runs: 0, strength: 0, time: Millis::ZERO, load: None, covered: None }
    }

    /// Adds a session, unless it is a rehearsal.
    pub fn add(&mut self, entry: &LogEntry) {
        if entry.rehearsed.is_some() {
            return;
        }
        match entry.activity {
            Activity::Run => {
                self.covered = match (self.runs, self.covered, entry.covered) {
                    (0, _, first) => first,
                    (_, Some(sum), Some(more)) => Some(CoveredDistance {
                        distance: sum.distance + more.distance,
                        time: sum.time + more.time,
                        is_estimated: sum.is_estimated || more.is_estimated,
                    }),
                    _ => None,
                };
                self.runs += 1;
                self.time += entry.active;
            }
            Activity::Strength => self.strength += 1,
            // Small breaks are counted as wins.
            Activity::Other => {}
        }
        if let Some(load) = entry.load() {
            self.load = Some(self.load.unwrap_or_default() + load);
        }
    }

    /// The name of the week: `This week, 16–22 Nov 2026`.
    pub fn name(&self, today: NaiveDate, starts: Weekday) -> String {
        let days = days(self.first);
        let this_week = LogWeek::first_day(today, starts);
        match (this_week - self.first).num_days() {
            0 => format!("This week, {days}"),
            7 => format!("Last week, {days}"),
            _ => days,
        }
    }

    /// The sums of the week, the most important last: `3 sessions`, `load 412`, `5:40/km`, `2:15:00`, `24.31 km`. The load
    /// is that of all sessions; the others are those of runs.
    pub fn sums(&self, units: Units) -> Vec<String> {
        let sessions = match (self.runs, self.strength) {
            (0, 0) => "small breaks only".to_string(),
            (1, 0) => "1 session".to_string(),
            (runs, 0) => format!("{runs} sessions"),
            (0, strength) => format!("{strength} strength"),
            (1, strength) => format!("1 run + {strength} strength"),
            (runs, strength) => format!("{runs} runs + {strength} strength"),
        };
        let mut sums = vec![sessions];
        sums.extend(self.load.map(|load| format!("load {}", describe::load(load))));
        sums.extend(self.covered.map(|covered| display::average_pace(&covered, units.pace)));
        sums.extend((self.runs > 0).then(|| describe::length(self.time)));
        sums.extend(self.covered.map(|covered| display::covered(&covered, units.distance)));
        sums
    }
}

/// The week from its first day to its last: `16–22 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`.
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
    fn a_week_starts_on_the_chosen_day() {
        // 20 November 2026 is a Friday.
        for (starts, first) in [
            (Weekday::Mon, "2026-11-16"),
            (Weekday::Sun, "2026-11-15"),
            (Weekday::Sat, "2026-11-14"),
            (Weekday::Fri, "2026-11-20"),
        ] {
            assert_eq!(LogWeek::first_day(day("2026-11-20"), starts), day(first));
        }
        assert_eq!(
            LogWeek::first_day(day("2026-11-15"), Weekday::Mon),
            day("2026-11-09"),
            "Sunday is the last day"
        );
    }

    #[test]
    fn a_week_is_named_after_its_days() {
        assert_eq!(days(day("2026-11-16")), "16–22 Nov 2026");
        assert_eq!(days(day("2026-11-30")), "30 Nov – 6 Dec 2026");
        assert_eq!(days(day("2026-12-28")), "28 Dec 2026 – 3 Jan 2027");
        let name = |first| LogWeek::new(day(first)).name(day("2026-11-20"), Weekday::Mon);
        assert_eq!(name("2026-11-16"), "This week, 16–22 Nov 2026");
        assert_eq!(name("2026-11-09"), "Last week, 9–15 Nov 2026");
        assert_eq!(name("2026-11-02"), "2–8 Nov 2026");
    }
}
