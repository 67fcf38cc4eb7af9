//! The check-in on the page of today: the line about it, the easier session that it offers, and the choice that it ends with.

use crate::agenda::{
    Agenda, AgendaItem, CheckinChoice, EasierSession, PlanChoice, easier_session, shortened,
};
use crate::cli::checkin_words;
use crate::cli::commands::checkin;
use crate::cli::commands::pick::EASIER;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::session::page_host::PageHost;
use crate::cli::workout_text::WorkoutText;
use crate::diagnostic::SourceText;
use crate::display;
use crate::display::checkin::sentence;
use crate::keymap::{Action, KeyContext};
use crate::library::{self, WorkoutSource};
use crate::plan::PlannedWorkout;
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::tui::screens::plan::{OfferTarget, SessionOffer, TodayView};
use crate::workout::Options;
use std::sync::Arc;

/// What a check-in ends with.
pub struct MorningChoice {
    /// The session of the plan to mark.
    pub marked: Option<OfferTarget>,
    /// The choice about the plan to make.
    pub made: Option<PlanChoice>,
    /// The message about it.
    pub message: String,
}

/// Adds the check-in of today with its easier session to the page, or the offer of one.
///
/// # Errors
/// If the log cannot be read.
pub fn add_to(
    view: &mut TodayView,
    agenda: &Agenda<'_>,
    context: &Context,
    profile: &Profile,
) -> Result<(), Failure> {
    if let Some((answers, verdict)) = checkin_words::of_today(context, agenda.today)? {
        view.notes.push(format!("Check-in: {}", sentence(&answers, &verdict)));
        view.add_below_day("or easier, from the check-in:", offer(agenda, profile));
        return Ok(());
    }
    let key = context.theme.keymap().label(KeyContext::Today, Action::Checkin);
    let line = format!("How are you? Not asked yet today. {key} answers in ten seconds.");
    view.notes.extend((!key.is_empty()).then_some(line));
    Ok(())
}

/// Asks how the runner is. `None` if the runner left it out.
///
/// # Errors
/// As [`checkin::ask_on_page`].
pub fn check_in(host: &mut PageHost<'_>, agenda: &Agenda<'_>) -> Result<Option<MorningChoice>, Failure> {
    let choices = checkin_words::choice_words(Some(agenda));
    let due = checkin_words::due_item(agenda).map(|item| item.item.id);
    let Some(choice) = checkin::ask_on_page(host, choices)? else { return Ok(None) };
    let word = match choice {
        CheckinChoice::AsPlanned => "as planned",
        CheckinChoice::Easier => "easier",
        CheckinChoice::Rest => "rest today",
    };
    Ok(Some(MorningChoice {
        marked: due.map(OfferTarget::Easier).filter(|_| choice == CheckinChoice::Easier),
        made: due.map(|item| PlanChoice::Skip { item }).filter(|_| choice == CheckinChoice::Rest),
        message: format!("Checked in: {word}."),
    }))
}

/// Returns the text of a session, shortened to the length that the runner chose.
pub fn planned_text(item: &AgendaItem<'_>, workout: &PlannedWorkout) -> WorkoutText {
    let shorter = item.up_to.as_deref().and_then(|most| shortened(workout, most));
    match shorter {
        Some(text) => WorkoutText::from(WorkoutSource::Notation(SourceText::new(library::NOTATION, text))),
        None => WorkoutText::planned(workout),
    }
}

/// Returns the text of the easier session. `None` for an item that is no run.
pub fn easier_text(item: &AgendaItem<'_>) -> Option<WorkoutText> {
    match easier_session(item)? {
        EasierSession::LowerBound(text) => {
            Some(WorkoutText::from(WorkoutSource::Notation(SourceText::new(library::NOTATION, text))))
        }
        EasierSession::RecoveryJog => {
            let jog = library::all().into_iter().find(|workout| workout.name == EASIER)?;
            jog.source().ok().map(WorkoutText::file)
        }
    }
}

/// Returns the easier session in place of the one that is due today, if one is due and it is a run.
fn offer(agenda: &Agenda<'_>, profile: &Profile) -> Option<SessionOffer> {
    let item = checkin_words::due_item(agenda)?;
    let compiled = easier_text(item)?.compile(profile, &Options::default()).ok()?;
    Some(SessionOffer {
        target: Some(OfferTarget::Easier(item.item.id)),
        title: clean(&compiled.sequence.name),
        total: display::total(&compiled.sequence),
        sequence: Some(Arc::new(compiled.sequence)),
        ..SessionOffer::default()
    })
}
