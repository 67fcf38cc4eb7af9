//! `pacebell plan update`: what the runner chose and ran stays with its session.

use crate::plan_commands::{DAILY, Home, after, today};
use chrono::{NaiveDate, Weekday};

const BEFORE: &str = r#"
name = "Weekly"
[usual]
thu = "Strides: 20min easy, 4×20s fast / full"
sat = "60min easy"
sun = "easy-15"
[[week]]
times = 3
"#;

const AFTER: &str = r#"
name = "Weekly"
[usual]
thu = "30min steady and Strides: 20min easy, 5×20s fast / full"
sat = "70min easy"
sun = "tempo-micro"
[[week]]
times = 3
"#;

/// The Monday of the plan's second week, all of which is to come.
fn second_week() -> NaiveDate {
    after(today().week(Weekday::Mon).first_day(), 7)
}

/// The lines of a week that contain a text.
fn lines(home: &Home, week: NaiveDate, text: &str) -> Vec<String> {
    let page = home.prints(&["week", &week.to_string()]);
    page.lines().filter(|line| line.contains(text)).map(str::to_string).collect()
}

#[test]
fn choices_follow_their_sessions_and_the_difference_shows_them() {
    let home = Home::new();
    home.write_plan("weekly", BEFORE);
    home.prints(&["plan", "start", "weekly", "--on", "today"]);
    let week = second_week();
    home.prints(&["plan", "skip", "w2-thu"]);
    home.prints(&["plan", "move", "w2-sat", &after(week, 4).to_string()]);
    home.prints(&["plan", "skip", "w2-sun"]);
    home.write_plan("weekly", AFTER);
    let shown = home.answers(&["plan", "update"], "n\n");
    let day = |days: u64| after(week, days).format("%a %-d %b").to_string();
    let has = |sign: &str, day: String, words: &str| {
        shown.lines().any(|line| line.starts_with(&format!("{sign} {day}")) && line.contains(words))
    };
    assert!(has("+", day(3), "30min steady"), "{shown}");
    assert!(has("~", day(5), "60min easy  1:00:00 → 70min easy"), "{shown}");
    assert!(has("~", day(6), "Easy 15  15:00 → Tempo micro"), "{shown}");
    assert!(has("=", day(3), "still skipped"), "{shown}");
    assert!(has("=", day(5), &format!("still moved to {}", day(4))), "{shown}");
    assert!(has("×", day(6), "Easy 15: no longer skipped"), "{shown}");
    assert!(lines(&home, week, "Easy 15")[0].contains("skipped"), "nothing was changed");

    home.prints(&["plan", "update", "--yes"]);
    assert!(!lines(&home, week, "30min steady")[0].contains("skipped"));
    assert!(lines(&home, week, "5×20s")[0].contains("skipped"));
    assert!(!lines(&home, week, "Tempo micro")[0].contains("skipped"));
    let moved = lines(&home, week, "70min easy");
    assert!(
        moved.iter().any(|line| line.starts_with(&after(week, 4).format("%a %-d").to_string())),
        "{moved:?}"
    );
    // A choice made after the update is about the session that now has the name.
    home.prints(&["plan", "skip", "w2-thu-1"]);
    assert!(lines(&home, week, "30min steady")[0].contains("skipped"));
    home.prints(&["log", "undo"]);

    home.prints(&["log", "undo"]);
    assert!(lines(&home, week, "Easy 15")[0].contains("skipped"));
    assert!(lines(&home, week, "4×20s")[0].contains("skipped"));
}

#[test]
fn the_race_stays_where_it_is_if_the_session_on_its_day_was_moved() {
    let home = Home::new();
    let plan = "name = \"Race\"\nrace = \"5K\"\n[usual]\nsat = \"20min easy\"\n[[week]]\nsun = \"40min easy\"\n[[week]]\nsun = \"race\"\n";
    home.write_plan("race", plan);
    let race = after(today(), 13);
    home.prints(&["plan", "start", "race", "--race", &race.to_string()]);
    home.prints(&["plan", "skip", "w2-sat"]);
    home.write_plan("race", &plan.replace("sat = \"20min easy\"", "sat = \"15min easy, 4×20s fast / full\""));
    let shown = home.prints(&["plan", "update", "--yes"]);
    assert!(shown.contains("×") && shown.contains("no longer skipped"), "{shown}");
    assert!(lines(&home, race, "15min easy").iter().all(|line| !line.contains("skipped")));
}

#[test]
fn a_session_that_was_run_keeps_its_mark_beside_a_new_one_before_it() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    home.prints(&["log", "add", "today", "--took", "20min"]);
    home.write_plan("daily", &DAILY.replace("20min easy", "10min steady and 20min easy"));
    home.prints(&["plan", "update", "--yes"]);
    assert!(lines(&home, today(), "20min easy")[0].contains('✓'));
    assert_eq!(home.prints(&["today", "--line"]), "10min steady 10:00\n");
    // The session that was run is gone from the file, and stays on its day.
    home.write_plan("daily", &DAILY.replace("20min easy", "10min steady"));
    home.prints(&["plan", "update", "--yes"]);
    let day = today().format("%a %-d").to_string();
    let page = home.prints(&["week"]);
    let from = page.lines().position(|line| line.starts_with(&day)).unwrap();
    let of_day: Vec<&str> = page.lines().skip(from).take(2).collect();
    assert!(of_day.iter().any(|line| line.contains("20min easy") && line.contains('✓')), "{page}");
    assert!(of_day.iter().any(|line| line.contains("10min steady") && !line.contains('✓')), "{page}");
}

#[test]
fn an_alternative_that_was_taken_is_found_at_its_new_place() {
    let home = Home::new();
    home.write_plan("daily", &DAILY.replace("20min easy", "easy-15 or tempo-micro or rest"));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    home.prints(&["plan", "take", "w2-mon", "tempo-micro"]);
    home.prints(&["plan", "take", "w2-tue", "rest"]);
    home.write_plan("daily", &DAILY.replace("20min easy", "strides or tempo-micro or easy-15"));
    let shown = home.prints(&["plan", "update", "--yes"]);
    assert!(shown.contains("still taken as Tempo micro"), "{shown}");
    assert!(shown.contains("no longer taken as Rest"), "{shown}");
    let page = home.prints(&["week", &second_week().to_string()]);
    let of = |day: u64| {
        let day = after(second_week(), day).format("%a %-d").to_string();
        page.lines().find(|line| line.starts_with(&day)).unwrap().to_string()
    };
    assert!(of(0).contains("Tempo micro") && !of(0).contains("Strides"), "{page}");
    assert!(of(1).contains("Strides"), "{page}");
}

#[test]
fn a_run_of_an_earlier_day_counts_as_the_session_of_that_day() {
    let home = Home::new();
    home.write_plan("daily", DAILY);
    home.prints(&["plan", "start", "daily", "--on", "yesterday"]);
    let refused = home.refuses(&["plan", "done", "--on", "yesterday"]);
    assert!(refused.contains("has no run in the log") && refused.contains("--on 2"), "{refused}");
    home.prints(&["log", "add", "7km steady", "--took", "41min", "--on", "yesterday"]);
    assert!(home.refuses(&["plan", "done"]).contains("today has no run in the log"));
    assert!(home.refuses(&["plan", "done", "--on", "tomorrow"]).contains("tomorrow"));
    let yesterday = today().pred_opt().unwrap();
    let done = home.prints(&["plan", "done", "--on", "yesterday"]);
    let day = yesterday.format("%a %-d %b").to_string();
    assert!(done.starts_with(&format!("Done: 7km steady was 20min easy, {day}")), "{done}");
    let line = lines(&home, yesterday, &yesterday.format("%a %-d").to_string())[0].clone();
    assert!(line.contains('✓') && line.contains("41:00"), "{line}");
    home.prints(&["log", "undo"]);
    // A session may be named, too.
    assert!(home.prints(&["plan", "done", "today", "--on", "yesterday"]).contains("was 20min easy"));
    assert_eq!(home.prints(&["today", "--line"]), "✓ 20min easy\n");
}

#[test]
fn a_session_is_cut_to_any_length() {
    let home = Home::new();
    home.write_plan("daily", &DAILY.replace("sat = \"20min easy\"", "sat = \"tempo-micro\""));
    home.prints(&["plan", "start", "daily", "--on", "today"]);
    let taken = home.prints(&["plan", "take", "w2-sun", "10min"]);
    assert!(taken.starts_with("Taken: 20min easy, Sun ") && taken.contains("up to 10min"), "{taken}");
    let sunday = after(second_week(), 6);
    assert!(lines(&home, sunday, "10min easy")[0].starts_with("Sun"));
    assert!(home.prints(&["plan", "take", &sunday.to_string(), "12min"]).contains("up to 12min"));
    let refused = |item: &str, most: &str| home.refuses(&["plan", "take", item, most]);
    assert!(refused("w2-sun", "30min").contains("cannot be cut to 30min"));
    assert!(refused("w2-sun", "5km").contains("cannot be cut to 5km"));
    assert!(refused("w2-sat", "10min").contains("a run of one part"));
    assert!(refused("w2-sun", "ten").contains("is not a length"));
    assert!(home.refuses(&["plan", "take", "w2-sun"]).contains("not offered today"));
}

#[test]
fn remarks_on_several_plans_name_their_plan() {
    let home = Home::new();
    let hard = DAILY.replace("20min easy", "20min hard");
    home.write_plan("hard", &hard);
    home.write_plan("daily", DAILY);
    let checked = home.prints(&["plan", "check", "daily", "hard"]);
    let remark = checked.find("two hard days").unwrap();
    assert!(checked[..remark].contains("hard:\n"), "{checked}");
    assert!(!home.prints(&["plan", "check", "hard"]).contains("hard:\n"));
}

#[test]
fn an_optional_session_is_not_missed() {
    let home = Home::new();
    home.write_plan("daily", &DAILY.replace("20min easy", "optional 20min easy"));
    home.prints(&["plan", "start", "daily", "--on", "yesterday"]);
    let yesterday = today().pred_opt().unwrap();
    let line = lines(&home, yesterday, &yesterday.format("%a %-d").to_string())[0].clone();
    assert!(line.contains("left out") && !line.contains("not run"), "{line}");
}
