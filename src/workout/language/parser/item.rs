//! Lines, groups, repeats, ladders and `alternate`.

use super::{DEEPEST, LONGEST_LABEL, ParseResult, Parser, Reported};
use crate::diagnostic::Diagnostic;
use crate::text::{cut, quoted};
use crate::units::Millis;
use crate::workout::compile::limits::MOST_STEPS;
use crate::workout::language::document::{
    AlternateEnd, EndLine, Item, Node, PaceLine, PaceOffset, Spanned, StepLine, TargetLine,
};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::{NamedTarget, WordMeaning};
use crate::workout::language::settle;
use crate::workout::sequence;

/// A label with the kind it names.
type Label = (Option<String>, Option<sequence::Kind>);

impl Parser<'_> {
    /// Items up to the end, or up to the bracket that closes group `depth`.
    pub(crate) fn line(&mut self, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let mut after = Vec::new();
        let mut comma: Option<Token> = None;
        loop {
            let next = self.peek();
            match next.tok {
                Tok::Newline => self.take(&next),
                Tok::End => break,
                Tok::Close if depth > 0 => break,
                Tok::Close => comma = self.end_of_item(depth),
                Tok::Comma => {
                    self.take(&next);
                    self.fail(
                        (next.start, next.end),
                        "nothing stands before this comma".to_string(),
                        "a step is missing, or the comma is one too many",
                        "write one comma between two steps".to_string(),
                    );
                }
                _ => {
                    comma = None;
                    // `, then`: what follows comes after the reps, not between them.
                    if !items.is_empty()
                        && next.tok == Tok::Word
                        && self.text_of(&next).eq_ignore_ascii_case("then")
                    {
                        self.take(&next);
                        after.push(items.len());
                    }
                    let problems = self.problems.len();
                    match self.item() {
                        // What has a problem is left out, so that nothing follows from it.
                        Ok(item) if self.problems.len() == problems => items.push(item),
                        Ok(_) => {}
                        Err(_) => self.skip_item(),
                    }
                    if depth == 0 && items.len() as u64 > MOST_STEPS {
                        // Too many already, as counting will say.
                        self.at = self.notation.text.len();
                    }
                    if let Some(token) = self.end_of_item(depth) {
                        comma = Some(token);
                    }
                }
            }
        }
        if let Some(comma) = comma {
            let span = self.span(comma.start, comma.end);
            let problem = Diagnostic::error(span.clone(), "a comma at the end", "no step follows");
            let problem = problem.with_help("leave it out, or write the next step");
            // In brackets a step may have been lost; at the end of all it is a habit of lists.
            self.report(if depth == 0 { problem.with_fix(span, "") } else { problem });
        }
        self.settle(&mut items, &after);
        items
    }

    /// Gives repeats the recoveries that stand behind them after a comma.
    fn settle(&mut self, items: &mut Vec<Item>, after: &[usize]) {
        if !self.problems.is_empty() {
            return;
        }
        let is_repeated = self.repeated.is_some_and(|count| count > 1);
        let settled = settle::settle(items, after, is_repeated);
        self.notes.extend(settled.notes);
        for problem in settled.problems {
            self.report(problem);
        }
        settle::rest_between_strides(items, &mut self.notes);
    }

    /// Takes the comma or the line's end behind an item; gives back the comma.
    fn end_of_item(&mut self, depth: usize) -> Option<Token> {
        let mut reported = false;
        loop {
            let next = self.peek();
            match next.tok {
                Tok::Comma => {
                    self.take(&next);
                    return Some(next);
                }
                Tok::Newline => {
                    self.take(&next);
                    return None;
                }
                Tok::End => return None,
                Tok::Close if depth > 0 => return None,
                _ if reported => {}
                _ => self.misplaced(&next),
            }
            reported = true;
            if next.tok == Tok::Close {
                self.take(&next);
            }
            self.skip_item();
        }
    }

    /// Reports what stands behind an item but cannot.
    fn misplaced(&mut self, next: &Token) {
        let at = (next.start, next.end);
        if next.tok == Tok::Close {
            let message = "a bracket closes that was not opened".to_string();
            let help = "leave it out, or open it with `(` where the group begins; \
                        a cue with brackets in it needs quotes"
                .to_string();
            self.fail(at, message, "no `(` belongs to it", help);
        } else {
            let message = format!("{} does not follow a step", self.found(next));
            let help = "put a comma between two steps".to_string();
            self.fail(at, message, "not expected here", help);
        }
    }

    fn item(&mut self) -> ParseResult<Item> {
        let start = self.peek().start;
        let (label, kind) = self.label()?;
        let mut item = self.unlabelled()?;
        if label.is_some() {
            give_label_target(&mut item, label.as_deref().unwrap_or_default(), &mut self.notes);
            item.label = label;
            item.kind = kind;
            item.span = self.since(start);
        }
        Ok(item)
    }

    fn unlabelled(&mut self) -> ParseResult<Item> {
        let next = self.peek();
        if next.tok == Tok::Open || self.part_here().is_some() {
            return self.group_or_ladder();
        }
        let problems = self.problems.len();
        if let Some(count) = self.count() {
            return self.repeat(next.start, count);
        }
        let item = self.step_or_alternate()?;
        self.no_slash((next.start, self.at), problems)?;
        Ok(item)
    }

    pub(crate) fn step_or_alternate(&mut self) -> ParseResult<Item> {
        let next = self.peek();
        if next.tok == Tok::Word && lexicon::is(self.text_of(&next), WordMeaning::Alternate) {
            return self.alternate(&next);
        }
        Ok(self.step_item(false))
    }

    /// A step as an item; `between` where `full recovery` may stand.
    fn step_item(&mut self, between: bool) -> Item {
        let step = self.step(between);
        Item {
            label: None,
            kind: None,
            span: step.span.clone(),
            node: Node::Step(Box::new(step)),
            cues: Vec::new(),
        }
    }

    fn group_or_ladder(&mut self) -> ParseResult<Item> {
        let start = self.peek().start;
        let mut group = self.group(None)?;
        if self.eat(&Tok::Slash).is_none() {
            return Ok(group);
        }
        let between = Box::new(self.recovery()?);
        if let Node::Group { items, part } = group.node {
            group.node = Node::Ladder { items, part, between };
        }
        group.span = self.since(start);
        self.no_second_slash()?;
        Ok(group)
    }

    /// `(line) {cue}`; `repeated` says how often, where it is the body of a repeat.
    pub(crate) fn group(&mut self, repeated: Option<u64>) -> ParseResult<Item> {
        if let Some(name) = self.part_here() {
            return self.part(name);
        }
        let open = self.peek();
        if self.depth >= DEEPEST {
            let message = format!("brackets nest deeper than {DEEPEST}");
            let help = "write the steps out, or use fewer brackets".to_string();
            return Err(self.fail((open.start, open.end), message, "one bracket too many", help));
        }
        self.take(&open);
        let problems = self.problems.len();
        let outer = std::mem::replace(&mut self.repeated, repeated);
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let items = self.line(self.depth);
        self.depth -= 1;
        self.repeated = outer;
        let silent = self.problems.len() > problems || self.lacking;
        if self.eat(&Tok::Close).is_none() {
            if silent {
                return Err(Reported);
            }
            let message = "a bracket is not closed".to_string();
            let help = "write `)` where the group ends".to_string();
            let problem =
                Diagnostic::error(self.span(open.start, open.end), message, "opens here").with_help(help);
            // Around a single step it can only close at the end.
            let single = matches!(items.as_slice(), [Item { node: Node::Step(_), .. }]);
            let end = self.since(open.start).end;
            let problem = if single && self.depth == 0 { problem.with_fix(end..end, ")") } else { problem };
            return Err(self.report(problem));
        }
        if items.is_empty() && !silent {
            let message = "nothing stands in these brackets".to_string();
            let help = "write steps in them, like `(60s hard, 60s easy)`".to_string();
            return Err(self.fail((open.start, self.at), message, "empty", help));
        }
        let span = self.since(open.start);
        let cues = self.cues();
        Ok(Item { label: None, kind: None, node: Node::Group { items, part: None }, cues, span })
    }

    /// `n ×`, where it stands here.
    fn count(&mut self) -> Option<RepCount> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return None;
        };
        let mut last = number.clone();
        let mut upper = value;
        let mark = self.after(&number);
        if matches!(mark.tok, Tok::Hyphen | Tok::Dash | Tok::Dots) {
            let high = self.after(&mark);
            if let Tok::Number(number) = high.tok {
                (last, upper) = (high, number);
            }
        }
        let end = self.times(&last)?;
        if last.start != number.start && !(upper > value && upper.fract() == 0.0) {
            let written = quoted(self.slice(number.start, last.end));
            self.fail(
                (number.start, last.end),
                format!("{written} is no count"),
                "a range of reps ascends",
                "write the smaller number first, like `6-8×`".to_string(),
            );
        } else if value < 1.0 || value.fract() != 0.0 {
            self.fail(
                (number.start, number.end),
                format!("{} is no count", quoted(self.text_of(&number))),
                "a repeat needs a whole number from 1 on",
                "write how often, like `8×60s hard / 60s easy`".to_string(),
            );
        }
        self.at = end;
        let whole = |number: f64| number.clamp(1.0, 1e18) as u64;
        Some(RepCount { most: whole(upper), least: (upper > value).then(|| whole(value)) })
    }

    /// The place behind the times sign that follows `number`.
    fn times(&self, number: &Token) -> Option<usize> {
        let sign = self.after(number);
        match sign.tok {
            Tok::Times => Some(sign.end),
            // No unit begins with an x, so it may touch what follows: `3xopen`.
            Tok::Word if self.text_of(&sign).starts_with(['x', 'X']) => Some(sign.start + 1),
            _ => None,
        }
    }

    fn repeat(&mut self, start: usize, count: RepCount) -> ParseResult<Item> {
        let body = self.body(count.most)?;
        let between = match self.eat(&Tok::Slash) {
            Some(_) => Some(Box::new(self.recovery()?)),
            None => self.send_off()?.map(Box::new),
        };
        let RepCount { most: count, least } = count;
        self.no_second_slash()?;
        Ok(Item {
            label: None,
            kind: None,
            node: Node::Repeat { count, least, body: Box::new(body), between },
            cues: Vec::new(),
            span: self.since(start),
        })
    }

    fn body(&mut self, count: u64) -> ParseResult<Item> {
        let start = self.peek().start;
        if self.peek().tok == Tok::Open || self.part_here().is_some() {
            return self.group(Some(count));
        }
        self.no_plural_seconds(count)?;
        if self.count().is_some() {
            self.skip_item();
            let inner = cut(self.slice(start, self.at), 40);
            let span = self.since(start);
            let message = "a repeat of a repeat needs brackets";
            let problem = Diagnostic::error(span.clone(), message, "this is repeated as a whole");
            let problem = problem.with_help(format!("write `{count}×({inner})`"));
            // With a slash in it the recovery could stand inside or outside.
            let sure = !inner.contains(['/', '…', '"', '\\', '\n']);
            return Err(self.report(if sure {
                problem.with_fix(span, format!("({inner})"))
            } else {
                problem
            }));
        }
        self.step_or_alternate()
    }

    /// Reports `8x400s`: 400 seconds, or reps of 400 m.
    fn no_plural_seconds(&mut self, count: u64) -> ParseResult<()> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else { return Ok(()) };
        let unit = self.after(&number);
        let plural = unit.tok == Tok::Word && Self::touch(&number, &unit) && self.text_of(&unit) == "s";
        if !plural || !PLURAL_REPS.contains(&value) {
            return Ok(());
        }
        let clock = crate::workout::language::print::time(Millis::from_secs_f64(value));
        let help = format!("write `{count}×{value}m` for the distance, `{count}×{clock}` for the time");
        let message = format!("`{value}s` could be seconds or reps of {value} m");
        Err(self.fail((number.start, unit.end), message, "which?", help))
    }

    /// What stands after a slash.
    pub(crate) fn recovery(&mut self) -> ParseResult<Item> {
        match self.peek().tok {
            Tok::Open => self.group(None),
            _ if self.part_here().is_some() => self.group(None),
            _ => Ok(self.step_item(true)),
        }
    }

    fn alternate(&mut self, word: &Token) -> ParseResult<Item> {
        self.take(word);
        let first = self.step(false);
        if self.eat(&Tok::Slash).is_none() {
            return Err(self.alternate_form(word, "`alternate` needs two steps with a slash between them"));
        }
        self.leg = true;
        let second = self.step(false);
        self.leg = false;
        let next = self.peek();
        if next.tok != Tok::Word || !lexicon::is(self.text_of(&next), WordMeaning::For) {
            return Err(self.alternate_form(word, "`alternate` needs the time at which it ends"));
        }
        self.take(&next);
        let total = self.alternate_end()?;
        for leg in [&first, &second] {
            if leg.end == EndLine::Open {
                return Err(self.report(open_leg(leg)));
            }
        }
        Ok(Item {
            label: None,
            kind: None,
            node: Node::Alternate { first: Box::new(first), second: Box::new(second), total },
            cues: Vec::new(),
            span: self.since(word.start),
        })
    }

    /// The time or the distance at which an `alternate` ends.
    pub(crate) fn alternate_end(&mut self) -> ParseResult<AlternateEnd> {
        let start = self.peek().start;
        match self.length()? {
            EndLine::Time { upper, lower: None } => Ok(AlternateEnd::Time(upper)),
            EndLine::Distance { upper, lower: None, within: None, unit } => {
                Ok(AlternateEnd::Distance(upper, unit))
            }
            _ => {
                let help = "write one time or one distance, like `for 15min` or `for 10km`".to_string();
                Err(self.fail((start, self.at), "`alternate` has one end".into(), "not a range", help))
            }
        }
    }

    fn alternate_form(&mut self, word: &Token, message: &str) -> Reported {
        let help = "write `alternate 1min hard / 1min easy for 15min`".to_string();
        self.fail((word.start, word.end), message.to_string(), "not complete", help)
    }

    /// `Label:` or `"Label":`.
    fn label(&mut self) -> ParseResult<Label> {
        let first = self.peek();
        let (text, end) = match &first.tok {
            Tok::Quote(inner) => {
                let colon = self.after(&first);
                if colon.tok != Tok::Colon {
                    return Ok((None, None));
                }
                (self.slice(inner.start, inner.end), colon.end)
            }
            Tok::Word => match self.bare_label(first.start) {
                Some(colon) => (self.slice(first.start, colon), colon + 1),
                None => return Ok((None, None)),
            },
            _ => return Ok((None, None)),
        };
        self.at = end;
        let text = text.trim();
        if text.chars().nth(LONGEST_LABEL).is_some() {
            let message = format!("a label is longer than {LONGEST_LABEL} characters");
            let help = "shorten it to what you can read while running".to_string();
            self.fail((first.start, end - 1), message, "too long", help);
        }
        let spaced = text.replace(['-', '\u{2010}', '\u{2011}'], " ");
        Ok((Some(cut(text, LONGEST_LABEL)), lexicon::kind(&spaced)))
    }

    /// Where the colon of a label that begins at `start` stands. The colon of a time has digits on both sides.
    fn bare_label(&self, start: usize) -> Option<usize> {
        let rest = self.lexer.rest(start);
        let mut before = ' ';
        // A label ends within its bound, give or take a mistake; a text without colon is not searched to its end.
        let mut characters = rest.char_indices().take(4 * LONGEST_LABEL).peekable();
        while let Some((i, c)) = characters.next() {
            match c {
                ',' | '/' | '(' | ')' | '|' | '\n' => return None,
                ':' => {
                    let after = characters.peek().map_or(' ', |(_, c)| *c);
                    if !(before.is_ascii_digit() && after.is_ascii_digit()) {
                        return Some(start + i);
                    }
                }
                _ => {}
            }
            before = c;
        }
        None
    }
}

/// Distances whose plural is written with an `s`: `8x400s`.
const PLURAL_REPS: [f64; 9] = [200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0];

/// Gives the steps of work in `item` that say nothing of how hard they are the pace that its label names.
fn give_label_target(item: &mut Item, label: &str, notes: &mut Vec<String>) {
    if let Some((base, shown)) = lexicon::pace(label)
        && !matches!(base, NamedTarget::Rest | NamedTarget::Recovery)
        && give_target(item, &TargetLine::Pace(PaceLine::Named { base, shown, by: PaceOffset::None }, None))
    {
        notes.push(format!("`{label}:` says how hard its steps are: taken as {shown}."));
    }
}

/// True where a step took `target`.
fn give_target(item: &mut Item, target: &TargetLine) -> bool {
    match &mut item.node {
        Node::Step(step) => {
            let timed = matches!(step.end, EndLine::Distance { within: Some(_), .. } | EndLine::Reps { .. });
            let free = step.targets.is_empty() && step.kind.is_none() && !timed;
            if free {
                step.targets.push(Spanned::new(target.clone(), step.span.clone()));
            }
            free
        }
        Node::Group { items, .. } | Node::Ladder { items, .. } => {
            items.iter_mut().fold(false, |given, item| give_target(item, target) || given)
        }
        Node::Repeat { body, .. } => give_target(body, target),
        Node::Alternate { .. } => false,
    }
}

/// How often something is repeated; a range has a lower end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RepCount {
    pub(crate) most: u64,
    pub(crate) least: Option<u64>,
}

/// An open step as a leg of `alternate`.
pub fn open_leg(leg: &StepLine) -> Diagnostic {
    let problem =
        Diagnostic::error(leg.span.clone(), "an open step cannot alternate", "its end is not known");
    problem.with_help("give both steps a time")
}
