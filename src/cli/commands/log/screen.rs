//! The log on the screen: shows its pages and does what they ask for.

use super::edit::{describe_undone, name_and_start};
use super::{find, list, trends};
use crate::cli::args::log::MOST_WEEKS;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::session::display::Display;
use crate::cli::session::offer::unfinished_note;
use crate::cli::session::page_host::PageHost;
use crate::cli::session::prompts;
use crate::clock;
use crate::day::WinMoment;
use crate::history::deletion;
use crate::history::edits::{self, EditableFields, Undone};
use crate::history::{Database, SessionId, timeouts, wins};
use crate::keymap::KeyContext;
use crate::runner::profile::Units;
use crate::session::answers::Answers;
use crate::trends::USUAL_WEEKS;
use crate::tui::screens::log::{LogListPage, LogRequest, SessionPage, TrendsPage};

/// The weeks that a key adds to the trends or takes away.
const WEEKS_STEP: usize = 4;
/// What a page says about a session that was deleted meanwhile.
const GONE: &str = "This session is no longer in the log.";

/// Shows the log until the runner leaves it.
pub fn show(context: &Context, database: &Database) -> Result<(), Failure> {
    let now = clock::local_time();
    let units = load_workout::profile_if_usable().units;
    // First, because it may add a session to the list.
    let note = unfinished_note(context);
    let page = LogListPage::new(list(database)?, context.settings.week_starts, now, context.theme);
    let mut page = page.in_units(units).with_wins(&all_wins(database)?);
    if let Some(note) = note {
        page.say(note);
    }
    let host = PageHost::new(context, Display::Screen)?;
    LogScreen { database, page, host, units }.run()
}

fn all_wins(database: &Database) -> Result<Vec<WinMoment>, Failure> {
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    Ok(wins::since(&connection, i64::MIN).map_err(|error| database.explain(&error))?)
}

struct LogScreen<'a> {
    database: &'a Database,
    page: LogListPage,
    host: PageHost<'a>,
    units: Units,
}

impl LogScreen<'_> {
    fn run(mut self) -> Result<(), Failure> {
        loop {
            match self.host.show(&mut self.page)? {
                LogRequest::Leave => return self.host.leave(),
                LogRequest::Open(id) => self.open(id)?,
                LogRequest::Edit(id) => self.edit(id)?,
                LogRequest::Delete(id) => {
                    let deleted = self.delete(id);
                    self.say_problem(deleted)?;
                }
                LogRequest::Trends => self.show_trends()?,
                // Only the page of the trends asks for these.
                LogRequest::MoreWeeks | LogRequest::FewerWeeks => {}
                LogRequest::Undo => {
                    let undone = self.undo();
                    self.say_problem(undone)?;
                }
            }
        }
    }

    /// Shows one session until the runner leaves it.
    fn open(&mut self, id: SessionId) -> Result<(), Failure> {
        let here = *clock::local_time().offset();
        while let Some(details) = find(self.database, id)? {
            let mut page = SessionPage::new(details, here, self.host.context.theme).in_units(self.units);
            match self.host.show(&mut page)? {
                LogRequest::Edit(id) => self.edit(id)?,
                LogRequest::Delete(id) => return self.delete(id),
                _ => return Ok(()),
            }
        }
        self.refresh(GONE.to_string())
    }

    /// Shows the trends until the runner leaves them.
    fn show_trends(&mut self) -> Result<(), Failure> {
        let mut weeks = USUAL_WEEKS;
        let trends = trends::read(self.host.context, self.database, weeks)?;
        let mut page = TrendsPage::new(trends, self.units, self.host.context.theme);
        loop {
            weeks = match self.host.show(&mut page)? {
                LogRequest::MoreWeeks => (weeks + WEEKS_STEP).min(MOST_WEEKS),
                LogRequest::FewerWeeks => weeks.saturating_sub(WEEKS_STEP).max(WEEKS_STEP),
                _ => return Ok(()),
            };
            page.replace(trends::read(self.host.context, self.database, weeks)?);
        }
    }

    /// Asks the questions after a session again, beginning with the present answers.
    fn edit(&mut self, id: SessionId) -> Result<(), Failure> {
        let Some(details) = find(self.database, id)? else { return self.refresh(GONE.to_string()) };
        let before = details.entry.answers;
        let mut latest = before.clone();
        let mut answered = |answers: &Answers| latest = answers.clone();
        let asked = prompts::questions(&mut self.host, &details.sequence, before.clone(), &mut answered);
        // Answers given before an interruption are kept.
        if latest != before {
            self.change_answers(id, &before, &latest)?;
            self.refresh(format!("Changed.{}", self.host.undo_hint(KeyContext::Logged)))?;
        }
        asked
    }

    /// Writes the answers that changed. Another program may have changed the others meanwhile.
    fn change_answers(&self, id: SessionId, before: &Answers, after: &Answers) -> Result<(), Failure> {
        let change = |fields: &mut EditableFields| fields.answers.apply_changes(before, after);
        // Rather wait for a locked log than lose what was typed.
        let database = self.database.clone().with_lock_timeout(timeouts::LOCKED_FOR_ANSWERS);
        let mut connection = database.open()?;
        edits::edit(&mut connection, id, clock::since_1970(), change)
            .map_err(|error| database.explain(&error))?;
        Ok(())
    }

    fn delete(&mut self, id: SessionId) -> Result<(), Failure> {
        let deleted = deletion::delete_idle(self.database, id, clock::since_1970())?;
        self.refresh(match deleted {
            Some(deleted) => {
                let undo = self.host.undo_hint(KeyContext::Logged);
                format!("Deleted: {}.{undo}", name_and_start(&deleted.fields))
            }
            None => GONE.to_string(),
        })
    }

    fn undo(&mut self) -> Result<(), Failure> {
        let undone = match self.database.open_existing()? {
            Some(mut connection) => edits::undo(&mut connection, clock::since_1970())
                .map_err(|error| self.database.explain(&error))?,
            None => None,
        };
        let Some(undone) = undone else { return self.refresh("There is nothing to undo.".to_string()) };
        self.refresh(describe_undone(self.host.context, &undone))?;
        if let Undone::Change(change) = undone {
            self.page.mark(change.session);
        }
        Ok(())
    }

    /// Reads the log again and shows a message.
    fn refresh(&mut self, message: String) -> Result<(), Failure> {
        self.page.replace(list(self.database)?);
        self.page.say(message);
        Ok(())
    }

    /// Shows a problem with the log on the page, because the next try may succeed.
    fn say_problem(&mut self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        match outcome {
            Err(Failure::System(report)) => {
                self.page.say(report.one_line());
                Ok(())
            }
            other => other,
        }
    }
}
