//! Phrases with two readings: workouts as runners write them.

use crate::diagnostic::kind::diagnostic_kinds;
use crate::units::PaceUnit;

diagnostic_kinds! {
    /// Phrases with two readings, or with one word too few.
    pub enum PhraseProblem: Error {
        /// `10min at race pace`.
        UnknownRace { length: String } = "unknown-race" {
            message: "which race's pace?";
            label: "the pace of no race";
            help: "write the race: `{length} 5K`, `{length} 10K`, `{length} HMP` or `{length} MP`";
        }
        MaximumAerobicRate { length: String } = "maximum-aerobic-rate" {
            message: "`MAF` depends on your age";
            label: "which heart rate?";
            help: "write the beats: `{length} 130-140bpm`";
        }
        HillWithoutIncline { length: String } = "hill-without-incline" {
            message: "a treadmill needs the hill's incline";
            label: "how steep?";
            help: "write how steep: `{length} hard incline 6%`";
        }
        /// `Repeat 6 times: 2min hard, 1min easy`.
        CountAsLabel { written: String } = "count-as-label" {
            message: "`{written}` stands like a label, and nothing is repeated";
            label: "repeat what?";
            help: "put what is repeated in brackets, like `6×(2min hard, 60s easy)`";
        }
        /// `with 90s jog: 6×800m 5K`.
        InstructionAsLabel { written: String } = "instruction-as-label" {
            message: "`{written}:` reads as a label, which changes nothing in the workout";
            label: "a label only names what follows";
            help: "write lengths, paces and recoveries in the steps, like `6×800m 5K / 90s jog`, or put a name in quotes: `'{written}': …`";
        }
        /// `5x3/2`.
        UnclearUnits { written: String, count: String, first: f64, second: f64 } = "unclear-units" {
            message: "`{written}` could be minutes or seconds";
            label: "which unit?";
            help: "write `{count}×{first}min / {second}min` or `{count}×{first}s / {second}s`";
        }
        /// `30min @ 8:00`.
        UnclearPaceUnit { written: String, length: String } = "unclear-pace-unit" {
            message: "`{written}` could be a pace for each kilometre or each mile";
            label: "which unit?";
            help: "write `{length} {written}/km` or `{length} {written}/mi`";
        }
        /// `1200m @ 4:30`.
        UnclearClock { written: String, length: String, unit: PaceUnit } = "unclear-clock" {
            message: "`{written}` could be a pace or the time of the whole {length}";
            label: "pace, or time?";
            help: "write `{length} {written}/{}` for the pace or `{length} in {written}` for the time", unit.name();
        }
        /// `6x400 (90)`.
        UnclearBracket { written: String } = "unclear-bracket" {
            message: "`({written})` could be the time of each rep or the recovery";
            label: "which of them?";
            help: "write `in {written}` for the rep's time, `/ {written}` for a recovery, with its unit";
        }
    }
}
