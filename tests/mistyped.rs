//! Command lines as people guess them: the line that is offered works when it is typed.

use crate::fixture::pacebell_at;
use chrono::{Days, Local};
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

/// Commands that need a session of the plan on a day, no plan that is followed, or a session that pacebell timed.
const NEED_MORE: [&str; 5] = ["plan skip", "plan move", "plan done", "plan start", "log export"];

/// Splits a command line as a shell does: at spaces outside of double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

fn run(home: &Path, line: &str) -> Output {
    let mut words = words(line);
    // A workout would take its time.
    if words[0] == "run" {
        words.extend(["--speed".to_string(), "1000".to_string()]);
    }
    pacebell_at(home).args(&words).current_dir(home).stdin(Stdio::null()).output().unwrap()
}

/// Creates a home folder with two sessions, a race result and a plan that began a week ago.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let monday = Local::now().date_naive() - Days::new(14);
    for line in [
        "profile race 5K 22:30".to_string(),
        "profile set athlete.hr_max 185".to_string(),
        "log add \"45min easy\" --on \"3 days ago\" --rpe 4".to_string(),
        "log add \"8km easy\" --on yesterday".to_string(),
        format!("plan start half-12 --on {monday}"),
    ] {
        let output = run(home.path(), &line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    home
}

/// Returns a copy of a folder of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, &copied).unwrap();
        }
    }
}

#[test]
fn what_is_offered_for_a_mistyped_line_works_when_it_is_typed() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistyped.tsv");
    let seed = home();
    let mut wrong = Vec::new();
    for line in fs::read_to_string(table).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let (typed, offered) = line.split_once('\t').unwrap_or_else(|| panic!("two columns: {line}"));
        let home = tempfile::tempdir().unwrap();
        copy(seed.path(), home.path());
        let refused = pacebell_at(home.path())
            .args(words(typed))
            .current_dir(home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let shown = String::from_utf8(refused.stderr).unwrap();
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if refused.status.code() != Some(2) || !shown.contains(&format!("`pacebell {offered}`")) {
            wrong.push(format!("{typed}: no `{offered}` in {shown}"));
            continue;
        }
        let output = run(home.path(), offered);
        let needs_more = NEED_MORE.iter().any(|command| offered.starts_with(command));
        let is_read = !String::from_utf8_lossy(&output.stderr).contains("Usage:");
        if !(output.status.success() || needs_more && is_read) {
            wrong.push(format!("{typed}: {offered}: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_line_is_offered_that_means_something_else() {
    let home = home();
    for (typed, wrong) in [
        ("run hills --lang de", "--log de"),
        ("export log", "long-run"),
        ("exit", "log edit"),
        ("rename hills hills2", "resume"),
        ("log -n 5", "log show 5"),
        ("log --last 5", "log show 5"),
        ("log add 8km at 5:30", "--took 5:30"),
        ("run short 12min", "\"short 12min\""),
        ("log add 5km 6", "\"5km 6\""),
        ("log edit 1 --distance 8", "units.distance"),
    ] {
        let shown = String::from_utf8(run(home.path(), typed).stderr).unwrap();
        assert!(shown.contains("error") && !shown.contains(wrong), "{typed}: {shown}");
    }
}
