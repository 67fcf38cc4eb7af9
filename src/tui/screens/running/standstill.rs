//! The heading while the clock stands still: a word that nobody overlooks, and how to start the clock.

use super::labels::{self, belt, incline};
use super::scene::RunningScene;
use crate::keymap::{Action, KeyContext};
use crate::session::Phase;

/// The heading while the clock stands still.
pub struct Standstill {
    /// The word that stands out.
    pub word: StandstillWord,
    /// The way to start the clock.
    pub hint: String,
}

/// The word that stands out while the clock stands still.
pub enum StandstillWord {
    /// The session has not started.
    Ready,
    /// The session is paused.
    Paused,
    /// A count-in runs, and this number has to be pressed.
    Press(String),
    /// A count-in runs for a first step with this title, which has no number.
    Title(String),
}

impl StandstillWord {
    /// The label before a number to press.
    pub const PRESS: &str = "PRESS";

    /// The word as it is written.
    pub fn text(&self) -> String {
        match self {
            StandstillWord::Ready => "READY".to_string(),
            StandstillWord::Paused => "PAUSED".to_string(),
            StandstillWord::Press(number) => format!("{} {number}", StandstillWord::PRESS),
            StandstillWord::Title(title) => title.clone(),
        }
    }
}

impl Standstill {
    /// The heading for this scene; `None` while the clock runs.
    pub fn of(scene: &RunningScene<'_>) -> Option<Standstill> {
        let key = |action| scene.theme.keymap().label(KeyContext::Running, action);
        let (word, hint) = match scene.view.phase {
            Phase::Ready => (StandstillWord::Ready, format!("{} starts", key(Action::Pause))),
            Phase::CountIn { .. } => {
                let belt = belt::belt(scene.view, scene.units).filter(|_| !scene.view.on_rails);
                let word = match belt {
                    Some(belt) => {
                        let incline = incline::now(scene.view);
                        StandstillWord::Press(incline::with_number(&belt.number, incline.as_deref()))
                    }
                    None => StandstillWord::Title(labels::title(scene.view)),
                };
                let hint = match key(Action::EndStep) {
                    "" => "get on".to_string(),
                    key => format!("get on: {key} starts now"),
                };
                (word, hint)
            }
            Phase::Paused => (StandstillWord::Paused, format!("{} resumes", key(Action::Pause))),
            Phase::Absent { .. } => (StandstillWord::Paused, "see below".to_string()),
            Phase::Running | Phase::Stopped => return None,
        };
        Some(Standstill { word, hint })
    }
}
