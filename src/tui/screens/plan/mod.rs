//! The plan that the runner follows: today, its week, and all of it. The pages read no file, no log and no clock; they are
//! given words and figures, and return the runner's requests.

mod day_choice;
mod grid;
mod table;
mod today;
mod view;
mod week;

pub use grid::{PlanGrid, PlanGridCell, PlanGridPage, PlanGridWeek};
pub use today::TodayPage;
pub use view::{
    DayTab, MoveTarget, SessionMark, SessionOffer, TodayGroup, TodayView, WeekFigure, WeekLine, WeekTable,
};
pub use week::WeekPage;

/// The runner's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanRequest {
    /// Run this session, or take this answer, by its index.
    Choose(usize),
    /// Move this session to one of the days it can be moved to, both by their index.
    Move {
        /// The session.
        session: usize,
        /// The day.
        day: usize,
    },
    /// Skip this session, by its index.
    Skip(usize),
    /// Take the shorter long run.
    TakeShorter,
    /// Undo the latest change.
    Undo,
    /// Show today.
    Today,
    /// Show the week.
    Week,
    /// Show the week before.
    EarlierWeek,
    /// Show the week after.
    LaterWeek,
    /// Show the whole plan.
    Plan,
    /// Show the library.
    Library,
    /// Close the page.
    Leave,
}
