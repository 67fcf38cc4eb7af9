//! What the runner changes about a workout before it is run: warm-up, cool-down, its parameters.

use super::entry::{EntryContent, RunHistory};
use crate::tui::widgets::text_input::TextInput;
use crate::units::Millis;
use crate::workout::{Options, Parameter, parse_time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest warm-up and cool-down, as on the command line.
const LONGEST: Millis = Millis::from_secs(24 * 3600);
/// Where the arrow keys begin, in minutes, and where they end.
const FIRST_MINUTES: u64 = 5;
const MOST_MINUTES: u64 = 60;

/// Something that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdjustField {
    /// An easy step in front.
    Warmup,
    /// An easy step behind.
    Cooldown,
    /// A parameter of the workout.
    Parameter(Parameter),
}

impl AdjustField {
    /// All that a workout has, in the order in which they are shown.
    pub fn all(runs: &RunHistory) -> Vec<AdjustField> {
        let parameters = runs.parameters.iter().cloned().map(AdjustField::Parameter);
        [AdjustField::Warmup, AdjustField::Cooldown].into_iter().chain(parameters).collect()
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        match self {
            AdjustField::Warmup => "warm-up",
            AdjustField::Cooldown => "cool-down",
            AdjustField::Parameter(parameter) => &parameter.name,
        }
    }

    /// The key that leads to it.
    pub fn key(&self) -> &'static str {
        match self {
            AdjustField::Warmup => "w",
            AdjustField::Cooldown => "c",
            AdjustField::Parameter(_) => "p",
        }
    }

    /// What may be in it.
    pub fn hint(&self) -> String {
        match self {
            AdjustField::Warmup | AdjustField::Cooldown => {
                "a time such as 5min, or nothing (← → a minute)".to_string()
            }
            AdjustField::Parameter(Parameter { choices, .. }) if !choices.is_empty() => {
                format!("{} (← → choose)", choices.join(" · "))
            }
            AdjustField::Parameter(Parameter { about: Some(about), .. }) => about.clone(),
            AdjustField::Parameter(parameter) => format!("{} unless you say otherwise", parameter.default),
        }
    }
}

/// What became of a workout with what the runner changed.
#[derive(Clone, Debug, Default)]
pub enum Outcome {
    /// Nothing was changed.
    #[default]
    AsWritten,
    /// It is not known yet.
    Waiting(Options),
    /// It runs.
    Runs(Arc<RunHistory>),
    /// It does not: why.
    Wrong(String),
}

/// The fields of one workout, as far as they were changed.
#[derive(Clone, Debug, Default)]
pub struct Adjustments {
    warmup: TextInput,
    cooldown: TextInput,
    values: BTreeMap<String, TextInput>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Adjustments {
    /// What is in a field.
    pub fn text<'a>(&'a self, field: &'a AdjustField) -> &'a str {
        match field {
            AdjustField::Warmup => self.warmup.text(),
            AdjustField::Cooldown => self.cooldown.text(),
            AdjustField::Parameter(p) => self.values.get(&p.name).map_or(p.default.as_str(), TextInput::text),
        }
    }

    /// A field's line, to be typed on.
    pub fn line(&mut self, field: &AdjustField) -> &mut TextInput {
        match field {
            AdjustField::Warmup => &mut self.warmup,
            AdjustField::Cooldown => &mut self.cooldown,
            AdjustField::Parameter(p) => {
                self.values.entry(p.name.clone()).or_insert_with(|| TextInput::new(&p.default))
            }
        }
    }

    /// The value after the one in a field, or before it: the next minute, the next choice.
    pub fn turn(&mut self, field: &AdjustField, on: bool) {
        let text = match field {
            AdjustField::Warmup | AdjustField::Cooldown => minutes(self.text(field), on),
            AdjustField::Parameter(p) => choice(&p.choices, self.text(field), on),
        };
        if let Some(text) = text {
            *self.line(field) = TextInput::new(&text);
        }
    }

    /// Takes note that something was typed: what becomes of it has to be found out, or is wrong already.
    pub fn changed(&mut self) {
        self.outcome = match self.options() {
            Ok(options) if options == Options::default() => Outcome::AsWritten,
            Ok(options) => Outcome::Waiting(options),
            Err(why) => Outcome::Wrong(why),
        };
    }

    /// Takes note of what the workout is with these options. News of others is old.
    pub fn put(&mut self, options: &Options, content: &EntryContent) {
        if !matches!(&self.outcome, Outcome::Waiting(wanted) if wanted == options) {
            return;
        }
        self.outcome = match content {
            EntryContent::Runs(runs) => Outcome::Runs(Arc::clone(runs)),
            EntryContent::Broken(broken) => Outcome::Wrong(match &broken.help {
                Some(help) => format!("{}: {help}", broken.message),
                None => broken.message.clone(),
            }),
            EntryContent::Unread => return,
        };
    }

    /// The file may have changed: only what it still declares is kept.
    pub fn reread(&mut self, runs: &RunHistory) {
        self.values.retain(|name, _| runs.parameters.iter().any(|p| p.name == *name));
        self.changed();
    }

    fn options(&self) -> Result<Options, String> {
        let parameters = self
            .values
            .iter()
            .filter(|(_, line)| !line.is_blank())
            .map(|(name, line)| (name.clone(), line.text().trim().to_string()))
            .collect();
        Ok(Options { warmup: time(&self.warmup)?, cooldown: time(&self.cooldown)?, parameters })
    }
}

fn time(line: &TextInput) -> Result<Option<Millis>, String> {
    if line.is_blank() {
        return Ok(None);
    }
    match parse_time(line.text().trim()) {
        Some(time) if time <= LONGEST => Ok(Some(time).filter(|t| *t > Millis::ZERO)),
        Some(_) => Err("at most 24 h".to_string()),
        None => Err("write a time with its unit, such as 60s, 5min or 1:30".to_string()),
    }
}

fn minutes(text: &str, on: bool) -> Option<String> {
    let now = match text.trim() {
        "" => 0,
        text => parse_time(text)?.whole_secs() / 60,
    };
    Some(match (now, on) {
        (0, true) => format!("{FIRST_MINUTES}min"),
        (MOST_MINUTES.., true) => return None,
        (_, true) => format!("{}min", now + 1),
        (0 | 1, false) => String::new(),
        (_, false) => format!("{}min", now - 1),
    })
}

fn choice(choices: &[String], text: &str, on: bool) -> Option<String> {
    let now = choices.iter().position(|c| c == text.trim());
    let last = choices.len().checked_sub(1)?;
    let next = match (now, on) {
        (None, true) => 0,
        (None, false) => last,
        (Some(i), true) => (i + 1).min(last),
        (Some(i), false) => i.saturating_sub(1),
    };
    choices.get(next).cloned()
}
