//! What is asked before and after a session: on a screen, or line by line.

use super::display::Display;
use super::page_host;
use super::page_host::PageHost;
use super::typed_lines::TypedLines;
use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::frontend::{FinishedSession, Resume, SessionFate, TrialOffer, UnfinishedOffer};
use crate::plain::questions as lines;
use crate::runtime::ProcessSignal;
use crate::session::answers::{self, Answers};
use crate::tui::screens::checklist::ChecklistPage;
use crate::tui::screens::ending::EndingPage;
use crate::tui::screens::page::Page;
use crate::tui::screens::questions::QuestionsPage;
use crate::tui::screens::time_trial::TimeTrialPage as Offered;
use crate::tui::screens::unfinished::UnfinishedPage;
use crate::workout::sequence::{Checklist, Sequence};
use std::io;

/// What came of a question.
pub enum PromptOutcome<T> {
    /// The answer.
    Answered(T),
    /// A signal that ends the program.
    Signal(ProcessSignal),
}

/// Whether to run, after a look at the checklist. Where nobody can answer it is said, and run.
pub fn checklist(
    (name, before): (&str, &Checklist),
    shown: Display,
    stage: &mut PageHost,
) -> Result<PromptOutcome<bool>, Failure> {
    match shown {
        Display::Screen => page(&mut ChecklistPage::new(name, before.clone(), theme()), stage),
        Display::Unattended => {
            lines::print_checklist(&mut io::stderr(), before)?;
            Ok(PromptOutcome::Answered(true))
        }
        Display::Lines => {
            stage.listen();
            answered(stage, |input| lines::checklist(input, &mut io::stdout(), before))
        }
    }
}

/// What is to become of a session that is over. A rehearsal that nobody watches is thrown away.
pub fn ending(
    ended: FinishedSession,
    shown: Display,
    stage: &mut PageHost,
) -> Result<PromptOutcome<SessionFate>, Failure> {
    match shown {
        Display::Screen => page(&mut EndingPage::new(ended, theme()), stage),
        Display::Unattended => Ok(PromptOutcome::Answered(ended.default_fate())),
        Display::Lines => {
            let usual = ended.default_fate();
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
    (shown, stage): (Display, &mut PageHost),
) -> Result<Option<ProcessSignal>, Failure> {
    let asked = answers::questions(&sequence.after_ask);
    match shown {
        Display::Unattended => Ok(None),
        Display::Screen => {
            let mut questions = QuestionsPage::new(asked, before.clone(), theme());
            let mut told = before;
            let shown = stage.watch(&mut questions, |page| {
                if *page.answers() != told {
                    told = page.answers().clone();
                    given(&told);
                }
            });
            Ok(match shown? {
                page_host::PageOutcome::Done(_) => None,
                page_host::PageOutcome::Signal(signal) => Some(signal),
            })
        }
        Display::Lines => {
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
pub fn trial(
    trial: TrialOffer,
    shown: Display,
    stage: &mut PageHost,
) -> Result<PromptOutcome<bool>, Failure> {
    match shown {
        Display::Screen => page(&mut Offered::new(trial, theme()), stage),
        Display::Unattended => Ok(PromptOutcome::Answered(false)),
        Display::Lines => answered(stage, |input| lines::trial(input, &mut io::stdout(), &trial)),
    }
}

/// What is to become of a session that was cut off.
pub fn offer(
    unfinished: UnfinishedOffer,
    shown: Display,
    stage: &mut PageHost,
) -> Result<PromptOutcome<Resume>, Failure> {
    match shown {
        Display::Screen => page(&mut UnfinishedPage::new(unfinished, theme()), stage),
        Display::Unattended => Ok(PromptOutcome::Answered(Resume::Later)),
        Display::Lines => {
            stage.listen();
            let asked = answered(stage, |input| lines::offer(input, &mut io::stdout(), &unfinished));
            // A whole session lies between this and the next question.
            stage.nobody.set(false);
            asked
        }
    }
}

fn page<P: Page>(page: &mut P, stage: &mut PageHost) -> Result<PromptOutcome<P::Outcome>, Failure> {
    Ok(match stage.show(page)? {
        page_host::PageOutcome::Done(outcome) => PromptOutcome::Answered(outcome),
        page_host::PageOutcome::Signal(signal) => PromptOutcome::Signal(signal),
    })
}

fn answered<T>(
    stage: &PageHost,
    ask: impl FnOnce(&mut TypedLines<'_>) -> io::Result<T>,
) -> Result<PromptOutcome<T>, Failure> {
    let mut input = TypedLines::new(stage);
    let answer = ask(&mut input)?;
    Ok(input.signal.map_or(PromptOutcome::Answered(answer), PromptOutcome::Signal))
}
