//! Easing off: the texts that answer a runner for whom it is too hard.

use super::{Coach, Effect};
use crate::cues::TextOnScreen;
use crate::session::Command;

impl Coach {
    /// Returns the text that answers a command about the effort.
    pub(super) fn respond(&mut self, command: Command, effects: &[Effect]) -> Option<Effect> {
        let eases = match command {
            Command::EaseOff => true,
            Command::Answer { yes } => !yes,
            _ => return None,
        };
        let Some(Effect::Happened(event)) = effects.last() else { return None };
        if !eases {
            self.showing = None;
            return None;
        }
        let text = self.ease()?.to_string();
        let step = self.session.current().or(self.session.sequence().steps.last())?.id;
        let text = TextOnScreen { at: event.elapsed, step, text, asks: false };
        self.showing = Some(text.clone());
        Some(Effect::Said(text))
    }

    /// Returns the latest way to ease off that the runner asked for.
    pub(super) fn ease(&self) -> Option<&str> {
        let latest = self.session.eased().checked_sub(1)?;
        self.session.sequence().during_ease.get(latest).map(String::as_str)
    }

    /// True if the workout says how to ease off. Only then do its questions need an answer.
    pub(super) fn can_ease(&self) -> bool {
        !self.session.sequence().during_ease.is_empty()
    }
}
