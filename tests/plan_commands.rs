//! `pacebell plan` and the session of today, as typed.

use crate::fixture;
use chrono::{DateTime, Datelike, Days, Local, NaiveDate, Weekday};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use tempfile::TempDir;

/// A runner's home directory.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        fixture::pacebell_at(self.0.path()).args(arguments).output().unwrap()
    }

    /// What a command that works prints.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// What a command that is refused reports.
    pub fn refuses(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stderr).unwrap()
    }

    pub fn answers(&self, arguments: &[&str], answer: &str) -> String {
        let mut command = fixture::pacebell_at(self.0.path());
        let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }

    fn plan_file(&self, name: &str) -> PathBuf {
        self.0.path().join("pacebell/plans").join(format!("{name}.toml"))
    }

    /// A file in the folder of the program's data.
    pub fn file(&self, path: &str) -> PathBuf {
        self.0.path().join("pacebell").join(path)
    }

    pub fn write_plan(&self, name: &str, text: &str) {
        let file = self.plan_file(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

pub fn today() -> NaiveDate {
    let now: DateTime<Local> = Local::now();
    now.date_naive()
}

pub fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap()
}

/// A plan with the same session every day.
pub const DAILY: &str = r#"
name = "Daily"
[usual]
mon = "20min easy"
tue = "20min easy"
wed = "20min easy"
thu = "20min easy"
fri = "20min easy"
sat = "20min easy"
sun = "20min easy"
[[week]]
times = 3
"#;

#[test]
fn every_change_says_how_to_undo_it_and_is_undone() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    assert!(home.prints(&["plan"]).contains("No plan is on"));
    assert!(home.refuses(&["run", "today"]).contains("pacebell plan start"));
    let changes: [&[&str]; 4] = [
        &["plan", "start", "daily", "--on", "today"],
        &["plan", "move", "today", "tomorrow"],
        &["plan", "skip", "w2-wed-1"],
        &["plan", "stop"],
    ];
    for change in changes {
        assert!(home.prints(change).contains("To undo it: pacebell log undo"), "{change:?}");
    }
    assert!(home.prints(&["plan"]).contains("No plan is on"));
    assert_eq!(home.prints(&["log", "undo"]), "On again: Daily\n");
    assert!(home.prints(&["plan"]).contains("Daily"));
    let undone = home.prints(&["log", "undo"]);
    assert!(
        undone.starts_with("No longer skipped: 20min easy, Wed ") && undone.ends_with(" of Daily\n"),
        "{undone}"
    );
    // The session of today was moved.
    assert!(home.refuses(&["show", "today"]).contains("today is a day of rest"));
    assert!(home.prints(&["log", "undo"]).starts_with("No longer moved: 20min easy, "));
    assert!(home.prints(&["show", "today"]).contains("20min easy"));
    assert_eq!(home.prints(&["log", "undo"]), "No longer started: Daily\n");
    assert!(home.prints(&["plan"]).contains("No plan is on"));
    assert_eq!(home.prints(&["log", "undo"]), "There is nothing to undo.\n");
}

#[test]
fn one_plan_is_followed_at_a_time() {
    let home = Home::new();
    home.prints(&["plan", "start", "micro-run"]);
    let refused = home.refuses(&["plan", "start", "half-12"]);
    assert!(refused.contains("you follow Micro-run, four weeks until"), "{refused}");
    assert!(refused.contains("pacebell plan stop"), "{refused}");
    home.prints(&["plan", "stop"]);
    home.prints(&["plan", "start", "half-12"]);
    assert!(home.prints(&["plan"]).contains("Half marathon"));
}

#[test]
fn a_session_that_was_run_is_not_due_again() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    home.prints(&["log", "add", "today", "--took", "20min"]);
    assert!(home.refuses(&["run", "today"]).contains("nothing is left to run today"));
    // Undoing it makes it due, and the same workout under its own name counts as well.
    home.prints(&["log", "undo"]);
    home.prints(&["show", "today"]);
    home.prints(&["log", "add", "20min easy", "--on", "today"]);
    assert!(home.refuses(&["show", "today"]).contains("nothing is left to run today"));
}

#[test]
fn an_edited_file_changes_nothing_until_the_runner_says_yes() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    assert!(home.prints(&["plan", "update"]).contains("have not changed"));
    // The comment moves every line, which is no change of the sessions.
    let edited = format!("# My plan\n{}", DAILY.replace("wed = \"20min easy\"", "wed = \"25min easy\""));
    let edited =
        edited.replace("thu = \"20min easy\"\n", "").replace("times = 3", "times = 3\nany = \"strength-a\"");
    home.write_plan("daily", &edited);
    let before = home.prints(&["plan", "show"]);
    assert!(before.contains("20min easy") && !before.contains("25min easy"));
    let shown = home.answers(&["plan", "update"], "n\n");
    assert!(shown.contains("Nothing was changed"), "{shown}");
    assert_eq!(home.prints(&["plan", "show"]), before);
    // Input that ends is not a yes.
    assert!(home.answers(&["plan", "update"], "").contains("Nothing was changed"));
    let taken = home.answers(&["plan", "update"], "y\n");
    // From today on, three weeks have the days that are left, and one strength session each.
    let days: Vec<NaiveDate> = (0..21).map(|n| after(today(), n)).collect();
    let monday = after(today(), 7).week(Weekday::Mon).first_day();
    let end = after(monday, 14);
    let count = |weekday| days.iter().filter(|d| d.weekday() == weekday && **d < end).count();
    let lines = |sign: &str| taken.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!(lines("~ Wed"), count(Weekday::Wed), "{taken}");
    assert_eq!(lines("− Thu"), count(Weekday::Thu), "{taken}");
    assert_eq!(lines("+ week of"), 3, "{taken}");
    assert_eq!(lines("~") + lines("−") + lines("+"), count(Weekday::Wed) + count(Weekday::Thu) + 3);
    assert!(taken.contains("25min easy") && taken.contains("To undo it: pacebell log undo"), "{taken}");
    assert!(home.prints(&["plan", "show"]).contains("Strength A"));
    assert_eq!(home.prints(&["log", "undo"]), "As it was before the update: Daily\n");
    assert_eq!(home.prints(&["plan", "show"]), before);
}

#[test]
fn an_update_that_would_rename_the_sessions_is_refused() {
    let home = Home::new();
    let race = "name = \"Race\"\nrace = \"5K\"\n[usual]\ntue = \"20min easy\"\n[[week]]\ntimes = 3\n\n[[week]]\nsun = \"race\"\n";
    home.write_plan("race", race);
    let sunday = after(today(), 60).week(Weekday::Mon).last_day();
    home.prints(&["plan", "start", "race", "--race", &sunday.to_string()]);
    home.write_plan("race", &race.replace("times = 3", "times = 4"));
    let refused = home.refuses(&["plan", "update", "--yes"]);
    assert!(refused.contains("weeks on other dates"), "{refused}");
    // A broken file changes nothing either.
    home.write_plan("race", &race.replace("20min easy", "20min eesy"));
    assert!(home.refuses(&["plan", "update", "--yes"]).contains("eesy"));
    assert!(home.prints(&["plan"]).contains("Race"));
}

/// The figures of the article's plan, from the design.
#[test]
fn shows_a_plan_without_starting_it() {
    let home = Home::new();
    let shown = home.prints(&["plan", "show", "micro-run", "--on", "2026-12-07"]);
    for easy in ["85 % easy", "65 % easy", "87 % easy", "99 % easy"] {
        assert!(shown.contains(easy), "{easy}: {shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.contains("28 days"), "{shown}");
    let line = |item: &str| shown.lines().find(|line| line.ends_with(item)).unwrap().to_string();
    assert!(line("w1-sun-1").contains("1:15:00–1:30:00"));
    assert!(line("w3-sun-1").contains("1:19:00–1:39:00"));
    assert!(line("w4-sun-1").contains("1:03:00–1:19:00"));
    assert!(line("w3-tue-1").contains("VO2 6×60"));
    assert!(home.prints(&["plan"]).contains("No plan is on"));
    assert!(!home.0.path().join("pacebell/log.db").exists(), "nothing is written");
}

#[test]
fn a_race_on_any_weekday_counts_back() {
    let home = Home::new();
    let sunday = after(today(), 100).week(Weekday::Mon).last_day();
    for (before, days) in [(0, "84 days"), (1, "83 days"), (4, "80 days")] {
        let race = sunday.checked_sub_days(Days::new(before)).unwrap().to_string();
        let shown = home.prints(&["plan", "show", "half-12", "--race", &race]);
        assert!(shown.contains(days), "{days}: {shown}");
    }
    // Four weeks are left: the plan is joined in week 8, 9 or 10, and says what falls away.
    let near = after(today(), 21).week(Weekday::Mon).last_day().to_string();
    let shown = home.prints(&["plan", "show", "half-12", "--race", &near]);
    assert!(shown.contains("you join in week") && shown.contains("fall away:"), "{shown}");
    let past = after(today(), 0).pred_opt().unwrap().to_string();
    assert!(home.refuses(&["plan", "show", "half-12", "--race", &past]).contains("is over"));
    assert!(
        home.refuses(&["plan", "show", "micro-run", "--race", &near]).contains("does not end with a race")
    );
}

#[test]
fn checks_plans_and_creates_one_that_can_be_started() {
    let home = Home::new();
    // The article's second week, and the race after a longest run of 17.5 km, as the design calculates them.
    let checked = home.prints(&["plan", "check", "micro-run", "half-12"]);
    assert!(checked.ends_with("2 plans: no errors\n"), "{checked}");
    assert!(checked.contains("week 2 (64.8 %") && checked.contains("+21 %"), "{checked}");
    home.write_plan(
        "wrong",
        "name = \"x\"\n[[week]]\nmon = \"20min eesy\"\ntue = \"no-such-thing\"\nwe = \"rest\"\n",
    );
    let said = home.refuses(&["plan", "check", "wrong"]);
    for word in ["eesy", "no-such-thing", "we"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(home.prints(&["plan", "new", "my spring"]).contains("pacebell plan show my-spring"));
    assert!(home.plan_file("my-spring").is_file());
    assert_eq!(home.prints(&["plan", "check", "my-spring"]), "1 plan: no errors\n");
    let listed = home.prints(&["plan", "list"]);
    assert!(listed.contains("my-spring") && listed.contains("has mistakes"), "{listed}");
    assert!(listed.lines().all(|line| line.chars().count() <= 80), "{listed}");
    home.prints(&["plan", "start", "my-spring"]);
}

#[test]
fn moves_and_skips_only_what_can_be_moved() {
    let home = Home::new();
    home.write_plan("daily", &format!("{DAILY}any = \"strength-a\"\n"));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    assert!(home.refuses(&["plan", "move", "w1-any-1", "tomorrow"]).contains("any day"));
    assert!(home.refuses(&["plan", "move", "today", "yesterday"]).contains("not a day of the plan"));
    assert!(home.refuses(&["plan", "move", "today", "in a while"]).contains("is not a day"));
    assert!(home.refuses(&["plan", "skip", "w9-mon-1"]).contains("no session"));
    home.prints(&["plan", "move", "today", "tomorrow"]);
    let refused = home.refuses(&["plan", "skip", "tomorrow"]);
    assert!(refused.contains("several sessions") && refused.contains("w1-"), "{refused}");
    assert!(home.prints(&["plan", "skip", "w1-any-1"]).contains("Strength A"));
}

#[test]
fn today_and_week_show_what_is_due_and_what_was_run() {
    let home = Home::new();
    assert!(home.prints(&["today"]).contains("No plan is on"));
    assert_eq!(home.prints(&["today", "--line"]), "");
    home.write_plan("daily", &format!("{DAILY}any = \"strength-a\"\n"));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    assert_eq!(home.prints(&["today", "--line"]), "20min easy 20:00\n");
    let page = home.prints(&["today"]);
    for part in ["20min easy", "Strength A", "week 1 of 3", "pacebell run today"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let json = |home: &Home| -> serde_json::Value {
        serde_json::from_str(&home.prints(&["today", "--json"])).unwrap()
    };
    assert_eq!(
        (&json(&home)["items"][0]["state"], &json(&home)["any"][0]["state"]),
        (&"due".into(), &"due".into())
    );
    home.prints(&["log", "add", "today", "--took", "20min", "-r", "3"]);
    assert_eq!(home.prints(&["today", "--line"]), "✓ 20min easy\n");
    assert_eq!(json(&home)["items"][0]["state"], "run");
    let week = home.prints(&["week"]);
    let run = week.lines().find(|line| line.contains('✓')).unwrap();
    assert!(run.contains("20:00") && run.ends_with("60"), "RPE 3 × 20 min: {week}");
    assert!(week.contains("So far:  20:00 of running"), "{week}");
    for shown in [&week, &page] {
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
    assert!(home.refuses(&["week", "2020-01-01"]).contains("not a day of the plan"));
    let refused = home.refuses(&["plan", "take", "w1-mon-1"]);
    assert!(refused.contains("not offered") || refused.contains("was run already"), "{refused}");
    assert!(home.refuses(&["plan", "resume"]).contains("nothing to resume"));
    assert!(home.refuses(&["plan", "skip", "today"]).contains("nothing is left to run"));
}

#[test]
fn a_plan_that_was_put_off_is_updated_on_its_new_dates() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    let day = |ago: u64| today().checked_sub_days(Days::new(ago)).unwrap().to_string();
    home.prints(&["plan", "start", "daily", "--on", &day(14)]);
    home.prints(&["log", "add", "20min easy", "--on", &day(13)]);
    // Twelve days without a run.
    assert!(home.prints(&["today"]).contains("12 days"));
    assert!(home.prints(&["plan", "resume", "--repeat"]).contains("To undo it: pacebell log undo"));
    assert!(!home.prints(&["today"]).contains("12 days"));
    let weekday = after(today(), 0).format("%a %-d %b").to_string();
    let due = |home: &Home| {
        let plan = home.prints(&["plan", "show"]);
        plan.lines()
            .find(|line| line.starts_with("  ") && line.contains(&weekday))
            .expect("today is a day of the plan")
            .to_string()
    };
    assert!(due(&home).contains("20min easy"));
    home.write_plan("daily", &DAILY.replace("20min", "25min"));
    let updated = home.prints(&["plan", "update", "--yes"]);
    assert!(updated.starts_with(&format!("~ {weekday}")), "{updated}");
    assert!(due(&home).contains("25min easy"));
    assert!(home.prints(&["show", "today"]).contains("25:00"));
    home.prints(&["log", "undo"]);
    assert!(due(&home).contains("20min easy"));
    home.prints(&["log", "undo"]);
    assert!(home.prints(&["today"]).contains("12 days"));
}

#[test]
fn a_race_is_run_and_logged_as_its_distance() {
    let home = Home::new();
    let race = "name = \"Race\"\nrace = \"5K\"\n[[week]]\nsun = \"race\"\n";
    home.write_plan("race", race);
    home.prints(&["plan", "start", "race", "--race", "today"]);
    assert_eq!(home.prints(&["today", "--line"]), "Race: 5K\n");
    let shown = home.prints(&["show", "today"]);
    assert!(shown.contains("5 km") && shown.contains("Race: 5K"), "{shown}");
    home.prints(&["log", "add", "today", "--took", "24:30"]);
    assert_eq!(home.prints(&["today", "--line"]), "✓ Race: 5K\n");
}

#[test]
fn a_plan_whose_workout_is_deleted_is_repaired_by_an_update() {
    let home = Home::new();
    home.prints(&["new", "mine", "20min easy"]);
    let plan =
        "name = \"Own\"\n[usual]\nmon = \"mine\"\nwed = \"mine\"\nfri = \"mine\"\n[[week]]\ntimes = 2\n";
    home.write_plan("own", plan);
    home.prints(&["plan", "start", "own", "--on", "today"]);
    fs::remove_file(home.0.path().join("pacebell/workouts/mine.toml")).unwrap();
    assert!(home.prints(&["plan"]).contains("The workout mine is gone"));
    home.write_plan("own", &plan.replace("mine", "easy-15"));
    home.prints(&["plan", "update", "--yes"]);
    assert!(home.prints(&["plan"]).contains("Own"));
}
