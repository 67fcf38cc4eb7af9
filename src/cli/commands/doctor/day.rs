//! Checks the reminders of the day: the file, the timer, and what the desktop tells.

use super::CheckResult;
use crate::cli::commands::day::timer;
use crate::day::check_workouts;
use crate::library::NamedWorkouts;
use crate::notify::{Desktop, DesktopPresence};
use crate::settings::{self, DayFile};

/// Checks everything about the day. Without a file, nothing else matters, except a timer that was left behind.
pub fn check() -> Vec<CheckResult> {
    let (file, is_there) = match settings::day() {
        DayFile::Missing => (CheckResult::ok("day.toml: not found, so nothing reminds you of breaks"), false),
        DayFile::Read(source, config, _) => {
            let problems = check_workouts(&config, &source, None, &NamedWorkouts::default());
            let actions = match config.actions.len() {
                1 => "1 action".to_string(),
                count => format!("{count} actions"),
            };
            (
                mistakes(problems.len()).unwrap_or_else(|| CheckResult::ok(format!("day.toml: {actions}"))),
                true,
            )
        }
        DayFile::Wrong(_, problems) => {
            (mistakes(problems.len()).unwrap_or_else(|| CheckResult::ok("day.toml: no mistakes")), true)
        }
        DayFile::Unreadable(problem) => {
            let help = "fix the file or move it away; pacebell runs without one";
            (CheckResult::wrong(format!("day.toml: {problem}"), help), true)
        }
    };
    let mut results = vec![file];
    match (timer::installed(), is_there) {
        (Some(path), _) => results.push(CheckResult::ok(format!("reminders: {}", path.display()))),
        (None, true) => results.push(
            CheckResult::note("reminders: no timer, so they come only while `pacebell day` is open")
                .with_help("`pacebell day on` installs one"),
        ),
        (None, false) => {}
    }
    if is_there {
        results.push(desktop(Desktop::connect().presence()));
    }
    results
}

fn mistakes(count: usize) -> Option<CheckResult> {
    let help = "`pacebell day` shows them underlined";
    match count {
        0 => None,
        1 => Some(CheckResult::wrong("day.toml: 1 mistake", help)),
        count => Some(CheckResult::wrong(format!("day.toml: {count} mistakes"), help)),
    }
}

fn desktop(desktop: DesktopPresence) -> CheckResult {
    let DesktopPresence { shows_notifications, idle, do_not_disturb } = desktop;
    if !shows_notifications {
        return CheckResult::note(
            "notifications: no service shows them, so reminders come in the terminal only",
        );
    }
    let sitting = match idle {
        Some(_) => "the desktop tells when you are away",
        None => "the desktop does not tell when you are away, so sitting is clock time",
    };
    let quiet = if do_not_disturb { "; Do Not Disturb is on" } else { "" };
    CheckResult::ok(format!("notifications: by the desktop; {sitting}{quiet}"))
}
