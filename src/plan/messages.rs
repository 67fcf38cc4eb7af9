//! The wording of problems that only plans have.

use super::{MOST_ANY, MOST_ON_A_DAY, MOST_WEEKS};
use crate::diagnostic::kind::diagnostic_kinds;
use crate::spanned_toml::list;
use crate::text::quoted;

diagnostic_kinds! {
    /// Problems of a plan.
    pub enum PlanProblem<'a>: Error {
        MissingName = "missing-plan-name" {
            message: "the plan has no name";
            label: "no `name`";
            help: "add `name = \"Spring half\"` at the top";
        }
        NoWeeks = "no-weeks" {
            message: "the plan has no weeks";
            label: "no `[[week]]`";
            help: "add `[[week]]`, and below it days: `sun = \"75min easy\"`";
        }
        TooManyWeeks { weeks: usize } = "too-many-weeks" {
            message: "the plan has {weeks} weeks";
            label: "too long";
            help: "a plan has at most {MOST_WEEKS} weeks";
        }
        TooManyOnADay { count: usize } = "too-many-on-a-day" {
            message: "there are {count} sessions on this day";
            label: "too many";
            help: "a day has at most {MOST_ON_A_DAY} sessions";
        }
        TooManyAny { count: usize } = "too-many-any" {
            message: "there are {count} sessions for any day";
            label: "too many";
            help: "a week has at most {MOST_ANY} sessions in `any`";
        }
        LongDayName { day: &'a str } = "long-day-name" {
            message: "days have three letters";
            label: "write `{day}`";
            help: "write `{day}`";
        }
        UnknownRace { race: &'a str, nearest: Option<&'a str> } = "unknown-race" {
            message: "{} is not a race", quoted(race);
            label: "no distance";
            help: "{}", match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `5K`, `10K`, `half`, `marathon`, or a distance such as `15km`".to_string(),
            };
        }
        UnknownStart { day: &'a str } = "unknown-start" {
            message: "{} is not a day", quoted(day);
            label: "not a day";
            help: "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`";
        }
        InvalidTimes = "invalid-times" {
            message: "`times` is a number of weeks";
            label: "not from 1 to {MOST_WEEKS}";
            help: "write a whole number from 1 to {MOST_WEEKS}, like `times = 3`";
        }
        MissingSession { at_end: bool } = "missing-session" {
            message: "there is no session {}", if *at_end { "here" } else { "beside this word" };
            label: "no session";
            help: "write a session on each side, like `tempo or rest`; put quotes around text that contains `and` or `or`";
        }
        MissingDo = "missing-do" {
            message: "this day has no `do`";
            label: "no session";
            help: "write `{{ do = \"75min easy\", about = \"…\" }}`";
        }
        ReservedName { name: &'a str } = "reserved-name" {
            message: "a workout cannot be called `{name}`";
            label: "has a meaning of its own";
            help: "choose another name";
        }
        InvalidPlanName { name: &'a str } = "invalid-plan-name" {
            message: "{} is no name", quoted(name);
            label: "not a name";
            help: "a name is a letter followed by letters, digits, `-` or `_`";
        }
        TwoMeanings { name: &'a str } = "two-meanings" {
            message: "`{name}` is both in `[workouts]` and in `[progress]`";
            label: "a second meaning";
            help: "give one of the two another name";
        }
        InvalidValue { value: &'a str } = "invalid-progress-value" {
            message: "{} is not a value", quoted(value);
            label: "no value";
            help: "write a count, a time or a distance, like `6`, `15min`, `75-90min` or `10km`";
        }
        MissingFrom { name: &'a str } = "missing-from" {
            message: "the rule for `{name}` has no `from`";
            label: "no first value";
            help: "write its first value, like `{{ from = \"10km\", grow = \"1km\" }}`";
        }
        InvalidGrowth { value: &'a str } = "invalid-growth" {
            message: "{} cannot be added to `from`", quoted(value);
            label: "another unit";
            help: "write a part, like `5-10%`, or an amount in the unit of `from`";
        }
        InvalidFactor = "invalid-factor" {
            message: "`down` is a factor";
            label: "not from 0 to 1";
            help: "write a part of the full week, like `down = 0.8`";
        }
        InvalidEvery = "invalid-every" {
            message: "`every` is a number of weeks";
            label: "not from 1 to {MOST_WEEKS}";
            help: "write a whole number, like `every = 2`";
        }
        OtherUnit { key: &'a str } = "other-unit" {
            message: "`{key}` and `from` have different units";
            label: "another unit";
            help: "write both as times, as distances or as counts";
        }
        ListTooShort { name: &'a str, values: usize, week: usize } = "list-too-short" {
            message: "`{name}` has {values} values, but week {week} uses it";
            label: "no value for week {week}";
            help: "add a value to `{name}` in `[progress]`: a list has one value for each week";
        }
        UnknownValue { name: &'a str, nearest: Option<&'a str>, known: &'a [&'a str] } = "unknown-value" {
            message: "nothing in `[progress]` is called {}", quoted(&format!("{{{name}}}"));
            label: "no value";
            help: "{}", match (nearest, known) {
                (Some(near), _) => format!("did you mean `{{{near}}}`?"),
                (None, []) => format!("add it below `[progress]`: `{name} = [\"10km\", \"12km\"]`"),
                (None, known) => format!("the names are {}", listed(known)),
            };
        }
        WorkoutInBraces { name: &'a str } = "workout-in-braces" {
            message: "`{name}` is a workout";
            label: "no braces around a workout";
            help: "write `{name}` without braces";
        }
        UnknownWorkout { name: &'a str, nearest: Option<&'a str> } = "unknown-workout" {
            message: "there is no workout called {}", quoted(name);
            label: "neither in the plan, nor yours, nor built in";
            help: "{}", match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add it below `[workouts]`, like `{name} = \"30min easy\"`, or see `pacebell list`"),
            };
        }
        AlternativeInBrackets { write: &'a str } = "alternative-in-brackets" {
            message: "an alternative does not stand in brackets";
            label: "the other choice is in brackets";
            help: "write `{write}`";
        }
        PercentSlower { write: &'a str } = "percent-slower" {
            message: "a percentage of a pace stands in front of it";
            label: "per cent of what?";
            help: "for slower by the clock write `{write}`";
        }
        RunWalkWithoutTimes { write: &'a str } = "run-walk-without-times" {
            message: "a run-walk says how long to run and how long to walk";
            label: "how long each?";
            help: "write, for example, `{write}`";
        }
        RaceAsWorkout { race: &'a str, write: &'a str } = "race-as-workout" {
            message: "there is no workout called {}", quoted(race);
            label: "a race is a workout only by its distance";
            help: "for a race on the way write `{write}`, for the race that the plan ends with `race`";
        }
        BrokenWorkout { name: &'a str, problem: &'a str } = "broken-workout" {
            message: "the workout `{name}` has a mistake: {problem}";
            label: "cannot be run";
            help: "see `pacebell check {name}`";
        }
        UnknownParameter {
            name: &'a str,
            parameter: &'a str,
            nearest: Option<&'a str>,
            known: &'a [&'a str],
        } = "unknown-parameter" {
            message: "`{name}` has no parameter {}", quoted(parameter);
            label: "no such parameter";
            help: "{}", match (nearest, known) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => "this workout has no parameters".to_string(),
                (None, known) => format!("its parameters are {}", list(known)),
            };
        }
        RejectedValue { name: &'a str, problem: &'a str, help: &'a str } = "rejected-value" {
            message: "`{name}` does not take this: {problem}";
            label: "not possible";
            help: "{help}";
        }
        RaceElsewhere = "race-elsewhere" {
            message: "the race is not on the last day";
            label: "not the last day of the plan";
            help: "write `race` only in the last day of the last week; a race on the way is a workout, like `10km 10K`";
        }
        RaceWithoutGoal = "race-without-goal" {
            message: "the plan does not say which race this is";
            label: "no `race` at the top";
            help: "add `race = \"half\"` at the top, or write a workout instead";
        }
        RaceMissing { day: &'a str } = "race-missing" {
            message: "the plan has a race, but its last day is something else";
            label: "not in the last day";
            help: "write `{day} = \"race\"` in the last week";
        }
        DateOutOfRange = "date-out-of-range" {
            message: "the calendar has no such date";
            label: "too early or too late";
            help: "choose a date nearer to today";
        }
        RaceInAny = "race-in-any" {
            message: "a race is on one day";
            label: "not on any day";
            help: "write `race` in the last day of the last week";
        }
    }
}

/// Lists names in braces.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_unique() {
        let codes: BTreeSet<&str> = PlanProblem::CODES.iter().copied().collect();
        assert_eq!(codes.len(), PlanProblem::CODES.len());
    }
}
