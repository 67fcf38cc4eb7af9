//! Parameters: their declarations, and the values given for them from outside.

use super::document::Span;
use super::file_reader::FileReader;
use super::messages::forms::KeyForm;
use super::messages::names::{NameProblem, ValueFault};
use super::notation::is_name;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::text::{clean, is_hidden, nearest};
use crate::workout::bounds::LONGEST_VALUE;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The keys of a parameter's table.
const KEYS: [&str; 3] = ["default", "choices", "about"];
/// The longest name of a parameter or a part, in characters.
const LONGEST_NAME: usize = 40;

/// The name of a parameter and a value given for it from outside.
pub type ParameterValue = (String, String);

/// A parameter as its file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The value, unless another is given from outside.
    pub default: String,
    /// The allowed values. An empty list allows any.
    pub choices: Vec<String>,
    /// What it is for, cleaned.
    pub about: Option<String>,
}

/// A name in a table of names, with its span.
pub(crate) struct DeclaredName {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl FileReader<'_> {
    /// Reads `parameters` and takes the values given from outside.
    pub(crate) fn parameters(&mut self, file: &SpannedTable<'_>, given: &[ParameterValue]) -> Vec<Parameter> {
        // `[parameter]` is reported as a misspelt key, and its names are known.
        let value = file.get("parameters").or_else(|| file.get("parameter"));
        let mut declared: BTreeMap<String, (Parameter, Span)> = BTreeMap::new();
        for (name, value) in self.declared_names("parameters", value, KeyForm::Parameters) {
            match self.parameter(&name.text, value) {
                Some(parameter) => _ = declared.insert(name.text, (parameter, name.span)),
                None => _ = self.names.broken.insert(name.text),
            }
        }
        for (name, (parameter, _)) in &declared {
            self.names.values.insert(name.clone(), parameter.default.clone());
        }
        // The name is wrong on the command line, not in the file. The header shows where it would be declared.
        let place = file.get_key_value("parameters").or_else(|| file.get_key_value("name"));
        let place = place.map_or(0..0, |(key, _)| key.span());
        for (name, text) in given {
            match declared.get(name) {
                Some((parameter, span)) => self.give(parameter, span, text),
                None if self.names.broken.contains(name) => {}
                None => self.undeclared(name, declared.keys(), place.clone()),
            }
        }
        declared.into_values().map(|(parameter, _)| parameter).collect()
    }

    fn undeclared<'n>(&mut self, name: &str, declared: impl Iterator<Item = &'n String>, place: Span) {
        let declared: Vec<String> = declared.map(|name| clean(name)).collect();
        let nearest = nearest(name, declared.iter().map(String::as_str));
        self.report(place, NameProblem::UndeclaredParameter { name, nearest, declared: &declared });
    }

    fn give(&mut self, parameter: &Parameter, span: &Span, text: &str) {
        let text = text.trim();
        let fault = value_fault(text).or_else(|| {
            let allowed = parameter.choices.is_empty() || parameter.choices.iter().any(|c| c == text);
            (!allowed).then_some(ValueFault::NotAChoice(&parameter.choices))
        });
        match fault {
            None => _ = self.names.values.insert(parameter.name.clone(), text.to_string()),
            Some(fault) => {
                let problem = NameProblem::InvalidGivenValue { name: &parameter.name, value: text, fault };
                self.report(span.clone(), problem);
            }
        }
    }

    fn parameter(&mut self, name: &str, value: &SpannedValue<'_>) -> Option<Parameter> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(name, value, KeyForm::Parameter { name });
            self.offer(
                value,
                |raw| format!("{{ default = {raw} }}"),
                |fix| format!("write `{name} = {fix}`"),
            );
            return None;
        };
        for (key, _) in table.iter().filter(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(misspelt(table, key, &KEYS));
        }
        let choices = match table.get("choices").map(|v| (v, v.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(list))) => {
                list.iter().map(|v| self.value("choices", v)).collect::<Option<Vec<_>>>()?
            }
            Some((value, _)) => {
                self.wrong("choices", value, KeyForm::Choices);
                if let DeValue::String(text) = value.get_ref() {
                    let words: Vec<String> =
                        text.split([',', '/', '|']).map(|word| format!("\"{}\"", word.trim())).collect();
                    let list = format!("[{}]", words.join(", "));
                    self.offer(value, |_| list, |fix| format!("write a list: `choices = {fix}`"));
                }
                return None;
            }
        };
        let about = table.get("about").and_then(|v| self.text("about", v, KeyForm::About));
        let Some(written) = table.get("default") else {
            if !table.iter().any(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
                self.report(value.span(), NameProblem::MissingDefault { name });
            }
            return None;
        };
        let default = self.value("default", written)?;
        if !choices.is_empty() && !choices.contains(&default) {
            let problem = NameProblem::DefaultNotAChoice { default: &default, choices: &choices };
            self.report(written.span(), problem);
            return None;
        }
        Some(Parameter { name: name.to_string(), default, choices, about })
    }

    /// Reads a parameter's value as text.
    fn value(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_string(),
            DeValue::Float(number) => number.as_str().to_string(),
            _ => {
                self.wrong(key, value, KeyForm::ParameterValue);
                return None;
            }
        };
        let Some(fault) = value_fault(&text) else {
            return Some(text);
        };
        self.report(value.span(), NameProblem::InvalidParameterValue { value: &text, fault });
        None
    }

    /// Reads the entries of a table of names, and reports invalid names.
    pub(crate) fn declared_names<'v, 'i>(
        &mut self,
        key: &str,
        value: Option<&'v SpannedValue<'i>>,
        form: KeyForm<'_>,
    ) -> Vec<(DeclaredName, &'v SpannedValue<'i>)> {
        let mut entries = Vec::new();
        let table = match value.map(|v| (v, v.get_ref())) {
            None => return entries,
            Some((_, DeValue::Table(table))) => table,
            Some((value, _)) => {
                self.wrong(key, value, form);
                return entries;
            }
        };
        for (name, value) in table.iter() {
            let (text, span) = (name.get_ref().to_string(), name.span());
            if is_name(&text) && text.chars().nth(LONGEST_NAME).is_none() {
                entries.push((DeclaredName { text, span }, value));
            } else {
                self.report(span, NameProblem::InvalidName { name: &text });
            }
        }
        entries
    }
}

/// Finds the reason why `text` cannot be a parameter's value.
fn value_fault(text: &str) -> Option<ValueFault<'static>> {
    let marks = [',', '/', '(', ')', '|', '{', '}'];
    if text.trim().is_empty() {
        Some(ValueFault::Empty)
    } else if text.contains(marks) {
        Some(ValueFault::StructuralMark)
    } else if text.chars().any(is_hidden) {
        Some(ValueFault::Hidden)
    } else if text.chars().nth(LONGEST_VALUE).is_some() {
        Some(ValueFault::TooLong)
    } else {
        None
    }
}
