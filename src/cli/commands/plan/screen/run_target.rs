//! Runs a session that was chosen on a page of the plan.

use super::{NextPage, PlanScreen, PlanScreenEnd};
use crate::agenda::{AgendaItem, PlanChoice, TakenSession};
use crate::cli::commands::plan::morning;
use crate::cli::due_session;
use crate::cli::failure::Failure;
use crate::cli::fit_time;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::session::offer::{RunChoice, offer_before_run};
use crate::cli::session::run::{StartMode, confirm_checklist, run_session};
use crate::cli::workout_text::WorkoutText;
use crate::history::SessionItem;
use crate::plan::{ItemId, PlannedSession};
use crate::tui::screens::plan::OfferTarget;
use crate::units::{Millis, Rehearsal};
use crate::workout::Options;
use std::sync::Arc;

/// A session that was chosen.
struct ChosenSession {
    /// The item that it counts as.
    item: ItemId,
    text: WorkoutText,
    /// The values that the plan gives to the workout's parameters.
    options: Options,
    /// The choice about the plan to make before it is run.
    choice: Option<PlanChoice>,
    /// True for a session that is easier than planned, or in a down week.
    is_lighter: bool,
}

impl PlanScreen<'_, '_> {
    /// Runs the session of a target, cut to `within`. Returns `None` to show the page again.
    pub(super) fn run_target(
        &mut self,
        target: &OfferTarget,
        within: Option<Millis>,
    ) -> Result<Option<NextPage>, Failure> {
        let agenda = self.plan.agenda(self.today);
        let is_down = agenda.week_of(self.today).is_some_and(|week| week.week.down);
        let chosen = match *target {
            OfferTarget::Item { item, option } => agenda.item(item).and_then(|item| chosen(item, option)),
            OfferTarget::Missed { item, instead_of } => {
                let choice = match instead_of {
                    Some(item_of_today) => {
                        PlanChoice::Take { item: item_of_today, session: TakenSession::Missed(item) }
                    }
                    None => PlanChoice::Move { item, to: self.today },
                };
                let workout = agenda.item(item).and_then(|item| item.session.workout());
                workout.map(|workout| ChosenSession {
                    item,
                    text: WorkoutText::planned(workout),
                    options: workout.options.clone(),
                    choice: Some(choice),
                    is_lighter: false,
                })
            }
            OfferTarget::Easier(item) => agenda.item(item).and_then(morning::easier_text).map(|text| {
                ChosenSession { item, text, options: Options::default(), choice: None, is_lighter: true }
            }),
            OfferTarget::Answer(_) | OfferTarget::EndPlan => None,
        };
        let chosen =
            chosen.map(|chosen| ChosenSession { is_lighter: chosen.is_lighter || is_down, ..chosen });
        chosen.map_or(Ok(None), |chosen| self.run_chosen(chosen, within))
    }

    /// Runs a session, and makes its choice once the runner has confirmed it.
    fn run_chosen(
        &mut self,
        chosen: ChosenSession,
        within: Option<Millis>,
    ) -> Result<Option<NextPage>, Failure> {
        let profile = load_workout::profile(self.host.context)?;
        let source = chosen.text.source.clone();
        let compiled = chosen.text.compile(&profile, &chosen.options);
        let mut sequence = compiled.map_err(|problems| Failure::mistakes(source.clone(), problems))?.sequence;
        sequence.is_lighter = chosen.is_lighter;
        if let Some(total) = within {
            sequence = fit_time::fitted(sequence, total).map_err(Failure::Input)?;
        }
        let item = SessionItem { block: self.plan.history.block.key, item: chosen.item.to_string() };
        let sequence = Arc::new(sequence);
        match offer_before_run(self.host, &sequence)? {
            RunChoice::Run => {}
            RunChoice::Resume(unfinished) => {
                run_session(self.host, StartMode::Resumed(unfinished))?;
                return Ok(Some(NextPage::End(PlanScreenEnd::Left)));
            }
            RunChoice::Quit => return Ok(None),
        }
        if !confirm_checklist(self.host, &sequence)? {
            return Ok(None);
        }
        if let Some(choice) = &chosen.choice {
            self.choose(choice, "Done.")?;
        }
        let workout = LoadedWorkout { sequence, source, profile, item: Some(item) };
        run_session(self.host, StartMode::New(Box::new(workout), Rehearsal::REAL_TIME))?;
        Ok(Some(NextPage::End(PlanScreenEnd::Left)))
    }
}

/// Returns the session of an item with this number among its alternatives. `None` for rest.
fn chosen(item: &AgendaItem<'_>, option: usize) -> Option<ChosenSession> {
    let (text, options) = match item.item.options.get(option)? {
        PlannedSession::Rest => return None,
        PlannedSession::Race(race) => (due_session::race_text(race), Options::default()),
        PlannedSession::Workout(workout) => (morning::planned_text(item, workout), workout.options.clone()),
    };
    Some(ChosenSession { item: item.item.id, text, options, choice: None, is_lighter: false })
}
