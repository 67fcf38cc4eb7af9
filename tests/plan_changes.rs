//! A plan whose files change while it is on, plans that do not fit, and choices about sessions, as typed.

use crate::plan_commands::{DAILY, Home, after, today};
use chrono::{Days, NaiveDate, Weekday};
use pacebell::history::Database;
use std::fs;

/// A plan whose days are a workout of the user's.
fn own_plan(home: &Home) {
    home.prints(&["new", "mine", "20min easy"]);
    home.write_plan("own", &DAILY.replace("20min easy", "mine"));
    home.prints(&["plan", "start", "own", "--on", "today"]);
}

#[test]
fn a_plan_goes_on_without_a_workout_that_was_deleted() {
    let home = Home::new();
    own_plan(&home);
    fs::remove_file(home.file("workouts/mine.toml")).unwrap();
    let page = home.prints(&["today"]);
    assert!(page.contains("20:00") && page.contains("The workout mine is gone"), "{page}");
    assert!(home.prints(&["show", "today"]).contains("20:00"));
    assert!(home.prints(&["week"]).contains("20:00"));
    // The plan of the file no longer compiles, which an update says.
    assert!(home.refuses(&["plan", "update"]).contains("there is no workout called `mine`"));
}

#[test]
fn an_edited_workout_changes_the_plan_only_after_its_difference_was_taken() {
    let home = Home::new();
    own_plan(&home);
    let file = home.file("workouts/mine.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("20min", "35min")).unwrap();
    assert!(home.prints(&["show", "today"]).contains("20:00"));
    let page = home.prints(&["today"]);
    assert!(page.contains("The workout mine has changed: `pacebell plan update` shows"), "{page}");
    let shown = home.answers(&["plan", "update"], "n\n");
    assert!(shown.contains("~ ") && shown.contains("20:00 →") && shown.contains("35:00"), "{shown}");
    assert!(home.prints(&["show", "today"]).contains("20:00"));
    home.prints(&["plan", "update", "--yes"]);
    assert!(home.prints(&["show", "today"]).contains("35:00"));
    assert!(!home.prints(&["today"]).contains("has changed"));
    assert!(home.prints(&["plan", "update"]).contains("have not changed"));
    home.prints(&["log", "undo"]);
    assert!(home.prints(&["show", "today"]).contains("20:00"));
}

#[test]
fn an_update_leaves_what_was_run_as_it_was() {
    let home = Home::new();
    home.write_plan("daily", &format!("{DAILY}any = \"strength-a\"\n"));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    home.prints(&["log", "add", "today", "--took", "20min"]);
    home.prints(&["log", "add", "strength-a", "--on", "today"]);
    let edited = DAILY.replace("20min easy", "50min steady");
    home.write_plan("daily", &format!("{edited}any = \"strength-b\"\n"));
    let updated = home.prints(&["plan", "update", "--yes"]);
    assert!(!updated.contains(&today().format("%a %-d %b").to_string()), "today is over: {updated}");
    assert_eq!(home.prints(&["today", "--line"]), "✓ 20min easy\n");
    let week = home.prints(&["week"]);
    assert!(week.lines().any(|line| line.contains("Strength A") && line.contains('✓')), "{week}");
    assert!(home.prints(&["plan", "show"]).contains("Strength B"));
}

/// Versions before 6 of the log did not keep the workouts of a plan.
#[test]
fn a_plan_of_an_older_version_keeps_its_workouts_once_it_is_seen() {
    let home = Home::new();
    own_plan(&home);
    let log = Database::at(home.file("log.db")).open().unwrap();
    log.execute("UPDATE block SET workouts = NULL", []).unwrap();
    assert!(home.prints(&["show", "today"]).contains("20:00"));
    let file = home.file("workouts/mine.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("20min", "35min")).unwrap();
    assert!(home.prints(&["show", "today"]).contains("20:00"), "the plan does not change with the workout");
    assert!(home.prints(&["today"]).contains("The workout mine has changed"));
    // To keep them is not a change that can be undone: the latest change is the start.
    home.prints(&["log", "undo"]);
    assert!(home.prints(&["plan"]).contains("No plan is on"));
}

/// Seven weeks before the race of twelve weeks: weeks 1 to 5 fall away, and a part of week 6 if today is no Monday.
#[test]
fn a_plan_that_does_not_fit_says_with_dates_what_falls_away() {
    let home = Home::new();
    let monday = today().week(Weekday::Mon).first_day();
    let race = after(monday, 48).to_string();
    home.prints(&["log", "add", "60min easy", "--on", &before(2).to_string()]);
    let shown = home.prints(&["plan", "show", "half-12", "--race", &race]);
    let started = home.prints(&["plan", "start", "half-12", "--race", &race]);
    let first = monday.checked_sub_days(Days::new(35)).unwrap();
    for text in [&shown, &started] {
        assert!(text.contains("you join in week 6 of 12"), "{text}");
        let week = text.lines().find(|line| line.contains("week 1, ")).unwrap();
        // The week's first session is on Tuesday, and its last on Sunday.
        let [tuesday, sunday] = [1, 6].map(|days| after(first, days).format("%a %-d %b").to_string());
        assert!(week.contains(&tuesday) && week.contains(&sunday) && week.contains("sessions"), "{week}");
        assert!(text.contains("longest run of week 6 is 14km easy"), "{text}");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("% longer than your longest run of the last 30 days, 1:00:00"), "{words}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    assert!(started.find("you join").unwrap() < started.find("Started").unwrap(), "said before it begins");
}

#[test]
fn a_plan_that_begins_in_time_compares_nothing() {
    let home = Home::new();
    let started = home.prints(&["plan", "start", "half-12", "--race", &after(today(), 120).to_string()]);
    assert!(!started.contains("you join") && !started.contains("The longest run of week"), "{started}");
}

fn before(days: u64) -> NaiveDate {
    today().checked_sub_days(Days::new(days)).unwrap()
}

#[test]
fn an_alternative_is_taken_by_its_number_or_its_name() {
    let home = Home::new();
    home.write_plan("choice", &DAILY.replace("20min easy", "easy-15 or tempo-micro or rest"));
    home.prints(&["plan", "start", "choice", "--on", "today"]);
    let asked = home.refuses(&["plan", "take", "today"]);
    assert!(asked.contains("1 (Easy 15)") && asked.contains("3 (Rest)"), "{asked}");
    for name in ["2", "tempo-micro", "tempo"] {
        let taken = home.prints(&["plan", "take", "today", name]);
        assert!(taken.contains("Taken: Tempo micro") && taken.contains("pacebell log undo"), "{taken}");
        assert!(home.prints(&["show", "today"]).contains("Tempo micro"), "{name}");
        home.prints(&["log", "undo"]);
        assert!(home.prints(&["show", "today"]).contains("Easy 15"), "{name}");
    }
    home.prints(&["plan", "take", "today", "rest"]);
    assert_eq!(home.prints(&["today", "--line"]), "Rest\n");
    for command in ["run", "show"] {
        assert!(home.refuses(&[command, "today"]).contains("today is a day of rest"), "{command}");
    }
    assert!(!home.prints(&["today"]).contains("pacebell run today"));
    assert!(home.refuses(&["plan", "take", "today", "7"]).contains("`7` is none of the alternatives"));
}

#[test]
fn another_run_of_the_day_counts_once_the_runner_says_so() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    assert!(home.refuses(&["plan", "done"]).contains("no run in the log"));
    home.prints(&["log", "add", "7km steady", "--took", "41min", "--on", "today"]);
    let page = home.prints(&["today"]);
    assert!(page.contains("You ran 7km steady today. If that was 20min easy"), "{page}");
    assert_eq!(home.prints(&["today", "--line"]), "20min easy 20:00\n");
    assert!(home.prints(&["plan", "done"]).starts_with("Done: 7km steady was 20min easy, "));
    assert_eq!(home.prints(&["today", "--line"]), "✓ 20min easy\n");
    assert!(!home.prints(&["today"]).contains("You ran"));
    let week = home.prints(&["week"]);
    assert!(week.lines().any(|line| line.contains('✓') && line.contains("41:00")), "{week}");
    home.prints(&["log", "undo"]);
    assert_eq!(home.prints(&["today", "--line"]), "20min easy 20:00\n");
}

#[test]
fn a_session_is_named_without_its_number_and_skipped_once() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    assert!(home.prints(&["plan", "skip", "w2-sun"]).starts_with("Skipped: 20min easy, Sun "));
    assert!(home.prints(&["plan", "skip", "w2-sun"]).contains("is skipped already"));
    home.prints(&["log", "undo"]);
    assert!(home.prints(&["plan", "skip", "w2-sun"]).starts_with("Skipped"));
}

#[test]
fn a_move_to_the_day_of_the_race_gets_a_note() {
    let home = Home::new();
    let plan =
        "name = \"Race\"\nrace = \"5K\"\n[usual]\ntue = \"20min easy\"\n[[week]]\n[[week]]\nsun = \"race\"\n";
    home.write_plan("race", plan);
    let race = after(today(), 9).to_string();
    home.prints(&["plan", "start", "race", "--race", &race]);
    let moved = home.prints(&["plan", "move", "w2-tue", &race]);
    assert!(moved.contains("that is the day of the race"), "{moved}");
}

#[test]
fn commands_without_a_plan_say_how_to_find_one() {
    let home = Home::new();
    for command in [["week"].as_slice(), &["today"], &["plan"]] {
        let said = home.prints(command);
        assert!(said.contains("No plan is on") && said.contains("pacebell plan list"), "{command:?}: {said}");
    }
}

#[test]
fn a_new_plan_under_the_name_of_a_built_in_one_says_that_it_replaces_it() {
    let home = Home::new();
    assert!(home.prints(&["plan", "new", "micro-run"]).contains("replaces the built-in plan"));
    assert!(!home.prints(&["plan", "new", "my-run"]).contains("replaces"));
}

#[test]
fn an_optional_session_has_its_own_word_in_the_grid() {
    let home = Home::new();
    home.write_plan("daily", &DAILY.replace("20min easy", "optional tempo-micro"));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    let grid = home.prints(&["plan"]);
    assert!(grid.contains("Tempo") && !grid.contains("optio"), "{grid}");
}

#[test]
fn both_schemas_are_printed() {
    let home = Home::new();
    let schema =
        |arguments: &[&str]| -> serde_json::Value { serde_json::from_str(&home.prints(arguments)).unwrap() };
    assert_eq!(schema(&["schema"]), schema(&["schema", "workout"]));
    assert!(schema(&["schema", "plan"])["properties"]["week"].is_object());
    assert!(schema(&["schema"])["properties"]["week"].is_null());
}

/// The figures of the article's plan, from the design.
#[test]
fn a_plan_as_json_has_its_figures_and_remarks() {
    let home = Home::new();
    let shown = home.prints(&["plan", "show", "micro-run", "--on", "2026-12-07", "--json"]);
    let plan: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let easy: Vec<f64> =
        plan["weeks"].as_array().unwrap().iter().map(|week| week["easy_percent"].as_f64().unwrap()).collect();
    assert_eq!(easy, [84.8, 64.8, 86.6, 99.2]);
    let longest = |week: usize| plan["weeks"][week]["longest_ms"].as_u64().unwrap() / 60_000;
    assert_eq!((longest(0), longest(2), longest(3)), (90, 99, 79));
    let remarks = plan["remarks"].as_array().unwrap();
    let hard: Vec<_> = remarks.iter().filter(|remark| remark["code"] == "hard-week").collect();
    assert_eq!(hard.len(), 1);
    assert_eq!((&hard[0]["warning"], &hard[0]["places"][0]["week"]), (&true.into(), &2.into()));
}
