//! What is asked before and after a session, line by line: for screen readers, and wherever there is no screen to
//! draw on. Every question is a line that says what may be answered; at the end of the input no more is asked.

use crate::display::{ago, zone_word};
use crate::frontend::{FinishedSession, LogStatus, Resume, SessionFate, TrialOffer, UnfinishedOffer};
use crate::session::answers::{
    Answers, Breath, Feel, SessionQuestion, Talk, breath_words, effort_words, scale_number, written,
};
use crate::text::{clean, quoted};
use crate::units::{Millis, clock};
use crate::workout::sequence::Checklist;
use std::io::{self, BufRead, Read, Write};

/// The longest line that is read, in bytes: what follows is the next one.
const LONGEST: u64 = 64 * 1024;
/// Takes an answer away that was given before.
const NONE: &str = "-";
/// What is advised where the workout says nothing of it.
const ADVICE: &str = "Rest today.";
const UNDO: &str = "`pacebell log undo` brings it back";

/// Asks what is to become of a session that was cut off; at the input's end it stays as it is.
///
/// # Errors
/// Where nothing can be read or written.
pub fn offer(input: &mut dyn BufRead, out: &mut dyn Write, it: &UnfinishedOffer) -> io::Result<Resume> {
    let (name, gap) = (clean(&it.name), ago(it.gap));
    writeln!(out, "{name} was cut off {gap}: {}, {}", it.done(), clean(&it.place))?;
    writeln!(out, "begun {}", clean(&it.started))?;
    if let Some(more) = it.more() {
        writeln!(out, "{more}")?;
    }
    writeln!(
        out,
        "What now? g goes on from there, l logs what was done, d discards it ({UNDO}), Enter: later"
    )?;
    let answers = [("g", Resume::GoOn), ("l", Resume::Log), ("d", Resume::Discard), ("", Resume::Later)];
    let given = choose(input, out, (&answers, "write g, l or d, or nothing for later"))?;
    Ok(given.unwrap_or(Resume::Later))
}

/// Says what speaks against running.
///
/// # Errors
/// Where nothing can be written.
pub fn checks(out: &mut dyn Write, before: &Checklist) -> io::Result<()> {
    writeln!(out, "Not today if any of these is so:")?;
    for check in &before.stop_if_any {
        writeln!(out, "- {}", clean(check))?;
    }
    Ok(())
}

/// Asks whether any of that is so, and after a yes, with the advice, whether to run anyway. True where it is run; at
/// the input's end it is not.
///
/// # Errors
/// Where nothing can be read or written.
pub fn checklist(input: &mut dyn BufRead, out: &mut dyn Write, before: &Checklist) -> io::Result<bool> {
    checks(out, before)?;
    writeln!(out, "Any of these today? Enter or n: none of them, y: yes")?;
    let any = [
        ("", Some(false)),
        ("n", Some(false)),
        ("no", Some(false)),
        ("y", Some(true)),
        ("yes", Some(true)),
        ("q", None),
    ];
    match choose(input, out, (&any, "write y, or nothing for none of them"))?.flatten() {
        Some(false) => return Ok(true),
        Some(true) => {}
        None => return Ok(false),
    }
    writeln!(out, "{}", clean(before.advice.as_deref().unwrap_or(ADVICE)))?;
    writeln!(out, "Enter or r rests today, a runs anyway")?;
    let run = [("", false), ("r", false), ("q", false), ("a", true)];
    Ok(choose(input, out, (&run, "write a to run anyway, or nothing to rest"))?.unwrap_or(false))
}

/// Says what was done, and asks what is to become of it; nothing where the input ended and nobody answered.
///
/// # Errors
/// Where nothing can be read or written.
pub fn ending(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    ended: &FinishedSession,
) -> io::Result<Option<SessionFate>> {
    let summary = &ended.summary;
    let run = clock(summary.active.whole_secs());
    writeln!(out, "{}: {}, {run} run", ended.word(), clean(&ended.name))?;
    writeln!(out, "{}", ended.facts().join(", "))?;
    let zones: Vec<String> = summary.zones.parts().into_iter().map(zone).collect();
    if !zones.is_empty() {
        writeln!(out, "{}", zones.join(", "))?;
    }
    if ended.log != LogStatus::Written {
        writeln!(out, "{}", clean(&ended.log.to_string()))?;
    }
    let (usual, help) = match &ended.rehearsed {
        Some(speed) => {
            let speed = clean(speed);
            writeln!(out, "A rehearsal, {speed}. Enter discards it ({UNDO}), l logs it, g: go on later")?;
            (SessionFate::Discard, "write l or g, or nothing to discard it")
        }
        None => {
            writeln!(out, "Enter logs it, g: go on later, d discards it ({UNDO})")?;
            (SessionFate::Log, "write g or d, or nothing to log it")
        }
    };
    let answers =
        [("", usual), ("l", SessionFate::Log), ("g", SessionFate::Later), ("d", SessionFate::Discard)];
    choose(input, out, (&answers, help))
}

/// Says what a time trial came to and which paces it changes, and asks whether to take it. True where it is taken; at
/// the input's end it is not.
///
/// # Errors
/// Where nothing can be read or written.
pub fn trial(input: &mut dyn BufRead, out: &mut dyn Write, trial: &TrialOffer) -> io::Result<bool> {
    let vdot = trial.vdot.as_ref().map(|vdot| format!(", {vdot}")).unwrap_or_default();
    writeln!(out, "{}{vdot}", trial.result)?;
    for row in &trial.changes {
        writeln!(out, "{}: {} → {}, {}", row.name, row.was, row.is, row.number)?;
    }
    writeln!(out, "Enter takes it as your result, n leaves the profile as it is")?;
    let answers = [("", true), ("y", true), ("t", true), ("n", false), ("q", false)];
    Ok(choose(input, out, (&answers, "write n, or nothing to take it"))?.unwrap_or(false))
}

/// Asks how it was. What was answered before stays where nothing is written; what is answered is in `answers` at
/// once, so that nothing of it is lost where a later question fails.
///
/// # Errors
/// Where nothing can be read or written.
pub fn ask(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    asked: &[SessionQuestion],
    answers: &mut Answers,
) -> io::Result<()> {
    let (count, s) = (asked.len(), if asked.len() == 1 { "" } else { "s" });
    writeln!(out, "{count} question{s}: Enter skips one")?;
    for (i, one) in asked.iter().enumerate() {
        let now = match said(one, answers) {
            Some(now) => format!("now {now}; Enter keeps it, {NONE} takes it away"),
            None => "Enter skips".to_string(),
        };
        let more = if meanings(one).is_empty() { "" } else { "; ? says what the answers mean" };
        writeln!(out, "{} of {count}: {} ({now}{more})", i + 1, question(one))?;
        loop {
            let Some(line) = line(input, out)? else { return Ok(()) };
            match line.as_str() {
                "" => break,
                "?" if !meanings(one).is_empty() => {
                    for line in meanings(one) {
                        writeln!(out, "{line}")?;
                    }
                    continue;
                }
                _ => {}
            }
            match take(one, &line, (asked, answers)) {
                Ok(()) => break,
                Err(help) => writeln!(out, "{} is no answer: {help}", quoted(&line))?,
            }
        }
        if let Some(now) = said(one, answers) {
            writeln!(out, "{now}")?;
        }
    }
    Ok(())
}

fn zone((zone, time): (Option<u8>, Millis)) -> String {
    let word = zone.map_or("no zone".to_string(), |z| format!("Z{z} {}", zone_word(z)));
    format!("{word} {}", clock(time.whole_secs()))
}

/// One of some answers, by its letter or a word that begins with it; nothing at the input's end.
fn choose<T: Copy>(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    (answers, help): (&[(&str, T)], &str),
) -> io::Result<Option<T>> {
    loop {
        let Some(line) = line(input, out)? else { return Ok(None) };
        let word = line.to_lowercase();
        let word = match word.as_str() {
            "go" | "go on" => "g",
            "log" | "log it" => "l",
            "discard" | "discard it" => "d",
            other => other,
        };
        match answers.iter().find(|(letter, _)| *letter == word) {
            Some((_, answer)) => return Ok(Some(*answer)),
            None => writeln!(out, "{} is no answer: {help}", quoted(&line))?,
        }
    }
}

/// The next line without blanks around it; nothing at the input's end. What was asked is seen first.
fn line(input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Option<String>> {
    out.flush()?;
    let mut bytes = Vec::new();
    let read = input.take(LONGEST).read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok((read > 0).then(|| text.trim().to_string()))
}

fn question(asked: &SessionQuestion) -> String {
    match asked {
        SessionQuestion::Effort => "How hard was it, 0–10?".to_string(),
        SessionQuestion::Breath => {
            "How breathless were you, 0–10, or what could you say: sentences, phrases, gasps?".to_string()
        }
        SessionQuestion::Feel => "How did it feel: great, good, so-so, bad, awful?".to_string(),
        SessionQuestion::Own(_) | SessionQuestion::Note => clean(asked.words()),
    }
}

/// What the numbers of a scale mean.
fn meanings(asked: &SessionQuestion) -> Vec<String> {
    let scale = |words: fn(f64) -> &'static str| {
        // Borg's card has no words of its own for some of the numbers.
        let own = |n: &i32| *n == 0 || words(f64::from(*n)) != words(f64::from(*n - 1));
        (0..=10).filter(own).map(|n| format!("{n}: {}", words(f64::from(n)))).collect::<Vec<_>>()
    };
    match asked {
        SessionQuestion::Effort => scale(effort_words),
        SessionQuestion::Breath => {
            let talk = Talk::ALL.map(|talk| format!("{}: {}", talk.word(), talk.meaning()));
            [scale(breath_words), talk.to_vec()].concat()
        }
        SessionQuestion::Feel | SessionQuestion::Own(_) | SessionQuestion::Note => Vec::new(),
    }
}

/// What was answered, in words.
fn said(asked: &SessionQuestion, answers: &Answers) -> Option<String> {
    match asked {
        SessionQuestion::Effort => answers.rpe.map(|rpe| format!("{rpe}, {}", effort_words(rpe))),
        SessionQuestion::Breath => answers.breath.map(|breath| match breath {
            Breath::Borg(borg) => format!("{borg}, {}", breath_words(borg)),
            Breath::Talk(talk) => talk.meaning().to_string(),
        }),
        SessionQuestion::Feel => answers.feel.map(|feel| feel.word().to_string()),
        SessionQuestion::Own(question) => answers.own(question).map(clean),
        SessionQuestion::Note => answers.note.as_deref().map(clean),
    }
}

/// Takes an answer, or says what to write instead.
fn take(
    one: &SessionQuestion,
    line: &str,
    (asked, answers): (&[SessionQuestion], &mut Answers),
) -> Result<(), String> {
    let away = line == NONE;
    // Some write a half with a comma.
    let number = line.replace(',', ".");
    match one {
        SessionQuestion::Effort if away => answers.rpe = None,
        SessionQuestion::Breath if away => answers.breath = None,
        SessionQuestion::Feel if away => answers.feel = None,
        SessionQuestion::Effort => {
            let rpe = scale_number(&number);
            answers.rpe = Some(rpe.ok_or("write a number from 0 to 10, or a half between two: 7 or 4.5")?);
        }
        SessionQuestion::Breath => answers.breath = Some(breath(&number)?),
        SessionQuestion::Feel => answers.feel = Some(line.parse::<Feel>()?),
        SessionQuestion::Own(question) => {
            answers.answer_own(asked, question, written(line).filter(|_| !away));
        }
        SessionQuestion::Note => answers.note = written(line).filter(|_| !away),
    }
    Ok(())
}

/// The talk test's words may be cut to their letter.
fn breath(line: &str) -> Result<Breath, String> {
    let letter = |talk: &Talk| talk.word().strip_prefix(&line.to_lowercase()).is_some();
    match Talk::ALL.into_iter().find(letter) {
        Some(talk) => Ok(Breath::Talk(talk)),
        None => line.parse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::figures::ChangeRow;
    use crate::session::answers::LONGEST_TEXT;
    use crate::session::{Command, Session};
    use crate::units::Moment;
    use crate::workout::{Options, SourceText, compile_notation};
    use std::sync::Arc;

    fn asked() -> Vec<SessionQuestion> {
        vec![
            SessionQuestion::Effort,
            SessionQuestion::Breath,
            SessionQuestion::Feel,
            SessionQuestion::Own("Calves?".to_string()),
            SessionQuestion::Note,
        ]
    }

    /// What is answered and what is written where this is typed.
    fn answered(typed: &str, before: Answers) -> (Answers, String) {
        let (mut answers, mut out) = (before, Vec::new());
        ask(&mut typed.as_bytes(), &mut out, &asked(), &mut answers).unwrap();
        (answers, String::from_utf8(out).unwrap())
    }

    fn full() -> Answers {
        Answers {
            rpe: Some(7.5),
            breath: Some(Breath::Talk(Talk::Phrases)),
            feel: Some(Feel::SoSo),
            note: Some("hot – 热".to_string()),
            own: vec![("Calves?".to_string(), "fine".to_string())],
        }
    }

    #[test]
    fn every_question_is_answered_with_a_line() {
        let (answers, out) = answered("7.5\nphrases\nSo-So\nfine\n hot – 热 \n", Answers::default());
        assert_eq!(answers, full());
        for said in
            ["5 questions", "1 of 5: How hard was it, 0–10? (Enter skips", "7.5, very strong", "5 of 5"]
        {
            assert!(out.contains(said), "{said} in\n{out}");
        }
        for (typed, breath) in [("p", Breath::Talk(Talk::Phrases)), ("4,5", Breath::Borg(4.5))] {
            assert_eq!(answered(&format!("\n{typed}\n"), Answers::default()).0.breath, Some(breath));
        }
    }

    #[test]
    fn what_is_wrong_is_said_and_asked_again() {
        let (answers, out) = answered("11\n7.3\nhard\n7\nwords\n10\nfine\ngood\n", Answers::default());
        assert_eq!(
            (answers.rpe, answers.breath, answers.feel),
            (Some(7.0), Some(Breath::Borg(10.0)), Some(Feel::Good))
        );
        assert_eq!(out.matches("is no answer").count(), 5, "{out}");
        assert!(
            out.contains("`7.3` is no answer: write a number from 0 to 10, or a half between two"),
            "{out}"
        );
        assert!(out.contains("write great, good, so-so, bad or awful"), "{out}");
    }

    #[test]
    fn what_is_skipped_stays_and_the_end_of_the_input_ends_it() {
        assert_eq!(answered("\n\n\n\n\n", full()).0, full());
        assert_eq!(answered("", full()).0, full());
        let (answers, out) = answered("3\n", full());
        assert_eq!(answers, Answers { rpe: Some(3.0), ..full() });
        assert!(out.contains("now 7.5, very strong; Enter keeps it"), "{out}");
        assert!(!out.contains("3 of 5"), "{out}");
        assert_eq!(answered("4", Answers::default()).0.rpe, Some(4.0), "a last line need not be ended");
    }

    #[test]
    fn an_answer_can_be_taken_away() {
        assert_eq!(answered("-\n-\n-\n-\n-\n", full()).0, Answers::default());
    }

    #[test]
    fn the_words_of_the_scale_are_said_when_asked_for() {
        let (answers, out) = answered("?\n6\n?\ng\n", Answers::default());
        assert!(out.contains("5: strong, heavy\n7: very strong\n10: extremely strong"), "{out}");
        assert!(out.contains("gasps: could only gasp"), "{out}");
        assert_eq!((answers.rpe, answers.breath), (Some(6.0), Some(Breath::Talk(Talk::Gasps))));
    }

    #[test]
    fn no_bytes_do_harm() {
        let mut endless = vec![b'x'; 200_000];
        endless.extend(b"\xff\xfe\x1b[2J\n\x00\n");
        let (mut answers, mut out) = (Answers::default(), Vec::new());
        ask(
            &mut endless.as_slice(),
            &mut out,
            &[SessionQuestion::Effort, SessionQuestion::Note],
            &mut answers,
        )
        .unwrap();
        assert!(!out.contains(&0x1b));
        ask(&mut endless.as_slice(), &mut out, &[SessionQuestion::Note], &mut answers).unwrap();
        assert_eq!(answers.note.map(|n| n.chars().count()), Some(LONGEST_TEXT));
    }

    fn unfinished() -> UnfinishedOffer {
        UnfinishedOffer {
            name: "Short\u{1b} intervals".to_string(),
            elapsed: Millis::from_secs(452),
            planned: Some(Millis::from_secs(1500)),
            place: "step 4 of 17: hard, rep 2 of 8".to_string(),
            gap: Millis::from_secs(14 * 3600 + 180),
            started: "Tuesday 21 July, 18:02".to_string(),
            others: 2,
        }
    }

    #[test]
    fn a_result_is_taken_with_enter_and_left_otherwise() {
        let changes = vec![ChangeRow {
            name: "easy",
            zone: Some(2),
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
    fn what_was_cut_off_is_offered() {
        for (typed, resume) in [
            ("g\n", Resume::GoOn),
            ("Go on\n", Resume::GoOn),
            ("l\n", Resume::Log),
            ("D\n", Resume::Discard),
            ("\n", Resume::Later),
            ("", Resume::Later),
            ("x\nl\n", Resume::Log),
        ] {
            let mut out = Vec::new();
            assert_eq!(offer(&mut typed.as_bytes(), &mut out, &unfinished()).unwrap(), resume, "{typed:?}");
            let out = String::from_utf8(out).unwrap();
            assert_eq!(out.contains("`x` is no answer: write g, l or d"), typed.starts_with('x'));
            for said in [
                "intervals was cut off 14 h 3 min ago: 7:32 of 25:00, step 4 of 17: hard, rep 2 of 8\n",
                "2 more unfinished",
                "pacebell log undo",
            ] {
                assert!(out.contains(said), "{said} in\n{out}");
            }
            assert!(!out.contains('\u{1b}'));
        }
    }

    /// Stopped at 7:32, in the second of eight reps.
    fn ended(speed: f64) -> FinishedSession {
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
        FinishedSession::of(&session, speed, log)
    }

    #[test]
    fn what_was_done_is_said_before_it_is_kept() {
        for (typed, speed, kept) in [
            ("\n", 1.0, Some(SessionFate::Log)),
            ("\n", 20.0, Some(SessionFate::Discard)),
            ("l\n", 20.0, Some(SessionFate::Log)),
            ("g\n", 1.0, Some(SessionFate::Later)),
            ("no\nd\n", 1.0, Some(SessionFate::Discard)),
            ("", 1.0, None),
        ] {
            let mut out = Vec::new();
            assert_eq!(ending(&mut typed.as_bytes(), &mut out, &ended(speed)).unwrap(), kept, "{typed:?}");
            let out = String::from_utf8(out).unwrap();
            for said in [
                "stopped: Short intervals, 7:32 run\n1 of 8 reps, 7:32 of 25:00, 3 of 17 steps\nZ2 easy 6:00, Z5 hard 1:32\n",
                "not saved yet: the disk is full – free some space",
            ] {
                assert!(out.contains(said), "{said} in\n{out}");
            }
            assert_eq!(out.contains("A rehearsal, 20×"), speed == 20.0);
        }
    }
}
