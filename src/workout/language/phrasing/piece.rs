//! An item of a line as it was phrased, and how it is written as notation.

use super::step_phrase::{LengthPhrase, LengthSort, StepPart, StepPhrase, time_text};
use super::words::BetweenWhat;
use std::ops::Range;

/// What stands for the distance of the rep before a recovery, until the rep is known.
const SAME_DISTANCE: &str = "same ";

/// What stands between two reps.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RecoveryPhrase {
    /// A piece of its own, and what it says that it stands between.
    Between(String, BetweenWhat),
    /// Each rep starts so long after the one before.
    SendOff(String),
}

impl RecoveryPhrase {
    /// `step` as a recovery.
    pub(super) fn of(step: &StepPhrase) -> RecoveryPhrase {
        RecoveryPhrase::Between(step.render_recovery(), step.between.unwrap_or(BetweenWhat::Unsaid))
    }

    /// True for a walk of some length.
    pub(super) fn is_walk(&self) -> bool {
        matches!(self, RecoveryPhrase::Between(text, _) if text.ends_with(" walk"))
    }

    /// Notation as a recovery.
    pub(super) fn notation(text: String) -> RecoveryPhrase {
        RecoveryPhrase::Between(text, BetweenWhat::Unsaid)
    }

    /// A recovery as far as the rep before it.
    pub(super) fn same_distance(effort: &str) -> RecoveryPhrase {
        RecoveryPhrase::notation(format!("{SAME_DISTANCE}{effort}"))
    }

    pub(super) fn is_same_distance(&self) -> bool {
        matches!(self, RecoveryPhrase::Between(text, _) if text.starts_with(SAME_DISTANCE))
    }

    /// The recovery after `rep`, which says how far one of the same distance is. Without a distance, it lasts as long.
    pub(super) fn after(&self, rep: &PhrasePiece) -> RecoveryPhrase {
        let RecoveryPhrase::Between(text, what) = self else { return self.clone() };
        let Some(effort) = text.strip_prefix(SAME_DISTANCE) else { return self.clone() };
        let length = rep.length().filter(|length| length.sort == LengthSort::Metres);
        let length = length.map_or("100%", |length| length.text.as_str());
        RecoveryPhrase::Between(format!("{length} {effort}"), *what)
    }

    /// A recovery that is a share of `rep`, as a step of its own: `90s jog` after a rep of 90 s for `100% jog`.
    pub(super) fn as_step_after(&self, rep: &PhrasePiece) -> Option<String> {
        let RecoveryPhrase::Between(text, _) = self else { return None };
        let (share, effort) = match text.split_once("% ") {
            Some((share, effort)) => (share.parse::<f64>().ok()? / 100.0, effort),
            None => (1.0, text.strip_prefix(SAME_DISTANCE)?),
        };
        let length = rep.length().filter(|length| length.lower.is_none())?;
        let length = match length.sort {
            LengthSort::Seconds => time_text(length.value * share),
            LengthSort::Metres => format!("{}m", length.value * share),
        };
        Some(format!("{length} {effort}"))
    }

    /// The recovery as notation, after what is repeated.
    pub(super) fn suffix(recovery: Option<&RecoveryPhrase>) -> String {
        match recovery {
            Some(RecoveryPhrase::Between(text, _)) => format!(" / {text}"),
            Some(RecoveryPhrase::SendOff(time)) => format!(" on {time}"),
            None => String::new(),
        }
    }
}

/// One item of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct PhrasePiece {
    pub(super) label: String,
    pub(super) body: PhraseBody,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// True after a word that says *after* (`then`), where it could be taken for a recovery.
    pub(super) is_after: bool,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(super) enum PhraseBody {
    Step(Box<StepPhrase>),
    Group(Vec<PhrasePiece>),
    Repeat {
        count: String,
        body: Box<PhrasePiece>,
        recovery: Option<RecoveryPhrase>,
    },
    Ladder {
        rungs: Vec<PhrasePiece>,
        recovery: Option<RecoveryPhrase>,
    },
    /// Notation as it is.
    Notation(String),
}

impl Default for PhraseBody {
    fn default() -> Self {
        PhraseBody::Notation(String::new())
    }
}

impl PhrasePiece {
    pub(super) fn step(step: StepPhrase) -> Self {
        PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() }
    }

    pub(super) fn group(pieces: Vec<PhrasePiece>) -> Self {
        PhrasePiece { body: PhraseBody::Group(pieces), ..PhrasePiece::default() }
    }

    /// `count` times `body`, without a recovery.
    pub(super) fn repeat(count: String, body: PhrasePiece) -> Self {
        let body = PhraseBody::Repeat { count, body: Box::new(body), recovery: None };
        PhrasePiece { body, ..PhrasePiece::default() }
    }

    /// The piece as notation.
    pub(super) fn render(&self) -> String {
        let body = match &self.body {
            PhraseBody::Step(step) => step.render(),
            PhraseBody::Group(pieces) => match pieces.as_slice() {
                [one] if one.is_bracket() => one.render(),
                _ => format!("({})", render_line(pieces)),
            },
            PhraseBody::Repeat { count, body, recovery } => {
                let inner = match body.body {
                    PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. } => format!("({})", body.render()),
                    _ => body.render(),
                };
                let recovery = recovery.as_ref().map(|recovery| recovery.after(body));
                format!("{count}×{inner}{}", RecoveryPhrase::suffix(recovery.as_ref()))
            }
            PhraseBody::Ladder { rungs, recovery: Some(recovery) } if recovery.is_same_distance() => {
                format!("({})", with_same_distances(rungs, recovery))
            }
            PhraseBody::Ladder { rungs, recovery } => {
                format!("({}){}", render_line(rungs), RecoveryPhrase::suffix(recovery.as_ref()))
            }
            PhraseBody::Notation(text) => text.clone(),
        };
        if self.label.is_empty() { body } else { format!("{}: {body}", self.label) }
    }

    /// True for a ladder without a recovery, which is steps in brackets.
    fn is_bracket(&self) -> bool {
        matches!(&self.body, PhraseBody::Ladder { recovery: None, .. }) && self.label.is_empty()
    }

    /// True for a repeat or a ladder that has no recovery yet.
    pub(super) fn lacks_recovery(&self) -> bool {
        match &self.body {
            PhraseBody::Repeat { recovery, .. } | PhraseBody::Ladder { recovery, .. } => recovery.is_none(),
            _ => false,
        }
    }

    /// The length of a step.
    pub(super) fn length(&self) -> Option<&LengthPhrase> {
        match &self.body {
            PhraseBody::Step(step) => step.length.as_ref(),
            _ => None,
        }
    }

    /// True for a step at a belt speed, without an incline.
    pub(super) fn is_on_the_flat_belt(&self) -> bool {
        match &self.body {
            PhraseBody::Step(step) => {
                let is_speed = |target: &String| target.ends_with("mph") || target.ends_with("km/h");
                step.incline.is_none() && step.targets.iter().any(is_speed)
            }
            _ => false,
        }
    }

    /// True for `first 7 miles at 8:00` where nothing says how long the whole run is. The parts that follow come one after
    /// the other, and none is taken out of another.
    pub(super) fn is_first_part(&self) -> bool {
        match &self.body {
            PhraseBody::Step(step) => step.part == Some(StepPart::First) && !step.lacks_length(),
            _ => false,
        }
    }

    /// True for a repeat of lengths in brackets of which none says how hard it is.
    pub(super) fn is_bare_set(&self) -> bool {
        let PhraseBody::Repeat { body, recovery: None, .. } = &self.body else { return false };
        let PhraseBody::Group(pieces) = &body.body else { return false };
        let is_bare = |piece: &PhrasePiece| {
            matches!(&piece.body, PhraseBody::Step(step)
                if step.length.is_some() && step.is_plain() && !step.has_pace() && !step.is_worded)
        };
        pieces.len() > 1 && pieces.iter().all(is_bare)
    }

    /// True for a warm-up or cool-down that the runner ends.
    pub(super) fn is_open_kind(&self) -> bool {
        matches!(&self.body, PhraseBody::Step(step) if step.is_open && step.is_bare_end())
    }

    /// True for `forever` and nothing else.
    pub(super) fn is_open_alone(&self) -> bool {
        matches!(&self.body, PhraseBody::Step(step) if step.is_open && step.targets.is_empty() && !step.is_worded && step.is_plain())
    }

    pub(super) fn set_recovery(&mut self, new: RecoveryPhrase) {
        if let PhraseBody::Repeat { recovery, .. } | PhraseBody::Ladder { recovery, .. } = &mut self.body {
            *recovery = Some(new);
        }
    }

    /// Gives `target` to every step of work inside that has no pace. True where there was one.
    pub(super) fn give_target(&mut self, target: &str) -> bool {
        match &mut self.body {
            PhraseBody::Step(step) => step.give_target(target),
            PhraseBody::Group(pieces) | PhraseBody::Ladder { rungs: pieces, .. } => {
                pieces.iter_mut().map(|piece| piece.give_target(target)).filter(|given| *given).count() > 0
            }
            PhraseBody::Repeat { body, .. } => body.give_target(target),
            PhraseBody::Notation(_) => false,
        }
    }
}

/// The rungs of a ladder, each but the last with a recovery of its own distance behind it.
fn with_same_distances(rungs: &[PhrasePiece], recovery: &RecoveryPhrase) -> String {
    let mut steps = Vec::new();
    for (index, rung) in rungs.iter().enumerate() {
        let mut rung = rung.clone();
        let _ = !rung.has_pace() && rung.give_target("hard");
        steps.push(rung.render());
        if index + 1 < rungs.len() {
            steps.push(RecoveryPhrase::suffix(Some(&recovery.after(&rung))).replace(" / ", ""));
        }
    }
    steps.join(", ")
}

fn render_line(pieces: &[PhrasePiece]) -> String {
    pieces.iter().map(PhrasePiece::render).collect::<Vec<_>>().join(", ")
}

impl PhrasePiece {
    /// Whether the piece is measured in time or in metres.
    pub(super) fn length_sort(&self) -> Option<LengthSort> {
        match &self.body {
            PhraseBody::Step(step) => step.length_sort(),
            PhraseBody::Group(pieces) | PhraseBody::Ladder { rungs: pieces, .. } => {
                pieces.first().and_then(PhrasePiece::length_sort)
            }
            PhraseBody::Repeat { body, .. } => body.length_sort(),
            PhraseBody::Notation(_) => None,
        }
    }

    /// The metres of a step.
    pub(super) fn metres(&self) -> Option<f64> {
        let PhraseBody::Step(step) = &self.body else { return None };
        step.length.as_ref().filter(|length| length.sort == LengthSort::Metres).map(|length| length.value)
    }

    /// True where a step inside says how fast it is.
    pub(super) fn has_pace(&self) -> bool {
        match &self.body {
            PhraseBody::Step(step) => step.has_pace(),
            PhraseBody::Group(pieces) | PhraseBody::Ladder { rungs: pieces, .. } => {
                pieces.iter().any(PhrasePiece::has_pace)
            }
            PhraseBody::Repeat { body, .. } => body.has_pace(),
            PhraseBody::Notation(_) => true,
        }
    }
}
