//! The questions after a session: effort, breath, feel, the workout's own and a note.

use super::line_dialog::LineDialog;
use crate::session::answers::{
    Answers, Breath, Feel, SessionQuestion, Talk, breath_words, effort_words, scale_number, written,
};
use crate::text::clean;
use std::io::{self, BufRead, Write};

/// The answer that removes an earlier one.
const REMOVE: &str = "-";

/// Asks the questions. An empty line keeps an earlier answer. Each answer is in `answers` at once, so a later question
/// that fails loses none.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn ask(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    questions: &[SessionQuestion],
    answers: &mut Answers,
) -> io::Result<()> {
    let mut dialog = LineDialog::new(input, out);
    let (count, s) = (questions.len(), if questions.len() == 1 { "" } else { "s" });
    dialog.print(&format!("{count} question{s}: Enter skips one"))?;
    for (i, question) in questions.iter().enumerate() {
        let now = match answer_text(question, answers) {
            Some(now) => format!("now {now}; Enter keeps it, {REMOVE} removes it"),
            None => "Enter skips".to_string(),
        };
        let meanings = meanings(question);
        let help = if meanings.is_empty() { "" } else { "; ? explains the answers" };
        dialog.print(&format!("{} of {count}: {} ({now}{help})", i + 1, question_text(question)))?;
        loop {
            let Some(line) = dialog.read_line()? else { return Ok(()) };
            match line.as_str() {
                "" => break,
                "?" if !meanings.is_empty() => {
                    for line in &meanings {
                        dialog.print(line)?;
                    }
                    continue;
                }
                _ => {}
            }
            match take_answer(question, &line, questions, answers) {
                Ok(()) => break,
                Err(help) => dialog.reject(&line, &help)?,
            }
        }
        if let Some(now) = answer_text(question, answers) {
            dialog.print(&now)?;
        }
    }
    Ok(())
}

fn question_text(question: &SessionQuestion) -> String {
    match question {
        SessionQuestion::Effort => "How hard was it, 0–10?".to_string(),
        SessionQuestion::Breath => {
            "How breathless were you, 0–10, or what could you say: sentences, phrases, gasps?".to_string()
        }
        SessionQuestion::Feel => "How did it feel: great, good, so-so, bad, awful?".to_string(),
        SessionQuestion::Own(_) | SessionQuestion::Note => clean(question.words()),
    }
}

/// The meaning of each answer on a scale, one per line; empty for questions without a scale.
fn meanings(question: &SessionQuestion) -> Vec<String> {
    let scale = |words: fn(f64) -> &'static str| {
        // Borg's CR10 scale has no words of its own for some numbers.
        let has_words = |n: &i32| *n == 0 || words(f64::from(*n)) != words(f64::from(*n - 1));
        (0..=10).filter(has_words).map(|n| format!("{n}: {}", words(f64::from(n)))).collect::<Vec<_>>()
    };
    match question {
        SessionQuestion::Effort => scale(effort_words),
        SessionQuestion::Breath => {
            let talk = Talk::ALL.map(|talk| format!("{}: {}", talk.word(), talk.meaning()));
            [scale(breath_words), talk.to_vec()].concat()
        }
        SessionQuestion::Feel | SessionQuestion::Own(_) | SessionQuestion::Note => Vec::new(),
    }
}

/// The answer given so far, in words.
fn answer_text(question: &SessionQuestion, answers: &Answers) -> Option<String> {
    match question {
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

/// Stores the answer in a line, or says what to write instead.
fn take_answer(
    question: &SessionQuestion,
    line: &str,
    questions: &[SessionQuestion],
    answers: &mut Answers,
) -> Result<(), String> {
    let removes = line == REMOVE;
    // In many languages a half is written with a comma.
    let number = line.replace(',', ".");
    match question {
        SessionQuestion::Effort if removes => answers.rpe = None,
        SessionQuestion::Breath if removes => answers.breath = None,
        SessionQuestion::Feel if removes => answers.feel = None,
        SessionQuestion::Effort => {
            let rpe = scale_number(&number);
            answers.rpe = Some(rpe.ok_or("write a number from 0 to 10; halves like 4.5 are fine")?);
        }
        SessionQuestion::Breath => answers.breath = Some(breath(&number)?),
        SessionQuestion::Feel => answers.feel = Some(line.parse::<Feel>()?),
        SessionQuestion::Own(question) => {
            answers.answer_own(questions, question, written(line).filter(|_| !removes));
        }
        SessionQuestion::Note => answers.note = written(line).filter(|_| !removes),
    }
    Ok(())
}

/// Parses an answer about breath. The words of the talk test may be cut short: `p` is `phrases`.
fn breath(line: &str) -> Result<Breath, String> {
    let starts_with_line = |talk: &Talk| talk.word().starts_with(&line.to_lowercase());
    match Talk::ALL.into_iter().find(starts_with_line) {
        Some(talk) => Ok(Breath::Talk(talk)),
        None => line.parse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::answers::LONGEST_TEXT;

    fn questions() -> Vec<SessionQuestion> {
        vec![
            SessionQuestion::Effort,
            SessionQuestion::Breath,
            SessionQuestion::Feel,
            SessionQuestion::Own("Calves?".to_string()),
            SessionQuestion::Note,
        ]
    }

    /// The answers and the output after typing this.
    fn answered(typed: &str, before: Answers) -> (Answers, String) {
        let (mut answers, mut out) = (before, Vec::new());
        ask(&mut typed.as_bytes(), &mut out, &questions(), &mut answers).unwrap();
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
    fn a_line_answers_each_question() {
        let (answers, out) = answered("7.5\nphrases\nSo-So\nfine\n hot – 热 \n", Answers::default());
        assert_eq!(answers, full());
        for expected in
            ["5 questions", "1 of 5: How hard was it, 0–10? (Enter skips", "7.5, very strong", "5 of 5"]
        {
            assert!(out.contains(expected), "{expected} in\n{out}");
        }
        for (typed, breath) in [("p", Breath::Talk(Talk::Phrases)), ("4,5", Breath::Borg(4.5))] {
            assert_eq!(answered(&format!("\n{typed}\n"), Answers::default()).0.breath, Some(breath));
        }
    }

    #[test]
    fn rejects_wrong_answers_and_asks_again() {
        let (answers, out) = answered("11\n7.3\nhard\n7\nwords\n10\nfine\ngood\n", Answers::default());
        assert_eq!(
            (answers.rpe, answers.breath, answers.feel),
            (Some(7.0), Some(Breath::Borg(10.0)), Some(Feel::Good))
        );
        assert_eq!(out.matches("is not an answer").count(), 5, "{out}");
        assert!(
            out.contains("`7.3` is not an answer: write a number from 0 to 10; halves like 4.5 are fine"),
            "{out}"
        );
        assert!(out.contains("write great, good, so-so, bad or awful"), "{out}");
    }

    #[test]
    fn keeps_skipped_answers_and_stops_at_the_end_of_input() {
        assert_eq!(answered("\n\n\n\n\n", full()).0, full());
        assert_eq!(answered("", full()).0, full());
        let (answers, out) = answered("3\n", full());
        assert_eq!(answers, Answers { rpe: Some(3.0), ..full() });
        assert!(out.contains("now 7.5, very strong; Enter keeps it"), "{out}");
        assert!(!out.contains("3 of 5"), "{out}");
        assert_eq!(answered("4", Answers::default()).0.rpe, Some(4.0), "the last line needs no newline");
    }

    #[test]
    fn a_dash_removes_an_answer() {
        assert_eq!(answered("-\n-\n-\n-\n-\n", full()).0, Answers::default());
    }

    #[test]
    fn a_question_mark_explains_the_scale() {
        let (answers, out) = answered("?\n6\n?\ng\n", Answers::default());
        assert!(out.contains("5: strong, heavy\n7: very strong\n10: extremely strong"), "{out}");
        assert!(out.contains("gasps: could only gasp"), "{out}");
        assert_eq!((answers.rpe, answers.breath), (Some(6.0), Some(Breath::Talk(Talk::Gasps))));
    }

    #[test]
    fn survives_any_bytes() {
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
}
