//! A list of answers with a mark on one of them, moved with arrows or written as a number.

use crate::keymap::Action;
use crate::session::answers::{Breath, Feel, Talk, breath_words, effort_words};
use crate::units::trimmed;

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RatingScale {
    /// 0 to 10 with Borg's words for an effort.
    Effort,
    /// The same for breath, or the talk test.
    Breath,
    /// Five words.
    Feel,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RatingMark {
    /// A number from 0 to 10, in halves.
    Number(f64),
    /// By the talk test.
    Talk(Talk),
    /// How it felt.
    Feel(Feel),
}

/// What was written before, which the next digit may go on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TypedDigits {
    Nothing,
    Digit,
    Half,
}

/// A list of answers.
#[derive(Clone, Debug)]
pub struct Rating {
    scale: RatingScale,
    mark: Option<RatingMark>,
    written: TypedDigits,
}

/// An answer as it stands in the list.
pub struct RatingRow {
    /// What is pressed for it, or the number itself.
    pub key: String,
    /// What it means; empty where it is the same as for the one above.
    pub words: &'static str,
}

/// An answer as it is shown beside the list.
pub struct RatingDetail {
    /// The number; nothing for a word.
    pub number: Option<String>,
    /// What it means.
    pub words: &'static str,
}

impl Rating {
    /// An effort from 0 to 10.
    pub fn effort(given: Option<f64>) -> Self {
        Rating::new(RatingScale::Effort, given.map(RatingMark::Number))
    }

    /// Breathlessness from 0 to 10, or by the talk test.
    pub fn breath(given: Option<Breath>) -> Self {
        let mark = |breath| match breath {
            Breath::Borg(number) => RatingMark::Number(number),
            Breath::Talk(talk) => RatingMark::Talk(talk),
        };
        Rating::new(RatingScale::Breath, given.map(mark))
    }

    /// How it felt.
    pub fn feel(given: Option<Feel>) -> Self {
        Rating::new(RatingScale::Feel, given.map(RatingMark::Feel))
    }

    fn new(scale: RatingScale, mark: Option<RatingMark>) -> Self {
        Rating { scale, mark, written: TypedDigits::Nothing }
    }

    /// The marked effort.
    pub fn as_effort(&self) -> Option<f64> {
        match self.mark? {
            RatingMark::Number(number) => Some(number),
            RatingMark::Talk(_) | RatingMark::Feel(_) => None,
        }
    }

    /// The marked breathlessness.
    pub fn as_breath(&self) -> Option<Breath> {
        match self.mark? {
            RatingMark::Number(number) => Some(Breath::Borg(number)),
            RatingMark::Talk(talk) => Some(Breath::Talk(talk)),
            RatingMark::Feel(_) => None,
        }
    }

    /// The marked feeling.
    pub fn as_feel(&self) -> Option<Feel> {
        match self.mark? {
            RatingMark::Feel(feel) => Some(feel),
            RatingMark::Number(_) | RatingMark::Talk(_) => None,
        }
    }

    /// Moves the mark as a key asks for.
    pub fn update(&mut self, action: Action, typed: Option<char>) {
        match (action, self.scale) {
            (Action::Previous, _) => self.step(false),
            (Action::Next, _) => self.step(true),
            (Action::Erase, _) => self.mark = None,
            (Action::Number, RatingScale::Feel) => {
                let nth = typed.and_then(|c| c.to_digit(10)).and_then(|d| (d as usize).checked_sub(1));
                self.mark = nth.and_then(|n| Feel::ALL.get(n)).map(|f| RatingMark::Feel(*f)).or(self.mark);
            }
            (Action::Number, _) => {
                self.write(typed.and_then(|c| c.to_digit(10)));
                return;
            }
            (Action::Sentences, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Sentences)),
            (Action::Phrases, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Phrases)),
            (Action::Gasps, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Gasps)),
            _ => return,
        }
        self.written = TypedDigits::Nothing;
    }

    /// One down or up; the first time to the middle, which is near everything.
    fn step(&mut self, down: bool) {
        let answers = self.answers();
        let middle = if self.scale == RatingScale::Feel { 2 } else { 5 };
        let to = match self.marked_row() {
            None => middle,
            Some(row) if down => row + 1,
            // From a half, up is the whole number below it.
            Some(row) if self.mark != answers.get(row).copied() => row,
            Some(row) => row.saturating_sub(1),
        };
        self.mark = answers.get(to.min(answers.len().saturating_sub(1))).copied();
    }

    /// Writes a digit; no digit is a half.
    fn write(&mut self, digit: Option<u32>) {
        let whole = match self.mark {
            Some(RatingMark::Number(number)) if self.written != TypedDigits::Nothing => Some(number.floor()),
            _ => None,
        };
        let (number, written) = match (self.written, whole, digit) {
            (TypedDigits::Digit, Some(1.0), Some(0)) => (10.0, TypedDigits::Nothing),
            // What is written behind the point is there already, or is nothing.
            (TypedDigits::Half, Some(whole), Some(5)) => ((whole + 0.5).min(10.0), TypedDigits::Nothing),
            (TypedDigits::Half, Some(whole), Some(0)) => (whole, TypedDigits::Nothing),
            (_, _, Some(digit)) => (f64::from(digit), TypedDigits::Digit),
            (_, _, None) => {
                let whole = self.as_effort().map_or(0.0, f64::floor);
                ((whole + 0.5).min(10.0), TypedDigits::Half)
            }
        };
        (self.mark, self.written) = (Some(RatingMark::Number(number)), written);
    }

    fn answers(&self) -> Vec<RatingMark> {
        let numbers = (0..=10).map(|n| RatingMark::Number(f64::from(n)));
        match self.scale {
            RatingScale::Effort => numbers.collect(),
            RatingScale::Breath => numbers.chain(Talk::ALL.map(RatingMark::Talk)).collect(),
            RatingScale::Feel => Feel::ALL.map(RatingMark::Feel).to_vec(),
        }
    }

    /// The row of the list that the mark stands on; a half stands on the number below it.
    pub fn marked_row(&self) -> Option<usize> {
        let mark = match self.mark? {
            RatingMark::Number(number) => RatingMark::Number(number.floor()),
            other => other,
        };
        self.answers().iter().position(|a| *a == mark)
    }

    /// The list from top to bottom.
    pub fn rows(&self) -> Vec<RatingRow> {
        let marked = self.marked_row();
        let mut above = "";
        let answers = self.answers().into_iter().enumerate();
        answers
            .map(|(i, answer)| {
                let answer = self.mark.filter(|_| marked == Some(i)).unwrap_or(answer);
                let words = self.words(answer);
                let said = if words == above && marked != Some(i) { "" } else { words };
                above = words;
                RatingRow { key: key(answer), words: said }
            })
            .collect()
    }

    fn words(&self, answer: RatingMark) -> &'static str {
        match answer {
            RatingMark::Number(number) if self.scale == RatingScale::Effort => effort_words(number),
            RatingMark::Number(number) => breath_words(number),
            RatingMark::Talk(talk) => talk.meaning(),
            RatingMark::Feel(feel) => feel.word(),
        }
    }

    /// The marked answer, to be shown large; nothing where the list itself is large enough.
    pub fn shown(&self) -> Option<RatingDetail> {
        let mark = self.mark.filter(|m| !matches!(m, RatingMark::Feel(_)))?;
        let number = match mark {
            RatingMark::Number(number) => Some(trimmed(number, 1)),
            _ => None,
        };
        Some(RatingDetail { number, words: self.words(mark) })
    }

    /// True where words alone are the answers.
    pub fn is_short(&self) -> bool {
        self.scale == RatingScale::Feel
    }
}

/// What is pressed for an answer.
fn key(answer: RatingMark) -> String {
    match answer {
        RatingMark::Number(number) => trimmed(number, 1),
        RatingMark::Talk(talk) => talk.word().chars().take(1).collect(),
        RatingMark::Feel(feel) => {
            let place = Feel::ALL.iter().position(|f| *f == feel).unwrap_or(0);
            (place + 1).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rating: &mut Rating, text: &str) -> Option<f64> {
        for c in text.chars() {
            rating.update(Action::Number, Some(c));
        }
        rating.as_effort()
    }

    #[test]
    fn numbers_are_written_as_on_paper() {
        for (text, number) in [
            ("0", 0.0),
            ("7", 7.0),
            ("10", 10.0),
            ("4.5", 4.5),
            ("4,5", 4.5),
            ("4.", 4.5),
            (".5", 0.5),
            ("4.0", 4.0),
            ("10.", 10.0),
            ("10.5", 10.0),
            ("73", 3.0),
            ("101", 1.0),
            ("1010", 10.0),
            ("4.57", 7.0),
            ("9.5", 9.5),
            ("4.4", 4.0),
        ] {
            assert_eq!(written(&mut Rating::effort(None), text), Some(number), "{text}");
        }
        let mut rating = Rating::effort(Some(1.0));
        assert_eq!(written(&mut rating, "0"), Some(0.0), "what was given before is not gone on with");
    }

    #[test]
    fn arrows_go_from_a_half_to_its_neighbours() {
        for (down, number) in [(true, 5.0), (false, 4.0)] {
            let mut rating = Rating::effort(Some(4.5));
            rating.step(down);
            assert_eq!(rating.as_effort(), Some(number));
        }
    }

    #[test]
    fn words_are_said_once_as_on_borgs_card() {
        let rows = Rating::effort(None).rows();
        let silent: Vec<&str> = rows.iter().filter(|r| r.words.is_empty()).map(|r| r.key.as_str()).collect();
        assert_eq!(silent, ["6", "8", "9"]);
        assert_eq!(Rating::effort(Some(6.5)).rows()[6].key, "6.5");
        assert_eq!(Rating::effort(Some(6.5)).rows()[6].words, "strong, heavy");
    }
}
