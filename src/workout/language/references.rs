//! The names that a file gives to values and to pieces of notation: `{name}`.
//!
//! Parameters are filled in before the notation is read; a part is read once, and its items are put where its
//! name stands. Nothing here promises that a name is used.

use super::document::{Item, Node, Span};
use super::notation::{Notation, Reference};
use crate::diagnostic::Diagnostic;
use crate::text::{certain, nearest, quoted};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// So many steps may be put in the place of names in all: more than any workout has, fewer than anyone waits for.
const MOST_FILLED_IN: u64 = 100_000;
/// The longest text that filling in may make of one string.
const LONGEST_FILLED: usize = 1024 * 1024;

/// After this many problems another unknown name says nothing new.
const MOST_PROBLEMS: usize = 200;
/// An unknown name is compared with this many others.
const MOST_COMPARED: usize = 1000;

/// A part, read.
#[derive(Debug)]
pub struct NamedPart {
    /// What it stands for.
    pub items: Vec<Item>,
    /// How many steps are written in it.
    pub steps: u64,
    /// How deep the brackets in it nest.
    pub depth: usize,
}

/// Everything that has a name.
#[derive(Debug, Default)]
pub struct References {
    /// The parameters' values.
    pub values: BTreeMap<String, String>,
    /// The parts that are read already.
    pub parts: BTreeMap<String, NamedPart>,
    /// Names of parts that are declared, read or not.
    pub declared: BTreeSet<String>,
    /// Names that are declared but of no use, which has been reported.
    pub broken: BTreeSet<String>,
    filled_in: Cell<u64>,
}

/// A string with its parameters filled in.
pub struct FilledText {
    /// The notation.
    pub notation: Notation,
    /// Where in the source a value stands, with its name and itself.
    values: Vec<(Span, String, String)>,
    /// Where in the source a name stands that has no use, and has been reported.
    lost: Vec<Span>,
    /// Where in the source a part's name stands.
    parts: Vec<(Span, String)>,
}

impl References {
    /// True where `name` is known to the file, of use or not.
    pub fn knows(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.declared.contains(name) || self.broken.contains(name)
    }

    /// A part may be put in the place of its name, as far as their number goes.
    pub fn admits(&self, part: &NamedPart) -> bool {
        let all = self.filled_in.get().saturating_add(part.steps);
        let admits = all <= MOST_FILLED_IN;
        if admits {
            self.filled_in.set(all);
        }
        admits
    }

    /// `notation` with its parameters filled in. Names that nothing has are reported.
    pub fn fill(&self, notation: Notation, problems: &mut Vec<Diagnostic>) -> FilledText {
        let names = notation.names();
        let (mut values, mut lost, mut parts, mut stretches) = (vec![], vec![], vec![], vec![]);
        let mut length = notation.text.len();
        for Reference { name, at } in names {
            let span = notation.source(at.clone());
            if let Some(value) = self.values.get(&name) {
                length += value.len();
                if length > LONGEST_FILLED {
                    problems.push(too_long(&span, &name));
                    break;
                }
                values.push((span, name, value.clone()));
                stretches.push((at, value.as_str()));
            } else if self.broken.contains(&name) {
                lost.push(span);
            } else if self.declared.contains(&name) {
                parts.push((span, name));
            } else {
                if problems.len() < MOST_PROBLEMS {
                    problems.push(self.unknown(&span, &name));
                }
                lost.push(span);
            }
        }
        let notation = if stretches.is_empty() { notation } else { notation.with(&stretches) };
        FilledText { notation, values, lost, parts }
    }

    fn unknown(&self, span: &Span, name: &str) -> Diagnostic {
        let names = || self.values.keys().chain(&self.declared).map(String::as_str).take(MOST_COMPARED);
        let problem = Diagnostic::error(
            span.clone(),
            format!("nothing is called {}", quoted(&format!("{{{name}}}"))),
            "neither a parameter nor a part",
        );
        let problem = problem.with_help(match nearest(name, names()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if names().next().is_none() => {
                format!("give it a value: `[parameters.{name}]`, and below it `default = \"…\"`")
            }
            None => {
                let known: Vec<String> = names().take(10).map(|n| format!("`{{{n}}}`")).collect();
                format!("the names are {}", known.join(", "))
            }
        });
        match certain(name, names()) {
            Some(near) => problem.with_fix(span.clone(), format!("{{{near}}}")),
            None => problem,
        }
    }
}

fn too_long(span: &Span, name: &str) -> Diagnostic {
    let message = "this text is larger than 1 MiB once its parameters are filled in";
    let problem = Diagnostic::error(span.clone(), message, "too large to be a workout");
    problem.with_help(format!("write fewer steps, or a shorter value for `{{{name}}}`"))
}

impl FilledText {
    /// True where a name in it is of no use, so that something is missing from what was read.
    pub fn has_lost(&self) -> bool {
        !self.lost.is_empty()
    }

    /// What is wrong with the string, given what its parser said: without what follows from a reported name,
    /// and with the values that the runner does not see. With the `items` that were read of it, names of parts
    /// that stand where no item can are reported too.
    pub fn explain(&self, problems: Vec<Diagnostic>, items: Option<&[Item]>) -> Vec<Diagnostic> {
        let lost = |p: &Diagnostic| self.lost.iter().any(|s| s.start <= p.span.end && p.span.start <= s.end);
        let mut said: Vec<Diagnostic> = problems.into_iter().filter(|p| !lost(p)).collect();
        for problem in &mut said {
            let overlaps = |span: &Span| span.start < problem.span.end && problem.span.start < span.end;
            let values: Vec<_> = self.values.iter().filter(|(span, _, _)| overlaps(span)).collect();
            if let Some((_, name, value)) = values.first() {
                problem.label = format!("{}: `{{{name}}}` is {}", problem.label, quoted(value));
            }
            let touched = |span: &Span| {
                problem.fix.as_ref().is_some_and(|f| span.start < f.span.end && f.span.start < span.end)
            };
            if self.values.iter().any(|(span, _, _)| touched(span)) {
                problem.fix = None;
            }
        }
        if let (true, Some(items)) = (said.is_empty() && !self.has_lost(), items) {
            said.extend(self.misplaced(items));
        }
        said
    }

    /// Parts whose names stand where no item can.
    fn misplaced(&self, items: &[Item]) -> Vec<Diagnostic> {
        let mut used = BTreeSet::new();
        collect(items, &mut used);
        let unused = self.parts.iter().filter(|(span, _)| !used.contains(&span.start));
        unused.map(|(span, name)| part_misplaced(span.clone(), name)).collect()
    }
}

/// A part's name where no item can stand.
pub fn part_misplaced(span: Span, name: &str) -> Diagnostic {
    let message = format!("{} is a part, which stands in the place of steps", quoted(&format!("{{{name}}}")));
    let problem = Diagnostic::error(span, message, "not a value");
    problem.with_help(format!("make it a parameter, `[parameters.{name}]`, or put it between two commas"))
}

/// Where the names of parts stand that items were read from. The items of a part have their places elsewhere.
fn collect(items: &[Item], used: &mut BTreeSet<usize>) {
    for item in items {
        match &item.node {
            Node::Step(_) | Node::Alternate { .. } => {}
            Node::Group { part: Some(part), .. } => {
                used.insert(part.span.start);
            }
            Node::Group { items, .. } => collect(items, used),
            Node::Repeat { body, between, .. } => {
                collect(std::slice::from_ref(body), used);
                if let Some(between) = between {
                    collect(std::slice::from_ref(between), used);
                }
            }
            Node::Ladder { items, part, between } => {
                match part {
                    Some(part) => _ = used.insert(part.span.start),
                    None => collect(items, used),
                }
                collect(std::slice::from_ref(between), used);
            }
        }
    }
}

/// How many steps are written in `items`, each counted where it stands.
pub fn written(items: &[Item]) -> u64 {
    let one = |item: &Item| match &item.node {
        Node::Step(_) => 1,
        Node::Alternate { .. } => 2,
        Node::Group { items, .. } => written(items),
        Node::Repeat { body, between, .. } => {
            written(std::slice::from_ref(body))
                + between.as_deref().map_or(0, |b| written(std::slice::from_ref(b)))
        }
        Node::Ladder { items, between, .. } => written(items) + written(std::slice::from_ref(between)),
    };
    items.iter().map(one).fold(0, u64::saturating_add)
}
