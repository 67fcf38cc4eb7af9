//! Everything that the running screen shows.

use crate::coach::View;
use crate::display::chart::IntensityChart;
use crate::frontend::Status;
use crate::runner::profile::Units;
use crate::tui::theme::Theme;

/// Everything that the running screen shows.
pub struct RunningScene<'a> {
    /// The session.
    pub view: &'a View<'a>,
    /// Everything around it.
    pub status: &'a Status,
    /// The colours.
    pub theme: Theme,
    /// The units.
    pub units: Units,
    /// The workout's chart, made for the window's width.
    pub chart: &'a IntensityChart,
    /// A message of the screen's own, while it shows.
    pub toast: Option<&'a str>,
    /// A sentence for each key that changes the rest of the session now.
    pub offers: Vec<String>,
    /// The keys that answer the workout's question; empty if it asks none.
    pub answers: Vec<String>,
    /// True if all keys but one are locked.
    pub locked: bool,
    /// True if a question, a field or a list takes the keys.
    pub is_covered: bool,
    /// True if only the number and one line are shown.
    pub digits_only: bool,
}

/// Words to read now.
pub struct ScreenMessage<'a> {
    /// The words.
    pub text: &'a str,
    /// The keys that answer them; empty if they ask nothing.
    pub answers: &'a [String],
    /// True if the words are the workout's own.
    pub is_from_workout: bool,
}

impl RunningScene<'_> {
    /// The words to read now, if there are any. The screen's own come before the workout's.
    pub fn message(&self) -> Option<ScreenMessage<'_>> {
        match (self.toast, self.view.words) {
            (Some(text), _) => Some(ScreenMessage { text, answers: &[], is_from_workout: false }),
            (None, Some(text)) => Some(ScreenMessage { text, answers: &self.answers, is_from_workout: true }),
            (None, None) => None,
        }
    }
}
