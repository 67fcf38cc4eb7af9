//! What is asked before and after a session: on a screen, or line by line.

use super::page_host;
use super::page_host::Stage;
use super::run::{Shown, theme};
use super::typed_lines::TypedLines;
use crate::cli::failure::Failure;
use crate::frontend::{Ended, Kept, Resume, Trial, Unfinished};
use crate::plain::questions as lines;
use crate::session::answers::{self, Answers};
use crate::tui::screens::checklist::Checklist;
use crate::tui::screens::ending::Ending;
use crate::tui::screens::page::Page;
use crate::tui::screens::questions::Questions;
use crate::tui::screens::time_trial::Trial as Offered;
use crate::tui::screens::unfinished::Offer;
use crate::workout::sequence::{Before, Sequence};
use std::io;

/// What came of a question.
pub enum Asked<T> {
    /// The answer.
    Answered(T),
    /// A signal that ends the program.
    Signal(i32),
}

/// Whether to run, after a look at the checklist. Where nobody can answer it is said, and run.
pub fn checklist(
    (name, before): (&str, &Before),
    shown: Shown,
    stage: &mut Stage,
) -> Result<Asked<bool>, Failure> {
    match shown {
        Shown::Screen => page(&mut Checklist::new(name, before.clone(), theme()), stage),
        Shown::Unattended => {
            lines::checks(&mut io::stderr(), before)?;
            Ok(Asked::Answered(true))
        }
        Shown::Lines => {
            stage.listen();
            answered(stage, |input| lines::checklist(input, &mut io::stdout(), before))
        }
    }
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

/// How it was. Whenever an answer is given, `given` is told of all of them. The signal that cut the asking short, if
/// one did.
///
/// # Errors
/// Where the terminal is gone.
pub fn questions(
    (sequence, before): (&Sequence, Answers),
    given: &mut dyn FnMut(&Answers),
    (shown, stage): (Shown, &mut Stage),
) -> Result<Option<i32>, Failure> {
    let asked = answers::questions(&sequence.after_ask);
    match shown {
        Shown::Unattended => Ok(None),
        Shown::Screen => {
            let mut questions = Questions::new(asked, before.clone(), theme());
            let mut told = before;
            let shown = stage.watch(&mut questions, |page| {
                if *page.answers() != told {
                    told = page.answers().clone();
                    given(&told);
                }
            });
            Ok(match shown? {
                page_host::Shown::Done(_) => None,
                page_host::Shown::Signal(signal) => Some(signal),
            })
        }
        Shown::Lines => {
            let mut input = TypedLines::new(stage);
            let mut answers = before.clone();
            let answered = lines::ask(&mut input, &mut io::stdout(), &asked, &mut answers);
            if answers != before {
                given(&answers);
            }
            answered.map(|()| input.signal).map_err(Failure::from)
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
            let asked = answered(stage, |input| lines::offer(input, &mut io::stdout(), &unfinished));
            // A whole session lies between this and the next question.
            stage.nobody.set(false);
            asked
        }
    }
}

fn page<P: Page>(page: &mut P, stage: &mut Stage) -> Result<Asked<P::Outcome>, Failure> {
    Ok(match stage.show(page)? {
        page_host::Shown::Done(outcome) => Asked::Answered(outcome),
        page_host::Shown::Signal(signal) => Asked::Signal(signal),
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
