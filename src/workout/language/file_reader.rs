//! The reader of one file: values, notation and lists of steps. Other files of this folder add the keys that it reads.

use super::advice;
use super::document::Item;
use super::key_phrases::{self, PhraseFrame};
use super::messages::file::FileProblem;
use super::messages::forms::KeyForm;
use super::notation::Notation;
use super::phrasing::PhrasingError;
use super::references::{FilledText, References};
use super::settle;
use crate::diagnostic::{Diagnostic, DiagnosticKind, SourceText};
use crate::spanned_toml::{SpannedValue, wrong_value};
use crate::text::clean;
use crate::workout::language::document::Span;
use toml::de::DeValue;

/// Reads one file.
pub struct FileReader<'a> {
    pub(crate) source: &'a SourceText,
    pub(crate) names: References,
    pub(crate) problems: Vec<Diagnostic>,
    /// Decisions about text that leaves something open, in sentences.
    pub(crate) notes: Vec<String>,
    /// Something was left out because of a problem that was reported.
    pub(crate) incomplete: bool,
}

impl<'a> FileReader<'a> {
    pub(crate) fn new(source: &'a SourceText) -> Self {
        FileReader {
            source,
            names: References::default(),
            problems: Vec::new(),
            notes: Vec::new(),
            incomplete: false,
        }
    }
}

impl FileReader<'_> {
    pub(crate) fn report(&mut self, span: Span, kind: impl DiagnosticKind) {
        self.problems.push(Diagnostic::new(span, kind));
    }

    /// Reports a value of the wrong type for `key`.
    pub(crate) fn wrong(&mut self, key: &str, value: &SpannedValue<'_>, form: KeyForm<'_>) {
        self.problems.push(wrong_value(key, value, &form.to_string()));
    }

    /// Gives the last problem, which is about `value`, a fix made from the value as it is written. `help` shows the fix.
    pub(crate) fn offer(
        &mut self,
        value: &SpannedValue<'_>,
        fix: impl FnOnce(&str) -> String,
        help: impl FnOnce(&str) -> String,
    ) {
        let raw = self.source.text.get(value.span()).unwrap_or_default();
        let Some(problem) = self.problems.last_mut().filter(|_| !raw.is_empty() && raw.len() <= 120) else {
            return;
        };
        let fix = fix(raw);
        let help = clean(&help(&fix));
        *problem = problem.clone().with_help(help).with_fix(value.span(), fix);
    }

    /// Reads an incline as a bare number, in percent.
    pub(crate) fn percent(&mut self, value: &SpannedValue<'_>) -> Option<f64> {
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => {
                self.wrong("incline", value, KeyForm::Incline);
                let text = value.get_ref().as_str().unwrap_or_default();
                let number = text.trim().trim_end_matches('%').trim_end().to_string();
                if number.parse::<f64>().is_ok() {
                    self.offer(
                        value,
                        |_| number,
                        |fix| format!("write a number, in percent: `incline = {fix}`"),
                    );
                }
                return None;
            }
        };
        if number.is_some_and(|percent| (-10.0..=40.0).contains(&percent)) {
            return number;
        }
        self.report(value.span(), FileProblem::InclineNumberOutOfRange);
        None
    }

    /// Reads a string, or an array of strings and tables, within `depth` brackets.
    pub(crate) fn list(&mut self, value: &SpannedValue<'_>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        match value.get_ref() {
            DeValue::Array(lines) => {
                let mut firsts = Vec::new();
                let mut was_string = false;
                for value in lines.iter() {
                    let is_string = matches!(value.get_ref(), DeValue::String(_));
                    if was_string && is_string {
                        firsts.push(items.len());
                    }
                    was_string = is_string;
                    self.list_entry(value, depth, &mut items);
                }
                self.reject_lone_recoveries(&items, &firsts);
            }
            _ => self.list_entry(value, depth, &mut items),
        }
        items
    }

    /// Reports recoveries that stand in a string of their own. `firsts` holds the indices of the items that begin a
    /// string after another string.
    fn reject_lone_recoveries(&mut self, items: &[Item], firsts: &[usize]) {
        let before = firsts.iter().filter_map(|first| first.checked_sub(1));
        let found = before.filter_map(|index| settle::recovery_in_own_string(items, index));
        if self.problems.is_empty() && !self.incomplete {
            self.problems.extend(found);
        }
    }

    fn list_entry(&mut self, value: &SpannedValue<'_>, depth: usize, items: &mut Vec<Item>) {
        match value.get_ref() {
            DeValue::String(_) => items.append(&mut self.line(value, depth)),
            DeValue::Table(_) => items.extend(self.table(value, depth, false)),
            DeValue::Integer(number) => self.bare_number(value.span(), number.as_str()),
            DeValue::Float(number) => self.bare_number(value.span(), number.as_str()),
            _ => self.wrong("steps", value, KeyForm::Steps),
        }
    }

    /// Reports `10` among the steps.
    fn bare_number(&mut self, span: Span, number: &str) {
        let value: f64 = number.parse().unwrap_or_default();
        let unit = match value {
            value if value.fract() != 0.0 => "km",
            value if value < 200.0 => "min",
            _ => "m",
        };
        let meant = format!("{number}{unit} easy");
        self.report(span, FileProblem::BareNumberStep { number, meant: &meant });
    }

    /// Parses a string of notation within `depth` brackets.
    pub(crate) fn line(&mut self, value: &SpannedValue<'_>, depth: usize) -> Vec<Item> {
        let filled = self.filled(value);
        let parsed = advice::parse(&filled.notation, &self.names, depth);
        self.incomplete |= parsed.incomplete || filled.has_unusable_names();
        let items = (!parsed.incomplete).then_some(parsed.items.as_slice());
        self.problems.extend(filled.explain(parsed.problems, items));
        self.notes.extend(parsed.notes);
        parsed.items
    }

    /// Decodes a TOML string and fills in its parameters.
    pub(crate) fn filled(&mut self, value: &SpannedValue<'_>) -> FilledText {
        let notation = self.notation(value);
        self.names.fill(notation, &mut self.problems)
    }

    /// Decodes a TOML string.
    pub(crate) fn notation(&self, value: &SpannedValue<'_>) -> Notation {
        let span = value.span();
        let raw = self.source.text.get(span.clone()).unwrap_or_default();
        Notation::from_toml(raw, span.start)
    }

    /// Parses the string `value` of a table's key with `parse`. A text with problems is read again as a phrase, which
    /// `frame` completes.
    pub(crate) fn fragment<T>(
        &mut self,
        value: &SpannedValue<'_>,
        frame: PhraseFrame<'_>,
        parse: impl Fn(&Notation, &References, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let filled = self.filled(value);
        if filled.notation.text.trim().is_empty() {
            self.report(value.span(), FileProblem::EmptyString);
            return None;
        }
        let mut problems = Vec::new();
        let mut parsed = parse(&filled.notation, &self.names, &mut problems);
        if !problems.is_empty() {
            match key_phrases::rephrase(&filled.notation, frame) {
                Ok(phrase) => {
                    let mut again = Vec::new();
                    let read = parse(&phrase.notation, &self.names, &mut again);
                    if again.is_empty() {
                        (parsed, problems) = (read, again);
                        self.notes.extend(phrase.notes);
                    }
                }
                Err(PhrasingError::Unclear(unclear)) => {
                    problems = vec![Diagnostic::new(filled.notation.source(unclear.at), unclear.kind)];
                }
                Err(PhrasingError::Unread) => {}
            }
        }
        self.incomplete |= parsed.is_none();
        // Without an unusable name the rest may be readable, but it is not what was meant.
        let parsed = parsed.filter(|_| !filled.has_unusable_names());
        self.problems.extend(filled.explain(problems, None));
        parsed
    }
}
