//! Kills sessions with `kill -9` at random moments. Events older than a second are not lost, the progress is at most five
//! seconds old, the database is sound, and the session can be resumed. This runs in real time; `tests/long/kill-a-thousand-sessions` kills a
//! thousand sessions.

use crate::fixture;
use pacebell::units::Rehearsal;
use rusqlite::{Connection, OpenFlags};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The number of sessions at a time, each with its own log.
const AT_ONCE: usize = 4;
/// The most seconds until an event is in the database.
const EVENT_LAG: f64 = 1.0;
/// The most seconds until the progress is in the database.
const PROGRESS_LAG: f64 = 5.0;
/// The most seconds until the progress is in the lock file: a second, a heartbeat, and a write to the database before.
const NOTE_LAG: f64 = 2.5;
/// Additional seconds for a busy machine.
const GRACE: f64 = 0.5;

/// Workouts with short steps, long steps, and a step that waits for the runner.
const WORKOUTS: [&str; 4] =
    ["200×(0.7s hard, 0.5s easy)", "20×(3s hard, 2s easy)", "10min easy, 5min hard", "open walk"];

/// Reproducible random numbers (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// A line of output: the second of the session that it names, and when it was read.
struct Line {
    second: f64,
    text: String,
    read: Instant,
}

fn lines_of(child: &mut Child) -> Receiver<Line> {
    let (sender, lines) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            let (second, text) = line.trim_start().split_once("  ").unwrap_or(("", &line));
            if let Ok(second) = second.parse() {
                let _ = sender.send(Line { second, text: text.to_string(), read: Instant::now() });
            }
        }
    });
    lines
}

/// Runs the program and kills it after `life`. Returns its output and the time of the kill.
fn run_and_kill(home: &Path, arguments: &[&str], life: Duration) -> KilledRun {
    let mut child = fixture::pacebell_at(home)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = lines_of(&mut child);
    let mut all = vec![lines.recv_timeout(Duration::from_secs(20)).expect("it starts")];
    let end = all[0].read + life;
    loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => all.push(line),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    child.kill().unwrap();
    let killed = Instant::now();
    child.wait().unwrap();
    KilledRun { lines: all, killed }
}

/// The output of a run that was killed, and the time of the kill.
struct KilledRun {
    lines: Vec<Line>,
    killed: Instant,
}

/// The latest session in the database: its last second, and the seconds of its step changes.
struct SavedSession {
    last: f64,
    steps: Vec<f64>,
}

fn saved_session(home: &Path) -> SavedSession {
    let log = home.join("pacebell/log.db");
    let open = || Connection::open_with_flags(&log, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let database = open();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let broken: i64 =
        database.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    let session: Option<i64> =
        database.query_row("SELECT max(id) FROM session", [], |row| row.get(0)).unwrap();
    let seconds = |query: &str| -> Vec<f64> {
        let mut query = database.prepare(query).unwrap();
        let rows = query.query_map([session], |row| row.get::<_, f64>(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let steps = seconds(
        "SELECT elapsed_ms / 1000.0 FROM event WHERE session = ? AND what LIKE '%step_began%' ORDER BY number",
    );
    let last = seconds(
        "SELECT max(elapsed_ms) / 1000.0 FROM (SELECT session, elapsed_ms FROM event
         UNION ALL SELECT session, elapsed_ms FROM position) WHERE session = ?
         HAVING count(*) > 0",
    );
    SavedSession { last: last.first().copied().unwrap_or(0.0), steps }
}

/// The seconds of the session that are in the database, and those that were run until the kill.
struct KilledAt {
    saved: f64,
    truth: f64,
}

fn check(what: &str, home: &Path, KilledRun { lines, killed }: &KilledRun) -> KilledAt {
    let saved = saved_session(home);
    let ago = |line: &Line| killed.duration_since(line.read).as_secs_f64();
    for line in lines.iter().filter(|l| l.text.starts_with("step ") && ago(l) > EVENT_LAG + GRACE) {
        let known = saved.steps.iter().any(|s| (s - line.second).abs() < 0.002);
        assert!(known, "{what}: `{}` of {} s before is not in {:?}", line.text, ago(line), saved.steps);
    }
    // There are no pauses, so active time runs on after the last line.
    let last = lines.last().unwrap();
    let truth = last.second + ago(last);
    assert!(saved.last <= truth + 0.1, "{what}: at {truth} s, saved {}", saved.last);
    assert!(saved.last >= truth - PROGRESS_LAG - GRACE, "{what}: at {truth} s, saved {}", saved.last);
    KilledAt { saved: saved.last, truth }
}

fn kill_again_and_again(seed: u64, times: usize) {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(seed);
    let mut left: Option<KilledAt> = None;
    for n in 0..times {
        // Most kills come while something is being written, some long after.
        let most = if dice.below(4) == 0 { 9000 } else { 2500 };
        let life = Duration::from_millis(dice.below(most));
        let resumes = left.is_some() && dice.below(2) == 0;
        let workout = WORKOUTS[dice.below(WORKOUTS.len() as u64) as usize];
        let arguments: Vec<&str> =
            if resumes { vec!["resume", "--plain"] } else { vec!["run", "--plain", workout] };
        let what = format!("seed {seed}, kill {n}, {arguments:?}, after {life:?}");
        let killed = run_and_kill(home.path(), &arguments, life);
        if let (true, Some(KilledAt { saved, truth })) = (resumes, left) {
            // The lock file may know of a later position than the database.
            let first = killed.lines[0].second;
            let is_known = (saved - 0.002..=truth + 0.1).contains(&first);
            assert!(is_known, "{what}: resumed at {first}, saved {saved}, killed at {truth}");
            assert!(first >= truth - NOTE_LAG - GRACE, "{what}: resumed at {first}, killed at {truth}");
        }
        left = Some(check(&what, home.path(), &killed));
    }
}

/// Kills `PACEBELL_KILLS` sessions, or 50.
#[test]
#[ignore = "runs in real time for about a minute"]
fn a_kill_loses_nothing() {
    let all: usize = std::env::var("PACEBELL_KILLS").ok().map_or(50, |n| n.parse().unwrap());
    thread::scope(|scope| {
        for seed in 0..AT_ONCE {
            let times = (all + AT_ONCE - 1 - seed) / AT_ONCE;
            scope.spawn(move || kill_again_and_again(seed as u64, times));
        }
    });
}

const PLAN: &str = "5×1s 10K / 1s easy, 2km MP, 3s ramp 8 -> 12 km/h";

/// The steps in a simulation from one on, without the times.
fn rest(lines: &[String], from: &str) -> Vec<String> {
    let said = lines.iter().map(|l| l.trim_start().split_once("  ").map_or("", |(_, text)| text).to_string());
    said.skip_while(|text| !text.starts_with(from)).filter(|text| text.starts_with("step")).collect()
}

/// Kills a session at its fourth rep, changes its file and the profile, and resumes it in another folder. The plan and
/// the speeds of the first day stay.
#[test]
#[expect(clippy::too_many_lines, reason = "one session from its start to its end")]
fn a_session_is_resumed_as_it_was_planned() {
    let home = tempfile::tempdir().unwrap();
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (workout, profile) = (before.path().join("mine.toml"), home.path().join("pacebell/profile.toml"));
    std::fs::create_dir_all(profile.parent().unwrap()).unwrap();
    std::fs::write(&workout, format!("name = \"Mine\"\nsteps = [\"{PLAN}\"]\n")).unwrap();
    std::fs::write(&profile, "[athlete]\n\"5K\" = \"20:00\"\n[belt]\nstep = 0.5\nramp_every = \"0s\"\n")
        .unwrap();
    let simulated = fixture::pacebell_at(home.path()).args(["simulate"]).arg(&workout).output().unwrap();
    let simulated: Vec<String> =
        String::from_utf8(simulated.stdout).unwrap().lines().map(String::from).collect();
    assert!(simulated.iter().any(|line| line.contains("belt: 8.5 km/h")), "{simulated:?}");

    let mut child = fixture::pacebell_at(home.path())
        .args(["run", "--plain", "mine.toml"])
        .current_dir(before.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = lines_of(&mut child);
    let fourth = lines.iter().find(|line| line.text.contains("rep 4 of 5")).expect("a fourth rep");
    // The rep is in the log within a second; here it takes far less.
    thread::sleep(Duration::from_millis(300));
    child.kill().unwrap();
    child.wait().unwrap();

    std::fs::write(&workout, "name = \"Another\"\nsteps = [\"1min rest\"]\n").unwrap();
    std::fs::write(&profile, "[athlete]\n\"5K\" = \"30:00\"\n[belt]\nunit = \"mph\"\n").unwrap();
    let store = pacebell::history::Database::at(home.path().join("pacebell/log.db"));
    let found = pacebell::history::unfinished::find(&store).unwrap().latest.expect("an unfinished session");
    let mut rest_of_it = Vec::new();
    let mut printer = pacebell::plain::Lines::on(found.settings.treadmill);
    let mut coach =
        pacebell::coach::Coach::of(found.session.clone(), found.settings.treadmill, Rehearsal::REAL_TIME);
    let mut now = found.last_seen;
    let mut note = |effects: Vec<pacebell::coach::Effect>| {
        rest_of_it.extend(effects.iter().filter_map(|e| printer.line(e, found.session.sequence())));
    };
    use pacebell::session::{Command as Tell, SessionPlace};
    note(coach.handle(Tell::Absence { since: now }, now));
    note(coach.handle(Tell::Resume, now));
    while let (SessionPlace::Step(_), Some(next)) =
        (coach.session().position(now).place, coach.next_deadline())
    {
        now = now.max(next);
        note(coach.tick(now));
    }
    drop(found);
    let all = |lines: &[String]| -> Vec<String> {
        let text = |l: &String| l.trim_start().split_once("  ").map_or("", |(_, text)| text).to_string();
        lines.iter().map(text).filter(|t| t.starts_with("step") || t.starts_with("belt")).collect()
    };
    let (planned, got) = (all(&simulated), all(&rest_of_it));
    let from = planned.len() - got.len();
    // The direction of the first change is unknown, since the step before it was not seen.
    let bare = |text: &String| text.replace("easier: ", "").replace("faster: ", "");
    assert_eq!(
        got.iter().map(bare).collect::<Vec<_>>(),
        planned[from..].iter().map(bare).collect::<Vec<_>>()
    );
    assert!(got.len() > 10 && fourth.second > 5.9, "{got:?}");

    // The program itself also resumes it, in another folder.
    let mut child = fixture::pacebell_at(home.path())
        .args(["resume", "--plain"])
        .current_dir(after.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = lines_of(&mut child);
    let fifth = lines.iter().find(|line| line.text.contains("rep 5 of 5")).expect("the fifth rep");
    child.kill().unwrap();
    child.wait().unwrap();
    let expected = rest(&simulated, "step 9 of").into_iter().next().unwrap();
    assert_eq!(bare(&fifth.text), bare(&expected));
}
