//! Paces, speeds, heart rates and offsets: targets that begin with a number.

use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::units::trimmed;

diagnostic_kinds! {
    /// Problems with targets that begin with a number.
    pub enum PaceProblem<'a>: Error {
        MissingTargetUnit { number: &'a str } = "missing-target-unit" {
            message: "{} has no unit", quoted(number);
            label: "a number of what?";
            help: "write a unit after it: `{number}km/h`, `{number}bpm`, `{number}% 5K`; a pace is written `5:00/km`";
        }
        /// `6 -> MP`.
        RampStartWithoutUnit = "ramp-start-without-unit" {
            message: "the ramp's first end has no unit";
            label: "no unit";
            help: "write the unit of both ends, like `6km/h -> MP`";
        }
        /// `5:00 km/h`.
        ClockWithUnit = "clock-with-unit" {
            message: "this mixes a time and another unit";
            label: "minutes of what?";
            help: "write a pace as `5:00/km`, a speed as `10.5km/h`";
        }
        ImpossibleSpeed = "impossible-speed" {
            message: "no one runs at this speed";
            label: "above 0 to 50 km/h";
            help: "write a speed above 0 and up to 50 km/h (a pace from 1:12/km on)";
        }
        /// `5km 45:00/km`.
        SlowPace = "slow-pace" {
            message: "no one walks as slowly as this";
            label: "slower than 20:00/km";
            help: "write a pace of up to 20:00/km, or a slower walk as a speed, like `2.5km/h`";
        }
        /// `10K-6:00/km`, where the profile's 10K pace leaves nothing of it.
        OffsetOutOfReach = "offset-out-of-reach" {
            message: "no one runs at this speed";
            label: "above 0 to 50 km/h, for this profile";
            help: "write a smaller difference, like `10K-5s/km`";
        }
        ImpossibleHeartRate = "impossible-heart-rate" {
            message: "no heart beats like this";
            label: "30 to 230 bpm";
            help: "write whole beats a minute from 30 to 230, like `140-150bpm`";
        }
        ImpossibleHeartPercentage = "impossible-heart-percentage" {
            message: "no heart beats like this";
            label: "30 to 100 % of HRmax and HRR, up to 130 % of LTHR";
            help: "write a percentage from 30 to 100 (up to 130 of LTHR), like `75%HRmax`";
        }
        UnknownRacePace { written: &'a str } = "unknown-race-pace" {
            message: "{} is not a race pace that is known", quoted(written);
            label: "not among the races";
            help: "write `800`, `1500`, `mile`, `3K`, `5K`, `10K`, `15K`, `10 mile`, `half` or `marathon`, or the pace itself, like `5:00/km`";
        }
        PercentageOfNothing { written: &'a str } = "percentage-of-nothing" {
            message: "{} of what?", quoted(written);
            label: "a percentage of nothing";
            help: "write `{written} 5K` for a pace, `{written} HRmax` for a heart rate, `incline {written}` for a hill";
        }
        PacePercentageOutOfRange = "pace-percentage-out-of-range" {
            message: "this is far from that pace";
            label: "30 to 150 %";
            help: "write a percentage of the pace's speed from 30 to 150, like `95% 5K`";
        }
        /// `5min easy 8×60s`.
        RepeatInStep = "repeat-in-step" {
            message: "a repeat inside a step";
            label: "a comma is missing";
            help: "put a comma before it: `5min easy, 8×60s hard / 60s easy`";
        }
        SecondLength = "second-length" {
            message: "a second length in one step";
            label: "there is one already";
            help: "put a comma between two steps; a distance's own time is written `400m in 90s`";
        }
        /// `rest-5K`.
        InvalidNamedRange = "invalid-named-range" {
            message: "a range stands between two paces";
            label: "no pace of its own";
            help: "write both ends as paces, like `10K-5K` or `easy-steady`";
        }
        OffsetTooFar { base: &'a str } = "offset-too-far" {
            message: "this is far from that pace";
            label: "too far";
            help: "write less than 20 minutes, like `{base}+90s/mi`";
        }
        OffsetWithoutUnit { written: &'a str } = "offset-without-unit" {
            message: "{} has no unit", quoted(written);
            label: "seconds for each what?";
            help: "write `{written}s/km` or `{written}s/mi`";
        }
        /// `MP+5%`: of the pace or of the speed?
        PercentOffset { written: &'a str, base: &'a str, speed: f64 } = "percent-offset" {
            message: "{} is not read", quoted(written);
            label: "per cent of the pace or of the speed?";
            help: "a percentage of its speed stands in front: `{}% {base}`", trimmed(*speed, 1);
        }
        /// `5K-10K`.
        RangeOfRacePaces { base: &'a str } = "range-of-race-paces" {
            message: "a range of race paces";
            label: "not read";
            help: "for a ramp write `{base} -> 10K`; for a difference `{base}+15s/km`";
        }
    }
}
