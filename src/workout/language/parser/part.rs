//! Parts: `{name}` in the place of an item. A part acts as a group in brackets.

use super::{ParseResult, Parser, Reported};
use crate::workout::bounds::DEEPEST_NESTING;
use crate::workout::language::document::{Item, Node, Spanned};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::messages::names::NameProblem;
use crate::workout::language::notation::is_name;

/// The name of a part in braces, and the byte after its closing brace.
pub(crate) struct PartName {
    name: String,
    end: usize,
}

impl Parser<'_> {
    /// Finds the name of a part at the current position. The part itself may be broken.
    pub(crate) fn part_here(&mut self) -> Option<PartName> {
        let open = self.peek();
        if open.tok != Tok::Unknown('{') {
            return None;
        }
        let (name, end) = self.braced(&open)?;
        self.names?.knows(name).then(|| PartName { name: name.to_string(), end })
    }

    /// Returns the name in the braces that begin at `open`, and their end.
    fn braced(&self, open: &Token) -> Option<(&str, usize)> {
        let rest = self.lexer.rest(open.end);
        let length = rest.find(['{', '}', '\n'])?;
        let name = rest.get(..length)?.trim();
        (rest.get(length..)?.starts_with('}') && is_name(name)).then_some((name, open.end + length + 1))
    }

    /// Parses a part with its cues, as a group.
    pub(crate) fn part(&mut self, PartName { name, end }: PartName) -> ParseResult<Item> {
        let at = self.peek().start..end;
        self.at = end;
        let next = self.peek();
        if next.start == end
            && matches!(next.tok, Tok::Word | Tok::Number(_))
            && self.names.is_some_and(|n| !n.broken.contains(&name))
        {
            return Err(self.fail(at, NameProblem::MisplacedPart { name: &name }));
        }
        let Some((names, part)) = self.names.and_then(|names| Some((names, names.parts.get(&name)?))) else {
            // The part is broken or contains itself, which was reported at its declaration.
            self.incomplete = true;
            return Err(Reported);
        };
        let depth = self.depth + 1 + part.depth;
        if depth > DEEPEST_NESTING {
            return Err(self.fail(at, NameProblem::PartsTooDeep));
        }
        if !names.admits(part) {
            return Err(self.fail(at, NameProblem::PartsTooLong));
        }
        self.deepest = self.deepest.max(depth);
        let span = self.span(at);
        let node = Node::Group { items: part.items.clone(), part: Some(Spanned::new(name, span.clone())) };
        let cues = self.cues();
        Ok(Item { label: None, kind: None, node, cues, span })
    }

    /// Reports `{…}` where it cannot stand.
    pub(crate) fn misplaced_braces(&mut self, open: &Token) -> Reported {
        let Some((name, end)) = self.braced(open).map(|(name, end)| (name.to_string(), end)) else {
            return self.fail(open.range(), NameProblem::StrayBrace);
        };
        let at = open.start..end;
        if self.names.is_some_and(|names| names.knows(&name)) {
            return self.fail(at, NameProblem::MisplacedPart { name: &name });
        }
        let written = self.slice(at.start, at.end);
        self.fail(at, NameProblem::NameInNotation { written })
    }
}
