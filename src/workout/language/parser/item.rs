//! Lines, groups and ladders.

use super::{ParseResult, Parser, RepCount, Reported};
use crate::athlete::Zone;
use crate::workout::bounds::{DEEPEST_NESTING, MOST_STEPS};
use crate::workout::language::comma::LinePlace;
use crate::workout::language::document::{
    EndLine, HeartLine, Item, Node, PaceLine, PaceOffset, Spanned, TargetLine,
};
use crate::workout::language::label_effort::label_effort;
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, NamedTarget, WordMeaning};
use crate::workout::language::messages::item::ItemProblem;
use crate::workout::language::settle;

impl Parser<'_> {
    /// Parses items up to the end of the text, or to the bracket that closes the group at `depth`.
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
                    self.fail(next.range(), ItemProblem::CommaBeforeStep);
                }
                _ => {
                    comma = None;
                    // After `, then` the next item comes after the reps, not between them.
                    if !items.is_empty()
                        && next.tok == Tok::Word
                        && self.text_of(&next).eq_ignore_ascii_case("then")
                    {
                        self.take(&next);
                        after.push(items.len());
                    }
                    let problems = self.problems.len();
                    match self.item() {
                        // An item with a problem is left out, so its consequences are not reported.
                        Ok(item) if self.problems.len() == problems => items.push(item),
                        Ok(_) => {}
                        Err(_) => self.skip_item(),
                    }
                    if depth == 0 && items.len() as u64 > MOST_STEPS {
                        // Too many already; the size check reports it.
                        self.at = self.notation.text.len();
                    }
                    if let Some(token) = self.end_of_item(depth) {
                        comma = Some(token);
                    }
                }
            }
        }
        if let Some(comma) = comma {
            self.fail(comma.range(), ItemProblem::CommaAtEnd);
            // In brackets a step may have been lost. At the end of the text a comma is a habit of lists.
            if depth == 0 {
                self.fix_last(comma.range(), "");
            }
        }
        let is_text = depth == 0 && self.depth == 0;
        self.settle(&mut items, &after, is_text);
        items
    }

    /// Gives repeats the recoveries that follow them after a comma. `after` holds the indices of items after `then`.
    fn settle(&mut self, items: &mut Vec<Item>, after: &[usize], is_text: bool) {
        if !self.problems.is_empty() {
            return;
        }
        let place = match self.repeated {
            _ if is_text => LinePlace::Text,
            Some(count) if count.most > 1 => LinePlace::RepeatedBracket,
            _ => LinePlace::Bracket,
        };
        let settled = settle::settle(items, after, place);
        self.notes.extend(settled.notes);
        for problem in settled.problems {
            self.report(problem);
        }
        self.ease_runs(items);
        settle::rest_between_strides(items, &mut self.notes);
    }

    /// Takes the comma or the line's end after an item. Returns the comma.
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
                _ => self.unexpected_after_item(&next),
            }
            reported = true;
            if next.tok == Tok::Close {
                self.take(&next);
            }
            self.skip_item();
        }
    }

    /// Reports a token after an item that is neither a comma nor an end.
    fn unexpected_after_item(&mut self, next: &Token) {
        if next.tok == Tok::Close {
            self.fail(next.range(), ItemProblem::UnopenedBracket);
        } else {
            let found = self.found(next);
            self.fail(next.range(), ItemProblem::UnexpectedAfterItem { found });
        }
    }

    fn item(&mut self) -> ParseResult<Item> {
        let start = self.peek().start;
        let label = self.label();
        let mut item = self.unlabelled()?;
        if let Some(label) = label {
            give_label_target(&mut item, &label, &mut self.notes);
            item.kind = lexicon::label_kind(&label);
            item.label = Some(label);
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
        self.reject_slash(next.start..self.at, problems)?;
        Ok(item)
    }

    pub(crate) fn step_or_alternate(&mut self) -> ParseResult<Item> {
        let next = self.peek();
        if next.tok == Tok::Word && lexicon::is(self.text_of(&next), WordMeaning::Alternate) {
            return self.alternate(&next);
        }
        Ok(self.step_item(false))
    }

    /// Parses a step as an item. `between` allows `full recovery`.
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
        let slash = self.peek();
        if slash.tok != Tok::Slash {
            return Ok(group);
        }
        self.reject_slash_behind_one(&group, start, &slash)?;
        self.take(&slash);
        let between = Box::new(self.recovery()?);
        if let Node::Group { mut items, part } = group.node {
            let is_one = items.len() == 1 && part.is_none();
            // `(8×60s hard) / 60s easy`: the brackets hold a repeat and nothing else.
            group.node = match items.pop_if(|_| is_one) {
                Some(mut repeat) => {
                    if let Node::Repeat { between: rest, .. } = &mut repeat.node {
                        *rest = Some(between);
                    }
                    group.label = repeat.label;
                    group.kind = repeat.kind;
                    repeat.node
                }
                None => Node::Ladder { items, part, between },
            };
        }
        group.span = self.since(start);
        self.reject_second_slash()?;
        Ok(group)
    }

    /// Parses `(line) {cue}` or a part. `repeated` is the count of the repeat whose body it is.
    pub(crate) fn group(&mut self, repeated: Option<RepCount>) -> ParseResult<Item> {
        if let Some(name) = self.part_here() {
            return self.part(name);
        }
        let open = self.peek();
        if self.depth >= DEEPEST_NESTING {
            return Err(self.fail(open.range(), ItemProblem::BracketsTooDeep));
        }
        self.take(&open);
        let problems = self.problems.len();
        let outer = std::mem::replace(&mut self.repeated, repeated);
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let items = self.line(self.depth);
        self.depth -= 1;
        self.repeated = outer;
        let silent = self.problems.len() > problems || self.incomplete;
        if self.eat(&Tok::Close).is_none() {
            if !silent {
                self.unclosed_bracket(&open, &items);
            }
            return Err(Reported);
        }
        if items.is_empty() && !silent {
            return Err(self.fail(open.start..self.at, ItemProblem::EmptyBrackets));
        }
        let span = self.since(open.start);
        let cues = self.cues();
        Ok(Item { label: None, kind: None, node: Node::Group { items, part: None }, cues, span })
    }

    fn unclosed_bracket(&mut self, open: &Token, items: &[Item]) {
        self.fail(open.range(), ItemProblem::UnclosedBracket);
        // Around a single step the bracket can only close at the end.
        let single = matches!(items, [Item { node: Node::Step(_), .. }]);
        if single && self.depth == 0 {
            let end = open.start + self.slice(open.start, self.at).trim_end().len();
            self.fix_last(end..end, ")");
        }
    }

    /// Parses the step or group after a slash.
    pub(crate) fn recovery(&mut self) -> ParseResult<Item> {
        match self.peek().tok {
            Tok::Open => self.group(None),
            _ if self.part_here().is_some() => self.group(None),
            _ => Ok(self.step_item(true)),
        }
    }
}

/// Gives the pace that `label` names to the item's work steps that have no target.
fn give_label_target(item: &mut Item, label: &str, notes: &mut Vec<String>) {
    if let Some(zone) = zone_of(label)
        && give_target(item, &TargetLine::HeartRate(HeartLine::Zone(zone)))
    {
        notes.push(format!("`{label}:` says how hard its steps are: taken as {zone}."));
        return;
    }
    if let Some((base, shown)) = label_effort(label)
        && !matches!(base, NamedTarget::Rest | NamedTarget::Recovery)
        && give_target(item, &TargetLine::Pace(PaceLine::Named { base, shown, by: PaceOffset::None }, None))
    {
        notes.push(format!("`{label}:` says how hard its steps are: taken as {shown}."));
    }
}

/// The zone that a label names: `Z2`, `Zone 2`.
fn zone_of(label: &str) -> Option<Zone> {
    let digit = label.len().checked_sub(1).filter(|at| label.is_char_boundary(*at))?;
    let (word, zone) = label.split_at(digit);
    let named = ["z", "zone"].iter().any(|name| word.trim_end().eq_ignore_ascii_case(name));
    let zone = zone.parse().ok().and_then(Zone::new)?;
    (named && zone > Zone::STANDING).then_some(zone)
}

/// Gives `target` to the item's work steps without one. Returns true if a step took it.
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
            // Every item is given it, so this does not stop at the first.
            items.iter_mut().map(|item| give_target(item, target)).filter(|given| *given).count() > 0
        }
        Node::Repeat { body, .. } => give_target(body, target),
        Node::Alternate { .. } => false,
    }
}
