//! The questions after a session, and the answers.

use crate::text::is_hidden;
use crate::workout::sequence::Question;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The longest written answer, in characters.
pub const LONGEST_TEXT: usize = 1000;

/// A question after a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionQuestion {
    /// The perceived effort.
    Effort,
    /// The breathlessness.
    Breath,
    /// The feeling.
    Feel,
    /// A question of the workout.
    Own(String),
    /// A note.
    Note,
}

/// Returns the questions after a session: those of the workout, each once, or else effort and breath. A note comes last,
/// unless the workout asks for one itself.
pub fn questions(after_ask: &[Question]) -> Vec<SessionQuestion> {
    let mut all: Vec<SessionQuestion> = Vec::new();
    let usual = [Question::Rpe, Question::Breathlessness];
    let wanted = if after_ask.is_empty() { &usual[..] } else { after_ask };
    for asked in wanted.iter().map(SessionQuestion::of).chain([SessionQuestion::Note]) {
        if !all.contains(&asked) {
            all.push(asked);
        }
    }
    all
}

impl SessionQuestion {
    fn of(question: &Question) -> Self {
        match question {
            Question::Rpe => SessionQuestion::Effort,
            Question::Breathlessness => SessionQuestion::Breath,
            Question::Feel => SessionQuestion::Feel,
            Question::Text(text) if ["note", "notes"].contains(&text.trim().to_lowercase().as_str()) => {
                SessionQuestion::Note
            }
            Question::Text(text) => SessionQuestion::Own(text.clone()),
        }
    }

    /// Returns the text of the question.
    pub fn words(&self) -> &str {
        match self {
            SessionQuestion::Effort => "How hard was it?",
            SessionQuestion::Breath => "How breathless were you?",
            SessionQuestion::Feel => "How did it feel?",
            SessionQuestion::Own(question) => question,
            SessionQuestion::Note => "Anything to note?",
        }
    }
}

/// Cleans a written answer: one line without invisible characters, cut to [`LONGEST_TEXT`]. Returns `None` for an empty
/// answer.
pub fn written(text: &str) -> Option<String> {
    let seen = text.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { visible(c) });
    let text: String = seen.skip_while(|c| *c == ' ').take(LONGEST_TEXT).collect();
    let text = text.trim_end();
    (!text.is_empty()).then(|| text.to_string())
}

fn visible(c: char) -> Option<char> {
    (!is_hidden(c)).then_some(c)
}

/// The answers to the questions after a session. Each may be missing, and can be given later.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// The perceived effort of the whole session, 0 to 10 in halves, on Borg's CR-10 scale.
    pub rpe: Option<f64>,
    /// The breathlessness.
    pub breath: Option<Breath>,
    /// The feeling.
    pub feel: Option<Feel>,
    /// A note.
    pub note: Option<String>,
    /// The questions of the workout with their answers, in the order of the questions.
    pub own: Vec<(String, String)>,
}

impl Answers {
    /// Applies the changes from `before` to `given`. Everything else stays, because it may have changed in the meantime.
    pub fn apply_changes(&mut self, before: &Answers, given: &Answers) {
        if given.rpe != before.rpe {
            self.rpe = given.rpe;
        }
        if given.breath != before.breath {
            self.breath = given.breath;
        }
        if given.feel != before.feel {
            self.feel = given.feel;
        }
        if given.note != before.note {
            self.note.clone_from(&given.note);
        }
        if given.own != before.own {
            self.own.clone_from(&given.own);
        }
    }

    /// Returns the answer to a question of the workout.
    pub fn own(&self, question: &str) -> Option<&str> {
        self.own.iter().find(|(q, _)| q == question).map(|(_, answer)| answer.as_str())
    }

    /// Sets or removes the answer to a question of the workout. Answers have the order of `asked`. Those to questions that
    /// are no longer asked stay at the end.
    pub fn answer_own(&mut self, asked: &[SessionQuestion], question: &str, answer: Option<String>) {
        self.own.retain(|(q, _)| q != question);
        self.own.extend(answer.map(|answer| (question.to_string(), answer)));
        let place = |q: &str| asked.iter().position(|a| matches!(a, SessionQuestion::Own(own) if own == q));
        self.own.sort_by_key(|(q, _)| place(q).unwrap_or(usize::MAX));
    }
}

/// The breathlessness of a session, on the modified Borg scale or by the talk test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Breath {
    /// A number from 0 to 10 in halves.
    Borg(f64),
    /// The result of the talk test.
    Talk(Talk),
}

/// The result of the talk test: what the runner could still say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Talk {
    /// Whole sentences.
    Sentences,
    /// A few words at a time.
    Phrases,
    /// Nothing but gasps.
    Gasps,
}

/// The feeling after a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Feel {
    /// As good as it gets.
    #[serde(rename = "great")]
    Great,
    /// Well.
    #[serde(rename = "good")]
    Good,
    /// Neither.
    #[serde(rename = "so-so")]
    SoSo,
    /// Badly.
    #[serde(rename = "bad")]
    Bad,
    /// As bad as it gets.
    #[serde(rename = "awful")]
    Awful,
}

impl Talk {
    /// All results, from the easiest.
    pub const ALL: [Talk; 3] = [Talk::Sentences, Talk::Phrases, Talk::Gasps];

    /// Returns the word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Talk::Sentences => "sentences",
            Talk::Phrases => "phrases",
            Talk::Gasps => "gasps",
        }
    }

    /// Returns the meaning in a sentence about the runner.
    pub const fn meaning(self) -> &'static str {
        match self {
            Talk::Sentences => "could say sentences",
            Talk::Phrases => "could say phrases",
            Talk::Gasps => "could only gasp",
        }
    }
}

impl Feel {
    /// All feelings, from the best.
    pub const ALL: [Feel; 5] = [Feel::Great, Feel::Good, Feel::SoSo, Feel::Bad, Feel::Awful];

    /// Returns the word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Feel::Great => "great",
            Feel::Good => "good",
            Feel::SoSo => "so-so",
            Feel::Bad => "bad",
            Feel::Awful => "awful",
        }
    }
}

/// Returns the words of Borg's CR-10 scale for a perceived effort (Borg 1982). Numbers between two words have the lower
/// one's.
pub fn effort_words(rpe: f64) -> &'static str {
    match rpe {
        r if r < 0.5 => "nothing at all",
        r if r < 1.0 => "extremely weak, just noticeable",
        r if r < 2.0 => "very weak",
        r if r < 3.0 => "weak, light",
        r if r < 4.0 => "moderate",
        r if r < 5.0 => "somewhat strong",
        r if r < 7.0 => "strong, heavy",
        r if r < 10.0 => "very strong",
        _ => "extremely strong, the most there is",
    }
}

/// Returns the words of the modified Borg scale for breathlessness (Borg 1982, Burdon 1982).
pub fn breath_words(borg: f64) -> &'static str {
    match borg {
        b if b < 0.5 => "none at all",
        b if b < 1.0 => "very, very slight, just noticeable",
        b if b < 2.0 => "very slight",
        b if b < 3.0 => "slight",
        b if b < 4.0 => "moderate",
        b if b < 5.0 => "somewhat severe",
        b if b < 7.0 => "severe",
        b if b < 9.0 => "very severe",
        b if b < 10.0 => "very, very severe, almost the most",
        _ => "the most there is",
    }
}

/// Parses a number on a scale from 0 to 10 in halves: `8`, `4.5`.
pub fn scale_number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    ((0.0..=10.0).contains(&number) && (number * 2.0).fract() == 0.0).then_some(number)
}

/// Prints as `7`, `4.5` or `sentences`.
impl fmt::Display for Breath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breath::Borg(borg) => write!(f, "{borg}"),
            Breath::Talk(talk) => f.write_str(talk.word()),
        }
    }
}

impl FromStr for Breath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.trim().to_lowercase();
        let talk = Talk::ALL.into_iter().find(|t| t.word() == word).map(Breath::Talk);
        talk.or_else(|| scale_number(&word).map(Breath::Borg)).ok_or_else(|| {
            "write a number from 0 to 10, or what you could still say: sentences, phrases or gasps"
                .to_string()
        })
    }
}

impl FromStr for Feel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.trim().to_lowercase();
        let found = Feel::ALL.into_iter().find(|f| f.word() == word);
        found.ok_or_else(|| "write great, good, so-so, bad or awful".to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_questions_of_the_workout_and_then_for_a_note() {
        let own = |text: &str| Question::Text(text.to_string());
        for (after, asked) in [
            (vec![], vec![SessionQuestion::Effort, SessionQuestion::Breath, SessionQuestion::Note]),
            (vec![Question::Feel], vec![SessionQuestion::Feel, SessionQuestion::Note]),
            (
                vec![own("Calves?"), Question::Rpe, own("Calves?")],
                vec![
                    SessionQuestion::Own("Calves?".to_string()),
                    SessionQuestion::Effort,
                    SessionQuestion::Note,
                ],
            ),
            (
                vec![own("Note"), Question::Breathlessness],
                vec![SessionQuestion::Note, SessionQuestion::Breath],
            ),
        ] {
            assert_eq!(questions(&after), asked);
        }
    }

    #[test]
    fn a_written_answer_is_one_visible_line_of_bounded_length() {
        assert_eq!(written(" tired\tlegs\r\nheat "), Some("tired legs  heat".to_string()));
        assert_eq!(written("a\u{1b}[2J\u{202e}b"), Some("a[2Jb".to_string()));
        assert_eq!(written(" \n\u{200b} "), None);
        assert_eq!(written(&"跑".repeat(5000)).map(|t| t.chars().count()), Some(LONGEST_TEXT));
    }

    #[test]
    fn own_answers_have_the_order_of_the_questions() {
        let own = |text: &str| SessionQuestion::Own(text.to_string());
        let asked = [own("Calves?"), SessionQuestion::Effort, own("Shoes?")];
        let mut answers = Answers { own: vec![("Weather?".into(), "wind".into())], ..Answers::default() };
        answers.answer_own(&asked, "Shoes?", Some("new".to_string()));
        answers.answer_own(&asked, "Calves?", Some("sore".to_string()));
        answers.answer_own(&asked, "Shoes?", Some("old".to_string()));
        let questions: Vec<&str> = answers.own.iter().map(|(q, _)| q.as_str()).collect();
        assert_eq!(questions, ["Calves?", "Shoes?", "Weather?"]);
        assert_eq!(answers.own("Shoes?"), Some("old"));
        answers.answer_own(&asked, "Calves?", None);
        assert_eq!(answers.own("Calves?"), None);
    }
}
