//! What was run: the log as a list, week by week, and one session of it with all there is to know. They know neither
//! the disk nor the clock: they are given what there is, and say what the runner wants.

mod list;
mod row;
mod session;
mod weeks;
mod zone_bar;

pub use list::LogListPage;
pub use session::SessionPage;

use crate::history::SessionId;

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogRequest {
    /// Look at this session.
    Open(SessionId),
    /// Answer the questions about it.
    Edit(SessionId),
    /// Take it out of the log.
    Delete(SessionId),
    /// Undo the latest change to the log.
    Undo,
    /// Leave the page.
    Leave,
}
