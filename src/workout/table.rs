//! Steps as tables. They lower into the same items as the notation.

use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{Table, Value, list, misspelt, wrong_value};
use crate::text::{certain, cut, nearest, quoted};
use crate::units::Millis;
use crate::workout::document::{CueLine, EndLine, Item, Node, StepLine};
use crate::workout::parser::{DEEPEST, LONGEST_CUE, LONGEST_LABEL, fragment, open_leg};
use crate::workout::read::Reader;
use crate::workout::sequence::{CueTime, Kind};
use crate::workout::words;
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
const CUE_KEYS: [&str; 3] = ["at", "every", "say"];
const KINDS: [&str; 5] = ["warmup", "cooldown", "recovery", "rest", "interval"];
const CUES: &str = "write `cues = [{ at = \"-60s\", say = \"Shoulders down\" }]`";

/// What a table is: the keys that say so, and the keys that go with it.
struct Shape {
    name: &'static str,
    keys: &'static [&'static str],
}

const STEP: Shape = Shape {
    name: "a step",
    keys: &["time", "distance", "open", "in", "target", "incline", "label", "kind", "cues"],
};
const REPEAT: Shape =
    Shape { name: "`repeat`", keys: &["repeat", "steps", "between", "label", "kind", "cues"] };
const LADDER: Shape =
    Shape { name: "`ladder`", keys: &["ladder", "steps", "between", "label", "kind", "cues"] };
const GROUP: Shape =
    Shape { name: "`steps` without `repeat` or `ladder`", keys: &["steps", "label", "kind", "cues"] };
const ALTERNATE: Shape = Shape { name: "`alternate`", keys: &["alternate", "for", "label", "kind"] };

impl Reader<'_> {
    /// A table of steps within `depth` brackets; `between` where it is a recovery.
    pub(super) fn table(&mut self, value: &Value<'_>, depth: usize, between: bool) -> Option<Item> {
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
        shape: &Shape,
        table: &Table<'_>,
        value: &Value<'_>,
        (depth, between): (usize, bool),
    ) -> Option<Item> {
        let span = value.span();
        let label = table.get("label").and_then(|v| self.label(v));
        let kind = table.get("kind").and_then(|v| self.kind(v));
        let named =
            label.as_deref().and_then(|l| words::kind(&l.replace(['-', '\u{2010}', '\u{2011}'], " ")));
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
                Node::Repeat { count: count?, body: Box::new(body), between }
            }
        };
        Some(Item { label, kind: kind.or(named), node, cues: own, span })
    }

    /// Reports keys that are not known, or do not go with what the table is.
    fn keys(&mut self, table: &Table<'_>, shape: &Shape) {
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

    fn inner(&mut self, table: &Table<'_>, value: &Value<'_>, depth: usize) -> Option<Vec<Item>> {
        let Some(steps) = table.get("steps") else {
            let problem = Diagnostic::error(value.span(), "what is repeated is missing", "no `steps`");
            let help = "write `steps = [\"60s hard\"]`, in the same table".to_string();
            self.problems.push(problem.with_help(help));
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

    fn ladder_between(&mut self, table: &Table<'_>, value: &Value<'_>, depth: usize) -> Option<Item> {
        match table.get("between") {
            Some(between) => self.between(between, depth),
            None => {
                let message = "a ladder needs what stands between its steps";
                let problem = Diagnostic::error(value.span(), message, "no `between`");
                let help = "write `between = \"1min easy\"`, or leave `ladder` out";
                self.problems.push(problem.with_help(help));
                None
            }
        }
    }

    /// What stands between two reps: a string, a table, or a list of them, which is a group.
    fn between(&mut self, value: &Value<'_>, depth: usize) -> Option<Item> {
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

    fn count(&mut self, value: &Value<'_>) -> Option<u64> {
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
                count.map(|n| n.min(1_000_000_000_000_000_000))
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
    fn flag(&mut self, key: &str, value: &Value<'_>) {
        if !matches!(value.get_ref(), DeValue::Boolean(true)) {
            self.wrong(key, value, &format!("write `{key} = true`, or leave it out"));
        }
    }

    fn alternate(&mut self, table: &Table<'_>, value: &Value<'_>) -> Option<Node> {
        let form = "write `alternate = [\"1min hard\", \"1min easy\"]`, and `for = \"15min\"`";
        let legs = table.get("alternate")?;
        let total = match table.get("for") {
            Some(total) => self.time_of("for", total),
            None => {
                let message = "`alternate` needs the time at which it ends";
                let problem = Diagnostic::error(value.span(), message, "no `for`");
                self.problems.push(problem.with_help("write `for = \"15min\"`, in the same table"));
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

    fn leg(&mut self, value: &Value<'_>, form: &str) -> Option<StepLine> {
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

    /// The parts of a single step but its label and kind.
    fn step(&mut self, table: &Table<'_>, value: &Value<'_>, between: bool) -> Option<StepLine> {
        let before = self.problems.len();
        let end = self.end(table, value);
        let mut step = StepLine {
            kind: None,
            end: end.unwrap_or(EndLine::Open),
            targets: Vec::new(),
            incline: None,
            cues: Vec::new(),
            span: value.span(),
        };
        if let Some(value) = table.get("target") {
            self.target(value, &mut step, between);
        }
        if let Some(value) = table.get("incline") {
            self.incline(value, &mut step);
        }
        step.cues = table.get("cues").map(|v| self.cues(v)).unwrap_or_default();
        (end.is_some() && self.problems.len() == before).then_some(step)
    }

    fn end(&mut self, table: &Table<'_>, value: &Value<'_>) -> Option<EndLine> {
        let mut ends: Vec<_> = table
            .iter()
            .filter(|(key, _)| matches!(key.get_ref().as_ref(), "time" | "distance" | "open"))
            .collect();
        ends.sort_by_key(|(key, _)| key.span().start);
        let within = table.get_key_value("in");
        let Some(((key, end), more)) = ends.split_first() else {
            let unknown = table.iter().any(|(key, _)| !STEP_KEYS.contains(&key.get_ref().as_ref()));
            // A misspelt key was probably the end.
            if !unknown {
                let problem = Diagnostic::error(value.span(), "this step has no end", "how long?");
                let help = "write `time = \"60s\"`, `distance = \"400m\"` or `open = true`";
                self.problems.push(problem.with_help(help));
            }
            return None;
        };
        for (second, _) in more {
            let message = format!("`{}` beside `{}`: a step has one end", second.get_ref(), key.get_ref());
            let problem = Diagnostic::error(second.span(), message, "a second end");
            let help = "leave one of them out; a distance's own time is `in = \"90s\"`";
            self.problems.push(problem.with_help(help));
        }
        let key = key.get_ref().as_ref();
        if let (Some((name, _)), true) = (within, key != "distance") {
            let problem =
                Diagnostic::error(name.span(), format!("`in` does not go with `{key}`"), "not here");
            self.problems
                .push(problem.with_help("only a distance has a time of its own: `distance = \"400m\"`"));
            return None;
        }
        if key == "open" {
            self.flag("open", end);
            return Some(EndLine::Open);
        }
        let line = self.length(key, end);
        let within = within.map(|(_, value)| self.length("in", value));
        match (line?, within) {
            (line, None) => Some(line),
            (EndLine::Distance { upper, lower, unit, .. }, Some(within)) => match within? {
                EndLine::Time { upper: time, lower: fastest } => {
                    let within = Some((time, fastest));
                    Some(EndLine::Distance { upper, lower, within, unit })
                }
                _ => None,
            },
            (line, _) => Some(line),
        }
    }

    /// The length at `key`, of the sort that the key takes.
    fn length(&mut self, key: &str, value: &Value<'_>) -> Option<EndLine> {
        let distance = key == "distance";
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit(key, value);
            return None;
        }
        let line = self.fragment(value, fragment::end)?;
        let fits = matches!(line, EndLine::Distance { .. }) == distance;
        if !fits {
            let (message, help) = match key {
                "distance" => ("this is a time", "write `time = …`"),
                "time" => ("this is a distance", "write `distance = …`"),
                _ => ("this is a distance", "write the time it takes, like `in = \"90s\"`"),
            };
            let problem = Diagnostic::error(value.span(), message, format!("`{key}` takes another sort"));
            self.problems.push(problem.with_help(help));
            return None;
        }
        Some(line)
    }

    /// A single time at `key`.
    fn time_of(&mut self, key: &str, value: &Value<'_>) -> Option<Millis> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit(key, value);
            return None;
        }
        self.fragment(value, fragment::time)
    }

    /// Reports a length that is no string, asking for the unit of a bare number.
    fn no_unit(&mut self, key: &str, value: &Value<'_>) {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_string(),
            DeValue::Float(number) => number.as_str().to_string(),
            DeValue::Datetime(time) => {
                let written = time.to_string();
                let help = format!("write it in quotes: `{key} = \"1:30\"` is a minute and a half");
                let message = format!("{} is a time of day", quoted(&written));
                self.problems.push(Diagnostic::error(value.span(), message, "not a length").with_help(help));
                return;
            }
            _ => {
                let example = if key == "distance" { "400m" } else { "60s" };
                self.wrong(key, value, &format!("write a length in quotes: `{key} = \"{example}\"`"));
                return;
            }
        };
        let units = if key == "distance" { ["km", "mi"] } else { ["s", "min"] };
        let [first, second] = units.map(|unit| format!("`{key} = \"{number}{unit}\"`"));
        let message = format!("{} has no unit", quoted(&format!("{key} = {number}")));
        let problem = Diagnostic::error(value.span(), message, "of what?");
        self.problems.push(problem.with_help(format!("write {first} or {second}")));
    }

    fn target(&mut self, value: &Value<'_>, step: &mut StepLine, between: bool) {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong(
                "target",
                value,
                "write a target in quotes: `target = \"easy\"`, `target = \"10km/h\"`",
            );
            return;
        }
        let whole = self.fragment(value, |text, names, problems| {
            fragment::targets((text, names), step, between, problems)
        });
        if whole.is_some() && step.targets.is_empty() && step.incline.is_none() && step.kind.is_none() {
            let problem =
                Diagnostic::error(value.span(), "this target says nothing", "only words that are ignored");
            self.problems.push(problem.with_help("write an effort, a pace or a zone, or leave `target` out"));
        }
    }

    fn incline(&mut self, value: &Value<'_>, step: &mut StepLine) {
        if step.incline.is_some() {
            let problem = Diagnostic::error(value.span(), "a second incline", "`target` has one already");
            self.problems.push(problem.with_help("leave one of them out"));
        } else if matches!(value.get_ref(), DeValue::String(_)) {
            self.fragment(value, |text, names, problems| fragment::incline((text, names), step, problems));
        } else {
            step.incline = self.percent(value).map(|percent| (percent, None));
        }
    }

    /// Text at `key` of at most `longest` characters, its parameters filled in.
    fn words(&mut self, key: &str, value: &Value<'_>, longest: usize) -> Option<String> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong(key, value, &format!("write text in quotes: `{key} = \"…\"`"));
            return None;
        }
        let filled = self.filled(value);
        self.problems.extend(filled.explain(Vec::new(), Some(&[])));
        let text = filled.notation.text.trim();
        let (message, help) = if text.is_empty() {
            (format!("`{key}` is empty"), "write something, or leave it out")
        } else if text.chars().nth(longest).is_some() {
            (
                format!("`{key}` is longer than {longest} characters"),
                "shorten it to what you can read while running",
            )
        } else {
            return Some(cut(text, longest));
        };
        self.problems.push(Diagnostic::error(value.span(), message, "not readable").with_help(help));
        None
    }

    fn label(&mut self, value: &Value<'_>) -> Option<String> {
        self.words("label", value, LONGEST_LABEL)
    }

    fn kind(&mut self, value: &Value<'_>) -> Option<Kind> {
        let text = self.words("kind", value, LONGEST_LABEL)?;
        let kind = words::kind(&text.replace('-', " "));
        if kind.is_none() {
            let problem =
                Diagnostic::error(value.span(), format!("unknown kind {}", quoted(&text)), "no kind");
            let problem = problem.with_help(match nearest(&text, KINDS.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the kinds are {}", list(&KINDS)),
            });
            self.problems.push(match certain(&text, KINDS.into_iter()) {
                Some(sure) => problem.with_fix(value.span(), format!("\"{sure}\"")),
                None => problem,
            });
        }
        kind
    }

    fn cues(&mut self, value: &Value<'_>) -> Vec<CueLine> {
        match value.get_ref() {
            DeValue::Array(cues) => cues.iter().filter_map(|cue| self.cue(cue)).collect(),
            _ => {
                self.wrong("cues", value, CUES);
                Vec::new()
            }
        }
    }

    fn cue(&mut self, value: &Value<'_>) -> Option<CueLine> {
        let DeValue::Table(table) = value.get_ref() else {
            self.problems.push(wrong_value("cues", value, CUES));
            return None;
        };
        let before = self.problems.len();
        for (key, _) in table.iter().filter(|(key, _)| !CUE_KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(misspelt(table, key, &CUE_KEYS));
        }
        let unknown = self.problems.len() > before;
        let (when, span) = match (table.get("at"), table.get("every")) {
            (Some(at), None) => (self.when(at), at.span()),
            (None, Some(every)) => (self.every(every), every.span()),
            (Some(_), Some(every)) => {
                let problem =
                    Diagnostic::error(every.span(), "a cue has `at` or `every`, not both", "a second time");
                self.problems.push(problem.with_help("write two cues"));
                return None;
            }
            (None, None) => {
                if !unknown {
                    let problem = Diagnostic::error(value.span(), "this cue does not say when", "no `at`");
                    let help = "write `at = \"half\"`, `at = \"-60s\"` or `every = \"5min\"`";
                    self.problems.push(problem.with_help(help));
                }
                return None;
            }
        };
        let Some(say) = table.get("say") else {
            if !unknown {
                let problem = Diagnostic::error(value.span(), "this cue says nothing", "no `say`");
                self.problems.push(problem.with_help("write `say = \"Shoulders down\"`"));
            }
            return None;
        };
        let text = self.words("say", say, LONGEST_CUE)?;
        Some(CueLine { when: when?, text, span })
    }

    fn when(&mut self, value: &Value<'_>) -> Option<CueTime> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit("at", value);
            return None;
        }
        self.fragment(value, fragment::when)
    }

    fn every(&mut self, value: &Value<'_>) -> Option<CueTime> {
        let time = self.time_of("every", value)?;
        if time >= Millis::from_secs(1) {
            return Some(CueTime::Every(time));
        }
        let problem = Diagnostic::error(value.span(), "this is too often", "less than a second");
        self.problems.push(problem.with_help("leave at least a second between two cues, better a minute"));
        None
    }
}
