//! Steps as tables. They lower into the same items as notation.

use super::document::{AlternateEnd, EndLine, Item, Node, StepLine};
use super::file_reader::FileReader;
use super::key_phrases::PhraseFrame;
use super::lexicon;
use super::messages::forms::KeyForm;
use super::messages::item::ItemProblem;
use super::messages::table::TableProblem;
use super::parser::{RepCount, fragment};
use super::repeated_steps::Repeated;
use super::stray_keys;
use super::table_step::STEP_KEYS;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::workout::bounds::DEEPEST_NESTING;
use toml::de::DeValue;

/// The sort of a table, which one of its keys decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TableShape {
    Step,
    Repeat,
    Ladder,
    Group,
    Alternate,
}

impl TableShape {
    fn of(table: &SpannedTable<'_>) -> Self {
        match table {
            t if t.get("alternate").is_some() => TableShape::Alternate,
            t if t.get("repeat").is_some() => TableShape::Repeat,
            t if t.get("ladder").is_some() => TableShape::Ladder,
            t if t.get("steps").is_some() => TableShape::Group,
            _ => TableShape::Step,
        }
    }

    /// Returns its name, for a message.
    const fn name(self) -> &'static str {
        match self {
            TableShape::Step => "a step",
            TableShape::Repeat => "`repeat`",
            TableShape::Ladder => "`ladder`",
            TableShape::Group => "`steps` without `repeat` or `ladder`",
            TableShape::Alternate => "`alternate`",
        }
    }

    /// Returns the keys that it may have.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            TableShape::Step => &[
                "time", "distance", "open", "reps", "share", "in", "until", "target", "incline", "label",
                "kind", "cues",
            ],
            TableShape::Repeat => &["repeat", "steps", "between", "on", "label", "kind", "cues"],
            TableShape::Ladder => &["ladder", "steps", "between", "label", "kind", "cues"],
            TableShape::Group => &["steps", "label", "kind", "cues"],
            TableShape::Alternate => &["alternate", "for", "label", "kind"],
        }
    }
}

/// A table of steps where it stands.
#[derive(Clone, Copy)]
struct StepTable<'v, 'i> {
    table: &'v SpannedTable<'i>,
    value: &'v SpannedValue<'i>,
    /// The number of brackets and tables around it.
    depth: usize,
    /// It stands between two reps.
    between: bool,
}

impl FileReader<'_> {
    /// Reads a table of steps within `depth` brackets. `between` allows `full recovery`.
    pub(crate) fn table(&mut self, value: &SpannedValue<'_>, depth: usize, between: bool) -> Option<Item> {
        let table = value.get_ref().as_table()?;
        let before = self.problems.len();
        let shape = TableShape::of(table);
        self.check_keys(table, shape);
        let incomplete = std::mem::take(&mut self.incomplete);
        let item = if depth >= DEEPEST_NESTING && shape != TableShape::Step {
            self.report(value.span(), TableProblem::TablesTooDeep);
            None
        } else {
            self.shaped(shape, StepTable { table, value, depth, between })
        };
        let whole = self.problems.len() == before && !self.incomplete;
        self.incomplete |= incomplete || !whole;
        // An item with a problem is left out, so its consequences are not reported.
        item.filter(|_| whole)
    }

    fn shaped(&mut self, shape: TableShape, at: StepTable<'_, '_>) -> Option<Item> {
        let StepTable { table, value, .. } = at;
        let span = value.span();
        let label = table.get("label").and_then(|v| self.label(v));
        let kind = table.get("kind").and_then(|v| self.kind(v));
        let label_kind = label.as_deref().and_then(lexicon::label_kind);
        if shape == TableShape::Step {
            let mut step = self.step(table, value, at.between)?;
            step.kind = kind.or(step.kind);
            let node = Node::Step(Box::new(step));
            return Some(Item { label, kind: label_kind, node, cues: Vec::new(), span });
        }
        let mut cues = table.get("cues").map(|v| self.cues(v)).unwrap_or_default();
        let node = match shape {
            TableShape::Alternate => self.alternate(table)?,
            TableShape::Ladder => {
                self.flag("ladder", table.get("ladder")?);
                let items = self.inner(at);
                let between = self.ladder_between(at);
                Node::Ladder { items: items?, part: None, between: Box::new(between?) }
            }
            TableShape::Repeat => {
                let count = self.count("repeat", table.get("repeat")?);
                let items = self.inner(at);
                let between = self.repeat_between(at);
                let body = Node::Group { items: items?, part: None };
                // The cues of a repeat are said in each rep.
                let cues = std::mem::take(&mut cues);
                let body = Item { label: None, kind: None, node: body, cues, span: span.clone() };
                let RepCount { most: count, least, endless } = count?;
                let between = between?.map(Box::new);
                Node::Repeat { count, least, endless, body: Box::new(body), between }
            }
            TableShape::Step | TableShape::Group => Node::Group { items: self.inner(at)?, part: None },
        };
        Some(Item { label, kind: kind.or(label_kind), node, cues, span })
    }

    /// Reports keys that are unknown, or that do not go with `shape`.
    fn check_keys(&mut self, table: &SpannedTable<'_>, shape: TableShape) {
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            if !STEP_KEYS.contains(&name) {
                let problem = misspelt(table, key, &STEP_KEYS);
                let target = stray_keys::target(name, value).filter(|_| table.get("target").is_none());
                self.problems.push(match target {
                    Some(help) => problem.with_help(help),
                    None => problem,
                });
            } else if !shape.keys().contains(&name) {
                let (shape, keys) = (shape.name(), shape.keys());
                self.report(key.span(), TableProblem::MisplacedKey { key: name, shape, keys });
            }
        }
    }

    /// Reports that a key is missing, unless an unknown key was probably meant to be it.
    fn missing_key(&mut self, table: &SpannedTable<'_>, value: &SpannedValue<'_>, problem: TableProblem<'_>) {
        if table.iter().all(|(key, _)| STEP_KEYS.contains(&key.get_ref().as_ref())) {
            self.report(value.span(), problem);
        }
    }

    /// Reads the inner `steps`.
    fn inner(&mut self, at: StepTable<'_, '_>) -> Option<Vec<Item>> {
        let Some(steps) = at.table.get("steps") else {
            let Repeated { steps, instead } = Repeated::of(at.table);
            self.missing_key(at.table, at.value, TableProblem::MissingRepeated { steps: &steps, instead });
            return None;
        };
        let before = self.problems.len();
        let items = self.list(steps, at.depth + 1);
        if items.is_empty() && self.problems.len() == before && !self.incomplete {
            self.report(steps.span(), TableProblem::EmptyTable);
        }
        (!items.is_empty()).then_some(items)
    }

    /// Reads what stands between the reps: `between`, `on`, or nothing. Fails if there is a problem with it.
    fn repeat_between(&mut self, at: StepTable<'_, '_>) -> Option<Option<Item>> {
        let (between, send_off) = (at.table.get("between"), at.table.get_key_value("on"));
        if let (Some(_), Some((key, _))) = (between, send_off) {
            self.report(key.span(), TableProblem::OnBesideBetween);
            return None;
        }
        match (between, send_off) {
            (Some(value), _) => self.between(value, at.depth).map(Some),
            (None, Some((_, value))) => {
                let step = StepLine::new(EndLine::SendOff(self.time_of("on", value)?), value.span());
                let span = value.span();
                let node = Node::Step(Box::new(step));
                Some(Some(Item { label: None, kind: None, node, cues: Vec::new(), span }))
            }
            (None, None) => Some(None),
        }
    }

    fn ladder_between(&mut self, at: StepTable<'_, '_>) -> Option<Item> {
        match at.table.get("between") {
            Some(between) => self.between(between, at.depth),
            None => {
                self.missing_key(at.table, at.value, TableProblem::LadderWithoutBetween);
                None
            }
        }
    }

    /// Reads `between`: a string, a table, or a list of them, which is a group.
    fn between(&mut self, value: &SpannedValue<'_>, depth: usize) -> Option<Item> {
        match value.get_ref() {
            DeValue::String(_) => self.fragment(value, PhraseFrame::Step, |notation, names, problems| {
                fragment::between(notation, names, depth, problems)
            }),
            DeValue::Table(_) => self.table(value, depth, true),
            DeValue::Array(_) => {
                let items = self.list(value, depth + 1);
                if items.is_empty() {
                    self.report(value.span(), TableProblem::EmptyBetween);
                    return None;
                }
                let node = Node::Group { items, part: None };
                Some(Item { label: None, kind: None, node, cues: Vec::new(), span: value.span() })
            }
            _ => {
                self.wrong("between", value, KeyForm::Between);
                None
            }
        }
    }

    /// Reads a number of reps at `key`, or a range of them.
    pub(crate) fn count(&mut self, key: &'static str, value: &SpannedValue<'_>) -> Option<RepCount> {
        match value.get_ref() {
            DeValue::String(text) if is_count_with_sign(text) => {
                self.wrong(key, value, KeyForm::Count { key });
                let number = text.trim().trim_end_matches(['x', 'X', '×', ' ']).to_string();
                self.offer(value, |_| number, |fix| format!("write `{key} = {fix}`"));
                None
            }
            DeValue::String(_) => self.fragment(value, PhraseFrame::Notation, fragment::count),
            DeValue::Integer(number) if number.radix() == 10 => {
                let text = number.as_str();
                // A number too large for u64 is still too many.
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let count = text.parse::<u64>().ok().or(digits.then_some(u64::MAX)).filter(|n| *n > 0);
                if count.is_none() {
                    self.report(value.span(), TableProblem::InvalidRepeat { key, number: text });
                }
                count.map(|n| RepCount::exactly(n.min(1_000_000_000_000_000_000)))
            }
            DeValue::Float(number) => {
                self.report(value.span(), TableProblem::InvalidRepeat { key, number: number.as_str() });
                None
            }
            _ => {
                self.wrong(key, value, KeyForm::Count { key });
                None
            }
        }
    }

    /// Checks that `key` is `true`.
    pub(crate) fn flag(&mut self, key: &str, value: &SpannedValue<'_>) {
        if !matches!(value.get_ref(), DeValue::Boolean(true)) {
            self.wrong(key, value, KeyForm::Flag { key });
        }
    }

    fn alternate_end(&mut self, value: &SpannedValue<'_>) -> Option<AlternateEnd> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            return self.time_of("for", value).map(AlternateEnd::Time);
        }
        self.fragment(value, PhraseFrame::Distance, fragment::alternate_end)
    }

    fn alternate(&mut self, table: &SpannedTable<'_>) -> Option<Node> {
        let legs = table.get("alternate")?;
        let total = match table.get("for") {
            Some(total) => self.alternate_end(total),
            None => Some(AlternateEnd::Enter),
        };
        let has_end = total.is_none_or(|total| total != AlternateEnd::Enter);
        let DeValue::Array(list) = legs.get_ref() else {
            self.wrong("alternate", legs, KeyForm::Alternate);
            return None;
        };
        let mut lines = list.iter().map(|leg| self.leg(leg, has_end)).collect::<Vec<_>>().into_iter();
        let (Some(first), Some(second), None) = (lines.next(), lines.next(), lines.next()) else {
            self.report(legs.span(), TableProblem::NotTwoLegs { count: list.len() });
            return None;
        };
        Some(Node::Alternate { first: Box::new(first?), second: Box::new(second?), total: total? })
    }

    /// Reads a leg of an `alternate`, which may be open if the `alternate` has no end.
    fn leg(&mut self, value: &SpannedValue<'_>, has_end: bool) -> Option<StepLine> {
        let leg = match value.get_ref() {
            DeValue::String(_) => self.fragment(value, PhraseFrame::Step, fragment::step)?,
            DeValue::Table(table) => {
                let before = self.problems.len();
                self.check_keys(table, TableShape::Step);
                if table.get("label").is_some() {
                    self.report(value.span(), TableProblem::LabelledLeg);
                }
                let mut step = self.step(table, value, false)?;
                step.kind = table.get("kind").and_then(|v| self.kind(v)).or(step.kind);
                (self.problems.len() == before).then_some(step)?
            }
            _ => {
                self.wrong("alternate", value, KeyForm::Alternate);
                return None;
            }
        };
        if has_end && leg.end == EndLine::Open {
            self.report(leg.span, ItemProblem::OpenLeg);
            return None;
        }
        Some(leg)
    }
}

/// True for `8x`, a count with the sign that notation has behind it.
fn is_count_with_sign(text: &str) -> bool {
    let number = text.trim().trim_end_matches(['x', 'X', '×', ' ']);
    number.len() < text.trim().len() && number.parse::<u32>().is_ok_and(|count| count > 0)
}
