//! `pacebell doctor`: what there is on this machine, what is wrong with it, and how to mend that.
//!
//! It looks and listens, plays one signal, and changes nothing: no file and no folder is made.

mod config;
mod folders;
mod sound;

use crate::audio::Backend;
use crate::cli::context;
use crate::cli::failure::Failure;
use crate::keep_awake::{self, AwakeService, KeepAwakeError};
use crate::text::clean;
use crate::voice;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// So long whoever could keep the machine awake may take to answer.
const ASKING: Duration = Duration::from_millis(2000);
/// A screen smaller than this shows the number and little else.
const SMALL: (u16, u16) = (60, 15);

/// How it stands with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CheckStatus {
    /// As it is to be.
    Ok,
    /// Good to know.
    Note,
    /// It needs mending.
    Wrong,
}

impl CheckStatus {
    /// A word: a colour alone would not be seen by all.
    fn word(self) -> &'static str {
        match self {
            CheckStatus::Ok => "ok",
            CheckStatus::Note => "note",
            CheckStatus::Wrong => "WRONG",
        }
    }
}

/// Something found out, in words; and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CheckResult {
    mark: CheckStatus,
    says: String,
    help: Option<String>,
}

impl CheckResult {
    fn ok(says: impl Into<String>) -> CheckResult {
        CheckResult { mark: CheckStatus::Ok, says: says.into(), help: None }
    }

    fn note(says: impl Into<String>) -> CheckResult {
        CheckResult { mark: CheckStatus::Note, ..CheckResult::ok(says) }
    }

    fn wrong(says: impl Into<String>, help: impl Into<String>) -> CheckResult {
        CheckResult { mark: CheckStatus::Wrong, says: says.into(), help: Some(help.into()) }
    }

    fn helped(self, help: impl Into<String>) -> CheckResult {
        CheckResult { help: Some(help.into()), ..self }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{:<6} {}", self.mark.word(), clean(&self.says))?;
        match &self.help {
            Some(help) => writeln!(out, "       = {}", clean(help)),
            None => Ok(()),
        }
    }
}

/// Runs the command.
pub fn doctor(log: Option<&Path>, audio: Option<Backend>) -> Result<ExitCode, Failure> {
    let settings = config::settings();
    let sound = settings.as_ref().map(|settings| settings.sound).unwrap_or_default();
    let (sender, asked) = channel();
    // Meanwhile the sound is listened to.
    let asks = thread::Builder::new().name("awake".to_string());
    let asks = asks.spawn(move || sender.send(keep_awake::ask_once()));
    let mut worst = CheckStatus::Ok;
    let mut tell = |facts: Vec<CheckResult>| -> io::Result<()> {
        let mut out = io::stdout().lock();
        for fact in facts {
            if fact.mark == CheckStatus::Wrong {
                worst = CheckStatus::Wrong;
            }
            fact.print(&mut out)?;
        }
        out.flush()
    };
    tell(sound::sound(&sound, audio))?;
    tell(match asks.map(|_| asked.recv_timeout(ASKING)) {
        Ok(Ok(answer)) => vec![staying_awake(answer)],
        _ => vec![CheckResult::note("staying awake: whoever could keep this machine awake does not answer")],
    })?;
    tell(vec![voice()])?;
    tell(terminal())?;
    tell(folders::all(log))?;
    tell(config::all(&settings))?;
    Ok(if worst == CheckStatus::Wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Who keeps the machine awake while a session runs.
fn staying_awake(answer: Result<Vec<AwakeService>, KeepAwakeError>) -> CheckResult {
    match answer {
        Ok(who) if who.is_empty() => {
            CheckResult::note("staying awake: nobody is here who could be asked to keep this machine awake")
        }
        Ok(who) => {
            let who: Vec<String> = who.iter().map(AwakeService::to_string).collect();
            CheckResult::ok(format!("staying awake: {} will see to it", who.join(" and ")))
        }
        Err(why) => CheckResult::wrong(
            format!("staying awake: this machine may fall asleep in the middle of a run: {why}"),
            "turn off suspending in the system's power settings while you run",
        ),
    }
}

/// What it speaks with.
fn voice() -> CheckResult {
    let clips = voice::clips().count();
    match voice::installed_programs().first() {
        Some(program) => CheckResult::ok(format!(
            "voice: {clips} phrases of its own; labels and cues of yours are spoken by {}",
            program.name()
        )),
        None => CheckResult::note(format!(
            "voice: {clips} phrases of its own; labels and cues of yours are only shown"
        ))
        .helped("install flite or espeak-ng to have them spoken, too"),
    }
}

/// What the terminal can do.
fn terminal() -> Vec<CheckResult> {
    if !io::stdout().is_terminal() {
        return vec![CheckResult::note(
            "terminal: the output is none, so a session would be printed line by line",
        )];
    }
    if !context::has_a_screen() {
        let says = "terminal: it can only print (TERM=dumb), so a session is printed line by line";
        return vec![CheckResult::note(says).helped("start it in another terminal for the large digits")];
    }
    let (colours, unicode) = context::abilities();
    let mut facts = vec![CheckResult::ok(format!("terminal: {colours}"))];
    // Some do not tell.
    if let Some((columns, rows)) =
        crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0)
    {
        let says = format!("terminal: {columns} columns, {rows} rows");
        facts.push(match columns < SMALL.0 || rows < SMALL.1 {
            true => CheckResult::note(says)
                .helped("a larger window, or a smaller font, shows more than the number"),
            false => CheckResult::ok(says),
        });
    }
    facts.push(match unicode {
        true => CheckResult::ok("terminal: UTF-8, so digits and bars have fine edges"),
        false => CheckResult::note("terminal: no UTF-8, so the screen is ASCII")
            .helped("set LANG to a locale with UTF-8, such as C.UTF-8"),
    });
    facts.push(match std::env::var("TERM").is_ok_and(|term| term.starts_with("linux")) {
        true => {
            CheckResult::note("terminal: a console without a window, so there is neither a title nor a mouse")
        }
        false => CheckResult::ok("terminal: it is sent a title with the time, and asked for clicks"),
    });
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_word_and_what_to_do_stands_below() {
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
    fn whoever_refuses_to_keep_it_awake_is_to_be_mended() {
        assert_eq!(staying_awake(Ok(vec![])).mark, CheckStatus::Note);
        let granted = staying_awake(Ok(vec![AwakeService::LoginManager, AwakeService::Desktop]));
        assert_eq!(
            granted,
            CheckResult::ok("staying awake: the login manager and the desktop will see to it")
        );
        let refused = staying_awake(Err(KeepAwakeError::Refused("denied".to_string())));
        assert!(
            refused.mark == CheckStatus::Wrong && refused.says.contains("denied") && refused.help.is_some()
        );
    }
}
