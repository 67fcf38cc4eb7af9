//! `pacebell day on` and `off`: a timer of the system that ticks without a terminal.
//!
//! systemd's user timers on Linux, a LaunchAgent on macOS. Elsewhere, and without either, cron can do it, and the line for
//! it is printed.

mod launchd;
mod systemd;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::shell_word::shell_word;
use crate::cli::spelled_output::SpelledOutput;
use crate::folders;
use crate::text::clean;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The minutes between two ticks.
const MINUTES: u32 = 5;
/// The variables that say where our files are. A timer does not inherit them.
const VARIABLES: [&str; 4] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TZ"];

/// The command that a timer runs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TimerCommand {
    /// The program and its arguments.
    words: Vec<String>,
    /// The variables that are set here.
    variables: Vec<(String, String)>,
}

impl TimerCommand {
    fn of(context: &Context) -> Result<TimerCommand, Failure> {
        let program = std::env::current_exe()?.display().to_string();
        let mut words = vec![program, "day".to_string(), "tick".to_string()];
        if let Some(log) = context.given_log() {
            words.extend(["--log".to_string(), log.display().to_string()]);
        }
        let set = |name: &str| {
            let value = std::env::var(name).ok().filter(|value| !value.is_empty());
            value.map(|value| (name.to_string(), value))
        };
        Ok(TimerCommand { words, variables: VARIABLES.into_iter().filter_map(set).collect() })
    }

    /// Returns the line for cron.
    fn cron_line(&self) -> String {
        let variables = self.variables.iter().map(|(name, value)| format!("{name}={}", shell_word(value)));
        let words = self.words.iter().map(|word| shell_word(word));
        let command: Vec<String> = variables.chain(words).collect();
        // A percent sign ends a command of cron.
        format!("*/{MINUTES} * * * * {}", command.join(" ").replace('%', "\\%"))
    }
}

/// A file of a timer, and its contents.
struct TimerFile {
    path: PathBuf,
    text: String,
}

/// A way to run a command every five minutes.
enum TimerSystem {
    Systemd,
    Launchd,
}

impl TimerSystem {
    /// Returns the system's own way, if it answers.
    fn find() -> Option<TimerSystem> {
        if cfg!(target_os = "macos") {
            return Some(TimerSystem::Launchd);
        }
        run("systemctl", &["--user", "show-environment"]).is_ok().then_some(TimerSystem::Systemd)
    }

    fn files(&self, command: &TimerCommand) -> Option<Vec<TimerFile>> {
        match self {
            TimerSystem::Systemd => systemd::files(command),
            TimerSystem::Launchd => launchd::files(command),
        }
    }
}

/// Installs the timer, or prints the line for cron.
pub fn on(context: &Context) -> Result<(), Failure> {
    super::file::require()?;
    let command = TimerCommand::of(context)?;
    let mut out = SpelledOutput::stdout();
    let Some((system, files)) = TimerSystem::find().and_then(|system| {
        let files = system.files(&command)?;
        Some((system, files))
    }) else {
        writeln!(
            out,
            "No timer of the system was found. If you have cron, run `crontab -e` and add this line:"
        )?;
        return Ok(writeln!(out, "{}", clean(&command.cron_line()))?);
    };
    for file in &files {
        let folder = file.path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&file.path, &file.text)).map_err(|error| {
            Failure::System(Report::new(format!("{} cannot be written: {error}", file.path.display())))
        })?;
    }
    let started = match system {
        TimerSystem::Systemd => systemd::start(),
        TimerSystem::Launchd => launchd::start(&files),
    };
    if let Err(problem) = started {
        // What does not run is not left behind.
        remove(&files)?;
        let help = "`pacebell day` in a terminal tab reminds you without a timer";
        return Err(Failure::System(Report::new(problem).with_help(help)));
    }
    writeln!(out, "Every {MINUTES} minutes, a timer of the system looks if something is due:")?;
    files.iter().try_for_each(|file| writeln!(out, "  {}", clean(&file.path.display().to_string())))?;
    Ok(writeln!(out, "`pacebell day off` removes it.")?)
}

/// Removes the timer.
pub fn off(context: &Context) -> Result<(), Failure> {
    let command = TimerCommand::of(context)?;
    let mut out = SpelledOutput::stdout();
    let mut removed = 0;
    for system in [TimerSystem::Systemd, TimerSystem::Launchd] {
        let files = system.files(&command).unwrap_or_default();
        if !files.iter().any(|file| file.path.exists()) {
            continue;
        }
        removed += 1;
        // A service manager that does not answer keeps nothing running either.
        let _ = match system {
            TimerSystem::Systemd => systemd::stop(),
            TimerSystem::Launchd => launchd::stop(&files),
        };
        remove(&files)?;
        if matches!(system, TimerSystem::Systemd) {
            let _ = systemd::reload();
        }
    }
    let said = match removed {
        0 => "There is no timer. If you use cron, remove its line with `crontab -e`.",
        _ => "The timer is removed. `pacebell day` in a terminal still reminds you.",
    };
    Ok(writeln!(out, "{said}")?)
}

/// Returns the path of the timer's file, if there is one.
pub fn installed() -> Option<PathBuf> {
    let command = TimerCommand { words: Vec::new(), variables: Vec::new() };
    let files = [TimerSystem::Systemd, TimerSystem::Launchd].map(|system| system.files(&command));
    let mut files = files.into_iter().flatten().flatten();
    files.find(|file| file.path.exists()).map(|file| file.path)
}

/// Removes files, and the folders that are empty without them.
fn remove(files: &[TimerFile]) -> Result<(), Failure> {
    for file in files {
        match fs::remove_file(&file.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let problem = format!("{} cannot be removed: {error}", file.path.display());
                return Err(Failure::System(Report::new(problem)));
            }
            _ => {}
        }
    }
    for folder in files.first().into_iter().flat_map(|file| file.path.ancestors().skip(1).take(2)) {
        if !is_kept(folder) && fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// True for a folder that is not ours to remove.
fn is_kept(folder: &Path) -> bool {
    folders::home().is_some_and(|home| folder == home || home.starts_with(folder))
        || folders::config().is_some_and(|ours| ours.parent() == Some(folder))
}

/// Runs a program of the system without its output.
///
/// # Errors
/// A sentence with what the program said.
fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments.iter().map(OsString::from)).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("`{program}` does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gave no reason");
    Err(format!("`{program} {}` failed: {}", arguments.join(" "), clean(said)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> TimerCommand {
        TimerCommand {
            words: ["/opt/my tools/pacebell", "day", "tick"].map(String::from).to_vec(),
            variables: vec![("XDG_DATA_HOME".to_string(), "/data/50%".to_string())],
        }
    }

    #[test]
    fn the_line_for_cron_quotes_blanks_and_percent_signs() {
        let line = r#"*/5 * * * * XDG_DATA_HOME=/data/50\% "/opt/my tools/pacebell" day tick"#;
        assert_eq!(command().cron_line(), line);
    }

    #[test]
    fn the_unit_and_the_agent_quote_the_program() {
        let service = systemd::service(&command());
        assert!(service.contains("ExecStart=\"/opt/my tools/pacebell\" \"day\" \"tick\"\n"), "{service}");
        assert!(service.contains("Environment=\"XDG_DATA_HOME=/data/50%%\"\n"), "{service}");
        let agent = launchd::agent(&command());
        assert!(agent.contains("<string>/opt/my tools/pacebell</string>"), "{agent}");
        assert_eq!(agent.matches("<key>Minute</key>").count(), 12);
    }
}
