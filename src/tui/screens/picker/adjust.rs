//! The runner's adjustments to a workout: its warm-up, its cool-down, the time for all of it, and its parameters.

use super::entry::{EntryContent, RunnableWorkout};
use crate::frontend::minutes_choice;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::widgets::text_input::TextInput;
use crate::units::Millis;
use crate::workout::bounds::LONGEST_WORKOUT;
use crate::workout::{Options, Parameter, parse_time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The first time that the arrow keys offer, in minutes.
const FIRST_MINUTES: u64 = 5;
/// The last time that they offer, in minutes.
const MOST_MINUTES: u64 = 60;

/// The options of a workout, and the time that it has to fit into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AdjustedOptions {
    /// The options to compile it with.
    pub options: Options,
    /// The longest total time. `None` for as long as it takes.
    pub within: Option<Millis>,
}

/// A field of a workout that can be adjusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdjustField {
    /// An easy step before the workout.
    Warmup,
    /// An easy step after the workout.
    Cooldown,
    /// The longest total time.
    TimeLimit {
        /// The first suggestion, in minutes.
        suggested: u64,
    },
    /// A parameter of the workout.
    Parameter(Parameter),
}

impl AdjustField {
    /// All fields of a workout, in the order shown.
    pub fn all(workout: &RunnableWorkout) -> Vec<AdjustField> {
        let parameters = workout.parameters.iter().cloned().map(AdjustField::Parameter);
        let total = workout.sequence.totals().time;
        let limit = AdjustField::TimeLimit { suggested: minutes_choice::suggestion(total) };
        [AdjustField::Warmup, AdjustField::Cooldown, limit].into_iter().chain(parameters).collect()
    }

    /// The name of the field.
    pub fn label(&self) -> &str {
        match self {
            AdjustField::Warmup => "warm-up",
            AdjustField::Cooldown => "cool-down",
            AdjustField::TimeLimit { .. } => "time",
            AdjustField::Parameter(parameter) => &parameter.name,
        }
    }

    /// The action that opens the field.
    pub fn action(&self) -> Action {
        match self {
            AdjustField::Warmup => Action::Warmup,
            AdjustField::Cooldown => Action::Cooldown,
            AdjustField::TimeLimit { .. } => Action::Minutes,
            AdjustField::Parameter(_) => Action::Parameter,
        }
    }

    /// A hint about the values the field takes.
    pub fn hint(&self, keymap: &Keymap) -> String {
        let [less, more] = [Action::Less, Action::More].map(|a| keymap.label(KeyContext::Filling, a));
        match self {
            AdjustField::Warmup | AdjustField::Cooldown => {
                format!("a time like 5min, or empty ({less} {more}: 1 min)")
            }
            AdjustField::TimeLimit { .. } => {
                format!("your minutes, or empty ({less} {more}: 1 min)")
            }
            AdjustField::Parameter(Parameter { choices, .. }) if !choices.is_empty() => {
                format!("{} ({less} {more} choose)", choices.join(" · "))
            }
            AdjustField::Parameter(Parameter { about: Some(about), .. }) => about.clone(),
            AdjustField::Parameter(parameter) => format!("default: {}", parameter.default),
        }
    }
}

/// The workout that the adjustments make.
#[derive(Clone, Debug, Default)]
pub enum AdjustOutcome {
    /// Nothing was adjusted.
    #[default]
    AsWritten,
    /// The workout has yet to be compiled with these options.
    Waiting(AdjustedOptions),
    /// The adjusted workout runs.
    Runs(Arc<RunnableWorkout>),
    /// The adjusted workout does not run, for this reason.
    Wrong(String),
}

/// The adjustments to a workout.
#[derive(Clone, Debug, Default)]
pub struct Adjustments {
    warmup: TextInput,
    cooldown: TextInput,
    time_limit: TextInput,
    /// The values of the parameters, by name.
    values: BTreeMap<String, TextInput>,
    /// The workout that they make.
    pub outcome: AdjustOutcome,
}

impl Adjustments {
    /// The text in a field.
    pub fn text<'a>(&'a self, field: &'a AdjustField) -> &'a str {
        match field {
            AdjustField::Warmup => self.warmup.text(),
            AdjustField::Cooldown => self.cooldown.text(),
            AdjustField::TimeLimit { .. } => self.time_limit.text(),
            AdjustField::Parameter(p) => self.values.get(&p.name).map_or(p.default.as_str(), TextInput::text),
        }
    }

    /// The line of a field, to type into.
    pub fn line(&mut self, field: &AdjustField) -> &mut TextInput {
        match field {
            AdjustField::Warmup => &mut self.warmup,
            AdjustField::Cooldown => &mut self.cooldown,
            AdjustField::TimeLimit { .. } => &mut self.time_limit,
            AdjustField::Parameter(p) => {
                self.values.entry(p.name.clone()).or_insert_with(|| TextInput::new(&p.default))
            }
        }
    }

    /// Steps a field to its next value: one more minute, or the next choice.
    pub fn step_up(&mut self, field: &AdjustField) {
        let next = match field {
            AdjustField::Warmup | AdjustField::Cooldown => minute_after(self.text(field), FIRST_MINUTES),
            AdjustField::TimeLimit { suggested } => minute_after(self.text(field), *suggested),
            AdjustField::Parameter(p) => choice_after(&p.choices, self.text(field)),
        };
        self.set(field, next);
    }

    /// Steps a field to its previous value: one minute less, or the choice before.
    pub fn step_down(&mut self, field: &AdjustField) {
        let previous = match field {
            AdjustField::Warmup | AdjustField::Cooldown => minute_before(self.text(field)),
            // The first press suggests a shorter workout, whichever way it goes.
            AdjustField::TimeLimit { suggested } if self.time_limit.is_blank() => {
                minute_after("", *suggested)
            }
            AdjustField::TimeLimit { .. } => minute_before(self.text(field)),
            AdjustField::Parameter(p) => choice_before(&p.choices, self.text(field)),
        };
        self.set(field, previous);
    }

    fn set(&mut self, field: &AdjustField, text: Option<String>) {
        if let Some(text) = text {
            *self.line(field) = TextInput::new(&text);
        }
    }

    /// Finds out, after a field has changed, whether the workout has to be compiled again or cannot be.
    pub fn update_outcome(&mut self) {
        self.outcome = match self.options() {
            Ok(options) if options == AdjustedOptions::default() => AdjustOutcome::AsWritten,
            Ok(options) => AdjustOutcome::Waiting(options),
            Err(message) => AdjustOutcome::Wrong(message),
        };
    }

    /// Takes the workout compiled with these options, unless they are out of date.
    pub fn set_outcome(&mut self, options: &AdjustedOptions, content: &EntryContent) {
        if !matches!(&self.outcome, AdjustOutcome::Waiting(wanted) if wanted == options) {
            return;
        }
        self.outcome = match content {
            EntryContent::Runs(workout) => AdjustOutcome::Runs(Arc::clone(workout)),
            EntryContent::Broken(broken) => AdjustOutcome::Wrong(match &broken.help {
                Some(help) => format!("{}: {help}", broken.message),
                None => broken.message.clone(),
            }),
            EntryContent::Unread => return,
        };
    }

    /// Drops the parameters that the workout no longer has, after its file has changed.
    pub fn reread(&mut self, workout: &RunnableWorkout) {
        self.values.retain(|name, _| workout.parameters.iter().any(|p| p.name == *name));
        self.update_outcome();
    }

    fn options(&self) -> Result<AdjustedOptions, String> {
        let parameters = self
            .values
            .iter()
            .filter(|(_, line)| !line.is_blank())
            .map(|(name, line)| (name.clone(), line.text().trim().to_string()))
            .collect();
        let options = Options { warmup: time(&self.warmup)?, cooldown: time(&self.cooldown)?, parameters };
        Ok(AdjustedOptions { options, within: time_limit(&self.time_limit)? })
    }
}

fn time(line: &TextInput) -> Result<Option<Millis>, String> {
    if line.is_blank() {
        return Ok(None);
    }
    match parse_time(line.text().trim()) {
        Some(time) if time <= LONGEST_WORKOUT => Ok(Some(time).filter(|t| *t > Millis::ZERO)),
        Some(_) => Err("at most 24 h".to_string()),
        None => Err("type a time with its unit, like 60s, 5min or 1:30".to_string()),
    }
}

/// Reads the time limit. A plain number is minutes.
fn time_limit(line: &TextInput) -> Result<Option<Millis>, String> {
    match line.text().trim().parse::<u64>() {
        Ok(minutes) => time(&TextInput::new(&format!("{minutes}min"))),
        Err(_) => time(line),
    }
}

/// The whole minutes in a field; 0 if it is empty.
fn minutes(text: &str) -> Option<u64> {
    match text.trim() {
        "" => Some(0),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        text => Some(parse_time(text)?.whole_secs() / 60),
    }
}

fn minute_after(text: &str, first: u64) -> Option<String> {
    match minutes(text)? {
        0 => Some(format!("{first}min")),
        n if n >= MOST_MINUTES.max(first) => None,
        n => Some(format!("{}min", n + 1)),
    }
}

fn minute_before(text: &str) -> Option<String> {
    match minutes(text)? {
        0 | 1 => Some(String::new()),
        n => Some(format!("{}min", n - 1)),
    }
}

fn choice_after(choices: &[String], text: &str) -> Option<String> {
    match choices.iter().position(|c| c == text.trim()) {
        None => choices.first().cloned(),
        Some(i) => choices.get(i + 1).or(choices.last()).cloned(),
    }
}

fn choice_before(choices: &[String], text: &str) -> Option<String> {
    match choices.iter().position(|c| c == text.trim()) {
        None => choices.last().cloned(),
        Some(i) => choices.get(i.saturating_sub(1)).cloned(),
    }
}
