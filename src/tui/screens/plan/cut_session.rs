//! The minutes that the runner has for a session that has not begun, at the foot of the page.

use super::PlanRequest;
use super::view::{OfferTarget, SessionOffer};
use crate::frontend::{MinutesChoice, MinutesKey, bends};
use crate::keymap::Action;
use crate::tui::theme::Theme;
use crate::tui::widgets::minutes_panel::{self, MinutesWords};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A session that is about to be cut and run.
#[derive(Clone, Debug)]
pub struct SessionCut {
    target: OfferTarget,
    sequence: Arc<Sequence>,
    choice: MinutesChoice,
}

/// The answer to the question.
#[derive(Clone, Debug, PartialEq)]
pub enum CutAnswer {
    /// None yet.
    Open,
    /// The session stays as it is.
    Stay,
    /// The session is run within this time.
    Run(OfferTarget, Millis),
}

impl CutAnswer {
    /// Returns the request to run the session, if it is to be run.
    pub fn request(self) -> Option<PlanRequest> {
        match self {
            CutAnswer::Run(target, within) => Some(PlanRequest::RunWithin { target, within }),
            CutAnswer::Open | CutAnswer::Stay => None,
        }
    }
}

impl SessionCut {
    /// Asks about a session. `None` if it has no steps to cut.
    pub fn of(offer: &SessionOffer) -> Option<SessionCut> {
        let (target, sequence) = (offer.target.clone()?, offer.sequence.clone()?);
        let choice = MinutesChoice::below(sequence.totals().time);
        Some(SessionCut { target, sequence, choice })
    }

    /// Handles a key. A cut that is not possible stays on the page, with the reason.
    pub fn press(&mut self, action: Action) -> CutAnswer {
        match self.choice.press(action) {
            MinutesKey::Chosen(within) if bends::can_begin_within(&self.sequence, within) => {
                CutAnswer::Run(self.target.clone(), within)
            }
            MinutesKey::Cancel => CutAnswer::Stay,
            MinutesKey::Chosen(_) | MinutesKey::Open => CutAnswer::Open,
        }
    }

    /// Draws the minutes, what they make of the session, and the keys.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, theme: Theme) {
        let effect = bends::whole_within(&self.sequence, self.choice.time());
        let after = if self.choice.minutes() == 1 { "minute" } else { "minutes" };
        let words = MinutesWords { after, accept: "run it", effect: &effect };
        minutes_panel::draw(buf, window, self.choice, words, theme);
    }
}
