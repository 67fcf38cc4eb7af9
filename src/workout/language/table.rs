//! Steps as tables. They lower into the same items as the notation.

use super::document::{AlternateEnd, EndLine, Item, Node, StepLine};
use super::file::FileReader;
use super::lexicon;
use super::parser::{DEEPEST, RepCount, fragment, open_leg};
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, list, misspelt};
use crate::text::quoted;
use toml::de::DeValue;

/// Every key of a step's table.
pub const STEP_KEYS: [&str; 15] = [
    "time",
    "distance",
    "open",
    "in",
    "target",
    "incline",
    "label",
    "kind",
    "cues",
    "repeat",
    "ladder",
    "steps",
    "between",
    "alternate",
    "for",
];

/// What a table is: the keys that say so, and the keys that go with it.
struct TableShape {
    name: &'static str,
    keys: &'static [&'static str],
}

const STEP: TableShape = TableShape {
    name: "a step",
    keys: &["time", "distance", "open", "in", "target", "incline", "label", "kind", "cues"],
};
const REPEAT: TableShape =
    TableShape { name: "`repeat`", keys: &["repeat", "steps", "between", "label", "kind", "cues"] };
const LADDER: TableShape =
    TableShape { name: "`ladder`", keys: &["ladder", "steps", "between", "label", "kind", "cues"] };
const GROUP: TableShape =
    TableShape { name: "`steps` without `repeat` or `ladder`", keys: &["steps", "label", "kind", "cues"] };
const ALTERNATE: TableShape =
    TableShape { name: "`alternate`", keys: &["alternate", "for", "label", "kind"] };

impl FileReader<'_> {
    /// A table of steps within `depth` brackets; `between` where it is a recovery.
    pub(crate) fn table(&mut self, value: &SpannedValue<'_>, depth: usize, between: bool) -> Option<Item> {
        let table = value.get_ref().as_table()?;
        let before = self.problems.len();
        let shape = match table {
            t if t.get("alternate").is_some() => ALTERNATE,
            t if t.get("repeat").is_some() => REPEAT,
            t if t.get("ladder").is_some() => LADDER,
            t if t.get("steps").is_some() => GROUP,
            _ => STEP,
        };
        self.keys(table, &shape);
        let lacking = std::mem::take(&mut self.lacking);
        let item = if depth >= DEEPEST && shape.name != STEP.name {
            let message = format!("tables and brackets nest deeper than {DEEPEST}");
            let problem = Diagnostic::error(value.span(), message, "one too many");
            self.problems.push(problem.with_help("write the steps out, or nest fewer of them"));
            None
        } else {
            self.shaped(&shape, table, value, (depth, between))
        };
        let whole = self.problems.len() == before && !self.lacking;
        self.lacking |= lacking || !whole;
        // What has a problem is left out, so that nothing follows from it.
        item.filter(|_| whole)
    }

    fn shaped(
        &mut self,
        shape: &TableShape,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        (depth, between): (usize, bool),
    ) -> Option<Item> {
        let span = value.span();
        let label = table.get("label").and_then(|v| self.label(v));
        let kind = table.get("kind").and_then(|v| self.kind(v));
        let named =
            label.as_deref().and_then(|l| lexicon::kind(&l.replace(['-', '\u{2010}', '\u{2011}'], " ")));
        if shape.name == STEP.name {
            let mut step = self.step(table, value, between)?;
            step.kind = kind.or(step.kind);
            let node = Node::Step(Box::new(step));
            return Some(Item { label, kind: named, node, cues: Vec::new(), span });
        }
        let cues = table.get("cues").map(|v| self.cues(v)).unwrap_or_default();
        let mut own = Vec::new();
        let node = match shape.name {
            name if name == ALTERNATE.name => self.alternate(table, value)?,
            name if name == GROUP.name => {
                own = cues;
                Node::Group { items: self.inner(table, value, depth)?, part: None }
            }
            name if name == LADDER.name => {
                own = cues;
                self.flag("ladder", table.get("ladder")?);
                let items = self.inner(table, value, depth);
                let between = self.ladder_between(table, value, depth);
                Node::Ladder { items: items?, part: None, between: Box::new(between?) }
            }
            _ => {
                let count = self.count(table.get("repeat")?);
                let items = self.inner(table, value, depth);
                let between = table.get("between").map(|v| self.between(v, depth));
                let body = Node::Group { items: items?, part: None };
                let body = Item { label: None, kind: None, node: body, cues, span: span.clone() };
                let between = match between {
                    Some(item) => Some(Box::new(item?)),
                    None => None,
                };
                let RepCount { most: count, least } = count?;
                Node::Repeat { count, least, body: Box::new(body), between }
            }
        };
        Some(Item { label, kind: kind.or(named), node, cues: own, span })
    }

    /// Reports keys that are not known, or do not go with what the table is.
    fn keys(&mut self, table: &SpannedTable<'_>, shape: &TableShape) {
        for (key, _) in table.iter() {
            let name = key.get_ref().as_ref();
            if !STEP_KEYS.contains(&name) {
                self.problems.push(misspelt(table, key, &STEP_KEYS));
            } else if !shape.keys.contains(&name) {
                let message = format!("`{name}` does not go with {}", shape.name);
                let help = match (name, shape.name) {
                    ("between", _) => "say how often: `repeat = 8`, or `ladder = true`".to_string(),
                    ("for", _) => "`for` is the time of an `alternate = [a, b]`".to_string(),
                    ("repeat" | "ladder" | "steps", _) => {
                        format!("leave one of them out: {} stands alone", shape.name)
                    }
                    _ => format!(
                        "write it in one of the inner steps; with {} go {}",
                        shape.name,
                        list(shape.keys)
                    ),
                };
                let problem = Diagnostic::error(key.span(), message, "not here");
                self.problems.push(problem.with_help(help));
            }
        }
    }

    /// Reports that a key is missing, unless another may have been meant to be it.
    fn missing_key(
        &mut self,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        (message, label): (&str, &str),
        help: &str,
    ) {
        if table.iter().all(|(key, _)| STEP_KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(Diagnostic::error(value.span(), message, label).with_help(help));
        }
    }

    fn inner(
        &mut self,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        depth: usize,
    ) -> Option<Vec<Item>> {
        let Some(steps) = table.get("steps") else {
            let help = "write `steps = [\"60s hard\"]`, in the same table";
            self.missing_key(table, value, ("what is repeated is missing", "no `steps`"), help);
            return None;
        };
        let before = self.problems.len();
        let items = self.list(steps, depth + 1);
        if items.is_empty() && self.problems.len() == before && !self.lacking {
            let problem = Diagnostic::error(steps.span(), "there are no steps in this", "nothing to run");
            self.problems.push(problem.with_help("write steps in it, like `steps = [\"60s hard\"]`"));
        }
        (!items.is_empty()).then_some(items)
    }

    fn ladder_between(
        &mut self,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        depth: usize,
    ) -> Option<Item> {
        match table.get("between") {
            Some(between) => self.between(between, depth),
            None => {
                let said = ("a ladder needs what stands between its steps", "no `between`");
                self.missing_key(
                    table,
                    value,
                    said,
                    "write `between = \"1min easy\"`, or leave `ladder` out",
                );
                None
            }
        }
    }

    /// What stands between two reps: a string, a table, or a list of them, which is a group.
    fn between(&mut self, value: &SpannedValue<'_>, depth: usize) -> Option<Item> {
        match value.get_ref() {
            DeValue::String(_) => self
                .fragment(value, |text, names, problems| fragment::between((text, names), depth, problems)),
            DeValue::Table(_) => self.table(value, depth, true),
            DeValue::Array(_) => {
                let items = self.list(value, depth + 1);
                if items.is_empty() {
                    let problem = Diagnostic::error(value.span(), "nothing stands between", "an empty list");
                    self.problems.push(problem.with_help("leave `between` out, or write `\"60s easy\"`"));
                    return None;
                }
                let node = Node::Group { items, part: None };
                Some(Item { label: None, kind: None, node, cues: Vec::new(), span: value.span() })
            }
            _ => {
                self.wrong("between", value, "write a step: `between = \"60s easy\"`");
                None
            }
        }
    }

    fn count(&mut self, value: &SpannedValue<'_>) -> Option<RepCount> {
        let help = "write a whole number from 1 on: `repeat = 8`";
        match value.get_ref() {
            DeValue::String(_) => self.fragment(value, fragment::count),
            DeValue::Integer(number) if number.radix() == 10 => {
                let text = number.as_str();
                // What is too large to read is still too many.
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let count = text.parse::<u64>().ok().or(digits.then_some(u64::MAX)).filter(|n| *n > 0);
                if count.is_none() {
                    let message = format!("{} is no count", quoted(text));
                    let problem = Diagnostic::error(value.span(), message, "not a number of reps");
                    self.problems.push(problem.with_help(help));
                }
                count.map(|n| RepCount { most: n.min(1_000_000_000_000_000_000), least: None })
            }
            DeValue::Float(number) => {
                let message = format!("{} is no count", quoted(number.as_str()));
                let problem = Diagnostic::error(value.span(), message, "not a number of reps");
                self.problems.push(problem.with_help(help));
                None
            }
            _ => {
                self.wrong("repeat", value, help);
                None
            }
        }
    }

    /// `key = true`.
    pub(crate) fn flag(&mut self, key: &str, value: &SpannedValue<'_>) {
        if !matches!(value.get_ref(), DeValue::Boolean(true)) {
            self.wrong(key, value, &format!("write `{key} = true`, or leave it out"));
        }
    }

    fn alternate_end(&mut self, value: &SpannedValue<'_>) -> Option<AlternateEnd> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            return self.time_of("for", value).map(AlternateEnd::Time);
        }
        self.fragment(value, fragment::alternate_end)
    }

    fn alternate(&mut self, table: &SpannedTable<'_>, value: &SpannedValue<'_>) -> Option<Node> {
        let form = "write `alternate = [\"1min hard\", \"1min easy\"]`, and `for = \"15min\"`";
        let legs = table.get("alternate")?;
        let total = match table.get("for") {
            Some(total) => self.alternate_end(total),
            None => {
                let said = ("`alternate` needs the time at which it ends", "no `for`");
                self.missing_key(table, value, said, "write `for = \"15min\"`, in the same table");
                None
            }
        };
        let DeValue::Array(list) = legs.get_ref() else {
            self.wrong("alternate", legs, form);
            return None;
        };
        let mut lines = list.iter().map(|leg| self.leg(leg, form)).collect::<Vec<_>>().into_iter();
        let (Some(first), Some(second), None) = (lines.next(), lines.next(), lines.next()) else {
            let message = format!("`alternate` takes two steps, not {}", list.len());
            self.problems.push(Diagnostic::error(legs.span(), message, "not two").with_help(form));
            return None;
        };
        Some(Node::Alternate { first: Box::new(first?), second: Box::new(second?), total: total? })
    }

    fn leg(&mut self, value: &SpannedValue<'_>, form: &str) -> Option<StepLine> {
        let leg = match value.get_ref() {
            DeValue::String(_) => self.fragment(value, fragment::step)?,
            DeValue::Table(table) => {
                let before = self.problems.len();
                self.keys(table, &STEP);
                if table.get("label").is_some() {
                    let problem =
                        Diagnostic::error(value.span(), "a leg of `alternate` has no label", "not here");
                    self.problems.push(problem.with_help("give the whole `alternate` a label"));
                }
                let mut step = self.step(table, value, false)?;
                step.kind = table.get("kind").and_then(|v| self.kind(v)).or(step.kind);
                (self.problems.len() == before).then_some(step)?
            }
            _ => {
                self.wrong("alternate", value, form);
                return None;
            }
        };
        if leg.end == EndLine::Open {
            self.problems.push(open_leg(&leg));
            return None;
        }
        Some(leg)
    }
}
