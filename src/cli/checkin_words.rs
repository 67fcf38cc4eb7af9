//! The check-in in words: its numbers, and always three choices.

use super::context::Context;
use super::failure::Failure;
use super::plan_words;
use crate::agenda::{
    Agenda, AgendaItem, CheckinChoice, CheckinVerdict, DailyCheckin, EasierSession, ItemState, LoggedSession,
    easier_session,
};
use crate::display::checkin::sentence;
use crate::history::checkins;
use chrono::NaiveDate;

/// Reads today's check-in and judges it. `None` if there is none.
///
/// # Errors
/// If the log cannot be read.
pub fn of_today(
    context: &Context,
    today: NaiveDate,
) -> Result<Option<(DailyCheckin, CheckinVerdict)>, Failure> {
    let all = up_to(context, today)?;
    let last = all.last().filter(|last| last.on == today);
    Ok(last.map(|last| (*last, CheckinVerdict::new(*last, &all))))
}

/// True if a check-in has nothing left to say about today, because what was to be run today was run.
pub fn is_too_late(agenda: &Agenda<'_>, sessions: &[LoggedSession]) -> bool {
    let items = agenda.today_items();
    let is_due = items.iter().any(|item| matches!(item.state, ItemState::Due | ItemState::Part));
    let is_run = |index: usize| sessions.get(index).is_some_and(|session| session.is_run);
    let ran_otherwise = || agenda.untied_on(sessions, agenda.today).into_iter().any(is_run);
    !is_due && (items.iter().any(|item| item.state == ItemState::Run) || ran_otherwise())
}

/// Reads the check-ins up to a day that judging that day needs, the earliest first.
///
/// # Errors
/// If the log cannot be read.
pub fn up_to(context: &Context, day: NaiveDate) -> Result<Vec<DailyCheckin>, Failure> {
    let database = context.log()?;
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    Ok(checkins::up_to(&connection, day).map_err(|error| database.explain(&error))?)
}

/// Returns the three choices, the marked one with a sign, each with its command. `agenda` is that of the plan that is on.
pub fn choices(verdict: &CheckinVerdict, agenda: Option<&Agenda<'_>>) -> [String; 3] {
    let item = agenda.and_then(due_item);
    let easier = match item.map(easier_session) {
        Some(Some(EasierSession::LowerBound(text))) => format!(" (pacebell run \"{text}\")"),
        Some(None) => String::new(),
        _ => " (pacebell run recovery-jog)".to_string(),
    };
    let rest = item.map(|item| format!(" (pacebell plan skip {})", item.item.id)).unwrap_or_default();
    let [planned_words, easier_words, rest_words] = choice_words(agenda);
    let mark = |choice: CheckinChoice, text: String| {
        format!("{} {text}", if verdict.choice == choice { "▸" } else { " " })
    };
    [
        mark(CheckinChoice::AsPlanned, planned_words),
        mark(CheckinChoice::Easier, easier_words + &easier),
        mark(CheckinChoice::Rest, rest_words + &rest),
    ]
}

/// Returns the three choices in words. `agenda` is that of the plan that is on.
pub fn choice_words(agenda: Option<&Agenda<'_>>) -> [String; 3] {
    let item = agenda.and_then(due_item);
    let planned = match (item, agenda) {
        (Some(item), _) => format!("As planned: {}", plan_words::due_title(item)),
        (None, Some(_)) => "As planned: nothing more is due today".to_string(),
        (None, None) => "As planned".to_string(),
    };
    let easier = match item.map(easier_session) {
        Some(Some(EasierSession::LowerBound(text))) => format!("Easier: {text}"),
        Some(None) => "Easier: leave out what feels heavy".to_string(),
        _ => "Easier: a recovery jog".to_string(),
    };
    [planned, easier, "Rest".to_string()]
}

/// Returns the session of today that is still to be run.
pub fn due_item<'a, 'b>(agenda: &'b Agenda<'a>) -> Option<&'b AgendaItem<'a>> {
    agenda.next_today().filter(|item| item.state == ItemState::Due)
}

/// Returns the numbers and the three choices as one paragraph for the page of today.
pub fn paragraph(checkin: &DailyCheckin, verdict: &CheckinVerdict, agenda: &Agenda<'_>) -> String {
    let choices = choices(verdict, Some(agenda)).map(|choice| choice.trim().to_string()).join(" · ");
    format!("Check-in: {} {choices}", sentence(checkin, verdict))
}
