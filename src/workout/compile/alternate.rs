//! Resolves `alternate`: two legs in turn, up to a time or a distance.

use super::resolve::{Resolver, StepContext, between_reps, work};
use super::resolved::{
    Alternate, EarlyEnd, RepeatedItems, ResolvedItem, ResolvedNode, ResolvedRepeat, ResolvedStep,
};
use super::workout_size;
use crate::diagnostic::Diagnostic;
use crate::units::{Distance, Millis};
use crate::workout::bounds::MOST_STEPS;
use crate::workout::language::document as doc;
use crate::workout::language::document::Span;
use crate::workout::language::messages::size::SizeProblem;
use crate::workout::sequence::{CueTime, End, RepeatId};

impl Resolver<'_> {
    /// Resolves the two legs and their end.
    pub(super) fn alternate(
        &mut self,
        item: &doc::Item,
        context: &StepContext,
        [first, second]: [&doc::StepLine; 2],
        total: doc::AlternateEnd,
    ) -> ResolvedNode {
        let id = self.repeat_id();
        let first = self.step(first, &work(context));
        let second = self.step(second, &between_reps(context, None));
        if total == doc::AlternateEnd::Enter {
            return self.endless_alternate(id, item, [first, second]);
        }
        if let (doc::AlternateEnd::Distance(total, _), Some(metres)) = (total, leg_metres(&first, &second)) {
            let pairs = alternate_by_distance([&first, &second], total.metres(), metres);
            let reps = RepeatedItems::Each(pairs);
            let label = item.label.clone();
            let early_end = EarlyEnd::Never;
            return ResolvedNode::Repeat(ResolvedRepeat { id, label, reps, early_end, between: None });
        }
        let total = self.alternate_time(total, &first, &second, &item.span);
        ResolvedNode::Alternate(Alternate {
            id,
            label: item.label.clone(),
            legs: [Box::new(first), Box::new(second)],
            total,
        })
    }

    /// Two legs in turn until the runner ends them.
    fn endless_alternate(&mut self, id: RepeatId, item: &doc::Item, legs: [ResolvedStep; 2]) -> ResolvedNode {
        self.note("`alternate` without `for` goes on until you press Enter.".to_string());
        let step = |step: ResolvedStep| {
            let span = step.span.clone();
            ResolvedItem { node: ResolvedNode::Step(Box::new(step)), cues: Vec::new(), span }
        };
        let node = ResolvedNode::Group(legs.into_iter().map(step).collect());
        let pair = ResolvedItem { node, cues: Vec::new(), span: item.span.clone() };
        ResolvedNode::Repeat(ResolvedRepeat {
            id,
            label: item.label.clone(),
            reps: RepeatedItems::Same(workout_size::endless_rounds(&pair, None), Box::new(pair)),
            early_end: EarlyEnd::Endless,
            between: None,
        })
    }

    /// How long an `alternate` lasts; one that ends at a distance lasts as long as its legs take to cover it.
    fn alternate_time(
        &mut self,
        end: doc::AlternateEnd,
        first: &ResolvedStep,
        second: &ResolvedStep,
        span: &Span,
    ) -> Millis {
        let distance = match end {
            doc::AlternateEnd::Time(total) => return total,
            doc::AlternateEnd::Distance(distance, _) => distance.metres(),
            doc::AlternateEnd::Enter => return Millis::ZERO,
        };
        let leg = |step: &ResolvedStep| {
            let time = step.end.planned()?.as_secs_f64();
            let metres = match step.end {
                End::Distance { upper, .. } => upper.metres(),
                _ => step.target.mean_speed().or(step.target.suggested)?.mps() * time,
            };
            (metres > 0.0 && time > 0.0).then_some(AlternateLeg { metres, time })
        };
        let Some((first, second)) = leg(first).zip(leg(second)) else {
            self.problems.push(Diagnostic::new(span.clone(), SizeProblem::UnknownAlternateTime));
            return Millis::from_secs(1);
        };
        let pair = first.metres + second.metres;
        let pairs = (distance / pair).floor();
        let left = distance - pairs * pair;
        let rest = if left <= first.metres {
            first.time * left / first.metres
        } else {
            first.time + second.time * (left - first.metres) / second.metres
        };
        Millis::from_secs_f64(pairs * (first.time + second.time) + rest)
    }
}

/// Returns the metres of two legs that are both distances.
fn leg_metres(first: &ResolvedStep, second: &ResolvedStep) -> Option<[f64; 2]> {
    match (first.end, second.end) {
        (End::Distance { upper: a, .. }, End::Distance { upper: b, .. }) => Some([a.metres(), b.metres()]),
        _ => None,
    }
}

/// Returns the pairs of an `alternate` that ends at a distance, with the last leg cut.
fn alternate_by_distance(legs: [&ResolvedStep; 2], total: f64, metres: [f64; 2]) -> Vec<ResolvedItem> {
    let mut left = total;
    let mut pairs = Vec::new();
    // One pair more than the bound is enough to exceed it.
    while left > 1e-6 && pairs.len() as u64 <= MOST_STEPS {
        let mut pair = Vec::new();
        for (leg, metres) in legs.into_iter().zip(metres) {
            if left > 1e-6 {
                let step = if metres <= left { leg.clone() } else { shortened(leg, left / metres) };
                let span = step.span.clone();
                left -= metres;
                pair.push(ResolvedItem { node: ResolvedNode::Step(Box::new(step)), cues: Vec::new(), span });
            }
        }
        let span = legs[0].span.clone();
        pairs.push(ResolvedItem { node: ResolvedNode::Group(pair), cues: Vec::new(), span });
    }
    pairs
}

/// Cuts a leg that is a distance to a share of it. Cues after the cut are left out.
fn shortened(leg: &ResolvedStep, share: f64) -> ResolvedStep {
    let mut leg = leg.clone();
    if let End::Distance { upper, time, .. } = leg.end {
        let upper = Distance::from_metres((upper.metres() * share * 1e6).round() / 1e6);
        let time = time.map(|time| Millis::from_secs_f64(time.as_secs_f64() * share));
        leg.end = End::Distance { upper, lower: None, time, lower_time: None };
        leg.cues.retain(|cue| match (cue.when, time) {
            (CueTime::At(at) | CueTime::Every(at) | CueTime::BeforeEnd(at), Some(time)) => at <= time,
            _ => true,
        });
    }
    leg
}

/// A leg of an `alternate`, in metres and seconds.
#[derive(Clone, Copy)]
struct AlternateLeg {
    metres: f64,
    time: f64,
}
