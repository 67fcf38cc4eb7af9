//! What the runner changes about a workout before it is run: warm-up, cool-down, its parameters.

use super::entry::{Content, Runs};
use crate::tui::widgets::text_input::Line;
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
pub enum Field {
    /// An easy step in front.
    Warmup,
    /// An easy step behind.
    Cooldown,
    /// A parameter of the workout.
    Parameter(Parameter),
}

impl Field {
    /// All that a workout has, in the order in which they are shown.
    pub fn all(runs: &Runs) -> Vec<Field> {
        let parameters = runs.parameters.iter().cloned().map(Field::Parameter);
        [Field::Warmup, Field::Cooldown].into_iter().chain(parameters).collect()
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        match self {
            Field::Warmup => "warm-up",
            Field::Cooldown => "cool-down",
            Field::Parameter(parameter) => &parameter.name,
        }
    }

    /// The key that leads to it.
    pub fn key(&self) -> &'static str {
        match self {
            Field::Warmup => "w",
            Field::Cooldown => "c",
            Field::Parameter(_) => "p",
        }
    }

    /// What may be in it.
    pub fn hint(&self) -> String {
        match self {
            Field::Warmup | Field::Cooldown => "a time such as 5min, or nothing (← → a minute)".to_string(),
            Field::Parameter(Parameter { choices, .. }) if !choices.is_empty() => {
                format!("{} (← → choose)", choices.join(" · "))
            }
            Field::Parameter(Parameter { about: Some(about), .. }) => about.clone(),
            Field::Parameter(parameter) => format!("{} unless you say otherwise", parameter.default),
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
    Runs(Arc<Runs>),
    /// It does not: why.
    Wrong(String),
}

/// The fields of one workout, as far as they were changed.
#[derive(Clone, Debug, Default)]
pub struct Adjusted {
    warmup: Line,
    cooldown: Line,
    values: BTreeMap<String, Line>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Adjusted {
    /// What is in a field.
    pub fn text<'a>(&'a self, field: &'a Field) -> &'a str {
        match field {
            Field::Warmup => self.warmup.text(),
            Field::Cooldown => self.cooldown.text(),
            Field::Parameter(p) => self.values.get(&p.name).map_or(p.default.as_str(), Line::text),
        }
    }

    /// A field's line, to be typed on.
    pub fn line(&mut self, field: &Field) -> &mut Line {
        match field {
            Field::Warmup => &mut self.warmup,
            Field::Cooldown => &mut self.cooldown,
            Field::Parameter(p) => self.values.entry(p.name.clone()).or_insert_with(|| Line::new(&p.default)),
        }
    }

    /// The value after the one in a field, or before it: the next minute, the next choice.
    pub fn turn(&mut self, field: &Field, on: bool) {
        let text = match field {
            Field::Warmup | Field::Cooldown => minutes(self.text(field), on),
            Field::Parameter(p) => choice(&p.choices, self.text(field), on),
        };
        if let Some(text) = text {
            *self.line(field) = Line::new(&text);
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
    pub fn put(&mut self, options: &Options, content: &Content) {
        if !matches!(&self.outcome, Outcome::Waiting(wanted) if wanted == options) {
            return;
        }
        self.outcome = match content {
            Content::Runs(runs) => Outcome::Runs(Arc::clone(runs)),
            Content::Broken(broken) => Outcome::Wrong(match &broken.help {
                Some(help) => format!("{}: {help}", broken.message),
                None => broken.message.clone(),
            }),
            Content::Unread => return,
        };
    }

    /// The file may have changed: only what it still declares is kept.
    pub fn reread(&mut self, runs: &Runs) {
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

fn time(line: &Line) -> Result<Option<Millis>, String> {
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
