//! Parts: pieces of notation with a name.

use super::advice;
use super::file_reader::FileReader;
use super::messages::forms::KeyForm;
use super::messages::names::NameProblem;
use super::references::{NamedPart, written_steps};
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::SpannedValue;
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeValue;

/// The parts that each part contains.
type PartNeeds<'t> = BTreeMap<&'t str, BTreeSet<String>>;
/// The declared values of the parts.
type PartTexts<'v, 'i> = BTreeMap<String, &'v SpannedValue<'i>>;

impl FileReader<'_> {
    /// Reads `parts`, inner parts before the parts that contain them.
    pub(crate) fn parts(&mut self, value: Option<&SpannedValue<'_>>, parameters: Option<&SpannedValue<'_>>) {
        let mut texts = BTreeMap::new();
        let is_parameter = |name: &str| {
            parameters.and_then(|v| v.get_ref().as_table()).is_some_and(|table| table.get(name).is_some())
        };
        for (name, value) in self.declared_names("parts", value, KeyForm::Part) {
            if is_parameter(&name.text) {
                self.report(name.span, NameProblem::ParameterAndPart { name: &name.text });
                self.names.values.remove(&name.text);
                self.names.broken.insert(name.text);
            } else if matches!(value.get_ref(), DeValue::String(_)) {
                self.names.declared.insert(name.text.clone());
                texts.insert(name.text, value);
            } else {
                self.wrong(&name.text, value, KeyForm::Part);
                self.names.broken.insert(name.text);
            }
        }
        for name in self.reading_order(&texts) {
            if let Some(value) = texts.get(&name) {
                self.part(name, value);
            }
        }
    }

    fn part(&mut self, name: String, value: &SpannedValue<'_>) {
        let filled = self.filled(value);
        let parsed = advice::parse(&filled.notation, &self.names, 0);
        let incomplete = parsed.incomplete || filled.has_unusable_names();
        let items = (!incomplete).then_some(parsed.items.as_slice());
        let mut problems = filled.explain(parsed.problems, items);
        if parsed.items.is_empty() && problems.is_empty() && !incomplete {
            problems.push(Diagnostic::new(value.span(), NameProblem::EmptyPart { name: &name }));
        }
        if problems.is_empty() && !incomplete {
            let steps = written_steps(&parsed.items);
            self.names.parts.insert(name, NamedPart { items: parsed.items, steps, depth: parsed.deepest });
        }
        self.problems.append(&mut problems);
    }

    /// Orders the parts so that each comes after the parts it contains. Circles, and the parts that need them, are
    /// left out; the circles are reported.
    fn reading_order(&mut self, texts: &PartTexts<'_, '_>) -> Vec<String> {
        let mut needs: PartNeeds<'_> = BTreeMap::new();
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
        self.report_circles(&stuck, &needs, texts);
        order
    }

    fn report_circles(&mut self, stuck: &BTreeSet<&str>, needs: &PartNeeds<'_>, texts: &PartTexts<'_, '_>) {
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
            let names: Vec<&str> = path.into_iter().skip_while(|name| *name != at).collect();
            let span = texts.get(at).map_or(0..0, |v| v.span());
            self.report(span, NameProblem::CircularParts { names: &names });
        }
    }
}
