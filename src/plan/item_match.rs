//! The sessions of an edited plan that are those of the plan before.

use super::calendar::{Calendar, PlanItem, PlannedSession};
use super::item_id::{ItemId, ItemSlot};
use crate::workout::sequence::{PlannedStep, Sequence, SourceSpan};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A session of the plan before an edit, the session after it, or both, if they are the same one.
#[derive(Clone, Debug)]
pub struct MatchedItem<'a> {
    /// The session before.
    pub before: Option<&'a PlanItem>,
    /// The session after.
    pub after: Option<&'a PlanItem>,
}

impl MatchedItem<'_> {
    /// True for a session in which a runner would notice a difference, or that is on one side only.
    pub fn has_changed(&self) -> bool {
        self.before.zip(self.after).is_none_or(|(before, after)| !is_same_item(before, after))
    }

    /// Returns the numbers that the alternatives have after the edit, in their former order. 0 is one that is gone.
    pub fn options(&self) -> Vec<usize> {
        let Some((before, after)) = self.before.zip(self.after) else { return Vec::new() };
        let number = |title: &str| after.options.iter().position(|option| option.title() == title);
        before.options.iter().map(|option| number(&option.title()).map_or(0, |index| index + 1)).collect()
    }
}

/// Matches the sessions from `from` on of a plan before and after an edit. A session is the same one if it is on its day,
/// and has its workout, its label, or its words with other numbers.
pub fn match_items<'a>(before: &'a Calendar, after: &'a Calendar, from: NaiveDate) -> Vec<MatchedItem<'a>> {
    let (before, after) = (places(before, from), places(after, from));
    let keys: BTreeSet<(usize, ItemSlot)> = before.keys().chain(after.keys()).copied().collect();
    let mut matched = Vec::new();
    for key in keys {
        let items = |all: &BTreeMap<_, Vec<&'a PlanItem>>| all.get(&key).cloned().unwrap_or_default();
        matched.extend(match_place(items(&before), items(&after)));
    }
    matched
}

/// Returns the id for a session that was run and that the edited plan no longer has: the next number of its place that
/// neither plan has used.
pub fn unused_id(id: ItemId, before: &Calendar, after: &Calendar) -> ItemId {
    let weeks = before.weeks.iter().chain(&after.weeks).filter(|week| week.number == id.week);
    let numbers = weeks.flat_map(|week| week.items()).filter(|item| item.id.slot == id.slot);
    ItemId { number: numbers.map(|item| item.id.number).max().unwrap_or_default() + 1, ..id }
}

/// Returns the sessions from a date on by their place in the plan.
fn places(calendar: &Calendar, from: NaiveDate) -> BTreeMap<(usize, ItemSlot), Vec<&PlanItem>> {
    let mut places: BTreeMap<(usize, ItemSlot), Vec<&PlanItem>> = BTreeMap::new();
    for week in calendar.weeks.iter().filter(|week| week.days.last().is_some_and(|day| day.date >= from)) {
        let days = week.days.iter().filter(|day| day.date >= from).flat_map(|day| &day.items);
        for item in days.chain(&week.any) {
            places.entry((week.number, item.id.slot)).or_default().push(item);
        }
    }
    places
}

/// A reason for which two sessions of one day are the same one.
type SameItemRule = fn(&PlanItem, &PlanItem) -> bool;

fn match_place<'a>(mut before: Vec<&'a PlanItem>, mut after: Vec<&'a PlanItem>) -> Vec<MatchedItem<'a>> {
    // The surest reasons first.
    let reasons: [SameItemRule; 4] = [
        is_same_item,
        |a, b| a.usual().title() == b.usual().title(),
        |a, b| words(a).is_some_and(|words| Some(words) == self::words(b)),
        |a, b| runs(a).any(|a| runs(b).any(|b| a == b)),
    ];
    let mut matched = Vec::new();
    for is_same in reasons {
        before.retain(|item| {
            let Some(at) = after.iter().position(|other| is_same(item, other)) else { return true };
            matched.push(MatchedItem { before: Some(item), after: Some(after.remove(at)) });
            false
        });
    }
    matched.extend(before.into_iter().map(|item| MatchedItem { before: Some(item), after: None }));
    matched.extend(after.into_iter().map(|item| MatchedItem { before: None, after: Some(item) }));
    matched
}

/// Returns the label of a session's text, or the text without its numbers. `None` for rest and for a race.
fn words(item: &PlanItem) -> Option<String> {
    let text = item.workout()?.text.to_lowercase();
    let label = text.split_once(':').map(|(label, _)| label.trim()).filter(|label| !label.is_empty());
    let is_label = |label: &&str| label.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    Some(match label.filter(is_label) {
        Some(label) => label.to_string(),
        None => text.chars().filter(|c| !c.is_ascii_digit() && !".-–".contains(*c)).collect(),
    })
}

/// Returns the titles of all alternatives but rest.
fn runs(item: &PlanItem) -> impl Iterator<Item = String> {
    item.options.iter().filter(|option| !matches!(option, PlannedSession::Rest)).map(PlannedSession::title)
}

fn is_same_item(a: &PlanItem, b: &PlanItem) -> bool {
    let is_same_option = |(a, b): (&PlannedSession, &PlannedSession)| match (a, b) {
        (PlannedSession::Rest, PlannedSession::Rest) => true,
        (PlannedSession::Race(a), PlannedSession::Race(b)) => a == b,
        (PlannedSession::Workout(a), PlannedSession::Workout(b)) => is_same_workout(&a.sequence, &b.sequence),
        _ => false,
    };
    a.optional == b.optional
        && a.options.len() == b.options.len()
        && a.options.iter().zip(&b.options).all(is_same_option)
}

/// True if a runner would notice no difference, wherever the steps are in the file.
fn is_same_workout(a: &Sequence, b: &Sequence) -> bool {
    let is_same_step = |(a, b): (&PlannedStep, &PlannedStep)| {
        PlannedStep { source: SourceSpan::default(), ..a.clone() }
            == PlannedStep { source: SourceSpan::default(), ..b.clone() }
    };
    a.name == b.name
        && a.activity == b.activity
        && a.repeats == b.repeats
        && a.steps.len() == b.steps.len()
        && a.steps.iter().zip(&b.steps).all(is_same_step)
}
