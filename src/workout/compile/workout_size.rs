//! Counts the steps, cues and time of a workout before it is unrolled, and checks them against the bounds.

use super::resolved::{
    Alternate, EarlyEnd, RepeatedItems, ResolvedCue, ResolvedItem, ResolvedNode, ResolvedRepeat,
    ResolvedStep, Workout,
};
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::bounds::{LONGEST_WORKOUT, LONGEST_WORKOUT_METRES, MOST_ROUNDS, MOST_STEPS};
use crate::workout::language::document::Span;
use crate::workout::language::messages::cue::{CueOwner, CueProblem};
use crate::workout::language::messages::size::SizeProblem;
use crate::workout::sequence::{CueTime, End, WORDS_IN_AN_OPEN_STEP};

/// The size of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct WorkoutSize {
    steps: u64,
    cues: u64,
    time: Millis,
    /// The distances that are written, not those that times and speeds make.
    metres: f64,
    /// True if the end of a step is not known in advance.
    open: bool,
}

impl WorkoutSize {
    fn plus(self, other: WorkoutSize) -> WorkoutSize {
        WorkoutSize {
            steps: self.steps.saturating_add(other.steps),
            cues: self.cues.saturating_add(other.cues),
            time: self.time + other.time,
            metres: self.metres + other.metres,
            open: self.open || other.open,
        }
    }

    fn times(self, count: u64) -> WorkoutSize {
        WorkoutSize {
            steps: self.steps.saturating_mul(count),
            cues: self.cues.saturating_mul(count),
            time: self.time.times(count),
            metres: self.metres * count as f64,
            open: self.open,
        }
    }

    fn excess(&self) -> Option<SizeProblem> {
        if self.steps > MOST_STEPS {
            Some(SizeProblem::TooManySteps { steps: self.steps })
        } else if self.time > LONGEST_WORKOUT {
            Some(SizeProblem::WorkoutTooLong)
        } else if self.metres > LONGEST_WORKOUT_METRES {
            Some(SizeProblem::WorkoutTooFar { metres: self.metres })
        } else if self.cues > MOST_STEPS {
            Some(SizeProblem::TooManyCues { cues: self.cues })
        } else {
            None
        }
    }
}

/// Returns all problems that keep a workout from being unrolled.
pub fn check(workout: &Workout) -> Vec<Diagnostic> {
    let mut counter = SizeCounter { problems: workout.problems.clone() };
    counter.list(&workout.items);
    counter.problems
}

/// Returns how many rounds to plan of a repeat that goes on until the runner ends it: as many as anybody runs, as last a
/// day at most, and as leave room for other steps.
pub(crate) fn endless_rounds(body: &ResolvedItem, between: Option<&ResolvedItem>) -> u64 {
    let mut counter = SizeCounter { problems: Vec::new() };
    let size = |item: &ResolvedItem| counter.item(item);
    let round =
        std::iter::once(body).chain(between).map(size).fold(WorkoutSize::default(), WorkoutSize::plus);
    let room = (MOST_STEPS / 2) / round.steps.max(round.cues).max(1);
    let day = LONGEST_WORKOUT.get() / round.time.get().max(1);
    room.min(day).clamp(1, MOST_ROUNDS)
}

struct SizeCounter {
    problems: Vec<Diagnostic>,
}

impl SizeCounter {
    /// Counts a list of items. An excess is reported at the innermost place that exceeds a bound.
    fn list(&mut self, items: &[ResolvedItem]) -> WorkoutSize {
        let mut total = WorkoutSize::default();
        for item in items {
            let reported = self.problems.len();
            let count = self.item(item);
            let before = total;
            total = total.plus(count);
            let within = before.excess().is_none() && self.problems.len() == reported;
            if let (true, Some(excess)) = (within, total.excess()) {
                self.exceeds(item.span.clone(), excess);
            }
        }
        total
    }

    fn exceeds(&mut self, span: Span, excess: SizeProblem) {
        self.problems.push(Diagnostic::new(span, excess));
    }

    fn item(&mut self, item: &ResolvedItem) -> WorkoutSize {
        let count = match &item.node {
            ResolvedNode::Step(step) => self.step(step),
            ResolvedNode::Group(items) => self.list(items),
            ResolvedNode::Repeat(repeat) => self.repeat(repeat, &item.span),
            ResolvedNode::Alternate(alternate) => self.alternate(alternate),
        };
        let length = (!count.open).then_some(count.time);
        let own = self.cues(&item.cues, length, CueOwner::Group);
        let added = cue_count(&item.cues, count.time);
        WorkoutSize { cues: count.cues.saturating_add(if own { added } else { 0 }), ..count }
    }

    fn step(&mut self, step: &ResolvedStep) -> WorkoutSize {
        let planned = step.end.planned();
        // The runner ends a distance without a known speed, so its cues cannot be checked.
        if planned.is_some() || step.end == End::Open {
            self.cues(&step.cues, planned, CueOwner::Step);
        }
        WorkoutSize {
            steps: 1,
            cues: cue_count(&step.cues, planned.unwrap_or(WORDS_IN_AN_OPEN_STEP)),
            time: planned.unwrap_or_default(),
            metres: match step.end {
                End::Distance { upper, .. } => upper.metres(),
                End::Time { .. } | End::Open => 0.0,
            },
            open: planned.is_none(),
        }
    }

    fn repeat(&mut self, repeat: &ResolvedRepeat, span: &Span) -> WorkoutSize {
        let reported = self.problems.len();
        let reps = repeat.reps.count();
        let body = match &repeat.reps {
            RepeatedItems::Same(count, body) => self.item(body).times(*count),
            RepeatedItems::Each(items) => self.list(items),
        };
        let between = repeat.between.as_ref().map(|item| self.item(item)).unwrap_or_default();
        let mut total = body.plus(between.times(reps.saturating_sub(1)));
        if repeat.early_end == EarlyEnd::Endless {
            (total.time, total.metres, total.open) = (Millis::ZERO, 0.0, true);
        }
        if let (true, Some(excess)) = (self.problems.len() == reported, total.excess()) {
            self.exceeds(span.clone(), excess);
        }
        total
    }

    fn alternate(&mut self, alternate: &Alternate) -> WorkoutSize {
        let Some((first, second)) = leg_times(alternate) else {
            for leg in
                alternate.legs.iter().filter(|leg| leg.end.planned().unwrap_or_default() == Millis::ZERO)
            {
                self.problems.push(Diagnostic::new(leg.span.clone(), SizeProblem::UnknownLegTime));
            }
            return WorkoutSize::default();
        };
        for leg in &alternate.legs {
            self.cues(&leg.cues, leg.end.planned(), CueOwner::Step);
        }
        let legs = leg_count(first, second, alternate.total);
        let own =
            |leg: &ResolvedStep| cue_count(&leg.cues, leg.end.planned().unwrap_or(WORDS_IN_AN_OPEN_STEP));
        let cues = alternate.legs.iter().map(|leg| own(leg)).max().unwrap_or(0);
        let count = WorkoutSize {
            steps: legs,
            cues: cues.saturating_mul(legs),
            time: alternate.total,
            metres: 0.0,
            open: false,
        };
        if let Some(excess) = count.excess() {
            let [first, second] = &alternate.legs;
            self.exceeds(first.span.start..second.span.end, excess);
        }
        count
    }

    /// Reports cues that never come in a step or group of this length. Returns true if all do.
    fn cues(&mut self, cues: &[ResolvedCue], length: Option<Millis>, owner: CueOwner) -> bool {
        let before = self.problems.len();
        for cue in cues {
            let at = match cue.when {
                CueTime::At(t) | CueTime::BeforeEnd(t) | CueTime::Every(t) => t,
                CueTime::Half => Millis::ZERO,
            };
            match length {
                Some(length) if at > length || is_never_within(cue.when, length) => self
                    .problems
                    .push(Diagnostic::new(cue.span.clone(), CueProblem::CuePastEnd { owner, length })),
                None if needs_end(cue.when, owner) => {
                    self.problems.push(Diagnostic::new(cue.span.clone(), CueProblem::CueNeedsEnd { owner }));
                }
                _ => {}
            }
        }
        self.problems.len() == before
    }
}

/// Counts the cues in a step or group of this length, rounded up.
fn cue_count(cues: &[ResolvedCue], length: Millis) -> u64 {
    let count = |cue: &ResolvedCue| match cue.when {
        CueTime::Every(each) => length.get().checked_div(each.get()).unwrap_or(0).max(1),
        _ => 1,
    };
    cues.iter().map(count).fold(0, u64::saturating_add)
}

/// True for a repeating cue with an interval that is too long to come within `length`.
fn is_never_within(when: CueTime, length: Millis) -> bool {
    matches!(when, CueTime::Every(each) if each >= length)
}

/// True for a cue that cannot be placed without knowing the end of its `owner`. A step sounds a cue at its end when the end
/// comes, but the cues of a group are given to its steps in advance.
fn needs_end(when: CueTime, owner: CueOwner) -> bool {
    match when {
        CueTime::At(_) => false,
        CueTime::Half => true,
        CueTime::BeforeEnd(left) => left > Millis::ZERO || owner == CueOwner::Group,
        CueTime::Every(_) => owner == CueOwner::Group,
    }
}

/// Returns the lengths of the two legs of `alternate`, if both are known and not zero.
pub(crate) fn leg_times(alternate: &Alternate) -> Option<(Millis, Millis)> {
    let [first, second] = &alternate.legs;
    let times = (first.end.planned()?, second.end.planned()?);
    (times.0 > Millis::ZERO && times.1 > Millis::ZERO).then_some(times)
}

/// Counts the legs that begin within `total`.
pub(crate) fn leg_count(first: Millis, second: Millis, total: Millis) -> u64 {
    let pair = (first + second).get().max(1);
    let (pairs, rest) = (total.get() / pair, total.get() % pair);
    pairs * 2 + u64::from(rest > 0) + u64::from(rest > first.get())
}
