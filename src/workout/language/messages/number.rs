//! Numbers, their units, and the times and distances they make.

use super::found::{FoundText, did_you_mean};
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;

diagnostic_kinds! {
    /// Problems with numbers, times and distances.
    pub enum NumberProblem<'a>: Error {
        MissingNumber { found: FoundText<'a> } = "missing-number" {
            message: "{found} is no number";
            label: "a number is needed here";
            help: "write a number with its unit, like `60s`, `5min` or `400m`";
        }
        MissingUnit { number: &'a str } = "missing-unit" {
            message: "{} has no unit", quoted(number);
            label: "seconds, minutes, kilometres?";
            help: "add its unit, like `{number}s`, `{number}min`, `{number}km` or `{number}mi`";
        }
        UnknownUnit { unit: &'a str, nearest: Option<&'static str> } = "unknown-unit" {
            message: "unknown unit {}", quoted(unit);
            label: "not a time or a distance";
            help: "{}", did_you_mean(*nearest, "write `s`, `min`, `h`, `m`, `km` or `mi`");
        }
        /// `5m`: below a hundred nobody can tell.
        AmbiguousM { number: &'a str } = "ambiguous-m" {
            message: "{number} minutes, {number} metres or {number} miles?";
            label: "`m` alone is read as metres only from 100 on";
            help: "write `{number}min`, `{number} metres` or `{number}mi`";
        }
        AmbiguousCapitalM { number: &'a str } = "ambiguous-capital-m" {
            message: "`{number}M` could be miles, metres or minutes";
            label: "which unit?";
            help: "write `{number}mi` for miles, `{number}m` for metres or `{number}min` for minutes";
        }
        RacePaceForDistance { number: &'a str } = "race-pace-for-distance" {
            message: "`{number}K` is a race pace, not a distance";
            label: "how long?";
            help: "write `{number}km` for the distance; `{number}km {number}K` runs it at that pace";
        }
        CommaInNumber { written: &'a str, corrected: &'a str, thousands: bool } = "comma-in-number" {
            message: "{} has a comma in it", quoted(written);
            label: "{}", if *thousands { "a comma for thousands?" } else { "a decimal comma?" };
            help: "write `{corrected}`; a comma stands between two steps";
        }
        FractionSign { sign: char, decimals: &'static str } = "fraction-sign" {
            message: "`{sign}` is not read";
            label: "a fraction in one sign";
            help: "write it with a point: `0{decimals}km`, `1{decimals}mi`";
        }
        InvalidClock { written: &'a str } = "invalid-clock" {
            message: "{} is not a time", quoted(written);
            label: "00 to 59 after the colon";
            help: "write minutes and two digits of seconds, like `1:30`, or `1:02:30`";
        }
        /// `4.30/km`.
        DecimalClock { written: &'a str, clock: &'a str, decimal: &'a str, unit: &'a str } = "decimal-clock" {
            message: "`{written}` could be {clock} or {decimal}";
            label: "a point, or a colon?";
            help: "write `{clock}{unit}` or `{decimal}{unit}`";
        }
        /// `1.15h`.
        DecimalHours { written: &'a str, clock: &'a str, decimal: &'a str } = "decimal-hours" {
            message: "`{written}h` could be {clock} or {decimal}";
            label: "a point, or hours and minutes?";
            help: "write `{clock}` or `{decimal}`";
        }
        AsteriskForTimes { number: &'a str } = "asterisk-for-times" {
            message: "`*` is not read";
            label: "a repeat?";
            help: "write `{number}×` or `{number}x`, like `8×60s hard / 60s easy`";
        }
        DistanceForTime = "distance-for-time" {
            message: "this is a distance";
            label: "a time is needed here";
            help: "write a time, like `90s`, `5min` or `1:30`";
        }
        /// `400m in 400m`.
        NoTimeAfterIn = "no-time-after-in" {
            message: "this is no time";
            label: "a time is needed here";
            help: "write the time the distance takes, like `400m in 90s`";
        }
        ZeroTime = "zero-time" {
            message: "this lasts no time at all";
            label: "nothing";
            help: "write how long it lasts, like `60s`";
        }
        TimeTooLong = "time-too-long" {
            message: "this is longer than 24 hours";
            label: "too long";
            help: "a workout lasts at most 24 hours";
        }
        ZeroDistance = "zero-distance" {
            message: "this is no distance at all";
            label: "nothing";
            help: "write how far it goes, like `400m`";
        }
        DistanceTooLong = "distance-too-long" {
            message: "this is longer than 1000 km";
            label: "too far";
            help: "a workout lasts at most 24 hours";
        }
        /// `5min-2km`.
        MixedRange = "mixed-range" {
            message: "a range from a time to a distance";
            label: "two sorts of length";
            help: "write both ends as times, or both as distances";
        }
        DescendingRange = "descending-range" {
            message: "this range does not ascend";
            label: "the first end is not the shorter";
            help: "write the shorter end first, like `75-90min`";
        }
        PaceForLength { written: &'a str } = "pace-for-length" {
            message: "{} is a pace or a speed, not a length", quoted(written);
            label: "how long?";
            help: "a step begins with how long it lasts: `10min {written}`";
        }
    }
}
