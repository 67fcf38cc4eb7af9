//! The plan that the runner follows: today, its week, and all of it. The pages read no file, no log and no clock; they are
//! given words and figures, and return the runner's requests.

mod cut_session;
mod day_choice;
mod grid;
mod grid_contents;
mod table;
mod today;
mod today_contents;
mod view;
mod week;
mod week_contents;
mod words;

pub use grid::{PlanGrid, PlanGridCell, PlanGridPage, PlanGridWeek};
pub use grid_contents::plan_grid;
pub use today::TodayPage;
pub use today_contents::today_view;
pub use view::{
    DayTab, MoveTarget, OfferTarget, SessionMark, SessionOffer, ShorterRun, TodayGroup, TodayView,
    WeekFigure, WeekSession, WeekTable,
};
pub use week::WeekPage;
pub use week_contents::week_table;
pub use words::PlanFigures;

use crate::agenda::PlanChoice;
use crate::plan::ItemId;
use crate::units::Millis;
use chrono::NaiveDate;

/// The runner's request.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanRequest {
    /// Run this session, or take this answer.
    Choose(OfferTarget),
    /// Run this session, cut to the time that the runner has.
    RunWithin {
        /// The session.
        target: OfferTarget,
        /// The time.
        within: Millis,
    },
    /// Move an item to another day.
    Move {
        /// The item.
        item: ItemId,
        /// The day.
        to: NaiveDate,
    },
    /// Skip an item.
    Skip(ItemId),
    /// Make this choice: it takes a shorter long run.
    TakeShorter(PlanChoice),
    /// Check in.
    Checkin,
    /// Undo the latest change.
    Undo,
    /// Show today.
    Today,
    /// Show the week of this date. Without a date, show the one of today.
    Week(Option<NaiveDate>),
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
