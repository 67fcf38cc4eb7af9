//! `pacebell doctor`: checks sound, terminal, files and settings, and says how to fix what is wrong.
//!
//! It plays one signal and changes nothing: no file and no folder is created.

mod bluetooth;
mod config;
mod day;
mod folders;
mod sound;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock::{self, WrongTimeZone};
use crate::keep_awake::{self, AwakeService, KeepAwakeError};
use crate::radio::{self, RadioAbsence};
use crate::runner::profile::Profile;
use crate::settings::{self, ProfileFile};
use crate::text::clean;
use crate::tui::term::capabilities::TerminalCapabilities;
use crate::tui::term::window_size::window_size;
use crate::tui::{Palette, Signs};
use crate::voice;
use ratatui::layout::Size;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// How long to wait for the services that keep the machine awake.
const KEEP_AWAKE_TIMEOUT: Duration = Duration::from_millis(2000);
/// How long to wait for the Bluetooth service.
const RADIO_TIMEOUT: Duration = Duration::from_millis(2000);
/// On a screen with fewer columns there is little room beside the number.
const FEW_COLUMNS: u16 = 60;
/// On a screen with fewer rows there is little room below the number.
const FEW_ROWS: u16 = 15;

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CheckStatus {
    /// All is well.
    Ok,
    /// Good to know.
    Note,
    /// Something needs fixing.
    Wrong,
}

impl CheckStatus {
    /// Returns the word in front of a line. Not everybody would see a colour.
    fn word(self) -> &'static str {
        match self {
            CheckStatus::Ok => "ok",
            CheckStatus::Note => "note",
            CheckStatus::Wrong => "WRONG",
        }
    }
}

/// What a check found, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CheckResult {
    status: CheckStatus,
    finding: String,
    help: Option<String>,
}

impl CheckResult {
    fn ok(finding: impl Into<String>) -> CheckResult {
        CheckResult { status: CheckStatus::Ok, finding: finding.into(), help: None }
    }

    fn note(finding: impl Into<String>) -> CheckResult {
        CheckResult { status: CheckStatus::Note, ..CheckResult::ok(finding) }
    }

    fn wrong(finding: impl Into<String>, help: impl Into<String>) -> CheckResult {
        CheckResult { status: CheckStatus::Wrong, ..CheckResult::ok(finding) }.with_help(help)
    }

    fn with_help(self, help: impl Into<String>) -> CheckResult {
        CheckResult { help: Some(help.into()), ..self }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{:<6} {}", self.status.word(), clean(&self.finding))?;
        match &self.help {
            Some(help) => writeln!(out, "       = {}", clean(help)),
            None => Ok(()),
        }
    }
}

/// Runs the command. The status is 1 if anything is wrong.
pub fn doctor(context: &Context) -> Result<ExitCode, Failure> {
    let settings = config::settings();
    let sound_settings = settings.as_ref().map(|settings| settings.sound).unwrap_or_default();
    // Asked on a thread of its own while the sound is checked.
    let (sender, answer) = channel();
    let asking = thread::Builder::new().name("awake".to_string());
    let asking = asking.spawn(move || sender.send(keep_awake::ask_once()));
    let (sender, radio_answer) = channel();
    let looking = thread::Builder::new().name("bluetooth".to_string());
    let looking = looking.spawn(move || sender.send(radio::check()));
    let mut worst = CheckStatus::Ok;
    let mut print = |results: Vec<CheckResult>| -> io::Result<()> {
        let mut out = SpelledOutput::stdout();
        for result in results {
            if result.status == CheckStatus::Wrong {
                worst = CheckStatus::Wrong;
            }
            result.print(&mut out)?;
        }
        out.flush()
    };
    print(sound::check(&sound_settings, context.backend))?;
    print(match asking.map(|_| answer.recv_timeout(KEEP_AWAKE_TIMEOUT)) {
        Ok(Ok(answer)) => vec![staying_awake(answer)],
        _ => vec![CheckResult::note(
            "staying awake: the service that keeps this machine awake does not answer",
        )],
    })?;
    let profile = match settings::profile(None) {
        ProfileFile::Read(_, parsed) => parsed.profile,
        _ => Profile::default(),
    };
    let radio = looking.map_err(|error| RadioAbsence::Refused(error.to_string()));
    let radio = radio.and_then(|_| {
        let answer = radio_answer.recv_timeout(RADIO_TIMEOUT);
        answer.unwrap_or(Err(RadioAbsence::Refused("it does not answer".to_string())))
    });
    print(vec![bluetooth::check(radio, &profile)])?;
    print(vec![speech()])?;
    print(terminal(&context.terminal))?;
    print(vec![time_zone(clock::check_time_zone())])?;
    print(folders::check(context))?;
    print(config::check(&settings))?;
    print(day::check())?;
    Ok(if worst == CheckStatus::Wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Checks which services keep the machine awake during a session.
fn staying_awake(answer: Result<Vec<AwakeService>, KeepAwakeError>) -> CheckResult {
    match answer {
        Ok(services) if services.is_empty() => {
            CheckResult::note("staying awake: found no service that can keep this machine awake")
        }
        Ok(services) => {
            let services: Vec<String> = services.iter().map(AwakeService::to_string).collect();
            CheckResult::ok(format!("staying awake: handled by {}", services.join(" and ")))
        }
        Err(reason) => CheckResult::wrong(
            format!("staying awake: this machine may fall asleep in the middle of a run: {reason}"),
            "turn off automatic suspend in the system's power settings while you run",
        ),
    }
}

/// Checks the time zone.
fn time_zone(checked: Result<(), WrongTimeZone>) -> CheckResult {
    let help = "set TZ to a time zone, such as `Europe/Berlin`, or unset it";
    match checked {
        Ok(()) => CheckResult::ok("time zone: known"),
        Err(WrongTimeZone::NotAFile(zone)) => {
            CheckResult::wrong(format!("time zone: TZ={zone} is not a regular file"), help)
        }
        Err(WrongTimeZone::Unknown(zone)) => {
            let finding = format!("time zone: TZ={zone} is unknown, so dates are in the system's own zone");
            CheckResult::wrong(finding, help)
        }
    }
}

/// Checks what speaks.
fn speech() -> CheckResult {
    let clips = voice::clips().count();
    match voice::installed_programs().first() {
        Some(program) => CheckResult::ok(format!(
            "voice: {clips} recorded phrases; your own labels and cues are spoken by {}",
            program.name()
        )),
        None => CheckResult::note(format!(
            "voice: {clips} recorded phrases; your own labels and cues are shown but not spoken"
        ))
        .with_help("install flite or espeak-ng to have them spoken"),
    }
}

/// Checks what the terminal can do.
fn terminal(terminal: &TerminalCapabilities) -> Vec<CheckResult> {
    if !io::stdout().is_terminal() {
        let finding = "terminal: the output is not a terminal, so a session would be printed line by line";
        return vec![CheckResult::note(finding)];
    }
    if !terminal.has_screen {
        let finding = "terminal: it can only print (TERM=dumb), so a session is printed line by line";
        return vec![CheckResult::note(finding).with_help("use another terminal to see the large digits")];
    }
    let colors = match terminal.palette {
        _ if terminal.no_color => "no colours, because NO_COLOR is set",
        Palette::Full => "256 colours or more",
        Palette::Sixteen => "16 colours",
        Palette::Plain => "no colours",
    };
    let mut results = vec![CheckResult::ok(format!("terminal: {colors}"))];
    results.extend(terminal_size());
    results.push(match terminal.signs {
        Signs::All => CheckResult::ok("terminal: UTF-8, so digits and bars have fine edges"),
        Signs::Halves => {
            CheckResult::ok("terminal: the Linux console, so large digits are made of half blocks")
        }
        Signs::Ascii => CheckResult::note("terminal: no UTF-8, so the screen is ASCII")
            .with_help("set LANG to a locale with UTF-8, such as C.UTF-8"),
    });
    results.push(match terminal.is_console {
        true => CheckResult::note("terminal: a console without a window, so it has no title and no mouse"),
        false => {
            CheckResult::ok("terminal: its title shows the time, and mouse clicks work if it reports them")
        }
    });
    results
}

/// Checks the size of the screen. Some terminals do not tell it.
fn terminal_size() -> Option<CheckResult> {
    let Size { width, height } = window_size(&io::stdout())?;
    let finding = format!("terminal: {width} columns, {height} rows");
    Some(match width < FEW_COLUMNS || height < FEW_ROWS {
        true => CheckResult::note(finding)
            .with_help("a larger window or a smaller font shows more than the number"),
        false => CheckResult::ok(finding),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_a_word_and_help_is_on_the_next_line() {
        let mut out = Vec::new();
        CheckResult::wrong("no \u{1b}[31msound", "start\none").print(&mut out).unwrap();
        CheckResult::note("well").print(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].starts_with("WRONG  no ") && !text.contains('\u{1b}'));
        assert!(lines[1].starts_with("       = start") && lines[2] == "note   well");
    }

    #[test]
    fn a_refusal_to_keep_the_machine_awake_is_wrong() {
        assert_eq!(staying_awake(Ok(vec![])).status, CheckStatus::Note);
        let granted = staying_awake(Ok(vec![AwakeService::LoginManager, AwakeService::Desktop]));
        assert_eq!(granted, CheckResult::ok("staying awake: handled by the login manager and the desktop"));
        let refused = staying_awake(Err(KeepAwakeError::Refused("denied".to_string())));
        assert!(
            refused.status == CheckStatus::Wrong
                && refused.finding.contains("denied")
                && refused.help.is_some()
        );
    }
}
