//! The plan on the screen: shows its pages and does what they ask for.

mod run_target;

use super::calendar_file;
use super::morning;
use crate::agenda::PlanChoice;
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::checkin_words;
use crate::cli::commands::day;
use crate::cli::commands::log::describe_undone;
use crate::cli::commands::pick::{self, LibraryEnd};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::plan_date::week_near;
use crate::cli::session::display::Display;
use crate::cli::session::offer::unfinished_note;
use crate::cli::session::page_host::PageHost;
use crate::clock;
use crate::history::block_rows::ChoiceKind;
use crate::history::blocks::{self, NewChoice};
use crate::history::edits;
use crate::keymap::KeyContext;
use crate::runner::profile::Profile;
use crate::tui::screens::plan::{
    OfferTarget, PlanFigures, PlanGridPage, PlanRequest, TodayPage, WeekPage, plan_grid, today_view,
    week_table,
};
use chrono::NaiveDate;

/// The page to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanPage {
    /// Today.
    Today,
    /// The week of this date.
    Week(NaiveDate),
    /// The whole plan.
    Plan,
}

/// The end of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanScreenEnd {
    /// The runner left, or ran a session.
    Left,
    /// The runner asked for the library.
    Library,
}

/// Shows the pages, beginning with one of them. False without a screen, and if no plan is on.
///
/// # Errors
/// As [`PlanScreen::run`].
pub fn show(context: &Context, first: PlanPage) -> Result<bool, Failure> {
    if !context.terminal.has_screen {
        return Ok(false);
    }
    let mut host = PageHost::new(context, Display::Screen)?;
    show_with_library(&mut host, first, Err)
}

/// Shows the pages, and the library where the runner asks for it. Leaving the library leads back to today. `answer` says what
/// follows from a plan that cannot be read.
fn show_with_library(
    host: &mut PageHost<'_>,
    first: PlanPage,
    answer: fn(Failure) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let mut page = first;
    loop {
        let end = match PlanScreen::open(host) {
            Ok(Some(screen)) => screen.run(page)?,
            Ok(None) => return Ok(false),
            Err(problem) => return answer(problem),
        };
        if end == PlanScreenEnd::Left || pick::choose_and_run(host)? == LibraryEnd::Ran {
            return Ok(true);
        }
        page = PlanPage::Today;
    }
}

/// Shows today before the library. False without a plan.
///
/// # Errors
/// As [`PlanScreen::run`].
pub fn show_before_library(host: &mut PageHost<'_>) -> Result<bool, Failure> {
    // A plan that cannot be read must not keep anybody from the library: `pacebell plan` says what is wrong.
    show_with_library(host, PlanPage::Today, |_| Ok(false))
}

/// The pages of the plan that is on.
pub struct PlanScreen<'h, 'c> {
    host: &'h mut PageHost<'c>,
    plan: ActivePlan,
    profile: Profile,
    today: NaiveDate,
    message: Option<String>,
    /// The session to mark on the next page of today.
    marked: Option<OfferTarget>,
    /// The page that is shown, whose keys messages name.
    context: KeyContext,
}

impl<'h, 'c> PlanScreen<'h, 'c> {
    /// Opens the pages. `None` if no plan is on.
    ///
    /// # Errors
    /// If the log cannot be read, or the plan no longer compiles.
    pub fn open(host: &'h mut PageHost<'c>) -> Result<Option<Self>, Failure> {
        let profile = load_workout::profile_if_usable();
        let plan = active_plan::load(host.context, &profile)?;
        let today = clock::local_time().date_naive();
        let edit_note = |plan: &ActivePlan| active_plan::edit_note(&plan.history.block.fields);
        let message =
            plan.as_ref().and_then(|plan| unfinished_note(host.context).or_else(|| edit_note(plan)));
        Ok(plan.map(|plan| PlanScreen {
            host,
            plan,
            profile,
            today,
            message,
            marked: None,
            context: KeyContext::Today,
        }))
    }

    /// Shows the pages until the runner leaves them or runs a session.
    ///
    /// # Errors
    /// If a signal ends the program, the terminal is gone, or the log cannot be written.
    pub fn run(mut self, first: PlanPage) -> Result<PlanScreenEnd, Failure> {
        let mut page = first;
        loop {
            let next = match page {
                PlanPage::Today => self.show_today()?,
                PlanPage::Week(date) => self.show_week(date)?,
                PlanPage::Plan => self.show_plan()?,
            };
            match next {
                NextPage::Page(next) => page = next,
                NextPage::Back if page == first => {
                    self.host.leave()?;
                    return Ok(PlanScreenEnd::Left);
                }
                NextPage::Back => page = first,
                NextPage::End(end) => {
                    self.host.leave()?;
                    return Ok(end);
                }
            }
        }
    }

    fn show_today(&mut self) -> Result<NextPage, Failure> {
        loop {
            let agenda = self.plan.agenda(self.today);
            let sessions = &self.plan.history.sessions;
            let mut view = today_view(&agenda, sessions, &self.figures());
            if !checkin_words::is_too_late(&agenda, sessions) {
                morning::add_to(&mut view, &agenda, self.host.context, &self.profile)?;
            }
            view.notes.extend(day::wins_note(self.host.context)?);
            let mut page = TodayPage::new(view, self.host.context.theme);
            self.marked.take().iter().for_each(|target| page.mark(target));
            self.context = KeyContext::Today;
            if let Some(message) = self.message.take() {
                page.say(message);
            }
            let request = self.host.show(&mut page)?;
            if let Some(next) = self.handle(request)? {
                return Ok(next);
            }
        }
    }

    fn show_week(&mut self, date: NaiveDate) -> Result<NextPage, Failure> {
        let mut date = date;
        loop {
            let agenda = self.plan.agenda(self.today);
            let weeks = agenda.weeks_by_date();
            let Some(number) = week_near(&weeks, date) else { return Ok(NextPage::Back) };
            let Some(week) = weeks.get(number).copied() else { return Ok(NextPage::Back) };
            let efforts: Vec<Option<f64>> = self.plan.history.runs.iter().map(|run| run.rpe).collect();
            let sessions = &self.plan.history.sessions;
            let table = week_table(&agenda, week, sessions, &efforts, &self.figures());
            let first_of = |number: usize| Some(weeks.get(number)?.days.first()?.date);
            let (before, after) = (number.checked_sub(1).and_then(first_of), first_of(number + 1));
            let mut page = WeekPage::new(table, self.host.context.theme);
            self.context = KeyContext::Week;
            if let Some(message) = self.message.take() {
                page.say(message);
            }
            match self.host.show(&mut page)? {
                PlanRequest::EarlierWeek => date = before.unwrap_or(date),
                PlanRequest::LaterWeek => date = after.unwrap_or(date),
                request => {
                    if let Some(next) = self.handle(request)? {
                        return Ok(next);
                    }
                }
            }
        }
    }

    fn show_plan(&mut self) -> Result<NextPage, Failure> {
        let grid = plan_grid(&self.plan.agenda(self.today), &self.figures());
        let mut page = PlanGridPage::new(grid, self.host.context.theme);
        let request = self.host.show(&mut page)?;
        Ok(self.handle(request)?.unwrap_or(NextPage::Page(PlanPage::Plan)))
    }

    fn figures(&self) -> PlanFigures {
        PlanFigures {
            style: self.profile.line_style().with_end_key(self.host.context.end_key()),
            treadmill: self.profile.treadmill(),
            pace: self.profile.units.pace,
        }
    }

    /// Does what a page asks for. Returns the next page, or `None` to show the same one again.
    fn handle(&mut self, request: PlanRequest) -> Result<Option<NextPage>, Failure> {
        let done = match request {
            PlanRequest::Today => return Ok(Some(NextPage::Page(PlanPage::Today))),
            PlanRequest::Week(date) => {
                return Ok(Some(NextPage::Page(PlanPage::Week(date.unwrap_or(self.today)))));
            }
            PlanRequest::Plan => return Ok(Some(NextPage::Page(PlanPage::Plan))),
            PlanRequest::Library => return Ok(Some(NextPage::End(PlanScreenEnd::Library))),
            PlanRequest::Leave => return Ok(Some(NextPage::Back)),
            PlanRequest::EarlierWeek | PlanRequest::LaterWeek => return Ok(None),
            PlanRequest::Choose(OfferTarget::EndPlan) => return self.end_plan(),
            PlanRequest::Checkin => self.check_in(),
            PlanRequest::Choose(OfferTarget::Answer(choice)) | PlanRequest::TakeShorter(choice) => {
                self.choose(&choice, "Done.")
            }
            PlanRequest::Choose(target) => return self.run_target(&target, None),
            PlanRequest::RunWithin { target, within } => return self.run_target(&target, Some(within)),
            PlanRequest::Move { item, to } => {
                let to_day = to.format("%a %-d %B");
                self.choose(&PlanChoice::Move { item, to }, &format!("Moved to {to_day}."))
            }
            PlanRequest::Skip(item) => self.choose(&PlanChoice::Skip { item }, "Skipped."),
            PlanRequest::Undo => self.undo(),
        };
        self.say_problem(done)?;
        Ok(None)
    }

    /// Makes a choice and reads the plan again.
    fn choose(&mut self, choice: &PlanChoice, done: &str) -> Result<(), Failure> {
        let new = NewChoice {
            item: choice.item().to_string(),
            what: match choice {
                PlanChoice::Move { .. } => ChoiceKind::Move,
                PlanChoice::Skip { .. } => ChoiceKind::Skip,
                PlanChoice::Take { .. } => ChoiceKind::Take,
                PlanChoice::Shift { .. } => ChoiceKind::Shift,
            },
            value: choice.value(),
        };
        let database = active_plan::database(self.host.context)?;
        blocks::choose(&mut database.open()?, self.plan.history.block.id, new, clock::since_1970())
            .map_err(|error| database.explain(&error))?;
        let undo = self.host.undo_hint(self.context);
        self.reload(format!("{done}{undo}"))
    }

    /// Asks how the runner is, and marks or takes what the runner chose.
    fn check_in(&mut self) -> Result<(), Failure> {
        let agenda = self.plan.agenda(self.today);
        let Some(choice) = morning::check_in(self.host, &agenda)? else { return Ok(()) };
        (self.marked, self.message) = (choice.marked, Some(choice.message.clone()));
        choice.made.map_or(Ok(()), |made| self.choose(&made, &choice.message))
    }

    fn undo(&mut self) -> Result<(), Failure> {
        let database = active_plan::database(self.host.context)?;
        let undone = match database.open_existing()? {
            Some(mut connection) => {
                edits::undo(&mut connection, clock::since_1970()).map_err(|error| database.explain(&error))?
            }
            None => None,
        };
        let nothing = || "There is nothing to undo.".to_string();
        let message = undone.map_or_else(nothing, |undone| describe_undone(self.host.context, &undone));
        self.reload(message)
    }

    /// Reads the plan again after a change, and keeps a message for the next page. If the plan is over, only the message
    /// changes.
    fn reload(&mut self, message: String) -> Result<(), Failure> {
        self.today = clock::local_time().date_naive();
        if let Some(plan) = active_plan::load(self.host.context, &self.profile)? {
            self.plan = plan;
        }
        calendar_file::refresh(self.host.context)?;
        self.message = Some(message);
        Ok(())
    }

    fn end_plan(&mut self) -> Result<Option<NextPage>, Failure> {
        let database = active_plan::database(self.host.context)?;
        blocks::stop(&mut database.open()?, &self.plan.history.block, clock::since_1970())
            .map_err(|error| database.explain(&error))?;
        calendar_file::refresh(self.host.context)?;
        Ok(Some(NextPage::End(PlanScreenEnd::Library)))
    }

    /// Shows a problem with the log on the page, because the next try may succeed.
    fn say_problem(&mut self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        match outcome {
            Err(Failure::System(report)) => {
                self.message = Some(report.one_line());
                Ok(())
            }
            other => other,
        }
    }
}

/// The page after a request.
enum NextPage {
    Page(PlanPage),
    /// Back to the first page, or out of it.
    Back,
    End(PlanScreenEnd),
}
