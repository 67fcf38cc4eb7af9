//! What a file gives names to: its parameters and its parts.

use super::document::Span;
use super::file::{FileReader, ParameterValues};
use super::notation::is_name;
use super::parser;
use super::references;
use super::references::NamedPart;
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::text::{clean, cut, is_hidden, nearest, quoted};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeValue;

/// The longest value of a parameter, in characters.
const LONGEST_VALUE: usize = 80;
const PARAMETER: &str = "write `[parameters.effort]`, and below it `default = \"easy\"`";
const PART: &str = "write a part as notation: `[parts]`, and below it `strides = \"4×20s fast / 60s walk\"`";
const VALUE: &str = "write a value in quotes, or a number: `default = \"easy\"`, `default = 3`";

/// A parameter as its file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is without a word from outside.
    pub default: String,
    /// What it may be, where not everything will do.
    pub choices: Vec<String>,
    /// What it is for.
    pub about: Option<String>,
}

impl FileReader<'_> {
    /// Reads `parameters` and fills in what is given from outside.
    pub(crate) fn parameters(
        &mut self,
        file: &SpannedTable<'_>,
        given: &[ParameterValues],
    ) -> Vec<Parameter> {
        let value = file.get("parameters");
        let mut declared: BTreeMap<String, (Parameter, Span)> = BTreeMap::new();
        for (key, value) in self.named("parameters", value, PARAMETER) {
            match self.parameter(&key.0, value) {
                Some(parameter) => _ = declared.insert(key.0, (parameter, key.1)),
                None => _ = self.names.broken.insert(key.0),
            }
        }
        for (name, (parameter, _)) in &declared {
            self.names.values.insert(name.clone(), parameter.default.clone());
        }
        // The name is wrong where it was given, not in the file: the header only says where it would stand.
        let place = file.get_key_value("parameters").or_else(|| file.get_key_value("name"));
        let place = place.map_or(0..0, |(key, _)| key.span());
        for (name, text) in given {
            match declared.get(name) {
                Some((parameter, span)) => self.give(parameter, span, text),
                None if self.names.broken.contains(name) => {}
                None => self.problems.push(not_declared(name, &declared, place.clone())),
            }
        }
        declared.into_values().map(|(parameter, _)| parameter).collect()
    }

    fn give(&mut self, parameter: &Parameter, span: &Span, text: &str) {
        let text = text.trim();
        let fault = fault(text).or_else(|| {
            let known = parameter.choices.is_empty() || parameter.choices.iter().any(|c| c == text);
            (!known).then(|| format!("choose one of {}", listed(&parameter.choices)))
        });
        match fault {
            None => _ = self.names.values.insert(parameter.name.clone(), text.to_string()),
            Some(help) => {
                let message = format!("`{}` cannot be {}", parameter.name, quoted(text));
                let problem = Diagnostic::error(span.clone(), message, "set from outside");
                self.problems.push(problem.with_help(help));
            }
        }
    }

    fn parameter(&mut self, name: &str, value: &SpannedValue<'_>) -> Option<Parameter> {
        const KEYS: [&str; 3] = ["default", "choices", "about"];
        let DeValue::Table(table) = value.get_ref() else {
            let help = format!("write `[parameters.{name}]`, and below it `default = …`");
            self.wrong(name, value, &help);
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
                self.wrong("choices", value, "write a list: `choices = [\"easy\", \"steady\"]`");
                return None;
            }
        };
        let about = table.get("about").and_then(|v| self.text("about", v, "write text in quotes"));
        let Some(written) = table.get("default") else {
            if !table.iter().any(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
                let message = format!("the parameter `{name}` has no `default`");
                let problem = Diagnostic::error(value.span(), message, "no value");
                self.problems.push(problem.with_help("write what it is usually, like `default = \"easy\"`"));
            }
            return None;
        };
        let default = self.value("default", written)?;
        if !choices.is_empty() && !choices.contains(&default) {
            let message = format!("the default {} is not among the choices", quoted(&default));
            let problem = Diagnostic::error(written.span(), message, "not a choice");
            self.problems.push(problem.with_help(format!("choose one of {}", listed(&choices))));
            return None;
        }
        Some(Parameter { name: name.to_string(), default, choices, about })
    }

    /// A parameter's value as text.
    fn value(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_string(),
            DeValue::Float(number) => number.as_str().to_string(),
            _ => {
                self.wrong(key, value, VALUE);
                return None;
            }
        };
        let Some(help) = fault(&text) else {
            return Some(text);
        };
        let message = format!("{} cannot be a parameter's value", quoted(&text));
        self.problems.push(Diagnostic::error(value.span(), message, "no value").with_help(help));
        None
    }

    /// The entries of a table of names, each with the place of its name.
    fn named<'v, 'i>(
        &mut self,
        key: &str,
        value: Option<&'v SpannedValue<'i>>,
        wanted: &str,
    ) -> Vec<((String, Span), &'v SpannedValue<'i>)> {
        let mut entries = Vec::new();
        let table = match value.map(|v| (v, v.get_ref())) {
            None => return entries,
            Some((_, DeValue::Table(table))) => table,
            Some((value, _)) => {
                self.wrong(key, value, wanted);
                return entries;
            }
        };
        for (name, value) in table.iter() {
            let text = name.get_ref();
            if is_name(text) && text.chars().nth(40).is_none() {
                entries.push(((text.to_string(), name.span()), value));
            } else {
                let message = format!("{} is no name", quoted(text));
                let problem = Diagnostic::error(name.span(), message, "cannot stand in braces");
                let help = "a name is a letter and up to 39 more letters, digits, `-` and `_`";
                self.problems.push(problem.with_help(help));
            }
        }
        entries
    }

    /// Reads `parts`, those first that stand in others.
    pub(crate) fn parts(&mut self, value: Option<&SpannedValue<'_>>, parameters: Option<&SpannedValue<'_>>) {
        let mut texts = BTreeMap::new();
        let parameter = |name: &str| {
            parameters.and_then(|v| v.get_ref().as_table()).is_some_and(|table| table.get(name).is_some())
        };
        for ((name, span), value) in self.named("parts", value, PART) {
            if parameter(&name) {
                let message = format!("`{name}` is both a parameter and a part");
                let problem = Diagnostic::error(span, message, "a second meaning");
                self.problems.push(problem.with_help("give one of the two another name"));
                self.names.values.remove(&name);
                self.names.broken.insert(name);
            } else if matches!(value.get_ref(), DeValue::String(_)) {
                self.names.declared.insert(name.clone());
                texts.insert(name, value);
            } else {
                self.wrong(&name, value, PART);
                self.names.broken.insert(name);
            }
        }
        let order = self.order(&texts);
        for name in order {
            if let Some(value) = texts.get(&name) {
                self.part(name, value);
            }
        }
    }

    fn part(&mut self, name: String, value: &SpannedValue<'_>) {
        let filled = self.filled(value);
        let read = parser::parse(&filled.notation, &self.names, 0);
        let lacking = read.lacking || filled.has_lost();
        let items = (!lacking).then_some(read.items.as_slice());
        let mut problems = filled.explain(read.problems, items);
        if read.items.is_empty() && problems.is_empty() && !lacking {
            let problem = Diagnostic::error(value.span(), format!("the part `{name}` is empty"), "no steps");
            problems.push(problem.with_help(PART));
        }
        if problems.is_empty() && !lacking {
            let steps = references::written(&read.items);
            self.names.parts.insert(name, NamedPart { items: read.items, steps, depth: read.deepest });
        }
        self.problems.append(&mut problems);
    }

    /// The parts in an order in which each comes after those that stand in it. Circles are reported and left out,
    /// with whatever needs them.
    fn order(&mut self, texts: &BTreeMap<String, &SpannedValue<'_>>) -> Vec<String> {
        let mut needs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut needed_by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, value) in texts {
            let inner = self.notation(value).names().into_iter().map(|n| n.name);
            let inner: BTreeSet<String> = inner.filter(|n| texts.contains_key(n)).collect();
            for other in &inner {
                needed_by.entry(other.clone()).or_default().push(name);
            }
            needs.insert(name, inner);
        }
        let mut missing: BTreeMap<&str, usize> = needs.iter().map(|(name, n)| (*name, n.len())).collect();
        let mut ready: Vec<&str> = missing.iter().filter(|(_, n)| **n == 0).map(|(name, _)| *name).collect();
        let mut order = Vec::new();
        while let Some(name) = ready.pop() {
            missing.remove(name);
            order.push(name.to_string());
            for other in needed_by.get(name).into_iter().flatten() {
                if let Some(left) = missing.get_mut(other) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push(other);
                    }
                }
            }
        }
        let stuck: BTreeSet<&str> = missing.keys().copied().collect();
        self.circles(&stuck, &needs, texts);
        order
    }

    fn circles(
        &mut self,
        stuck: &BTreeSet<&str>,
        needs: &BTreeMap<&str, BTreeSet<String>>,
        texts: &BTreeMap<String, &SpannedValue<'_>>,
    ) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for start in stuck {
            let mut path: Vec<&str> = Vec::new();
            let mut on_path: BTreeSet<&str> = BTreeSet::new();
            let mut at = *start;
            while seen.insert(at) {
                path.push(at);
                on_path.insert(at);
                let next = needs.get(at).and_then(|n| n.iter().find_map(|n| stuck.get(n.as_str())));
                let Some(next) = next else { break };
                at = next;
            }
            if !on_path.contains(at) {
                continue;
            }
            let circle: Vec<String> =
                path.iter().skip_while(|n| **n != at).map(|n| format!("`{{{n}}}`")).collect();
            let message = match circle.as_slice() {
                [only] => format!("the part {only} stands in itself"),
                _ => cut(&format!("these parts stand in one another: {}", circle.join(", ")), 200),
            };
            let span = texts.get(at).map_or(0..0, |v| v.span());
            let problem = Diagnostic::error(span, message, "goes round in a circle");
            self.problems.push(problem.with_help("write the steps themselves in one of the places"));
        }
    }
}

/// What is wrong with a parameter's value.
fn fault(text: &str) -> Option<String> {
    let marks = [',', '/', '(', ')', '|', '{', '}'];
    if text.trim().is_empty() {
        Some("a value is at least one character".to_string())
    } else if text.contains(marks) {
        Some(
            "a value holds no `,`, `/`, brackets, braces or bar; for several steps use `[parts]`".to_string(),
        )
    } else if text.chars().any(is_hidden) {
        Some("a value is a single line of visible text".to_string())
    } else if text.chars().nth(LONGEST_VALUE).is_some() {
        Some(format!("a value has at most {LONGEST_VALUE} characters"))
    } else {
        None
    }
}

fn not_declared(name: &str, declared: &BTreeMap<String, (Parameter, Span)>, place: Span) -> Diagnostic {
    let names = || declared.keys().map(String::as_str);
    let near = nearest(name, names());
    let label = if declared.is_empty() { "it declares none" } else { "they are declared here" };
    let problem = Diagnostic::error(place, no_such_parameter(name), label);
    problem.with_help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if declared.is_empty() => "this workout has no parameters".to_string(),
        None => format!("the parameters are {}", listed(&names().map(clean).collect::<Vec<_>>())),
    })
}

/// What is said of a value from outside whose name nothing has.
pub(crate) fn no_such_parameter(name: &str) -> String {
    format!("`--set {}=…`: this workout has no such parameter", cut(&clean(name), 40))
}

fn listed(words: &[String]) -> String {
    words.iter().take(20).map(|word| quoted(word)).collect::<Vec<_>>().join(", ")
}
