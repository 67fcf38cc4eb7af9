//! Slashes where none may stand: the language's most common mistake, so its help shows the runner's own steps.

use super::{ParseResult, Parser, Reported};
use crate::text::cut;
use crate::workout::language::lexer::Tok;

impl Parser<'_> {
    /// Reports a slash behind the step at decoded bytes `step`, which is not repeated; `problems` had been found
    /// before that step.
    pub(crate) fn no_slash(&mut self, step: (usize, usize), problems: usize) -> ParseResult<()> {
        let slash = self.peek();
        if slash.tok != Tok::Slash {
            return Ok(());
        }
        self.take(&slash);
        let start = self.peek().start;
        // Read for its own problems; beside those of the steps, the slash is not worth a word.
        self.recovery()?;
        if self.problems.len() > problems {
            return Err(Reported);
        }
        let between = cut(self.slice(start, self.at), 40);
        let step = cut(self.slice(step.0, step.1), 40);
        let help = match self.repeated {
            Some(n) => format!(
                "write `{n}×{step} / {between}` for {} of the second, `{n}×({step}, {between})` for {n}",
                n.saturating_sub(1)
            ),
            None => format!(
                "a slash stands between reps: write `8×{step} / {between}` for seven of the second, \
                 `8×({step}, {between})` for eight"
            ),
        };
        let message = "a slash without a repeat before it".to_string();
        Err(self.fail((slash.start, slash.end), message, "nothing is repeated here", help))
    }

    /// Reports a second slash behind a repeat or a ladder.
    pub(crate) fn no_second_slash(&mut self) -> ParseResult<()> {
        let slash = self.peek();
        if slash.tok != Tok::Slash {
            return Ok(());
        }
        Err(self.fail(
            (slash.start, slash.end),
            "a second slash".to_string(),
            "there is one already",
            "put what is repeated in brackets: `2×(4×30s fast / 30s jog) / 3min walk`".to_string(),
        ))
    }
}
