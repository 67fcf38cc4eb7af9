//! The log on the screen: it shows the pages, and does what they ask for.

use super::{details, edit, list};
use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::cli::session::display::Display::Screen;
use crate::cli::session::page_host::{PageHost, PageOutcome};
use crate::cli::session::prompts;
use crate::clock;
use crate::history::edits as history;
use crate::history::{Database, SessionId, timeouts};
use crate::runtime::ProcessSignal;
use crate::session::answers::Answers;
use crate::settings::Settings;
use crate::tui::screens::log::{LogListPage, LogRequest, SessionPage};
use std::process::ExitCode;

/// Shows the log until the runner leaves it.
pub fn screen(store: &Database, settings: &Settings) -> Result<ExitCode, Failure> {
    let now = clock::local_time();
    let mut page = LogListPage::new(list(store)?, settings.week_starts, now, theme());
    let mut stage = PageHost::new()?;
    let signal = look(store, &mut page, &mut stage);
    stage.leave()?;
    Ok(signal?.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// The signal that ended it, if one did.
fn look(
    store: &Database,
    page: &mut LogListPage,
    stage: &mut PageHost,
) -> Result<Option<ProcessSignal>, Failure> {
    loop {
        let asked = match stage.show(page)? {
            PageOutcome::Done(asked) => asked,
            PageOutcome::Signal(signal) => return Ok(Some(signal)),
        };
        match asked {
            LogRequest::Leave => return Ok(None),
            LogRequest::Open(id) => {
                if let Some(signal) = open(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
            }
            LogRequest::Edit(id) => {
                if let Some(signal) = edit(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
            }
            LogRequest::Delete(id) => said(delete(store, id, page), page)?,
            LogRequest::Undo => said(undo(store, page), page)?,
        }
    }
}

/// Shows one session.
fn open(
    store: &Database,
    id: SessionId,
    page: &mut LogListPage,
    stage: &mut PageHost,
) -> Result<Option<ProcessSignal>, Failure> {
    let here = *clock::local_time().offset();
    let mut session = match details(store, id) {
        Ok(details) => SessionPage::new(details, here, theme()),
        Err(Failure::Input(_)) => {
            page.replace(list(store)?);
            page.say("It is not there any more.".to_string());
            return Ok(None);
        }
        Err(failure) => return Err(failure),
    };
    loop {
        match stage.show(&mut session)? {
            PageOutcome::Signal(signal) => return Ok(Some(signal)),
            PageOutcome::Done(LogRequest::Edit(id)) => {
                if let Some(signal) = edit(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
                session = SessionPage::new(details(store, id)?, here, theme());
            }
            PageOutcome::Done(LogRequest::Delete(id)) => {
                delete(store, id, page)?;
                return Ok(None);
            }
            PageOutcome::Done(_) => return Ok(None),
        }
    }
}

/// Trouble with the log is said on the page: it may be over the next time.
fn said(done: Result<(), Failure>, page: &mut LogListPage) -> Result<(), Failure> {
    match done {
        Err(Failure::System(why)) => {
            page.say(why.replace("\n  = help:", " –"));
            Ok(())
        }
        done => done,
    }
}

/// Asks the questions after a session again, with what was answered.
fn edit(
    store: &Database,
    id: SessionId,
    page: &mut LogListPage,
    stage: &mut PageHost,
) -> Result<Option<ProcessSignal>, Failure> {
    let before = match details(store, id) {
        Ok(details) => details,
        Err(Failure::Input(_)) => {
            page.replace(list(store)?);
            page.say("It is not there any more.".to_string());
            return Ok(None);
        }
        Err(failure) => return Err(failure),
    };
    let answers = before.entry.answers;
    let mut given = answers.clone();
    let questions = (&before.sequence, answers.clone());
    let asked = prompts::questions(questions, &mut |now| given = now.clone(), (Screen, &mut *stage));
    // Also where the terminal was closed over the last of them.
    if given != answers {
        change_answers(store, id, (&answers, &given))?;
        page.replace(list(store)?);
        page.say("Changed. u undoes it.".to_string());
    }
    asked
}

/// Writes what was answered otherwise than before; the rest may have been changed elsewhere meanwhile.
fn change_answers(
    store: &Database,
    id: SessionId,
    (before, given): (&Answers, &Answers),
) -> Result<(), Failure> {
    let change = |kept: &mut history::EditableFields| kept.answers.take_over(before, given);
    // There is nothing to hurry for, and what was typed is not to be lost.
    let store = store.clone().with_lock_timeout(timeouts::LOCKED_FOR_ANSWERS);
    let mut connection = store.open()?;
    history::edit(&mut connection, id, clock::since_1970(), change).map_err(|e| store.explain(&e))?;
    Ok(())
}

fn delete(store: &Database, id: SessionId, page: &mut LogListPage) -> Result<(), Failure> {
    let mut connection = store.open()?;
    let deleted = history::delete(&mut connection, id, clock::since_1970()).map_err(|e| store.explain(&e))?;
    page.replace(list(store)?);
    page.say(match deleted {
        Some(kept) => format!("Deleted: {}. u brings it back.", edit::called(&kept)),
        None => "It is not there any more.".to_string(),
    });
    Ok(())
}

fn undo(store: &Database, page: &mut LogListPage) -> Result<(), Failure> {
    let undone = match store.open_existing()? {
        Some(mut connection) => history::undo(&mut connection).map_err(|e| store.explain(&e))?,
        None => None,
    };
    page.replace(list(store)?);
    match undone {
        Some(undone) => {
            page.mark(undone.session);
            page.say(edit::told(&undone));
        }
        None => page.say("There is nothing to undo.".to_string()),
    }
    Ok(())
}
