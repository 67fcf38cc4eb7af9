//! A resolved workout: names are looked up, and targets are absolute if the athlete is known.
//!
//! Repeats are not unrolled yet and sizes not checked, so a small workout may stand for a very long one.

use crate::diagnostic::Diagnostic;
use crate::units::{Incline, Millis};
use crate::workout::language::document::Span;
use crate::workout::sequence::{
    Activity, Checklist, CueTime, End, HeartLimit, Kind, Question, RepeatId, Role, SourceSpan, Target,
    WrittenEnd,
};

/// A resolved workout.
#[derive(Clone, Debug, PartialEq)]
pub struct Workout {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// What it trains.
    pub activity: Activity,
    /// What it is for.
    pub about: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The origin, such as a book or an address.
    pub source: Option<String>,
    /// Words to find the workout by.
    pub tags: Vec<String>,
    /// The checklist before the workout.
    pub before: Option<Checklist>,
    /// The ways to ease off.
    pub during_ease: Vec<String>,
    /// The signs that it is time to ease off.
    pub during_signs: Vec<String>,
    /// The questions after the workout.
    pub after_ask: Vec<Question>,
    /// False for a workout that is run by feel.
    pub show_pace: bool,
    /// The items, in order.
    pub items: Vec<ResolvedItem>,
    /// The assumptions about details that the file does not give.
    pub assumptions: Vec<String>,
    /// The problems that keep the workout from compiling.
    pub problems: Vec<Diagnostic>,
}

/// An item of a workout.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedItem {
    /// The content.
    pub node: ResolvedNode,
    /// The cues of a group as a whole.
    pub cues: Vec<ResolvedCue>,
    /// The place in the text.
    pub span: Span,
}

/// The content of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum ResolvedNode {
    /// A step.
    Step(Box<ResolvedStep>),
    /// Items that belong together.
    Group(Vec<ResolvedItem>),
    /// A repeat or a ladder.
    Repeat(ResolvedRepeat),
    /// Two steps in turn, until a time.
    Alternate(Alternate),
}

/// A repeat or a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedRepeat {
    /// The id.
    pub id: RepeatId,
    /// The set's label.
    pub label: Option<String>,
    /// Its reps; the most that are planned if it is endless.
    pub reps: RepeatedItems,
    /// When the runner may end it.
    pub early_end: EarlyEnd,
    /// What stands between two of them.
    pub between: Option<Box<ResolvedItem>>,
}

/// When the runner may end a repeat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EarlyEnd {
    /// Never: it ends after its reps.
    #[default]
    Never,
    /// Once so many reps are done: a range of reps.
    After(u64),
    /// At any time: nothing else ends it.
    Endless,
}

impl EarlyEnd {
    /// True if the runner may end the repeat in the work of rep `n`.
    pub fn in_rep(self, n: u64) -> bool {
        match self {
            EarlyEnd::Never => false,
            EarlyEnd::After(least) => n > least,
            EarlyEnd::Endless => true,
        }
    }

    /// True if the runner may end the repeat in the recovery after rep `n`.
    pub fn after_rep(self, n: u64) -> bool {
        self.in_rep(n.saturating_add(1))
    }
}

/// The reps of a repeat.
#[derive(Clone, Debug, PartialEq)]
pub enum RepeatedItems {
    /// The same item several times.
    Same(u64, Box<ResolvedItem>),
    /// A different item for each rep, in a ladder.
    Each(Vec<ResolvedItem>),
}

impl RepeatedItems {
    /// Returns the number of reps.
    pub fn count(&self) -> u64 {
        match self {
            RepeatedItems::Same(count, _) => *count,
            RepeatedItems::Each(items) => items.len() as u64,
        }
    }
}

/// Two steps in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternate {
    /// The id.
    pub id: RepeatId,
    /// The set's label.
    pub label: Option<String>,
    /// The two steps.
    pub legs: [Box<ResolvedStep>; 2],
    /// The total time, which may cut a leg off.
    pub total: Millis,
}

/// A step that has no place in time yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedStep {
    /// The kind of step.
    pub kind: Kind,
    /// The role in the workout.
    pub role: Role,
    /// The label.
    pub label: Option<String>,
    /// The end.
    pub end: End,
    /// The end as it was written, where `end` does not say.
    pub written: Option<WrittenEnd>,
    /// The heart rate that ends the step before the upper bound of its time.
    pub until: Option<HeartLimit>,
    /// The target.
    pub target: Target,
    /// The incline at the start.
    pub incline: Incline,
    /// The incline at the end, if it changes.
    pub incline_to: Option<Incline>,
    /// The text cues.
    pub cues: Vec<ResolvedCue>,
    /// The place in the text, in bytes.
    pub span: Span,
    /// The place in the text, as line and column.
    pub source: SourceSpan,
}

/// A text cue with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedCue {
    /// The time in the step.
    pub when: CueTime,
    /// The text.
    pub text: String,
    /// The place of its time in the text.
    pub span: Span,
}
