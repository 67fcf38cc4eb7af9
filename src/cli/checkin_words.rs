//! The check-in in words: its numbers, and always three choices.

use super::context::Context;
use super::failure::Failure;
use super::plan_words;
use crate::agenda::{
    Agenda, AgendaItem, CheckinChoice, CheckinReason, CheckinVerdict, DailyCheckin, EasierSession, ItemState,
    UsualValue, easier_session,
};
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
    let database = context.log()?;
    let Some(connection) = database.open_to_read()? else { return Ok(None) };
    let all = checkins::up_to(&connection, today).map_err(|error| database.explain(&error))?;
    let last = all.last().filter(|last| last.on == today);
    Ok(last.map(|last| (*last, CheckinVerdict::new(*last, &all))))
}

/// Returns the numbers and what they mark: `14 of 20; your usual is 15.7 ± 0.9. That is lower: easier is marked.`
pub fn sentence(checkin: &DailyCheckin, verdict: &CheckinVerdict) -> String {
    let spread = |usual: UsualValue| format!("{:.1} ± {:.1}", usual.mean, usual.deviation);
    let usual = match verdict.usual {
        Some(usual) => format!("your usual is {}", spread(usual)),
        None => "10 check-ins give a usual sum".to_string(),
    };
    let heart = checkin.answers.resting_heart.map_or_else(String::new, |heart| match verdict.usual_heart {
        Some(usual) => format!(" Resting heart rate {heart}; your usual is {}.", spread(usual)),
        None => format!(" Resting heart rate {heart}."),
    });
    let why = match verdict.reason {
        CheckinReason::MustStop => "Pain, illness or an injury: rest is marked.",
        CheckinReason::TwoMornings => "The second such morning in a row: rest is marked.",
        CheckinReason::ScaleAtOne => "An answer is 1: easier is marked.",
        CheckinReason::BelowUsual => "That is lower by more than one deviation: easier is marked.",
        CheckinReason::LowSum => "10 or less counts as low: easier is marked.",
        CheckinReason::HighHeart => "Your heart rate is high by more than two deviations: easier is marked.",
        CheckinReason::Usual => "As planned is marked.",
    };
    format!("{} of 20; {usual}.{heart} {why}", verdict.sum)
}

/// Returns the three choices, the marked one with a sign. `agenda` is that of the plan that is on.
pub fn choices(verdict: &CheckinVerdict, agenda: Option<&Agenda<'_>>) -> [String; 3] {
    let item = agenda.and_then(due_item);
    let planned = match (item, agenda) {
        (Some(item), _) => format!("As planned: {}", plan_words::due_title(item)),
        (None, Some(_)) => "As planned: nothing more is due today".to_string(),
        (None, None) => "As planned".to_string(),
    };
    let easier = match item.map(easier_session) {
        Some(Some(EasierSession::LowerBound(text))) => format!("Easier: {text} (pacebell run \"{text}\")"),
        Some(None) => "Easier: leave out what feels heavy".to_string(),
        _ => "Easier: a recovery jog (pacebell run recovery-jog)".to_string(),
    };
    let rest = match item {
        Some(item) => format!("Rest (pacebell plan skip {})", item.item.id),
        None => "Rest".to_string(),
    };
    let mark = |choice: CheckinChoice, text: String| {
        format!("{} {text}", if verdict.choice == choice { "▸" } else { " " })
    };
    [
        mark(CheckinChoice::AsPlanned, planned),
        mark(CheckinChoice::Easier, easier),
        mark(CheckinChoice::Rest, rest),
    ]
}

fn due_item<'a, 'b>(agenda: &'b Agenda<'a>) -> Option<&'b AgendaItem<'a>> {
    agenda.next_today().filter(|item| item.state == ItemState::Due)
}

/// Returns the numbers and the three choices as one paragraph for the page of today.
pub fn paragraph(checkin: &DailyCheckin, verdict: &CheckinVerdict, agenda: &Agenda<'_>) -> String {
    let choices = choices(verdict, Some(agenda)).map(|choice| choice.trim().to_string()).join(" · ");
    format!("Check-in: {} {choices}", sentence(checkin, verdict))
}
