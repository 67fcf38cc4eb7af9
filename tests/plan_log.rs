//! Plans in the log: started, updated, ended, and the choices about their sessions.

use chrono::{DateTime, NaiveDate};
use pacebell::diagnostic::SourceText;
use pacebell::history::block_rows::{Block, BlockAnchor, ChoiceKind, StoredChoice};
use pacebell::history::blocks::{self, BlockChangeKind, CurrentBlock, NewBlock, NewChoice, NewText};
use pacebell::history::edits::{self, Added, Undone};
use pacebell::history::logged_run;
use pacebell::history::{Database, SessionId, SessionItem, SessionSettings, SessionStartRow, queries};
use pacebell::session::answers::Answers;
use pacebell::session::manual_entry::untimed;
use pacebell::units::{Millis, Rehearsal};
use pacebell::workout::{Options, compile_notation};
use proptest::prelude::*;
use rusqlite::Connection;
use std::sync::Arc;
use tempfile::TempDir;

const NOW: i64 = 1_795_600_000_000;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A log in a folder of its own.
struct TestLog {
    _folder: TempDir,
    database: Database,
}

impl TestLog {
    fn new() -> TestLog {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::at(folder.path().join("log.db"));
        database.open().unwrap();
        TestLog { _folder: folder, database }
    }

    fn open(&self) -> Connection {
        self.database.open().unwrap()
    }

    fn start(&self, name: &str, now: i64) -> Block {
        blocks::start(&mut self.open(), plan(name), now).unwrap()
    }

    fn choose(&self, block: &Block, new: NewChoice, now: i64) {
        blocks::choose(&mut self.open(), block.id, new, now).unwrap();
    }

    fn current(&self) -> Option<CurrentBlock> {
        blocks::current(&self.open()).unwrap()
    }

    /// The name of the plan that is on, with the choices that hold.
    fn on(&self) -> Option<(String, Vec<String>)> {
        let words = |c: StoredChoice| {
            format!("{} {} {}", c.what.word(), c.item, c.value.unwrap_or_default()).trim_end().to_string()
        };
        self.current().map(|c| (c.block.fields.name, c.choices.into_iter().map(words).collect()))
    }

    fn undo(&self, now: i64) -> Option<Undone> {
        edits::undo(&mut self.open(), now).unwrap()
    }

    fn undo_plan_change(&self, now: i64) -> BlockChangeKind {
        match self.undo(now) {
            Some(Undone::Plan(undone)) => undone.kind,
            other => panic!("{other:?}"),
        }
    }

    fn add(&self, notation: &str, started: &str, item: Option<SessionItem>) -> SessionId {
        let source = SourceText::new("notation", notation);
        let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        let start = SessionStartRow {
            sequence: Arc::new(sequence),
            settings: SessionSettings::default(),
            source,
            started: DateTime::parse_from_rfc3339(started).unwrap(),
            rehearsal: Rehearsal::REAL_TIME,
            item,
        };
        let summary = untimed(&start.sequence, None).unwrap().summary;
        edits::add(&mut self.open(), &Added { start, summary, answers: Answers::default() }, NOW).unwrap()
    }

    fn merge(&self, other: &TestLog) -> usize {
        self.database.merge(other.database.path(), NOW).unwrap().plans
    }
}

fn skipped(item: &str) -> NewChoice {
    NewChoice { item: item.to_string(), what: ChoiceKind::Skip, value: None }
}

fn moved(item: &str, to: &str) -> NewChoice {
    NewChoice { item: item.to_string(), what: ChoiceKind::Move, value: Some(to.to_string()) }
}

fn plan(name: &str) -> NewBlock {
    NewBlock {
        name: name.to_string(),
        source_name: format!("{name}.toml"),
        source: format!("name = \"{name}\""),
        workouts: None,
        anchor: BlockAnchor::Start,
        anchor_on: day("2026-12-07"),
        from_on: day("2026-12-09"),
    }
}

fn named(name: &str) -> Option<(String, Vec<String>)> {
    Some((name.to_string(), Vec::new()))
}

#[test]
fn one_plan_is_on_at_a_time() {
    let log = TestLog::new();
    assert_eq!(log.on(), None);
    let first = log.start("first", NOW);
    assert_eq!(log.current().unwrap().block, first);
    assert_eq!((first.fields.anchor_on, first.fields.from_on), (day("2026-12-07"), day("2026-12-09")));
    // The clock was put back meanwhile.
    let second = log.start("second", NOW - 5);
    assert_eq!(log.on(), named("second"));
    // Undoing the start of a plan brings back the one that it ended.
    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Started);
    assert_eq!(log.on(), named("first"));
    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Started);
    assert_eq!((log.on(), log.undo(NOW)), (None, None));
    assert_ne!(first.key, second.key);
}

#[test]
fn every_change_to_a_plan_can_be_undone_the_latest_first() {
    let log = TestLog::new();
    let block = log.start("micro", NOW);
    log.choose(&block, moved("w1-tue-1", "2026-12-10"), NOW);
    log.choose(&block, skipped("w1-sun-1"), NOW);
    let session = log.add("15min easy", "2026-12-09T07:00:00+01:00", None);
    let new = NewText {
        name: "micro".into(),
        source: "edited".into(),
        workouts: [("mine".to_string(), "name = \"Mine\"".to_string())].into(),
        from: day("2026-12-14"),
        run: vec!["w1-wed-1".to_string()],
        renamed: Default::default(),
    };
    assert!(blocks::update(&mut log.open(), &block, new.clone(), NOW).unwrap());
    let updated = log.current().unwrap().block;
    assert_eq!(updated.fields.source, "edited");
    let earlier = &updated.fields.earlier;
    assert_eq!((earlier.len(), earlier[0].until), (1, day("2026-12-14")));
    assert_eq!(earlier[0].source, "name = \"micro\"");
    assert!(!blocks::update(&mut log.open(), &block, new, NOW).unwrap(), "it is not as it was");
    assert!(blocks::stop(&mut log.open(), &updated, NOW).unwrap());
    assert_eq!(log.on(), None);

    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Stopped);
    let again = log.current().unwrap().block;
    assert_eq!((&again.fields.source, again.fields.ended_at_ms), (&updated.fields.source, None));
    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Updated);
    let before = log.current().unwrap().block.fields;
    assert_eq!(before.source, block.fields.source);
    // The undone text is kept for calendars that have its sessions. It is in force on no day.
    let undone: Vec<_> = before.earlier.iter().map(|text| (text.source.as_str(), text.until)).collect();
    assert_eq!(undone, [("edited", block.fields.from_on)]);
    assert!(matches!(log.undo(NOW), Some(Undone::Change(change)) if change.session == session));
    let both = vec!["move w1-tue-1 2026-12-10".to_string(), "skip w1-sun-1".to_string()];
    assert_eq!(log.on(), Some(("micro".to_string(), both.clone())));
    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Chose);
    assert_eq!(log.on(), Some(("micro".to_string(), both[..1].to_vec())));
    assert_eq!(log.undo_plan_change(NOW), BlockChangeKind::Chose);
    assert_eq!(log.on(), named("micro"));
}

#[test]
fn a_session_keeps_the_item_that_it_was_run_from() {
    let log = TestLog::new();
    let block = log.start("micro", NOW);
    let item = SessionItem { block: block.key, item: "w1-wed-1".to_string() };
    let tied = log.add("6km easy @ 6:00/km", "2026-12-09T23:30:00+01:00", Some(item.clone()));
    log.add("20min easy", "2026-12-08T23:30:00-10:00", None);
    let sessions = logged_run::sessions_since(&log.open(), day("2026-12-09")).unwrap();
    // The other began on the day before, by the clock of that place.
    assert_eq!(sessions.len(), 1, "{sessions:?}");
    let session = &sessions[0];
    assert_eq!((session.id, session.item.as_ref()), (tied, Some(&item)));
    assert_eq!((session.active, session.workout.as_str()), (Millis::from_secs(2160), "6km easy @ 6:00/km"));
    assert_eq!(session.distance.map(|d| d.metres().round()), Some(6000.0));
    assert_eq!(session.started.date_naive(), day("2026-12-09"));
    // A log that was replaced while the session ran has no such plan, and the session is not lost.
    let other = TestLog::new();
    other.add("15min easy", "2026-12-09T07:00:00+01:00", Some(item));
    assert_eq!(logged_run::sessions_since(&other.open(), day("2026-12-09")).unwrap()[0].item, None);
}

#[test]
fn a_merge_brings_plans_choices_and_the_items_of_sessions() {
    let (here, there) = (TestLog::new(), TestLog::new());
    let block = there.start("micro", NOW);
    there.choose(&block, skipped("w1-tue-1"), NOW);
    let item = SessionItem { block: block.key, item: "w1-wed-1".to_string() };
    there.add("15min easy", "2026-12-09T07:00:00+01:00", Some(item.clone()));
    // The plan has another number here.
    let other = here.start("before", NOW - 2);
    here.undo(NOW - 1);
    assert_eq!(here.merge(&there), 1);
    assert_eq!(here.on(), there.on());
    assert_ne!(other.id, here.current().unwrap().block.id);
    let of =
        |log: &TestLog| logged_run::sessions_since(&log.open(), day("2026-12-01")).unwrap()[0].item.clone();
    assert_eq!(of(&here), Some(item));
    assert_eq!((here.merge(&there), there.merge(&here)), (0, 0), "nothing new");
    // Choices of both machines hold, and one that was undone on either is undone on both.
    let copy = here.current().unwrap().block;
    here.choose(&copy, moved("w2-sun-1", "2026-12-19"), NOW + 10);
    there.undo(NOW + 20);
    there.undo(NOW + 21);
    assert_eq!(there.on(), named("micro"));
    here.merge(&there);
    there.merge(&here);
    let expected = Some(("micro".to_string(), vec!["move w2-sun-1 2026-12-19".to_string()]));
    assert_eq!((here.on(), there.on()), (expected.clone(), expected));
    // Undoing a merge takes back all that came in.
    assert!(matches!(here.undo(NOW), Some(Undone::Merge { plans: 1, .. })));
    let both = vec!["skip w1-tue-1".to_string(), "move w2-sun-1 2026-12-19".to_string()];
    assert_eq!(here.on(), Some(("micro".to_string(), both)));
    here.undo(NOW);
    assert!(matches!(here.undo(NOW), Some(Undone::Merge { removed: 1, restored: 0, plans: 1, checkins: 0 })));
    assert_eq!((here.on(), queries::list(&here.open()).unwrap().len()), (None, 0));
}

#[test]
fn of_two_plans_that_are_on_the_one_started_last_stays_on() {
    let (here, there) = (TestLog::new(), TestLog::new());
    here.start("older", NOW);
    there.start("newer", NOW + 1);
    here.merge(&there);
    there.merge(&here);
    assert_eq!((here.on(), there.on()), (named("newer"), named("newer")));
    assert_eq!((here.merge(&there), there.merge(&here)), (0, 0));
}

/// Something that a runner does on one of two machines.
#[derive(Clone, Copy, Debug)]
enum PlanAct {
    Start,
    Stop,
    Update,
    Skip(u8),
    Undo,
    Merge,
}

fn act() -> impl Strategy<Value = PlanAct> {
    prop_oneof![
        Just(PlanAct::Start),
        Just(PlanAct::Stop),
        Just(PlanAct::Update),
        (0..3u8).prop_map(PlanAct::Skip),
        Just(PlanAct::Undo),
        Just(PlanAct::Merge),
    ]
}

fn perform(log: &TestLog, other: &TestLog, act: PlanAct, now: i64) {
    let current = log.current().map(|current| current.block);
    match (act, current) {
        (PlanAct::Start, _) => {
            log.start(&format!("plan {now}"), now);
        }
        (PlanAct::Stop, Some(block)) => assert!(blocks::stop(&mut log.open(), &block, now).unwrap()),
        (PlanAct::Update, Some(block)) => {
            let new = NewText {
                name: block.fields.name.clone(),
                source: now.to_string(),
                workouts: Default::default(),
                from: day("2026-12-14"),
                run: Vec::new(),
                renamed: Default::default(),
            };
            assert!(blocks::update(&mut log.open(), &block, new, now).unwrap());
        }
        (PlanAct::Skip(item), Some(block)) => {
            log.choose(&block, skipped(&format!("w1-mon-{item}")), now);
        }
        (PlanAct::Undo, _) => {
            log.undo(now);
        }
        (PlanAct::Merge, _) => {
            log.merge(other);
        }
        (_, None) => {}
    }
    let on: i64 = log
        .open()
        .query_row(
            "SELECT count(*) FROM block WHERE ended_at_ms IS NULL AND deleted_at_ms IS NULL",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert!(on <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_machines_that_merge_agree(acts in prop::collection::vec((any::<bool>(), act()), 0..14)) {
        let (a, b) = (TestLog::new(), TestLog::new());
        for (number, (on_a, act)) in acts.into_iter().enumerate() {
            let (here, there) = if on_a { (&a, &b) } else { (&b, &a) };
            perform(here, there, act, NOW + 10 * i64::try_from(number).unwrap());
        }
        a.merge(&b);
        b.merge(&a);
        a.merge(&b);
        prop_assert_eq!(a.on(), b.on());
        prop_assert_eq!((a.merge(&b), b.merge(&a)), (0, 0));
    }
}

/// A log of version 5 keeps its plan, whose workouts are those of the library.
#[test]
fn a_plan_of_an_older_log_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.db");
    let old = Connection::open(&log).unwrap();
    old.execute_batch(include_str!("log/version-4.sql")).unwrap();
    old.execute_batch(include_str!("../src/history/schema-5.sql")).unwrap();
    old.execute_batch(
        "PRAGMA user_version = 5;
         INSERT INTO block (name, source_name, source, anchor, anchor_on, from_on, earlier, began_at_ms, changed_at_ms)
         VALUES ('Old', 'old', 'name = \"Old\"', 'start', '2026-12-07', '2026-12-07',
                 '[{\"until\": \"2026-12-09\", \"source\": \"before\"}]', 1, 2);",
    )
    .unwrap();
    drop(old);
    let block = blocks::current(&Database::at(log).open().unwrap()).unwrap().unwrap().block;
    assert_eq!((block.fields.name.as_str(), &block.fields.workouts), ("Old", &None));
    assert_eq!((block.fields.earlier[0].source.as_str(), block.fields.earlier[0].run.len()), ("before", 0));
}
