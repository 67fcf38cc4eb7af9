//! The trial of a fix: a text that is offered as the fix of a problem is compiled first.

use super::document::Item;
use crate::athlete::Athlete;
use crate::units::Millis;

/// Compiles items, and returns true if the athlete, or a runner without a profile, can run them. The second argument is
/// the text of the items.
pub type CompileTrial = fn(&[Item], &str, Option<&Athlete>) -> bool;

/// Compiles items for an athlete, and returns how long they take. Nothing where only a key or a profile decides.
pub type MeasureTrial = fn(&[Item], &str, Option<&Athlete>) -> Option<Millis>;

/// The compiler, and the athlete for whom it tries fixes.
#[derive(Clone, Debug)]
pub struct FixTrial {
    /// The athlete whose workout has the problem, if there is a profile.
    pub athlete: Option<Athlete>,
    /// The compiler.
    pub compiles: CompileTrial,
    /// The compiler, for the time that the items take.
    pub measures: MeasureTrial,
}

impl FixTrial {
    /// Returns true if `items`, which stand in `text`, compile.
    pub fn passes(&self, items: &[Item], text: &str) -> bool {
        (self.compiles)(items, text, self.athlete.as_ref())
    }

    /// Returns the time that `items`, which stand in `text`, take the athlete.
    pub fn total(&self, items: &[Item], text: &str) -> Option<Millis> {
        (self.measures)(items, text, self.athlete.as_ref())
    }
}
