//! Slashes where none may stand: the language's most common mistake, so its help shows the runner's own steps.

use super::{ParseResult, Parser, Reported};
use crate::text::cut;
use crate::workout::language::document::{Item, Node};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::messages::item::ItemProblem;
use std::ops::Range;

/// The longest step that the help repeats, in characters.
const LONGEST_EXAMPLE: usize = 40;

impl Parser<'_> {
    /// Reports a slash after the step at decoded bytes `step`, which is not repeated. `problems` is the number of
    /// problems before that step.
    pub(crate) fn reject_slash(&mut self, step: Range<usize>, problems: usize) -> ParseResult<()> {
        let slash = self.peek();
        if slash.tok != Tok::Slash {
            return Ok(());
        }
        self.take(&slash);
        let start = self.peek().start;
        // The recovery is parsed for its own problems. Next to those, the slash is not worth a message.
        self.recovery()?;
        if self.problems.len() > problems {
            return Err(Reported);
        }
        let between = cut(self.slice(start, self.at), LONGEST_EXAMPLE);
        let step = cut(self.slice(step.start, step.end), LONGEST_EXAMPLE);
        let around = self.repeated.filter(|count| !count.endless).map(|count| count.most);
        let problem = ItemProblem::SlashWithoutRepeat { step: &step, between: &between, around };
        Err(self.fail(slash.range(), problem))
    }

    /// Reports a slash after brackets that hold one thing, so that nothing stands between it and another: `(400m) / 60s`.
    /// The brackets begin at decoded byte `start`. A repeat without a recovery takes the one after its brackets.
    pub(crate) fn reject_slash_behind_one(
        &mut self,
        group: &Item,
        start: usize,
        slash: &Token,
    ) -> ParseResult<()> {
        let Node::Group { items, part: None } = &group.node else { return Ok(()) };
        let [one] = items.as_slice() else { return Ok(()) };
        match &one.node {
            Node::Repeat { between: None, .. } if group.cues.is_empty() => Ok(()),
            Node::Repeat { between: Some(_), .. } | Node::Ladder { .. } => {
                Err(self.fail(slash.range(), ItemProblem::SecondSlash))
            }
            _ => self.reject_slash(start..self.at, self.problems.len()),
        }
    }

    /// Reports a second slash after a repeat or a ladder.
    pub(crate) fn reject_second_slash(&mut self) -> ParseResult<()> {
        let slash = self.peek();
        if slash.tok != Tok::Slash {
            return Ok(());
        }
        Err(self.fail(slash.range(), ItemProblem::SecondSlash))
    }
}
