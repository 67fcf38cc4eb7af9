//! The session that an argument names.

use super::{latest, list};
use crate::cli::args::session_choice::SessionChoice;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::history::queries::LogEntry;
use crate::history::{Database, SessionId};

/// Returns the number of the session.
///
/// # Errors
/// If the log is empty, or the day has no session, or several.
pub fn session(database: &Database, choice: SessionChoice) -> Result<SessionId, Failure> {
    let day = match choice {
        SessionChoice::Number(id) => return Ok(id),
        SessionChoice::Latest => return Ok(latest(database)?.entry.id),
        SessionChoice::Day(day) => day,
    };
    let mut entries = list(database)?;
    entries.retain(|entry| entry.started.date_naive() == day);
    let shown = day.format("%a %-d %b %Y");
    let report = match entries.as_slice() {
        [only] => return Ok(only.id),
        [] => Report::new(format!("there is no session on {shown}"))
            .with_help("`pacebell log` lists the sessions, with a number in front of each"),
        several => {
            let one = |entry: &LogEntry| format!("{} for {}", entry.id, entry.name);
            let list: Vec<String> = several.iter().rev().map(one).collect();
            Report::new(format!("there are {} sessions on {shown}", several.len()))
                .with_help(format!("write the number: {}", list.join(", ")))
        }
    };
    Err(Failure::Input(report))
}
