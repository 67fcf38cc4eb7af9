//! The questions before and after a session, asked on a screen or line by line.
//!
//! Each of them fails with [`Failure::Interrupted`] if a signal ends the program before the answer.

use super::display::Display;
use super::page_host::PageHost;
use super::typed_lines::TypedLines;
use crate::cli::failure::Failure;
use crate::frontend::{FinishedSession, Resume, SessionFate, TrialOffer, UnfinishedOffer};
use crate::plain::questions as lines;
use crate::session::answers::{self, Answers};
use crate::tui::screens::checklist::ChecklistPage;
use crate::tui::screens::ending::EndingPage;
use crate::tui::screens::questions::QuestionsPage;
use crate::tui::screens::time_trial::TimeTrialPage;
use crate::tui::screens::unfinished::UnfinishedPage;
use crate::workout::sequence::{Checklist, Sequence};
use std::io;

/// Asks if anything on the checklist applies. Returns true to run.
///
/// Without a keyboard the checklist is printed and the answer is true.
pub fn checklist(host: &mut PageHost<'_>, workout: &str, checklist: &Checklist) -> Result<bool, Failure> {
    match host.display {
        Display::Screen => {
            let theme = host.context.theme;
            host.show(&mut ChecklistPage::new(workout, checklist.clone(), theme))
        }
        Display::Unattended => {
            lines::print_checklist(&mut io::stderr(), checklist)?;
            Ok(true)
        }
        Display::Lines => {
            host.listen()?;
            ask_lines(host, |input| lines::checklist(input, &mut io::stdout(), checklist))
        }
    }
}

/// Asks what to do with a session that is over.
pub fn ending(host: &mut PageHost<'_>, finished: FinishedSession) -> Result<SessionFate, Failure> {
    match host.display {
        Display::Screen => {
            let theme = host.context.theme;
            host.show(&mut EndingPage::new(finished, theme))
        }
        Display::Unattended => Ok(finished.default_fate()),
        Display::Lines => {
            let usual = finished.default_fate();
            let ask = |input: &mut TypedLines<'_, '_>| lines::ending(input, &mut io::stdout(), &finished);
            Ok(ask_lines(host, ask)?.unwrap_or(usual))
        }
    }
}

/// Asks how the session was, beginning with the answers in `before`. Calls `answered` with all answers whenever one
/// is given, so that those before an interruption are not lost.
pub fn questions(
    host: &mut PageHost<'_>,
    sequence: &Sequence,
    before: Answers,
    answered: &mut dyn FnMut(&Answers),
) -> Result<(), Failure> {
    let questions = answers::questions(&sequence.after_ask);
    match host.display {
        Display::Unattended => Ok(()),
        Display::Screen => {
            let mut page = QuestionsPage::new(questions, before.clone(), host.context.theme);
            let mut latest = before;
            let outcome = host.watch(&mut page, |page| {
                if *page.answers() != latest {
                    latest = page.answers().clone();
                    answered(&latest);
                }
            });
            outcome.map(drop)
        }
        Display::Lines => {
            let mut input = TypedLines::new(host);
            let mut answers = before.clone();
            let asked = lines::ask(&mut input, &mut io::stdout(), &questions, &mut answers);
            if answers != before {
                answered(&answers);
            }
            asked?;
            input.finish()
        }
    }
}

/// Asks if a time trial's result is to go into the profile. Without a keyboard the answer is no.
pub fn trial(host: &mut PageHost<'_>, trial: TrialOffer) -> Result<bool, Failure> {
    match host.display {
        Display::Screen => {
            let theme = host.context.theme;
            host.show(&mut TimeTrialPage::new(trial, theme))
        }
        Display::Unattended => Ok(false),
        Display::Lines => ask_lines(host, |input| lines::trial(input, &mut io::stdout(), &trial)),
    }
}

/// Asks what to do with a session that was cut off. Without a keyboard the answer is `Later`.
pub fn offer(host: &mut PageHost<'_>, unfinished: UnfinishedOffer) -> Result<Resume, Failure> {
    match host.display {
        Display::Screen => {
            let theme = host.context.theme;
            host.show(&mut UnfinishedPage::new(unfinished, theme))
        }
        Display::Unattended => Ok(Resume::Later),
        Display::Lines => {
            host.listen()?;
            let answer = ask_lines(host, |input| lines::offer(input, &mut io::stdout(), &unfinished));
            // By the next question a whole session may have passed, and somebody may be back.
            host.nobody_types.set(false);
            answer
        }
    }
}

fn ask_lines<T>(
    host: &PageHost<'_>,
    ask: impl FnOnce(&mut TypedLines<'_, '_>) -> io::Result<T>,
) -> Result<T, Failure> {
    let mut input = TypedLines::new(host);
    let answer = ask(&mut input)?;
    input.finish()?;
    Ok(answer)
}
