//! The questions before and after a session, in lines of text: for screen readers, and for terminals that cannot draw.
//! Each question is a line that lists its answers. At the end of the input, the remaining questions are skipped.

mod after_session;
mod line_dialog;

pub use after_session::ask;

use crate::athlete::Zone;
use crate::display::ago;
use crate::frontend::{FinishedSession, LogStatus, Resume, SessionFate, TrialOffer, UnfinishedOffer};
use crate::text::clean;
use crate::units::clock;
use crate::workout::sequence::Checklist;
use line_dialog::LineDialog;
use std::io::{self, BufRead, Write};

/// The advice if the workout gives none.
const ADVICE: &str = "Rest today.";
const UNDO: &str = "`pacebell log undo` brings it back";

/// Asks what to do with a session that was cut off. At the end of the input it stays as it is.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn offer(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    unfinished: &UnfinishedOffer,
) -> io::Result<Resume> {
    let mut dialog = LineDialog::new(input, out);
    let (name, gap) = (clean(&unfinished.name), ago(unfinished.gap));
    dialog.print(&format!(
        "{name} was cut off {gap}: {}, {}",
        unfinished.progress(),
        clean(&unfinished.place)
    ))?;
    dialog.print(&format!("started {}", clean(&unfinished.started)))?;
    if let Some(others) = unfinished.others_text() {
        dialog.print(&others)?;
    }
    dialog.print(&format!("r: resume, l: log what was run, d: discard it ({UNDO}), Enter: decide later"))?;
    let answers = [
        ("", Resume::Later),
        ("r", Resume::Now),
        ("resume", Resume::Now),
        // An earlier version asked for `g`.
        ("g", Resume::Now),
        ("l", Resume::Log),
        ("log", Resume::Log),
        ("log it", Resume::Log),
        ("d", Resume::Discard),
        ("discard", Resume::Discard),
        ("discard it", Resume::Discard),
    ];
    let answer = dialog.choose(&answers, "write r, l or d, or nothing to decide later")?;
    Ok(answer.unwrap_or(Resume::Later))
}

/// Prints the workout's reasons not to run.
///
/// # Errors
/// If the output cannot be written.
pub fn print_checklist(out: &mut dyn Write, checklist: &Checklist) -> io::Result<()> {
    writeln!(out, "Not today if any of these is true:")?;
    for check in &checklist.stop_if_any {
        writeln!(out, "- {}", clean(check))?;
    }
    Ok(())
}

/// Asks if any reason on the checklist is true. If so, prints the advice and asks if the runner wants to run anyway.
/// Returns true to run the workout. At the end of the input, returns false.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn checklist(input: &mut dyn BufRead, out: &mut dyn Write, checklist: &Checklist) -> io::Result<bool> {
    print_checklist(out, checklist)?;
    let mut dialog = LineDialog::new(input, out);
    dialog.print("Any of these today? Enter or n: none of them, y: yes")?;
    let answers = [
        ("", Some(false)),
        ("n", Some(false)),
        ("no", Some(false)),
        ("y", Some(true)),
        ("yes", Some(true)),
        ("q", None),
    ];
    match dialog.choose(&answers, "write y, or nothing for none of them")?.flatten() {
        Some(false) => return Ok(true),
        Some(true) => {}
        None => return Ok(false),
    }
    dialog.print(&clean(checklist.advice.as_deref().unwrap_or(ADVICE)))?;
    dialog.print("Enter or r: rest today, a: run anyway")?;
    let answers = [("", false), ("r", false), ("q", false), ("a", true)];
    Ok(dialog.choose(&answers, "write a to run anyway, or nothing to rest")?.unwrap_or(false))
}

/// Prints what was run, and asks what to do with it. Returns `None` at the end of the input.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn ending(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    finished: &FinishedSession,
) -> io::Result<Option<SessionFate>> {
    let mut dialog = LineDialog::new(input, out);
    let summary = &finished.summary;
    let run = clock(summary.active.whole_secs());
    dialog.print(&format!("{}: {}, {run} run", finished.outcome(), clean(&finished.name)))?;
    let facts: Vec<String> = finished.facts().into_iter().map(|fact| fact.words).collect();
    dialog.print(&facts.join(", "))?;
    let zone =
        |zone: Option<Zone>| zone.map_or("no zone".to_string(), |zone| format!("{zone} {}", zone.effort()));
    let parts = summary.zones.parts().into_iter();
    let zones: Vec<String> =
        parts.map(|(z, time)| format!("{} {}", zone(z), clock(time.whole_secs()))).collect();
    if !zones.is_empty() {
        dialog.print(&zones.join(", "))?;
    }
    if finished.log != LogStatus::Written {
        dialog.print(&clean(&finished.log.to_string()))?;
    }
    let help = if !finished.can_be_resumed() {
        dialog.print(&format!("Enter: log it, d: discard it ({UNDO})"))?;
        "write d, or nothing to log it"
    } else if finished.rehearsal.is_real_time() {
        dialog.print(&format!("Enter: log it, r: resume later, d: discard it ({UNDO})"))?;
        "write r or d, or nothing to log it"
    } else {
        let rehearsal = finished.rehearsal;
        dialog.print(&format!(
            "A rehearsal, {rehearsal}. Enter: discard it ({UNDO}), l: log it, r: resume later"
        ))?;
        "write l or r, or nothing to discard it"
    };
    let answers = [
        ("", finished.default_fate()),
        ("l", SessionFate::Log),
        ("log", SessionFate::Log),
        ("log it", SessionFate::Log),
        ("d", SessionFate::Discard),
        ("discard", SessionFate::Discard),
        ("discard it", SessionFate::Discard),
        // An earlier version asked for `g`.
        ("r", SessionFate::Later),
        ("resume", SessionFate::Later),
        ("g", SessionFate::Later),
    ];
    let offered = if finished.can_be_resumed() { answers.len() } else { answers.len() - 3 };
    dialog.choose(answers.get(..offered).unwrap_or_default(), help)
}

/// Prints a time trial's result and the paces that it changes, and asks if it should go into the profile. At the end of
/// the input, returns false.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn trial(input: &mut dyn BufRead, out: &mut dyn Write, trial: &TrialOffer) -> io::Result<bool> {
    let mut dialog = LineDialog::new(input, out);
    let vdot = trial.vdot.as_ref().map(|vdot| format!(", {vdot}")).unwrap_or_default();
    dialog.print(&format!("{}{vdot}", trial.result))?;
    for row in &trial.changes {
        dialog.print(&format!("{}: {} → {}, {}", row.name, row.was, row.is, row.number))?;
    }
    dialog.print("Enter: save it in the profile, n: leave the profile as it is")?;
    let answers = [("", true), ("y", true), ("t", true), ("n", false), ("q", false)];
    Ok(dialog.choose(&answers, "write n, or nothing to save it")?.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::figures::ChangeRow;
    use crate::session::{Command, Session};
    use crate::units::{Millis, Moment, Rehearsal};
    use crate::workout::{Options, SourceText, compile_notation};
    use std::sync::Arc;

    fn unfinished() -> UnfinishedOffer {
        UnfinishedOffer {
            name: "Short\u{1b} intervals".to_string(),
            elapsed: Millis::from_secs(452),
            planned: Some(Millis::from_secs(1500)),
            place: "step 4 of 17: hard, rep 2 of 8".to_string(),
            gap: Millis::from_secs(14 * 3600 + 180),
            started: "Tuesday 21 July, 18:02".to_string(),
            day: String::new(),
            others: 2,
        }
    }

    #[test]
    fn enter_saves_a_result_and_n_does_not() {
        let changes = vec![ChangeRow {
            name: "easy",
            zone: Zone::new(2),
            was: "6:10/km".to_string(),
            is: "5:56/km".to_string(),
            number: "10.1 km/h".to_string(),
        }];
        let vdot = Some("VDOT 41.2 → 43.4".to_string());
        let it = TrialOffer { result: "5K in 22:30".to_string(), vdot, changes };
        for (typed, taken) in [("\n", true), ("y\n", true), ("n\n", false), ("", false), ("what?\n\n", true)]
        {
            let mut out = Vec::new();
            assert_eq!(trial(&mut typed.as_bytes(), &mut out, &it).unwrap(), taken, "{typed:?}");
            let out = String::from_utf8(out).unwrap();
            assert!(
                out.starts_with("5K in 22:30, VDOT 41.2 → 43.4\neasy: 6:10/km → 5:56/km, 10.1 km/h\n"),
                "{out}"
            );
        }
    }

    #[test]
    fn offers_a_session_that_was_cut_off() {
        for (typed, resume) in [
            ("g\n", Resume::Now),
            ("Resume\n", Resume::Now),
            ("l\n", Resume::Log),
            ("D\n", Resume::Discard),
            ("\n", Resume::Later),
            ("", Resume::Later),
            ("x\nl\n", Resume::Log),
        ] {
            let mut out = Vec::new();
            assert_eq!(offer(&mut typed.as_bytes(), &mut out, &unfinished()).unwrap(), resume, "{typed:?}");
            let out = String::from_utf8(out).unwrap();
            assert_eq!(out.contains("`x` is not an answer: write r, l or d"), typed.starts_with('x'));
            for expected in [
                "intervals was cut off 14 h 3 min ago: 7:32 of 25:00, step 4 of 17: hard, rep 2 of 8\n",
                "2 more unfinished",
                "pacebell log undo",
            ] {
                assert!(out.contains(expected), "{expected} in\n{out}");
            }
            assert!(!out.contains('\u{1b}'));
        }
    }

    /// A session stopped at 7:32, in the second of eight reps.
    fn finished(speed: f64) -> FinishedSession {
        let text = "5min easy, 8x60s hard/60s easy, 5min walk";
        let source = SourceText { name: "test".to_string(), text: text.to_string() };
        let mut sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        sequence.name = "Short intervals".to_string();
        let mut session = Session::new(Arc::new(sequence));
        session.apply(Command::Start, Moment::default());
        session.apply(Command::Stop, Moment::new(452_000));
        let log = LogStatus::Waiting {
            problem: "the disk is full".to_string(),
            help: "free some space".to_string(),
        };
        FinishedSession::of(&session, Rehearsal::new(speed), log)
    }

    #[test]
    fn prints_what_was_run_and_asks_what_to_do_with_it() {
        for (typed, speed, fate) in [
            ("\n", 1.0, Some(SessionFate::Log)),
            ("\n", 20.0, Some(SessionFate::Discard)),
            ("l\n", 20.0, Some(SessionFate::Log)),
            ("g\n", 1.0, Some(SessionFate::Later)),
            ("no\nd\n", 1.0, Some(SessionFate::Discard)),
            ("", 1.0, None),
        ] {
            let mut out = Vec::new();
            assert_eq!(ending(&mut typed.as_bytes(), &mut out, &finished(speed)).unwrap(), fate, "{typed:?}");
            let out = String::from_utf8(out).unwrap();
            for expected in [
                "stopped: Short intervals, 7:32 run\n7:32 of 25:00, 1 of 8 reps, 3 of 17 steps\nZ2 easy 6:00, Z5 hard 1:32\n",
                "not saved yet: the disk is full – free some space",
            ] {
                assert!(out.contains(expected), "{expected} in\n{out}");
            }
            assert_eq!(out.contains("A rehearsal, 20×"), speed == 20.0);
        }
    }
}
