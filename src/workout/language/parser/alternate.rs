//! `alternate first / second for total`, or without an end.

use super::{ParseResult, Parser};
use crate::diagnostic::Diagnostic;
use crate::workout::language::document::{AlternateEnd, EndLine, Item, Node};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::item::ItemProblem;

impl Parser<'_> {
    /// Parses an `alternate`, whose first word is `word`.
    pub(crate) fn alternate(&mut self, word: &Token) -> ParseResult<Item> {
        self.take(word);
        let first = self.step(false);
        if self.eat(&Tok::Slash).is_none() {
            return Err(self.fail(word.range(), ItemProblem::AlternateWithoutSlash));
        }
        self.leg = true;
        let second = self.step(false);
        self.leg = false;
        let next = self.peek();
        let has_end = next.tok == Tok::Word && lexicon::is(self.text_of(&next), WordMeaning::For);
        let total = match has_end {
            true => {
                self.take(&next);
                self.alternate_end()?
            }
            false => AlternateEnd::Enter,
        };
        for leg in [&first, &second] {
            if has_end && leg.end == EndLine::Open {
                return Err(self.report(Diagnostic::new(leg.span.clone(), ItemProblem::OpenLeg)));
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

    /// Parses the time or the distance at which an `alternate` ends.
    pub(crate) fn alternate_end(&mut self) -> ParseResult<AlternateEnd> {
        let start = self.peek().start;
        match self.length()? {
            EndLine::Time { upper, lower: None } => Ok(AlternateEnd::Time(upper)),
            EndLine::Distance { upper, lower: None, within: None, unit } => {
                Ok(AlternateEnd::Distance(upper, unit))
            }
            _ => Err(self.fail(start..self.at, ItemProblem::AlternateWithRange)),
        }
    }
}
