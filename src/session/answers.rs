//! What a runner is asked and says of a session once it is over.

use crate::text::is_hidden;
use crate::workout::sequence::Question;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The longest answer in words, in characters.
pub const LONGEST_TEXT: usize = 1000;

/// A question after a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionQuestion {
    /// How hard it was, 0 to 10.
    Effort,
    /// How much breath it took.
    Breath,
    /// How it felt.
    Feel,
    /// The workout's own question.
    Own(String),
    /// Anything else.
    Note,
}

/// What to ask after a session: what the workout asks, in its order and each once, or else effort and breath; and
/// at the end a note, unless the workout asked for one itself.
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

    /// The question as it is asked.
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

/// An answer in words as it is kept: one line, nothing that cannot be seen, not endless. Nothing where nothing was
/// said.
pub fn written(text: &str) -> Option<String> {
    let seen = text.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { visible(c) });
    let text: String = seen.skip_while(|c| *c == ' ').take(LONGEST_TEXT).collect();
    let text = text.trim_end();
    (!text.is_empty()).then(|| text.to_string())
}

fn visible(c: char) -> Option<char> {
    (!is_hidden(c)).then_some(c)
}

/// The answers to the questions after a session; each may be missing, and given later.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Perceived effort of the whole session, 0–10 in halves, on Borg's CR-10 scale.
    pub rpe: Option<f64>,
    /// How much breath it took.
    pub breath: Option<Breath>,
    /// How it felt.
    pub feel: Option<Feel>,
    /// Anything else.
    pub note: Option<String>,
    /// The workout's own questions, each with its answer, in the order in which they were asked.
    pub own: Vec<(String, String)>,
}

impl Answers {
    /// Takes over what was answered otherwise between `before` and `given`; the rest stays, for somebody else may have
    /// changed it meanwhile.
    pub fn take_over(&mut self, before: &Answers, given: &Answers) {
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

    /// What was said to one of the workout's own questions.
    pub fn own(&self, question: &str) -> Option<&str> {
        self.own.iter().find(|(q, _)| q == question).map(|(_, answer)| answer.as_str())
    }

    /// Takes the answer to one of the workout's own questions, or takes it away. They stand in the order of
    /// `asked`; answers to questions that are not asked any more stay, at the end.
    pub fn answer_own(&mut self, asked: &[SessionQuestion], question: &str, answer: Option<String>) {
        self.own.retain(|(q, _)| q != question);
        self.own.extend(answer.map(|answer| (question.to_string(), answer)));
        let place = |q: &str| asked.iter().position(|a| matches!(a, SessionQuestion::Own(own) if own == q));
        self.own.sort_by_key(|(q, _)| place(q).unwrap_or(usize::MAX));
    }
}

/// How much breath a session took: on the modified Borg scale, or by the talk test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Breath {
    /// 0–10 in halves.
    Borg(f64),
    /// What could be said aloud.
    Talk(Talk),
}

/// The talk test.
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

/// How a session felt.
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
    /// From the easiest.
    pub const ALL: [Talk; 3] = [Talk::Sentences, Talk::Phrases, Talk::Gasps];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Talk::Sentences => "sentences",
            Talk::Phrases => "phrases",
            Talk::Gasps => "gasps",
        }
    }

    /// What it says of the runner.
    pub const fn meaning(self) -> &'static str {
        match self {
            Talk::Sentences => "could say sentences",
            Talk::Phrases => "could say phrases",
            Talk::Gasps => "could only gasp",
        }
    }
}

impl Feel {
    /// From the best.
    pub const ALL: [Feel; 5] = [Feel::Great, Feel::Good, Feel::SoSo, Feel::Bad, Feel::Awful];

    /// Its word.
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

/// Borg's words for a perceived effort (CR-10; Borg 1982): those of the number itself, or of the next below it.
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

/// The same scale's words for breathlessness (the modified Borg dyspnoea scale; Borg 1982, Burdon 1982).
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

/// A number of a scale from 0 to 10: halves, no finer. `8`, `4.5`.
pub fn scale_number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    ((0.0..=10.0).contains(&number) && (number * 2.0).fract() == 0.0).then_some(number)
}

/// `7`, `4.5`, `sentences`.
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
    fn what_the_workout_asks_is_asked_in_its_order_and_a_note_last() {
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
    fn an_answer_in_words_is_one_visible_line_of_bounded_length() {
        assert_eq!(written(" tired\tlegs\r\nheat "), Some("tired legs  heat".to_string()));
        assert_eq!(written("a\u{1b}[2J\u{202e}b"), Some("a[2Jb".to_string()));
        assert_eq!(written(" \n\u{200b} "), None);
        assert_eq!(written(&"跑".repeat(5000)).map(|t| t.chars().count()), Some(LONGEST_TEXT));
    }

    #[test]
    fn own_answers_stand_in_the_order_of_the_questions() {
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
