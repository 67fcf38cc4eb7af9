//! `pacebell plan export`, and the calendar file that the settings keep current.

use crate::fixture::pacebell_at;
use icalendar::{Calendar, Component, Event};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn run(home: &Path, arguments: &[&str]) -> String {
    let output = pacebell_at(home).args(arguments).current_dir(home).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// Reads a calendar file with code that is not ours. Returns its events by their ids.
fn events(file: &Path) -> BTreeMap<String, Event> {
    let calendar: Calendar = fs::read_to_string(file).unwrap().parse().unwrap();
    let events: Vec<Event> = calendar.components.iter().filter_map(|part| part.as_event().cloned()).collect();
    let by_id: BTreeMap<String, Event> =
        events.iter().map(|event| (event.get_uid().unwrap().to_string(), event.clone())).collect();
    assert_eq!(by_id.len(), events.len(), "every id is there once");
    by_id
}

fn event<'a>(events: &'a BTreeMap<String, Event>, item: &str) -> &'a Event {
    events.iter().find(|(id, _)| id.contains(&format!("-{item}@"))).unwrap().1
}

#[test]
fn a_newer_file_updates_the_events_of_an_older_one() {
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &["plan", "start", "micro-run"]);
    let printed = run(home.path(), &["plan", "export", "-o", "run.ics"]);
    // 28 days, and two circuits a week for any day.
    assert!(printed.starts_with("run.ics: 36 sessions"), "{printed}");
    let before = events(&home.path().join("run.ics"));
    assert_eq!(before.len(), 36);
    run(home.path(), &["plan", "export", "-o", "again.ics"]);
    assert_eq!(
        fs::read(home.path().join("run.ics")).unwrap(),
        fs::read(home.path().join("again.ics")).unwrap(),
        "without a change, the file is the same"
    );

    run(home.path(), &["plan", "skip", "w2-tue-1"]);
    run(home.path(), &["plan", "export", "-o", "run.ics"]);
    let after = events(&home.path().join("run.ics"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let skipped = event(&after, "w2-tue-1");
    assert_eq!((skipped.get_sequence(), skipped.property_value("STATUS")), (Some(1), Some("CANCELLED")));
    assert_eq!(event(&after, "w2-wed-1").get_sequence(), Some(0));

    run(home.path(), &["log", "undo"]);
    run(home.path(), &["plan", "export", "-o", "run.ics"]);
    let undone = events(&home.path().join("run.ics"));
    let back = event(&undone, "w2-tue-1");
    assert_eq!((back.get_sequence(), back.property_value("STATUS")), (Some(2), None), "newer than both");
    assert_eq!(back.get_start(), event(&before, "w2-tue-1").get_start());
}

#[test]
fn the_setting_keeps_a_file_current() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("feed.ics");
    fs::create_dir_all(home.path().join("pacebell")).unwrap();
    let settings = format!("[calendar]\nics = '{}'\n", file.display());
    fs::write(home.path().join("pacebell/config.toml"), settings).unwrap();
    run(home.path(), &["plan", "start", "micro-run"]);
    let before = events(&file);
    run(home.path(), &["plan", "skip", "w1-thu-1"]);
    let after = events(&file);
    assert_eq!((before.len(), after.len()), (36, 36));
    assert_eq!(event(&after, "w1-thu-1").property_value("STATUS"), Some("CANCELLED"));
    run(home.path(), &["log", "undo"]);
    assert_eq!(event(&events(&file), "w1-thu-1").property_value("STATUS"), None);
    // After the plan, its sessions are gone, and they come back with it.
    run(home.path(), &["plan", "stop"]);
    assert_eq!(events(&file).len(), 0);
    run(home.path(), &["log", "undo"]);
    assert_eq!(events(&file).len(), 36);
}

#[test]
fn a_removed_session_is_cancelled_and_no_revision_ever_falls() {
    let home = tempfile::tempdir().unwrap();
    let plan = "name = \"Two\"\n[usual]\nwed = \"20min easy and 10min easy\"\nsun = \"60min easy\"\n[[week]]\ntimes = 2\n";
    let folder = home.path().join("pacebell/plans");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("two.toml"), plan).unwrap();
    let mut revisions: BTreeMap<String, u32> = BTreeMap::new();
    let mut export = || {
        run(home.path(), &["plan", "export", "-o", "run.ics"]);
        let events = events(&home.path().join("run.ics"));
        for (id, event) in &events {
            let now = event.get_sequence().unwrap_or(0);
            let before = revisions.insert(id.clone(), now).unwrap_or(0);
            assert!(now >= before, "{id}: {now} after {before}");
        }
        events
    };
    run(home.path(), &["plan", "start", "two"]);
    let before = export();
    let first = event(&before, "w2-wed-2").get_sequence().unwrap_or(0);
    fs::write(folder.join("two.toml"), plan.replace(" and 10min easy", "").replace("60min", "70min"))
        .unwrap();
    run(home.path(), &["plan", "update", "--yes"]);
    let after = export();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let removed = event(&after, "w2-wed-2");
    assert_eq!(removed.property_value("STATUS"), Some("CANCELLED"));
    assert!(removed.get_sequence() > Some(first));
    assert_eq!(removed.get_start(), event(&before, "w2-wed-2").get_start());
    assert_eq!(event(&after, "w2-wed-1").property_value("STATUS"), None);
    run(home.path(), &["log", "undo"]);
    let undone = export();
    assert_eq!(event(&undone, "w2-wed-2").property_value("STATUS"), None);
    assert_eq!(undone.len(), before.len());
    run(home.path(), &["plan", "update", "--yes"]);
    assert_eq!(event(&export(), "w2-wed-2").property_value("STATUS"), Some("CANCELLED"));
}

#[test]
fn a_session_of_an_undone_update_is_cancelled() {
    let home = tempfile::tempdir().unwrap();
    let plan = "name = \"Two\"\n[usual]\nsun = \"60min easy\"\n[[week]]\ntimes = 2\n";
    let folder = home.path().join("pacebell/plans");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("two.toml"), plan).unwrap();
    let export = || {
        run(home.path(), &["plan", "export", "-o", "run.ics"]);
        events(&home.path().join("run.ics"))
    };
    run(home.path(), &["plan", "start", "two"]);
    fs::write(folder.join("two.toml"), plan.replace("sun =", "wed = \"20min easy\"\nsun =")).unwrap();
    run(home.path(), &["plan", "update", "--yes"]);
    let added = export();
    let number = event(&added, "w2-wed-1").get_sequence();
    assert_eq!(event(&added, "w2-wed-1").property_value("STATUS"), None);
    // Nobody undoes an update within a tenth of a second.
    std::thread::sleep(std::time::Duration::from_millis(150));
    run(home.path(), &["log", "undo"]);
    let undone = export();
    let cancelled = event(&undone, "w2-wed-1");
    assert_eq!(cancelled.property_value("STATUS"), Some("CANCELLED"));
    assert!(cancelled.get_sequence() > number);
    assert_eq!(cancelled.get_start(), event(&added, "w2-wed-1").get_start());
    assert_eq!(event(&undone, "w2-sun-1").property_value("STATUS"), None);
    run(home.path(), &["plan", "update", "--yes"]);
    assert_eq!(event(&export(), "w2-wed-1").property_value("STATUS"), None);
    // Undone a second time, it is cancelled again.
    run(home.path(), &["log", "undo"]);
    assert_eq!(event(&export(), "w2-wed-1").property_value("STATUS"), Some("CANCELLED"));
}

#[test]
fn a_calendar_that_cannot_be_written_is_a_failure_of_the_system() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("pacebell")).unwrap();
    let settings = format!("[calendar]\nics = '{}/missing/run.ics'\n", home.path().display());
    fs::write(home.path().join("pacebell/config.toml"), settings).unwrap();
    let output = pacebell_at(home.path()).args(["plan", "start", "micro-run"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write"));
}

#[test]
fn an_export_without_a_plan_or_a_folder_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let export = |file: &str| {
        let output =
            pacebell_at(home.path()).args(["plan", "export", "-o", file]).current_dir(home.path()).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    assert!(export("run.ics").contains("no plan is on"));
    run(home.path(), &["plan", "start", "micro-run"]);
    let refused = export("missing/run.ics");
    assert!(refused.contains("cannot write missing/run.ics"), "{refused}");
    assert!(export("run.pdf").contains("run.pdf does not end in .ics"));
    let diary = home.path().join("diary.ics");
    std::fs::write(&diary, "BEGIN:VCALENDAR\r\nPRODID:-//Example//Diary//EN\r\n").unwrap();
    assert!(export("diary.ics").contains("diary.ics is not a calendar that pacebell has written"));
    assert!(std::fs::read_to_string(&diary).unwrap().contains("Diary"), "the diary is still there");
}
