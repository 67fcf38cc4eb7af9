//! The date that the weeks of a plan are counted from.

use chrono::{Days, NaiveDate, Weekday};

/// The date that a plan is fixed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanAnchor {
    /// The meaning of the date.
    pub kind: AnchorKind,
    /// A day of the first week, or the day of the race.
    pub on: NaiveDate,
    /// The first day that counts. Sessions before it fall away and are not missed.
    pub from: NaiveDate,
}

/// The meaning of an anchor's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorKind {
    /// The first week contains the date.
    Start,
    /// The plan ends on the date, with a race.
    Race,
}

impl AnchorKind {
    /// Returns the word in the log: `start` or `race`.
    pub const fn word(self) -> &'static str {
        match self {
            AnchorKind::Start => "start",
            AnchorKind::Race => "race",
        }
    }

    /// Returns the kind with this word.
    pub fn from_word(word: &str) -> Option<AnchorKind> {
        [AnchorKind::Start, AnchorKind::Race].into_iter().find(|kind| kind.word() == word)
    }
}

impl PlanAnchor {
    /// Begins in the week of `on`. The days of that week before `on` fall away.
    pub const fn start(on: NaiveDate) -> Self {
        PlanAnchor { kind: AnchorKind::Start, on, from: on }
    }

    /// Counts back from a race on `on`. The days before `from` fall away.
    pub const fn race(on: NaiveDate, from: NaiveDate) -> Self {
        PlanAnchor { kind: AnchorKind::Race, on, from }
    }

    /// Returns the first day of the week that contains `date`, for weeks that begin on `starts`.
    pub fn week_start(date: NaiveDate, starts: Weekday) -> NaiveDate {
        date.week(starts).checked_first_day().unwrap_or(date)
    }

    /// Returns the next day, from `today` on, that weeks begin on.
    pub fn next_week_start(today: NaiveDate, starts: Weekday) -> NaiveDate {
        match PlanAnchor::week_start(today, starts) {
            first if first == today => today,
            first => first.checked_add_days(Days::new(7)).unwrap_or(today),
        }
    }

    /// Returns the dates of every week of a plan with `weeks` weeks that begin on `starts`. `None` if a date is out of
    /// the calendar's range.
    ///
    /// The week of a race is the seven days that end on its day. The week before is cut short if the two overlap.
    pub(super) fn weeks(&self, weeks: usize, starts: Weekday) -> Option<Vec<WeekDates>> {
        let days = |date: NaiveDate, by: i64| date.checked_add_signed(chrono::TimeDelta::try_days(by)?);
        let anchored = PlanAnchor::week_start(self.on, starts);
        let count = i64::try_from(weeks).ok()?;
        let first = match self.kind {
            AnchorKind::Start => anchored,
            AnchorKind::Race => days(anchored, -7 * (count - 1))?,
        };
        let mut dates = Vec::with_capacity(weeks);
        for week in 0..count {
            let first_day = days(first, 7 * week)?;
            dates.push(WeekDates { first_day, end: days(first_day, 7)? });
        }
        if self.kind == AnchorKind::Race
            && let Some(last) = dates.last_mut()
        {
            *last = WeekDates { first_day: days(self.on, -6)?, end: days(self.on, 1)? };
            let cut = last.first_day;
            if let Some(before) = weeks.checked_sub(2).and_then(|i| dates.get_mut(i)) {
                before.end = before.end.min(cut);
            }
        }
        Some(dates)
    }
}

/// The days of one week of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WeekDates {
    /// The first day.
    pub(super) first_day: NaiveDate,
    /// The day after the last one.
    pub(super) end: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn counts_back_from_a_race_on_any_weekday() {
        for (race, first, days) in [
            ("2027-04-18", "2027-01-25", 84),
            ("2027-04-17", "2027-01-25", 83),
            ("2027-04-14", "2027-01-25", 80),
        ] {
            let weeks = PlanAnchor::race(date(race), date("2026-01-01")).weeks(12, Weekday::Mon).unwrap();
            assert_eq!(weeks[0].first_day, date(first), "{race}");
            let all: i64 = weeks.iter().map(|w| (w.end - w.first_day).num_days()).sum();
            assert_eq!(all, days, "{race}");
            assert_eq!(weeks[11].end, date(race).succ_opt().unwrap(), "{race}");
            assert!(weeks.windows(2).all(|w| w[0].end == w[1].first_day), "{race}: without a gap");
        }
    }

    #[test]
    fn begins_on_the_next_first_day_of_a_week() {
        for (today, first) in
            [("2026-12-07", "2026-12-07"), ("2026-12-08", "2026-12-14"), ("2026-12-13", "2026-12-14")]
        {
            assert_eq!(PlanAnchor::next_week_start(date(today), Weekday::Mon), date(first));
        }
        assert_eq!(PlanAnchor::next_week_start(date("2026-12-07"), Weekday::Sun), date("2026-12-13"));
    }

    #[test]
    fn dates_beyond_the_calendar_give_nothing() {
        assert!(PlanAnchor::start(NaiveDate::MAX).weeks(60, Weekday::Mon).is_none());
        assert!(PlanAnchor::race(NaiveDate::MIN, NaiveDate::MIN).weeks(60, Weekday::Mon).is_none());
    }
}
