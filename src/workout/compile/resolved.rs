//! A workout with its meaning filled in: names looked up, targets absolute where the athlete is known.
//!
//! Repeats are not unrolled yet, and nothing has been counted: a small workout may stand for a very long one.

use crate::diagnostic::Diagnostic;
use crate::units::{Incline, Millis};
use crate::workout::language::document::Span;
use crate::workout::sequence::{
    Checklist, CueTime, End, Kind, Question, RepeatId, Role, SourceSpan, Target, WrittenEnd,
};

/// A workout.
#[derive(Clone, Debug, PartialEq)]
pub struct Workout {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// What it is for.
    pub about: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What to ask before it starts.
    pub before: Option<Checklist>,
    /// What the one "ease off" key offers.
    pub during_ease: Vec<String>,
    /// Signs that it is time to.
    pub during_signs: Vec<String>,
    /// What to ask at its end.
    pub after_ask: Vec<Question>,
    /// False where it is run by feel.
    pub show_pace: bool,
    /// What is run, in order.
    pub items: Vec<ResolvedItem>,
    /// What was filled in where the file was silent.
    pub assumptions: Vec<String>,
    /// What has no meaning for this athlete; it keeps the workout from compiling.
    pub problems: Vec<Diagnostic>,
}

/// An item of a workout.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedItem {
    /// What it is.
    pub node: ResolvedNode,
    /// Cues of a group as a whole.
    pub cues: Vec<ResolvedCue>,
    /// Where it was written.
    pub span: Span,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum ResolvedNode {
    /// A step.
    Step(Box<ResolvedStep>),
    /// Items that belong together.
    Group(Vec<ResolvedItem>),
    /// A repeat or a ladder.
    Repeat(ResolvedRepeat),
    /// Two steps by turns, until a time.
    Alternate(Alternate),
}

/// A repeat or a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedRepeat {
    /// Its name.
    pub id: RepeatId,
    /// The set's label.
    pub label: Option<String>,
    /// Its reps.
    pub reps: RepeatedItems,
    /// The smaller number of a range of reps.
    pub least: Option<u64>,
    /// What stands between two of them.
    pub between: Option<Box<ResolvedItem>>,
}

/// The reps of a repeat.
#[derive(Clone, Debug, PartialEq)]
pub enum RepeatedItems {
    /// The same one, so many times.
    Same(u64, Box<ResolvedItem>),
    /// Each of its own, in a ladder.
    Each(Vec<ResolvedItem>),
}

impl RepeatedItems {
    /// How many.
    pub fn count(&self) -> u64 {
        match self {
            RepeatedItems::Same(count, _) => *count,
            RepeatedItems::Each(items) => items.len() as u64,
        }
    }
}

/// Two steps by turns.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternate {
    /// Its name.
    pub id: RepeatId,
    /// The set's label.
    pub label: Option<String>,
    /// The two steps.
    pub legs: [Box<ResolvedStep>; 2],
    /// When it ends, whatever leg is on.
    pub total: Millis,
}

/// A step, not yet placed in time.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedStep {
    /// What sort of step it is.
    pub kind: Kind,
    /// What it is to the workout.
    pub role: Role,
    /// Its label.
    pub label: Option<String>,
    /// What ends it.
    pub end: End,
    /// The end as it was written, where `end` does not say.
    pub written: Option<WrittenEnd>,
    /// How hard it is.
    pub target: Target,
    /// The incline at its start.
    pub incline: Incline,
    /// The incline at its end, where it changes.
    pub incline_to: Option<Incline>,
    /// What to say on the way.
    pub cues: Vec<ResolvedCue>,
    /// Where it was written: bytes.
    pub span: Span,
    /// Where it was written: line and column.
    pub source: SourceSpan,
}

/// A cue with the place of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedCue {
    /// When.
    pub when: CueTime,
    /// The words.
    pub text: String,
    /// Where its time stands.
    pub span: Span,
}
