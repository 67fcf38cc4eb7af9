//! The wording of problems that only `day.toml` has.

use super::USUAL_ACTIONS;
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;

diagnostic_kinds! {
    /// Problems of the day's file.
    pub enum DayProblem<'a>: Error {
        NoActions = "no-actions" {
            message: "there are no actions";
            label: "no `[[action]]`";
            help: "add `[[action]]`, and below it `name = \"Walk\"`, `do = \"2min walk\"` and `when = \"every 60min\"`";
        }
        ActionWithoutName = "action-without-name" {
            message: "this action has no name";
            label: "no `name`";
            help: "add `name = \"Walk\"`";
        }
        ActionWithoutTime { name: &'a str } = "action-without-time" {
            message: "{} has no `when`", quoted(name);
            label: "no `when`";
            help: "add `when = \"every 60min\"`, or times of day: `when = [\"10:30\", \"16:00\"]`";
        }
        TwoActions { name: &'a str } = "two-actions" {
            message: "two actions are called {}", quoted(name);
            label: "a second one";
            help: "give one of them another name, or write all times in one `when`";
        }
        InvalidSpan { key: &'a str, text: &'a str } = "invalid-span" {
            message: "{} is no part of a day", quoted(text);
            label: "not from one time to another";
            help: "write two times of day, like `{key} = {}`", if *key == "quiet" { "[\"12:00-13:00\"]" } else { "\"08:30-18:30\"" };
        }
        InvalidDay { text: &'a str } = "invalid-weekday" {
            message: "{} is not a day", quoted(text);
            label: "not a day";
            help: "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`";
        }
        NoDays = "no-days" {
            message: "there are no days";
            label: "empty";
            help: "write `days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]`, or leave `days` out for all seven";
        }
        InvalidTime { text: &'a str } = "invalid-time-of-day" {
            message: "{} is no time of day", quoted(text);
            label: "not a time of day";
            help: "write hours and minutes, like `\"15:30\"`, or `\"every 60min\"` of sitting";
        }
        InvalidEvery { text: &'a str } = "invalid-every-time" {
            message: "{} is no time", quoted(text);
            label: "not a time";
            help: "write a time with its unit, like `\"every 60min\"`";
        }
        EveryOutOfRange { text: &'a str } = "every-out-of-range" {
            message: "{} is not from 10 minutes to 12 hours", quoted(text);
            label: "not possible";
            help: "two reminders are 10 minutes apart, at least; write `\"every 60min\"`, for example";
        }
        NoTimes = "no-times" {
            message: "there are no times";
            label: "empty";
            help: "write times of day, like `when = [\"10:30\", \"16:00\"]`, or `\"every 60min\"` of sitting";
        }
        UnknownActionWorkout { name: &'a str, nearest: Option<&'a str> } = "unknown-action-workout" {
            message: "there is no workout called {}", quoted(name);
            label: "unknown";
            help: "{}", match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write notation like `2min walk`, or a name from `pacebell list`".to_string(),
            };
        }
        BrokenActionWorkout { name: &'a str, problem: &'a str } = "broken-action-workout" {
            message: "the workout `{name}` has a mistake: {problem}";
            label: "cannot be run";
            help: "see `pacebell check {name}`";
        }
    }
}

diagnostic_kinds! {
    /// Remarks about the day's file, which is used all the same.
    pub enum DayRemark<'a>: Warning {
        ManyActions { count: usize } = "many-actions" {
            message: "there are {count} actions";
            label: "more than {USUAL_ACTIONS}";
            help: "three to five are easier to keep up; all of them are used";
        }
        OutsideHours { time: &'a str, hours: &'a str } = "outside-hours" {
            message: "{time} is outside your hours";
            label: "never comes";
            help: "choose a time within `hours`, which are {hours}";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_unique() {
        let codes: Vec<&str> = DayProblem::CODES.iter().chain(DayRemark::CODES).copied().collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    }
}
