//! The agenda: states of items, the one offer of a missed session, the question after a week off, and the long run.

use super::plans::{calendar, date};
use chrono::{Days, NaiveDate};
use pacebell::agenda::{
    Agenda, AgendaInput, DatedChoice, ItemState, LoggedSession, PlanChoice, TakenSession, run_lengths,
};
use pacebell::plan::{Calendar, PlanAnchor, RemarkKind, plan_remarks};
use pacebell::units::Millis;

const START: &str = "2026-12-07";

fn micro_run() -> Calendar {
    calendar("micro-run", PlanAnchor::start(date(START)), None)
}

/// Returns the date of a day of the four weeks: `w2 tue` is 2026-12-15.
fn day(text: &str) -> NaiveDate {
    let (week, day) = text.split_once(' ').unwrap();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|d| *d == day).unwrap();
    let week: u64 = week[1..].parse().unwrap();
    date(START) + Days::new((week - 1) * 7 + days as u64)
}

/// Returns the log of a runner who ran everything from `from` up to `to`, except on the days `missed`.
fn log_of(calendar: &Calendar, to: NaiveDate, missed: &[NaiveDate]) -> Vec<LoggedSession> {
    let days = calendar.days().filter(|day| day.date <= to && !missed.contains(&day.date));
    let items = days.flat_map(|day| day.items.iter().map(|item| (day.date, item)));
    items
        .filter_map(|(on, item)| {
            let workout = item.workout()?;
            Some(LoggedSession {
                on,
                item: Some(item.id),
                started_at_ms: 0,
                workout: workout.title.clone(),
                time: workout.figures.least,
                distance: None,
                finished: true,
                is_run: workout.figures.kind.is_run(),
            })
        })
        .collect()
}

fn agenda<'a>(calendar: &'a Calendar, sessions: &[LoggedSession], today: NaiveDate) -> Agenda<'a> {
    Agenda::new(calendar, AgendaInput { sessions, choices: &[], today })
}

fn chosen<'a>(
    calendar: &'a Calendar,
    sessions: &[LoggedSession],
    choices: &[(&str, PlanChoice)],
    today: NaiveDate,
) -> Agenda<'a> {
    let dated = |(on, choice): &(&str, PlanChoice)| DatedChoice { on: date(on), choice: choice.clone() };
    let choices: Vec<DatedChoice> = choices.iter().map(dated).collect();
    Agenda::new(calendar, AgendaInput { sessions, choices: &choices, today })
}

fn state(agenda: &Agenda<'_>, id: &str) -> ItemState {
    agenda.item(id.parse().unwrap()).unwrap_or_else(|| panic!("no item {id}")).state
}

#[test]
fn a_missed_session_is_offered_on_one_day_of_its_week() {
    let calendar = micro_run();
    for (missed, offered) in [
        ("w1 wed", Some("w1 thu")),
        ("w1 fri", None),
        ("w2 tue", Some("w2 wed")),
        ("w2 thu", None),
        ("w2 sat", Some("w2 sun")),
        ("w3 tue", Some("w3 wed")),
        ("w3 thu", Some("w3 fri")),
    ] {
        let offers: Vec<NaiveDate> = (0..28)
            .map(|after| date(START) + Days::new(after))
            .filter(|today| {
                let log = log_of(&calendar, today.pred_opt().unwrap(), &[day(missed)]);
                agenda(&calendar, &log, *today).offer.is_some()
            })
            .collect();
        assert_eq!(offers, offered.map(day).into_iter().collect::<Vec<_>>(), "{missed}");
    }
}

#[test]
fn an_offer_names_the_missed_item_and_what_it_replaces() {
    let calendar = micro_run();
    let log = log_of(&calendar, day("w3 mon"), &[]);
    let agenda = agenda(&calendar, &log, day("w3 wed"));
    let offer = agenda.offer.unwrap();
    assert_eq!(offer.item.to_string(), "w3-tue-1");
    assert_eq!(offer.planned, day("w3 tue"));
    assert_eq!(offer.replaces.iter().map(ToString::to_string).collect::<Vec<_>>(), ["w3-wed-1"]);
}

#[test]
fn a_whole_week_missed_offers_one_session_at_the_most() {
    let calendar = micro_run();
    for after in 0..28 {
        let today = date(START) + Days::new(after);
        let agenda = agenda(&calendar, &[], today);
        if let Some(offer) = &agenda.offer {
            assert!(agenda.week_of(today).unwrap().days.iter().any(|day| day.date == offer.planned));
        }
    }
}

#[test]
fn a_taken_session_replaces_the_day_and_is_not_offered_again() {
    let calendar = micro_run();
    let log = log_of(&calendar, day("w3 mon"), &[]);
    let take = PlanChoice::Take {
        item: "w3-wed-1".parse().unwrap(),
        session: TakenSession::Missed("w3-tue-1".parse().unwrap()),
    };
    let agenda = chosen(&calendar, &log, &[("2026-12-23", take)], day("w3 wed"));
    assert_eq!(agenda.offer, None);
    assert_eq!(state(&agenda, "w3-wed-1"), ItemState::LetGo);
    let next = agenda.next_today().unwrap();
    assert_eq!((next.item.id.to_string().as_str(), next.state), ("w3-tue-1", ItemState::Due));
    assert_eq!(next.instead_of.unwrap().to_string(), "w3-wed-1");
    let tuesday = agenda.day(day("w3 tue")).unwrap();
    assert_eq!(tuesday.items[0].state, ItemState::Moved { to: day("w3 wed") });
}

#[test]
fn sessions_are_tied_by_their_item_or_by_their_workout() {
    let calendar = micro_run();
    let session = |on, item: Option<&str>, workout: &str, finished| LoggedSession {
        on,
        item: item.map(|id| id.parse().unwrap()),
        started_at_ms: 0,
        workout: workout.to_string(),
        time: Millis::from_secs(900),
        distance: None,
        finished,
        is_run: !workout.starts_with("Strength"),
    };
    let log = [
        session(day("w1 mon"), None, "Recovery jog", true),
        session(day("w1 tue"), Some("w1-tue-1"), "Strides", false),
        session(day("w1 wed"), Some("w1-any-1"), "Strength A", true),
        session(day("w1 wed"), None, "Something else", true),
    ];
    let agenda = agenda(&calendar, &log, day("w1 wed"));
    let states = ["w1-mon-1", "w1-tue-1", "w1-wed-1", "w1-thu-1", "w1-any-1", "w1-any-2"];
    assert_eq!(
        states.map(|id| state(&agenda, id)),
        [ItemState::Run, ItemState::Part, ItemState::Due, ItemState::Ahead, ItemState::Run, ItemState::Due]
    );
    assert_eq!(agenda.untied_on(&log, day("w1 wed")), [3]);
    assert_eq!(agenda.untied_on(&log, day("w1 tue")), [0_usize; 0]);
}

#[test]
fn sessions_for_any_day_are_let_go_only_after_their_week() {
    let calendar = micro_run();
    let sunday = agenda(&calendar, &[], day("w1 sun"));
    assert_eq!(state(&sunday, "w1-any-1"), ItemState::Due);
    assert_eq!(state(&sunday, "w2-any-1"), ItemState::Ahead);
    assert_eq!(state(&sunday, "w1-mon-1"), ItemState::LetGo);
    assert_eq!(state(&agenda(&calendar, &[], day("w2 mon")), "w1-any-1"), ItemState::LetGo);
}

#[test]
fn moved_and_skipped_items_say_so() {
    let calendar = micro_run();
    let to = day("w1 thu");
    let choices = [
        ("2026-12-08", PlanChoice::Move { item: "w1-wed-1".parse().unwrap(), to }),
        ("2026-12-08", PlanChoice::Skip { item: "w1-thu-1".parse().unwrap() }),
    ];
    let agenda = chosen(&calendar, &[], &choices, day("w1 tue"));
    assert_eq!(agenda.day(day("w1 wed")).unwrap().items[0].state, ItemState::Moved { to });
    assert_eq!(state(&agenda, "w1-wed-1"), ItemState::Ahead);
    assert_eq!(state(&agenda, "w1-thu-1"), ItemState::LetGo);
    assert!(agenda.is_demanding(to) && !agenda.is_demanding(day("w1 wed")));
    let back = [
        choices[0].clone(),
        ("2026-12-08", PlanChoice::Move { item: "w1-wed-1".parse().unwrap(), to: day("w1 wed") }),
    ];
    let agenda = chosen(&calendar, &[], &back, day("w1 tue"));
    assert_eq!(agenda.day(day("w1 wed")).unwrap().items.len(), 1);
    assert_eq!(state(&agenda, "w1-wed-1"), ItemState::Ahead);
}

#[test]
fn a_week_without_a_run_asks_once_and_can_repeat_the_last_week() {
    let calendar = micro_run();
    let log = log_of(&calendar, day("w1 fri"), &[]);
    assert_eq!(agenda(&calendar, &log, day("w2 fri")).question, None, "six days");
    let question = agenda(&calendar, &log, day("w2 sat")).question.unwrap();
    assert_eq!((question.days, question.vdot_factor), (7, 0.994));
    let repeat = question.repeat.unwrap();
    assert_eq!(repeat.week, 1);
    let again = chosen(&calendar, &log, &[("2026-12-19", repeat.choice)], day("w2 sat"));
    assert_eq!(again.question, None);
    assert_eq!(again.week_of(day("w2 sat")).unwrap().week.number, 1);
    assert_eq!(again.range().unwrap().1, day("w5 sun"));
    assert_eq!(state(&again, "w1-sat-1"), ItemState::Due);
    // It begins today. The days before are where and as they were run, beside the new ones.
    assert_eq!(again.weeks[0].days.first().unwrap().date, day("w2 sat"));
    assert_eq!(again.weeks[0].missing_before(), 5);
    let weeks = again.weeks_by_date();
    assert_eq!(weeks.iter().map(|week| week.week.number).collect::<Vec<_>>(), [1, 1, 2, 3, 4]);
    let first_time: Vec<ItemState> = weeks[0].days.iter().map(|day| day.items[0].state).collect();
    assert_eq!(first_time[..5], [ItemState::Run; 5]);
    assert_eq!(first_time[5..], [ItemState::LetGo; 2]);
    assert_eq!(weeks[0].days.first().unwrap().date, day("w1 mon"));
    let on = chosen(&calendar, &log, &[("2026-12-19", question.go_on)], day("w2 sun"));
    assert_eq!(on.question, None);
    assert_eq!(on.range().unwrap().1, day("w4 sun"));
}

/// Week 1 is repeated on Saturday of week 2, so that all days from then on are a week later.
#[test]
fn choices_about_later_weeks_stay_with_their_sessions_when_a_week_is_repeated() {
    let calendar = micro_run();
    let log = log_of(&calendar, day("w1 fri"), &[]);
    let id = |text: &str| text.parse().unwrap();
    let skip = |item: &str| PlanChoice::Skip { item: id(item) };
    let mut choices = vec![
        ("2026-12-08", skip("w1-sat-1")),
        ("2026-12-08", skip("w2-tue-1")),
        ("2026-12-09", PlanChoice::Move { item: id("w2-sat-1"), to: day("w2 sun") }),
        ("2026-12-09", skip("w3-tue-1")),
        ("2026-12-09", PlanChoice::Move { item: id("w4-sat-1"), to: day("w4 fri") }),
        (
            "2026-12-09",
            PlanChoice::Take { item: id("w3-wed-1"), session: TakenSession::UpTo("10min".to_string()) },
        ),
        ("2026-12-09", skip("w4-any-1")),
    ];
    let question = chosen(&calendar, &log, &choices, day("w2 sat")).question.unwrap();
    choices.push(("2026-12-19", question.repeat.unwrap().choice));
    let again = chosen(&calendar, &log, &choices, day("w2 sat"));
    let at = |item: &str| again.item(id(item)).unwrap();
    // Those of the days that were over begin anew.
    assert_eq!(at("w1-sat-1").state, ItemState::Due);
    assert_eq!(at("w2-tue-1").state, ItemState::Ahead);
    assert!(at("w3-tue-1").skipped && at("w4-any-1").skipped);
    assert_eq!(at("w3-wed-1").up_to.as_deref(), Some("10min"));
    let on = |item: &str| {
        let days = again.weeks.iter().flat_map(|week| &week.days);
        let mut there = days.filter(|day| {
            day.items.iter().any(|i| i.item.id == id(item) && !matches!(i.state, ItemState::Moved { .. }))
        });
        there.next().unwrap().date
    };
    assert_eq!(on("w2-sat-1"), day("w3 sun"));
    assert_eq!(on("w4-sat-1"), day("w5 fri"));
    assert_nothing_is_lost(&again, &calendar);
    // A second week off, in week 2, which is now in the third week of the calendar: week 1 was run again until its Sunday.
    let mut log = log;
    log.push(LoggedSession { on: day("w2 sun"), item: Some(id("w1-sun-1")), ..log[0].clone() });
    let question = chosen(&calendar, &log, &choices, day("w4 mon")).question.unwrap();
    choices.push(("2026-12-28", question.repeat.unwrap().choice));
    let again = chosen(&calendar, &log, &choices, day("w4 mon"));
    assert!(again.item(id("w3-tue-1")).unwrap().skipped);
    assert_eq!(again.day(day("w7 fri")).unwrap().items.last().unwrap().item.id, id("w4-sat-1"));
}

#[test]
fn a_plan_with_a_race_cannot_repeat_a_week() {
    let calendar = calendar("half-12", PlanAnchor::race(date("2027-04-18"), date("2027-01-25")), None);
    let log = log_of(&calendar, date("2027-01-29"), &[]);
    let question = agenda(&calendar, &log, date("2027-02-08")).question.unwrap();
    assert_eq!((question.days, question.repeat), (9, None));
}

#[test]
fn the_long_run_says_what_is_within_a_tenth_of_the_last_thirty_days() {
    let calendar = micro_run();
    let mut log = log_of(&calendar, day("w3 sat"), &[]);
    assert_eq!(agenda(&calendar, &log, day("w3 sun")).long_run, None, "the log is too short to tell");
    log.push(LoggedSession { on: date("2026-11-22"), item: None, ..log[0].clone() });
    for session in log.iter_mut().filter(|session| session.time > Millis::from_secs(60 * 60)) {
        session.time = Millis::from_secs(82 * 60);
    }
    let limit = agenda(&calendar, &log, day("w3 sun")).long_run.unwrap();
    assert_eq!(limit.item.to_string(), "w3-sun-1");
    assert_eq!(limit.longest.on, day("w1 sun"));
    assert_eq!(limit.limit.notation(), "90min");
    assert_eq!(limit.shorter.as_deref(), Some("79-90min easy"));
    let up_to = PlanChoice::Take { item: limit.item, session: TakenSession::UpTo(limit.limit.notation()) };
    let taken = chosen(&calendar, &log, &[("2026-12-27", up_to)], day("w3 sun"));
    assert_eq!(taken.long_run, None);
    assert_eq!(taken.next_today().unwrap().up_to.as_deref(), Some("90min"));
    for session in log.iter_mut().filter(|session| session.on == day("w1 sun")) {
        session.time = Millis::from_secs(90 * 60);
    }
    assert_eq!(agenda(&calendar, &log, day("w3 sun")).long_run, None, "99 is exactly a tenth more than 90");
}

#[test]
fn says_what_a_coach_would_say_about_a_plan() {
    let remarks = plan_remarks(&micro_run(), &[]);
    let lines: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["less than 70 % of the running is easy: week 2 (64.8 %; 92.6 % up to zone 3)"]);
    let half = calendar("half-12", PlanAnchor::race(date("2027-04-18"), date("2026-12-01")), None);
    let remarks = plan_remarks(&half, &[]);
    assert_eq!(remarks.iter().map(|remark| remark.kind).collect::<Vec<_>>(), [RemarkKind::LongJump]);
    assert_eq!(remarks[0].to_string().split(": ").nth(1), Some("week 12 sun (21.1 km after 17.5 km, +21 %)"));
    let calendar = micro_run();
    assert_eq!(run_lengths(&log_of(&calendar, day("w1 sun"), &[])).len(), 7);
}

/// The runner of `tests/plans/month.txt`.
#[derive(Default)]
struct MonthRunner {
    sessions: Vec<LoggedSession>,
    choices: Vec<DatedChoice>,
}

impl MonthRunner {
    fn agenda<'a>(&self, calendar: &'a Calendar, today: NaiveDate) -> Agenda<'a> {
        Agenda::new(calendar, AgendaInput { sessions: &self.sessions, choices: &self.choices, today })
    }

    /// Returns what Today says.
    fn facts(agenda: &Agenda<'_>) -> String {
        let due = agenda.today_items().iter().filter(|item| item.state == ItemState::Due);
        let due: Vec<String> = due.map(|item| item.item.id.to_string()).collect();
        let mut facts = vec![format!("due={}", due.join(","))];
        facts.extend(agenda.question.as_ref().map(|question| format!("question={}", question.days)));
        facts.extend(agenda.offer.as_ref().map(|offer| format!("offer={}", offer.item)));
        facts.extend(agenda.long_run.as_ref().map(|long| format!("long={}", long.limit.notation())));
        facts.join(" ")
    }

    fn act(&mut self, agenda: &Agenda<'_>, action: &str) {
        let words: Vec<&str> = action.split_whitespace().collect();
        let choice = match words[..] {
            [] => return,
            ["run"] => return self.run(agenda, true),
            ["part"] => return self.run(agenda, false),
            ["take"] => {
                let offer = agenda.offer.as_ref().unwrap();
                PlanChoice::Take { item: offer.replaces[0], session: TakenSession::Missed(offer.item) }
            }
            ["shorten"] => {
                let long = agenda.long_run.as_ref().unwrap();
                PlanChoice::Take { item: long.item, session: TakenSession::UpTo(long.limit.notation()) }
            }
            ["repeat"] => agenda.question.as_ref().unwrap().repeat.as_ref().unwrap().choice.clone(),
            ["move", item, to] => PlanChoice::Move { item: item.parse().unwrap(), to: date(to) },
            ["skip", item] => PlanChoice::Skip { item: item.parse().unwrap() },
            _ => panic!("{action}"),
        };
        // As the log keeps it.
        let read = PlanChoice::read(&choice.item().to_string(), choice.word(), choice.value().as_deref());
        self.choices.push(DatedChoice { on: agenda.today, choice: read.unwrap() });
    }

    fn run(&mut self, agenda: &Agenda<'_>, finished: bool) {
        let item = agenda.next_today().unwrap();
        let workout = item.session.workout().unwrap();
        self.sessions.push(LoggedSession {
            on: agenda.today,
            item: Some(item.item.id),
            started_at_ms: 0,
            workout: workout.title.clone(),
            time: workout.figures.least,
            distance: None,
            finished,
            is_run: true,
        });
    }
}

/// Checks that every item is in one place, and that every session since the last repeated week belongs to one item.
fn assert_nothing_is_lost(agenda: &Agenda<'_>, calendar: &Calendar) {
    for item in calendar.weeks.iter().flat_map(|week| week.items()) {
        let all = agenda.weeks.iter().flat_map(|week| week.items()).filter(|found| found.item.id == item.id);
        let places = all.filter(|found| !matches!(found.state, ItemState::Moved { .. })).count();
        // The first days of a week that was repeated from its middle on were run the first time.
        let first_time = agenda.repeated.iter().flat_map(|week| week.items());
        let was_there = places == 0 && first_time.filter(|found| found.item.id == item.id).count() == 1;
        assert!(places == 1 || was_there, "{}: {} is in {places} places", agenda.today, item.id);
    }
    let mut tied: Vec<usize> =
        agenda.weeks.iter().flat_map(|week| week.items()).flat_map(|item| item.sessions.clone()).collect();
    let all = tied.len();
    tied.sort_unstable();
    tied.dedup();
    assert_eq!(tied.len(), all, "{}: a session belongs to two items", agenda.today);
}

#[test]
fn a_month_goes_as_its_script_says() {
    let calendar = micro_run();
    let earlier = LoggedSession {
        on: date("2026-11-26"),
        item: None,
        started_at_ms: 0,
        workout: "40min easy".to_string(),
        time: Millis::from_secs(40 * 60),
        distance: None,
        finished: true,
        is_run: true,
    };
    let mut runner = MonthRunner { sessions: vec![earlier], ..MonthRunner::default() };
    let script =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans/month.txt")).unwrap();
    for line in script.lines().filter(|line| !line.starts_with('#')) {
        let [today, facts, action] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let agenda = runner.agenda(&calendar, date(today));
        let mut expected: Vec<&str> = facts.split_whitespace().collect();
        let said = MonthRunner::facts(&agenda);
        let mut said: Vec<&str> = said.split_whitespace().collect();
        expected.sort_unstable();
        said.sort_unstable();
        assert_eq!(said, expected, "{line}");
        assert_nothing_is_lost(&agenda, &calendar);
        runner.act(&agenda, action);
    }
    let over = runner.agenda(&calendar, date("2027-01-11"));
    assert_eq!(state(&over, "w1-fri-1"), ItemState::Part);
    assert_eq!(state(&over, "w1-thu-1"), ItemState::LetGo);
    assert_eq!(state(&over, "w2-sat-1"), ItemState::Run);
}
