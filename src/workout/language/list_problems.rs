//! Reports lists with two readings, with both of them written out.

use super::document::{EndLine, Item, Node, PaceLine, PaceOffset, Spanned, StepLine, TargetLine};
use super::lexicon::NamedTarget;
use super::list::{labelled_list, list_size, listed_paces, plain_step, shared_target, work_before_recovery};
use super::messages::item::{ItemProblem, ListTotal, ListTotals};
use super::print;
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::sequence::Kind;
use std::ops::Range;

/// The longest recovery that is taken to belong to a list, in seconds and metres.
const LONGEST_RECOVERY: f64 = 400.0;
/// The most reps that are counted in a total.
const MOST_COUNTED: u64 = 1000;
/// The most reps of a repeat that are written out.
const MOST_REPS: u64 = 12;

/// Reports the first list of `items` that has two readings. `after` holds the indices of items after `then`.
pub fn unclear_list(items: &[Item], after: &[usize]) -> Option<Diagnostic> {
    (0..items.len()).find_map(|index| {
        let list = shared_target(items, index, after).or_else(|| labelled_list(items, index, after));
        let shared = list.map(|list| unclear_target(items, list, index, after));
        shared.flatten().or_else(|| unclear_paces(items, listed_paces(items, index, after)?))
    })
}

/// Reports `3×1km 10K, 500m 5K, 2min rest`: the recovery at the end could stand between all of the steps.
pub fn unclear_final_recovery(items: &[Item], after: &[usize]) -> Option<Diagnostic> {
    let work = work_before_recovery(items, after)?;
    let recovery = items.get(work.end)?;
    // Single steps with their efforts are written out, and an easy step after them is one of them.
    if is_easy(recovery)
        && !items.get(work.clone())?.iter().any(|item| matches!(item.node, Node::Repeat { .. }))
    {
        return None;
    }
    let mut reps: Vec<Item> = Vec::new();
    for item in items.get(work.clone())? {
        match &item.node {
            Node::Repeat { count, body, .. } if *count <= MOST_REPS => {
                reps.extend(std::iter::repeat_n((**body).clone(), *count as usize));
            }
            Node::Repeat { .. } => return None,
            _ => reps.push(Item { label: None, ..item.clone() }),
        }
    }
    let before = items.get(..work.start)?;
    let head = if before.is_empty() { String::new() } else { format!("{}, ", print::line(before)) };
    let label = items.get(work.start)?.label.as_deref();
    let label = label.map_or(String::new(), |label| format!("{label}: "));
    let written = print::item(recovery);
    let rests = |count: u64| total(before.iter().chain(&reps).map(|rep| (rep, 1)).chain([(recovery, count)]));
    let problem = ItemProblem::UnclearFinalRecovery {
        written: &written,
        between: &format!("{head}{label}({}) / {written}", print::line(&reps)),
        after: &format!("{}, then {written}", print::line(items.get(..work.end)?)),
        totals: ListTotals { all: rests(reps.len() as u64 - 1), one: rests(1) },
    };
    Some(Diagnostic::new(recovery.span.clone(), problem))
}

/// True for a step written with the word `easy`.
fn is_easy(item: &Item) -> bool {
    let Node::Step(step) = &item.node else { return false };
    let is_easy =
        |target: &TargetLine| matches!(target, TargetLine::Pace(PaceLine::Named { shown: "easy", .. }, _));
    step.targets.iter().any(|target| is_easy(&target.value))
}

/// The recovery after a list, which may stand between its steps.
fn recovery_after<'a>(items: &'a [Item], end: usize, after: &[usize]) -> Option<&'a Item> {
    let item = items.get(end).filter(|_| !after.contains(&end))?;
    let Node::Step(step) = &item.node else { return None };
    let short = match step.end {
        EndLine::Time { upper, lower: None } => upper.as_secs_f64() <= LONGEST_RECOVERY,
        EndLine::Distance { upper, lower: None, within: None, .. } => upper.metres() <= LONGEST_RECOVERY,
        _ => false,
    };
    let named = |target: &TargetLine| match target {
        TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None) => {
            base.rank() < NamedTarget::Steady.rank()
        }
        _ => false,
    };
    let worded = match step.targets.as_slice() {
        [] => matches!(step.kind, Some(Kind::Recovery | Kind::Rest)),
        [target] => named(&target.value) && !matches!(step.kind, Some(Kind::Warmup | Kind::Cooldown)),
        _ => false,
    };
    let plain = item.label.is_none() && item.cues.is_empty() && step.cues.is_empty();
    (short && worded && plain).then_some(item)
}

fn unclear_target(items: &[Item], list: Range<usize>, index: usize, after: &[usize]) -> Option<Diagnostic> {
    let steps = items.get(list.clone())?;
    let Node::Step(step) = &items.get(index)?.node else { return None };
    let Some(target) = step.targets.first() else {
        let label = items.get(index)?.label.as_deref().unwrap_or_default();
        let paces = steps.iter().map(|item| format!("{} 5K", print::item(item))).collect::<Vec<_>>();
        let problem = ItemProblem::ListWithoutTarget { label, steps: &paces.join(", ") };
        return Some(Diagnostic::new(items.get(index)?.span.clone(), problem));
    };
    let easy = PaceLine::Named { base: NamedTarget::Easy, shown: "easy", by: PaceOffset::None };
    let with = |target: &TargetLine| -> Vec<String> {
        let given = steps.iter().map(|item| {
            let mut item = item.clone();
            if let Node::Step(step) = &mut item.node
                && step.targets.is_empty()
            {
                step.targets.push(Spanned::new(target.clone(), 0..0));
            }
            print::item(&item)
        });
        given.collect()
    };
    let (all, one) = (with(&target.value).join(", "), with(&TargetLine::Pace(easy, None)).join(", "));
    let recovery = recovery_after(items, list.end, after);
    let text = recovery.map(print::item);
    let rests = |count: u64| total(steps.iter().map(|step| (step, 1)).chain(recovery.map(|r| (r, count))));
    let problem = ItemProblem::UnclearListTarget {
        written: &print::item(items.get(index)?),
        all: &text.as_ref().map_or_else(|| all.clone(), |text| format!("({all}) / {text}")),
        one: &text.as_ref().map_or_else(|| one.clone(), |text| format!("{one}, {text}")),
        totals: ListTotals { all: rests(list.len() as u64 - 1), one: rests(1) },
    };
    Some(Diagnostic::new(items.get(index)?.span.clone(), problem))
}

/// The time and the distance of `pieces`, each so many times.
fn total<'a>(pieces: impl Iterator<Item = (&'a Item, u64)>) -> ListTotal {
    let mut sum = ListTotal { time: Millis::ZERO, metres: 0.0 };
    for (item, count) in pieces {
        add(&mut sum, item, count);
    }
    sum
}

/// Adds `count` times `item` to `sum`.
fn add(sum: &mut ListTotal, item: &Item, count: u64) {
    match &item.node {
        Node::Step(step) => match step.end {
            EndLine::Time { upper, .. } => sum.time += upper.times(count),
            EndLine::Distance { upper, .. } => sum.metres += upper.metres() * count as f64,
            _ => {}
        },
        Node::Group { items, .. } => items.iter().for_each(|item| add(sum, item, count)),
        Node::Repeat { count: reps, body, between, .. } => {
            let reps = (*reps).min(MOST_COUNTED);
            add(sum, body, count * reps);
            if let Some(between) = between {
                add(sum, between, count * reps.saturating_sub(1));
            }
        }
        _ => {}
    }
}

/// `step` with another clock that says how fast it is.
fn with_clock(mut step: StepLine, seconds: f64) -> StepLine {
    if let EndLine::Distance { within: Some(within), .. } = &mut step.end {
        *within = (Millis::from_secs_f64(seconds), None);
    } else if let Some(target) = step.targets.first_mut()
        && let TargetLine::Pace(PaceLine::Pace(first, last, _), None) = &mut target.value
    {
        (*first, *last) = (seconds, seconds);
    }
    step
}

fn unclear_paces(items: &[Item], times: Range<usize>) -> Option<Diagnostic> {
    let repeat = items.get(times.start.checked_sub(1)?)?;
    let Node::Repeat { count, body, .. } = &repeat.node else { return None };
    let listed = items.get(times.clone())?;
    let step = plain_step(body)?;
    let paces =
        listed.iter().map(|item| Some(print::step(&with_clock(step.clone(), list_size(item, false)?.value))));
    let reps: Vec<String> = std::iter::once(Some(print::item(body))).chain(paces).collect::<Option<_>>()?;
    let first = listed.first()?;
    let written = print::item(first);
    let rest: Vec<String> = listed.iter().map(print::item).collect();
    let problem = ItemProblem::UnclearListPaces {
        written: &written,
        reps: (reps.len() as u64 == *count).then(|| reps.join(", ")),
        steps: &format!("{}, then {}", print::item(repeat), rest.join(", then ")),
    };
    Some(Diagnostic::new(first.span.clone(), problem))
}
