//! The weeks that were moved, to run one of them again.

use super::{DatedChoice, PlanChoice};
use chrono::{NaiveDate, TimeDelta};

/// The weeks that were moved.
pub(super) struct Shifts(Vec<WeekShift>);

struct WeekShift {
    from_week: usize,
    weeks: i64,
    on: NaiveDate,
}

impl Shifts {
    pub(super) fn new(choices: &[DatedChoice]) -> Self {
        let shift = |dated: &DatedChoice| match dated.choice {
            PlanChoice::Shift { item, weeks } if weeks > 0 => {
                Some(WeekShift { from_week: item.week, weeks, on: dated.on })
            }
            _ => None,
        };
        Shifts(choices.iter().filter_map(shift).collect())
    }

    /// Returns the time by which a week moved.
    pub(super) fn days(&self, week: usize) -> TimeDelta {
        let weeks: i64 = self.0.iter().filter(|shift| shift.from_week <= week).map(|shift| shift.weeks).sum();
        TimeDelta::try_weeks(weeks).unwrap_or_default()
    }

    /// Returns the date from which sessions count for a week: a week that is repeated begins anew.
    pub(super) fn since(&self, week: usize) -> Option<NaiveDate> {
        self.0.iter().filter(|shift| shift.from_week <= week).map(|shift| shift.on).max()
    }
}
