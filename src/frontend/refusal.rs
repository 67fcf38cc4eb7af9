//! The reasons why an action does nothing, in words.

use crate::coach::View;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::units::{Millis, clock};
use crate::workout::bending::BendRefusal;

/// The reason why an action does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no edit to undo.
    NothingToUndo,
    /// There is no repeat around this step.
    NoRepeat,
    /// The session cannot be made easier.
    NothingEasier,
    /// The session has not begun.
    NotBegun,
    /// The rest of the session cannot be changed like this.
    Bend(BendRefusal),
    /// The workout lists no warning signs.
    NoSigns,
    /// The runner stands on the rails, and the belt keeps its speed.
    OnRails,
    /// The breath cannot be guided at the next rate.
    BreathRate,
    /// The belt is already changing to the next number.
    NextNumber,
}

impl Refusal {
    /// Says why, and which key helps instead.
    pub fn text(self, view: &View<'_>, keymap: &Keymap) -> String {
        let why = match self {
            Refusal::NothingToUndo => "nothing to undo: no skip, jump, longer step or cut yet",
            Refusal::NoRepeat => "this step is not repeated",
            Refusal::NothingEasier => "nothing is left to make easier",
            Refusal::NotBegun => "not before the start",
            Refusal::Bend(refusal) => &refusal_text(refusal, view.position.elapsed),
            Refusal::NoSigns => "this workout lists no warning signs",
            Refusal::OnRails => "not while you are on the rails",
            Refusal::BreathRate => "3 to 12 breaths a minute are guided, and whole breaths only",
            Refusal::NextNumber => "not now: the next number is coming",
        };
        let slower = keymap.label(KeyContext::Running, Action::Slower);
        let slows = view.sequence.show_pace && view.adjusted(-1).is_some() && !slower.is_empty();
        match self {
            Refusal::NothingEasier if slows => format!("{why}: {slower} slows the belt"),
            _ => why.to_string(),
        }
    }
}

/// Says why a bend is not possible after `elapsed` of a session.
pub fn refusal_text(refusal: BendRefusal, elapsed: Millis) -> String {
    let left = |total: Millis| clock(total.saturating_sub(elapsed).secs_left());
    match refusal {
        BendRefusal::NoEffect => "that changes nothing here".to_string(),
        BendRefusal::UnknownLength(_) => {
            "not here: a step waits for your key, so its length is unknown".to_string()
        }
        BendRefusal::ShortEnough(total) => format!("it ends in {} anyway", left(total)),
        BendRefusal::TooShort(total) => format!("it takes {} at least", left(total)),
        BendRefusal::NoReps => "this workout has no reps to add to".to_string(),
        BendRefusal::NotInLastRep => "one more: press it in the last rep or after it".to_string(),
        BendRefusal::EnoughMore => "no more: a quarter of the reps at most, and two".to_string(),
        BendRefusal::Lighter => "not today: this is meant to be an easier session".to_string(),
    }
}
