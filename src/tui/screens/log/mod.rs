//! The log: a list of sessions by week, and a page for a single session. The pages read no file and no clock; they are
//! given the sessions and return the runner's requests.

mod laps;
mod list;
mod row;
mod session;
mod trend_lines;
mod trends;
mod weeks;
mod zone_bar;

pub use list::LogListPage;
pub use session::SessionPage;
pub use trends::TrendsPage;

use crate::history::SessionId;

/// The runner's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogRequest {
    /// Open this session.
    Open(SessionId),
    /// Answer the questions about this session.
    Edit(SessionId),
    /// Delete this session from the log.
    Delete(SessionId),
    /// Undo the last change to the log.
    Undo,
    /// Show the trends.
    Trends,
    /// Show the trends of more weeks.
    MoreWeeks,
    /// Show the trends of fewer weeks.
    FewerWeeks,
    /// Close the page.
    Leave,
}
