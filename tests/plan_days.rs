//! Plans lived day by day on a false clock: scripts in `tests/plans/*.days`, which explain themselves.

use chrono::{DateTime, FixedOffset, NaiveDate};
use pacebell::agenda::{Agenda, AgendaInput, AgendaItem, ItemState, PlanChoice, TakenSession};
use pacebell::diagnostic::SourceText;
use pacebell::history::block_rows::BlockAnchor;
use pacebell::history::blocks::{self, NewBlock, NewChoice};
use pacebell::history::edits::{self, Added, Undone};
use pacebell::history::{Database, PlanHistory, SessionItem, SessionSettings, SessionStartRow, queries};
use pacebell::library::{BUILT_IN_PLANS, NamedWorkouts};
use pacebell::plan::{Calendar, ItemId, PlanAnchor, PlannedSession, compile_plan, read_plan};
use pacebell::session::answers::Answers;
use pacebell::session::manual_entry::untimed;
use pacebell::units::Rehearsal;
use pacebell::workout::sequence::Sequence;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

/// A runner with a log and a plan.
struct Diary {
    _folder: TempDir,
    database: Database,
    calendar: Calendar,
    /// The moment of the day.
    now: DateTime<FixedOffset>,
    /// The number of sessions that were run.
    runs: usize,
    /// The items that the runner moved to another day.
    moved: Vec<ItemId>,
}

impl Diary {
    fn start(plan: &str, on: NaiveDate) -> Diary {
        let plan = BUILT_IN_PLANS.iter().find(|p| p.name == plan).unwrap();
        let document = read_plan(&plan.source());
        let calendar =
            compile_plan(&document, PlanAnchor::start(on), None, &NamedWorkouts::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let database = Database::at(folder.path().join("log.db"));
        let now = noon(on, FixedOffset::east_opt(3600).unwrap());
        let new = NewBlock {
            name: document.name.clone(),
            source_name: plan.name.to_string(),
            source: plan.text.to_string(),
            workouts: None,
            anchor: BlockAnchor::Start,
            anchor_on: on,
            from_on: on,
        };
        blocks::start(&mut database.open().unwrap(), new, now.timestamp_millis()).unwrap();
        Diary { _folder: folder, database, calendar, now, runs: 0, moved: Vec::new() }
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    fn history(&self) -> PlanHistory {
        PlanHistory::read(&self.database.open().unwrap(), *self.now.offset()).unwrap().unwrap()
    }

    /// Looks at the agenda of the day.
    fn with<T>(&self, look: impl FnOnce(&Agenda<'_>) -> T) -> T {
        let PlanHistory { sessions, choices, .. } = self.history();
        let input = AgendaInput { sessions: &sessions, choices: &choices, today: self.today() };
        look(&Agenda::new(&self.calendar, input))
    }

    /// The day's own sessions that are left.
    fn due(&self) -> Vec<ItemId> {
        self.with(|agenda| {
            let due = agenda.today_items().iter().filter(|item| item.state == ItemState::Due);
            due.map(|item| item.item.id).collect()
        })
    }

    fn log(&mut self, sequence: Arc<Sequence>, item: Option<ItemId>, is_half: bool) {
        let mut summary = untimed(&sequence, None).unwrap().summary;
        summary.finished = !is_half;
        let block = self.history().block.key;
        let start = SessionStartRow {
            source: SourceText::new(sequence.name.as_str(), ""),
            sequence,
            settings: SessionSettings::default(),
            started: self.now,
            rehearsal: Rehearsal::REAL_TIME,
            item: item.map(|item| SessionItem { block, item: item.to_string() }),
        };
        let added = Added { start, summary, answers: Answers::default() };
        let connection = &mut self.database.open().unwrap();
        edits::add(connection, &added, self.now.timestamp_millis()).unwrap();
        self.runs += 1;
    }

    fn run_due(&mut self, is_half: bool) {
        let id = self.due()[0];
        let sequence = self.with(|agenda| {
            let item = agenda.today_items().iter().find(|item| item.item.id == id).unwrap();
            Arc::clone(&item.session.workout().unwrap().sequence)
        });
        self.log(sequence, Some(id), is_half);
    }

    fn run_named(&mut self, title: &str) {
        let items = self.calendar.weeks.iter().flat_map(|week| week.items());
        let workouts = items.flat_map(|item| &item.options).filter_map(PlannedSession::workout);
        let named: Vec<Arc<Sequence>> =
            workouts.filter(|w| w.title == title).map(|w| Arc::clone(&w.sequence)).collect();
        let sequence = Arc::clone(&named[0]);
        self.log(sequence, None, false);
    }

    fn choose(&self, choice: &PlanChoice) {
        let block = self.history().block.id;
        let connection = &mut self.database.open().unwrap();
        blocks::choose(connection, block, NewChoice::from(choice), self.now.timestamp_millis()).unwrap();
    }

    fn take(&self) {
        let offer = self.with(|agenda| agenda.offer.clone()).expect("an offer");
        self.choose(&match offer.replaces.first() {
            Some(item) => PlanChoice::Take { item: *item, session: TakenSession::Missed(offer.item) },
            None => PlanChoice::Move { item: offer.item, to: self.today() },
        });
    }

    fn undo(&mut self) {
        let connection = &mut self.database.open().unwrap();
        match edits::undo(connection, self.now.timestamp_millis()).unwrap() {
            Some(Undone::Plan(undone)) => {
                let item = undone.choice.map(|choice| choice.item.parse::<ItemId>().unwrap());
                self.moved.retain(|moved| Some(*moved) != item);
            }
            Some(Undone::Change(_)) => self.runs -= 1,
            other => panic!("{other:?}"),
        }
    }

    /// What holds on every day, whatever happened: no session is owed twice, and nothing is lost.
    fn check(&self, place: &str) {
        self.with(|agenda| {
            let mut seen: BTreeMap<ItemId, usize> = BTreeMap::new();
            for item in agenda.weeks.iter().flat_map(|week| week.items()) {
                let is_there = !matches!(item.state, ItemState::Moved { .. });
                *seen.entry(item.item.id).or_default() += usize::from(is_there);
            }
            for (id, count) in seen {
                assert_eq!(count, 1, "{place}: {id} is in {count} places");
            }
            // The plan has one run a day. A second one is there only if the runner moved it there.
            let own = agenda
                .today_items()
                .iter()
                .filter(|item| item.state == ItemState::Due && !self.moved.contains(&item.item.id));
            assert!(own.count() <= 1, "{place}: two sessions are owed");
            let is_past = |item: &AgendaItem<'_>, date| date < agenda.today && item.state == ItemState::Due;
            let owed = agenda.weeks.iter().flat_map(|week| &week.days);
            let mut owed = owed.filter(|day| day.items.iter().any(|item| is_past(item, day.date)));
            assert!(owed.next().is_none(), "{place}: a day that is over still owes a session");
        });
        let logged = queries::list(&self.database.open().unwrap()).unwrap();
        assert_eq!(logged.len(), self.runs, "{place}: a session is lost");
    }

    fn step(&mut self, line: &str, place: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let item = |number: usize| words[number].parse::<ItemId>().unwrap();
        match word {
            "run" if rest.is_empty() => self.run_due(false),
            "run" => self.run_named(rest),
            "half" => self.run_due(true),
            "move" => {
                self.moved.push(item(0));
                self.choose(&PlanChoice::Move { item: item(0), to: words[1].parse().unwrap() });
            }
            "skip" => self.choose(&PlanChoice::Skip { item: item(0) }),
            "take" => self.take(),
            "on" => self.choose(&self.with(|a| a.question.clone()).expect("a question").go_on),
            "repeat" => {
                let question = self.with(|agenda| agenda.question.clone()).expect("a question");
                self.choose(&question.repeat.expect("a week to repeat").choice);
            }
            "undo" => self.undo(),
            "due" => {
                let due: Vec<String> = self.due().iter().map(ToString::to_string).collect();
                assert_eq!(due, words, "{place}");
            }
            "offer" => {
                let offer = self.with(|agenda| agenda.offer.as_ref().map(|offer| offer.item.to_string()));
                assert_eq!(offer.as_deref().unwrap_or("none"), rest, "{place}");
            }
            "asks" => {
                let days = self.with(|agenda| agenda.question.as_ref().map(|q| q.days.to_string()));
                assert_eq!(days.as_deref().unwrap_or("none"), rest, "{place}");
            }
            "is" => {
                let states: Vec<&str> = self.with(|agenda| {
                    let all = agenda.weeks.iter().flat_map(|week| week.items());
                    all.filter(|found| found.item.id == item(0)).map(|found| found.state.word()).collect()
                });
                assert!(states.contains(&words[1]), "{place}: {states:?}");
            }
            _ => panic!("{place}: what is `{word}`?"),
        }
    }
}

fn noon(date: NaiveDate, offset: FixedOffset) -> DateTime<FixedOffset> {
    date.and_hms_opt(12, 0, 0).unwrap().and_local_timezone(offset).unwrap()
}

#[test]
fn a_month_is_lived_and_nothing_is_owed_or_lost() {
    let script = include_str!("plans/month.days");
    let mut diary = Diary::start("micro-run", "2026-12-07".parse().unwrap());
    for (number, line) in script.lines().enumerate() {
        let place = format!("month.days:{}", number + 1);
        let text = line.split('#').next().unwrap().trim_end();
        if text.is_empty() {
            continue;
        }
        match text.strip_prefix("  ") {
            Some(step) => diary.step(step, &place),
            None => {
                let (date, offset) = text.split_once(' ').unwrap_or((text, ""));
                let offset = match offset {
                    "" => *diary.now.offset(),
                    offset => offset.parse().unwrap(),
                };
                diary.now = noon(date.parse().unwrap(), offset);
            }
        }
        diary.check(&place);
    }
}
