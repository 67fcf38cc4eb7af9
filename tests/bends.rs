//! Sessions that are bent: easier, one rep more, or cut to the minutes that are left.

use crate::journal::Run;
use pacebell::athlete::{Athlete, Race, RaceResult};
use pacebell::belt::{Belt, Treadmill};
use pacebell::clock;
use pacebell::coach::{Coach, Effect};
use pacebell::cues::CueReason;
use pacebell::history::{Database, SessionOutcome, csv, describe, json, queries, unfinished};
use pacebell::library::built_in;
use pacebell::runner::profile::Units;
use pacebell::session::{Command, Event, EventKind, Phase, Record, Session, SessionPlace, Summary};
use pacebell::units::{self, Millis, Moment, Rehearsal, Speed};
use pacebell::workout::bending::{BendPoint, BendRefusal, bend};
use pacebell::workout::sequence::{Bend, PlannedStep, Role, Sequence};
use pacebell::workout::{Options, SourceText, compile_file, compile_notation, on_belt};
use std::sync::Arc;

fn library(name: &str, athlete: Option<&Athlete>) -> Sequence {
    let workout = built_in().into_iter().find(|workout| workout.name == name).unwrap();
    compile_file(&workout.source(), athlete, &Options::default()).unwrap().sequence
}

fn notation(text: &str) -> Sequence {
    compile_notation(&SourceText::new("test", text), None, &Options::default()).unwrap().sequence
}

/// A runner who races every distance at 5:00/km.
fn even_runner() -> Athlete {
    let results = Race::ALL
        .map(|race| RaceResult::undated(race, Millis::from_secs_f64(race.distance().metres() * 0.3)));
    Athlete::from_results(results.to_vec()).unwrap()
}

/// The lengths and words of all steps: `1:00 hard, 1:00 easy`.
fn steps(sequence: &Sequence) -> String {
    let step = |step: &PlannedStep| match step.end.planned() {
        Some(length) => format!("{} {}", units::clock(length.whole_secs()), step.target.words),
        None => step.target.words.clone(),
    };
    sequence.steps.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// `count` reps with a recovery between each two.
fn reps(count: usize, rep: &str, recovery: &str) -> String {
    vec![rep; count].join(&format!(", {recovery}, "))
}

fn minutes(minutes: u64) -> Millis {
    Millis::from_secs(minutes * 60)
}

fn within(sequence: &Sequence, total: Millis) -> Result<Sequence, BendRefusal> {
    bend(sequence, &BendPoint::before(sequence), Bend::Within(total)).map(|bent| bent.sequence)
}

/// A session that has run for some seconds.
fn running(sequence: Sequence, seconds: u64) -> (Session, Moment) {
    let mut session = Session::new(Arc::new(sequence));
    session.apply(Command::Start, Moment::default());
    let now = Moment::default() + Millis::from_secs(seconds);
    session.advance(now);
    (session, now)
}

/// The values of the design, which were worked out by hand.
#[test]
fn fits_the_workouts_of_the_library_into_a_time() {
    for (name, total, expected) in [
        ("short-intervals", 12, reps(6, "1:00 hard", "1:00 easy") + ", 1:00 easy"),
        ("tempo-micro", 12, reps(2, "5:00 MP", "1:00 very easy") + ", 1:00 easy"),
        ("strides", 12, reps(9, "0:20 fast", "1:00 walk") + ", 1:00 easy"),
        ("timed-progression", 30, "6:40 easy, 6:40 MP, 6:40 HMP, 6:40 10K, 3:20 easy".to_string()),
    ] {
        let cut = within(&library(name, None), minutes(total)).unwrap();
        assert_eq!(steps(&cut).replace("recovery", "very easy"), expected, "{name}");
        assert_eq!(cut.totals().time, minutes(total));
        assert_eq!(cut.bends.marks(), format!("cut to {total}:00"));
    }
    for (total, expected) in [(25, ["9:20", "2", "4:40"]), (30, ["8:00", "3", "4:00"])] {
        let cut = within(&library("norwegian-4x4", None), minutes(total)).unwrap();
        let text = steps(&cut);
        let [warmup, count, cooldown] = expected;
        assert!(text.starts_with(&format!("{warmup} easy")), "{text}");
        assert!(text.ends_with(&format!("{cooldown} easy")), "{text}");
        assert_eq!(text.matches("4:00 hard").count().to_string(), count, "{text}");
        assert_eq!(cut.totals().time, minutes(total));
    }
}

#[test]
fn a_cut_counts_the_reps_that_are_left() {
    let cut = within(&library("short-intervals", None), minutes(12)).unwrap();
    let of: Vec<_> = cut.steps.iter().filter_map(|step| step.reps.first()).map(|rep| rep.of).collect();
    assert!(of.iter().all(|of| *of == Some(6)), "{of:?}");
    assert_eq!(cut.repeats[0].of, Some(6));
    // Steps keep their ids, and the new one has another.
    let ids: Vec<u32> = cut.steps.iter().map(|step| step.id.0).collect();
    assert_eq!(ids, (0..=10).chain([15]).collect::<Vec<_>>());
}

#[test]
fn a_range_takes_its_lower_bound_first() {
    let cut = within(&notation("45-60min easy"), minutes(50)).unwrap();
    assert_eq!(steps(&cut), "50:00 easy");
    let cut = within(&notation("6-8x60s hard / 60-90s jog"), minutes(12)).unwrap();
    assert_eq!(steps(&cut), reps(6, "1:00 hard", "1:00 jog") + ", 1:00 easy");
}

#[test]
fn says_the_shortest_time_that_makes_sense() {
    let tempo = library("tempo-micro", None);
    assert_eq!(within(&tempo, minutes(4)), Err(BendRefusal::TooShort(minutes(5))));
    assert_eq!(steps(&within(&tempo, minutes(5)).unwrap()), "5:00 MP");
    assert_eq!(within(&tempo, minutes(17)), Err(BendRefusal::ShortEnough(minutes(17))));
    let open = library("strides-open", None);
    assert!(matches!(within(&open, minutes(12)), Err(BendRefusal::UnknownLength(_))));
}

#[test]
fn an_endless_repeat_ends_after_the_reps_that_fit() {
    let cut = within(&notation("open×(2min hard, 1min easy)"), minutes(13)).unwrap();
    assert_eq!(steps(&cut), ["2:00 hard, 1:00 easy"; 4].join(", ") + ", 1:00 easy");
    assert!(!cut.is_endless() && !cut.totals().open);
}

#[test]
fn too_hard_takes_one_step_after_the_other() {
    let (mut session, now) =
        running(notation("warmup 5min easy, 8x90s hard / 60s jog, cooldown 5min easy"), 390);
    // 1:30 is half as long again as the recovery, and no longer than the rep.
    for (bend, expected) in
        [(Bend::LongerRecoveries, "1:30 hard, 1:30 jog"), (Bend::SlowerWork, "1:30 10K, 1:30 jog")]
    {
        session.apply(Command::Bend(bend), now);
        assert!(steps(session.sequence()).contains(expected), "{}", steps(session.sequence()));
    }
    // In the recovery after the first rep, seven are left, and three of them stay.
    session.apply(Command::Bend(Bend::FewerReps), now);
    assert_eq!(steps(session.sequence()).matches("1:30 10K").count(), 3);
    assert_eq!(session.current().unwrap().reps[0].of, Some(4));
    session.apply(Command::Bend(Bend::EasyToTheEnd), now);
    assert_eq!(session.position(now).left, minutes(5));
    assert_eq!(session.current().unwrap().target.words, "easy");
    assert_eq!(
        session.sequence().bends.marks(),
        "longer recoveries, slower work, fewer reps, easy to the end"
    );
}

#[test]
fn a_recovery_grows_no_longer_than_its_rep() {
    let (mut session, now) = running(notation("8x60s hard / 50s jog"), 10);
    session.apply(Command::Bend(Bend::LongerRecoveries), now);
    assert!(steps(session.sequence()).starts_with("1:00 hard, 1:00 jog"), "{}", steps(session.sequence()));
    let (mut session, now) = running(notation("8x60s hard / 60s jog"), 10);
    assert_eq!(session.apply(Command::Bend(Bend::LongerRecoveries), now), []);
}

#[test]
fn slower_work_is_five_percent_slower_where_its_speed_is_known() {
    let (mut session, now) = running(notation("3x2min 12km/h / 1min easy"), 130);
    session.apply(Command::Bend(Bend::SlowerWork), now);
    let speeds: Vec<_> = session.sequence().steps.iter().filter_map(|s| s.target.start.speed).collect();
    let kmh: Vec<f64> = speeds.iter().map(|speed| (speed.kmh() * 100.0).round() / 100.0).collect();
    assert_eq!(kmh, [12.0, 11.4, 11.4], "what is past keeps its speed");
    // In a rep, the rest of it is slower too.
    let (mut session, now) = running(notation("3x2min 12km/h / 1min easy"), 60);
    session.apply(Command::Bend(Bend::SlowerWork), now);
    assert!((session.speed(now).unwrap().kmh() - 11.4).abs() < 1e-9);
    let now = now + minutes(1);
    session.advance(now);
    // A minute at 12 km/h is 200 m, one at 11.4 km/h is 190 m.
    assert!((session.laps()[0].distance.unwrap().metres() - 390.0).abs() < 0.01);
}

#[test]
fn slower_work_has_a_speed_of_the_belt_that_the_session_is_fitted_to() {
    // 95 % of 11 km/h are 10.45 km/h. The belt moves by 0.2 km/h, so it runs 10.4.
    let belt = Belt { step: 0.2, ..Belt::default() };
    let treadmill = Treadmill { belt, ceiling: None };
    let fitted = on_belt::fit(notation("3x2min 11km/h / 1min easy, 1km 11km/h"), &treadmill);
    let (mut session, now) = running(fitted.clone(), 60);
    session.apply(Command::Bend(Bend::SlowerWork), now);
    let kmh = |speed: Speed| (speed.kmh() * 1000.0).round() / 1000.0;
    assert_eq!(session.speed(now).map(kmh), Some(10.4), "the rest of the rep");
    let belt = session.sequence().steps.iter().map(|step| step.on_belt.map(|(from, _)| kmh(from)));
    assert_eq!(belt.collect::<Vec<_>>(), [Some(11.0), None, Some(10.4), None, Some(10.4), Some(10.4)]);
    // 1 km at 10.4 km/h takes 346.154 s.
    let last = session.sequence().steps.last().unwrap().end.planned().unwrap();
    assert!((last.as_secs_f64() - 346.154).abs() < 0.002, "{last:?}");
    session.apply(Command::Undo, now);
    assert_eq!(*session.sequence(), fitted);
}

#[test]
fn an_rpe_is_one_less() {
    let (mut session, now) = running(notation("3x2min RPE 7-8 / 1min easy"), 130);
    session.apply(Command::Bend(Bend::SlowerWork), now);
    assert_eq!(session.sequence().steps[2].target.words, "RPE 6–7");
    assert_eq!(session.sequence().steps[0].target.words, "RPE 7–8");
}

#[test]
fn one_more_adds_a_recovery_and_a_rep() {
    // In the last rep of eight, which begins at 14:00.
    let (mut session, now) = running(library("short-intervals", None), 14 * 60 + 10);
    assert_eq!(session.forecast(now).finish, Some(minutes(15)));
    session.apply(Command::Bend(Bend::OneMore), now);
    assert_eq!(session.forecast(now).finish, Some(minutes(17)));
    assert_eq!(steps(session.sequence()), reps(9, "1:00 hard", "1:00 easy"));
    assert_eq!(session.sequence().steps.last().unwrap().reps[0].of, Some(9));
    // Two of eight, and only in what is then the last rep.
    assert_eq!(session.apply(Command::Bend(Bend::OneMore), now), []);
    let now = Moment::default() + minutes(16);
    session.advance(now);
    session.apply(Command::Bend(Bend::OneMore), now);
    assert_eq!(session.forecast(now).finish, Some(minutes(19)));
    let now = Moment::default() + minutes(18);
    session.advance(now);
    assert_eq!(session.apply(Command::Bend(Bend::OneMore), now), []);
    assert_eq!(session.sequence().bends.marks(), "one more (2)");
}

#[test]
fn one_more_of_four_reps_leads_back_from_the_cool_down() {
    let (mut session, now) = running(notation("4x60s hard / 60s easy, cooldown 5min easy"), 7 * 60 + 30);
    session.apply(Command::Bend(Bend::OneMore), now);
    let here = session.position(now);
    assert_eq!((here.place, here.into), (SessionPlace::Step(7), Millis::ZERO));
    // A recovery, a rep, and the whole cool-down.
    assert_eq!(here.left, minutes(7));
    let now = now + minutes(2);
    session.advance(now);
    assert_eq!(session.apply(Command::Bend(Bend::OneMore), now), []);
    assert_eq!(session.position(now).left, minutes(5));
}

#[test]
fn an_easier_session_takes_no_rep_more() {
    let sequence = Sequence { is_lighter: true, ..library("short-intervals", None) };
    let (mut session, now) = running(sequence, 14 * 60 + 10);
    assert_eq!(session.apply(Command::Bend(Bend::OneMore), now), []);
}

#[test]
fn a_session_that_runs_is_cut_to_the_minutes_that_are_left() {
    // In the first recovery, at 1:30 of 15:00. Six minutes later it ends.
    let (mut session, now) = running(library("short-intervals", None), 90);
    session.apply(Command::Bend(Bend::Within(Millis::from_secs(450))), now);
    assert_eq!(session.forecast(now).finish, Some(Millis::from_secs(450)));
    assert_eq!(steps(session.sequence()), reps(4, "1:00 hard", "1:00 easy") + ", 0:30 easy");
    session.apply(Command::Undo, now);
    assert_eq!(*session.sequence(), library("short-intervals", None));
}

#[test]
fn a_bend_can_be_undone_in_a_later_step() {
    let (mut session, now) = running(library("short-intervals", None), 30);
    session.apply(Command::Bend(Bend::FewerReps), now);
    let now = now + minutes(2);
    session.advance(now);
    assert!(session.can_undo());
    session.apply(Command::Undo, now);
    assert_eq!(*session.sequence(), library("short-intervals", None));
    assert_eq!(session.forecast(now).finish, Some(minutes(15)));
}

#[test]
fn a_guided_breath_gets_another_rate_and_whole_breaths() {
    let rates = |session: &Session| -> Vec<(u64, f64)> {
        let step =
            |step: &PlannedStep| Some((step.end.planned()?.whole_secs(), step.target.breathing?.per_minute));
        session.sequence().steps.iter().filter_map(step).collect()
    };
    let breaths = || notation("2min breathe 6/min, 60s easy, 2min breathe 6/min");
    let (mut session, now) = running(breaths(), 48);
    session.apply(Command::Bend(Bend::BreathRate(50)), now);
    // 72 s are left, in which there are six breaths of 12 s.
    assert_eq!(rates(&session), [(48, 6.0), (72, 5.0), (120, 5.0)]);
    let here = session.position(now);
    assert_eq!(
        (here.place, here.into, here.left),
        (SessionPlace::Step(1), Millis::ZERO, Millis::from_secs(252))
    );
    // Nobody guides thirteen breaths a minute.
    assert_eq!(session.apply(Command::Bend(Bend::BreathRate(130)), now), []);
    session.apply(Command::Undo, now + Millis::from_secs(5));
    assert_eq!(*session.sequence(), breaths());
    // Where a step has just begun, all of it has the new rate. A step without a breath has none.
    let (mut session, now) = running(breaths(), 0);
    session.apply(Command::Bend(Bend::BreathRate(65)), now);
    assert_eq!(rates(&session), [(120, 6.5), (120, 6.5)]);
    let (mut session, now) = running(breaths(), 130);
    assert_eq!(session.apply(Command::Bend(Bend::BreathRate(65)), now), []);
}

/// Reads records as they are stored, of this version and of the one before it.
#[test]
fn replays_a_stored_record() {
    let stored = r#"{"version": 5, "events": [
        {"at": 0, "elapsed": 0, "what": "started"},
        {"at": 0, "elapsed": 0, "what": {"step_began": {"step": 0}}},
        {"at": 30000, "elapsed": 30000, "what": {"bent": {"bend": {"within": 720000}}}},
        {"at": 40000, "elapsed": 40000, "what": {"bent": {"bend": "fewer_reps"}}},
        {"at": 45000, "elapsed": 45000, "what": "undone"}]}"#;
    let record: Record = serde_json::from_str(stored).unwrap();
    let session = Session::replay(Arc::new(library("short-intervals", None)), &record).unwrap();
    assert_eq!(session.sequence().bends.marks(), "cut to 12:00");
    assert_eq!(session.position(session.latest()).left, Millis::from_secs(720 - 45));
    let older: Record = serde_json::from_str(&stored.replace("\"version\": 5", "\"version\": 4")).unwrap();
    assert!(Session::replay(Arc::new(library("short-intervals", None)), &older).is_ok());
}

#[test]
fn a_session_that_was_killed_goes_on_as_it_was_bent() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::at(folder.path().join("log.db"));
    let mut run = Run::of(Arc::new(library("short-intervals", None)), database.clone());
    run.apply(Command::Bend(Bend::Within(minutes(12))), 30);
    run.apply(Command::Bend(Bend::LongerRecoveries), 40);
    run.apply(Command::Bend(Bend::FewerReps), 200);
    let session = run.cut_off();
    let found = unfinished::find(&database).unwrap().latest.expect("it is offered");
    assert_eq!(found.session.sequence(), session.sequence());
    assert_eq!(found.session.planned_sequence(), &library("short-intervals", None));
    assert_eq!(found.session.forecast(found.last_seen).finish, session.forecast(session.latest()).finish);
}

#[test]
fn the_log_says_what_was_planned_and_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::at(folder.path().join("log.db"));
    let mut run = Run::of(Arc::new(library("short-intervals", None)), database.clone());
    run.apply(Command::Bend(Bend::OneMore), 14 * 60 + 10);
    run.apply(Command::Stop, 17 * 60);
    let summary = Summary::of(run.session());
    assert_eq!((summary.planned, summary.active), (Some(minutes(15)), minutes(17)));
    assert_eq!((summary.steps_done, summary.steps_planned), (17, 17));
    let logged = SessionOutcome::Logged(Arc::new(run.session().sequence().clone()), Box::new(summary));
    run.journal().conclude(logged, clock::since_1970());
    run.cut_off();
    let log = database.open().unwrap();
    let entry = queries::list(&log).unwrap().remove(0);
    assert_eq!((entry.planned, entry.active), (Some(minutes(15)), minutes(17)));
    assert_eq!(describe::marks(&entry).as_deref(), Some("one more"), "the list says so");
    let details = queries::details(&log, entry.id).unwrap().unwrap();
    assert_eq!(details.entry, entry);
    let facts = describe::facts(&details, Units::default());
    assert!(facts.contains(&("Changed".to_string(), "one more; 15:00 was planned".to_string())), "{facts:?}");
    // The new rep is one of nine, with its name.
    let last = describe::lap(&details, details.laps.last().unwrap(), Units::default());
    assert_eq!((last.what.as_str(), last.reps.as_str()), ("hard", "rep 9 of 9"));
}

#[test]
fn the_list_and_other_programs_know_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::at(folder.path().join("log.db"));
    // Cut to 12 minutes before the start, a rep skipped on the way, and one more at the end.
    let cut = within(&library("short-intervals", None), minutes(12)).unwrap();
    let mut run = Run::of(Arc::new(cut), database.clone());
    run.apply(Command::Skip, 10);
    run.apply(Command::Stop, 800);
    let summary = Summary::of(run.session());
    let logged = SessionOutcome::Logged(Arc::new(run.session().sequence().clone()), Box::new(summary));
    run.journal().conclude(logged, clock::since_1970());
    run.cut_off();
    let entries = queries::list(&database.open().unwrap()).unwrap();
    assert_eq!(describe::marks(&entries[0]).as_deref(), Some("cut to 12:00, 1 skipped"));
    let json: serde_json::Value = serde_json::from_str(&json::log(&entries)).unwrap();
    let session = &json["sessions"][0];
    assert_eq!(
        session["changes"],
        serde_json::json!([{"what": "cut", "total_ms": 720_000, "per_minute": null}])
    );
    assert_eq!(session["planned_before_changes_ms"], 900_000);
    let csv = csv::log(&entries);
    let (names, row) = (csv.lines().next().unwrap(), csv.lines().nth(1).unwrap());
    let at = names.split(',').position(|name| name == "changes").unwrap();
    let fields: Vec<&str> = row.split(',').collect();
    assert_eq!(fields[at..at + 2], ["cut to 12:00", "15"]);
}

struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Workouts beside those of the library: sets, ladders, ranges, ramps, distances, send-offs, cues and open steps.
const OTHERS: [&str; 12] = [
    "3x(4x200m 5K / 200m jog) / 3min walk, cooldown 1km easy",
    "10min easy, 1-2-3-2-1min hard / 1min easy, 5-10min easy",
    "6-8x3min 12km/h / 45-60s jog",
    "20min ramp 8 -> 12 km/h, 5min 8km/h",
    "5km 10km/h, 4x20s fast / 60s walk",
    "8x400m 4:00/km on 3min",
    "2km easy, 3x1mi 10K / 90s rest, 2km easy",
    "warmup 10min easy | half: tall, 5x3min RPE 8 | every 30s: breathe / 2min Z1, cooldown 5min easy",
    "open×(60s hard, 60s easy), cooldown 5min easy",
    "alternate 90s hard / 30s easy for 11min",
    "10min tempo, recovery 2min, 10min 10K",
    "4x(4min 90-95%HRmax, 3min recovery), open easy",
];

fn every_workout() -> Vec<(String, Sequence)> {
    let athlete = even_runner();
    let mut all = Vec::new();
    for athlete in [None, Some(&athlete)] {
        for workout in built_in() {
            all.push((workout.name.to_string(), library(workout.name, athlete)));
        }
        for text in OTHERS {
            let source = SourceText::new("test", text);
            let compiled = compile_notation(&source, athlete, &Options::default());
            all.push((text.to_string(), compiled.unwrap_or_else(|e| panic!("{text}: {e:?}")).sequence));
        }
    }
    all
}

fn random_bend(random: &mut Lcg, session: &Session, now: Moment) -> Bend {
    let here = session.position(now);
    match random.below(8) {
        0 => Bend::LongerRecoveries,
        1 => Bend::SlowerWork,
        2 => Bend::FewerReps,
        3 => Bend::EasyToTheEnd,
        4 => Bend::OneMore,
        _ => Bend::Within(
            here.elapsed + Millis::from_secs(30 * (1 + random.below(here.left.whole_secs() / 30 + 2))),
        ),
    }
}

/// The rules that hold between a sequence and a bent one.
fn check_rules(what: &str, before: &Sequence, after: &Sequence, from: usize) {
    for (index, step) in after.steps.iter().enumerate() {
        let Some(old) = before.step(step.id) else { continue };
        if index < from {
            assert_eq!((step.end, &step.target), (old.end, &old.target), "{what}: the past changed");
        }
        let is_rep = step.role == Role::Work && !step.reps.is_empty();
        if is_rep || step.role == Role::Between {
            assert!(step.end.least() >= old.end.least(), "{what}: step {index} is shorter: {old:?} {step:?}");
        }
        for (new, old) in [(&step.target.start, &old.target.start), (step.target.end(), old.target.end())] {
            match (new.speed, old.speed) {
                (Some(new), Some(old)) => assert!(
                    new.mps() <= old.mps().max(0.0) + 1e-9 || step.target.ramp_to.is_some(),
                    "{what}: faster"
                ),
                _ => assert!(new.rank <= old.rank.or(new.rank) && new.zone <= old.zone, "{what}: harder"),
            }
        }
        if let (Some(new), Some(old)) = (step.target.rpe, old.target.rpe) {
            assert!(new.1 <= old.1, "{what}: a higher RPE");
        }
        assert!(
            step.end.planned().is_none_or(|length| length > Millis::ZERO),
            "{what}: a step without a length"
        );
    }
    let mut ids: Vec<_> = after.steps.iter().map(|step| step.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), after.steps.len(), "{what}: an id twice");
    for step in &after.steps {
        for rep in &step.reps {
            assert!(rep.of.is_none_or(|of| rep.n <= of && of > 0), "{what}: rep {rep:?}");
        }
    }
}

/// Runs a coach to the end and checks that every signal is on its second.
fn check_cues(what: &str, mut coach: Coach, now: Moment) {
    let Some(finish) = coach.session().forecast(now).finish else { return };
    let elapsed = coach.session().position(now).elapsed;
    let end = now + finish.saturating_sub(elapsed);
    let mut effects = Vec::new();
    while let Some(next) = coach.next_deadline().filter(|next| *next <= end) {
        effects.extend(coach.tick(next));
    }
    effects.extend(coach.tick(end));
    let changes: Vec<Millis> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Happened(Event {
                what: EventKind::StepBegan { .. } | EventKind::Finished,
                elapsed,
                ..
            }) => Some(*elapsed),
            _ => None,
        })
        .collect();
    assert_eq!(changes.last(), Some(&finish), "{what}: the end is not where the forecast has it");
    for effect in &effects {
        let Effect::Sounded(cue) = effect else { continue };
        match cue.why {
            CueReason::Change | CueReason::Finish => {
                assert!(changes.contains(&cue.at), "{what}: a signal at {}, but no change", cue.at);
            }
            CueReason::Count(left) => {
                let end = cue.at + Millis::from_secs(left.into());
                assert!(changes.contains(&end), "{what}: {left} at {}, but no change after it", cue.at);
            }
            _ => {}
        }
    }
}

/// Checks the rules of a bend, its forecast, and that it can be undone.
fn check_bend(what: &str, bend: Bend, before: &Session, after: &Session, now: Moment) {
    assert!(after.revision() > before.revision(), "{what}: the forecast stays the same");
    let from = match before.position(now).place {
        SessionPlace::Step(index) => index,
        SessionPlace::After => before.sequence().steps.len(),
    };
    check_rules(what, before.sequence(), after.sequence(), from.min(after.sequence().steps.len()));
    if let Some(finish) = after.forecast(now).finish {
        let here = after.position(now);
        assert_eq!(here.elapsed + here.left, finish, "{what}: the time left");
        if let Bend::Within(total) = bend {
            let is_near = finish <= total && finish + Millis::from_secs(10) > total;
            assert!(is_near, "{what}: ends at {finish}");
        }
    }
    let mut undone = after.clone();
    undone.apply(Command::Undo, now);
    assert_eq!(undone.sequence(), before.sequence(), "{what}: undone");
    assert_eq!(undone.position(now).place, before.position(now).place, "{what}: undone");
}

fn bend_at_random(rounds: u64, seed: u64) {
    let all = every_workout();
    let mut random = Lcg(seed);
    let mut made = 0;
    for round in 0..rounds {
        let (name, sequence) = &all[random.below(all.len() as u64) as usize];
        let mut coach = Coach::new(Arc::new(sequence.clone()), Treadmill::default(), Rehearsal::REAL_TIME);
        coach.handle(Command::Start, Moment::default());
        let mut now = Moment::default();
        let mut record = vec![];
        for _ in 0..=random.below(4) {
            let left = coach.session().position(now).left.get();
            now = now + Millis::new(random.below(left.min(4_000_000) + 2_000));
            for effect in coach.tick(now) {
                if let Effect::Happened(event) = effect {
                    record.push(event);
                }
            }
            let before = coach.session().clone();
            let bend = random_bend(&mut random, &before, now);
            let what =
                format!("round {round} of seed {seed}: {name}, {bend:?} at {}", before.position(now).elapsed);
            let happened: Vec<Event> = coach
                .handle(Command::Bend(bend), now)
                .into_iter()
                .filter_map(|effect| match effect {
                    Effect::Happened(event) => Some(event),
                    _ => None,
                })
                .collect();
            if !happened.iter().any(|event| matches!(event.what, EventKind::Bent { .. })) {
                assert_eq!(before.sequence(), coach.session().sequence(), "{what}");
                continue;
            }
            made += 1;
            check_bend(&what, bend, &before, coach.session(), now);
            check_cues(&what, coach.clone(), now);
            record.extend(happened);
        }
        // A journal of the session leads to the same place.
        let started = Event { at: Moment::default(), elapsed: Millis::ZERO, what: EventKind::Started };
        let record = Record::new([started].into_iter().chain(record).collect());
        let mut replayed = Session::replay(Arc::new(sequence.clone()), &record).unwrap();
        replayed.advance(now);
        assert_eq!(replayed.sequence(), coach.session().sequence(), "round {round}: replayed");
        assert_eq!(replayed.position(now), coach.session().position(now), "round {round}: replayed");
        assert_eq!(coach.session().phase(), Phase::Running);
    }
    assert!(made > rounds / 3, "only {made} bends in {rounds} rounds");
}

/// The number of random sessions. `tests/long/bend-every-workout` asks for more.
fn rounds() -> u64 {
    std::env::var("PACEBELL_BENDS").ok().and_then(|count| count.parse().ok()).unwrap_or(1_000)
}

#[test]
fn no_bend_makes_a_rep_or_a_recovery_shorter_or_a_pace_faster() {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    bend_at_random(rounds(), seed);
}
