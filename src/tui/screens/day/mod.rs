//! The day: what comes next, the actions with their times, and the wins. And the page that offers actions to begin with.

mod offer;
mod page;

pub use offer::DayOfferPage;
pub use page::{DayPage, DayRequest, Reminder};
