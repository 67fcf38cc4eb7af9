//! The names that a file gives to values and to pieces of notation: `{name}`.
//!
//! Parameters are filled in before the notation is parsed. A part is parsed once, and its items are copied to
//! wherever its name stands. A name that is never used is no problem.

use super::document::{Item, Node, Span};
use super::messages::names::{NameProblem, name_the_value};
use super::notation::{Notation, Reference};
use super::trial::FixTrial;
use crate::diagnostic::Diagnostic;
use crate::text::{certain, nearest};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of steps that parts may stand for in all: more than any workout has.
const MOST_FILLED_IN: u64 = 100_000;
/// The longest text that one string may become once its parameters are filled in, in bytes.
const LONGEST_FILLED: usize = 1024 * 1024;
/// The maximum number of problems; after that, unknown names are not reported.
const MOST_PROBLEMS: usize = 200;
/// The maximum number of names that an unknown name is compared with.
const MOST_COMPARED: usize = 1000;
/// The maximum number of names that an error lists.
const MOST_LISTED: usize = 10;

/// A part after parsing.
#[derive(Debug)]
pub struct NamedPart {
    /// The items it stands for.
    pub items: Vec<Item>,
    /// The number of steps written in it.
    pub steps: u64,
    /// The deepest nesting of its brackets.
    pub depth: usize,
}

/// Every name that a file declares.
#[derive(Debug, Default)]
pub struct References {
    /// The values of the parameters.
    pub values: BTreeMap<String, String>,
    /// The parts that have been parsed.
    pub parts: BTreeMap<String, NamedPart>,
    /// The names of all parts, parsed or not.
    pub declared: BTreeSet<String>,
    /// Names whose declaration has a problem, which was reported.
    pub broken: BTreeSet<String>,
    /// Compiles fixes before they are shown. Without it they are only read.
    pub trial: Option<FixTrial>,
    filled_in: Cell<u64>,
}

/// A string with its parameters filled in.
pub struct FilledText {
    /// The notation.
    pub notation: Notation,
    values: Vec<FilledValue>,
    /// Source spans of names that cannot be used, which was reported.
    unusable: Vec<Span>,
    /// Source spans and names of parts.
    parts: Vec<(Span, String)>,
}

/// A parameter in a string.
struct FilledValue {
    /// The source span of its `{name}`.
    span: Span,
    name: String,
    value: String,
}

impl References {
    /// True if the file declares `name`, even with a problem.
    pub fn knows(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.declared.contains(name) || self.broken.contains(name)
    }

    /// Returns no names, with a trial of fixes.
    pub fn with_trial(trial: FixTrial) -> Self {
        References { trial: Some(trial), ..References::default() }
    }

    /// True if the file declares a parameter or a part.
    pub fn knows_any(&self) -> bool {
        !(self.values.is_empty() && self.declared.is_empty() && self.broken.is_empty())
    }

    /// Counts the steps of `part` towards the total. Returns false if there are too many.
    pub fn admits(&self, part: &NamedPart) -> bool {
        let all = self.filled_in.get().saturating_add(part.steps);
        let admits = all <= MOST_FILLED_IN;
        if admits {
            self.filled_in.set(all);
        }
        admits
    }

    /// Fills in the parameters of `notation` and reports unknown names.
    pub fn fill(&self, notation: Notation, problems: &mut Vec<Diagnostic>) -> FilledText {
        let names = notation.names();
        let (mut values, mut unusable, mut parts, mut stretches) = (vec![], vec![], vec![], vec![]);
        let mut length = notation.text.len();
        for Reference { name, at } in names {
            let span = notation.source(at.clone());
            if let Some(value) = self.values.get(&name) {
                length += value.len();
                if length > LONGEST_FILLED {
                    problems.push(Diagnostic::new(span, NameProblem::FilledTextTooLong { name: &name }));
                    break;
                }
                values.push(FilledValue { span, name, value: value.clone() });
                stretches.push((at, value.as_str()));
            } else if self.broken.contains(&name) {
                unusable.push(span);
            } else if self.declared.contains(&name) {
                parts.push((span, name));
            } else {
                if problems.len() < MOST_PROBLEMS {
                    problems.push(self.unknown(&span, &name));
                }
                unusable.push(span);
            }
        }
        let notation = if stretches.is_empty() { notation } else { notation.with(&stretches) };
        FilledText { notation, values, unusable, parts }
    }

    fn unknown(&self, span: &Span, name: &str) -> Diagnostic {
        let names = || self.values.keys().chain(&self.declared).map(String::as_str).take(MOST_COMPARED);
        let known: Vec<&str> = names().take(MOST_LISTED).collect();
        let nearest = nearest(name, names());
        let problem =
            Diagnostic::new(span.clone(), NameProblem::UnknownReference { name, nearest, known: &known });
        match certain(name, names()) {
            Some(near) => problem.with_fix(span.clone(), format!("{{{near}}}")),
            None => problem,
        }
    }
}

impl FilledText {
    /// True if it holds a name that cannot be used, so something is missing from the parsed items.
    pub fn has_unusable_names(&self) -> bool {
        !self.unusable.is_empty()
    }

    /// Adapts the parser's `problems` to the file: drops the consequences of unusable names, and adds the values that
    /// the runner does not see. With the parsed `items`, also reports parts whose names stand where no item can.
    pub fn explain(&self, mut problems: Vec<Diagnostic>, items: Option<&[Item]>) -> Vec<Diagnostic> {
        problems.retain(|problem| {
            let touches = |s: &Span| s.start <= problem.span.end && problem.span.start <= s.end;
            !self.unusable.iter().any(touches)
        });
        for problem in &mut problems {
            let underlined = problem.span.clone();
            if let Some(filled) = self.values.iter().find(|filled| overlaps(&filled.span, &underlined)) {
                name_the_value(problem, &filled.name, &filled.value);
            }
            let fixed = problem.fix.as_ref().map(|fix| fix.span.clone());
            if fixed.is_some_and(|fixed| self.values.iter().any(|filled| overlaps(&filled.span, &fixed))) {
                problem.fix = None;
            }
        }
        if let (true, Some(items)) = (problems.is_empty() && !self.has_unusable_names(), items) {
            problems.extend(self.misplaced_parts(items));
        }
        problems
    }

    /// Reports parts whose names stand where no item can.
    fn misplaced_parts(&self, items: &[Item]) -> Vec<Diagnostic> {
        let mut used = BTreeSet::new();
        collect_parts(items, &mut used);
        let unused = self.parts.iter().filter(|(span, _)| !used.contains(&span.start));
        unused
            .map(|(span, name)| Diagnostic::new(span.clone(), NameProblem::MisplacedPart { name }))
            .collect()
    }
}

fn overlaps(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Collects where the names of parts stand that `items` came from. The items of a part have their spans elsewhere.
fn collect_parts(items: &[Item], used: &mut BTreeSet<usize>) {
    for item in items {
        match &item.node {
            Node::Step(_) | Node::Alternate { .. } => {}
            Node::Group { part: Some(part), .. } => {
                used.insert(part.span.start);
            }
            Node::Group { items, .. } => collect_parts(items, used),
            Node::Repeat { body, between, .. } => {
                collect_parts(std::slice::from_ref(body), used);
                if let Some(between) = between {
                    collect_parts(std::slice::from_ref(between), used);
                }
            }
            Node::Ladder { items, part, between } => {
                match part {
                    Some(part) => _ = used.insert(part.span.start),
                    None => collect_parts(items, used),
                }
                collect_parts(std::slice::from_ref(between), used);
            }
        }
    }
}

/// Counts the steps written in `items`, without their repeats.
pub fn written_steps(items: &[Item]) -> u64 {
    let one = |item: &Item| match &item.node {
        Node::Step(_) => 1,
        Node::Alternate { .. } => 2,
        Node::Group { items, .. } => written_steps(items),
        Node::Repeat { body, between, .. } => {
            written_steps(std::slice::from_ref(body))
                + between.as_deref().map_or(0, |b| written_steps(std::slice::from_ref(b)))
        }
        Node::Ladder { items, between, .. } => {
            written_steps(items) + written_steps(std::slice::from_ref(between))
        }
    };
    items.iter().map(one).fold(0, u64::saturating_add)
}
