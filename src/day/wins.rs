//! Small wins, counted in days. There is no streak: a missed day moves the count by one.

use super::state::WallMoment;
use chrono::{Days, NaiveDate};

/// The days that are counted, today among them.
pub const COUNTED_DAYS: usize = 14;

/// A win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WinMoment {
    /// The action, as it was called.
    pub action: String,
    /// The moment.
    pub at: WallMoment,
}

/// The wins of the last 14 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WinCount {
    /// The wins of each day, today's last.
    pub each_day: [u32; COUNTED_DAYS],
}

impl WinCount {
    /// Counts wins up to and including `today`. A win belongs to the date on the wall where it was won.
    pub fn of(wins: &[WinMoment], today: NaiveDate) -> WinCount {
        let mut count = WinCount::default();
        let first = today.checked_sub_days(Days::new(COUNTED_DAYS as u64 - 1)).unwrap_or(today);
        for win in wins {
            let day = usize::try_from((win.at.local().date() - first).num_days()).ok();
            if let Some(wins) = day.and_then(|day| count.each_day.get_mut(day)) {
                *wins += 1;
            }
        }
        count
    }

    /// Returns the wins of today.
    pub fn today(&self) -> u32 {
        self.each_day.last().copied().unwrap_or_default()
    }

    /// Returns the number of days with a win.
    pub fn days(&self) -> usize {
        self.each_day.iter().filter(|wins| **wins > 0).count()
    }

    /// Returns `13 of the last 14 days had one`.
    pub fn sentence(&self) -> String {
        format!("{} of the last {COUNTED_DAYS} days had one", self.days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn win(date: &str) -> WinMoment {
        let at = format!("{date}T23:30:00+02:00").parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap();
        WinMoment { action: "Walk".to_string(), at: WallMoment::of(at) }
    }

    #[test]
    fn a_missed_day_moves_the_count_by_one() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let wins: Vec<WinMoment> = (1..=30).filter(|day| *day != 20).map(|day| win(&day_text(day))).collect();
        let count = WinCount::of(&wins, day(30));
        assert_eq!(count.sentence(), "13 of the last 14 days had one");
        assert_eq!((count.today(), count.each_day[3], WinCount::of(&wins, day(16)).days()), (1, 0, 14));
    }

    fn day_text(day: u32) -> String {
        format!("2026-11-{day:02}")
    }
}
