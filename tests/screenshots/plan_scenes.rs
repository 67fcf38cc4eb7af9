//! The pages of a plan: the article's four weeks on the Wednesday of the third, with Tuesday's intervals not run.

use super::scenes::{PageDrawing, page, profile};
use chrono::NaiveDate;
use pacebell::agenda::{Agenda, AgendaInput, LoggedSession};
use pacebell::diagnostic::SourceText;
use pacebell::library::{self, BUILT_IN_PLANS};
use pacebell::plan::{Calendar, PlanAnchor, WorkoutLookup, compile_plan, read_plan};
use pacebell::runner::profile::Profile;
use pacebell::tui::Theme;
use pacebell::tui::screens::plan::{
    PlanFigures, PlanGridPage, TodayPage, WeekPage, plan_grid, today_view, week_table,
};
use pacebell::units::Millis;

struct BuiltInWorkouts;

impl WorkoutLookup for BuiltInWorkouts {
    fn workout(&self, name: &str) -> Option<SourceText> {
        library::built_in().into_iter().find(|workout| workout.name == name).map(|workout| workout.source())
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A plan with its log.
struct PlanScene {
    calendar: Calendar,
    sessions: Vec<LoggedSession>,
    profile: Profile,
}

impl PlanScene {
    fn new() -> Self {
        let document = read_plan(&BUILT_IN_PLANS[0].source());
        let anchor = PlanAnchor::start(date("2026-12-07"));
        let profile = profile();
        let calendar = compile_plan(&document, anchor, Some(&profile.athlete), &BuiltInWorkouts).unwrap();
        let missed = date("2026-12-22");
        let days = calendar.days().filter(|day| day.date < date("2026-12-23") && day.date != missed);
        let items = days.flat_map(|day| day.items.iter().map(move |item| (day.date, item)));
        let run = items.filter_map(|(on, item)| Some((on, item.id, item.workout()?)));
        let sessions = run.map(|(on, id, workout)| LoggedSession {
            on,
            item: Some(id),
            started_at_ms: 0,
            workout: workout.title.clone(),
            time: Millis::from_secs(workout.figures.least.whole_secs()),
            distance: None,
            finished: true,
            is_run: true,
        });
        PlanScene { sessions: sessions.collect(), calendar, profile }
    }

    fn agenda(&self) -> Agenda<'_> {
        let input = AgendaInput { sessions: &self.sessions, choices: &[], today: date("2026-12-23") };
        Agenda::new(&self.calendar, input)
    }

    fn figures(&self) -> PlanFigures {
        let profile = &self.profile;
        PlanFigures { style: profile.line_style(), treadmill: profile.treadmill(), pace: profile.units.pace }
    }
}

/// Today.
pub fn today(theme: Theme) -> PageDrawing {
    let scene = PlanScene::new();
    page(TodayPage::new(today_view(&scene.agenda(), &scene.sessions, &scene.figures()), theme), theme)
}

/// The week.
pub fn week(theme: Theme) -> PageDrawing {
    let scene = PlanScene::new();
    let agenda = scene.agenda();
    let efforts = vec![Some(3.0); scene.sessions.len()];
    let week = agenda.week_of(agenda.today).unwrap();
    page(WeekPage::new(week_table(&agenda, week, &scene.sessions, &efforts, &scene.figures()), theme), theme)
}

/// The whole plan.
pub fn plan(theme: Theme) -> PageDrawing {
    let scene = PlanScene::new();
    page(PlanGridPage::new(plan_grid(&scene.agenda(), &scene.figures()), theme), theme)
}
