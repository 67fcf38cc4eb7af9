//! The pages, lists and questions that lie over the running screen.

use super::console_distance::ConsoleDistance;
use super::minutes_left::MinutesLeft;
use super::step_list::StepList;
use super::warning_signs::WarningSigns;
use crate::tui::screens::help::HelpPage;
use crate::tui::widgets::choice::ChoicePrompt;

/// A page, list or question over the running screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The question whether to stop.
    ConfirmStop(ChoicePrompt),
    /// The distance that the console shows.
    ConsoleDistance(ConsoleDistance),
    /// The minutes that are left.
    Minutes(MinutesLeft),
    /// The keys.
    Help(HelpPage),
    /// The list of steps.
    Steps(StepList),
    /// The warning signs.
    Signs(WarningSigns),
}
