//! The easier session in place of a planned one.

use super::{AgendaItem, shortened};

/// An easier session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EasierSession {
    /// A recovery jog, in place of a hard or a long session, and of one that has no shorter end.
    RecoveryJog,
    /// The planned session up to its lower bound, as notation: `40min easy`.
    LowerBound(String),
}

/// Returns the easier session in place of an item. `None` for one that is no run.
pub fn easier_session(item: &AgendaItem<'_>) -> Option<EasierSession> {
    let workout = item.session.workout()?;
    if !workout.figures.kind.is_run() {
        return None;
    }
    let is_easy = !item.is_demanding();
    let minutes = workout.figures.least.whole_secs() / 60;
    let lower = shortened(workout, &format!("{minutes}min")).filter(|_| is_easy);
    Some(lower.map_or(EasierSession::RecoveryJog, EasierSession::LowerBound))
}
