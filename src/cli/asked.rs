//! What is asked before and after a session: on a screen, or line by line.

use super::Failure;
use super::live::{Shown, theme};
use super::stage::{self, Stage};
use super::typed_lines::TypedLines;
use crate::front::{Ended, Kept, Resume, Trial, Unfinished};
use crate::plain::questions as lines;
use crate::session::answers::{self, Answers};
use crate::tui::ending::Ending;
use crate::tui::offer::Offer;
use crate::tui::page::Page;
use crate::tui::questions::Questions;
use crate::tui::trial::Trial as Offered;
use crate::workout::sequence::Sequence;
use std::io;

/// What came of a question.
pub enum Asked<T> {
    /// The answer.
    Answered(T),
    /// A signal that ends the program.
    Signal(i32),
}

/// What is to become of a session that is over. A rehearsal that nobody watches is thrown away.
pub fn ending(ended: Ended, shown: Shown, stage: &mut Stage) -> Result<Asked<Kept>, Failure> {
    match shown {
        Shown::Screen => page(&mut Ending::new(ended, theme()), stage),
        Shown::Unattended => Ok(Asked::Answered(ended.usual())),
        Shown::Lines => {
            let usual = ended.usual();
            answered(stage, |input| {
                lines::ending(input, &mut io::stdout(), &ended).map(|kept| kept.unwrap_or(usual))
            })
        }
    }
}

/// How it was: the answers so far, and the signal that ended the asking, if one did.
pub fn questions(
    sequence: &Sequence,
    before: Answers,
    (shown, stage): (Shown, &mut Stage),
) -> Result<(Answers, Option<i32>), Failure> {
    let asked = answers::questions(&sequence.after_ask);
    match shown {
        Shown::Unattended => Ok((before, None)),
        Shown::Screen => {
            let mut questions = Questions::new(asked, before, theme());
            let signal = match stage.show(&mut questions)? {
                stage::Shown::Done(_) => None,
                stage::Shown::Signal(signal) => Some(signal),
            };
            Ok((questions.answers().clone(), signal))
        }
        Shown::Lines => {
            let mut given = before;
            let mut input = TypedLines::new(stage);
            lines::ask(&mut input, &mut io::stdout(), &asked, &mut given)?;
            Ok((given, input.signal))
        }
    }
}

/// Whether a time trial's result is to go into the profile. Where nobody can answer it does not.
pub fn trial(trial: Trial, shown: Shown, stage: &mut Stage) -> Result<Asked<bool>, Failure> {
    match shown {
        Shown::Screen => page(&mut Offered::new(trial, theme()), stage),
        Shown::Unattended => Ok(Asked::Answered(false)),
        Shown::Lines => answered(stage, |input| lines::trial(input, &mut io::stdout(), &trial)),
    }
}

/// What is to become of a session that was cut off.
pub fn offer(unfinished: Unfinished, shown: Shown, stage: &mut Stage) -> Result<Asked<Resume>, Failure> {
    match shown {
        Shown::Screen => page(&mut Offer::new(unfinished, theme()), stage),
        Shown::Unattended => Ok(Asked::Answered(Resume::Later)),
        Shown::Lines => {
            stage.listen();
            answered(stage, |input| lines::offer(input, &mut io::stdout(), &unfinished))
        }
    }
}

fn page<P: Page>(page: &mut P, stage: &mut Stage) -> Result<Asked<P::Outcome>, Failure> {
    Ok(match stage.show(page)? {
        stage::Shown::Done(outcome) => Asked::Answered(outcome),
        stage::Shown::Signal(signal) => Asked::Signal(signal),
    })
}

fn answered<T>(
    stage: &Stage,
    ask: impl FnOnce(&mut TypedLines<'_>) -> io::Result<T>,
) -> Result<Asked<T>, Failure> {
    let mut input = TypedLines::new(stage);
    let answer = ask(&mut input)?;
    Ok(input.signal.map_or(Asked::Answered(answer), Asked::Signal))
}
