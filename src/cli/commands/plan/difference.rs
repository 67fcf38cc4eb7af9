//! The difference that an edit of a plan's file makes: its sessions, and the choices about them.

use crate::agenda::{Agenda, AgendaItem, AgendaWeek, ItemState};
use crate::cli::paint::TextLook;
use crate::cli::plan_words;
use crate::history::block_rows::RenamedItem;
use crate::plan::{Calendar, ItemId, ItemSlot, MatchedItem, PlanItem, match_items, unused_id};
use crate::text::clean;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A plan before and after an edit, as of one day.
pub struct PlanDifference<'a> {
    agenda: &'a Agenda<'a>,
    before: &'a Calendar,
    after: &'a Calendar,
    matched: Vec<MatchedItem<'a>>,
    run: BTreeSet<ItemId>,
}

/// One changed session, or a choice about one.
pub struct DifferenceLine {
    date: NaiveDate,
    pub words: String,
    pub look: TextLook,
}

impl<'a> PlanDifference<'a> {
    /// Compares two calendars whose weeks are on their dates.
    pub fn new(agenda: &'a Agenda<'a>, before: &'a Calendar, after: &'a Calendar) -> Self {
        let run = agenda.weeks.iter().flat_map(AgendaWeek::items).filter(|item| item.was_run());
        let run = run.map(|item: &AgendaItem<'_>| item.item.id).collect();
        let matched = match_items(before, after, agenda.today);
        let mut difference = PlanDifference { agenda, before, after, matched, run };
        difference.keep_places();
        difference
    }

    /// Lets each session that was run take the place of the one that the edit has put there instead.
    fn keep_places(&mut self) {
        for number in 0..self.matched.len() {
            let Some(MatchedItem { before: Some(run), after: None }) = self.matched.get(number) else {
                continue;
            };
            let run = run.id;
            if !self.run.contains(&run) {
                continue;
            }
            let is_there = |found: &MatchedItem<'_>| {
                let after = found.after.filter(|_| found.before.is_none()).map(|item| item.id);
                after.is_some_and(|after| (after.week, after.slot) == (run.week, run.slot))
            };
            if let Some(other) = self.matched.iter().position(is_there) {
                let after = self.matched.get_mut(other).and_then(|found| found.after.take());
                if let Some(found) = self.matched.get_mut(number) {
                    found.after = after;
                }
            }
        }
    }

    /// Returns the sessions that were run. They stay as they were.
    pub fn run(&self) -> Vec<String> {
        self.run.iter().map(ItemId::to_string).collect()
    }

    /// Returns the sessions that differ, in the order of their dates.
    pub fn sessions(&self) -> Vec<DifferenceLine> {
        let mut lines = Vec::new();
        let mut places: BTreeMap<(usize, ItemSlot), [Vec<&PlanItem>; 2]> = BTreeMap::new();
        for found in &self.matched {
            if found.before.is_some_and(|item| self.run.contains(&item.id)) {
                continue;
            }
            match (found.before, found.after) {
                (Some(before), Some(after)) if found.has_changed() => {
                    lines.push(self.line('~', before, &changed_words(before, after), TextLook::Plain));
                }
                (Some(_), Some(_)) => {}
                (before, after) => {
                    let Some(id) = before.or(after).map(|item| item.id) else { continue };
                    let [old, new] = places.entry((id.week, id.slot)).or_default();
                    old.extend(before);
                    new.extend(after);
                }
            }
        }
        for [old, new] in places.values() {
            for number in 0..old.len().max(new.len()) {
                lines.extend(match (old.get(number), new.get(number)) {
                    (Some(old), Some(new)) => {
                        Some(self.line('~', old, &changed_words(old, new), TextLook::Plain))
                    }
                    (Some(old), None) => Some(self.line('−', old, &words(old), TextLook::Bad)),
                    (None, Some(new)) => Some(self.line('+', new, &words(new), TextLook::Good)),
                    (None, None) => None,
                });
            }
        }
        lines.sort_by_key(|line| line.date);
        lines
    }

    /// Returns the choices about sessions from today on: those that stay with their session, and those that fall away.
    pub fn choices(&self) -> Vec<DifferenceLine> {
        let mut lines = Vec::new();
        for item in self.agenda.weeks.iter().flat_map(AgendaWeek::items).filter(|item| !item.was_run()) {
            let replaced = item.instead_of.filter(|_| !matches!(item.state, ItemState::Moved { .. }));
            if let Some(found) = replaced.and_then(|id| self.found(id)).filter(|found| found.after.is_none())
            {
                let replaced = found.before.map(plan_words::title).unwrap_or_default();
                let words = format!("{}: no longer in place of {replaced}", plan_words::title(item.item));
                lines.push(self.line('×', item.item, &words, TextLook::Bad));
            }
            let Some(found) = self.found(item.item.id) else { continue };
            let title = plan_words::title(item.item);
            for (choice, holds) in self.choices_about(item) {
                let stays = holds && found.after.is_some();
                let (sign, still) = if stays { ('=', "still") } else { ('×', "no longer") };
                let look = if stays { TextLook::Quiet } else { TextLook::Bad };
                lines.push(self.line(sign, item.item, &format!("{title}: {still} {choice}"), look));
            }
        }
        lines.sort_by_key(|line| line.date);
        lines
    }

    /// Returns the choices about an item in words, each with false if its alternative is gone.
    fn choices_about(&self, item: &AgendaItem<'_>) -> Vec<(String, bool)> {
        let mut choices = Vec::new();
        if let ItemState::Moved { to } = item.state {
            return vec![(format!("moved to {}", plan_words::day(to)), true)];
        }
        if item.skipped {
            let is_in_its_place = |other: &&AgendaItem<'_>| other.instead_of == Some(item.item.id);
            let mut all = self.agenda.weeks.iter().flat_map(AgendaWeek::items);
            choices.push((
                match all.find(is_in_its_place) {
                    Some(other) => format!("replaced by {}", plan_words::title(other.item)),
                    None => "skipped".to_string(),
                },
                true,
            ));
        }
        let option = item.item.options.iter().position(|option| std::ptr::eq(option, item.session));
        if let Some(option) = option.filter(|option| *option > 0) {
            let is_there = |found: &MatchedItem<'_>| found.options().get(option).is_some_and(|n| *n > 0);
            let holds = self.found(item.item.id).is_some_and(is_there);
            choices.push((format!("taken as {}", clean(&item.session.title())), holds));
        }
        if let Some(most) = &item.up_to {
            choices.push((format!("cut to {}", clean(most)), true));
        }
        choices
    }

    /// Returns the sessions that have another id after the edit, or other alternatives.
    pub fn renamed(&self) -> BTreeMap<String, RenamedItem> {
        let mut renamed = BTreeMap::new();
        let mut given = BTreeSet::new();
        for found in &self.matched {
            let Some(before) = found.before else { continue };
            let to = match found.after {
                Some(after) => Some(after.id),
                None if !self.run.contains(&before.id) => None,
                None if self.after.item(before.id).is_none() => Some(before.id),
                None => {
                    let mut id = unused_id(before.id, self.before, self.after);
                    while !given.insert(id) {
                        id.number += 1;
                    }
                    Some(id)
                }
            };
            let options = if found.after.is_some() { found.options() } else { Vec::new() };
            let keeps_options = options.iter().enumerate().all(|(index, number)| *number == index + 1);
            if to != Some(before.id) || !keeps_options {
                let options = if keeps_options { Vec::new() } else { options };
                let to = to.map(|id| id.to_string());
                renamed.insert(before.id.to_string(), RenamedItem { to, options });
            }
        }
        renamed
    }

    fn found(&self, id: ItemId) -> Option<&MatchedItem<'a>> {
        self.matched.iter().find(|found| found.before.is_some_and(|item| item.id == id))
    }

    fn line(&self, sign: char, item: &PlanItem, words: &str, look: TextLook) -> DifferenceLine {
        let on = |calendar: &Calendar| calendar.date_of(item.id);
        let on = on(self.before).or_else(|| on(self.after));
        let week =
            || self.before.weeks.iter().chain(&self.after.weeks).find(|week| week.number == item.id.week);
        let date = on.or_else(|| Some(week()?.first_day)).unwrap_or_default();
        let day = match on {
            Some(date) => plan_words::day(date),
            None => format!("week of {}", date.format("%-d %b")),
        };
        DifferenceLine { date, words: format!("{sign} {day}  {words}"), look }
    }
}

fn changed_words(before: &PlanItem, after: &PlanItem) -> String {
    format!("{} → {}", words(before), words(after))
}

fn words(item: &PlanItem) -> String {
    format!("{}  {}", plan_words::title(item), plan_words::total(item)).trim_end().to_string()
}
