//! Gives repeats the recoveries that follow them after a comma, and reports what could be read in two ways.

use super::comma::{CommaReading, LinePlace, is_list_of_recoveries, reading, without_label};
use super::document::{EndLine, Item, Node, PaceLine, PaceOffset, Spanned, StepLine, TargetLine};
use super::lexicon::NamedTarget;
use super::list_problems::{unclear_final_recovery, unclear_list};
use super::messages::item::{ItemProblem, RecoveryTotals};
use super::messages::phrase::PhraseProblem;
use super::nominal::{EASY_PACE, nominal};
use super::print;
use crate::diagnostic::Diagnostic;
use crate::units::Millis;

/// What became of the items of a line.
#[derive(Debug, Default)]
pub struct SettledLine {
    /// Decisions, in sentences for the list of assumptions.
    pub notes: Vec<String>,
    /// Pieces with two readings.
    pub problems: Vec<Diagnostic>,
}

/// Gives each repeat of `items` the recovery that stands after it. `after` holds the indices of items that are said
/// to come after (`then`); `place` says where the line stands.
pub fn settle(items: &mut Vec<Item>, after: &[usize], place: LinePlace) -> SettledLine {
    let mut settled = SettledLine::default();
    let is_repeated = place == LinePlace::RepeatedBracket;
    if place != LinePlace::Bracket
        && let Some(problem) = unclear_list(items, after)
    {
        settled.problems.push(problem);
        return settled;
    }
    if place == LinePlace::Text
        && let Some(problem) = unclear_final_recovery(items, after)
    {
        settled.problems.push(problem);
        return settled;
    }
    let mut index = 0;
    let mut taken = 0;
    while index + 1 < items.len() {
        let said_after = after.contains(&(index + 1 + taken));
        if !said_after && let Some(problem) = list_of_recoveries(items, index) {
            settled.problems.push(problem);
            return settled;
        }
        match if said_after { None } else { reading(items, index, is_repeated) } {
            Some(CommaReading::Between) if is_after_bare_set(items, index) => {
                settled.problems.extend(recovery_of_two_sets(items, index));
                index += 1;
            }
            Some(CommaReading::Between) if is_list_of_reps(items.get(index)) => {
                settled.problems.extend(recovery_of_list(items, index));
                index += 1;
            }
            Some(CommaReading::Between) => {
                let piece = items.remove(index + 1);
                taken += 1;
                if let Some(item) = items.get_mut(index) {
                    settled.notes.push(format!(
                        "`{}` after the comma is taken as between the reps; for once at the end write `, then {0}`.",
                        print::item(&piece)
                    ));
                    give_recovery(item, without_label(piece));
                }
            }
            Some(CommaReading::Unclear) => {
                settled.problems.extend(unclear(items, index));
                index += 1;
            }
            _ => index += 1,
        }
    }
    if place == LinePlace::Text {
        settled.notes.extend(items.windows(2).filter_map(note_bare_set));
    }
    settled
}

/// Says that only the second of two sets has a recovery: `6×400m, 6×200m / 90s`.
fn note_bare_set(sets: &[Item]) -> Option<String> {
    let [bare, last] = sets else { return None };
    let (Node::Repeat { count, body, between: None, .. }, Node::Repeat { between: Some(_), .. }) =
        (&bare.node, &last.node)
    else {
        return None;
    };
    let is_note = *count >= 2 && matches!(body.node, Node::Step(_)) && !is_strides(body);
    is_note.then(|| {
        let (bare, last) = (print::item(bare), print::item(last));
        format!("`{bare}` has no recovery between its reps: only `{last}` has one.")
    })
}

/// True for a repeat of several equally hard steps in brackets, without a recovery: `3×(600m, 400m, 200m)`.
fn is_list_of_reps(item: Option<&Item>) -> bool {
    let Some(Node::Repeat { body, between: None, .. }) = item.map(|item| &item.node) else { return false };
    let Node::Group { items, .. } = &body.node else { return false };
    let targets = |item: &Item| match &item.node {
        Node::Step(step) if step.kind.is_none() && item.label.is_none() => {
            Some(step.targets.iter().map(|target| target.value.clone()).collect::<Vec<_>>())
        }
        _ => None,
    };
    let first = items.first().and_then(targets);
    items.len() > 1 && first.is_some() && items.iter().all(|item| targets(item) == first)
}

/// Reports `3×(600m, 400m, 200m), 2min rest`: the recovery could stand between all reps or between the sets alone.
fn recovery_of_list(items: &[Item], index: usize) -> Option<Diagnostic> {
    let (item, piece) = (items.get(index)?, items.get(index + 1)?);
    let Node::Repeat { count, least, endless, body, .. } = &item.node else { return None };
    let (count, list) = (print::count(*count, *least, *endless), print::item(body));
    let recovery = print::item(piece);
    let problem = PhraseProblem::UnclearRepeatedList {
        reps: format!("{count}×({list} / {recovery}) / {recovery}"),
        sets: format!("{count}×{list} / {recovery}"),
        recovery,
    };
    Some(Diagnostic::new(piece.span.clone(), problem))
}

/// True if the item before `items[index]` is a repeat without a recovery, too: `6×400m, 6×200m, 90s rest`.
fn is_after_bare_set(items: &[Item], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| items.get(before));
    before.is_some_and(|item| match &item.node {
        Node::Repeat { count, body, between: None, endless: false, .. } => {
            *count >= 2 && !is_strides(body) && matches!(body.node, Node::Step(_))
        }
        _ => false,
    })
}

/// Reports `6×400m, 6×200m, 90s rest`: the recovery could be that of both sets.
fn recovery_of_two_sets(items: &[Item], index: usize) -> Option<Diagnostic> {
    let before = print::item(items.get(index.checked_sub(1)?)?);
    let (last, piece) = (print::item(items.get(index)?), items.get(index + 1)?);
    let written = print::item(piece);
    let problem = ItemProblem::UnclearSetRecovery {
        written: &written,
        both: &format!("{before} / {written}, then {written}, {last} / {written}"),
        one: &format!("{before}, {last} / {written}"),
    };
    Some(Diagnostic::new(piece.span.clone(), problem))
}

/// Gives strides without a recovery an open walk: nobody runs strides back to back.
pub fn rest_between_strides(items: &mut [Item], notes: &mut Vec<String>) {
    for item in items {
        if let Node::Repeat { body, between, .. } = &mut item.node
            && between.is_none()
            && is_strides(body)
        {
            *between = Some(Box::new(open_walk(item.span.end)));
            notes.push(
                "No recovery is written between the strides: an open walk, which Enter ends.".to_string(),
            );
        }
    }
}

fn is_strides(item: &Item) -> bool {
    let Node::Step(step) = &item.node else { return false };
    step.targets.iter().any(|target| {
        matches!(target.value, TargetLine::Pace(PaceLine::Named { shown: "strides", .. }, None))
    })
}

fn open_walk(at: usize) -> Item {
    let walk = PaceLine::Named { base: NamedTarget::Walk, shown: "walk", by: PaceOffset::None };
    let step = StepLine {
        kind: None,
        end: EndLine::Open,
        until: None,
        targets: vec![Spanned::new(TargetLine::Pace(walk, None), at..at)],
        incline: None,
        cues: Vec::new(),
        span: at..at,
    };
    Item { label: None, kind: None, node: Node::Step(Box::new(step)), cues: Vec::new(), span: at..at }
}

fn give_recovery(item: &mut Item, piece: Item) {
    item.span.end = item.span.end.max(piece.span.end);
    if let Node::Repeat { between, .. } = &mut item.node {
        *between = Some(Box::new(piece));
    }
}

/// The whole time of a repeat and the piece after it, where both are times: between the reps and after them.
fn totals(item: &Item, piece: &Item) -> Option<RecoveryTotals> {
    let Node::Repeat { count, body, endless: false, .. } = &item.node else { return None };
    let (rep, piece) = (exact(body)?, exact(piece)?);
    let work = rep.times(*count);
    Some(RecoveryTotals { between: work + piece.times(count - 1), after: work + piece })
}

fn exact(item: &Item) -> Option<Millis> {
    match &item.node {
        Node::Step(step) => match step.end {
            EndLine::Time { upper, .. } => Some(upper),
            _ => None,
        },
        Node::Group { items, .. } => {
            items.iter().try_fold(Millis::ZERO, |sum, item| Some(sum + exact(item)?))
        }
        _ => None,
    }
}

/// Reports a piece in a string of its own that could be the recovery of the repeat at `index`, in the string before.
pub fn recovery_in_own_string(items: &[Item], index: usize) -> Option<Diagnostic> {
    match reading(items, index, false)? {
        CommaReading::Between | CommaReading::Unclear => unclear(items, index),
        CommaReading::After => None,
    }
}

fn unclear(items: &[Item], index: usize) -> Option<Diagnostic> {
    let (item, piece) = (items.get(index)?, items.get(index + 1)?);
    let (repeat, written) = (print::item(item), print::item(piece));
    let totals = totals(item, piece);
    let problem = ItemProblem::UnclearRecovery { repeat: &repeat, written: &written, totals };
    Some(Diagnostic::new(piece.span.clone(), problem))
}

/// Reports `3×400m / 60s, 60s, 3min`: several recoveries in a list, which no repeat has.
fn list_of_recoveries(items: &[Item], index: usize) -> Option<Diagnostic> {
    if !is_list_of_recoveries(items, index) {
        return None;
    }
    let (item, piece) = (items.get(index)?, items.get(index + 1)?);
    let Node::Repeat { count, least, endless, body, between: Some(between) } = &item.node else {
        return None;
    };
    let bare_step = |item: &&Item| {
        matches!(&item.node, Node::Step(step) if step.kind.is_none())
            && nominal(item, EASY_PACE).is_some_and(|s| s < 300.0)
    };
    let mut rest: Vec<String> = items.iter().skip(index + 1).take_while(bare_step).map(print::item).collect();
    if rest.is_empty() {
        rest.push(print::item(piece));
    }
    let first = print::item(between);
    let mut recoveries = vec![first.clone()];
    recoveries.extend(rest.iter().cloned());
    let listed = recoveries.len() as u64;
    let fits = !endless && (listed == *count || listed + 1 == *count);
    let rep = print::item(body);
    let spelt = |recovery: &String| format!("{rep}, {recovery}");
    let reps = (0..*count as usize).map(|i| recoveries.get(i).map_or_else(|| rep.clone(), spelt));
    let problem = ItemProblem::UnclearRecoveryList {
        written: &print::item(piece),
        steps: &format!(
            "{}×{rep} / {first}, then {}",
            print::count(*count, *least, *endless),
            rest.join(", then ")
        ),
        reps: fits.then(|| reps.collect::<Vec<_>>().join(", ")),
    };
    Some(Diagnostic::new(piece.span.clone(), problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(text: &str) -> String {
        let notation = crate::workout::language::notation::Notation::verbatim(text, 0);
        let names = crate::workout::language::references::References::default();
        let read = crate::workout::language::parser::parse(&notation, &names, 0);
        match read.problems.first() {
            Some(problem) => format!("error: {}", problem.message),
            None => print::line(&read.items),
        }
    }

    #[test]
    fn a_recovery_after_a_comma_stands_between() {
        for (written, meant) in [
            ("5×1km 4:10/km, 90s jog", "5×1km 4:10/km / 90s jog"),
            ("10×400m in 90s, 60s rest", "10×400m in 90s / 60s rest"),
            ("4×4min hard, 3min easy", "4×4min hard / 3min easy"),
            ("6×600m 5K, 200m jog", "6×600m 5K / 200m jog"),
            ("10min easy, 6×400m 5K, 90s jog, 10min easy", "10min easy, 6×400m 5K / 90s jog, 10min easy"),
            ("5×400m 5K, 60s rest, 5×200m fast, 30s rest", "5×400m 5K / 60s rest, 5×200m fast / 30s rest"),
            ("3×10min tempo, 5min easy, 10min easy", "3×10min tempo / 5min easy, 10min easy"),
        ] {
            assert_eq!(settled(written), meant);
            assert_eq!(settled(meant), meant);
        }
    }

    #[test]
    fn a_piece_too_long_for_a_recovery_stands_after() {
        for written in ["6×400m 5K, 10min easy", "5×1mi 10K, 10min easy", "6×400m 5K, then 90s jog"] {
            assert_eq!(settled(written), written);
        }
        assert_eq!(settled("6×400m 5K, then 10min easy"), "6×400m 5K, 10min easy");
    }

    #[test]
    fn two_sensible_readings_are_an_error() {
        for written in
            ["3×10min tempo, 5min easy", "8×60s hard, 3min easy, 8×60s hard", "3×400m / 60s, 60s, 3min"]
        {
            assert!(settled(written).starts_with("error: "), "{written}: {}", settled(written));
        }
    }
}
