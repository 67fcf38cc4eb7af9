//! A user timer of systemd.

use super::{MINUTES, TimerCommand, TimerFile, run};
use crate::folders;

const TIMER: &str = "pacebell-day.timer";
const SERVICE: &str = "pacebell-day.service";

/// Returns the files of the timer. `None` without a home directory.
pub fn files(command: &TimerCommand) -> Option<Vec<TimerFile>> {
    let folder = folders::config()?.parent()?.join("systemd/user");
    let file = |name: &str, text: String| TimerFile { path: folder.join(name), text };
    Some(vec![file(TIMER, timer()), file(SERVICE, service(command))])
}

fn timer() -> String {
    format!(
        "[Unit]\nDescription=Small breaks through the day (pacebell day off removes this)\n\n\
         [Timer]\nOnCalendar=*:0/{MINUTES}\nAccuracySec=10s\n\n[Install]\nWantedBy=timers.target\n"
    )
}

/// Returns the text of the service.
pub fn service(command: &TimerCommand) -> String {
    let words: Vec<String> = command.words.iter().map(|word| quoted(word)).collect();
    let variables: String = command
        .variables
        .iter()
        .map(|(name, value)| {
            format!("Environment={}\n", quoted(&format!("{name}={value}")).replace("$$", "$"))
        })
        .collect();
    format!(
        "[Unit]\nDescription=Small breaks through the day\n\n\
         [Service]\nType=oneshot\n{variables}ExecStart={}\n",
        words.join(" ")
    )
}

/// Quotes a word for a unit file: <https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html>.
fn quoted(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{escaped}\"")
}

/// Starts the timer, now and after each login.
pub fn start() -> Result<(), String> {
    reload()?;
    run("systemctl", &["--user", "enable", "--now", TIMER])
}

/// Stops the timer.
pub fn stop() -> Result<(), String> {
    run("systemctl", &["--user", "disable", "--now", TIMER])
}

/// Lets systemd read its files again.
pub fn reload() -> Result<(), String> {
    run("systemctl", &["--user", "daemon-reload"])
}
