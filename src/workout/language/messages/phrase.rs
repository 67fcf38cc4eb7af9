//! Phrases with two readings: workouts as runners write them.

use crate::diagnostic::kind::diagnostic_kinds;
use crate::units::{Millis, PaceUnit};

diagnostic_kinds! {
    /// Phrases with two readings, or with one word too few.
    pub enum PhraseProblem: Error {
        /// `AM: 5×2km threshold, PM: 10×400m`.
        TwoSessions { first: String } = "two-sessions" {
            message: "a workout is one session";
            label: "the second session begins here";
            help: "write the first one, `{first}`, and the second as a workout of its own";
        }
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
        /// `2E + 3 x 1T`.
        UnclearLetters { written: String, miles: String, minutes: String } = "unclear-letters" {
            message: "`{written}` could be miles or minutes";
            label: "which unit?";
            help: "write it like `{miles}` for miles, `{minutes}` for minutes";
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
        /// `30 min tempo intervals`, `1 hour hill repeats`.
        IntervalsWithoutReps { written: String, reps: String, total: Millis } = "intervals-without-reps" {
            message: "`{written}` does not say how many intervals, and how long each is";
            label: "how many, how long?";
            help: "write both, like `{reps}` ({total})";
        }
        /// `30s @ 9.0`, `20 of 1/1`.
        UnclearSession {
            written: String,
            first: String,
            first_says: String,
            second: String,
            second_says: String,
        } = "unclear-session" {
            message: "`{written}` could be {first_says} or {second_says}";
            label: "which of them?";
            help: "write it like `{first}` for {first_says}, `{second}` for {second_says}";
        }
        /// `3x8min r 3min @ LT`.
        UnclearRecoveryPace { target: String, work: String, recovery: String } = "unclear-recovery-pace" {
            message: "`{target}` could be the pace of the reps or of the recovery";
            label: "of which?";
            help: "write it like `{work}` for the reps, `{recovery}` for the recovery";
        }
        /// `3 x (600, 400, 200) w/ 2 min`.
        UnclearRepeatedList { recovery: String, reps: String, sets: String } = "unclear-repeated-list" {
            message: "`{recovery}` could stand between all reps or between the sets alone";
            label: "between reps, or between sets?";
            help: "write it like `{reps}` for between all reps, `{sets}` for between the sets alone";
        }
        /// `60min: 20min easy, 20min tempo`. `alternate` repeats the two parts up to the total.
        PartsUnlikeTotal { total: String, sum: String, alternate: Option<String> } = "parts-unlike-total" {
            message: "the parts add up to {sum}, not to {total}";
            label: "{sum} in the parts";
            help: "{}", match alternate {
                Some(alternate) => format!("correct a part or the total, or repeat the parts, like `{alternate}`"),
                None => "correct a part or the total, or leave the total out".to_string(),
            };
        }
        /// `40min easy with 5x1min hard`.
        UnplacedReps { reps: String, inside: String, after: String } = "unplaced-reps" {
            message: "`{reps}` could be part of the run or follow it";
            label: "inside the run, or after it?";
            help: "write it like `{inside}` for inside the run, `{after}` for after it";
        }
        /// `20min sweet spot`.
        CyclingEffort { written: String, length: String } = "cycling-effort" {
            message: "`{written}` is an effort of cyclists";
            label: "no pace of runners";
            help: "write something like `{length} MP-HMP` or `{length} steady`";
        }
        /// `active recovery`.
        EffortWithoutLength { written: String, target: String } = "effort-without-length" {
            message: "`{written}` does not say how long";
            label: "how long?";
            help: "write the length first, like `10min {target}`";
        }
        /// `keep HR under 145`.
        HeartRateWithoutLength { target: String } = "heart-rate-without-length" {
            message: "a heart rate without a time";
            label: "for how long?";
            help: "write how long, like `45min {target}`, or `open {target}` until you press Enter";
        }
    }
}
