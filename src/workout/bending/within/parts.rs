//! The parts of a session that is to be cut: what can give way, and by how much.

use super::share;
use crate::units::Millis;
use crate::workout::bending::easy_step::is_easy;
use crate::workout::bending::reps::{RepSpan, falls_away, is_optional, rep_spans};
use crate::workout::bending::{BendPoint, BendRefusal};
use crate::workout::sequence::{PlannedStep, Role, Sequence};

/// The way in which a step can give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// It keeps its length: a rep, a recovery.
    Fixed,
    /// A warm-up or a cool-down, which goes down to half.
    End,
    /// Continuous work, which shrinks.
    Whole,
}

/// A step that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPart {
    /// The index of the step.
    pub index: usize,
    /// The way in which it can give way.
    pub kind: PartKind,
    /// The time left of it, with the lower bound of a range.
    pub full: Millis,
    /// The time by which the upper bound of a range is longer.
    pub range: Millis,
    /// The shortest time left of it.
    pub least: Millis,
    /// The time that is planned for it now.
    pub time: Millis,
    /// False for a step that falls away.
    pub is_kept: bool,
    /// True if the step has a range.
    pub is_range: bool,
    /// True for easy running from its start to its end.
    pub is_easy: bool,
}

/// The parts of the rest of a session.
pub struct SessionParts {
    /// One for each step from the current one on.
    pub all: Vec<SessionPart>,
    /// The reps that may fall away, the latest last.
    pub reps: Vec<RepSpan>,
    /// True if a rep is left, or runs.
    pub has_reps: bool,
    steps: Vec<PlannedStep>,
    /// The index of the first part.
    first: usize,
    /// Recoveries before this index stay.
    ahead_from: usize,
}

impl SessionParts {
    /// Takes the rest of a session apart, with the longest time that is planned for it. The time is `None` with an endless
    /// repeat.
    pub fn of(sequence: &Sequence, at: &BendPoint) -> Result<(Self, Option<Millis>), BendRefusal> {
        let steps = &sequence.steps;
        let spans = rep_spans(steps);
        let has_reps = spans.iter().any(|span| span.work_end > at.index);
        let mut parts = SessionParts {
            all: Vec::new(),
            reps: Vec::new(),
            has_reps,
            steps: steps.clone(),
            first: at.index,
            ahead_from: at.index + usize::from(at.has_begun),
        };
        let mut most = Some(Millis::ZERO);
        let ends = easy_ends(steps);
        for (index, step) in steps.iter().enumerate().skip(at.index) {
            let upper = at.left(index, step).ok_or(BendRefusal::UnknownLength(step.id))?;
            most = most.filter(|_| !step.is_endless()).map(|most| most + upper);
            let into = if index == at.index { at.into } else { Millis::ZERO };
            let lower = step.end.may_end_from();
            let full = lower.map_or(upper, |lower| lower.saturating_sub(into).min(upper));
            let kind = kind_of(index, step, &ends);
            // What is past of a warm-up counts for the half that stays.
            let half = Millis::from_secs((full + into).half().secs_left()).saturating_sub(into).min(full);
            let least = if kind == PartKind::End { half } else { full };
            parts.all.push(SessionPart {
                index,
                kind,
                full,
                range: upper.saturating_sub(full),
                least,
                time: full,
                is_kept: true,
                is_range: lower.is_some(),
                is_easy: is_easy(step),
            });
        }
        for span in spans.into_iter().filter(|span| at.is_ahead(span.first)) {
            match is_optional(steps, span) {
                true => parts.drop_rep(span),
                false => parts.reps.push(span),
            }
        }
        Ok((parts, most))
    }

    fn kept(&self) -> impl Iterator<Item = &SessionPart> {
        self.all.iter().filter(|part| part.is_kept)
    }

    /// Returns the time of all parts that stay.
    pub fn sum(&self) -> Millis {
        self.kept().map(|part| part.time).sum()
    }

    /// Returns the time of the parts of a kind.
    pub fn sum_of(&self, kind: PartKind) -> Millis {
        self.kept().filter(|part| part.kind == kind).map(|part| part.time).sum()
    }

    /// Returns the number of parts of a kind.
    pub fn count_of(&self, kind: PartKind) -> usize {
        self.kept().filter(|part| part.kind == kind).count()
    }

    /// Leaves out the last rep, and the recovery before it.
    pub fn drop_last_rep(&mut self) {
        if let Some(span) = self.reps.pop() {
            self.drop_rep(span);
        }
    }

    fn drop_rep(&mut self, span: RepSpan) {
        let gone = falls_away(&self.steps, span, self.ahead_from);
        let (from, to) = (gone.start.saturating_sub(self.first), gone.end.saturating_sub(self.first));
        self.all.iter_mut().take(to).skip(from).for_each(|part| part.is_kept = false);
    }

    /// Cuts the warm-up and the cool-down to half.
    pub fn take_shortest_ends(&mut self) {
        self.all.iter_mut().for_each(|part| part.time = part.least);
    }

    /// In a session without reps, the warm-up and the cool-down shrink as everything else does.
    pub fn ends_are_whole(&mut self) {
        for part in self.all.iter_mut().filter(|part| part.kind == PartKind::End) {
            (part.kind, part.time) = (PartKind::Whole, part.full);
        }
    }

    /// Returns the time by which the warm-up and the cool-down can grow back.
    pub fn room_of_ends(&self) -> Millis {
        self.kept().map(|part| part.full.saturating_sub(part.least)).sum()
    }

    /// Lets the warm-up and the cool-down grow back by a time, each in proportion to what it lost.
    pub fn grow_ends(&mut self, by: Millis) {
        let room = |part: &SessionPart| match part.is_kept {
            true => part.full.saturating_sub(part.least),
            false => Millis::ZERO,
        };
        let shares = share(by, &self.all.iter().map(room).collect::<Vec<_>>());
        self.all.iter_mut().zip(shares).for_each(|(part, share)| part.time = part.least + share);
    }

    /// Lets ranges grow by a time, each in proportion to its width.
    pub fn grow_ranges(&mut self, by: Millis) {
        let shares = share(by, &self.all.iter().map(|part| part.range).collect::<Vec<_>>());
        self.all.iter_mut().zip(shares).for_each(|(part, share)| part.time += share);
    }

    /// Shares a time out to the parts of a kind, in proportion to their times.
    pub fn set_all(&mut self, kind: PartKind, time: Millis) {
        let weight = |part: &SessionPart| match part.is_kept && part.kind == kind {
            true => part.time,
            false => Millis::ZERO,
        };
        let shares = share(time, &self.all.iter().map(weight).collect::<Vec<_>>());
        for (part, share) in self.all.iter_mut().zip(shares) {
            if part.is_kept && part.kind == kind {
                part.time = share;
            }
        }
    }

    /// Makes the easy step at the end longer. False if the session ends with something else.
    pub fn extend_easy_end(&mut self, by: Millis) -> bool {
        let last = self.all.iter_mut().rev().find(|part| part.is_kept);
        let last = last.filter(|part| part.kind == PartKind::End && part.is_easy);
        last.map(|part| part.time += by).is_some()
    }
}

fn kind_of(index: usize, step: &PlannedStep, ends: &EasyEnds) -> PartKind {
    let stands = step.target.start.zone.is_some_and(|zone| zone.number() == 0);
    match step.role {
        _ if !step.reps.is_empty() || stands => PartKind::Fixed,
        Role::Between => PartKind::Fixed,
        Role::Warmup | Role::Cooldown => PartKind::End,
        Role::Work if index < ends.before || index >= ends.after => PartKind::End,
        // An easy step between two pieces of work is a recovery.
        Role::Work if is_easy(step) && ends.has_reps => PartKind::Fixed,
        Role::Work => PartKind::Whole,
    }
}

/// The easy running before the first work and after the last.
struct EasyEnds {
    /// The index of the first step that is work.
    before: usize,
    /// The index after the last step that is work.
    after: usize,
    has_reps: bool,
}

fn easy_ends(steps: &[PlannedStep]) -> EasyEnds {
    let is_end = |step: &PlannedStep| {
        step.reps.is_empty() && (is_easy(step) || matches!(step.role, Role::Warmup | Role::Cooldown))
    };
    let before = steps.iter().position(|step| !is_end(step)).unwrap_or(steps.len());
    let after = steps.iter().rposition(|step| !is_end(step)).map_or(0, |last| last + 1);
    EasyEnds { before, after, has_reps: steps.iter().any(|step| !step.reps.is_empty()) }
}
