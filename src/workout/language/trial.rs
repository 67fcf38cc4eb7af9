//! The trial of a fix: a text that is offered as the fix of a problem is compiled first.

use super::document::Item;
use crate::athlete::Athlete;

/// Compiles items, and returns true if the athlete, or a runner without a profile, can run them. The second argument is
/// the text of the items.
pub type CompileTrial = fn(&[Item], &str, Option<&Athlete>) -> bool;

/// The compiler, and the athlete for whom it tries fixes.
#[derive(Clone, Debug)]
pub struct FixTrial {
    /// The athlete whose workout has the problem, if there is a profile.
    pub athlete: Option<Athlete>,
    /// The compiler.
    pub compiles: CompileTrial,
}

impl FixTrial {
    /// Returns true if `items`, which stand in `text`, compile.
    pub fn passes(&self, items: &[Item], text: &str) -> bool {
        (self.compiles)(items, text, self.athlete.as_ref())
    }
}
