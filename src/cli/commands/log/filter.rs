//! `pacebell log list`: the sessions that match.

use crate::cli::args::log::LogListArguments;
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, HumanDate};
use crate::cli::report::Report;
use crate::clock;
use crate::history::Database;
use crate::history::log_filter::LogFilter;
use crate::history::queries::{self, LogEntry};
use chrono::NaiveDate;

/// Returns the sessions that match, the latest first.
pub fn list(database: &Database, arguments: &LogListArguments) -> Result<Vec<LogEntry>, Failure> {
    let filter = LogFilter {
        since: arguments.since.as_deref().map(since).transpose()?,
        workout: arguments.workout.clone(),
        tag: arguments.tag.clone(),
    };
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    let entries = queries::list(&connection).and_then(|all| filter.apply(&connection, all));
    Ok(entries.map_err(|error| database.explain(&error))?)
}

fn since(text: &str) -> Result<NaiveDate, Failure> {
    let now = clock::local_time();
    match human_date::read(text, now) {
        Ok(HumanDate::Day(day)) => Ok(day),
        Ok(HumanDate::Local(time)) => Ok(time.date()),
        Ok(HumanDate::Moment(moment)) => Ok(moment.date_naive()),
        Ok(HumanDate::Time(_)) => Ok(now.date_naive()),
        Err(refusal) => {
            Err(Failure::Input(Report::new(format!("--since: {}", refusal.problem)).with_help(refusal.help)))
        }
    }
}
