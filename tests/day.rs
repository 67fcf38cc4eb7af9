//! The day: scripts of moments against the rules, and the commands.
//!
//! `tests/day/README.md` describes the scripts.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, Timelike};
use pacebell::day::{DayConfig, DayState, DeskPresence, LATER, WallMoment, due, read_day};
use pacebell::diagnostic::SourceText;
use pacebell::units::Millis;
use std::collections::VecDeque;
use std::fs;
use std::path::Path;

/// A line of a script with its moment.
struct ScriptLine {
    at: DateTime<FixedOffset>,
    what: String,
}

/// A script, read.
struct DayScript {
    config: DayConfig,
    timers: usize,
    tabs: usize,
    lines: VecDeque<ScriptLine>,
    expected: Vec<String>,
}

fn offset(text: &str) -> FixedOffset {
    text.parse().unwrap()
}

fn read_script(text: &str) -> DayScript {
    let (mut toml, mut ticks) = (String::new(), String::new());
    let (mut lines, mut expected) = (VecDeque::new(), Vec::new());
    let (mut date, mut zone) = (NaiveDate::default(), offset("+00:00"));
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (first, rest) = line.split_once(' ').unwrap();
        match first {
            "=" => toml += &format!("{rest}\n"),
            "ticks" => ticks = rest.to_string(),
            "date" => {
                let mut words = rest.split(' ');
                date = words.next().unwrap().parse().unwrap();
                zone = words.next().map_or(zone, offset);
            }
            time => {
                let with_seconds = if time.len() == 5 { format!("{time}:00") } else { time.to_string() };
                let time: NaiveTime = with_seconds.parse().unwrap();
                if let Some(name) = rest.strip_prefix("> ") {
                    expected.push(format!("{date} {with_seconds} {name}"));
                    continue;
                }
                let at = date.and_time(time).and_local_timezone(zone).unwrap();
                if let Some(new) = rest.strip_prefix("clock ") {
                    zone = offset(new);
                }
                lines.push_back(ScriptLine { at, what: rest.to_string() });
            }
        }
    }
    let read = read_day(&SourceText::new("day.toml", toml));
    assert_eq!(read.problems, []);
    let count = |word: &str| ticks.split(' ').filter(|tick| *tick == word).count();
    DayScript { config: read.config.unwrap(), timers: count("timer"), tabs: count("tab"), lines, expected }
}

/// The desk and the log during a script.
#[derive(Default)]
struct Desk {
    state: DayState,
    asks: bool,
    is_over: bool,
    tells_idle: bool,
    away_since: Option<DateTime<FixedOffset>>,
    in_meeting: bool,
    in_session: bool,
}

impl Desk {
    fn act(&mut self, config: &DayConfig, what: &str, now: DateTime<FixedOffset>) {
        let (first, rest) = what.split_once(' ').unwrap_or((what, ""));
        let mark = |state: &mut DayState, name: &str| {
            let key = config.action(name).expect("an action of the script").key();
            state.marks.entry(key).or_default().to_owned()
        };
        match (first, rest) {
            ("on", "") | ("lid", "opens") => self.asks = true,
            ("lid", "closes") => self.asks = false,
            ("off", "") => self.is_over = true,
            ("silent", "desk") => self.tells_idle = false,
            ("away", "") => self.away_since = Some(now),
            ("back", "") => self.away_since = None,
            ("meeting", part) => self.in_meeting = part == "begins",
            ("run", part) => self.in_session = part == "begins",
            ("done", name) => {
                let key = config.action(name).unwrap().key();
                let mark = pacebell::day::ActionMark {
                    won: Some(WallMoment::of(now)),
                    ..mark(&mut self.state, name)
                };
                self.state.marks.insert(key, mark);
            }
            ("later", name) => {
                let key = config.action(name).unwrap().key();
                let later_ms = Some(now.timestamp_millis() + LATER.get() as i64);
                let mark = pacebell::day::ActionMark { later_ms, ..mark(&mut self.state, name) };
                self.state.marks.insert(key, mark);
            }
            ("quiet", "1h") => self.state.quiet_until_ms = Some(now.timestamp_millis() + 3_600_000),
            ("clock", _) => {}
            other => panic!("unknown line: {other:?}"),
        }
    }

    fn presence(&self, now: DateTime<FixedOffset>) -> DeskPresence {
        let away = self.away_since.map_or(0, |since| (now - since).num_milliseconds() as u64);
        DeskPresence {
            idle: self.tells_idle.then_some(Millis::new(away)),
            do_not_disturb: self.in_meeting,
            in_session: self.in_session,
            session_ended_ms: None,
        }
    }
}

/// Runs a script and returns its reminders, each with its local date and time.
fn run_script(script: &mut DayScript) -> Vec<String> {
    let mut desk = Desk { tells_idle: true, ..Desk::default() };
    let mut reminders = Vec::new();
    let mut now = script.lines.front().unwrap().at;
    let mut zone = *now.offset();
    while !desk.is_over {
        while script.lines.front().is_some_and(|line| line.at <= now) {
            let line = script.lines.pop_front().unwrap();
            desk.act(&script.config, &line.what, now);
            zone = line.what.strip_prefix("clock ").map_or(zone, offset);
        }
        let local = now.with_timezone(&zone);
        let is_timer_tick = local.second() == 0 && local.minute().is_multiple_of(5);
        let asking = script.tabs + if is_timer_tick { script.timers } else { 0 };
        for _ in 0..if desk.asks { asking } else { 0 } {
            let turn = due(&script.config, local, &desk.state, &desk.presence(now));
            desk.state = turn.state;
            let name = turn.remind.map(|place| &script.config.actions[place].name);
            reminders.extend(name.map(|name| format!("{} {name}", local.format("%Y-%m-%d %H:%M:%S"))));
        }
        now += Duration::seconds(1);
    }
    reminders
}

#[test]
fn scripts_give_exactly_the_reminders_of_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/day");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            count += 1;
            let mut script = read_script(&fs::read_to_string(&path).unwrap());
            let expected = script.expected.clone();
            assert_eq!(run_script(&mut script), expected, "{}", path.display());
        }
    }
    assert!(count >= 8, "{count} scripts");
}

/// Everything that the commands do. They read the real clock, so the state in the log is written around it.
pub mod commands {
    use crate::fixture::pacebell_at;
    use pacebell::clock;
    use pacebell::day::{DayConfig, DeskPresence, WallMoment, WinMoment, read_day};
    use pacebell::diagnostic::SourceText;
    use pacebell::history::{Database, day_rows, wins};
    use std::fs;
    use std::path::Path;
    use std::process::Output;
    use std::sync::Barrier;
    use std::thread;

    pub const DAY: &str = "[[action]]\nname = \"Walk\"\ndo = \"2min walk\"\nwhen = \"every 60min\"\n\n\
                           [[action]]\nname = \"Snack\"\nwhen = \"every 12h\"\n";
    const MINUTE: i64 = 60_000;

    pub fn home(day: &str) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("pacebell")).unwrap();
        fs::write(home.path().join("pacebell/day.toml"), day).unwrap();
        home
    }

    pub fn log(home: &Path) -> Database {
        Database::at(home.join("pacebell/log.db"))
    }

    fn run(home: &Path, arguments: &[&str]) -> Output {
        pacebell_at(home).args(arguments).output().unwrap()
    }

    pub fn stdout(home: &Path, arguments: &[&str]) -> String {
        let output = run(home, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes that the runner has been sitting for so long, with a tick a minute ago.
    pub fn sit(home: &Path, minutes: i64) {
        let connection = log(home).open().unwrap();
        let now = clock::since_1970();
        let sql = "INSERT OR REPLACE INTO day_moment VALUES ('sitting', ?1), ('tick', ?2)";
        connection.execute(sql, [now - minutes * MINUTE, now - MINUTE]).unwrap();
    }

    #[test]
    fn a_tick_reminds_once() {
        let home = home(DAY);
        sit(home.path(), 59);
        assert_eq!(stdout(home.path(), &["day", "tick"]), "");
        sit(home.path(), 61);
        assert_eq!(stdout(home.path(), &["day", "tick"]), "Walk: 2min walk – pacebell day now walk\n");
        assert_eq!(stdout(home.path(), &["day", "tick"]), "", "never twice");
        // A win ends the sitting.
        sit(home.path(), 130);
        stdout(home.path(), &["day", "done", "walk"]);
        assert_eq!(stdout(home.path(), &["day", "tick"]), "");
    }

    #[test]
    fn quiet_holds_a_reminder_and_off_lets_it_come() {
        let home = home(DAY);
        sit(home.path(), 61);
        assert!(stdout(home.path(), &["day", "quiet", "30min"]).starts_with("Quiet until "));
        assert_eq!(stdout(home.path(), &["day", "tick"]), "");
        assert_eq!(stdout(home.path(), &["day", "quiet", "off"]), "Reminders come again.\n");
        assert!(stdout(home.path(), &["day", "tick"]).starts_with("Walk"));
        for time in ["25h", "0s", "soon"] {
            assert!(!run(home.path(), &["day", "quiet", time]).status.success(), "{time}");
        }
    }

    #[test]
    fn nothing_comes_outside_the_hours_or_during_a_session() {
        let home = home(&format!("days = [\"{}\"]\n{DAY}", weekday(3)));
        sit(home.path(), 61);
        assert_eq!(stdout(home.path(), &["day", "tick"]), "");
        let home = self::home(DAY);
        sit(home.path(), 61);
        // A session runs as long as its process holds the lock.
        let connection = log(home.path()).open().unwrap();
        let key = pacebell::history::SessionKey::random(&connection).unwrap();
        let sql = "INSERT INTO session (key, name, started_at_ms, utc_offset_s, steps_planned) VALUES (?, 'x', ?, 0, 1)";
        connection.execute(sql, (&key, clock::since_1970() - 1000)).unwrap();
        let lock = pacebell::history::SessionLock::take(log(home.path()).path(), key).unwrap();
        assert_eq!(stdout(home.path(), &["day", "tick"]), "");
        assert!(stdout(home.path(), &["day"]).contains("A session is running"));
        drop(lock);
        sit(home.path(), 61);
        assert!(stdout(home.path(), &["day", "tick"]).starts_with("Walk"));
    }

    /// The weekday in three letters, some days from now.
    fn weekday(days: u64) -> String {
        let day = clock::local_time().date_naive() + chrono::Days::new(days);
        day.format("%a").to_string().to_lowercase()
    }

    #[test]
    fn any_number_of_timers_and_tabs_remind_once() {
        let home = home(DAY);
        sit(home.path(), 61);
        let config = read_config();
        let (count, start) = (8, Barrier::new(8));
        let reminders: usize = thread::scope(|scope| {
            let turn = || {
                let mut connection = log(home.path()).open().unwrap();
                start.wait();
                let now = clock::local_time();
                let turn = day_rows::take_turn(&mut connection, &config, now, &DeskPresence::default());
                usize::from(turn.unwrap().remind.is_some())
            };
            let threads: Vec<_> = (0..count).map(|_| scope.spawn(turn)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(reminders, 1);
    }

    fn read_config() -> DayConfig {
        read_day(&SourceText::new("day.toml", DAY)).config.unwrap()
    }

    #[test]
    fn wins_are_counted_taken_back_and_merged() {
        let home = home(DAY);
        let said = stdout(home.path(), &["day", "done", "Walk"]);
        assert_eq!(said, "Walk: done. 1 small win today; 1 of the last 14 days had one.\n");
        assert!(stdout(home.path(), &["day", "done", "sn"]).contains("2 small wins today"));
        let undone = stdout(home.path(), &["day", "done", "snack", "--undo"]);
        assert!(undone.starts_with("Snack at ") && undone.ends_with(" no longer counts.\n"), "{undone}");
        assert_eq!(stdout(home.path(), &["day", "done", "snack", "--undo"]), "Snack has no win today.\n");
        // The undo of the log goes back through wins and sessions, the latest first.
        stdout(home.path(), &["log", "add", "20min easy"]);
        stdout(home.path(), &["day", "done", "snack"]);
        let undo = || stdout(home.path(), &["log", "undo"]);
        assert!(undo().starts_with("No longer counts: Snack, "));
        assert!(undo().starts_with("Removed from the log: 20min easy"));
        assert!(undo().starts_with("No longer counts: Walk, "));
        stdout(home.path(), &["day", "done", "Walk"]);
        // Twelve earlier days, one of them twice.
        let connection = log(home.path()).open().unwrap();
        let now = clock::local_time();
        for day in (1..=12).chain([1]) {
            let at = WallMoment::of(now - chrono::Duration::days(day));
            wins::add(&connection, &WinMoment { action: "Walk".to_string(), at }, false).unwrap();
        }
        assert!(stdout(home.path(), &["day"]).contains("13 of the last 14 days had one."));
        let other = self::home(DAY);
        stdout(other.path(), &["log", "merge", log(home.path()).path().to_str().unwrap()]);
        let merged = wins::since(&log(other.path()).open().unwrap(), 0).unwrap();
        assert_eq!(merged.len(), 13, "those that count, each once: {merged:?}");
    }

    #[test]
    fn a_workout_of_an_action_is_no_run_and_counts_once_it_is_logged() {
        let home =
            home("[[action]]\nname = \"Blink\"\ndo = \"1s 'look far away'\"\nwhen = \"every 60min\"\n");
        let said = stdout(home.path(), &["day", "now", "blink"]);
        assert!(said.contains("Blink: done. 1 small win today"), "{said}");
        let listed = stdout(home.path(), &["log", "list", "--json"]);
        assert!(listed.contains("\"activity\": \"other\""), "{listed}");
        let timed = "SELECT timed FROM win WHERE action = 'Blink'";
        let timed: i64 = log(home.path()).open().unwrap().query_row(timed, [], |row| row.get(0)).unwrap();
        assert_eq!(timed, 1);
    }

    #[test]
    fn mistakes_point_at_their_place_all_at_once() {
        let home =
            home("hours = \"8-18\"\n[[action]]\nname = \"Walk\"\ndo = \"2min wlak\"\nwhen = \"every 60\"\n");
        let output = run(home.path(), &["day"]);
        assert_eq!(output.status.code(), Some(2));
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("day.toml:1:9") && text.contains("day.toml:5:8"), "{text}");
        let home = self::home("[[action]]\nname = \"Walk\"\ndo = \"walk-2mins\"\nwhen = \"15:00\"\n");
        let text = String::from_utf8(run(home.path(), &["day"]).stderr).unwrap();
        assert!(text.contains("did you mean `walk-2min`?") && text.contains("day.toml:3:6"), "{text}");
        let home = self::home("[[action]]\nname = \"Walk\"\ndo = \"2min wlak\"\nwhen = \"15:00\"\n");
        let text = String::from_utf8(run(home.path(), &["day"]).stderr).unwrap();
        assert!(text.contains("day.toml:3:12") && text.contains("walk"), "{text}");
    }

    #[test]
    fn without_a_file_it_says_what_to_do() {
        let home = tempfile::tempdir().unwrap();
        let text = stdout(home.path(), &["day"]);
        assert!(text.contains("There is no day.toml yet") && text.contains("do   = \"walk-2min\""), "{text}");
        let toml = text.split_once("\n\n").unwrap().1;
        assert_eq!(read_day(&SourceText::new("day.toml", toml)).problems, [], "what it shows can be read");
        for command in ["now", "done"] {
            let output = run(home.path(), &["day", command, "walk"]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.code() == Some(2) && said.contains("no day.toml"), "{said}");
        }
        assert!(!home.path().join("pacebell/day.toml").exists(), "nothing was written");
    }

    #[test]
    fn an_unknown_action_names_the_nearest() {
        let home = home(DAY);
        let output = run(home.path(), &["day", "done", "wlak"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains("did you mean `Walk`?"), "{said}");
    }

    /// Everything below a folder, as sorted paths.
    #[cfg(target_os = "linux")]
    fn tree(folder: &Path) -> Vec<String> {
        let mut all = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                all.push(path.strip_prefix(folder).unwrap().display().to_string());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        all.sort();
        all
    }

    /// A `systemctl` that notes its arguments, and fails where `fails` is one of them.
    #[cfg(target_os = "linux")]
    fn fake_systemctl(folder: &Path, fails: &str) {
        use std::os::unix::fs::PermissionsExt;
        let script = format!(
            "#!/bin/sh\necho \"$*\" >> '{}/calls'\ncase \"$*\" in *{fails}*) echo no bus >&2; exit 1;; esac\n",
            folder.display()
        );
        fs::write(folder.join("systemctl"), script).unwrap();
        fs::set_permissions(folder.join("systemctl"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn on_and_off_leave_exactly_nothing_behind() {
        let (home, programs) = (home(DAY), tempfile::tempdir().unwrap());
        fake_systemctl(programs.path(), "nothing-fails");
        let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap());
        let run = |word: &str| {
            let mut command = pacebell_at(home.path());
            let output = command.env("PATH", &path).args(["day", word]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let before = tree(home.path());
        assert!(run("on").contains("pacebell-day.timer"));
        let unit = |name: &str| fs::read_to_string(home.path().join("systemd/user").join(name)).unwrap();
        assert!(unit("pacebell-day.timer").contains("OnCalendar=*:0/5\n"));
        let program = format!("ExecStart=\"{}\" \"day\" \"tick\"\n", env!("CARGO_BIN_EXE_pacebell"));
        assert!(unit("pacebell-day.service").contains(&program), "{}", unit("pacebell-day.service"));
        let doctor = pacebell_at(home.path()).args(["doctor", "--audio", "off"]).output().unwrap();
        assert!(String::from_utf8_lossy(&doctor.stdout).contains("pacebell-day.timer"));
        run("off");
        assert_eq!(tree(home.path()), before);
        assert!(run("off").contains("There is no timer"));
        let calls = fs::read_to_string(programs.path().join("calls")).unwrap();
        let calls: Vec<&str> = calls.lines().filter(|call| !call.contains("show-environment")).collect();
        let (reload, timer) = ("--user daemon-reload", "pacebell-day.timer");
        let (enable, disable) =
            (format!("--user enable --now {timer}"), format!("--user disable --now {timer}"));
        assert_eq!(calls, [reload, &enable, &disable, reload]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_timer_that_does_not_start_leaves_nothing_and_without_systemd_there_is_a_line_for_cron() {
        let (home, programs) = (home(DAY), tempfile::tempdir().unwrap());
        let before = tree(home.path());
        let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap());
        let on = || pacebell_at(home.path()).env("PATH", &path).args(["day", "on"]).output().unwrap();
        fake_systemctl(programs.path(), "enable");
        let output = on();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains("no bus"), "{said}");
        assert_eq!(tree(home.path()), before);
        fake_systemctl(programs.path(), "show-environment");
        let said = String::from_utf8(on().stdout).unwrap();
        assert!(said.contains("*/5 * * * * ") && said.contains("pacebell day tick\n"), "{said}");
        assert_eq!(tree(home.path()), before);
    }

    #[test]
    fn a_tick_needs_as_little_with_ten_years_of_log() {
        let home = home(DAY);
        sit(home.path(), 10);
        let connection = log(home.path()).open().unwrap();
        // A session and eight wins on each of 3,650 days.
        connection
            .execute_batch(
                "BEGIN;
                 WITH RECURSIVE day (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM day WHERE n < 3650)
                 INSERT INTO session (name, started_at_ms, utc_offset_s, steps_planned, active_ms, logged_at_ms)
                 SELECT 'x', 1700000000000 - n * 86400000, 0, 1, 900000, 1700000000000 FROM day;
                 WITH RECURSIVE win_no (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM win_no WHERE n < 29200)
                 INSERT INTO win (action, at_ms, utc_offset_s) SELECT 'Walk', 1700000000000 - n * 10800000, 0 FROM win_no;
                 COMMIT;",
            )
            .unwrap();
        let now = clock::local_time().timestamp_millis();
        let sql = "EXPLAIN QUERY PLAN SELECT max(started_at_ms + active_ms) FROM session
                   WHERE started_at_ms > 1 AND logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1";
        let plan: String = connection.query_row(sql, [], |row| row.get(3)).unwrap();
        assert!(plan.contains("session_by_start"), "it looks at a few days only: {plan}");
        let began = std::time::Instant::now();
        for _ in 0..20 {
            let mut presence = DeskPresence::default();
            day_rows::add_sessions(&log(home.path()), &connection, now, &mut presence).unwrap();
            day_rows::read_state(&connection, now).unwrap();
        }
        assert!(began.elapsed() < std::time::Duration::from_millis(200), "{:?} for twenty", began.elapsed());
    }
}
