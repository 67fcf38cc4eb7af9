//! Times of day on the wall, and spans of them.

use chrono::{NaiveTime, Timelike};
use std::fmt;

/// The minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of day to the minute. `24:00` is the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime {
    minutes: u16,
}

impl ClockTime {
    /// Reads `8:30`, `08:30` or `24:00`.
    pub fn parse(text: &str) -> Option<ClockTime> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let number = |text: &str, digits: &[usize]| {
            let is_number = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<u16>().ok()).flatten()
        };
        let (hours, minutes) = (number(hours, &[1, 2])?, number(minutes, &[2])?);
        let total = hours * 60 + minutes;
        (minutes < 60 && total <= DAY).then_some(ClockTime { minutes: total })
    }

    /// Returns the minutes since midnight, up to 1440.
    pub fn minutes(self) -> u16 {
        self.minutes
    }

    /// Returns the time on the clock. The end of a day is midnight.
    pub fn on_the_clock(self) -> NaiveTime {
        let seconds = u32::from(self.minutes % DAY) * 60;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// A span of the day, such as `08:30-18:30`. It may go past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSpan {
    /// The first minute.
    pub from: ClockTime,
    /// The minute after the last.
    pub to: ClockTime,
}

impl ClockSpan {
    /// The whole day.
    pub const ALL_DAY: ClockSpan =
        ClockSpan { from: ClockTime { minutes: 0 }, to: ClockTime { minutes: DAY } };

    /// Reads `08:30-18:30`. `None` for anything else, and for a span without a length.
    pub fn parse(text: &str) -> Option<ClockSpan> {
        let (from, to) = text.split_once(['-', '–'])?;
        let span = ClockSpan { from: ClockTime::parse(from)?, to: ClockTime::parse(to)? };
        (span.from != span.to && span.from.minutes < DAY).then_some(span)
    }

    /// True if the span goes past midnight.
    pub fn is_overnight(self) -> bool {
        self.to < self.from
    }

    /// True if the clock shows a time of the span.
    pub fn contains(self, time: NaiveTime) -> bool {
        let seconds = time.num_seconds_from_midnight();
        let (from, to) = (u32::from(self.from.minutes) * 60, u32::from(self.to.minutes) * 60);
        if self.is_overnight() { seconds >= from || seconds < to } else { (from..to).contains(&seconds) }
    }
}

impl fmt::Display for ClockSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_with_a_colon_and_two_digits_of_minutes() {
        for (text, shown) in [("8:30", "08:30"), ("00:00", "00:00"), (" 23:59", "23:59"), ("24:00", "24:00")]
        {
            assert_eq!(ClockTime::parse(text).map(|time| time.to_string()).as_deref(), Some(shown));
        }
        for text in ["8", "8.30", "8:3", "24:01", "12:60", "-1:00", "8:30pm", "008:30", ""] {
            assert_eq!(ClockTime::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_has_its_first_minute_and_not_its_last() {
        let time = |text: &str| ClockTime::parse(text).unwrap().on_the_clock();
        let span = ClockSpan::parse("08:30-18:30").unwrap();
        assert!(span.contains(time("08:30")) && span.contains(time("18:29")));
        assert!(!span.contains(time("18:30")) && !span.contains(time("08:29")));
        let night = ClockSpan::parse("22:00 – 6:00").unwrap();
        assert!(
            night.contains(time("23:00")) && night.contains(time("05:59")) && !night.contains(time("12:00"))
        );
        assert!(ClockSpan::parse("0:00-24:00").unwrap().contains(time("23:59")));
        assert_eq!(ClockSpan::parse("12:00-12:00"), None);
    }
}
