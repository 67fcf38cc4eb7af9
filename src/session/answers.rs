//! What a runner says of a session once it is over.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

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
