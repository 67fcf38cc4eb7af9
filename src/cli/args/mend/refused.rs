//! Command lines that can be read, and that their command then refuses.

use super::{TAKE_WORKOUT, is_option};
use crate::cli::{human_date, plan_date};
use crate::clock;
use crate::library::{self, user_plans};
use crate::workout::{self, Options, SourceText};

/// The options that take a date.
const DATES: [&str; 2] = ["--on", "--since"];
/// The commands that take a session of the plan.
const TAKE_ITEM: [&str; 4] = ["move", "skip", "take", "done"];

/// True if `line` has a value that its command refuses, and that `words` do not have.
pub(super) fn has_new_nonsense(words: &[String], line: &[String]) -> bool {
    let is_new = |text: &[String]| !words.windows(text.len()).any(|known| known == text);
    // A date that may be two days is one all the same.
    let is_date = |text: &str| human_date::read(text, clock::local_time()).is_ok() || !is_length(text);
    let wrong_date =
        |two: &[String]| matches!(two, [option, day] if DATES.contains(&option.as_str()) && !is_date(day));
    line.windows(2).any(|two| wrong_date(two) && is_new(two))
        || has_word_behind_race(line)
        || has_two_items(line)
        || has_two_workouts(line)
        || has_unknown_plan(words, line)
}

/// `profile race 5K 22:30 in`: a word behind the time.
fn has_word_behind_race(line: &[String]) -> bool {
    let [profile, race, rest @ ..] = line else { return false };
    let values = rest.iter().zip(std::iter::once("").chain(rest.iter().map(String::as_str)));
    let loose = values.filter(|(word, before)| !is_option(word) && *before != "--on").count();
    profile == "profile" && race == "race" && loose > 2
}

/// `plan skip "tuesday wednesday"`: a session of the plan that is two.
fn has_two_items(line: &[String]) -> bool {
    let [plan, command, rest @ ..] = line else { return false };
    let is_day = |text: &str| plan_date::read(text, clock::local_time()).is_ok();
    plan == "plan"
        && TAKE_ITEM.contains(&command.as_str())
        && rest.iter().any(|word| word.contains(' ') && !is_day(word) && !is_length(word))
}

/// `run "fifths strides-open"`: a workout that is two of the library.
fn has_two_workouts(line: &[String]) -> bool {
    let [command, workout, ..] = line else { return false };
    TAKE_WORKOUT.contains(&command.as_str())
        && workout.contains(' ')
        && workout.split(' ').all(|word| library::name_of(word).is_some())
}

/// `plan show half-12 start`: a plan that there is not, from words that were joined.
fn has_unknown_plan(words: &[String], line: &[String]) -> bool {
    let [plan, command, name, ..] = line else { return false };
    plan == "plan"
        && ["show", "start", "check"].contains(&command.as_str())
        && !is_option(name)
        && !words.contains(name)
        && user_plans::find(name).is_err()
}

fn is_length(text: &str) -> bool {
    workout::compile_notation(&SourceText::new("length", text), None, &Options::default()).is_ok()
}
