//! The log on the screen: it shows the pages, and does what they ask for.

use super::{Failure, change, details, list};
use crate::cli::asked;
use crate::cli::live::Shown::Screen;
use crate::cli::live::theme;
use crate::cli::stage::{Shown, Stage};
use crate::clock;
use crate::config::Settings;
use crate::history::change as history;
use crate::history::{SessionId, Store};
use crate::runtime;
use crate::tui::log::{Asked, List, Session};
use std::process::ExitCode;

/// Shows the log until the runner leaves it.
pub fn screen(store: &Store, settings: Settings) -> Result<ExitCode, Failure> {
    let now = clock::local_time();
    let mut page = List::new(list(store)?, settings.week_starts, now, theme());
    let mut stage = Stage::new()?;
    let signal = look(store, &mut page, &mut stage);
    stage.leave()?;
    Ok(signal?.map_or(ExitCode::SUCCESS, runtime::exit_code))
}

/// The signal that ended it, if one did.
fn look(store: &Store, page: &mut List, stage: &mut Stage) -> Result<Option<i32>, Failure> {
    loop {
        let asked = match stage.show(page)? {
            Shown::Done(asked) => asked,
            Shown::Signal(signal) => return Ok(Some(signal)),
        };
        match asked {
            Asked::Leave => return Ok(None),
            Asked::Open(id) => {
                if let Some(signal) = open(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
            }
            Asked::Edit(id) => {
                if let Some(signal) = edit(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
            }
            Asked::Delete(id) => delete(store, id, page)?,
            Asked::Undo => undo(store, page)?,
        }
    }
}

/// Shows one session.
fn open(store: &Store, id: SessionId, page: &mut List, stage: &mut Stage) -> Result<Option<i32>, Failure> {
    let here = *clock::local_time().offset();
    let mut session = match details(store, id) {
        Ok(details) => Session::new(details, here, theme()),
        Err(Failure::Input(_)) => {
            page.replace(list(store)?);
            page.say("It is not there any more.".to_string());
            return Ok(None);
        }
        Err(failure) => return Err(failure),
    };
    loop {
        match stage.show(&mut session)? {
            Shown::Signal(signal) => return Ok(Some(signal)),
            Shown::Done(Asked::Edit(id)) => {
                if let Some(signal) = edit(store, id, page, stage)? {
                    return Ok(Some(signal));
                }
                session = Session::new(details(store, id)?, here, theme());
            }
            Shown::Done(Asked::Delete(id)) => {
                delete(store, id, page)?;
                return Ok(None);
            }
            Shown::Done(_) => return Ok(None),
        }
    }
}

/// Asks the questions after a session again, with what was answered.
fn edit(store: &Store, id: SessionId, page: &mut List, stage: &mut Stage) -> Result<Option<i32>, Failure> {
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
    let (given, signal) = asked::questions(&before.sequence, answers.clone(), (Screen, stage))?;
    if given != answers {
        let mut connection = store.open()?;
        let change = |kept: &mut history::Kept| kept.answers = given;
        history::edit(&mut connection, id, clock::since_1970(), change).map_err(|e| store.trouble(&e))?;
        page.replace(list(store)?);
        page.say("Changed. u undoes it.".to_string());
    }
    Ok(signal)
}

fn delete(store: &Store, id: SessionId, page: &mut List) -> Result<(), Failure> {
    let mut connection = store.open()?;
    let deleted = history::delete(&mut connection, id, clock::since_1970()).map_err(|e| store.trouble(&e))?;
    page.replace(list(store)?);
    page.say(match deleted {
        Some(kept) => format!("Deleted: {}. u brings it back.", change::called(&kept)),
        None => "It is not there any more.".to_string(),
    });
    Ok(())
}

fn undo(store: &Store, page: &mut List) -> Result<(), Failure> {
    let undone = match store.open_if_there()? {
        Some(mut connection) => history::undo(&mut connection).map_err(|e| store.trouble(&e))?,
        None => None,
    };
    page.replace(list(store)?);
    match undone {
        Some(undone) => {
            page.mark(undone.session);
            page.say(change::told(&undone));
        }
        None => page.say("There is nothing to undo.".to_string()),
    }
    Ok(())
}
