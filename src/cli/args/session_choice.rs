//! Sessions of the log, as they are named on the command line.

use crate::cli::human_date::{self, HumanDate};
use crate::clock;
use crate::history::SessionId;
use chrono::NaiveDate;

/// The session that an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionChoice {
    /// The number in the log.
    Number(SessionId),
    /// The session that began last.
    Latest,
    /// The only session of a day.
    Day(NaiveDate),
}

/// Reads a number, `last`, or a day.
pub(super) fn session(text: &str) -> Result<SessionChoice, String> {
    let text = text.trim().trim_start_matches('#');
    if let Some(number) = text.parse().ok().filter(|number| *number > 0) {
        return Ok(SessionChoice::Number(SessionId(number)));
    }
    if ["last", "latest"].contains(&text.to_lowercase().as_str()) {
        return Ok(SessionChoice::Latest);
    }
    match human_date::read(text, clock::local_time()) {
        Ok(HumanDate::Day(day)) => Ok(SessionChoice::Day(day)),
        _ => Err("write the number that `pacebell log` shows in front of the session, `last`, or its day"
            .to_string()),
    }
}
