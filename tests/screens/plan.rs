//! The pages of a plan: today, its week and all of it, from a plan and a log at a date.

use super::{drawn, key, pictures, text};
use crate::plans::{BuiltIn, date};
use chrono::NaiveDate;
use crossterm::event::KeyCode::{self, Char, Down, Enter, Esc, Right};
use pacebell::agenda::{Agenda, AgendaInput, DatedChoice, LoggedSession, PlanChoice, TakenSession};
use pacebell::athlete::{Athlete, Race, RaceResult};
use pacebell::diagnostic::SourceText;
use pacebell::library::BUILT_IN_PLANS;
use pacebell::plan::{Calendar, PlanAnchor, compile_plan, read_plan};
use pacebell::runner::profile::Profile;
use pacebell::tui::Theme;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::plan::{
    OfferTarget, PlanFigures, PlanGridPage, PlanRequest, TodayPage, WeekPage, plan_grid, today_view,
    week_table,
};
use pacebell::units::Millis;
use proptest::prelude::*;

fn athlete() -> Athlete {
    Athlete::from_results(vec![RaceResult::undated(Race::TenK, Millis::from_secs(3000))]).unwrap()
}

/// The article's plan from Monday 7 December on.
fn calendar() -> Calendar {
    let document = read_plan(&BUILT_IN_PLANS[0].source());
    let anchor = PlanAnchor::start(date("2026-12-07"));
    compile_plan(&document, anchor, Some(&athlete()), &BuiltIn).unwrap()
}

fn figures() -> PlanFigures {
    let profile = Profile::default();
    PlanFigures { style: profile.line_style(), treadmill: profile.treadmill(), pace: profile.units.pace }
}

fn session(on: &str, workout: &str, minutes: u64) -> LoggedSession {
    LoggedSession {
        on: date(on),
        item: None,
        started_at_ms: 0,
        workout: workout.to_string(),
        time: Millis::from_secs(minutes * 60),
        distance: None,
        finished: true,
        is_run: !workout.starts_with("Strength"),
    }
}

/// A log in which Tuesday's intervals of the third week were missed.
fn sessions() -> Vec<LoggedSession> {
    vec![
        // The 30 days before are known only if the log is older.
        session("2026-11-20", "Easy 15", 15),
        session("2026-12-06", "Long run", 82),
        session("2026-12-13", "Easy 15", 15),
        session("2026-12-21", "Recovery jog", 15),
        session("2026-12-21", "Strength A", 15),
    ]
}

/// A plan with its log at a date.
struct PlanScene {
    calendar: Calendar,
    sessions: Vec<LoggedSession>,
    choices: Vec<DatedChoice>,
    today: NaiveDate,
}

impl PlanScene {
    fn on(today: &str) -> Self {
        PlanScene { calendar: calendar(), sessions: sessions(), choices: Vec::new(), today: date(today) }
    }

    fn agenda(&self) -> Agenda<'_> {
        let (sessions, choices, today) = (&self.sessions[..], &self.choices[..], self.today);
        Agenda::new(&self.calendar, AgendaInput { sessions, choices, today })
    }

    fn today_page(&self) -> TodayPage {
        TodayPage::new(today_view(&self.agenda(), &self.sessions, &figures()), Theme::new(true))
    }

    fn week_page(&self) -> WeekPage {
        let agenda = self.agenda();
        let efforts = vec![Some(3.0); self.sessions.len()];
        let week = agenda.week_of(self.today).unwrap();
        WeekPage::new(week_table(&agenda, week, &self.sessions, &efforts, &figures()), Theme::new(true))
    }

    fn plan_page(&self) -> PlanGridPage {
        PlanGridPage::new(plan_grid(&self.agenda(), &figures()), Theme::new(true))
    }
}

fn press(page: &mut impl Page<Outcome = PlanRequest>, code: KeyCode) -> Option<PlanRequest> {
    match page.input(&key(code)) {
        Some(PageRequest::Done(request)) => Some(request),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

#[test]
fn today_offers_the_missed_session_and_those_of_any_day() {
    let page = PlanScene::on("2026-12-23").today_page();
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn the_session_of_today_is_cut_to_the_minutes_that_the_runner_has() {
    let mut page = PlanScene::on("2026-12-22").today_page();
    assert_eq!(press(&mut page, KeyCode::Char('t')), None);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
    // Ten minutes are suggested, and two more are 12.
    press(&mut page, KeyCode::Right);
    press(&mut page, KeyCode::Right);
    let Some(PlanRequest::RunWithin { target, within }) = press(&mut page, KeyCode::Enter) else {
        panic!("it runs")
    };
    assert_eq!(within, Millis::from_secs(12 * 60));
    assert!(matches!(target, OfferTarget::Item { option: 0, .. }));
    // What is not possible stays on the page.
    press(&mut page, KeyCode::Char('t'));
    press(&mut page, KeyCode::PageUp);
    press(&mut page, KeyCode::PageUp);
    assert_eq!(press(&mut page, KeyCode::Enter), None);
    assert!(text(&drawn(&page, (80, 24))).contains("it ends in 15:00 anyway"));
    assert_eq!(press(&mut page, KeyCode::Esc), None);
    assert!(!text(&drawn(&page, (80, 24))).contains("I have"));
}

#[test]
fn enter_runs_the_race_on_its_day() {
    let half = BUILT_IN_PLANS.iter().find(|plan| plan.name == "half-12").unwrap();
    let anchor = PlanAnchor::race(date("2027-04-18"), date("2027-01-25"));
    let calendar = compile_plan(&read_plan(&half.source()), anchor, Some(&athlete()), &BuiltIn).unwrap();
    let sessions = vec![session("2027-04-16", "Easy 30", 30)];
    let mut page = PlanScene { calendar, sessions, ..PlanScene::on("2027-04-18") }.today_page();
    let shown = text(&drawn(&page, (80, 24)));
    assert!(shown.contains("Race: half") && shown.contains("Enter run"), "{shown}");
    let Some(PlanRequest::Choose(OfferTarget::Item { item, option: 0 })) = press(&mut page, Enter) else {
        panic!("it runs")
    };
    assert_eq!(item.to_string(), "w12-sun-1");
}

#[test]
fn a_long_run_is_compared_with_the_last_30_days() {
    let page = PlanScene::on("2026-12-27").today_page();
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn the_week_shows_what_was_planned_and_run() {
    let page = PlanScene::on("2026-12-23").week_page();
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn a_week_says_what_is_optional_and_what_else_may_be_run_at_every_size() {
    let plan = r#"
name = "Choices"
[[week]]
mon = "recovery-jog or rest"
wed = "optional 30min easy"
sat = "easy-15 or strides or rest"
sun = "75-90min easy"
"#;
    let document = read_plan(&SourceText::new("choices.toml", plan));
    let anchor = PlanAnchor::start(date("2026-12-07"));
    let calendar = compile_plan(&document, anchor, Some(&athlete()), &BuiltIn).unwrap();
    let scene = PlanScene { calendar, ..PlanScene::on("2026-12-07") };
    for (size, saturday) in
        [((100, 30), "or Strides or rest"), ((80, 24), "or Strides or rest"), ((60, 20), "or other")]
    {
        let page = text(&drawn(&scene.week_page(), size));
        let has = |day: &str, note: &str| page.lines().any(|line| line.contains(day) && line.contains(note));
        assert!(has("Mon 7", "or rest") && has("Wed 9", "optional") && has("Sat 12", saturday), "{page}");
    }
}

#[test]
fn the_whole_plan_has_a_row_for_each_week() {
    let page = PlanScene::on("2026-12-23").plan_page();
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn enter_runs_the_selected_session() {
    let scene = PlanScene::on("2026-12-23");
    let mut page = scene.today_page();
    let item = "w3-wed-1".parse().unwrap();
    assert_eq!(press(&mut page, Enter), Some(PlanRequest::Choose(OfferTarget::Item { item, option: 0 })));
    press(&mut page, Down);
    let missed = OfferTarget::Missed { item: "w3-tue-1".parse().unwrap(), instead_of: Some(item) };
    assert_eq!(press(&mut page, Enter), Some(PlanRequest::Choose(missed)));
    assert_eq!(press(&mut page, Char('s')), None, "a missed session has nothing to skip");
}

#[test]
fn m_moves_a_session_to_another_day() {
    let mut page = PlanScene::on("2026-12-23").today_page();
    assert_eq!(press(&mut page, Char('m')), None);
    let asked = text(&drawn(&page, (100, 30)));
    assert!(asked.contains("Move Easy 15 to  ‹ Thu 24 December ›"), "{asked}");
    assert!(asked.contains("That day also has: Tempo micro."), "{asked}");
    press(&mut page, Right);
    let request = press(&mut page, Enter);
    assert_eq!(
        request,
        Some(PlanRequest::Move { item: "w3-wed-1".parse().unwrap(), to: date("2026-12-25") })
    );
    press(&mut page, Char('m'));
    assert_eq!(press(&mut page, Esc), None, "Esc leaves it where it is");
    assert_eq!(press(&mut page, Esc), Some(PlanRequest::Leave));
}

#[test]
fn l_takes_the_shorter_long_run_only_when_one_is_offered() {
    assert_eq!(press(&mut PlanScene::on("2026-12-23").today_page(), Char('l')), None);
    let request = press(&mut PlanScene::on("2026-12-27").today_page(), Char('l'));
    let session = TakenSession::UpTo("90min".to_string());
    let choice = PlanChoice::Take { item: "w3-sun-1".parse().unwrap(), session };
    assert_eq!(request, Some(PlanRequest::TakeShorter(choice.clone())));
    let mut scene = PlanScene::on("2026-12-27");
    scene.choices.push(DatedChoice { on: scene.today, choice });
    let page = text(&drawn(&scene.today_page(), (100, 30)));
    assert!(page.contains("79-90min easy") && !page.contains("79-99min"), "{page}");
}

#[test]
fn other_keys_lead_to_the_other_pages() {
    let scene = PlanScene::on("2026-12-23");
    for (code, request) in [
        (Char('w'), PlanRequest::Week(None)),
        (Char('p'), PlanRequest::Plan),
        (Char('b'), PlanRequest::Library),
        (Char('u'), PlanRequest::Undo),
        (Char('q'), PlanRequest::Leave),
        (Char('s'), PlanRequest::Skip("w3-wed-1".parse().unwrap())),
    ] {
        assert_eq!(press(&mut scene.today_page(), code), Some(request));
    }
    let mut plan = scene.plan_page();
    assert_eq!(press(&mut plan, Enter), Some(PlanRequest::Week(Some(date("2026-12-23")))));
    press(&mut plan, Down);
    press(&mut plan, Right);
    assert_eq!(press(&mut plan, Enter), Some(PlanRequest::Week(Some(date("2026-12-31")))));
    assert_eq!(press(&mut scene.week_page(), Right), Some(PlanRequest::LaterWeek));
}

#[test]
fn after_a_week_without_a_run_today_asks_one_question() {
    let page = text(&drawn(&PlanScene::on("2026-12-21").today_page(), (100, 30)));
    assert!(!page.contains("How do you want to go on?"), "a run on the day answers it: {page}");
    let mut scene = PlanScene::on("2026-12-22");
    scene.sessions.truncate(3);
    let page = text(&drawn(&scene.today_page(), (100, 30)));
    for words in
        ["No run for 8 days. How do you want to go on?", "Go on with today", "Repeat week 1", "End the plan"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let answer = press(&mut scene.today_page(), Enter);
    assert!(matches!(answer, Some(PlanRequest::Choose(OfferTarget::Answer(_)))), "{answer:?}");
}

#[test]
fn days_before_and_after_the_plan_have_a_page_too() {
    for (day, words) in [("2026-12-01", "begins Mon 7 December"), ("2027-02-01", "over")] {
        let page = text(&drawn(&PlanScene::on(day).today_page(), (100, 30)));
        assert!(page.contains(words) && page.contains("Rest"), "{day}: {page}");
    }
}

proptest! {
    #[test]
    fn every_size_and_day_can_be_drawn(width in 0u16..210, height in 0u16..60, day in 0i64..40) {
        let mut scene = PlanScene::on("2026-12-01");
        scene.today += chrono::TimeDelta::try_days(day).unwrap();
        drawn(&scene.today_page(), (width, height));
        drawn(&scene.plan_page(), (width, height));
        if scene.agenda().week_of(scene.today).is_some() {
            drawn(&scene.week_page(), (width, height));
        }
    }
}
