//! The training plans that come with the program.

use crate::diagnostic::SourceText;

/// A plan that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInPlan {
    /// The name to start it by: its file's name without `.toml`.
    pub name: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

impl BuiltInPlan {
    /// The text of the file, with the file's name for errors.
    pub fn source(&self) -> SourceText {
        SourceText::new(format!("{}.toml", self.name), self.text)
    }
}

/// The built-in plans, the articles' own first, and then by the length of the race.
pub const BUILT_IN_PLANS: [BuiltInPlan; 5] = [
    BuiltInPlan { name: "micro-run", text: include_str!("../../plans/micro-run.toml") },
    BuiltInPlan { name: "couch-to-5k", text: include_str!("../../plans/couch-to-5k.toml") },
    BuiltInPlan { name: "10k", text: include_str!("../../plans/10k.toml") },
    BuiltInPlan { name: "half-12", text: include_str!("../../plans/half-12.toml") },
    BuiltInPlan { name: "marathon-16", text: include_str!("../../plans/marathon-16.toml") },
];
