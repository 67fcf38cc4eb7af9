//! Parts: `{name}` in the place of an item, acting as a bracketed group.

use super::{DEEPEST, ParseResult, Parser, Reported};
use crate::text::quoted;
use crate::workout::language::document::{Item, Node, Spanned};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::notation::is_name;
use crate::workout::language::references::part_misplaced;

/// A name that stands here, and the byte behind its brace.
pub(crate) type Here = (String, usize);

impl Parser<'_> {
    /// The name of the part that stands here, usable or not.
    pub(crate) fn part_here(&mut self) -> Option<Here> {
        let open = self.peek();
        if open.tok != Tok::Unknown('{') {
            return None;
        }
        let (name, end) = self.braced(&open)?;
        self.names?.knows(name).then(|| (name.to_string(), end))
    }

    /// The name in the braces that begin at `open`, and where they end.
    fn braced(&self, open: &Token) -> Option<(&str, usize)> {
        let rest = self.lexer.rest(open.end);
        let length = rest.find(['{', '}', '\n'])?;
        let name = rest.get(..length)?.trim();
        (rest.get(length..)?.starts_with('}') && is_name(name)).then_some((name, open.end + length + 1))
    }

    /// The part `name`, as a group, with its cues.
    pub(crate) fn part(&mut self, (name, end): Here) -> ParseResult<Item> {
        let start = self.peek().start;
        self.at = end;
        let next = self.peek();
        if next.start == end
            && matches!(next.tok, Tok::Word | Tok::Number(_))
            && self.names.is_some_and(|n| !n.broken.contains(&name))
        {
            let problem = part_misplaced(self.span(start, end), &name);
            return Err(self.report(problem));
        }
        let Some((names, part)) = self.names.and_then(|names| Some((names, names.parts.get(&name)?))) else {
            // It is broken, or holds itself: that has been reported where it stands.
            self.lacking = true;
            return Err(Reported);
        };
        let depth = self.depth + 1 + part.depth;
        if depth > DEEPEST {
            let message = format!("brackets and parts nest deeper than {DEEPEST}");
            let help = "write the steps out, or let fewer parts stand in one another".to_string();
            return Err(self.fail((start, end), message, "one part too many", help));
        }
        if !names.admits(part) {
            let message = "the parts stand for too many steps".to_string();
            let help = "a workout has at most 10,000 steps".to_string();
            return Err(self.fail((start, end), message, "too much", help));
        }
        self.deepest = self.deepest.max(depth);
        let span = self.span(start, end);
        let node = Node::Group { items: part.items.clone(), part: Some(Spanned::new(name, span.clone())) };
        let cues = self.cues();
        Ok(Item { label: None, kind: None, node, cues, span })
    }

    /// Reports `{…}` where it cannot stand.
    pub(crate) fn braces(&mut self, open: &Token) -> Reported {
        let Some((name, end)) = self.braced(open) else {
            let message = "`{` is not read here".to_string();
            let help = "the name of a parameter or a part stands in braces: `{effort}`".to_string();
            return self.fail((open.start, open.end), message, "a name in braces?", help);
        };
        if self.names.is_some_and(|names| names.knows(name)) {
            let problem = part_misplaced(self.span(open.start, end), name);
            return self.report(problem);
        }
        let message = format!("{} stands for nothing here", quoted(self.slice(open.start, end)));
        let help = "names are given in a workout's file; write the value itself in its place".to_string();
        self.fail((open.start, end), message, "no file gives it a meaning", help)
    }
}
